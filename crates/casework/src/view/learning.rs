//! What was learnt on this machine, and how the machine does over time.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows one page that was kept as an example. Neither its text nor its image is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExampleView {
    /// Its identifier.
    pub id: String,
    /// The type that the person named, in Spanish.
    pub kind: String,
    /// The field that the person showed, in Spanish; `None` for an example of a type.
    pub field: Option<String>,
    /// What the machine had taken the page for, in Spanish; empty when that is not known.
    pub was: String,
    /// The day, ISO 8601.
    pub on: String,
    /// Whose it is, in Spanish.
    pub origin: String,
    /// True when the person at this machine made it.
    pub own: bool,
    /// False when it was forgotten: it has no say.
    pub active: bool,
}

/// Counts what the machine made of the pages of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DriftView {
    /// `2026-11`.
    pub month: String,
    /// Pages that were recognised.
    pub pages: u32,
    /// Pages that the machine could not name.
    pub abstained: u32,
    /// Their share in percent, with a dot; `None` without pages.
    pub abstained_percent: Option<String>,
    /// Pages that were named by an example.
    pub by_example: u32,
    /// Pages whose type the person corrected.
    pub corrected: u32,
    /// Their share in percent, with a dot; `None` without pages.
    pub corrected_percent: Option<String>,
}

/// Shows what was learnt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LearningView {
    /// The examples, the newest first.
    pub examples: Vec<ExampleView>,
    /// Month by month.
    pub drift: Vec<DriftView>,
}

/// Says what became of a colleague's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LearningImportView {
    /// Public key of the device that signed it, in hexadecimal.
    pub signer: String,
    /// Examples that are new here.
    pub added: u32,
    /// Examples that were here already.
    pub known: u32,
}
