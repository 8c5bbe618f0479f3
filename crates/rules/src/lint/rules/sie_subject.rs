//! Requirements about the bidder in a subasta inversa, over which articles 93 and 258.6 do not agree.

use super::super::{Draft, LintFinding};
use super::departures;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.sie_sujeto";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    departures(draft, CODE, Severity::Warning, &["rules.pliego.sie_sujeto"])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let with = |start| {
            let draft = DraftFixture::new(start, ProcedureType::Sie);
            draft.ask(Subject::Personnel { role: "Técnico".into(), count: 1 })
        };
        assert!(with("2024-08-23").found(CODE).is_empty(), "before, it was the rule");
        let found = with("2026-01-15").found(CODE);
        assert_eq!(found[0].legal_basis, ["RGL 93", "RGL 258.6"]);
    }
}
