//! A lot with what several flags need of it, prepared once: who is named, what is priced.

use crate::entities::{Entity, join};
use crate::input::{BidPapers, LotTerms};
use crate::offers::{Offer, offers};
use cotejo_domain::Evidence;

/// Holds the bids of a lot in order of identifier.
pub(crate) struct Lot<'a> {
    pub(crate) bids: Vec<BidPapers<'a>>,
    pub(crate) terms: LotTerms<'a>,
    pub(crate) entities: Vec<Entity>,
    /// Price tables and totals, in the order of the bids.
    pub(crate) offers: Vec<Offer<'a>>,
}

impl<'a> Lot<'a> {
    pub(crate) fn new(bids: &[BidPapers<'a>], terms: LotTerms<'a>) -> Self {
        let mut bids = bids.to_vec();
        bids.sort_by_key(|papers| papers.bid);
        let offers = offers(&bids, terms.items);
        Self { entities: join(&bids), offers, bids, terms }
    }

    /// Returns every pair of bids, without those that one bidder made.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        (0..self.bids.len())
            .flat_map(|first| (first + 1..self.bids.len()).map(move |second| (first, second)))
            .filter(|(first, second)| {
                let of_one = self.bids.get(*first).zip(self.bids.get(*second));
                of_one.is_some_and(|(one, other)| !same_bidder(one, other))
            })
    }
}

/// Tells whether one bidder made both bids.
pub(crate) fn same_bidder(one: &BidPapers<'_>, other: &BidPapers<'_>) -> bool {
    one.bidder.ruc.is_some() && one.bidder.ruc == other.bidder.ruc
}

/// Puts a piece of evidence once.
pub(crate) fn put_once(evidence: &mut Vec<Evidence>, piece: Evidence) {
    if !evidence.contains(&piece) {
        evidence.push(piece);
    }
}
