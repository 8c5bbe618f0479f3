//! What the entity adds to the packs: values of its own, a lawyer's verification of a value, and the day a flag of the transition began.
//!
//! Records are added and withdrawn, never changed. Those in force for a pack are frozen with it, so that they are in the hash of the case.

use super::value::Source;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Says who withdrew a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Name.
    pub by: String,
    /// The day.
    pub at: Date,
}

/// Holds a value that the entity puts in place of the pack's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityValue {
    /// Identifier of the pack.
    pub pack: String,
    /// Key: `convalidacion_dias`, `base.TEMA`.
    pub key: String,
    /// The value, without floats.
    pub value: serde_json::Value,
    /// Its unit.
    pub unit: Option<String>,
    /// Where it stands.
    pub source: Source,
    /// Why the entity departs from the pack.
    pub reason: String,
    /// Who recorded it.
    pub by: String,
    /// The day.
    pub at: Date,
    /// Who took it back, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// Records that a lawyer read a value in its source and found it right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// Identifier of the pack.
    pub pack: String,
    /// Key of the value.
    pub key: String,
    /// SHA-256 of what was verified (value, unit, source): if a later version of the pack says something else, this no longer speaks for it.
    pub of: String,
    /// Who verified it.
    pub by: String,
    /// The day.
    pub at: Date,
    /// The paper it was verified with: `R.O. 153-9S, pág. 66`.
    pub document: String,
    /// Who took it back, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// Records since when a flag of the transition holds: the day that SERCOP announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagSwitch {
    /// Identifier of the pack.
    pub pack: String,
    /// The flag: `266`.
    pub flag: String,
    /// First day of the processes it holds for.
    pub valid_from: Date,
    /// The announcement.
    pub source: String,
    /// Who recorded it.
    pub by: String,
    /// The day.
    pub at: Date,
    /// Who took it back, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawal>,
}

/// Holds everything the entity recorded, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityRules {
    /// Values in place of a pack's.
    #[serde(default)]
    pub values: Vec<EntityValue>,
    /// Verifications.
    #[serde(default)]
    pub verifications: Vec<Verification>,
    /// Flags that began.
    #[serde(default)]
    pub switches: Vec<FlagSwitch>,
}

impl EntityRules {
    /// Tells whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.verifications.is_empty() && self.switches.is_empty()
    }

    /// Returns what is in force for a pack: of each key the newest record that was not withdrawn.
    #[must_use]
    pub fn for_pack(&self, id: &str) -> Self {
        fn newest<R: Clone>(
            records: &[R],
            concerns: impl Fn(&R) -> bool,
            same: impl Fn(&R, &R) -> bool,
        ) -> Vec<R> {
            let mut kept: Vec<R> = Vec::new();
            for record in records.iter().filter(|record| concerns(record)) {
                kept.retain(|earlier| !same(earlier, record));
                kept.push(record.clone());
            }
            kept
        }
        Self {
            values: newest(
                &self.values,
                |record| record.pack == id && record.withdrawn.is_none(),
                |one, other| one.key == other.key,
            ),
            verifications: newest(
                &self.verifications,
                |record| record.pack == id && record.withdrawn.is_none(),
                |one, other| one.key == other.key,
            ),
            switches: newest(
                &self.switches,
                |record| record.pack == id && record.withdrawn.is_none(),
                |one, other| one.flag == other.flag,
            ),
        }
    }

    /// Withdraws what is in force for a key of a pack, `bandera.X` for a flag; counts what was withdrawn.
    pub fn withdraw(&mut self, pack: &str, key: &str, by: &str, at: Date) -> usize {
        let withdrawal = || Some(Withdrawal { by: by.to_owned(), at });
        let mut count = 0;
        for value in &mut self.values {
            if value.pack == pack && value.key == key && value.withdrawn.is_none() {
                value.withdrawn = withdrawal();
                count += 1;
            }
        }
        for verification in &mut self.verifications {
            if verification.pack == pack && verification.key == key && verification.withdrawn.is_none() {
                verification.withdrawn = withdrawal();
                count += 1;
            }
        }
        for switch in &mut self.switches {
            let named = key.strip_prefix(super::FLAG_PREFIX) == Some(switch.flag.as_str());
            if switch.pack == pack && named && switch.withdrawn.is_none() {
                switch.withdrawn = withdrawal();
                count += 1;
            }
        }
        count
    }
}
