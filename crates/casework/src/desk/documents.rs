//! Files, documents, pages and search.

use super::judgement::{self, JudgedBid};
use super::{Desk, labels};
use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::view::{
    BidDocuments, DocumentView, DocumentsView, FileView, FindingView, PageStatusView, PageSummary, PageView,
    SearchHit, SignatureView, WordView,
};
use cotejo_domain::{BidFile, Code, FileHash, ProcedureType, SignatureVerdict};
use cotejo_store::FileOwner;

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
        let mut bids = vec![BidDocuments {
            bid: None,
            number: 0,
            name: cotejo_catalogue::message("casework.pliego", &[]),
            ruc: None,
            files: process.iter().map(|file| file_view(file, None, procedure)).collect(),
            findings: findings.iter().chain(&judgement.warnings).map(FindingView::from).collect(),
        }];
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
                        file_view(file, read, procedure)
                    })
                    .collect(),
                findings: judged.findings.iter().map(FindingView::from).collect(),
            }
        }));
        Ok(DocumentsView { bids })
    }

    /// Shows a page: its measures and words.
    ///
    /// # Errors
    /// [`Code::NotFound`] when there is no such page.
    pub async fn page(&self, case: &str, file: &str, page: u32) -> Result<PageView, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = hash(file)?;
        let pages = judgement::pages(&open.case, hash).await?;
        let no_such =
            || CaseworkError::refused(Code::NotFound, "casework.no_such_page", format!("{file}, {page}"));
        let reading = pages.iter().find(|reading| reading.number == page).ok_or_else(no_such)?;
        let judgement = open.judgement().await?;
        let analysis = judgement.bids.iter().find_map(|bid| bid.file(hash));
        Ok(PageView {
            file: file.to_owned(),
            file_name: analysis.map_or_else(String::new, |analysis| analysis.path.clone()),
            page,
            page_count: u32::try_from(pages.len()).unwrap_or(u32::MAX),
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
        let bytes = open.case.read_original(hash(file)?).await?;
        self.render(bytes.to_vec(), page, scale).await
    }

    pub(crate) async fn render(
        &self,
        bytes: Vec<u8>,
        page: u32,
        scale: f64,
    ) -> Result<Vec<u8>, CaseworkError> {
        let lector = self.lector();
        #[expect(clippy::cast_possible_truncation, reason = "a scale between 0.1 and 8")]
        let scale = scale.clamp(0.1, 8.0) as f32;
        let switch = crate::view::Cancellation::default();
        let rendered =
            super::import::blocking(move || lector.render(&bytes, page, scale, switch.switch())).await??;
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
                    FileOwner::Bid(id) => judgement.bid(id),
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

fn file_view(file: &BidFile, analysis: Option<&FileAnalysis>, procedure: ProcedureType) -> FileView {
    let empty = FileView {
        hash: file.hash.to_string(),
        path: file.path.clone(),
        size: labels::size(file.size),
        media_type: analysis.map_or_else(|| file.media_type.clone(), |analysis| analysis.media_type.clone()),
        sealed: file.sealed,
        sealed_reason: file.sealed.then(|| super::sealed::why(procedure, &file.path).reason()),
        pages: Vec::new(),
        documents: Vec::new(),
        signatures: Vec::new(),
        findings: Vec::new(),
    };
    let Some(analysis) = analysis else { return empty };
    let name_at = |page: u32| {
        let document = analysis.documents.iter().find(|document| document.pages.contains(&page));
        document.map_or_else(String::new, |document| labels::document_type(&document.kind.0))
    };
    FileView {
        pages: analysis
            .pages
            .iter()
            .map(|page| PageSummary {
                number: page.number,
                status: PageStatusView::from(page.status),
                document: name_at(page.number),
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
                // Invariant 13: until the model card rests on real documents, a type is probable at most.
                certain: false,
                pages: document.pages.clone(),
                blank_form: document.blank_form,
            })
            .collect(),
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
