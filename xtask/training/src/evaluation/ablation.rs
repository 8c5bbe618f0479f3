//! What each part of the page types is worth on the rendered files: the heads that were fitted for each combination, on the same pages.

use super::{Recognised, format_index};
use crate::ablation::{COMBINATIONS, Cell, Tally, fitted, likeliest};
use crate::{TrainingError, say};
use cotejo_recognition::encoder::{Encoder, usual_folder};
use cotejo_recognition::page_type::{PageFeatures, decide};

/// Holds one line: what was used, and what it answered on first pages, digital and scanned.
pub(crate) struct Line {
    pub(crate) parts: &'static str,
    pub(crate) cells: [Cell; 2],
}

struct Page<'a> {
    kind: &'a str,
    group: usize,
    features: PageFeatures,
}

/// Has every combination that was fitted answer on every first page; nothing where none was fitted (`cotejo-training ablacion`).
pub(crate) fn measure(files: &[Recognised]) -> Result<Vec<Line>, TrainingError> {
    let heads: Vec<_> =
        COMBINATIONS.into_iter().filter_map(|known| fitted(known).map(|heads| (known, heads))).collect();
    let (Some(folder), true) = (usual_folder(), heads.len() == COMBINATIONS.len()) else {
        say("ablation left out: fit the combinations first (cotejo-training ablacion)");
        return Ok(Vec::new());
    };
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
    let tokens = heads.first().map_or(0, |(_, heads)| heads.manifest.encoder_tokens);
    for chunk in pages.chunks(64) {
        let texts: Vec<&str> = chunk.iter().map(|page| page.features.text.as_str()).collect();
        vectors.extend(encoder.embed(&texts, tokens)?);
    }
    Ok(heads
        .iter()
        .map(|(combination, heads)| {
            let mut tallies = [Tally::default(), Tally::default()];
            for (page, vector) in pages.iter().zip(&vectors) {
                let (scores, decision) = if combination.encoder {
                    (heads.scores_with(&page.features, vector), &heads.manifest.encoder)
                } else {
                    (heads.scores(&page.features), &heads.manifest.ngrams)
                };
                let answer = decide(heads, decision, &page.features, &scores);
                tallies[page.group].add(
                    page.kind,
                    likeliest(&heads.manifest.classes, &scores),
                    &answer.kind.0,
                );
            }
            Line { parts: combination.name, cells: tallies.map(|tally| tally.cell()) }
        })
        .collect())
}
