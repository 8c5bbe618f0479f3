//! *Indicios* with what a person said of them. One that is dismissed stays listed, with the reason beside it; none ever changes a verdict.

use super::super::Desk;
use super::super::cell::{Flowing, evidence_view, flowing};
use super::super::judgement::{JudgedBid, Judgement};
use super::super::matrix::Decided;
use super::super::open_case::OpenCase;
use super::CommissionActs;
use crate::CaseworkError;
use crate::contract::DismissalLine;
use crate::view::{IndicatorSection, IndicatorView, IndicioRow, IndicioSide, IndiciosView};
use cotejo_domain::course::{CourseAct, IndicioDismissal};
use cotejo_domain::{BidId, Evidence, FileHash, Severity};
use cotejo_flags::Flag;
use cotejo_store::Case;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of an identifier.
const LETTERS: usize = 16;

/// Names each indicio by its code and what it rests on: the same as long as the papers are, whatever the words and the order. Of several that rest
/// on the same, each is told apart by its place among them.
pub(crate) fn identities(flags: &[&Flag]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let basis: Vec<String> = flags.iter().map(|flag| basis(flag)).collect();
    // The place among equals goes by their words, so that the order in which they are found does not matter.
    let mut order: Vec<usize> = (0..flags.len()).collect();
    order.sort_by_key(|at| (basis.get(*at).cloned(), flags.get(*at).map(|flag| flag.text.clone())));
    let mut names = vec![String::new(); flags.len()];
    for at in order {
        let (Some(basis), Some(name), Some(flag)) = (basis.get(at), names.get_mut(at), flags.get(at)) else {
            continue;
        };
        let place = seen.entry(basis.clone()).or_default();
        *place += 1;
        let digest: String = FileHash::of(basis.as_bytes()).to_string().chars().take(LETTERS).collect();
        *name = match *place {
            1 => format!("{}-{digest}", flag.code),
            place => format!("{}-{digest}-{place}", flag.code),
        };
    }
    names
}

fn basis(flag: &Flag) -> String {
    let mut bids: Vec<String> = flag.bids.iter().map(ToString::to_string).collect();
    bids.sort();
    let mut evidence: Vec<String> = flag
        .evidence
        .iter()
        .map(|piece| format!("{}@{}", piece.file, serde_json::to_string(&piece.location).unwrap_or_default()))
        .collect();
    evidence.sort();
    evidence.dedup();
    format!("{}|{}|{}", flag.code, bids.join(","), evidence.join(","))
}

/// Counts the indicios of each bid that nobody dismissed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live(BTreeMap<BidId, usize>);

impl Live {
    pub(crate) async fn of(case: &Case, judgement: &Judgement) -> Result<Self, CaseworkError> {
        let acts = CommissionActs::of(case).await?;
        let course = super::super::indicios::of_course(case, judgement).await?;
        let flags: Vec<&Flag> = judgement.flags.iter().chain(&course).collect();
        let dismissed = dismissed(&acts);
        let mut live = Self::default();
        for (flag, id) in flags.iter().zip(identities(&flags)) {
            if dismissed.contains_key(&id) {
                continue;
            }
            for bid in flag.bids.iter().collect::<BTreeSet<_>>() {
                *live.0.entry(*bid).or_default() += 1;
            }
        }
        Ok(live)
    }

    pub(crate) fn of_bid(&self, bid: BidId) -> usize {
        self.0.get(&bid).copied().unwrap_or_default()
    }
}

fn dismissed(acts: &CommissionActs) -> BTreeMap<String, &IndicioDismissal> {
    let held = acts.dismissals.iter().filter(|said| !said.reason.trim().is_empty());
    held.map(|said| (said.indicio.clone(), said)).collect()
}

/// Returns identifier and dismissal of each flag for `evaluacion.json`, in the order of the flags.
pub(crate) fn lines(
    flags: &[&Flag],
    acts: &CommissionActs,
    decided: &Decided,
) -> Vec<(String, Option<DismissalLine>)> {
    let held = dismissed(acts);
    let line = |id: String| {
        let dismissal = held.get(&id).map(|said| DismissalLine {
            reason: said.reason.clone(),
            by: decided.person(said.author).to_owned(),
            at: said.at.to_string(),
        });
        (id, dismissal)
    };
    identities(flags).into_iter().map(line).collect()
}

