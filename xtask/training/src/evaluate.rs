//! Reads files with the worker's reader and measures the heads of `models/` on them, page by page: real documents, which are never
//! trained on, and the sample's, whose truth is known.

use crate::measure::{Tally, share};
use crate::{TrainingError, file_error, say};
use cotejo_domain::PageReading;
use cotejo_reader::{Event, Options, Reader};
use cotejo_recognition::encoder::{Encoder, usual_folder};
use cotejo_recognition::page_type::{Heads, PageGuess, PageTyper};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

struct Bench {
    reader: Reader,
    ocr: bool,
    typers: Vec<(&'static str, PageTyper)>,
}

impl Bench {
    fn new() -> Result<Self, TrainingError> {
        let folder = usual_folder();
        let library = folder
            .as_deref()
            .and_then(Path::parent)
            .map(|resources| resources.join("pdfium").join(libloading_name("pdfium")))
            .filter(|path| path.is_file())
            .ok_or_else(|| TrainingError::Missing("pdfium is not set up (cargo xtask run)".into()))?;
        let tessdata = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from);
        let reader = Reader::start(&library, tessdata.as_deref())
            .map_err(|error| TrainingError::Missing(error.to_string()))?;
        let heads = heads()?;
        let mut typers = vec![("n-grams", PageTyper::with_heads(heads.clone(), None))];
        if let Some(folder) = &folder {
            typers.push(("with encoder", PageTyper::with_heads(heads, Some(Encoder::open(folder)?))));
        }
        Ok(Self { reader, ocr: tessdata.is_some(), typers })
    }

    fn pages(&self, file: &Path) -> Result<Vec<PageReading>, TrainingError> {
        let bytes = std::fs::read(file).map_err(file_error(file))?;
        let mut pages: Vec<PageReading> = Vec::new();
        let options = Options { ocr: self.ocr, ..Options::default() };
        let mut keep = |event| {
            if let Event::Page(page) = event {
                pages.push(*page);
            }
        };
        if bytes.starts_with(b"%PDF") {
            self.reader.read_pdf(&bytes, &options, &mut keep);
        } else {
            self.reader.read_image(&bytes, &options, &mut keep);
        }
        Ok(pages)
    }
}

/// Reads the heads as they lie in `models/`: those of the last training, before anything is compiled with them.
fn heads() -> Result<Heads, TrainingError> {
    let folder = crate::models();
    let weights = folder.join("page-types.safetensors");
    let weights = std::fs::read(&weights).map_err(file_error(&weights))?;
    let manifest = folder.join("manifest.json");
    let manifest = std::fs::read_to_string(&manifest).map_err(file_error(&manifest))?;
    Ok(Heads::parse(&weights, &manifest)?)
}

fn libloading_name(name: &str) -> String {
    format!("{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX)
}

/// Prints the types of every page of the files, without and, where it is set up, with the encoder.
pub(crate) fn run(files: &[PathBuf]) -> Result<(), TrainingError> {
    let bench = Bench::new()?;
    for file in files {
        let pages = bench.pages(file)?;
        say(&format!("{} ({} pages)", file.display(), pages.len()));
        let answers: Vec<Vec<PageGuess>> =
            bench.typers.iter().map(|(_, typer)| typer.classify(&pages)).collect();
        for (index, page) in pages.iter().enumerate() {
            let shown: Vec<String> = answers.iter().map(|guesses| shown(&guesses[index])).collect();
            let start: String =
                page.text().chars().take(60).map(|c| if c == '\n' { '/' } else { c }).collect();
            say(&format!("  {:>3} | {} | {start}", page.number, shown.join(" | ")));
        }
    }
    Ok(())
}

fn shown(guess: &PageGuess) -> String {
    let candidate = guess
        .candidate
        .as_ref()
        .map_or_else(String::new, |(kind, confidence)| format!(" ({kind} {:.2})", confidence.value()));
    format!("{} {:.2}{candidate}", guess.kind, guess.confidence.value())
}

/// Measures the heads on a folder of the sample generator, against its `verdad.json`: first pages of documents, and those that go on.
pub(crate) fn sample(folders: &[PathBuf]) -> Result<(), TrainingError> {
    let bench = Bench::new()?;
    let mut tallies: BTreeMap<(&str, bool, bool), Tally> = BTreeMap::new();
    for folder in folders {
        let path = folder.join("verdad.json");
        let text = std::fs::read_to_string(&path).map_err(file_error(&path))?;
        let truth: serde_json::Value = serde_json::from_str(&text)
            .map_err(|error| TrainingError::Missing(format!("{}: {error}", path.display())))?;
        for bid in list(&truth, "bids") {
            for file in list(bid, "files") {
                let bid_folder = folder.join(bid["folder"].as_str().unwrap_or_default());
                let path = bid_folder.join(file["path"].as_str().unwrap_or_default());
                if path.is_file() {
                    measure_file(&bench, &path, file, &mut tallies)?;
                }
            }
        }
    }
    for ((name, scanned, first), tally) in tallies {
        say(&format!(
            "{name}, {}, {}: right {:.3}, OTRO {:.3}, wrong {:.3} of {}",
            if scanned { "scanned" } else { "digital" },
            if first { "first pages" } else { "pages that go on" },
            share(tally.right, tally.total()),
            share(tally.other, tally.total()),
            share(tally.wrong, tally.total()),
            tally.total()
        ));
    }
    Ok(())
}

fn measure_file(
    bench: &Bench,
    path: &Path,
    truth: &serde_json::Value,
    tallies: &mut BTreeMap<(&'static str, bool, bool), Tally>,
) -> Result<(), TrainingError> {
    let scanned = truth["scanned"].as_bool().unwrap_or(false);
    if scanned && !bench.ocr {
        return Ok(());
    }
    let pages = bench.pages(path)?;
    for (name, typer) in &bench.typers {
        for (page, guess) in pages.iter().zip(typer.classify(&pages)) {
            let mut kinds = Vec::new();
            let mut first = false;
            for document in list(truth, "documents") {
                let numbers: Vec<u64> =
                    list(document, "pages").iter().filter_map(serde_json::Value::as_u64).collect();
                if numbers.contains(&u64::from(page.number)) {
                    kinds.push(document["kind"].as_str().unwrap_or_default());
                    first |= numbers.first() == Some(&u64::from(page.number));
                }
            }
            let tally = tallies.entry((*name, scanned, first)).or_default();
            if kinds.contains(&guess.kind.0.as_str()) {
                tally.right += 1;
                continue;
            }
            if guess.kind.0 == "OTRO" {
                tally.other += 1;
            } else {
                tally.wrong += 1;
            }
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            say(&format!("  {name}: {file} {}: {kinds:?} was taken for {}", page.number, shown(&guess)));
        }
    }
    Ok(())
}

fn list<'a>(value: &'a serde_json::Value, key: &str) -> &'a [serde_json::Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}
