//! The form of a pack file, as the schema describes it.

use super::value::Source;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackForm {
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "form")]
    _form: u32,
    pub(super) id: String,
    pub(super) version: u32,
    #[serde(rename = "jurisdiction")]
    _jurisdiction: String,
    #[serde(rename = "applies_by")]
    _applies_by: String,
    pub(super) valid_from: Date,
    pub(super) valid_to: Option<Date>,
    pub(super) parent: Option<ParentForm>,
    pub(super) inherits: Vec<String>,
    pub(super) removed: Vec<String>,
    pub(super) inherited_is_unverified: bool,
    pub(super) norms: Vec<NormForm>,
    pub(super) warning: Option<String>,
    pub(super) legal_basis: BTreeMap<String, ValueForm>,
    pub(super) parameters: BTreeMap<String, ValueForm>,
    pub(super) feature_flags: BTreeMap<String, FlagForm>,
}

/// Names the pack that is inherited from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParentForm {
    pub(super) id: String,
    pub(super) version: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NormForm {
    name: String,
    ro: Option<String>,
    date: Option<Date>,
    #[serde(default)]
    note: Option<String>,
}

impl NormForm {
    /// Names the norm with its Registro Oficial, day and remark.
    pub(super) fn cite(&self) -> String {
        let mut text = self.name.clone();
        if let Some(ro) = &self.ro {
            text.push_str(&format!(", R.O. {ro}"));
        }
        if let Some(date) = self.date {
            text.push_str(&format!(" ({date})"));
        }
        if let Some(note) = &self.note {
            text.push_str(&format!(" [{note}]"));
        }
        text
    }
}

/// Says how far a value was verified: read in its source or not, or confirmed by a person.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Verified {
    Read(bool),
    By(String),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueForm {
    pub(super) value: serde_json::Value,
    pub(super) unit: Option<String>,
    pub(super) source: Source,
    pub(super) verified: Verified,
    #[serde(default)]
    pub(super) by: Option<String>,
    #[serde(default)]
    pub(super) at: Option<Date>,
    #[serde(default)]
    pub(super) document: Option<String>,
    #[serde(default)]
    pub(super) suspicious: bool,
    #[serde(default)]
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) op: Option<String>,
    /// Only for processes that started on this day or later.
    #[serde(default)]
    pub(super) since: Option<Date>,
    /// Only once this flag holds.
    #[serde(default)]
    pub(super) flag: Option<String>,
    /// The parameter that holds until then.
    #[serde(default)]
    pub(super) before: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FlagForm {
    pub(super) title: String,
    pub(super) norm: String,
    pub(super) art: String,
    pub(super) in_transition_by: String,
    pub(super) valid_from: Option<Date>,
    pub(super) source: Option<String>,
    pub(super) before: String,
    pub(super) switches: Vec<String>,
    #[serde(default)]
    pub(super) note: Option<String>,
}
