//! TAR archives (POSIX.1-1988 `ustar`, GNU and pax names), member by member.

use crate::source::{ByteSource, fill, take};

const BLOCK: usize = 512;
/// Bytes of a member that only carries a long name.
const LONGEST_NAME: usize = 64 * 1024;
/// Bytes of a member that says something of the next one.
const LONGEST_HEADER: u64 = 1024 * 1024;

/// Holds one member of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its path, as written.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its bytes, as far as they are there; none of a member that is too large.
    pub(crate) content: Vec<u8>,
    /// Length that its header states.
    pub(crate) size: u64,
    /// True when the archive ends before the member does.
    pub(crate) cut: bool,
}

/// Tells what a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to another place.
    Link,
    /// A device, a pipe, a part of a file.
    Other,
}

/// Goes through an archive. Ends at the first header that is none.
pub(crate) struct Members<'s> {
    source: &'s dyn ByteSource,
    /// Bytes of the largest member that is taken out.
    most: u64,
    at: u64,
    /// True when it ended at a header that cannot be read.
    pub(crate) damaged: bool,
}

// One header with what stands behind it.
struct Raw {
    header: [u8; BLOCK],
    content: Vec<u8>,
    size: u64,
    cut: bool,
}

impl<'s> Members<'s> {
    pub(crate) fn new(source: &'s dyn ByteSource, most: u64) -> Self {
        Self { source, most, at: 0, damaged: false }
    }

    // One header with its content, and whether it was cut; long names come as members of their own.
    fn raw(&mut self) -> Option<Raw> {
        let mut header = [0; BLOCK];
        match fill(self.source, self.at, &mut header) {
            Ok(BLOCK) => {}
            Ok(_) => return None,
            Err(_) => {
                self.damaged = true;
                return None;
            }
        }
        if header.iter().all(|byte| *byte == 0) {
            return None;
        }
        if !checksum_holds(&header) {
            self.damaged = true;
            return None;
        }
        let Some(size) = number(header.get(124..136)?) else {
            self.damaged = true;
            return None;
        };
        // Links and folders have no content, whatever they say.
        let kind = *header.get(156)?;
        let size = if matches!(kind, b'1'..=b'6') { 0 } else { size };
        let most = if matches!(kind, b'L' | b'K' | b'x' | b'g') { LONGEST_HEADER } else { self.most };
        let start = self.at.checked_add(BLOCK as u64)?;
        let content =
            if size > most { Vec::new() } else { take(self.source, start, size).unwrap_or_default() };
        let cut =
            self.source.size().saturating_sub(start) < size || size <= most && (content.len() as u64) < size;
        let end = start.saturating_add(size);
        self.at = end.div_ceil(BLOCK as u64).saturating_mul(BLOCK as u64);
        Some(Raw { header, content, size, cut })
    }
}

impl Iterator for Members<'_> {
    type Item = Member;

    fn next(&mut self) -> Option<Member> {
        let mut long_name = None;
        loop {
            let Raw { header, content, size, cut } = self.raw()?;
            let kind = match header.get(156)? {
                b'L' => {
                    let name = content.split(|byte| *byte == 0).next().unwrap_or_default();
                    long_name = Some(text(name.get(..name.len().min(LONGEST_NAME)).unwrap_or_default()));
                    continue;
                }
                b'x' => {
                    long_name = pax_path(&content).or(long_name);
                    continue;
                }
                b'g' | b'K' => continue,
                b'0' | 0 | b'7' => Kind::File,
                b'5' => Kind::Folder,
                b'1' | b'2' => Kind::Link,
                _ => Kind::Other,
            };
            let name = long_name.unwrap_or_else(|| name_of(&header));
            let kind = if kind == Kind::File && name.ends_with('/') { Kind::Folder } else { kind };
            return Some(Member { name, kind, content, size, cut });
        }
    }
}

/// Tells whether the sum that a header carries is that of its bytes.
pub(crate) fn checksum_holds(header: &[u8]) -> bool {
    let Some(stated) = header.get(148..156).and_then(number) else { return false };
    let sum: u64 = header
        .iter()
        .take(BLOCK)
        .enumerate()
        .map(|(index, byte)| if (148..156).contains(&index) { 32 } else { u64::from(*byte) })
        .sum();
    sum == stated && header.len() >= BLOCK
}

