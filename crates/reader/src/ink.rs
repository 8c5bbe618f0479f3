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
/// Ink needed for a page not to be blank: as much as three small letters at 200 dpi.
const LEAST_INK: usize = 120;

/// Luminance below which a pixel may belong to a rule.
const DARK: u8 = 170;
/// Pixels of the shortest rule across: two centimetres at 200 dpi.
const LONG_ACROSS: u16 = 150;
/// Pixels of the shortest rule down: higher than letters of 24 points.
const LONG_DOWN: u16 = 70;
/// Pixels of the thickest rule.
const THIN: u16 = 7;

impl Gray {
    /// Returns a row of pixels.
    pub(crate) fn row(&self, y: usize) -> &[u8] {
        let start = y * self.width;
        self.pixels.get(start..start + self.width).unwrap_or_default()
    }

    /// Tells whether nothing is drawn: specks of dust and the dark rim of a scan do not count.
    pub(crate) fn is_blank(&self) -> bool {
        let (margin_x, margin_y) = (self.width / 25, self.height / 25);
        // Paper may be gray or yellow: ink is what is clearly darker than the paper itself.
        let paper = self.paper();
        let threshold = INK.min(paper.saturating_sub(60));
        let mut ink = 0;
        for y in margin_y..self.height.saturating_sub(margin_y) {
            let row = self.row(y);
            let inner = row.get(margin_x..self.width.saturating_sub(margin_x)).unwrap_or_default();
            // A run of at least two dark pixels: single ones are noise.
            ink += inner.windows(2).filter(|pair| pair[0] < threshold && pair[1] < threshold).count();
            if ink > LEAST_INK {
                return false;
            }
        }
        true
    }

    // The most frequent luminance.
    fn paper(&self) -> u8 {
        let mut counts = [0usize; 256];
        for pixel in self.pixels.iter().step_by(7) {
            counts[usize::from(*pixel)] += 1;
        }
        let most = counts.iter().enumerate().max_by_key(|(_, count)| **count).map_or(255, |(value, _)| value);
        u8::try_from(most).unwrap_or(255)
    }

    /// Returns the image without the rules of tables and forms, which the engine would read as `|`, `[` and `_` glued to the words. Only thin
    /// and long lines go: strokes of letters are shorter, filled heads of tables thicker. Where a letter touches a rule, the letter stays.
    pub(crate) fn without_rules(&self) -> Self {
        let across = self.runs(true);
        let down = self.runs(false);
        let mut pixels = self.pixels.clone();
        for (pixel, (across, down)) in pixels.iter_mut().zip(across.iter().zip(&down)) {
            let rule = (*across >= LONG_ACROSS && *down <= THIN) || (*down >= LONG_DOWN && *across <= THIN);
            if rule {
                *pixel = 255;
            }
        }
        // The pale rim of an erased rule would be read as dust.
        let erased = |index: usize| self.pixels[index] < DARK && pixels[index] == 255;
        let mut clean = pixels.clone();
        for y in 1..self.height.saturating_sub(1) {
            for x in 1..self.width.saturating_sub(1) {
                let at = y * self.width + x;
                let beside = erased(at - 1) || erased(at + 1) || erased(at - self.width) || erased(at + self.width);
                if pixels[at] >= DARK && pixels[at] < 255 && beside {
                    clean[at] = 255;
                }
            }
        }
        Self { width: self.width, height: self.height, pixels: clean }
    }

    // For each dark pixel the length of the dark run it lies in, along rows or along columns; 0 for bright ones.
    fn runs(&self, across: bool) -> Vec<u16> {
        let mut lengths = vec![0u16; self.pixels.len()];
        let (lines, steps, line_stride, step) =
            if across { (self.height, self.width, self.width, 1) } else { (self.width, self.height, 1, self.width) };
        for line in 0..lines {
            let start = line * line_stride;
            let mut from = 0;
            for position in 0..=steps {
                let dark = position < steps && self.pixels[start + position * step] < DARK;
                if dark {
                    continue;
                }
                let length = u16::try_from(position - from).unwrap_or(u16::MAX);
                for inside in from..position {
                    lengths[start + inside * step] = length;
                }
                from = position + 1;
            }
        }
        lengths
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
        for y in 600..620 {
            for x in 400..420 {
                page.pixels[y * 1000 + x] = 30;
            }
        }
        assert!(!page.is_blank(), "a letter's worth of ink");
    }

    #[test]
    fn rules_go_and_letters_stay() {
        let mut page = paper(600, 400, 255);
        for x in 50..550 {
            (100..103).for_each(|y| page.pixels[y * 600 + x] = 0);
        }
        for y in 50..350 {
            (300..303).for_each(|x| page.pixels[y * 600 + x] = 0);
        }
        for y in 200..230 {
            (100..104).for_each(|x| page.pixels[y * 600 + x] = 0);
        }
        for y in 300..330 {
            (100..250).for_each(|x| page.pixels[y * 600 + x] = 0);
        }
        let clean = page.without_rules();
        assert_eq!(clean.pixels[101 * 600 + 200], 255, "a rule across");
        assert_eq!(clean.pixels[250 * 600 + 301], 255, "a rule down");
        assert_eq!(clean.pixels[210 * 600 + 102], 0, "the stroke of a letter");
        assert_eq!(clean.pixels[310 * 600 + 150], 0, "a filled head of a table");
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
