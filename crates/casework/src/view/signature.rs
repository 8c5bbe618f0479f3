//! *Constataciones* of signatures, and what persons say a defect is, as forms show and edit them. Moments are local time of Ecuador
//! (`2026-11-20T09:00`); everything else is Spanish, ready to be read.

use super::{CureErrorName, CurePlace, CureSaid};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Shows the validations of a case, and what still wants one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConstatationsView {
    /// What was recorded, in its order.
    pub done: Vec<ConstatationView>,
    /// What speaks of a signature and wants one before it may hurt a bid.
    pub pending: Vec<ConstatationPending>,
    /// The results, by key and name.
    pub results: Vec<CureErrorName>,
    /// The articles.
    pub legal_basis: Vec<String>,
}

/// Shows one validation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConstatationView {
    /// Its identifier.
    pub id: String,
    /// The bid.
    pub bid: String,
    /// Its number.
    pub bid_number: u32,
    /// SHA-256 of the file that was validated.
    pub file: String,
    /// Its name.
    pub file_name: String,
    /// The application.
    pub application: String,
    /// When.
    pub when: String,
    /// Who.
    pub by: String,
    /// `valida`, `no_valida`, `sin_firma` or `no_concluyente`.
    pub result: String,
    /// Its name.
    pub result_name: String,
    /// What else it said.
    pub detail: String,
    /// SHA-256 of the result file or capture.
    pub proof: String,
    /// Its name.
    pub proof_name: String,
}

/// Shows what wants a validation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConstatationPending {
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
    /// The bidder.
    pub bid_name: String,
    /// The files to validate; empty where the form is not there.
    pub files: Vec<CurePlace>,
    /// What is lacking.
    pub text: String,
}

/// Records a validation, or takes one back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct ConstatationDraft {
    /// The one to change or take back; a new one without.
    pub id: Option<String>,
    /// The bid.
    pub bid: String,
    /// SHA-256 of the file that was validated.
    pub file: String,
    /// The application; FirmaEC if it is not said.
    pub application: String,
    /// When; now if it is not said.
    pub when: Option<String>,
    /// Who; whoever uses this profile if it is not said.
    pub by: String,
    /// `valida`, `no_valida`, `sin_firma` or `no_concluyente`.
    pub result: String,
    /// What else it said.
    pub detail: String,
    /// Path of the result file or capture.
    pub attach: Option<String>,
    /// True to take it back.
    pub withdrawn: bool,
}

/// Says what a defect is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct DefectOrder {
    /// The requirement.
    pub requirement: String,
    /// The bid.
    pub bid: String,
    /// `formal`, `mencionado`, `sin_mencion` or `de_fondo`; empty to take back what was said.
    pub nature: String,
    /// Of an error of form its key.
    pub error: String,
    /// The pliego's own clause, by its numeral.
    pub clause: String,
    /// Why.
    pub reason: String,
    /// The pages that show it.
    pub evidence: Vec<CurePlace>,
}

/// Shows a defect of which a person said what it is, or may say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DefectView {
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
    /// The bidder.
    pub bid_name: String,
    /// True when what happens next waits for a person's word.
    pub waits: bool,
    /// What is asked of a person, or what stands against *no cumple* now; empty where nothing does.
    pub question: String,
    /// What can be said of it, by key and name: of a form only what leaves the bidder the request.
    pub natures: Vec<CureErrorName>,
    /// What was said, by key; empty while nobody said anything.
    pub nature: String,
    /// What was said, in words.
    pub nature_name: String,
    /// Of an error of form its key.
    pub error: String,
    /// Its name.
    pub error_name: String,
    /// The pliego's own clause that was named.
    pub clause: String,
    /// Why, as it was said.
    pub reason: String,
    /// The pages that were named.
    pub evidence: Vec<CurePlace>,
    /// The pages that the checks and the decision rest on.
    pub offered: Vec<CurePlace>,
    /// Who said it, and when.
    pub said: CureSaid,
}
