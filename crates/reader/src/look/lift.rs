//! Lifts coloured stamps off the print they stand on, so that the print can be read.
//!
//! Only where the stamp's ink is clearly lighter than the print, and only pixels that have its colour: print that runs through stays.

use super::colour::{Colour, Tint};
use super::stamps::{self, Sheet};
use crate::ink::Gray;

/// Least difference of luminance between print and the ink of a stamp.
const APART: u8 = 24;
/// Pixels of the small picture around a stamp that are lifted with it.
const MARGIN: f64 = 3.0;

/// Holds a page without the stamps that stand on print.
pub(crate) struct Lifted {
    pub(crate) page: Gray,
    /// Where they stood, in parts of the page's width and height: left, top, right, bottom.
    pub(crate) places: Vec<[f64; 4]>,
}

/// Returns the page without coloured stamps that print runs through; `None` when there are none.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
pub(crate) fn lifted(page: &Gray, picture: &Colour) -> Option<Lifted> {
    let (across, down) = (picture.width as f64, picture.height as f64);
    let tints = picture.tints();
    // Millimetres of A4: a page of another size is judged when its words are known.
    let sheet = Sheet { millimetre: across.max(down) / 297.0, skew: None, turned: 0, size: [across, down] };
    let crossed = stamps::find(&tints, picture.width, &sheet).into_iter().filter(|stamp| stamp.crossed);
    let mut rest: Option<Gray> = None;
    let mut places = Vec::new();
    for stamp in crossed {
        let [left, top, right, bottom] = stamp.place;
        let place = [
            (left - MARGIN) / across,
            (top - MARGIN) / down,
            (right + MARGIN) / across,
            (bottom + MARGIN) / down,
        ]
        .map(|edge| edge.clamp(0.0, 1.0));
        if lift(rest.get_or_insert_with(|| page.clone()), &tints, picture.width, place) {
            places.push(place);
        }
    }
    rest.filter(|_| !places.is_empty()).map(|page| Lifted { page, places })
}

// Whitens what has a colour within a place; tells whether ink and print could be told apart.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the page"
)]
fn lift(page: &mut Gray, tints: &[Tint], across: usize, [left, top, right, bottom]: [f64; 4]) -> bool {
    let (width, height, down) = (page.width, page.height, tints.len() / across.max(1));
    let tint = |x: usize, y: usize| {
        tints
            .get(y * down / height.max(1) * across + x * across / width.max(1))
            .copied()
            .unwrap_or(Tint::Paper)
    };
    let columns = (left * width as f64) as usize..(right * width as f64) as usize;
    let rows = (top * height as f64) as usize..(bottom * height as f64) as usize;
    let (mut inks, mut prints) = ([0usize; 256], [0usize; 256]);
    for y in rows.clone() {
        for x in columns.clone() {
            let Some(value) = page.row(y).get(x).map(|pixel| usize::from(*pixel)) else { continue };
            match tint(x, y) {
                Tint::Hue(_) => inks[value] += 1,
                Tint::Neutral => prints[value] += 1,
                Tint::Paper => {}
            }
        }
    }
    let (Some(ink), Some(print)) = (quantile(&inks, 3), quantile(&prints, 5)) else { return false };
    if ink < print.saturating_add(APART) {
        return false;
    }
    let (limit, paper) = (u8::midpoint(ink, print), page.paper());
    for y in rows {
        for x in columns.clone() {
            if matches!(tint(x, y), Tint::Hue(_))
                && let Some(pixel) = page.pixels.get_mut(y * width + x).filter(|pixel| **pixel > limit)
            {
                *pixel = paper;
            }
        }
    }
    true
}

// The value that one part in `parts` of the counts lies below.
fn quantile(counts: &[usize; 256], parts: usize) -> Option<u8> {
    let all: usize = counts.iter().sum();
    let mut left = all / parts;
    for (value, count) in counts.iter().enumerate() {
        if *count > left {
            return u8::try_from(value).ok();
        }
        left -= count;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    // A sheet at 200 dpi and its small picture, with lines of print and, if asked, a ring of `ink` over them.
    fn sheet(ink: Option<[u8; 3]>) -> (Gray, Colour) {
        let (width, height) = (1654usize, 2338usize);
        let at = |x: usize, y: usize| -> [u8; 3] {
            #[expect(clippy::cast_precision_loss, reason = "a small sheet")]
            let (dx, dy) = (x as f64 - 800.0, y as f64 - 1200.0);
            let away = dx.hypot(dy);
            let print = y % 48 < 14 && x % 26 < 15 && (200..1450).contains(&x) && (400..2000).contains(&y);
            let stamp = (112.0..118.0).contains(&away) || away < 60.0 && dy.rem_euclid(32.0) < 10.0;
            match ink.filter(|_| stamp) {
                _ if print => [25, 25, 28],
                Some(ink) => ink,
                None => [248, 247, 243],
            }
        };
        let luminance =
            |[r, g, b]: [u8; 3]| (u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8;
        let gray = (0..width * height)
            .map(|index| u8::try_from(luminance(at(index % width, index / width))).unwrap_or(255))
            .collect();
        let small = (0..width / 2 * (height / 2))
            .map(|index| at(index % (width / 2) * 2, index / (width / 2) * 2))
            .collect();
        (Gray { width, height, pixels: gray }, Colour { width: width / 2, height: height / 2, pixels: small })
    }

    #[test]
    fn a_stamp_over_print_is_lifted_and_the_print_stays() {
        let (page, picture) = sheet(Some([70, 90, 195]));
        let lifted = lifted(&page, &picture).expect("a stamp over print");
        assert_eq!(lifted.places.len(), 1);
        let (bare, _) = sheet(None);
        let dark = |page: &Gray| page.pixels.iter().filter(|pixel| **pixel < 60).count();
        let inked = |page: &Gray| page.pixels.iter().filter(|pixel| **pixel < 160).count();
        assert_eq!(dark(&lifted.page), dark(&bare), "no print is lost");
        let (before, after) = (inked(&page) - inked(&bare), inked(&lifted.page) - inked(&bare));
        assert!(after * 10 < before, "{after} of {before} pixels of the stamp are left");
    }

    #[test]
    fn a_stamp_as_dark_as_print_and_a_page_without_one_are_left() {
        let (page, picture) = sheet(Some([10, 30, 75]));
        assert!(lifted(&page, &picture).is_none(), "ink that cannot be told from print");
        let (page, picture) = sheet(None);
        assert!(lifted(&page, &picture).is_none());
    }
}
