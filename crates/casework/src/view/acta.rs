//! The acta: its draft, what impedes signing it, its signatures.

use super::{CellAddress, Room};
use serde::{Deserialize, Deserializer, Serialize};
use specta::Type;
use std::fmt;
use zeroize::Zeroizing;

/// Tells how far the acta is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ActaState {
    /// There is none yet.
    Ninguna,
    /// A draft that can be typeset again.
    Borrador,
    /// Signed by somebody: what it states is sealed.
    Firmada,
}

/// Names one section and the page where it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ActaSection {
    /// Its head, in Spanish.
    pub title: String,
    /// Page, from 1.
    pub page: u32,
    /// True while something in it is not decided.
    pub pending: bool,
}

/// Gives the size of a page in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PageSize {
    /// Width.
    #[specta(type = i32)]
    pub width: f64,
    /// Height.
    #[specta(type = i32)]
    pub height: f64,
}

/// Says what impedes signing, and where it is resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SigningBlock {
    /// Stable code.
    pub code: String,
    /// What, in Spanish: `54 celdas sin decidir`.
    pub title: String,
    /// Which, in Spanish: `Ofertas 5 a 9.`
    pub detail: String,
    /// The room that resolves it.
    pub room: Room,
    /// The first cell concerned.
    pub cell: Option<CellAddress>,
}

/// Names what an acta prints as not recorded, and where it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MissingInActa {
    /// What, in Spanish: `ciudad`, `hora de cierre`.
    pub text: String,
    /// The room that has it.
    pub room: Room,
}

/// Tells whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignatureState {
    /// Signed.
    Signed,
    /// The turn of this signer.
    Now,
    /// Comes after others.
    Later,
}

/// Shows the place of one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignatureSlot {
    /// Name of the member, or of the certificate once signed.
    pub name: String,
    /// Capacity, in Spanish.
    pub capacity: String,
    /// Whose turn.
    pub state: SignatureState,
    /// When it was signed, in UTC, ISO 8601.
    pub at: Option<String>,
    /// True for the person at this machine.
    pub me: bool,
}

/// Shows the acta.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ActaView {
    /// How far it is.
    pub state: ActaState,
    /// Its title, in Spanish.
    pub title: String,
    /// Counts drafts from 1; 0 when there is none.
    pub revision: u32,
    /// True when the case changed after the draft was typeset.
    pub stale: bool,
    /// Path of the file on disk, for people; empty when there is none.
    pub path: String,
    /// SHA-256 of the file; empty when there is none. Changes with every draft and signature.
    pub sha256: String,
    /// Format: `PDF/A-2b`.
    pub format: String,
    /// Its pages.
    pub pages: Vec<PageSize>,
    /// Its sections.
    pub sections: Vec<ActaSection>,
    /// What impedes signing.
    pub blocks: Vec<SigningBlock>,
    /// What it prints as not recorded.
    pub missing: Vec<MissingInActa>,
    /// What is in order, each a phrase in Spanish.
    pub ready: Vec<String>,
    /// The signatures, in turn.
    pub signatures: Vec<SignatureSlot>,
    /// What signing sealed and how to rectify, in Spanish, once signed.
    pub sealed_notice: Option<String>,
}

/// Holds a password that only travels inwards: it is zeroed when dropped, never printed, never serialised.
#[derive(Clone, Type)]
#[specta(transparent)]
pub struct Password(#[specta(type = String)] Zeroizing<String>);

impl Password {
    /// Wraps a password.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// Lends the password.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// Holds what is needed to sign.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct SigningRequest {
    /// Path of the `.p12` or `.pfx`.
    pub certificate: String,
    /// Its password.
    pub password: Password,
    /// SHA-256 of the acta the person read: another one is not signed.
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_never_printed() {
        let request = SigningRequest {
            certificate: "demo.p12".into(),
            password: Password::new("clave-secreta".into()),
            sha256: String::new(),
        };
        let printed = format!("{request:?}");
        assert!(!printed.contains("clave-secreta"), "a log of the request must not carry it: {printed}");
    }
}
