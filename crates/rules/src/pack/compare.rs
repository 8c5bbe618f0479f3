//! What changed between two packs, key by key, with both sources.

use super::RulePack;
use serde::Serialize;
use std::collections::BTreeSet;

/// Says what became of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only the second has it.
    Added,
    /// Only the first has it.
    Removed,
    /// Another value or unit.
    Value,
    /// The same value from another source.
    Source,
    /// The same value, verified now.
    Verified,
    /// The same value, no longer verified.
    Unverified,
    /// Only the note or another mark.
    Note,
}

/// Shows one side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The value, as JSON.
    pub value: serde_json::Value,
    /// Its unit.
    pub unit: Option<String>,
    /// Its source.
    pub source: String,
    /// Whether it is verified.
    pub verified: bool,
    /// What a person should know about it.
    pub note: Option<String>,
}

/// Shows what became of one key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The key.
    pub key: String,
    /// What became of it.
    pub change: Change,
    /// As it was.
    pub before: Option<Side>,
    /// As it is.
    pub after: Option<Side>,
}

/// Compares what two packs say, inherited values and the entity's own included, in the order of the keys.
#[must_use]
pub fn compare(before: &RulePack, after: &RulePack) -> Vec<Difference> {
    let keys: BTreeSet<String> = before.keys().into_iter().chain(after.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let (old, new) = (side(before, &key), side(after, &key));
            let change = match (&old, &new) {
                (None, None) => return None,
                (None, Some(_)) => Change::Added,
                (Some(_), None) => Change::Removed,
                (Some(old), Some(new)) if old == new => return None,
                (Some(old), Some(new)) if old.value != new.value || old.unit != new.unit => Change::Value,
                (Some(old), Some(new)) if old.verified != new.verified => {
                    if new.verified {
                        Change::Verified
                    } else {
                        Change::Unverified
                    }
                }
                (Some(old), Some(new)) if old.source != new.source => Change::Source,
                _ => Change::Note,
            };
            Some(Difference { key, change, before: old, after: new })
        })
        .collect()
}

fn side(pack: &RulePack, key: &str) -> Option<Side> {
    if let Some(id) = key.strip_prefix(super::FLAG_PREFIX) {
        let flag = pack.flag(id, None)?;
        return Some(Side {
            value: serde_json::json!({
                "valid_from": flag.valid_from,
                "switches": flag.switches,
                "before": flag.before,
            }),
            unit: None,
            source: flag
                .source
                .clone()
                .unwrap_or_else(|| format!("{} ({})", flag.article, flag.in_transition_by)),
            verified: flag.valid_from.is_none() || flag.source.is_some(),
            note: flag.note,
        });
    }
    let value = pack.raw(key)?;
    Some(Side {
        value: value.value,
        unit: value.unit,
        source: value.source,
        verified: value.verified,
        note: value.note,
    })
}
