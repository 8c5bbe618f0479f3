//! Documents found in the heap of pages, and the tables on them.

use crate::{Confidence, DocumentId, FileHash, Quad};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names a document type by its identifier in the catalogue of types (`FUO_1_1`, `RUC_SRI`, …, `OTRO`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentType(pub String);

impl DocumentType {
    /// The answer for what no other type fits; a person looks at it.
    #[must_use]
    pub fn other() -> Self {
        Self("OTRO".into())
    }

    /// A page with nothing on it.
    #[must_use]
    pub fn blank_sheet() -> Self {
        Self("HOJA_EN_BLANCO".into())
    }
}

impl fmt::Display for DocumentType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for DocumentType {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// Describes one document: a run of pages of one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its identifier.
    pub id: DocumentId,
    /// The file it lies in.
    pub file: FileHash,
    /// Its type.
    pub kind: DocumentType,
    /// How sure the type is; below the threshold of the model the type is `OTRO`.
    pub confidence: Confidence,
    /// Pages within the file, from 1, in order.
    pub pages: Vec<u32>,
    /// True when the form was handed in as the empty template.
    pub blank_form: bool,
}

/// Holds one cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableCell {
    /// The text of the cell.
    pub text: String,
    /// Its box, where the page has boxes.
    pub quad: Option<Quad>,
}

/// Holds a table found on a page, as printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The page, from 1.
    pub page: u32,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// The rows; each as long as `columns`.
    pub rows: Vec<Vec<TableCell>>,
}
