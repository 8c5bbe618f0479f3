//! Evidence that a person had before the eyes.

use crate::{ActorId, BidId, RequirementId};
use serde::{Deserialize, Serialize};

/// Tells by which way the evidence came before the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpeningWay {
    /// The program showed the page to the person.
    Shown,
    /// The person states that it was looked at.
    Stated,
}

/// Names a piece of evidence that was opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OpenedPiece {
    /// The piece, by file and place: the same as long as both are.
    pub piece: String,
    /// How.
    pub way: OpeningWay,
    /// When first, in UTC.
    pub at: jiff::Timestamp,
}

/// Records which evidence of a cell a person opened. It tells what happened and cannot be undone; a later version only adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceOpening {
    /// The requirement.
    pub requirement: RequirementId,
    /// The bid.
    pub bid: BidId,
    /// The pieces, each once.
    pub pieces: Vec<OpenedPiece>,
    /// Who opened them.
    pub author: ActorId,
    /// When this version was recorded, in UTC.
    pub at: jiff::Timestamp,
}
