//! Files, documents, pages and search.

use super::curing::{answer_files, answer_was_read};
use super::judgement::{self, JudgedBid};
use super::matrix::Decided;
use super::taking::feed_of_original;
use super::{Desk, labels, pages, readings, rereading, sealed};
use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::measure::level::Levels;
use crate::view::{
    BidDocuments, DocumentView, DocumentsView, ExampleReason, FileView, FindingView, PageStatusView,
    PageSummary, PageView, SearchHit, SignatureView, WordView, WrittenView,
};
use cotejo_domain::{
    BidFile, Code, FileHash, PageRemedy, PageStatus, ProcedureType, Severity, SignatureVerdict,
};
use cotejo_lector_client::FileFeed;
use cotejo_store::FileOwner;
use std::collections::{BTreeMap, BTreeSet};

/// Pages of this type are drawn from the file itself.
const PDF: &str = "application/pdf";

impl Desk {
    /// Shows everything that was handed in.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn documents(&self, case: &str) -> Result<DocumentsView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let process = judgement::process_files(&open.case).await?;
        let procedure = judgement.state.process.procedure;
        let findings =
            judgement.state.pliego.as_ref().map_or_else(Vec::new, |pliego| pliego.findings.clone());
        let shelf = Shelf::of(self, &open).await?.with_packages(&open, &judgement).await?;
        let mut of_process = Vec::new();
        for file in &process {
            let mut view = file_view(file, None, procedure, &shelf);
            view.pages = shelf.pages_of_process(&open, file.hash).await?;
            // A pliego in SERCOP's own format is read as data.
            view.unread = view.pages.is_empty() && file.media_type != "application/vnd.sercop.ushay";
            of_process.push(view);
        }
        let mut bids = vec![BidDocuments {
            bid: None,
            number: 0,
            name: cotejo_catalogue::message("casework.pliego", &[]),
            ruc: None,
            files: of_process,
            findings: findings.iter().chain(&judgement.warnings).map(FindingView::from).collect(),
            answer: false,
        }];
        let early = early_pages(&open, &judgement).await?;
        bids.extend(judgement.bids.iter().map(|judged| {
            BidDocuments {
                bid: Some(judged.bid.id.to_string()),
                number: judged.number,
                name: judged.bid.bidder.name.clone(),
                ruc: judged.bid.bidder.ruc.as_ref().map(ToString::to_string),
                files: judged
                    .bid
                    .files
                    .iter()
                    .map(|file| {
                        let read = judged.files.iter().find(|read| read.path == file.path);
                        let mut view = file_view(file, read, procedure, &shelf);
                        if let Some(pages) = early.get(&file.hash).filter(|_| read.is_none()) {
                            view.pages.clone_from(pages);
                        }
                        view
                    })
                    .collect(),
                findings: judged.findings.iter().map(FindingView::from).collect(),
                answer: false,
            }
        }));
        for (judged, files) in answer_files(&open, &judgement).await? {
            bids.push(BidDocuments {
                bid: Some(judged.bid.id.to_string()),
                number: judged.number,
                name: judged.bid.bidder.name.clone(),
                ruc: judged.bid.bidder.ruc.as_ref().map(ToString::to_string),
                files: files
                    .iter()
                    .map(|(file, read)| file_view(file, read.as_ref(), procedure, &shelf))
                    .collect(),
                findings: Vec::new(),
                answer: true,
            });
        }
        Ok(DocumentsView { bids })
    }

    /// Shows a page: its measures and words.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is no such page.
    pub async fn page(&self, case: &str, file: &str, page: u32) -> Result<PageView, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = hash(file)?;
        let (mut pages, mut count) = readings::to_show(&open.case, hash, page).await?;
        let owners = open.case.owners_of(hash).await?;
        let path = owners.first().map_or_else(String::new, |(_, file)| file.path.clone());
        let of_process = owners.iter().any(|(owner, _)| *owner == FileOwner::Process);
        if count == 0 && of_process {
            pages = self.read_process_file(&open, hash, &path).await?;
            count = pages.len();
        }
        let no_such =
            || CaseworkError::refused(Code::NotFound, "casework.no_such_page", format!("{file}, {page}"));
        let remedies = open.case.page_remedies(hash).await?;
        if let Some(turned) = pages::as_turned(&open.case, hash, &remedies, page).await?
            && let Some(place) = pages.iter_mut().find(|reading| reading.number == page)
        {
            *place = turned;
        }
        let reading = pages.iter().find(|reading| reading.number == page).ok_or_else(no_such)?;
        let judgement = open.judgement().await?;
        let analysis = judgement.bids.iter().find_map(|bid| bid.file(hash));
        // Reading may yet show that it is to be sealed.
        if analysis.is_none()
            && !of_process
            && sealed::expected(judgement.state.process.procedure)
            && !answer_was_read(&open, &judgement, &owners, hash).await?
        {
            return Err(no_such());
        }
        self.look_at_page(&open, &judgement, hash, page).await?;
        let written = match pages::text_of(&remedies, page) {
            Some((remedy, text)) => Some(written_view(&Decided::of(&open.case).await?, remedy, text)),
            None => None,
        };
        Ok(PageView {
            file: file.to_owned(),
            file_name: path,
            turn: pages::turn_of(&remedies, page).unwrap_or(0).into(),
            machine_text: reading.text(),
            written,
            page,
            page_count: u32::try_from(count).unwrap_or(u32::MAX),
            width: reading.width,
            height: reading.height,
            rotation: reading.rotation.into(),
            status: reading.status.into(),
            reading_view: reading.reading_view,
            reading: super::reading_text::text_of(&pages, page),
            words: reading
                .words
                .iter()
                .map(|word| WordView {
                    text: word.text.clone(),
                    bounds: word.quad.bounds().to_vec(),
                    line: word.line,
                })
                .collect(),
            findings: analysis.map_or_else(Vec::new, |analysis| {
                analysis
                    .findings
                    .iter()
                    .filter(|finding| finding.page == Some(page))
                    .map(FindingView::from)
                    .collect()
            }),
        })
    }

    /// Renders a page to PNG; `scale` 1 is 72 pixels an inch.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is no such file; what the worker cannot render is an error of its own.
    pub async fn page_image(
        &self,
        case: &str,
        file: &str,
        page: u32,
        scale: f64,
    ) -> Result<Vec<u8>, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = hash(file)?;
        let feed = feed_of_original(&open.case, hash).await?;
        let turn = pages::turn_of(&open.case.page_remedies(hash).await?, page).unwrap_or(0);
        let password = self.password_of(&open, hash).await;
        self.render_turned(feed, page, scale, turn, password).await
    }

    /// Renders a page of a file of a case as it came.
    pub(crate) async fn render(
        &self,
        case: &cotejo_store::Case,
        hash: FileHash,
        page: u32,
        scale: f64,
    ) -> Result<Vec<u8>, CaseworkError> {
        self.render_turned(feed_of_original(case, hash).await?, page, scale, 0, None).await
    }

    async fn render_turned(
        &self,
        feed: FileFeed<'static>,
        page: u32,
        scale: f64,
        turn: u16,
        password: Option<cotejo_lector_protocol::Password>,
    ) -> Result<Vec<u8>, CaseworkError> {
        let lector = self.lector();
        #[expect(clippy::cast_possible_truncation, reason = "a scale between 0.1 and 8")]
        let scale = scale.clamp(0.1, 8.0) as f32;
        let switch = crate::view::Cancellation::default();
        let rendered = super::import::blocking(move || {
            lector.render_turned(&feed, page, scale, turn, password.as_ref(), switch.switch())
        })
        .await??;
        let why = rendered.findings.first().map_or_else(String::new, |finding| finding.message.clone());
        let missing = || CaseworkError::refused(Code::UnreadableInput, "casework.no_image", why);
        Ok(rendered.value.ok_or_else(missing)?.png)
    }

    /// Finds words in the pages of a case; case and accents do not matter.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn search(&self, case: &str, text: &str) -> Result<Vec<SearchHit>, CaseworkError> {
        const MOST: u32 = 200;
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let mut hits = Vec::new();
        for hit in open.case.search(text, MOST).await? {
            for (owner, file) in open.case.owners_of(hit.file).await? {
                let bid = match owner {
                    FileOwner::Bid(id) | FileOwner::Answer(id) => judgement.bid(id),
                    FileOwner::Process => None,
                };
                hits.push(SearchHit {
                    bid_number: bid.map_or(0, |bid: &JudgedBid| bid.number),
                    bid_name: bid.map_or_else(
                        || cotejo_catalogue::message("casework.pliego", &[]),
                        |bid| bid.bid.bidder.name.clone(),
                    ),
                    bid_ruc: bid.and_then(|bid| bid.bid.bidder.ruc.as_ref()).map(ToString::to_string),
                    file: hit.file.to_string(),
                    file_name: file.path,
                    page: hit.page,
                    excerpt: hit.snippet.clone(),
                });
            }
        }
        Ok(hits)
    }
}

