//! Finds the sheet in a photograph: four edges from a darker surrounding to paper.
//!
//! Edges vote for lines in the direction of their gradient (R. O. Duda and P. E. Hart, "Use of the Hough transformation to detect lines and curves in
//! pictures", Communications of the ACM 15, 1972), each side of the sheet by itself, since paper lies to another side of each. Of all combinations
//! the one stays whose four sides are seen along nearly their whole length, and only if there is a perspective or a turn to undo: an ordinary
//! scan, with a dark rim or without, is left as it is.

use crate::ink::Gray;

/// Long side of the picture that sheets are looked for in, in pixels.
const LONG_SIDE: usize = 480;
/// Least step of luminance from the surrounding to paper.
const STEP: i32 = 11;
/// How far outside of a side there must be no paper, in pixels: over the distance of two lines of print.
const FARTHER: [f64; 4] = [5.0, 7.5, 10.0, 12.5];
/// Steepest a side may lean from its edge of the picture, in degrees.
const STEEPEST: i32 = 38;
/// Lines that are kept for each side.
const MOST_LINES: usize = 10;
/// Least part of the picture that is sheet.
const LEAST_AREA: f64 = 0.28;
/// Part of each side that must be seen, and of all four together.
const SIDE_SEEN: f64 = 0.66;
const ALL_SEEN: f64 = 0.8;
/// Part of the picture that a corner may lie outside of it.
const OUTSIDE: f64 = 0.06;
/// Degrees that the corners of a sheet may be away from right angles, as a camera sees them.
const SLANTED: f64 = 32.0;
/// Below these there is nothing to undo: degrees of the corners from right angles, and of the sides from the picture's.
const SQUARE: f64 = 1.4;
const LEVEL: f64 = 4.0;
/// Part of a sheet that is paper.
const PAPER: f64 = 0.55;

/// Holds a line as the points with `x · cos + y · sin = distance`.
#[derive(Clone, Copy, Debug)]
struct Line {
    cos: f64,
    sin: f64,
    distance: f64,
}

/// Returns the corners of the sheet in pixels of the page: top left, top right, bottom right, bottom left as shown.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
pub(crate) fn find(page: &Gray) -> Option<[[f64; 2]; 4]> {
    let factor = page.width.max(page.height).div_ceil(LONG_SIDE).max(1);
    let small = smaller(page, factor);
    if small.width < 120 || small.height < 120 {
        return None;
    }
    let picture = Picture::of(&small);
    let sides: Vec<Vec<Line>> = Side::ALL.iter().map(|side| picture.lines(*side)).collect();
    let [left, top, right, bottom] = sides.as_slice() else { return None };
    let mut best: Option<([[f64; 2]; 4], f64)> = None;
    for l in left {
        for t in top {
            for r in right {
                for b in bottom {
                    let Some(corners) = corners([*l, *t, *r, *b]) else { continue };
                    let least = best.map_or(0.0, |(_, worth)| worth);
                    if let Some(worth) = picture.worth(&corners, least) {
                        best = Some((corners, worth));
                    }
                }
            }
        }
    }
    let (coarse, _) = best?;
    if !picture.is_paper(&coarse) {
        return None;
    }
    let scale = factor as f64;
    let rough = coarse.map(|[x, y]| [x * scale, y * scale]);
    let fine =
        refined(page, &rough, 2.5 * scale).filter(|corners| is_sheet(corners, page.width, page.height))?;
    is_worth_undoing(&fine).then_some(fine)
}

// The mean of blocks: noise and letters fade, edges stay.
fn smaller(page: &Gray, factor: usize) -> Gray {
    let (width, height) = (page.width / factor, page.height / factor);
    let area = u32::try_from(factor * factor).unwrap_or(1).max(1);
    let mut pixels = Vec::with_capacity(width * height);
    let mut sums = vec![0u32; width];
    for y in 0..height {
        sums.fill(0);
        for row in y * factor..(y + 1) * factor {
            for (sum, block) in sums.iter_mut().zip(page.row(row).chunks_exact(factor)) {
                *sum += block.iter().map(|pixel| u32::from(*pixel)).sum::<u32>();
            }
        }
        pixels.extend(sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(255)));
    }
    Gray { width, height, pixels }
}

/// Names a side by where it stands; paper lies on its inner side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

impl Side {
    const ALL: [Self; 4] = [Self::Left, Self::Top, Self::Right, Self::Bottom];

    // Direction inwards, in degrees.
    fn inwards(self) -> i32 {
        match self {
            Self::Left => 0,
            Self::Top => 90,
            Self::Right => 180,
            Self::Bottom => 270,
        }
    }
}

