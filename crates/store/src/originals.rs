//! Originals: the exact bytes that were handed in, encrypted file by file, under names that reveal nothing.
//!
//! A file is a head, chunks of [`CHUNK`] bytes and a closing record. Each file has a key of its own, made of the case's key and the
//! random salt in its head; each chunk is authenticated with its position, and the closing record with the hash, the length and so the
//! number of chunks. What was cut off, put elsewhere or taken from another original does not open. Neither writing nor reading ever
//! holds more than one chunk.

use crate::files::{make_folder, sync_folder, temporary_file};
use crate::keys::Key;
use crate::{Ports, StoreError};
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use cotejo_domain::FileHash;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use zeroize::{Zeroize, Zeroizing};

/// Stands at the head of every encrypted original; the version follows.
const MAGIC: &[u8; 7] = b"COTEJO\x00";
/// One sealed piece: no longer written, still read.
const WHOLE: u8 = 1;
/// Sealed chunk by chunk.
const CHUNKED: u8 = 2;
/// Bytes of a chunk.
pub(crate) const CHUNK: usize = 256 * 1024;
const SALT: usize = 32;
const HEAD: u64 = (MAGIC.len() + 1 + SALT) as u64;
const TAG: usize = 16;
/// Hash and length, sealed.
const CLOSING: usize = 32 + 8 + TAG;
/// Position that the closing record is sealed under; no chunk reaches it.
const LAST: u64 = u64::MAX;

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

    /// Encrypts and stores bytes; storing the same bytes again does nothing.
    pub(crate) fn put(&self, ports: &Ports, bytes: &[u8]) -> Result<FileHash, StoreError> {
        let hash = FileHash::of(bytes);
        if self.has(hash) {
            return Ok(hash);
        }
        let mut writer = self.writer(ports)?;
        writer.write_all(bytes).map_err(StoreError::file("writing", &self.folder))?;
        Ok(writer.finish()?.0)
    }

    /// Begins an original whose bytes come piece by piece.
    pub(crate) fn writer(&self, ports: &Ports) -> Result<OriginalWriter, StoreError> {
        make_folder(&self.folder)?;
        let (file, temporary) = temporary_file(&self.folder.join("entrante"))
            .map_err(StoreError::file("writing", &self.folder))?;
        let salt: [u8; SALT] = ports.random();
        let mut writer = OriginalWriter {
            originals: self.clone(),
            cipher: self.cipher(&salt),
            file,
            temporary,
            hash: Sha256::new(),
            size: 0,
            position: 0,
            chunk: Zeroizing::new(Vec::with_capacity(CHUNK + TAG)),
        };
        let head = [MAGIC.as_slice(), &[CHUNKED], &salt].concat();
        writer.file.write_all(&head).map_err(StoreError::file("writing", &writer.temporary))?;
        Ok(writer)
    }

    // The key of one file.
    fn cipher(&self, salt: &[u8]) -> XChaCha20Poly1305 {
        let key = Key::new(self.content.keyed_hash(salt));
        XChaCha20Poly1305::new(key.bytes().into())
    }

    /// Removes what a crash left half written. Only for whoever holds the case's lock.
    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        sweep_folder(&self.folder)?;
        for folder in listed(&self.folder)?.into_iter().filter(|path| path.is_dir()) {
            sweep_folder(&folder)?;
        }
        Ok(())
    }

    /// Tells whether an original is there.
    pub(crate) fn has(&self, hash: FileHash) -> bool {
        self.path(hash).exists()
    }

    /// Opens an original: its head and closing record are proven here, each chunk when it is read.
    pub(crate) fn open(&self, hash: FileHash) -> Result<OriginalReader, StoreError> {
        let path = self.path(hash);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::not_found(hash));
            }
            Err(error) => return Err(StoreError::file("reading", path)(error)),
        };
        let mut head = [0; MAGIC.len() + 1];
        file.read_exact(&mut head).map_err(|_| damaged(hash))?;
        let [magic @ .., version] = head;
        if magic != *MAGIC {
            return Err(damaged(hash));
        }
        let source = match version {
            WHOLE => Source::Whole(self.open_whole(&mut file, hash)?),
            CHUNKED => Source::Chunked(Box::new(self.open_chunked(file, hash)?)),
            newer => return Err(StoreError::NewerSchema { found: newer.into(), known: CHUNKED.into() }),
        };
        let size = match &source {
            Source::Whole(bytes) => bytes.len() as u64,
            Source::Chunked(chunks) => chunks.size,
        };
        Ok(OriginalReader { hash, size, place: 0, source })
    }

    fn open_chunked(&self, mut file: File, hash: FileHash) -> Result<Chunks, StoreError> {
        let broken = || damaged(hash);
        let mut salt = [0; SALT];
        file.read_exact(&mut salt).map_err(|_| broken())?;
        let cipher = self.cipher(&salt);
        let length = file.metadata().map_err(|_| broken())?.len();
        let closing_at = length.checked_sub(CLOSING as u64).filter(|at| *at >= HEAD).ok_or_else(broken)?;
        let mut closing = [0; CLOSING];
        file.seek(SeekFrom::Start(closing_at)).map_err(|_| broken())?;
        file.read_exact(&mut closing).map_err(|_| broken())?;
        let stated = open_piece(&cipher, LAST, &mut closing).ok_or_else(broken)?;
        let (stated_hash, size) = stated.split_at_checked(32).ok_or_else(broken)?;
        let size = u64::from_le_bytes(size.try_into().map_err(|_| broken())?);
        // The record says which file this is and how long: another original under this name, or one with chunks too many or too few, is none.
        let chunks = size.div_ceil(CHUNK as u64);
        let expected = chunks.checked_mul(TAG as u64).and_then(|tags| tags.checked_add(size));
        if stated_hash != hash.0 || expected.and_then(|body| body.checked_add(HEAD)) != Some(closing_at) {
            return Err(broken());
        }
        Ok(Chunks { cipher, file, size, held: None, chunk: Zeroizing::new(Vec::new()) })
    }

    // What the first version wrote: one sealed piece, proven by its hash.
    fn open_whole(&self, file: &mut File, hash: FileHash) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let mut sealed = Vec::new();
        file.read_to_end(&mut sealed).map_err(|_| damaged(hash))?;
        let bound = format!("original {hash}");
        let bytes = self.content.open(bound.as_bytes(), &sealed).map_err(|_| damaged(hash))?;
        if FileHash::of(&bytes) == hash { Ok(bytes) } else { Err(damaged(hash)) }
    }

    /// Returns the exact bytes, proven by their hash.
    pub(crate) fn get(&self, hash: FileHash) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let mut reader = self.open(hash)?;
        let size = usize::try_from(reader.size()).map_err(|_| damaged(hash))?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(size));
        reader.read_to_end(&mut bytes).map_err(|_| damaged(hash))?;
        if FileHash::of(&bytes) == hash { Ok(bytes) } else { Err(damaged(hash)) }
    }

    /// Takes an original as another machine sealed it with the same key: `write` gives its bytes. It is proven before it stays.
    pub(crate) fn adopt(
        &self,
        hash: FileHash,
        write: impl FnOnce(&mut dyn Write) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let place = self.path(hash);
        let folder = place.parent().unwrap_or(Path::new(".")).to_path_buf();
        make_folder(&folder)?;
        let (mut file, temporary) = temporary_file(&place).map_err(StoreError::file("writing", &place))?;
        let written = write(&mut file).and_then(|()| {
            file.sync_all().map_err(StoreError::file("writing", &temporary))?;
            std::fs::rename(&temporary, &place).map_err(StoreError::file("writing", &place))?;
            sync_folder(&folder).map_err(StoreError::file("writing", &folder))
        });
        let proven = written.and_then(|()| self.prove(hash));
        if proven.is_err() {
            let _ = std::fs::remove_file(&temporary);
            let _ = std::fs::remove_file(&place);
        }
        proven
    }

    /// Returns where the sealed bytes of an original are.
    pub(crate) fn sealed_file(&self, hash: FileHash) -> PathBuf {
        self.path(hash)
    }

    /// Lists the originals that say themselves what they are; those of the first version do not.
    pub(crate) fn all(&self) -> Result<Vec<FileHash>, StoreError> {
        let mut found = Vec::new();
        for folder in listed(&self.folder)?.into_iter().filter(|path| path.is_dir()) {
            for path in listed(&folder)? {
                if let Some(hash) = self.identify(&path)
                    && self.path(hash) == path
                {
                    found.push(hash);
                }
            }
        }
        Ok(found)
    }

    // Reads the closing record of a sealed file.
    fn identify(&self, path: &Path) -> Option<FileHash> {
        let mut file = File::open(path).ok()?;
        let mut head = [0; HEAD as usize];
        file.read_exact(&mut head).ok()?;
        let (magic, rest) = head.split_at_checked(MAGIC.len())?;
        let (version, salt) = rest.split_first()?;
        if magic != MAGIC || *version != CHUNKED {
            return None;
        }
        let closing_at = file.metadata().ok()?.len().checked_sub(CLOSING as u64)?;
        let mut closing = [0; CLOSING];
        file.seek(SeekFrom::Start(closing_at)).ok()?;
        file.read_exact(&mut closing).ok()?;
        let stated = open_piece(&self.cipher(salt), LAST, &mut closing)?;
        Some(FileHash(stated.get(..32)?.try_into().ok()?))
    }

    /// Proves an original by its hash, a chunk at a time.
    pub(crate) fn prove(&self, hash: FileHash) -> Result<(), StoreError> {
        let mut reader = self.open(hash)?;
        let mut found = Sha256::new();
        let mut chunk = Zeroizing::new(vec![0; CHUNK]);
        loop {
            let count = reader.read(&mut chunk).map_err(|_| damaged(hash))?;
            if count == 0 {
                break;
            }
            found.update(chunk.get(..count).unwrap_or_default());
        }
        if FileHash(found.finalize().into()) == hash { Ok(()) } else { Err(damaged(hash)) }
    }
}

