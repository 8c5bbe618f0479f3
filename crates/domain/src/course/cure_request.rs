//! What bidders are asked to cure: all requests of a *convalidación* in one act, for all bids of a lot.

use crate::{ActorId, BidId, Evidence, LotId, RequirementId, Termino, TraceStep};
use serde::{Deserialize, Serialize};

/// Tells what kind of error is asked to be cured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CureNature {
    /// An error of form that the regime lists as curable.
    Convalidable,
    /// An error of arithmetic, which the bidder corrects on request.
    Aritmetico,
    /// The norm leaves it in doubt; the regime says that in doubt it is asked.
    Dudoso,
}

/// Tells whether the thing that is asked for must have existed before bids were due, and whether that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExistedBefore {
    /// It need not: a form filled in again, a signature of now.
    NotRequired,
    /// It must have, and the bid shows that it did.
    Shown,
    /// It must have; the answer has to show it.
    ToBeShown,
}

/// Holds one request to one bidder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CureRequest {
    /// Its number within the act, from 1.
    pub number: u32,
    /// The bid.
    pub bid: BidId,
    /// The requirement it is about.
    pub requirement: RequirementId,
    /// The kind of error.
    pub nature: CureNature,
    /// Names the error in the list of the regime, such as `informacion_ilegible_incompleta`; empty where a person names the norm.
    pub error: String,
    /// The articles that make it curable, as the pack cites them: `RGL 100.6`.
    pub legal_basis: Vec<String>,
    /// The values of the pack it rests on that nobody verified, each with its source.
    pub unverified_norms: Vec<String>,
    /// Why a person holds it curable where the regime has no answer; empty where the regime answers.
    pub reason: String,
    /// The document, in words, as the acta names it.
    pub document: String,
    /// Section or numeral within the document, where it has one.
    pub section: String,
    /// What is wrong.
    pub defect: String,
    /// What is to be cured.
    pub to_cure: String,
    /// Whether what is asked for must have existed before.
    pub existed_before: ExistedBefore,
    /// Our recalculation of an error of arithmetic.
    pub recalculation: Vec<TraceStep>,
    /// The pages that show it.
    pub evidence: Vec<Evidence>,
}

/// Holds all requests of one *convalidación* of a lot. It takes the place of the one before with the same number until it is notified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CureRequests {
    /// The lot.
    pub lot: LotId,
    /// Counts the *convalidaciones* of the lot from 1: a second one follows only a return to the stage.
    pub number: u32,
    /// The requests; a bid without one needs no *convalidación*.
    pub requests: Vec<CureRequest>,
    /// The bids that take part, with and without requests: all are notified.
    pub bids: Vec<BidId>,
    /// The term, in working days.
    pub term: Termino,
    /// When the act says it will be notified, local time of Ecuador.
    pub notified_on: jiff::civil::Date,
    /// Until when answers are due, as the act says, local time of Ecuador.
    pub due: jiff::civil::DateTime,
    /// How the term was counted.
    pub working: Vec<TraceStep>,
    /// The articles of the term.
    pub legal_basis: Vec<String>,
    /// What the counting rests on that nobody verified.
    pub unverified: Vec<String>,
    /// Why the term is outside of the regime's limits, or how it is known where the regime has none; else empty.
    pub reason: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
