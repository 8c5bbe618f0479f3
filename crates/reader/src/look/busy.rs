//! Finds places of a page that are as busy as a code is: where one may stand that is too fine to be read as the page is drawn.

use super::codes::{self, Found};
use crate::ink::Gray;

/// Side of the cells that are judged, in pixels: two millimetres at the resolution pages are read at.
const CELL: usize = 16;
/// Fewest changes between dark and light along the rows of a cell, and down its columns: print has as many only one way.
const LEAST_CHANGES: usize = 32;
/// Least and largest dark part of a cell, in hundredths.
const DARK: [usize; 2] = [25, 75];
/// Side of the least block of cells that are all busy: between lines of print there is paper.
const BLOCK: usize = 3;
/// Largest side of a busy place, in cells.
const LARGEST: usize = 30;
/// Cells around a busy place that are looked at with it: the rim of a code, and what print or blur took from it.
const RIM: usize = 3 * CELL;
/// Places of one page that are looked at, those with the most busy cells first.
const MOST_PLACES: usize = 8;
/// How many times finer a page is drawn for them: the modules of a signature's stamp are a quarter of a millimetre wide.
const FINER: f64 = 2.0;

/// Finds the codes of a page, those that only a finer drawing tells too. `finer` draws the page so many times larger, if it can.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
pub(crate) fn find(page: &Gray, finer: &dyn Fn(f64) -> Option<Gray>) -> Vec<Found> {
    let dark = codes::dark(page);
    let mut found = codes::find_among(page, &dark);
    let mut places = busy(page, &dark);
    places.retain(|place| !found.iter().any(|code| code.stands_in(place.map(|edge| edge as f64))));
    if places.is_empty() {
        return found;
    }
    let drawn = finer(FINER);
    let image = drawn.as_ref().unwrap_or(page);
    let (across, down) =
        (image.width as f64 / page.width.max(1) as f64, image.height as f64 / page.height.max(1) as f64);
    for [left, top, right, bottom] in places {
        let (place, [x, y]) = image.cut([
            left.saturating_sub(RIM) as f64 * across,
            top.saturating_sub(RIM) as f64 * down,
            (right + RIM) as f64 * across,
            (bottom + RIM) as f64 * down,
        ]);
        let codes = codes::find_fine(&place);
        found.extend(codes.into_iter().map(|code| code.moved(x, y).scaled(1.0 / across, 1.0 / down)));
    }
    found
}

