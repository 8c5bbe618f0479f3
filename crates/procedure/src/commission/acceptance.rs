//! How often what the machine proposed was accepted, modified or rejected.

use cotejo_domain::{Decision, Verdict};
use serde::Serialize;

/// Tells what a person made of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Handling {
    /// The verdict, the evidence and the fact as proposed.
    Accepted,
    /// The verdict as proposed, with other evidence or another fact.
    Modified,
    /// Another verdict.
    Rejected,
    /// Nothing was proposed, or that a person must look.
    NotProposed,
}

/// Judges a decision against what had been proposed. `as_drafted` tells whether evidence and fact are those of the proposal.
#[must_use]
pub fn handling(decision: &Decision, as_drafted: bool) -> Handling {
    match decision.proposed {
        None | Some(Verdict::Pendiente) => Handling::NotProposed,
        Some(proposed) if proposed != decision.verdict => Handling::Rejected,
        Some(_) if as_drafted => Handling::Accepted,
        Some(_) => Handling::Modified,
    }
}

/// Counts decisions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Accepted.
    pub accepted: u32,
    /// Modified.
    pub modified: u32,
    /// Rejected.
    pub rejected: u32,
    /// Decided without a proposal.
    pub not_proposed: u32,
}

impl Counts {
    /// Counts what was made of each.
    pub fn of(handlings: impl IntoIterator<Item = Handling>) -> Self {
        let mut counts = Self::default();
        for handling in handlings {
            let counter = match handling {
                Handling::Accepted => &mut counts.accepted,
                Handling::Modified => &mut counts.modified,
                Handling::Rejected => &mut counts.rejected,
                Handling::NotProposed => &mut counts.not_proposed,
            };
            *counter = counter.saturating_add(1);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::agreement::tests::decision;

    #[test]
    fn every_decision_is_counted_once_under_what_was_made_of_the_proposal() {
        use Verdict::{Cumple, NoCumple, Pendiente};
        let of = |proposed, verdict, as_drafted| {
            let mut decision = decision(1, 1, verdict);
            decision.proposed = proposed;
            handling(&decision, as_drafted)
        };
        let all = [
            of(Some(Cumple), Cumple, true),
            of(Some(NoCumple), NoCumple, false),
            of(Some(NoCumple), Cumple, false),
            of(Some(Pendiente), Cumple, false),
            of(None, Cumple, false),
        ];
        let counts = Counts::of(all);
        assert_eq!(counts, Counts { accepted: 1, modified: 1, rejected: 1, not_proposed: 2 });
    }
}
