//! Reads files and folders without a case: every file by itself, several at once, the results in order.

use crate::CaseworkError;
use crate::analysis::{FileAnalysis, ReadFile, ReadingContext, analyse};
use crate::quick::{finding, is_container, may_carry};
use crate::sources::{SourceFile, files_under};
use crate::twins::Twins;
use crate::view::{Cancellation, Password as PasswordView};
use cotejo_domain::{FileHash, Finding, Severity};
use cotejo_lector_client::{EntryPiece, FileFeed, Lector, LectorError};
use cotejo_lector_protocol::Password;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Results of one file that wait to be taken; a package gives more than one.
const WAITING: usize = 2;

/// One result, how it is called and what was read; or what ends the reading.
type Outcome = Result<(String, ReadFile), CaseworkError>;

/// Takes what a file gives.
type Take<'t> = &'t mut dyn FnMut(String, ReadFile) -> Result<(), CaseworkError>;

/// Reads as [`read_path_with`] does, without a password.
///
/// # Errors
/// As [`read_path_with`].
pub fn read_path(
    lector: &Lector,
    path: &Path,
    cancellation: &Cancellation,
    each: &mut dyn FnMut(String, ReadFile) -> Result<(), CaseworkError>,
) -> Result<(), CaseworkError> {
    read_path_with(lector, path, None, cancellation, each)
}

/// Reads a file or everything under a folder, packages opened, and hands each result to `each` in the order of the names, as soon as it
/// is there. As many files at once as the pace has workers. `password` opens what wants one.
///
/// # Errors
/// When a path cannot be listed or the worker is missing; a file that cannot be read is among the findings of its result.
pub fn read_path_with(
    lector: &Lector,
    path: &Path,
    password: Option<&PasswordView>,
    cancellation: &Cancellation,
    each: &mut dyn FnMut(String, ReadFile) -> Result<(), CaseworkError>,
) -> Result<(), CaseworkError> {
    read_files(lector, &files_under(path)?, password, cancellation, each)
}

/// Reads some files as [`read_path_with`] does.
///
/// # Errors
/// As [`read_path_with`].
pub(crate) fn read_files(
    lector: &Lector,
    files: &[SourceFile],
    password: Option<&PasswordView>,
    cancellation: &Cancellation,
    each: &mut dyn FnMut(String, ReadFile) -> Result<(), CaseworkError>,
) -> Result<(), CaseworkError> {
    let context = ReadingContext {
        password: password.map(|password| Password::new(password.expose().to_owned())),
        ..ReadingContext::default()
    };
    let (senders, receivers): (Vec<Option<SyncSender<Outcome>>>, Vec<Receiver<Outcome>>) = files
        .iter()
        .map(|_| {
            let (sender, receiver) = sync_channel(WAITING);
            (Some(sender), receiver)
        })
        .unzip();
    let senders = Mutex::new(senders);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..lector.settings().readers.min(files.len()) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(index) else { return };
                    let sender = senders
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .get_mut(index)
                        .and_then(Option::take);
                    let Some(sender) = sender else { return };
                    let outcome = read_file(lector, file, &context, cancellation, &mut |shown, read| {
                        // Nobody takes it any more: what follows is not wanted either.
                        sender.send(Ok((shown, read))).map_err(|_| LectorError::Cancelled.into())
                    });
                    if let Err(error) = outcome
                        && sender.send(Err(error)).is_err()
                    {
                        return;
                    }
                }
            });
        }
        take_in_order(receivers, each)
    })
}

// The first file's results are always being taken, so that no thread waits for ever.
fn take_in_order(receivers: Vec<Receiver<Outcome>>, each: Take<'_>) -> Result<(), CaseworkError> {
    for receiver in receivers {
        for result in receiver {
            let (shown, read) = result?;
            each(shown, read)?;
        }
    }
    Ok(())
}

fn read_file(
    lector: &Lector,
    file: &SourceFile,
    context: &ReadingContext,
    cancellation: &Cancellation,
    each: Take<'_>,
) -> Result<(), CaseworkError> {
    let limits = lector.settings().limits;
    let shown = file.path.display().to_string();
    let failed = |error| CaseworkError::file(&file.path)(error);
    let mut opened = File::open(&file.path).map_err(failed)?;
    let size = opened.metadata().map_err(failed)?.len();
    let package = is_container(&file.path)?;
    if size > if package { limits.package_bytes } else { limits.file_bytes } {
        let findings = vec![finding("casework.file_too_large", Severity::Error, &file.name)];
        return each(shown, unread(file, hash_of(&mut opened).map_err(failed)?, findings));
    }
    let carried = if package {
        let carried =
            Carried::out_of(lector, &file.name, FileFeed::new(reopened(file)?, size), context, cancellation)?;
        let hash = hash_of(&mut opened).map_err(failed)?;
        let mut whole = unread(file, hash, carried.findings.clone());
        whole.analysis.media_type = package_kind(&mut opened).map_err(failed)?.into();
        each(shown.clone(), whole)?;
        carried
    } else {
        let mut bytes = Vec::new();
        opened.read_to_end(&mut bytes).map_err(failed)?;
        let mut read = analyse(lector, &file.name, &bytes, context, cancellation, &mut || {})?;
        if !may_carry(&file.name, &bytes) {
            return each(shown, read);
        }
        let carried =
            Carried::out_of(lector, &file.name, FileFeed::from(bytes.as_slice()), context, cancellation)?;
        read.analysis.findings.extend(carried.findings.iter().cloned());
        each(shown.clone(), read)?;
        carried
    };
    let twins = Twins::default();
    carried.each(|path, content| {
        let read = match twins.under(FileHash::of(content), path) {
            Some(read) => read,
            None => analyse(lector, path, content, context, cancellation, &mut || {})?,
        };
        twins.remember(&read.analysis, &read.pages);
        each(format!("{shown}/{path}"), read)
    })
}

