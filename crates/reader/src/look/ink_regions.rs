//! Ink that is neither text nor rule nor a code: stamps, signatures, logos.
//!
//! What words, rules and codes do not cover is gathered into connected places. A place is a stamp only where its ink has a colour that the page's
//! text has not, and handwriting only where it is made of thin strokes that wander: everything else is ink without text, and no more is said.

use crate::ink::Gray;
use cotejo_domain::{Confidence, InkKind};

/// Side of a cell of the raster in pixels.
const CELL: usize = 4;
/// Cells that ink may jump over: strokes of a signature do not all touch.
const REACH: usize = 3;
/// Smallest region on paper, in cells: a centimetre by a third of one.
const LEAST: [usize; 2] = [18, 6];
/// Places of one page.
const MOST: usize = 24;
/// Part of a region's ink that must be coloured.
const COLOURED: f64 = 0.5;
/// Thickest stroke of a pen, in pixels at the resolution pages are read at.
const PEN: f64 = 7.5;
/// Part of a place that ink of a pen covers at most.
const SPARSE: f64 = 0.22;

/// One place with ink, in pixels: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) kind: InkKind,
    pub(crate) place: [usize; 4],
    pub(crate) confidence: Confidence,
}

/// Finds ink on `page` outside of the boxes of `covered` (pixels). `chroma` tells how coloured a pixel is, where colours are known.
pub(crate) fn find(
    page: &Gray,
    covered: &[[f64; 4]],
    chroma: Option<&dyn Fn(usize, usize) -> u8>,
) -> Vec<Found> {
    let dark = page.paper().saturating_sub(55);
    let (across, down) = (page.width / CELL, page.height / CELL);
    let mut ink = counts(page, dark, across, down);
    cover(&mut ink, across, down, covered);
    let mut found = Vec::new();
    for start in 0..ink.len() {
        if ink.get(start).is_none_or(|count| *count < 2) {
            continue;
        }
        let (cells, limits) = gather(&mut ink, across, start);
        let [left, top, right, bottom] = limits;
        let size = [right - left + 1, bottom - top + 1];
        // The rim of a scan, a fold, a whole picture page.
        let rim = (left == 0 || right + 1 >= across) && size[1] > 4 * size[0]
            || (top == 0 || bottom + 1 >= down) && size[0] > 4 * size[1];
        if size[0] < LEAST[0] || size[1] < LEAST[1] || rim || size[1] * 40 < size[0] {
            continue;
        }
        let place = [left * CELL, top * CELL, (right + 1) * CELL, (bottom + 1) * CELL];
        if let Some((kind, confidence)) = judge(page, place, &cells, across, dark, chroma) {
            found.push(Found { kind, place, confidence });
        }
    }
    found.sort_by_key(|found| {
        let [left, top, right, bottom] = found.place;
        std::cmp::Reverse((right - left) * (bottom - top))
    });
    found.truncate(MOST);
    found.sort_by_key(|found| found.place[1]);
    found
}