struct Picture<'p> {
    page: &'p Gray,
    /// Pixels where luminance rises steeply: place, direction of the rise in degrees.
    edges: Vec<(f64, f64, i32)>,
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a small picture"
)]
impl<'p> Picture<'p> {
    fn of(page: &'p Gray) -> Self {
        let at = |x: usize, y: usize| i32::from(page.row(y).get(x).copied().unwrap_or(0));
        let mut edges = Vec::new();
        for y in 2..page.height.saturating_sub(2) {
            for x in 2..page.width.saturating_sub(2) {
                // Over five pixels: thin rules and letters, paper on both sides, fade, and the direction is true.
                let (mut across, mut down) = (0, 0);
                for near in 0..5 {
                    let (column, row) = (x + near - 2, y + near - 2);
                    across += at(x + 2, row) + at(x + 1, row) - at(x - 1, row) - at(x - 2, row);
                    down += at(column, y + 2) + at(column, y + 1) - at(column, y - 1) - at(column, y - 2);
                }
                if across.abs().max(down.abs()) >= 10 * STEP && is_border(page, [x, y], [across, down]) {
                    let degrees = f64::from(down).atan2(f64::from(across)).to_degrees().rem_euclid(360.0);
                    edges.push((x as f64, y as f64, degrees.round() as i32 % 360));
                }
            }
        }
        Self { page, edges }
    }

    // The lines most edges of one side vote for.
    fn lines(&self, side: Side) -> Vec<Line> {
        let reach = (self.page.width as f64).hypot(self.page.height as f64);
        let bins = reach as usize + 2;
        let angles = (2 * STEEPEST + 1) as usize;
        let mut votes = vec![0u32; angles * bins];
        let turned: Vec<(f64, f64)> = (-STEEPEST..=STEEPEST)
            .map(|lean| f64::from(side.inwards() + lean).to_radians().sin_cos())
            .collect();
        for (x, y, degrees) in &self.edges {
            let lean = (degrees - side.inwards() + 540).rem_euclid(360) - 180;
            for near in lean - 5..=lean + 5 {
                let Some((sin, cos)) =
                    usize::try_from(near + STEEPEST).ok().and_then(|index| turned.get(index))
                else {
                    continue;
                };
                // Distances run from minus to plus the diagonal: half a pixel's worth of it a bin.
                let bin = ((x * cos + y * sin + reach) / 2.0) as usize;
                if let Some(vote) = votes.get_mut((near + STEEPEST) as usize * bins + bin) {
                    *vote += 1;
                }
            }
        }
        let least = (self.page.width.min(self.page.height) / 4) as u32;
        let mut lines = Vec::new();
        while lines.len() < MOST_LINES {
            let Some((index, most)) = votes.iter().enumerate().max_by_key(|(_, votes)| **votes) else {
                break;
            };
            if *most < least {
                break;
            }
            let (angle, bin) = (index / bins, index % bins);
            let (sin, cos) = turned.get(angle).copied().unwrap_or_default();
            lines.push(Line { cos, sin, distance: (bin as f64 + 0.5) * 2.0 - reach });
            for row in angle.saturating_sub(4)..(angle + 5).min(angles) {
                let from = row * bins + bin.saturating_sub(3);
                if let Some(close) = votes.get_mut(from..(row * bins + (bin + 4).min(bins)).max(from)) {
                    close.fill(0);
                }
            }
        }
        lines
    }

    // Part of a side, within the picture, along which luminance rises inwards.
    fn seen(&self, from: [f64; 2], to: [f64; 2]) -> f64 {
        let length = (to[0] - from[0]).hypot(to[1] - from[1]).max(1.0);
        // Corners go clockwise: inwards is to the right of the way.
        let inwards = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
        let count = (length / 5.0) as usize;
        let (mut all, mut met) = (0usize, 0usize);
        for step in 0..count {
            let part = (step as f64 + 0.5) / count as f64;
            let place = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
            let at = |far: f64| self.at([place[0] + inwards[0] * far, place[1] + inwards[1] * far]);
            let inner = at(3.0).zip(at(4.5)).map(|(a, b)| a.max(b));
            let outer = at(-3.0).zip(at(-4.5)).map(|(a, b)| a.min(b));
            // Above a row of letters there is paper again: outside of a sheet there is none.
            let farther = FARTHER.iter().filter_map(|far| at(-far)).max();
            match (inner, outer) {
                (Some(inner), Some(outer)) => {
                    all += 1;
                    met += usize::from(
                        inner - outer >= STEP && farther.is_none_or(|far| inner - far >= STEP / 2),
                    );
                }
                // At the very edge of the picture nothing can be seen: half a witness.
                _ => all += usize::from(step % 2 == 0),
            }
        }
        met as f64 / all.max(1) as f64
    }

