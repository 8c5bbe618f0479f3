//! The container: header, ZIP, trailing length, MD5 list.

use super::value::{decode_text, decode_value};
use super::{INFO_ENTRY, PROCESS_ENTRY};
use crate::finding;
use cotejo_domain::{Finding, Read, Severity};
use md5::{Digest, Md5};
use std::io::{Cursor, Read as _};

const MAGIC: &[u8] = b"info.ushay:";
const MARK: &[u8] = b"sercop";
const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
/// The header is 57 bytes; a longer one is looked for this far.
const LONGEST_HEADER: usize = 4096;

/// Bounds what is unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one entry.
    pub entry_bytes: u64,
    /// Bytes of all entries together.
    pub total_bytes: u64,
    /// Number of entries.
    pub entries: usize,
    /// Unpacked bytes for each packed byte.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entry_bytes: 50 << 20, total_bytes: 1 << 30, entries: 10_000, ratio: 200 }
    }
}

/// Holds one entry of the ZIP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UshayEntry {
    /// Name within the container; never absolute, never climbing.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether `zip.info` gives this MD5; `None` when it has none for this entry.
    pub md5_ok: Option<bool>,
}

/// Holds an opened container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UshayContainer {
    /// The 40 hexadecimal digits of the header, as written; what they are made of is not known.
    pub header_digest: Option<String>,
    /// True when the bytes were a bare `proceso.xml` without a container.
    pub bare: bool,
    /// The entries in the order of the ZIP, `proceso.xml` and `zip.info` among them.
    pub entries: Vec<UshayEntry>,
}

impl UshayContainer {
    /// Returns the entry with this name.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&UshayEntry> {
        self.entries.iter().find(|entry| entry.name == name)
    }
}

/// Tells whether the bytes begin as a `.ushay` does.
#[must_use]
pub(crate) fn is_ushay(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Opens a container under the usual limits.
#[must_use]
pub fn open(bytes: &[u8]) -> Read<UshayContainer> {
    open_within(bytes, &Limits::default())
}

/// Opens a container. Tolerant of a missing or longer header, of a wrong trailing length, and of a bare `proceso.xml`; each is reported.
#[must_use]
pub fn open_within(bytes: &[u8], limits: &Limits) -> Read<UshayContainer> {
    let mut container = UshayContainer::default();
    let mut findings = Vec::new();
    if looks_like_xml(bytes) {
        container.bare = true;
        container.entries.push(UshayEntry {
            name: PROCESS_ENTRY.into(),
            bytes: bytes.to_vec(),
            md5_ok: None,
        });
        findings.push(finding("ushay.bare_xml", Severity::Info, &[]));
        return Read { value: container, findings };
    }
    container.header_digest = header_digest(bytes);
    if !is_ushay(bytes) || container.header_digest.is_none() {
        findings.push(finding("ushay.unusual_header", Severity::Warning, &[]));
    }
    let window = &bytes[..bytes.len().min(LONGEST_HEADER)];
    let Some(start) = window.windows(LOCAL_HEADER.len()).position(|found| found == LOCAL_HEADER) else {
        findings.push(finding("ushay.no_zip", Severity::Error, &[]));
        return Read { value: container, findings };
    };
    let end = trailing_length(bytes, &mut findings).max(start);
    unpack(&bytes[start..end], limits, &mut container.entries, &mut findings);
    check_md5(&mut container.entries, &mut findings);
    Read { value: container, findings }
}

fn looks_like_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii_start();
    bytes.starts_with(b"<?xml") || bytes.starts_with(b"<CONTENIDO")
}

fn header_digest(bytes: &[u8]) -> Option<String> {
    let after = bytes.strip_prefix(MAGIC)?;
    let digest = after.get(..40).filter(|digest| digest.iter().all(u8::is_ascii_hexdigit))?;
    after.get(40..40 + MARK.len()).filter(|mark| *mark == MARK)?;
    Some(String::from_utf8_lossy(digest).into_owned())
}

