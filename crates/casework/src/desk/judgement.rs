//! What follows from a case as it stands: bidders, proposals, warnings, indicios. Derived, never an event; computed anew when a
//! requirement, a bid or a reading changes, and the same on every machine.

use crate::CaseworkError;
use crate::analysis::{FileAnalysis, ReadFile};
use cotejo_domain::{
    Bid, BidId, DocumentId, FileHash, Finding, Location, PageReading, Proposal, Requirement, RequirementId,
};
use cotejo_flags::{BidPapers, Flag};
use cotejo_lector_client::ReadPart;
use cotejo_rules::{BidFacts, EvaluationInput, PageOutcome, RulePack, SignedFile};
use cotejo_store::{Case, CaseState, DerivedKey, FileOwner};
use std::collections::BTreeMap;

/// Media type given to a package that is kept as it came.
pub(crate) const CONTAINER: &str = "application/x-paquete";

const READING: &str = "lectura";
const ANALYSIS: &str = "analisis";
const PACKAGE: &str = "paquete";
const PART: &str = "lectura-parte";
/// Version of what is derived; raise it whenever the reading or the recognition would give something else.
const VERSION: &str = "1";

/// Holds one bid with everything read from it.
#[derive(Debug)]
pub(crate) struct JudgedBid {
    pub(crate) number: u32,
    /// Name of the folder or package.
    pub(crate) source: String,
    /// The bid, with the bidder that its papers tell.
    pub(crate) bid: Bid,
    pub(crate) files: Vec<FileAnalysis>,
    /// Files that are stored but not read yet.
    pub(crate) unread: Vec<String>,
    pub(crate) findings: Vec<Finding>,
    /// What registries said of the bidder and its partners, as kept.
    pub(crate) registries: Vec<cotejo_rules::RegistryAnswer>,
}

/// Holds the conclusions.
#[derive(Debug)]
pub(crate) struct Judgement {
    pub(crate) state: CaseState,
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) bids: Vec<JudgedBid>,
    pub(crate) proposals: BTreeMap<(RequirementId, BidId), Proposal>,
    pub(crate) warnings: Vec<Finding>,
    pub(crate) flags: Vec<Flag>,
}

impl Judgement {
    pub(crate) async fn of(case: &Case) -> Result<Self, CaseworkError> {
        let state = case.state().await?;
        let requirements = case.requirements().await?;
        let code = state.process.code.as_ref().map(ToString::to_string);
        let mut bids = Vec::new();
        for (index, bid) in case.bids().await?.into_iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            bids.push(judged_bid(case, number, bid, code.as_deref()).await?);
        }
        let pack = state.pack.as_ref().and_then(|reference| RulePack::by_id(&reference.id));
        let facts: Vec<BidFacts> = bids.iter().map(bid_facts).collect();
        let mut proposals = BTreeMap::new();
        let mut warnings = Vec::new();
        if let (Some(pliego), Some(lot)) = (&state.pliego, state.lots.first()) {
            let pliego = cotejo_domain::Pliego { requirements: requirements.clone(), ..pliego.clone() };
            warnings = pack.map_or_else(Vec::new, |pack| cotejo_rules::pliego_warnings(&pliego, pack));
            for (pack, bid) in pack.iter().flat_map(|pack| facts.iter().map(move |bid| (pack, bid))) {
                let input =
                    EvaluationInput { pliego: &pliego, requirements: &requirements, pack, lot: lot.id, bid };
                for proposal in cotejo_rules::evaluate(&input) {
                    proposals.insert((proposal.requirement.clone(), proposal.bid), proposal);
                }
            }
        }
        let flags = flags(case, &bids, &facts).await?;
        Ok(Self { state, requirements, bids, proposals, warnings, flags })
    }

    pub(crate) fn bid(&self, id: BidId) -> Option<&JudgedBid> {
        self.bids.iter().find(|bid| bid.bid.id == id)
    }

    pub(crate) fn requirement(&self, id: &RequirementId) -> Option<(u32, &Requirement)> {
        let position = self.requirements.iter().position(|requirement| requirement.id == *id)?;
        Some((u32::try_from(position + 1).unwrap_or(u32::MAX), &self.requirements[position]))
    }

    pub(crate) fn proposal(&self, requirement: &RequirementId, bid: BidId) -> Option<&Proposal> {
        self.proposals.get(&(requirement.clone(), bid))
    }

    /// Names the models that recognised the bids, each once.
    pub(crate) fn models(&self) -> Vec<String> {
        let mut models: Vec<String> = Vec::new();
        for file in self.bids.iter().flat_map(|bid| &bid.files) {
            if !file.model.is_empty() && !models.contains(&file.model) {
                models.push(file.model.clone());
            }
        }
        models
    }
}

