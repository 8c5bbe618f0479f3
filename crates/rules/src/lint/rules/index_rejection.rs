//! Financial indices used to reject: they are referential (RGL 94).

use super::super::{Draft, LintFinding};
use super::cited;
use crate::text::folded;
use cotejo_domain::{RequirementKind, Severity, Subject};

/// Code of the rule.
pub(super) const CODE: &str = "lint.indices_rechazo";

const DENIED: [&str; 8] = [
    "no sera",
    "no seran",
    "no constituye",
    "no es causa",
    "no son causa",
    "referencial",
    "informativ",
    "no podra",
];

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let mut found = Vec::new();
    for requirement in &draft.pliego.requirements {
        let index = matches!(requirement.subject, Subject::FinancialIndex { .. });
        if index && matches!(requirement.kind, RequirementKind::Minimo | RequirementKind::Integridad) {
            let text = cited(&requirement.text);
            let finding = LintFinding::of(draft, CODE, Severity::Error, "indices", &[("texto", &text)]);
            found.push(finding.on(requirement));
        }
    }
    for statement in draft.statements {
        let plain = folded(&statement.text);
        let speaks = plain.contains("indice de solvencia")
            || plain.contains("indice de endeudamiento")
            || plain.contains("indices financieros")
            || plain.contains("indice financiero");
        let rejects =
            ["rechaz", "descalific", "causal", "inhabilit", "obligatorio cumplimiento", "no cumplir con"]
                .iter()
                .any(|words| plain.contains(words));
        if speaks && rejects && !DENIED.iter().any(|words| plain.contains(words)) {
            let text = cited(&statement.text);
            let finding = LintFinding::of(draft, CODE, Severity::Error, "indices", &[("texto", &text)]);
            found.push(finding.at(&statement.source));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, RequirementKind, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let draft = || DraftFixture::new("2026-01-15", ProcedureType::Licbs);
        let index = || Subject::FinancialIndex { name: "Índice de Solvencia".into(), threshold: None };
        let referential = draft()
            .ask_as(RequirementKind::Informativo, index(), "Solvencia ≥ 1,0")
            .say("Los índices financieros son referenciales y no serán causal de rechazo de la oferta.");
        assert!(referential.found(CODE).is_empty());
        assert_eq!(draft().ask_as(RequirementKind::Minimo, index(), "Solvencia ≥ 1,0").found(CODE).len(), 1);
        let found = draft().say("Quien no alcance el índice de solvencia será descalificado.").found(CODE);
        assert_eq!((found.len(), found[0].page()), (1, Some(7)));
        assert_eq!(found[0].legal_basis, ["RGL 94"]);
    }
}
