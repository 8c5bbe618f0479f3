//! The real worker: reads with OCR where there is no text, then recognises. Readings are kept by what was read and by whom.

use super::Recognised;
use crate::corpus::Heap;
use crate::{TrainingError, file_error};
use cotejo_domain::{FileHash, PageReading};
use cotejo_lector_client::{Cancel, Lector, LectorError, Pace, Resources, Settings, in_frames};
use cotejo_lector_protocol::{ReadOptions, RecognitionInput};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// Crates whose source decides what a reading is.
const READERS: [&str; 2] = ["crates/reader/src", "crates/intake/src"];

/// Holds the worker's pool and the folder of readings.
pub(crate) struct Worker {
    lector: Lector,
    readings: PathBuf,
    /// The rendered files as they are, for the person who looks for causes.
    files: PathBuf,
    code: String,
}

impl Worker {
    /// Starts the pool; readings are kept below `folder`.
    pub(crate) fn start(folder: &Path) -> Result<Self, TrainingError> {
        let resources = Resources::discover().map_err(unavailable)?;
        let readings = folder.join("readings");
        std::fs::create_dir_all(&readings).map_err(file_error(&readings))?;
        let files = folder.join("files");
        std::fs::create_dir_all(&files).map_err(file_error(&files))?;
        let code = code_hash(&READERS)?;
        Ok(Self { lector: Lector::new(resources, Settings::at(Pace::FullSpeed)), readings, files, code })
    }

    /// Reads and recognises a file.
    pub(crate) fn recognise(&self, heap: Heap) -> Result<Recognised, TrainingError> {
        let file = self.files.join(&heap.name);
        std::fs::write(&file, &heap.bytes).map_err(file_error(&file))?;
        let pages = self.pages(&heap)?;
        let input = RecognitionInput::new(FileHash::of(&heap.bytes), &heap.name, Some(heap.process));
        let recognition =
            self.lector.recognise(input, &mut in_frames(&pages), &Cancel::new()).map_err(unavailable)?;
        Ok(Recognised {
            name: heap.name,
            format: heap.format,
            documents: heap.documents,
            blank: heap.blank,
            pages,
            recognition,
        })
    }

    fn pages(&self, heap: &Heap) -> Result<Vec<PageReading>, TrainingError> {
        let mut hash = Sha256::new();
        hash.update(&self.code);
        hash.update(&heap.bytes);
        let path = self.readings.join(format!("{}.json", hex::encode(hash.finalize())));
        if let Some(pages) = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
            return Ok(pages);
        }
        let options = ReadOptions { ocr: true, ..ReadOptions::default() };
        let reading = self
            .lector
            .read(&heap.name, &heap.bytes, &options, &Cancel::new(), &mut |_| {})
            .map_err(unavailable)?;
        let bytes = serde_json::to_vec(&reading.pages)
            .map_err(|error| TrainingError::Missing(format!("a reading could not be kept: {error}")))?;
        std::fs::write(&path, bytes).map_err(file_error(&path))?;
        Ok(reading.pages)
    }
}

fn unavailable(error: LectorError) -> TrainingError {
    TrainingError::Missing(error.to_string())
}

/// Returns the hash of every source file below these folders of the repository.
pub(crate) fn code_hash(folders: &[&str]) -> Result<String, TrainingError> {
    let root = crate::repository();
    let mut files = Vec::new();
    for folder in folders {
        collect(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in &files {
        hash.update(file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/"));
        hash.update(std::fs::read(file).map_err(file_error(file))?);
    }
    Ok(hex::encode(hash.finalize()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), TrainingError> {
    for entry in std::fs::read_dir(folder).map_err(file_error(folder))? {
        let path = entry.map_err(file_error(folder))?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
