//! Minimum equipment: what the bid shows for it.
//!
//! Legal basis: the pliego; RGL 108 for works. As with personnel, the check gathers and warns; it never proposes *no cumple*.

use super::personnel::{gather, not_evaluated_in_works};
use crate::context::{Context, Draft};
use cotejo_domain::Verdict;

/// Identifier of this check.
pub(super) const ID: &str = "equipo.minimo@1";

pub(super) fn propose(context: Context<'_>, description: &str) -> Draft {
    let mut draft =
        Draft::new(ID, Verdict::Pendiente).reason("rules.equipo.revise", &[("equipo", description)]);
    gather(context, &mut draft, &["FUO_1_11_EQ", "COMPROMISO_EQUIPO", "MATRICULA"]);
    not_evaluated_in_works(context, &mut draft, "equipo_minimo");
    draft
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{Subject, Verdict};

    #[test]
    fn what_was_found_is_gathered_and_nothing_is_judged() {
        let subject = Subject::Equipment { description: "Excavadora".into(), count: None };
        let proposal = Fixture::new("2024-08-23").document("MATRICULA", 6).propose(subject);
        assert_eq!(proposal.verdict, Verdict::Pendiente);
        assert_eq!(proposal.evidence[0].location.page(), Some(6), "the registration opens");
    }
}
