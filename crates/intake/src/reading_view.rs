//! The *vista de lectura*: how flowing documents (DOCX, XLSX, text) are given as pages that they do not have.
//!
//! A reading view never pretends to be the printed page ([`PageReading::reading_view`] is true). Its space is synthetic but fixed, so
//! that a real [`cotejo_domain::Location`] can always be derived from a word:
//!
//! - **Flowing text.** One *block* (a paragraph that is not empty, or a row of a table) is one line of the page, however long; the quads of
//!   a long block wrap. The cells of a row of a table stand beside each other, with twice the room between them that words have.
//! - **Spreadsheets.** A sheet is one page. Line 0 holds the name of the sheet; line *n* is row *n* of the sheet. The cell in column *c*
//!   (from 0) of row *n* fills the box `c × COLUMN_WIDTH, n × ROW_HEIGHT, (c+1) × COLUMN_WIDTH, (n+1) × ROW_HEIGHT`.
//!
//! [`cotejo_domain::reading_view_location`] goes the way back.

use crate::finding::finding;
use cotejo_domain::{
    COLUMN_WIDTH, Confidence, Finding, PageReading, PageStatus, Quad, ROW_HEIGHT, Severity, Table, TableCell,
    Word,
};

const WIDTH: f64 = 595.0;
const HEIGHT: f64 = 842.0;
const MARGIN: f64 = 56.0;
/// Advance of a letter, as part of the type's height.
const ADVANCE: f64 = 0.5;
const BODY_SIZE: f64 = 11.0;
/// Room between the cells of a row, in points: twice that between words, so that cells can be told apart.
const GUTTER: f64 = 2.0 * ADVANCE * BODY_SIZE;
/// Words that are kept of one file: a thousand full pages.
const MOST_WORDS: usize = 500_000;
/// Words that are kept of one sheet: it is one page, and travels in one frame.
const MOST_WORDS_OF_SHEET: usize = 200_000;

/// Holds a flowing document as reading-view pages, with the tables its format marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadingView {
    /// The pages.
    pub pages: Vec<PageReading>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// Lays blocks out as reading-view pages.
#[derive(Default)]
pub(crate) struct Flow {
    view: ReadingView,
    words: Vec<Word>,
    line: u32,
    top: f64,
    kept: usize,
    cut: bool,
}

impl Flow {
    /// Adds a paragraph in type of `size` points (0 for body text). An empty one leaves no trace.
    pub(crate) fn paragraph(&mut self, text: &str, size: f32) {
        if self.is_full() {
            return;
        }
        let points = if size > 0.0 { f64::from(size) } else { BODY_SIZE };
        self.make_room();
        if self.place(text, MARGIN, WIDTH - MARGIN, points) {
            self.line += 1;
        }
    }

