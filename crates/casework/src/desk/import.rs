//! Imports: a pliego makes a case, packages become bids. What was stored stays; an interrupted import is taken up again by importing
//! the same path.

use super::acta_content::SAMPLE;
use super::open_case::OpenCase;
use super::{Desk, judgement};
use crate::analysis::{ReadFile, ReadingContext, analyse};
use crate::sources::{SourceBid, bids_at, name_of};
use crate::view::{
    Cancellation, CaseView, FindingView, ImportOutcome, ImportPhase, ImportProgress, ImportRemark,
};
use crate::{CaseworkError, quick};
use cotejo_catalogue::message;
use cotejo_domain::{
    Bid, BidId, Bidder, BidderKind, Capacity, Code, FileHash, Finding, Lot, LotId, Member, MemberId, Severity,
};
use cotejo_lector_client::{Lector, LectorError};
use cotejo_lector_protocol::IntakeLimits;
use cotejo_rules::RulePack;
use cotejo_store::{EventPayload, FileOwner, ImportItem, ImportStatus, NewCase, PackReference};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc;

/// Hears how far an import is.
pub(crate) type Listener<'a> = &'a (dyn Fn(ImportProgress) + Send + Sync);

/// One file taken out of a package, ready to be stored.
struct Taken {
    path: String,
    bytes: Vec<u8>,
    /// A package itself is kept as it came, and not read: its entries are.
    container: bool,
}

