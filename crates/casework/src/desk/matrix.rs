//! The matrix: requirements down, bids across.

use super::commission::Votes;
use super::judgement::{JudgedBid, Judgement};
use super::{Desk, labels};
use crate::CaseworkError;
use crate::view::{
    MatrixCell, MatrixCellState, MatrixColumn, MatrixGroup, MatrixRow, MatrixView, OutcomeView,
    RequirementView, Verdict as VerdictView,
};
use cotejo_catalogue::message;
use cotejo_domain::{
    Actor, ActorId, BidId, Decision, FileHash, MemberId, Note, Requirement, RequirementId, RequirementKind,
    RequirementSource, Verdict,
};
use cotejo_store::Case;
use std::collections::{BTreeMap, BTreeSet};

/// Decisions that hold, by cell, with the name of who decided. With several members the latest is shown.
pub(crate) struct Decided {
    pub(crate) by_cell: BTreeMap<(RequirementId, BidId), Decision>,
    names: BTreeMap<MemberId, String>,
    persons: BTreeMap<ActorId, String>,
    pub(crate) notes: Vec<Note>,
    review: BTreeSet<(RequirementId, BidId)>,
}

impl Decided {
    pub(crate) async fn of(case: &Case) -> Result<Self, CaseworkError> {
        let actors: Vec<Actor> = case.actors().await?;
        let mut persons = BTreeMap::new();
        let mut names = BTreeMap::new();
        // The oldest first: a later commission may write a name better.
        for seat in case.commission_versions().await?.into_iter().flat_map(|commission| commission.seats) {
            names.insert(seat.member.id, seat.actor.name.clone());
            persons.insert(seat.actor.id, seat.actor.name);
        }
        persons.extend(actors.iter().map(|actor| (actor.id, actor.name.clone())));
        for member in case.members_one_by_one().await?.into_iter().chain(case.members().await?) {
            if let Some(name) = persons.get(&member.actor) {
                names.insert(member.id, name.clone());
            }
        }
        let acts = super::commission::CommissionActs::of(case).await?;
        let removed = acts.removed();
        let rows = case.decisions().await?;
        let review = rows
            .iter()
            .filter(|row| row.review)
            .map(|row| (row.decision.requirement.clone(), row.decision.bid))
            .collect();
        let mut by_cell: BTreeMap<(RequirementId, BidId), Decision> = BTreeMap::new();
        // Whoever was removed decides nothing any more; of several the last stands until the commission agrees.
        let commission = case.commission().await?;
        let votes_now = |member: MemberId| {
            let seat =
                commission.as_ref().and_then(|body| body.seats.iter().find(|seat| seat.member.id == member));
            commission.is_none() || seat.is_some_and(cotejo_domain::Seat::votes)
        };
        // Those who take part come last, and so before those who do not.
        let held = rows.iter().filter(|row| !removed.contains(&row.decision.member));
        let (taking_part, others): (Vec<_>, Vec<_>) = held.partition(|row| votes_now(row.decision.member));
        for row in others.into_iter().chain(taking_part) {
            let cell = (row.decision.requirement.clone(), row.decision.bid);
            by_cell.insert(cell, row.decision.clone());
        }
        for agreement in &acts.agreements {
            let agreed = |decision: &Decision| {
                Some(decision.id) == agreement.motivated_by && Some(decision.verdict) == agreement.verdict
            };
            let row =
                rows.iter().find(|row| agreed(&row.decision) && !removed.contains(&row.decision.member));
            if let Some(row) = row {
                by_cell.insert((agreement.requirement.clone(), agreement.bid), row.decision.clone());
            }
        }
        Ok(Self { by_cell, names, persons, notes: case.notes().await?, review })
    }

    pub(crate) fn person(&self, actor: ActorId) -> &str {
        self.persons.get(&actor).map_or("", String::as_str)
    }

    pub(crate) fn notes_at(&self, requirement: &RequirementId, bid: BidId) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| note.requirement == *requirement && note.bid == bid)
    }

    pub(crate) fn at(&self, requirement: &RequirementId, bid: BidId) -> Option<&Decision> {
        self.by_cell.get(&(requirement.clone(), bid))
    }

    /// Tells whether what the decision on a cell rests on changed since: *revisar de nuevo*.
    pub(crate) fn review(&self, requirement: &RequirementId, bid: BidId) -> bool {
        self.review.contains(&(requirement.clone(), bid))
    }

    pub(crate) fn name(&self, member: MemberId) -> &str {
        self.names.get(&member).map_or("", String::as_str)
    }
}

