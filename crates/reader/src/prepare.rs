//! Evens out the light of a page before it is read.
//!
//! Shadows and gray paper make one threshold for the whole page cut letters away or drown them. The paper's own luminance is estimated
//! everywhere from the brighter part of each small block, smoothed, and divided out: background normalisation as in B. Gatos, I. Pratikakis
//! and S. J. Perantonis, "Adaptive degraded document image binarization", Pattern Recognition 39 (2006), without their binarisation, for
//! the engine reads gray lines better than black and white ones. Pages of even light and of one bit are left as they are.

use crate::ink::Gray;

/// Side of a block in pixels: a few letters of the resolution pages are read at.
const BLOCK: usize = 32;
/// Blocks on each side that the paper's luminance is smoothed over.
const REACH: usize = 3;
/// Part of a block's pixels, from the brightest, that is surely paper.
const BRIGHT: usize = 8;
/// Paper as bright and as even as this needs nothing.
const BRIGHT_PAPER: u8 = 225;
const EVEN: u8 = 20;
/// How far below the paper's luminance noise reaches.
const NOISE: u8 = 16;
/// What is as dark as this is no paper.
const DARK_PAPER: u8 = 140;

/// Returns the page with its paper made white everywhere, or `None` when its light is even already.
pub(crate) fn evened(page: &Gray) -> Option<Gray> {
    let paper = Paper::of(page)?;
    let ends = |(least, most): (u8, u8), value: &u8| (least.min(*value), most.max(*value));
    let (least, most) = paper.blocks.iter().fold((255, 0), ends);
    if least >= BRIGHT_PAPER || (most - least < EVEN && least > BRIGHT_PAPER - 40) {
        return None;
    }
    let mut pixels = Vec::with_capacity(page.pixels.len());
    let mut line = vec![255u32; page.width];
    for y in 0..page.height {
        paper.row(y, &mut line);
        pixels.extend(page.row(y).iter().zip(&line).map(|(pixel, paper)| {
            let value = u32::from(*pixel) * 255 / (*paper).max(1);
            u8::try_from(value.min(255)).unwrap_or(255)
        }));
    }
    Some(Gray { width: page.width, height: page.height, pixels })
}

/// Returns the page made narrower by `factor` (above a half, below one): each pixel is the mean of what it covers.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels of a page, weights of one"
)]
pub(crate) fn narrower(page: &Gray, factor: f64) -> Gray {
    /// Weights are parts of this.
    const WHOLE: f64 = (1 << WHOLE_BITS) as f64;
    const WHOLE_BITS: u32 = 8;
    let width = ((page.width as f64 * factor).round() as usize).max(1);
    let step = page.width as f64 / width as f64;
    // For each pixel the first that it covers, and what that, the next and the one after it weigh: together a whole.
    let places: Vec<(usize, [u32; 3])> = (0..width)
        .map(|x| {
            let (from, to) = (x as f64 * step, (x + 1) as f64 * step);
            let first = from as usize;
            let weight = |next: usize| {
                let covered = ((first + next + 1) as f64).min(to) - ((first + next) as f64).max(from);
                (covered.max(0.0) / step * WHOLE).round() as u32
            };
            let (before, after) = (weight(0), weight(2));
            (first, [before, (WHOLE as u32).saturating_sub(before + after), after])
        })
        .collect();
    let mut pixels = Vec::with_capacity(width * page.height);
    let mut row = Vec::with_capacity(page.width + 2);
    for y in 0..page.height {
        row.clear();
        row.extend_from_slice(page.row(y));
        // Room for what the last pixels do not cover, and what weighs nothing there.
        row.extend([row.last().copied().unwrap_or(255); 2]);
        pixels.extend(places.iter().map(|(first, [before, at, after])| {
            let sum = match row.get(*first..*first + 3) {
                Some([a, b, c]) => u32::from(*a) * before + u32::from(*b) * at + u32::from(*c) * after,
                _ => 0,
            };
            (sum >> WHOLE_BITS) as u8
        }));
    }
    Gray { width, height: page.height, pixels }
}

/// Makes paper white: the noise around its luminance, which the engine packs and unpacks with every line and reads nothing from.
pub(crate) fn whiten(page: &mut Gray) {
    let paper = page.paper();
    if paper < DARK_PAPER {
        return;
    }
    // What is darker keeps its distance to paper, so that no edge is made.
    let white = paper.saturating_sub(NOISE);
    let rise = 255 - white;
    page.pixels.iter_mut().for_each(|pixel| *pixel = (*pixel).min(white) + rise);
}

/// Tells whether letters could stand light on dark somewhere: a stretch of the page that is mostly dark.
pub(crate) fn has_dark_ground(page: &Gray) -> bool {
    /// Width and height of a stretch: a word or two of a heading, less than the height of its bar.
    const STRETCH: [usize; 2] = [64, 12];
    /// Part of a stretch that is dark, in hundredths: bold type covers half.
    const MOSTLY: usize = 60;
    let dark = page.paper().saturating_sub(45);
    let [across, down] = STRETCH;
    let mut counts = vec![0usize; page.width / across];
    (0..page.height / down).any(|band| {
        counts.fill(0);
        for y in band * down..(band + 1) * down {
            for (count, stretch) in counts.iter_mut().zip(page.row(y).chunks_exact(across)) {
                *count += stretch.iter().filter(|pixel| **pixel < dark).count();
            }
        }
        counts.iter().any(|count| count * 100 >= across * down * MOSTLY)
    })
}

/// Holds the luminance of the paper, block by block.
struct Paper {
    columns: usize,
    rows: usize,
    blocks: Vec<u8>,
}

