//! Reads again, cell by cell, the ink of a table that no sure word covers.
//!
//! The engine's search for lines loses short cells: a column of two-digit numbers, a head of two lines, an amount beside a rule. What ink is left
//! over is gathered into pieces of the size of a cell, and each piece is read by itself, larger and without the rules around it. Only readings
//! that are surer than what stood there are taken.

use crate::deskew;
use crate::ink::Gray;
use crate::layout::Placed;
use tesseract_rs::TessPageSegMode;

/// Words below this do not cover their ink.
const SURE: f64 = 0.6;
/// Readings of a piece below this are no text.
const LEAST: f64 = 0.5;
/// Pieces of one page that are read: a page with more of them is no table but a drawing.
const MOST_PIECES: usize = 72;
/// Side of a cell of the raster in which ink is gathered, in pixels.
const CELL: usize = 3;
/// Height in pixels that a line is brought to.
const WANTED: f64 = 46.0;
/// Height of a line where no sure word tells it: ten points at the resolution pages are read at.
const USUAL_HEIGHT: f64 = 22.0;

/// What reads the words of a small image.
pub(super) type ReadPiece<'e> = &'e dyn Fn(&Gray, TessPageSegMode) -> Vec<Placed>;

/// Holds the page without its rules, and what reads pieces of it.
pub(super) struct Leftover<'e> {
    pub(super) page: &'e Gray,
    pub(super) read: ReadPiece<'e>,
}

/// A piece of ink, in pixels: left, top, right, bottom.
type Piece = [usize; 4];

impl Leftover<'_> {
    /// Completes the words within a band of rows.
    pub(super) fn complete(&self, words: &mut Vec<Placed>, band: [usize; 2]) {
        let dark = self.page.paper().saturating_sub(70);
        // What is left of a rule is no letter.
        words.retain(|word| {
            word.confidence.value() >= SURE || !in_band(word, band) || self.has_ink(word, dark)
        });
        let height = line_height(words, band);
        let mut pieces = self.pieces(words, band, dark, height);
        pieces.sort_by_key(|[left, top, right, bottom]| std::cmp::Reverse((right - left) * (bottom - top)));
        pieces.truncate(MOST_PIECES);
        for piece in pieces {
            let read = self.read_piece(piece, height);
            take(words, read, piece);
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the image")]
    fn has_ink(&self, word: &Placed, dark: u8) -> bool {
        let clamped = |value: f64, most: usize| (value.max(0.0) as usize).min(most);
        let (left, right) = (clamped(word.left, self.page.width), clamped(word.right, self.page.width));
        let rows = clamped(word.top, self.page.height)..clamped(word.bottom, self.page.height);
        let area = rows.len() * right.saturating_sub(left);
        let count: usize = rows
            .map(|y| {
                let row = self.page.row(y).get(left..right).unwrap_or_default();
                row.iter().filter(|pixel| **pixel < dark).count()
            })
            .sum();
        count > (area / 40).max(6)
    }

    // Ink that no sure word covers, gathered where it stands closer than the letters of a word and the lines of a cell do.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the image")]
    fn pieces(&self, words: &[Placed], [top, bottom]: [usize; 2], dark: u8, height: f64) -> Vec<Piece> {
        let (width, rows) = (self.page.width, bottom.saturating_sub(top));
        let clamped = |value: f64, most: usize| (value.max(0.0) as usize).min(most);
        let mut free = vec![true; width * rows];
        for word in words.iter().filter(|word| word.confidence.value() >= SURE) {
            let (left, right) = (clamped(word.left - 3.0, width), clamped(word.right + 3.0, width));
            for y in clamped(word.top - 3.0, bottom).max(top)..clamped(word.bottom + 3.0, bottom) {
                if let Some(row) = free.get_mut((y - top) * width + left..(y - top) * width + right.max(left))
                {
                    row.fill(false);
                }
            }
        }
        let (across, down) = (width.div_ceil(CELL), rows.div_ceil(CELL));
        let mut ink = vec![0u16; across * down];
        for y in 0..rows {
            let free = free.get(y * width..).unwrap_or_default();
            for (x, (pixel, free)) in self.page.row(top + y).iter().zip(free).enumerate() {
                if *free
                    && *pixel < dark
                    && let Some(count) = ink.get_mut(y / CELL * across + x / CELL)
                {
                    *count += 1;
                }
            }
        }
        let reach = [((0.6 * height) as usize / CELL).max(1), ((0.3 * height) as usize / CELL).max(1)];
        let mut pieces = Vec::new();
        for start in 0..ink.len() {
            if ink.get(start).is_some_and(|count| *count >= 2) {
                let (piece, count) = gather(&mut ink, across, start, reach);
                let [left, piece_top, right, piece_bottom] = piece.map(|cells| cells * CELL);
                let piece = [
                    left,
                    top + piece_top,
                    (right + CELL).min(width),
                    (top + piece_bottom + CELL).min(bottom),
                ];
                if is_text_like(piece, count, height) {
                    pieces.push(piece);
                }
            }
        }
        pieces
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "pixels of a cell"
    )]
    fn read_piece(&self, [left, top, right, bottom]: Piece, height: f64) -> Vec<Placed> {
        let factor = (WANTED / height).clamp(1.0, 3.0);
        let inner =
            [(right - left) as f64, (bottom - top) as f64].map(|side| (side * factor).ceil() as usize);
        let cut = deskew::window(self.page, None, [left as f64, top as f64], factor, inner);
        let border = (0.6 * height * factor) as usize;
        let (width, rows) = (inner[0] + 2 * border, inner[1] + 2 * border);
        let mut framed = Gray { width, height: rows, pixels: vec![self.page.paper(); width * rows] };
        for y in 0..inner[1] {
            let start = (y + border) * width + border;
            if let Some(row) = framed.pixels.get_mut(start..start + inner[0]) {
                row.copy_from_slice(cut.row(y));
            }
        }
        let lines = (bottom - top) as f64 / height;
        let mode =
            if lines < 1.7 { TessPageSegMode::PSM_SINGLE_LINE } else { TessPageSegMode::PSM_SINGLE_BLOCK };
        let back = |value: f64, start: usize| start as f64 + (value - border as f64) / factor;
        let mut words = (self.read)(&framed, mode);
        for word in &mut words {
            (word.left, word.right) = (back(word.left, left), back(word.right, left));
            (word.top, word.bottom) = (back(word.top, top), back(word.bottom, top));
            word.band = word.band.map(|edge| back(edge, top));
            word.size /= factor;
        }
        words
    }
}

