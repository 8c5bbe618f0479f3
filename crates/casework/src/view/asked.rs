//! What the pliego asks as persons left it: words on requirements, aclaraciones, departures from the norm, and the lint of a draft.

use super::RequirementView;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Tells how far a requirement is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StandingView {
    /// Structured data state it, or a person typed it.
    Stated,
    /// Recognised in a text: to be confirmed.
    Recognised,
    /// Brought by the procedure's model: to be confirmed.
    FromModel,
    /// Confirmed by a person.
    Confirmed,
    /// The pliego asks no such thing.
    Rejected,
    /// An aclaración took it out.
    TakenOut,
}

/// Holds all requirements of a case, those that do not count included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct AskedView {
    /// In the order of the pliego.
    pub rows: Vec<AskedRow>,
    /// How many wait for a person's word before a *no cumple* may rest on them.
    pub waiting: u32,
    /// How many departures from the norm wait for an answer.
    pub departures_open: u32,
    /// The lots of the case.
    pub lots: Vec<String>,
}

/// Holds one requirement beside its place in the pliego.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct AskedRow {
    /// The requirement.
    pub requirement: RequirementView,
    /// How far it is settled.
    pub standing: StandingView,
    /// The same in Spanish: `reconocido, por confirmar`.
    pub standing_text: String,
    /// Name of its lot; `None` for all lots.
    pub lot: Option<String>,
    /// What it is about, as JSON of the contract.
    pub subject: String,
    /// One quad of eight numbers for each line on the page, in points; empty when the whole page is meant.
    #[specta(type = Vec<Vec<i32>>)]
    pub quads: Vec<Vec<f64>>,
    /// The words that stand there.
    pub quote: String,
    /// Aclaraciones that changed it, in order.
    pub clarifications: Vec<String>,
    /// What persons said of it, the oldest first.
    pub history: Vec<AskedWord>,
}

/// Holds one word on a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AskedWord {
    /// What, in Spanish: `confirmado`, `cambiado por la aclaración ACL-1`.
    pub what: String,
    /// Who.
    pub who: String,
    /// When, in UTC.
    pub at: String,
    /// Why, or the words of the answer.
    pub reason: String,
    /// Document and answer, for an aclaración.
    pub document: Option<String>,
    /// The text before; `None` where it did not count.
    pub before: Option<String>,
    /// The text after; `None` where it does not count.
    pub now: Option<String>,
    /// False where it was said of another text than the one that stood then.
    pub holds: bool,
}

/// Says what a person finds of a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "word", rename_all = "snake_case")]
pub enum RequirementOrder {
    /// It stands in the pliego as shown.
    Confirm,
    /// It stands there otherwise. Fields that are not given stay.
    Edit {
        /// The words of the pliego.
        text: Option<String>,
        /// What failing it means: `integridad`, `minimo`, `puntaje`, `informativo`.
        kind: Option<String>,
        /// Points, a decimal; empty for none.
        points: Option<String>,
        /// What it is about, as JSON of the contract.
        subject: Option<String>,
        /// Name of the lot; empty for all lots.
        lot: Option<String>,
        /// Why.
        reason: String,
    },
    /// The pliego asks no such thing.
    Reject {
        /// Why.
        reason: String,
    },
    /// It was rejected before and counts again.
    Restore {
        /// Why.
        reason: String,
    },
}

/// Says what an answer of the entity changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClarificationOrder {
    /// The document, by its path among the papers of the process or, where it is not there, by its name.
    pub document: String,
    /// Number of the question that was answered, as the document has it.
    pub answer: String,
    /// The words of the answer.
    pub quote: String,
    /// Page from 1.
    pub page: Option<u32>,
    /// Day of the answer, ISO 8601.
    pub day: Option<String>,
    /// What changes.
    pub changes: Vec<ClarifiedRequirement>,
}

