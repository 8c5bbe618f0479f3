//! Compound files (MS-CFB): the container of Word 97, Excel 97 and Outlook messages.
//!
//! Streams in sectors chained by a table, like a small disk. Every chain is bounded by the number of sectors, so that loops end; a
//! stream that is cut short is given as far as it goes.

/// The mark at the beginning.
pub(crate) const MARK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Entries of the directory that are read.
const MOST_ENTRIES: usize = 65_536;
/// Storages inside of storages that are followed.
const DEEPEST: usize = 16;
const END: u32 = 0xffff_fffa;
const NO_ENTRY: u32 = 0xffff_ffff;
const NAME_BYTES: usize = 64;

/// Gives access to the streams of a compound file.
pub(crate) struct CompoundFile<'b> {
    bytes: &'b [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
    mini_cutoff: u64,
}

#[derive(Clone, Debug)]
struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

/// Names one member of a storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name, as written.
    pub(crate) name: String,
    /// True for a storage (a folder), false for a stream.
    pub(crate) is_storage: bool,
    /// What to ask [`CompoundFile::stream_of`] or [`CompoundFile::members`] for.
    pub(crate) id: u32,
}

impl<'b> CompoundFile<'b> {
    /// Reads the tables of a compound file; `None` when it is none or has no directory.
    pub(crate) fn open(bytes: &'b [u8]) -> Option<Self> {
        if !bytes.starts_with(MARK) {
            return None;
        }
        let shift = u16_at(bytes, 30)?;
        if shift != 9 && shift != 12 {
            return None;
        }
        let sector = 1usize << shift;
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
            mini_cutoff: u64::from(u32_at(bytes, 56)?),
        };
        let sectors = bytes.len() / sector;
        let mut fat_sectors: Vec<u32> = (0..109).filter_map(|index| u32_at(bytes, 76 + index * 4)).collect();
        let mut next = u32_at(bytes, 68)?;
        let mut rounds = 0;
        while next < END && rounds <= sectors {
            let Some(content) = file.sector_at(next) else { break };
            let numbers: Vec<u32> = numbers(content);
            let (last, rest) = numbers.split_last()?;
            fat_sectors.extend_from_slice(rest);
            next = *last;
            rounds += 1;
        }
        for number in fat_sectors.into_iter().filter(|number| *number < END).take(sectors + 1) {
            match file.sector_at(number) {
                Some(content) => file.fat.extend(numbers(content)),
                None => break,
            }
        }
        let directory = file.chain(u32_at(bytes, 48)?, u64::MAX);
        file.entries = directory.chunks_exact(128).take(MOST_ENTRIES).map(entry).collect();
        file.mini_fat = numbers(&file.chain(u32_at(bytes, 60)?, u64::MAX));
        let root = file.entries.first()?.clone();
        file.mini = file.chain(root.start, root.size);
        Some(file)
    }

    /// Returns the stream `name` of the root, in any case of letters.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let member = self
            .members(0)
            .into_iter()
            .find(|member| !member.is_storage && member.name.eq_ignore_ascii_case(name))?;
        Some(self.stream_of(member.id))
    }

    /// Lists the members of a storage; the root has the number 0.
    pub(crate) fn members(&self, storage: u32) -> Vec<Member> {
        let Some(first) = self.entries.get(storage as usize).map(|entry| entry.child) else {
            return Vec::new();
        };
        let (mut members, mut waiting, mut seen) = (Vec::new(), vec![first], vec![false; self.entries.len()]);
        while let Some(id) = waiting.pop() {
            let Some(entry) = self.entries.get(id as usize).filter(|_| id != NO_ENTRY) else { continue };
            match seen.get_mut(id as usize) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            waiting.push(entry.right);
            waiting.push(entry.left);
            if entry.kind == 1 || entry.kind == 2 {
                members.push(Member { name: entry.name.clone(), is_storage: entry.kind == 1, id });
            }
        }
        members.sort_by_key(|member| member.id);
        members
    }

    /// Returns the bytes of a stream, as far as they are there.
    pub(crate) fn stream_of(&self, id: u32) -> Vec<u8> {
        let Some(entry) = self.entries.get(id as usize).filter(|entry| entry.kind == 2) else {
            return Vec::new();
        };
        if entry.size >= self.mini_cutoff {
            return self.chain(entry.start, entry.size);
        }
        let (mut content, mut at) = (Vec::new(), entry.start);
        let size = usize::try_from(entry.size).unwrap_or(usize::MAX);
        for _ in 0..=self.mini_fat.len() {
            if at >= END || content.len() >= size {
                break;
            }
            let start = (at as usize).saturating_mul(64);
            let Some(piece) = self.mini.get(start..(start + 64).min(self.mini.len())) else { break };
            content.extend_from_slice(piece);
            at = self.mini_fat.get(at as usize).copied().unwrap_or(END);
        }
        content.truncate(size);
        content
    }

    /// Tells whether there is room for one more level of storages.
    pub(crate) fn may_descend(depth: usize) -> bool {
        depth < DEEPEST
    }

    fn sector_at(&self, number: u32) -> Option<&'b [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|content| !content.is_empty())
    }

    fn chain(&self, start: u32, size: u64) -> Vec<u8> {
        let limit = usize::try_from(size).unwrap_or(usize::MAX).min(self.bytes.len());
        let (mut content, mut at) = (Vec::new(), start);
        for _ in 0..=self.fat.len() {
            if at >= END || content.len() >= limit {
                break;
            }
            let Some(piece) = self.sector_at(at) else { break };
            content.extend_from_slice(piece);
            at = self.fat.get(at as usize).copied().unwrap_or(END);
        }
        content.truncate(limit);
        content
    }
}

