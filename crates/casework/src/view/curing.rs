//! *Convalidación*, how bids end, negotiation and recommendation, as forms show and edit them. Moments are local time of Ecuador
//! (`2026-11-20T09:00`), amounts text with a dot; everything else is Spanish, ready to be read.

use super::{DefectView, FindingView, MotivationView, TraceRow};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names a page for the window and for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct CurePlace {
    /// SHA-256 of the file.
    pub file: String,
    /// Its name.
    pub file_name: String,
    /// The page, from 1.
    pub page: Option<u32>,
    /// The words that stand there.
    pub quote: String,
}

/// Shows a defect that may be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureCandidate {
    /// The requirement.
    pub requirement: String,
    /// Its number.
    pub requirement_number: u32,
    /// Its words, short.
    pub title: String,
    /// The bid.
    pub bid: String,
    /// Its number.
    pub bid_number: u32,
    /// True when a person decided *a convalidar*; else the machine proposes it.
    pub decided: bool,
    /// `curable`, `not_curable` or `ask`.
    pub answer: String,
    /// Why it is not curable, or what is asked; empty when it is curable.
    pub answer_text: String,
    /// The error, by key; empty when none was recognised.
    pub error: String,
    /// Its name.
    pub error_name: String,
    /// `convalidable`, `aritmetico` or `dudoso`; empty when not curable.
    pub nature: String,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What nobody verified.
    pub unverified: Vec<String>,
    /// True when the thing must have existed before bids were due.
    pub existed_before: bool,
    /// The document, as a draft.
    pub document: String,
    /// What is wrong, as a draft.
    pub defect: String,
    /// What is to be cured, as a draft.
    pub to_cure: String,
    /// What a person should know.
    pub remarks: Vec<String>,
    /// Our recalculation.
    pub recalculation: Vec<TraceRow>,
    /// The pages.
    pub evidence: Vec<CurePlace>,
    /// The request it became, if it did.
    pub request: Option<u32>,
}

/// Shows a request with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureRequestView {
    /// Its number.
    pub number: u32,
    /// The bid.
    pub bid: String,
    /// Its number.
    pub bid_number: u32,
    /// The bidder.
    pub bid_name: String,
    /// The requirement.
    pub requirement: String,
    /// Its number.
    pub requirement_number: u32,
    /// `convalidable`, `aritmetico` or `dudoso`.
    pub nature: String,
    /// The error, by key.
    pub error: String,
    /// Its name.
    pub error_name: String,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What nobody verified.
    pub unverified: Vec<String>,
    /// The norm, where a person named it.
    pub reason: String,
    /// Document and section.
    pub document: String,
    /// What is wrong.
    pub defect: String,
    /// What is to be cured.
    pub to_cure: String,
    /// `not_required`, `shown` or `to_be_shown`.
    pub existed_before: String,
    /// Our recalculation.
    pub recalculation: Vec<TraceRow>,
    /// The pages.
    pub evidence: Vec<CurePlace>,
    /// `requested`, `running`, `answered`, `answered_late`, `silent` or `resolved`.
    pub state: String,
    /// The state, in words.
    pub state_text: String,
    /// What the checks say of the requirement with the answer in the place of the bid's papers: a proposal; empty while nothing came.
    pub checked: String,
    /// `convalidado`, `parcial` or `no_convalidado`; `None` while nobody said.
    pub result: Option<String>,
    /// Why.
    pub motivation: Option<MotivationView>,
    /// The total as the bidder corrected it.
    pub corrected_total: Option<String>,
    /// What was said of changes nobody had asked for.
    pub unasked: String,
    /// Who said so, and when; empty while nobody did.
    pub resolved: CureSaid,
    /// What may be said of it now, and what not.
    pub choices: Vec<CureChoice>,
}

/// Says who recorded an act, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureSaid {
    /// Who; empty while nobody did.
    pub by: String,
    /// When, in UTC; empty while nobody did.
    pub at: String,
}

/// Shows a result that may be recorded, or why it may not be yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureChoice {
    /// `convalidado`, `parcial` or `no_convalidado`; of a recommendation `adjudicar`, `desierto` or `cancelar`.
    pub result: String,
    /// Why the course does not let it be said now; empty when it does.
    pub blocked: Vec<String>,
}

/// Shows what one bid was asked in all and what came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureBidView {
    /// The bid.
    pub bid: String,
    /// Its number.
    pub number: u32,
    /// The bidder.
    pub name: String,
    /// How many requests.
    pub requests: u32,
    /// True when it was notified.
    pub notified: bool,
    /// When its answer came.
    pub received: Option<String>,
    /// Whether it came within the term.
    pub in_time: Option<bool>,
    /// The files of the answer, by name and hash.
    pub files: Vec<CurePlace>,
    /// How many changes nobody had asked for; `None` while nothing came.
    pub unasked: Option<u32>,
    /// True when somebody recorded that something came, or that nothing did.
    pub answered: bool,
    /// Through what it came.
    pub channel: String,
    /// Why what came cannot be recorded now; empty when it can.
    pub answer_blocked: Vec<String>,
    /// Why it cannot be recorded that nothing came; empty when it can.
    pub silence_blocked: Vec<String>,
}

