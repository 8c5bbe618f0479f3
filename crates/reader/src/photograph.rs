//! Photographs of a sheet: laid flat to be read, and what was read put back where it stands in the photograph.

use crate::ink::Gray;
use crate::look::{COLOUR_SIDE, Colour};
use crate::perspective::Flat;
use crate::picture::READING_DPI;
use crate::sheet;
use cotejo_domain::{PageLook, PageReading, Quad};

/// Long side of a flat sheet in pixels: A4 at the resolution pages are read at.
const LONG_SIDE: f64 = 2_339.0;
/// Most that a photograph is drawn larger, or a sheet enlarged.
const MOST_FINER: f64 = 2.0;
/// Proportions of A4, and how far a sheet may be from them to be taken for one.
const A4: f64 = std::f64::consts::SQRT_2;
const ALIKE: f64 = 0.12;

/// Holds a sheet that was found in a photograph, laid flat.
pub(crate) struct Photograph {
    flat: Flat,
    /// The sheet.
    pub(crate) sheet: Gray,
    /// Points of the page for each pixel of the photograph.
    points: [f64; 2],
    size: [usize; 2],
}

impl Photograph {
    /// Finds the sheet of a page and lays it flat; `None` when the page is no photograph of one, or nothing is gained. `finer` draws the page larger.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a page"
    )]
    pub(crate) fn of(page: &PageReading, image: &Gray, finer: &dyn Fn(f64) -> Option<Gray>) -> Option<Self> {
        let corners = sheet::find(image)?;
        let [above, right, below, left] = sheet::sides(&corners);
        let (width, height) = (f64::midpoint(above, below), f64::midpoint(left, right));
        let (width, height) = proportioned(width, height);
        let enlarged = (LONG_SIDE / width.max(height)).clamp(1.0, MOST_FINER);
        let size = [width, height].map(|side| ((side * enlarged).round() as usize).max(1));
        let flat = Flat::new(corners, size)?;
        let drawn = if enlarged > 1.15 { finer(enlarged) } else { None };
        let sheet = match &drawn {
            Some(drawn) => flat.gray(drawn, drawn.width as f64 / image.width.max(1) as f64),
            None => flat.gray(image, 1.0),
        };
        let points = [page.width / image.width.max(1) as f64, page.height / image.height.max(1) as f64];
        Some(Self { flat, sheet, points, size: [image.width, image.height] })
    }

    /// Returns the page that the flat sheet is.
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    pub(crate) fn page(&self, page: &PageReading) -> PageReading {
        let points = |pixels: usize| pixels as f64 * 72.0 / READING_DPI;
        PageReading { width: points(self.sheet.width), height: points(self.sheet.height), ..page.clone() }
    }

    /// Lays the same sheet flat in colour.
    pub(crate) fn colour(&self, picture: &Colour) -> Colour {
        self.flat.colour(picture, self.size, COLOUR_SIDE)
    }

    /// Puts what was read on the flat sheet on the page.
    pub(crate) fn put_back(&self, read: PageReading, look: &mut PageLook, page: &mut PageReading) {
        page.status = read.status;
        page.words = read.words;
        for word in &mut page.words {
            word.quad = self.back(word.quad);
        }
        for table in &mut look.tables {
            table.quad = self.back(table.quad);
            for cell in &mut table.cells {
                cell.quad = self.back(cell.quad);
            }
        }
        look.codes.iter_mut().for_each(|code| code.quad = self.back(code.quad));
        look.ink_regions.iter_mut().for_each(|region| region.quad = self.back(region.quad));
    }

    fn back(&self, Quad([x1, y1, x2, y2, x3, y3, x4, y4]): Quad) -> Quad {
        let pixels = READING_DPI / 72.0;
        let onto = |x: f64, y: f64| {
            let (x, y) = self.flat.onto(x * pixels, y * pixels);
            [x * self.points[0], y * self.points[1]].map(|points| (points * 100.0).round() / 100.0)
        };
        let [a, b, c, d] = [onto(x1, y1), onto(x2, y2), onto(x3, y3), onto(x4, y4)];
        Quad([a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1]])
    }
}

// A camera shortens what leans away from it: what is nearly A4 is A4.
fn proportioned(width: f64, height: f64) -> (f64, f64) {
    let (long, short) = (width.max(height), width.min(height).max(1.0));
    if (long / short / A4 - 1.0).abs() > ALIKE {
        return (width, height);
    }
    if width > height { (long, long / A4) } else { (long / A4, long) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_that_is_nearly_a4_is_a4_and_another_stays() {
        assert_eq!(proportioned(1000.0, 1330.0).1, 1330.0);
        assert!((proportioned(1000.0, 1330.0).0 - 1330.0 / A4).abs() < 1e-9);
        assert_eq!(proportioned(1000.0, 1000.0), (1000.0, 1000.0));
    }
}
