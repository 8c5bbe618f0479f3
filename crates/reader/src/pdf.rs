//! The text layer of a PDF page.

use crate::forms;
use crate::geometry::{Bounds, Frame, PageSpace};
use crate::layout::{self, Glyph, Placed};
use crate::quality;
use pdfium_render::prelude::{PdfPage, PdfPageText, PdfRect};

/// Most characters read from one page; a full page of small print has about ten thousand.
const MOST_CHARACTERS: i32 = 400_000;
/// Loose boxes higher than this many times the tight one come from broken fonts.
const LOOSE_LIMIT: f64 = 6.0;

/// Holds what the file itself says of a page.
pub(crate) struct Layer {
    pub(crate) space: PageSpace,
    /// The way its text runs.
    pub(crate) frame: Frame,
    /// Words without lines yet, in the frame.
    pub(crate) words: Vec<Placed>,
    /// True when the layer is there but unreadable; `words` is empty then.
    pub(crate) garbage: bool,
    /// True when the layer has words that are no language's: its font does not tell which letters it draws, or bad OCR.
    pub(crate) doubtful: bool,
    /// Characters that lie outside of what is shown.
    pub(crate) hidden: usize,
    /// True when the page has more characters than are read.
    pub(crate) cut: bool,
}

/// Holds a page and how many points its unit is.
#[derive(Clone, Copy)]
pub(crate) struct MeasuredPage<'s, 'd> {
    pub(crate) page: &'s PdfPage<'d>,
    pub(crate) unit: f64,
}

/// Returns the page's space: what is shown of it, and how it is turned.
pub(crate) fn space(measured: MeasuredPage<'_, '_>) -> PageSpace {
    let MeasuredPage { page, unit } = measured;
    let turned = page.rotation().map_or(0, |rotation| match rotation {
        pdfium_render::prelude::PdfPageRenderRotation::None => 0,
        pdfium_render::prelude::PdfPageRenderRotation::Degrees90 => 90,
        pdfium_render::prelude::PdfPageRenderRotation::Degrees180 => 180,
        pdfium_render::prelude::PdfPageRenderRotation::Degrees270 => 270,
    });
    if let Ok(boundary) = page.boundaries().bounding() {
        let edges = edges(&boundary.bounds);
        if edges[2] > edges[0] && edges[3] > edges[1] {
            return PageSpace {
                left: edges[0],
                bottom: edges[1],
                right: edges[2],
                top: edges[3],
                rotation: turned,
                unit,
            };
        }
    }
    let (width, height) = (f64::from(page.width().value), f64::from(page.height().value));
    let (right, top) = if turned == 90 || turned == 270 { (height, width) } else { (width, height) };
    PageSpace { left: 0.0, bottom: 0.0, right, top, rotation: turned, unit }
}

/// Turns a page clockwise beside its own /Rotate, as a person asked; space, boxes and image all follow.
pub(crate) fn turn(page: &mut PdfPage<'_>, degrees: u16) {
    use pdfium_render::prelude::PdfPageRenderRotation as Turn;
    if !matches!(degrees, 90 | 180 | 270) {
        return;
    }
    let turned = match (space(MeasuredPage { page, unit: 1.0 }).rotation + degrees) % 360 {
        90 => Turn::Degrees90,
        180 => Turn::Degrees180,
        270 => Turn::Degrees270,
        _ => Turn::None,
    };
    page.set_rotation(turned);
}

/// Reads the text layer, form values and notes of a page.
pub(crate) fn layer(measured: MeasuredPage<'_, '_>, has_forms: bool) -> Layer {
    let MeasuredPage { page, .. } = measured;
    let space = space(measured);
    let (width, height) = space.size();
    let frame = Frame::upright(width, height);
    let mut layer =
        Layer { space, frame, words: Vec::new(), garbage: false, doubtful: false, hidden: 0, cut: false };
    if let Ok(text) = page.text() {
        let mut glyphs = glyphs(&text, &space, &mut layer);
        if quality::is_garbage(glyphs.iter().filter(|glyph| !glyph.space).map(|glyph| glyph.character)) {
            layer.garbage = true;
        } else {
            layer.frame.turn = layout::turn(&glyphs);
            for glyph in &mut glyphs {
                glyph.bounds = layer.frame.enter(&glyph.bounds);
            }
            layer.words = layout::placed(&glyphs);
            layer.doubtful = quality::is_no_language(layer.words.iter().map(|word| word.text.as_str()));
        }
    }
    if has_forms || !page.annotations().is_empty() {
        layer.words.extend(forms::words(page, &space, &layer.frame));
    }
    layer
}