impl Paper {
    fn of(page: &Gray) -> Option<Self> {
        let (columns, rows) = (page.width / BLOCK, page.height / BLOCK);
        if columns < 2 * REACH || rows < 2 * REACH {
            return None;
        }
        let mut raw = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                raw.push(bright_part(page, column * BLOCK, row * BLOCK));
            }
        }
        // Within a dark picture there is no paper to see: the brightest neighbour stands in, then everything is smoothed.
        let widest = around(&raw, columns, rows, 1, |values| values.iter().copied().max().unwrap_or(255));
        let blocks = around(&widest, columns, rows, REACH, |values| {
            let sum: usize = values.iter().map(|value| usize::from(*value)).sum();
            u8::try_from(sum / values.len().max(1)).unwrap_or(255)
        });
        Some(Self { columns, rows, blocks })
    }

    fn at(&self, column: usize, row: usize) -> u32 {
        let place = row.min(self.rows - 1) * self.columns + column.min(self.columns - 1);
        u32::from(self.blocks.get(place).copied().unwrap_or(255))
    }

    // The luminance of a row of pixels, between the middles of the blocks.
    fn row(&self, y: usize, line: &mut [u32]) {
        let shifted = y.saturating_sub(BLOCK / 2);
        let (row, part_y) = (shifted / BLOCK, u32::try_from(shifted % BLOCK).unwrap_or(0));
        let whole = u32::try_from(BLOCK).unwrap_or(1);
        for (x, value) in line.iter_mut().enumerate() {
            let shifted = x.saturating_sub(BLOCK / 2);
            let (column, part_x) = (shifted / BLOCK, u32::try_from(shifted % BLOCK).unwrap_or(0));
            let upper = self.at(column, row) * (whole - part_x) + self.at(column + 1, row) * part_x;
            let lower = self.at(column, row + 1) * (whole - part_x) + self.at(column + 1, row + 1) * part_x;
            *value = (upper * (whole - part_y) + lower * part_y) / (whole * whole);
        }
    }
}

// The luminance that an eighth of a block's pixels reach.
fn bright_part(page: &Gray, left: usize, top: usize) -> u8 {
    let mut counts = [0usize; 256];
    for y in top..top + BLOCK {
        for pixel in page.row(y).get(left..left + BLOCK).unwrap_or_default() {
            counts[usize::from(*pixel)] += 1;
        }
    }
    let mut left = BLOCK * BLOCK / BRIGHT;
    for (value, count) in counts.iter().enumerate().rev() {
        if *count >= left {
            return u8::try_from(value).unwrap_or(255);
        }
        left -= count;
    }
    255
}

fn around(values: &[u8], columns: usize, rows: usize, reach: usize, of: impl Fn(&[u8]) -> u8) -> Vec<u8> {
    let mut near = Vec::new();
    let mut result = Vec::with_capacity(values.len());
    for row in 0..rows {
        for column in 0..columns {
            near.clear();
            for y in row.saturating_sub(reach)..(row + reach + 1).min(rows) {
                let from = y * columns + column.saturating_sub(reach);
                let to = y * columns + (column + reach + 1).min(columns);
                near.extend_from_slice(values.get(from..to).unwrap_or_default());
            }
            result.push(of(&near));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    // Dark strokes on paper whose light falls off to the right.
    fn shadowed(darkest: usize) -> Gray {
        let (width, height) = (640usize, 480usize);
        let pixels = (0..width * height)
            .map(|index| {
                let (x, y) = (index % width, index / width);
                let paper = 250 - (250 - darkest) * x / width;
                let ink = y % 40 < 12 && x % 16 < 5;
                u8::try_from(if ink { paper / 5 } else { paper }).expect("a luminance")
            })
            .collect();
        Gray { width, height, pixels }
    }

    #[test]
    fn a_shadow_is_taken_away_and_letters_stay() {
        let page = evened(&shadowed(90)).expect("the light is uneven");
        for x in [20usize, 300, 620] {
            let (paper, ink) = (page.row(30)[x / 16 * 16 + 10], page.row(45)[x / 16 * 16 + 2]);
            assert!(paper > 200, "paper at {x}: {paper}");
            assert!(ink < 110, "ink at {x}: {ink}");
        }
    }

    #[test]
    fn a_narrower_page_keeps_its_ink_and_its_rows() {
        let page = shadowed(250);
        let narrow = narrower(&page, 0.85);
        assert_eq!((narrow.width, narrow.height, narrow.pixels.len()), (544, 480, 544 * 480));
        let mean = |page: &Gray, y: usize| {
            page.row(y).iter().map(|pixel| f64::from(*pixel)).sum::<f64>() / page.width as f64
        };
        for y in [5, 30] {
            assert!((mean(&page, y) - mean(&narrow, y)).abs() < 1.5, "row {y}");
        }
        let dot = Gray { width: 1, height: 1, pixels: vec![7] };
        assert_eq!(narrower(&dot, 0.85), dot);
    }

    #[test]
    fn bars_are_dark_ground_and_bold_type_is_none() {
        let mut page = shadowed(250);
        assert!(!has_dark_ground(&page), "letters on paper");
        for y in 100..132 {
            page.pixels[y * 640 + 60..y * 640 + 400].iter_mut().enumerate().for_each(|(x, pixel)| {
                *pixel = if (108..124).contains(&y) && x % 16 < 5 { 250 } else { 150 };
            });
        }
        assert!(has_dark_ground(&page), "a shaded bar with light letters");
    }

    #[test]
    fn even_light_and_one_bit_are_left_alone() {
        assert!(evened(&shadowed(245)).is_none());
        let mut fax = shadowed(250);
        fax.pixels.iter_mut().for_each(|pixel| *pixel = if *pixel > 128 { 255 } else { 0 });
        assert!(evened(&fax).is_none());
    }
}
