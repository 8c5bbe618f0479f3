//! Bytes that need not be in memory: a package of a gigabyte is read where it stands, a window at a time.

use std::io::{Read, Seek, SeekFrom};

/// Gives bytes from any place. Reading the same place twice gives the same bytes.
pub trait ByteSource {
    /// Returns the length in bytes.
    fn size(&self) -> u64;

    /// Fills the beginning of `buffer` from `place` on and says how much; 0 only at the end.
    ///
    /// # Errors
    /// When the bytes cannot be fetched.
    fn read_at(&self, place: u64, buffer: &mut [u8]) -> std::io::Result<usize>;
}

impl ByteSource for &[u8] {
    fn size(&self) -> u64 {
        self.len() as u64
    }

    fn read_at(&self, place: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        let there = usize::try_from(place).ok().and_then(|place| self.get(place..)).unwrap_or_default();
        let count = there.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), there.get(..count)) {
            to.copy_from_slice(from);
        }
        Ok(count)
    }
}

/// Fills `buffer` from `place` on as far as there are bytes, and returns how many there were.
pub(crate) fn fill(source: &dyn ByteSource, place: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read_at(place.saturating_add(filled as u64), rest)? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// Returns up to `most` bytes from `place` on.
pub(crate) fn take(source: &dyn ByteSource, place: u64, most: u64) -> std::io::Result<Vec<u8>> {
    let length = most.min(source.size().saturating_sub(place));
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| std::io::ErrorKind::OutOfMemory)?];
    let filled = fill(source, place, &mut bytes)?;
    bytes.truncate(filled);
    Ok(bytes)
}

/// Reads a source from one place on, as a stream that can go anywhere.
pub(crate) struct Cursor<'s> {
    source: &'s dyn ByteSource,
    place: u64,
}

impl<'s> Cursor<'s> {
    pub(crate) fn new(source: &'s dyn ByteSource) -> Self {
        Self { source, place: 0 }
    }
}

impl Read for Cursor<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read_at(self.place, buffer)?;
        self.place = self.place.saturating_add(count as u64);
        Ok(count)
    }
}

impl Seek for Cursor<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(offset) => self.source.size().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.place.checked_add_signed(offset),
        };
        self.place = place.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.place)
    }
}