// Places of blocks of busy cells that hang together: left, top, right, bottom.
fn busy(page: &Gray, dark: &[bool]) -> Vec<[usize; 4]> {
    let (columns, rows) = (page.width / CELL, page.height / CELL);
    let mut cells = blocks(page.width, dark, columns, rows);
    let mut places = Vec::new();
    for start in 0..cells.len() {
        if !cells[start] {
            continue;
        }
        let (mut left, mut top, mut right, mut bottom) = (columns, rows, 0, 0);
        let (mut waiting, mut count) = (vec![start], 0);
        cells[start] = false;
        while let Some(at) = waiting.pop() {
            let (x, y) = (at % columns, at / columns);
            (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
            count += 1;
            let mut visit = |next: usize| {
                if std::mem::take(&mut cells[next]) {
                    waiting.push(next);
                }
            };
            (x > 0).then(|| visit(at - 1));
            (x + 1 < columns).then(|| visit(at + 1));
            (y > 0).then(|| visit(at - columns));
            (y + 1 < rows).then(|| visit(at + columns));
        }
        if right - left < LARGEST && bottom - top < LARGEST {
            places.push((count, [left * CELL, top * CELL, (right + 1) * CELL, (bottom + 1) * CELL]));
        }
    }
    places.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    places.into_iter().take(MOST_PLACES).map(|(_, place)| place).collect()
}

// Tells of each cell whether it is one of a block that is busy throughout.
fn blocks(width: usize, dark: &[bool], columns: usize, rows: usize) -> Vec<bool> {
    let busy: Vec<bool> = (0..columns * rows)
        .map(|at| is_busy(dark, width, at % columns * CELL, at / columns * CELL))
        .collect();
    let mut within = vec![false; busy.len()];
    for top in 0..(rows + 1).saturating_sub(BLOCK) {
        for left in 0..(columns + 1).saturating_sub(BLOCK) {
            let block = |row: usize| (top + row) * columns + left..(top + row) * columns + left + BLOCK;
            if (0..BLOCK).all(|row| busy[block(row)].iter().all(|busy| *busy)) {
                (0..BLOCK).for_each(|row| within[block(row)].fill(true));
            }
        }
    }
    within
}

fn is_busy(dark: &[bool], width: usize, left: usize, top: usize) -> bool {
    let row = |y: usize| dark.get(y * width + left..y * width + left + CELL).unwrap_or_default();
    let (mut ink, mut along, mut down) = (0, 0, 0);
    for y in top..top + CELL {
        let here = row(y);
        ink += here.iter().filter(|dark| **dark).count();
        along += here.windows(2).filter(|pair| pair[0] != pair[1]).count();
        down += here.iter().zip(row(y + 1)).filter(|(above, below)| above != below).count();
    }
    let part = ink * 100 / (CELL * CELL);
    along >= LEAST_CHANGES && down >= LEAST_CHANGES && (DARK[0]..=DARK[1]).contains(&part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "FIRMADO POR: PERSONA FICTICIA DE EJEMPLO\nRAZON: \nLOCALIZACION: \nFECHA: 2026-11-20T10:00:00.123456-05:00\n\
                        VALIDAR CON: www.example.org\n3.1.1";

    // A page with a code at (300, 200) of the coarse page, drawn `times` as fine; a module is two and a quarter pixels of the coarse page.
    fn drawn(times: f64) -> Gray {
        let code = qrcode::QrCode::new(TEXT.as_bytes()).expect("encodes");
        let (side, colors) = (code.width(), code.to_colors());
        let size = |coarse: usize| (coarse as f64 * times) as usize;
        let (width, height) = (size(800), size(600));
        let module = 2.25 * times;
        // Each pixel is the mean of sixteen points, as a scanner sees it.
        let dark = |x: f64, y: f64| {
            let (column, row) = ((x - 300.0 * times) / module, (y - 200.0 * times) / module);
            let inside = column >= 0.0 && row >= 0.0 && column < side as f64 && row < side as f64;
            inside && colors[row as usize * side + column as usize] == qrcode::Color::Dark
        };
        let pixels = (0..width * height)
            .map(|at| {
                let points = (0..16).filter(|point| {
                    let (x, y) = ((at % width) as f64, (at / width) as f64);
                    dark(x + f64::from(point % 4) / 4.0 + 0.125, y + f64::from(point / 4) / 4.0 + 0.125)
                });
                u8::try_from(235 - points.count() * 13).expect("gray")
            })
            .collect();
        Gray { width, height, pixels }
    }

    #[test]
    fn a_code_too_fine_for_the_page_as_drawn_is_read_from_a_finer_drawing() {
        let page = drawn(1.0);
        let places = busy(&page, &codes::dark(&page));
        assert_eq!(places.len(), 1, "{places:?}");
        let found = find(&page, &|finer| Some(drawn(finer)));
        let code = found.into_iter().next().expect("found").placed(1.0, 1.0);
        assert_eq!(code.text, TEXT);
        let (x, y) = (code.quad.0[0], code.quad.0[1]);
        assert!((x - 300.0).abs() < 4.0 && (y - 200.0).abs() < 4.0, "{x} {y}");
    }

    #[test]
    fn print_and_paper_ask_for_no_finer_drawing() {
        // Lines of thin strokes, a black block and a checkered strip that is no place of a code.
        let pixels = (0..800 * 600)
            .map(|at| {
                let (x, y) = (at % 800, at / 800);
                let print = y < 300 && y % 24 < 10 && x % 7 < 3;
                let block = (320..400).contains(&y) && (50..130).contains(&x);
                let strip = (450..520).contains(&y) && x < 700 && (x / 2 + y / 2) % 2 == 0;
                if print || block || strip { 30 } else { 240 }
            })
            .collect();
        let page = Gray { width: 800, height: 600, pixels };
        assert!(find(&page, &|_| panic!("nothing asks for it")).is_empty());
    }
}
