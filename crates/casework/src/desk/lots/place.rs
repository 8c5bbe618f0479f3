//! For which lots a package is: taken from what it says plainly, else said by a person.

use super::settle::{Packages, may_move, settle};
use super::told::{Names, Told, in_pages, told};
use super::{find, stated};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::judgement::{CONTAINER, analysis, pages};
use crate::desk::open_case::OpenCase;
use crate::view::{LotsView, PlaceOrder};
use cotejo_catalogue::message;
use cotejo_domain::course::{BidPlaced, CourseAct, PlacedBid};
use cotejo_domain::{Bid, BidId, Code, Lot, RecordId};
use cotejo_store::{CaseState, EventPayload};

impl Desk {
    /// Records for which lots a bidder's package is. In each further lot it becomes a bid of its own, with the same files.
    ///
    /// # Errors
    /// [`Code::Precondition`] where the process has one lot, nothing is named plainly, no reason is given, or persons worked on the bids already;
    /// [`Code::NotFound`] for a bid or a lot that there is not; [`Code::Sealed`] once a signed acta states the bids.
    pub async fn place_bid(&self, case: &str, order: &PlaceOrder) -> Result<LotsView, CaseworkError> {
        let open = self.opened(case).await?;
        let state = open.case.state().await?;
        let lots = &state.lots;
        if lots.len() < 2 {
            return Err(CaseworkError::refused(Code::Precondition, "lots.only_one", ""));
        }
        let named = order.bid.trim();
        let bids = open.case.bids().await?;
        let found = bids
            .iter()
            .enumerate()
            .find(|(index, bid)| (index + 1).to_string() == named || bid.id.to_string() == named)
            .map(|(_, bid)| bid.id)
            .ok_or_else(|| CaseworkError::refused(Code::NotFound, "curing.desk.no_bid", named))?;
        let packages = Packages::of(&open.case).await?;
        let package = packages.with(found).unwrap_or_default();
        let Some(own) = package.first() else {
            return Err(CaseworkError::refused(Code::NotFound, "curing.desk.no_bid", named));
        };
        let said = self.told_of(&open, &state, own).await?;
        let mut numbers: Vec<usize> = Vec::new();
        for lot in &order.lots {
            numbers.push(find(lots, lot)?.0 + 1);
        }
        if numbers.is_empty() && said.plain {
            numbers.extend(&said.lots);
        }
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.is_empty() {
            return Err(CaseworkError::refused(Code::Precondition, "lots.name_them", ""));
        }
        let reason = order.reason.trim();
        let agrees = said.plain && numbers.iter().copied().eq(said.lots.iter().copied());
        // What the bid itself says plainly needs no other reason.
        if reason.is_empty() && !agrees {
            return Err(CaseworkError::refused(Code::Precondition, "lots.reason_missing", ""));
        }
        let held: Vec<BidId> = package.iter().map(|bid| bid.id).collect();
        may_move(&open.case, &held).await?;
        let text = if reason.is_empty() { because(&said) } else { reason.to_owned() };
        let evidence = if agrees { said.evidence } else { Vec::new() };
        let act = self.placed(package, lots, &numbers, (text, evidence, true));
        self.record_placed(&open, vec![act]).await?;
        self.lots(case).await
    }

    /// Puts every package that says plainly for which lots it is, and of which nobody said it, into them.
    pub(crate) async fn place_plain(&self, open: &OpenCase) -> Result<(), CaseworkError> {
        let state = open.case.state().await?;
        if state.lots.len() < 2 {
            return Ok(());
        }
        let (_, said) = stated(&open.case).await?;
        let mut acts = Vec::new();
        for package in Packages::of(&open.case).await?.iter() {
            let Some(own) = package.first() else { continue };
            let known = said.iter().any(|said| said.package == own.id && !said.bids.is_empty());
            if known || own.is_placed() {
                continue;
            }
            let told = self.told_of(open, &state, own).await?;
            if !told.plain {
                continue;
            }
            let numbers: Vec<usize> = told.lots.iter().copied().collect();
            let text = because(&told);
            acts.push(self.placed(package, &state.lots, &numbers, (text, told.evidence, false)));
        }
        self.record_placed(open, acts).await
    }

    async fn record_placed(&self, open: &OpenCase, acts: Vec<BidPlaced>) -> Result<(), CaseworkError> {
        if acts.is_empty() {
            return Ok(());
        }
        let payloads = acts
            .into_iter()
            .map(|act| EventPayload::CourseRecorded {
                record: RecordId(self.new_uuid()),
                act: CourseAct::BidPlaced(act),
            })
            .collect();
        open.case.record_all(self.actor.id, payloads).await?;
        settle(self, open).await
    }

    fn placed(
        &self,
        package: &[Bid],
        lots: &[Lot],
        numbers: &[usize],
        (reason, evidence, stated): (String, Vec<cotejo_domain::Evidence>, bool),
    ) -> BidPlaced {
        let own = package.first().map_or_else(|| BidId(self.new_uuid()), |bid| bid.id);
        let chosen = numbers.iter().filter_map(|number| lots.get(number.checked_sub(1)?));
        let bids = chosen
            .enumerate()
            .map(|(index, lot)| {
                // A bid that is in the lot already stays the same bid.
                let there = package.iter().skip(1).find(|bid| bid.lot == lot.id).map(|bid| bid.id);
                let further = || there.unwrap_or_else(|| BidId(self.new_uuid()));
                PlacedBid { lot: lot.id, bid: if index == 0 { own } else { further() } }
            })
            .collect();
        BidPlaced { package: own, bids, reason, evidence, stated, author: self.actor.id, at: self.now() }
    }

    /// Reads what a package says of its lots.
    pub(super) async fn told_of(
        &self,
        open: &OpenCase,
        state: &CaseState,
        bid: &Bid,
    ) -> Result<Told, CaseworkError> {
        let case = &open.case;
        let lots = &state.lots;
        let names = Names::of(&bid.bidder.name, bid.files.iter().map(|file| file.path.as_str()), lots);
        let code = state.process.code.as_ref().map(ToString::to_string);
        let object = state.process.object.as_deref().unwrap_or_default();
        let mut forms = Vec::new();
        for file in bid.files.iter().filter(|file| !file.sealed && file.media_type != CONTAINER) {
            let Some(read) = analysis(case, file.hash, &file.path, code.as_deref()).await? else { continue };
            forms.extend(in_pages(&read, &pages(case, file.hash).await?, lots, object));
        }
        Ok(told(&names, forms))
    }
}

fn because(told: &Told) -> String {
    let words: Vec<&str> = told.words.iter().take(4).map(String::as_str).collect();
    message("lots.because", &[("palabras", &words.join("»; «"))])
}
