//! Page images.

use crate::ink::Gray;
use crate::look::{COLOUR_SIDE, Colour};
use crate::pdf::MeasuredPage;
use image::{ExtendedColorType, ImageEncoder};
use pdfium_render::prelude::{
    PdfBitmapFormat, PdfColorSpace, PdfPage, PdfPageObject, PdfPageObjectsCommon, PdfRenderConfig,
};

/// Most pixels of a rendered page: A0 at 200 dpi. Larger pages are rendered smaller.
const MOST_PIXELS: f64 = 64_000_000.0;
/// Longest side of a rendered page in pixels.
const LONGEST_SIDE: f64 = 16_000.0;

/// Holds the image of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The PNG.
    pub png: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Returns the scale nearest to `wanted` (pixels a point) at which a page of this size stays within the limits.
pub(crate) fn safe_scale(width: f64, height: f64, wanted: f64) -> f64 {
    let by_area = (MOST_PIXELS / (width * height).max(1.0)).sqrt();
    let by_side = LONGEST_SIDE / width.max(height).max(1.0);
    wanted.clamp(0.01, 20.0).min(by_area).min(by_side)
}

// `scale` is pixels a point.
fn config(measured: MeasuredPage<'_, '_>, scale: f64) -> Option<PdfRenderConfig> {
    let MeasuredPage { page, unit } = measured;
    let (width, height) = (f64::from(page.width().value), f64::from(page.height().value));
    if !(width.is_finite() && height.is_finite()) || width <= 0.0 || height <= 0.0 {
        return None;
    }
    let scale = safe_scale(width * unit, height * unit, scale);
    let pixels = |units: f64| -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the longest side")]
        let pixels = (units * unit * scale).round() as i32;
        pixels.max(1)
    };
    Some(
        PdfRenderConfig::new()
            .set_fixed_size(pixels(width), pixels(height))
            .render_form_data(true)
            .render_annotations(true),
    )
}

/// Renders a page in gray at `scale` pixels a point.
pub(crate) fn gray(measured: MeasuredPage<'_, '_>, scale: f64) -> Option<Gray> {
    // With reversed bytes pdfium aborts on gray bitmaps.
    let config = config(measured, scale)?
        .set_format(PdfBitmapFormat::Gray)
        .use_grayscale_rendering(true)
        .set_reverse_byte_order(false);
    let bitmap = measured.page.render_with_config(&config).ok()?;
    let (width, height) = (usize::try_from(bitmap.width()).ok()?, usize::try_from(bitmap.height()).ok()?);
    let bytes = bitmap.as_raw_bytes();
    let stride = bytes.len().checked_div(height)?;
    if stride < width || width == 0 {
        return None;
    }
    let mut pixels = Vec::with_capacity(width * height);
    for row in bytes.chunks_exact(stride) {
        pixels.extend_from_slice(&row[..width]);
    }
    Some(Gray { width, height, pixels })
}

/// Renders a page small and in colour; `None` when nothing on it can have a colour.
pub(crate) fn colour(measured: MeasuredPage<'_, '_>) -> Option<Colour> {
    let MeasuredPage { page, unit } = measured;
    if !may_have_colour(page) {
        return None;
    }
    let long_side = f64::from(page.width().value.max(page.height().value)) * unit;
    let config = config(measured, COLOUR_SIDE / long_side.max(1.0))?
        .set_format(PdfBitmapFormat::BGRA)
        .set_reverse_byte_order(false);
    let bitmap = measured.page.render_with_config(&config).ok()?;
    let (width, height) = (usize::try_from(bitmap.width()).ok()?, usize::try_from(bitmap.height()).ok()?);
    let bytes = bitmap.as_raw_bytes();
    let stride = bytes.len().checked_div(height)?;
    if stride < width * 4 || width == 0 {
        return None;
    }
    let mut pixels = Vec::with_capacity(width * height);
    for row in bytes.chunks_exact(stride) {
        pixels.extend(row.chunks_exact(4).take(width).map(|pixel| [pixel[2], pixel[1], pixel[0]]));
    }
    Some(Colour { width, height, pixels })
}

// Scans in gray or of one bit need not be drawn a second time.
fn may_have_colour(page: &PdfPage<'_>) -> bool {
    if !page.annotations().is_empty() {
        return true;
    }
    page.objects().iter().any(|object| match &object {
        PdfPageObject::Image(image) => {
            let gray = matches!(
                image.color_space(),
                Ok(PdfColorSpace::DeviceGray | PdfColorSpace::CalibratedCIEGray)
            );
            !gray && image.bits_per_pixel().is_ok_and(|bits| bits > 1)
        }
        PdfPageObject::Text(_) => false,
        _ => true,
    })
}

/// Renders a page in colour at `scale` pixels a point, as PNG.
pub(crate) fn png(measured: MeasuredPage<'_, '_>, scale: f64) -> Option<Rendered> {
    let config = config(measured, scale)?.set_format(PdfBitmapFormat::BGRA).set_reverse_byte_order(true);
    let bitmap = measured.page.render_with_config(&config).ok()?;
    let (width, height) = (u32::try_from(bitmap.width()).ok()?, u32::try_from(bitmap.height()).ok()?);
    let rgb: Vec<u8> =
        bitmap.as_rgba_bytes().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    encode(&rgb, width, height, ExtendedColorType::Rgb8)
}

/// Encodes raw pixels as PNG, fast rather than small: it goes to a window, not to a disk.
pub(crate) fn encode(pixels: &[u8], width: u32, height: u32, color: ExtendedColorType) -> Option<Rendered> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive);
    encoder.write_image(pixels, width, height, color).ok()?;
    Some(Rendered { png, width, height })
}