// Takes the words of a piece when they are worth more than the unsure ones that stood there.
fn take(words: &mut Vec<Placed>, mut read: Vec<Placed>, [left, top, right, bottom]: Piece) {
    read.retain(|word| {
        let least = if word.text.bytes().any(|byte| byte.is_ascii_digit()) { LEAST } else { SURE };
        let told = word.confidence.value() >= least && word.text.chars().any(char::is_alphanumeric);
        told && !words.iter().any(|sure| sure.confidence.value() >= SURE && overlap(sure, word) > 0.4)
    });
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    let within = |word: &Placed| {
        let (x, y) = (f64::midpoint(word.left, word.right), f64::midpoint(word.top, word.bottom));
        (left as f64..=right as f64).contains(&x) && (top as f64..=bottom as f64).contains(&y)
    };
    let stood = |word: &Placed| {
        word.confidence.value() < SURE && (within(word) || read.iter().any(|new| overlap(word, new) > 0.4))
    };
    #[expect(clippy::cast_precision_loss, reason = "letters of a cell")]
    let worth = |word: &Placed| (word.confidence.value() - LEAST) * word.text.chars().count() as f64;
    let before: f64 = words.iter().filter(|word| stood(word)).map(worth).sum();
    let after: f64 = read.iter().map(worth).sum();
    if !read.is_empty() && after > before {
        words.retain(|word| !stood(word));
        words.append(&mut read);
    }
}

// What two boxes share, as part of the smaller one.
fn overlap(one: &Placed, other: &Placed) -> f64 {
    let area = |word: &Placed| (word.right - word.left) * (word.bottom - word.top);
    let width = one.right.min(other.right) - one.left.max(other.left);
    let height = one.bottom.min(other.bottom) - one.top.max(other.top);
    width.max(0.0) * height.max(0.0) / area(one).min(area(other)).max(1.0)
}

fn in_band(word: &Placed, [top, bottom]: [usize; 2]) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    let band = top as f64..bottom as f64;
    band.contains(&f64::midpoint(word.top, word.bottom))
}

