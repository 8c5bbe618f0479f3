//! What follows from a case as it stands: bidders, proposals, warnings, indicios. Derived, never an event; computed anew when a
//! requirement, a bid or a reading changes, and the same on every machine.

use super::readings;
use crate::CaseworkError;
use crate::analysis::{FileAnalysis, ReadFile};
use cotejo_domain::{
    Arrangement, Bid, BidId, DocumentId, FileHash, Finding, Location, Lot, LotId, Money, PageReading, Pliego,
    Proposal, Reason, Requirement, RequirementId, Severity, Subject, Verdict,
};
use cotejo_flags::Flag;
use cotejo_rules::{BidFacts, EvaluationInput, PageOutcome, RulePack, SignedFile};
use cotejo_store::{Case, CaseState, DerivedKey, FileOwner};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Media type given to a package that is kept as it came.
pub(crate) const CONTAINER: &str = "application/x-paquete";

const ANALYSIS: &str = "analisis";
const READING_REMEDIED: &str = "lectura-corregida";
const ANALYSIS_REMEDIED: &str = "analisis-corregido";
const ANALYSIS_ARRANGED: &str = "analisis-ordenado";
const PACKAGE: &str = "paquete";
const OPENING: &str = "apertura";
/// Version of what is derived; raise it whenever the reading or the recognition would give something else.
pub(crate) const VERSION: &str = "1";

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
    pub(crate) bids: Vec<Arc<JudgedBid>>,
    pub(crate) proposals: BTreeMap<(RequirementId, BidId), Proposal>,
    pub(crate) warnings: Vec<Finding>,
    /// Departures of the pliego from the norm: answered before anything is signed.
    pub(crate) departures: Vec<cotejo_rules::Departure>,
    /// Requirements that were recognised and that nobody confirmed: no *no cumple* rests on them.
    pub(crate) unconfirmed: std::collections::BTreeSet<RequirementId>,
    pub(crate) flags: Vec<Flag>,
    /// The file the pliego came in.
    pub(crate) pliego_file: Option<FileHash>,
    /// The frozen pack, where its exact text is there.
    pub(crate) pack: Option<RulePack>,
    /// The least technical score of a consultoría as its pliego writes it.
    pub(crate) written_minimum: Option<cotejo_rules::scoring::WrittenMinimum>,
}

