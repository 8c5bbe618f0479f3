//! ZIP archives, entry by entry from their directory.

use super::{Meter, Opening, Outcome, zip_aes};
use crate::names::{self, DistinctNames};
use crate::source::{ByteSource, Cursor};
use cotejo_domain::Severity;
use std::cell::Cell;
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;
use zeroize::Zeroizing;
use zip::read::OwnedZipFileEntry;
use zip::result::ZipError;
use zip::unstable::read::ZipIterable;

impl Opening<'_> {
    pub(super) fn open_zip(
        &mut self,
        source: &dyn ByteSource,
        shown: &str,
        prefix: &str,
        depth: u32,
    ) -> Result<(), String> {
        let consumed = Rc::new(Cell::new(0));
        let counted = Counted { inner: Cursor::new(source), consumed: Rc::clone(&consumed) };
        let mut archive =
            ZipIterable::try_new(counted, zip::read::Config::default()).map_err(|error| error.to_string())?;
        let mut names = DistinctNames::default();
        let mut unpacked_here = 0u64;
        let mut body = Counted { inner: Cursor::new(source), consumed: Rc::clone(&consumed) };
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
            if self.count(shown).is_none() {
                break;
            }
            let utf8 = entry.flags().as_u16() & 0x0800 != 0;
            let raw_name = names::decode(entry.name_raw(), utf8);
            if entry.is_dir() {
                continue;
            }
            let Some(path) = self.admit(&raw_name, shown) else { continue };
            if entry.is_symlink() {
                self.report("intake.symlink", Severity::Error, &[("entrada", &path), ("archivo", shown)]);
                continue;
            }
            let locked = entry.encrypted();
            if locked && self.opener.password.is_none() {
                let values = [("entrada", path.as_str()), ("archivo", shown)];
                self.report("intake.encrypted_entry", Severity::Error, &values);
                self.locked = true;
                continue;
            }
            let distinct = self.distinct(&path, prefix, shown, &mut names);
            let full_path = format!("{prefix}{distinct}");
            let packed = entry.compressed_size();
            if locked {
                let inside = Locked { source, body: &mut body, consumed: &consumed, unpacked_here };
                match self.unlock(entry.into(), inside) {
                    Some(Outcome::Content(content)) => {
                        unpacked_here = unpacked_here.saturating_add(content.len() as u64);
                        self.hand_out(full_path, &content, None, depth);
                    }
                    Some(other) => self.report_failure(&other, &full_path, shown),
                    None => {
                        let values = [("entrada", full_path.as_str()), ("archivo", shown)];
                        self.report("intake.wrong_entry_password", Severity::Error, &values);
                        self.locked = true;
                    }
                }
                continue;
            }
            consumed.set(0);
            let outcome = match entry.with_reader(&mut body, zip::ZipReadOptions::new()) {
                Ok(mut file) => {
                    // What was really taken from the container counts, never more than the entry's own part of it.
                    let taken = || consumed.get().min(packed);
                    let meter = Meter { taken: &taken, unpacked_here, container_bytes: source.size() };
                    consumed.set(0);
                    self.drain(&mut file, &meter)
                }
                Err(error) => Outcome::Damaged(describe(&error)),
            };
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
}

/// What unlocking an entry needs of its package.
struct Locked<'l, 'b> {
    source: &'b dyn ByteSource,
    body: &'l mut Counted<'b>,
    consumed: &'l Cell<u64>,
    unpacked_here: u64,
}

impl Opening<'_> {
    // Takes a locked entry out; `None` when the password does not open it, or it is damaged.
    fn unlock(&self, entry: OwnedZipFileEntry, inside: Locked<'_, '_>) -> Option<Outcome> {
        let Locked { source, body, consumed, unpacked_here } = inside;
        let packed = entry.compressed_size();
        let places = (entry.header_start(), entry.central_header_start());
        let aes = zip_aes::Locked::find(source, places.0, places.1, packed, entry.size());
        for password in candidates(self.opener.password?) {
            consumed.set(0);
            let taken = || consumed.get().min(packed);
            let meter = Meter { taken: &taken, unpacked_here, container_bytes: source.size() };
            let outcome = match &aes {
                Some(aes) => self.unlock_aes(aes, body, &password, &meter),
                None => {
                    let options = zip::ZipReadOptions::new().password(Some(&password));
                    match entry.as_ref().with_reader(body, options) {
                        Ok(mut file) => Some(self.drain(&mut file, &meter)),
                        Err(ZipError::InvalidPassword) => None,
                        Err(error) => return Some(Outcome::Damaged(describe(&error))),
                    }
                }
            };
            match (outcome, &aes) {
                // One byte tells a wrong password of the old way: many pass, and read as damage.
                (None, _) | (Some(Outcome::Damaged(_)), None) => {}
                (outcome, _) => return outcome,
            }
        }
        None
    }

    fn unlock_aes(
        &self,
        aes: &zip_aes::Locked,
        body: &mut Counted<'_>,
        password: &[u8],
        meter: &Meter<'_>,
    ) -> Option<Outcome> {
        let Some(head) = aes.plain_head() else { return Some(Outcome::TooLarge) };
        body.seek(SeekFrom::Start(aes.start())).ok()?;
        let mut plain = head.chain(aes.open(body, password)?);
        let options = zip::ZipReadOptions::new().ignore_crc32(true);
        let outcome = match zip::read::read_zipfile_from_stream_with_options(&mut plain, options) {
            Ok(Some(mut file)) => self.drain(&mut file, meter),
            Ok(None) => Outcome::Damaged(crate::finding::ends_early()),
            Err(error) => Outcome::Damaged(describe(&error)),
        };
        // What does not come from who locked it is not handed out.
        if matches!(outcome, Outcome::Content(_)) && !plain.into_inner().1.holds() {
            return Some(Outcome::Damaged(cotejo_catalogue::message("intake.detail_not_as_locked", &[])));
        }
        Some(outcome)
    }
}

// A password outside of ASCII was locked in as the bytes of some code page; which one nobody says.
fn candidates(password: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut candidates = vec![Zeroizing::new(password.as_bytes().to_vec())];
    let (latin, _, lost) = encoding_rs::WINDOWS_1252.encode(password);
    if !lost && latin.as_ref() != password.as_bytes() {
        candidates.push(Zeroizing::new(latin.to_vec()));
    }
    candidates.extend(names::encode_850(password).filter(|_| !password.is_ascii()).map(Zeroizing::new));
    candidates
}

fn describe(error: &ZipError) -> String {
    match error {
        ZipError::CompressionMethodNotSupported(method) => format!("método de compresión {method}"),
        other => other.to_string(),
    }
}

struct Counted<'b> {
    inner: Cursor<'b>,
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
