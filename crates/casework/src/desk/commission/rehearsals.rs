//! *Ensayo de reclamo* of a case: each *no cumple* with what a claim would say of it. It blocks nothing.

use super::super::curing::curability_of;
use super::super::judgement::Judgement;
use super::super::matrix::Decided;
use super::super::{Desk, labels};
use super::{CommissionActs, declarations, treatments};
use crate::CaseworkError;
use crate::view::{CellAddress, ObjectionView, RehearsalRow, RehearsalView, StrengthView};
use cotejo_domain::{Decision, Evidence, Requirement, Verdict};
use cotejo_procedure::commission::opening;
use cotejo_procedure::commission::rehearsal::{self, Charge, CurableUnder, Objection, Recorded, Strength};
use cotejo_procedure::commission::treatment;
use cotejo_procedure::curing::chain::CureChain;
use cotejo_procedure::curing::errors::Curability;
use cotejo_store::DecisionState;

impl Desk {
    /// Rehearses a claim against each *no cumple*.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn rehearse(&self, case: &str) -> Result<RehearsalView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let decided = Decided::of(&open.case).await?;
        let acts = CommissionActs::of(&open.case).await?;
        let found = treatments::found(&open.case, &judgement).await?;
        let list = declarations::people(&judgement);
        let undeclared = declarations::undeclared(&open.case, &acts, &list).await?;
        let members = open.case.members().await?;
        let rows = open.case.decisions().await?;
        let mut charges = Vec::new();
        for ((requirement, bid), decision) in &decided.by_cell {
            if decision.verdict != Verdict::NoCumple {
                continue;
            }
            let (Some((_, asked)), Some(of_bid)) = (judgement.requirement(requirement), judgement.bid(*bid))
            else {
                continue;
            };
            let chain = CureChain::of(&acts.all, of_bid.bid.lot);
            let requested = chain.of_bid(*bid).any(|request| request.requirement == *requirement);
            let of_cell = |cells: &[treatment::TreatedCell]| cells.iter().any(|cell| cell.bid == *bid);
            let unequal = found
                .iter()
                .filter(|one| one.requirement == *requirement && of_cell(&one.cells))
                .map(|one| {
                    let answer = treatment::answer(&acts.treatments, &one.id);
                    (one.text.clone(), answer.map(|answer| answer.reason.clone()))
                });
            let by = members.iter().find(|member| member.id == decision.member).map(|member| member.actor);
            let openings: Vec<_> = acts
                .openings
                .iter()
                .filter(|one| one.requirement == *requirement && one.bid == *bid)
                .cloned()
                .collect();
            let opened =
                by.map_or_else(Default::default, |by| opening::opened(&decision.evidence, &openings, by));
            let dissent = rows
                .iter()
                .filter(|row| row.state == DecisionState::Current)
                .map(|row| &row.decision)
                .filter(|other| {
                    other.requirement == *requirement
                        && other.bid == *bid
                        && other.verdict != decision.verdict
                })
                .map(|other| {
                    let name = decided.name(other.member).to_owned();
                    (name, acts.dissent(requirement, *bid, other.member).to_owned())
                });
            let second = acts.checks.iter().find(|check| {
                check.decision == decision.id
                    && check.verdict.is_some_and(|verdict| verdict != decision.verdict)
            });
            let proposal = judgement.proposal(requirement, *bid);
            let charge = Charge {
                curable: curable(&judgement, &decided, &acts, asked, decision),
                requested,
                notified_to_all: match &chain.notification {
                    Some(_) if requested => Recorded::Known(chain.notified_to_all()),
                    _ => Recorded::NotRecorded,
                },
                term: term(&judgement, &chain, requested),
                term_working: chain.requests.as_ref().filter(|_| requested).map_or_else(
                    String::new,
                    |requests| {
                        let (days, due) = (requests.term.0.to_string(), requests.due.to_string());
                        cotejo_catalogue::message(
                            "commission.claim.term.working",
                            &[("dias", &days), ("hasta", &due)],
                        )
                    },
                ),
                unequal: unequal.collect(),
                pieces: if by.is_some() { opened.pieces } else { decision.evidence.len() },
                opened: opened.opened,
                least_confidence: least(&decision.evidence),
                confirmed_reading: decision.evidence.iter().all(by_person),
                unverified: proposal.map_or_else(Vec::new, |proposal| proposal.unverified_norms.clone()),
                norm: decision.motivation.norm.clone(),
                requirement_unconfirmed: asked.source.is_recognised() && !confirmed(&acts, asked),
                dissent: dissent.collect(),
                undeclared: undeclared
                    .iter()
                    .filter(|(member, _)| *member == decision.member)
                    .map(|(_, name)| name.clone())
                    .collect(),
                second_otherwise: second
                    .and_then(|check| check.verdict)
                    .map(|verdict| labels::verdict(verdict).to_lowercase()),
            };
            let objections: Vec<ObjectionView> =
                rehearsal::objections(&charge).into_iter().map(objection).collect();
            charges.push(RehearsalRow {
                cell: CellAddress { requirement: requirement.to_string(), bid: bid.to_string() },
                name: super::cell_name(&judgement, requirement, *bid),
                open: u32::try_from(
                    objections.iter().filter(|one| one.strength == StrengthView::Open).count(),
                )
                .unwrap_or(u32::MAX),
                objections,
            });
        }
        // The weakest of the file first.
        charges.sort_by_key(|row| std::cmp::Reverse(row.open));
        Ok(RehearsalView { charges })
    }
}

