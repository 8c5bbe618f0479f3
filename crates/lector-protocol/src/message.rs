//! Requests and replies.

use cotejo_domain::{Document, Fact, FileHash, Finding, PageReading, Pliego, Read, SignatureReading, Table};
use serde::{Deserialize, Serialize};

/// Limits while opening a package; what is left of them shrinks as entries are taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeLimits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files of a package together.
    pub package_bytes: u64,
    /// Entries of a package, nested ones included.
    pub entries: u32,
    /// Nesting of containers.
    pub depth: u32,
    /// Unpacked bytes for each packed byte.
    pub ratio: u32,
}

impl Default for IntakeLimits {
    fn default() -> Self {
        Self {
            file_bytes: 50 * 1024 * 1024,
            package_bytes: 1024 * 1024 * 1024,
            entries: 10_000,
            depth: 5,
            ratio: 200,
        }
    }
}

/// Options of a reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// Whether pages without text are read by OCR.
    pub ocr: bool,
    /// Only these pages (from 1), or all when empty.
    pub pages: Vec<u32>,
}

/// Asks the worker for one thing. The file's bytes travel in the blob of the same frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "request", rename_all = "snake_case")]
pub enum Request {
    /// Reading role: opens a container (ZIP, `.ushay`) completely, nested ones included.
    /// Answer: [`Reply::Entry`]*, [`Reply::Finding`]*, [`Reply::Done`].
    Unpack {
        /// Name for messages.
        name: String,
        /// Limits.
        limits: IntakeLimits,
    },
    /// Reading role: reads one file. Answer: [`Reply::MediaType`], [`Reply::Page`]*, [`Reply::Table`]*, [`Reply::Signature`]*,
    /// [`Reply::Finding`]*, [`Reply::Done`].
    Read {
        /// Name for messages.
        name: String,
        /// Options.
        options: ReadOptions,
    },
    /// Reading role: renders one page to PNG. Answer: [`Reply::Image`] with the PNG in the blob, [`Reply::Finding`]*, [`Reply::Done`].
    Render {
        /// Page from 1.
        page: u32,
        /// Pixels for each point; 1.0 is 72 dpi.
        scale: f32,
    },
    /// Reading role: decodes a pliego `.ushay` or `proceso.xml`. Answer: [`Reply::Pliego`], [`Reply::Finding`]*, [`Reply::Done`].
    DecodePliego {
        /// Name for messages.
        name: String,
    },
    /// Reading role: verifies the signatures of a PDF. Answer: [`Reply::Signature`]*, [`Reply::Finding`]*, [`Reply::Done`].
    Verify {
        /// Trusted certificates, DER in hexadecimal.
        anchors: Vec<String>,
        /// Moment to judge at, or the moment of signing when `None`.
        at: Option<jiff::Timestamp>,
    },
    /// Recognition role: types the pages, cuts them into documents, reads facts. Answer: [`Reply::Recognised`], [`Reply::Done`].
    Recognise(RecognitionInput),
}

/// Gives the recognition role one file's pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecognitionInput {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// Path within the package.
    pub file_name: String,
    /// Its pages.
    pub pages: Vec<PageReading>,
    /// Code of the process, as context for ambiguous codes.
    pub process_code: Option<String>,
}

/// Holds the type of one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecognisedPage {
    /// Page from 1.
    pub number: u32,
    /// Type identifier.
    pub kind: String,
    /// Calibrated confidence.
    pub confidence: f64,
}

/// Holds what recognition found in one file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Recognition {
    /// Types, page by page.
    pub pages: Vec<RecognisedPage>,
    /// Documents.
    pub documents: Vec<Document>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Tables with typed heads, for the arithmetic checks.
    pub tables: Vec<Table>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Producer and version of the models, such as `tipos@1+e5` or `tipos@1 sin codificador: n-gramas`.
    pub model: String,
}

/// Describes one file taken out of a container; its bytes travel in the blob.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerEntry {
    /// Path within the outermost container, with `/`; already made safe.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// Whether a list of MD5 sums inside the container agrees.
    pub md5_ok: Option<bool>,
}

/// Answers a request, piece by piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case")]
pub enum Reply {
    /// One file of a container.
    Entry(ContainerEntry),
    /// The media type by content, and how many pages there are.
    MediaType {
        /// Media type.
        media_type: String,
        /// Number of pages, or of reading-view pages.
        pages: u32,
    },
    /// One page.
    Page(Box<PageReading>),
    /// A table whose cells the format itself marks (XLSX, DOCX).
    Table(Table),
    /// One signature.
    Signature(Box<SignatureReading>),
    /// The image of a page, in the blob.
    Image {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// A decoded pliego.
    Pliego(Box<Read<Pliego>>),
    /// What recognition found.
    Recognised(Box<Recognition>),
    /// A finding.
    Finding(Finding),
    /// The end of the answer.
    Done,
}
