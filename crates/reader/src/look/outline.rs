//! The outline of a stamp: a ring or a box fitted to the ink of a place.
//!
//! Rings are found from triples of the outermost points, as in M. A. Fischler and R. C. Bolles, "Random sample consensus", Communications of the
//! ACM 24 (1981), with a fixed sequence instead of chance; boxes from the angle at which rows and columns of ink are sharpest.

/// Directions in which the outermost point is looked for.
const DIRECTIONS: usize = 120;
/// Triples that are tried.
const TRIPLES: usize = 240;
/// Steepest lean of a box, in degrees from the edges of the page.
const STEEPEST: f64 = 16.0;
/// Points that are looked at to find the lean.
const MOST_POINTS: usize = 2_500;
/// Part of a side that ink has to follow.
const SIDE: f64 = 0.62;

/// Holds the ink of one place, pixel by pixel.
#[derive(Clone, Debug)]
pub(crate) struct Ink {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
    on: Vec<bool>,
    points: Vec<[f64; 2]>,
}

/// Holds a shape that ink follows all around, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outline {
    /// A circle.
    Ring { centre: [f64; 2], radius: f64 },
    /// An ellipse whose long axis leans by `angle` (radians).
    Oval { centre: [f64; 2], radii: [f64; 2], angle: f64 },
    /// A rectangle that leans by `angle` (radians).
    Box { centre: [f64; 2], half: [f64; 2], angle: f64 },
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a page"
)]
impl Ink {
    /// Gathers points; `None` when there are none.
    pub(crate) fn new(points: &[[usize; 2]]) -> Option<Self> {
        let (left, right) = span(points.iter().map(|point| point[0]))?;
        let (top, bottom) = span(points.iter().map(|point| point[1]))?;
        let (width, height) = (right - left + 1, bottom - top + 1);
        let mut on = vec![false; width * height];
        for [x, y] in points {
            if let Some(on) = on.get_mut((y - top) * width + x - left) {
                *on = true;
            }
        }
        let points = points.iter().map(|[x, y]| [*x as f64, *y as f64]).collect();
        Some(Self { left, top, width, height, on, points })
    }

    /// Returns the points.
    pub(crate) fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    // Whether there is ink within a pixel or two.
    fn near(&self, [x, y]: [f64; 2], reach: i64) -> bool {
        let (x, y) = (x.round() as i64 - self.left as i64, y.round() as i64 - self.top as i64);
        (-reach..=reach).any(|down| {
            (-reach..=reach).any(|across| {
                let (x, y) = (x + across, y + down);
                (0..self.width as i64).contains(&x)
                    && (0..self.height as i64).contains(&y)
                    && self.on.get(y as usize * self.width + x as usize).copied().unwrap_or(false)
            })
        })
    }

    /// Returns the part of an outline that ink follows, 0 to 1.
    pub(crate) fn follows(&self, outline: &Outline, reach: i64) -> f64 {
        let track = outline.track(0.0);
        track.iter().filter(|point| self.near(**point, reach)).count() as f64 / track.len().max(1) as f64
    }

    /// Returns the part of a track that has ink near it, 0 to 1.
    pub(crate) fn near_share(&self, track: &[[f64; 2]]) -> f64 {
        track.iter().filter(|point| self.near(**point, 1)).count() as f64 / track.len().max(1) as f64
    }

