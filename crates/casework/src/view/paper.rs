//! The documents of a case besides the acta de calificación.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// Shows one kind of document and the last one that was generated of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperView {
    /// Kind: `apertura`.
    pub kind: String,
    /// Title, in Spanish.
    pub title: String,
    /// Its number, once one was generated.
    pub number: Option<String>,
    /// SHA-256 of the newest bytes; empty when there is none.
    pub sha256: String,
    /// Path of the file on disk, for people; empty when there is none.
    pub path: String,
    /// Who signed it, in order.
    pub signers: Vec<String>,
    /// True while a rectification of it is open.
    pub in_rectification: bool,
}

/// Lists the documents of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PapersView {
    /// Every kind, in the order of an evaluation.
    pub papers: Vec<PaperView>,
}

/// Describes the template of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TemplateView {
    /// Kind of the document.
    pub kind: String,
    /// Title, in Spanish.
    pub title: String,
    /// Names of the blocks whose sentences an entity may replace.
    pub blocks: Vec<String>,
    /// Names that its sentences may use.
    pub names: Vec<String>,
}

/// Holds what a person writes for a document: only what the case does not hold otherwise is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperDraft {
    /// The fields, by the names of the template.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// The rows of the lists, by name; a list of sentences has the field `texto`.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

/// Holds the files of a document that is exported.
#[derive(Clone, Debug)]
pub struct PaperFiles {
    /// PDF/A-2a and PDF/UA-1, not to be signed.
    pub pdf: Vec<u8>,
    /// Word file.
    pub docx: Vec<u8>,
    /// Its content, machine-readable.
    pub json: Vec<u8>,
    /// Pages of the PDF.
    pub pages: u32,
}
