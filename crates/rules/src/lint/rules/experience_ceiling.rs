//! More experience asked than the ceiling of the table allows.

use super::super::{Draft, LintFinding};
use super::departures;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.experiencia_techo";

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    departures(
        draft,
        CODE,
        Severity::Error,
        &["rules.pliego.experiencia_techo", "rules.pliego.experiencia_contrato"],
    )
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::{ProcedureType, Subject};

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        let with = |minimum: &str, each: &str| {
            let draft = DraftFixture::new("2025-12-01", ProcedureType::Lico).budget("12650.20");
            draft.ask(Subject::Experience {
                specific: false,
                minimum: Some(crate::checks::fixture::money(minimum)),
                minimum_per_contract: Some(crate::checks::fixture::money(each)),
                years: Some(20),
            })
        };
        assert!(with("1265.02", "63.25").found(CODE).is_empty(), "at the ceiling");
        let found = with("1265.03", "63.26").found(CODE);
        assert_eq!(found.len(), 2, "in all, and for each contract");
        assert!(
            found.iter().all(|finding| finding.unverified && finding.place.is_some()),
            "the table of DE 193 was not seen"
        );
    }
}