    /// Returns the longest stretch of a closed track that has ink near it all along, or is hidden, as a part of the track.
    pub(crate) fn longest_run(&self, track: &[[f64; 2]], hidden: &dyn Fn([f64; 2]) -> bool) -> f64 {
        let met: Vec<bool> = track.iter().map(|point| self.near(*point, 1) || hidden(*point)).collect();
        let (mut run, mut longest) = (0usize, 0usize);
        // Twice around: a stretch may go over the end.
        for met in met.iter().chain(&met) {
            run = if *met { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        longest.min(met.len()) as f64 / met.len().max(1) as f64
    }

    /// Returns width and height of each piece of ink that hangs together and is more than a speck.
    pub(crate) fn pieces(&self) -> Vec<[f64; 2]> {
        let mut free = self.on.clone();
        let mut pieces = Vec::new();
        for start in 0..free.len() {
            if !free.get(start).copied().unwrap_or(false) {
                continue;
            }
            free[start] = false;
            let (mut open, mut count) = (vec![start], 0usize);
            let mut limits = [usize::MAX, usize::MAX, 0, 0];
            while let Some(place) = open.pop() {
                let (x, y) = (place % self.width, place / self.width);
                count += 1;
                limits = [limits[0].min(x), limits[1].min(y), limits[2].max(x), limits[3].max(y)];
                for row in y.saturating_sub(1)..(y + 2).min(self.height) {
                    for column in x.saturating_sub(1)..(x + 2).min(self.width) {
                        if let Some(free) = free.get_mut(row * self.width + column).filter(|free| **free) {
                            *free = false;
                            open.push(row * self.width + column);
                        }
                    }
                }
            }
            if count >= 4 {
                pieces.push([(limits[2] - limits[0] + 1) as f64, (limits[3] - limits[1] + 1) as f64]);
            }
        }
        pieces
    }

    /// Returns the circle that ink follows best, with radii between the two given.
    pub(crate) fn ring(&self, [least, most]: [f64; 2]) -> Option<(Outline, f64)> {
        let rim = self.rim();
        if rim.len() < 12 {
            return None;
        }
        let (mut best, mut worth) = (None, 0.0);
        let mut state = 0x9e37_79b9_7f4a_7c15u64;
        let mut draw = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % rim.len()
        };
        for _ in 0..TRIPLES {
            let triple = [draw(), draw(), draw()].map(|index| rim[index]);
            let Some(ring) = through(triple).filter(|(_, radius)| (least..=most).contains(radius)) else {
                continue;
            };
            let follows = self.near_share(&around(ring));
            if follows > worth {
                (best, worth) = (Some(ring), follows);
            }
        }
        // The best of the triples, moved to the middle of what lies on it.
        let (centre, radius) = best?;
        let reach = (0.05 * radius).max(2.0);
        let close: Vec<[f64; 2]> = self
            .points
            .iter()
            .filter(|point| (distance(**point, centre) - radius).abs() <= reach)
            .copied()
            .collect();
        let first = Outline::Ring { centre, radius };
        let fitted = fitted_circle(&close).filter(|(_, radius)| (least..=most).contains(radius));
        let second = fitted.map(|(centre, radius)| Outline::Ring { centre, radius });
        let rated = |outline: Outline| (outline, self.follows(&outline, 1));
        [Some(first), second].into_iter().flatten().map(rated).max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Returns the ellipse that touches the place's edges, where ink follows it.
    pub(crate) fn oval(&self, [least, most]: [f64; 2]) -> Option<(Outline, f64)> {
        let points = self.sampled();
        let turns = (-5..=5).map(|step| f64::from(step) * 3.0f64.to_radians());
        let ovals = turns.filter_map(|angle| {
            let (sin, cos) = angle.sin_cos();
            let along = points.iter().map(|[x, y]| x * cos + y * sin);
            let across = points.iter().map(|[x, y]| y * cos - x * sin);
            let (along, across) = (edges(along)?, edges(across)?);
            let radii = [(along[1] - along[0]) / 2.0, (across[1] - across[0]) / 2.0];
            let (u, v) = (f64::midpoint(along[0], along[1]), f64::midpoint(across[0], across[1]));
            let centre = [u * cos - v * sin, u * sin + v * cos];
            let longest = radii[0].max(radii[1]);
            let fits = (least..=most).contains(&longest) && longest < 2.4 * radii[0].min(radii[1]);
            fits.then_some(Outline::Oval { centre, radii, angle })
        });
        ovals.map(|outline| (outline, self.follows(&outline, 2))).max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Returns the box whose four sides ink follows, and how well it follows the worst of them.
    pub(crate) fn boxed(&self) -> Option<(Outline, f64)> {
        let angle = self.lean()?;
        let (sin, cos) = angle.sin_cos();
        let turned: Vec<[f64; 2]> =
            self.points.iter().map(|[x, y]| [x * cos + y * sin, y * cos - x * sin]).collect();
        let (columns, rows) =
            (edges(turned.iter().map(|point| point[0]))?, edges(turned.iter().map(|point| point[1]))?);
        let (left, top) = (columns[0].floor(), rows[0].floor());
        let (width, height) = ((columns[1] - left) as usize + 2, (rows[1] - top) as usize + 2);
        let mut on = vec![false; width * height];
        for [u, v] in &turned {
            let (u, v) = ((u - left).max(0.0) as usize, (v - top).max(0.0) as usize);
            if let Some(on) = on.get_mut(v.min(height - 1) * width + u.min(width - 1)) {
                *on = true;
            }
        }
        let at = |u: usize, v: usize| on.get(v * width + u).copied().unwrap_or(false);
        // Two pixels thick, for the lean is not exact.
        let row = |v: usize| (0..width).filter(|u| at(*u, v) || v + 1 < height && at(*u, v + 1)).count();
        let lines: Vec<usize> = (0..height).map(row).collect();
        let needed = SIDE * *lines.iter().max()? as f64;
        let upper = lines.iter().position(|count| *count as f64 >= needed)?;
        let lower = lines.iter().rposition(|count| *count as f64 >= needed)?;
        if lower < upper + 8 {
            return None;
        }
        let column = |u: usize| {
            (upper..=lower).filter(|v| at(u, *v) || u + 1 < width && at(u + 1, *v)).count() as f64
                / (lower - upper + 1) as f64
        };
        let sides: Vec<f64> = (0..width).map(column).collect();
        let first = sides.iter().position(|part| *part >= SIDE)?;
        let last = sides.iter().rposition(|part| *part >= SIDE)?;
        if last < first + 8 {
            return None;
        }
        let across = |v: usize| {
            (first..=last).filter(|u| at(*u, v) || v + 1 < height && at(*u, v + 1)).count() as f64
                / (last - first + 1) as f64
        };
        let best = |from: usize, to: usize, of: &dyn Fn(usize) -> f64| {
            (from.saturating_sub(1)..=to + 1).map(of).fold(0.0, f64::max)
        };
        let worst = [
            best(upper, upper, &across),
            best(lower, lower, &across),
            best(first, first, &column),
            best(last.saturating_sub(1), last, &column),
        ]
        .into_iter()
        .fold(1.0, f64::min);
        let (u, v) = (left + (first + last) as f64 / 2.0, top + (upper + lower) as f64 / 2.0);
        let outline = Outline::Box {
            centre: [u * cos - v * sin, u * sin + v * cos],
            half: [(last - first) as f64 / 2.0, (lower - upper) as f64 / 2.0],
            angle,
        };
        (worst >= SIDE).then_some((outline, worst))
    }

    /// Returns the lean (radians) at which rows and columns of ink are sharpest.
    pub(crate) fn lean(&self) -> Option<f64> {
        let points = self.sampled();
        let sharpness = |degrees: f64| {
            let (sin, cos) = degrees.to_radians().sin_cos();
            let profile = |of: &dyn Fn(&[f64; 2]) -> f64| {
                let values: Vec<f64> = points.iter().map(of).collect();
                let [least, most] = edges(values.iter().copied()).unwrap_or_default();
                let mut counts = vec![0.0f64; (most - least) as usize + 2];
                for value in values {
                    if let Some(count) = counts.get_mut((value - least) as usize) {
                        *count += 1.0;
                    }
                }
                counts.iter().map(|count| count * count).sum::<f64>()
            };
            profile(&|[x, y]| x * cos + y * sin) + profile(&|[x, y]| y * cos - x * sin)
        };
        let search = |from: f64, to: f64, step: f64| {
            let count = ((to - from) / step).round() as usize;
            (0..=count)
                .map(|index| from + index as f64 * step)
                .map(|degrees| (degrees, sharpness(degrees)))
                .max_by(|a, b| a.1.total_cmp(&b.1))
        };
        let (coarse, _) = search(-STEEPEST, STEEPEST, 1.0)?;
        let (fine, _) = search(coarse - 1.0, coarse + 1.0, 0.25)?;
        (points.len() >= 40).then_some(fine.to_radians())
    }

    fn sampled(&self) -> Vec<[f64; 2]> {
        let step = self.points.len().div_ceil(MOST_POINTS).max(1);
        self.points.iter().step_by(step).copied().collect()
    }

    // The outermost point in each direction from the middle.
    fn rim(&self) -> Vec<[f64; 2]> {
        let count = self.points.len().max(1) as f64;
        let sum = self.points.iter().fold([0.0, 0.0], |sum, point| [sum[0] + point[0], sum[1] + point[1]]);
        let middle = sum.map(|sum| sum / count);
        let mut farthest: Vec<Option<([f64; 2], f64)>> = vec![None; DIRECTIONS];
        for point in &self.points {
            let (x, y) = (point[0] - middle[0], point[1] - middle[1]);
            let turn = (y.atan2(x) / std::f64::consts::TAU).rem_euclid(1.0);
            let far = x.hypot(y);
            if let Some(entry) = farthest.get_mut((turn * DIRECTIONS as f64) as usize)
                && entry.is_none_or(|(_, before)| far > before)
            {
                *entry = Some((*point, far));
            }
        }
        farthest.into_iter().flatten().map(|(point, _)| point).collect()
    }
}

impl Outline {
    /// Returns how deep a point lies inside, in pixels; negative outside.
    pub(crate) fn depth(&self, [x, y]: [f64; 2]) -> f64 {
        let inside = |centre: [f64; 2], angle: f64| {
            let (sin, cos) = angle.sin_cos();
            let (dx, dy) = (x - centre[0], y - centre[1]);
            [dx * cos + dy * sin, dy * cos - dx * sin]
        };
        match *self {
            Self::Ring { centre, radius } => radius - distance([x, y], centre),
            Self::Oval { centre, radii, angle } => {
                let [u, v] = inside(centre, angle);
                (1.0 - (u / radii[0].max(1.0)).hypot(v / radii[1].max(1.0))) * radii[0].min(radii[1])
            }
            Self::Box { centre, half, angle } => {
                let [u, v] = inside(centre, angle);
                (half[0] - u.abs()).min(half[1] - v.abs())
            }
        }
    }

    /// Returns points along the outline a pixel or so apart, moved inwards by `inset` pixels.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "pixels of a page"
    )]
    pub(crate) fn track(&self, inset: f64) -> Vec<[f64; 2]> {
        let round = |centre: [f64; 2], radii: [f64; 2], angle: f64| {
            let (sin, cos) = angle.sin_cos();
            let count = (std::f64::consts::TAU * radii[0].max(radii[1]) / 1.5).clamp(24.0, 2_000.0) as usize;
            (0..count)
                .map(|step| {
                    let (v, u) = (std::f64::consts::TAU * step as f64 / count as f64).sin_cos();
                    let (u, v) = (u * (radii[0] - inset), v * (radii[1] - inset));
                    [centre[0] + u * cos - v * sin, centre[1] + u * sin + v * cos]
                })
                .collect()
        };
        match *self {
            Self::Ring { centre, radius } => round(centre, [radius, radius], 0.0),
            Self::Oval { centre, radii, angle } => round(centre, radii, angle),
            Self::Box { centre, half, angle } => {
                let (sin, cos) = angle.sin_cos();
                let [a, b] = [half[0] - inset, half[1] - inset];
                let corners = [[-a, -b], [a, -b], [a, b], [-a, b], [-a, -b]];
                let mut track = Vec::new();
                for pair in corners.windows(2) {
                    let count = (distance(pair[0], pair[1]) / 1.5).clamp(2.0, 2_000.0) as usize;
                    track.extend((0..count).map(|step| {
                        let part = step as f64 / count as f64;
                        let u = pair[0][0] + (pair[1][0] - pair[0][0]) * part;
                        let v = pair[0][1] + (pair[1][1] - pair[0][1]) * part;
                        [centre[0] + u * cos - v * sin, centre[1] + u * sin + v * cos]
                    }));
                }
                track
            }
        }
    }

    /// Returns the area within, in pixels.
    pub(crate) fn area(&self) -> f64 {
        match *self {
            Self::Ring { radius, .. } => std::f64::consts::PI * radius * radius,
            Self::Oval { radii, .. } => std::f64::consts::PI * radii[0] * radii[1],
            Self::Box { half, .. } => 4.0 * half[0] * half[1],
        }
    }

    /// Returns the upright box around the outline: left, top, right, bottom.
    pub(crate) fn bounds(&self) -> [f64; 4] {
        self.track(0.0).iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |around, [x, y]| {
            [around[0].min(*x), around[1].min(*y), around[2].max(*x), around[3].max(*y)]
        })
    }
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn span(values: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
    values.fold(None, |span, value| {
        Some(span.map_or((value, value), |(least, most): (usize, usize)| (least.min(value), most.max(value))))
    })
}

fn edges(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    values.fold(None, |span, value| {
        Some(span.map_or([value, value], |[least, most]: [f64; 2]| [least.min(value), most.max(value)]))
    })
}

// Points on a circle, enough to tell a good one from a bad one.
fn around((centre, radius): ([f64; 2], f64)) -> Vec<[f64; 2]> {
    (0..72)
        .map(|step| {
            let (sin, cos) = (std::f64::consts::TAU * f64::from(step) / 72.0).sin_cos();
            [centre[0] + radius * cos, centre[1] + radius * sin]
        })
        .collect()
}

// The circle through three points.
fn through([a, b, c]: [[f64; 2]; 3]) -> Option<([f64; 2], f64)> {
    let (b, c) = ([b[0] - a[0], b[1] - a[1]], [c[0] - a[0], c[1] - a[1]]);
    let twice = 2.0 * (b[0] * c[1] - b[1] * c[0]);
    if twice.abs() < 1.0 {
        return None;
    }
    let (bb, cc) = (b[0] * b[0] + b[1] * b[1], c[0] * c[0] + c[1] * c[1]);
    let (x, y) = ((c[1] * bb - b[1] * cc) / twice, (b[0] * cc - c[0] * bb) / twice);
    Some(([a[0] + x, a[1] + y], x.hypot(y)))
}

// The circle of least squares (I. Kåsa, IEEE Transactions on Instrumentation and Measurement 25, 1976).
#[expect(clippy::cast_precision_loss, reason = "pixels of a place")]
fn fitted_circle(points: &[[f64; 2]]) -> Option<([f64; 2], f64)> {
    let count = points.len() as f64;
    if points.len() < 12 {
        return None;
    }
    let mean = points.iter().fold([0.0, 0.0], |sum, [x, y]| [sum[0] + x / count, sum[1] + y / count]);
    let [mut xx, mut xy, mut yy, mut xz, mut yz, mut z] = [0.0; 6];
    for [x, y] in points {
        let (x, y) = (x - mean[0], y - mean[1]);
        let square = x * x + y * y;
        xx += x * x;
        xy += x * y;
        yy += y * y;
        xz += x * square;
        yz += y * square;
        z += square;
    }
    let determinant = 2.0 * (xx * yy - xy * xy);
    if determinant.abs() < 1e-6 {
        return None;
    }
    let (x, y) = ((xz * yy - yz * xy) / determinant, (yz * xx - xz * xy) / determinant);
    Some(([mean[0] + x, mean[1] + y], (z / count + x * x + y * y).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(is_ink: impl Fn(f64, f64) -> bool) -> Ink {
        let mut points = Vec::new();
        for y in 0..300usize {
            for x in 0..400usize {
                #[expect(clippy::cast_precision_loss, reason = "a small sheet")]
                if is_ink(x as f64, y as f64) {
                    points.push([x, y]);
                }
            }
        }
        Ink::new(&points).expect("ink")
    }

    #[test]
    fn a_ring_is_found_though_a_line_runs_through_it() {
        let ink = drawn(|x, y| {
            ((x - 200.0).hypot(y - 140.0) - 60.0).abs() < 2.0
                || (y - 150.0).abs() < 2.0 && (180.0..300.0).contains(&x)
        });
        let (outline, follows) = ink.ring([20.0, 100.0]).expect("a ring");
        let Outline::Ring { centre, radius } = outline else { panic!("a ring") };
        assert!(distance(centre, [200.0, 140.0]) < 1.5 && (radius - 60.0).abs() < 1.5, "{outline:?}");
        assert!(follows > 0.95, "{follows}");
    }

    #[test]
    fn a_leaning_box_is_found_with_its_lean() {
        let (sin, cos) = 6.0f64.to_radians().sin_cos();
        let ink = drawn(|x, y| {
            let (x, y) = (x - 200.0, y - 150.0);
            let (u, v) = ((x * cos + y * sin).abs(), (y * cos - x * sin).abs());
            u < 92.0 && v < 42.0 && (u > 89.0 || v > 39.0) || v < 4.0 && u < 60.0
        });
        let (outline, worst) = ink.boxed().expect("a box");
        let Outline::Box { half, angle, .. } = outline else { panic!("a box") };
        assert!((angle.to_degrees() - 6.0).abs() < 0.8, "{}", angle.to_degrees());
        assert!((half[0] - 90.0).abs() < 3.0 && (half[1] - 40.0).abs() < 3.0, "{half:?}");
        assert!(worst > 0.8, "{worst}");
        assert!(outline.depth([200.0, 150.0]) > 30.0 && outline.depth([10.0, 10.0]) < 0.0);
    }

    #[test]
    fn rows_of_text_have_no_outline() {
        let ink = drawn(|x, y| {
            (40.0..340.0).contains(&x) && (60.0..220.0).contains(&y) && y % 24.0 < 9.0 && x % 14.0 < 6.0
        });
        assert!(ink.boxed().is_none(), "{:?}", ink.boxed());
        assert!(ink.ring([20.0, 150.0]).is_none_or(|(_, follows)| follows < 0.6));
    }
}
