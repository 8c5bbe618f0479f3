//! ZIPs that came in several parts: `.z01`, `.z02`, …, `.zip` (APPNOTE 8), or cut at any byte (`.001`, `.002`, …).

use crate::source::{ByteSource, take};

const END: &[u8] = b"PK\x05\x06";
const LOCATOR: &[u8] = b"PK\x06\x07";
const END_64: &[u8] = b"PK\x06\x06";
const HEADER: &[u8] = b"PK\x01\x02";
/// The mark at the beginning of the first part.
const SPLIT: &[u8] = b"PK\x07\x08";
/// The end record with the longest comment.
const TAIL: usize = 22 + 65_535;

/// Tells whether `bytes` are one part of several, by itself of no use.
#[must_use]
pub fn is_lone_part(bytes: &[u8]) -> bool {
    match end_record(bytes) {
        // Zip64 writes all ones; those parts come with a locator that is judged when they are opened.
        Some(end) => !matches!(u16_at(bytes, end + 4), Some(0 | 0xffff) | None),
        None => bytes.starts_with(SPLIT),
    }
}

/// Puts the parts of a ZIP together, the last one last, and makes its directory point into the whole. `None` when the parts do not
/// belong together or one is missing. Parts that were cut at any byte are only put one after the other.
#[must_use]
pub fn join(parts: &[&[u8]]) -> Option<Vec<u8>> {
    let mut starts = Vec::with_capacity(parts.len());
    let mut whole = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        starts.push(whole.len() as u64);
        whole.extend_from_slice(part);
    }
    let mut window = Window { base: 0, bytes: whole };
    redirect(&mut window, &starts)?;
    Some(window.bytes)
}

/// Bytes at the end of a large package that hold its directory.
const LONGEST_DIRECTORY: u64 = 32 * 1024 * 1024;

/// Holds a package whose parts stand one after the other in `source`, with a directory that points into the whole.
pub struct Joined<'s> {
    source: &'s dyn ByteSource,
    tail: Window,
}

/// Puts the parts of a large ZIP together as [`join`] does, without holding them: `lengths` says where they end in `source`.
#[must_use]
pub fn join_large<'s>(source: &'s dyn ByteSource, lengths: &[u64]) -> Option<Joined<'s>> {
    let mut starts = Vec::with_capacity(lengths.len());
    let mut end = 0u64;
    for length in lengths {
        starts.push(end);
        end = end.checked_add(*length)?;
    }
    let base = source.size().saturating_sub(LONGEST_DIRECTORY);
    let mut tail = Window { base, bytes: take(source, base, LONGEST_DIRECTORY).ok()? };
    redirect(&mut tail, &starts)?;
    Some(Joined { source, tail })
}

impl ByteSource for Joined<'_> {
    fn size(&self) -> u64 {
        self.source.size()
    }

    fn read_at(&self, place: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        if let Some(place) = place.checked_sub(self.tail.base) {
            return self.tail.bytes.as_slice().read_at(place, buffer);
        }
        let before = usize::try_from(self.tail.base - place).unwrap_or(usize::MAX);
        let length = buffer.len().min(before);
        self.source.read_at(place, buffer.get_mut(..length).unwrap_or_default())
    }
}

/// The end of a package, or all of it; places are those in the whole.
struct Window {
    base: u64,
    bytes: Vec<u8>,
}

impl Window {
    fn at(&self, place: u64) -> Option<usize> {
        usize::try_from(place.checked_sub(self.base)?).ok()
    }

    fn starts_with(&self, place: u64, mark: &[u8]) -> bool {
        let there = self.at(place).and_then(|at| self.bytes.get(at..));
        there.is_some_and(|bytes| bytes.starts_with(mark))
    }

    fn u16(&self, place: u64) -> Option<u16> {
        u16_at(&self.bytes, self.at(place)?)
    }

    fn u32(&self, place: u64) -> Option<u32> {
        u32_at(&self.bytes, self.at(place)?)
    }

    fn u64(&self, place: u64) -> Option<u64> {
        u64_at(&self.bytes, self.at(place)?)
    }

    fn put(&mut self, place: u64, value: &[u8]) -> Option<()> {
        let at = self.at(place)?;
        put(&mut self.bytes, at, value)
    }
}