/// Returns where the ZIP ends: before the trailing digits, which must say how long the file is without them.
fn trailing_length(bytes: &[u8], findings: &mut Vec<Finding>) -> usize {
    let digits = bytes.iter().rev().take(20).take_while(|byte| byte.is_ascii_digit()).count();
    let end = bytes.len() - digits;
    let stated = std::str::from_utf8(&bytes[end..]).ok().and_then(|text| text.parse::<usize>().ok());
    if stated != Some(end) {
        findings.push(finding("ushay.wrong_length", Severity::Warning, &[]));
    }
    end
}

fn unpack(zip: &[u8], limits: &Limits, entries: &mut Vec<UshayEntry>, findings: &mut Vec<Finding>) {
    let mut archive = match zip::ZipArchive::new(Cursor::new(zip)) {
        Ok(archive) => archive,
        Err(error) => {
            findings.push(finding("ushay.broken_zip", Severity::Error, &[("detalle", &error.to_string())]));
            return;
        }
    };
    if archive.len() > limits.entries {
        findings.push(finding(
            "ushay.too_many_entries",
            Severity::Error,
            &[("limite", &limits.entries.to_string())],
        ));
    }
    let mut total = 0_u64;
    for index in 0..archive.len().min(limits.entries) {
        let position = (index + 1).to_string();
        let mut entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                let values = [("numero", position.as_str()), ("detalle", &error.to_string())];
                findings.push(finding("ushay.unreadable_entry", Severity::Error, &values));
                continue;
            }
        };
        if entry.is_dir() {
            continue;
        }
        let name = decode_text(entry.name_raw()).into_owned();
        if !is_safe(&name) {
            findings.push(finding("ushay.refused_name", Severity::Error, &[("numero", &position)]));
            continue;
        }
        let packed = entry.compressed_size().min(zip.len() as u64);
        let allowed = limits
            .entry_bytes
            .min(limits.total_bytes.saturating_sub(total))
            .min(packed.saturating_mul(limits.ratio).max(64 << 10));
        let mut content = Vec::new();
        let values = [("archivo", name.as_str())];
        match entry.by_ref().take(allowed + 1).read_to_end(&mut content) {
            Ok(_) if content.len() as u64 > allowed => {
                findings.push(finding("ushay.entry_too_large", Severity::Error, &values));
                continue;
            }
            Ok(_) => {}
            Err(error) => {
                let values = [("numero", position.as_str()), ("detalle", &error.to_string())];
                findings.push(finding("ushay.unreadable_entry", Severity::Error, &values));
                continue;
            }
        }
        total += content.len() as u64;
        entries.push(UshayEntry { name, bytes: content, md5_ok: None });
    }
}

/// Tells whether a name stays inside its container. It is only ever a label, but a label must not lie about where it points.
fn is_safe(name: &str) -> bool {
    let climbs = name.split(['/', '\\']).any(|part| part == ".." || part.is_empty());
    !name.is_empty() && !climbs && !name.contains(['\0', ':']) && name.len() <= 1024
}