fn line_height(words: &[Placed], band: [usize; 2]) -> f64 {
    let sure = |word: &&Placed| {
        in_band(word, band) && word.confidence.value() >= 0.8 && word.text.chars().count() >= 3
    };
    let mut heights: Vec<f64> = words.iter().filter(sure).map(|word| word.bottom - word.top).collect();
    heights.sort_by(f64::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(USUAL_HEIGHT).clamp(10.0, 60.0)
}

// As large as something that is read: no speck, no stroke of a rule, no picture.
#[expect(clippy::cast_precision_loss, reason = "pixels of a cell")]
fn is_text_like([left, top, right, bottom]: Piece, ink: usize, line: f64) -> bool {
    let (width, height) = ((right - left) as f64, (bottom - top) as f64);
    height >= 0.5 * line && height <= 6.0 * line && width >= 0.25 * line && ink as f64 >= 1.2 * line
}

// Takes the cells that hang together with `start` out of the raster; returns their limits and their ink.
fn gather(ink: &mut [u16], across: usize, start: usize, [reach_x, reach_y]: [usize; 2]) -> (Piece, usize) {
    let down = ink.len() / across.max(1);
    let mut open = vec![start];
    let mut piece = [start % across, start / across, start % across, start / across];
    let mut count = usize::from(std::mem::take(&mut ink[start]));
    while let Some(place) = open.pop() {
        let (x, y) = (place % across, place / across);
        piece = [piece[0].min(x), piece[1].min(y), piece[2].max(x), piece[3].max(y)];
        for row in y.saturating_sub(reach_y)..(y + reach_y + 1).min(down) {
            for column in x.saturating_sub(reach_x)..(x + reach_x + 1).min(across) {
                if let Some(cell) = ink.get_mut(row * across + column).filter(|cell| **cell >= 2) {
                    count += usize::from(std::mem::take(cell));
                    open.push(row * across + column);
                }
            }
        }
    }
    (piece, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::Confidence;

    fn word(text: &str, place: [f64; 4], confidence: f64) -> Placed {
        let [left, top, right, bottom] = place;
        Placed {
            text: text.into(),
            left,
            top,
            right,
            bottom,
            band: [top, bottom],
            size: bottom - top,
            confidence: Confidence::new(confidence),
        }
    }

    // A sheet with marks of ink: left, top, right, bottom.
    fn sheet(marks: &[[usize; 4]]) -> Gray {
        let (width, height) = (600usize, 300usize);
        let mut page = Gray { width, height, pixels: vec![250; width * height] };
        for [left, top, right, bottom] in marks {
            for y in *top..*bottom {
                page.pixels[y * width + left..y * width + right].fill(20);
            }
        }
        page
    }

    #[test]
    fn what_no_sure_word_covers_is_read_by_itself_and_put_in_its_place() {
        let page = sheet(&[[50, 100, 90, 120], [200, 100, 300, 120], [400, 100, 480, 120]]);
        let mut words = vec![
            word("Efectivo", [200.0, 100.0, 300.0, 120.0], 0.95),
            word("E", [420.0, 100.0, 440.0, 120.0], 0.2),
        ];
        let read = |image: &Gray, _: TessPageSegMode| {
            let scale = 46.0 / 20.0;
            let border = (0.6 * 20.0 * scale_of(scale)) as usize as f64;
            let inner = image.width as f64 - 2.0 * border;
            vec![word("311", [border, border, border + inner, border + 20.0 * scale], 0.9)]
        };
        fn scale_of(scale: f64) -> f64 {
            scale
        }
        Leftover { page: &page, read: &read }.complete(&mut words, [0, 300]);
        assert_eq!(words.len(), 3, "one added, one replaced: {words:?}");
        let added = words.iter().find(|word| word.left < 100.0).expect("in the first column");
        assert!((added.left - 48.0).abs() < 4.0 && (added.top - 99.0).abs() < 4.0, "{added:?}");
        assert!(words.iter().all(|word| word.text != "E"), "the unsure word gave way");
    }

    #[test]
    fn a_worse_reading_changes_nothing_and_specks_are_not_read() {
        let page = sheet(&[[50, 100, 90, 120], [300, 50, 303, 52]]);
        let count = std::cell::Cell::new(0);
        let read = |_: &Gray, _: TessPageSegMode| {
            count.set(count.get() + 1);
            vec![word("x", [40.0, 40.0, 80.0, 80.0], 0.3)]
        };
        let mut words = vec![word("31", [50.0, 100.0, 90.0, 120.0], 0.55)];
        Leftover { page: &page, read: &read }.complete(&mut words, [0, 300]);
        assert_eq!((words.len(), words[0].text.as_str(), count.get()), (1, "31", 1));
    }
}
