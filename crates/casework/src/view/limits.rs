//! The limits of reading, and what the entity allows.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows one limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LimitRow {
    /// Its name, as the command line and the policy write it: `archivo_mb`.
    pub key: String,
    /// What it limits, in Spanish.
    pub label: String,
    /// Its unit, in Spanish: `MB`, `páginas`.
    pub unit: String,
    /// Why there is one, in Spanish.
    pub explanation: String,
    /// The value in force.
    pub value: u32,
    /// What is usual.
    pub usual: u32,
    /// The least it may be.
    pub least: u32,
    /// The most it may be.
    pub most: u32,
    /// True when it is the entity that allows no more.
    pub by_policy: bool,
}

/// Shows all limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LimitsView {
    /// The limits, in order.
    pub rows: Vec<LimitRow>,
    /// Name of the entity, as its policy gives it.
    pub entity: Option<String>,
    /// Where the policy lies; `None` without one.
    pub policy: Option<String>,
    /// Why the policy could not be used, in Spanish: the usual values are the ceilings then.
    pub problem: Option<String>,
    /// True when the entity forbids asking services.
    pub offline_by_policy: bool,
}

/// Sets one limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LimitChange {
    /// Its name.
    pub key: String,
    /// The value; `None` for the usual one.
    pub value: Option<u32>,
}
