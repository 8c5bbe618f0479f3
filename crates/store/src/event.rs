//! Events: signed by the device, chained per case and device, with a salted commitment in place of the payload.
//!
//! `hash = SHA-256(canonical header ‖ commitment)` and `commitment = HMAC-SHA-256(salt, payload)`, so that payload and salt can
//! be erased while the chain still verifies, and a verdict cannot be guessed from its hash.

use crate::StoreError;
use crate::keys::Key;
use cotejo_domain::{ActorId, CaseId, DeviceId, EventId, FileHash, LotId};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Newest version of the event's form that this program writes and reads.
pub const EVENT_SCHEMA: u32 = 1;

/// Orders events of several devices: wall clock in milliseconds, then a counter that keeps it from going back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HybridClock {
    /// Milliseconds since 1970, never less than in any event seen before.
    pub wall: i64,
    /// Counts events of the same millisecond.
    pub counter: u32,
}

impl HybridClock {
    /// Returns the clock of the next event at `now` milliseconds.
    #[must_use]
    pub fn next(self, now: i64) -> Self {
        if now > self.wall {
            Self { wall: now, counter: 0 }
        } else {
            Self { wall: self.wall, counter: self.counter.saturating_add(1) }
        }
    }
}

/// Tells where `recorded_at` comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockSource {
    /// The device's own clock, unverified: legal dates come from actas.
    Device,
}

/// Marks a place in a device's chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenHead {
    /// Number of the event.
    pub seq: u64,
    /// Its hash.
    pub hash: FileHash,
}

/// Holds everything of an event but its payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventHeader {
    /// Identifier, UUIDv7.
    pub event_id: EventId,
    /// The case.
    pub case_id: CaseId,
    /// The lot, where there is one.
    pub lot_id: Option<LotId>,
    /// The person.
    pub author_id: ActorId,
    /// The device that signs.
    pub device_id: DeviceId,
    /// Counts from 1 without gaps within case and device.
    pub seq: u64,
    /// Hash of the device's event before.
    pub prev_hash: Option<FileHash>,
    /// What the device had seen of the other devices.
    pub seen: BTreeMap<DeviceId, SeenHead>,
    /// Orders events of several devices.
    pub clock: HybridClock,
    /// When, in UTC.
    pub recorded_at: jiff::Timestamp,
    /// Where that time comes from.
    pub clock_source: ClockSource,
    /// What kind of thing happened.
    pub kind: String,
    /// Version of the event's form.
    pub schema_version: u32,
    /// What it is about.
    pub subject_id: Option<String>,
    /// Hashes of the events it takes the place of.
    pub supersedes: Vec<FileHash>,
}

/// Holds one event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The header in canonical JSON (RFC 8785).
    pub header: String,
    /// Salted commitment to the payload, in hexadecimal.
    pub commitment: String,
    /// The salt in hexadecimal, unless it was erased.
    pub salt: Option<String>,
    /// The payload in canonical JSON, unless it was erased.
    pub payload: Option<String>,
    /// SHA-256 of header and commitment.
    pub hash: FileHash,
    /// Ed25519 signature of the hash, in hexadecimal.
    pub signature: String,
}

/// Tells what of an event does not agree with itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Disagreement {
    /// The header or the commitment is not the one that was hashed.
    Hash,
    /// The payload is not the one that was committed to.
    Commitment,
    /// The signature is not the device's.
    Signature,
}

/// Computes the commitment to a payload.
pub(crate) fn commit(salt: &[u8; 32], payload: &str) -> [u8; 32] {
    Key::new(*salt).keyed_hash(payload.as_bytes())
}

impl Event {
    /// Hashes and signs an event.
    pub(crate) fn sign(
        header: &EventHeader,
        payload: String,
        salt: [u8; 32],
        key: &SigningKey,
    ) -> Result<Self, StoreError> {
        let header = serde_json_canonicalizer::to_string(header)?;
        let commitment = commit(&salt, &payload);
        let hash = hash_of(&header, &commitment);
        let signature = hex::encode(key.sign(&hash.0).to_bytes());
        Ok(Self {
            header,
            commitment: hex::encode(commitment),
            salt: Some(hex::encode(salt)),
            payload: Some(payload),
            hash,
            signature,
        })
    }

    /// Checks hash, commitment and signature.
    pub(crate) fn check(&self, key: &VerifyingKey) -> Result<(), Disagreement> {
        let mut commitment = [0; 32];
        hex::decode_to_slice(&self.commitment, &mut commitment).map_err(|_| Disagreement::Hash)?;
        if hash_of(&self.header, &commitment) != self.hash {
            return Err(Disagreement::Hash);
        }
        match (&self.salt, &self.payload) {
            (Some(salt), Some(payload)) => {
                let mut bytes = [0; 32];
                hex::decode_to_slice(salt, &mut bytes).map_err(|_| Disagreement::Commitment)?;
                if commit(&bytes, payload) != commitment {
                    return Err(Disagreement::Commitment);
                }
            }
            (None, None) => {} // erased: header and hash stay, and still verify
            _ => return Err(Disagreement::Commitment),
        }
        let mut signature = [0; 64];
        hex::decode_to_slice(&self.signature, &mut signature).map_err(|_| Disagreement::Signature)?;
        key.verify_strict(&self.hash.0, &Signature::from_bytes(&signature))
            .map_err(|_| Disagreement::Signature)
    }

    /// Reads the header.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when a newer program wrote it, [`StoreError::Shape`] when it is no header.
    pub fn header(&self) -> Result<EventHeader, StoreError> {
        let header: EventHeader = serde_json::from_str(&self.header)?;
        if header.schema_version > EVENT_SCHEMA {
            return Err(StoreError::NewerSchema {
                found: header.schema_version.into(),
                known: EVENT_SCHEMA.into(),
            });
        }
        Ok(header)
    }

    /// Reads the payload, or `None` when it was erased.
    ///
    /// # Errors
    /// [`StoreError::Shape`] when it has another shape.
    pub fn payload(&self) -> Result<Option<crate::EventPayload>, StoreError> {
        Ok(self.payload.as_deref().map(serde_json::from_str).transpose()?)
    }
}

fn hash_of(header: &str, commitment: &[u8; 32]) -> FileHash {
    FileHash(Sha256::new().chain_update(header.as_bytes()).chain_update(commitment).finalize().into())
}

/// Reads an Ed25519 public key from 64 hexadecimal digits.
pub(crate) fn verifying_key(text: &str) -> Option<VerifyingKey> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_never_goes_back_when_the_machine_s_does() {
        let mut clock = HybridClock::default();
        let mut before = clock;
        for now in [5, 5, 3, 0, 6, 6] {
            clock = clock.next(now);
            assert!(clock > before, "{clock:?} must follow {before:?} although the machine says {now}");
            before = clock;
        }
        assert_eq!(clock, HybridClock { wall: 6, counter: 1 });
    }

    #[test]
    fn the_same_verdict_twice_has_two_commitments() {
        let payload = r#"{"verdict":"cumple"}"#;
        assert_ne!(commit(&[1; 32], payload), commit(&[2; 32], payload), "or verdicts could be guessed");
    }
}
