//! Images of pages: the lines that evidence rests on are marked in the image itself, so that PDF, DOCX and viewer show the same.

use crate::model::Image;
use cotejo_domain::Quad;
use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// Tells why an image cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It is no PNG or JPEG, or cannot be decoded within its limits.
    #[error("the image cannot be used: {0}")]
    Image(#[from] image::ImageError),
    /// It is neither PNG nor JPEG.
    #[error("the image is neither PNG nor JPEG")]
    Format,
}

/// Longest edge that is decoded, in pixels.
const LONGEST: u32 = 12_000;
const QUALITY: u8 = 82;
const OUTLINE: Rgb<u8> = Rgb([178, 34, 34]);

/// Holds an image of a page with its evidence marked, and the lines as they stand in the image.
#[derive(Clone, Debug)]
pub struct MarkedPage {
    /// JPEG.
    pub image: Image,
    /// The lines, in pixels of the image.
    pub quads: Vec<Quad>,
}

fn decoded(bytes: &[u8]) -> Result<RgbImage, PictureError> {
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(image::ImageError::IoError)?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err(PictureError::Format);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    reader.limits(limits);
    Ok(reader.decode()?.into_rgb8())
}

fn encoded(pixels: &RgbImage) -> Result<Image, PictureError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(pixels)?;
    Ok(Image { bytes, width: pixels.width(), height: pixels.height() })
}

/// Takes an image as it is, once it is known to be one.
///
/// # Errors
/// When it is neither PNG nor JPEG, or does not decode.
pub fn measured(bytes: Vec<u8>) -> Result<Image, PictureError> {
    let pixels = decoded(&bytes)?;
    Ok(Image { width: pixels.width(), height: pixels.height(), bytes })
}

/// A page with nothing on it, for examples.
pub(crate) fn blank() -> Image {
    let page = RgbImage::from_pixel(420, 594, Rgb([250, 250, 247]));
    encoded(&page).unwrap_or_default()
}

fn scaled(quad: &Quad, scale: f64, left: f64, top: f64) -> Quad {
    let mut corners = quad.0;
    for (index, corner) in corners.iter_mut().enumerate() {
        *corner = *corner * scale - if index % 2 == 0 { left } else { top };
    }
    Quad(corners)
}

/// Draws a line three pixels thick.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels within the image, checked"
)]
fn draw(pixels: &mut RgbImage, from: (f64, f64), to: (f64, f64)) {
    let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).ceil().clamp(1.0, f64::from(LONGEST));
    let mut step = 0.0;
    while step <= steps {
        let share = step / steps;
        let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        for dx in -1..=1 {
            for dy in -1..=1 {
                let (x, y) = (x + f64::from(dx), y + f64::from(dy));
                if x >= 0.0 && y >= 0.0 && x < f64::from(pixels.width()) && y < f64::from(pixels.height()) {
                    pixels.put_pixel(x as u32, y as u32, OUTLINE);
                }
            }
        }
        step += 1.0;
    }
}

/// Tints what a quad covers, so that it is found at a glance and still read.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels within the image, clamped"
)]
fn tint(pixels: &mut RgbImage, quad: &Quad) {
    let [left, top, right, bottom] = quad.bounds();
    let edge = |value: f64, most: u32| value.clamp(0.0, f64::from(most)) as u32;
    for y in edge(top, pixels.height())..edge(bottom, pixels.height()) {
        for x in edge(left, pixels.width())..edge(right, pixels.width()) {
            let pixel = pixels.get_pixel_mut(x, y);
            pixel[2] = (u16::from(pixel[2]) * 3 / 4) as u8;
        }
    }
}

fn mark(pixels: &mut RgbImage, quads: &[Quad]) {
    for quad in quads {
        tint(pixels, quad);
        let q = &quad.0;
        let corners = [(q[0], q[1]), (q[2], q[3]), (q[4], q[5]), (q[6], q[7])];
        for (index, &from) in corners.iter().enumerate() {
            draw(pixels, from, corners[(index + 1) % 4]);
        }
    }
}