fn counts(page: &Gray, dark: u8, across: usize, down: usize) -> Vec<u8> {
    let mut ink = vec![0u8; across * down];
    for y in 0..down * CELL {
        for (x, pixel) in page.row(y).iter().take(across * CELL).enumerate() {
            if *pixel < dark
                && let Some(count) = ink.get_mut(y / CELL * across + x / CELL)
            {
                *count += 1;
            }
        }
    }
    ink
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the raster")]
fn cover(ink: &mut [u8], across: usize, down: usize, covered: &[[f64; 4]]) {
    let cell = |value: f64, most: usize| ((value.max(0.0) as usize) / CELL).min(most);
    for [left, top, right, bottom] in covered {
        let (from, to) = (cell(left - 3.0, across), (cell(right + 3.0, across) + 1).min(across));
        for row in cell(top - 3.0, down)..(cell(bottom + 3.0, down) + 1).min(down) {
            if let Some(cells) = ink.get_mut(row * across + from..row * across + to.max(from)) {
                cells.fill(0);
            }
        }
    }
}

// Takes the cells that hang together with `start` out of the raster.
fn gather(ink: &mut [u8], across: usize, start: usize) -> (Vec<usize>, [usize; 4]) {
    let down = ink.len() / across.max(1);
    let (mut open, mut cells) = (vec![start], Vec::new());
    let mut limits = [start % across, start / across, start % across, start / across];
    ink[start] = 0;
    while let Some(place) = open.pop() {
        cells.push(place);
        let (x, y) = (place % across, place / across);
        limits = [limits[0].min(x), limits[1].min(y), limits[2].max(x), limits[3].max(y)];
        for row in y.saturating_sub(REACH)..(y + REACH + 1).min(down) {
            for column in x.saturating_sub(REACH)..(x + REACH + 1).min(across) {
                if let Some(cell) = ink.get_mut(row * across + column).filter(|cell| **cell >= 2) {
                    *cell = 0;
                    open.push(row * across + column);
                }
            }
        }
    }
    (cells, limits)
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a place")]
fn judge(
    page: &Gray,
    [left, top, right, bottom]: [usize; 4],
    cells: &[usize],
    across: usize,
    dark: u8,
    chroma: Option<&dyn Fn(usize, usize) -> u8>,
) -> Option<(InkKind, Confidence)> {
    let (mut ink, mut coloured, mut runs) = (0usize, 0usize, 0usize);
    let mut rows_inked = 0usize;
    let mut mine = vec![false; (right - left) * (bottom - top) / (CELL * CELL)];
    let width = (right - left) / CELL;
    for cell in cells {
        let (x, y) = (cell % across - left / CELL, cell / across - top / CELL);
        if let Some(mine) = mine.get_mut(y * width + x) {
            *mine = true;
        }
    }
    for y in top..bottom {
        let mut before = false;
        let mut any = false;
        for x in left..right {
            let own = mine.get((y - top) / CELL * width + (x - left) / CELL).copied().unwrap_or(false);
            let is_ink = own && page.row(y).get(x).is_some_and(|pixel| *pixel < dark);
            if is_ink {
                ink += 1;
                any = true;
                coloured += usize::from(chroma.is_some_and(|chroma| chroma(x, y) > 48));
                runs += usize::from(!before);
            }
            before = is_ink;
        }
        rows_inked += usize::from(any);
    }
    let area = ((right - left) * (bottom - top)) as f64;
    if runs == 0 || (ink as f64) < 0.004 * area || ink < 150 {
        return None;
    }
    let density = ink as f64 / area;
    // Width of a stroke as the rows cross it, and how often they do.
    let (stroke, crossings) = (ink as f64 / runs as f64, runs as f64 / rows_inked.max(1) as f64);
    let (width, height) = ((right - left) as f64, (bottom - top) as f64);
    // Stretches of a rule that no table took.
    if height < 3.0 * CELL as f64 || crossings < 1.15 && (width > 12.0 * height || height > 12.0 * width) {
        return None;
    }
    if coloured as f64 > COLOURED * ink as f64 && width > 90.0 && height > 60.0 {
        return Some((InkKind::Sello, Confidence::new(0.7)));
    }
    // A pen: thin, sparse, several strokes over each row, wider than a letter and no taller than a hand writes.
    let pen = stroke <= PEN
        && density <= SPARSE
        && (1.2..=9.0).contains(&crossings)
        && height <= 420.0
        && width >= 70.0
        && width <= 14.0 * height;
    Some(if pen {
        (InkKind::RubricaOManuscrito, Confidence::new(0.6))
    } else {
        (InkKind::TintaSinTexto, Confidence::new(0.5))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(draw: impl Fn(f64, f64) -> bool) -> Gray {
        let (width, height) = (800usize, 600usize);
        #[expect(clippy::cast_precision_loss, reason = "a small sheet")]
        let pixels = (0..width * height)
            .map(|index| if draw((index % width) as f64, (index / width) as f64) { 40 } else { 245 })
            .collect();
        Gray { width, height, pixels }
    }

    // A line that swings up and down, as of a signature.
    fn scrawl(x: f64, y: f64) -> bool {
        (200.0..420.0).contains(&x)
            && (y - (300.0 + 45.0 * (x / 14.0).sin())).abs() < 5.0 + 4.0 * (x / 14.0).cos().abs()
    }

    #[test]
    fn a_scrawl_is_handwriting_and_only_while_no_word_covers_it() {
        let page = sheet(scrawl);
        let found = find(&page, &[], None);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, InkKind::RubricaOManuscrito);
        let [left, top, right, bottom] = found[0].place;
        assert!(left <= 204 && right >= 416 && top <= 256 && bottom >= 344, "{found:?}");
        assert!(find(&page, &[[190.0, 240.0, 430.0, 360.0]], None).is_empty(), "covered by a word");
    }

    #[test]
    fn colour_makes_a_stamp_and_its_absence_says_no_more_than_ink() {
        let ring = |x: f64, y: f64| {
            let radius = ((x - 400.0).powi(2) + (y - 300.0).powi(2)).sqrt();
            (60.0..80.0).contains(&radius) || radius < 30.0
        };
        let blue = |_: usize, _: usize| 120u8;
        assert_eq!(find(&sheet(ring), &[], Some(&blue))[0].kind, InkKind::Sello);
        assert_eq!(find(&sheet(ring), &[], None)[0].kind, InkKind::TintaSinTexto);
    }

    #[test]
    fn rules_and_specks_are_nothing() {
        let page = sheet(|x, y| {
            (100.0..700.0).contains(&x) && (y - 200.0).abs() < 1.5 || (x - 50.0).hypot(y - 50.0) < 4.0
        });
        assert!(find(&page, &[], None).is_empty());
    }
}