    fn at(&self, [x, y]: [f64; 2]) -> Option<i32> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.page.width as f64 && y < self.page.height as f64;
        inside.then(|| i32::from(self.page.row(y as usize).get(x as usize).copied().unwrap_or(0)))
    }

    // How much speaks for four corners; `None` when they are no sheet, or it is not more than `least`.
    fn worth(&self, corners: &[[f64; 2]; 4], least: f64) -> Option<f64> {
        let by_area = 0.35 * area(corners) / (self.page.width * self.page.height) as f64;
        if 1.0 + by_area <= least || !is_sheet(corners, self.page.width, self.page.height) {
            return None;
        }
        let mut sum = 0.0;
        for index in 0..4 {
            let seen = self.seen(corners[index], corners[(index + 1) % 4]);
            if seen < SIDE_SEEN {
                return None;
            }
            sum += seen / 4.0;
        }
        (sum >= ALL_SEEN && sum + by_area > least).then_some(sum + by_area)
    }

    // Most of a sheet is about as bright as its brightest part.
    fn is_paper(&self, corners: &[[f64; 2]; 4]) -> bool {
        let mut counts = [0usize; 256];
        for row in 0..40usize {
            for column in 0..40usize {
                let (u, v) = ((column as f64 + 0.5) / 40.0, (row as f64 + 0.5) / 40.0);
                let along = |axis: usize| {
                    let upper = corners[0][axis] * (1.0 - u) + corners[1][axis] * u;
                    let lower = corners[3][axis] * (1.0 - u) + corners[2][axis] * u;
                    upper * (1.0 - v) + lower * v
                };
                if let Some(value) =
                    self.at([along(0), along(1)]).and_then(|value| usize::try_from(value).ok())
                {
                    counts[value.min(255)] += 1;
                }
            }
        }
        let all: usize = counts.iter().sum();
        let mut left = all / 20;
        let bright = counts.iter().enumerate().rev().find(|(_, count)| {
            let found = **count > left;
            left = left.saturating_sub(**count);
            found
        });
        let bright = bright.map_or(255, |(value, _)| value);
        let paper: usize = counts.iter().skip(bright * 5 / 8).sum();
        bright >= 90 && paper as f64 >= PAPER * all as f64
    }
}

// Whether no paper is seen again for a while against the direction of the rise.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a small picture"
)]
fn is_border(page: &Gray, [x, y]: [usize; 2], [across, down]: [i32; 2]) -> bool {
    let (rise_x, rise_y) = (f64::from(across), f64::from(down));
    let length = rise_x.hypot(rise_y).max(1.0);
    let at = |far: f64| {
        let (x, y) = (x as f64 + far * rise_x / length, y as f64 + far * rise_y / length);
        let inside = x >= 0.0 && y >= 0.0 && x < page.width as f64 && y < page.height as f64;
        inside.then(|| i32::from(page.row(y as usize).get(x as usize).copied().unwrap_or(0)))
    };
    let Some(inner) = at(3.0) else { return false };
    FARTHER.iter().filter_map(|far| at(-far)).all(|outer| inner - outer >= STEP / 2)
}

fn corners([left, top, right, bottom]: [Line; 4]) -> Option<[[f64; 2]; 4]> {
    Some([meet(left, top)?, meet(top, right)?, meet(right, bottom)?, meet(bottom, left)?])
}

fn meet(one: Line, other: Line) -> Option<[f64; 2]> {
    let determinant = one.cos * other.sin - one.sin * other.cos;
    if determinant.abs() < 0.2 {
        return None;
    }
    let x = (one.distance * other.sin - other.distance * one.sin) / determinant;
    let y = (one.cos * other.distance - other.cos * one.distance) / determinant;
    Some([x, y])
}

fn area(corners: &[[f64; 2]; 4]) -> f64 {
    let twice: f64 = (0..4)
        .map(|index| {
            let (a, b) = (corners[index], corners[(index + 1) % 4]);
            a[0] * b[1] - b[0] * a[1]
        })
        .sum();
    twice / 2.0
}

// Degrees by which the corner at `index` is away from a right angle.
fn slant(corners: &[[f64; 2]; 4], index: usize) -> f64 {
    let (before, own, after) = (corners[(index + 3) % 4], corners[index], corners[(index + 1) % 4]);
    let (a, b) = ([before[0] - own[0], before[1] - own[1]], [after[0] - own[0], after[1] - own[1]]);
    let cos = (a[0] * b[0] + a[1] * b[1]) / (a[0].hypot(a[1]) * b[0].hypot(b[1])).max(1e-9);
    (cos.clamp(-1.0, 1.0).acos().to_degrees() - 90.0).abs()
}