pub(crate) fn hash(text: &str) -> Result<FileHash, CaseworkError> {
    text.parse().map_err(|_| CaseworkError::refused(Code::NotFound, "casework.no_such_file", text))
}

/// What stands beside the files of a case: what persons did to pages, and which passwords are at hand.
struct Shelf {
    remedies: Vec<PageRemedy>,
    unlocked: Vec<FileHash>,
    /// Packages of which something stays under its password, with their paths.
    locked: BTreeSet<(FileHash, String)>,
    /// What may be shown as *seguro*.
    levels: Levels,
}

impl Shelf {
    async fn of(desk: &Desk, open: &super::open_case::OpenCase) -> Result<Self, CaseworkError> {
        let case = open.case.id();
        let passwords = desk.passwords.lock().await;
        let unlocked = passwords.keys().filter(|(of, _)| *of == case).map(|(_, file)| *file).collect();
        drop(passwords);
        Ok(Self {
            remedies: open.case.all_page_remedies().await?,
            unlocked,
            locked: BTreeSet::new(),
            levels: desk.levels().await?,
        })
    }

    async fn with_packages(
        mut self,
        open: &super::open_case::OpenCase,
        judgement: &judgement::Judgement,
    ) -> Result<Self, CaseworkError> {
        let mut packages = Vec::new();
        for judged in &judgement.bids {
            packages.extend(judged.bid.files.iter().filter(|file| file.media_type == judgement::CONTAINER));
        }
        for file in packages.into_iter().filter(|file| !file.sealed) {
            let told = judgement::opening_findings(&open.case, file.hash, &file.path).await?;
            if told.iter().flatten().any(rereading::is_about_password) {
                self.locked.insert((file.hash, file.path.clone()));
            }
        }
        Ok(self)
    }

