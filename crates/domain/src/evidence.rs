//! Evidence: where exactly a value stands.

use crate::{Confidence, FileHash};
use serde::{Deserialize, Serialize};

/// Holds four corners in points (1/72 inch), in the space of the page **as it is shown**: after rotation and crop, origin at the
/// top left, y downwards. Order: top left, top right, bottom right, bottom left, as `[x1,y1,x2,y2,x3,y3,x4,y4]`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quad(pub [f64; 8]);

impl Quad {
    /// Builds an upright quad from its left, top, right and bottom edges, rounded to hundredths of a point.
    #[must_use]
    pub fn upright(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        let [l, t, r, b] = [left, top, right, bottom].map(|edge| (edge * 100.0).round() / 100.0);
        Self([l, t, r, t, r, b, l, b])
    }

    /// Returns left, top, right and bottom of the upright box around the quad.
    #[must_use]
    pub fn bounds(&self) -> [f64; 4] {
        let q = &self.0;
        let horizontal = [q[0], q[2], q[4], q[6]];
        let vertical = [q[1], q[3], q[5], q[7]];
        let least = |values: [f64; 4]| values.into_iter().fold(f64::INFINITY, f64::min);
        let most = |values: [f64; 4]| values.into_iter().fold(f64::NEG_INFINITY, f64::max);
        [least(horizontal), least(vertical), most(horizontal), most(vertical)]
    }

    /// Returns the upright box around both quads.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let [a, b] = [self.bounds(), other.bounds()];
        Self::upright(a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3]))
    }
}

/// Names a place in a file, in the terms of its kind. Nothing is given a page that it does not have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Location {
    /// A region of a page; one quad for each line of text.
    Page {
        /// Counts from 1 within the file.
        page: u32,
        /// The lines, in reading order; empty when the whole page is meant.
        quads: Vec<Quad>,
    },
    /// A range of a spreadsheet, such as `Presupuesto!B7:F7`.
    Sheet {
        /// Name of the sheet.
        sheet: String,
        /// Range in A1 notation.
        range: String,
    },
    /// A paragraph of a flowing document (DOCX), counted from 1: shown as *vista de lectura*, never as a page.
    Paragraph {
        /// Counts from 1.
        number: u32,
    },
    /// A field of structured data: the table, the row counted from 1 and the column of a `.ushay`, or an XML path.
    Record {
        /// Table name or XML path.
        path: String,
        /// Row, counted from 1.
        row: Option<u32>,
        /// Column or attribute.
        column: Option<String>,
    },
    /// A field of a registry's answer.
    Registry {
        /// Name of the service, such as `SRI`.
        service: String,
        /// Name of the field in the answer.
        field: String,
    },
    /// A revision of a signed file, counted from 1.
    SignatureRevision {
        /// Counts from 1, oldest first.
        revision: u32,
    },
    /// The file as a whole: for what is absent, or true of all of it.
    WholeFile,
}

impl Location {
    /// Returns the page, where the location has one.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        match self {
            Self::Page { page, .. } => Some(*page),
            _ => None,
        }
    }

    /// Returns the first quad, where the location has one.
    #[must_use]
    pub fn quad(&self) -> Option<Quad> {
        match self {
            Self::Page { quads, .. } => quads.first().copied(),
            _ => None,
        }
    }
}

/// Shows where a value comes from: the file's hash, the place in it, and the words that stand there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// SHA-256 of the file's exact bytes.
    pub file: FileHash,
    /// Path of the file within the bid package, for people.
    pub file_name: String,
    /// The place.
    pub location: Location,
    /// The words at that place, as printed or as read by OCR.
    pub quote: String,
    /// Who read it, with version: `ruc@1`.
    pub extractor: String,
    /// How sure the reading is.
    pub confidence: Confidence,
}
