//! Imports: a pliego makes a case, packages become bids. What was stored stays; an interrupted import is taken up again by importing
//! the same path.

use super::acta_content::SAMPLE;
use super::open_case::OpenCase;
use super::taking::{ReadStep, Readers, Step, Taken, Turns, feed, feed_of_original, unpack};
use super::{Desk, judgement, readings, sealed};
use crate::analysis::{FileAnalysis, ReadingContext};
use crate::sources::{SourceBid, bids_at, name_of};
use crate::twins::Twins;
use crate::view::{
    Cancellation, CaseView, FindingView, ImportOutcome, ImportPhase, ImportProgress, ImportRemark,
    SealingOrder,
};
use crate::{CaseworkError, quick};
use cotejo_catalogue::message;
use cotejo_domain::{
    Bid, BidFile, BidId, Bidder, BidderKind, Capacity, Code, FileHash, Finding, Lot, LotId, Member, MemberId,
    ProcedureType, Severity,
};
use cotejo_store::{EventPayload, FileOwner, ImportItem, ImportStatus, NewCase};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Media type of SERCOP's own container.
const USHAY: &str = "application/vnd.sercop.ushay";

/// Hears how far an import is.
pub(crate) type Listener<'a> = &'a (dyn Fn(ImportProgress) + Send + Sync);

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
        let pack = quick::adopt_pack(&mut pliego, &self.packs().await?);
        let pack_reference = pack.as_ref().map(super::case_rules::reference).transpose()?;
        let code = pliego.process.code.as_ref().map(ToString::to_string);
        let new = NewCase {
            name: if sample { format!("{SAMPLE} {name}") } else { code.unwrap_or_else(|| name.clone()) },
            process: pliego.process.clone(),
            lots: vec![Lot::named(LotId(self.new_uuid()), message("casework.single_lot", &[]))],
            pack: pack_reference,
        };
        let case = self.profile.create_case(self.actor.id, new).await?;
        let member = Member {
            id: MemberId(self.new_uuid()),
            actor: self.actor.id,
            capacity: Capacity::ServidorDesignado,
        };
        let mut acts = vec![
            EventPayload::ActorAdded { actor: self.actor.clone() },
            EventPayload::MemberAdded { member },
        ];
        if let Some(pack) = &pack {
            acts.push(super::case_rules::freezing(pack)?);
        }
        case.record_all(self.actor.id, acts).await?;
        let media_type = if name.to_lowercase().ends_with(".ushay") || bytes.starts_with(b"info.ushay:") {
            USHAY
        } else {
            "application/octet-stream"
        };
        let file =
            case.import_file(self.actor.id, FileOwner::Process, &name, media_type, false, bytes).await?;
        let taken_in = EventPayload::PliegoImported { file: Some(file.hash), pliego: Box::new(pliego) };
        case.record(self.actor.id, taken_in).await?;
        self.profile.refresh_summary(&case).await?;
        let open = self.keep(case).await;
        if media_type == USHAY {
            self.take_annexes(&open, file, cancellation).await?;
        }
        tell(progress, ImportPhase::Done, 1, 1, None);
        Ok(open)
    }

    /// Makes files of the process of what its `.ushay` carries beside the data: the pliego's annexes. They are read when a person opens them.
    async fn take_annexes(
        &self,
        open: &Arc<OpenCase>,
        file: BidFile,
        cancellation: &Cancellation,
    ) -> Result<(), CaseworkError> {
        const ITS_OWN: [&str; 2] = ["proceso.xml", "zip.info"];
        let feed = feed_of_original(&open.case, file.hash).await?;
        let (lector, shelf, cancel) = (self.lector(), open.case.shelf(), cancellation.clone());
        let path = file.path.clone();
        let taken = blocking(move || {
            let mut taken = Vec::new();
            // What opening it told stands among the findings of the pliego already.
            unpack(&lector, &path, &feed, None, &cancel, &shelf, &mut taken).map(|_| taken)
        })
        .await??;
        let within = format!("{}/", file.path);
        let own = |path: &str| path.strip_prefix(&within).is_some_and(|name| ITS_OWN.contains(&name));
        let imports: Vec<_> = taken
            .into_iter()
            .filter(|annex| !own(&annex.path))
            .map(|annex| EventPayload::FileImported {
                owner: FileOwner::Process,
                file: BidFile {
                    hash: annex.hash,
                    media_type: quick::media_type_of(&annex.path).into(),
                    path: annex.path,
                    size: annex.size,
                    sealed: false,
                },
            })
            .collect();
        open.case.record_all(self.actor.id, imports).await?;
        open.forget().await;
        Ok(())
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
        self.import_bids_sealing(case, paths, &SealingOrder::default(), progress, cancellation).await
    }

    /// Brings bids into a case, and says what is sealed beside what the procedure seals.
    ///
    /// # Errors
    /// As [`Desk::import_bids`].
    pub async fn import_bids_sealing(
        &self,
        case: &str,
        paths: &[PathBuf],
        sealing: &SealingOrder,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<ImportOutcome, CaseworkError> {
        let open = self.opened(case).await?;
        let mut sources = Vec::new();
        for path in paths {
            sources.extend(bids_at(path)?.into_iter().map(|bid| (path.clone(), bid)));
        }
        self.import_sources(&open, sources, sealing, progress, cancellation).await
    }

    pub(crate) async fn import_sources(
        &self,
        open: &Arc<OpenCase>,
        sources: Vec<(PathBuf, SourceBid)>,
        sealing: &SealingOrder,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<ImportOutcome, CaseworkError> {
        let mut outcome =
            ImportOutcome { bids: 0, files: 0, pages: 0, cancelled: false, remarks: Vec::new() };
        // What a person pointed at is one import, also when it is stopped before its first file, or between two bids.
        let origins: BTreeSet<String> =
            sources.iter().map(|(origin, _)| origin.display().to_string()).collect();
        for origin in &origins {
            open.case.begin_import(origin, Vec::new()).await?;
        }
        self.take_models(open, cancellation).await?;
        for (origin, source) in sources {
            if cancellation.is_cancelled() {
                outcome.cancelled = true;
                break;
            }
            let one = self.import_one(open, &origin, source, sealing, progress, cancellation, &mut outcome);
            match one.await {
                Ok(()) => {}
                Err(error) if error.code() == Code::Cancelled => {
                    outcome.cancelled = true;
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        if !outcome.cancelled {
            for job in open.case.unfinished_imports().await? {
                if origins.contains(&job.source) {
                    open.case.end_import(job.id).await?;
                }
            }
        }
        open.forget().await;
        tell(progress, ImportPhase::Judging, outcome.files, outcome.files, None);
        self.place_plain(open).await?;
        open.judgement().await?;
        outcome.remarks.extend(super::lots::waiting_remarks(open).await?);
        tell(progress, ImportPhase::Done, outcome.files, outcome.files, None);
        Ok(outcome)
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one import, passed on once")]
    async fn import_one(
        &self,
        open: &Arc<OpenCase>,
        origin: &Path,
        source: SourceBid,
        sealing: &SealingOrder,
        progress: Listener<'_>,
        cancellation: &Cancellation,
        outcome: &mut ImportOutcome,
    ) -> Result<(), CaseworkError> {
        let case = &open.case;
        let state = case.state().await?;
        let lot = super::lots::on_arrival(case, &state).await?;
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
        let name = source.name.clone();
        let (taken, findings) = self.take_out(open, source, cancellation).await?;
        judgement::put_package_findings(case, bid, &findings).await?;
        outcome.remarks.extend(remarks(&name, &findings));
        for file in taken.iter().filter(|file| file.container) {
            if let Some(told) = &file.opened {
                judgement::put_opening_findings(case, file.hash, &file.path, told).await?;
            }
        }
        let owner = FileOwner::Bid(bid);
        let arrival = Arrival { bid, owner, known, origin: Some(origin.display().to_string()), taken };
        self.take_in(open, arrival, sealing, progress, cancellation, outcome).await?;
        super::lots::share(self, open, bid).await
    }

    /// Makes files of a bid of what was taken out, seals what is to be sealed, and reads the rest.
    pub(super) async fn take_in(
        &self,
        open: &Arc<OpenCase>,
        arrival: Arrival,
        sealing: &SealingOrder,
        progress: Listener<'_>,
        cancellation: &Cancellation,
        outcome: &mut ImportOutcome,
    ) -> Result<(), CaseworkError> {
        let Arrival { bid, owner, known, origin, taken } = arrival;
        let case = &open.case;
        let state = case.state().await?;
        let waiting = |file: &Taken| ImportItem {
            path: file.path.clone(),
            status: ImportStatus::Waiting,
            file: None,
            message: String::new(),
        };
        let job = match origin {
            Some(origin) => Some(case.begin_import(&origin, taken.iter().map(waiting).collect()).await?.id),
            None => None,
        };
        let code = state.process.code.as_ref().map(ToString::to_string);
        let procedure = state.process.procedure;
        let mut pending = Vec::new();
        let mut any_sealed = false;
        let mut media_types = BTreeMap::new();
        let seals = seals(procedure, &taken, sealing);
        // A package may hold the same bytes ten thousand times: nothing here looks through the other files for each.
        let known: HashMap<(&str, FileHash), &BidFile> =
            known.iter().map(|file| ((file.path.as_str(), file.hash), file)).collect();
        let sealed_bytes: BTreeSet<FileHash> =
            taken.iter().zip(&seals).filter(|(_, seal)| seal.is_some()).map(|(file, _)| file.hash).collect();
        for (file, due) in taken.into_iter().zip(seals) {
            let hash = file.hash;
            let present = known.get(&(file.path.as_str(), hash));
            // The same bytes cannot be sealed in one bid and read in another.
            let elsewhere = sealed_bytes.contains(&hash) || case.is_sealed(hash).await?;
            let is_sealed = present.map_or(elsewhere, |present| present.sealed);
            let stored = present.is_some();
            if is_sealed {
                any_sealed = true;
                let why = due.unwrap_or_else(|| sealed::why(procedure, &file.path));
                let mut note = quick::finding("casework.sealed.import", Severity::Info, &file.path);
                note.message = format!("{} {}", note.message, why.reason());
                outcome
                    .remarks
                    .push(ImportRemark { file: file.path.clone(), finding: FindingView::from(&note) });
            }
            if !stored {
                let media = if file.container { judgement::CONTAINER } else { "" };
                let (path, media_type) = (file.path.clone(), media.into());
                let file = BidFile { hash, path, size: file.size, media_type, sealed: is_sealed };
                case.record(self.actor.id, EventPayload::FileImported { owner, file }).await?;
            }
            let item = |status| ImportItem {
                path: file.path.clone(),
                status,
                file: Some(hash),
                message: String::new(),
            };
            let kept = file.container || is_sealed;
            let analysis = match kept {
                true => None,
                false => judgement::analysis(case, hash, &file.path, code.as_deref()).await?,
            };
            // An import that was interrupted may have read a file and not said what it is.
            if let (Some(analysis), Some(present)) = (&analysis, present)
                && present.media_type.is_empty()
            {
                media_types.insert(hash, analysis.media_type.clone());
            }
            let read_before = kept || analysis.is_some();
            if let Some(job) = job {
                let status = if read_before { ImportStatus::Done } else { ImportStatus::Stored };
                case.set_import_item(job, &item(status)).await?;
            }
            if !read_before {
                pending.push(file);
            }
        }
        // From here on the bid shows, with the pages that are there so far.
        open.forget().await;
        let import = Reading {
            job,
            bid,
            owner,
            procedure,
            code,
            sealing: sealing.clone(),
            sealed: any_sealed,
            media_types,
        };
        self.read_pending(open, import, pending, progress, cancellation, outcome).await?;
        if let Some(job) = job {
            case.end_import(job).await?;
        }
        Ok(())
    }

    async fn read_pending(
        &self,
        open: &Arc<OpenCase>,
        mut import: Reading,
        pending: Vec<Taken>,
        progress: Listener<'_>,
        cancellation: &Cancellation,
        outcome: &mut ImportOutcome,
    ) -> Result<(), CaseworkError> {
        let total = count(pending.len());
        // Few: whoever is slow to store slows the reading down, and nothing piles up in between.
        let (sender, mut results) = mpsc::channel(64);
        // One file waits; the others rest in the store until a reader is free.
        let (queue, fed) = mpsc::channel(1);
        let at_once = !sealed::expected(import.procedure);
        let of_case = self.lector_of(&open.case).await?;
        let remark = of_case.remark();
        let readers = Readers {
            lector: of_case.lector,
            open: Arc::clone(open),
            context: ReadingContext {
                process_code: import.code.clone(),
                anchors: self.anchors.lock().await.clone(),
                models: super::models::of_process(&open.case).await?,
                examples: self.examples().await?,
                field_examples: self.field_examples().await?,
                ..ReadingContext::default()
            },
            cancellation: cancellation.clone(),
            at_once,
            runtime: tokio::runtime::Handle::current(),
            turns: Turns::default(),
            twins: Twins::default(),
        };
        let mut media_types = std::mem::take(&mut import.media_types);
        let work = tokio::task::spawn_blocking(move || readers.read_all(fed, &sender));
        let mut feeding = std::pin::pin!(feed(open, pending, queue));
        let mut all_fed = false;
        let mut errors = 0;
        let mut done = 0;
        loop {
            let step = tokio::select! {
                fed = &mut feeding, if !all_fed => {
                    fed?;
                    all_fed = true;
                    continue;
                }
                step = results.recv() => step,
            };
            let Some(step) = step else { break };
            match step {
                Step::Page { path } => {
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
                    let ReadStep { mut analysis, waited } = *read;
                    analysis.findings.extend(remark.clone());
                    done += 1;
                    outcome.files += 1;
                    errors += count(
                        analysis
                            .findings
                            .iter()
                            .filter(|finding| finding.severity == Severity::Error)
                            .count(),
                    );
                    if sealed::shown_by_reading(import.procedure, &analysis, &import.sealing) {
                        readings::drop_all(&open.case, analysis.hash).await?;
                        self.seal_read_of(open, import.owner, &analysis).await?;
                        import.sealed = true;
                        let path = &analysis.path;
                        let finding = quick::finding("casework.sealed.found", Severity::Warning, path);
                        outcome.remarks.extend(remarks(path, &[finding]));
                    } else {
                        if !at_once {
                            readings::index(&open.case, analysis.hash).await?;
                            readings::put_memory(&open.case, &waited).await?;
                        }
                        // Last: where the analysis is, everything else is too.
                        let code = import.code.as_deref();
                        judgement::put_analysis_at(&open.case, &analysis, code, "").await?;
                        self.count_recognised(open, &analysis).await?;
                        media_types.insert(analysis.hash, analysis.media_type.clone());
                        outcome.remarks.extend(remarks(&analysis.path, &analysis.findings));
                    }
                    let item = ImportItem {
                        path: analysis.path.clone(),
                        status: ImportStatus::Done,
                        file: Some(analysis.hash),
                        message: String::new(),
                    };
                    if let Some(job) = import.job {
                        open.case.set_import_item(job, &item).await?;
                    }
                    tell(progress, ImportPhase::Recognising, done, total, Some(&analysis.path));
                }
            }
        }
        // What the files of a bid are is told in one act; an answer lies beside the bid.
        if !media_types.is_empty() && import.owner == FileOwner::Bid(import.bid) {
            let media_types = media_types.into_iter().collect();
            let described = EventPayload::FilesDescribed { bid: import.bid, media_types };
            open.case.record(self.actor.id, described).await?;
        }
        match work.await {
            Ok(result) => result?,
            Err(error) => {
                return Err(CaseworkError::refused(Code::Internal, "casework.internal", error.to_string()));
            }
        }
        if sealed::expected(import.procedure) && !import.sealed && import.owner == FileOwner::Bid(import.bid)
        {
            let finding = quick::finding("casework.sealed.none", Severity::Warning, "");
            outcome.remarks.extend(remarks("", &[finding]));
        }
        Ok(())
    }

    /// Seals a file that only reading showed to be an economic envelope; what was read of it is dropped.
    pub(super) async fn seal_read(
        &self,
        open: &OpenCase,
        bid: BidId,
        analysis: &FileAnalysis,
    ) -> Result<(), CaseworkError> {
        self.seal_read_of(open, FileOwner::Bid(bid), analysis).await
    }

    async fn seal_read_of(
        &self,
        open: &OpenCase,
        owner: FileOwner,
        analysis: &FileAnalysis,
    ) -> Result<(), CaseworkError> {
        let files = open.case.files(owner).await?;
        for file in files.into_iter().filter(|file| file.hash == analysis.hash && !file.sealed) {
            let file = BidFile { sealed: true, media_type: analysis.media_type.clone(), ..file };
            open.case.record(self.actor.id, EventPayload::FileImported { owner, file }).await?;
        }
        Ok(())
    }
}

/// What came for a bid: out of a source, or later out of one of its packages.
pub(super) struct Arrival {
    pub(super) bid: BidId,
    /// Whose files they become: the bid's, or those of its answer to a *convalidación*.
    pub(super) owner: FileOwner,
    /// The files that the bid has already.
    pub(super) known: Vec<BidFile>,
    /// The path that a person pointed at; `None` when it came out of what the case has.
    pub(super) origin: Option<String>,
    pub(super) taken: Vec<Taken>,
}

/// What the reading of one import knows.
struct Reading {
    /// Where the import is noted that can be taken up again by importing the same path.
    job: Option<uuid::Uuid>,
    bid: BidId,
    owner: FileOwner,
    procedure: ProcedureType,
    code: Option<String>,
    sealing: SealingOrder,
    /// Whether anything of this bid was sealed.
    sealed: bool,
    /// What is known already of files that were read before.
    /// What each file is, once for the same bytes.
    media_types: BTreeMap<FileHash, String>,
}

/// Says for each file whether it is to be sealed. A package is sealed with what it holds: its bytes are the same bytes.
fn seals(procedure: ProcedureType, taken: &[Taken], order: &SealingOrder) -> Vec<Option<sealed::Seal>> {
    let own: Vec<_> = taken.iter().map(|file| sealed::due(procedure, &file.path, order)).collect();
    taken
        .iter()
        .zip(&own)
        .map(|(file, seal)| {
            if !file.container {
                return *seal;
            }
            let within = format!("{}/", file.path);
            let inner = taken
                .iter()
                .zip(&own)
                .find_map(|(entry, seal)| if entry.path.starts_with(&within) { *seal } else { None });
            seal.or(inner)
        })
        .collect()
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
