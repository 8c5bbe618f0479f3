//! What flags are looked for in, and what comes out.

use crate::appearance::{PageAppearance, PageText};
use cotejo_catalogue::message;
use cotejo_domain::{
    BidId, Bidder, Confidence, Document, Evidence, Fact, FileHash, FileProperties, Location, MemberId, Money,
    Outcome, PageReading, PliegoItem, RequirementId, Severity, SignatureReading, Table, Verdict,
};
use serde::Serialize;

/// Holds the signatures of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedFile {
    /// SHA-256 of the file's exact bytes.
    pub file: FileHash,
    /// Path within the package, for people.
    pub file_name: String,
    /// Its signatures.
    pub signatures: Vec<SignatureReading>,
}

/// Holds what one file says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct DescribedFile {
    /// SHA-256 of the file's exact bytes.
    pub file: FileHash,
    /// Path within the package, for people.
    pub file_name: String,
    /// Types of the documents in it, each once.
    pub kinds: Vec<String>,
    /// What it says.
    pub properties: FileProperties,
}

/// Holds what was read from one bid. What is not at hand is left empty; the flags that need it then stay silent.
#[derive(Clone, Copy, Debug)]
pub struct BidPapers<'a> {
    /// The bid.
    pub bid: BidId,
    /// Who bids.
    pub bidder: &'a Bidder,
    /// Documents found in its pages.
    pub documents: &'a [Document],
    /// Facts read from them.
    pub facts: &'a [Fact],
    /// Tables, each with its file.
    pub tables: &'a [(FileHash, Table)],
    /// Signatures, file by file.
    pub signatures: &'a [SignedFile],
    /// Pages: file, path within the package, reading.
    pub pages: &'a [(FileHash, String, PageReading)],
    /// How its pages look.
    pub looks: &'a [PageAppearance],
    /// What its pages of running text say.
    pub texts: &'a [PageText],
    /// What its files say of themselves.
    pub described: &'a [DescribedFile],
}

/// Holds what is known of a lot beside the papers of its bids. What is not known is left empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct LotTerms<'a> {
    /// Presupuesto referencial without IVA, where the pliego publishes it.
    pub budget: Option<Money>,
    /// What the pliego asks for, with its unit prices where it publishes them.
    pub items: &'a [PliegoItem],
    /// Sequences of words of the process's own papers, as [`crate::sequences`] gives them: no bidder wrote them.
    pub models: &'a [u64],
    /// What the process's own files say of themselves: a form that was filled in still says it.
    pub own_files: &'a [FileProperties],
}

/// Holds what a member ruled on a requirement for a bid, with what the machine had found there.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// The bid.
    pub bid: BidId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The requirement in words, for people.
    pub title: String,
    /// Who ruled.
    pub member: MemberId,
    /// How.
    pub verdict: Verdict,
    /// Codes of what was found wrong: the reasons of the proposal. Empty where nothing was.
    pub defects: Vec<String>,
    /// Articles the proposal rests on.
    pub basis: Vec<String>,
    /// What the member had before the eyes.
    pub evidence: Vec<Evidence>,
}

/// Holds what the evaluation of a lot came to, as far as persons recorded it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Course<'a> {
    /// What members ruled; of each member and cell the ruling that holds.
    pub rulings: &'a [Ruling],
    /// How bids ended; those that are open are left out.
    pub outcomes: &'a [(BidId, Outcome)],
}

impl BidPapers<'_> {
    /// Returns the path of a file, where any paper tells it.
    pub(crate) fn file_name(&self, file: FileHash) -> String {
        let of_pages = self.pages.iter().find(|(hash, _, _)| *hash == file).map(|(_, name, _)| name.clone());
        let of_signatures = || {
            self.signatures.iter().find(|signed| signed.file == file).map(|signed| signed.file_name.clone())
        };
        let of_facts = || {
            self.facts
                .iter()
                .find(|fact| fact.evidence.file == file)
                .map(|fact| fact.evidence.file_name.clone())
        };
        of_pages.or_else(of_signatures).or_else(of_facts).unwrap_or_default()
    }

    /// Tells whether the bid holds a file with these bytes.
    pub(crate) fn has_file(&self, file: FileHash) -> bool {
        self.documents.iter().any(|document| document.file == file)
            || self.signatures.iter().any(|signed| signed.file == file)
    }

    /// Points to a place in one of the bid's files.
    pub(crate) fn evidence(&self, code: &str, file: FileHash, location: Location, quote: &str) -> Evidence {
        Evidence {
            file,
            file_name: self.file_name(file),
            location,
            quote: quote.to_owned(),
            extractor: format!("{code}@1"),
            confidence: Confidence::CERTAIN,
        }
    }
}

/// Holds an *indicio*. It carries no verdict, and no field from which one could be made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flag {
    /// Code, the name of its page in `docs/flags`.
    pub code: String,
    /// The bids it is about, in order of identifier.
    pub bids: Vec<BidId>,
    /// Its weight: a warning, or only for information. Never an error.
    pub severity: Severity,
    /// What was seen, in Spanish.
    pub text: String,
    /// What to do, in Spanish.
    pub remedy: String,
    /// Where it was seen, in each bid.
    pub evidence: Vec<Evidence>,
}

impl Flag {
    /// Makes a flag in the words of the catalogue: the sentence at `flags.CODE.variant`.
    pub(crate) fn new(
        code: &str,
        variant: &str,
        severity: Severity,
        bids: Vec<BidId>,
        values: &[(&str, &str)],
        evidence: Vec<Evidence>,
    ) -> Self {
        let mut text = message(&format!("flags.{code}.{variant}"), values);
        // A name that ends in an abbreviation brings its own point.
        if text.ends_with("..") && !text.ends_with("...") {
            text.pop();
        }
        Self {
            code: code.into(),
            bids,
            severity,
            text,
            remedy: message(&format!("flags.{code}.remedio"), &[]),
            evidence,
        }
    }
}