fn name_of(header: &[u8]) -> String {
    let field = |range: std::ops::Range<usize>| {
        let bytes = header.get(range).unwrap_or_default();
        text(bytes.split(|byte| *byte == 0).next().unwrap_or_default())
    };
    let prefix = if header.get(257..263) == Some(b"ustar\0") { field(345..500) } else { String::new() };
    if prefix.is_empty() { field(0..100) } else { format!("{prefix}/{}", field(0..100)) }
}

fn text(bytes: &[u8]) -> String {
    crate::names::decode(bytes, false)
}

// Octal digits, or a big-endian number when the first bit is set (GNU).
fn number(field: &[u8]) -> Option<u64> {
    let (first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        let digits = rest.iter().skip_while(|byte| **byte == 0);
        if digits.clone().count() > 7 || first & 0x7f != 0 {
            return None;
        }
        return Some(digits.fold(0, |value, byte| value << 8 | u64::from(*byte)));
    }
    let digits: Vec<u8> = field.iter().copied().filter(|byte| !matches!(byte, 0 | b' ')).collect();
    if digits.is_empty() || digits.len() > 20 || !digits.iter().all(|byte| (b'0'..=b'7').contains(byte)) {
        return None;
    }
    digits.iter().try_fold(0u64, |value, byte| value.checked_mul(8)?.checked_add(u64::from(byte - b'0')))
}

// Records `length key=value\n`; the path of the next member is one of them.
fn pax_path(content: &[u8]) -> Option<String> {
    let mut rest = content;
    let mut path = None;
    while !rest.is_empty() {
        let space = rest.iter().take(10).position(|byte| *byte == b' ')?;
        let length: usize = std::str::from_utf8(rest.get(..space)?).ok()?.parse().ok()?;
        let record = rest.get(space + 1..length)?;
        if let Some(value) = record.strip_prefix(b"path=") {
            let value = value.strip_suffix(b"\n").unwrap_or(value);
            path = Some(String::from_utf8_lossy(value.get(..value.len().min(LONGEST_NAME))?).into_owned());
        }
        rest = rest.get(length..)?;
    }
    path
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn member(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut header = vec![0u8; BLOCK];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..108].copy_from_slice(b"0000644\0");
        header[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = kind;
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        header.extend_from_slice(content);
        header.resize(header.len().div_ceil(BLOCK) * BLOCK, 0);
        header
    }

    #[test]
    fn members_with_long_names_and_links_are_told_apart() {
        let long = format!("carpeta/{}.pdf", "nombre ".repeat(30));
        let pax = |path: &str| {
            let body = format!(" path={path}\n");
            let length = body.len() + 3;
            format!("{length}{body}").into_bytes()
        };
        let bytes = [
            member("a.txt", b'0', b"uno"),
            member("carpeta/", b'5', b""),
            member("enlace", b'2', b""),
            member("././@LongLink", b'L', format!("{long}\0").as_bytes()),
            member("corto", b'0', b"dos"),
            member("pax", b'x', &pax(&"ñ".repeat(60))),
            member("corto", b'0', b"tres"),
            vec![0; 1024],
        ]
        .concat();
        assert_eq!(crate::media::detect(&bytes), crate::media::TAR);
        let members: Vec<Member> = Members::new(&bytes.as_slice(), 1_000).collect();
        let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["a.txt", "carpeta/", "enlace", long.as_str(), "ñ".repeat(60).as_str()]);
        let kinds: Vec<Kind> = members.iter().map(|member| member.kind).collect();
        assert_eq!(kinds, [Kind::File, Kind::Folder, Kind::Link, Kind::File, Kind::File]);
        assert_eq!(members[4].content, b"tres");
    }

    #[test]
    fn truncated_and_mutated_archives_never_panic() {
        let bytes =
            [member("a.txt", b'0', b"uno"), member("b", b'x', b"12 path=b\n"), member("c", b'0', &[7; 900])]
                .concat();
        for end in 0..bytes.len() {
            let _ = Members::new(&&bytes[..end], 1_000).count();
        }
        let short = &bytes[..bytes.len() - 600];
        let mut cut = Members::new(&short, 1_000);
        assert!(cut.by_ref().last().expect("a member").cut, "a member that ends early says so");
        let mut state = 1u64;
        for _ in 0..2_000 {
            let mut copy = bytes.clone();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).expect("fits") % copy.len();
            copy[at] = state.to_le_bytes()[7];
            assert!(Members::new(&copy.as_slice(), 1_000).count() <= copy.len() / BLOCK);
        }
    }
}
