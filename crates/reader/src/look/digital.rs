//! Codes on pages that are not drawn to be read: in their images, in small drawn squares, in the stamps of signatures.
//!
//! An image is searched by itself, without drawing the page: a letterhead that comes on every page is searched once. The page is drawn only for
//! codes that paths or annotations draw, and only their place is searched.

use super::codes::{self, Found};
use crate::drawn::Drawn;
use crate::geometry::{Bounds, PageSpace};
use crate::ink::Gray;
use crate::pdf::MeasuredPage;
use crate::picture::READING_DPI;
use crate::raster;
use cotejo_domain::PrintedCode;
use pdfium_render::prelude::{
    PdfBitmapFormat, PdfPage, PdfPageAnnotationCommon, PdfPageAnnotationType, PdfPageImageObject,
    PdfPageObject, PdfPageObjectCommon, PdfPageObjectsCommon,
};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Smallest side of a code on paper, in points, and smallest height of a barcode.
const SMALLEST: [f64; 2] = [18.0, 8.0];
/// Pixels of an image that are searched at most: a scanned sheet at 300 dpi.
const MOST_PIXELS: usize = 9_000_000;
/// Pixels of an image that may be a code alone, and is looked at larger too.
const SMALL: usize = 250_000;
/// Images and annotations of one page that are searched.
const MOST_PLACES: usize = 64;
/// Small squares that may be the modules of a code: the smallest QR code has more than two hundred dark ones, in runs.
const FEWEST_SPECKS: usize = 60;
/// Widest place on which drawn squares are a code, in points.
const WIDEST_CODE: f64 = 220.0;

/// Resolution at which a page is drawn for its codes: the modules of a signature's stamp are a quarter of a millimetre wide.
const CODE_DPI: f64 = 400.0;
/// Images without a code that are remembered.
const MOST_BARREN: usize = 4_096;

/// Remembers images that hold no code.
#[derive(Debug, Default)]
pub(crate) struct Barren(HashSet<u64>);

/// Finds the codes of a page that has a text layer. `shapes` is what its paths draw, in page space.
pub(crate) fn find(
    page: &PdfPage<'_>,
    space: &PageSpace,
    shapes: &Drawn,
    barren: &mut Barren,
) -> Vec<PrintedCode> {
    let (mut found, mut places, mut fine) = (Vec::new(), Vec::new(), Vec::new());
    let mut left = MOST_PLACES;
    for object in page.objects().iter() {
        match &object {
            PdfPageObject::Image(image) if left > 0 => {
                left -= 1;
                found.extend(in_image(image, space, barren));
            }
            PdfPageObject::XObjectForm(form) if left > 0 => {
                left -= 1;
                let images = form.iter().filter(|inner| matches!(inner, PdfPageObject::Image(_))).count();
                if images > 0
                    && let Ok(bounds) = object.bounds()
                {
                    places.push(edges(space, bounds.left(), bounds.bottom(), bounds.right(), bounds.top()));
                }
            }
            _ => {}
        }
    }
    fine.extend(specks(shapes, space));
    for annotation in page.annotations().iter().take(MOST_PLACES) {
        let kind = annotation.annotation_type();
        let shown = matches!(kind, PdfPageAnnotationType::Widget | PdfPageAnnotationType::Stamp);
        if let Some(rect) = annotation.bounds().ok().filter(|_| shown) {
            fine.push(edges(space, rect.left(), rect.bottom(), rect.right(), rect.top()));
        }
    }
    let (width, height) = space.size();
    // A letterhead may come as a form on every page: only what draws a code itself is worth the fine drawing.
    for (places, dots) in [(places, READING_DPI), (fine, CODE_DPI)] {
        let fits = |place: &Bounds| {
            place.width() >= SMALLEST[0]
                && place.height() >= SMALLEST[1]
                && place.width() * place.height() <= 0.6 * width * height
        };
        let places: Vec<Bounds> = places.into_iter().filter(fits).collect();
        if !places.is_empty()
            && let Some(image) = raster::gray(MeasuredPage { page, unit: space.unit }, dots / 72.0)
        {
            for place in places {
                found.extend(in_place(&image, &place, width, height));
            }
        }
    }
    let mut once: Vec<PrintedCode> = Vec::new();
    for code in found {
        if !once.iter().any(|other| other.kind == code.kind && other.text == code.text && near(other, &code))
        {
            once.push(code);
        }
    }
    once
}

fn near(one: &PrintedCode, other: &PrintedCode) -> bool {
    one.quad.bounds().iter().zip(other.quad.bounds()).all(|(a, b)| (a - b).abs() < 8.0)
}

type Points = pdfium_render::prelude::PdfPoints;

fn edges(space: &PageSpace, left: Points, bottom: Points, right: Points, top: Points) -> Bounds {
    let [left, bottom, right, top] = [left, bottom, right, top].map(|edge| f64::from(edge.value));
    space.map(left, bottom, right, top)
}

