//! The evaluation of one bid: every requirement gets exactly one proposal.

use crate::context::Context;
use crate::{EvaluationInput, checks};
use cotejo_domain::{Proposal, Requirement};

/// Proposes an answer to every requirement of the lot, in their order. The same input gives the same proposals, identifiers included.
#[must_use]
pub fn evaluate(input: &EvaluationInput<'_>) -> Vec<Proposal> {
    let context = Context { input };
    let of_lot = |requirement: &&Requirement| requirement.lot.is_none_or(|lot| lot == input.lot);
    let proposals = input.requirements.iter().filter(of_lot);
    proposals.map(|requirement| checks::propose(context, requirement).finish(input, requirement)).collect()
}