/// Kinds in the order of the matrix.
pub(crate) const KINDS: [RequirementKind; 4] = [
    RequirementKind::Integridad,
    RequirementKind::Minimo,
    RequirementKind::Puntaje,
    RequirementKind::Informativo,
];

impl Desk {
    /// Shows the matrix of a case.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn matrix(&self, case: &str) -> Result<MatrixView, CaseworkError> {
        let open = self.opened(case).await?;
        // Named with a lot, the matrix is of that lot alone.
        let judgement = match super::lots::address(case).1 {
            Some(lot) => self.judged_lot(&open, Some(lot)).await?,
            None => open.judgement().await?,
        };
        let decided = Decided::of(&open.case).await?;
        let live = super::commission::Live::of(&open.case, &judgement).await?;
        let votes = Votes::of(&open.case, &judgement).await?;
        let columns = judgement.bids.iter().map(|bid| column(&judgement, &decided, &live, bid)).collect();
        let mut groups = Vec::new();
        for kind in KINDS {
            let rows: Vec<MatrixRow> = judgement
                .requirements
                .iter()
                .enumerate()
                .filter(|(_, requirement)| requirement.kind == kind && judgement.asks(requirement))
                .map(|(index, requirement)| row(&judgement, &decided, &votes, index, requirement))
                .collect();
            if !rows.is_empty() {
                let (title, basis) = labels::group_title(kind);
                groups.push(MatrixGroup { kind: kind.into(), title, basis, rows });
            }
        }
        Ok(MatrixView { columns, groups })
    }
}

pub(crate) fn requirement_view(
    number: u32,
    requirement: &Requirement,
    pliego: Option<FileHash>,
) -> RequirementView {
    let (page, own) = match &requirement.source {
        RequirementSource::Page { page, file, .. } => (Some(*page), *file),
        _ => (None, None),
    };
    let pliego = own.or(pliego);
    RequirementView {
        id: requirement.id.to_string(),
        number,
        kind: requirement.kind.into(),
        title: labels::short_title(&requirement.text),
        text: requirement.text.clone(),
        points: requirement.points.map(|points| points.to_string()),
        source: labels::requirement_source(requirement),
        source_file: pliego.filter(|_| page.is_some()).map(|file| file.to_string()),
        source_page: page.filter(|_| pliego.is_some()),
        lot: None,
        lot_number: None,
    }
}

impl Judgement {
    /// Shows a requirement with its lot.
    pub(crate) fn requirement_view(&self, number: u32, requirement: &Requirement) -> RequirementView {
        let lot = |of: fn(&[cotejo_domain::Lot], cotejo_domain::LotId) -> Option<String>| {
            requirement.lot.and_then(|lot| of(&self.state.lots, lot))
        };
        let number_of = requirement.lot.and_then(|lot| super::lots::number(&self.state.lots, lot));
        RequirementView {
            lot: lot(super::lots::label),
            lot_number: number_of,
            ..requirement_view(number, requirement, self.pliego_file)
        }
    }
}

fn row(
    judgement: &Judgement,
    decided: &Decided,
    votes: &Votes,
    index: usize,
    requirement: &Requirement,
) -> MatrixRow {
    let of_bid = |bid: &std::sync::Arc<JudgedBid>| cell(judgement, decided, votes, requirement, bid);
    let cells: Vec<MatrixCell> = judgement.bids.iter().map(of_bid).collect();
    MatrixRow {
        requirement: judgement.requirement_view(u32::try_from(index + 1).unwrap_or(u32::MAX), requirement),
        norm_unverified: cells.iter().any(|cell| cell.norm_unverified),
        cells,
    }
}

