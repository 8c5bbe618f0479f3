//! White letters on dark bars, as the heads of tables have them, turned to dark on light.

use crate::ink::Gray;

/// Side of a cell in pixels.
const CELL: usize = 4;
/// Smallest bar in cells: a line of small type with some room.
const LEAST: [usize; 2] = [16, 5];

/// A page whose dark bars were turned.
#[derive(Debug)]
pub(super) struct Turned {
    pub(super) page: Gray,
    /// The first row of the highest bar.
    pub(super) top: usize,
}

/// Turns the bars within a band of rows; `None` where there are none.
pub(super) fn turned(page: &Gray, [top, bottom]: [usize; 2]) -> Option<Turned> {
    let (across, down) = (page.width / CELL, bottom.saturating_sub(top) / CELL);
    let paper = page.paper();
    let dark = paper.saturating_sub(90);
    let mut filled = vec![false; across * down];
    for row in 0..down {
        for column in 0..across {
            let count: usize = (0..CELL)
                .map(|y| {
                    let line = page.row(top + row * CELL + y);
                    let cell = line.get(column * CELL..(column + 1) * CELL).unwrap_or_default();
                    cell.iter().filter(|pixel| **pixel < dark).count()
                })
                .sum();
            filled[row * across + column] = 2 * count > CELL * CELL;
        }
    }
    let mut result: Option<Turned> = None;
    let mut seen = vec![false; filled.len()];
    for start in 0..filled.len() {
        if !filled.get(start).copied().unwrap_or(false) || seen.get(start).copied().unwrap_or(true) {
            continue;
        }
        let (cells, [left, first, right, last]) = component(&filled, &mut seen, across, start);
        let (width, height) = (right - left + 1, last - first + 1);
        // A bar is wide, as high as a line at least, and full but for its letters.
        if width < LEAST[0] || height < LEAST[1] || cells.len() * 100 < width * height * 55 {
            continue;
        }
        let ground = middle(page, top, across, &cells);
        let bar = top + first * CELL;
        let turned = result.get_or_insert_with(|| Turned { page: page.clone(), top: bar });
        turned.top = turned.top.min(bar);
        let image = &mut turned.page;
        let mut ends = vec![[usize::MAX, 0]; height];
        for cell in cells {
            if let Some(ends) = ends.get_mut(cell / across - first) {
                *ends = [ends[0].min(cell % across), ends[1].max(cell % across)];
            }
        }
        for (row, [from, to]) in ends.into_iter().enumerate().filter(|(_, [from, to])| from <= to) {
            for y in top + (first + row) * CELL..top + (first + row + 1) * CELL {
                let lines =
                    image.pixels.get_mut(y * page.width + from * CELL..y * page.width + (to + 1) * CELL);
                lines.into_iter().flatten().for_each(|pixel| *pixel = turn(*pixel, ground, paper));
            }
        }
    }
    result
}

// The ground of the bar becomes paper, the paper's own luminance full ink.
fn turn(pixel: u8, ground: u8, paper: u8) -> u8 {
    let range = u32::from(paper.saturating_sub(ground)).max(1);
    let above = u32::from(pixel.saturating_sub(ground)) * u32::from(paper) / range;
    paper.saturating_sub(u8::try_from(above).unwrap_or(255))
}

// The middle luminance of the cells.
fn middle(page: &Gray, top: usize, across: usize, cells: &[usize]) -> u8 {
    let mut levels: Vec<u8> = cells
        .iter()
        .filter_map(|cell| page.row(top + cell / across * CELL + 1).get(cell % across * CELL + 1).copied())
        .collect();
    levels.sort_unstable();
    levels.get(levels.len() / 2).copied().unwrap_or(0)
}

fn component(filled: &[bool], seen: &mut [bool], across: usize, start: usize) -> (Vec<usize>, [usize; 4]) {
    let (mut open, mut cells) = (vec![start], Vec::new());
    let mut limits = [start % across, start / across, start % across, start / across];
    seen[start] = true;
    while let Some(cell) = open.pop() {
        cells.push(cell);
        let (x, y) = (cell % across, cell / across);
        limits = [limits[0].min(x), limits[1].min(y), limits[2].max(x), limits[3].max(y)];
        let next = [
            (x > 0).then(|| cell - 1),
            (x + 1 < across).then_some(cell + 1),
            cell.checked_sub(across),
            Some(cell + across),
        ];
        for next in next.into_iter().flatten().filter(|next| filled.get(*next).copied().unwrap_or(false)) {
            if let Some(seen) = seen.get_mut(next).filter(|seen| !**seen) {
                *seen = true;
                open.push(next);
            }
        }
    }
    (cells, limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_with_light_letters_is_turned_and_dark_letters_stay() {
        let (width, height) = (400usize, 200usize);
        let inside =
            |x: usize, y: usize, [l, t, r, b]: [usize; 4]| (l..r).contains(&x) && (t..b).contains(&y);
        let pixels = (0..width * height)
            .map(|index| {
                let (x, y) = (index % width, index / width);
                if inside(x, y, [100, 60, 103, 80]) {
                    240
                } else if inside(x, y, [40, 50, 360, 92]) {
                    60
                } else if inside(x, y, [100, 130, 104, 150]) {
                    30
                } else {
                    240
                }
            })
            .collect();
        let page = Gray { width, height, pixels };
        let Turned { page: turned, top } = turned(&page, [0, 200]).expect("a bar");
        assert!((48..=52).contains(&top), "where the bar begins: {top}");
        assert!(turned.row(70)[101] < 40 && turned.row(70)[200] > 180, "dark letters on light");
        assert_eq!(turned.row(140), page.row(140), "the rest stays");
        assert!(super::turned(&turned, [0, 200]).is_none(), "no bar is left");
    }
}