/// Returns the lengths of the four sides: above, right, below, left.
pub(crate) fn sides(corners: &[[f64; 2]; 4]) -> [f64; 4] {
    std::array::from_fn(|index| {
        let (a, b) = (corners[index], corners[(index + 1) % 4]);
        (b[0] - a[0]).hypot(b[1] - a[1])
    })
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn is_sheet(corners: &[[f64; 2]; 4], width: usize, height: usize) -> bool {
    let (width, height) = (width as f64, height as f64);
    let inside = |[x, y]: &[f64; 2]| {
        (-OUTSIDE * width..=(1.0 + OUTSIDE) * width).contains(x)
            && (-OUTSIDE * height..=(1.0 + OUTSIDE) * height).contains(y)
    };
    let [above, right, below, left] = sides(corners);
    let alike = |a: f64, b: f64| a.min(b) >= 0.5 * a.max(b);
    let long = above.max(below).max(right).max(left);
    corners.iter().all(inside)
        && area(corners) >= LEAST_AREA * width * height
        && (0..4).all(|index| slant(corners, index) <= SLANTED)
        && alike(above, below)
        && alike(left, right)
        && above.min(below).min(left).min(right) >= 0.35 * long
}

// A sheet that is square to the picture needs nothing; one that only leans a little is levelled as any scan.
fn is_worth_undoing(corners: &[[f64; 2]; 4]) -> bool {
    let slanted = (0..4).map(|index| slant(corners, index)).fold(0.0, f64::max);
    let [above, right, below, left] = sides(corners);
    let narrower = (above.min(below) / above.max(below)).min(left.min(right) / left.max(right));
    let (a, b) = (corners[0], corners[1]);
    let lean = (b[1] - a[1]).atan2(b[0] - a[0]).to_degrees().abs();
    slanted >= SQUARE || narrower < 0.965 || lean > LEVEL
}

// Moves each side to where the step to paper is steepest in the page itself.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a page"
)]
fn refined(page: &Gray, rough: &[[f64; 2]; 4], reach: f64) -> Option<[[f64; 2]; 4]> {
    let at = |[x, y]: [f64; 2]| -> Option<i32> {
        let inside = x >= 0.0 && y >= 0.0 && x < page.width as f64 && y < page.height as f64;
        inside.then(|| i32::from(page.row(y as usize).get(x as usize).copied().unwrap_or(0)))
    };
    let mut lines = Vec::new();
    for index in 0..4 {
        let (from, to) = (rough[index], rough[(index + 1) % 4]);
        let length = (to[0] - from[0]).hypot(to[1] - from[1]).max(1.0);
        let inwards = [-(to[1] - from[1]) / length, (to[0] - from[0]) / length];
        let mut points = Vec::new();
        for step in 0..90u32 {
            let part = 0.04 + 0.92 * (f64::from(step) + 0.5) / 90.0;
            let place = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
            let mean = |middle: f64| -> Option<i32> {
                let values = [-2.0, -1.0, 0.0, 1.0, 2.0].map(|near| {
                    let far = middle + near;
                    at([place[0] + inwards[0] * far, place[1] + inwards[1] * far])
                });
                values.into_iter().try_fold(0, |sum, value| value.map(|value| sum + value))
            };
            let mut steepest: Option<(f64, i32)> = None;
            let mut far = -reach;
            while far <= reach {
                if let (Some(inner), Some(outer)) = (mean(far + 3.0), mean(far - 3.0))
                    && steepest.is_none_or(|(_, before)| inner - outer > before)
                {
                    steepest = Some((far, inner - outer));
                }
                far += 1.0;
            }
            if let Some((far, _)) = steepest.filter(|(_, rise)| *rise >= 5 * STEP) {
                points.push([place[0] + inwards[0] * far, place[1] + inwards[1] * far]);
            }
        }
        lines.push(fitted(points)?);
    }
    let [above, right, below, left] = lines.as_slice() else { return None };
    corners([*left, *above, *right, *below])
}

