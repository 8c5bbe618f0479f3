//! A session of negotiation and what came of it.

use crate::{ActorId, BidId, LotId, Modality, Money, TraceStep};
use serde::{Deserialize, Serialize};

/// Holds one session of negotiation with one bidder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Negotiation {
    /// The lot.
    pub lot: LotId,
    /// The bid.
    pub bid: BidId,
    /// Counts the sessions with this bidder from 1.
    pub session: u32,
    /// When it was held, local time of Ecuador.
    pub held: jiff::civil::DateTime,
    /// In person or virtual.
    pub modality: Option<Modality>,
    /// Room or platform.
    pub place: String,
    /// Who took part for the entity and for the bidder.
    pub attendants: Vec<String>,
    /// The budget without taxes that the rebate is measured by.
    pub budget: Option<Money>,
    /// The offer before the session, without taxes.
    pub initial: Money,
    /// What was agreed, without taxes; `None` where there was no agreement.
    pub agreed: Option<Money>,
    /// What was talked of besides the price, in words.
    pub terms: String,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// The values of the pack it rests on that nobody verified.
    pub unverified_norms: Vec<String>,
    /// How the rebate was computed and compared.
    pub working: Vec<TraceStep>,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
