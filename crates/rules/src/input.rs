//! What a bid's evaluation is made from.

use crate::RulePack;
use cotejo_domain::{
    BidId, Bidder, Document, Fact, FileHash, Finding, LotId, PageStatus, Pliego, Requirement,
    SignatureReading, Table,
};

/// Tells of one file of the bid which signatures it carries.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedFile {
    /// SHA-256 of the file's exact bytes.
    pub file: FileHash,
    /// Path within the package, for people.
    pub file_name: String,
    /// Its signatures; empty when there are none. `None` when nobody could look, for instance because the file was not read.
    pub signatures: Option<Vec<SignatureReading>>,
}

/// Tells how a page of the bid ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageOutcome {
    /// The file.
    pub file: FileHash,
    /// Page from 1.
    pub page: u32,
    /// How it ended.
    pub status: PageStatus,
}

/// Holds everything that was read from one bid.
#[derive(Clone, Debug, PartialEq)]
pub struct BidFacts {
    /// The bid.
    pub bid: BidId,
    /// Who makes it, as far as its papers tell; see [`crate::identify_bidder`].
    pub bidder: Bidder,
    /// The documents found in it.
    pub documents: Vec<Document>,
    /// The facts read from them.
    pub facts: Vec<Fact>,
    /// The tables, each with its file.
    pub tables: Vec<(FileHash, Table)>,
    /// Every file of the bid with its signatures.
    pub files: Vec<SignedFile>,
    /// Every page of every file.
    pub pages: Vec<PageOutcome>,
    /// Files that could not be read at all, by name.
    pub unread_files: Vec<String>,
    /// What was found while reading.
    pub findings: Vec<Finding>,
}

/// Holds what one evaluation needs.
#[derive(Clone, Copy, Debug)]
pub struct EvaluationInput<'a> {
    /// The pliego.
    pub pliego: &'a Pliego,
    /// The requirements to answer; see [`crate::requirements_for`].
    pub requirements: &'a [Requirement],
    /// The norms of the day the process started.
    pub pack: &'a RulePack,
    /// The lot.
    pub lot: LotId,
    /// The bid.
    pub bid: &'a BidFacts,
}
