//! The lots of a process: who says which there are, and for which of them a bidder's package is.
//!
//! Two acts say it, `LotsStated` and `BidPlaced`. What follows of them (the lots of the case, the lot of each bid, a bid of its own in each further lot)
//! is settled after every act and after its undo (`settle`), so that the log alone decides. A bid of which nobody said the lot is in none: nothing
//! of it is judged, and nothing is signed while it waits.

mod place;
mod settle;
mod show;
mod state;
mod told;

pub(crate) use settle::{may_follow, on_arrival, settle, share};
pub(crate) use show::waiting_remarks;
pub(crate) use told::names_another;

use super::Desk;
use super::judgement::Judgement;
use super::open_case::OpenCase;
use crate::CaseworkError;
use cotejo_catalogue::message;
use cotejo_domain::course::{BidPlaced, CourseAct, LotsStated};
use cotejo_domain::{BidId, Code, Lot, LotId};
use cotejo_store::{Case, Stated};
use std::sync::Arc;

/// Cuts what a shell names a case by: the case, and after a `/` the lot that is meant, by its number, name or identifier.
pub(crate) fn address(case: &str) -> (&str, Option<&str>) {
    match case.split_once('/') {
        Some((case, lot)) if !lot.trim().is_empty() => (case, Some(lot.trim())),
        Some((case, _)) => (case, None),
        None => (case, None),
    }
}

/// Finds the lot that a person names: by its number from 1, its name or its identifier.
pub(crate) fn find<'a>(lots: &'a [Lot], named: &str) -> Result<(usize, &'a Lot), CaseworkError> {
    let number = named.trim().parse::<usize>().ok();
    lots.iter()
        .enumerate()
        .find(|(index, lot)| {
            number == Some(index + 1)
                || lot.id.to_string() == named
                || lot.name.eq_ignore_ascii_case(named.trim())
        })
        .ok_or_else(|| CaseworkError::refused(Code::NotFound, "lots.no_such_lot", named.to_owned()))
}

/// `Lote 2: Mobiliario clínico`; the name alone where it says so itself.
pub(crate) fn label(lots: &[Lot], id: LotId) -> Option<String> {
    let (index, lot) = lots.iter().enumerate().find(|(_, lot)| lot.id == id).filter(|_| lots.len() > 1)?;
    let number = (index + 1).to_string();
    let says = lot.name.to_lowercase().starts_with("lote");
    Some(if says {
        lot.name.clone()
    } else {
        message("lots.label", &[("numero", &number), ("nombre", &lot.name)])
    })
}

/// Returns the number of a lot, where there are several.
pub(crate) fn number(lots: &[Lot], id: LotId) -> Option<u32> {
    let index = lots.iter().position(|lot| lot.id == id).filter(|_| lots.len() > 1)?;
    u32::try_from(index + 1).ok()
}

/// Returns what is stated of the lots now.
pub(crate) async fn stated(case: &Case) -> Result<(Option<LotsStated>, Vec<BidPlaced>), CaseworkError> {
    let (mut lots, mut placed) = (None, Vec::new());
    for (_, act) in case.course_acts().await? {
        match act {
            CourseAct::LotsStated(said) => lots = Some(said),
            CourseAct::BidPlaced(said) => placed.push(said),
            _ => {}
        }
    }
    Ok((lots, placed))
}

/// What of the lots an acta states that lists the bids: its signature seals it.
pub(crate) async fn slots(case: &Case) -> Result<Vec<Stated>, CaseworkError> {
    let (lots, placed) = stated(case).await?;
    let acts =
        lots.map(CourseAct::LotsStated).into_iter().chain(placed.into_iter().map(CourseAct::BidPlaced));
    Ok(acts.map(|act| Stated::Act { slot: act.slot() }).collect())
}

impl Desk {
    /// Returns the judgement of the lot that is named, or of the only one.
    pub(crate) async fn judged_lot(
        &self,
        open: &OpenCase,
        named: Option<&str>,
    ) -> Result<Arc<Judgement>, CaseworkError> {
        let judgement = open.judgement().await?;
        let lots = &judgement.state.lots;
        let lot = match (named, lots.as_slice()) {
            (Some(named), _) => find(lots, named)?.1.id,
            (None, [only]) => only.id,
            (None, []) => return Err(CaseworkError::refused(Code::BrokenLog, "casework.no_lot", "")),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|lot| lot.name.as_str()).collect();
                return Err(CaseworkError::refused(Code::Precondition, "lots.which", names.join("; ")));
            }
        };
        Ok(Judgement::of_lot(&judgement, lot))
    }

    /// Returns the judgement of the lot of a bid.
    pub(crate) async fn judged_lot_of(
        &self,
        open: &OpenCase,
        bid: BidId,
    ) -> Result<Arc<Judgement>, CaseworkError> {
        let judgement = open.judgement().await?;
        let lot = judgement.bid(bid).map(|bid| bid.bid.lot).filter(|lot| judgement.has_lot(*lot));
        let lot = lot.ok_or_else(|| unplaced(&judgement, bid))?;
        Ok(Judgement::of_lot(&judgement, lot))
    }
}

fn unplaced(judgement: &Judgement, bid: BidId) -> CaseworkError {
    match judgement.bid(bid) {
        Some(bid) => {
            CaseworkError::refused(Code::Precondition, "lots.unplaced_bid", bid.bid.bidder.name.clone())
        }
        None => CaseworkError::refused(Code::NotFound, "curing.desk.no_bid", bid.to_string()),
    }
}
