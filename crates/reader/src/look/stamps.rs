//! Stamps, told from printed logos, frames and pens by their shape.
//!
//! A rubber stamp is ink of one hue, with an outline all around that is thin, with sparse ink inside and little just outside. Print can look the
//! same: what is as level as the page's lines, or stands in a letterhead, and has nothing printed running through it, is left as ink of which no more
//! is said. Of ink without a colour each piece that hangs together is looked at, and only what leans or is round is a stamp.

use super::colour::{self, HUES, Tint};
use super::outline::{Ink, Outline};
use cotejo_domain::{Confidence, InkKind};

/// Side of a cell in pixels of the small picture: half a millimetre.
const CELL: usize = 2;
/// Cells that ink of one stamp may jump over.
const REACH: usize = 5;
/// Steps of hue that neighbouring ink of one stamp may differ by.
const SAME_HUE: u8 = 7;
/// Part of a page that may be coloured; more is a picture or coloured paper.
const MOST_COLOUR: f64 = 0.3;
/// How much the hues of one ink agree: the length of their mean vector.
const ONE_INK: f64 = 0.86;
/// Smallest and largest side of what is looked at, in millimetres.
const SIDES: [f64; 2] = [9.0, 150.0];
/// Radii of round stamps in millimetres.
const RADII: [f64; 2] = [7.5, 34.0];
/// Half sides of boxes in millimetres: least height, least width, most width.
const HALVES: [f64; 3] = [3.0, 6.0, 48.0];
/// Part of a ring or an oval that ink has to follow.
const ROUND: f64 = 0.74;
/// Part of a box that ink has to follow.
const FRAME: f64 = 0.8;
/// Longest unbroken stretch of an outline, as a part of the way round.
const RUN: f64 = 0.3;
/// Lean beyond that of the page's lines that print does not have, in degrees.
const LEANS: f64 = 1.4;
/// Part of the page, from above and from below, where letterheads stand.
const HEAD: f64 = 0.14;
const FOOT: f64 = 0.955;
/// Part of what a stamp without a colour goes around that is ink.
const INSIDE: [f64; 2] = [0.03, 0.5];
/// Least part of what a coloured stamp goes around that is ink of its hue.
const LEAST_INSIDE: f64 = 0.02;
/// Pixels along an outline at which foreign ink runs through, from which on it was printed before.
const CROSSED: usize = 5;
/// Places of one page that are looked at, of each kind of ink.
const MOST: usize = 40;
/// Pixels that ink without a colour may jump over: a ring that was scanned in black and white has gaps.
const NEUTRAL_REACH: usize = 2;
/// Lean of a box without a colour beyond that of the page's lines, in degrees: tables lean a little where paper is bent.
const NEUTRAL_LEANS: f64 = 2.0;
/// Part of a ring that ink without a colour has to follow.
const NEUTRAL_ROUND: f64 = 0.8;

/// Holds what is known of the sheet a stamp stands on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sheet {
    /// Pixels of a millimetre.
    pub(crate) millimetre: f64,
    /// Lean of the page's lines, in radians; `None` where there are too few to tell.
    pub(crate) skew: Option<f64>,
    /// Quarter turns clockwise, in degrees, that bring the page upright.
    pub(crate) turned: u16,
    /// Width and height in pixels.
    pub(crate) size: [f64; 2],
}

/// Holds one place in pixels of the small picture: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stamp {
    pub(crate) kind: InkKind,
    pub(crate) place: [f64; 4],
    pub(crate) confidence: Confidence,
    /// Whether print runs through its outline; only coloured stamps are asked.
    pub(crate) crossed: bool,
}

impl Sheet {
    /// Tells whether a point stands where letterheads and feet are printed.
    pub(crate) fn is_margin(&self, [x, y]: [f64; 2]) -> bool {
        let [width, height] = self.size.map(|side| side.max(1.0));
        let down = match self.turned {
            90 => x / width,
            180 => 1.0 - y / height,
            270 => 1.0 - x / width,
            _ => y / height,
        };
        !(HEAD..=FOOT).contains(&down)
    }

    /// Returns how many degrees an angle (radians) leans away from the page's lines and columns; 0 where those are not known.
    pub(crate) fn lean(&self, angle: f64) -> f64 {
        let Some(skew) = self.skew else { return 0.0 };
        let quarter = std::f64::consts::FRAC_PI_2;
        let apart = (angle - skew).rem_euclid(quarter);
        apart.min(quarter - apart).to_degrees()
    }
}

