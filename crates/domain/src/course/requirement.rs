//! What persons say of the requirements: confirmed, edited or rejected; changed by an aclaración; where the pliego departs from the norm, answered.

use crate::{ActorId, FileHash, LotId, Quad, Requirement, RequirementId};
use serde::{Deserialize, Serialize};

/// Tells what a person said of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequirementWord {
    /// It stands in the pliego as shown.
    Confirmed,
    /// It stands there otherwise, as the person wrote it.
    Edited,
    /// The pliego asks no such thing.
    Rejected,
    /// It was rejected before and counts again.
    Restored,
}

/// Says what a person found of one requirement. Every word is kept: the next one starts from what this one left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequirementSaid {
    /// The requirement.
    pub requirement: RequirementId,
    /// Counts the words about this requirement, from 1.
    pub number: u32,
    /// What was said.
    pub word: RequirementWord,
    /// The requirement before; `None` where it did not count.
    pub before: Option<Box<Requirement>>,
    /// The requirement from now on; `None` where it does not count.
    pub now: Option<Box<Requirement>>,
    /// Why; needed to edit and to reject.
    pub reason: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Holds what one aclaración makes of one requirement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequirementChange {
    /// The requirement.
    pub requirement: RequirementId,
    /// As it was; `None` where the aclaración adds it.
    pub before: Option<Box<Requirement>>,
    /// As it is now; `None` where the aclaración takes it out.
    pub now: Option<Box<Requirement>>,
}

/// Says which answer of which document changed which requirements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClarificationApplied {
    /// Names the aclaración within the process: `ACL-1`.
    pub clarification: String,
    /// The document that answers, where it rests among the papers of the process.
    pub file: Option<FileHash>,
    /// Its name, for people.
    pub document: String,
    /// Page from 1, where one was shown.
    pub page: Option<u32>,
    /// The lines of the answer on that page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quads: Vec<Quad>,
    /// Number or name of the question that was answered, as the document has it.
    pub answer: String,
    /// The words of the answer.
    pub quote: String,
    /// Day of the answer, where it is stated.
    pub day: Option<jiff::civil::Date>,
    /// What it changes; empty once it was withdrawn.
    pub changes: Vec<RequirementChange>,
    /// Why it was withdrawn; empty while it holds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub withdrawn: String,
    /// Who applied it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Tells what becomes of a departure of the pliego from the norm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum DepartureAnswer {
    /// Applied as the pliego says, with a motivation.
    AsPliego,
    /// Put to somebody who may say: the entity's legal office, SERCOP.
    Consulted {
        /// Whom.
        whom: String,
        /// Number of the letter and of the answer.
        reference: String,
    },
    /// Corrected by an aclaración of the process.
    Corrected {
        /// Its name: `ACL-1`.
        clarification: String,
    },
}

/// Answers a departure of the pliego from the norm: it is applied in silence never.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartureAnswered {
    /// Names the departure: its code, what it concerns and the values that differ. Another value is another departure.
    pub departure: String,
    /// Its code.
    pub code: String,
    /// The requirement it concerns, where it is one.
    pub requirement: Option<RequirementId>,
    /// What becomes of it; `None` once the answer was taken back.
    pub answer: Option<DepartureAnswer>,
    /// Why.
    pub motivation: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

impl RequirementSaid {
    /// Returns the lot of the requirement.
    #[must_use]
    pub fn lot(&self) -> Option<LotId> {
        self.now.as_ref().or(self.before.as_ref()).and_then(|requirement| requirement.lot)
    }

    /// Tells whether the requirement is another than before, so that what was decided on it is looked at again.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.before != self.now
    }
}