    fn remedies_of(&self, file: FileHash) -> Vec<PageRemedy> {
        self.remedies.iter().filter(|remedy| remedy.file == file).cloned().collect()
    }

    async fn pages_of_process(
        &self,
        open: &super::open_case::OpenCase,
        file: FileHash,
    ) -> Result<Vec<PageSummary>, CaseworkError> {
        let remedies = self.remedies_of(file);
        let pages = judgement::pages(&open.case, file).await?;
        Ok(pages
            .iter()
            .map(|page| PageSummary {
                number: page.number,
                status: PageStatusView::from(page.status),
                document: String::new(),
                failure: None,
                turn: pages::turn_of(&remedies, page.number).unwrap_or(0).into(),
                written: pages::text_of(&remedies, page.number).is_some(),
                reading_view: page.reading_view,
            })
            .collect())
    }
}

/// Returns the pages that can be looked at already of files that are still being read; none where reading may show that a file is to be
/// sealed.
async fn early_pages(
    open: &super::open_case::OpenCase,
    judgement: &judgement::Judgement,
) -> Result<BTreeMap<FileHash, Vec<PageSummary>>, CaseworkError> {
    let mut early = BTreeMap::new();
    if sealed::expected(judgement.state.process.procedure) {
        return Ok(early);
    }
    // Gathered first: an iterator with closures may not be held while something is waited for.
    let mut files = Vec::new();
    for judged in &judgement.bids {
        files.extend(judged.bid.files.iter().map(|file| (judged, file)));
    }
    for (judged, file) in files {
        let read = judged.files.iter().any(|read| read.path == file.path);
        if read || file.sealed || file.media_type == judgement::CONTAINER {
            continue;
        }
        let pages = readings::outline(&open.case, file.hash).await?;
        let pages = pages.iter().map(|page| PageSummary {
            number: page.number,
            status: PageStatusView::from(page.status),
            document: String::new(),
            failure: None,
            turn: 0,
            written: false,
            reading_view: page.reading_view,
        });
        early.insert(file.hash, pages.collect());
    }
    Ok(early)
}

fn written_view(decided: &Decided, remedy: &PageRemedy, text: &str) -> WrittenView {
    let by = decided.person(remedy.author).to_owned();
    WrittenView { text: text.to_owned(), initials: labels::initials(&by), by, at: remedy.at.to_string() }
}

