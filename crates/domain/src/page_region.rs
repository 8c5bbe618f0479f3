//! Regions of a page: tables with their cells, and ink that is no text.

use crate::{Confidence, Quad};
use serde::{Deserialize, Serialize};

/// Points that the columns of two parts of one table may differ by.
const SAME_COLUMN: f64 = 8.0;

/// Holds a table as it stands on one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableRegion {
    /// Where it stands, in page space.
    pub quad: Quad,
    /// Whether rules mark its rows; otherwise the words stand in columns.
    pub ruled: bool,
    /// Rows, from above to below.
    pub rows: u32,
    /// Columns, from left to right.
    pub columns: u32,
    /// Its cells, row by row. A cell over several columns or rows stands once.
    pub cells: Vec<RegionCell>,
}

/// Holds one cell of a [`TableRegion`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionCell {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub column: u32,
    /// Rows it takes, at least one.
    pub row_span: u32,
    /// Columns it takes, at least one.
    pub column_span: u32,
    /// Where it stands, in page space.
    pub quad: Quad,
    /// Its words; empty for an empty cell.
    pub text: String,
}

impl TableRegion {
    /// Tells whether this table, the first on its page, goes on from `before`, the last on the page before: as many columns, in the same places.
    #[must_use]
    pub fn continues(&self, before: &Self) -> bool {
        let (own, other) = (self.lefts(), before.lefts());
        own.len() >= 2
            && own.len() == other.len()
            && own.iter().zip(&other).all(|(a, b)| (a - b).abs() <= SAME_COLUMN)
    }

    // The left edge of each column.
    fn lefts(&self) -> Vec<f64> {
        (0..self.columns)
            .filter_map(|column| {
                let cells = self.cells.iter().filter(|cell| cell.column == column);
                cells.map(|cell| cell.quad.bounds()[0]).reduce(f64::min)
            })
            .collect()
    }
}

/// Holds a place with ink that is neither text nor rule nor a code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InkRegion {
    /// What it seems to be.
    pub kind: InkKind,
    /// Where it stands, in page space.
    pub quad: Quad,
    /// How far the evidence bears the kind.
    pub confidence: Confidence,
}

/// Tells what ink without text seems to be. A scan shows shapes, not intentions: who signed is for a person to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InkKind {
    /// A stamp: a ring or a box around words, in an ink of its own or leaning away from the print.
    Sello,
    /// A signature, initials or other handwriting: thin strokes without the regularity of print.
    RubricaOManuscrito,
    /// Ink of which no more can be said: a logo, a picture, a blot.
    TintaSinTexto,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(lefts: &[f64]) -> TableRegion {
        let cells = (0..).zip(lefts).map(|(column, left)| RegionCell {
            row: 0,
            column,
            row_span: 1,
            column_span: 1,
            quad: Quad::upright(*left, 10.0, left + 50.0, 20.0),
            text: String::new(),
        });
        TableRegion {
            quad: Quad::upright(0.0, 0.0, 500.0, 100.0),
            ruled: true,
            rows: 1,
            columns: u32::try_from(lefts.len()).expect("few"),
            cells: cells.collect(),
        }
    }

    #[test]
    fn a_table_goes_on_where_its_columns_do() {
        let before = table(&[50.0, 120.0, 400.0]);
        assert!(table(&[52.0, 121.0, 398.0]).continues(&before));
        assert!(!table(&[52.0, 121.0]).continues(&before), "fewer columns");
        assert!(!table(&[52.0, 180.0, 398.0]).continues(&before), "other columns");
    }
}
