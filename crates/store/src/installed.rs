//! Signed files that rest in a folder of the profile under their SHA-256: heads and rules. They are read anew whenever they are listed.

use crate::StoreError;
use cotejo_domain::FileHash;
use std::path::{Path, PathBuf};

/// Holds one file as it rests there.
pub(crate) struct InstalledFile {
    pub(crate) path: PathBuf,
    /// What it is called, without its ending: the SHA-256 it was installed under.
    pub(crate) name: String,
    /// The SHA-256 of what it holds today.
    pub(crate) hash: FileHash,
    pub(crate) bytes: Vec<u8>,
}

/// Returns the files of a folder with that ending; none where there is no folder.
///
/// # Errors
/// When the folder or a file cannot be read.
pub(crate) fn files(folder: &Path, ending: &str, most: usize) -> Result<Vec<InstalledFile>, StoreError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::file("reading", folder)(error)),
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|own| own != ending) {
            continue;
        }
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let bytes = read_bounded(&path, most)?;
        found.push(InstalledFile { hash: FileHash::of(&bytes), path, name, bytes });
    }
    Ok(found)
}

/// Reads a file; one byte more than is allowed is enough to be refused.
fn read_bounded(path: &Path, most: usize) -> Result<Vec<u8>, StoreError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(StoreError::file("reading", path))?;
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(StoreError::file("reading", path))?;
    Ok(bytes)
}