impl Judgement {
    /// Draws the conclusions; `memory` keeps what the requirements were judged by, so that only what a change concerns is judged anew.
    pub(crate) async fn with(
        case: &Case,
        memory: &mut cotejo_rules::EvaluationMemory,
    ) -> Result<Self, CaseworkError> {
        let state = case.state().await?;
        let asked = super::asked::asked(case).await?;
        let mut requirements = cotejo_rules::asked_of(&asked);
        in_their_lots(&mut requirements, &state.lots);
        let unconfirmed = asked
            .iter()
            .filter(|held| held.standing.waits())
            .map(|held| held.requirement.id.clone())
            .collect();
        let code = state.process.code.as_ref().map(ToString::to_string);
        let mut bids = Vec::new();
        for (index, bid) in case.bids().await?.into_iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            bids.push(Arc::new(
                judged_bid(case, number, of_its_lot(bid, &state.lots), code.as_deref()).await?,
            ));
        }
        let (pack, gone) = super::case_rules::frozen(case).await?;
        let facts: Vec<BidFacts> = bids.iter().map(|bid| bid_facts(bid)).collect();
        let mut proposals = BTreeMap::new();
        let mut warnings = Vec::new();
        let mut departures = Vec::new();
        if let Some(pliego) = &state.pliego {
            let process = state.process.clone();
            let pliego = Pliego { requirements: requirements.clone(), process, ..pliego.clone() };
            warnings =
                pack.as_ref().map_or_else(Vec::new, |pack| cotejo_rules::pliego_warnings(&pliego, pack));
            departures =
                pack.as_ref().map_or_else(Vec::new, |pack| cotejo_rules::pliego_departures(&pliego, pack));
            for lot in &state.lots {
                let pliego = pliego_of_lot(&pliego, lot, state.lots.len());
                let in_lot = || facts.iter().zip(&bids).filter(|(_, bid)| bid.bid.lot == lot.id);
                for (pack, (bid, _)) in pack.iter().flat_map(|pack| in_lot().map(move |bid| (pack, bid))) {
                    let input = EvaluationInput {
                        pliego: &pliego,
                        requirements: &requirements,
                        pack,
                        lot: lot.id,
                        bid,
                    };
                    for proposal in memory.evaluate(&input) {
                        proposals.insert((proposal.requirement.clone(), proposal.bid), proposal);
                    }
                }
            }
            if let Some(pack) = &pack {
                over_several_lots(&state, &pliego, pack, &bids, &facts, &mut proposals);
            }
        }
        warnings.extend(gone);
        let mut flags = Vec::new();
        for lot in &state.lots {
            // Two bids of one bidder in two lots have the same papers: bids are compared within their lot.
            let pairs =
                bids.iter().zip(&facts).filter(|(bid, _)| state.lots.len() == 1 || bid.bid.lot == lot.id);
            let (of_lot, their): (Vec<&JudgedBid>, Vec<&BidFacts>) =
                pairs.map(|(bid, facts)| (bid.as_ref(), facts)).unzip();
            let budget = if state.lots.len() == 1 { state.process.budget } else { lot.budget };
            flags.extend(super::indicios::of_papers(case, &state, budget, &of_lot, &their).await?);
        }
        let pliego_file = case.files(FileOwner::Process).await?.first().map(|file| file.hash);
        let written_minimum = super::technical::written(case, &state, &requirements).await?;
        Ok(Self {
            state,
            requirements,
            bids,
            proposals,
            warnings,
            departures,
            unconfirmed,
            flags,
            pliego_file,
            pack,
            written_minimum,
        })
    }

    pub(crate) fn bid(&self, id: BidId) -> Option<&JudgedBid> {
        self.bids.iter().find(|bid| bid.bid.id == id).map(Arc::as_ref)
    }

    pub(crate) fn requirement(&self, id: &RequirementId) -> Option<(u32, &Requirement)> {
        let position = self.requirements.iter().position(|requirement| requirement.id == *id)?;
        Some((u32::try_from(position + 1).unwrap_or(u32::MAX), &self.requirements[position]))
    }

    pub(crate) fn proposal(&self, requirement: &RequirementId, bid: BidId) -> Option<&Proposal> {
        self.proposals.get(&(requirement.clone(), bid))
    }

    /// Tells whether a requirement is asked in any lot that is looked at.
    pub(crate) fn asks(&self, requirement: &Requirement) -> bool {
        requirement.lot.is_none_or(|lot| self.has_lot(lot))
    }

    /// Tells whether a lot is one of the process's.
    pub(crate) fn has_lot(&self, lot: LotId) -> bool {
        self.state.lots.iter().any(|known| known.id == lot)
    }

    /// Returns what holds of one lot alone: its bids, its budget, its items. Requirements keep their numbers; those of other lots are asked of none of
    /// these bids ([`stands`]).
    pub(crate) fn of_lot(whole: &Arc<Self>, lot: LotId) -> Arc<Self> {
        let several = whole.state.lots.len();
        let bids: Vec<Arc<JudgedBid>> = whole.bids.iter().filter(|bid| bid.bid.lot == lot).cloned().collect();
        if several == 1 && bids.len() == whole.bids.len() {
            return Arc::clone(whole);
        }
        let mut state = whole.state.clone();
        state.lots.retain(|known| known.id == lot);
        if let Some(lot) = state.lots.first().filter(|_| several > 1) {
            state.process.budget = lot.budget;
            state.pliego = state.pliego.as_ref().map(|pliego| pliego_of_lot(pliego, lot, several));
        }
        let in_lot = |bid: &BidId| bids.iter().any(|known| known.bid.id == *bid);
        Arc::new(Self {
            state,
            requirements: whole.requirements.clone(),
            proposals: whole
                .proposals
                .iter()
                .filter(|((_, bid), _)| in_lot(bid))
                .map(|(cell, proposal)| (cell.clone(), proposal.clone()))
                .collect(),
            warnings: whole.warnings.clone(),
            departures: whole.departures.clone(),
            unconfirmed: whole.unconfirmed.clone(),
            flags: whole.flags.iter().filter(|flag| flag.bids.iter().all(in_lot)).cloned().collect(),
            pliego_file: whole.pliego_file,
            pack: whole.pack.clone(),
            written_minimum: whole.written_minimum.clone(),
            bids,
        })
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

/// Tells whether a requirement is judged of a bid now: the bid's lot is known and the requirement is asked in it, and nothing of it lies sealed.
pub(crate) fn stands(requirement: &Requirement, bid: &JudgedBid) -> bool {
    is_asked(requirement, bid) && !super::sealed::waits(requirement, bid)
}

/// Tells whether a requirement is asked of a bid at all: in its lot, or in all.
pub(crate) fn is_asked(requirement: &Requirement, bid: &JudgedBid) -> bool {
    bid.bid.is_placed() && requirement.lot.is_none_or(|lot| lot == bid.bid.lot)
}

/// Puts requirements into the lots that the pliego has them in, where no person put them elsewhere.
pub(crate) fn in_their_lots(requirements: &mut [Requirement], lots: &[Lot]) {
    if lots.len() < 2 {
        return;
    }
    for requirement in requirements.iter_mut().filter(|requirement| requirement.lot.is_none()) {
        requirement.lot =
            lots.iter().find(|lot| lot.requirements.contains(&requirement.id)).map(|lot| lot.id);
    }
}

/// Returns the pliego as it is of one lot: its own budget and items. What is not known of the lot is not taken from the whole process.
pub(crate) fn pliego_of_lot(pliego: &Pliego, lot: &Lot, several: usize) -> Pliego {
    let mut pliego = pliego.clone();
    if several > 1 {
        pliego.process.budget = lot.budget;
        let of_lot = |number: usize| u32::try_from(number).is_ok_and(|number| lot.items.contains(&number));
        let items = std::mem::take(&mut pliego.items).into_iter().enumerate();
        pliego.items = items.filter(|(index, _)| of_lot(index + 1)).map(|(_, item)| item).collect();
    }
    pliego
}

/// Leaves out of a bid what lies under the name of another lot.
fn of_its_lot(mut bid: Bid, lots: &[Lot]) -> Bid {
    if let Some(index) = lots.iter().position(|lot| lot.id == bid.lot) {
        bid.files.retain(|file| !super::lots::names_another(&file.path, lots, index + 1));
    }
    bid
}

/// Asks where the patrimonio of a bidder would do for each of its lots, and not for all of them together: no norm that was seen says which counts.
fn over_several_lots(
    state: &CaseState,
    pliego: &Pliego,
    pack: &RulePack,
    bids: &[Arc<JudgedBid>],
    facts: &[BidFacts],
    proposals: &mut BTreeMap<(RequirementId, BidId), Proposal>,
) {
    let patrimonio: Vec<Requirement> = pliego
        .requirements
        .iter()
        .filter(|requirement| matches!(requirement.subject, Subject::Patrimonio { .. }))
        .cloned()
        .collect();
    if state.lots.len() < 2 || patrimonio.is_empty() {
        return;
    }
    for (bid, facts) in bids.iter().zip(facts).filter(|(bid, _)| bid.bid.is_placed()) {
        let own: Vec<LotId> = bids
            .iter()
            .filter(|other| other.source == bid.source && other.bid.is_placed())
            .map(|other| other.bid.lot)
            .collect();
        if own.len() < 2 {
            continue;
        }
        let lots: Vec<&Lot> = state.lots.iter().filter(|lot| own.contains(&lot.id)).collect();
        let budgets: Option<Vec<Money>> = lots.iter().map(|lot| lot.budget).collect();
        let sum = budgets.and_then(|budgets| {
            budgets.into_iter().try_fold(Money(rust_decimal::Decimal::ZERO), |sum, budget| {
                sum.0.checked_add(budget.0).map(Money)
            })
        });
        let mut whole = pliego.clone();
        whole.process.budget = sum;
        let input =
            EvaluationInput { pliego: &whole, requirements: &patrimonio, pack, lot: bid.bid.lot, bid: facts };
        for together in cotejo_rules::evaluate(&input) {
            let Some(alone) = proposals.get_mut(&(together.requirement.clone(), together.bid)) else {
                continue;
            };
            if alone.verdict != Verdict::Cumple || together.verdict == Verdict::Cumple {
                continue;
            }
            let names: Vec<&str> = lots.iter().map(|lot| lot.name.as_str()).collect();
            let text = cotejo_catalogue::message("lots.patrimonio", &[("lotes", &names.join("; "))]);
            alone.verdict = Verdict::Pendiente;
            alone.reasons.push(Reason { code: "lots.patrimonio".into(), text });
            alone.trace.extend(together.trace);
        }
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
            // What could not be taken out of it may be what is looked for.
            let told = opening_findings(case, file.hash, &file.path).await?.unwrap_or_default();
            if told.iter().any(|finding| finding.severity == Severity::Error) {
                unread.push(file.path.clone());
            }
            continue;
        }
        match analysis(case, file.hash, &file.path, code).await? {
            Some(analysis) => files.push(analysis),
            None => unread.push(file.path.clone()),
        }
    }
    let findings = package_findings(case, bid.id).await?;
    let source = bid.bidder.name.clone();
    let mut judged = JudgedBid { number, source, bid, files, unread, findings, registries: Vec::new() };
    let facts = bid_facts(&judged);
    judged.bid.bidder = cotejo_rules::identify_bidder(&judged.source, &facts.documents, &facts.facts);
    judged.registries = super::registry::answers(case, &judged).await?;
    Ok(judged)
}

