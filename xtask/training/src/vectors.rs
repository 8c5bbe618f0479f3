//! The encoder's vectors of the training pages, kept between runs: the encoder is the slow part and does not change.

use crate::dataset::Sample;
use crate::{TrainingError, file_error, say};
use cotejo_recognition::encoder::{Encoder, usual_folder};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::PathBuf;

const CHUNK: usize = 64;

/// Returns the vector of each page's first `limit` tokens.
pub(crate) fn of(samples: &[&Sample], limit: usize) -> Result<Vec<Vec<f32>>, TrainingError> {
    let folder = usual_folder().ok_or_else(|| {
        TrainingError::Missing(
            "the encoder is not set up: both heads are trained, so it is needed (cargo xtask run)".into(),
        )
    })?;
    let encoder = Encoder::open(&folder)?;
    let path = cache();
    let mut known = load(&path, encoder.width());
    let keys: Vec<[u8; 32]> = samples
        .iter()
        .map(|sample| Sha256::digest(format!("{limit} {}", sample.features.text)).into())
        .collect();
    let missing: Vec<usize> = (0..samples.len()).filter(|index| !known.contains_key(&keys[*index])).collect();
    for (done, chunk) in missing.chunks(CHUNK).enumerate() {
        let texts: Vec<&str> = chunk.iter().map(|index| samples[*index].features.text.as_str()).collect();
        for (index, vector) in chunk.iter().zip(encoder.embed(&texts, limit)?) {
            known.insert(keys[*index], vector);
        }
        if done % 4 == 3 {
            say(&format!("  encoder: {} of {}", (done + 1) * CHUNK, missing.len()));
            save(&path, &known)?;
        }
    }
    save(&path, &known)?;
    Ok(keys.iter().map(|key| known.get(key).cloned().unwrap_or_default()).collect())
}

fn cache() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join("training/vectors.bin")
}

fn load(path: &std::path::Path, width: usize) -> HashMap<[u8; 32], Vec<f32>> {
    let bytes = std::fs::read(path).unwrap_or_default();
    bytes
        .chunks_exact(32 + 4 * width)
        .filter_map(|record| {
            let (key, numbers) = record.split_first_chunk::<32>()?;
            let (numbers, _) = numbers.as_chunks::<4>();
            Some((*key, numbers.iter().map(|four| f32::from_le_bytes(*four)).collect()))
        })
        .collect()
}

fn save(path: &std::path::Path, known: &HashMap<[u8; 32], Vec<f32>>) -> Result<(), TrainingError> {
    let mut bytes = Vec::new();
    for (key, vector) in known {
        bytes.extend(key);
        bytes.extend(vector.iter().flat_map(|value| value.to_le_bytes()));
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(file_error(parent))?;
    }
    std::fs::write(path, bytes).map_err(file_error(path))
}