/// Shows the term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureTermView {
    /// How many working days.
    pub days: u32,
    /// The day of the notification, as the act says.
    pub notified_on: String,
    /// Until when, as it holds: counted from the real notification once that is recorded.
    pub due: String,
    /// True when it is over.
    pub over: bool,
    /// How it was counted.
    pub working: Vec<TraceRow>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What nobody verified.
    pub unverified: Vec<String>,
}

/// Shows the notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureNoticeView {
    /// When.
    pub at: String,
    /// Through what.
    pub channel: String,
    /// What proves it.
    pub proof: String,
    /// True when every bid was notified.
    pub to_all: bool,
    /// Who recorded it, and when.
    pub said: CureSaid,
}

/// Names an error that a person may choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureErrorName {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// Shows the *convalidación* of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CuringView {
    /// The regime.
    pub regime: String,
    /// Counts the *convalidaciones*; `None` before the first.
    pub number: Option<u32>,
    /// The least and the most days the regime lets give; `None` is asked.
    pub days_allowed: Option<(u32, u32)>,
    /// What may not be asked.
    pub limits: Vec<String>,
    /// The errors a person may name.
    pub errors: Vec<CureErrorName>,
    /// The defects that may be asked.
    pub candidates: Vec<CureCandidate>,
    /// The defects of which a person said what they are, or may.
    pub defects: Vec<DefectView>,
    /// The requests.
    pub requests: Vec<CureRequestView>,
    /// The bids.
    pub bids: Vec<CureBidView>,
    /// The term.
    pub term: Option<CureTermView>,
    /// The notification.
    pub notice: Option<CureNoticeView>,
    /// Why the requests cannot be written now; empty when they can.
    pub request_blocked: Vec<String>,
    /// Why the notification cannot be recorded now; empty when it can.
    pub notice_blocked: Vec<String>,
    /// Who recorded the requests, and when.
    pub requested: CureSaid,
}

/// Asks one defect to be cured. What is empty is taken from the draft of the candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct CureItemOrder {
    /// The requirement.
    pub requirement: String,
    /// The bid.
    pub bid: String,
    /// The error, by key, where a person names it.
    pub error: String,
    /// The document.
    pub document: String,
    /// Section or numeral.
    pub section: String,
    /// What is wrong.
    pub defect: String,
    /// What is to be cured.
    pub to_cure: String,
    /// The norm, where the regime has no answer.
    pub reason: String,
}

/// Asks all bidders in one act. Before the notification a later act takes its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct CureRequestOrder {
    /// The requests; empty takes every curable candidate as it is drafted.
    pub items: Vec<CureItemOrder>,
    /// How many working days.
    pub days: u32,
    /// When it will be notified, `2026-11-20`.
    pub notified_on: String,
    /// Until which hour of the last day, `17:00`.
    pub until: String,
    /// The canton whose holidays do not count.
    pub canton: Option<String>,
    /// Why the term is outside of the limits, or where it stands.
    pub reason: String,
}

/// Records the notification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct CureNoticeOrder {
    /// When.
    pub at: String,
    /// Through what.
    pub channel: String,
    /// What proves it.
    pub proof: String,
    /// The bids that were notified; empty says all.
    pub bids: Vec<String>,
}

/// Records what a bidder answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct CureAnswerOrder {
    /// The bid.
    pub bid: String,
    /// File, package or folder; `None` says that nothing came.
    pub path: Option<String>,
    /// Further files, packages or folders of the same answer.
    pub more: Vec<String>,
    /// When it came; `None` when nothing did.
    pub received: Option<String>,
    /// Through what.
    pub channel: String,
}

/// Records what came of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct CureResultOrder {
    /// The request.
    pub request: u32,
    /// `convalidado`, `parcial` or `no_convalidado`.
    pub result: String,
    /// Why.
    pub motivation: MotivationOrder,
    /// The pages; empty takes those of the answer's papers, or of the request where nothing came.
    pub evidence: Vec<CurePlace>,
    /// The total as the bidder corrected it.
    pub corrected_total: Option<String>,
    /// What is said of changes nobody had asked for.
    pub unasked: String,
}

/// Holds a motivation as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct MotivationOrder {
    /// *Hecho*.
    pub fact: String,
    /// *Evidencia*.
    pub evidence: String,
    /// *Norma*.
    pub norm: String,
    /// *Conclusión*.
    pub conclusion: String,
}

