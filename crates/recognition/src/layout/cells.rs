//! The cells of a *vista de lectura*: which words of a row stand in one cell, told by how the view is laid out.
//!
//! A sheet draws column *c* from `c × COLUMN_WIDTH`. In flowing text the cells of a table's row follow each other from left to right,
//! each from the top of the row, with more room between them than between words; what goes on in a cell goes on below.

use cotejo_domain::{COLUMN_WIDTH, PageReading, Word};

/// Room between words, as part of the type's height; between cells there is twice as much at least.
const ADVANCE: f64 = 0.5;
/// Room that is kept free before the next cell, in points.
const GUTTER: f64 = 3.0;

/// Holds how the words of a reading view are placed: for each the box, and whether a cell begins with it.
pub(super) struct Placed {
    /// Left, top, right and bottom.
    pub(super) bounds: [f64; 4],
    /// Whether it is the first word of its cell.
    pub(super) begins: bool,
}

/// Places the words of a reading view, those of a row of cells each on one line as high as the row.
pub(super) fn place(page: &PageReading) -> Vec<Placed> {
    let sheet = is_sheet(page);
    let mut placed = Vec::with_capacity(page.words.len());
    for line in page.lines() {
        let cells: Vec<&[Word]> = line
            .chunk_by(
                |before, word| if sheet { column(before) == column(word) } else { !apart(before, word) },
            )
            .collect();
        let spread = !sheet && cells.len() > 1;
        let edge = |side: usize, pick: fn(f64, f64) -> f64| {
            line.iter().map(|word| word.quad.bounds()[side]).reduce(pick).unwrap_or_default()
        };
        let (top, bottom) = (edge(1, f64::min), edge(3, f64::max));
        for (index, cell) in cells.iter().enumerate() {
            let left = |cell: &[Word]| cell.first().map(|word| word.quad.bounds()[0]);
            let right =
                cells.get(index + 1).and_then(|next| left(next)).map_or(f64::INFINITY, |next| next - GUTTER);
            let boxes = if spread {
                on_one_line(cell, left(cell).unwrap_or_default(), right, [top, bottom])
            } else {
                cell.iter().map(|word| word.quad.bounds()).collect()
            };
            placed.extend(
                boxes.into_iter().enumerate().map(|(word, bounds)| Placed { bounds, begins: word == 0 }),
            );
        }
    }
    placed
}

fn is_sheet(page: &PageReading) -> bool {
    page.words.first().is_some_and(|word| word.line == 0 && word.quad.bounds()[..2] == [0.0, 0.0])
}

#[expect(clippy::cast_possible_truncation, reason = "a small number of columns")]
fn column(word: &Word) -> i64 {
    // The name of the sheet runs over columns and is one cell.
    if word.line == 0 {
        return -1;
    }
    // Boxes of cells begin at whole columns; hundredths are lost to rounding.
    ((word.quad.bounds()[0] + 0.02) / COLUMN_WIDTH).floor() as i64
}

fn apart(before: &Word, word: &Word) -> bool {
    let (before_at, at) = (before.quad.bounds(), word.quad.bounds());
    let room = f64::from(before.size.max(4.0)) * ADVANCE;
    let up = at[1] < before_at[1] - 0.5;
    let level = (at[1] - before_at[1]).abs() <= 0.5;
    up || level && at[0] - before_at[2] > room * 1.5
}

/// Sets the words of a cell beside each other, closer where they would run into the next cell.
fn on_one_line(cell: &[Word], left: f64, right: f64, [top, bottom]: [f64; 2]) -> Vec<[f64; 4]> {
    #[expect(clippy::cast_precision_loss, reason = "letters of a cell")]
    let letters = |word: &Word| word.text.chars().count() as f64;
    let all: f64 = cell.iter().map(|word| letters(word) + 1.0).sum();
    let natural = cell.first().map_or(ADVANCE, |word| f64::from(word.size.max(4.0)) * ADVANCE);
    let advance = natural.min((right - left).max(1.0) / all.max(1.0));
    let mut at = left;
    cell.iter()
        .map(|word| {
            let end = at + letters(word) * advance;
            let bounds = [at, top, end, bottom];
            at = end + advance;
            bounds
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::PageLayout;
    use cotejo_domain::{Confidence, PageStatus, Quad, ROW_HEIGHT};

    fn page(words: &[(&str, u32, f64, f64)]) -> PageReading {
        PageReading {
            number: 1,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: words
                .iter()
                .map(|(text, line, left, top)| Word {
                    text: (*text).into(),
                    quad: Quad::upright(*left, *top, left + text.len() as f64 * 5.5, top + 11.0),
                    line: *line,
                    size: 11.0,
                    confidence: Confidence::CERTAIN,
                })
                .collect(),
            reading_view: true,
        }
    }

    fn cells(page: &PageReading) -> Vec<Vec<String>> {
        let layout = PageLayout::new(page);
        let cells = |row: &crate::layout::Row| {
            row.segments.iter().map(|segment| layout.text.raw(segment.range.clone()).to_string()).collect()
        };
        layout.rows.iter().map(cells).collect()
    }

    #[test]
    fn a_cell_that_goes_on_below_is_one_and_the_next_begins_above() {
        let words = [
            ("Suministro", 0, 56.0, 56.0),
            ("de", 0, 116.5, 56.0),
            ("materiales", 0, 56.0, 70.3),
            ("12", 0, 177.0, 56.0),
            ("15,50", 0, 298.0, 56.0),
            ("Un", 1, 56.0, 90.0),
            ("párrafo", 1, 72.5, 90.0),
        ];
        assert_eq!(
            cells(&page(&words)),
            [vec!["Suministro de materiales", "12", "15,50"], vec!["Un párrafo"]]
        );
    }

    #[test]
    fn the_columns_of_a_sheet_are_cells_though_their_words_touch() {
        let mut sheet = page(&[("Hoja", 0, 0.0, 0.0), ("Rubro", 1, 0.0, 14.0), ("Precio", 1, 96.0, 14.0)]);
        sheet.words[1].quad = Quad::upright(0.0, ROW_HEIGHT, 95.9, 2.0 * ROW_HEIGHT);
        assert_eq!(cells(&sheet), [vec!["Hoja"], vec!["Rubro", "Precio"]]);
    }

    #[test]
    fn words_of_a_row_of_cells_keep_within_their_cells() {
        let words = [
            ("Descripcion", 0, 56.0, 56.0),
            ("demasiado", 0, 56.0, 70.3),
            ("larga", 0, 56.0, 84.6),
            ("12", 0, 137.0, 56.0),
        ];
        let placed = place(&page(&words));
        assert!(placed[2].bounds[2] < placed[3].bounds[0], "the first cell ends before the second");
        assert!(placed.iter().all(|word| word.bounds[1] == 56.0 && word.bounds[3] == 95.6), "one row");
    }
}
