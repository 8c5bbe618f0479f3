//! Pages of one bid that look like pages of another.

use super::PageStatusView;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names one page of a bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CopyPlace {
    /// The bid.
    pub bid: String,
    /// Its number, from 1.
    pub number: u32,
    /// Name of the bidder.
    pub name: String,
    /// SHA-256 of the file.
    pub file: String,
    /// Its path.
    pub path: String,
    /// The page, from 1.
    pub page: u32,
    /// How it was read.
    pub status: PageStatusView,
    /// Degrees clockwise that a person turned it by.
    pub turn: u32,
}

/// Shows a run of pages of one bid that looks like a run of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CopyRun {
    /// True when every page says the same, letter for letter, or has the same pixels.
    pub exact: bool,
    /// The pages, side by side, in order.
    pub pairs: Vec<(CopyPlace, CopyPlace)>,
}

/// Names one place of a bid that names somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SharedPlace {
    /// The bid.
    pub bid: String,
    /// Its number, from 1.
    pub number: u32,
    /// Name of the bidder.
    pub bidder: String,
    /// In what part, in words.
    pub part: String,
    /// The kind of document, in words.
    pub document: String,
    /// The name as it stands there.
    pub written: String,
    /// The number beside it.
    pub identifier: Option<String>,
    /// SHA-256 of the file.
    pub file: String,
    /// Its path.
    pub path: String,
    /// The page, from 1, where the file has pages.
    pub page: Option<u32>,
}

/// Shows a person or company that papers of two bids name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SharedEntity {
    /// Its name as most papers write it.
    pub name: String,
    /// Whether it is a company.
    pub company: bool,
    /// Why the places are taken for one, in words.
    pub reasons: Vec<String>,
    /// The places, bid by bid.
    pub places: Vec<SharedPlace>,
}

/// Lists the copies across the bids of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CopiesView {
    /// The runs, the longest first.
    pub runs: Vec<CopyRun>,
    /// Pages that look alike in more than half of the bids and at least three: printed forms and models, counted and not listed.
    pub common: u32,
    /// Pages that could not be compared, since they were read before pages were compared: reading them again helps.
    pub not_compared: u32,
    /// Persons and companies that papers of two bids name.
    pub shared: Vec<SharedEntity>,
}
