//! How much of a page the encoder has to see: quality and time for each number of tokens, written to `models/TOKENS.md`.
//!
//! The heads of every length are fitted as the shipped ones are, without the held-out templates, and measured on these.

use crate::ablation::{Cell, Tally, likeliest};
use crate::dataset::{self, Sample};
use crate::measure::Scored;
use crate::store::Parts;
use crate::train::{self, ENCODER_TOKENS, Encoded};
use crate::{TrainingError, file_error, say};
use cotejo_recognition::encoder::{Encoder, usual_folder};
use cotejo_recognition::page_type::decide;
use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

/// Lengths that are compared: what the shipped heads see among them.
const LENGTHS: [usize; 6] = [48, 96, ENCODER_TOKENS, 240, 320, 512];
/// Pages that are timed.
const TIMED: usize = 96;

/// Holds what one length is worth.
struct Line {
    length: usize,
    /// Mean of the tokens that pages really have within the length.
    tokens: f64,
    /// Milliseconds a page, all cores.
    time: f64,
    /// Text layer, OCR noise; the encoder alone, then with everything.
    alone: [Cell; 2],
    all: [Cell; 2],
}

/// Measures every length and writes the table into `models`.
pub(crate) fn run(models: &Path, seed: u64) -> Result<(), TrainingError> {
    let start = Instant::now();
    let samples = train::samples(seed);
    let classes = dataset::classes(&samples);
    let known: Vec<&Sample> = samples.iter().filter(|sample| !sample.held_out).collect();
    // Times first: nothing of this process runs beside them.
    let few = Encoded::of(&samples, ENCODER_TOKENS)?;
    let times = LENGTHS.map(|length| timed(&few, length));
    say(&format!("times taken ({:.0?})", start.elapsed()));
    let base = train::fit_base(&known, &classes, true, seed)?;
    say(&format!("n-grams fitted ({:.0?})", start.elapsed()));
    let mut lines = Vec::new();
    for (length, timed) in LENGTHS.into_iter().zip(times) {
        let (tokens, time) = timed?;
        let encoded = Encoded::of(&samples, length)?;
        let parts = train::fit_encoder(base.clone(), &encoded, &encoded.known(), &classes, seed)?;
        let all = cells(&parts, &encoded, &classes)?;
        let alone = cells(&crate::ablation::without_base(&parts), &encoded, &classes)?;
        say(&format!("{length} tokens: macro-F1 {:.3} ({:.0?})", all[0].macro_f1, start.elapsed()));
        lines.push(Line { length, tokens, time, alone, all });
    }
    let path = models.join("TOKENS.md");
    std::fs::write(&path, table(&lines)).map_err(file_error(&path))
}

#[expect(clippy::cast_precision_loss, reason = "hundreds of pages")]
fn timed(encoded: &Encoded<'_>, length: usize) -> Result<(f64, f64), TrainingError> {
    let folder = usual_folder()
        .ok_or_else(|| TrainingError::Missing("the encoder is not set up (cargo xtask run)".into()))?;
    let encoder = Encoder::open(&folder)?;
    // Every so many, so that all types are among them.
    let step = (encoded.samples.len() / TIMED).max(1);
    let texts: Vec<&str> = encoded
        .samples
        .iter()
        .step_by(step)
        .take(TIMED)
        .map(|sample| sample.features.text.as_str())
        .collect();
    let mut tokens = 0;
    for text in &texts {
        tokens += encoder.tokens(text, length)?.len();
    }
    let mut best = f64::INFINITY;
    for _ in 0..3 {
        let start = Instant::now();
        encoder.embed(&texts, length)?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    let pages = texts.len().max(1) as f64;
    Ok((tokens as f64 / pages, best * 1000.0 / pages))
}

/// Calibrates heads on the held-out templates and counts their answers there.
fn cells(parts: &Parts, encoded: &Encoded<'_>, classes: &[String]) -> Result<[Cell; 2], TrainingError> {
    let unseen = encoded.unseen();
    let mut parts = Parts { encoder_scale: 1.0, ..parts.clone() };
    let manifest = train::uncalibrated(classes);
    if parts.base.weight.iter().any(|weight| *weight != 0.0) {
        parts.encoder_scale = train::best_scale(&parts, &manifest, encoded, &unseen)?;
    }
    let heads = train::heads(&parts, &manifest)?;
    let scored: Vec<Scored<'_>> = unseen
        .iter()
        .map(|index| {
            let sample = encoded.samples[*index];
            Scored { sample, scores: heads.scores_with(&sample.features, &encoded.vectors[*index]) }
        })
        .collect();
    let decision = train::calibrate(&heads, &scored);
    let mut tallies = [Tally::default(), Tally::default()];
    for page in &scored {
        let answer = decide(&heads, &decision, &page.sample.features, &page.scores);
        tallies[usize::from(page.sample.noise > 0.0)].add(
            &page.sample.kind,
            likeliest(classes, &page.scores),
            &answer.kind.0,
        );
    }
    Ok(tallies.map(|tally| tally.cell()))
}

fn table(lines: &[Line]) -> String {
    let mut text = format!(
        "# How many tokens of a page the encoder sees\n\n\
         Written by `cotejo-training fichas`; do not edit by hand. The shipped heads see the first {ENCODER_TOKENS} (models/CARD.md). For each length a head was\n\
         fitted on the templates that are not held out, calibrated and measured on the held-out ones; figures are macro-F1 of the likeliest\n\
         class, then the share of pages of a type answered rightly above the threshold. Times are the best of three runs over {TIMED} pages on\n\
         all cores of the machine of docs/benchmarks.md.\n\n\
         | most tokens | tokens a page, mean | ms a page | e5 alone: text | e5 alone: OCR noise | everything: text | everything: OCR noise |\n\
         |---|---|---|---|---|---|---|\n"
    );
    for line in lines {
        let cell = |cell: &Cell| format!("{:.3}, {:.3}", cell.macro_f1, cell.coverage);
        let _ = writeln!(
            text,
            "| {} | {:.0} | {:.1} | {} | {} | {} | {} |",
            line.length,
            line.tokens,
            line.time,
            cell(&line.alone[0]),
            cell(&line.alone[1]),
            cell(&line.all[0]),
            cell(&line.all[1])
        );
    }
    text
}
