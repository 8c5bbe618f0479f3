//! Which evidence the person at this machine opened. The window shows pages through [`Desk::page`], and what it shows of the evidence of a cell
//! is recorded by itself; elsewhere the person states it.

use super::super::Desk;
use super::super::decisions::address;
use super::super::judgement::Judgement;
use super::super::open_case::OpenCase;
use super::CommissionActs;
use crate::CaseworkError;
use crate::view::{CellAddress, EvidenceDueRow, EvidenceDueView, OpenedEvidence, OpenedPieceView};
use cotejo_domain::course::{CourseAct, EvidenceOpening, OpeningWay};
use cotejo_domain::{ActorId, BidId, CaseId, Evidence, FileHash, Location, RequirementId, Verdict};
use cotejo_procedure::commission::opening;
use cotejo_store::DecisionState;
use std::collections::{BTreeMap, BTreeSet};

/// Most cells that are remembered as looked at, for each case.
const CELLS: usize = 4;

/// Remembers, while the desk is open, which cells and pages a person looked at.
#[derive(Debug, Default)]
pub(crate) struct Looking(BTreeMap<CaseId, Looked>);

#[derive(Debug, Default)]
struct Looked {
    /// The latest last.
    cells: Vec<(RequirementId, BidId)>,
    pages: BTreeSet<String>,
}

impl Desk {
    /// Shows which evidence of a cell the person at this machine opened.
    ///
    /// # Errors
    /// When the case has no such cell.
    pub async fn opened_evidence(
        &self,
        case: &str,
        cell: &CellAddress,
    ) -> Result<OpenedEvidence, CaseworkError> {
        let open = self.opened(case).await?;
        let (requirement, bid) = address(cell)?;
        self.opened_view(&open, &requirement, bid).await
    }

    /// States that the person at this machine looked at the evidence of a cell: at all of it, or at the pieces of these places in the list.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::NotFound`] when the case has no such cell or the cell no such piece.
    pub async fn open_evidence(
        &self,
        case: &str,
        cell: &CellAddress,
        pieces: &[u32],
    ) -> Result<OpenedEvidence, CaseworkError> {
        let open = self.opened(case).await?;
        let (requirement, bid) = address(cell)?;
        let all = self.evidence_of(&open, &requirement, bid).await?;
        let mut chosen = Vec::new();
        for place in pieces {
            let piece = usize::try_from(*place).ok().and_then(|place| all.get(place));
            let none = || super::unknown("commission.opening.no_piece", place.to_string());
            chosen.push(piece.cloned().ok_or_else(none)?);
        }
        let chosen = if pieces.is_empty() { all } else { chosen };
        self.state_opened(&open, &requirement, bid, &chosen, OpeningWay::Stated).await?;
        self.opened_view(&open, &requirement, bid).await
    }

