//! Requests and replies.

use crate::{JailReport, Password};
use cotejo_domain::field_learning::{FieldExample, FieldUse};
use cotejo_domain::{
    ArrangedDocument, Document, DocumentId, ExampleUse, Fact, FileHash, FileProperties, Finding, ModelText,
    PageExample, PageLook, PagePart, PageReading, PageSignature, Pliego, PrintedCode, Read, SignatureReading,
    Table, TemplateReading,
};
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
    /// Letters of an entry's whole path.
    #[serde(default = "path_letters")]
    pub path_letters: u32,
}

// Windows' own limit, with room for the folder it is unpacked to.
const fn path_letters() -> u32 {
    1_024
}

impl Default for IntakeLimits {
    fn default() -> Self {
        Self {
            file_bytes: 50 * 1024 * 1024,
            package_bytes: 1024 * 1024 * 1024,
            entries: 10_000,
            depth: 5,
            ratio: 200,
            path_letters: path_letters(),
        }
    }
}

/// Limits while reading one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadingLimits {
    /// Pages, images or sheets of a file.
    pub pages: u32,
    /// Pixels of one image, in millions.
    pub megapixels: u32,
    /// Cells with content of one workbook.
    pub cells: u32,
    /// Bytes of one inflated part of an office file.
    pub part_bytes: u64,
}

impl Default for ReadingLimits {
    fn default() -> Self {
        Self { pages: 20_000, megapixels: 120, cells: 200_000, part_bytes: 50 * 1024 * 1024 }
    }
}

/// Options of a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadOptions {
    /// Whether pages without text are read by OCR.
    pub ocr: bool,
    /// Only these pages (from 1), or all when empty.
    pub pages: Vec<u32>,
    /// The password that a person gave for this file.
    #[serde(default)]
    pub password: Option<Password>,
    /// Limits.
    #[serde(default)]
    pub limits: ReadingLimits,
    /// Whether somebody keeps what was read of the images of pages ([`Reply::Recall`], [`Reply::Keep`]).
    #[serde(default)]
    pub memory: bool,
    /// Degrees clockwise that a person turned the asked pages by, beside their own /Rotate: 0, 90, 180 or 270.
    #[serde(default)]
    pub turn: u16,
}

/// Asks the worker for one thing. What it is about was announced before, by [`Request::File`].
// The tag stands around the fields: one among them would make serde build a tree of the whole message first, ten times its size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Announces the file that the next requests are about. Its bytes are in the blob when they fit in one piece; else the worker asks for
    /// them. No answer.
    File {
        /// Names the bytes: the same name, the same bytes.
        id: String,
        /// Length in bytes.
        size: u64,
    },
    /// Answers one [`Reply::Want`]: the bytes from that place on, in the blob. Fewer than were asked for mean that they cannot be had.
    Piece,
    /// Answers one [`Reply::Recall`]: what was kept, in the blob.
    Recalled {
        /// False when nothing was kept under that key.
        found: bool,
    },
    /// Answers one [`Reply::WantPages`]: the pages from that place on; none when there are no more.
    Pages {
        /// The pages, in order.
        pages: Vec<PageReading>,
    },
    /// Reading role: opens a container (archive, mail, `.p7m`, PDF with attachments) completely, nested ones included.
    /// Answer: [`Reply::Entry`]*, [`Reply::Finding`]*, [`Reply::Done`].
    Unpack {
        /// Name for messages.
        name: String,
        /// Limits.
        limits: IntakeLimits,
        /// Lengths of the parts that stand one after the other in the file, the last one last, when the container came split
        /// (`.z01`, `.z02`, `.zip`); empty for a container of one piece.
        #[serde(default)]
        parts: Vec<u64>,
        /// The password that a person gave for this container.
        #[serde(default)]
        password: Option<Password>,
        /// Leaves attachments inside of their PDFs: for a package on which the PDF engine died.
        #[serde(default)]
        leave_pdfs: bool,
    },
    /// Reading role: reads one file. Answer: [`Reply::MediaType`], [`Reply::Properties`]?, [`Reply::Page`]*, [`Reply::Table`]*,
    /// [`Reply::Signature`]*, [`Reply::Finding`]*, [`Reply::Done`].
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
        /// The password that a person gave for this file.
        #[serde(default)]
        password: Option<Password>,
        /// Degrees clockwise that a person turned the page by: 0, 90, 180 or 270.
        #[serde(default)]
        turn: u16,
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
    /// Recognition role: types the pages, cuts them into documents, reads facts. Answer: [`Reply::WantPages`]*, [`Reply::Recognised`]* (a
    /// long file's come in parts), [`Reply::Done`].
    Recognise(RecognitionInput),
    /// Recognition role: takes from a file of the process the text that bidders' forms are compared with. Answer: [`Reply::WantPages`]*, one
    /// [`Reply::Recognised`] with nothing but that text, [`Reply::Done`].
    TakeModel(RecognitionInput),
    /// Recognition role: reads fields and tables of documents that a person cut and typed; only their pages are given. Answer:
    /// [`Reply::WantPages`]*, one [`Reply::Recognised`], [`Reply::Done`].
    RecogniseAs {
        /// The file.
        input: RecognitionInput,
        /// The documents.
        documents: Vec<ArrangedDocument>,
    },
    /// Either role: says what holds it in, and tries what must fail. Answer: [`Reply::Jail`], [`Reply::Done`].
    Jail,
}