fn objection(one: Objection) -> ObjectionView {
    ObjectionView {
        code: one.objection.code,
        strength: match one.strength {
            Strength::Open => StrengthView::Open,
            Strength::Weak => StrengthView::Weak,
            Strength::Answered => StrengthView::Answered,
        },
        objection: one.objection.text,
        answer: one.answer,
    }
}

/// Says what *convalidación* says of a charge: as it says it everywhere, what persons said of the defect included.
fn curable(
    judgement: &Judgement,
    decided: &Decided,
    acts: &CommissionActs,
    asked: &Requirement,
    decision: &Decision,
) -> CurableUnder {
    if judgement.proposal(&asked.id, decision.bid).is_none() {
        return CurableUnder::NotRecorded;
    }
    let found = curability_of(judgement, decided, &acts.all, asked, decision.bid, None);
    let Some(found) = found else { return CurableUnder::NotRecorded };
    match found {
        Curability::Curable(curable) => {
            CurableUnder::Yes { error: curable.name, articles: curable.ground.legal_basis }
        }
        Curability::NotCurable { reason, ground, .. } => {
            CurableUnder::No { reason: reason.text, articles: ground.legal_basis }
        }
        Curability::Ask { question, .. } => CurableUnder::Ask { question: question.text },
    }
}

/// Whether the term that was given is within what the regime allows; not recorded where the pack does not say it.
fn term(judgement: &Judgement, chain: &CureChain, requested: bool) -> Recorded<bool> {
    let (Some(pack), Some(requests)) = (&judgement.pack, chain.requests.as_ref().filter(|_| requested))
    else {
        return Recorded::NotRecorded;
    };
    match pack.cure_days() {
        cotejo_rules::Answer::Known(value) => {
            let (least, most) = value.value;
            Recorded::Known(least.0 <= requests.term.0 && requests.term.0 <= most.0)
        }
        cotejo_rules::Answer::Ask { .. } => Recorded::NotRecorded,
    }
}

fn least(evidence: &[Evidence]) -> Option<f64> {
    evidence.iter().map(|piece| piece.confidence.value()).min_by(f64::total_cmp)
}

fn by_person(piece: &Evidence) -> bool {
    piece.extractor.starts_with("persona@") || piece.extractor.ends_with(super::super::pages::BY_PERSON)
}

/// Whether a person confirmed a requirement that was read from a page.
fn confirmed(acts: &CommissionActs, asked: &Requirement) -> bool {
    use cotejo_domain::course::{CourseAct, RequirementWord};
    acts.all.iter().any(|act| match act {
        CourseAct::RequirementSaid(said) => {
            said.requirement == asked.id && !matches!(said.word, RequirementWord::Rejected)
        }
        _ => false,
    })
}
