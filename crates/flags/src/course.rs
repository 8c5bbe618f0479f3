//! How the evaluation itself goes: what the flags of its course share. They look at what persons recorded, and are looked for anew whenever
//! something is recorded.

use crate::input::Course;
use crate::lot::Lot;
use cotejo_domain::{BidId, Evidence, Outcome, Verdict};

/// Pieces of evidence that a flag shows.
const PLACES: usize = 6;

/// A lot with the course of its evaluation.
pub(crate) struct Evaluated<'a> {
    pub(crate) lot: Lot<'a>,
    pub(crate) course: Course<'a>,
}

impl<'a> Evaluated<'a> {
    /// Returns how a bid ended, where that is recorded and final.
    pub(crate) fn outcome(&self, bid: BidId) -> Option<&'a Outcome> {
        let of_bid = self.course.outcomes.iter().find(|(known, _)| *known == bid);
        of_bid.map(|(_, outcome)| outcome).filter(|outcome| **outcome != Outcome::Pendiente)
    }

    /// Returns the bids that were disqualified, where every bid of the lot has ended.
    pub(crate) fn disqualified(&self) -> Option<Vec<BidId>> {
        let mut found = Vec::new();
        for papers in &self.lot.bids {
            if is_disqualified(self.outcome(papers.bid)?) {
                found.push(papers.bid);
            }
        }
        Some(found)
    }

    /// Returns the bids that were qualified.
    pub(crate) fn qualified(&self) -> Vec<BidId> {
        let bids = self.lot.bids.iter().map(|papers| papers.bid);
        bids.filter(|bid| self.outcome(*bid) == Some(&Outcome::Calificada)).collect()
    }

    /// Returns what rulings against a bid rest on.
    pub(crate) fn against(&self, bid: BidId) -> Vec<Evidence> {
        let against = self.course.rulings.iter();
        let against = against.filter(|ruling| ruling.bid == bid && ruling.verdict == Verdict::NoCumple);
        against.flat_map(|ruling| ruling.evidence.iter().cloned()).take(PLACES).collect()
    }

    /// Returns the name of a bidder.
    pub(crate) fn name(&self, bid: BidId) -> &'a str {
        self.lot.bids.iter().find(|papers| papers.bid == bid).map_or("", |papers| papers.bidder.name.as_str())
    }
}

/// Tells whether a bid was put out; one that was withdrawn was not.
pub(crate) fn is_disqualified(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::NoCalificada
            | Outcome::BajoMinimoTecnico
            | Outcome::Rechazada { .. }
            | Outcome::Inhabilitada { .. }
    )
}
