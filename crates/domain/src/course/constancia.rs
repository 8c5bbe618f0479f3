//! *Constancias*: that something was published, that all were notified, what the RUP said, that a document was signed elsewhere.

use super::{ActSupport, StageKind};
use crate::{ActorId, BidId, LotId};
use serde::{Deserialize, Serialize};

/// Tells who was notified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", content = "bids", rename_all = "snake_case")]
pub enum Recipients {
    /// Every bidder, at once.
    All,
    /// These bidders alone.
    Some(Vec<BidId>),
}

/// Names a moment at which the RUP is consulted (RGL 26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RupMoment {
    /// Opening of the bids.
    Apertura,
    /// Award.
    Adjudicacion,
    /// Signing of the contract.
    Suscripcion,
}

impl RupMoment {
    /// Returns its key, as packs have it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Apertura => "apertura",
            Self::Adjudicacion => "adjudicacion",
            Self::Suscripcion => "suscripcion",
        }
    }

    /// Finds a moment by its key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        [Self::Apertura, Self::Adjudicacion, Self::Suscripcion].into_iter().find(|moment| moment.key() == key)
    }
}

/// Tells what the RUP said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RupStatus {
    /// *Habilitado*.
    Habilitado,
    /// Suspended, or not registered.
    NoHabilitado,
    /// The Portal did not answer.
    SinRespuesta,
}

/// Says what a constancia states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ConstanciaKind {
    /// A document was published.
    Publication {
        /// Where: the Portal unless the person says otherwise.
        place: String,
    },
    /// Bidders were notified.
    Notification {
        /// Whom.
        recipients: Recipients,
    },
    /// The RUP was consulted.
    Rup {
        /// At which of its moments.
        moment: RupMoment,
        /// The number that was consulted.
        ruc: String,
        /// Of which bid, where one is named.
        bid: Option<BidId>,
        /// What it said.
        status: RupStatus,
    },
    /// A document was signed outside this program.
    SignedElsewhere,
}

/// Records that something was done: what, when, by whom, with its proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constancia {
    /// A UUIDv7, the same for every version.
    pub id: String,
    /// The lot; `None` for the whole process.
    pub lot: Option<LotId>,
    /// The stage that it belongs to.
    pub stage: StageKind,
    /// What it states.
    pub kind: ConstanciaKind,
    /// Of which document, as packs name it: `acta_apertura`; or in words.
    pub document: String,
    /// When it was done, local time of Ecuador.
    pub when: jiff::civil::DateTime,
    /// Who did it.
    pub by: String,
    /// What proves it.
    pub support: ActSupport,
    /// True once its author took it back.
    #[serde(default)]
    pub withdrawn: bool,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
