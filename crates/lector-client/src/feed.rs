//! A file as the workers get it: piece by piece, from memory, from the disk or from an encrypted store.

use cotejo_lector_protocol::MAX_PIECE;
use std::io::{Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Gives bytes from any place.
pub trait ReadAnywhere: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadAnywhere for T {}

/// A part of a file and its length.
type Part<'f> = (u64, Mutex<Box<dyn ReadAnywhere + 'f>>);

static TURN: AtomicU64 = AtomicU64::new(0);

/// Holds where the bytes of one file come from. Clones share it; workers on the same file take turns.
#[derive(Clone)]
pub struct FileFeed<'f> {
    // One after the other, as the parts of a package that came split; most files are one part.
    parts: Arc<Vec<Part<'f>>>,
    size: u64,
    id: String,
}

impl<'f> FileFeed<'f> {
    /// Takes a file of `size` bytes from a reader.
    #[must_use]
    pub fn new(reader: impl ReadAnywhere + 'f, size: u64) -> Self {
        Self::of_parts(vec![(Box::new(reader), size)])
    }

    /// Takes a file whose parts stand one after the other.
    #[must_use]
    pub fn of_parts(parts: Vec<(Box<dyn ReadAnywhere + 'f>, u64)>) -> Self {
        let size = parts.iter().map(|(_, size)| *size).fold(0, u64::saturating_add);
        let parts = parts.into_iter().map(|(reader, size)| (size, Mutex::new(reader))).collect();
        let id = format!("#{}", TURN.fetch_add(1, Ordering::Relaxed));
        Self { parts: Arc::new(parts), size, id }
    }

    /// Names the bytes by their hash, so that a worker which has them already need not get them again.
    #[must_use]
    pub fn named(mut self, hash: &cotejo_domain::FileHash) -> Self {
        self.id = hash.to_string();
        self
    }

    /// Returns the length in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the lengths of the parts.
    pub(crate) fn lengths(&self) -> Vec<u64> {
        self.parts.iter().map(|(size, _)| *size).collect()
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Returns up to `length` bytes from `place` on, never more than a piece.
    ///
    /// # Errors
    /// When they cannot be read, or there are fewer.
    pub(crate) fn piece(&self, place: u64, length: u64) -> std::io::Result<Vec<u8>> {
        let length = length.min(MAX_PIECE.into()).min(self.size.saturating_sub(place));
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        let mut start = 0_u64;
        for (size, reader) in self.parts.iter() {
            let wanted = length - bytes.len() as u64;
            let at = place.saturating_add(bytes.len() as u64);
            if wanted > 0 && (start..start + size).contains(&at) {
                let here = wanted.min(start + size - at);
                let mut reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
                reader.seek(SeekFrom::Start(at - start))?;
                reader.by_ref().take(here).read_to_end(&mut bytes)?;
            }
            start += size;
        }
        if (bytes.len() as u64) < length {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes)
    }
}

impl<'f> From<&'f [u8]> for FileFeed<'f> {
    fn from(bytes: &'f [u8]) -> Self {
        Self::new(std::io::Cursor::new(bytes), bytes.len() as u64)
    }
}

impl<'f> From<&'f Vec<u8>> for FileFeed<'f> {
    fn from(bytes: &'f Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl<'f, const N: usize> From<&'f [u8; N]> for FileFeed<'f> {
    fn from(bytes: &'f [u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl<'f> From<&FileFeed<'f>> for FileFeed<'f> {
    fn from(feed: &FileFeed<'f>) -> Self {
        feed.clone()
    }
}

/// Keeps what was read of the images of pages, so that the same image is not read twice. Whoever implements it says where; a key is a hash
/// and tells nothing.
pub trait PageMemory: Sync {
    /// Returns what was kept under a key.
    fn recall(&self, key: &str) -> Option<Vec<u8>>;

    /// Keeps something under a key.
    fn keep(&self, key: &str, value: &[u8]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_one_file() {
        let feed = FileFeed::of_parts(vec![
            (Box::new(std::io::Cursor::new(b"abc")), 3),
            (Box::new(std::io::Cursor::new(b"defg")), 4),
        ]);
        assert_eq!((feed.size(), feed.lengths()), (7, vec![3, 4]));
        assert_eq!(feed.piece(0, 100).expect("reads"), b"abcdefg");
        assert_eq!(feed.piece(2, 3).expect("reads"), b"cde");
        assert_eq!(feed.piece(7, 3).expect("reads"), b"");
        assert!(FileFeed::new(std::io::Cursor::new(b"abc"), 5).piece(0, 5).is_err(), "it became shorter");
    }
}
