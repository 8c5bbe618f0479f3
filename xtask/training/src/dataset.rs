//! The pages to learn from and to be measured on.

use crate::noise;
use crate::random::Random;
use crate::render;
use crate::templates::{self, Template};
use cotejo_domain::PageReading;
use cotejo_recognition::page_type::PageFeatures;
use rayon::prelude::*;

/// Fewest words of a page that is still to be told by itself: what is less than this is an end or a signature.
const WORDS: usize = 35;

/// Holds one page with its truth.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// The type it belongs to.
    pub(crate) kind: String,
    /// Whether its whole template is kept from training.
    pub(crate) held_out: bool,
    /// Share of letters misread; 0 for a text layer.
    pub(crate) noise: f64,
    /// What the typer sees.
    pub(crate) features: PageFeatures,
    /// Counts variants of a template: only the first few go through the encoder.
    pub(crate) variant: usize,
}

/// Makes `variants` of every template (`held_out_variants` of those held out), half of them noisy.
pub(crate) fn make(seed: u64, variants: usize, held_out_variants: usize) -> Vec<Sample> {
    templates::all()
        .par_iter()
        .flat_map_iter(|template| {
            let count = if template.held_out { held_out_variants } else { variants };
            (0..count).flat_map(move |variant| samples(template, seed, variant)).collect::<Vec<_>>()
        })
        .collect()
}

fn samples(template: &Template, seed: u64, variant: usize) -> Vec<Sample> {
    let mut random = Random::for_name(seed, &format!("{} {} {variant}", template.kind, template.habit));
    let noise = match variant % 4 {
        1 => 0.01 + 0.02 * random.unit(),
        3 => 0.04 + 0.06 * random.unit(),
        _ => 0.0,
    };
    let whole = render::pages(template, &mut random);
    whole
        .iter()
        .enumerate()
        .filter(|(index, page)| *index == 0 || page.words.len() >= WORDS)
        .map(|(_, page)| Sample {
            kind: template.kind.to_owned(),
            held_out: template.held_out,
            noise,
            features: features(page, noise, &mut random),
            variant,
        })
        .collect()
}

fn features(page: &PageReading, noise: f64, random: &mut Random) -> PageFeatures {
    if noise > 0.0 { PageFeatures::of(&noise::scanned(page, noise, random)) } else { PageFeatures::of(page) }
}

/// Returns the types that occur, in order.
pub(crate) fn classes(samples: &[Sample]) -> Vec<String> {
    let mut classes: Vec<String> = samples.iter().map(|sample| sample.kind.clone()).collect();
    classes.sort();
    classes.dedup();
    classes
}
