//! 7z archives, block by block: a damaged block costs its own files only.

use super::{Meter, Opening, Outcome, Place};
use crate::names::DistinctNames;
use crate::source::{ByteSource, Cursor};
use cotejo_domain::Severity;
use sevenz_rust2::{Archive, ArchiveEntry, Block, BlockDecoder, EncoderMethod, Error, Password};
use std::cell::Cell;
use std::io::Read;

/// The bit of the attributes that says that their upper half is a mode of Unix, and the mode of a symbolic link.
const UNIX: u32 = 0x8000;
const LINK: u32 = 0o120_000;
const KIND: u32 = 0o170_000;

impl Opening<'_> {
    pub(super) fn open_seven(&mut self, bytes: &dyn ByteSource, at: &Place<'_>) -> Result<(), String> {
        let password = self.opener.password.map_or_else(Password::empty, Password::from);
        let mut source = Cursor::new(bytes);
        let archive = match Archive::read(&mut source, &password) {
            Ok(archive) => archive,
            // Even the names are locked: with the wrong password they read as nonsense.
            Err(error) if is_locked(&error) || locked_names(bytes) => {
                self.closed(at);
                return Ok(());
            }
            Err(error) => return Err(error.to_string()),
        };
        let mut told = false;
        let mut names = DistinctNames::default();
        let unpacked_here = Cell::new(0u64);
        for block in 0..archive.blocks.len() {
            if self.stopped {
                return Ok(());
            }
            let locked = archive.blocks.get(block).is_some_and(is_locked_block);
            let decoder = BlockDecoder::new(1, block, &archive, &password, &mut source);
            let of_block: Vec<String> = decoder.entries().iter().map(|entry| entry.name.clone()).collect();
            let mut visited = 0usize;
            let ended = decoder.for_each_entries(&mut |entry: &ArchiveEntry, reader: &mut dyn Read| {
                visited += 1;
                Ok(self.take_seven(entry, reader, bytes.size(), &unpacked_here, at, &mut names, locked))
            });
            // What stands behind in the same stream cannot be reached any more; each file is named.
            let detail = match ended {
                Ok(true) => continue,
                _ if self.stopped => return Ok(()),
                // A wrong password reads as damage: 7z keeps nothing to tell the two apart.
                _ if locked => {
                    if !std::mem::replace(&mut told, true) {
                        self.closed(at);
                    }
                    continue;
                }
                Ok(false) => "una entrada anterior del mismo bloque no se pudo extraer".to_string(),
                Err(error) => {
                    visited = visited.saturating_sub(1);
                    error.to_string()
                }
            };
            for name in of_block.iter().skip(visited) {
                if self.stopped {
                    break;
                }
                self.report_failure(
                    &Outcome::Damaged(detail.clone()),
                    &format!("{}{name}", at.prefix),
                    at.shown,
                );
            }
        }
        for (index, entry) in archive.files.iter().enumerate() {
            let stored = archive.stream_map.file_block_index.get(index).copied().flatten().is_some();
            if !stored && !entry.is_directory && !entry.is_anti_item {
                self.take_seven(
                    entry,
                    &mut std::io::empty(),
                    bytes.size(),
                    &unpacked_here,
                    at,
                    &mut names,
                    false,
                );
            }
        }
        Ok(())
    }

    fn closed(&mut self, at: &Place<'_>) {
        let given = self.opener.password.is_some();
        let code = if given { "intake.wrong_archive_password" } else { "intake.encrypted_archive" };
        self.report(code, Severity::Error, &[("archivo", at.shown)]);
        self.locked = true;
    }

    // Takes one entry; false when its block must be left. What goes wrong in a locked block is told of the whole archive.
    #[expect(clippy::too_many_arguments, reason = "what one entry needs of its archive")]
    fn take_seven(
        &mut self,
        entry: &ArchiveEntry,
        reader: &mut dyn Read,
        container_bytes: u64,
        unpacked_here: &Cell<u64>,
        at: &Place<'_>,
        names: &mut DistinctNames,
        locked: bool,
    ) -> bool {
        if self.count(at.shown).is_none() {
            return false;
        }
        if entry.is_directory || entry.is_anti_item {
            return true;
        }
        let mode = entry.windows_attributes >> 16;
        let is_link = entry.windows_attributes & UNIX != 0 && mode & KIND == LINK;
        let path = self.admit(&entry.name, at.shown);
        if let Some(path) = path.as_ref().filter(|_| is_link) {
            let values = [("entrada", path.as_str()), ("archivo", at.shown)];
            self.report("intake.symlink", Severity::Error, &values);
        }
        // Files of one block share its bytes, so that only the whole archive can be held against them.
        let taken = || container_bytes;
        let meter = Meter { taken: &taken, unpacked_here: unpacked_here.get(), container_bytes };
        let outcome = self.drain(reader, &meter);
        let Some(path) = path.filter(|_| !is_link) else {
            // Its bytes had to be read to get to the next entry, under the same limits.
            return matches!(outcome, Outcome::Content(_));
        };
        let distinct = self.distinct(&path, at.prefix, at.shown, names);
        let full_path = format!("{}{distinct}", at.prefix);
        match outcome {
            Outcome::Content(content) => {
                unpacked_here.set(unpacked_here.get().saturating_add(content.len() as u64));
                self.hand_out(full_path, &content, None, at.depth);
                true
            }
            Outcome::Damaged(_) if locked => false,
            other => {
                self.report_failure(&other, &full_path, at.shown);
                false
            }
        }
    }
}

// Whether the directory itself is locked: then nothing of it can be read without a password.
fn locked_names(bytes: &dyn ByteSource) -> bool {
    Archive::read(&mut Cursor::new(bytes), &Password::empty()).is_err_and(|error| is_locked(&error))
}

/// Tells whether anything in an archive is under a password.
pub(super) fn is_locked_archive(bytes: &dyn ByteSource) -> bool {
    match Archive::read(&mut Cursor::new(bytes), &Password::empty()) {
        Ok(archive) => archive.blocks.iter().any(is_locked_block),
        Err(error) => is_locked(&error),
    }
}

fn is_locked_block(block: &Block) -> bool {
    block.coders.iter().any(|coder| coder.encoder_method_id() == EncoderMethod::ID_AES256_SHA256)
}

fn is_locked(error: &Error) -> bool {
    matches!(error, Error::PasswordRequired | Error::MaybeBadPassword(_))
}
