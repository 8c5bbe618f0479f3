//! Points that do not add up to a hundred.

use super::super::{Draft, LintFinding};
use super::departures;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.puntos";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    departures(draft, CODE, Severity::Error, &["rules.pliego.puntos"])
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let with = |points: &[&str]| {
            let draft = DraftFixture::new("2026-01-15", ProcedureType::Licbs);
            points.iter().fold(draft, |draft, points| draft.score("Parámetro", points))
        };
        assert!(with(&["60", "40"]).found(CODE).is_empty(), "a hundred");
        let found = with(&["60", "39"]).found(CODE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].legal_basis, ["RGL 104", "RGL 107"]);
        let _ = Subject::Other;
    }
}
