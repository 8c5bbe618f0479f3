//! What a member declares of conflicts of interest and confidentiality, and answers about names that coincide.

use crate::{ActorId, FileHash, MemberId};
use serde::{Deserialize, Serialize};

/// Names what is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationKind {
    /// That no conflict of interest stands against evaluating, or which one does.
    ConflictOfInterest,
    /// That what is known by evaluating is kept confidential.
    Confidentiality,
}

impl DeclarationKind {
    /// Lists both.
    pub const ALL: [Self; 2] = [Self::ConflictOfInterest, Self::Confidentiality];

    /// Names the kind in one word of text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ConflictOfInterest => "conflicto",
            Self::Confidentiality => "confidencialidad",
        }
    }
}

/// Holds what one person declared over one list of bidders and persons behind them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// The person's place in the evaluating body.
    pub member: MemberId,
    /// What is declared.
    pub kind: DeclarationKind,
    /// The conflict that the person makes known; `None` declares that there is none.
    pub novelty: Option<String>,
    /// The day written on the declaration.
    pub made_on: jiff::civil::Date,
    /// Hash of the list it was made over; another list needs another declaration.
    pub over: FileHash,
    /// Who stood in that list.
    pub list: Vec<String>,
    /// SHA-256 of the signed paper, where it is kept.
    pub document: Option<FileHash>,
    /// True once it was taken back.
    pub withdrawn: bool,
    /// Who recorded it: the person, or the one who keeps the signed paper.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Tells what a member says of a person of a bid with the same surname.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kinship {
    /// No kinship.
    None,
    /// Within the degrees of the law: fourth of consanguinity, second of affinity.
    WithinDegrees,
    /// A kinship beyond them.
    Beyond,
}

/// Answers a coincidence of surnames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KinshipAnswer {
    /// The member who answers.
    pub member: MemberId,
    /// Names the coincidence: the same as long as both names are.
    pub coincidence: String,
    /// What is said; `None` once the answer was taken back.
    pub kinship: Option<Kinship>,
    /// In the member's words.
    pub text: String,
    /// SHA-256 of the signed paper, where another person records the answer.
    pub document: Option<FileHash>,
    /// Who recorded it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
