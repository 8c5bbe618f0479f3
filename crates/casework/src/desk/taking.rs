//! The bytes of an import: out of its package into the store, and from the store to the readers, piece by piece. No file of a bid is ever in
//! memory as a whole here, and none is ever on the disk in clear.

use super::Desk;
use super::import::blocking;
use super::open_case::OpenCase;
use super::readings::{self, AT_ONCE, CaseMemory, Keeping};
use crate::analysis::{Course, FileAnalysis, ReadingContext, analyse_on};
use crate::sources::{SourceBid, SourceFile};
use crate::twins::Twins;
use crate::view::Cancellation;
use crate::{CaseworkError, quick, split};
use cotejo_domain::{FileHash, Finding, Severity};
use cotejo_lector_client::{EntryPiece, FileFeed, Lector, LectorError, ReadAnywhere};
use cotejo_lector_protocol::Password;
use cotejo_store::{Case, OriginalReader, OriginalWriter, Shelf, StoreError};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use zeroize::Zeroizing;

/// One file taken out of a source; its bytes rest among the originals.
pub(super) struct Taken {
    pub(super) path: String,
    pub(super) hash: FileHash,
    pub(super) size: u64,
    /// A package itself is kept as it came, and not read: its entries are.
    pub(super) container: bool,
    /// What opening it told, where it was opened.
    pub(super) opened: Option<Vec<Finding>>,
}

/// One file ready to be read.
pub(super) struct Fed {
    path: String,
    original: OriginalReader,
}

/// What the readers tell while they read.
pub(super) enum Step {
    /// A page is kept: it can be looked at.
    Page { path: String },
    /// A file is read and recognised.
    File(Box<ReadStep>),
}

/// A file that is read, with what was read of its images while nobody knew whether it is to be sealed.
pub(super) struct ReadStep {
    pub(super) analysis: FileAnalysis,
    pub(super) waited: Vec<(String, String)>,
}

impl Desk {
    /// Takes every file out of a source and stores it; packages are opened by the worker, and kept themselves as they came. Nothing is held
    /// but a few pieces.
    pub(super) async fn take_out(
        &self,
        open: &OpenCase,
        source: SourceBid,
        cancellation: &Cancellation,
    ) -> Result<(Vec<Taken>, Vec<Finding>), CaseworkError> {
        let (lector, cancel, shelf) = (self.lector(), cancellation.clone(), open.case.shelf());
        blocking(move || open_all(&lector, source, &cancel, &shelf)).await?
    }
}

fn open_all(
    lector: &Lector,
    source: SourceBid,
    cancellation: &Cancellation,
    shelf: &Shelf,
) -> Result<(Vec<Taken>, Vec<Finding>), CaseworkError> {
    let limits = lector.settings().limits;
    let (mut taken, mut findings) = (Vec::new(), Vec::new());
    let mut total = 0_u64;
    for file in &source.files {
        if cancellation.is_cancelled() {
            return Err(LectorError::Cancelled.into());
        }
        let failed = |error| CaseworkError::file(&file.path)(error);
        let size = std::fs::metadata(&file.path).map_err(failed)?.len();
        let parts = split::parts_of(&source.files, file);
        let follower = split::is_follower(&source.files, file);
        let container = follower || parts.is_some() || quick::is_container(&file.path)?;
        let most = if container { limits.package_bytes } else { limits.file_bytes };
        total = total.saturating_add(size);
        if size > most || total > limits.package_bytes {
            findings.push(quick::finding("casework.file_too_large", Severity::Error, &file.name));
            continue;
        }
        let mut head = Vec::new();
        File::open(&file.path).and_then(|opened| opened.take(1024).read_to_end(&mut head)).map_err(failed)?;
        let mut opened_with = None;
        if !follower && (container || quick::may_carry(&file.name, &head)) {
            let feed = feed_of(file, parts.as_deref())?;
            let told = unpack(lector, &file.name, &feed, None, cancellation, shelf, &mut taken)?;
            findings.extend(told.iter().cloned());
            opened_with = Some(told);
        }
        let mut opened = File::open(&file.path).map_err(failed)?;
        let mut writer = shelf.begin()?;
        let mut piece = Zeroizing::new(vec![0; 256 * 1024]);
        loop {
            if cancellation.is_cancelled() {
                return Err(LectorError::Cancelled.into());
            }
            let count = opened.read(&mut piece).map_err(failed)?;
            if count == 0 {
                break;
            }
            writer.write_all(piece.get(..count).unwrap_or_default()).map_err(failed)?;
        }
        let (hash, size) = writer.finish()?;
        taken.push(Taken { path: file.name.clone(), hash, size, container, opened: opened_with });
    }
    Ok((taken, findings))
}

