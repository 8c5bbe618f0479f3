//! The file in which a case goes to a colleague: everything under a password, in pieces of which none can be changed, moved or left out.
//!
//! A head in clear names nothing but the form, the cost of the password and a salt. The key is scrypt of the password; the content is sealed piece by
//! piece with XChaCha20-Poly1305, each piece bound to the head and to its place, the last one marked as the last. Neither writing nor reading holds
//! more than one piece. Within, the content is a row of records; the last of them is signed by the sender's device over all the others.

use crate::StoreError;
use crate::files::{sync_folder, temporary_file};
use crate::keys::Key;
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use cotejo_domain::{Code, FileHash};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAGIC: &[u8; 11] = b"COTEJO-CASO";
const VERSION: u8 = 1;
const SALT: usize = 32;
const HEAD: usize = MAGIC.len() + 1 + 1 + 4 + 4 + SALT;
const PIECE: usize = 256 * 1024;
const TAG: usize = 16;
/// Cost of the password: 128 MiB and some tenths of a second (the figures OWASP names for scrypt).
const COST: (u8, u32, u32) = (17, 8, 1);
/// Shortest password, in characters.
pub(crate) const SHORTEST: usize = 10;
/// Longest record that is taken into memory.
pub(crate) const LARGEST: u64 = 512 * 1024 * 1024;

/// Refuses a package.
pub(crate) fn refused(code: Code, reason: &'static str, detail: impl Into<String>) -> StoreError {
    StoreError::Package { code, reason, detail: detail.into() }
}

fn damaged(path: &Path) -> StoreError {
    refused(Code::BrokenLog, "store.package_damaged", path.display().to_string())
}

fn derive(password: &str, head: &[u8], cost: (u8, u32, u32)) -> Result<Key, StoreError> {
    let salt = head.get(HEAD - SALT..).unwrap_or_default();
    let wrong = || refused(Code::UnreadableInput, "store.package_unknown", "scrypt");
    let parameters = scrypt::Params::new(cost.0, cost.1, cost.2).map_err(|_| wrong())?;
    let mut key = Zeroizing::new([0; 32]);
    scrypt::scrypt(password.as_bytes(), salt, &parameters, key.as_mut_slice()).map_err(|_| wrong())?;
    Ok(Key::new(*key))
}

fn nonce(place: u64, last: bool) -> XNonce {
    let mut nonce = XNonce::default();
    for (slot, byte) in nonce.iter_mut().zip(place.to_le_bytes()) {
        *slot = byte;
    }
    if let Some(slot) = nonce.get_mut(8) {
        *slot = u8::from(last);
    }
    nonce
}

/// Writes a package. Nothing stands at its place before [`PackageWriter::finish`].
pub(crate) struct PackageWriter {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
    head: Vec<u8>,
    cipher: XChaCha20Poly1305,
    place: u64,
    piece: Zeroizing<Vec<u8>>,
    digest: Sha256,
}

impl PackageWriter {
    /// Begins a package; waits for the password's key.
    pub(crate) fn begin(path: &Path, password: &str, salt: [u8; SALT]) -> Result<Self, StoreError> {
        if password.chars().count() < SHORTEST {
            return Err(refused(Code::WrongUse, "store.package_weak_password", SHORTEST.to_string()));
        }
        let mut head = MAGIC.to_vec();
        head.extend([VERSION, COST.0]);
        head.extend(COST.1.to_le_bytes());
        head.extend(COST.2.to_le_bytes());
        head.extend(salt);
        let key = derive(password, &head, COST)?;
        let (mut file, temporary) = temporary_file(path).map_err(StoreError::file("writing", path))?;
        file.write_all(&head).map_err(StoreError::file("writing", path))?;
        let digest = Sha256::new().chain_update(b"cotejo paquete 1").chain_update(&head);
        Ok(Self {
            path: path.to_path_buf(),
            temporary,
            file,
            head,
            cipher: XChaCha20Poly1305::new(key.bytes().into()),
            place: 0,
            piece: Zeroizing::new(Vec::with_capacity(PIECE + TAG)),
            digest,
        })
    }

    fn seal(&mut self, last: bool) -> Result<(), StoreError> {
        let mut piece = std::mem::take(&mut *self.piece);
        let sealed = self.cipher.encrypt_in_place_detached(&nonce(self.place, last), &self.head, &mut piece);
        let tag = sealed.map_err(|_| damaged(&self.path))?;
        piece.extend_from_slice(&tag);
        self.file.write_all(&piece).map_err(StoreError::file("writing", &self.path))?;
        piece.clear();
        *self.piece = piece;
        self.place += 1;
        Ok(())
    }

