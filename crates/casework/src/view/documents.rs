//! Files, the documents found in them, their pages, and what could not be read.

use super::{FindingView, PageStatusView, ReadingText};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Tells how one page ended and what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PageSummary {
    /// From 1.
    pub number: u32,
    /// How it ended.
    pub status: PageStatusView,
    /// Type of the document it belongs to, in Spanish; empty when none.
    pub document: String,
    /// Why it could not be read, in Spanish, where it could not.
    pub failure: Option<String>,
    /// Degrees clockwise that a person turned it by; 0 when it is as the file has it.
    pub turn: u32,
    /// True when a person wrote its text.
    pub written: bool,
    /// True for flowing text, which has no page to turn.
    pub reading_view: bool,
}

/// Shows what a person wrote as the text of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WrittenView {
    /// The text, line by line.
    pub text: String,
    /// Name of who wrote it.
    pub by: String,
    /// Initials.
    pub initials: String,
    /// When, in UTC, ISO 8601.
    pub at: String,
}

/// Shows one document: a run of pages of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DocumentView {
    /// Its identifier.
    pub id: String,
    /// Type, as in the catalogue of types: `FUO_1_1`.
    pub kind: String,
    /// Its name, in Spanish.
    pub name: String,
    /// How sure the type is.
    #[specta(type = i32)]
    pub confidence: f64,
    /// True for *seguro*: a person named it, or its type was measured on enough labelled documents; else *probable*.
    pub certain: bool,
    /// Pages, from 1.
    pub pages: Vec<u32>,
    /// True when the form was handed in empty.
    pub blank_form: bool,
    /// True when a person named its type.
    pub typed: bool,
    /// The example it was typed by, where one has a page like its first.
    pub example: Option<ExampleReason>,
}

/// Says why a document was typed by an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExampleReason {
    /// The example.
    pub id: String,
    /// Why, in Spanish.
    pub reason: String,
}

/// Asks for another cut of a file into documents. A document is named by its identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum ArrangeOrder {
    /// Another document begins at a page of this one.
    Split {
        /// The document.
        document: String,
        /// The page where the new one begins.
        page: u32,
    },
    /// Two documents are one; it keeps the type of the first named.
    Merge {
        /// The one whose type stays.
        document: String,
        /// The other one.
        other: String,
    },
    /// A document is of this type.
    Name {
        /// The document.
        document: String,
        /// Type, as in the catalogue of types.
        kind: String,
    },
    /// A document stands at another place in the order.
    Move {
        /// The document.
        document: String,
        /// The place, from 0.
        to: u32,
    },
    /// A page stands at another place in its document.
    MovePage {
        /// The document.
        document: String,
        /// The page.
        page: u32,
        /// The place among the pages of the document, from 0.
        to: u32,
    },
    /// The machine's cut holds again.
    Withdraw,
}

/// Shows one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignatureView {
    /// Who signed, from the certificate.
    pub signer: String,
    /// When it says it was made, in UTC, ISO 8601.
    pub at: Option<String>,
    /// `valid`, `invalid` or `indeterminate`.
    pub verdict: String,
    /// Why, in Spanish.
    pub reasons: Vec<String>,
}

/// Shows one file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FileView {
    /// SHA-256.
    pub hash: String,
    /// Path within the package.
    pub path: String,
    /// Size as a person reads it: `3,2 MB`.
    pub size: String,
    /// Media type by content.
    pub media_type: String,
    /// True when it is stored but not read before its moment.
    pub sealed: bool,
    /// Why it is sealed and until when, in Spanish.
    pub sealed_reason: Option<String>,
    /// True when it is stored and was not read yet.
    pub unread: bool,
    /// True when it, or the images of its pages, want a password that nobody gave since the program was opened.
    pub wants_password: bool,
    /// Pages.
    pub pages: Vec<PageSummary>,
    /// Documents, in their order.
    pub documents: Vec<DocumentView>,
    /// True when the documents are as a person cut them.
    pub arranged: bool,
    /// Signatures.
    pub signatures: Vec<SignatureView>,
    /// Findings about this file.
    pub findings: Vec<FindingView>,
}

/// Gathers the files of a bid, or of the pliego.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct BidDocuments {
    /// The bid; `None` for the pliego.
    pub bid: Option<String>,
    /// Number of the bid, from 1; 0 for the pliego.
    pub number: u32,
    /// Name of the bidder, or `Pliego`.
    pub name: String,
    /// The bidder's taxpayer's number, if it was read.
    pub ruc: Option<String>,
    /// The files.
    pub files: Vec<FileView>,
    /// Findings about the package as a whole.
    pub findings: Vec<FindingView>,
    /// True for what the bidder answered when it was asked to cure: it rests beside the bid.
    pub answer: bool,
}

/// Shows everything that was handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DocumentsView {
    /// The pliego first, then the bids.
    pub bids: Vec<BidDocuments>,
}

/// Holds one word of the text layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct WordView {
    /// The word.
    pub text: String,
    /// Left, top, right, bottom in points as the page is shown.
    #[specta(type = Vec<i32>)]
    pub bounds: Vec<f64>,
    /// Line, from 0.
    pub line: u32,
}

/// Shows one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PageView {
    /// SHA-256 of the file.
    pub file: String,
    /// Path of the file within the package.
    pub file_name: String,
    /// From 1.
    pub page: u32,
    /// Pages of the file.
    pub page_count: u32,
    /// Width in points as shown.
    #[specta(type = i32)]
    pub width: f64,
    /// Height in points as shown.
    #[specta(type = i32)]
    pub height: f64,
    /// /Rotate of the page in degrees, with what a person turned it by; boxes are already rotated.
    pub rotation: u32,
    /// Degrees clockwise that a person turned it by.
    pub turn: u32,
    /// What a person wrote as its text; search and facts go by it.
    pub written: Option<WrittenView>,
    /// What the machine read, line by line.
    pub machine_text: String,
    /// How it ended.
    pub status: PageStatusView,
    /// True for flowing text: there is no image, the words are shown as text.
    pub reading_view: bool,
    /// What a *vista de lectura* says, in paragraphs or rows; `None` for a page with an image.
    pub reading: Option<ReadingText>,
    /// The words in reading order.
    pub words: Vec<WordView>,
    /// Findings about this page.
    pub findings: Vec<FindingView>,
}

/// Shows one hit of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct SearchHit {
    /// Number of the bid, from 1; 0 for the pliego.
    pub bid_number: u32,
    /// Name of the bidder.
    pub bid_name: String,
    /// The bidder's taxpayer's number, if it was read.
    pub bid_ruc: Option<String>,
    /// SHA-256 of the file.
    pub file: String,
    /// Path of the file.
    pub file_name: String,
    /// From 1.
    pub page: u32,
    /// The words around the hit.
    pub excerpt: String,
}
