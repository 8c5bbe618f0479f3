//! Places in a *vista de lectura*: from a word of a synthetic page to the paragraph or cell it really stands in.
//!
//! Flowing text (DOCX, text, XML): one block (a paragraph that is not empty, or a row of a table) is one line; blocks are counted from 1
//! through the whole document. Spreadsheets: a sheet is a page whose first word, the name of the sheet, stands at the origin; line 0 is that
//! name, line *n* is row *n*, and column *c* (from 0) begins at `c × COLUMN_WIDTH`.

use crate::{Location, PageReading, Word};

/// Width of a column of a sheet in the synthetic space, in points.
pub const COLUMN_WIDTH: f64 = 96.0;
/// Height of a row of a sheet in the synthetic space, in points.
pub const ROW_HEIGHT: f64 = 14.0;

/// Returns where a word of the reading-view page `page` (from 1) stands. `pages` are all pages of the file, in order.
#[must_use]
pub fn reading_view_location(pages: &[PageReading], page: u32, word: &Word) -> Location {
    let Some(reading) = pages.iter().find(|reading| reading.number == page) else {
        return Location::WholeFile;
    };
    let at_origin = |word: &Word| word.line == 0 && word.quad.bounds()[..2] == [0.0, 0.0];
    if reading.words.first().is_some_and(at_origin) {
        let name: Vec<&str> =
            reading.words.iter().take_while(|w| w.line == 0).map(|w| w.text.as_str()).collect();
        // The name of the sheet itself is no cell: the sheet is meant.
        let range =
            if word.line == 0 { String::new() } else { format!("{}{}", column_letters(word), word.line) };
        return Location::Sheet { sheet: name.join(" "), range };
    }
    let before: usize =
        pages.iter().take_while(|earlier| earlier.number < page).map(|p| p.lines().count()).sum();
    let number = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(word.line).saturating_add(1);
    Location::Paragraph { number }
}

fn column_letters(word: &Word) -> String {
    let [left, ..] = word.quad.bounds();
    // Boxes of cells begin at whole columns; hundredths are lost to rounding.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive number of columns"
    )]
    let mut rest = ((left + 0.02) / COLUMN_WIDTH).floor().max(0.0) as u32;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}