/// Tells whether a page draws nothing but text: no images, no lines, no nested forms, no notes.
pub(crate) fn is_text_only(page: &PdfPage<'_>) -> bool {
    use pdfium_render::prelude::{PdfPageObjectType, PdfPageObjectsCommon};
    page.annotations().is_empty()
        && page.objects().iter().all(|object| object.object_type() == PdfPageObjectType::Text)
}

fn glyphs(text: &PdfPageText<'_>, space: &PageSpace, layer: &mut Layer) -> Vec<Glyph> {
    let count = text.len();
    layer.cut = count > MOST_CHARACTERS;
    let chars = text.chars();
    let (width, height) = space.size();
    let mut glyphs: Vec<Glyph> =
        Vec::with_capacity(usize::try_from(count.clamp(0, MOST_CHARACTERS)).unwrap_or(0));
    let mut new_word = true;
    let mut size = 0.0;
    for character in chars.iter().take(MOST_CHARACTERS as usize) {
        let value = character.unicode_value();
        let sign = match value {
            // pdfium's own sign for a hyphen at the end of a line.
            0x02 | 0xfffe | 0xad => '-',
            value => char::from_u32(value).unwrap_or('\u{fffd}'),
        };
        if sign.is_whitespace() || sign == '\0' {
            if !new_word {
                glyphs.push(Glyph { character: ' ', bounds: NOWHERE, size, space: true });
            }
            new_word = true;
            continue;
        }
        let Some(bounds) = bounds(&character, space) else { continue };
        // A sign whose middle is outside of the page is not shown.
        let middle = (f64::midpoint(bounds.left, bounds.right), f64::midpoint(bounds.top, bounds.bottom));
        if !(-1.0..=width + 1.0).contains(&middle.0) || !(-1.0..=height + 1.0).contains(&middle.1) {
            layer.hidden += 1;
            continue;
        }
        if new_word {
            size = f64::from(character.scaled_font_size().value) * space.unit;
            if !(0.5..=1000.0).contains(&size) {
                size = bounds.height().max(bounds.width().min(14.0)) * 0.86;
            }
            new_word = false;
        }
        match ligature(sign) {
            Some(letters) => glyphs.extend(split(letters, bounds, size)),
            None => glyphs.push(Glyph { character: sign, bounds, size, space: false }),
        }
    }
    glyphs
}

const NOWHERE: Bounds = Bounds { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };

// The loose box: as high as the font, as wide as the pen moves. Highlights look right and lines are level.
fn bounds(character: &pdfium_render::prelude::PdfPageTextChar<'_>, space: &PageSpace) -> Option<Bounds> {
    let mapped = |rect: &PdfRect| {
        let [left, bottom, right, top] = edges(rect);
        space.map(left, bottom, right, top)
    };
    let loose = character.loose_bounds().ok().map(|rect| mapped(&rect));
    match loose {
        Some(loose) if loose.height() > 0.2 && loose.width() > 0.05 && loose.height() < 60.0 => Some(loose),
        loose => {
            let tight = character.tight_bounds().ok().map(|rect| mapped(&rect));
            match (loose, tight) {
                (Some(loose), Some(tight))
                    if tight.height() * LOOSE_LIMIT > loose.height() && loose.height() > 0.0 =>
                {
                    Some(loose)
                }
                (_, Some(tight)) => Some(tight),
                (loose, None) => loose,
            }
        }
    }
}

fn edges(rect: &PdfRect) -> [f64; 4] {
    [rect.left(), rect.bottom(), rect.right(), rect.top()].map(|edge| f64::from(edge.value))
}

// The presentation forms of Latin ligatures, which no search would find.
fn ligature(sign: char) -> Option<&'static str> {
    Some(match sign {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => return None,
    })
}

fn split(letters: &str, bounds: Bounds, size: f64) -> impl Iterator<Item = Glyph> + '_ {
    #[expect(clippy::cast_precision_loss, reason = "two or three letters")]
    let width = bounds.width() / letters.len() as f64;
    letters.chars().enumerate().map(move |(index, character)| {
        #[expect(clippy::cast_precision_loss, reason = "two or three letters")]
        let left = bounds.left + index as f64 * width;
        Glyph { character, bounds: Bounds { left, right: left + width, ..bounds }, size, space: false }
    })
}
