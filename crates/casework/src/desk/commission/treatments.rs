//! Equal treatment, looked for whenever something is decided: what was found, with the pages side by side, and what a person answers.

use super::super::cell::{self, Flowing};
use super::super::judgement::{Judgement, pages};
use super::super::matrix::Decided;
use super::super::open_case::OpenCase;
use super::super::{Desk, labels};
use super::CommissionActs;
use crate::CaseworkError;
use crate::view::{
    CellAddress, Room, SigningBlock, TreatmentKindView, TreatmentRow, TreatmentSide, TreatmentsView,
};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, TreatmentAnswer};
use cotejo_domain::{BidId, Decision, Evidence, Proposal, Requirement, Verdict};
use cotejo_procedure::commission::criteria::{Known, numbers, numerals};
use cotejo_procedure::commission::treatment::{self, Ruled, TreatmentFinding, TreatmentKind};
use cotejo_store::Case;
use std::collections::BTreeSet;

/// What is known of the pliego's own text.
#[derive(Default)]
struct PliegoText {
    numerals: Option<BTreeSet<String>>,
    pages: Option<u32>,
}

async fn pliego_text(case: &Case, judgement: &Judgement) -> Result<PliegoText, CaseworkError> {
    let Some(file) = judgement.pliego_file else { return Ok(PliegoText::default()) };
    let pages = pages(case, file).await?;
    let text: Vec<String> = pages.iter().map(cotejo_domain::PageReading::text).collect();
    if text.iter().all(|page| page.trim().is_empty()) {
        return Ok(PliegoText::default());
    }
    let mut found = BTreeSet::new();
    for page in &text {
        found.extend(numerals(page));
    }
    for requirement in &judgement.requirements {
        found.extend(numerals(&requirement.text));
    }
    Ok(PliegoText { numerals: Some(found), pages: u32::try_from(pages.len()).ok() })
}

/// Looks for unequal treatment among what holds now.
pub(crate) async fn found(
    case: &Case,
    judgement: &Judgement,
) -> Result<Vec<TreatmentFinding>, CaseworkError> {
    let decided = Decided::of(case).await?;
    let pliego = pliego_text(case, judgement).await?;
    let mut ruled = Vec::new();
    for ((requirement, bid), decision) in &decided.by_cell {
        let (Some((_, asked)), Some(of_bid)) = (judgement.requirement(requirement), judgement.bid(*bid))
        else {
            continue;
        };
        let proposal = judgement.proposal(requirement, *bid);
        ruled.push(Ruled {
            lot: of_bid.bid.lot,
            requirement: requirement.clone(),
            title: labels::short_title(&asked.text),
            bid: *bid,
            bidder: of_bid.bid.bidder.name.clone(),
            verdict: decision.verdict,
            defects: defects(proposal),
            basis: proposal
                .map_or_else(BTreeSet::new, |proposal| proposal.legal_basis.iter().cloned().collect()),
            evidence: decision
                .evidence
                .iter()
                .map(|piece| (piece.clone(), content(judgement, piece)))
                .collect(),
            motivation: decision.motivation.clone(),
            known: Known {
                numerals: pliego.numerals.clone(),
                pages: pliego.pages,
                numbers: known_numbers(judgement, asked, proposal, decision),
            },
        });
    }
    Ok(treatment::findings(&ruled))
}

/// What was found wrong: the reasons of a proposal that is held against the bid.
fn defects(proposal: Option<&Proposal>) -> BTreeSet<String> {
    let adverse = |proposal: &&Proposal| matches!(proposal.verdict, Verdict::NoCumple | Verdict::AConvalidar);
    let codes = proposal.filter(adverse).into_iter().flat_map(|proposal| &proposal.reasons);
    codes.map(|reason| reason.code.clone()).collect()
}

/// Identifies what stands on the page of a piece of evidence: the same for the same words or the same image. A page with nothing on it is no evidence
/// of anything.
fn content(judgement: &Judgement, piece: &Evidence) -> Option<String> {
    let page = piece.location.page()?;
    let file = judgement.bids.iter().find_map(|bid| bid.file(piece.file))?;
    let note = file.pages.iter().find(|note| note.number == page)?;
    let look = note.look.as_ref()?;
    (note.words > 20).then(|| look.exact.clone()).flatten()
}

