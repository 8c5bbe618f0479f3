//! How a bid ended, and why.

use crate::{ActorId, BidId, Evidence, LotId, Motivation, Outcome};
use serde::{Deserialize, Serialize};

/// Says how the evaluation of a bid ended, with the reasons. It is recorded together with the state of the bid, and only when lawful.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BidOutcome {
    /// The lot.
    pub lot: LotId,
    /// The bid.
    pub bid: BidId,
    /// How it ended. A cause is one of the keys of the closed list of the regime.
    pub outcome: Outcome,
    /// The word of the regime for it: `rechazada`, `descalificada`, …
    pub word: String,
    /// The pliego's own clause it cites beside that cause, by its numeral; empty where none is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// The articles it rests on.
    pub legal_basis: Vec<String>,
    /// The values of the pack it rests on that nobody verified.
    pub unverified_norms: Vec<String>,
    /// Why.
    pub motivation: Motivation,
    /// The pages it rests on.
    pub evidence: Vec<Evidence>,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
