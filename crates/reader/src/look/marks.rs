//! Stamps, handwriting and other ink of a page that was read from its image, in page space.

use super::colour::{Colour, Tint};
use super::ink_regions;
use super::stamps::{self, Sheet};
use crate::ink::Gray;
use crate::{prepare, ruled};
use cotejo_domain::{InkRegion, PrintedCode, Quad, Word};

/// Words that tell how a page's lines lean.
const ENOUGH_WORDS: usize = 5;
/// Long side of A4 in points: what a page of an odd size is taken for.
const A4: f64 = 842.0;

/// Holds what is known of a page when its marks are looked for.
pub(crate) struct Scene<'s> {
    /// The image as it was drawn.
    pub(crate) image: &'s Gray,
    /// The image in even light, and the same without its rules, where reading it has left them pixel for pixel.
    pub(crate) read: Option<[&'s Gray; 2]>,
    /// The same in colour, smaller, where the page has colours.
    pub(crate) colour: Option<&'s Colour>,
    /// The words, in page space.
    pub(crate) words: &'s [Word],
    /// The codes, in page space.
    pub(crate) codes: &'s [PrintedCode],
    /// Width and height of the page in points.
    pub(crate) size: [f64; 2],
    /// Quarter turns clockwise, in degrees, that bring the page upright.
    pub(crate) turned: u16,
}

/// Finds the marks of a page, from above to below.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
pub(crate) fn find(scene: &Scene<'_>) -> Vec<InkRegion> {
    let [width, height] = scene.size;
    let (pixels_x, pixels_y) = (scene.image.width as f64, scene.image.height as f64);
    let (scale_x, scale_y) = (width / pixels_x.max(1.0), height / pixels_y.max(1.0));
    let skew = skew(scene.words);
    let sheet = |across: f64, down: f64| Sheet {
        millimetre: across.max(down) * 72.0 / 25.4 / paper(width.max(height)),
        skew,
        turned: scene.turned,
        size: [across, down],
    };
    let (even, ruled);
    let [image, bare] = match scene.read {
        Some(read) => read,
        None => {
            even = prepare::evened(scene.image);
            let image = even.as_ref().unwrap_or(scene.image);
            ruled = ruled::without_rules(image);
            [image, &ruled.page]
        }
    };
    let (across, tints) = match scene.colour {
        Some(picture) => (picture.width, picture.tints()),
        None => (image.width / 2, without_colour(image)),
    };
    let down = tints.len() / across.max(1);
    let mut regions = Vec::new();
    for stamp in stamps::find(&tints, across, &sheet(across as f64, down as f64)) {
        let [left, top, right, bottom] = stamp.place;
        let (x, y) = (width / across.max(1) as f64, height / down.max(1) as f64);
        regions.push(InkRegion {
            kind: stamp.kind,
            quad: placed([left * x, top * y, (right + 1.0) * x, (bottom + 1.0) * y]),
            confidence: stamp.confidence,
        });
    }
    let places = scene.words.iter().map(|word| word.quad).chain(scene.codes.iter().map(|code| code.quad));
    let covered: Vec<[f64; 4]> = places
        .chain(regions.iter().map(|region| region.quad))
        .map(|quad| {
            let [left, top, right, bottom] = quad.bounds();
            [left / scale_x, top / scale_y, right / scale_x, bottom / scale_y]
        })
        .collect();
    let tint = |x: usize, y: usize| {
        let (x, y) = (x * across / scene.image.width.max(1), y * down / scene.image.height.max(1));
        tints.get(y * across + x).copied().unwrap_or(Tint::Paper)
    };
    let tint = scene.colour.is_some().then_some(&tint as &dyn Fn(usize, usize) -> Tint);
    for found in ink_regions::find(bare, &covered, scene.turned % 180 == 90, tint) {
        let [left, top, right, bottom] = found.place.map(|edge| edge as f64);
        regions.push(InkRegion {
            kind: found.kind,
            quad: placed([left * scale_x, top * scale_y, right * scale_x, bottom * scale_y]),
            confidence: found.confidence,
        });
    }
    regions.sort_by(|a, b| a.quad.bounds()[1].total_cmp(&b.quad.bounds()[1]));
    regions
}

// What stands at each pixel of the page at half its resolution.
fn without_colour(image: &Gray) -> Vec<Tint> {
    let dark = u32::from(image.paper().saturating_sub(60)) * 4;
    let (across, down) = (image.width / 2, image.height / 2);
    let mut tints = Vec::with_capacity(across * down);
    for y in 0..down {
        let rows = image.row(2 * y).chunks_exact(2).zip(image.row(2 * y + 1).chunks_exact(2));
        tints.extend(rows.take(across).map(|(upper, lower)| {
            let sum: u32 = upper.iter().chain(lower).map(|pixel| u32::from(*pixel)).sum();
            if sum < dark { Tint::Neutral } else { Tint::Paper }
        }));
    }
    tints
}

fn placed(edges: [f64; 4]) -> Quad {
    let [left, top, right, bottom] = edges.map(|points| (points * 100.0).round() / 100.0);
    Quad::upright(left, top, right, bottom)
}

// Some programs write a size that no paper has: then the page is taken for a sheet of A4.
fn paper(long_side: f64) -> f64 {
    if (560.0..=1_300.0).contains(&long_side) { long_side } else { A4 }
}

// How the lines lean, in radians: the middle of what the words say, each along its upper edge.
fn skew(words: &[Word]) -> Option<f64> {
    let quarter = std::f64::consts::FRAC_PI_2;
    let long = words.iter().filter(|word| word.text.chars().count() >= 4);
    let mut leans: Vec<f64> = long
        .map(|word| {
            let [x1, y1, x2, y2, ..] = word.quad.0;
            let lean = (y2 - y1).atan2(x2 - x1).rem_euclid(quarter);
            if lean > quarter / 2.0 { lean - quarter } else { lean }
        })
        .collect();
    leans.sort_by(f64::total_cmp);
    if leans.len() < ENOUGH_WORDS { None } else { leans.get(leans.len() / 2).copied() }
}