fn damaged(hash: FileHash) -> StoreError {
    StoreError::BrokenLog { detail: format!("original {hash}") }
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    std::fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(StoreError::file("listing", folder))
}

fn sweep_folder(folder: &Path) -> Result<(), StoreError> {
    let half = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "tmp");
    for path in listed(folder)?.into_iter().filter(half) {
        std::fs::remove_file(&path).map_err(StoreError::file("removing", &path))?;
    }
    Ok(())
}

fn nonce(position: u64) -> XNonce {
    let mut nonce = XNonce::default();
    if let Some(start) = nonce.get_mut(..8) {
        start.copy_from_slice(&position.to_le_bytes());
    }
    nonce
}

// Decrypts a piece in its place; what is returned is its content. `None` when it is not what was written at that position.
fn open_piece<'p>(cipher: &XChaCha20Poly1305, position: u64, piece: &'p mut [u8]) -> Option<&'p [u8]> {
    let (content, tag) = piece.split_at_mut_checked(piece.len().checked_sub(TAG)?)?;
    let tag = Tag::from_slice(tag);
    cipher.decrypt_in_place_detached(&nonce(position), &position.to_le_bytes(), content, tag).ok()?;
    Some(content)
}

/// Takes the bytes of one original piece by piece; nothing of it is there before [`OriginalWriter::finish`], and what is not finished is
/// removed. Only encrypted bytes reach the disk.
pub struct OriginalWriter {
    originals: Originals,
    cipher: XChaCha20Poly1305,
    file: File,
    temporary: PathBuf,
    hash: Sha256,
    size: u64,
    position: u64,
    chunk: Zeroizing<Vec<u8>>,
}

