//! Finds the QR codes and barcodes of a page.

use super::code128;
use crate::deskew;
use crate::ink::Gray;
use cotejo_domain::{CodeKind, Confidence, PrintedCode, Quad};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Longest text of a code that is handed out, in characters.
const LONGEST: usize = 4_000;

/// Holds a code with its corners in pixels of the image, from where its text begins clockwise.
pub(crate) struct Found {
    kind: CodeKind,
    text: String,
    corners: [(f64, f64); 4],
}

impl Found {
    /// Returns the code in page space, given the points a pixel takes on the page.
    pub(crate) fn placed(self, scale_x: f64, scale_y: f64) -> PrintedCode {
        self.placed_by(&|x, y| (x * scale_x, y * scale_y))
    }

    /// Returns the code in page space, given what maps its image onto the page.
    pub(crate) fn placed_by(self, onto: &dyn Fn(f64, f64) -> (f64, f64)) -> PrintedCode {
        let hundredths = |points: f64| (points * 100.0).round() / 100.0;
        let [a, b, c, d] = self.corners.map(|(x, y)| onto(x, y)).map(|(x, y)| (hundredths(x), hundredths(y)));
        PrintedCode {
            kind: self.kind,
            text: self.text,
            quad: Quad([a.0, a.1, b.0, b.1, c.0, c.1, d.0, d.1]),
            confidence: Confidence::CERTAIN,
        }
    }

    /// Moves the code within its image.
    pub(crate) fn moved(mut self, x: f64, y: f64) -> Self {
        self.corners = self.corners.map(|corner| (corner.0 + x, corner.1 + y));
        self
    }

    /// Returns the code in an image that is so many times as wide and as high as the one it was found in.
    pub(super) fn scaled(mut self, wide: f64, high: f64) -> Self {
        self.corners = self.corners.map(|corner| (corner.0 * wide, corner.1 * high));
        self
    }

    /// Tells whether the middle of the code stands within these edges: left, top, right, bottom.
    pub(super) fn stands_in(&self, [left, top, right, bottom]: [f64; 4]) -> bool {
        let sum = |of: fn(&(f64, f64)) -> f64| self.corners.iter().map(of).sum::<f64>() / 4.0;
        let (x, y) = (sum(|corner| corner.0), sum(|corner| corner.1));
        (left..=right).contains(&x) && (top..=bottom).contains(&y)
    }

    /// Paints the code white, so that nobody reads its dots as letters.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the image")]
    pub(crate) fn paint_over(&self, page: &mut Gray) {
        let span = |values: [f64; 4], most: usize| {
            let (least, largest) = values.iter().fold((f64::MAX, 0.0f64), |(a, b), v| (a.min(*v), b.max(*v)));
            ((least - 4.0).max(0.0) as usize, ((largest + 4.0).max(0.0) as usize).min(most))
        };
        let (left, right) = span(self.corners.map(|corner| corner.0), page.width);
        let (top, bottom) = span(self.corners.map(|corner| corner.1), page.height);
        let paper = page.paper();
        for y in top..bottom {
            let start = y * page.width;
            if let Some(row) = page.pixels.get_mut(start + left..start + right.max(left)) {
                row.fill(paper);
            }
        }
    }
}

/// Finds QR codes of any direction, and barcodes whose bars stand upright or lie on their side.
pub(crate) fn find(page: &Gray) -> Vec<Found> {
    find_among(page, &dark(page))
}

/// Finds codes as [`find`] does, given what is dark.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
pub(super) fn find_among(page: &Gray, dark: &[bool]) -> Vec<Found> {
    let mut found = quick_response(page, dark);
    let height = page.height as f64;
    let bars = |code: code128::Barcode, onto: &dyn Fn(f64, f64) -> (f64, f64)| {
        let [left, top, right, bottom] = code.place.map(|edge| edge as f64);
        let mut corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        if code.backwards {
            corners.rotate_left(2);
        }
        Found { kind: CodeKind::Code128, text: code.text, corners: corners.map(|(x, y)| onto(x, y)) }
    };
    found.extend(code128::find(page).into_iter().map(|code| bars(code, &|x, y| (x, y))));
    // Undoes `Gray::turned`.
    found.extend(code128::find_lying(page).into_iter().map(|code| bars(code, &|x, y| (y, height - x))));
    found
}

/// Finds codes as [`find`] does; where there is none, QR codes in the image made larger: the modules of a stamp may be two pixels wide.
pub(crate) fn find_fine(page: &Gray) -> Vec<Found> {
    /// Pixels of an image that is made larger: a signature's place.
    const MOST: usize = 1_500_000;
    if page.pixels.is_empty() {
        return Vec::new();
    }
    let found = find(page);
    if !found.is_empty() || page.pixels.len() > MOST {
        return found;
    }
    for times in [1.0, 1.5, 2.0, 3.0] {
        let larger = larger(page, times);
        // Print beside a small code draws the running mean away from it; shadows do so with one threshold for all.
        for dark in [parted(&larger), dark(&larger)] {
            let found = quick_response(&larger, &dark);
            if !found.is_empty() {
                return found.into_iter().map(|code| code.scaled(1.0 / times, 1.0 / times)).collect();
            }
        }
    }
    Vec::new()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "three times a small image"
)]
fn larger(page: &Gray, times: f64) -> Gray {
    let size = [page.width, page.height].map(|side| (side as f64 * times) as usize);
    deskew::window(page, None, [0.0, 0.0], times, size)
}

