//! The discipline of `/ByteRange`: from the first byte to the last of the revision, with exactly the signature's value left out.

use cotejo_signature_format::pdf::{Dictionary, array_at, integer, is_space};
use std::ops::Range;

/// Holds a `/ByteRange` that obeys the discipline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ByteRange {
    /// What is left out: `/Contents` with its brackets.
    pub(crate) hole: Range<usize>,
    /// End of the signed revision.
    pub(crate) end: usize,
}

/// Tells how a `/ByteRange` breaks the discipline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breach {
    /// There is none, or it is no array of four numbers.
    Missing,
    /// It does not begin at the first byte, overlaps, or goes beyond the end.
    Bounds,
    /// It leaves out more, or something else, than the signature's value.
    Hole,
    /// `/Contents` or `/ByteRange` stands twice.
    Ambiguous,
}

impl ByteRange {
    /// Reads the `/ByteRange` of the signature dictionary at `dictionary`.
    pub(crate) fn read(bytes: &[u8], dictionary: &Dictionary) -> Result<Self, Breach> {
        if dictionary.is_ambiguous(b"ByteRange") || dictionary.is_ambiguous(b"Contents") {
            return Err(Breach::Ambiguous);
        }
        let range = dictionary.get(b"ByteRange").ok_or(Breach::Missing)?;
        let values = array_at(bytes, range.start).ok_or(Breach::Missing)?;
        let numbers: Vec<usize> =
            values.iter().filter_map(|value| usize::try_from(integer(bytes, value)?).ok()).collect();
        let [start, first, second, length] = numbers.try_into().map_err(|_| Breach::Missing)?;
        if values.len() != 4 {
            return Err(Breach::Missing);
        }
        let end = second.checked_add(length).ok_or(Breach::Bounds)?;
        if start != 0 || first >= second || end > bytes.len() {
            return Err(Breach::Bounds);
        }
        let contents = dictionary.get(b"Contents").ok_or(Breach::Hole)?;
        if *contents != (first..second) || bytes.get(first) != Some(&b'<') {
            return Err(Breach::Hole);
        }
        Ok(Self { hole: first..second, end })
    }

    /// Returns the signed bytes, in two pieces.
    pub(crate) fn signed<'a>(&self, bytes: &'a [u8]) -> [&'a [u8]; 2] {
        [&bytes[..self.hole.start], &bytes[self.hole.end..self.end]]
    }

    /// Tells whether nothing but white space follows the signed revision.
    pub(crate) fn covers_whole(&self, bytes: &[u8]) -> bool {
        bytes[self.end..].iter().all(|byte| is_space(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ByteRange, Breach> {
        let dictionary = Dictionary::at(text.as_bytes(), 0).expect("well formed");
        ByteRange::read(text.as_bytes(), &dictionary)
    }

    #[test]
    fn an_exact_hole_is_accepted() {
        let range = read("<</Contents<00>/ByteRange[0 11 15 22]>>").expect("exact");
        assert_eq!((range.hole, range.end), (11..15, 37));
        assert!(!range_covers("<</Contents<00>/ByteRange[0 11 15 22]>>"), "two bytes follow");
        assert!(range_covers("<</Contents<00>/ByteRange[0 11 15 24]>>"));
    }

    fn range_covers(text: &str) -> bool {
        read(text).expect("exact").covers_whole(text.as_bytes())
    }

    #[test]
    fn attack_a_hole_wider_than_the_value() {
        assert_eq!(read("<</Contents<00>/ByteRange[0 11 16 21]>>"), Err(Breach::Hole));
        assert_eq!(read("<</Contents<00>/ByteRange[0 10 15 22]>>"), Err(Breach::Hole));
    }

    #[test]
    fn attack_ranges_that_overlap_or_leave_the_file() {
        assert_eq!(read("<</Contents<00>/ByteRange[1 11 15 22]>>"), Err(Breach::Bounds));
        assert_eq!(read("<</Contents<00>/ByteRange[0 15 11 22]>>"), Err(Breach::Bounds));
        assert_eq!(read("<</Contents<00>/ByteRange[0 11 15 99]>>"), Err(Breach::Bounds));
        assert_eq!(read("<</Contents<00>/ByteRange[0 11 15 99999999999999999999]>>"), Err(Breach::Missing));
    }

    #[test]
    fn attack_the_entry_stands_twice() {
        assert_eq!(read("<</Contents<00>/ByteRange[0 11 15 22]/Contents<01>>>"), Err(Breach::Ambiguous));
        assert_eq!(read("<</Contents<00>/ByteRange[0 11 15]>>"), Err(Breach::Missing));
    }
}