/// Tells the recognition role of one file; its pages are asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecognitionInput {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// Path within the package.
    pub file_name: String,
    /// Code of the process, as context for ambiguous codes.
    pub process_code: Option<String>,
    /// Texts of the process that its forms are compared with.
    #[serde(default)]
    pub models: Vec<ModelText>,
    /// Codes that were read on its pages, each with its page.
    #[serde(default)]
    pub codes: Vec<(u32, PrintedCode)>,
    /// Its electronic signatures; `None` where nobody knows whether it has any.
    #[serde(default)]
    pub signatures: Option<Vec<SignatureReading>>,
    /// Pages whose type a person corrected: a page like one of them is taken for what the person said.
    #[serde(default)]
    pub examples: Vec<PageExample>,
    /// Fields that a person corrected: on a page like one of theirs they are read as the person showed.
    #[serde(default)]
    pub field_examples: Vec<FieldExample>,
}

impl RecognitionInput {
    /// Names a file of which nothing is known beside its pages.
    #[must_use]
    pub fn new(file: FileHash, file_name: &str, process_code: Option<String>) -> Self {
        let file_name = file_name.to_owned();
        Self {
            file,
            file_name,
            process_code,
            models: Vec::new(),
            codes: Vec::new(),
            signatures: None,
            examples: Vec::new(),
            field_examples: Vec::new(),
        }
    }
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

/// Says where one document lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentExtent {
    /// The document.
    pub document: DocumentId,
    /// Pages and strips of pages.
    pub parts: Vec<PagePart>,
}

/// Holds what recognition found in one file, or in a part of a long one.
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
    /// Leaf numbers: each page on which one was read, and what it says.
    #[serde(default)]
    pub leaves: Vec<(u32, u32)>,
    /// Forms against the models of the process.
    #[serde(default)]
    pub templates: Vec<TemplateReading>,
    /// Codes and stamps that say something else than what stands beside them.
    #[serde(default)]
    pub print_differences: Vec<cotejo_domain::PrintDifference>,
    /// The text of a file of the process, where that was asked for and it carries forms.
    #[serde(default)]
    pub model_text: Option<ModelText>,
    /// What pages are recognised by, each with its page.
    #[serde(default)]
    pub page_signatures: Vec<(u32, PageSignature)>,
    /// Pages that were typed by an example.
    #[serde(default)]
    pub examples: Vec<ExampleUse>,
    /// Fields that were read by an example.
    #[serde(default)]
    pub field_uses: Vec<FieldUse>,
    /// SHA-256 of the weights that typed the pages.
    #[serde(default)]
    pub weights: String,
    /// Where each document lies, strips of pages included.
    #[serde(default)]
    pub extents: Vec<DocumentExtent>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Producer and version of the models, such as `tipos@1+e5` or `tipos@1 sin codificador: n-gramas`.
    pub model: String,
}

/// Describes one file taken out of a container.
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
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Asks for a piece of the announced file; answered by [`Request::Piece`].
    Want {
        /// Where it begins.
        place: u64,
        /// Its length, [`crate::MAX_PIECE`] at most.
        length: u32,
    },
    /// Asks for pages to recognise; answered by [`Request::Pages`].
    WantPages {
        /// How many pages were given already.
        after: u32,
    },
    /// Asks for what was kept under a key; answered by [`Request::Recalled`].
    Recall {
        /// SHA-256 (hexadecimal) of the image of a page and of everything else that its reading depends on.
        key: String,
    },
    /// Hands over what is worth keeping under a key, in the blob. No answer.
    Keep {
        /// As in [`Reply::Recall`].
        key: String,
    },
    /// One file of a container begins: in the blob its first bytes, or all of them when they fit in one piece.
    Entry(ContainerEntry),
    /// The next bytes of the entry that began last, in the blob.
    EntryPiece,
    /// The media type by content, and how many pages there are.
    MediaType {
        /// Media type.
        media_type: String,
        /// Number of pages, or of reading-view pages.
        pages: u32,
    },
    /// One page.
    Page(Box<PageReading>),
    /// How a page looks: ink, hashes, codes. Comes after the page.
    Look(Box<PageLook>),
    /// A table whose cells the format itself marks (XLSX, DOCX).
    Table(Table),
    /// What the file says of itself beside its content. Comes with its first page.
    Properties(Box<FileProperties>),
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
    /// What holds the worker in.
    Jail(JailReport),
    /// A finding.
    Finding(Finding),
    /// The end of the answer.
    Done,
}
