//! The order of priority: by the exact totals. Equal ones are a tie, shown and asked; nothing else breaks it here.
//!
//! No general rule on ties was found (manual §4.9): the pliego says how they end. Consultoría has its own ([`super::consultancy`]).

use super::exact::Exact;
use super::model::{Standing, reason};
use super::score::Total;
use cotejo_domain::{BidId, Reason};
use serde::Serialize;

/// Holds one place of the order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Its number from 1; after two in first place comes the third.
    pub number: u32,
    /// Who has it; several are a tie.
    pub bids: Vec<BidId>,
    /// The exact total.
    pub total: Exact,
}

/// Holds the order of priority.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Order {
    /// The places, first to last.
    pub places: Vec<Place>,
    /// Bids in play that have no complete total yet: the order is not final.
    pub unplaced: Vec<BidId>,
    /// True when it rests on something still open.
    pub provisional: bool,
    /// Ties, and totals that only rounding makes equal.
    pub notes: Vec<Reason>,
}

/// Puts the complete totals in order.
#[must_use]
pub(super) fn order(totals: &[Total]) -> Order {
    let playing = || totals.iter().filter(|total| total.standing != Standing::NotQualified);
    let mut complete: Vec<(&Total, &Exact)> =
        playing().filter_map(|total| Some((total, total.exact.as_ref()?))).collect();
    complete.sort_by(|(one, one_total), (other, other_total)| {
        other_total.cmp(one_total).then(one.bid.cmp(&other.bid))
    });
    let unplaced: Vec<BidId> =
        playing().filter(|total| total.exact.is_none()).map(|total| total.bid).collect();
    let mut order = Order {
        provisional: !unplaced.is_empty() || playing().any(|total| total.provisional),
        unplaced,
        ..Order::default()
    };
    for (index, (total, exact)) in complete.iter().enumerate() {
        match order.places.last_mut() {
            Some(place) if place.total == **exact => place.bids.push(total.bid),
            _ => order.places.push(Place {
                number: u32::try_from(index + 1).unwrap_or(u32::MAX),
                bids: vec![total.bid],
                total: (*exact).clone(),
            }),
        }
    }
    let name = |bid: &BidId| {
        totals.iter().find(|total| total.bid == *bid).map_or(String::new(), |total| total.name.clone())
    };
    let mut notes = Vec::new();
    for place in order.places.iter().filter(|place| place.bids.len() > 1) {
        let names: Vec<String> = place.bids.iter().map(name).collect();
        let values = [("oferentes", names.join("; ")), ("total", place.total.spanish())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        notes.push(reason("rules.puntaje.empate", &values));
    }
    for pair in complete.windows(2) {
        let [(one, one_total), (other, other_total)] = pair else { continue };
        if one_total != other_total && one.rounded.is_some() && one.rounded == other.rounded {
            let values = [
                ("uno", one.name.clone()),
                ("otro", other.name.clone()),
                ("total_uno", one_total.spanish()),
                ("total_otro", other_total.spanish()),
            ];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            notes.push(reason("rules.puntaje.casi_empate", &values));
        }
    }
    order.notes = notes;
    order
}