    /// Adds a table; rows may differ in length. The first row gives the heads of the columns.
    pub(crate) fn table(&mut self, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 || self.is_full() {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of columns")]
        let width = (WIDTH - 2.0 * MARGIN) / columns as f64;
        let page = u32::try_from(self.view.pages.len()).unwrap_or(u32::MAX).saturating_add(1);
        let mut table = Table { page, columns: Vec::new(), rows: Vec::new() };
        for (index, row) in rows.iter().enumerate() {
            let row_top = self.make_room();
            let mut left = MARGIN;
            let mut bottom = row_top;
            let mut cells = Vec::with_capacity(columns);
            let mut placed = false;
            for column in 0..columns {
                let text = row.get(column).map_or("", String::as_str);
                self.top = row_top;
                placed |= self.place(text, left, left + (width - GUTTER).max(width / 2.0), BODY_SIZE);
                bottom = bottom.max(self.top);
                cells.push((text.to_string(), left));
                left += width;
            }
            self.top = bottom;
            if placed {
                self.line += 1;
            }
            let cells: Vec<TableCell> = cells
                .into_iter()
                .map(|(text, left)| TableCell {
                    text,
                    quad: Some(Quad::upright(left, row_top, left + width, bottom)),
                })
                .collect();
            if index == 0 {
                table.columns = cells.into_iter().map(|cell| cell.text).collect();
            } else {
                table.rows.push(cells);
            }
        }
        self.view.tables.push(table);
    }

    /// Ends the page, if there is anything on it.
    pub(crate) fn page_break(&mut self) {
        if self.words.is_empty() {
            return;
        }
        let words = std::mem::take(&mut self.words);
        self.push_page(words, WIDTH, HEIGHT.max(self.top + MARGIN));
        self.line = 0;
        self.top = 0.0;
    }

    /// Adds a sheet: `cells` are row and column from 0 and the text, sorted by row.
    pub(crate) fn sheet(&mut self, name: &str, cells: &[(u32, u32, String)]) {
        self.page_break();
        let mut words = Vec::new();
        spread(name, 0, [0.0, 0.0, COLUMN_WIDTH * 4.0, ROW_HEIGHT], 14.0, &mut words);
        let mut extent = [COLUMN_WIDTH * 4.0, ROW_HEIGHT];
        for (row, column, text) in cells {
            if words.len() >= MOST_WORDS_OF_SHEET || self.kept + words.len() >= MOST_WORDS {
                self.cut = true;
                break;
            }
            let (left, top) = (f64::from(*column) * COLUMN_WIDTH, f64::from(row + 1) * ROW_HEIGHT);
            let bounds = [left, top, left + COLUMN_WIDTH, top + ROW_HEIGHT];
            spread(text, row + 1, bounds, 11.0, &mut words);
            extent = [extent[0].max(bounds[2]), extent[1].max(bounds[3])];
        }
        self.kept += words.len();
        self.push_page(words, extent[0], extent[1]);
    }

    /// Adds a table that stands on the page added last.
    pub(crate) fn table_of_last_page(&mut self, columns: Vec<String>, rows: Vec<Vec<TableCell>>) {
        let page = u32::try_from(self.view.pages.len()).unwrap_or(u32::MAX);
        self.view.tables.push(Table { page, columns, rows });
    }

    /// Returns what was laid out; `findings` hears of what had no room.
    pub(crate) fn finish(mut self, findings: &mut Vec<Finding>) -> ReadingView {
        self.page_break();
        if self.cut {
            let limit = MOST_WORDS.to_string();
            findings.push(finding("intake.too_much_text", Severity::Error, &[("limite", &limit)]));
        }
        self.view
    }

    fn is_full(&mut self) -> bool {
        self.cut |= self.kept >= MOST_WORDS;
        self.cut
    }

    fn make_room(&mut self) -> f64 {
        if self.top > HEIGHT - MARGIN {
            self.page_break();
        }
        if self.top == 0.0 {
            self.top = MARGIN;
        }
        self.top
    }

    // Places the words between two edges, wrapping; all on the present line. Returns whether there were any.
    fn place(&mut self, text: &str, left: f64, right: f64, size: f64) -> bool {
        let advance = size * ADVANCE;
        let mut x = left;
        let mut any = false;
        for word in text.split_whitespace() {
            #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
            let width = (word.chars().count() as f64 * advance).min(right - left);
            if x + width > right && x > left {
                x = left;
                self.top += size * 1.3;
            }
            #[expect(clippy::cast_possible_truncation, reason = "points of a type size")]
            self.words.push(Word {
                text: word.into(),
                quad: Quad::upright(x, self.top, x + width, self.top + size),
                line: self.line,
                size: size as f32,
                confidence: Confidence::CERTAIN,
            });
            x += width + advance;
            any = true;
            self.kept += 1;
            if self.kept >= MOST_WORDS {
                self.cut = true;
                break;
            }
        }
        if any {
            self.top += size * 1.3;
        }
        any
    }

    fn push_page(&mut self, words: Vec<Word>, width: f64, height: f64) {
        let status = if words.is_empty() { PageStatus::Blank } else { PageStatus::Text };
        let number = u32::try_from(self.view.pages.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.view.pages.push(PageReading {
            number,
            status,
            width,
            height,
            rotation: 0,
            words,
            reading_view: true,
        });
    }
}

// Shares a cell's box among its words, by their letters.
fn spread(text: &str, line: u32, [left, top, right, bottom]: [f64; 4], size: f32, words: &mut Vec<Word>) {
    let letters: usize = text.split_whitespace().map(|word| word.chars().count() + 1).sum();
    #[expect(clippy::cast_precision_loss, reason = "letters of a cell")]
    let advance = (right - left - 0.1).max(0.0) / letters.max(12) as f64;
    let mut x = left;
    for word in text.split_whitespace() {
        #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
        let width = word.chars().count() as f64 * advance;
        words.push(Word {
            text: word.into(),
            quad: Quad::upright(x, top, x + width, bottom),
            line,
            size,
            confidence: Confidence::CERTAIN,
        });
        x += width + advance;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Location, reading_view_location};

    #[test]
    fn paragraphs_can_be_found_again_by_number() {
        let mut flow = Flow::default();
        for number in 1..=120 {
            flow.paragraph(&format!("párrafo {number} {}", "palabra ".repeat(20)), 0.0);
            flow.paragraph("  ", 0.0);
        }
        let view = flow.finish(&mut Vec::new());
        assert!(view.pages.len() > 1, "too long for one page");
        for page in &view.pages {
            for line in page.lines() {
                let place = reading_view_location(&view.pages, page.number, &line[0]);
                let number = line[1].text.parse().expect("the second word of each paragraph is its number");
                assert_eq!(place, Location::Paragraph { number });
            }
            assert!(
                page.words.iter().all(|w| w.quad.bounds()[2] <= page.width),
                "quads wrap inside the page"
            );
            assert!(page.words.iter().all(|w| w.quad.bounds()[3] <= page.height), "and below stays room");
        }
    }

    #[test]
    fn cells_can_be_found_again_by_name() {
        let mut flow = Flow::default();
        let cells = [(0, 0, "Rubro".to_string()), (6, 27, "Precio unitario total".to_string())];
        flow.sheet("Presupuesto referencial", &cells);
        let view = flow.finish(&mut Vec::new());
        let page = &view.pages[0];
        let cells = page.words.iter().filter(|word| word.line > 0);
        let ranges: Vec<_> = cells.map(|word| reading_view_location(&view.pages, 1, word)).collect();
        let at =
            |range: &str| Location::Sheet { sheet: "Presupuesto referencial".into(), range: range.into() };
        assert_eq!(ranges, [at("A1"), at("AB7"), at("AB7"), at("AB7")], "every word knows its cell");
    }
}
