//! Gray rasters, and how much is drawn on them.

/// Holds a gray image, one byte a pixel, rows from the top without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gray {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<u8>,
}

/// Luminance below which a pixel counts as ink on white paper.
const INK: u8 = 160;
/// Most frequent luminance below which it is no paper.
const DARK: u8 = 110;
/// Ink needed for a page not to be blank: as much as three small letters at 200 dpi.
const LEAST_INK: usize = 120;

impl Gray {
    /// Returns a row of pixels.
    pub(crate) fn row(&self, y: usize) -> &[u8] {
        let start = y * self.width;
        self.pixels.get(start..start + self.width).unwrap_or_default()
    }

    /// Tells whether nothing is drawn: specks of dust and the dark rim of a scan do not count.
    pub(crate) fn is_blank(&self) -> bool {
        let (margin_x, margin_y) = (self.width / 25, self.height / 25);
        let is_ink = self.ink_test();
        let mut ink = 0;
        for y in margin_y..self.height.saturating_sub(margin_y) {
            let row = self.row(y);
            let inner = row.get(margin_x..self.width.saturating_sub(margin_x)).unwrap_or_default();
            // A run of at least two dark pixels: single ones are noise.
            ink += inner.windows(2).filter(|pair| is_ink(pair[0]) && is_ink(pair[1])).count();
            if ink > LEAST_INK {
                return false;
            }
        }
        true
    }

    /// Returns the part of the page that carries ink, 0 to 1: cells of eight pixels in which a stroke runs. Dust and the rim do not count.
    pub(crate) fn ink(&self) -> f64 {
        const CELL: usize = 8;
        const STROKE: usize = 7;
        let is_ink = self.ink_test();
        let (margin_x, margin_y) = (self.width / 25, self.height / 25);
        let (mut all, mut inked) = (0usize, 0usize);
        for top in (margin_y..self.height.saturating_sub(margin_y + CELL)).step_by(CELL) {
            for left in (margin_x..self.width.saturating_sub(margin_x + CELL)).step_by(CELL) {
                let dark = |row: &[u8]| row.iter().filter(|pixel| is_ink(**pixel)).count();
                let cell = |y: usize| self.row(y).get(left..left + CELL).unwrap_or_default();
                let count: usize = (top..top + CELL).map(|y| dark(cell(y))).sum();
                all += 1;
                inked += usize::from(count >= STROKE);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "cells of a page")]
        let share = inked as f64 / all.max(1) as f64;
        share
    }

    // Paper may be gray or yellow: ink is what is clearly darker than the paper itself. Where most is dark (a sheet photographed on a table, a
    // dark cover), it is what is clearly brighter.
    fn ink_test(&self) -> impl Fn(u8) -> bool + use<> {
        let paper = self.paper();
        let (below, above) = if paper < DARK {
            (0, u16::from(paper) + 60)
        } else {
            (INK.min(paper.saturating_sub(60)), u16::MAX)
        };
        move |pixel| pixel < below || u16::from(pixel) > above
    }

    /// Returns the most frequent luminance.
    pub(crate) fn paper(&self) -> u8 {
        let mut counts = [0usize; 256];
        for pixel in self.pixels.iter().step_by(7) {
            counts[usize::from(*pixel)] += 1;
        }
        let most = counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(255, |(value, _)| value);
        u8::try_from(most).unwrap_or(255)
    }

    /// Returns the image with a white rim of `rim` pixels around it, and the rim.
    pub(crate) fn framed(&self, rim: usize) -> (Self, usize) {
        let (width, height) = (self.width + 2 * rim, self.height + 2 * rim);
        let mut pixels = vec![255; width * height];
        for y in 0..self.height {
            let start = (y + rim) * width + rim;
            if let Some(row) = pixels.get_mut(start..start + self.width) {
                row.copy_from_slice(self.row(y));
            }
        }
        (Self { width, height, pixels }, rim)
    }

    /// Returns what stands within these edges (left, top, right, bottom, in pixels, cut to the image), and where it begins.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "clamped to the image"
    )]
    pub(crate) fn cut(&self, [left, top, right, bottom]: [f64; 4]) -> (Self, [f64; 2]) {
        let clamped = |value: f64, most: usize| (value.max(0.0) as usize).min(most);
        let (left, top) = (clamped(left, self.width), clamped(top, self.height));
        let (right, bottom) = (clamped(right, self.width).max(left), clamped(bottom, self.height).max(top));
        let rows = top..bottom;
        let pixels =
            rows.flat_map(|y| self.row(y).get(left..right).unwrap_or_default().iter().copied()).collect();
        (Self { width: right - left, height: bottom - top, pixels }, [left as f64, top as f64])
    }

    /// Returns the image turned clockwise by `degrees`: 0, 90, 180 or 270.
    pub(crate) fn turned(&self, degrees: u16) -> Self {
        let (w, h) = (self.width, self.height);
        let mut pixels = vec![255; self.pixels.len()];
        let (width, height) = if degrees == 90 || degrees == 270 { (h, w) } else { (w, h) };
        for y in 0..h {
            for (x, pixel) in self.row(y).iter().enumerate() {
                let (tx, ty) = match degrees {
                    90 => (h - 1 - y, x),
                    180 => (w - 1 - x, h - 1 - y),
                    270 => (y, w - 1 - x),
                    _ => (x, y),
                };
                pixels[ty * width + tx] = *pixel;
            }
        }
        Self { width, height, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(width: usize, height: usize, value: u8) -> Gray {
        Gray { width, height, pixels: vec![value; width * height] }
    }

    #[test]
    fn dust_and_rims_are_blank_letters_are_not() {
        let mut page = paper(1000, 1400, 235);
        for y in 0..1400 {
            page.pixels[y * 1000] = 0;
            page.pixels[y * 1000 + 3] = 20;
        }
        page.pixels[700 * 1000 + 500] = 0;
        assert!(page.is_blank(), "a dark rim and a speck");
        assert!(page.ink() < 1e-9, "no ink: {}", page.ink());
        for y in 600..620 {
            for x in 400..420 {
                page.pixels[y * 1000 + x] = 30;
            }
        }
        assert!(!page.is_blank(), "a letter's worth of ink");
        assert!(page.ink() > 0.0);
    }

    #[test]
    fn a_sheet_on_a_dark_table_is_not_blank_and_darkness_is() {
        let mut page = paper(1000, 1400, 50);
        assert!(page.is_blank() && page.ink() < 1e-9, "nothing but darkness");
        for y in 300..900 {
            page.pixels[y * 1000 + 300..y * 1000 + 700].fill(200);
        }
        assert!(!page.is_blank(), "most of the picture is table");
        assert!(page.ink() > 0.1);
    }

    #[test]
    fn four_quarter_turns_are_none() {
        let mut page = paper(3, 2, 255);
        page.pixels[0] = 1;
        let right = page.turned(90);
        assert_eq!((right.width, right.height), (2, 3));
        assert_eq!(right.pixels[1], 1, "the top left goes to the top right");
        assert_eq!(page.turned(270).turned(90), page);
        assert_eq!(page.turned(180).turned(180), page);
    }
}
