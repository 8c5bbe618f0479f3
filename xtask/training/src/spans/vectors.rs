//! The vectors of the words of all pages, kept between runs in half precision: the encoder is the slow part and does not change.

use super::pages::Paper;
use crate::{TrainingError, file_error, say};
use candle_core::{DType, Device, Tensor};
use cotejo_recognition::encoder::{Encoder, usual_folder};
use cotejo_recognition::spans::windows;
use cotejo_recognition::spans::words::SpanWord;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::PathBuf;

/// Pages that go through the encoder together.
const CHUNK: usize = 24;

/// Returns the vectors of each page of each paper: words × numbers, in half precision.
pub(crate) fn of(papers: &[Paper], taps: &[usize]) -> Result<Vec<Vec<Tensor>>, TrainingError> {
    let folder = usual_folder().ok_or_else(|| {
        TrainingError::Missing(
            "the encoder is not set up, and the tagger rests on it (cargo xtask run)".into(),
        )
    })?;
    let encoder = Encoder::open(&folder)?;
    let path = cache();
    let mut known: HashMap<String, Tensor> = match path.is_file() {
        true => candle_core::safetensors::load(&path, &Device::Cpu).unwrap_or_default(),
        false => HashMap::new(),
    };
    let pages: Vec<(&[SpanWord], String)> = papers
        .iter()
        .flat_map(|paper| &paper.words)
        .filter(|words| !words.is_empty())
        .map(|words| (words.as_slice(), key(words, taps)))
        .collect();
    let missing: Vec<&(&[SpanWord], String)> =
        pages.iter().filter(|(_, key)| !known.contains_key(key)).collect();
    let start = std::time::Instant::now();
    for (done, chunk) in missing.chunks(CHUNK).enumerate() {
        let stretches: Vec<&[SpanWord]> = chunk.iter().map(|(words, _)| *words).collect();
        for ((_, key), rows) in chunk.iter().zip(windows::vectors(&encoder, &stretches, taps)?) {
            known.insert(key.clone(), half(&rows, encoder.width() * taps.len())?);
        }
        if done % 20 == 19 {
            say(&format!(
                "  encoder: {} of {} pages ({:.0?})",
                (done + 1) * CHUNK,
                missing.len(),
                start.elapsed()
            ));
        }
    }
    let wanted: std::collections::HashSet<&String> = pages.iter().map(|(_, key)| key).collect();
    if !missing.is_empty() || known.len() > wanted.len() {
        known.retain(|key, _| wanted.contains(key));
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(file_error(parent))?;
        }
        candle_core::safetensors::save(&known, &path)?;
    }
    let nothing = Tensor::zeros((0, encoder.width() * taps.len()), DType::F16, &Device::Cpu)?;
    Ok(papers
        .iter()
        .map(|paper| {
            let pages = paper.words.iter();
            pages
                .map(|words| known.get(&key(words, taps)).cloned().unwrap_or_else(|| nothing.clone()))
                .collect()
        })
        .collect())
}

fn half(rows: &[Vec<f32>], width: usize) -> candle_core::Result<Tensor> {
    let numbers: Vec<f32> = rows.iter().flatten().copied().collect();
    Tensor::from_vec(numbers, (rows.len(), width), &Device::Cpu)?.to_dtype(DType::F16)
}

fn key(words: &[SpanWord], taps: &[usize]) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{taps:?}"));
    for word in words {
        digest.update(word.text.as_bytes());
        digest.update([0]);
    }
    hex::encode(&digest.finalize()[..16])
}

fn cache() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join("training/span-vectors.safetensors")
}
