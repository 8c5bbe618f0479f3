//! How a page looks: ink, hashes, codes. What every page is handed out with beside its words.

mod busy;
mod code128;
mod codes;
mod colour;
mod digital;
mod hash;
mod ink_regions;
mod lift;
mod marks;
mod outline;
mod stamps;

use crate::ink::Gray;
use cotejo_domain::{PageLook, PageReading, PageStatus, PrintedCode};

pub(crate) use busy::find as find_codes;
pub(crate) use colour::{Colour, LONG_SIDE as COLOUR_SIDE};
pub(crate) use digital::{Barren, find as find_digital_codes};
pub(crate) use lift::lifted;
pub(crate) use marks::{Scene, find as find_marks};

/// Returns the look of a page that was read without being drawn.
pub(crate) fn of_text(page: &PageReading) -> PageLook {
    let unsure = page.unsure_words().count();
    PageLook {
        number: page.number,
        exact: (!page.words.is_empty()).then(|| hash::exact_words(&page.words)),
        text_hash: hash::of_words(&page.words),
        unsure_words: u32::try_from(unsure).unwrap_or(u32::MAX),
        ..PageLook::default()
    }
}

/// Returns the look of a page that was drawn: `image` as shown, `upright` turned and levelled as it was read.
pub(crate) fn of_image(
    page: &PageReading,
    image: &Gray,
    upright: &Gray,
    codes: Vec<PrintedCode>,
) -> PageLook {
    let mut look = of_text(page);
    look.ink = Some((image.ink() * 1e4).round() / 1e4);
    look.codes = codes;
    if page.status != PageStatus::Blank {
        look.image_hash = hash::of_image(upright);
        look.exact = look.exact.or_else(|| Some(hash::exact_pixels(image)));
    }
    look
}