pub(crate) fn bid_facts(judged: &JudgedBid) -> BidFacts {
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

pub(crate) fn key(input: FileHash, producer: &str, parameters: &str) -> DerivedKey {
    DerivedKey { input, producer: producer.into(), version: VERSION.into(), parameters: parameters.into() }
}

/// Returns what was recognised in a file, under the path it has in this bid.
pub(crate) async fn analysis(
    case: &Case,
    hash: FileHash,
    path: &str,
    code: Option<&str>,
) -> Result<Option<FileAnalysis>, CaseworkError> {
    let state = super::pages::state_of(&case.page_remedies(hash).await?)?;
    let Some(base) = analysis_at(case, hash, path, code, &state).await? else { return Ok(None) };
    let analysis = match case.arrangement(hash).await? {
        None => base,
        Some(arrangement) => match arranged(case, hash, path, code, &state, &arrangement).await? {
            Some(kept) => kept,
            // Not read as the person cut it yet: what rested on another cut is not shown as if it held.
            None => super::arranging::unread(base, &arrangement),
        },
    };
    super::correcting::corrected(case, analysis).await.map(Some)
}

/// Returns what was recognised in a file whose documents a person arranged.
pub(crate) async fn arranged(
    case: &Case,
    hash: FileHash,
    path: &str,
    code: Option<&str>,
    state: &str,
    arrangement: &Arrangement,
) -> Result<Option<FileAnalysis>, CaseworkError> {
    let key = arranged_key(hash, path, code, state, arrangement)?;
    Ok(case.derived(&key).await?)
}

/// Keeps what was recognised in a file whose documents a person arranged.
pub(crate) async fn put_arranged(
    case: &Case,
    analysis: &FileAnalysis,
    code: Option<&str>,
    state: &str,
    arrangement: &Arrangement,
) -> Result<(), CaseworkError> {
    let key = arranged_key(analysis.hash, &analysis.path, code, state, arrangement)?;
    Ok(case.put_derived(&key, analysis).await?)
}

fn arranged_key(
    hash: FileHash,
    path: &str,
    code: Option<&str>,
    state: &str,
    arrangement: &Arrangement,
) -> Result<DerivedKey, CaseworkError> {
    let digest = FileHash::of(&serde_json::to_vec(&arrangement.documents)?);
    let parameters = format!("{digest}|{}", parameters(path, code, state));
    Ok(key(hash, ANALYSIS_ARRANGED, &parameters))
}

/// Returns what was recognised in a file whose pages were in a state: the empty one is as the machine read them.
pub(crate) async fn analysis_at(
    case: &Case,
    hash: FileHash,
    path: &str,
    code: Option<&str>,
    state: &str,
) -> Result<Option<FileAnalysis>, CaseworkError> {
    let key = key(hash, analysis_in(state), &parameters(path, code, state));
    Ok(case.derived(&key).await?)
}

/// Keeps what was recognised in a file in a state of its pages.
pub(crate) async fn put_analysis_at(
    case: &Case,
    analysis: &FileAnalysis,
    code: Option<&str>,
    state: &str,
) -> Result<(), CaseworkError> {
    let parameters = parameters(&analysis.path, code, state);
    Ok(case.put_derived(&key(analysis.hash, analysis_in(state), &parameters), analysis).await?)
}

/// Keeps the pages of a file in a state.
pub(crate) async fn put_pages(
    case: &Case,
    hash: FileHash,
    state: &str,
    pages: &Vec<PageReading>,
) -> Result<(), CaseworkError> {
    if state.is_empty() {
        return readings::put_all(case, hash, pages).await;
    }
    Ok(case.put_derived(&key(hash, READING_REMEDIED, state), pages).await?)
}

/// Drops what was derived from the pages of a file after persons changed them: it is to be made again.
pub(crate) async fn drop_remedied(case: &Case, hash: FileHash) -> Result<(), CaseworkError> {
    case.drop_derived(hash, READING_REMEDIED).await?;
    case.drop_derived(hash, ANALYSIS_ARRANGED).await?;
    Ok(case.drop_derived(hash, ANALYSIS_REMEDIED).await?)
}

fn analysis_in(state: &str) -> &'static str {
    if state.is_empty() { ANALYSIS } else { ANALYSIS_REMEDIED }
}