fn reopened(file: &SourceFile) -> Result<File, CaseworkError> {
    File::open(&file.path).map_err(CaseworkError::file(&file.path))
}

/// Holds what came out of a package, in a file without a name that ends with this process: a package may be larger than the memory.
struct Carried {
    spilled: File,
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

/// Says where in that file an entry lies.
struct Entry {
    path: String,
    start: u64,
    size: u64,
}

impl Carried {
    fn out_of(
        lector: &Lector,
        name: &str,
        feed: FileFeed<'_>,
        context: &ReadingContext,
        cancellation: &Cancellation,
    ) -> Result<Self, CaseworkError> {
        let mut spilled = tempfile::tempfile().map_err(CaseworkError::file(&std::env::temp_dir()))?;
        let (mut entries, mut open, mut written) = (Vec::new(), None, 0_u64);
        let findings = lector.unpack_each(
            name,
            feed,
            context.password.as_ref(),
            cancellation.switch(),
            &mut |piece| {
                match piece {
                    EntryPiece::Begin(entry) => open = Some((entry.path.clone(), written)),
                    EntryPiece::Bytes(bytes) => {
                        spilled.write_all(bytes)?;
                        written += bytes.len() as u64;
                    }
                    EntryPiece::End => {
                        entries.extend(open.take().map(|(path, start)| Entry {
                            path,
                            start,
                            size: written - start,
                        }));
                    }
                }
                Ok(())
            },
        )?;
        Ok(Self { spilled, entries, findings })
    }

    fn each<T>(mut self, mut take: T) -> Result<(), CaseworkError>
    where
        T: FnMut(&str, &[u8]) -> Result<(), CaseworkError>,
    {
        for entry in &self.entries {
            let mut content = Vec::new();
            let read = self
                .spilled
                .seek(SeekFrom::Start(entry.start))
                .and_then(|_| (&mut self.spilled).take(entry.size).read_to_end(&mut content));
            read.map_err(CaseworkError::file(&std::env::temp_dir()))?;
            take(&entry.path, &content)?;
        }
        Ok(())
    }
}

/// Names the kind of a package by its first bytes.
fn package_kind(file: &mut File) -> std::io::Result<&'static str> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(16).read_to_end(&mut head)?;
    let kinds: [(&[u8], &str); 4] = [
        (b"info.ushay:", "application/vnd.sercop.ushay"),
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
        (b"\x1f\x8b", "application/gzip"),
        (b"PK", "application/zip"),
    ];
    let kind = kinds.iter().find(|(mark, _)| head.starts_with(mark));
    Ok(kind.map_or("application/x-tar", |(_, name)| name))
}

/// Hashes a file without holding it in memory.
fn hash_of(file: &mut File) -> std::io::Result<FileHash> {
    use sha2::Digest;
    let mut hasher = sha2::Sha256::new();
    file.seek(SeekFrom::Start(0))?;
    std::io::copy(file, &mut hasher)?;
    Ok(FileHash(hasher.finalize().into()))
}

fn unread(file: &SourceFile, hash: FileHash, findings: Vec<Finding>) -> ReadFile {
    let analysis = FileAnalysis {
        hash,
        path: file.name.clone(),
        media_type: "application/octet-stream".into(),
        pages: Vec::new(),
        documents: Vec::new(),
        facts: Vec::new(),
        tables: Vec::new(),
        signatures: Vec::new(),
        properties: None,
        findings,
        model: String::new(),
        trace: crate::analysis::Trace::default(),
    };
    ReadFile { analysis, pages: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quick::lector;

    fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in entries {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
            zip.write_all(text.as_bytes()).expect("written");
        }
        zip.finish().expect("a zip").into_inner()
    }

    #[test]
    fn results_come_in_the_order_of_the_names_with_what_a_package_holds() {
        let Ok(lector) = lector() else {
            return println!("skipped: the worker or its resources are missing");
        };
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(
            folder.path().join("a.zip"),
            zipped(&[("uno.txt", "primero"), ("dos.txt", "segundo")]),
        )
        .expect("written");
        for number in 0..12 {
            let name = format!("b{number:02}.txt");
            std::fs::write(folder.path().join(name), format!("hoja {number}")).expect("written");
        }
        let mut seen = Vec::new();
        read_path(&lector, folder.path(), &Cancellation::default(), &mut |shown, read| {
            let text = read.pages.iter().map(cotejo_domain::PageReading::text).collect::<String>();
            seen.push((shown.replace(&folder.path().display().to_string(), ""), text));
            Ok(())
        })
        .expect("reads");
        let names: Vec<&str> = seen.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..3], ["/a.zip", "/a.zip/uno.txt", "/a.zip/dos.txt"]);
        assert_eq!((seen[1].1.as_str(), seen[2].1.as_str()), ("primero", "segundo"));
        let expected: Vec<String> = (0..12).map(|number| format!("/b{number:02}.txt")).collect();
        assert_eq!(names[3..], expected);
    }

    #[test]
    fn who_takes_no_more_ends_the_reading() {
        let Ok(lector) = lector() else {
            return println!("skipped: the worker or its resources are missing");
        };
        let folder = tempfile::tempdir().expect("a folder");
        for number in 0..40 {
            std::fs::write(folder.path().join(format!("{number:02}.txt")), "hoja").expect("written");
        }
        let mut taken = 0;
        let outcome = read_path(&lector, folder.path(), &Cancellation::default(), &mut |_, _| {
            taken += 1;
            if taken == 3 { Err(LectorError::Cancelled.into()) } else { Ok(()) }
        });
        assert!(outcome.is_err());
        assert_eq!(taken, 3);
    }
}