// The line most of the points lie on: fitted, what lies far from it left out, fitted again.
#[expect(clippy::cast_precision_loss, reason = "few points")]
fn fitted(mut points: Vec<[f64; 2]>) -> Option<Line> {
    for round in 0..5 {
        if points.len() < 20 {
            return None;
        }
        let count = points.len() as f64;
        let mean = points.iter().fold([0.0, 0.0], |sum, [x, y]| [sum[0] + x / count, sum[1] + y / count]);
        let [mut xx, mut xy, mut yy] = [0.0; 3];
        for [x, y] in &points {
            let (x, y) = (x - mean[0], y - mean[1]);
            xx += x * x;
            xy += x * y;
            yy += y * y;
        }
        // The normal is the direction the points spread least in.
        let along = 0.5 * (2.0 * xy).atan2(xx - yy);
        let (cos, sin) = (-along.sin(), along.cos());
        let line = Line { cos, sin, distance: mean[0] * cos + mean[1] * sin };
        let off = |[x, y]: &[f64; 2]| (x * cos + y * sin - line.distance).abs();
        if round == 4 {
            return Some(line);
        }
        let mut offs: Vec<f64> = points.iter().map(off).collect();
        offs.sort_by(f64::total_cmp);
        let limit = (2.5 * offs.get(offs.len() / 2).copied().unwrap_or_default()).max(1.5);
        points.retain(|point| off(point) <= limit);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perspective::Flat;

    // A sheet of dashes at four corners, seen on a surrounding that `around` paints.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small picture"
    )]
    fn photograph(corners: [[f64; 2]; 4], around: impl Fn(usize, usize) -> u8) -> Gray {
        let (width, height) = (1200usize, 1600usize);
        let pixels = (0..width * height).map(|index| around(index % width, index / width)).collect();
        let mut page = Gray { width, height, pixels };
        let flat = Flat::new(corners, [3000, 4200]).expect("a map");
        for v in 0..4200usize {
            for u in 0..3000usize {
                let line = (400..3800).contains(&v) && v % 110 < 40;
                let ink = line && (300..2600).contains(&u) && u % 90 < 60;
                let (x, y) = flat.onto(u as f64 + 0.5, v as f64 + 0.5);
                if x >= 0.0 && y >= 0.0 && x < width as f64 && y < height as f64 {
                    page.pixels[y as usize * width + x as usize] = if ink { 60 } else { 215 };
                }
            }
        }
        page
    }

    fn apart(found: [[f64; 2]; 4], true_ones: [[f64; 2]; 4]) -> f64 {
        found.iter().zip(true_ones).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1])).fold(0.0, f64::max)
    }

    const LEANING: [[f64; 2]; 4] = [[170.0, 160.0], [1010.0, 220.0], [1090.0, 1470.0], [80.0, 1420.0]];

    #[test]
    fn a_leaning_sheet_is_found_on_a_dark_and_on_a_cluttered_table() {
        let dark = photograph(LEANING, |_, _| 70);
        let found = find(&dark).expect("a sheet");
        assert!(apart(found, LEANING) < 3.0, "{found:?}");
        // Boards of wood, and another paper in a corner.
        let clutter = |x: usize, y: usize| {
            if x > 1100 && y < 300 { 235 } else { 90 + u8::try_from((x / 60 % 3) * 25 + y % 7).unwrap_or(0) }
        };
        let found = find(&photograph(LEANING, clutter)).expect("a sheet");
        assert!(apart(found, LEANING) < 4.0, "{found:?}");
    }

    #[test]
    fn a_scan_is_left_alone_with_a_dark_rim_and_without() {
        let rim = [[40.0, 30.0], [1170.0, 36.0], [1164.0, 1575.0], [34.0, 1569.0]];
        assert_eq!(find(&photograph(rim, |_, _| 20)), None, "square to the picture");
        let whole = [[-10.0, -10.0], [1210.0, -10.0], [1210.0, 1610.0], [-10.0, 1610.0]];
        assert_eq!(find(&photograph(whole, |_, _| 20)), None, "no edge to be seen");
        let cut = [[170.0, -300.0], [1010.0, -240.0], [1090.0, 1470.0], [80.0, 1420.0]];
        assert_eq!(find(&photograph(cut, |_, _| 70)), None, "an edge lies outside of the picture");
        let faint = photograph(LEANING, |_, _| 211);
        assert_eq!(find(&faint), None, "a surrounding as bright as paper");
    }

    #[test]
    fn a_sheet_turned_far_is_found_though_its_angles_are_right() {
        let (sin, cos) = 9.0f64.to_radians().sin_cos();
        let turned = [[-420.0, -590.0], [420.0, -590.0], [420.0, 590.0], [-420.0, 590.0]]
            .map(|[x, y]: [f64; 2]| [600.0 + x * cos - y * sin, 800.0 + x * sin + y * cos]);
        let found = find(&photograph(turned, |_, _| 80)).expect("a sheet");
        assert!(apart(found, turned) < 3.0, "{found:?}");
    }
}
