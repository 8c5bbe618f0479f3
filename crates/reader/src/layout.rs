//! From characters with boxes to words and lines in reading order.
//!
//! Characters come in the order of the content stream, which pdfium has already completed with spaces and line ends. A word ends at white
//! space, at a gap, or where the pen jumps. Lines are made by height on the page: words whose middles agree within half a line belong
//! together, whatever the order they were drawn in, so that a row of a table reads as one line.

use crate::columns::{self, Extent, Line};
use crate::geometry::{Bounds, Frame};
use cotejo_domain::{Confidence, Word};

/// Holds one character with its box in page space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    pub(crate) character: char,
    pub(crate) bounds: Bounds,
    /// Height of the type in points.
    pub(crate) size: f64,
    /// True for white space that pdfium inserted or the file drew.
    pub(crate) space: bool,
}

/// Holds one word before it has a line, in the frame its text runs to the right in.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) text: String,
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
    /// Top and bottom of what counts when lines are made: the box itself, or that of the line it was read in.
    pub(crate) band: [f64; 2],
    pub(crate) size: f64,
    pub(crate) confidence: Confidence,
}

impl Placed {
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds { left: self.left, top: self.top, right: self.right, bottom: self.bottom }
    }
}

/// Returns the quarter turns clockwise, in degrees, that make most of the text run to the right.
pub(crate) fn turn(glyphs: &[Glyph]) -> u16 {
    let center = |b: &Bounds| (f64::midpoint(b.left, b.right), f64::midpoint(b.top, b.bottom));
    // Rightwards, downwards, leftwards, upwards.
    let mut votes = [0usize; 4];
    for pair in glyphs.windows(2).filter(|pair| !pair[0].space && !pair[1].space) {
        let ((x1, y1), (x2, y2)) = (center(&pair[0].bounds), center(&pair[1].bounds));
        let (dx, dy) = (x2 - x1, y2 - y1);
        if dx.abs().max(dy.abs()) > 2.5 * pair[0].size.max(4.0) {
            continue;
        }
        votes[match (dx.abs() > dy.abs(), dx > 0.0, dy > 0.0) {
            (true, true, _) => 0,
            (false, _, true) => 1,
            (true, false, _) => 2,
            (false, _, false) => 3,
        }] += 1;
    }
    let all: usize = votes.iter().sum();
    let sideways = (1..4).max_by_key(|way| votes[*way]).filter(|way| votes[*way] * 10 > all * 6);
    match sideways {
        Some(1) => 270,
        Some(2) => 180,
        Some(3) => 90,
        _ => 0,
    }
}

#[derive(Debug)]
struct Piece {
    text: String,
    bounds: Bounds,
    size: f64,
}

/// A gap wider than this part of the type's height separates words even without a space.
const WORD_GAP: f64 = 0.28;
/// Boxes whose lefts go back by more than this part of the type's height belong to different words.
const BACKWARD: f64 = 0.5;

/// Groups glyphs into words that have no line yet.
pub(crate) fn placed(glyphs: &[Glyph]) -> Vec<Placed> {
    let placed = |piece: Piece| Placed {
        text: piece.text,
        left: piece.bounds.left,
        top: piece.bounds.top,
        right: piece.bounds.right,
        bottom: piece.bounds.bottom,
        band: [piece.bounds.top, piece.bounds.bottom],
        size: piece.size,
        confidence: Confidence::CERTAIN,
    };
    pieces(glyphs).into_iter().map(placed).collect()
}

fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = false;
    let mut vertical = false;
    for glyph in glyphs {
        if glyph.space || glyph.character.is_whitespace() {
            open = false;
            continue;
        }
        if let Some(piece) = pieces.last_mut().filter(|_| open) {
            let (joins, stacked) = continues(piece, glyph, vertical);
            if joins {
                vertical = stacked;
                piece.text.push(glyph.character);
                piece.bounds = piece.bounds.union(&glyph.bounds);
                piece.size = piece.size.max(glyph.size);
                continue;
            }
        }
        pieces.push(Piece { text: glyph.character.into(), bounds: glyph.bounds, size: glyph.size });
        open = true;
        vertical = false;
    }
    pieces
}