// A crafted code that the decoder stumbles over costs its text, not the page.
fn quick_response(page: &Gray, dark: &[bool]) -> Vec<Found> {
    let decode = || {
        let mut image = rqrr::PreparedImage::prepare_from_bitmap(page.width, page.height, |x, y| {
            dark.get(y * page.width + x).copied().unwrap_or(false)
        });
        let grids = image.detect_grids().into_iter();
        let read = grids.filter_map(|grid| {
            let (_, text) = grid.decode().ok()?;
            let corners = grid.bounds.map(|point| (f64::from(point.x), f64::from(point.y)));
            Some(Found { kind: CodeKind::Qr, text: text.chars().take(LONGEST).collect(), corners })
        });
        read.collect()
    };
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or_default()
}

// Parts dark from light where that leaves each as like itself as can be (N. Otsu, "A threshold selection method from gray-level histograms", 1979).
#[expect(clippy::cast_precision_loss, reason = "pixels of an image")]
fn parted(page: &Gray) -> Vec<bool> {
    let mut counts = [0u64; 256];
    page.pixels.iter().for_each(|pixel| counts[usize::from(*pixel)] += 1);
    let all: u64 = counts.iter().zip(0u64..).map(|(count, value)| count * value).sum();
    let (mut darker, mut sum) = (0, 0);
    let (mut widest, mut limit) = (-1.0, 0u8);
    for (count, value) in counts.iter().zip(0u8..=255) {
        darker += count;
        sum += count * u64::from(value);
        let lighter = page.pixels.len() as u64 - darker;
        if darker == 0 || lighter == 0 {
            continue;
        }
        let apart = sum as f64 / darker as f64 - (all - sum) as f64 / lighter as f64;
        let between = darker as f64 * lighter as f64 * apart * apart;
        if between > widest {
            (widest, limit) = (between, value);
        }
    }
    page.pixels.iter().map(|pixel| *pixel <= limit).collect()
}

// Tells of each pixel whether it is darker than what surrounds it: a running mean from both sides, carried from row to row (P. D. Wellner,
// "Adaptive thresholding for the DigitalDesk", 1993). The decoder's own does the same with two divisions a pixel that wait for each other.
pub(super) fn dark(page: &Gray) -> Vec<bool> {
    // The mean reaches over an eighth of the width, rounded to a power of two.
    let reach = (page.width / 8).max(2).ilog2();
    let (mut right, mut left) = (0u32, 0u32);
    let mut means = vec![0u32; page.width];
    let mut dark = Vec::with_capacity(page.pixels.len());
    for y in 0..page.height {
        let row = page.row(y);
        for (mean, pixel) in means.iter_mut().zip(row) {
            right = right - (right >> reach) + u32::from(*pixel);
            *mean = right;
        }
        for (mean, pixel) in means.iter_mut().zip(row).rev() {
            left = left - (left >> reach) + u32::from(*pixel);
            *mean += left;
        }
        // Both means together are twice the surroundings, times the reach; five in a hundred darker is dark.
        dark.extend(
            row.iter().zip(&means).map(|(pixel, mean)| u32::from(*pixel) * 200 < (mean >> reach) * 95),
        );
    }
    dark
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_with(text: &str, module: usize, left: usize, top: usize) -> Gray {
        let code = qrcode::QrCode::new(text.as_bytes()).expect("encodes");
        let side = code.width();
        let (width, height) = (800usize, 600usize);
        let mut page = Gray { width, height, pixels: vec![235; width * height] };
        for (index, color) in code.to_colors().iter().enumerate() {
            if *color == qrcode::Color::Dark {
                let (x, y) = (left + index % side * module, top + index / side * module);
                for row in y..y + module {
                    page.pixels[row * width + x..row * width + x + module].fill(20);
                }
            }
        }
        page
    }

    #[test]
    fn a_code_is_read_where_it_stands_and_painted_over() {
        let text = "FIRMADO POR: PERSONA FICTICIA\nRAZON: \nFECHA: 2026-11-20T10:00:00-05:00";
        let mut page = page_with(text, 4, 300, 120);
        let found = find(&page);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, text);
        let (x, y) = found[0].corners[0];
        assert!((x - 300.0).abs() < 5.0 && (y - 120.0).abs() < 5.0, "{x} {y}");
        found[0].paint_over(&mut page);
        assert!(page.is_blank(), "nothing is left");
    }

    #[test]
    fn a_code_of_very_small_modules_is_read_where_it_stands() {
        let text = "FIRMADO POR: PERSONA FICTICIA DE EJEMPLO\nRAZON: \nLOCALIZACION: \nFECHA: 2026-11-20T10:00:00.123456-05:00\n\
                    VALIDAR CON: www.example.org\n3.1.1";
        let found = find_fine(&page_with(text, 1, 300, 120));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, text);
        let (x, y) = found[0].corners[0];
        assert!((x - 300.0).abs() < 3.0 && (y - 120.0).abs() < 3.0, "{x} {y}");
    }

    #[test]
    fn a_turned_code_begins_where_its_text_does() {
        let page = page_with("clave de acceso 1234567890", 4, 100, 60).turned(90);
        let found = find(&page);
        assert_eq!(found.len(), 1);
        let code = found.into_iter().next().expect("one").placed(0.36, 0.36);
        // The corner (100, 60) of an image 600 high comes to (540, 100).
        assert!(
            (code.quad.0[0] - 540.0 * 0.36).abs() < 2.0 && (code.quad.0[1] - 36.0).abs() < 2.0,
            "{:?}",
            code.quad
        );
        assert_eq!(code.kind, CodeKind::Qr);
    }

    #[test]
    fn a_page_of_lines_has_no_codes() {
        let pixels = (0..500 * 500)
            .map(|index| if index / 500 % 24 < 10 && index % 9 < 4 { 30 } else { 240 })
            .collect();
        assert!(find(&Gray { width: 500, height: 500, pixels }).is_empty());
    }
}
