//! What a bidder handed in as the answer to a *convalidación*, or that nothing came.

use crate::{ActorId, BidId, FileHash, LotId};
use serde::{Deserialize, Serialize};

/// Names one file of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerFile {
    /// SHA-256 of its exact bytes.
    pub hash: FileHash,
    /// Path within what was handed in.
    pub path: String,
}

/// Says what came from one bidder and when. Without files it says that nothing came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CureAnswer {
    /// The lot.
    pub lot: LotId,
    /// The *convalidación*.
    pub number: u32,
    /// The bid.
    pub bid: BidId,
    /// The moment of receipt, local time of Ecuador, as the channel shows it; `None` when nothing came.
    pub received: Option<jiff::civil::DateTime>,
    /// Through what it came.
    pub channel: String,
    /// Its files.
    pub files: Vec<AnswerFile>,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
