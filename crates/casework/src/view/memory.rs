//! What is remembered of papers from one case to another.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows of which cases papers are remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemoryView {
    /// False while the memory is turned off: nothing is taken and nothing asked.
    pub on: bool,
    /// The cases, those of one entity together.
    pub cases: Vec<MemoryCaseView>,
    /// How many papers were forgotten just now.
    pub forgotten: u32,
}

/// Shows what is remembered of one case. No text of a paper is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemoryCaseView {
    /// The case.
    pub case: String,
    /// How people call it.
    pub name: String,
    /// The entity: cases of another one are never compared with it.
    pub entity: String,
    /// How many papers.
    pub papers: u32,
    /// When they were taken, ISO 8601.
    pub at: String,
    /// True when a person said that nothing of it is to be remembered.
    pub refused: bool,
}

/// Says what is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ForgettingOrder {
    /// One case.
    Case(String),
    /// All cases of an entity, by its name as it is shown.
    Entity(String),
    /// Everything.
    All,
}
