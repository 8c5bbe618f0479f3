//! What an import tells while it runs, and how a person stops it.

use super::FindingView;
use cotejo_lector_client::Cancel;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names what an import is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImportPhase {
    /// Opening packages and hashing files.
    Opening,
    /// Reading pages, with OCR where there is no text.
    Reading,
    /// Finding documents and facts.
    Recognising,
    /// Comparing with what the pliego asks.
    Judging,
    /// Over.
    Done,
}

/// Tells how far an import is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ImportProgress {
    /// What it is doing.
    pub phase: ImportPhase,
    /// Files finished.
    pub files_done: u32,
    /// Files in all, as far as known.
    pub files_total: u32,
    /// Pages finished.
    pub pages_done: u32,
    /// Pages in all, as far as known; 0 when not.
    pub pages_total: u32,
    /// The file at hand.
    pub current: Option<String>,
    /// Findings of weight *error* so far.
    pub errors: u32,
}

/// Says which files of an import are sealed beside what the procedure seals: fragments of their paths, case and accents apart; `*`
/// stands for anything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SealingOrder {
    /// Sealed too.
    pub seal: Vec<String>,
    /// Not sealed, though their name says that they should be.
    pub leave_open: Vec<String>,
}

/// Tells what an import remarked about one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ImportRemark {
    /// Path of the file within its package.
    pub file: String,
    /// What was found.
    pub finding: FindingView,
}

/// Tells how an import ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ImportOutcome {
    /// Bids added.
    pub bids: u32,
    /// Files read.
    pub files: u32,
    /// Pages read.
    pub pages: u32,
    /// True when the person stopped it; what was read is kept.
    pub cancelled: bool,
    /// What deserves a look.
    pub remarks: Vec<ImportRemark>,
}

/// Lets a person stop a long act: clones share one switch.
#[derive(Clone, Debug, Default)]
pub struct Cancellation(Cancel);

impl Cancellation {
    /// Asks the act to stop at the next safe point.
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Tells whether somebody asked.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }
}

impl Cancellation {
    /// Returns the switch in the worker's own terms.
    pub(crate) fn switch(&self) -> &Cancel {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_hears_the_cancel() {
        let switch = Cancellation::default();
        let elsewhere = switch.clone();
        switch.cancel();
        assert!(elsewhere.is_cancelled(), "the worker holds a clone and must stop");
    }
}
