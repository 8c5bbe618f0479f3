//! A member who asks to be excused, or whom somebody asks to be removed, and what was resolved.

use crate::{ActorId, Instrument, MemberId};
use serde::{Deserialize, Serialize};

/// Tells who raises the impediment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImpedimentKind {
    /// *Excusa*: the member.
    Excusa,
    /// *Recusación*: somebody else.
    Recusacion,
}

/// Holds how an impediment was resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpedimentResolution {
    /// True when the member leaves.
    pub accepted: bool,
    /// The resolution.
    pub instrument: Instrument,
    /// Its reasons.
    pub reason: String,
}

/// Holds an *excusa* or a *recusación*. A later version in its slot brings the resolution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impediment {
    /// Its identifier, the same for every version.
    pub id: String,
    /// Who raises it.
    pub kind: ImpedimentKind,
    /// The member it is about.
    pub member: MemberId,
    /// Name of who raised it.
    pub raised_by: String,
    /// On which day.
    pub raised_on: jiff::civil::Date,
    /// The ground.
    pub ground: String,
    /// How it was resolved, once it was.
    pub resolution: Option<ImpedimentResolution>,
    /// Who recorded it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
