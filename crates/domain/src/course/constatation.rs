//! *Constatación*: that a person validated the signatures of a file with the official application, or an authorised one (RGL 43).

use super::KeptFile;
use crate::{ActorId, BidId, FileHash, LotId};
use serde::{Deserialize, Serialize};

/// Says what the application answered of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureResult {
    /// Its signatures are valid.
    Valida,
    /// A signature is not valid.
    NoValida,
    /// It bears no electronic signature.
    SinFirma,
    /// The application could not say.
    NoConcluyente,
}

impl SignatureResult {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Valida, Self::NoValida, Self::SinFirma, Self::NoConcluyente];

    /// Returns its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Valida => "valida",
            Self::NoValida => "no_valida",
            Self::SinFirma => "sin_firma",
            Self::NoConcluyente => "no_concluyente",
        }
    }

    /// Finds a result by its key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.key() == key)
    }

    /// Tells whether it can support something adverse.
    #[must_use]
    pub fn is_adverse(self) -> bool {
        matches!(self, Self::NoValida | Self::SinFirma)
    }
}

/// Records one validation: which file by its hash, with what, when, by whom, what came of it, and the result as a file. Nothing adverse rests on a
/// signature before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constatation {
    /// A UUIDv7, the same for every version.
    pub id: String,
    /// The lot.
    pub lot: LotId,
    /// The bid the file came with.
    pub bid: BidId,
    /// SHA-256 of the file that was validated.
    pub file: FileHash,
    /// Its name in the bid.
    pub file_name: String,
    /// The application: FirmaEC, or another that is authorised.
    pub application: String,
    /// When it was done, local time of Ecuador.
    pub when: jiff::civil::DateTime,
    /// Who did it.
    pub by: String,
    /// What came of it.
    pub result: SignatureResult,
    /// What else the application said, in words.
    pub detail: String,
    /// The result file or a capture, kept in the case.
    pub proof: KeptFile,
    /// True once it was taken back.
    #[serde(default)]
    pub withdrawn: bool,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