// One place for each cluster of small squares that is as large as a code.
fn specks(drawn: &Drawn, space: &PageSpace) -> Option<Bounds> {
    let (width, _) = space.size();
    // Runs of modules are drawn as one bar: low rules count too.
    let short = |rule: &&Bounds| rule.width() <= 40.0 && rule.height() <= 40.0;
    let pieces: Vec<&Bounds> =
        drawn.specks.iter().chain(drawn.rules.across.iter().chain(&drawn.rules.down).filter(short)).collect();
    if pieces.len() < FEWEST_SPECKS {
        return None;
    }
    let place = pieces.iter().copied().copied().reduce(|a, b| a.union(&b))?;
    (place.width() <= WIDEST_CODE.max(0.5 * width)).then_some(place)
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn in_place(image: &Gray, place: &Bounds, width: f64, height: f64) -> Vec<PrintedCode> {
    let (scale_x, scale_y) = (image.width as f64 / width.max(1.0), image.height as f64 / height.max(1.0));
    let (cut, [left, top]) = image.cut([
        (place.left - 4.0) * scale_x,
        (place.top - 4.0) * scale_y,
        (place.right + 4.0) * scale_x,
        (place.bottom + 4.0) * scale_y,
    ]);
    let onto = |x: f64, y: f64| ((x + left) / scale_x, (y + top) / scale_y);
    codes::find_fine(&cut).into_iter().map(|code| code.placed_by(&onto)).collect()
}

fn in_image(image: &PdfPageImageObject<'_>, space: &PageSpace, barren: &mut Barren) -> Vec<PrintedCode> {
    let Ok(bounds) = image.bounds() else { return Vec::new() };
    let place = edges(space, bounds.left(), bounds.bottom(), bounds.right(), bounds.top());
    let (Ok(matrix), true) = (image.matrix(), place.width() >= SMALLEST[0] && place.height() >= SMALLEST[1])
    else {
        return Vec::new();
    };
    let Some(gray) = pixels(image) else { return Vec::new() };
    let mut hasher = DefaultHasher::new();
    (gray.width, gray.height, &gray.pixels).hash(&mut hasher);
    let hash = hasher.finish();
    if barren.0.contains(&hash) {
        return Vec::new();
    }
    let found = codes_or_inverse(&gray);
    if found.is_empty() {
        if barren.0.len() >= MOST_BARREN {
            barren.0.clear();
        }
        barren.0.insert(hash);
        return Vec::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "pixels of an image")]
    let (width, height) = (gray.width as f64, gray.height as f64);
    let [a, b, c, d, e, f] =
        [matrix.a(), matrix.b(), matrix.c(), matrix.d(), matrix.e(), matrix.f()].map(f64::from);
    // An image fills the unit square, its first row above (ISO 32000-1, 8.9.5.2).
    let onto = |x: f64, y: f64| {
        let (u, v) = (x / width, 1.0 - y / height);
        space.point(a * u + c * v + e, b * u + d * v + f)
    };
    found.into_iter().map(|code| code.placed_by(&onto)).collect()
}

fn codes_or_inverse(gray: &Gray) -> Vec<Found> {
    // Some codes come without the white rim that finding them needs.
    let framed = gray.framed(gray.width.min(gray.height) / 12 + 4);
    let found = if gray.pixels.len() <= SMALL { codes::find_fine(&framed.0) } else { codes::find(&framed.0) };
    let found = if found.is_empty() && gray.pixels.len() < 1_000_000 {
        let inverse = Gray { pixels: gray.pixels.iter().map(|pixel| 255 - pixel).collect(), ..*gray };
        codes::find(&inverse.framed(framed.1).0)
    } else {
        found
    };
    #[expect(clippy::cast_precision_loss, reason = "pixels of a rim")]
    let rim = framed.1 as f64;
    found.into_iter().map(|code| code.moved(-rim, -rim)).collect()
}

fn pixels(image: &PdfPageImageObject<'_>) -> Option<Gray> {
    let bitmap = image.get_raw_bitmap().ok()?;
    let (width, height) = (usize::try_from(bitmap.width()).ok()?, usize::try_from(bitmap.height()).ok()?);
    if width < 20 || height < 8 || width.checked_mul(height)? > MOST_PIXELS {
        return None;
    }
    let depth = match bitmap.format().ok()? {
        PdfBitmapFormat::Gray => 1,
        PdfBitmapFormat::BGR => 3,
        _ => 4,
    };
    let bytes = bitmap.as_raw_bytes();
    let stride = bytes.len() / height;
    if stride < width * depth {
        return None;
    }
    let mut pixels = Vec::with_capacity(width * height);
    for row in bytes.chunks_exact(stride) {
        pixels.extend(row.chunks_exact(depth).take(width).map(|pixel| match pixel {
            [gray] => *gray,
            [blue, green, red, ..] => {
                let sum = u32::from(*blue) * 29 + u32::from(*green) * 150 + u32::from(*red) * 77;
                u8::try_from(sum / 256).unwrap_or(255)
            }
            _ => 255,
        }));
    }
    Some(Gray { width, height, pixels })
}