/// Shows one change of an answer against the bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureChangeView {
    /// `document`, `fact` or `cell`.
    pub kind: String,
    /// `new`, `changed` or `gone`.
    pub happened: String,
    /// The document, by name.
    pub document: String,
    /// What changed.
    pub what: String,
    /// As the bid says it.
    pub before: String,
    /// As the answer says it.
    pub after: String,
    /// Where the bid says it.
    pub before_at: Option<CurePlace>,
    /// Where the answer says it.
    pub after_at: Option<CurePlace>,
    /// The request that had asked for it; `None` when none had: *cambió además*.
    pub asked_by: Option<u32>,
    /// True when a reading is not firm.
    pub unsure: bool,
    /// In one sentence.
    pub text: String,
}

/// Pairs a page of the answer with one of the bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CurePagePair {
    /// Of the answer.
    pub answer: CurePlace,
    /// Of the bid.
    pub bid: CurePlace,
    /// True when both are the same.
    pub same: bool,
}

/// Shows an answer against the bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CureDifferenceView {
    /// The bid.
    pub bid: String,
    /// What nobody had asked for, first.
    pub unasked: Vec<CureChangeView>,
    /// What was asked.
    pub asked: Vec<CureChangeView>,
    /// Pages that repeat the bid's.
    pub pages: Vec<CurePagePair>,
    /// Pages of the answer in all.
    pub answer_pages: u32,
    /// What could not be compared.
    pub remarks: Vec<String>,
    /// What was found while its files were read.
    pub findings: Vec<FindingView>,
}

/// Shows a lawful end of a bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LawfulOutcomeView {
    /// `calificada`, `no_calificada`, `rechazada`, `inhabilitada` or `retirada`.
    pub outcome: String,
    /// The cause, by key.
    pub cause: Option<String>,
    /// The cause, in words; empty where there is none.
    pub cause_name: String,
    /// The regime's word.
    pub word: String,
    /// In one sentence.
    pub text: String,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What nobody verified.
    pub unverified: Vec<String>,
    /// The requirements it rests on.
    pub requirements: Vec<String>,
    /// The requests it rests on.
    pub requests: Vec<u32>,
    /// What is to be brought besides the motivation.
    pub needs: Vec<String>,
    /// What a motivation left empty is filled with: from the decisions it rests on, and the norm of the regime.
    pub draft: MotivationView,
    /// The pliego's own clause to cite beside the cause, as persons named it for the defects; `None` where none can be cited.
    pub clause: Option<String>,
}

/// Shows an end that is not lawful now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RefusedOutcomeView {
    /// Which.
    pub outcome: String,
    /// The cause, by key.
    pub cause: Option<String>,
    /// The cause, in words; empty where there is none.
    pub cause_name: String,
    /// The regime's word.
    pub word: String,
    /// Why not.
    pub reasons: Vec<String>,
}

/// Shows what is missing before a bid can end, and where it is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OutcomeMissing {
    /// Stable code.
    pub code: String,
    /// In one sentence.
    pub text: String,
    /// The requirement whose cell is to be decided.
    pub requirement: Option<String>,
    /// The request that waits.
    pub request: Option<u32>,
}

/// Shows how one bid ended, and how it may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BidOutcomeView {
    /// The bid.
    pub bid: String,
    /// Its number.
    pub number: u32,
    /// The bidder.
    pub name: String,
    /// As recorded; `pendiente` while it is not.
    pub outcome: String,
    /// The cause, by key.
    pub cause: Option<String>,
    /// The cause, in words; empty where there is none.
    pub cause_name: String,
    /// The regime's word.
    pub word: String,
    /// Why, as recorded.
    pub motivation: Option<MotivationView>,
    /// True when what was recorded would not be lawful any more: look at it again.
    pub review: bool,
    /// How it may end.
    pub allowed: Vec<LawfulOutcomeView>,
    /// How it may not.
    pub refused: Vec<RefusedOutcomeView>,
    /// What is missing.
    pub missing: Vec<OutcomeMissing>,
    /// The articles, as recorded.
    pub legal_basis: Vec<String>,
    /// The pages, as recorded.
    pub evidence: Vec<CurePlace>,
    /// Who recorded it, and when.
    pub said: CureSaid,
}

/// Records how a bid ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct OutcomeOrder {
    /// The bid.
    pub bid: String,
    /// `calificada`, `no_calificada`, `bajo_minimo_tecnico`, `rechazada`, `inhabilitada`, `retirada` or `pendiente`.
    pub outcome: String,
    /// The cause, by key.
    pub cause: Option<String>,
    /// The pliego's own clause to cite beside the cause, by its numeral; else those that persons named for the defects.
    pub clause: Option<String>,
    /// Why; empty parts are taken from the decisions it rests on.
    pub motivation: MotivationOrder,
    /// The pages; for what lies outside of the evaluation, the paper that shows it.
    pub evidence: Vec<CurePlace>,
}

