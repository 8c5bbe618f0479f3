//! Personnel or equipment evaluated in works: duties of the contract since October 2025 (RGL 108).

use super::super::{Draft, LintFinding};
use super::departures;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.obras_no_evaluables";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    departures(draft, CODE, Severity::Warning, &["rules.pliego.obras_no_evaluables"])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let with = |start| {
            let draft = DraftFixture::new(start, ProcedureType::Lico);
            draft.ask(Subject::Equipment { description: "Excavadora".into(), count: None })
        };
        assert!(with("2024-08-23").found(CODE).is_empty());
        assert_eq!(with("2026-01-15").found(CODE)[0].legal_basis, ["RGL 108"]);
    }
}
