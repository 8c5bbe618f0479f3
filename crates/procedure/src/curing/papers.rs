//! What the actas of a *convalidación*, of results, of negotiation and the informe state, as plain data for whoever typesets them.
//!
//! Every text is ready to print; amounts and moments are typed, so that the typesetting room writes them as its templates want.

use cotejo_domain::course::{CureVerdict, ExistedBefore, Recommended};
use cotejo_domain::{BidId, Evidence, Money, Motivation, Outcome, TraceStep};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Names a bid in a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidName {
    /// The bid.
    pub bid: BidId,
    /// Its number in the case, from 1.
    pub number: u32,
    /// The bidder.
    pub name: String,
    /// Its RUC, where it was read.
    pub ruc: Option<String>,
}

/// One row of the table of curable errors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestRow {
    /// Number within the act.
    pub number: u32,
    /// To whom.
    pub bid: BidName,
    /// The requirement, by number and words.
    pub requirement: String,
    /// Document, section and page, in words.
    pub place: String,
    /// The error.
    pub defect: String,
    /// Kind of error, in words.
    pub nature: String,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What is to be cured.
    pub to_cure: String,
    /// Whether the thing must have existed before bids were due.
    pub existed_before: ExistedBefore,
    /// Our recalculation, where it is arithmetic.
    pub recalculation: Vec<TraceStep>,
    /// The pages.
    pub evidence: Vec<Evidence>,
}

/// What the acta of verification and request states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestPaper {
    /// Counts the *convalidaciones* of the lot.
    pub number: u32,
    /// The requests, by bid and number.
    pub requests: Vec<RequestRow>,
    /// Bids that need no *convalidación*.
    pub without: Vec<BidName>,
    /// How many working days.
    pub days: u32,
    /// Until when, local time.
    pub due: DateTime,
    /// How the term was counted.
    pub working: Vec<TraceStep>,
    /// The articles of the term.
    pub legal_basis: Vec<String>,
    /// What nobody verified of all this, each once.
    pub unverified: Vec<String>,
    /// The notification, once it was recorded: moment, channel and proof.
    pub notified: Option<(DateTime, String, String)>,
    /// What may not be asked in a *convalidación*, in words.
    pub limits: Vec<String>,
}

/// One row of the acta of results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultRow {
    /// What was asked.
    pub request: RequestRow,
    /// When the answer came; `None` when nothing came.
    pub received: Option<DateTime>,
    /// Its files, by name and hash.
    pub files: Vec<(String, String)>,
    /// Whether it came within the term; `None` when nothing came.
    pub in_time: Option<bool>,
    /// What came of it; `None` while nobody said.
    pub result: Option<CureVerdict>,
    /// Why.
    pub motivation: Motivation,
    /// What is said of changes that nobody had asked for.
    pub unasked: String,
    /// The total as corrected by the bidder.
    pub corrected_total: Option<Money>,
}

/// What the acta of results states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultsPaper {
    /// Counts the *convalidaciones* of the lot.
    pub number: u32,
    /// Until when answers were due, as counted from the real notification.
    pub due: Option<DateTime>,
    /// The rows.
    pub rows: Vec<ResultRow>,
}

/// How one bid ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutcomeRow {
    /// The bid.
    pub bid: BidName,
    /// How it ended.
    pub outcome: Outcome,
    /// The regime's word.
    pub word: String,
    /// The cause, in words; empty where there is none.
    pub cause: String,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// Why: fact, evidence, norm, conclusion.
    pub motivation: Motivation,
}

/// What the acta of negotiation states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NegotiationPaper {
    /// With whom.
    pub bid: BidName,
    /// When, local time.
    pub held: DateTime,
    /// Room or platform.
    pub place: String,
    /// Who took part.
    pub attendants: Vec<String>,
    /// The budget without taxes.
    pub budget: Option<Money>,
    /// The offer before.
    pub initial: Money,
    /// What was agreed; `None` where nothing was.
    pub agreed: Option<Money>,
    /// How the rebate was computed.
    pub working: Vec<TraceStep>,
    /// What else was talked of.
    pub terms: String,
    /// The articles.
    pub legal_basis: Vec<String>,
}

/// What the informe recommends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecommendationPaper {
    /// What is recommended.
    pub recommended: Recommended,
    /// To whom, where it is an award.
    pub bid: Option<BidName>,
    /// In one sentence.
    pub text: String,
    /// The order of those who qualified.
    pub order: Vec<BidName>,
    /// How every bid ended.
    pub outcomes: Vec<OutcomeRow>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// Why.
    pub motivation: Motivation,
    /// Why it departs from what was derived; empty where it does not.
    pub departure: String,
}
