//! Which lots a process has, and which of them a bid is for.

use crate::{ActorId, BidId, Evidence, Lot, LotId};
use serde::{Deserialize, Serialize};

/// Records which lots the process has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LotsStated {
    /// The lots, in their order.
    pub lots: Vec<Lot>,
    /// Where the pliego says so, in words.
    pub source: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}

/// Names one bid among those that a package makes: one in each lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedBid {
    /// The lot.
    pub lot: LotId,
    /// The bid; in the first lot that of the package itself.
    pub bid: BidId,
}

/// Records for which lots a bidder's package is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BidPlaced {
    /// The bid that came with the package.
    pub package: BidId,
    /// One bid for each lot, in the order of the lots; empty once it was taken back.
    pub bids: Vec<PlacedBid>,
    /// Why; where the bid itself says it plainly, the words it says it with.
    pub reason: String,
    /// Where the bid says it.
    pub evidence: Vec<Evidence>,
    /// True where a person said it; false where it followed from what the bid says plainly.
    pub stated: bool,
    /// Whose word it is, or who imported the bid.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
