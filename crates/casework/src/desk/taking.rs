//! The bytes of an import, one file at a time: out of its package into the store, and from the store to the readers. No more than a few
//! files of a bid are ever in memory at once.

use super::Desk;
use super::judgement;
use super::open_case::OpenCase;
use crate::analysis::{ReadFile, ReadingContext, analyse_on};
use crate::sources::{SourceBid, SourceFile};
use crate::view::Cancellation;
use crate::{CaseworkError, quick, split};
use cotejo_domain::{Code, FileHash, Finding, Severity};
use cotejo_lector_client::{Following, Lector, LectorError, ReadPart};
use cotejo_lector_protocol::IntakeLimits;
use std::sync::{Mutex, PoisonError};
use tokio::sync::mpsc;
use zeroize::Zeroizing;

/// One file taken out of a source; its bytes rest among the originals.
pub(super) struct Taken {
    pub(super) path: String,
    pub(super) hash: FileHash,
    pub(super) size: u64,
    /// A package itself is kept as it came, and not read: its entries are.
    pub(super) container: bool,
}

/// One file with its bytes, and what an interrupted reading had got of it.
pub(super) struct Fed {
    path: String,
    bytes: Zeroizing<Vec<u8>>,
    known: Vec<ReadPart>,
}

/// What the readers tell while they read.
pub(super) enum Step {
    /// A page is there.
    Page { path: String },
    /// Some pages of a long file are whole: kept until the file is, so that an interrupted import goes on at the page.
    Part { hash: FileHash, part: Box<ReadPart> },
    /// A file is read and recognised.
    File(Box<ReadFile>),
}

struct Opened {
    path: String,
    bytes: Vec<u8>,
    container: bool,
}

impl Desk {
    /// Takes every file out of a source and stores it; packages are opened by the worker, and kept themselves as they came.
    pub(super) async fn take_out(
        &self,
        open: &OpenCase,
        source: SourceBid,
        cancellation: &Cancellation,
    ) -> Result<(Vec<Taken>, Vec<Finding>), CaseworkError> {
        let (lector, cancel) = (self.lector(), cancellation.clone());
        let (sender, mut opened) = mpsc::channel(1);
        let work = tokio::task::spawn_blocking(move || open_all(&lector, source, &cancel, &sender));
        let mut taken = Vec::new();
        while let Some(Opened { path, bytes, container }) = opened.recv().await {
            let size = bytes.len() as u64;
            let hash = open.case.store_original(bytes).await?;
            taken.push(Taken { path, hash, size, container });
        }
        let findings = work.await.map_err(|error| {
            CaseworkError::refused(Code::Internal, "casework.internal", error.to_string())
        })??;
        Ok((taken, findings))
    }
}

fn open_all(
    lector: &Lector,
    source: SourceBid,
    cancellation: &Cancellation,
    sender: &mpsc::Sender<Opened>,
) -> Result<Vec<Finding>, CaseworkError> {
    let limits = IntakeLimits::default();
    let mut findings = Vec::new();
    let mut total = 0_u64;
    // A closed channel means that storing failed; that error is the one the person sees.
    let send = |opened| drop(sender.blocking_send(opened));
    for file in &source.files {
        if cancellation.is_cancelled() {
            return Err(LectorError::Cancelled.into());
        }
        let size = std::fs::metadata(&file.path).map_err(CaseworkError::file(&file.path))?.len();
        let parts = split::parts_of(&source.files, file);
        let follower = split::is_follower(&source.files, file);
        let container = follower || parts.is_some() || quick::is_container(&file.path)?;
        let most = if container { limits.package_bytes } else { limits.file_bytes };
        total = total.saturating_add(size);
        if size > most || total > limits.package_bytes {
            findings.push(quick::finding("casework.file_too_large", Severity::Error, &file.name));
            continue;
        }
        let bytes = std::fs::read(&file.path).map_err(CaseworkError::file(&file.path))?;
        if !follower && (container || quick::may_carry(&file.name, &bytes)) {
            let mut on_entry = |entry: cotejo_lector_protocol::ContainerEntry, bytes| {
                send(Opened { path: format!("{}/{}", file.name, entry.path), bytes, container: false });
            };
            let read =
                |part: &&SourceFile| std::fs::read(&part.path).map_err(CaseworkError::file(&part.path));
            // The parts of a split package are small enough together, or the worker says that they are not.
            let pieces = match &parts {
                Some(parts) => parts.iter().map(read).collect::<Result<Vec<_>, _>>()?,
                None => Vec::new(),
            };
            let pieces: Vec<&[u8]> = match pieces.as_slice() {
                [] => vec![&bytes],
                pieces => pieces.iter().map(Vec::as_slice).collect(),
            };
            let switch = cancellation.switch();
            findings.extend(lector.unpack_parts(&file.name, &pieces, None, switch, &mut on_entry)?);
        }
        send(Opened { path: file.name.clone(), bytes, container });
    }
    Ok(findings)
}

/// Hands files from the store to the readers, as fast as they take them.
pub(super) async fn feed(
    open: &OpenCase,
    pending: Vec<Taken>,
    readers: mpsc::Sender<Fed>,
) -> Result<(), CaseworkError> {
    for Taken { path, hash, .. } in pending {
        let known = judgement::parts(&open.case, hash).await?;
        let bytes = open.case.read_original(hash).await?;
        if readers.send(Fed { path, bytes, known }).await.is_err() {
            // They ended: cancelled, or something is missing here; they say it themselves.
            break;
        }
    }
    Ok(())
}

/// Reads what is fed with as many files at once as there are readers.
pub(super) fn read_all(
    lector: &Lector,
    files: mpsc::Receiver<Fed>,
    context: &ReadingContext,
    cancellation: &Cancellation,
    sender: &mpsc::UnboundedSender<Step>,
) -> Result<(), LectorError> {
    let files = Mutex::new(files);
    let next = || files.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..lector.settings().readers)
            .map(|_| {
                scope.spawn(|| {
                    while let Some(Fed { path, bytes, known }) = next() {
                        let hash = FileHash::of(&bytes);
                        // A closed channel means that the import ended; the result is then dropped too.
                        let tell = |step| drop(sender.send(step));
                        let following = Following {
                            known,
                            on_page: &mut |_| tell(Step::Page { path: path.clone() }),
                            on_part: &mut |part| {
                                tell(Step::Part { hash, part: Box::new(part.clone()) });
                            },
                        };
                        let read = analyse_on(lector, &path, &bytes, context, cancellation, following)?;
                        tell(Step::File(Box::new(read)));
                    }
                    Ok(())
                })
            })
            .collect();
        running.into_iter().try_for_each(|thread| thread.join().unwrap_or(Err(LectorError::Cancelled)))
    })
}