impl OriginalWriter {
    /// Ends the original and gives it its place; returns its hash and its length.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> Result<(FileHash, u64), StoreError> {
        let failed = |writer: &Self| StoreError::file("writing", writer.temporary.clone());
        if !self.chunk.is_empty() {
            self.seal_chunk().map_err(failed(&self))?;
        }
        let hash = FileHash(std::mem::take(&mut self.hash).finalize().into());
        let mut closing = [hash.0.as_slice(), &self.size.to_le_bytes()].concat();
        self.write_piece(LAST, &mut closing).map_err(failed(&self))?;
        let place = self.originals.path(hash);
        // The same bytes again: what is there stays, and dropping this removes what was just written.
        if !place.exists() {
            let folder = place.parent().unwrap_or(Path::new(".")).to_path_buf();
            make_folder(&folder)?;
            self.file.sync_all().map_err(failed(&self))?;
            std::fs::rename(&self.temporary, &place).map_err(failed(&self))?;
            sync_folder(&folder).map_err(StoreError::file("writing", &folder))?;
        }
        Ok((hash, self.size))
    }

    fn seal_chunk(&mut self) -> std::io::Result<()> {
        let mut chunk = std::mem::take(&mut *self.chunk);
        let written = self.write_piece(self.position, &mut chunk);
        chunk.clear();
        *self.chunk = chunk;
        self.position += 1;
        written
    }

    // Encrypts in place: no clear copy of the piece is left.
    fn write_piece(&mut self, position: u64, piece: &mut Vec<u8>) -> std::io::Result<()> {
        let tag = self
            .cipher
            .encrypt_in_place_detached(&nonce(position), &position.to_le_bytes(), piece)
            .map_err(|_| std::io::Error::other("a chunk cannot be sealed"))?;
        piece.extend_from_slice(&tag);
        self.file.write_all(piece)
    }
}

