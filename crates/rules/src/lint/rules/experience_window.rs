//! Works of fewer than twenty years ago alone counted as experience (RGL 106).

use super::super::{Draft, LintFinding};
use super::departures;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.experiencia_ventana";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    departures(draft, CODE, Severity::Warning, &["rules.pliego.experiencia_ventana"])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let with = |years| {
            DraftFixture::new("2026-01-15", ProcedureType::Lico).ask(Subject::Experience {
                specific: true,
                minimum: None,
                minimum_per_contract: None,
                years: Some(years),
            })
        };
        assert!(with(20).found(CODE).is_empty());
        assert_eq!(with(5).found(CODE).len(), 1);
    }
}