impl Desk {
    /// Makes a case from a pliego (`.ushay`, `proceso.xml`, PDF or DOCX).
    ///
    /// # Errors
    /// When the file cannot be read at all, no rule pack fits, or the person cancelled.
    pub async fn create_case(
        &self,
        pliego: &Path,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<CaseView, CaseworkError> {
        let open = self.create_case_started(pliego, None, false, progress, cancellation).await?;
        self.case_view(&open).await
    }

    pub(crate) async fn create_case_started(
        &self,
        path: &Path,
        started: Option<jiff::civil::Date>,
        sample: bool,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<Arc<OpenCase>, CaseworkError> {
        let name = name_of(path);
        tell(progress, ImportPhase::Opening, 0, 1, Some(&name));
        let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
        let (lector, file_name, content) = (self.lector(), name.clone(), bytes.clone());
        let cancel = cancellation.clone();
        let mut pliego =
            blocking(move || quick::decode_pliego(&lector, &file_name, &content, &cancel)).await??;
        if let Some(date) = started {
            pliego.process.started = Some(date);
        }
        let pack = pliego.process.started.and_then(|date| RulePack::for_start(date).ok());
        match pack {
            Some(pack) => pliego.requirements = cotejo_rules::requirements_for(&pliego, pack),
            None => pliego.findings.push(quick::finding("casework.no_pack", Severity::Warning, "")),
        }
        let pack_reference = pack
            .map(|pack| -> Result<_, CaseworkError> {
                let sha256 = pack.sha256.parse().map_err(|_| {
                    CaseworkError::refused(Code::Internal, "casework.internal", "sha256 of the pack")
                })?;
                Ok(PackReference { id: pack.id.clone(), sha256 })
            })
            .transpose()?;
        let code = pliego.process.code.as_ref().map(ToString::to_string);
        let new = NewCase {
            name: if sample { format!("{SAMPLE} {name}") } else { code.unwrap_or_else(|| name.clone()) },
            process: pliego.process.clone(),
            lots: vec![Lot { id: LotId(self.new_uuid()), name: message("casework.single_lot", &[]) }],
            pack: pack_reference,
        };
        let case = self.profile.create_case(self.actor.id, new).await?;
        let member = Member {
            id: MemberId(self.new_uuid()),
            actor: self.actor.id,
            capacity: Capacity::ServidorDesignado,
        };
        let acts = vec![
            EventPayload::ActorAdded { actor: self.actor.clone() },
            EventPayload::MemberAdded { member },
        ];
        case.record_all(self.actor.id, acts).await?;
        let media_type = if name.to_lowercase().ends_with(".ushay") {
            "application/vnd.sercop.ushay"
        } else {
            "application/octet-stream"
        };
        let file =
            case.import_file(self.actor.id, FileOwner::Process, &name, media_type, false, bytes).await?;
        let taken_in = EventPayload::PliegoImported { file: Some(file.hash), pliego: Box::new(pliego) };
        case.record(self.actor.id, taken_in).await?;
        self.profile.refresh_summary(&case).await?;
        tell(progress, ImportPhase::Done, 1, 1, None);
        Ok(self.keep(case).await)
    }

    /// Brings bids into a case: each path is a package, a folder with one bid, or a folder of bids.
    ///
    /// # Errors
    /// When a path cannot be listed, the worker is missing, or the case refuses (sealed). A file that cannot be read is a remark.
    pub async fn import_bids(
        &self,
        case: &str,
        paths: &[PathBuf],
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<ImportOutcome, CaseworkError> {
        let open = self.opened(case).await?;
        let mut sources = Vec::new();
        for path in paths {
            sources.extend(bids_at(path)?.into_iter().map(|bid| (path.clone(), bid)));
        }
        self.import_sources(&open, sources, progress, cancellation).await
    }

    pub(crate) async fn import_sources(
        &self,
        open: &OpenCase,
        sources: Vec<(PathBuf, SourceBid)>,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<ImportOutcome, CaseworkError> {
        let mut outcome =
            ImportOutcome { bids: 0, files: 0, pages: 0, cancelled: false, remarks: Vec::new() };
        for (origin, source) in sources {
            if cancellation.is_cancelled() {
                outcome.cancelled = true;
                break;
            }
            match self.import_one(open, &origin, source, progress, cancellation, &mut outcome).await {
                Ok(()) => {}
                Err(error) if error.code() == Code::Cancelled => {
                    outcome.cancelled = true;
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        open.forget().await;
        tell(progress, ImportPhase::Judging, outcome.files, outcome.files, None);
        open.judgement().await?;
        tell(progress, ImportPhase::Done, outcome.files, outcome.files, None);
        Ok(outcome)
    }

    async fn import_one(
        &self,
        open: &OpenCase,
        origin: &Path,
        source: SourceBid,
        progress: Listener<'_>,
        cancellation: &Cancellation,
        outcome: &mut ImportOutcome,
    ) -> Result<(), CaseworkError> {
        let case = &open.case;
        let state = case.state().await?;
        let lot = state
            .lots
            .first()
            .map(|lot| lot.id)
            .ok_or_else(|| CaseworkError::refused(Code::BrokenLog, "casework.no_lot", ""))?;
        let existing = case.bids().await?.into_iter().find(|bid| bid.bidder.name == source.name);
        let (bid, known) = match existing {
            Some(bid) => (bid.id, bid.files),
            None => {
                let id = BidId(self.new_uuid());
                let bidder = Bidder {
                    name: source.name.clone(),
                    ruc: None,
                    kind: BidderKind::Unknown,
                    members: Vec::new(),
                };
                let bid = Bid { id, lot, bidder, files: Vec::new() };
                case.record(self.actor.id, EventPayload::BidAdded { bid }).await?;
                outcome.bids += 1;
                (id, Vec::new())
            }
        };
        tell(progress, ImportPhase::Opening, 0, 0, Some(&source.name));
        let (lector, cancel) = (self.lector(), cancellation.clone());
        let name = source.name.clone();
        let (taken, findings) = blocking(move || take_out(&lector, source, &cancel)).await??;
        judgement::put_package_findings(case, bid, &findings).await?;
        outcome.remarks.extend(remarks(&name, &findings));

        let waiting = |file: &Taken| ImportItem {
            path: file.path.clone(),
            status: ImportStatus::Waiting,
            file: None,
            message: String::new(),
        };
        let job =
            case.begin_import(&origin.display().to_string(), taken.iter().map(waiting).collect()).await?;
        let code = state.process.code.as_ref().map(ToString::to_string);
        let mut pending = Vec::new();
        for file in taken {
            let hash = FileHash::of(&file.bytes);
            let stored = known.iter().any(|present| present.path == file.path && present.hash == hash);
            if !stored {
                let media = if file.container { judgement::CONTAINER } else { "" };
                case.import_file(
                    self.actor.id,
                    FileOwner::Bid(bid),
                    &file.path,
                    media,
                    false,
                    file.bytes.clone(),
                )
                .await?;
            }
            let item = |status| ImportItem {
                path: file.path.clone(),
                status,
                file: Some(hash),
                message: String::new(),
            };
            let read_before = file.container
                || judgement::analysis(case, hash, &file.path, code.as_deref()).await?.is_some();
            case.set_import_item(
                job.id,
                &item(if read_before { ImportStatus::Done } else { ImportStatus::Stored }),
            )
            .await?;
            if !read_before {
                pending.push(file);
            }
        }
        self.read_pending(open, job.id, pending, code, progress, cancellation, outcome).await?;
        case.end_import(job.id).await?;
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one import, passed on once")]
    async fn read_pending(
        &self,
        open: &OpenCase,
        job: uuid::Uuid,
        pending: Vec<Taken>,
        code: Option<String>,
        progress: Listener<'_>,
        cancellation: &Cancellation,
        outcome: &mut ImportOutcome,
    ) -> Result<(), CaseworkError> {
        let total = count(pending.len());
        let (sender, mut results) = mpsc::unbounded_channel();
        let (lector, cancel) = (self.lector(), cancellation.clone());
        let context =
            ReadingContext { process_code: code.clone(), anchors: self.anchors.lock().await.clone() };
        let work =
            tokio::task::spawn_blocking(move || read_all(&lector, &pending, &context, &cancel, &sender));
        let mut errors = 0;
        let mut done = 0;
        while let Some(step) = results.recv().await {
            match step {
                Step::Page { path, .. } => {
                    outcome.pages += 1;
                    progress(ImportProgress {
                        phase: ImportPhase::Reading,
                        files_done: done,
                        files_total: total,
                        pages_done: outcome.pages,
                        pages_total: 0,
                        current: Some(path),
                        errors,
                    });
                }
                Step::File(read) => {
                    done += 1;
                    outcome.files += 1;
                    errors += count(
                        read.analysis
                            .findings
                            .iter()
                            .filter(|finding| finding.severity == Severity::Error)
                            .count(),
                    );
                    judgement::put_analysis(&open.case, &read, code.as_deref()).await?;
                    outcome.remarks.extend(remarks(&read.analysis.path, &read.analysis.findings));
                    let item = ImportItem {
                        path: read.analysis.path.clone(),
                        status: ImportStatus::Done,
                        file: Some(read.analysis.hash),
                        message: String::new(),
                    };
                    open.case.set_import_item(job, &item).await?;
                    tell(progress, ImportPhase::Recognising, done, total, Some(&read.analysis.path));
                }
            }
        }
        match work.await {
            Ok(result) => Ok(result?),
            Err(error) => Err(CaseworkError::refused(Code::Internal, "casework.internal", error.to_string())),
        }
    }
}

enum Step {
    Page { path: String },
    File(Box<ReadFile>),
}

fn read_all(
    lector: &Lector,
    pending: &[Taken],
    context: &ReadingContext,
    cancellation: &Cancellation,
    sender: &mpsc::UnboundedSender<Step>,
) -> Result<(), LectorError> {
    let next = AtomicUsize::new(0);
    let threads =
        std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get).min(pending.len().max(1));
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    while let Some(file) = pending.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let mut heard = || {
                            // A closed channel means that the import ended; the result is then dropped too.
                            let _ = sender.send(Step::Page { path: file.path.clone() });
                        };
                        let read =
                            analyse(lector, &file.path, &file.bytes, context, cancellation, &mut heard)?;
                        let _ = sender.send(Step::File(Box::new(read)));
                    }
                    Ok(())
                })
            })
            .collect();
        running.into_iter().try_for_each(|thread| thread.join().unwrap_or(Err(LectorError::Cancelled)))
    })
}

