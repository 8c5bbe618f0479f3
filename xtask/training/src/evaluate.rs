//! Reads PDF files with the worker's reader and prints what the heads say, page by page. For real documents: they are never trained on.

use crate::{TrainingError, file_error, say};
use cotejo_domain::PageReading;
use cotejo_reader::{Event, Options, Reader};
use cotejo_recognition::encoder::{Encoder, usual_folder};
use cotejo_recognition::page_type::PageTyper;
use std::path::{Path, PathBuf};

/// Prints the types of every page of the files, without and, where it is set up, with the encoder.
pub(crate) fn run(files: &[PathBuf]) -> Result<(), TrainingError> {
    let folder = usual_folder();
    let library = folder
        .as_deref()
        .and_then(Path::parent)
        .map(|resources| resources.join("pdfium").join(format!("{}pdfium{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)))
        .filter(|path| path.is_file())
        .ok_or_else(|| TrainingError::Missing("pdfium is not set up (cargo xtask run)".into()))?;
    let tessdata = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from);
    let reader = Reader::start(&library, tessdata.as_deref()).map_err(|error| TrainingError::Missing(error.to_string()))?;
    let plain = PageTyper::new(None);
    let with = match &folder {
        Some(folder) => Some(PageTyper::new(Some(Encoder::open(folder)?))),
        None => None,
    };
    for file in files {
        let bytes = std::fs::read(file).map_err(file_error(file))?;
        let mut pages: Vec<PageReading> = Vec::new();
        let options = Options { ocr: tessdata.is_some(), pages: Vec::new() };
        reader.read_pdf(&bytes, &options, &mut |event| {
            if let Event::Page(page) = event {
                pages.push(*page);
            }
        });
        say(&format!("{} ({} pages)", file.display(), pages.len()));
        let grams = plain.classify(&pages);
        let encoded = with.as_ref().map(|typer| typer.classify(&pages));
        for (index, page) in pages.iter().enumerate() {
            let show = |guess: &cotejo_recognition::page_type::PageGuess| {
                let candidate = guess
                    .candidate
                    .as_ref()
                    .map_or_else(String::new, |(kind, confidence)| format!(" ({kind} {:.2})", confidence.value()));
                format!("{} {:.2}{candidate}", guess.kind, guess.confidence.value())
            };
            let second = encoded.as_ref().map_or_else(String::new, |guesses| show(&guesses[index]));
            let start: String = page.text().chars().take(60).map(|c| if c == '\n' { '/' } else { c }).collect();
            say(&format!("  {:>3} | {} | {second} | {start}", page.number, show(&grams[index])));
        }
    }
    Ok(())
}