impl Write for OriginalWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let room = CHUNK.saturating_sub(self.chunk.len());
        let taken = bytes.get(..bytes.len().min(room)).unwrap_or_default();
        self.chunk.extend_from_slice(taken);
        self.hash.update(taken);
        self.size += taken.len() as u64;
        if self.chunk.len() >= CHUNK {
            self.seal_chunk()?;
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Drop for OriginalWriter {
    fn drop(&mut self) {
        // Gone already when it was given its place.
        let _ = std::fs::remove_file(&self.temporary);
    }
}

/// Reads one original from any place, a chunk at a time. A chunk that was tampered with is an error of the read that meets it.
pub struct OriginalReader {
    hash: FileHash,
    size: u64,
    place: u64,
    source: Source,
}

enum Source {
    Whole(Zeroizing<Vec<u8>>),
    Chunked(Box<Chunks>),
}

struct Chunks {
    cipher: XChaCha20Poly1305,
    file: File,
    size: u64,
    /// Which chunk is in `chunk`, in clear.
    held: Option<u64>,
    chunk: Zeroizing<Vec<u8>>,
}

impl Chunks {
    // Returns what there is from `place` to the end of its chunk.
    fn at(&mut self, place: u64) -> Option<&[u8]> {
        let index = place / CHUNK as u64;
        if self.held != Some(index) {
            self.held = None;
            let start = index.checked_mul(CHUNK as u64)?;
            let length = usize::try_from((self.size - start).min(CHUNK as u64)).ok()?;
            self.chunk.zeroize();
            self.chunk.resize(length + TAG, 0);
            let position = HEAD.checked_add(index.checked_mul((CHUNK + TAG) as u64)?)?;
            self.file.seek(SeekFrom::Start(position)).ok()?;
            self.file.read_exact(&mut self.chunk).ok()?;
            open_piece(&self.cipher, index, &mut self.chunk)?;
            self.chunk.truncate(length);
            self.held = Some(index);
        }
        self.chunk.get(usize::try_from(place % CHUNK as u64).ok()?..)
    }
}

impl OriginalReader {
    /// Returns the hash that this is proven to be the original of.
    #[must_use]
    pub fn hash(&self) -> FileHash {
        self.hash
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl Read for OriginalReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.place >= self.size {
            return Ok(0);
        }
        let broken = || std::io::Error::new(std::io::ErrorKind::InvalidData, "a damaged original");
        let there = match &mut self.source {
            Source::Whole(bytes) => usize::try_from(self.place).ok().and_then(|place| bytes.get(place..)),
            Source::Chunked(chunks) => chunks.at(self.place),
        };
        let there = there.ok_or_else(broken)?;
        let count = there.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), there.get(..count)) {
            to.copy_from_slice(from);
        }
        self.place += count as u64;
        Ok(count)
    }
}

impl Seek for OriginalReader {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.place.checked_add_signed(offset),
        };
        self.place = place.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.place)
    }
}

impl std::fmt::Debug for OriginalReader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OriginalReader").field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for OriginalWriter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OriginalWriter").field("size", &self.size).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "originals_attacks.rs"]
mod attacks;