/// Takes every file out of a source; packages are opened by the worker, and kept themselves as they came.
fn take_out(
    lector: &Lector,
    source: SourceBid,
    cancellation: &Cancellation,
) -> Result<(Vec<Taken>, Vec<Finding>), CaseworkError> {
    let limits = IntakeLimits::default();
    let (mut taken, mut findings) = (Vec::new(), Vec::new());
    let mut total = 0_u64;
    for file in source.files {
        let size = std::fs::metadata(&file.path).map_err(CaseworkError::file(&file.path))?.len();
        let package = quick::is_container(&file.path)?;
        let most = if package { limits.package_bytes } else { limits.file_bytes };
        total = total.saturating_add(size);
        if size > most || total > limits.package_bytes {
            findings.push(quick::finding("casework.file_too_large", Severity::Error, &file.name));
            continue;
        }
        let bytes = std::fs::read(&file.path).map_err(CaseworkError::file(&file.path))?;
        if package {
            let unpacked = lector.unpack(&file.name, &bytes, cancellation.switch())?;
            findings.extend(unpacked.findings);
            for (entry, content) in unpacked.entries {
                taken.push(Taken {
                    path: format!("{}/{}", file.name, entry.path),
                    bytes: content,
                    container: false,
                });
            }
        }
        taken.push(Taken { path: file.name, bytes, container: package });
    }
    Ok((taken, findings))
}

fn remarks(file: &str, findings: &[Finding]) -> Vec<ImportRemark> {
    findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info)
        .map(|finding| ImportRemark { file: file.to_owned(), finding: FindingView::from(finding) })
        .collect()
}

fn tell(progress: Listener<'_>, phase: ImportPhase, done: u32, total: u32, current: Option<&str>) {
    progress(ImportProgress {
        phase,
        files_done: done,
        files_total: total,
        pages_done: 0,
        pages_total: 0,
        current: current.map(str::to_owned),
        errors: 0,
    });
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, CaseworkError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| CaseworkError::refused(Code::Internal, "casework.internal", error.to_string()))
}
