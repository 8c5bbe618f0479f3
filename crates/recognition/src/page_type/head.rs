//! The trained heads: linear, small, and compiled into the program.
//!
//! Both read the same grams, phrases and layout; the second also reads the encoder's vector. The weights of the grams are stored as
//! bytes with one scale for each type (`models/CARD.md` says what they rest on).

use super::features::{LAYOUT, PageFeatures, cue_count};
use crate::ngrams::BUCKETS;
use candle_core::{DType, Device, Tensor};
use cotejo_domain::document_types;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Describes the stored heads: `models/manifest.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// Name and version: `tipos@1`.
    pub model: String,
    /// Identifiers of the types, in the order of the weights' columns.
    pub classes: Vec<String>,
    /// SHA-256 of the weights.
    pub weights_sha256: String,
    /// How the head without encoder decides.
    pub ngrams: Decision,
    /// How the head with encoder decides.
    pub encoder: Decision,
    /// Tokens of a page that the encoder reads.
    pub encoder_tokens: usize,
    /// The highest confidence that is ever shown: below 1 while the model rests on synthetic pages only.
    pub ceiling: f64,
}

/// Holds what turns scores into an answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// Divides the scores, so that a confidence of 0.8 is right in four of five cases.
    pub temperature: f32,
    /// The least probability of an answer whose type the page itself bears out.
    pub threshold: f32,
    /// The least probability of any other answer.
    pub threshold_alone: f32,
}

/// Holds the heads, unpacked.
#[derive(Clone, Debug)]
pub struct Heads {
    /// The manifest they came with.
    pub manifest: Manifest,
    catalogue: Vec<Option<usize>>,
    inverse_frequencies: Vec<f32>,
    grams: Vec<f32>,
    dense: Vec<f32>,
    bias: Vec<f32>,
    encoder: Vec<f32>,
    encoder_mean: Vec<f32>,
    encoder_scale: f32,
    encoder_bias: Vec<f32>,
}

impl Heads {
    /// Returns the heads that are compiled in; `None` should they not parse, which a test rules out.
    #[must_use]
    pub fn compiled_in() -> Option<Self> {
        Self::parse(
            include_bytes!("../../../../models/page-types.safetensors"),
            include_str!("../../../../models/manifest.json"),
        )
        .ok()
    }

    /// Parses weights and manifest.
    ///
    /// # Errors
    /// Returns candle's error when the weights are damaged or do not fit the manifest.
    pub fn parse(weights: &[u8], manifest: &str) -> candle_core::Result<Self> {
        let manifest: Manifest =
            serde_json::from_str(manifest).map_err(|error| candle_core::Error::Msg(error.to_string()))?;
        let tensors = candle_core::safetensors::load_buffer(weights, &Device::Cpu)?;
        let classes = manifest.classes.len();
        let numbers = |name: &str, count: usize| numbers(&tensors, name, count);
        let scales = numbers("grams.scale", classes)?;
        let mut grams = numbers("grams.weight", 2 * BUCKETS * classes)?;
        for row in grams.chunks_exact_mut(classes.max(1)) {
            for (value, scale) in row.iter_mut().zip(&scales) {
                *value = (*value - 128.0) * scale;
            }
        }
        let catalogue = manifest
            .classes
            .iter()
            .map(|class| document_types().iter().position(|entry| entry.id == *class))
            .collect();
        let encoder_mean = numbers("encoder.mean", 384)?;
        Ok(Self {
            catalogue,
            inverse_frequencies: numbers("grams.idf", 2 * BUCKETS)?,
            grams,
            dense: numbers("dense.weight", (cue_count() + LAYOUT) * classes)?,
            bias: numbers("bias", classes)?,
            encoder: numbers("encoder.weight", encoder_mean.len() * classes)?,
            encoder_mean,
            encoder_scale: numbers("encoder.scale", 1)?[0],
            encoder_bias: numbers("encoder.bias", classes)?,
            manifest,
        })
    }

    /// Returns the scores of the head without encoder, one for each class.
    #[must_use]
    pub fn scores(&self, features: &PageFeatures) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for (bucket, value) in weighted(features, &self.inverse_frequencies) {
            self.add(&mut scores, &self.grams, bucket, value);
        }
        for (index, value) in dense(features).enumerate() {
            self.add(&mut scores, &self.dense, index, value);
        }
        scores
    }

    /// Returns the scores of the head with encoder.
    #[must_use]
    pub fn scores_with(&self, features: &PageFeatures, vector: &[f32]) -> Vec<f32> {
        let mut scores = self.scores(features);
        for (score, bias) in scores.iter_mut().zip(&self.encoder_bias) {
            *score = *score * self.encoder_scale + bias;
        }
        for (index, value) in self.centred(vector).into_iter().enumerate() {
            self.add(&mut scores, &self.encoder, index, value);
        }
        scores
    }

    /// Returns what the encoder's vectors have in common.
    #[must_use]
    pub fn encoder_mean(&self) -> &[f32] {
        &self.encoder_mean
    }

    /// Returns the catalogue's index of a class.
    #[must_use]
    pub fn catalogue_index(&self, class: usize) -> Option<usize> {
        self.catalogue.get(class).copied().flatten()
    }

    fn centred(&self, vector: &[f32]) -> Vec<f32> {
        centred(vector, &self.encoder_mean)
    }

    fn add(&self, scores: &mut [f32], weights: &[f32], row: usize, value: f32) {
        let classes = self.manifest.classes.len();
        if let Some(row) = weights.get(row * classes..(row + 1) * classes) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += weight * value;
            }
        }
    }
}

/// Returns a vector with the mean taken off, at length 1.
#[must_use]
pub fn centred(vector: &[f32], mean: &[f32]) -> Vec<f32> {
    let mut centred: Vec<f32> = vector.iter().zip(mean).map(|(value, mean)| value - mean).collect();
    crate::encoder::normalise(&mut centred);
    centred
}

/// Returns the grams of both blocks, weighted by rarity, each block at length 1; the body's buckets follow the head's.
#[must_use]
pub fn weighted(features: &PageFeatures, inverse_frequencies: &[f32]) -> Vec<(usize, f32)> {
    let mut all = Vec::with_capacity(features.head.len() + features.body.len());
    for (block, grams) in [&features.head, &features.body].into_iter().enumerate() {
        let start = all.len();
        all.extend(grams.iter().map(|(bucket, frequency)| {
            let index = block * BUCKETS + *bucket as usize;
            (index, frequency * inverse_frequencies.get(index).copied().unwrap_or(1.0))
        }));
        let length = all[start..].iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            for (_, value) in &mut all[start..] {
                *value /= length;
            }
        }
    }
    all
}

/// Returns the features that are not grams, in the order of their weights.
pub fn dense(features: &PageFeatures) -> impl Iterator<Item = f32> + '_ {
    features.cues.iter().chain(&features.layout).copied()
}

fn numbers(tensors: &HashMap<String, Tensor>, name: &str, count: usize) -> candle_core::Result<Vec<f32>> {
    let Some(tensor) = tensors.get(name) else { candle_core::bail!("{name} is missing") };
    let numbers: Vec<f32> = tensor.to_dtype(DType::F32)?.flatten_all()?.to_vec1()?;
    if numbers.len() != count {
        candle_core::bail!("{name} holds {} numbers, not {count}", numbers.len());
    }
    Ok(numbers)
}
