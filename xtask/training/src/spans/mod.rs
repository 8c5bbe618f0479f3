//! The tagger of names in prose: makes papers whose every word is known, fits, calibrates on templates it never saw, measures, writes.
//!
//! `reserva_*` templates take no part: only the evaluation renders them, with a vocabulary of its own.

mod card;
mod fit;
mod measure;
mod pages;
mod store;
mod vectors;
mod vocabulary;

pub(crate) use card::TITLE as CARD_TITLE;

use crate::templates::{self, Template};
use crate::{TrainingError, file_error, say};
use candle_core::Tensor;
use cotejo_recognition::spans::{SpanHead, SpanManifest};
use fit::{Fitted, Schedule, Sheet};
use pages::Paper;
use std::path::Path;
use std::time::Instant;

/// Papers of a template that was written for the tagger, and of one of the page types.
const VARIANTS: usize = 14;
const OTHER_VARIANTS: usize = 3;
/// Papers of a template that is held out.
const HELD_OUT_VARIANTS: usize = 12;
/// After how many layers of the encoder the vectors are taken: chosen by measuring (docs/models.md).
const TAPS: [usize; 2] = [4, 8];
const SCHEDULE: Schedule =
    Schedule { epochs: 14, rate: 0.0015, decay: 0.01, dropout: [0.15, 0.25], hidden: [64, 96] };
/// Proposals above the threshold are to be right this often on templates that were held out.
const PRECISION: f64 = 0.96;
/// The threshold is not set below this.
const LEAST: f64 = 0.6;

/// Trains the tagger, and writes weights, manifest and its section of the card into `models`.
pub(crate) fn run(models: &Path, seed: u64) -> Result<(), TrainingError> {
    let start = Instant::now();
    let papers = papers(seed);
    let words: usize = papers.iter().flat_map(|paper| &paper.words).map(Vec::len).sum();
    let held_out = papers.iter().filter(|paper| paper.held_out).count();
    say(&format!(
        "tagger: {} papers, {held_out} of templates held out; {words} words ({:.0?})",
        papers.len(),
        start.elapsed()
    ));
    let (taps, schedule) = trial();
    let vectors = vectors::of(&papers, &taps)?;
    say(&format!("their words went through the encoder ({:.0?})", start.elapsed()));

    let fitted = fit::fit(&sheets(&papers, &vectors, &|paper| !paper.held_out), schedule, seed)?;
    let mut manifest = store::manifest(&schedule, &taps);
    let head = head(&fitted, &manifest)?;
    let unseen: Vec<usize> = (0..papers.len()).filter(|index| papers[*index].held_out).collect();
    [manifest.temperature, manifest.role_temperature] =
        measure::temperatures(&head, &papers, &vectors, &unseen)?;
    let head = self::head(&fitted, &manifest)?;
    let tagged = measure::tag(&head, &papers, &vectors, &unseen)?;
    let spans = measure::spans(&papers, &tagged);
    let proposals = measure::proposals(&head.manifest, &papers, &tagged);
    measure::calibrate(&mut manifest, &proposals, PRECISION, LEAST);
    let report = card::Measured { spans, proposals, papers: papers.len(), words, held_out };
    report.say(&manifest);
    say(&format!("measured ({:.0?})", start.elapsed()));

    if std::env::var_os("COTEJO_TRAMOS_PRUEBA").is_some() {
        return Ok(());
    }
    let everything = fit::fit(&sheets(&papers, &vectors, &|_| true), schedule, seed)?;
    let (weights, manifest) = store::bytes(&everything, manifest)?;
    SpanHead::from_bytes(&weights, &manifest)?;
    let text =
        serde_json::to_string_pretty(&manifest).map_err(|error| TrainingError::Missing(error.to_string()))?;
    let card = models.join("CARD.md");
    let known = std::fs::read_to_string(&card).map_err(file_error(&card))?;
    for (name, bytes) in [
        ("spans.safetensors", weights.as_slice()),
        ("spans.json", (text + "\n").as_bytes()),
        ("CARD.md", card::into(&known, &report, &manifest, weights.len()).as_bytes()),
    ] {
        let path = models.join(name);
        std::fs::write(&path, bytes).map_err(file_error(&path))?;
    }
    say(&format!("tagger written: {} bytes of weights ({:.0?})", weights.len(), start.elapsed()));
    Ok(())
}

/// Returns layers and schedule; a trial may choose others, and writes nothing.
fn trial() -> (Vec<usize>, Schedule) {
    let mut chosen = (TAPS.to_vec(), SCHEDULE);
    if let Ok(text) = std::env::var("COTEJO_TRAMOS_PRUEBA") {
        for (name, value) in text.split(' ').filter_map(|word| word.split_once('=')) {
            let numbers: Vec<f64> = value.split(',').filter_map(|number| number.parse().ok()).collect();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "small whole numbers"
            )]
            let whole: Vec<usize> = numbers.iter().map(|number| *number as usize).collect();
            match (name, whole.as_slice(), numbers.as_slice()) {
                ("capas", layers, _) => chosen.0 = layers.to_vec(),
                ("vueltas", [epochs], _) => chosen.1.epochs = *epochs,
                ("ancho", [narrow, wide], _) => chosen.1.hidden = [*narrow, *wide],
                ("paso", _, [rate]) => chosen.1.rate = *rate,
                ("peso", _, [decay]) => chosen.1.decay = *decay,
                ("omitir", _, [input, inner]) => chosen.1.dropout = [*input, *inner],
                _ => {}
            }
        }
    }
    chosen
}

fn head(fitted: &Fitted, manifest: &SpanManifest) -> Result<SpanHead, TrainingError> {
    let (weights, manifest) = store::bytes(fitted, manifest.clone())?;
    Ok(SpanHead::from_bytes(&weights, &manifest)?)
}

/// Makes the papers of all templates but those of the evaluation.
fn papers(seed: u64) -> Vec<Paper> {
    use rayon::prelude::*;
    let own = templates::for_spans();
    let others = templates::all();
    let all: Vec<(&Template, bool)> = own
        .iter()
        .map(|template| (template, true))
        .chain(others.iter().map(|template| (template, false)))
        .collect();
    all.par_iter()
        .flat_map_iter(|(template, annotated)| {
            let count = match (template.held_out, annotated) {
                (true, true) => HELD_OUT_VARIANTS,
                (false, true) => VARIANTS,
                (_, false) => OTHER_VARIANTS,
            };
            (0..count)
                .map(move |variant| pages::paper(template, *annotated, template.held_out, seed, variant))
        })
        .collect()
}

fn sheets<'a>(
    papers: &'a [Paper],
    vectors: &'a [Vec<Tensor>],
    chosen: &dyn Fn(&Paper) -> bool,
) -> Vec<Sheet<'a>> {
    papers
        .iter()
        .zip(vectors)
        .filter(|(paper, _)| chosen(paper))
        .flat_map(|(paper, vectors)| {
            paper.words.iter().zip(&paper.labels).zip(vectors).map(|((words, labels), vectors)| Sheet {
                words,
                labels,
                vectors,
            })
        })
        .collect()
}
