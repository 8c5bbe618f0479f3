//! Originals: the exact bytes that were handed in, encrypted one by one, under names that reveal nothing.

use crate::files::{make_folder, write_privately};
use crate::keys::Key;
use crate::{Ports, StoreError};
use cotejo_domain::FileHash;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Stands at the head of every encrypted original.
const MAGIC: &[u8; 8] = b"COTEJO\x00\x01";

/// Keeps the originals of one case.
#[derive(Clone, Debug)]
pub(crate) struct Originals {
    folder: PathBuf,
    content: Key,
    names: Key,
}

impl Originals {
    pub(crate) fn new(folder: PathBuf, case_key: &Key) -> Self {
        Self {
            folder,
            content: case_key.derive("originales"),
            names: case_key.derive("nombres de originales"),
        }
    }

    /// Returns where an original rests. The first two digits are a folder, so that none grows too large.
    fn path(&self, hash: FileHash) -> PathBuf {
        let name = hex::encode(self.names.keyed_hash(&hash.0));
        self.folder.join(&name[..2]).join(&name[2..])
    }

    fn bound(hash: FileHash) -> String {
        format!("original {hash}")
    }

    /// Encrypts and stores bytes; storing the same bytes again does nothing.
    pub(crate) fn put(&self, ports: &Ports, bytes: &[u8]) -> Result<FileHash, StoreError> {
        let hash = FileHash::of(bytes);
        let path = self.path(hash);
        if path.exists() {
            return Ok(hash);
        }
        make_folder(path.parent().unwrap_or(Path::new(".")))?;
        let mut stored = MAGIC.to_vec();
        stored.extend(self.content.seal(ports.random(), Self::bound(hash).as_bytes(), bytes)?);
        write_privately(&path, &stored)?;
        Ok(hash)
    }

    /// Removes what a crash left half written. Only for whoever holds the case's lock.
    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        let listed = |path: &Path| std::fs::read_dir(path).map_err(StoreError::file("listing", path));
        for folder in listed(&self.folder)? {
            let folder = folder.map_err(StoreError::file("listing", &self.folder))?.path();
            if !folder.is_dir() {
                continue;
            }
            for file in listed(&folder)? {
                let path = file.map_err(StoreError::file("listing", &folder))?.path();
                if path.extension().is_some_and(|extension| extension == "tmp") {
                    std::fs::remove_file(&path).map_err(StoreError::file("removing", &path))?;
                }
            }
        }
        Ok(())
    }

    /// Tells whether an original is there.
    pub(crate) fn has(&self, hash: FileHash) -> bool {
        self.path(hash).exists()
    }

    /// Returns the exact bytes, proven by their hash.
    pub(crate) fn get(&self, hash: FileHash) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let path = self.path(hash);
        let stored = match std::fs::read(&path) {
            Ok(stored) => stored,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::not_found(hash));
            }
            Err(error) => return Err(StoreError::file("reading", path)(error)),
        };
        let damaged = || StoreError::BrokenLog { detail: format!("original {hash}") };
        let sealed = stored.strip_prefix(MAGIC).ok_or_else(damaged)?;
        let bytes = self.content.open(Self::bound(hash).as_bytes(), sealed).map_err(|_| damaged())?;
        if FileHash::of(&bytes) == hash { Ok(bytes) } else { Err(damaged()) }
    }
}
