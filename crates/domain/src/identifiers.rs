//! Identifiers: UUIDv7 for what is recorded, SHA-256 for what is stored.
//!
//! The domain has no clock and no randomness: a new identifier is made by the casework room through its ports and
//! handed in as a [`uuid::Uuid`].

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! uuid_identifier {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                uuid::Uuid::parse_str(text).map($name)
            }
        }
    };
}

uuid_identifier!(
    /// Identifies a case: one process under evaluation, one database file.
    CaseId
);
uuid_identifier!(
    /// Identifies a lot of a process.
    LotId
);
uuid_identifier!(
    /// Identifies a bid within a case.
    BidId
);
uuid_identifier!(
    /// Identifies a document found in the pages of a bid.
    DocumentId
);
uuid_identifier!(
    /// Identifies a machine proposal.
    ProposalId
);
uuid_identifier!(
    /// Identifies a human decision.
    DecisionId
);
uuid_identifier!(
    /// Identifies an acta or informe.
    ActaId
);
uuid_identifier!(
    /// Identifies a member of the commission within a case.
    MemberId
);
uuid_identifier!(
    /// Identifies a person.
    ActorId
);
uuid_identifier!(
    /// Identifies an enrolled device.
    DeviceId
);
uuid_identifier!(
    /// Identifies an event of the log.
    EventId
);
uuid_identifier!(
    /// Identifies one version of what a person recorded and may undo: session, commission, note.
    RecordId
);
uuid_identifier!(
    /// Identifies a note on a cell.
    NoteId
);

/// Identifies a requirement within its process, as the pliego or the person numbered it (`INT-FUO_1_1`, `PATR`, `EXP-2`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequirementId(pub String);

impl fmt::Display for RequirementId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Identifies the exact bytes of a file: its SHA-256, 64 lower-case hexadecimal digits in text form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileHash(pub [u8; 32]);

/// Tells that a text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256: 64 hexadecimal digits expected")]
pub struct InvalidHash;

impl FileHash {
    /// Computes the SHA-256 of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest;
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for FileHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FileHash({self})")
    }
}

impl std::str::FromStr for FileHash {
    type Err = InvalidHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| InvalidHash)?;
        Ok(Self(bytes))
    }
}

impl Serialize for FileHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FileHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nothing_is_the_published_one() {
        assert_eq!(
            FileHash::of(b"").to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "FIPS 180-4 gives this value for the empty message"
        );
    }

    #[test]
    fn a_hash_survives_its_text_form() {
        let hash = FileHash::of(b"foja 1");
        assert_eq!(hash.to_string().parse(), Ok(hash), "parse must undo display");
        assert_eq!("12".parse::<FileHash>(), Err(InvalidHash), "a short text is no hash");
    }
}
