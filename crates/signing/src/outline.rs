//! Text as filled outlines: it needs no font in the file, so that a stamp never breaks PDF/A.

use crate::error::SigningError;
use std::fmt::Write as _;
use ttf_parser::{Face, OutlineBuilder};

/// Draws text with one font.
pub(crate) struct Pen<'a> {
    face: Face<'a>,
}

impl<'a> Pen<'a> {
    pub(crate) fn new(font: &'a [u8]) -> Result<Self, SigningError> {
        let face = Face::parse(font, 0).map_err(|error| SigningError::Stamp { detail: error.to_string() })?;
        Ok(Self { face })
    }

    fn scale(&self, size: f64) -> f64 {
        size / f64::from(self.face.units_per_em())
    }

    /// Returns the width of `text` in points.
    pub(crate) fn width(&self, text: &str, size: f64) -> f64 {
        let units: u32 = text
            .chars()
            .filter_map(|letter| self.face.glyph_hor_advance(self.glyph(letter)))
            .map(u32::from)
            .sum();
        f64::from(units) * self.scale(size)
    }

    fn glyph(&self, letter: char) -> ttf_parser::GlyphId {
        self.face.glyph_index(letter).unwrap_or_default()
    }

    /// Appends the paths of `text` with its baseline at `(x, y)`.
    pub(crate) fn draw(&self, text: &str, size: f64, x: f64, y: f64, paths: &mut String) {
        let scale = self.scale(size);
        let mut left = x;
        for letter in text.chars() {
            let glyph = self.glyph(letter);
            let mut path = Path { paths, left, base: y, scale, last: (0.0, 0.0) };
            self.face.outline_glyph(glyph, &mut path);
            left += f64::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
        }
    }

    /// Breaks `text` into lines no wider than `width`; a word that is too wide stands alone.
    pub(crate) fn wrap(&self, text: &str, size: f64, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

struct Path<'a> {
    paths: &'a mut String,
    left: f64,
    base: f64,
    scale: f64,
    last: (f64, f64),
}

impl Path<'_> {
    fn point(&self, x: f32, y: f32) -> (f64, f64) {
        (self.left + f64::from(x) * self.scale, self.base + f64::from(y) * self.scale)
    }

    fn push(&mut self, points: &[(f64, f64)], operator: &str) {
        for (x, y) in points {
            let _ = write!(self.paths, "{} {} ", number(*x), number(*y));
        }
        self.paths.push_str(operator);
        self.paths.push('\n');
        if let Some(last) = points.last() {
            self.last = *last;
        }
    }
}

impl OutlineBuilder for Path<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(&[to], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(&[to], "l");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // A quadratic curve as a cubic one: the control points lie two thirds of the way to the old one.
        let (from, control, to) = (self.last, self.point(x1, y1), self.point(x, y));
        let toward = |end: (f64, f64)| {
            (end.0 + (control.0 - end.0) * 2.0 / 3.0, end.1 + (control.1 - end.1) * 2.0 / 3.0)
        };
        self.push(&[toward(from), toward(to), to], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let points = [self.point(x1, y1), self.point(x2, y2), self.point(x, y)];
        self.push(&points, "c");
    }

    fn close(&mut self) {
        self.paths.push_str("h\n");
    }
}

/// Writes a number with at most two decimals.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let trimmed = text.trim_end_matches('0').trim_end_matches('.');
    if matches!(trimmed, "" | "-0") { "0".into() } else { trimmed.into() }
}
