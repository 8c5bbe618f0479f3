//! Experience asked in a procedure in which it may not be asked by rule (RGL 106).

use super::super::{Draft, LintFinding};
use super::departures;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.experiencia_procedimiento";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    departures(draft, CODE, Severity::Warning, &["rules.pliego.experiencia_procedimiento"])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let with = |procedure| {
            DraftFixture::new("2026-01-15", procedure).ask(Subject::Experience {
                specific: true,
                minimum: None,
                minimum_per_contract: None,
                years: None,
            })
        };
        assert!(with(ProcedureType::Licbs).found(CODE).is_empty(), "licitación");
        assert_eq!(with(ProcedureType::Sie).found(CODE).len(), 1);
    }
}
