//! What is recommended to the máxima autoridad.

use crate::{ActorId, BidId, Evidence, LotId, Money, Motivation};
use serde::{Deserialize, Serialize};

/// Says what is recommended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Recommended {
    /// To award to a bid.
    Adjudicar {
        /// The bid.
        bid: BidId,
        /// For how much, without taxes.
        amount: Money,
    },
    /// To declare the process, or the lot, *desierto*.
    Desierto {
        /// The ground, by its key in the closed list: `b`.
        ground: String,
    },
    /// To cancel.
    Cancelar {
        /// The ground, by its key in the closed list: `1`.
        ground: String,
    },
}

/// Holds a recommendation with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    /// The lot.
    pub lot: LotId,
    /// What is recommended.
    pub recommended: Recommended,
    /// The order of the bids that qualified, the best first.
    pub order: Vec<BidId>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// The values of the pack it rests on that nobody verified.
    pub unverified_norms: Vec<String>,
    /// Why.
    pub motivation: Motivation,
    /// Why it departs from what was derived; empty where it does not.
    pub departure: String,
    /// The pages it rests on.
    pub evidence: Vec<Evidence>,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
