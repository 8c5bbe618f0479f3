//! What every pliego states and this draft does not: object, budget, term, validity, schedule.

use super::super::{Draft, LintFinding};
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.falta_dato";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let process = &draft.pliego.process;
    let fields = [
        ("el objeto de la contratación", process.object.is_none()),
        ("el presupuesto referencial", process.budget.is_none() && !process.budget_encrypted),
        ("el plazo de ejecución en días", process.term.is_none()),
        ("la vigencia de la oferta en días", process.validity.is_none()),
        ("el cronograma con sus fechas", draft.pliego.schedule.is_empty()),
    ];
    let missing: Vec<&str> =
        fields.into_iter().filter(|(_, missing)| *missing).map(|(name, _)| name).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    // Nothing of a norm: one line, and terms of reference that lean on their pliego are told once.
    vec![LintFinding::of(draft, CODE, Severity::Info, "", &[("dato", &missing.join("; "))])]
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::ProcedureType;

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let whole = DraftFixture::new("2026-01-15", ProcedureType::Sie)
            .budget("20000")
            .stage("Fecha de publicación", "2026-01-15");
        assert!(whole.found(CODE).is_empty(), "{:?}", whole.found(CODE));
        let mut without = DraftFixture::new("2026-01-15", ProcedureType::Sie).budget("20000");
        without.pliego.process.validity = None;
        let found = without.found(CODE);
        assert_eq!((found.len(), found[0].unverified), (1, false), "told once");
        assert!(found[0].message.contains("vigencia") && found[0].message.contains("cronograma"), "both");
    }
}
