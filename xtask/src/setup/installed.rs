//! What is already laid down: a manifest of hashes beside the files, so that a second run knows it is done.

use super::SetupError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

const MANIFEST: &str = "manifest.json";

/// Lists the files of a result, and what they were made from and by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Package and version.
    pub(super) package: String,
    /// Version of the step that made the files; a new one makes them again.
    pub(super) maker: String,
    /// SHA-256 by file name.
    pub(super) files: BTreeMap<String, String>,
}

/// Returns the SHA-256 of a file in hexadecimal.
pub(super) fn hash_of(path: &Path) -> Result<String, SetupError> {
    let mut file = fs::File::open(path).map_err(|error| SetupError::file(path, error))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => hasher.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(SetupError::file(path, error)),
        }
    }
    Ok(hex::encode(hasher.finalize()))
}

/// Tells whether `folder` holds everything that a manifest made by `maker` from `package` lists, unchanged.
pub(super) fn is_complete(folder: &Path, package: &str, maker: &str) -> bool {
    let Ok(text) = fs::read_to_string(folder.join(MANIFEST)) else { return false };
    let Ok(manifest) = serde_json::from_str::<Manifest>(&text) else { return false };
    manifest.package == package
        && manifest.maker == maker
        && !manifest.files.is_empty()
        && manifest
            .files
            .iter()
            .all(|(name, hash)| hash_of(&folder.join(name)).is_ok_and(|found| found == *hash))
}

/// Writes the files into `folder`, each by rename, and the manifest last: an interrupted run leaves no manifest and is repeated.
pub(super) fn lay_down(
    folder: &Path,
    package: &str,
    maker: &str,
    contents: &[(&str, &[u8])],
) -> Result<(), SetupError> {
    fs::create_dir_all(folder).map_err(|error| SetupError::file(folder, error))?;
    let stale = folder.join(MANIFEST);
    if stale.exists() {
        fs::remove_file(&stale).map_err(|error| SetupError::file(&stale, error))?;
    }
    let mut files = BTreeMap::new();
    for (name, bytes) in contents {
        write_atomically(&folder.join(name), bytes)?;
        files.insert((*name).to_owned(), hex::encode(Sha256::digest(bytes)));
    }
    let manifest = Manifest { package: package.into(), maker: maker.into(), files };
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(|error| SetupError::file(&stale, io::Error::other(error)))?;
    write_atomically(&stale, text.as_bytes())
}

fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), SetupError> {
    let part = path.with_extension("part");
    let written = (|| {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = fs::File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    })();
    written.map_err(|error| SetupError::file(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_or_another_maker_means_not_complete() {
        let folder = tempfile::tempdir().unwrap();
        lay_down(folder.path(), "x==1", "step@1", &[("a.bin", b"alfa"), ("b.bin", b"beta")]).unwrap();
        assert!(is_complete(folder.path(), "x==1", "step@1"), "fresh files are complete");
        assert!(!is_complete(folder.path(), "x==1", "step@2"), "a new maker makes them again");
        assert!(!is_complete(folder.path(), "x==2", "step@1"), "another package makes them again");
        fs::write(folder.path().join("a.bin"), b"alga").unwrap();
        assert!(!is_complete(folder.path(), "x==1", "step@1"), "one changed byte is noticed");
    }

    #[test]
    fn an_interrupted_run_leaves_no_manifest() {
        let folder = tempfile::tempdir().unwrap();
        lay_down(folder.path(), "x==1", "step@1", &[("a.bin", b"alfa")]).unwrap();
        fs::create_dir(folder.path().join("b.bin")).unwrap();
        let second = lay_down(folder.path(), "x==1", "step@1", &[("a.bin", b"alfa"), ("b.bin", b"beta")]);
        assert!(second.is_err(), "a folder stands where the file should go");
        assert!(!is_complete(folder.path(), "x==1", "step@1"), "the result is not taken for whole");
    }
}
