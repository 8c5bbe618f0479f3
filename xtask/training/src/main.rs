//! Trains the heads that name the types of pages, measures them on templates they never saw, and writes `models/`.
//!
//! `cotejo-training entrenar` makes pages from the templates, fits, calibrates, and writes weights, manifest and card; then it does the same
//! for the tagger of names in prose, which `entrenar-tramos` does alone. `cotejo-training ablacion` fits a head for each combination of parts
//! and writes what they are worth into the card; the weights stay as they are. `cotejo-training fichas` measures how many tokens of a page the
//! encoder has to see.
//! `cotejo-training evaluar FILE…` reads files and prints what the compiled-in heads say of each page; `cotejo-training muestra FOLDER…`
//! measures them on what the sample generator wrote. `cotejo-training medir OPTIONS` measures recognition end to end on rendered files from
//! templates kept from training, and writes `models/EVALUATION.md`; with `--final`, once, on the final set: `models/FINAL-3.md`. `cotejo-training firmar-cabezas OPTIONS` writes the heads as a signed file.

mod ablation;
mod card;
mod corpus;
mod dataset;
mod evaluate;
mod evaluation;
mod fit;
mod measure;
mod noise;
mod publish;
mod random;
mod render;
mod slots;
mod spans;
mod store;
mod templates;
mod tokens;
mod train;
mod vectors;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Says why training or evaluation stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TrainingError {
    /// A tensor step failed.
    #[error(transparent)]
    Tensor(#[from] candle_core::Error),
    /// The encoder failed.
    #[error(transparent)]
    Encoder(#[from] cotejo_recognition::encoder::EncoderError),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// Something is missing.
    #[error("{0}")]
    Missing(String),
}

/// Returns the error for a file.
pub(crate) fn file_error(path: &Path) -> impl FnOnce(std::io::Error) -> TrainingError + use<> {
    let path = path.display().to_string();
    move |error| TrainingError::File(path, error)
}

/// Prints one line of progress.
#[expect(clippy::print_stdout, reason = "a program for the terminal")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.first().map(String::as_str) {
        Some("entrenar") => train::run(&models(), 1).and_then(|()| spans::run(&models(), 1)),
        Some("fichas") => tokens::run(&models(), 1),
        Some("ablacion") => ablation::run(&models(), 1),
        Some("entrenar-tramos") => spans::run(&models(), 1),
        Some("firmar-cabezas") => publish::run(arguments.get(1..).unwrap_or_default(), &models()),
        Some("evaluar") => evaluate::run(&paths(&arguments)),
        Some("muestra") => evaluate::sample(&paths(&arguments)),
        Some("medir") => evaluation::run(arguments.get(1..).unwrap_or_default(), &models()),
        _ => Err(TrainingError::Missing(
            "use: cotejo-training entrenar | entrenar-tramos | ablacion | fichas | evaluar FILE… | muestra FOLDER… | medir OPTIONS | firmar-cabezas OPTIONS".into(),
        )),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn paths(arguments: &[String]) -> Vec<PathBuf> {
    arguments.iter().skip(1).map(PathBuf::from).collect()
}

/// Returns the root of the repository: where cargo says that it is now, or else where this program was built.
fn repository() -> PathBuf {
    std::env::var_os("COTEJO_REPOSITORIO")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), PathBuf::from)
}

fn models() -> PathBuf {
    repository().join("models")
}
