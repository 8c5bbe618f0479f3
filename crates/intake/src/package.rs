//! Opens packages: ZIP and `.ushay`, nested ones included, under limits that are measured while inflating.
//!
//! What a header says of sizes is never believed. What cannot be taken out is a finding with the entry's name; a nested
//! container that cannot be opened is handed out as it is, so that nothing of a bid vanishes.

use crate::finding::finding;
use crate::names::{self, DistinctNames};
use crate::{media, ushay};
use cotejo_domain::{Finding, Severity};
use cotejo_lector_protocol::{ContainerEntry, IntakeLimits};
use std::cell::Cell;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

/// Below this many unpacked bytes no ratio is judged: a blank form of a few kilobytes may well shrink two hundredfold.
const RATIO_FLOOR: u64 = 64 * 1024;

/// Hands out one piece of a package as soon as it is known.
#[derive(Debug)]
pub enum Piece<'a> {
    /// A file with its bytes.
    Entry(ContainerEntry, &'a [u8]),
    /// Something that could not be taken out, or deserves a look.
    Finding(Finding),
}

/// Opens the container `bytes` completely and hands its files to `sink` in the order of the container. `name` is used in messages.
pub fn unpack(name: &str, bytes: &[u8], limits: IntakeLimits, sink: &mut dyn FnMut(Piece<'_>)) {
    let mut opening = Opening {
        limits,
        left_bytes: limits.package_bytes,
        left_entries: limits.entries,
        stopped: false,
        sink,
    };
    if bytes.len() as u64 > limits.package_bytes {
        let megabytes = megabytes(limits.package_bytes);
        opening.report(
            "intake.package_too_large",
            Severity::Error,
            &[("archivo", name), ("limite", &megabytes)],
        );
        return;
    }
    let kind = media::detect(bytes);
    if !media::is_container(kind) {
        opening.report("intake.not_a_container", Severity::Error, &[("archivo", name), ("tipo", kind)]);
        return;
    }
    if let Err(error) = opening.open(kind, bytes, name, "", 1) {
        opening.report(
            "intake.damaged_container",
            Severity::Error,
            &[("archivo", name), ("detalle", &error)],
        );
    }
}

/// Inflates one entry of an office file by its exact name, under `limit` bytes. `None` when there is no such entry or it cannot
/// be inflated within the limit.
#[must_use]
pub fn part(bytes: &[u8], name: &str, limit: u64) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let file = archive.by_name(name).ok()?;
    let mut content = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut content).ok()?;
    (content.len() as u64 <= limit).then_some(content)
}

/// Lists the names of the parts of an office file.
#[must_use]
pub fn part_names(bytes: &[u8]) -> Vec<String> {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
}

struct Opening<'s> {
    limits: IntakeLimits,
    left_bytes: u64,
    left_entries: u32,
    stopped: bool,
    sink: &'s mut dyn FnMut(Piece<'_>),
}

enum Outcome {
    Content(Vec<u8>),
    TooLarge,
    PackageFull,
    Ratio,
    Damaged(String),
}

