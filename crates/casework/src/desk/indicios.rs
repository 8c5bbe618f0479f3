//! What the flags of a case are looked for in: papers, prices, looks and texts of its bids, the process's own papers, and what persons
//! recorded. Derived, never an event; nothing reads them to make a verdict.

use super::judgement::{JudgedBid, Judgement, pages};
use super::matrix::{Decided, outcome};
use super::{models, readings};
use crate::CaseworkError;
use crate::view::Verdict as VerdictView;
use cotejo_domain::{BidId, Bidder, FileHash, Money, Outcome, PageReading, PageStatus, Verdict};
use cotejo_flags::{
    BidPapers, Course, DescribedFile, Flag, LotTerms, PageAppearance, PageText, Ruling, SignedFile,
    detect_in_course, detect_in_lot, is_own_text, sequences,
};
use cotejo_rules::BidFacts;
use cotejo_store::{Case, CaseState, DecisionState};

/// What of the pages of a bid a flag may look at.
#[derive(Default)]
struct Seen {
    telling: Vec<(FileHash, String, PageReading)>,
    texts: Vec<PageText>,
}

/// Returns the flags that the papers of the bids show.
pub(crate) async fn of_papers(
    case: &Case,
    state: &CaseState,
    budget: Option<Money>,
    bids: &[&JudgedBid],
    facts: &[&BidFacts],
) -> Result<Vec<Flag>, CaseworkError> {
    let bidders: Vec<&Bidder> = bids.iter().map(|bid| &bid.bid.bidder).collect();
    let mut seen = Vec::new();
    for bid in bids {
        let others: Vec<_> = bidders.iter().copied().filter(|other| *other != &bid.bid.bidder).collect();
        seen.push(seen_of(case, bid, &others).await?);
    }
    let signed: Vec<Vec<SignedFile>> = bids.iter().map(|bid| signed(bid)).collect();
    let looks: Vec<Vec<PageAppearance>> = bids.iter().map(|bid| looks(bid)).collect();
    let described: Vec<Vec<DescribedFile>> = bids.iter().map(|bid| described(bid)).collect();
    let papers: Vec<BidPapers<'_>> = bids
        .iter()
        .zip(facts)
        .zip(signed.iter().zip(&looks).zip(&seen).zip(&described))
        .map(|((bid, facts), (((signatures, looks), seen), described))| BidPapers {
            bid: bid.bid.id,
            bidder: &bid.bid.bidder,
            documents: &facts.documents,
            facts: &facts.facts,
            tables: &facts.tables,
            signatures,
            pages: &seen.telling,
            looks,
            texts: &seen.texts,
            described,
        })
        .collect();
    let own_files = models::properties_of_process(case).await?;
    let model: Vec<String> = models::of_process(case).await?.into_iter().map(|model| model.text).collect();
    let terms = LotTerms {
        budget,
        items: state.pliego.as_ref().map_or(&[], |pliego| pliego.items.as_slice()),
        models: &sequences(&model.join(" ")),
        own_files: &own_files,
    };
    Ok(detect_in_lot(&papers, terms))
}

async fn seen_of(case: &Case, bid: &JudgedBid, others: &[&Bidder]) -> Result<Seen, CaseworkError> {
    let mut seen = Seen::default();
    for file in &bid.files {
        let own_text: Vec<u32> = file
            .documents
            .iter()
            .filter(|document| is_own_text(&document.kind.0) && !document.blank_form)
            .flat_map(|document| document.pages.iter().copied())
            .collect();
        // A few pages at a time, and of each only what a flag may look at.
        let mut take = |pages: Vec<PageReading>| {
            for page in pages {
                if own_text.contains(&page.number) {
                    let (file, file_name) = (file.hash, file.path.clone());
                    let sequences = sequences(&page.text());
                    seen.texts.push(PageText { file, file_name, page: page.number, sequences });
                }
                let page = cotejo_flags::only_telling(page, others);
                if !page.words.is_empty() {
                    seen.telling.push((file.hash, file.path.clone(), page));
                }
            }
        };
        let as_read = super::pages::state_of(&case.page_remedies(file.hash).await?)?.is_empty();
        let numbers = if as_read { readings::numbers(case, file.hash).await? } else { Vec::new() };
        if numbers.is_empty() {
            take(pages(case, file.hash).await?);
        }
        for some in numbers.chunks(readings::AT_ONCE) {
            take(readings::some(case, file.hash, some).await?);
        }
    }
    Ok(seen)
}

