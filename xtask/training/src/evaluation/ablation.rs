//! What each part of the page types is worth, by leaving the others out: the shipped head on the same pages.

use super::{Recognised, format_index};
use crate::TrainingError;
use crate::evaluation::pages::{Counts, mean};
use cotejo_recognition::encoder::{Encoder, usual_folder};
use cotejo_recognition::page_type::{Heads, LAYOUT, PageFeatures};
use std::collections::BTreeMap;

/// Holds one line: what was used, and the macro-F1 of the likeliest class on first pages, digital and scanned.
pub(crate) struct Line {
    pub(crate) parts: &'static str,
    pub(crate) f1: [f64; 2],
}

struct Page<'a> {
    kind: &'a str,
    group: usize,
    features: PageFeatures,
}

/// Names the likeliest class of every first page with parts of the head left out.
pub(crate) fn measure(files: &[Recognised]) -> Result<Vec<Line>, TrainingError> {
    let (Some(heads), Some(folder)) = (Heads::compiled_in(), usual_folder()) else { return Ok(Vec::new()) };
    let encoder = Encoder::open(&folder)?;
    let pages: Vec<Page<'_>> = files
        .iter()
        .filter(|file| format_index(file.format) < 2)
        .flat_map(|file| {
            file.documents.iter().filter_map(|document| {
                let page = file.pages.iter().find(|page| page.number == *document.pages.start())?;
                let group = format_index(file.format);
                Some(Page { kind: document.kind, group, features: PageFeatures::of(page) })
            })
        })
        .collect();
    let mut vectors = Vec::new();
    for chunk in pages.chunks(64) {
        let texts: Vec<&str> = chunk.iter().map(|page| page.features.text.as_str()).collect();
        vectors.extend(encoder.embed(&texts, heads.manifest.encoder_tokens)?);
    }
    let bare = |features: &PageFeatures, cues: bool, layout: bool| {
        let mut features = features.clone();
        if !cues {
            features.cues.iter_mut().for_each(|cue| *cue = 0.0);
        }
        if !layout {
            features.layout = [0.0; LAYOUT];
        }
        features
    };
    let nothing = |features: &PageFeatures| PageFeatures {
        head: Vec::new(),
        body: Vec::new(),
        ..bare(features, false, false)
    };
    type Score<'s> = &'s dyn Fn(&PageFeatures, &[f32]) -> Vec<f32>;
    let ways: [(&'static str, Score<'_>); 5] = [
        ("character grams", &|features, _| heads.scores(&bare(features, false, false))),
        ("grams, phrases and layout", &|features, _| heads.scores(features)),
        ("encoder", &|features, vector| heads.scores_with(&nothing(features), vector)),
        ("grams and encoder", &|features, vector| heads.scores_with(&bare(features, false, false), vector)),
        ("grams, phrases, layout and encoder", &|features, vector| heads.scores_with(features, vector)),
    ];
    Ok(ways
        .into_iter()
        .map(|(parts, score)| {
            let mut counts: [BTreeMap<&str, Counts>; 2] = Default::default();
            for (page, vector) in pages.iter().zip(&vectors) {
                let scores = score(&page.features, vector);
                let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
                let answer = heads.manifest.classes[best].as_str();
                let counts = &mut counts[page.group];
                if answer == page.kind {
                    counts.entry(page.kind).or_default().hit += 1;
                } else {
                    counts.entry(page.kind).or_default().missed += 1;
                    counts.entry(heads.manifest.classes[best].as_str()).or_default().extra += 1;
                }
            }
            let f1 = counts.map(|counts| {
                let of: Vec<f64> = counts
                    .values()
                    .filter(|counts| counts.hit + counts.missed > 0)
                    .map(|counts| counts.f1())
                    .collect();
                mean(&of)
            });
            Line { parts, f1 }
        })
        .collect())
}
