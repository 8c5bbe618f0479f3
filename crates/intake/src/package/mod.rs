//! Opens packages: ZIP (zip64 and split ones too), `.ushay`, 7z, TAR, GZ; and takes out what mails, `.p7m` and PDFs carry. Locked ones are
//! opened with the password that a person gave.
//!
//! What a header says of sizes is never believed: limits are measured while inflating. What cannot be taken out is a finding with the
//! entry's name; a nested container that cannot be opened is handed out as it is, so that nothing of a bid vanishes.

mod archive;
mod document;
#[cfg(test)]
mod locked_tests;
mod seven;
mod split;
mod zip_aes;
mod zips;

use crate::finding::finding;
use crate::guard::guarded;
use crate::names::{self, DistinctNames};
use crate::source::{self, ByteSource};
use crate::{media, ushay};
use cotejo_domain::{Finding, Severity};
use cotejo_lector_protocol::{ContainerEntry, IntakeLimits};
use std::io::{Cursor, Read};

pub(crate) use document::large_pictures;
pub use split::{Joined, is_lone_part, join, join_large};

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

/// Takes the attached files out of a PDF. The engine that can lives in another crate.
pub trait PdfAttachments {
    /// Hands each attachment with its name to `take`, and returns what could not be taken out.
    fn attachments(
        &self,
        bytes: &[u8],
        password: Option<&str>,
        take: &mut dyn FnMut(String, Vec<u8>),
    ) -> Vec<Finding>;
}

/// Says with what to open a container.
#[derive(Default)]
pub struct Opener<'o> {
    /// Limits.
    pub limits: IntakeLimits,
    /// The password that a person gave.
    pub password: Option<&'o str>,
    /// Who takes attachments out of PDFs; without one they stay where they are.
    pub pdf: Option<&'o dyn PdfAttachments>,
}