    fn push(&mut self, mut bytes: &[u8]) -> Result<(), StoreError> {
        while !bytes.is_empty() {
            if self.piece.len() == PIECE {
                self.seal(false)?;
            }
            let room = PIECE - self.piece.len();
            let (now, later) = bytes.split_at(bytes.len().min(room));
            self.piece.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    fn part(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.digest.update(bytes);
        self.push(bytes)
    }

    /// Begins a record whose `length` bytes follow.
    fn record_head(&mut self, kind: u8, length: u64) -> Result<(), StoreError> {
        self.part(&[kind])?;
        self.part(&length.to_le_bytes())
    }

    /// Writes a record.
    pub(crate) fn record(&mut self, kind: u8, body: &[u8]) -> Result<(), StoreError> {
        self.record_head(kind, body.len() as u64)?;
        self.part(body)
    }

    /// Writes a record that begins with `first` and goes on with a file of `length` bytes.
    pub(crate) fn record_file(&mut self, kind: u8, first: &[u8], source: &Path) -> Result<(), StoreError> {
        let mut file = File::open(source).map_err(StoreError::file("reading", source))?;
        let length = file.metadata().map_err(StoreError::file("reading", source))?.len();
        self.record_head(kind, first.len() as u64 + length)?;
        self.part(first)?;
        let (mut left, mut buffer) = (length, vec![0; PIECE]);
        while left > 0 {
            let count = file.read(&mut buffer).map_err(StoreError::file("reading", source))?;
            let taken = buffer.get(..count).unwrap_or_default();
            left = left.checked_sub(count as u64).filter(|_| count > 0).ok_or_else(|| damaged(source))?;
            self.part(taken)?;
        }
        Ok(())
    }

    /// Returns what is to be signed of everything written so far.
    pub(crate) fn digest(&self) -> [u8; 32] {
        self.digest.clone().finalize().into()
    }

    /// Writes the closing record, ends the package and gives it its place. Returns SHA-256 and length of the file.
    pub(crate) fn finish(mut self, kind: u8, closing: &[u8]) -> Result<(FileHash, u64), StoreError> {
        self.record(kind, closing)?;
        self.seal(true)?;
        let failed = || StoreError::file("writing", self.path.clone());
        self.file.sync_all().map_err(failed())?;
        let hash = hash_of_file(&self.temporary)?;
        std::fs::rename(&self.temporary, &self.path).map_err(failed())?;
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            sync_folder(folder).map_err(failed())?;
        }
        Ok(hash)
    }
}

impl Drop for PackageWriter {
    fn drop(&mut self) {
        // Gone already when it was given its place.
        let _ = std::fs::remove_file(&self.temporary);
    }
}

/// Hashes a file, a piece at a time.
pub(crate) fn hash_of_file(path: &Path) -> Result<(FileHash, u64), StoreError> {
    let mut file = File::open(path).map_err(StoreError::file("reading", path))?;
    let (mut hash, mut size, mut buffer) = (Sha256::new(), 0, vec![0; PIECE]);
    loop {
        let count = file.read(&mut buffer).map_err(StoreError::file("reading", path))?;
        if count == 0 {
            return Ok((FileHash(hash.finalize().into()), size));
        }
        hash.update(buffer.get(..count).unwrap_or_default());
        size += count as u64;
    }
}

/// A package whose password was given; it can be read several times.
#[derive(Clone)]
pub(crate) struct Package {
    path: PathBuf,
    head: Vec<u8>,
    key: Key,
}

impl Package {
    /// Reads the head and derives the key; whether it is the right one shows with the first piece.
    pub(crate) fn open(path: &Path, password: &str) -> Result<Self, StoreError> {
        let unknown = |detail: String| refused(Code::UnreadableInput, "store.package_unknown", detail);
        let mut file = File::open(path).map_err(StoreError::file("reading", path))?;
        let mut head = vec![0; HEAD];
        file.read_exact(&mut head).map_err(|_| unknown(path.display().to_string()))?;
        let number = |at: usize| {
            let bytes = head.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
            bytes.map_or(0, u32::from_le_bytes)
        };
        if head.get(..MAGIC.len()) != Some(MAGIC.as_slice()) {
            return Err(unknown(path.display().to_string()));
        }
        let (version, cost) = (head[MAGIC.len()], head[MAGIC.len() + 1]);
        if version != VERSION {
            return Err(StoreError::NewerSchema { found: version.into(), known: VERSION.into() });
        }
        let cost = (cost, number(MAGIC.len() + 2), number(MAGIC.len() + 6));
        // A file must not make this machine work for hours, nor want less than we write.
        if !(COST.0..=COST.0 + 2).contains(&cost.0) || cost.1 != COST.1 || !(1..=4).contains(&cost.2) {
            return Err(unknown(format!("scrypt {cost:?}")));
        }
        let key = derive(password, &head, cost)?;
        Ok(Self { path: path.to_path_buf(), head, key })
    }

