//! A sheet seen in perspective, laid flat, and the way back.
//!
//! A plane seen by a camera is mapped by a homography. The one that takes the unit square to four points is written down directly (P. S. Heckbert,
//! "Fundamentals of texture mapping and image warping", Berkeley 1989, section 2.2.3).

use crate::ink::Gray;
use crate::look::Colour;

/// Maps the pixels of a sheet laid flat to those of the photograph it lies in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Flat {
    /// Pixels across and down of the flat sheet.
    pub(crate) size: [usize; 2],
    /// Numerators of x and y, and the common denominator without its one.
    x: [f64; 3],
    y: [f64; 3],
    below: [f64; 2],
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
impl Flat {
    /// Makes the map of a sheet whose corners lie at the given points of the photograph: top left, top right, bottom right, bottom left.
    pub(crate) fn new(corners: [[f64; 2]; 4], size: [usize; 2]) -> Option<Self> {
        let [a, b, c, d] = corners;
        let (right, lower) = ([b[0] - c[0], b[1] - c[1]], [d[0] - c[0], d[1] - c[1]]);
        let sum = [a[0] - b[0] + c[0] - d[0], a[1] - b[1] + c[1] - d[1]];
        let determinant = right[0] * lower[1] - lower[0] * right[1];
        if determinant.abs() < 1.0 || size.contains(&0) {
            return None;
        }
        let g = (sum[0] * lower[1] - lower[0] * sum[1]) / determinant;
        let h = (right[0] * sum[1] - sum[0] * right[1]) / determinant;
        let line = |axis: usize| [b[axis] - a[axis] + g * b[axis], d[axis] - a[axis] + h * d[axis], a[axis]];
        Some(Self { size, x: line(0), y: line(1), below: [g, h] })
    }

    /// Returns where a point of the flat sheet lies in the photograph.
    pub(crate) fn onto(&self, x: f64, y: f64) -> (f64, f64) {
        let (u, v) = (x / self.size[0].max(1) as f64, y / self.size[1].max(1) as f64);
        let below = self.below[0] * u + self.below[1] * v + 1.0;
        let below = if below.abs() < 1e-6 { 1e-6 } else { below };
        let along = |line: [f64; 3]| (line[0] * u + line[1] * v + line[2]) / below;
        (along(self.x), along(self.y))
    }

    /// Lays the sheet of a photograph flat. The photograph may be `finer` times as large as the one the corners were given in.
    pub(crate) fn gray(&self, photograph: &Gray, finer: f64) -> Gray {
        let [width, height] = self.size;
        let mut pixels = vec![255u8; width * height];
        for (y, row) in pixels.chunks_exact_mut(width.max(1)).enumerate() {
            for (x, pixel) in row.iter_mut().enumerate() {
                let (u, v) = self.onto(x as f64 + 0.5, y as f64 + 0.5);
                if let Some(value) = sampled(photograph, u * finer - 0.5, v * finer - 0.5) {
                    *pixel = value;
                }
            }
        }
        Gray { width, height, pixels }
    }

    /// Lays the same sheet flat in a picture in colour of another size; `long_side` pixels of the result.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to lie inside the picture"
    )]
    pub(crate) fn colour(&self, picture: &Colour, photograph: [usize; 2], long_side: f64) -> Colour {
        let factor = self.size[0].max(self.size[1]) as f64 / long_side.max(1.0);
        let [width, height] = self.size.map(|side| ((side as f64 / factor) as usize).max(1));
        let (scale_x, scale_y) = (
            picture.width as f64 / photograph[0].max(1) as f64,
            picture.height as f64 / photograph[1].max(1) as f64,
        );
        let mut pixels = vec![[255u8; 3]; width * height];
        for (index, pixel) in pixels.iter_mut().enumerate() {
            let (x, y) = (index % width, index / width);
            let (u, v) = self.onto((x as f64 + 0.5) * factor, (y as f64 + 0.5) * factor);
            let (u, v) = (u * scale_x, v * scale_y);
            let inside = u >= 0.0 && v >= 0.0 && u < picture.width as f64 && v < picture.height as f64;
            if let Some(value) =
                picture.pixels.get(v as usize * picture.width + u as usize).filter(|_| inside)
            {
                *pixel = *value;
            }
        }
        Colour { width, height, pixels }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "checked to lie inside the image"
)]
fn sampled(page: &Gray, x: f64, y: f64) -> Option<u8> {
    if !(x >= 0.0 && y >= 0.0) {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    if left + 1 >= page.width || top + 1 >= page.height {
        return None;
    }
    let (part_x, part_y) = (x - left as f64, y - top as f64);
    let upper = page.pixels.get(top * page.width + left..top * page.width + left + 2)?;
    let lower = page.pixels.get((top + 1) * page.width + left..(top + 1) * page.width + left + 2)?;
    let between = |pair: &[u8]| match pair {
        [a, b] => f64::from(*a) * (1.0 - part_x) + f64::from(*b) * part_x,
        _ => 255.0,
    };
    Some((between(upper) * (1.0 - part_y) + between(lower) * part_y).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORNERS: [[f64; 2]; 4] = [[120.0, 80.0], [520.0, 130.0], [560.0, 700.0], [60.0, 640.0]];

    #[test]
    fn the_corners_go_where_they_were_and_lines_stay_lines() {
        let flat = Flat::new(CORNERS, [400, 560]).expect("a map");
        let near = |(x, y): (f64, f64), expected: [f64; 2]| (x - expected[0]).hypot(y - expected[1]) < 1e-6;
        assert!(near(flat.onto(0.0, 0.0), CORNERS[0]) && near(flat.onto(400.0, 0.0), CORNERS[1]));
        assert!(near(flat.onto(400.0, 560.0), CORNERS[2]) && near(flat.onto(0.0, 560.0), CORNERS[3]));
        // The diagonals of a square meet in its middle, in perspective too.
        let (x, y) = flat.onto(200.0, 280.0);
        let across = |a: [f64; 2], b: [f64; 2]| (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
        assert!(across(CORNERS[0], CORNERS[2]).abs() < 1e-6 && across(CORNERS[1], CORNERS[3]).abs() < 1e-6);
    }

    #[test]
    fn a_mark_is_seen_where_the_map_says() {
        let mut photograph = Gray { width: 640, height: 760, pixels: vec![200; 640 * 760] };
        let flat = Flat::new(CORNERS, [400, 560]).expect("a map");
        let (x, y) = flat.onto(100.5, 300.5);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside the image")]
        let (x, y) = (x as usize, y as usize);
        for row in y - 3..y + 4 {
            photograph.pixels[row * 640 + x - 3..row * 640 + x + 4].fill(0);
        }
        let sheet = flat.gray(&photograph, 1.0);
        assert!(sheet.row(300)[100] < 20, "{}", sheet.row(300)[100]);
        assert!(sheet.row(320)[100] > 180 && sheet.row(300)[130] > 180);
    }

    #[test]
    fn points_on_one_line_make_no_sheet() {
        assert_eq!(Flat::new([[0.0, 0.0], [10.0, 10.0], [20.0, 20.0], [30.0, 30.0]], [10, 10]), None);
    }
}