/// Opens the container `bytes` completely and hands its files to `sink` in the order of the container. `name` is used in messages.
pub fn unpack(name: &str, bytes: &[u8], limits: IntakeLimits, sink: &mut dyn FnMut(Piece<'_>)) {
    unpack_with(name, bytes, &Opener { limits, ..Opener::default() }, sink);
}

/// Opens a container that is too large to be held in memory, a window at a time. Only archives are that large.
///
/// # Errors
/// When its bytes cannot be fetched.
pub fn unpack_large(
    name: &str,
    container: &dyn ByteSource,
    opener: &Opener<'_>,
    sink: &mut dyn FnMut(Piece<'_>),
) -> std::io::Result<()> {
    let head = source::take(container, 0, 4096)?;
    let kind = media::detect_by_head(&head);
    if kind == media::ZIP {
        let tail = source::take(container, container.size().saturating_sub(128 * 1024), 128 * 1024)?;
        // The end record tells it, or where there is none the mark of a first part.
        let lone = is_lone_part(&tail) || (!split::has_end(&tail) && is_lone_part(&head));
        open_all(name, kind, Body::Large(container), lone, opener, sink);
    } else if matches!(kind, media::SEVEN_Z | media::TAR | media::GZIP) {
        open_all(name, kind, Body::Large(container), false, opener, sink);
    } else {
        let whole = source::take(container, 0, opener.limits.package_bytes.saturating_add(1))?;
        unpack_with(name, &whole, opener, sink);
    }
    Ok(())
}

/// Opens the container `bytes` as [`unpack`] does, with what `opener` brings.
pub fn unpack_with(name: &str, bytes: &[u8], opener: &Opener<'_>, sink: &mut dyn FnMut(Piece<'_>)) {
    let kind = media::detect(bytes);
    let may_be_part = kind == media::ZIP || !(media::is_container(kind) || media::may_hold_files(kind));
    let lone = may_be_part && split::is_lone_part(bytes);
    open_all(name, kind, Body::Whole(bytes), lone, opener, sink);
}

fn open_all(
    name: &str,
    kind: &str,
    body: Body<'_>,
    lone: bool,
    opener: &Opener<'_>,
    sink: &mut dyn FnMut(Piece<'_>),
) {
    let limits = opener.limits;
    let mut opening = Opening {
        limits,
        opener,
        left_bytes: limits.package_bytes,
        left_entries: limits.entries,
        stopped: false,
        locked: false,
        told: 0,
        sink,
    };
    if body.size() > limits.package_bytes {
        let megabytes = megabytes(limits.package_bytes);
        opening.report(
            "intake.package_too_large",
            Severity::Error,
            &[("archivo", name), ("limite", &megabytes)],
        );
        return;
    }
    if lone {
        opening.report("intake.split_package", Severity::Error, &[("archivo", name)]);
        return;
    }
    if kind == media::RAR {
        opening.report("intake.rar", Severity::Error, &[("archivo", name)]);
        return;
    }
    if !media::is_container(kind) && !media::may_hold_files(kind) {
        opening.report("intake.not_a_container", Severity::Error, &[("archivo", name), ("tipo", kind)]);
        return;
    }
    if let Err(error) = opening.open(kind, body, name, "", 1) {
        opening.report(
            "intake.damaged_container",
            Severity::Error,
            &[("archivo", name), ("detalle", &error)],
        );
    }
}

/// A container, in memory or not. What documents carry is only looked for in memory.
#[derive(Clone, Copy)]
enum Body<'b> {
    Whole(&'b [u8]),
    Large(&'b dyn ByteSource),
}

impl Body<'_> {
    fn size(&self) -> u64 {
        match self {
            Self::Whole(bytes) => bytes.len() as u64,
            Self::Large(source) => source.size(),
        }
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

/// Tells whether anything in a package is under a password.
#[must_use]
pub fn is_locked(bytes: &[u8]) -> bool {
    if media::detect(bytes) == media::SEVEN_Z {
        return guarded(|| seven::is_locked_archive(&bytes)).unwrap_or_default();
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    (0..archive.len()).any(|index| archive.by_index_raw(index).is_ok_and(|entry| entry.encrypted()))
}

struct Opening<'s> {
    limits: IntakeLimits,
    opener: &'s Opener<'s>,
    left_bytes: u64,
    left_entries: u32,
    stopped: bool,
    // Whether something of the container that is open stays under its password.
    locked: bool,
    // Files and findings that were told so far.
    told: usize,
    sink: &'s mut dyn FnMut(Piece<'_>),
}

enum Outcome {
    Content(Vec<u8>),
    TooLarge,
    PackageFull,
    Ratio,
    Damaged(String),
}

/// Measures how much of a container an entry took, and how much the container gave altogether.
struct Meter<'m> {
    /// Bytes of the container that this entry was made of, so far.
    taken: &'m dyn Fn() -> u64,
    /// Bytes that the container's earlier entries gave.
    unpacked_here: u64,
    /// Bytes of the container.
    container_bytes: u64,
}

impl Opening<'_> {
    fn report(&mut self, code: &str, severity: Severity, values: &[(&str, &str)]) {
        self.tell(Piece::Finding(finding(code, severity, values)));
    }

    fn tell(&mut self, piece: Piece<'_>) {
        self.told += 1;
        (self.sink)(piece);
    }

    // Opens one container. An error means that its directory cannot be read at all.
    fn open(
        &mut self,
        kind: &str,
        body: Body<'_>,
        shown: &str,
        prefix: &str,
        depth: u32,
    ) -> Result<(), String> {
        let before = self.told;
        self.take_out(kind, body, shown, prefix, depth)?;
        if self.told == before && media::is_container(kind) {
            self.report("intake.empty_package", Severity::Warning, &[("archivo", shown)]);
        }
        Ok(())
    }

    fn take_out(
        &mut self,
        kind: &str,
        body: Body<'_>,
        shown: &str,
        prefix: &str,
        depth: u32,
    ) -> Result<(), String> {
        let at = Place { shown, prefix, depth };
        let (bytes, source): (&[u8], &dyn ByteSource) = match &body {
            Body::Whole(bytes) => (bytes, bytes),
            Body::Large(source) => (&[], *source),
        };
        match kind {
            media::USHAY => self.open_ushay(bytes, shown, prefix, depth),
            media::SEVEN_Z => {
                return guarded(|| self.open_seven(source, &at))
                    .unwrap_or_else(|| Err("el lector no pudo con su estructura".into()));
            }
            media::TAR => self.open_tar(source, &at),
            media::GZIP => self.open_gzip(source, &at),
            media::EML | media::MSG => self.open_mail(kind, bytes, &at),
            media::PKCS7 => self.open_signed(bytes, &at),
            media::PDF => self.open_pdf(bytes, &at),
            media::DOCX | media::XLSX | media::ODT => self.open_office(bytes, &at),
            media::OFFICE_ENCRYPTED => self.open_locked_office(bytes, &at),
            _ => return self.open_zip(source, shown, prefix, depth),
        }
        Ok(())
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
            self.tell(Piece::Finding(finding));
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

    // Takes one entry's place in the count. `None` when there is none left, or the container stopped.
    fn count(&mut self, shown: &str) -> Option<()> {
        if self.stopped {
            return None;
        }
        if self.left_entries == 0 {
            let limit = self.limits.entries.to_string();
            let values = [("archivo", shown), ("limite", limit.as_str())];
            self.report("intake.too_many_entries", Severity::Error, &values);
            self.stopped = true;
            return None;
        }
        self.left_entries -= 1;
        Some(())
    }

    // Makes a name safe. `None` when the entry is not taken; a finding says why.
    fn admit(&mut self, raw_name: &str, shown: &str) -> Option<String> {
        let path = match names::safe_path(raw_name) {
            Ok(path) => path,
            Err(refusal) => {
                let values = [("entrada", printable(raw_name)), ("archivo", shown.to_string())];
                self.report(refusal.code(), Severity::Error, &borrowed(&values));
                return None;
            }
        };
        if names::is_system_litter(&path) {
            let values = [("entrada", path.as_str()), ("archivo", shown)];
            self.report("intake.system_file", Severity::Info, &values);
            return None;
        }
        Some(path)
    }

    // Keeps entries of one name apart, and cuts a path that is too long.
    fn distinct(&mut self, path: &str, prefix: &str, shown: &str, names: &mut DistinctNames) -> String {
        let most = usize::try_from(self.limits.path_letters).unwrap_or(usize::MAX);
        let whole = prefix.chars().count() + path.chars().count();
        let mut path = path.to_string();
        if whole > most {
            let short = names::shortened(&path, most.saturating_sub(prefix.chars().count()).max(40));
            let limit = self.limits.path_letters.to_string();
            let values = [
                ("entrada", printable(&path)),
                ("archivo", shown.to_string()),
                ("limite", limit),
                ("nombre", short.clone()),
            ];
            self.report("intake.long_path", Severity::Warning, &borrowed(&values));
            path = short;
        }
        let (distinct, renamed) = names.claim(&path);
        if renamed {
            let values = [("entrada", path.as_str()), ("nombre", distinct.as_str()), ("archivo", shown)];
            self.report("intake.duplicate_name", Severity::Warning, &values);
        }
        distinct
    }

    // Reads an entry to its end, under all limits.
    fn drain(&self, file: &mut dyn Read, meter: &Meter<'_>) -> Outcome {
        let ratio = u64::from(self.limits.ratio);
        let mut content = Vec::new();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let count = match file.read(&mut chunk) {
                Ok(0) => return Outcome::Content(content),
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Outcome::Damaged(error.to_string()),
            };
            content.extend_from_slice(chunk.get(..count).unwrap_or_default());
            let unpacked = content.len() as u64;
            if unpacked > self.limits.file_bytes {
                return Outcome::TooLarge;
            }
            if unpacked > self.left_bytes {
                return Outcome::PackageFull;
            }
            // All entries together may not give more than the container's bytes allow: they may share one compressed body.
            let all = meter.unpacked_here.saturating_add(unpacked);
            let shared = all > meter.container_bytes.saturating_mul(ratio);
            let taken = (meter.taken)().max(1);
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
        let holder = media::may_hold_files(kind) && (kind != media::PDF || self.opener.pdf.is_some());
        let opens = media::is_container(kind);
        let mut keep = !opens;
        if kind == media::RAR {
            self.report("intake.rar", Severity::Error, &[("archivo", &path)]);
        } else if opens || holder {
            if depth >= self.limits.depth && !opens {
                // A document at the last level is read as it is; what it may carry stays inside and is told.
                if kind != media::PDF {
                    let limit = self.limits.depth.to_string();
                    self.report("intake.depth", Severity::Error, &[("entrada", &path), ("limite", &limit)]);
                }
            } else if depth >= self.limits.depth {
                let limit = self.limits.depth.to_string();
                self.report("intake.depth", Severity::Error, &[("entrada", &path), ("limite", &limit)]);
                keep = true;
            } else {
                let outside = std::mem::replace(&mut self.locked, false);
                let opened = self.open(kind, Body::Whole(content), &path, &format!("{path}/"), depth + 1);
                if let Err(detail) = opened {
                    let values = [("archivo", path.as_str()), ("detalle", detail.as_str())];
                    self.report("intake.damaged_container", Severity::Error, &values);
                    keep = true;
                }
                // It stays, so that its password can be given.
                keep |= std::mem::replace(&mut self.locked, outside);
            }
        }
        // The container of a SERCOP bid is itself a document of the process: it stays beside what it holds.
        if keep || kind == media::USHAY {
            let entry = ContainerEntry { path, size: content.len() as u64, md5_ok };
            self.tell(Piece::Entry(entry, content));
        }
    }
}

/// Says where a container stands: its name for messages, what its entries' paths begin with, and how deep it lies.
struct Place<'p> {
    shown: &'p str,
    prefix: &'p str,
    depth: u32,
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