impl Opening<'_> {
    fn report(&mut self, code: &str, severity: Severity, values: &[(&str, &str)]) {
        (self.sink)(Piece::Finding(finding(code, severity, values)));
    }

    // Opens one container. An error means that its directory cannot be read at all.
    fn open(
        &mut self,
        kind: &str,
        bytes: &[u8],
        shown: &str,
        prefix: &str,
        depth: u32,
    ) -> Result<(), String> {
        if kind == media::USHAY {
            self.open_ushay(bytes, shown, prefix, depth);
            Ok(())
        } else {
            self.open_zip(bytes, shown, prefix, depth)
        }
    }

    fn open_ushay(&mut self, bytes: &[u8], shown: &str, prefix: &str, depth: u32) {
        let limits = ushay::Limits {
            entry_bytes: self.limits.file_bytes,
            total_bytes: self.left_bytes,
            entries: usize::try_from(self.left_entries).unwrap_or(usize::MAX),
            ratio: self.limits.ratio.into(),
        };
        let opened = ushay::open_within(bytes, &limits);
        for finding in opened.findings {
            (self.sink)(Piece::Finding(finding));
        }
        let mut names = DistinctNames::default();
        for entry in opened.value.entries {
            self.left_entries = self.left_entries.saturating_sub(1);
            match names::safe_path(&entry.name) {
                Ok(path) => {
                    let (distinct, _) = names.claim(&path);
                    self.hand_out(format!("{prefix}{distinct}"), &entry.bytes, entry.md5_ok, depth);
                }
                Err(refusal) => {
                    let values = [("entrada", printable(&entry.name)), ("archivo", shown.to_string())];
                    self.report(refusal.code(), Severity::Error, &borrowed(&values));
                }
            }
        }
    }

    fn open_zip(&mut self, bytes: &[u8], shown: &str, prefix: &str, depth: u32) -> Result<(), String> {
        let consumed = Rc::new(Cell::new(0));
        let counted = Counted { inner: Cursor::new(bytes), consumed: Rc::clone(&consumed) };
        let mut archive =
            ZipIterable::try_new(counted, zip::read::Config::default()).map_err(|error| error.to_string())?;
        let mut names = DistinctNames::default();
        let mut unpacked_here = 0u64;
        let mut body = Counted { inner: Cursor::new(bytes), consumed: Rc::clone(&consumed) };
        let files = archive.files().map_err(|error| error.to_string())?;
        for (index, entry) in files.enumerate() {
            if self.stopped {
                break;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if index == 0 => return Err(error.to_string()),
                Err(error) => {
                    let detail = error.to_string();
                    let values = [("archivo", shown), ("detalle", detail.as_str())];
                    self.report("intake.damaged_directory", Severity::Error, &values);
                    break;
                }
            };
            if self.left_entries == 0 {
                let limit = self.limits.entries.to_string();
                self.report(
                    "intake.too_many_entries",
                    Severity::Error,
                    &[("archivo", shown), ("limite", &limit)],
                );
                self.stopped = true;
                break;
            }
            self.left_entries -= 1;
            let utf8 = entry.flags().as_u16() & 0x0800 != 0;
            let raw_name = names::decode(entry.name_raw(), utf8);
            if entry.is_dir() {
                continue;
            }
            let path = match names::safe_path(&raw_name) {
                Ok(path) => path,
                Err(refusal) => {
                    let values = [("entrada", printable(&raw_name)), ("archivo", shown.to_string())];
                    self.report(refusal.code(), Severity::Error, &borrowed(&values));
                    continue;
                }
            };
            if names::is_system_litter(&path) {
                let values = [("entrada", path.as_str()), ("archivo", shown)];
                self.report("intake.system_file", Severity::Info, &values);
                continue;
            }
            if entry.is_symlink() {
                self.report("intake.symlink", Severity::Error, &[("entrada", &path), ("archivo", shown)]);
                continue;
            }
            if entry.encrypted() {
                self.report(
                    "intake.encrypted_entry",
                    Severity::Error,
                    &[("entrada", &path), ("archivo", shown)],
                );
                continue;
            }
            let (distinct, renamed) = names.claim(&path);
            if renamed {
                let values = [("entrada", path.as_str()), ("nombre", distinct.as_str()), ("archivo", shown)];
                self.report("intake.duplicate_name", Severity::Warning, &values);
            }
            let packed = entry.compressed_size();
            let outcome =
                self.inflate(entry, &mut body, &consumed, unpacked_here, bytes.len() as u64, packed);
            let full_path = format!("{prefix}{distinct}");
            match outcome {
                Outcome::Content(content) => {
                    unpacked_here = unpacked_here.saturating_add(content.len() as u64);
                    self.hand_out(full_path, &content, None, depth);
                }
                other => self.report_failure(&other, &full_path, shown),
            }
        }
        Ok(())
    }

    fn inflate(
        &mut self,
        entry: zip::read::ZipFileEntry<'_>,
        body: &mut Counted<'_>,
        consumed: &Rc<Cell<u64>>,
        unpacked_here: u64,
        container_bytes: u64,
        packed: u64,
    ) -> Outcome {
        let mut file = match entry.with_reader(body, zip::ZipReadOptions::new()) {
            Ok(file) => file,
            Err(error) => return Outcome::Damaged(describe(&error)),
        };
        consumed.set(0);
        let ratio = u64::from(self.limits.ratio);
        let mut content = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let count = match file.read(&mut chunk) {
                Ok(0) => return Outcome::Content(content),
                Ok(count) => count,
                Err(error) => return Outcome::Damaged(error.to_string()),
            };
            content.extend_from_slice(&chunk[..count]);
            let unpacked = content.len() as u64;
            if unpacked > self.limits.file_bytes {
                return Outcome::TooLarge;
            }
            if unpacked > self.left_bytes {
                return Outcome::PackageFull;
            }
            // What was really taken from the container counts, never more than the entry's own part of it; and all entries
            // together may not give more than the container's bytes allow (entries may share one compressed body).
            let taken = consumed.get().min(packed).max(1);
            let shared = unpacked_here.saturating_add(unpacked) > container_bytes.saturating_mul(ratio);
            if unpacked > RATIO_FLOOR && (unpacked > taken.saturating_mul(ratio) || shared) {
                return Outcome::Ratio;
            }
        }
    }

    fn report_failure(&mut self, outcome: &Outcome, path: &str, shown: &str) {
        match outcome {
            Outcome::Content(_) => {}
            Outcome::TooLarge => {
                let limit = megabytes(self.limits.file_bytes);
                let values = [("entrada", path), ("archivo", shown), ("limite", &limit)];
                self.report("intake.file_too_large", Severity::Error, &values);
            }
            Outcome::PackageFull => {
                let limit = megabytes(self.limits.package_bytes);
                let values = [("entrada", path), ("archivo", shown), ("limite", &limit)];
                self.report("intake.package_too_large", Severity::Error, &values);
                self.stopped = true;
            }
            Outcome::Ratio => {
                let limit = self.limits.ratio.to_string();
                let values = [("entrada", path), ("archivo", shown), ("limite", &limit)];
                self.report("intake.ratio", Severity::Error, &values);
            }
            Outcome::Damaged(detail) => {
                let values = [("entrada", path), ("archivo", shown), ("detalle", detail.as_str())];
                self.report("intake.damaged_entry", Severity::Error, &values);
            }
        }
    }

    fn hand_out(&mut self, path: String, content: &[u8], md5_ok: Option<bool>, depth: u32) {
        self.left_bytes = self.left_bytes.saturating_sub(content.len() as u64);
        let kind = media::detect(content);
        let mut keep = !media::is_container(kind);
        if !keep {
            if depth >= self.limits.depth {
                let limit = self.limits.depth.to_string();
                self.report("intake.depth", Severity::Error, &[("entrada", &path), ("limite", &limit)]);
                keep = true;
            } else if let Err(detail) = self.open(kind, content, &path, &format!("{path}/"), depth + 1) {
                let values = [("archivo", path.as_str()), ("detalle", detail.as_str())];
                self.report("intake.damaged_container", Severity::Error, &values);
                keep = true;
            }
        }
        // The container of a SERCOP bid is itself a document of the process: it stays beside what it holds.
        if keep || kind == media::USHAY {
            let entry = ContainerEntry { path, size: content.len() as u64, md5_ok };
            (self.sink)(Piece::Entry(entry, content));
        }
    }
}

fn describe(error: &ZipError) -> String {
    match error {
        ZipError::CompressionMethodNotSupported(method) => format!("método de compresión {method}"),
        other => other.to_string(),
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / (1024 * 1024))
}

// Names that are refused may hold anything: what is shown of them is short and holds no control signs.
fn printable(name: &str) -> String {
    name.chars().take(120).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

fn borrowed<'a>(values: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    values.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

struct Counted<'b> {
    inner: Cursor<&'b [u8]>,
    consumed: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.consumed.set(self.consumed.get().saturating_add(count as u64));
        Ok(count)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, position: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(position)
    }
}