// The file itself, or its parts in order when it came split.
fn feed_of(file: &SourceFile, parts: Option<&[&SourceFile]>) -> Result<FileFeed<'static>, CaseworkError> {
    let whole = [file];
    let mut readers: Vec<(Box<dyn ReadAnywhere>, u64)> = Vec::new();
    for part in parts.unwrap_or(&whole) {
        let opened = File::open(&part.path).map_err(CaseworkError::file(&part.path))?;
        let size = opened.metadata().map_err(CaseworkError::file(&part.path))?.len();
        readers.push((Box::new(opened), size));
    }
    Ok(FileFeed::of_parts(readers))
}

/// Returns an original as the workers get it: piece by piece, each piece proven, never whole in memory.
///
/// # Errors
/// When it is sealed, or is not there.
pub(super) async fn feed_of_original(
    case: &Case,
    hash: FileHash,
) -> Result<FileFeed<'static>, CaseworkError> {
    let original = case.open_original(hash).await?;
    let size = original.size();
    Ok(FileFeed::new(original, size).named(&hash))
}

/// Stores what a package holds while it comes out of it.
pub(super) fn unpack(
    lector: &Lector,
    name: &str,
    feed: &FileFeed<'_>,
    password: Option<&Password>,
    cancellation: &Cancellation,
    shelf: &Shelf,
    taken: &mut Vec<Taken>,
) -> Result<Vec<Finding>, CaseworkError> {
    let mut writing: Option<(String, OriginalWriter)> = None;
    let mut failure: Option<StoreError> = None;
    let mut store = |piece: EntryPiece<'_>| -> Result<(), StoreError> {
        match piece {
            EntryPiece::Begin(entry) => {
                writing = Some((format!("{name}/{}", entry.path), shelf.begin()?));
            }
            EntryPiece::Bytes(bytes) => {
                if let Some((path, writer)) = &mut writing {
                    let failed =
                        |source| StoreError::File { doing: "writing", path: path.as_str().into(), source };
                    writer.write_all(bytes).map_err(failed)?;
                }
            }
            EntryPiece::End => {
                if let Some((path, writer)) = writing.take() {
                    let (hash, size) = writer.finish()?;
                    taken.push(Taken { path, hash, size, container: false, opened: None });
                }
            }
        }
        Ok(())
    };
    let findings = lector.unpack_each(name, feed, password, cancellation.switch(), &mut |piece| {
        store(piece).map_err(|error| {
            let told = std::io::Error::other(error.to_string());
            failure = Some(error);
            told
        })
    });
    // That storing failed is what the person is to see, not that the worker was stopped because of it.
    match failure {
        Some(error) => Err(error.into()),
        None => Ok(findings?),
    }
}

/// Hands files from the store to the readers, as fast as they take them.
pub(super) async fn feed(
    open: &OpenCase,
    pending: Vec<Taken>,
    readers: mpsc::Sender<Fed>,
) -> Result<(), CaseworkError> {
    for Taken { path, hash, .. } in pending {
        let original = open.case.open_original(hash).await?;
        if readers.send(Fed { path, original }).await.is_err() {
            // They ended: cancelled, or something is missing here; they say it themselves.
            break;
        }
    }
    Ok(())
}

/// What the readers of one import need.
pub(super) struct Readers {
    pub(super) lector: Arc<Lector>,
    pub(super) open: Arc<OpenCase>,
    pub(super) context: ReadingContext,
    pub(super) cancellation: Cancellation,
    /// Whether what is read may be found and kept at once: not where reading may show that a file is to be sealed.
    pub(super) at_once: bool,
    pub(super) runtime: Handle,
    pub(super) turns: Turns,
    pub(super) twins: Twins,
}