// Makes the records at the end of a package that came in parts point into the whole.
fn redirect(window: &mut Window, starts: &[u64]) -> Option<()> {
    let Some(end) = end_record(&window.bytes) else { return Some(()) };
    let end = window.base + end as u64;
    let disk = window.u16(end + 4)?;
    if disk == 0 {
        return Some(());
    }
    if disk != 0xffff && usize::from(disk) + 1 != starts.len() {
        return None;
    }
    let locator = end.checked_sub(20).filter(|place| window.starts_with(*place, LOCATOR));
    let (directory, count) = if let Some(place) = locator {
        let start = place_of(starts, window.u32(place + 4)? as usize, window.u64(place + 8)?)?;
        if !window.starts_with(start, END_64) {
            return None;
        }
        let directory = place_of(starts, window.u32(start + 20)? as usize, window.u64(start + 48)?)?;
        let count = window.u64(start + 32)?;
        window.put(place + 4, &0u32.to_le_bytes())?;
        window.put(place + 8, &start.to_le_bytes())?;
        window.put(place + 16, &1u32.to_le_bytes())?;
        window.put(start + 16, &[0; 8])?;
        window.put(start + 24, &count.to_le_bytes())?;
        window.put(start + 48, &directory.to_le_bytes())?;
        (directory, count)
    } else {
        let directory =
            place_of(starts, usize::from(window.u16(end + 6)?), u64::from(window.u32(end + 16)?))?;
        let count = window.u16(end + 10)?;
        window.put(end + 8, &count.to_le_bytes())?;
        window.put(end + 16, &u32::try_from(directory).ok()?.to_le_bytes())?;
        (directory, u64::from(count))
    };
    window.put(end + 4, &[0; 4])?;
    rewrite(window, directory, count, starts)
}

// Makes each header of the directory point into the whole.
fn rewrite(window: &mut Window, directory: u64, count: u64, starts: &[u64]) -> Option<()> {
    let mut at = directory;
    for _ in 0..count {
        if !window.starts_with(at, HEADER) {
            return None;
        }
        let lengths = [28, 30, 32].map(|field| window.u16(at + field).map(u64::from));
        let [Some(name), Some(extra), Some(comment)] = lengths else { return None };
        let (disk, offset) = (window.u16(at + 34)?, window.u32(at + 42)?);
        let wide = wide_offset(window, at, at + 46 + name, extra);
        let place = match (offset, wide) {
            (u32::MAX, Some(field)) => {
                let own = window
                    .u32(field + 8)
                    .filter(|_| disk == 0xffff)
                    .map_or(usize::from(disk), |d| d as usize);
                let place = place_of(starts, own, window.u64(field)?)?;
                window.put(field, &place.to_le_bytes())?;
                if disk == 0xffff {
                    window.put(field + 8, &0u32.to_le_bytes())?;
                }
                None
            }
            _ => Some(place_of(starts, usize::from(disk), u64::from(offset))?),
        };
        if let Some(place) = place {
            window.put(at + 42, &u32::try_from(place).ok()?.to_le_bytes())?;
        }
        if disk != 0xffff {
            window.put(at + 34, &[0; 2])?;
        }
        at = at + 46 + name + extra + comment;
    }
    Some(())
}

// Where the zip64 field of a header keeps its offset (APPNOTE 4.5.3).
fn wide_offset(window: &Window, header: u64, start: u64, length: u64) -> Option<u64> {
    let mut at = start;
    while at + 4 <= start + length {
        let size = u64::from(window.u16(at + 2)?);
        if window.u16(at)? == 1 {
            let sizes = [24, 20].into_iter().filter(|field| window.u32(header + field) == Some(u32::MAX));
            return Some(at + 4 + sizes.count() as u64 * 8);
        }
        at += 4 + size;
    }
    None
}

fn place_of(starts: &[u64], part: usize, offset: u64) -> Option<u64> {
    starts.get(part)?.checked_add(offset)
}

/// Tells whether the end of a package holds its end record.
pub(super) fn has_end(tail: &[u8]) -> bool {
    end_record(tail).is_some()
}

fn end_record(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(TAIL);
    let tail = bytes.get(from..)?;
    let last = tail.windows(4).rposition(|window| window == END)?;
    (tail.len() - last >= 22).then_some(from + last)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    crate::cfb::u16_at(bytes, at)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    crate::cfb::u32_at(bytes, at)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let eight: [u8; 8] = bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
    Some(u64::from_le_bytes(eight))
}