fn check_md5(entries: &mut [UshayEntry], findings: &mut Vec<Finding>) {
    let Some(list) =
        entries.iter().find(|entry| entry.name == INFO_ENTRY).and_then(|entry| md5_list(&entry.bytes))
    else {
        findings.push(finding("ushay.no_md5_list", Severity::Warning, &[]));
        return;
    };
    let mut stated = list.iter();
    let mut wrong = Vec::new();
    for entry in entries.iter_mut().filter(|entry| entry.name != INFO_ENTRY) {
        entry.md5_ok = stated.next().map(|digest| *digest == hex::encode(Md5::digest(&entry.bytes)));
        if entry.md5_ok == Some(false) {
            wrong.push(entry.name.clone());
        }
    }
    if !wrong.is_empty() {
        findings.push(finding("ushay.md5_mismatch", Severity::Error, &[("archivos", &wrong.join(", "))]));
    }
    let count = entries.iter().filter(|entry| entry.name != INFO_ENTRY).count();
    if count != list.len() {
        let values = [("lista", list.len().to_string()), ("archivos", count.to_string())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        findings.push(finding("ushay.md5_count", Severity::Warning, &values));
    }
}

/// Reads `zip.info`: `G` and the Base64 of the MD5 digests, separated by blanks.
fn md5_list(bytes: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(bytes).ok()?.trim();
    let decoded = decode_value(text.strip_prefix('G')?)?;
    let list: Vec<String> = decoded.split_whitespace().map(str::to_ascii_lowercase).collect();
    let well_formed =
        list.iter().all(|digest| digest.len() == 32 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (well_formed && !list.is_empty()).then_some(list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ushay::write::{Entry, container};

    fn sample() -> Vec<u8> {
        container(&[
            Entry { name: "proceso.xml".into(), bytes: b"<CONTENIDO/>".to_vec() },
            Entry { name: "8-anexo ñ.pdf".into(), bytes: vec![7; 1000] },
        ])
        .expect("writes")
    }

    fn codes(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.code.as_str()).collect()
    }

    #[test]
    fn what_was_written_opens_without_remarks() {
        let read = open(&sample());
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        assert_eq!(read.value.entries.len(), 3, "two entries and the list");
        assert_eq!(read.value.entries[1].name, "8-anexo ñ.pdf", "the name keeps its ñ");
        assert!(read.value.entries[..2].iter().all(|entry| entry.md5_ok == Some(true)), "both digests agree");
    }

    #[test]
    fn a_changed_attachment_shows_in_the_md5_list() {
        let list = sample();
        let info = open(&list).value.entry(INFO_ENTRY).expect("the list").bytes.clone();
        let mut entries = vec![
            UshayEntry { name: "proceso.xml".into(), bytes: b"<CONTENIDO/>".to_vec(), md5_ok: None },
            UshayEntry { name: "8-anexo ñ.pdf".into(), bytes: vec![8; 1000], md5_ok: None },
            UshayEntry { name: INFO_ENTRY.into(), bytes: info, md5_ok: None },
        ];
        let mut findings = Vec::new();
        check_md5(&mut entries, &mut findings);
        assert_eq!(entries[1].md5_ok, Some(false), "one byte differs");
        assert_eq!(codes(&findings), ["ushay.md5_mismatch"], "and it is said once");
    }

    #[test]
    fn a_wrong_length_or_header_is_tolerated_and_reported() {
        let mut bytes = sample();
        let end = bytes.len() - 1;
        bytes[end] = if bytes[end] == b'9' { b'8' } else { b'9' };
        assert_eq!(codes(&open(&bytes).findings), ["ushay.wrong_length"], "the ZIP is still there");
        let zip = &sample()[57..];
        let read = open(zip);
        assert!(codes(&read.findings).contains(&"ushay.unusual_header"), "a bare ZIP has no header");
        assert_eq!(read.value.entries.len(), 3, "but opens");
    }

    #[test]
    fn zip_bomb_stops_at_the_ratio() {
        let bomb =
            container(&[Entry { name: "proceso.xml".into(), bytes: vec![0; 30 << 20] }]).expect("writes");
        let read = open(&bomb);
        assert!(codes(&read.findings).contains(&"ushay.entry_too_large"), "{:?}", codes(&read.findings));
        assert!(read.value.entry(PROCESS_ENTRY).is_none(), "the bomb is not kept");
    }

    #[test]
    fn zip_slip_names_are_refused() {
        for name in ["../../etc/passwd", "/etc/passwd", "a/../../b", "C:\\x", "a\\..\\b", ""] {
            assert!(!is_safe(name), "{name} must not pass");
        }
        assert!(is_safe("anexos/8-10 OTROS.pdf"), "a folder inside is fine");
    }

    #[test]
    fn total_size_is_bounded() {
        let limits = Limits { total_bytes: 500, ..Limits::default() };
        let read = open_within(&sample(), &limits);
        assert!(
            codes(&read.findings).contains(&"ushay.entry_too_large"),
            "the second entry would pass the total"
        );
    }
}