/// Marks lines on the image of a page. `scale` is the number of pixels to a point.
///
/// # Errors
/// When the image does not decode.
pub fn mark_page(page: &[u8], scale: f64, quads: &[Quad]) -> Result<MarkedPage, PictureError> {
    let mut pixels = decoded(page)?;
    let quads: Vec<Quad> = quads.iter().map(|quad| scaled(quad, scale, 0.0, 0.0)).collect();
    mark(&mut pixels, &quads);
    Ok(MarkedPage { image: encoded(&pixels)?, quads })
}

/// Cuts the surroundings of the lines out of the image of a page, unmarked; the whole page where there is no line.
///
/// # Errors
/// When the image does not decode.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels within the image, clamped"
)]
pub fn crop_page(page: &[u8], scale: f64, quads: &[Quad]) -> Result<MarkedPage, PictureError> {
    const MARGIN: f64 = 90.0;
    let pixels = decoded(page)?;
    let (width, height) = (f64::from(pixels.width()), f64::from(pixels.height()));
    let Some(around) = quads.iter().copied().reduce(|a, b| a.union(&b)) else {
        return Ok(MarkedPage { image: encoded(&pixels)?, quads: Vec::new() });
    };
    let [_, top, _, bottom] = scaled(&around, scale, 0.0, 0.0).bounds();
    // The whole width: a line is read in its row.
    let top = (top - MARGIN * scale).clamp(0.0, height - 1.0).floor();
    let bottom = (bottom + MARGIN * scale).clamp(top + 1.0, height).ceil();
    let part =
        image::imageops::crop_imm(&pixels, 0, top as u32, width as u32, (bottom - top) as u32).to_image();
    let quads = quads.iter().map(|quad| scaled(quad, scale, 0.0, top)).collect();
    Ok(MarkedPage { image: encoded(&part)?, quads })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::from_pixel(200, 300, Rgb([255, 255, 255]))
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("writes");
        bytes.into_inner()
    }

    #[test]
    fn the_mark_stands_where_the_line_stands_and_nowhere_else() {
        let marked = mark_page(&page(), 2.0, &[Quad::upright(10.0, 20.0, 60.0, 30.0)]).expect("marks");
        let pixels = decoded(&marked.image.bytes).expect("decodes");
        let red = |x, y| {
            let pixel = pixels.get_pixel(x, y);
            pixel[0] > pixel[1].saturating_add(60)
        };
        assert!(red(20, 50) && red(120, 50) && red(70, 40) && red(70, 60), "the four edges, in pixels");
        assert!(!red(70, 50), "inside, the words can be read");
        assert!(!red(150, 150), "elsewhere the page is as it was");
    }

    #[test]
    fn a_crop_holds_the_line_with_its_surroundings() {
        let cut = crop_page(&page(), 1.0, &[Quad::upright(10.0, 200.0, 60.0, 210.0)]).expect("crops");
        assert_eq!(
            (cut.image.width, cut.image.height),
            (200, 190),
            "90 points above and below, to the end of the page"
        );
        assert_eq!(cut.quads[0].bounds(), [10.0, 90.0, 60.0, 100.0], "the line within the crop");
    }

    #[test]
    fn attack_a_quad_outside_the_page_draws_nothing_and_does_not_stop() {
        let wild = Quad([-1e9, -1e9, 1e9, -1e9, 1e9, 1e9, f64::NAN, 1e9]);
        assert!(mark_page(&page(), 1.0, &[wild]).is_ok());
        assert!(crop_page(&page(), 1.0, &[wild]).is_ok());
    }

    #[test]
    fn attack_a_logo_that_is_no_image_is_refused() {
        assert!(measured(b"<svg onload='alert(1)'/>".to_vec()).is_err());
        assert!(measured(Vec::new()).is_err());
    }
}
