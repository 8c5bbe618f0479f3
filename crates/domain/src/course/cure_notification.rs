//! That the requests of a *convalidación* were notified, to whom and when.

use crate::{ActorId, BidId, LotId};
use serde::{Deserialize, Serialize};

/// Says that the requests were notified. The term begins on the working day after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CureNotification {
    /// The lot.
    pub lot: LotId,
    /// The *convalidación*.
    pub number: u32,
    /// The moment, local time of Ecuador, as the channel shows it.
    pub notified: jiff::civil::DateTime,
    /// Through what: the Portal, or another channel with its reason.
    pub channel: String,
    /// Who was notified.
    pub bids: Vec<BidId>,
    /// What proves it: number of the publication, file of the capture.
    pub proof: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
