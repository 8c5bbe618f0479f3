//! The *vista de lectura* of a page that has no image: paragraphs of flowing text, rows of a sheet.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Holds one paragraph, or one row of a table within flowing text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReadingParagraph {
    /// Counts from 1 through the whole document.
    pub number: u32,
    /// Its words.
    pub text: String,
}

/// Holds one row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SheetRow {
    /// Number of the row, as the sheet counts.
    pub number: u32,
    /// One text for each column of the view; empty where the cell is.
    pub cells: Vec<String>,
}

/// Says what a page of a reading view holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReadingText {
    /// Flowing text.
    Paragraphs {
        /// In order.
        paragraphs: Vec<ReadingParagraph>,
    },
    /// A sheet, without its empty rows and columns.
    Sheet {
        /// Its name.
        name: String,
        /// Letters of the columns that hold anything.
        columns: Vec<String>,
        /// The rows that hold anything.
        rows: Vec<SheetRow>,
    },
}
