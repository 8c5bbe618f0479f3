//! Official forms: what the model says, and what a bidder's paper made of it.

use crate::{DocumentId, FileHash, Quad};
use serde::{Deserialize, Serialize};

/// Holds the text of a file of the process that may carry the models of its forms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelText {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// Path within the process.
    pub name: String,
    /// Its text without running heads and page numbers; a line feed ends a paragraph where paragraphs are known.
    pub text: String,
}

/// Tells what became of the text of a model in a bidder's paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateState {
    /// The text is the model's, with its blanks filled in.
    Unchanged,
    /// Sentences say something else than the model.
    Altered,
    /// Sentences of the model are missing and none says something else.
    StruckOut,
    /// The model as it is, with its blanks left open.
    LeftBlank,
}

/// Tells what kind of words a difference touches, the weightier the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateChange {
    /// Other words.
    Wording,
    /// A number, a percentage, an amount or a date.
    Figure,
    /// What is declared, accepted, promised or guaranteed.
    Commitment,
    /// A condition or an exception.
    Condition,
    /// A negation that came or went.
    Negation,
}

/// Holds one sentence of a model beside what stands in its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateDifference {
    /// The model's sentence; empty where the bidder added one.
    pub model: String,
    /// What the bidder's paper says there; empty where the sentence is missing.
    pub stated: String,
    /// Words of the model that are missing, and words that the model has not.
    pub words: (String, String),
    /// What kind of words differ.
    pub change: TemplateChange,
    /// The page, from 1.
    pub page: u32,
    /// Where the differing words stand; where words are missing, the words beside the gap.
    pub quads: Vec<Quad>,
}

/// Holds how the text of one document compares with the model of its form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateReading {
    /// The document.
    pub document: DocumentId,
    /// The file of the process the model stands in.
    pub model: FileHash,
    /// Its path.
    pub model_name: String,
    /// What became of the model's text.
    pub state: TemplateState,
    /// Words of the model that stand in the document, and how many the model has.
    pub kept: (u32, u32),
    /// What differs, in the order of the document.
    pub differences: Vec<TemplateDifference>,
}
