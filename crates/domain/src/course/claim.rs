//! *Reclamos* and supervision by SERCOP: both hold up the award while they are open (LEY 115).

use super::{ActSupport, StageKind};
use crate::{ActorId, LotId, Termino};
use serde::{Deserialize, Serialize};

/// Tells what holds up the award.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// A bidder's *reclamo*.
    Reclamo,
    /// SERCOP supervises the process or suspended it.
    SupervisionSercop,
}

/// Records a claim: who, against what, when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// A UUIDv7, the same for every version.
    pub id: String,
    /// What it is.
    pub kind: ClaimKind,
    /// The lot; `None` for the whole process.
    pub lot: Option<LotId>,
    /// The stage that it is raised against.
    pub stage: StageKind,
    /// Who raised it.
    pub claimant: String,
    /// The claimant's number, if it was given.
    pub ruc: Option<String>,
    /// Against which act, and what is asked.
    pub against: String,
    /// When it was handed in, local time of Ecuador.
    pub filed: jiff::civil::DateTime,
    /// When the entity was notified, if it was given; the time to answer runs from there.
    pub notified: Option<jiff::civil::DateTime>,
    /// Working days to answer, as the notification has them, where it does.
    pub answer_days: Option<Termino>,
    /// What proves it.
    pub support: ActSupport,
    /// True once its author took it back as recorded by mistake.
    #[serde(default)]
    pub withdrawn: bool,
    /// Whose word it is.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Says how a claim ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum ClaimResult {
    /// Accepted.
    Accepted {
        /// The stage that the lot has to go back to; `None` where nothing has to be done again.
        back_to: Option<StageKind>,
    },
    /// Rejected.
    Rejected,
    /// The claimant withdrew it.
    Desisted,
    /// Filed out of time, or by whom may not.
    Inadmissible,
    /// SERCOP lifted its supervision or suspension.
    Lifted,
}

/// Records how a claim ended, with its motive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimAnswer {
    /// The claim.
    pub claim: String,
    /// Its lot.
    pub lot: Option<LotId>,
    /// How.
    pub result: ClaimResult,
    /// When, local time of Ecuador.
    pub when: jiff::civil::DateTime,
    /// Why.
    pub reason: String,
    /// The act that decides it.
    pub support: ActSupport,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
