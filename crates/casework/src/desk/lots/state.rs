//! Which lots a process has: said by a person, or taken from the pliego by a person.

use super::settle::{may_move, settle};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::open_case::OpenCase;
use crate::view::{LotOrder, LotsOrder, LotsView};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, LotsStated};
use cotejo_domain::{BidId, Code, Lot, LotId, Money, PliegoLot, RecordId, RequirementId};
use cotejo_store::EventPayload;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// More lots than any process has: a slip of the pen.
const MOST_LOTS: usize = 99;

impl Desk {
    /// Records which lots the process has. Bids of which it is then not known which lot they are for wait for a person, but for those that say it plainly.
    ///
    /// # Errors
    /// [`Code::Precondition`] for a lot without a name, with the name of another, an amount that is none, an item or requirement that is in two lots or
    /// that there is not, and where persons worked on bids that would move; [`Code::Sealed`] once an acta is signed.
    pub async fn state_lots(&self, case: &str, order: &LotsOrder) -> Result<LotsView, CaseworkError> {
        let open = self.opened(case).await?;
        self.record_lots(&open, order).await?;
        self.lots(case).await
    }

    pub(crate) async fn record_lots(&self, open: &OpenCase, order: &LotsOrder) -> Result<(), CaseworkError> {
        let state = open.case.state().await?;
        let of_pliego = state.pliego.as_ref().map_or(&[][..], |pliego| pliego.lots.as_slice());
        let wanted: Vec<Lot> = if order.single {
            vec![Lot::named(cotejo_domain::Bid::NO_LOT, message("casework.single_lot", &[]))]
        } else if order.lots.is_empty() {
            of_pliego.iter().map(from_pliego).collect()
        } else {
            order.lots.iter().map(from_order).collect::<Result<_, _>>()?
        };
        if wanted.is_empty() {
            return Err(refuse("lots.pliego_states_none", ""));
        }
        let items = state.pliego.as_ref().map_or(0, |pliego| pliego.items.len());
        let asked: BTreeSet<RequirementId> =
            open.case.requirements().await?.into_iter().map(|requirement| requirement.id).collect();
        check(&wanted, items, &asked)?;
        let lots = self.identified(wanted, &state.lots);
        let changes = lots.iter().map(|lot| lot.id).ne(state.lots.iter().map(|lot| lot.id));
        if changes {
            let bids: Vec<BidId> = open.case.bids().await?.into_iter().map(|bid| bid.id).collect();
            may_move(&open.case, &bids).await?;
        }
        let source = match order.source.trim() {
            "" if order.lots.is_empty() && !order.single => source_of(of_pliego),
            given => given.to_owned(),
        };
        let act = CourseAct::LotsStated(LotsStated { lots, source, author: self.actor.id, at: self.now() });
        let record = RecordId(self.new_uuid());
        open.case.record(self.actor.id, EventPayload::CourseRecorded { record, act }).await?;
        settle(self, open).await?;
        self.place_plain(open).await
    }

    /// Gives each lot its identifier: that of the lot in its place, so that what was said of it stays.
    fn identified(&self, wanted: Vec<Lot>, present: &[Lot]) -> Vec<Lot> {
        let known = |index: usize| present.get(index).map(|lot| lot.id);
        wanted
            .into_iter()
            .enumerate()
            .map(|(index, lot)| Lot { id: known(index).unwrap_or_else(|| LotId(self.new_uuid())), ..lot })
            .collect()
    }
}

fn refuse(key: &'static str, detail: &str) -> CaseworkError {
    CaseworkError::refused(Code::Precondition, key, detail.to_owned())
}

/// Takes a lot as the pliego states it.
fn from_pliego(lot: &PliegoLot) -> Lot {
    Lot {
        budget: lot.budget,
        cpc: lot.cpc.clone(),
        items: lot.items.clone(),
        requirements: lot.requirements.clone(),
        ..Lot::named(cotejo_domain::Bid::NO_LOT, lot.name.clone())
    }
}

fn from_order(order: &LotOrder) -> Result<Lot, CaseworkError> {
    let given = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let budget = match given(&order.budget) {
        None => None,
        Some(text) => {
            let amount: Decimal = text.parse().map_err(|_| refuse("lots.bad_budget", &text))?;
            if amount <= Decimal::ZERO {
                return Err(refuse("lots.bad_budget", &text));
            }
            Some(Money(amount))
        }
    };
    Ok(Lot {
        budget,
        cpc: given(&order.cpc),
        items: order.items.clone(),
        requirements: order.requirements.iter().map(|id| RequirementId(id.trim().to_owned())).collect(),
        ..Lot::named(cotejo_domain::Bid::NO_LOT, order.name.split_whitespace().collect::<Vec<_>>().join(" "))
    })
}

fn check(lots: &[Lot], items: usize, asked: &BTreeSet<RequirementId>) -> Result<(), CaseworkError> {
    if lots.len() > MOST_LOTS {
        return Err(refuse("lots.too_many", &lots.len().to_string()));
    }
    let mut names = BTreeSet::new();
    let (mut taken, mut placed) = (BTreeSet::new(), BTreeSet::new());
    for lot in lots {
        let name = lot.name.to_lowercase();
        // A number alone would be taken for the place of another lot; a slash parts case and lot.
        if name.is_empty() || name.parse::<usize>().is_ok() || !names.insert(name) {
            return Err(refuse("lots.bad_name", &lot.name));
        }
        for item in &lot.items {
            let there = usize::try_from(*item).is_ok_and(|item| (1..=items).contains(&item));
            if !there || !taken.insert(*item) {
                return Err(refuse("lots.bad_item", &item.to_string()));
            }
        }
        for requirement in &lot.requirements {
            if !asked.contains(requirement) || !placed.insert(requirement) {
                return Err(refuse("lots.bad_requirement", &requirement.0));
            }
        }
    }
    Ok(())
}

/// Says where the pliego states its lots.
fn source_of(lots: &[PliegoLot]) -> String {
    let mut sources: Vec<String> = lots.iter().map(|lot| crate::desk::labels::source(&lot.source)).collect();
    sources.dedup();
    sources.join("; ")
}
