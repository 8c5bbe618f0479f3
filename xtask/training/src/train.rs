//! The run: make pages, fit without the held-out templates, calibrate and measure on them, fit again on everything, write.

use crate::ablation;
use crate::card;
use crate::dataset::{self, Sample};
use crate::fit::{self, Fitted, Schedule};
use crate::measure::{self, Scored};
use crate::store::{self, Parts};
use crate::{TrainingError, file_error, say, vectors};
use cotejo_recognition::ngrams::BUCKETS;
use cotejo_recognition::page_type::{Decision, Heads, Manifest, centred};
use std::path::Path;
use std::time::Instant;

const VARIANTS: usize = 24;
const HELD_OUT_VARIANTS: usize = 12;
/// Variants of a template that go through the encoder: the slow part.
const ENCODED_VARIANTS: usize = 4;
/// Tokens of a page that the encoder sees: `cotejo-training fichas` measures what other lengths are worth.
pub(crate) const ENCODER_TOKENS: usize = 160;
const BASE: Schedule = Schedule { epochs: 18, rate: 0.03, decay: 0.003, smoothing: 0.05 };
const ENCODER: Schedule = Schedule { epochs: 150, rate: 0.05, decay: 0.01, smoothing: 0.05 };
/// Thresholds are not set below these, whatever the held-out templates say: real pages are stranger than they are.
const LEAST: f32 = 0.8;
const LEAST_ALONE: f32 = 0.95;

/// Trains, and writes weights, manifest and card into `models`.
pub(crate) fn run(models: &Path, seed: u64) -> Result<(), TrainingError> {
    let start = Instant::now();
    let samples = samples(seed);
    let classes = dataset::classes(&samples);
    let (held_out, known): (Vec<&Sample>, Vec<&Sample>) = samples.iter().partition(|sample| sample.held_out);
    say(&format!(
        "{} pages of {} types; {} of them of templates held out ({:.0?})",
        samples.len(),
        classes.len(),
        held_out.len(),
        start.elapsed()
    ));
    let encoded = Encoded::of(&samples, ENCODER_TOKENS)?;
    say(&format!("{} pages went through the encoder ({:.0?})", encoded.samples.len(), start.elapsed()));

    let mut parts = fit_parts(&known, &encoded, &encoded.known(), &classes, seed)?;
    say(&format!("fitted without the held-out templates ({:.0?})", start.elapsed()));
    let mut manifest = uncalibrated(&classes);
    let heads = heads(&parts, &manifest)?;
    let plain: Vec<Scored<'_>> =
        held_out.iter().map(|sample| Scored { sample, scores: heads.scores(&sample.features) }).collect();
    manifest.ngrams = calibrate(&heads, &plain);
    let unseen = encoded.unseen();
    parts.encoder_scale = best_scale(&parts, &manifest, &encoded, &unseen)?;
    let heads = self::heads(&parts, &manifest)?;
    let with: Vec<Scored<'_>> = unseen
        .iter()
        .map(|index| Scored {
            sample: encoded.samples[*index],
            scores: heads.scores_with(&encoded.samples[*index].features, &encoded.vectors[*index]),
        })
        .collect();
    manifest.encoder = calibrate(&heads, &with);
    let report = card::Measured {
        ngrams: card::Section::new(&heads, manifest.ngrams, &plain),
        encoder: card::Section::new(&heads, manifest.encoder, &with),
        pages: samples.len(),
        templates: crate::templates::all().len(),
        encoder_scale: parts.encoder_scale,
        ablation: ablation::measure(&parts, &known, &encoded, &classes, seed)?,
    };
    report.say();
    say(&format!("every combination of parts fitted ({:.0?})", start.elapsed()));

    let all: Vec<&Sample> = samples.iter().collect();
    let everything: Vec<usize> = (0..encoded.samples.len()).collect();
    let scale = parts.encoder_scale;
    let mut last = fit_parts(&all, &encoded, &everything, &classes, seed)?;
    last.encoder_scale = scale;
    let (weights, text) = store::bytes(&last, manifest.clone())?;
    let last_heads = Heads::parse(&weights, &text)?;
    for (name, bytes) in [
        ("page-types.safetensors", weights.as_slice()),
        ("manifest.json", text.as_bytes()),
        ("CARD.md", card::write(&report, &last_heads.manifest, weights.len()).as_bytes()),
    ] {
        let path = models.join(name);
        std::fs::write(&path, bytes).map_err(file_error(&path))?;
    }
    say(&format!("models written: {} bytes of weights ({:.0?})", weights.len(), start.elapsed()));
    Ok(())
}