    /// Reads the records from the first one on.
    pub(crate) fn records(&self) -> Result<Records, StoreError> {
        let mut file = File::open(&self.path).map_err(StoreError::file("reading", &self.path))?;
        let mut head = vec![0; HEAD];
        file.read_exact(&mut head).map_err(|_| damaged(&self.path))?;
        if head != self.head {
            return Err(damaged(&self.path));
        }
        let digest = Sha256::new().chain_update(b"cotejo paquete 1").chain_update(&head);
        let mut records = Records {
            path: self.path.clone(),
            file,
            head,
            cipher: XChaCha20Poly1305::new(self.key.bytes().into()),
            place: 0,
            ahead: Vec::new(),
            piece: Zeroizing::new(Vec::new()),
            at: 0,
            ended: false,
            digest,
        };
        records.ahead = records.sealed()?;
        Ok(records)
    }
}

/// Reads a package record by record.
pub(crate) struct Records {
    path: PathBuf,
    file: File,
    head: Vec<u8>,
    cipher: XChaCha20Poly1305,
    place: u64,
    /// The next sealed piece: whether it is the last shows when nothing follows.
    ahead: Vec<u8>,
    piece: Zeroizing<Vec<u8>>,
    at: usize,
    ended: bool,
    digest: Sha256,
}

impl Records {
    fn sealed(&mut self) -> Result<Vec<u8>, StoreError> {
        let mut piece = Vec::new();
        let limit = (PIECE + TAG) as u64;
        let read = (&mut self.file).take(limit).read_to_end(&mut piece);
        read.map_err(StoreError::file("reading", &self.path))?;
        Ok(piece)
    }

    fn fill(&mut self) -> Result<bool, StoreError> {
        if self.ended {
            return Ok(false);
        }
        let mut piece = std::mem::take(&mut self.ahead);
        self.ahead = self.sealed()?;
        let last = self.ahead.is_empty();
        let wrong = if self.place == 0 {
            refused(Code::WrongKey, "store.package_password", self.path.display().to_string())
        } else {
            damaged(&self.path)
        };
        let Some(content) = piece.len().checked_sub(TAG) else { return Err(wrong) };
        let tag = piece.split_off(content);
        let opened = self.cipher.decrypt_in_place_detached(
            &nonce(self.place, last),
            &self.head,
            &mut piece,
            Tag::from_slice(&tag),
        );
        if opened.is_err() {
            return Err(wrong);
        }
        self.place += 1;
        self.ended = last;
        self.piece = Zeroizing::new(piece);
        self.at = 0;
        Ok(true)
    }

    fn exactly(&mut self, buffer: &mut [u8]) -> Result<(), StoreError> {
        let mut done = 0;
        while done < buffer.len() {
            if self.at == self.piece.len() && !self.fill()? {
                return Err(damaged(&self.path));
            }
            let there = self.piece.get(self.at..).unwrap_or_default();
            let wanted = buffer.get_mut(done..).unwrap_or_default();
            let count = there.len().min(wanted.len());
            for (slot, byte) in wanted.iter_mut().zip(there) {
                *slot = *byte;
            }
            self.at += count;
            done += count;
        }
        Ok(())
    }

    /// Returns what a closing record read next has to sign.
    pub(crate) fn digest(&self) -> [u8; 32] {
        self.digest.clone().finalize().into()
    }

    /// Reads the head of the next record: its kind and its length.
    pub(crate) fn next(&mut self) -> Result<(u8, u64), StoreError> {
        let mut head = [0; 9];
        self.exactly(&mut head)?;
        self.digest.update(head);
        let [kind, length @ ..] = head;
        Ok((kind, u64::from_le_bytes(length)))
    }

