//! What follows of the acts about lots: the lots of the case and the bids in them. Settled from what holds, whatever came before.

use super::stated;
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::judgement::{package_findings, put_package_findings};
use crate::desk::open_case::OpenCase;
use cotejo_catalogue::message;
use cotejo_domain::course::{BidPlaced, CourseAct, PlacedBid};
use cotejo_domain::{Bid, BidFile, BidId, Code, Lot, LotId};
use cotejo_store::{Case, EventPayload, FileOwner};

/// The bids of a case by the package they came with.
pub(crate) struct Packages(Vec<Vec<Bid>>);

impl Packages {
    pub(crate) async fn of(case: &Case) -> Result<Self, CaseworkError> {
        let mut packages: Vec<Vec<Bid>> = Vec::new();
        // A package is known by the name it came under; the bids of further lots come after its own.
        for bid in case.bids().await? {
            match packages
                .iter_mut()
                .find(|bids| bids.iter().any(|known| known.bidder.name == bid.bidder.name))
            {
                Some(bids) => bids.push(bid),
                None => packages.push(vec![bid]),
            }
        }
        Ok(Self(packages))
    }

    /// The bids of each package, its own first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Bid]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// The bids that came with the package of a bid.
    pub(crate) fn with(&self, bid: BidId) -> Option<&[Bid]> {
        self.iter().find(|bids| bids.iter().any(|known| known.id == bid))
    }
}

/// Tells whether nobody said yet which lots there are, though the pliego states several.
pub(super) fn waits_for_lots(stated: bool, pliego: Option<&cotejo_domain::Pliego>) -> bool {
    !stated && pliego.is_some_and(|pliego| pliego.lots.len() > 1)
}

/// Returns which lot a package is in while nobody said it: the only one there is, or none.
fn unsaid(lots: &[Lot], waits: bool) -> LotId {
    match lots {
        [only] if !waits => only.id,
        _ => Bid::NO_LOT,
    }
}

/// Returns the lot that a bid which just came is in: the only one there is, or none.
pub(crate) async fn on_arrival(case: &Case, state: &cotejo_store::CaseState) -> Result<LotId, CaseworkError> {
    let (said, _) = stated(case).await?;
    if state.lots.is_empty() {
        return Err(CaseworkError::refused(Code::BrokenLog, "casework.no_lot", ""));
    }
    Ok(unsaid(&state.lots, waits_for_lots(said.is_some(), state.pliego.as_ref())))
}

/// Makes lots and bids of the case what the acts say.
pub(crate) async fn settle(desk: &Desk, open: &OpenCase) -> Result<(), CaseworkError> {
    let case = &open.case;
    let state = case.state().await?;
    let (said, placed) = stated(case).await?;
    let waits = waits_for_lots(said.is_some(), state.pliego.as_ref());
    // The first lot is the one the case began with, so that what is of no lot's own stays where it was.
    let first = state.lots.first().map(|lot| lot.id);
    let first = first.ok_or_else(|| CaseworkError::refused(Code::BrokenLog, "casework.no_lot", ""))?;
    let lots =
        said.map_or_else(|| vec![Lot::named(first, message("casework.single_lot", &[]))], |said| said.lots);
    let mut payloads = Vec::new();
    if lots != state.lots {
        payloads.push(EventPayload::ProcessChanged {
            process: state.process.clone(),
            lots: lots.clone(),
            source: String::new(),
        });
    }
    let mut shared: Vec<(BidId, BidId)> = Vec::new();
    for bids in Packages::of(case).await?.iter() {
        let Some(own) = bids.first() else { continue };
        let target = target(own.id, &lots, waits, &placed);
        for gone in bids.iter().filter(|bid| !target.iter().any(|placed| placed.bid == bid.id)) {
            payloads.push(EventPayload::BidRemoved { bid: gone.id });
        }
        for placed in target {
            match bids.iter().find(|bid| bid.id == placed.bid) {
                Some(bid) if bid.lot == placed.lot => {}
                Some(_) => payloads.push(EventPayload::BidMoved { bid: placed.bid, lot: placed.lot }),
                None => {
                    let bidder = own.bidder.clone();
                    let bid = Bid { id: placed.bid, lot: placed.lot, bidder, files: Vec::new() };
                    payloads.push(EventPayload::BidAdded { bid });
                    let owner = FileOwner::Bid(placed.bid);
                    let files = own.files.iter().cloned();
                    payloads.extend(files.map(|file| EventPayload::FileImported { owner, file }));
                    shared.push((own.id, placed.bid));
                }
            }
        }
    }
    if !payloads.is_empty() {
        case.record_all(desk.actor.id, payloads).await?;
    }
    for (from, to) in shared {
        put_package_findings(case, to, &package_findings(case, from).await?).await?;
    }
    open.forget().await;
    Ok(())
}