/// Finds the stamps of a picture `width` pixels wide, given what stands at each of its pixels. What has an outline but may be print comes as ink
/// without text where it has a colour, and not at all where it has none.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
pub(crate) fn find(tints: &[Tint], width: usize, sheet: &Sheet) -> Vec<Stamp> {
    let scene = Scene { tints, width, height: tints.len() / width.max(1), sheet };
    let coloured = tints.iter().filter(|tint| matches!(tint, Tint::Hue(_))).count();
    let mut stamps = Vec::new();
    if coloured as f64 <= MOST_COLOUR * tints.len() as f64 {
        stamps.extend(scene.groups().iter().filter_map(|points| scene.judge(points)));
    }
    let pieces = scene.neutral_pieces();
    stamps.extend(pieces.iter().filter_map(|points| scene.judge_neutral(points)));
    outermost(stamps)
}

// Without the inner rings of rings.
fn outermost(mut stamps: Vec<Stamp>) -> Vec<Stamp> {
    let area = |stamp: &Stamp| (stamp.place[2] - stamp.place[0]) * (stamp.place[3] - stamp.place[1]);
    stamps.sort_by(|a, b| area(b).total_cmp(&area(a)));
    let mut kept: Vec<Stamp> = Vec::new();
    for stamp in stamps {
        let [left, top, right, bottom] = stamp.place;
        let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
        let around = |other: &Stamp| {
            let [left, top, right, bottom] = other.place;
            (left..=right).contains(&x) && (top..=bottom).contains(&y)
        };
        if !kept.iter().any(around) {
            kept.push(stamp);
        }
    }
    kept
}

struct Scene<'s> {
    tints: &'s [Tint],
    width: usize,
    height: usize,
    sheet: &'s Sheet,
}

#[derive(Clone, Copy, Default)]
struct Cell {
    count: u16,
    hue: [f32; 2],
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
impl Scene<'_> {
    // Coloured pixels that hang together, over small gaps, and are of nearly one hue.
    fn groups(&self) -> Vec<Vec<[usize; 2]>> {
        let (across, down) = (self.width.div_ceil(CELL), self.height.div_ceil(CELL));
        let mut cells = vec![Cell::default(); across * down];
        for (index, tint) in self.tints.iter().enumerate() {
            let (x, y) = (index % self.width.max(1), index / self.width.max(1));
            if let Tint::Hue(hue) = tint
                && let Some(cell) = cells.get_mut(y / CELL * across + x / CELL)
            {
                let [cos, sin] = direction(*hue);
                cell.count += 1;
                cell.hue = [cell.hue[0] + cos, cell.hue[1] + sin];
            }
        }
        let mut taken: Vec<bool> = cells.iter().map(|cell| cell.count == 0).collect();
        let mut groups = Vec::new();
        for start in 0..cells.len() {
            if taken.get(start).copied().unwrap_or(true) {
                continue;
            }
            let members = gather(&cells, &mut taken, across, start);
            let (left, right) = ends(members.iter().map(|cell| cell % across));
            let (top, bottom) = ends(members.iter().map(|cell| cell / across));
            let [width, height] = [right - left + 1, bottom - top + 1]
                .map(|cells| (cells * CELL) as f64 / self.sheet.millimetre);
            let large = width.max(height) >= SIDES[0] && width.min(height) >= 0.4 * SIDES[0];
            let filled = members.len() as f64 > 0.85 * ((right - left + 1) * (bottom - top + 1)) as f64;
            if large && !filled && width.max(height) <= SIDES[1] {
                groups.push(members);
            }
        }
        groups.sort_by_key(|members| std::cmp::Reverse(members.len()));
        groups.truncate(MOST);
        groups.iter().map(|members| self.points(members, across)).collect()
    }

    fn points(&self, members: &[usize], across: usize) -> Vec<[usize; 2]> {
        let mut points = Vec::new();
        for cell in members {
            let (left, top) = (cell % across * CELL, cell / across * CELL);
            for y in top..(top + CELL).min(self.height) {
                for x in left..(left + CELL).min(self.width) {
                    if matches!(self.tints.get(y * self.width + x), Some(Tint::Hue(_))) {
                        points.push([x, y]);
                    }
                }
            }
        }
        points
    }

