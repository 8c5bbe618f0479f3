//! The fields of one document, and what a person says of them.

use super::EvidencePlace;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows one value of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FieldValueView {
    /// The value as a person reads it, in Spanish notation.
    pub value: String,
    /// The words that stand there.
    pub quote: String,
    /// Its place.
    pub place: EvidencePlace,
    /// The place in words, in Spanish.
    pub place_text: String,
    /// How sure.
    #[specta(type = i32)]
    pub confidence: f64,
    /// True for *seguro*, or a person's own word; else *probable*.
    pub certain: bool,
}

/// Shows one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FieldView {
    /// Its name, as in the catalogue of types.
    pub field: String,
    /// What it is, in Spanish.
    pub label: String,
    /// What was read, or said by a person; none when nothing was.
    pub values: Vec<FieldValueView>,
    /// Name of the person who said it; `None` where it is the machine's.
    pub by: Option<String>,
    /// True when a person said that the document does not state it.
    pub absent: bool,
    /// The example it was read by.
    pub example: Option<String>,
    /// Why, in Spanish, where it was read by an example.
    pub reason: Option<String>,
}

/// Shows the fields of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FieldsView {
    /// The document.
    pub document: String,
    /// Its type.
    pub kind: String,
    /// Its name, in Spanish.
    pub name: String,
    /// Pages, from 1.
    pub pages: Vec<u32>,
    /// All fields of its type outside of tables, in the order of the catalogue.
    pub fields: Vec<FieldView>,
}

/// Says what a person says of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum FieldOrder {
    /// Its value stands on this page.
    Value {
        /// The page, from 1.
        page: u32,
        /// Words that stand there; empty where the value is only to be seen.
        quote: String,
        /// The value, where the words do not say it as it is; empty for the words themselves.
        value: String,
    },
    /// The document does not state it.
    Absent,
    /// The machine's reading holds again.
    Withdraw,
}
