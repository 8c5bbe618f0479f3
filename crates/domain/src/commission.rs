//! Who evaluates: persons, their devices, their place in the commission.

use crate::{ActorId, Cedula, DeviceId, MemberId};
use serde::{Deserialize, Serialize};

/// Names a person. Without an enrolment the product prints on every page that nobody is enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Identifier.
    pub id: ActorId,
    /// Full name.
    pub name: String,
    /// Number of the cédula, if given.
    pub cedula: Option<Cedula>,
    /// Position in the entity.
    pub position: String,
    /// Instrument of designation: resolution or memorando with number and date.
    pub designation: Option<String>,
    /// True once a statement signed with the person's official certificate enrolled a device.
    pub enrolled: bool,
}

/// Names a device and the key that signs its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Identifier.
    pub id: DeviceId,
    /// The person it belongs to.
    pub actor: ActorId,
    /// Ed25519 public key, 64 hexadecimal digits.
    pub public_key: String,
}

/// Tells in what capacity a person sits in the commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// President, designated by the máxima autoridad.
    Presidente,
    /// Head of the área requirente or delegate.
    TitularAreaRequirente,
    /// Professional *afín al objeto*.
    ProfesionalAfin,
    /// The single official who does the work below the threshold.
    ServidorDesignado,
    /// Secretary: neither voice nor vote.
    Secretario,
    /// Financial director: voice, no vote (RGL 88).
    DirectorFinanciero,
    /// Legal director: voice, no vote (RGL 88).
    DirectorJuridico,
}

impl Capacity {
    /// Tells whether the member votes.
    #[must_use]
    pub fn votes(self) -> bool {
        !matches!(self, Self::Secretario | Self::DirectorFinanciero | Self::DirectorJuridico)
    }
}

/// Places a person in the commission of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Identifier within the case.
    pub id: MemberId,
    /// The person.
    pub actor: ActorId,
    /// Capacity.
    pub capacity: Capacity,
}

/// Counts evaluations of one process: the first is 1; a new one opens after a claim or a return to an earlier stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Round(pub u32);
