//! What is known of a bidder from outside its papers: for the command line and the window alike.

use super::FindingView;
use cotejo_domain::SourceOutcome;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Tells how a source answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SourceStatus {
    /// It answered; the facts are its words.
    Answered,
    /// It answered that it has nothing under that number.
    Absent,
    /// It was asked and gave no usable answer; a finding says why.
    Unknown,
    /// It was not asked; a finding says why.
    NotAsked,
    /// A person must ask it; the finding says where and how.
    ByHand,
}

/// Shows one field of a registry's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RegistryFact {
    /// Name of the field in the answer.
    pub field: String,
    /// What it is, in Spanish.
    pub label: String,
    /// Its value, in the registry's words.
    pub value: String,
}

/// Shows one source with its answer and the evidence of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SourceView {
    /// The service, as people know it: `SRI`.
    pub service: String,
    /// What it is asked, in Spanish.
    pub question: String,
    /// How it answered.
    pub status: SourceStatus,
    /// The same in words, in Spanish.
    pub status_text: String,
    /// When, ISO 8601 in UTC.
    pub at: Option<String>,
    /// The address that answered, or the page a person opens.
    pub url: Option<String>,
    /// SHA-256 of the raw answer that is kept.
    pub sha256: Option<String>,
    /// What it said.
    pub facts: Vec<RegistryFact>,
    /// What a person should look at.
    pub findings: Vec<FindingView>,
    /// Key of a source that only a person can ask: notes name it.
    pub key: Option<String>,
    /// What a person noted of it.
    pub note: Option<SourceNoteView>,
}

/// Sums up what a person read at a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SourceOutcomeView {
    /// Nothing against the bidder.
    Clear,
    /// Something that must be looked at.
    Adverse,
    /// The page gave no answer.
    NoAnswer,
    /// Takes the note back.
    Withdrawn,
}

impl From<SourceOutcome> for SourceOutcomeView {
    fn from(outcome: SourceOutcome) -> Self {
        match outcome {
            SourceOutcome::Clear => Self::Clear,
            SourceOutcome::Adverse => Self::Adverse,
            SourceOutcome::NoAnswer => Self::NoAnswer,
            SourceOutcome::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<SourceOutcomeView> for SourceOutcome {
    fn from(outcome: SourceOutcomeView) -> Self {
        match outcome {
            SourceOutcomeView::Clear => Self::Clear,
            SourceOutcomeView::Adverse => Self::Adverse,
            SourceOutcomeView::NoAnswer => Self::NoAnswer,
            SourceOutcomeView::Withdrawn => Self::Withdrawn,
        }
    }
}

/// Shows what a person noted of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SourceNoteView {
    /// What it came to.
    pub outcome: SourceOutcomeView,
    /// The same in words, in Spanish.
    pub outcome_text: String,
    /// The person's words.
    pub text: String,
    /// Day of the consultation, ISO 8601.
    pub consulted: String,
    /// Name of who wrote it.
    pub by: String,
    /// Initials.
    pub initials: String,
    /// When it was written, in UTC, ISO 8601.
    pub at: String,
    /// Name of the capture that was kept.
    pub kept_name: Option<String>,
    /// Its SHA-256.
    pub kept_sha256: Option<String>,
}

/// Holds what a person notes of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SourceNoteDraft {
    /// The number that was asked about.
    pub ruc: String,
    /// Key of the source.
    pub source: String,
    /// What it came to.
    pub outcome: SourceOutcomeView,
    /// The person's words; needed where something adverse was read.
    pub text: String,
    /// Day of the consultation, `2026-11-20`; today when `None`.
    pub consulted: Option<String>,
    /// Path of a capture or certificate to keep.
    pub attach: Option<String>,
}

/// Shows what the digits of a number tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StructureView {
    /// `ok`, `warning` or `error`.
    pub status: String,
    /// `natural`, `private` or `public`.
    pub kind: Option<String>,
    /// `agrees` or `disagrees`.
    pub check_digit: Option<String>,
    /// What is wrong or odd.
    pub finding: Option<FindingView>,
}

/// Shows what is known of one taxpayer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SupplierView {
    /// The number as it was given.
    pub ruc: String,
    /// True when a simulator answered in place of the services: then nothing here is about anybody.
    pub simulated: bool,
    /// True when nothing may be asked.
    pub offline: bool,
    /// What the digits tell.
    pub structure: StructureView,
    /// The sources, asked or not.
    pub sources: Vec<SourceView>,
}

/// Shows one number that a bid stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BidSupplier {
    /// Name as the bid's papers give it; `None` when no paper does.
    pub name: Option<String>,
    /// True for a partner of a consortium.
    pub partner: bool,
    /// What is known of it.
    pub supplier: SupplierView,
}

/// Shows one bid in the validation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BidValidation {
    /// Identifier.
    pub bid: String,
    /// Number, from 1.
    pub number: u32,
    /// Name of the bidder, or of the folder it came in.
    pub bidder: String,
    /// Why nothing can be asked about it, in Spanish; empty when something can.
    pub notice: String,
    /// The bidder's number, and those of its partners.
    pub suppliers: Vec<BidSupplier>,
}

/// Shows what registries said of the bidders of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ValidationView {
    /// True when nothing may be asked.
    pub offline: bool,
    /// True when some answer came from a simulator.
    pub simulated: bool,
    /// How many numbers were asked about just now; 0 when this only shows what is kept.
    pub asked: u32,
    /// How many of those gave no usable answer.
    pub unanswered: u32,
    /// The bids, in order.
    pub bids: Vec<BidValidation>,
}
