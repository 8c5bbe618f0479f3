//! A defect of form made a ground of rejection: it is cured first, and only what is not cured in time rejects (RGL 99, 100, 104).

use super::super::{Draft, LintFinding};
use super::cited;
use crate::Answer;
use crate::text::folded;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.integridad_rechazo";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let unsigned_rejects =
        matches!(draft.pack.unsigned_form_curable(), Answer::Known(curable) if !curable.value);
    let mut found = Vec::new();
    for statement in draft.statements {
        let plain = folded(&statement.text);
        let of_form = [
            "formulario",
            "foliad",
            "sumillad",
            "numeracion de paginas",
            "firma electronica",
            "firmada electronicamente",
            "informacion incompleta",
        ]
        .iter()
        .any(|words| plain.contains(words));
        let rejects = [
            "causal de descalificacion",
            "causal de rechazo",
            "causa de descalificacion",
            "causa de rechazo",
            "sera descalificad",
            "sera rechazad",
            "seran rechazad",
            "seran descalificad",
        ]
        .iter()
        .any(|words| plain.contains(words));
        let denied = [
            "no sera causa",
            "no sera motivo",
            "convalid",
            "no seran descalific",
            "no sera descalific",
            "no sera rechaz",
            "no seran rechaz",
        ]
        .iter()
        .any(|words| plain.contains(words));
        // Without electronic signature a form was not curable under the regime of 2023; without a price there is no offer.
        let lawful = plain.contains("precio") || (unsigned_rejects && plain.contains("firma"));
        if of_form && rejects && !denied && !lawful {
            let text = cited(&statement.text);
            let finding =
                LintFinding::of(draft, CODE, Severity::Warning, "integridad.ausente", &[("texto", &text)]);
            found.push(finding.at(&statement.source));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::ProcedureType;

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let found = |start: &str, text: &str| {
            DraftFixture::new(start, ProcedureType::Sie).say(text).found(CODE).len()
        };
        assert_eq!(
            found(
                "2026-01-15",
                "Los errores de los formularios se convalidan; lo no convalidado será causal de rechazo."
            ),
            0
        );
        assert_eq!(found("2026-01-15", "La oferta cuyos formularios no estén foliados será rechazada."), 1);
        let signature = "La falta de firma electrónica en los formularios será causal de descalificación.";
        assert_eq!(
            (found("2026-01-15", signature), found("2024-05-02", signature)),
            (1, 0),
            "another regime"
        );
    }
}