// The same bytes may lie in two bids under two names; evidence cites the name.
fn parameters(path: &str, code: Option<&str>, state: &str) -> String {
    let state = if state.is_empty() { String::new() } else { format!("{state}|") };
    format!("{state}{}|{path}", code.unwrap_or_default())
}

pub(crate) async fn put_analysis(
    case: &Case,
    read: &ReadFile,
    code: Option<&str>,
) -> Result<(), CaseworkError> {
    let hash = read.analysis.hash;
    readings::put_all(case, hash, &read.pages).await?;
    // Last: where the analysis is, everything else is too.
    case.put_derived(&key(hash, ANALYSIS, &parameters(&read.analysis.path, code, "")), &read.analysis)
        .await?;
    Ok(())
}

pub(crate) async fn put_package_findings(
    case: &Case,
    bid: BidId,
    findings: &Vec<Finding>,
) -> Result<(), CaseworkError> {
    case.put_derived(&key(FileHash::of(bid.to_string().as_bytes()), PACKAGE, ""), findings).await?;
    Ok(())
}

/// Returns what was found while the packages of a bid were opened.
pub(crate) async fn package_findings(case: &Case, bid: BidId) -> Result<Vec<Finding>, CaseworkError> {
    let kept = case.derived(&key(FileHash::of(bid.to_string().as_bytes()), PACKAGE, "")).await?;
    Ok(kept.unwrap_or_default())
}