/// Says why a page could not be read, in the words of its finding.
fn failure(analysis: &FileAnalysis, page: u32, status: PageStatus) -> Option<String> {
    if status != PageStatus::Failed {
        return None;
    }
    let of_page = || analysis.findings.iter().filter(|finding| finding.page == Some(page));
    let worst = of_page().find(|finding| finding.severity == Severity::Error);
    let found = worst.or_else(|| of_page().next());
    Some(found.map_or_else(
        || cotejo_catalogue::message("casework.page.failed_without_reason", &[]),
        |finding| finding.message.clone(),
    ))
}

/// Says by which example a document got its type.
fn example_of(analysis: &FileAnalysis, document: &cotejo_domain::Document) -> Option<ExampleReason> {
    let used = analysis.trace.examples.iter().find(|used| document.pages.contains(&used.page))?;
    let told = analysis.findings.iter().find(|finding| {
        finding.page == Some(used.page)
            && matches!(finding.code.as_str(), "recognition.by_example" | "recognition.by_colleague")
    })?;
    Some(ExampleReason { id: used.example.to_string(), reason: told.message.clone() })
}

fn file_view(
    file: &BidFile,
    analysis: Option<&FileAnalysis>,
    procedure: ProcedureType,
    shelf: &Shelf,
) -> FileView {
    let remedies = shelf.remedies_of(file.hash);
    let empty = FileView {
        hash: file.hash.to_string(),
        path: file.path.clone(),
        size: labels::size(file.size),
        media_type: analysis.map_or_else(|| file.media_type.clone(), |analysis| analysis.media_type.clone()),
        sealed: file.sealed,
        sealed_reason: file.sealed.then(|| super::sealed::why(procedure, &file.path).reason()),
        unread: !file.sealed && analysis.is_none() && file.media_type != judgement::CONTAINER,
        wants_password: shelf.locked.contains(&(file.hash, file.path.clone())),
        pages: Vec::new(),
        documents: Vec::new(),
        arranged: false,
        signatures: Vec::new(),
        findings: Vec::new(),
    };
    let Some(analysis) = analysis else { return empty };
    let name_at = |page: u32| {
        let document = analysis.documents.iter().find(|document| document.pages.contains(&page));
        document.map_or_else(String::new, |document| labels::document_type(&document.kind.0))
    };
    let unlocked = shelf.unlocked.contains(&file.hash);
    FileView {
        wants_password: analysis.findings.iter().any(|found| {
            rereading::is_about_password(found) && !(unlocked && rereading::wants_password(found))
                // Flowing text needs its file no more once it is read; pages are drawn from it every day.
                || found.code == rereading::WITH_PASSWORD && !unlocked && analysis.media_type == PDF
        }),
        pages: analysis
            .pages
            .iter()
            .map(|page| PageSummary {
                number: page.number,
                status: PageStatusView::from(page.status),
                document: name_at(page.number),
                failure: failure(analysis, page.number, page.status),
                turn: pages::turn_of(&remedies, page.number).unwrap_or(0).into(),
                written: pages::text_of(&remedies, page.number).is_some(),
                reading_view: page.reading_view,
            })
            .collect(),
        documents: analysis
            .documents
            .iter()
            .map(|document| DocumentView {
                id: document.id.to_string(),
                kind: document.kind.to_string(),
                name: labels::document_type(&document.kind.0),
                confidence: document.confidence.value(),
                // Invariant 13: what no person named is probable at most until its type was measured on labelled documents.
                certain: shelf.levels.document(analysis, document),
                pages: document.pages.clone(),
                blank_form: document.blank_form,
                typed: analysis.trace.typed.contains(&document.id),
                example: example_of(analysis, document),
            })
            .collect(),
        arranged: analysis.trace.arranged,
        signatures: analysis
            .signatures
            .iter()
            .map(|signature| SignatureView {
                signer: signature.signer.clone().unwrap_or_default(),
                at: signature.signing_time.map(|moment| moment.to_string()),
                verdict: match signature.verdict {
                    SignatureVerdict::Valid => "valid",
                    SignatureVerdict::Invalid => "invalid",
                    SignatureVerdict::Indeterminate => "indeterminate",
                }
                .into(),
                reasons: signature.reasons.clone(),
            })
            .collect(),
        findings: analysis.findings.iter().map(FindingView::from).collect(),
        ..empty
    }
}
