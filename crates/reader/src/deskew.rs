//! Finds and undoes the small skew of a scanned page.
//!
//! Rows of text leave white stripes between them when the image is level: the angle at which the sum of each row varies most is the
//! angle of the page.

use crate::ink::Gray;

/// Largest skew looked for, in degrees.
const LARGEST: f64 = 4.0;
/// Skews below this are left alone: Tesseract levels its own lines.
const SMALLEST: f64 = 0.7;
/// Skews below this are none.
const LEAST: f64 = 0.1;

/// Tells whether a skew is large enough to be undone.
pub(crate) fn is_worth_levelling(degrees: f64) -> bool {
    degrees.abs() >= SMALLEST
}

/// Returns the page's skew in degrees (positive: text falls to the right), or `None` when it is level or nothing can be told.
pub(crate) fn skew(page: &Gray) -> Option<f64> {
    let points = ink_points(page);
    if points.len() < 500 {
        return None;
    }
    let sharpness = |degrees: f64| profile_sharpness(&points, page, degrees);
    let search = |center: f64, reach: f64, step: f64| {
        let mut best = (center, f64::MIN);
        let mut angle = center - reach;
        while angle <= center + reach + 1e-9 {
            let value = sharpness(angle);
            if value > best.1 {
                best = (angle, value);
            }
            angle += step;
        }
        best
    };
    let (coarse, _) = search(0.0, LARGEST, 0.5);
    let (fine, value) = search(coarse, 0.5, 0.1);
    // Pictures have no clear best angle: leave them as they are.
    let clear = if is_worth_levelling(fine) { 1.05 } else { 1.0 };
    (fine.abs() >= LEAST && value > clear * sharpness(0.0)).then_some(fine)
}

/// Returns the page turned so that a skew of `degrees` is level, about its centre, white where nothing was.
pub(crate) fn level(page: &Gray, degrees: f64) -> Gray {
    let turn = Turn::new(page, degrees);
    window(page, Some(&turn), [0.0, 0.0], 1.0, [page.width, page.height])
}

/// Returns `size` pixels of the page from `corner` on, each `1 / factor` pixels of the page wide, levelled when a turn is given.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
pub(crate) fn window(
    page: &Gray,
    turn: Option<&Turn>,
    corner: [f64; 2],
    factor: f64,
    size: [usize; 2],
) -> Gray {
    let [width, height] = size;
    let original = |x: f64, y: f64| turn.map_or((x, y), |turn| turn.original(x, y));
    // The middles of pixels map to the middles of pixels.
    let at = |x: usize, y: usize| {
        let place = |pixel: usize, start: f64| start + (pixel as f64 + 0.5) / factor - 0.5;
        original(place(x, corner[0]), place(y, corner[1]))
    };
    let mut pixels = vec![255u8; width * height];
    for (y, row) in pixels.chunks_exact_mut(width.max(1)).enumerate() {
        let (start, end) = (at(0, y), at(1, y));
        let (step_x, step_y) = (end.0 - start.0, end.1 - start.1);
        for (x, pixel) in row.iter_mut().enumerate() {
            if let Some(value) = sample(page, start.0 + x as f64 * step_x, start.1 + x as f64 * step_y) {
                *pixel = value;
            }
        }
    }
    Gray { width, height, pixels }
}

/// Maps points of the levelled page back to the page as it came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    cos: f64,
    sin: f64,
    center: (f64, f64),
}

impl Turn {
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    pub(crate) fn new(page: &Gray, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self { cos, sin, center: (page.width as f64 / 2.0, page.height as f64 / 2.0) }
    }

    /// Returns where a point of the levelled page was.
    pub(crate) fn original(&self, x: f64, y: f64) -> (f64, f64) {
        let (dx, dy) = (x - self.center.0, y - self.center.1);
        (self.center.0 + dx * self.cos - dy * self.sin, self.center.1 + dx * self.sin + dy * self.cos)
    }
}

// Dark pixels, thinned out to what the measurement needs.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn ink_points(page: &Gray) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for y in (page.height / 20..page.height - page.height / 20).step_by(2) {
        let row = page.row(y);
        for x in (page.width / 20..page.width - page.width / 20).step_by(3) {
            if row[x] < 128 {
                points.push((x as f64, y as f64));
            }
        }
    }
    points
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "rows of a page"
)]
fn profile_sharpness(points: &[(f64, f64)], page: &Gray, degrees: f64) -> f64 {
    let slope = degrees.to_radians().tan();
    // Room above and below for what the slope moves out of the page: nothing may pile up at an edge.
    let room = page.width as f64 * (LARGEST + 1.0).to_radians().tan();
    let mut rows = vec![0.0f64; ((page.height as f64 + 2.0 * room) / 2.0) as usize + 2];
    for (x, y) in points {
        let row = ((y - x * slope + room) / 2.0).max(0.0) as usize;
        if let Some(count) = rows.get_mut(row) {
            *count += 1.0;
        }
    }
    rows.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to lie inside the image"
)]
fn sample(page: &Gray, x: f64, y: f64) -> Option<u8> {
    if x < 0.0 || y < 0.0 {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    if left + 1 >= page.width || top + 1 >= page.height {
        return None;
    }
    let (fx, fy) = (x - left as f64, y - top as f64);
    let at = |dx: usize, dy: usize| f64::from(page.pixels[(top + dy) * page.width + left + dx]);
    let upper = at(0, 0) * (1.0 - fx) + at(1, 0) * fx;
    let lower = at(0, 1) * (1.0 - fx) + at(1, 1) * fx;
    Some((upper * (1.0 - fy) + lower * fy) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Dashed lines, as of text, at a given slope.
    fn page(degrees: f64) -> Gray {
        let (width, height) = (800usize, 1000usize);
        let mut gray = Gray { width, height, pixels: vec![255; width * height] };
        let slope = degrees.to_radians().tan();
        for line in 0..25 {
            for x in 80..720usize {
                if x % 40 > 30 {
                    continue;
                }
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "inside the image"
                )]
                let y = (100.0 + f64::from(line) * 32.0 + (x as f64 - 400.0) * slope) as usize;
                for dy in 0..12 {
                    gray.pixels[(y + dy) * width + x] = 10;
                }
            }
        }
        gray
    }

    #[test]
    fn a_skew_is_found_and_undone() {
        for degrees in [-3.0, -1.5, 2.0, 3.0] {
            let skewed = page(degrees);
            let found = skew(&skewed).expect("a skew");
            assert!((found - degrees).abs() <= 0.25, "{degrees}: found {found}");
            let left = skew(&level(&skewed, found)).unwrap_or_default();
            assert!(!is_worth_levelling(left), "level afterwards: {left}");
        }
        assert_eq!(skew(&page(0.0)), None, "a level page is left alone");
        let blank = Gray { width: 800, height: 1000, pixels: vec![255; 800_000] };
        assert_eq!(skew(&blank), None, "nothing to measure");
    }
}
