//! A folder of documents read by the pool of workers, against kreuzberg on the same folder: files, words and time.
//!
//! What lies in a package counts with the package, on both sides.

use crate::{Place, Row, peer};
use cotejo_lector_client::{Cancel, Lector, Pace, Resources, Settings};
use cotejo_lector_protocol::ReadOptions;
use serde_json::Value;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// What one side got out of a folder.
struct Harvest {
    files: f64,
    words: f64,
    seconds: f64,
}

pub(crate) fn measure(place: &Place) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut folders = Vec::new();
    if let Some(shared) = std::env::var_os("COTEJO_SHARED") {
        folders.push(("real documents", PathBuf::from(shared).join("documents")));
    }
    folders.push(("generated bids", place.sample()?.join("ofertas")));
    let mut rows = Vec::new();
    for (name, folder) in folders {
        let ours = ours(&folder)?;
        let theirs = theirs(place, &folder);
        let mut paths = Vec::new();
        list(&folder, &mut paths)?;
        let input = format!("{name}, {} files", paths.len());
        let row = |what, unit, figure: fn(&Harvest) -> f64, larger| Row {
            what,
            unit,
            ours: figure(&ours),
            peer: "kreuzberg 4.10.4, OCR spa, all cores",
            theirs: theirs.as_ref().map(figure),
            larger,
            input: input.clone(),
        };
        rows.push(row("files that gave words", "files", |harvest| harvest.files, true));
        rows.push(row("words of 3 letters or more", "words", |harvest| harvest.words, true));
        rows.push(row("folder read", "s", |harvest| harvest.seconds, false));
        // Who reads more takes longer: what a second brings is the fair figure.
        rows.push(row(
            "words in a second",
            "words/s",
            |harvest| harvest.words / harvest.seconds.max(0.001),
            true,
        ));
    }
    Ok(rows)
}

fn ours(folder: &Path) -> Result<Harvest, Box<dyn Error>> {
    let settings = Settings::at(Pace::FullSpeed);
    let threads = settings.readers;
    let lector = Lector::new(Resources::discover()?, settings);
    let mut paths = Vec::new();
    list(folder, &mut paths)?;
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    let counts = std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut counts = Vec::new();
                    while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                        counts.push(words_of(&lector, path).map_err(|error| error.to_string())?);
                    }
                    Ok::<_, String>(counts)
                })
            })
            .collect();
        started
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("a thread of ours died".into())))
            .collect::<Result<Vec<_>, String>>()
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let counts: Vec<usize> = counts.into_iter().flatten().collect();
    let files = counts.iter().filter(|count| **count > 0).count();
    Ok(Harvest { files: files as f64, words: counts.iter().sum::<usize>() as f64, seconds })
}

/// Counts the words of a file and of all that it holds.
fn words_of(lector: &Lector, path: &Path) -> Result<usize, Box<dyn Error>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = std::fs::read(path)?;
    let (options, cancel) = (ReadOptions { ocr: true, ..ReadOptions::default() }, Cancel::new());
    let read = |name: &str, bytes: &[u8]| -> Result<usize, Box<dyn Error>> {
        let reading = lector.read(name, bytes, &options, &cancel, &mut |_| {})?;
        Ok(reading.pages.iter().map(|page| long_words(&page.text())).sum())
    };
    let mut words = read(&name, &bytes)?;
    for (entry, content) in lector.unpack(&name, bytes.as_slice(), &cancel)?.entries {
        words += read(&entry.path, &content)?;
    }
    Ok(words)
}

fn theirs(place: &Place, folder: &Path) -> Option<Harvest> {
    let value = peer::object(&place.python, "folder.py", &[folder])?;
    let figure = |key: &str| value.get(key).and_then(Value::as_f64);
    Some(Harvest { files: figure("files")?, words: figure("words")?, seconds: figure("seconds")? })
}

fn long_words(text: &str) -> usize {
    text.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() >= 3).count()
}

fn list(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), std::io::Error> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, paths)? } else { paths.push(path) }
    }
    Ok(())
}