fn entry(raw: &[u8]) -> Entry {
    let length = usize::from(u16_at(raw, 64).unwrap_or(0)).saturating_sub(2).min(NAME_BYTES);
    let units: Vec<u16> = raw
        .get(..length)
        .unwrap_or_default()
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    Entry {
        name: String::from_utf16_lossy(&units),
        kind: raw.get(66).copied().unwrap_or(0),
        left: u32_at(raw, 68).unwrap_or(NO_ENTRY),
        right: u32_at(raw, 72).unwrap_or(NO_ENTRY),
        child: u32_at(raw, 76).unwrap_or(NO_ENTRY),
        start: u32_at(raw, 116).unwrap_or(END),
        // The upper half is undefined in version 3; no bid's stream needs it.
        size: u64::from(u32_at(raw, 120).unwrap_or(0)),
    }
}

fn numbers(content: &[u8]) -> Vec<u32> {
    content.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// Reads a little-endian number of two bytes.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let pair: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(u16::from_le_bytes(pair))
}

/// Reads a little-endian number of four bytes.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;

    /// Writes a compound file with the independent crate `cfb`.
    pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let mut file =
            ::cfb::CompoundFile::create_with_version(::cfb::Version::V3, std::io::Cursor::new(Vec::new()))
                .expect("creates");
        for (path, content) in streams {
            if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
                file.create_storage_all(folder).expect("makes the storage");
            }
            file.create_stream(path).expect("makes").write_all(content).expect("writes");
        }
        file.flush().expect("flushes");
        file.into_inner().into_inner()
    }

    #[test]
    fn small_and_large_streams_and_storages_are_found() {
        let large: Vec<u8> = (0..200_000u32).map(|n| n.to_le_bytes()[0]).collect();
        let bytes = compound(&[("/Corto", b"hola"), ("/Largo", &large), ("/Carpeta/Dentro", b"adentro")]);
        let file = CompoundFile::open(&bytes).expect("opens");
        assert_eq!(file.stream("corto").as_deref(), Some(&b"hola"[..]));
        assert_eq!(file.stream("Largo").as_deref(), Some(&large[..]));
        let folder = file.members(0).into_iter().find(|member| member.is_storage).expect("a storage");
        let inside = file.members(folder.id);
        assert_eq!((inside.len(), inside[0].name.as_str()), (1, "Dentro"));
        assert_eq!(file.stream_of(inside[0].id), b"adentro");
    }

    #[test]
    fn truncated_and_mutated_files_never_panic_nor_hang() {
        let large: Vec<u8> = vec![7; 9_000];
        let bytes = compound(&[("/Corto", b"hola"), ("/Largo", &large), ("/C/D", b"x")]);
        let look = |bytes: &[u8]| {
            if let Some(file) = CompoundFile::open(bytes) {
                for member in file.members(0) {
                    let _ = (file.stream_of(member.id), file.members(member.id));
                }
            }
        };
        (0..bytes.len()).step_by(97).for_each(|end| look(&bytes[..end]));
        let mut state = 11u64;
        for _ in 0..1_500 {
            let mut copy = bytes.clone();
            for _ in 0..6 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                // Where the tables stand: the header and the first sectors.
                let at = usize::try_from(state >> 33).expect("fits") % copy.len().min(4_096);
                copy[at] = state.to_le_bytes()[7];
            }
            look(&copy);
        }
    }
}