    /// Lists the verdicts against a bid, decided and proposed, with what of their evidence was opened by whoever decided or is to decide.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn evidence_due(&self, case: &str) -> Result<EvidenceDueView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let held = super::super::matrix::Decided::of(&open.case).await?;
        let acts = CommissionActs::of(&open.case).await?;
        let removed = acts.removed();
        let members = open.case.members().await?;
        let row =
            |requirement: &RequirementId, bid: BidId, verdict: Verdict, cited: &[Evidence], by: ActorId| {
                let own = own(&acts, requirement, bid, by);
                let counted = opening::opened(cited, &own, by);
                let mut told = BTreeSet::new();
                let unopened = cited.iter().filter(|piece| {
                    let name = opening::piece(piece);
                    let known = own.iter().flat_map(|one| &one.pieces).any(|known| known.piece == name);
                    !known && told.insert(name)
                });
                let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
                EvidenceDueRow {
                    cell: CellAddress { requirement: requirement.to_string(), bid: bid.to_string() },
                    name: super::cell_name(&judgement, requirement, bid),
                    verdict: verdict.into(),
                    by: None,
                    mine: by == self.actor.id,
                    pieces: number(counted.pieces),
                    opened: number(counted.opened),
                    stated: number(counted.stated),
                    unopened: unopened.map(super::place).collect(),
                }
            };
        let mut decided = Vec::new();
        for one in open.case.decisions().await?.into_iter().filter(|one| one.state == DecisionState::Current)
        {
            let decision = one.decision;
            let member = members.iter().find(|member| member.id == decision.member);
            let Some(member) = member.filter(|member| !removed.contains(&member.id)) else { continue };
            if opening::needs_opening(decision.verdict) && judgement.bid(decision.bid).is_some() {
                let cited = decision.evidence.as_slice();
                let shown = row(&decision.requirement, decision.bid, decision.verdict, cited, member.actor);
                decided.push(EvidenceDueRow { by: Some(held.name(member.id).to_owned()), ..shown });
            }
        }
        let mut proposed = Vec::new();
        for (requirement, bid) in judgement.requirements.iter().flat_map(|asked| {
            judgement
                .bids
                .iter()
                .filter(|bid| super::super::judgement::stands(asked, bid))
                .map(move |bid| (asked, bid))
        }) {
            let (id, bid) = (&requirement.id, bid.bid.id);
            let proposal = judgement.proposal(id, bid).filter(|one| opening::needs_opening(one.verdict));
            let judged = super::super::acta_content::judged(requirement.kind);
            if let Some(proposal) = proposal.filter(|_| judged && held.at(id, bid).is_none()) {
                proposed.push(row(id, bid, proposal.verdict, &proposal.evidence, self.actor.id));
            }
        }
        // What is opened least stands first; what cites nothing has nothing to open.
        let order = |one: &EvidenceDueRow| (one.pieces > 0 && one.opened > 0, one.unopened.is_empty());
        decided.sort_by_key(order);
        proposed.sort_by_key(order);
        Ok(EvidenceDueView { decided, proposed })
    }

    async fn opened_view(
        &self,
        open: &OpenCase,
        requirement: &RequirementId,
        bid: BidId,
    ) -> Result<OpenedEvidence, CaseworkError> {
        let all = self.evidence_of(open, requirement, bid).await?;
        let acts = CommissionActs::of(&open.case).await?;
        let own = own(&acts, requirement, bid, self.actor.id);
        let counted = opening::opened(&all, &own, self.actor.id);
        let pieces = all.iter().map(|piece| {
            let name = opening::piece(piece);
            let known = own.iter().flat_map(|one| &one.pieces).find(|known| known.piece == name);
            OpenedPieceView {
                place: super::place(piece),
                opened_at: known.map(|known| known.at.to_string()),
                stated: known.is_some_and(|known| known.way == OpeningWay::Stated),
            }
        });
        Ok(OpenedEvidence { pieces: pieces.collect(), suffices: counted.suffices() })
    }

    async fn evidence_of(
        &self,
        open: &OpenCase,
        requirement: &RequirementId,
        bid: BidId,
    ) -> Result<Vec<Evidence>, CaseworkError> {
        let judgement = open.judgement().await?;
        if judgement.requirement(requirement).is_none() || judgement.bid(bid).is_none() {
            return Err(super::unknown("casework.no_such_cell", format!("{requirement} × {bid}")));
        }
        let decided = super::super::matrix::Decided::of(&open.case).await?;
        let decision = decided.at(requirement, bid).map(|decision| decision.evidence.as_slice());
        Ok(super::super::cell::all_evidence(judgement.proposal(requirement, bid), decision))
    }

    /// Records pieces as opened, where anything of it is new.
    pub(crate) async fn state_opened(
        &self,
        open: &OpenCase,
        requirement: &RequirementId,
        bid: BidId,
        evidence: &[Evidence],
        way: OpeningWay,
    ) -> Result<(), CaseworkError> {
        // Whoever received a case and has no seat in it looks at it, and nothing is recorded.
        if way == OpeningWay::Shown && !open.case.may_write(self.actor.id).await? {
            return Ok(());
        }
        let acts = CommissionActs::of(&open.case).await?;
        let before = own(&acts, requirement, bid, self.actor.id);
        let before = before.first().map_or(&[][..], |one| one.pieces.as_slice());
        let names = evidence.iter().map(opening::piece);
        let Some(pieces) = opening::add(before, names, way, self.now()) else { return Ok(()) };
        let act = EvidenceOpening {
            requirement: requirement.clone(),
            bid,
            pieces,
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(open, CourseAct::EvidenceOpened(act)).await
    }

    /// Remembers that a person looks at a cell.
    pub(crate) async fn look_at_cell(&self, case: CaseId, requirement: &RequirementId, bid: BidId) {
        let mut looking = self.looking.lock().await;
        let cells = &mut looking.0.entry(case).or_default().cells;
        let cell = (requirement.clone(), bid);
        cells.retain(|known| *known != cell);
        cells.push(cell);
        if cells.len() > CELLS {
            cells.remove(0);
        }
    }

    /// Remembers that a page was shown, and records it for the cells the person looks at whose evidence it is.
    pub(crate) async fn look_at_page(
        &self,
        open: &OpenCase,
        judgement: &Judgement,
        file: FileHash,
        page: u32,
    ) -> Result<(), CaseworkError> {
        let name = opening::page_piece(file, page);
        let cells = {
            let mut looking = self.looking.lock().await;
            let looked = looking.0.entry(open.case.id()).or_default();
            looked.pages.insert(name);
            looked.cells.clone()
        };
        for (requirement, bid) in cells {
            let Some(proposal) = judgement.proposal(&requirement, bid) else { continue };
            let shown: Vec<Evidence> =
                proposal.evidence.iter().filter(|piece| shows(piece, file, page)).cloned().collect();
            if !shown.is_empty() {
                self.state_opened(open, &requirement, bid, &shown, OpeningWay::Shown).await?;
            }
        }
        Ok(())
    }

    /// Refuses a verdict against a bid whose evidence the person never opened. What a decision cites counts, else what was proposed; pages that
    /// were shown while this desk is open are recorded now.
    pub(crate) async fn require_opened(
        &self,
        open: &OpenCase,
        requirement: &RequirementId,
        bid: BidId,
        verdict: Verdict,
        cited: &[Evidence],
    ) -> Result<(), CaseworkError> {
        if !opening::needs_opening(verdict) {
            return Ok(());
        }
        let judgement = open.judgement().await?;
        let proposed =
            judgement.proposal(requirement, bid).map_or(&[][..], |proposal| proposal.evidence.as_slice());
        let cited = if cited.is_empty() { proposed } else { cited };
        let seen: Vec<Evidence> = {
            let looking = self.looking.lock().await;
            let looked = looking.0.get(&open.case.id());
            let at_cell = looked.is_some_and(|looked| looked.cells.contains(&(requirement.clone(), bid)));
            let was_shown = |piece: &&Evidence| {
                // What has no page to open stands in the cell itself.
                let in_cell = at_cell && !has_pages(piece);
                in_cell || looked.is_some_and(|looked| looked.pages.contains(&opening::piece(piece)))
            };
            cited.iter().filter(was_shown).cloned().collect()
        };
        if !seen.is_empty() {
            self.state_opened(open, requirement, bid, &seen, OpeningWay::Shown).await?;
        }
        let acts = CommissionActs::of(&open.case).await?;
        let own = own(&acts, requirement, bid, self.actor.id);
        let opened = opening::opened(cited, &own, self.actor.id);
        if opened.suffices() {
            return Ok(());
        }
        Err(super::refuse("commission.evidence_unopened", super::cell_name(&judgement, requirement, bid)))
    }
}

fn has_pages(piece: &Evidence) -> bool {
    matches!(piece.location, Location::Page { .. } | Location::Paragraph { .. } | Location::Sheet { .. })
}

/// Whether a page shows a piece: the page itself, or any page of the file for what is true of the whole file or stands in flowing text.
fn shows(piece: &Evidence, file: FileHash, page: u32) -> bool {
    piece.file == file && piece.location.page().is_none_or(|of| of == page)
}

fn own(
    acts: &CommissionActs,
    requirement: &RequirementId,
    bid: BidId,
    author: ActorId,
) -> Vec<EvidenceOpening> {
    let of =
        |one: &&EvidenceOpening| one.requirement == *requirement && one.bid == bid && one.author == author;
    acts.openings.iter().filter(of).cloned().collect()
}
