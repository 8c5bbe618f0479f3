//! Writes the heads: grams as bytes with one scale a class, the rest as f32, and the manifest with the hash.

use crate::fit::Fitted;
use candle_core::{DType, Device, Result, Tensor};
use cotejo_recognition::ngrams::BUCKETS;
use cotejo_recognition::page_type::{LAYOUT, Manifest, cue_count};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Holds everything that is stored.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) inverse_frequencies: Vec<f32>,
    pub(crate) base: Fitted,
    pub(crate) encoder: Fitted,
    pub(crate) encoder_mean: Vec<f32>,
    pub(crate) encoder_scale: f32,
}

/// Returns the bytes of the weights and of the manifest that names their hash.
pub(crate) fn bytes(parts: &Parts, mut manifest: Manifest) -> Result<(Vec<u8>, String)> {
    let classes = manifest.classes.len();
    let (grams, dense) = parts.base.weight.split_at(2 * BUCKETS * classes);
    let scales: Vec<f32> = (0..classes)
        .map(|class| {
            grams.iter().skip(class).step_by(classes).fold(0.0_f32, |most, w| most.max(w.abs())) / 127.0
        })
        .collect();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded and clamped to a byte"
    )]
    let quantised: Vec<u8> = grams
        .iter()
        .enumerate()
        .map(|(index, weight)| {
            let scale = scales[index % classes];
            if scale > 0.0 { (weight / scale + 128.0).round().clamp(1.0, 255.0) as u8 } else { 128 }
        })
        .collect();
    let device = Device::Cpu;
    let vector = |numbers: &[f32]| Tensor::from_slice(numbers, numbers.len(), &device);
    let tensors: HashMap<&str, Tensor> = HashMap::from([
        ("grams.idf", vector(&parts.inverse_frequencies)?.to_dtype(DType::F16)?),
        ("grams.weight", Tensor::from_vec(quantised, (2 * BUCKETS, classes), &device)?),
        ("grams.scale", vector(&scales)?),
        ("dense.weight", Tensor::from_slice(dense, (cue_count() + LAYOUT, classes), &device)?),
        ("bias", vector(&parts.base.bias)?),
        (
            "encoder.weight",
            Tensor::from_slice(&parts.encoder.weight, (parts.encoder_mean.len(), classes), &device)?
                .to_dtype(DType::F16)?,
        ),
        ("encoder.bias", vector(&parts.encoder.bias)?),
        ("encoder.mean", vector(&parts.encoder_mean)?),
        ("encoder.scale", vector(&[parts.encoder_scale])?),
    ]);
    let folder = std::env::temp_dir().join(format!("cotejo-training-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("weights.safetensors");
    candle_core::safetensors::save(&tensors, &path)?;
    let weights = std::fs::read(&path)?;
    std::fs::remove_dir_all(&folder)?;
    manifest.weights_sha256 = hex::encode(Sha256::digest(&weights));
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(|error| candle_core::Error::Msg(error.to_string()))?;
    Ok((weights, text + "\n"))
}
