//! A random sample of accepted proposals, and what a second member says of each.

use crate::{ActorId, BidId, DecisionId, LotId, MemberId, RequirementId, Verdict};
use serde::{Deserialize, Serialize};

/// Names a cell in the sample with the decision that is checked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampledCell {
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The bid.
    pub bid: BidId,
    /// The decision by which the proposal was accepted.
    pub decision: DecisionId,
    /// Who accepted it.
    pub member: MemberId,
}

/// Records a drawn sample. Drawn once for a set of accepted proposals; it cannot be undone, so that nobody draws until it pleases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleDrawn {
    /// Counts the draws, from 1.
    pub number: u32,
    /// Seed from the source of randomness, 64 hexadecimal digits: who has it draws the same.
    pub seed: String,
    /// How many proposals had been accepted.
    pub population: u32,
    /// Part of them that was to be drawn, in percent, as text with a dot.
    pub percent: String,
    /// Where the percent comes from.
    pub percent_source: String,
    /// The cells, in the order they were drawn.
    pub cells: Vec<SampledCell>,
    /// Who drew.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Records what a second member says of a cell of the sample, without having seen what the first said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleChecked {
    /// The draw.
    pub number: u32,
    /// The decision that is checked again.
    pub decision: DecisionId,
    /// Who checks.
    pub member: MemberId,
    /// What the second member says; `None` once it was taken back.
    pub verdict: Option<Verdict>,
    /// Why.
    pub reason: String,
    /// Who recorded it: the member.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