    fn judge(&self, points: &[[usize; 2]]) -> Option<Stamp> {
        let mut hue = [0.0f32; 2];
        for [x, y] in points {
            if let Some(Tint::Hue(step)) = self.tints.get(y * self.width + x) {
                let [cos, sin] = direction(*step);
                hue = [hue[0] + cos, hue[1] + sin];
            }
        }
        let agree = f64::from(hue[0].hypot(hue[1])) / points.len().max(1) as f64;
        if agree < ONE_INK {
            return None;
        }
        let ink = Ink::new(points)?;
        let millimetre = self.sheet.millimetre;
        // Print that runs through hides the ink below.
        let hidden = |point: [f64; 2]| self.at(point) == Some(Tint::Neutral);
        let outline = outline_of(&ink, millimetre, ROUND)
            .filter(|outline| is_stamp_like(&ink, outline, millimetre, &hidden));
        let Some(outline) = outline else { return self.leaning_rows(&ink) };
        // What stands within need not hang together with the outline, but it is the same ink.
        let own = hue_of(&Cell { count: 1, hue });
        let same = |tint: Tint| matches!(tint, Tint::Hue(hue) if colour::between(hue, own) <= SAME_HUE);
        let inside = self.inside(&outline, &same) / outline.area().max(1.0);
        if inside < LEAST_INSIDE || !self.is_on_paper(&outline) {
            return None;
        }
        let crossed = self.crossed(&outline) >= CROSSED;
        let [left, top, right, bottom] = outline.bounds();
        let middle = [f64::midpoint(left, right), f64::midpoint(top, bottom)];
        let sure = match outline {
            Outline::Box { angle, .. } => {
                let leans = self.sheet.lean(angle) >= LEANS;
                match (leans, crossed) {
                    (true, true) => Some(0.8),
                    (true, false) | (false, true) => Some(0.7),
                    (false, false) => None,
                }
            }
            _ if crossed => Some(0.8),
            _ => (!self.sheet.is_margin(middle)).then_some(0.7),
        };
        let (kind, confidence) =
            sure.map_or((InkKind::TintaSinTexto, 0.5), |confidence| (InkKind::Sello, confidence));
        Some(Stamp { kind, place: outline.bounds(), confidence: Confidence::new(confidence), crossed })
    }

    // Pieces of ink without a colour that are as large as a stamp.
    fn neutral_pieces(&self) -> Vec<Vec<[usize; 2]>> {
        let mut free: Vec<bool> = self.tints.iter().map(|tint| *tint == Tint::Neutral).collect();
        let mut pieces = Vec::new();
        for start in 0..free.len() {
            if !free.get(start).copied().unwrap_or(false) {
                continue;
            }
            let points = piece(&mut free, self.width, start);
            let (left, right) = ends(points.iter().map(|point| point[0]));
            let (top, bottom) = ends(points.iter().map(|point| point[1]));
            let sides = [right - left + 1, bottom - top + 1].map(|side| side as f64 / self.sheet.millimetre);
            let large =
                sides[0].max(sides[1]) >= 2.0 * HALVES[1] && sides[0].min(sides[1]) >= 2.0 * HALVES[0];
            // An outline is thin: most of what it goes around is not its own.
            let hollow = (points.len() as f64) < 0.4 * ((right - left + 1) * (bottom - top + 1)) as f64;
            if large && hollow && sides[0].max(sides[1]) <= 2.2 * HALVES[2] {
                pieces.push(points);
            }
        }
        pieces.sort_by_key(|points| std::cmp::Reverse(points.len()));
        pieces.truncate(MOST);
        pieces
    }

    fn judge_neutral(&self, points: &[[usize; 2]]) -> Option<Stamp> {
        let ink = Ink::new(points)?;
        let millimetre = self.sheet.millimetre;
        let outline = outline_of(&ink, millimetre, NEUTRAL_ROUND)?;
        let [left, top, right, bottom] = outline.bounds();
        let stands = match outline {
            Outline::Box { angle, .. } => self.sheet.lean(angle) >= NEUTRAL_LEANS,
            Outline::Ring { .. } => {
                !self.sheet.is_margin([f64::midpoint(left, right), f64::midpoint(top, bottom)])
            }
            Outline::Oval { .. } => false,
        };
        if !stands || !is_stamp_like(&ink, &outline, millimetre, &|_| false) {
            return None;
        }
        // What stands within need not hang together with the outline.
        let inside = self.inside(&outline, &|tint| tint != Tint::Paper) / outline.area().max(1.0);
        ((INSIDE[0]..=INSIDE[1]).contains(&inside) && self.is_on_paper(&outline)).then_some(Stamp {
            kind: InkKind::Sello,
            place: outline.bounds(),
            confidence: Confidence::new(0.55),
            crossed: false,
        })
    }

