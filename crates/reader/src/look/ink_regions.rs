//! Ink that is neither text nor rule nor a code nor a stamp: signatures, logos.
//!
//! What words, rules, codes and stamps do not cover is gathered into connected places. A place is handwriting only where it is made of thin strokes
//! that wander, of one ink where colours are known: everything else is ink without text, and no more is said.

use super::colour::{HUES, Tint};
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
/// Part of a region's ink that must be coloured for its colour to count.
const COLOURED: f64 = 0.5;
/// How much the hues of one pen agree: the length of their mean vector.
const ONE_PEN: f64 = 0.8;
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

/// Finds ink on `page` outside of the boxes of `covered` (pixels). `sideways` says that lines run up or down.
/// `tint` tells what colour stands at a pixel, where colours are known.
pub(crate) fn find(
    page: &Gray,
    covered: &[[f64; 4]],
    sideways: bool,
    tint: Option<&dyn Fn(usize, usize) -> Tint>,
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
        // Along the lines and across them.
        let size = if sideways { [size[1], size[0]] } else { size };
        if size[0] < LEAST[0] || size[1] < LEAST[1] || rim || size[1] * 40 < size[0] {
            continue;
        }
        let place = [left * CELL, top * CELL, (right + 1) * CELL, (bottom + 1) * CELL];
        if let Some((kind, confidence)) =
            judge(page, place, &cells, [across, usize::from(dark)], sideways, tint)
        {
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

/// Holds what is measured of a place.
#[derive(Default)]
struct Measure {
    ink: usize,
    /// Runs of ink along the rows.
    runs: usize,
    rows: usize,
    coloured: usize,
    hue: [f32; 2],
}

fn measured(
    page: &Gray,
    [left, top, right, bottom]: [usize; 4],
    cells: &[usize],
    [across, dark]: [usize; 2],
    sideways: bool,
    tint: Option<&dyn Fn(usize, usize) -> Tint>,
) -> Measure {
    let mut mine = vec![false; (right - left) * (bottom - top) / (CELL * CELL)];
    let width = (right - left) / CELL;
    for cell in cells {
        let (x, y) = (cell % across - left / CELL, cell / across - top / CELL);
        if let Some(mine) = mine.get_mut(y * width + x) {
            *mine = true;
        }
    }
    let mut measure = Measure::default();
    let (lines, along) = if sideways { (left..right, top..bottom) } else { (top..bottom, left..right) };
    for line in lines {
        let (mut before, mut any) = (false, false);
        for place in along.clone() {
            let (x, y) = if sideways { (line, place) } else { (place, line) };
            let own = mine.get((y - top) / CELL * width + (x - left) / CELL).copied().unwrap_or(false);
            let is_ink = own && page.row(y).get(x).is_some_and(|pixel| usize::from(*pixel) < dark);
            if is_ink {
                measure.ink += 1;
                any = true;
                measure.runs += usize::from(!before);
                if let Some(Tint::Hue(hue)) = tint.map(|tint| tint(x, y)) {
                    let (sin, cos) = (f32::from(hue) / f32::from(HUES) * std::f32::consts::TAU).sin_cos();
                    measure.coloured += 1;
                    measure.hue = [measure.hue[0] + cos, measure.hue[1] + sin];
                }
            }
            before = is_ink;
        }
        measure.rows += usize::from(any);
    }
    measure
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a place")]
fn judge(
    page: &Gray,
    place: [usize; 4],
    cells: &[usize],
    raster: [usize; 2],
    sideways: bool,
    tint: Option<&dyn Fn(usize, usize) -> Tint>,
) -> Option<(InkKind, Confidence)> {
    let [left, top, right, bottom] = place;
    let measure = measured(page, place, cells, raster, sideways, tint);
    let (ink, runs, coloured) = (measure.ink as f64, measure.runs as f64, measure.coloured as f64);
    let (width, height) = ((right - left) as f64, (bottom - top) as f64);
    let (width, height) = if sideways { (height, width) } else { (width, height) };
    let area = width * height;
    if measure.runs == 0 || ink < 0.004 * area || measure.ink < 150 {
        return None;
    }
    let density = ink / area;
    // Width of a stroke as the rows cross it, and how often they do.
    let (stroke, crossings) = (ink / runs, runs / measure.rows.max(1) as f64);
    // Stretches of a rule that no table took.
    if height < 3.0 * CELL as f64 || crossings < 1.15 && (width > 12.0 * height || height > 12.0 * width) {
        return None;
    }
    let has_colour = coloured > COLOURED * ink;
    let one_hue = f64::from(measure.hue[0].hypot(measure.hue[1])) >= ONE_PEN * coloured;
    // A pen: thin, sparse, several strokes over each row, wider than a letter and no taller than a hand writes.
    let pen = stroke <= PEN
        && density <= SPARSE
        && (1.2..=9.0).contains(&crossings)
        && height <= 420.0
        && width >= 70.0
        && width <= 14.0 * height
        && (!has_colour || one_hue);
    Some(match (pen, has_colour) {
        (true, true) => (InkKind::RubricaOManuscrito, Confidence::new(0.7)),
        (true, false) => (InkKind::RubricaOManuscrito, Confidence::new(0.6)),
        (false, _) => (InkKind::TintaSinTexto, Confidence::new(0.5)),
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
        let found = find(&page, &[], false, None);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].kind, InkKind::RubricaOManuscrito);
        let [left, top, right, bottom] = found[0].place;
        assert!(left <= 204 && right >= 416 && top <= 256 && bottom >= 344, "{found:?}");
        let turned = page.turned(90);
        assert_eq!(find(&turned, &[], true, None)[0].kind, InkKind::RubricaOManuscrito, "on its side");
        assert!(find(&page, &[[190.0, 240.0, 430.0, 360.0]], false, None).is_empty(), "covered by a word");
    }

    #[test]
    fn many_hues_are_no_pen() {
        let page = sheet(scrawl);
        let blue = |_: usize, _: usize| Tint::Hue(38);
        let motley = |x: usize, _: usize| Tint::Hue(u8::try_from(x / 20 * 17 % 60).expect("a hue"));
        let pen = find(&page, &[], false, Some(&blue));
        assert_eq!(pen[0].kind, InkKind::RubricaOManuscrito);
        assert!(pen[0].confidence > Confidence::new(0.6), "a blue pen is surer than black ink");
        assert_eq!(find(&page, &[], false, Some(&motley))[0].kind, InkKind::TintaSinTexto);
    }

    #[test]
    fn rules_and_specks_are_nothing() {
        let page = sheet(|x, y| {
            (100.0..700.0).contains(&x) && (y - 200.0).abs() < 1.5 || (x - 50.0).hypot(y - 50.0) < 4.0
        });
        assert!(find(&page, &[], false, None).is_empty());
    }
}