    /// Reads the body of a record that fits into memory.
    pub(crate) fn body(&mut self, length: u64) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let length =
            usize::try_from(length).ok().filter(|_| length <= LARGEST).ok_or_else(|| damaged(&self.path))?;
        let mut body = Zeroizing::new(Vec::new());
        // A length that is not there must not take memory before it is found out.
        while body.len() < length {
            let start = body.len();
            let now = (length - start).min(PIECE);
            body.resize(start + now, 0);
            self.exactly(body.get_mut(start..).unwrap_or_default())?;
        }
        self.digest.update(body.as_slice());
        Ok(body)
    }

    /// Hands the next `length` bytes on, a piece at a time.
    pub(crate) fn copy(&mut self, length: u64, sink: &mut dyn Write) -> Result<(), StoreError> {
        let (mut left, mut buffer) = (length, vec![0; PIECE]);
        while left > 0 {
            let count = usize::try_from(left.min(PIECE as u64)).unwrap_or(PIECE);
            let now = buffer.get_mut(..count).unwrap_or_default();
            self.exactly(now)?;
            self.digest.update(&*now);
            sink.write_all(now).map_err(StoreError::file("writing", &self.path))?;
            left -= count as u64;
        }
        Ok(())
    }

    /// Tells whether the package ends here.
    pub(crate) fn is_over(&mut self) -> Result<bool, StoreError> {
        Ok(self.at == self.piece.len() && !self.fill()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "una clave larga";

    fn write(path: &Path) {
        let mut writer = PackageWriter::begin(path, PASSWORD, [3; SALT]).expect("begins");
        writer.record(1, b"secreto manifiesto").expect("writes");
        writer.record(2, &vec![7; PIECE * 2]).expect("writes");
        writer.finish(9, b"fin").expect("ends");
    }

    fn read(path: &Path, password: &str) -> Result<usize, StoreError> {
        let mut records = Package::open(path, password)?.records()?;
        let mut bytes = 0;
        loop {
            let (kind, length) = records.next()?;
            bytes += records.body(length)?.len();
            if kind == 9 {
                return if records.is_over()? { Ok(bytes) } else { Err(damaged(path)) };
            }
        }
    }

    fn reason(result: Result<usize, StoreError>) -> &'static str {
        result.expect_err("must be refused").key()
    }

    #[test]
    fn a_package_opens_with_its_password_alone_and_shows_nothing_without() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("caso.cotejo");
        write(&path);
        assert_eq!(read(&path, PASSWORD).expect("opens"), 18 + PIECE * 2 + 3);
        let bytes = std::fs::read(&path).expect("reads");
        assert!(!bytes.windows(7).any(|window| window == b"secreto"), "nothing of it is in clear");
        assert_eq!(reason(read(&path, "otra clave larga")), "store.package_password");
        assert!(PackageWriter::begin(&path, "corta", [3; SALT]).is_err(), "a short password is refused");
        assert_eq!(read(&path, PASSWORD).expect("still there"), 18 + PIECE * 2 + 3);
    }

    #[test]
    fn attack_a_package_is_edited_truncated_or_its_pieces_change_places() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("caso.cotejo");
        write(&path);
        let sound = std::fs::read(&path).expect("reads");
        let tried = |bytes: &[u8]| {
            std::fs::write(&path, bytes).expect("writes");
            reason(read(&path, PASSWORD))
        };
        let sealed = PIECE + TAG;
        let mut edited = sound.clone();
        edited[HEAD + sealed + 5] ^= 1;
        assert_eq!(tried(&edited), "store.package_damaged");
        let mut salted = sound.clone();
        salted[HEAD - 1] ^= 1;
        assert_eq!(tried(&salted), "store.package_password");
        let mut cheap = sound.clone();
        cheap[MAGIC.len() + 1] = 4;
        assert_eq!(tried(&cheap), "store.package_unknown", "no file chooses a weaker key");
        assert_eq!(tried(&sound[..sound.len() - 1]), "store.package_damaged");
        assert_eq!(tried(&sound[..HEAD + 2 * sealed]), "store.package_damaged", "cut between two pieces");
        assert_eq!(tried(&sound[..20]), "store.package_unknown");
        let (first, second) = (HEAD..HEAD + sealed, HEAD + sealed..HEAD + 2 * sealed);
        let moved = [&sound[..HEAD], &sound[second.clone()], &sound[first], &sound[second.end..]].concat();
        assert_eq!(tried(&moved), "store.package_password");
        let longer = [sound.as_slice(), &[0; 40]].concat();
        assert_eq!(tried(&longer), "store.package_damaged", "something was added after its end");
    }
}