    // Whether paper is seen within an outline, and around it no picture.
    fn is_on_paper(&self, outline: &Outline) -> bool {
        let around = outline.track(-1.9 * self.sheet.millimetre);
        let coloured = around.iter().filter(|point| matches!(self.at(**point), Some(Tint::Hue(_)))).count();
        coloured as f64 <= 0.4 * around.len() as f64
            && self.inside(outline, &|tint| tint != Tint::Paper) <= 0.6 * outline.area()
    }

    // Pixels with such ink within an outline.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the picture")]
    fn inside(&self, outline: &Outline, is_ink: &dyn Fn(Tint) -> bool) -> f64 {
        let [left, top, right, bottom] = outline.bounds().map(|edge| edge.max(0.0) as usize);
        let mut count = 0usize;
        for y in top..=bottom.min(self.height.saturating_sub(1)) {
            for x in left..=right.min(self.width.saturating_sub(1)) {
                let inked = self.tints.get(y * self.width + x).is_some_and(|tint| is_ink(*tint));
                count +=
                    usize::from(inked && outline.depth([x as f64, y as f64]) > 1.3 * self.sheet.millimetre);
            }
        }
        count as f64
    }

    // Rows of letters of one ink that lean away from the page's lines: a stamp without an outline.
    fn leaning_rows(&self, ink: &Ink) -> Option<Stamp> {
        let millimetre = self.sheet.millimetre;
        let (width, height) = (ink.width as f64 / millimetre, ink.height as f64 / millimetre);
        if !(18.0..=95.0).contains(&width.max(height)) || !(5.0..=50.0).contains(&width.min(height)) {
            return None;
        }
        let lean = self.sheet.lean(ink.lean()?);
        let letters = ink.pieces();
        let mut heights: Vec<f64> = letters.iter().map(|size| size[0].min(size[1]) / millimetre).collect();
        heights.sort_by(f64::total_cmp);
        let middle = heights.get(heights.len() / 2).copied()?;
        let alike =
            letters.iter().filter(|size| size[0].max(size[1]) / millimetre < 3.2 * middle.max(0.8)).count();
        let density = ink.points().len() as f64 / (ink.width * ink.height).max(1) as f64;
        let written =
            letters.len() >= 10 && alike * 5 >= letters.len() * 4 && (0.06..0.45).contains(&density);
        let place = [ink.left, ink.top, ink.left + ink.width, ink.top + ink.height].map(|edge| edge as f64);
        (written && (LEANS + 0.6..=14.0).contains(&lean)).then_some(Stamp {
            kind: InkKind::Sello,
            place,
            confidence: Confidence::new(0.55),
            crossed: false,
        })
    }

    // Pixels along an outline at which ink without a colour runs from outside to inside.
    fn crossed(&self, outline: &Outline) -> usize {
        let step = 0.65 * self.sheet.millimetre;
        let (inner, outer) = (outline.track(step), outline.track(-step));
        // The three tracks have different numbers of points: they are walked in parts of the way round.
        let count = inner.len().max(1);
        (0..count)
            .filter(|index| {
                let at = |track: &[[f64; 2]]| track.get(index * track.len() / count).copied();
                [at(&inner), at(&outer)]
                    .into_iter()
                    .flatten()
                    .filter(|point| self.at(*point) == Some(Tint::Neutral))
                    .count()
                    == 2
            })
            .count()
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be inside")]
    fn at(&self, [x, y]: [f64; 2]) -> Option<Tint> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f64 && y < self.height as f64;
        let tint = || self.tints.get(y as usize * self.width + x as usize).copied();
        if inside { tint() } else { None }
    }
}

// The outline of a place, where it has one of the size of a stamp; `follows` is the part of a round one that ink has to follow.
#[expect(clippy::cast_precision_loss, reason = "pixels of a place")]
fn outline_of(ink: &Ink, millimetre: f64, follows: f64) -> Option<Outline> {
    let radii = RADII.map(|radius| radius * millimetre);
    let round_enough = ink.width.min(ink.height) as f64 >= 1.6 * radii[0];
    let round = |found: Option<(Outline, f64)>| found.filter(|(_, part)| *part >= follows);
    let boxed = || {
        ink.boxed().map(|(outline, _)| outline).filter(|outline| match outline {
            Outline::Box { half, .. } => {
                let (short, long) = (half[0].min(half[1]) / millimetre, half[0].max(half[1]) / millimetre);
                short >= HALVES[0] && (HALVES[1]..=HALVES[2]).contains(&long)
            }
            _ => false,
        })
    };
    let ring = if round_enough { round(ink.ring(radii)) } else { None };
    let oval = || if round_enough { round(ink.oval(radii)) } else { None };
    ring.map(|(outline, _)| outline).or_else(boxed).or_else(|| oval().map(|(outline, _)| outline))
}