const UNCALIBRATED: Decision = Decision { temperature: 1.0, threshold: 0.5, threshold_alone: 0.9 };

/// Makes the pages of training.
pub(crate) fn samples(seed: u64) -> Vec<Sample> {
    dataset::make(seed, VARIANTS, HELD_OUT_VARIANTS)
}

/// Returns the manifest of heads that are not calibrated yet.
pub(crate) fn uncalibrated(classes: &[String]) -> Manifest {
    Manifest {
        model: "tipos@1".into(),
        classes: classes.to_vec(),
        weights_sha256: String::new(),
        ngrams: UNCALIBRATED,
        encoder: UNCALIBRATED,
        encoder_tokens: ENCODER_TOKENS,
        ceiling: 0.95,
    }
}

/// Holds the pages that went through the encoder, with their vectors.
pub(crate) struct Encoded<'a> {
    pub(crate) samples: Vec<&'a Sample>,
    pub(crate) vectors: Vec<Vec<f32>>,
}

impl<'a> Encoded<'a> {
    /// Sends the first variants of every template through the encoder, each page's first `length` tokens.
    pub(crate) fn of(samples: &'a [Sample], length: usize) -> Result<Self, TrainingError> {
        let samples: Vec<&Sample> =
            samples.iter().filter(|sample| sample.variant < ENCODED_VARIANTS).collect();
        let vectors = vectors::of(&samples, length)?;
        Ok(Self { samples, vectors })
    }

    /// Returns the places of pages of templates that are not held out.
    pub(crate) fn known(&self) -> Vec<usize> {
        (0..self.samples.len()).filter(|index| !self.samples[*index].held_out).collect()
    }

    /// Returns the places of pages of held-out templates.
    pub(crate) fn unseen(&self) -> Vec<usize> {
        (0..self.samples.len()).filter(|index| self.samples[*index].held_out).collect()
    }
}

fn target(sample: &Sample, classes: &[String]) -> u32 {
    let index = classes.iter().position(|class| *class == sample.kind).unwrap_or(0);
    u32::try_from(index).unwrap_or(0)
}

/// Fits the grams, with phrases and layout (`dense`) or alone; returns the inverse frequencies too.
pub(crate) fn fit_base(
    samples: &[&Sample],
    classes: &[String],
    dense: bool,
    seed: u64,
) -> Result<(Vec<f32>, Fitted), TrainingError> {
    let inverse_frequencies = fit::inverse_frequencies(samples);
    let mut rows: Vec<Vec<f32>> =
        samples.iter().map(|sample| fit::row(sample, &inverse_frequencies)).collect();
    if !dense {
        rows.iter_mut().for_each(|row| row[2 * BUCKETS..].fill(0.0));
    }
    let targets: Vec<u32> = samples.iter().map(|sample| target(sample, classes)).collect();
    Ok((inverse_frequencies, fit::fit(&rows, &targets, classes.len(), BASE, seed)?))
}

/// Fits both heads: grams with phrases and layout on `samples`, the encoder on the `chosen` of its pages.
pub(crate) fn fit_parts(
    samples: &[&Sample],
    encoded: &Encoded<'_>,
    chosen: &[usize],
    classes: &[String],
    seed: u64,
) -> Result<Parts, TrainingError> {
    fit_encoder(fit_base(samples, classes, true, seed)?, encoded, chosen, classes, seed)
}