/// Shows a session of negotiation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NegotiationView {
    /// The bid.
    pub bid: String,
    /// Its number.
    pub number: u32,
    /// The bidder.
    pub name: String,
    /// Which session with it.
    pub session: u32,
    /// When.
    pub held: String,
    /// Where.
    pub place: String,
    /// Who took part.
    pub attendants: Vec<String>,
    /// The offer before.
    pub initial: String,
    /// What was agreed; `None` where nothing was.
    pub agreed: Option<String>,
    /// How the rebate was computed.
    pub working: Vec<TraceRow>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What else was talked of.
    pub terms: String,
    /// Who recorded it, and when.
    pub said: CureSaid,
}

/// Shows a bid that may be negotiated with, or why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NegotiableBid {
    /// The bid.
    pub bid: String,
    /// Its number.
    pub number: u32,
    /// The bidder.
    pub name: String,
    /// Its price: as offered, or as corrected on request; `None` where none was read.
    pub price: Option<String>,
    /// Why nothing can be negotiated with it now; empty when it can.
    pub blocked: Vec<String>,
}

/// Shows the negotiations of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NegotiationsView {
    /// True when the procedure has a negotiation.
    pub possible: bool,
    /// The least rebate in percent of the budget; `None` where none is prescribed or it is asked.
    pub minimum: Option<String>,
    /// The highest price that may be agreed.
    pub highest: Option<String>,
    /// What is asked or to be known.
    pub remarks: Vec<String>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What nobody verified.
    pub unverified: Vec<String>,
    /// The sessions.
    pub sessions: Vec<NegotiationView>,
    /// What follows, in one sentence.
    pub follows: String,
    /// The bid with which it is to be negotiated next; `None` where nobody is.
    pub next: Option<String>,
    /// The bids.
    pub bids: Vec<NegotiableBid>,
}

/// Records a session of negotiation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct NegotiationOrder {
    /// The bid.
    pub bid: String,
    /// When.
    pub held: String,
    /// Where.
    pub place: String,
    /// Who took part.
    pub attendants: Vec<String>,
    /// The offer before; `None` takes the price that was read.
    pub initial: Option<String>,
    /// What was agreed; `None` says that nothing was.
    pub agreed: Option<String>,
    /// The least rebate that the pliego states, in percent.
    pub minimum: Option<String>,
    /// What else was talked of; where the least rebate stands, if it is given.
    pub terms: String,
}

/// Shows what is recommended and what would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RecommendationView {
    /// What was recorded, in one sentence; empty while nothing was.
    pub recorded: String,
    /// `adjudicar`, `desierto` or `cancelar`; `None` while nothing was recorded.
    pub kind: Option<String>,
    /// True when what was recorded is not what follows now.
    pub review: bool,
    /// What follows from outcomes and order, in one sentence; empty while something is open.
    pub proposed: String,
    /// Why.
    pub reasons: Vec<String>,
    /// What is open.
    pub open: Vec<String>,
    /// The order, by numbers of the bids.
    pub order: Vec<u32>,
    /// The bids that share the first place.
    pub tied: Vec<u32>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What nobody verified.
    pub unverified: Vec<String>,
    /// Grounds of *desierto*, each with its words.
    pub grounds: Vec<CureErrorName>,
    /// The bids that qualified.
    pub bids: Vec<NegotiableBid>,
    /// What may be recommended now by its kind, and why not.
    pub choices: Vec<CureChoice>,
    /// Why, as recorded.
    pub motivation: Option<MotivationView>,
    /// Why it departs from what follows, as recorded.
    pub departure: String,
    /// Who recorded it, and when.
    pub said: CureSaid,
}

/// States the price of a bid, as the report of the puja shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct StatedPrice {
    /// The bid.
    pub bid: String,
    /// The price, without taxes.
    pub amount: String,
}

/// Records a recommendation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct RecommendationOrder {
    /// `adjudicar`, `desierto` or `cancelar`; empty takes what follows.
    pub kind: String,
    /// The bid of an award.
    pub bid: Option<String>,
    /// Its amount; `None` takes the known price.
    pub amount: Option<String>,
    /// The ground of *desierto* or of cancelling.
    pub ground: String,
    /// Why.
    pub motivation: MotivationOrder,
    /// Why it departs from what follows, or how a tie was broken.
    pub departure: String,
    /// Prices of the puja, the lowest first; where they are given they make the order.
    pub prices: Vec<StatedPrice>,
    /// Where those prices stand.
    pub prices_source: String,
}