fn put(bytes: &mut [u8], at: usize, value: &[u8]) -> Option<()> {
    bytes.get_mut(at..at.checked_add(value.len())?)?.copy_from_slice(value);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::{Piece, unpack};
    use std::io::Write;

    fn package() -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for name in ["a.txt", "b.txt", "c.txt"] {
            zip.start_file(name, stored).expect("starts");
            zip.write_all(name.repeat(40).as_bytes()).expect("writes");
        }
        zip.finish().expect("finishes").into_inner()
    }

    /// Turns a package of one piece into parts, with a directory that points into them.
    fn parts(cuts: [usize; 2]) -> [Vec<u8>; 3] {
        let mut whole = package();
        let end = end_record(&whole).expect("an end");
        let starts = [0, cuts[0], cuts[1]];
        let split = |place: usize| {
            let part = starts.iter().rposition(|start| *start <= place).expect("a part");
            (u16::try_from(part).expect("few"), u32::try_from(place - starts[part]).expect("small"))
        };
        let directory = u32_at(&whole, end + 16).expect("a place") as usize;
        let mut at = directory;
        while whole[at..at + 4] == *HEADER {
            let (part, offset) = split(u32_at(&whole, at + 42).expect("a place") as usize);
            put(&mut whole, at + 34, &part.to_le_bytes()).expect("fits");
            put(&mut whole, at + 42, &offset.to_le_bytes()).expect("fits");
            let lengths: usize = [28, 30, 32]
                .iter()
                .map(|field| usize::from(u16_at(&whole, at + field).expect("a length")))
                .sum();
            at += 46 + lengths;
        }
        let (part, offset) = split(directory);
        put(&mut whole, end + 4, &2u16.to_le_bytes()).expect("fits");
        put(&mut whole, end + 6, &part.to_le_bytes()).expect("fits");
        put(&mut whole, end + 8, &1u16.to_le_bytes()).expect("fits");
        put(&mut whole, end + 16, &offset.to_le_bytes()).expect("fits");
        [whole[..cuts[0]].to_vec(), whole[cuts[0]..cuts[1]].to_vec(), whole[cuts[1]..].to_vec()]
    }

    fn open(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
        let (mut files, mut codes) = (Vec::new(), Vec::new());
        unpack("p.zip", bytes, cotejo_lector_protocol::IntakeLimits::default(), &mut |piece| match piece {
            Piece::Entry(entry, content) => files.push(format!("{}:{}", entry.path, content.len())),
            Piece::Finding(finding) => codes.push(finding.code),
        });
        (files, codes)
    }

    #[test]
    fn a_split_package_is_put_together_again() {
        let whole = package();
        let length = whole.len();
        for cuts in [[250, 500], [10, length - 30], [length - 200, length - 22]] {
            let parts = parts(cuts);
            let joined = join(&parts.each_ref().map(Vec::as_slice)).expect("belongs together");
            assert_eq!(
                open(&joined),
                (vec!["a.txt:200".into(), "b.txt:200".into(), "c.txt:200".into()], vec![])
            );
            let (row, lengths) = (parts.concat(), parts.each_ref().map(|part| part.len() as u64));
            let row = row.as_slice();
            let large = join_large(&row, &lengths).expect("belongs together");
            assert_eq!(take(&large, 0, u64::MAX).expect("reads"), joined, "and without holding it");
            assert!(is_lone_part(&parts[2]));
            assert_eq!(open(&parts[2]).1, ["intake.split_package"]);
            assert!(join(&[&parts[0], &parts[2]]).is_none(), "a part is missing");
        }
        let plain = join(&[&whole[..100], &whole[100..]]).expect("cut at any byte");
        assert_eq!(plain, whole);
    }

    #[test]
    fn a_large_package_is_opened_where_it_stands() {
        let (whole, limits) = (package(), cotejo_lector_protocol::IntakeLimits::default());
        let opener = crate::package::Opener { limits, ..crate::package::Opener::default() };
        let tar = [
            crate::tar::tests::member("a.txt", b'0', b"uno"),
            crate::tar::tests::member("b/c.txt", b'0', &[7; 900]),
            vec![0; 1024],
        ]
        .concat();
        for bytes in [whole, tar, b"no es un paquete".to_vec(), parts([250, 500])[2].clone()] {
            let (mut files, mut codes) = (Vec::new(), Vec::new());
            let mut sink = |piece: Piece<'_>| match piece {
                Piece::Entry(entry, content) => files.push(format!("{}:{}", entry.path, content.len())),
                Piece::Finding(finding) => codes.push(finding.code),
            };
            crate::package::unpack_large("p.zip", &bytes.as_slice(), &opener, &mut sink).expect("reads");
            assert_eq!((files, codes), open(&bytes), "as if it were in memory");
        }
    }

    #[test]
    fn truncated_and_mutated_parts_never_panic() {
        let parts = parts([250, 500]);
        let mut state = 5u64;
        for _ in 0..2_000 {
            let mut last = parts[2].clone();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).expect("fits") % last.len();
            last[at] = state.to_le_bytes()[7];
            if let Some(joined) = join(&[&parts[0], &parts[1], &last]) {
                let _ = open(&joined);
            }
        }
    }
}