impl Desk {
    /// Lists the indicios of a case, those of its papers and those of the course of the evaluation, with what was said of each.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn indicios(&self, case: &str) -> Result<IndiciosView, CaseworkError> {
        let open = self.opened(case).await?;
        self.indicios_view(&open).await
    }

    /// Dismisses an indicio for a reason.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] without a reason, [`cotejo_domain::Code::NotFound`] when the case has no such indicio.
    pub async fn dismiss_indicio(
        &self,
        case: &str,
        indicio: &str,
        reason: &str,
    ) -> Result<IndiciosView, CaseworkError> {
        if reason.trim().is_empty() {
            return Err(super::refuse("commission.indicio.no_reason", ""));
        }
        self.say_of_indicio(case, indicio, reason).await
    }

    /// Takes an indicio up again.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::NotFound`] when the case has no such indicio.
    pub async fn take_up_indicio(&self, case: &str, indicio: &str) -> Result<IndiciosView, CaseworkError> {
        self.say_of_indicio(case, indicio, "").await
    }

    async fn say_of_indicio(
        &self,
        case: &str,
        indicio: &str,
        reason: &str,
    ) -> Result<IndiciosView, CaseworkError> {
        let open = self.opened(case).await?;
        let known = self.indicios_view(&open).await?;
        if !known.rows.iter().any(|row| row.id == indicio) {
            return Err(super::unknown("commission.indicio.unknown", indicio));
        }
        let act = IndicioDismissal {
            indicio: indicio.to_owned(),
            reason: reason.trim().to_owned(),
            author: self.actor.id,
            at: self.now(),
        };
        self.record_act(&open, CourseAct::IndicioDismissed(act)).await?;
        self.indicios_view(&open).await
    }

    async fn indicios_view(&self, open: &OpenCase) -> Result<IndiciosView, CaseworkError> {
        let judgement = open.judgement().await?;
        let acts = CommissionActs::of(&open.case).await?;
        let decided = Decided::of(&open.case).await?;
        let course = super::super::indicios::of_course(&open.case, &judgement).await?;
        let flags: Vec<&Flag> = judgement.flags.iter().chain(&course).collect();
        let said = lines(&flags, &acts, &decided);
        let of_papers = judgement.flags.len();
        let evidence: Vec<Evidence> = flags.iter().flat_map(|flag| flag.evidence.iter().cloned()).collect();
        let flowing = flowing(&open.case, &evidence).await?;
        let rows: Vec<IndicioRow> = flags
            .iter()
            .zip(said)
            .enumerate()
            .map(|(at, (flag, (id, dismissal)))| IndicioRow {
                id,
                code: flag.code.clone(),
                name: cotejo_catalogue::message(&format!("flags.{}.nombre", flag.code), &[]),
                of_course: at >= of_papers,
                weighty: flag.severity != Severity::Info,
                text: flag.text.clone(),
                remedy: flag.remedy.clone(),
                bids: flag.bids.iter().filter_map(|bid| judgement.bid(*bid).map(|bid| bid.number)).collect(),
                places: flag.evidence.iter().map(super::place).collect(),
                sides: sides(&judgement, flag, &flowing),
                dismissed: dismissal.as_ref().map(|said| said.reason.clone()),
                dismissed_by: dismissal.as_ref().map(|said| said.by.clone()),
                dismissed_at: dismissal.map(|said| said.at),
            })
            .collect();
        let count = |dismissed: bool| {
            let of = rows.iter().filter(|row| row.dismissed.is_some() == dismissed).count();
            u32::try_from(of).unwrap_or(u32::MAX)
        };
        let bids = u32::try_from(judgement.bids.len()).unwrap_or(u32::MAX);
        let codes: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        let indicators = codes.into_iter().map(indicator).collect();
        Ok(IndiciosView { live: count(false), dismissed: count(true), bids, indicators, rows })
    }
}

fn indicator(code: &str) -> IndicatorView {
    let section =
        |section: cotejo_flags::Section| IndicatorSection { title: section.title, text: section.text };
    IndicatorView {
        code: code.to_owned(),
        name: cotejo_catalogue::message(&format!("flags.{code}.nombre"), &[]),
        sections: cotejo_flags::page(code).into_iter().map(section).collect(),
    }
}

/// Puts what an indicio rests on beside its bids. A file that two bids hold byte by byte goes to the one whose path it names, else to the one that
/// has less of it.
fn sides(judgement: &Judgement, flag: &Flag, flowing: &Flowing) -> Vec<IndicioSide> {
    let bids: Vec<&JudgedBid> = flag.bids.iter().filter_map(|bid| judgement.bid(*bid)).collect();
    let mut sides: Vec<IndicioSide> = bids
        .iter()
        .map(|bid| IndicioSide { number: bid.number, name: bid.bid.bidder.name.clone(), pieces: Vec::new() })
        .collect();
    for piece in &flag.evidence {
        let holds = |bid: &JudgedBid| bid.file(piece.file).is_some();
        let named = |bid: &JudgedBid| bid.file(piece.file).is_some_and(|file| file.path == piece.file_name);
        let by_name = bids.iter().any(|bid| named(bid));
        let of = (0..bids.len())
            .filter(|at| bids.get(*at).is_some_and(|bid| if by_name { named(bid) } else { holds(bid) }))
            .min_by_key(|at| sides.get(*at).map_or(0, |side| side.pieces.len()));
        let Some((bid, side)) = of.and_then(|at| Some((bids.get(at)?, sides.get_mut(at)?))) else { continue };
        side.pieces.push(evidence_view(bid, piece, flowing));
    }
    sides.sort_by_key(|side| side.number);
    sides
}
