//! ZIP archives, entry by entry from their directory.

use super::{Meter, Opening, Outcome};
use crate::names::{self, DistinctNames};
use crate::source::{ByteSource, Cursor};
use cotejo_domain::Severity;
use std::cell::Cell;
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;
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
            if entry.encrypted() {
                let values = [("entrada", path.as_str()), ("archivo", shown)];
                self.report("intake.encrypted_entry", Severity::Error, &values);
                continue;
            }
            let distinct = self.distinct(&path, prefix, shown, &mut names);
            let full_path = format!("{prefix}{distinct}");
            let packed = entry.compressed_size();
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