/// Keeps two threads from reading the same bytes at once: a bid may hold one file under two names, and the second is then known already.
#[derive(Default)]
pub(super) struct Turns {
    running: Mutex<BTreeSet<FileHash>>,
    ended: Condvar,
}

/// Ends with the reading.
struct Turn<'t>(&'t Turns, FileHash);

impl Turns {
    fn take(&self, hash: FileHash) -> Turn<'_> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        while !running.insert(hash) {
            running = self.ended.wait(running).unwrap_or_else(PoisonError::into_inner);
        }
        Turn(self, hash)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
        self.0.ended.notify_all();
    }
}

impl Readers {
    /// Reads what is fed with as many files at once as there are readers.
    pub(super) fn read_all(
        &self,
        files: mpsc::Receiver<Fed>,
        sender: &mpsc::Sender<Step>,
    ) -> Result<(), CaseworkError> {
        let files = Mutex::new(files);
        let next = || files.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..self.lector.settings().readers)
                .map(|_| {
                    scope.spawn(|| {
                        while let Some(fed) = next() {
                            let read = self.read(fed, sender)?;
                            // A closed channel means that the import ended; the result is then dropped too.
                            drop(sender.blocking_send(Step::File(Box::new(read))));
                        }
                        Ok(())
                    })
                })
                .collect();
            let ended = |thread: std::thread::ScopedJoinHandle<'_, _>| {
                thread.join().unwrap_or(Err(LectorError::Cancelled.into()))
            };
            running.into_iter().map(ended).fold(Ok(()), Result::and)
        })
    }

    fn read(&self, fed: Fed, sender: &mpsc::Sender<Step>) -> Result<ReadStep, CaseworkError> {
        let Fed { path, original } = fed;
        let (hash, size) = (original.hash(), original.size());
        let feed = FileFeed::new(original, size).named(&hash);
        let (open, runtime) = (&self.open, &self.runtime);
        let _turn = self.turns.take(hash);
        if let Some(read) = self.twins.under(hash, &path) {
            return Ok(ReadStep { analysis: read.analysis, waited: Vec::new() });
        }
        let known = runtime.block_on(readings::parts(&open.case, hash))?;
        let memory = CaseMemory::new(Arc::clone(open), runtime.clone(), self.at_once);
        let keeping =
            RefCell::new(Keeping::new(Arc::clone(open), runtime.clone(), hash, known.len(), self.at_once));
        let failure = RefCell::new(None);
        let mut numbers: Option<Vec<u32>> = None;
        let course = Course {
            known,
            on_page: &mut || {},
            on_part: &mut |part| {
                if failure.borrow().is_some() {
                    return;
                }
                match keeping.borrow_mut().keep(part) {
                    Ok(()) => part.pages.iter().for_each(|_| {
                        drop(sender.blocking_send(Step::Page { path: path.clone() }));
                    }),
                    Err(error) => *failure.borrow_mut() = Some(error),
                }
            },
            pages: &mut |after| {
                let kept = keeping.borrow();
                let pages = (|| {
                    let numbers = match &mut numbers {
                        Some(numbers) => numbers,
                        None => numbers.insert(kept.numbers()?),
                    };
                    let from = usize::try_from(after).unwrap_or(usize::MAX);
                    let some: Vec<u32> = numbers.iter().skip(from).take(AT_ONCE).copied().collect();
                    kept.pages(&some)
                })();
                pages.unwrap_or_else(|error| {
                    *failure.borrow_mut() = Some(error);
                    Vec::new()
                })
            },
            memory: Some(&memory),
        };
        let read = analyse_on(&self.lector, &path, hash, &feed, &self.context, &self.cancellation, course);
        if let Some(error) = failure.into_inner() {
            return Err(error);
        }
        let analysis = read?;
        self.twins.remember(&analysis, &[]);
        Ok(ReadStep { analysis, waited: memory.into_waiting() })
    }
}