impl JudgedBid {
    pub(crate) fn file(&self, hash: FileHash) -> Option<&FileAnalysis> {
        self.files.iter().find(|file| file.hash == hash)
    }

    /// Returns the identifier of the document a piece of evidence stands in.
    pub(crate) fn document_at(&self, hash: FileHash, location: &Location) -> Option<(DocumentId, &str)> {
        let page = location.page()?;
        let file = self.file(hash)?;
        let document = file.documents.iter().find(|document| document.pages.contains(&page))?;
        Some((document.id, document.kind.0.as_str()))
    }

    pub(crate) fn pages(&self) -> u32 {
        u32::try_from(self.files.iter().map(|file| file.pages.len()).sum::<usize>()).unwrap_or(u32::MAX)
    }
}

async fn judged_bid(
    case: &Case,
    number: u32,
    bid: Bid,
    code: Option<&str>,
) -> Result<JudgedBid, CaseworkError> {
    let mut files = Vec::new();
    let mut unread = Vec::new();
    for file in &bid.files {
        if file.sealed {
            // What a sealed document may hold is not absent either.
            if file.media_type != CONTAINER {
                unread.push(file.path.clone());
            }
            continue;
        }
        if file.media_type == CONTAINER {
            continue;
        }
        match analysis(case, file.hash, &file.path, code).await? {
            Some(analysis) => files.push(analysis),
            None => unread.push(file.path.clone()),
        }
    }
    let findings = case
        .derived::<Vec<Finding>>(&key(FileHash::of(bid.id.to_string().as_bytes()), PACKAGE, ""))
        .await?
        .unwrap_or_default();
    let source = bid.bidder.name.clone();
    let mut judged = JudgedBid { number, source, bid, files, unread, findings, registries: Vec::new() };
    let facts = bid_facts(&judged);
    judged.bid.bidder = cotejo_rules::identify_bidder(&judged.source, &facts.documents, &facts.facts);
    judged.registries = super::registry::answers(case, &judged).await?;
    Ok(judged)
}

fn bid_facts(judged: &JudgedBid) -> BidFacts {
    let files = &judged.files;
    let mut unread_files = judged.unread.clone();
    // A file whose recognition did not end was not looked at either: what it may hold is not absent.
    let looked_at = |file: &&FileAnalysis| !file.pages.is_empty() && !file.model.is_empty();
    unread_files.extend(files.iter().filter(|file| !looked_at(file)).map(|file| file.path.clone()));
    BidFacts {
        bid: judged.bid.id,
        bidder: judged.bid.bidder.clone(),
        documents: files.iter().flat_map(|file| file.documents.iter().cloned()).collect(),
        facts: files.iter().flat_map(|file| file.facts.iter().cloned()).collect(),
        tables: files
            .iter()
            .flat_map(|file| file.tables.iter().map(|table| (file.hash, table.clone())))
            .collect(),
        files: files
            .iter()
            .map(|file| SignedFile {
                file: file.hash,
                file_name: file.path.clone(),
                signatures: (!file.pages.is_empty()).then(|| file.signatures.clone()),
            })
            .collect(),
        pages: files
            .iter()
            .flat_map(|file| {
                file.pages.iter().map(|page| PageOutcome {
                    file: file.hash,
                    page: page.number,
                    status: page.status,
                })
            })
            .collect(),
        unread_files,
        findings: files
            .iter()
            .flat_map(|file| file.findings.iter().cloned())
            .chain(judged.findings.iter().cloned())
            .collect(),
        registries: judged.registries.clone(),
    }
}

async fn flags(case: &Case, bids: &[JudgedBid], facts: &[BidFacts]) -> Result<Vec<Flag>, CaseworkError> {
    let mut texts = Vec::new();
    for bid in bids {
        let mut of_bid = Vec::new();
        for file in &bid.files {
            let pages = pages(case, file.hash).await?;
            of_bid.extend(pages.into_iter().map(|page| (file.hash, file.path.clone(), page)));
        }
        texts.push(of_bid);
    }
    let signed: Vec<Vec<cotejo_flags::SignedFile>> = bids
        .iter()
        .map(|bid| {
            let files = bid.files.iter();
            files
                .map(|file| cotejo_flags::SignedFile {
                    file: file.hash,
                    file_name: file.path.clone(),
                    signatures: file.signatures.clone(),
                })
                .collect()
        })
        .collect();
    let papers: Vec<BidPapers<'_>> = bids
        .iter()
        .zip(facts)
        .zip(signed.iter().zip(&texts))
        .map(|((bid, facts), (signatures, pages))| BidPapers {
            bid: bid.bid.id,
            bidder: &bid.bid.bidder,
            documents: &facts.documents,
            facts: &facts.facts,
            tables: &facts.tables,
            signatures,
            pages,
        })
        .collect();
    Ok(cotejo_flags::detect(&papers))
}

