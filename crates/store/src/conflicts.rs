//! What two machines said of the same thing without knowing of each other: both are kept, and it is told until a person says it once more.

use crate::records::Version;
use crate::{Case, EventHeader, EventPayload, StoreError};
use cotejo_domain::{ActorId, DeviceId, RecordId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Holds one of the things that were said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictSide {
    /// The version.
    pub record: RecordId,
    /// Who said it.
    pub author: ActorId,
    /// The device.
    pub device: DeviceId,
    /// When, by that device's clock.
    pub at: jiff::Timestamp,
    /// What was said.
    pub version: Version,
    /// Whether the program goes by it meanwhile: the later one by the clock.
    pub holds: bool,
}

/// Holds a thing of which two machines said different things.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The slot that both wanted.
    pub slot: String,
    /// What was said, the earlier first.
    pub sides: Vec<ConflictSide>,
}

struct Said {
    header: EventHeader,
    record: RecordId,
    version: Version,
}

impl Said {
    /// Whether whoever said this knew of `other`.
    fn knew(&self, other: &Self) -> bool {
        if self.header.device_id == other.header.device_id {
            return self.header.seq > other.header.seq;
        }
        let seen = self.header.seen.get(&other.header.device_id);
        seen.is_some_and(|seen| seen.seq >= other.header.seq)
    }

    /// What it says, whoever said it and whenever.
    fn words(&self) -> Result<serde_json::Value, StoreError> {
        let mut value = serde_json::to_value(&self.version)?;
        strip(&mut value);
        Ok(value)
    }
}

fn strip(value: &mut serde_json::Value) {
    if let serde_json::Value::Object(fields) = value {
        fields.remove("author");
        fields.remove("at");
        fields.values_mut().for_each(strip);
    }
}

fn version_of(payload: EventPayload) -> Option<(RecordId, Version)> {
    match payload {
        EventPayload::PageRemedied { record, remedy } => Some((record, Version::Page(remedy))),
        EventPayload::DocumentsArranged { record, arrangement } => {
            Some((record, Version::Documents(arrangement)))
        }
        EventPayload::FieldCorrected { record, correction } => Some((record, Version::Field(correction))),
        EventPayload::SourceNoted { record, note } => Some((record, Version::Source(note))),
        EventPayload::CourseRecorded { record, act } => Some((record, Version::Course(act))),
        _ => None,
    }
}

impl Case {
    /// Lists what two machines said differently without knowing of each other, as far as nobody settled it since.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn conflicts(&self) -> Result<Vec<Conflict>, StoreError> {
        if self.log_heads().await?.len() < 2 {
            return Ok(Vec::new());
        }
        let mut slots: BTreeMap<String, Vec<Said>> = BTreeMap::new();
        let mut undone: BTreeSet<RecordId> = BTreeSet::new();
        for event in self.events().await? {
            match event.payload()? {
                Some(EventPayload::RecordUndone { record }) => {
                    undone.insert(record);
                }
                Some(EventPayload::RecordRedone { record }) => {
                    undone.remove(&record);
                }
                Some(payload) => {
                    if let Some((record, version)) = version_of(payload) {
                        let said = Said { header: event.header()?, record, version };
                        slots.entry(said.version.slot()).or_default().push(said);
                    }
                }
                None => {}
            }
        }
        let mut conflicts = Vec::new();
        for (slot, mut said) in slots {
            said.retain(|one| !undone.contains(&one.record));
            let standing: Vec<&Said> =
                said.iter().filter(|one| !said.iter().any(|other| other.knew(one))).collect();
            let mut words = Vec::new();
            for one in &standing {
                words.push(one.words()?);
            }
            if words.windows(2).all(|pair| pair.first() == pair.last()) {
                continue;
            }
            let last = standing.last().map(|one| one.record);
            let sides = standing.iter().map(|one| ConflictSide {
                record: one.record,
                author: one.header.author_id,
                device: one.header.device_id,
                at: one.header.recorded_at,
                version: one.version.clone(),
                holds: Some(one.record) == last,
            });
            conflicts.push(Conflict { slot, sides: sides.collect() });
        }
        Ok(conflicts)
    }
}
