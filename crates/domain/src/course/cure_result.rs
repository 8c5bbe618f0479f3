//! What came of one request of a *convalidación*.

use crate::{ActorId, BidId, Evidence, LotId, Money, Motivation, RequirementId};
use serde::{Deserialize, Serialize};

/// Says whether an error was cured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CureVerdict {
    /// Cured in time and form.
    Convalidado,
    /// Cured in part: what is missing stands in the motivation.
    Parcial,
    /// Not cured in time and form.
    NoConvalidado,
}

/// Holds what a person says came of one request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CureResult {
    /// The lot.
    pub lot: LotId,
    /// The *convalidación*.
    pub number: u32,
    /// The request within it.
    pub request: u32,
    /// The bid.
    pub bid: BidId,
    /// The requirement the request was about.
    pub requirement: RequirementId,
    /// Whether it was cured.
    pub result: CureVerdict,
    /// Why.
    pub motivation: Motivation,
    /// The pages of the answer, or of the bid, that show it.
    pub evidence: Vec<Evidence>,
    /// The total as the bidder corrected it, where an error of arithmetic was cured.
    pub corrected_total: Option<Money>,
    /// What is said of changes that nobody had asked for; empty where there are none.
    pub unasked: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
