//! What the commission agrees on a cell, who dissents and why, and who does not sign.

use crate::{ActorId, BidId, DecisionId, LotId, MemberId, RequirementId, Verdict};
use serde::{Deserialize, Serialize};

/// Counts one member's vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// The member.
    pub member: MemberId,
    /// The member's decision that is counted.
    pub decision: DecisionId,
    /// Its verdict.
    pub verdict: Verdict,
}

/// States what the commission agreed on one requirement of one bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommissionAgreement {
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The bid.
    pub bid: BidId,
    /// What was agreed; `None` once the agreement was taken back.
    pub verdict: Option<Verdict>,
    /// The votes it counts, dissent included.
    pub votes: Vec<Vote>,
    /// The decision whose motivation the agreement makes its own.
    pub motivated_by: Option<DecisionId>,
    /// True where the president's vote broke a tie.
    pub casting_vote: bool,
    /// Who recorded it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Gives the reasons of a *voto salvado*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dissent {
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The bid.
    pub bid: BidId,
    /// Who dissents.
    pub member: MemberId,
    /// The reasons; empty once they were taken back.
    pub reasons: String,
    /// Who recorded them.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Records that a member does not sign an acta: the *razón de no suscripción*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningRefusal {
    /// The member.
    pub member: MemberId,
    /// Kind of acta: `calificacion`.
    pub acta: String,
    /// The reasons as the member gave them, or that none were given; empty once it was taken back.
    pub reasons: String,
    /// On which day.
    pub on: jiff::civil::Date,
    /// Who attests it: the secretary, or who keeps the acta.
    pub attested_by: String,
    /// Who recorded it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