fn signed(bid: &JudgedBid) -> Vec<SignedFile> {
    let files = bid.files.iter();
    files
        .map(|file| SignedFile {
            file: file.hash,
            file_name: file.path.clone(),
            signatures: file.signatures.clone(),
        })
        .collect()
}

fn described(bid: &JudgedBid) -> Vec<DescribedFile> {
    let told = bid.files.iter().filter_map(|file| {
        let properties = file.properties.clone()?;
        let mut kinds: Vec<String> = file.documents.iter().map(|document| document.kind.0.clone()).collect();
        kinds.sort();
        kinds.dedup();
        // A person may have cut the file into documents; what no document holds keeps the type of its page.
        if kinds.is_empty() {
            kinds.extend(file.pages.first().map(|page| page.kind.clone()));
        }
        Some(DescribedFile { file: file.hash, file_name: file.path.clone(), kinds, properties })
    });
    told.collect()
}

fn looks(bid: &JudgedBid) -> Vec<PageAppearance> {
    let mut found = Vec::new();
    for file in &bid.files {
        for note in file.pages.iter().filter(|note| !note.reading_view) {
            let Some(look) = &note.look else { continue };
            let document = file.documents.iter().find(|document| document.pages.contains(&note.number));
            // A person may have named the type of the document.
            let kind = document.map_or_else(|| note.kind.clone(), |document| document.kind.0.clone());
            found.push(PageAppearance {
                file: file.hash,
                file_name: file.path.clone(),
                page: note.number,
                kind,
                scanned: note.status == PageStatus::Ocr,
                words: note.words,
                look: cotejo_domain::PageLook {
                    number: look.number,
                    exact: look.exact.clone(),
                    image_hash: look.image_hash,
                    text_hash: look.text_hash,
                    ..cotejo_domain::PageLook::default()
                },
            });
        }
    }
    found
}

/// Returns how bids ended: as it was recorded, else as the decisions on every requirement tell. What is open is left out.
async fn ended(case: &Case, judgement: &Judgement) -> Result<Vec<(BidId, Outcome)>, CaseworkError> {
    let mut ended: Vec<(BidId, Outcome)> =
        case.outcomes().await?.into_iter().map(|row| (row.bid, row.outcome)).collect();
    let decided = Decided::of(case).await?;
    for bid in &judgement.bids {
        let id = bid.bid.id;
        let known = ended.iter().any(|(known, _)| *known == id);
        // Where nothing was asked nothing was decided either.
        let begun = decided.by_cell.keys().any(|(_, of)| *of == id);
        let outcome = outcome(judgement, &decided, bid);
        if known || !begun || outcome.proposed {
            continue;
        }
        match outcome.verdict {
            VerdictView::Cumple => ended.push((id, Outcome::Calificada)),
            VerdictView::NoCumple => ended.push((id, Outcome::NoCalificada)),
            _ => {}
        }
    }
    Ok(ended)
}

/// Returns the flags that the course of the evaluation shows, as far as it is recorded by now.
pub(crate) async fn of_course(case: &Case, judgement: &Judgement) -> Result<Vec<Flag>, CaseworkError> {
    let outcomes = ended(case, judgement).await?;
    let decisions = case.decisions().await?;
    let current = decisions.into_iter().filter(|row| row.state == DecisionState::Current);
    let rulings: Vec<Ruling> = current
        .map(|row| {
            let decision = row.decision;
            // What the machine found in order, or did not find out, is no defect.
            let proposal = judgement
                .proposal(&decision.requirement, decision.bid)
                .filter(|proposal| matches!(proposal.verdict, Verdict::NoCumple | Verdict::AConvalidar));
            let title = judgement.requirement(&decision.requirement).map_or_else(
                || decision.requirement.to_string(),
                |(_, requirement)| super::labels::short_title(&requirement.text),
            );
            Ruling {
                bid: decision.bid,
                requirement: decision.requirement,
                title,
                member: decision.member,
                verdict: decision.verdict,
                defects: proposal.map_or_else(Vec::new, |proposal| {
                    proposal.reasons.iter().map(|reason| reason.code.clone()).collect()
                }),
                basis: proposal.map_or_else(Vec::new, |proposal| proposal.legal_basis.clone()),
                evidence: decision.evidence,
            }
        })
        .collect();
    let held = super::entities::held(judgement);
    let papers = super::entities::papers(judgement, &held);
    let course = Course { rulings: &rulings, outcomes: &outcomes };
    Ok(detect_in_course(&papers, LotTerms::default(), course))
}