/// The numbers that a motivation may speak of: those of the requirement, of the proposal and its working, of the budget and of the page cited.
fn known_numbers(
    judgement: &Judgement,
    asked: &Requirement,
    proposal: Option<&Proposal>,
    decision: &Decision,
) -> BTreeSet<rust_decimal::Decimal> {
    let mut found = numbers(&asked.text);
    found.extend(numbers(&serde_json::to_string(&asked.subject).unwrap_or_default()));
    if let Some(points) = asked.points {
        found.insert(points.normalize());
    }
    if let Some(budget) = judgement.state.process.budget {
        found.insert(budget.0.normalize());
    }
    if let Some(proposal) = proposal {
        for reason in &proposal.reasons {
            found.extend(numbers(&reason.text));
        }
        for step in &proposal.trace {
            found.extend(numbers(&format!("{} {} {}", step.step, step.inputs, step.result)));
        }
        for norm in proposal.unverified_norms.iter().chain(&proposal.legal_basis) {
            found.extend(numbers(norm));
        }
    }
    let quotes = decision.evidence.iter().chain(proposal.into_iter().flat_map(|proposal| &proposal.evidence));
    quotes.for_each(|piece| found.extend(numbers(&piece.quote)));
    found
}

/// Says what impedes signing: findings that nobody answered.
pub(crate) async fn block(case: &Case, judgement: &Judgement) -> Result<Option<SigningBlock>, CaseworkError> {
    let acts = CommissionActs::of(case).await?;
    let found = found(case, judgement).await?;
    let open: Vec<&TreatmentFinding> =
        found.iter().filter(|one| treatment::answer(&acts.treatments, &one.id).is_none()).collect();
    let Some(first) = open.first() else { return Ok(None) };
    let cell = first.cells.first();
    Ok(Some(SigningBlock {
        code: "commission.block.treatment".into(),
        title: message("commission.block.treatment", &[("numero", &open.len().to_string())]),
        detail: first.text.clone(),
        room: Room::Comision,
        cell: cell.map(|cell| CellAddress {
            requirement: first.requirement.to_string(),
            bid: cell.bid.to_string(),
        }),
    }))
}

impl Desk {
    /// Shows what was found about equal treatment, with the pages side by side and what was answered.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn treatments(&self, case: &str) -> Result<TreatmentsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.treatments_view(&open).await
    }

    /// Answers a finding with its reason; an empty one takes the answer back.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::NotFound`] when nothing like it is found now.
    pub async fn answer_treatment(
        &self,
        case: &str,
        finding: &str,
        reason: &str,
    ) -> Result<TreatmentsView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        if !found(&open.case, &judgement).await?.iter().any(|one| one.id == finding) {
            return Err(super::unknown("commission.treatment.unknown", finding));
        }
        let act = TreatmentAnswer {
            finding: finding.to_owned(),
            reason: reason.trim().to_owned(),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::TreatmentAnswered(act)).await?;
        self.treatments_view(&open).await
    }

    async fn treatments_view(&self, open: &OpenCase) -> Result<TreatmentsView, CaseworkError> {
        let judgement = open.judgement().await?;
        let acts = CommissionActs::of(&open.case).await?;
        let decided = Decided::of(&open.case).await?;
        let found = found(&open.case, &judgement).await?;
        let cells = u32::try_from(decided.by_cell.len()).unwrap_or(u32::MAX);
        let mut flowing = Flowing::new();
        for cell in found.iter().flat_map(|one| &one.cells) {
            flowing.extend(cell::flowing(&open.case, &cell.evidence).await?);
        }
        let shown = |bid: BidId, evidence: &[Evidence]| {
            let judged = judgement.bid(bid);
            let of_bid =
                |judged| evidence.iter().map(|piece| cell::evidence_view(judged, piece, &flowing)).collect();
            judged.map_or_else(Vec::new, of_bid)
        };
        let row = |one: TreatmentFinding| {
            let held = |bid: BidId| decided.at(&one.requirement, bid);
            let answer = treatment::answer(&acts.treatments, &one.id);
            TreatmentRow {
                answer: answer.map(|answer| answer.reason.clone()),
                answered_by: answer.map(|answer| decided.person(answer.author).to_owned()),
                answered_at: answer.map(|answer| answer.at.to_string()),
                kind: match one.kind {
                    TreatmentKind::SameError => TreatmentKindView::SameError,
                    TreatmentKind::SameEvidence => TreatmentKindView::SameEvidence,
                    TreatmentKind::ForeignCriterion => TreatmentKindView::ForeignCriterion,
                },
                sides: one
                    .cells
                    .iter()
                    .map(|cell| TreatmentSide {
                        cell: CellAddress {
                            requirement: one.requirement.to_string(),
                            bid: cell.bid.to_string(),
                        },
                        number: judgement.bid(cell.bid).map_or(0, |bid| bid.number),
                        bidder: cell.bidder.clone(),
                        verdict: cell.verdict.into(),
                        by: held(cell.bid)
                            .map_or_else(String::new, |held| decided.name(held.member).to_owned()),
                        conclusion: held(cell.bid)
                            .map_or_else(String::new, |held| held.motivation.conclusion.clone()),
                        evidence: shown(cell.bid, &cell.evidence),
                    })
                    .collect(),
                id: one.id,
                title: one.title,
                text: one.text,
            }
        };
        Ok(TreatmentsView { findings: found.into_iter().map(row).collect(), cells })
    }
}