fn cell(
    judgement: &Judgement,
    decided: &Decided,
    votes: &Votes,
    requirement: &Requirement,
    bid: &JudgedBid,
) -> MatrixCell {
    let proposal = judgement.proposal(&requirement.id, bid.bid.id);
    let decision = decided.at(&requirement.id, bid.bid.id);
    let state = match (decision, proposal) {
        (Some(_), _) => MatrixCellState::Decided,
        (None, Some(_)) => MatrixCellState::Proposed,
        (None, None) => MatrixCellState::Open,
    };
    let verdict = decision
        .map(|decision| decision.verdict)
        .or_else(|| proposal.map(|proposal| proposal.verdict))
        .unwrap_or(Verdict::Pendiente);
    MatrixCell {
        bid: bid.bid.id.to_string(),
        state,
        verdict: verdict.into(),
        proposed: proposal.map(|proposal| proposal.verdict.into()),
        confidence: proposal.map(|proposal| proposal.confidence.value()),
        decided_by: decision.map(|decision| labels::initials(decided.name(decision.member))),
        votes: votes.in_matrix(decided, &requirement.id, bid.bid.id),
        decided_at: decision.map(|decision| decision.decided_at.to_string()),
        norm_unverified: proposal.is_some_and(|proposal| proposal.rests_on_unverified),
        review: decided.review(&requirement.id, bid.bid.id),
        has_note: decided.notes_at(&requirement.id, bid.bid.id).next().is_some(),
        contradiction: proposal
            .is_some_and(|proposal| proposal.reasons.iter().any(|reason| reason.code.contains("contradic"))),
        not_evaluable: if !bid.bid.is_placed() {
            Some(message("lots.unplaced", &[]))
        } else if !super::judgement::is_asked(requirement, bid) {
            Some(message("lots.not_asked", &[]))
        } else {
            super::sealed::waits(requirement, bid).then(|| message("casework.sealed.waits", &[]))
        },
        offered: proposal.map_or_else(String::new, |proposal| {
            proposal.reasons.iter().take(2).map(|reason| reason.text.as_str()).collect::<Vec<_>>().join(" ")
        }),
        evidence: proposal.map_or_else(String::new, |proposal| {
            if proposal.evidence.is_empty() {
                message("casework.no_evidence", &[])
            } else {
                let number = proposal.evidence.len().to_string();
                let places = labels::citations(&proposal.evidence);
                message("casework.evidence_count", &[("numero", &number), ("lugares", &places)])
            }
        }),
    }
}

fn column(
    judgement: &Judgement,
    decided: &Decided,
    live: &super::commission::Live,
    bid: &JudgedBid,
) -> MatrixColumn {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let judged = || {
        judgement.requirements.iter().filter(|requirement| {
            super::acta_content::judged(requirement.kind) && super::judgement::stands(requirement, bid)
        })
    };
    let total = judged().count();
    let done = judged().filter(|requirement| decided.at(&requirement.id, bid.bid.id).is_some()).count();
    MatrixColumn {
        bid: bid.bid.id.to_string(),
        number: bid.number,
        name: bid.bid.bidder.name.clone(),
        ruc: bid.bid.bidder.ruc.as_ref().map(ToString::to_string),
        lot: super::lots::label(&judgement.state.lots, bid.bid.lot),
        lot_number: super::lots::number(&judgement.state.lots, bid.bid.lot),
        kind: labels::bidder_kind(bid.bid.bidder.kind),
        decided: count(done),
        total: count(total),
        flags: count(live.of_bid(bid.bid.id)),
        outcome: outcome(judgement, decided, bid),
    }
}

/// Says how the evaluation of a bid ends as far as integridad and minimums tell. Integridad never rejects by itself.
pub(crate) fn outcome(judgement: &Judgement, decided: &Decided, bid: &JudgedBid) -> OutcomeView {
    let mut open = 0_u32;
    let mut failed = 0_u32;
    let mut to_cure = 0_u32;
    let mut proposed = false;
    for requirement in &judgement.requirements {
        if !requirement.can_end_a_bid() || !super::judgement::stands(requirement, bid) {
            continue;
        }
        let decision = decided.at(&requirement.id, bid.bid.id).map(|decision| decision.verdict);
        let proposal = judgement.proposal(&requirement.id, bid.bid.id).map(|proposal| proposal.verdict);
        proposed |= decision.is_none();
        match decision.or(proposal).unwrap_or(Verdict::Pendiente) {
            Verdict::Cumple | Verdict::NoAplica => {}
            Verdict::NoCumple => failed += 1,
            Verdict::AConvalidar => to_cure += 1,
            Verdict::Pendiente => open += 1,
        }
    }
    let (verdict, text) = match (failed, to_cure, open) {
        (1.., _, _) => {
            (VerdictView::NoCumple, message("casework.outcome.fails", &[("numero", &failed.to_string())]))
        }
        (_, 1.., _) => {
            (VerdictView::AConvalidar, message("casework.outcome.cure", &[("numero", &to_cure.to_string())]))
        }
        (_, _, 1..) => {
            (VerdictView::Pendiente, message("casework.outcome.open", &[("numero", &open.to_string())]))
        }
        _ => (VerdictView::Cumple, message("casework.outcome.qualifies", &[])),
    };
    OutcomeView { verdict, proposed, text }
}