/// Says what an aclaración makes of one requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClarifiedRequirement {
    /// The requirement; `None` for a new one.
    pub requirement: Option<String>,
    /// True when it is taken out.
    #[serde(default)]
    pub taken_out: bool,
    /// The words from now on.
    pub text: Option<String>,
    /// What failing it means.
    pub kind: Option<String>,
    /// Points, a decimal.
    pub points: Option<String>,
    /// What it is about, as JSON of the contract.
    pub subject: Option<String>,
    /// Name of the lot; empty for all lots.
    pub lot: Option<String>,
}

/// Shows one aclaración.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClarificationView {
    /// Its name: `ACL-1`.
    pub clarification: String,
    /// The document.
    pub document: String,
    /// Its file among the papers of the process, where it is there.
    pub file: Option<String>,
    /// Page from 1.
    pub page: Option<u32>,
    /// The question that was answered.
    pub answer: String,
    /// The words of the answer.
    pub quote: String,
    /// Day of the answer.
    pub day: Option<String>,
    /// The requirements that it changes.
    pub requirements: Vec<String>,
    /// Why it was withdrawn; empty while it holds.
    pub withdrawn: String,
    /// Who applied it.
    pub who: String,
    /// When, in UTC.
    pub at: String,
}

/// Shows a departure of the pliego from the norm with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DepartureView {
    /// Names it.
    pub departure: String,
    /// Its code.
    pub code: String,
    /// The requirement it concerns.
    pub requirement: Option<String>,
    /// What it is, in Spanish.
    pub text: String,
    /// What may be done about it.
    pub remedy: String,
    /// Articles it departs from.
    pub legal_basis: Vec<String>,
    /// True when nobody verified the norm it rests on.
    pub unverified: bool,
    /// The answer; `None` while it waits.
    pub answer: Option<DepartureAnswerView>,
}

/// Shows the answer to a departure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DepartureAnswerView {
    /// What becomes of it, in Spanish.
    pub what: String,
    /// Why.
    pub motivation: String,
    /// Who.
    pub who: String,
    /// When, in UTC.
    pub at: String,
}

/// Answers a departure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum DepartureOrder {
    /// Applied as the pliego says.
    AsPliego {
        /// Why.
        motivation: String,
    },
    /// Put to somebody who may say.
    Consulted {
        /// Whom.
        whom: String,
        /// Number of letter and answer.
        reference: String,
        /// What was answered, and what is done.
        motivation: String,
    },
    /// Corrected by an aclaración.
    Corrected {
        /// Its name: `ACL-1`.
        clarification: String,
        /// What it corrected.
        motivation: String,
    },
    /// The answer is taken back.
    TakenBack,
}

/// Shows what the lint found in a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct LintView {
    /// The draft's file.
    pub file: String,
    /// The pack it was held against.
    pub pack: String,
    /// Day of publication that was assumed.
    pub start: String,
    /// True when neither the person nor the draft said the day: the newest pack was taken.
    pub start_assumed: bool,
    /// What was found, in the order of the pages.
    pub findings: Vec<LintFindingView>,
    /// Codes of the rules that ran.
    pub rules: Vec<String>,
    /// Findings of the reading itself.
    pub reading: Vec<String>,
}

/// Shows one finding of the lint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct LintFindingView {
    /// Code of the rule.
    pub code: String,
    /// `info`, `warning` or `error`.
    pub severity: String,
    /// What, in Spanish.
    pub message: String,
    /// What to do.
    pub remedy: String,
    /// The requirement, where it is one.
    pub requirement: Option<String>,
    /// Page from 1, where it has one.
    pub page: Option<u32>,
    /// One quad of eight numbers for each line on the page.
    #[specta(type = Vec<Vec<i32>>)]
    pub quads: Vec<Vec<f64>>,
    /// Articles of the pack.
    pub legal_basis: Vec<String>,
    /// True when nobody verified the norm it rests on.
    pub unverified: bool,
}
