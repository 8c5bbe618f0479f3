//! What a person did to a page so that it can be read: turned it, or wrote its text. The file itself is never changed.

use crate::{ActorId, FileHash};
use serde::{Deserialize, Serialize};

/// Says what a person did to one page. A later one of the same kind on the same page takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRemedy {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// The page, from 1.
    pub page: u32,
    /// What was done.
    pub act: PageAct,
    /// Who did it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Names what a person can do to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", content = "value", rename_all = "snake_case")]
pub enum PageAct {
    /// Turned it clockwise beside its own /Rotate: 0, 90, 180 or 270 degrees; 0 is as the file has it.
    Turned(u16),
    /// Wrote what it says, line by line; empty takes an earlier text back.
    Written(String),
}

/// Notes what a source answered to a person: sources that want a captcha, a form, or data that the program does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceNote {
    /// The number that was asked about.
    pub ruc: String,
    /// Key of the source: `registries.by_hand.scvs`.
    pub source: String,
    /// What it came to.
    pub outcome: SourceOutcome,
    /// The person's words: what the page said.
    pub text: String,
    /// Day on which the page was consulted, in Ecuador.
    pub consulted: jiff::civil::Date,
    /// The capture or certificate that was kept, by name and hash; it rests among the originals.
    pub kept: Option<(String, FileHash)>,
    /// Who consulted it.
    pub author: ActorId,
    /// When the note was written, in UTC.
    pub at: jiff::Timestamp,
}

/// Sums up what a person read at a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceOutcome {
    /// Nothing against the bidder.
    Clear,
    /// Something that must be looked at.
    Adverse,
    /// The page gave no answer.
    NoAnswer,
    /// The note was taken back.
    Withdrawn,
}
