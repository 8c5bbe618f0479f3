//! Findings: what a reader could not do, or what a person should know, as data.

use serde::{Deserialize, Serialize};

/// Weighs a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// A person should look.
    Warning,
    /// Something could not be read or is not what it claims.
    Error,
}

/// Says what happened, in the words of the catalogue, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code, the key of the sentence in the catalogue: `pdf.encrypted`.
    pub code: String,
    /// Its weight.
    pub severity: Severity,
    /// The page it is about, from 1.
    pub page: Option<u32>,
    /// What happened and why, in Spanish.
    pub message: String,
    /// What to do, in Spanish; empty when there is nothing to do.
    pub remedy: String,
}

/// Carries a value together with what was found while reading it. Readers of hostile input return this and never fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read<T> {
    /// What could be read.
    pub value: T,
    /// What could not, or deserves a look.
    pub findings: Vec<Finding>,
}

impl<T> Read<T> {
    /// Wraps a value with nothing to remark.
    pub fn clean(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }
}