// Whether the outline is thin, with sparse ink within and little just outside.
#[expect(clippy::cast_precision_loss, reason = "pixels of a place")]
fn is_stamp_like(ink: &Ink, outline: &Outline, millimetre: f64, hidden: &dyn Fn([f64; 2]) -> bool) -> bool {
    let (mut inside, mut on) = (0usize, 0usize);
    for point in ink.points() {
        let depth = outline.depth(*point) / millimetre;
        inside += usize::from(depth > 1.3);
        on += usize::from(depth.abs() <= 1.3);
    }
    let track = outline.track(0.0).len().max(1) as f64 * 1.5;
    let thickness = on as f64 / track / millimetre;
    let density = inside as f64 / outline.area().max(1.0);
    let outer = outline.track(-1.9 * millimetre);
    let beyond = ink.near_share(&outer);
    // Rows of letters meet any circle often, but nowhere for long; the thick letters of a logo make a frame, but leave no room within it.
    let line = outline.track(0.0);
    let drawn = ink.longest_run(&line, hidden) >= RUN
        && match outline {
            Outline::Box { .. } => {
                ink.near_share(&line) >= FRAME && ink.near_share(&outline.track(1.7 * millimetre)) <= 0.45
            }
            _ => true,
        };
    density <= INSIDE[1] && thickness <= 1.7 && beyond <= 0.4 && drawn
}

fn direction(hue: u8) -> [f32; 2] {
    let (sin, cos) = (f32::from(hue) / f32::from(HUES) * std::f32::consts::TAU).sin_cos();
    [cos, sin]
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "steps of a circle")]
fn hue_of(cell: &Cell) -> u8 {
    let turn = (cell.hue[1].atan2(cell.hue[0]) / std::f32::consts::TAU).rem_euclid(1.0);
    ((turn * f32::from(HUES)).round() as u8) % HUES
}

fn gather(cells: &[Cell], taken: &mut [bool], across: usize, start: usize) -> Vec<usize> {
    let down = cells.len() / across.max(1);
    let (mut open, mut members) = (vec![start], Vec::new());
    if let Some(taken) = taken.get_mut(start) {
        *taken = true;
    }
    while let Some(place) = open.pop() {
        members.push(place);
        let own = cells.get(place).map(hue_of).unwrap_or_default();
        let (x, y) = (place % across, place / across);
        for row in y.saturating_sub(REACH)..(y + REACH + 1).min(down) {
            for column in x.saturating_sub(REACH)..(x + REACH + 1).min(across) {
                let next = row * across + column;
                if let (Some(free), Some(cell)) =
                    (taken.get_mut(next).filter(|taken| !**taken), cells.get(next))
                    && colour::between(own, hue_of(cell)) <= SAME_HUE
                {
                    *free = true;
                    open.push(next);
                }
            }
        }
    }
    members
}

// Takes the pixels that hang together with `start` out of `free`.
fn piece(free: &mut [bool], width: usize, start: usize) -> Vec<[usize; 2]> {
    let height = free.len() / width.max(1);
    let (mut open, mut points) = (vec![start], Vec::new());
    if let Some(free) = free.get_mut(start) {
        *free = false;
    }
    while let Some(place) = open.pop() {
        let (x, y) = (place % width, place / width);
        points.push([x, y]);
        for row in y.saturating_sub(NEUTRAL_REACH)..(y + NEUTRAL_REACH + 1).min(height) {
            for column in x.saturating_sub(NEUTRAL_REACH)..(x + NEUTRAL_REACH + 1).min(width) {
                if let Some(free) = free.get_mut(row * width + column).filter(|free| **free) {
                    *free = false;
                    open.push(row * width + column);
                }
            }
        }
    }
    points
}

fn ends(values: impl Iterator<Item = usize>) -> (usize, usize) {
    values.fold((usize::MAX, 0), |(least, most), value| (least.min(value), most.max(value)))
}

#[cfg(test)]
#[path = "stamps_tests.rs"]
mod tests;
