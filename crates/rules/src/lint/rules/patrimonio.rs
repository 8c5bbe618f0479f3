//! A minimum patrimonio that is not that of the table.

use super::super::{Draft, LintFinding};
use super::departures;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.patrimonio";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    departures(draft, CODE, Severity::Warning, &["rules.pliego.patrimonio"])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let with = |amount: &str| {
            let draft = DraftFixture::new("2024-01-10", ProcedureType::Lico).budget("495930.26");
            draft.ask(Subject::Patrimonio { minimum: Some(crate::checks::fixture::money(amount)) })
        };
        assert!(with("17796.51").found(CODE).is_empty(), "the table of works");
        assert_eq!(with("25000").found(CODE).len(), 1);
    }
}
