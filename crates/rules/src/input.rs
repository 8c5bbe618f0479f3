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

/// Tells how a registry answered about a taxpayer.
#[derive(Clone, Debug, PartialEq)]
pub enum RegistryOutcome {
    /// It knows the number; these are the facts, in the fields of [`registry_fields`], each with its place in the answer.
    Known(Vec<Fact>),
    /// It has nothing under that number; the evidence is the answer that says so.
    Absent(Option<cotejo_domain::Evidence>),
    /// It gave no usable answer; the text says why.
    Unknown(String),
}

/// Holds what a registry said of one taxpayer on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct RegistryAnswer {
    /// Name of the service, for people: `SRI`.
    pub service: String,
    /// The number that was asked about.
    pub ruc: cotejo_domain::Ruc,
    /// The day of the answer, local.
    pub day: jiff::civil::Date,
    /// What it said.
    pub outcome: RegistryOutcome,
}

/// Names of the facts that registries give. They are no field of any paper.
pub mod registry_fields {
    /// State of the taxpayer: `ACTIVO`, `SUSPENDIDO`, `PASIVO`, `CANCELADO`.
    pub const STATE: &str = "registro.estado";
    /// Razón social.
    pub const NAME: &str = "registro.razon_social";
    /// `SI` when listed as *contribuyente fantasma*.
    pub const GHOST: &str = "registro.fantasma";
    /// `SI` when listed for *transacciones inexistentes*.
    pub const NONEXISTENT: &str = "registro.transacciones_inexistentes";
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
    /// What registries said of the bidder and its partners; empty until they are asked.
    pub registries: Vec<RegistryAnswer>,
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