/// Keeps what was found while one package was opened, under the path it has in its bid.
pub(crate) async fn put_opening_findings(
    case: &Case,
    hash: FileHash,
    path: &str,
    findings: &Vec<Finding>,
) -> Result<(), CaseworkError> {
    Ok(case.put_derived(&key(hash, OPENING, path), findings).await?)
}

/// Returns what was found while one package was opened; `None` for a package of before this was kept.
pub(crate) async fn opening_findings(
    case: &Case,
    hash: FileHash,
    path: &str,
) -> Result<Option<Vec<Finding>>, CaseworkError> {
    Ok(case.derived(&key(hash, OPENING, path)).await?)
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

/// Returns the pages of a file with their words, as they read after what persons did to them.
pub(crate) async fn pages(case: &Case, hash: FileHash) -> Result<Vec<PageReading>, CaseworkError> {
    let state = super::pages::state_of(&case.page_remedies(hash).await?)?;
    if state.is_empty() {
        return readings::all(case, hash).await;
    }
    Ok(case.derived(&key(hash, READING_REMEDIED, &state)).await?.unwrap_or_default())
}

/// Returns the pages of a file as the machine read them.
pub(crate) async fn machine_pages(case: &Case, hash: FileHash) -> Result<Vec<PageReading>, CaseworkError> {
    readings::all(case, hash).await
}

/// Returns the files of the process itself.
pub(crate) async fn process_files(case: &Case) -> Result<Vec<cotejo_domain::BidFile>, CaseworkError> {
    Ok(case.files(FileOwner::Process).await?)
}
