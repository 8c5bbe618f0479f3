//! ZIPs that came in several parts: `.z01`, `.z02`, …, `.zip` (APPNOTE 8), or cut at any byte (`.001`, `.002`, …).

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
        starts.push(whole.len());
        whole.extend_from_slice(part);
    }
    let Some(end) = end_record(&whole) else { return Some(whole) };
    let disk = u16_at(&whole, end + 4)?;
    if disk == 0 {
        return Some(whole);
    }
    if disk != 0xffff && usize::from(disk) + 1 != parts.len() {
        return None;
    }
    let (directory, count) = if let Some(place) = locate_64(&whole, end) {
        let start = place_of(&starts, u32_at(&whole, place + 4)? as usize, u64_at(&whole, place + 8)?)?;
        if whole.get(start..start + 4)? != END_64 {
            return None;
        }
        let directory = place_of(&starts, u32_at(&whole, start + 20)? as usize, u64_at(&whole, start + 48)?)?;
        let count = u64_at(&whole, start + 32)?;
        put(&mut whole, place + 4, &0u32.to_le_bytes())?;
        put(&mut whole, place + 8, &(start as u64).to_le_bytes())?;
        put(&mut whole, place + 16, &1u32.to_le_bytes())?;
        put(&mut whole, start + 16, &[0; 8])?;
        put(&mut whole, start + 24, &count.to_le_bytes())?;
        put(&mut whole, start + 48, &(directory as u64).to_le_bytes())?;
        (directory, count)
    } else {
        let directory =
            place_of(&starts, usize::from(u16_at(&whole, end + 6)?), u64::from(u32_at(&whole, end + 16)?))?;
        let count = u16_at(&whole, end + 10)?;
        put(&mut whole, end + 8, &count.to_le_bytes())?;
        put(&mut whole, end + 16, &u32::try_from(directory).ok()?.to_le_bytes())?;
        (directory, u64::from(count))
    };
    put(&mut whole, end + 4, &[0; 4])?;
    rewrite(&mut whole, directory, count, &starts)?;
    Some(whole)
}

// Makes each header of the directory point into the whole.
fn rewrite(whole: &mut [u8], directory: usize, count: u64, starts: &[usize]) -> Option<()> {
    let mut at = directory;
    for _ in 0..count {
        if whole.get(at..at + 4)? != HEADER {
            return None;
        }
        let lengths = [28, 30, 32].map(|field| u16_at(whole, at + field).map(usize::from));
        let [Some(name), Some(extra), Some(comment)] = lengths else { return None };
        let (disk, offset) = (u16_at(whole, at + 34)?, u32_at(whole, at + 42)?);
        let wide = wide_offset(whole, at, at + 46 + name, extra);
        let place = match (offset, wide) {
            (u32::MAX, Some(field)) => {
                let own = u32_at(whole, field + 8)
                    .filter(|_| disk == 0xffff)
                    .map_or(usize::from(disk), |d| d as usize);
                let place = place_of(starts, own, u64_at(whole, field)?)?;
                put(whole, field, &(place as u64).to_le_bytes())?;
                if disk == 0xffff {
                    put(whole, field + 8, &0u32.to_le_bytes())?;
                }
                None
            }
            _ => Some(place_of(starts, usize::from(disk), u64::from(offset))?),
        };
        if let Some(place) = place {
            put(whole, at + 42, &u32::try_from(place).ok()?.to_le_bytes())?;
        }
        if disk != 0xffff {
            put(whole, at + 34, &[0; 2])?;
        }
        at = at + 46 + name + extra + comment;
    }
    Some(())
}

// Where the zip64 field of a header keeps its offset (APPNOTE 4.5.3).
fn wide_offset(whole: &[u8], header: usize, start: usize, length: usize) -> Option<usize> {
    let mut at = start;
    while at + 4 <= start + length {
        let size = usize::from(u16_at(whole, at + 2)?);
        if u16_at(whole, at)? == 1 {
            let sizes = [24, 20].into_iter().filter(|field| u32_at(whole, header + field) == Some(u32::MAX));
            return Some(at + 4 + sizes.count() * 8);
        }
        at += 4 + size;
    }
    None
}

fn place_of(starts: &[usize], part: usize, offset: u64) -> Option<usize> {
    starts.get(part)?.checked_add(usize::try_from(offset).ok()?)
}

fn end_record(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(TAIL);
    let tail = bytes.get(from..)?;
    let last = tail.windows(4).rposition(|window| window == END)?;
    (tail.len() - last >= 22).then_some(from + last)
}

fn locate_64(whole: &[u8], end: usize) -> Option<usize> {
    let place = end.checked_sub(20)?;
    (whole.get(place..place + 4)? == LOCATOR).then_some(place)
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
            assert!(is_lone_part(&parts[2]));
            assert_eq!(open(&parts[2]).1, ["intake.split_package"]);
            assert!(join(&[&parts[0], &parts[2]]).is_none(), "a part is missing");
        }
        let plain = join(&[&whole[..100], &whole[100..]]).expect("cut at any byte");
        assert_eq!(plain, whole);
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