fn key(input: FileHash, producer: &str, parameters: &str) -> DerivedKey {
    DerivedKey { input, producer: producer.into(), version: VERSION.into(), parameters: parameters.into() }
}

/// Returns what was recognised in a file, under the path it has in this bid.
pub(crate) async fn analysis(
    case: &Case,
    hash: FileHash,
    path: &str,
    code: Option<&str>,
) -> Result<Option<FileAnalysis>, CaseworkError> {
    let kept = case.derived::<FileAnalysis>(&key(hash, ANALYSIS, &parameters(path, code))).await?;
    Ok(kept)
}

// The same bytes may lie in two bids under two names; evidence cites the name.
fn parameters(path: &str, code: Option<&str>) -> String {
    format!("{}|{path}", code.unwrap_or_default())
}

pub(crate) async fn put_analysis(
    case: &Case,
    read: &ReadFile,
    code: Option<&str>,
) -> Result<(), CaseworkError> {
    let hash = read.analysis.hash;
    let texts: Vec<(u32, String)> = read.pages.iter().map(|page| (page.number, page.text())).collect();
    case.put_derived(&key(hash, READING, ""), &read.pages).await?;
    case.index_text(hash, &texts).await?;
    // Last: where the analysis is, everything else is too.
    case.put_derived(&key(hash, ANALYSIS, &parameters(&read.analysis.path, code)), &read.analysis).await?;
    Ok(())
}

/// Keeps the part `number` (from 0) of a reading that goes on.
pub(crate) async fn put_part(
    case: &Case,
    hash: FileHash,
    number: usize,
    part: &ReadPart,
) -> Result<(), CaseworkError> {
    Ok(case.put_derived(&key(hash, PART, &number.to_string()), part).await?)
}

/// Returns what an interrupted reading had got of a file.
pub(crate) async fn parts(case: &Case, hash: FileHash) -> Result<Vec<ReadPart>, CaseworkError> {
    let mut parts = Vec::new();
    while let Some(part) = case.derived(&key(hash, PART, &parts.len().to_string())).await? {
        parts.push(part);
    }
    Ok(parts)
}

/// Drops the parts: the reading is whole, or is not to be kept.
pub(crate) async fn drop_parts(case: &Case, hash: FileHash) -> Result<(), CaseworkError> {
    Ok(case.drop_derived(hash, PART).await?)
}

pub(crate) async fn put_package_findings(
    case: &Case,
    bid: BidId,
    findings: &Vec<Finding>,
) -> Result<(), CaseworkError> {
    case.put_derived(&key(FileHash::of(bid.to_string().as_bytes()), PACKAGE, ""), findings).await?;
    Ok(())
}

/// Says how a document of ours is laid out.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Layout {
    pub(crate) pages: usize,
    pub(crate) sections: Vec<cotejo_reports::Section>,
    /// Where the visible stamps of its signatures belong.
    pub(crate) places: Vec<cotejo_reports::SignaturePlace>,
}

/// Keeps how a document of ours is laid out.
pub(crate) async fn put_layout(case: &Case, acta: FileHash, layout: &Layout) -> Result<(), CaseworkError> {
    Ok(case.put_derived(&key(acta, "disposicion", ""), layout).await?)
}

/// Returns how a document of ours is laid out; without places when it was made before they were kept.
pub(crate) async fn layout(case: &Case, acta: FileHash) -> Result<Layout, CaseworkError> {
    if let Some(layout) = case.derived(&key(acta, "disposicion", "")).await? {
        return Ok(layout);
    }
    let pages = case.derived(&key(acta, "paginas", "")).await?.unwrap_or(0);
    Ok(Layout { pages, ..Layout::default() })
}

/// Returns the pages of a file with their words.
pub(crate) async fn pages(case: &Case, hash: FileHash) -> Result<Vec<PageReading>, CaseworkError> {
    Ok(case.derived(&key(hash, READING, "")).await?.unwrap_or_default())
}

/// Returns the files of the process itself.
pub(crate) async fn process_files(case: &Case) -> Result<Vec<cotejo_domain::BidFile>, CaseworkError> {
    Ok(case.files(FileOwner::Process).await?)
}