// Whether the glyph continues the word, and whether the word runs up or down the page.
fn continues(piece: &Piece, glyph: &Glyph, vertical: bool) -> (bool, bool) {
    let size = piece.size.max(glyph.size).max(1.0);
    let (word, next) = (&piece.bounds, &glyph.bounds);
    let overlap_y = word.bottom.min(next.bottom) - word.top.max(next.top);
    let gap_x = next.left - word.right;
    let level = overlap_y > 0.25 * word.height().min(next.height());
    if level && !vertical {
        return (gap_x < WORD_GAP * size && next.left > word.left - BACKWARD * size, false);
    }
    // Text turned by a quarter within an upright page: stamps and margins.
    let overlap_x = word.right.min(next.right) - word.left.max(next.left);
    let gap_y = (next.top - word.bottom).max(word.top - next.bottom);
    let column = overlap_x > 0.25 * word.width().min(next.width());
    let may_turn = vertical || piece.text.chars().count() == 1;
    (column && may_turn && gap_y < WORD_GAP * size && gap_y > -0.5 * size, column && may_turn)
}

/// Words this many times as high as others share no line with them.
const TALL: f64 = 2.5;

/// Groups words into lines and orders them as they are read in their frame, down each column where there are any; the boxes are given back in
/// the space of the page. `crossed` tells whether rules of a table run over a place of the frame.
pub(crate) fn in_lines(pieces: &[Placed], frame: &Frame, crossed: &dyn Fn([f64; 4]) -> bool) -> Vec<Word> {
    let middle = |piece: &Placed| f64::midpoint(piece.band[0], piece.band[1]);
    let mut lines = Vec::new();
    // What is much higher than the rest (a title, a rule read as letters) makes lines of its own: it would draw the lines beside it together.
    let (tall, ordinary): (Vec<usize>, Vec<usize>) = {
        let height = |piece: &Placed| piece.band[1] - piece.band[0];
        let mut heights: Vec<f64> = pieces.iter().map(height).collect();
        heights.sort_by(f64::total_cmp);
        let limit = TALL * heights.get(heights.len() / 2).copied().unwrap_or_default();
        (0..pieces.len()).partition(|index| pieces.get(*index).is_some_and(|piece| height(piece) > limit))
    };
    for mut order in [ordinary, tall] {
        order.sort_by(|a, b| middle(&pieces[*a]).total_cmp(&middle(&pieces[*b])).then(a.cmp(b)));
        lines.extend(rows(pieces, order));
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lines: Vec<Line> = lines.into_iter().map(|(_, line)| line).collect();
    for line in &mut lines {
        line.sort_by(|a, b| pieces[*a].left.total_cmp(&pieces[*b].left).then(a.cmp(b)));
    }
    let extent = |piece: &Placed| Extent {
        left: piece.left,
        right: piece.right,
        top: piece.band[0],
        bottom: piece.band[1],
    };
    let extents: Vec<Extent> = pieces.iter().map(extent).collect();
    let lines = columns::in_columns(&extents, lines, crossed);
    let mut words = Vec::with_capacity(pieces.len());
    for (number, line) in lines.into_iter().enumerate() {
        for index in line {
            let piece = &pieces[index];
            #[expect(clippy::cast_possible_truncation, reason = "points of a type size")]
            words.push(Word {
                text: piece.text.clone(),
                quad: frame.quad(&piece.bounds()),
                line: u32::try_from(number).unwrap_or(u32::MAX),
                size: piece.size as f32,
                confidence: piece.confidence,
            });
        }
    }
    words
}

// Pieces from above to below, gathered into lines, each with its middle.
fn rows(pieces: &[Placed], order: Vec<usize>) -> Vec<(f64, Vec<usize>)> {
    let mut lines: Vec<(f64, Vec<usize>)> = Vec::new();
    let mut band = [0.0f64, 0.0];
    for index in order {
        let [top, bottom] = pieces[index].band;
        let (height, line_height) = (bottom - top, band[1] - band[0]);
        let overlap = band[1].min(bottom) - band[0].max(top);
        let fits = overlap > 0.5 * line_height.min(height) && height < TALL * line_height;
        match lines.last_mut() {
            Some((middle, line)) if fits => {
                line.push(index);
                // The band follows the ordinary words, not the tallest bracket or the deepest comma.
                if height <= 1.2 * line_height && height >= 0.6 * line_height {
                    band = [f64::midpoint(band[0], top), f64::midpoint(band[1], bottom)];
                    *middle = f64::midpoint(band[0], band[1]);
                }
            }
            _ => {
                band = [top, bottom];
                lines.push((f64::midpoint(top, bottom), vec![index]));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(text: &str, left: f64, top: f64, glyphs: &mut Vec<Glyph>) {
        for (index, character) in text.chars().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "few letters")]
            let x = left + index as f64 * 6.0;
            glyphs.push(Glyph {
                character,
                bounds: Bounds { left: x, top, right: x + 5.5, bottom: top + 10.0 },
                size: 11.0,
                space: character == ' ',
            });
        }
    }

    fn words(glyphs: &[Glyph]) -> Vec<Word> {
        in_lines(&placed(glyphs), &Frame::upright(595.0, 842.0), &|_| false)
    }

    fn lines(words: &[Word]) -> Vec<String> {
        words
            .chunk_by(|a, b| a.line == b.line)
            .map(|line| line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn a_row_of_a_table_is_one_line_whatever_the_order_of_drawing() {
        let mut glyphs = Vec::new();
        write("TOTAL", 50.0, 130.0, &mut glyphs);
        write("Rubro", 50.0, 100.0, &mut glyphs);
        write("4.50", 400.0, 101.5, &mut glyphs);
        write("12.00", 400.0, 131.0, &mut glyphs);
        write("m3", 300.0, 99.0, &mut glyphs);
        assert_eq!(lines(&words(&glyphs)), ["Rubro m3 4.50", "TOTAL 12.00"]);
    }

    #[test]
    fn gaps_and_spaces_separate_words() {
        let mut glyphs = Vec::new();
        write("dos palabras", 50.0, 100.0, &mut glyphs);
        write("lejos", 200.0, 100.0, &mut glyphs);
        assert_eq!(lines(&words(&glyphs)), ["dos palabras lejos"]);
        assert_eq!(words(&glyphs).len(), 3);
    }

    #[test]
    fn close_lines_stay_apart() {
        let mut glyphs = Vec::new();
        write("primera", 50.0, 100.0, &mut glyphs);
        write("segunda", 50.0, 110.5, &mut glyphs);
        write("tercera", 50.0, 121.0, &mut glyphs);
        assert_eq!(lines(&words(&glyphs)), ["primera", "segunda", "tercera"]);
    }

    #[test]
    fn a_scrawl_along_several_lines_does_not_join_them() {
        let mut glyphs = Vec::new();
        for (text, top) in [("primera", 100.0), ("segunda", 114.0), ("tercera", 128.0), ("cuarta", 142.0)] {
            write(text, 50.0, top, &mut glyphs);
        }
        let mut pieces = placed(&glyphs);
        let mut scrawl = pieces[0].clone();
        (scrawl.text, scrawl.left, scrawl.right, scrawl.bottom) = ("PROD".into(), 20.0, 30.0, 152.0);
        scrawl.band = [100.0, 152.0];
        pieces.push(scrawl);
        let words = in_lines(&pieces, &Frame::upright(595.0, 842.0), &|_| false);
        let lines = lines(&words);
        for line in ["primera", "segunda", "tercera", "cuarta"] {
            assert!(lines.contains(&line.to_string()), "{lines:?}");
        }
    }

    #[test]
    fn text_that_runs_up_the_page_stays_a_word() {
        let glyphs: Vec<Glyph> = "FOJA"
            .chars()
            .enumerate()
            .map(|(index, character)| {
                #[expect(clippy::cast_precision_loss, reason = "few letters")]
                let top = 200.0 - index as f64 * 6.0;
                let bounds = Bounds { left: 20.0, top, right: 30.0, bottom: top + 5.5 };
                Glyph { character, bounds, size: 11.0, space: false }
            })
            .collect();
        assert_eq!(lines(&words(&glyphs)), ["FOJA"]);
    }
}
