//! A bid and who makes it.

use crate::{BidId, FileHash, LotId, Percent, Ruc};
use serde::{Deserialize, Serialize};

/// Tells what kind of person bids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BidderKind {
    /// A natural person.
    Natural,
    /// A legal person.
    Juridica,
    /// A consortium, constituted or promised.
    Consorcio,
    /// Not known yet.
    Unknown,
}

/// Names one partner of a consortium.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsortiumMember {
    /// Name as written.
    pub name: String,
    /// Taxpayer's number, if it was read.
    pub ruc: Option<Ruc>,
    /// Share, if it was read.
    pub share: Option<Percent>,
}

/// Names the bidder, as far as its papers tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bidder {
    /// Name as written, or the name of the folder while no paper has told it.
    pub name: String,
    /// Taxpayer's number, if it was read.
    pub ruc: Option<Ruc>,
    /// The kind of person.
    pub kind: BidderKind,
    /// Partners of a consortium.
    pub members: Vec<ConsortiumMember>,
}

/// Describes one file of a bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidFile {
    /// SHA-256 of its exact bytes.
    pub hash: FileHash,
    /// Path within the package, with `/`: `anexos.zip/ruc.pdf`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// Media type by content, not by name.
    pub media_type: String,
    /// True when it is stored but must not be read before its moment (invariant 14).
    pub sealed: bool,
}

/// Describes what one bidder handed in for one lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bid {
    /// Its identifier.
    pub id: BidId,
    /// The lot it is for.
    pub lot: LotId,
    /// Who bids.
    pub bidder: Bidder,
    /// What was handed in.
    pub files: Vec<BidFile>,
}

impl Bid {
    /// Stands for the lot of a bid of which nobody said yet which lot it is for. No process has it, so that nothing of such a bid is judged.
    pub const NO_LOT: LotId = LotId(uuid::Uuid::nil());

    /// Tells whether it is known which lot it is for.
    #[must_use]
    pub fn is_placed(&self) -> bool {
        self.lot != Self::NO_LOT
    }
}