/// Fits the encoder's head beside fitted grams (their inverse frequencies and weights).
pub(crate) fn fit_encoder(
    (inverse_frequencies, base): (Vec<f32>, Fitted),
    encoded: &Encoded<'_>,
    chosen: &[usize],
    classes: &[String],
    seed: u64,
) -> Result<Parts, TrainingError> {
    let encoder_mean = mean(chosen.iter().map(|index| encoded.vectors[*index].as_slice()));
    let rows: Vec<Vec<f32>> =
        chosen.iter().map(|index| centred(&encoded.vectors[*index], &encoder_mean)).collect();
    let targets: Vec<u32> = chosen.iter().map(|index| target(encoded.samples[*index], classes)).collect();
    let encoder: Fitted = fit::fit(&rows, &targets, classes.len(), ENCODER, seed)?;
    Ok(Parts { inverse_frequencies, base, encoder, encoder_mean, encoder_scale: 1.0 })
}

#[expect(clippy::cast_precision_loss, reason = "thousands of pages")]
fn mean<'a>(vectors: impl Iterator<Item = &'a [f32]>) -> Vec<f32> {
    let mut sum: Vec<f32> = Vec::new();
    let mut count = 0_usize;
    for vector in vectors {
        sum.resize(vector.len(), 0.0);
        for (total, value) in sum.iter_mut().zip(vector) {
            *total += value;
        }
        count += 1;
    }
    sum.into_iter().map(|total| total / count.max(1) as f32).collect()
}

/// Returns the heads as they would be stored.
pub(crate) fn heads(parts: &Parts, manifest: &Manifest) -> Result<Heads, TrainingError> {
    let (weights, text) = store::bytes(parts, manifest.clone())?;
    Ok(Heads::parse(&weights, &text)?)
}

/// Chooses how much the grams weigh beside the encoder: by the loss on pages of unseen templates.
pub(crate) fn best_scale(
    parts: &Parts,
    manifest: &Manifest,
    encoded: &Encoded<'_>,
    unseen: &[usize],
) -> Result<f32, TrainingError> {
    let heads = heads(parts, manifest)?;
    let pairs: Vec<(Vec<f32>, Vec<f32>)> = unseen
        .iter()
        .map(|index| {
            let features = &encoded.samples[*index].features;
            let base = heads.scores(features);
            let with = heads.scores_with(features, &encoded.vectors[*index]);
            let encoder = with.iter().zip(&base).map(|(with, base)| with - base).collect();
            (base, encoder)
        })
        .collect();
    let loss = |scale: f32| -> f64 {
        let scored: Vec<Scored<'_>> = unseen
            .iter()
            .zip(&pairs)
            .map(|(index, (base, encoder))| Scored {
                sample: encoded.samples[*index],
                scores: base.iter().zip(encoder).map(|(base, encoder)| base * scale + encoder).collect(),
            })
            .collect();
        measure::loss(&scored, &manifest.classes, measure::temperature(&scored, &manifest.classes))
    };
    let candidates = [0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0];
    Ok(candidates.into_iter().min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(1.0))
}

/// Chooses temperature and thresholds on pages of unseen templates.
pub(crate) fn calibrate(heads: &Heads, scored: &[Scored<'_>]) -> Decision {
    let temperature = measure::temperature(scored, &heads.manifest.classes);
    let decision = Decision { temperature, ..UNCALIBRATED };
    let borne_out = measure::curve(heads, decision, scored, Some(true));
    let alone = measure::curve(heads, decision, scored, Some(false));
    Decision {
        temperature,
        threshold: measure::threshold(&borne_out, LEAST - 0.001),
        threshold_alone: measure::threshold(&alone, LEAST_ALONE - 0.001),
    }
}