fn target(own: BidId, lots: &[Lot], waits: bool, placed: &[BidPlaced]) -> Vec<PlacedBid> {
    let said = placed.iter().rev().find(|said| said.package == own);
    let there = |placed: &&PlacedBid| lots.iter().any(|lot| lot.id == placed.lot);
    let bids: Vec<PlacedBid> =
        said.map_or_else(Vec::new, |said| said.bids.iter().filter(there).cloned().collect());
    let whole = said.is_some_and(|said| said.bids.len() == bids.len()) && !bids.is_empty();
    if whole { bids } else { vec![PlacedBid { lot: unsaid(lots, waits), bid: own }] }
}

/// Gives what came for a package later to its bids in the other lots as well.
pub(crate) async fn share(desk: &Desk, open: &OpenCase, bid: BidId) -> Result<(), CaseworkError> {
    let case = &open.case;
    let packages = Packages::of(case).await?;
    let Some([own, others @ ..]) = packages.with(bid) else { return Ok(()) };
    for other in others {
        let lacks = |file: &&BidFile| !other.files.iter().any(|known| known == *file);
        let owner = FileOwner::Bid(other.id);
        let files = own.files.iter().filter(lacks).cloned();
        let payloads: Vec<_> = files.map(|file| EventPayload::FileImported { owner, file }).collect();
        if !payloads.is_empty() {
            case.record_all(desk.actor.id, payloads).await?;
        }
        put_package_findings(case, other.id, &package_findings(case, own.id).await?).await?;
    }
    Ok(())
}

/// Refuses what would move or end bids that persons worked on already: their words would be about bids that are no longer there.
pub(crate) async fn may_move(case: &Case, bids: &[BidId]) -> Result<(), CaseworkError> {
    let decided = case
        .decisions()
        .await?
        .into_iter()
        .any(|row| row.state == cotejo_store::DecisionState::Current && bids.contains(&row.decision.bid));
    let said = case.course_acts().await?.into_iter().any(|(_, act)| match act {
        CourseAct::BidEnded(said) => {
            bids.contains(&said.bid) && said.outcome != cotejo_domain::Outcome::Pendiente
        }
        CourseAct::DefectSaid(said) => bids.contains(&said.bid) && said.nature.is_some(),
        CourseAct::NegotiationHeld(said) => bids.contains(&said.bid),
        CourseAct::SignatureConstated(said) => bids.contains(&said.bid) && !said.withdrawn,
        CourseAct::CureRequested(said) => said.bids.iter().any(|bid| bids.contains(bid)),
        _ => false,
    });
    let refuse = || CaseworkError::refused(Code::Precondition, "lots.worked_on", "");
    if decided || said { Err(refuse()) } else { Ok(()) }
}

/// Says before an act is undone or done again whether what follows of it can follow.
pub(crate) async fn may_follow(case: &Case, act: &CourseAct) -> Result<(), CaseworkError> {
    match act {
        CourseAct::LotsStated(_) => {
            let bids: Vec<BidId> = case.bids().await?.into_iter().map(|bid| bid.id).collect();
            may_move(case, &bids).await
        }
        CourseAct::BidPlaced(said) => {
            let packages = Packages::of(case).await?;
            let bids: Vec<BidId> =
                packages.with(said.package).unwrap_or_default().iter().map(|bid| bid.id).collect();
            may_move(case, &bids).await
        }
        _ => Ok(()),
    }
}
