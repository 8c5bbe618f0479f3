//! Reading and recognising one file through the worker: what every use case starts from.

use crate::desk::readings::{AT_ONCE, KeptPart};
use crate::view::Cancellation;
use cotejo_domain::field_learning::{FieldExample, FieldUse};
use cotejo_domain::{
    Document, DocumentId, ExampleUse, Fact, FileHash, FileProperties, Finding, ModelText, PageExample,
    PageLook, PageReading, PageSignature, PageStatus, PrintDifference, PrintedCode, Severity,
    SignatureReading, Table, TemplateReading,
};
use cotejo_lector_client::{FileFeed, Following, Lector, LectorError, PageMemory, ReadPart};
use cotejo_lector_protocol::{
    DocumentExtent, Password, ReadOptions, RecognisedPage, Recognition, RecognitionInput,
};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Holds what is known of one page without its words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageNote {
    /// From 1.
    pub number: u32,
    /// How it ended.
    pub status: PageStatus,
    /// Width in points as shown.
    pub width: f64,
    /// Height in points as shown.
    pub height: f64,
    /// /Rotate in degrees.
    pub rotation: u16,
    /// How many words.
    pub words: u32,
    /// Type of the page.
    pub kind: String,
    /// How sure the type is.
    pub confidence: f64,
    /// True for flowing text.
    pub reading_view: bool,
    /// How it looks: ink, hashes that find copies; `None` for what was read before looks were kept.
    #[serde(default)]
    pub look: Option<PageLook>,
    /// Its leaf number, where one was read as part of a series.
    #[serde(default)]
    pub leaf: Option<u32>,
}

/// Holds what is known of one file, without the words of its pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileAnalysis {
    /// SHA-256 of the file.
    pub hash: FileHash,
    /// Path within the package.
    pub path: String,
    /// Media type by content.
    pub media_type: String,
    /// The pages.
    pub pages: Vec<PageNote>,
    /// Documents.
    pub documents: Vec<Document>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Signatures.
    pub signatures: Vec<SignatureReading>,
    /// What the file says of itself; `None` for what was read before this was kept, and for files that say nothing that is read.
    #[serde(default)]
    pub properties: Option<FileProperties>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// The models that recognised it.
    pub model: String,
    /// How it was recognised; empty for what was recognised before this was kept.
    #[serde(default)]
    pub trace: Trace,
}

/// Says how a file was recognised, beside what was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Trace {
    /// Where each document lies, strips of pages included.
    pub extents: Vec<DocumentExtent>,
    /// How many of the tables, the first ones, the file's own format marks; a cut does not change them.
    pub format_tables: usize,
    /// Documents of which a person named the type.
    pub typed: Vec<DocumentId>,
    /// True when the documents are as a person cut them.
    pub arranged: bool,
    /// What pages are recognised by, each with its page: what a correction keeps as an example.
    pub page_signatures: Vec<(u32, PageSignature)>,
    /// SHA-256 of the weights that typed the pages.
    pub weights: String,
    /// Pages that were typed by an example, and by which.
    pub examples: Vec<ExampleUse>,
    /// Fields that were read by an example, and by which.
    pub field_uses: Vec<FieldUse>,
    /// Forms against the models of the process.
    pub templates: Vec<TemplateReading>,
    /// Codes and stamps that say something else than what stands beside them.
    pub print_differences: Vec<PrintDifference>,
}

impl Trace {
    /// Takes what a recognition says of itself.
    pub(crate) fn of(recognition: &Recognition) -> Self {
        Self {
            extents: recognition.extents.clone(),
            templates: recognition.templates.clone(),
            print_differences: recognition.print_differences.clone(),
            page_signatures: recognition.page_signatures.clone(),
            examples: recognition.examples.clone(),
            field_uses: recognition.field_uses.clone(),
            weights: recognition.weights.clone(),
            ..Self::default()
        }
    }
}

/// Returns the codes of a page, each with its page.
pub(crate) fn codes_of(look: &PageLook) -> impl Iterator<Item = (u32, PrintedCode)> {
    look.codes.iter().map(|code| (look.number, code.clone()))
}

/// Returns the signatures of a file, `None` where a failure may hide one, or where the envelope it came in may have been signed.
pub(crate) fn signatures_of(
    path: &str,
    signatures: &[SignatureReading],
    findings: &[Finding],
) -> Option<Vec<SignatureReading>> {
    let enveloped = path.to_lowercase().contains(".p7m/") || path.to_lowercase().ends_with(".p7m");
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    (!enveloped && (!failed || !signatures.is_empty())).then(|| signatures.to_vec())
}

/// Holds an analysis together with the pages it was made from.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// What is known.
    pub analysis: FileAnalysis,
    /// The pages with their words.
    pub pages: Vec<PageReading>,
}

impl PageNote {
    /// Notes what was read of a page, what it is taken for, and how it looks.
    #[must_use]
    pub(crate) fn of(
        page: &PageReading,
        guess: Option<&RecognisedPage>,
        look: Option<PageLook>,
        leaf: Option<u32>,
    ) -> Self {
        Self {
            number: page.number,
            status: page.status,
            width: page.width,
            height: page.height,
            rotation: page.rotation,
            words: u32::try_from(page.words.len()).unwrap_or(u32::MAX),
            kind: guess.map_or_else(String::new, |guess| guess.kind.clone()),
            confidence: guess.map_or(0.0, |guess| guess.confidence),
            reading_view: page.reading_view,
            look,
            leaf,
        }
    }
}

/// Says what is known beforehand.
#[derive(Clone, Debug, Default)]
pub struct ReadingContext {
    /// Code of the process, for codes that only count when they agree with it.
    pub process_code: Option<String>,
    /// Certificates that the person trusts, in DER.
    pub anchors: Vec<Vec<u8>>,
    /// The password to open what wants one.
    pub password: Option<Password>,
    /// The models of the process's forms.
    pub models: Vec<ModelText>,
    /// Pages whose type a person corrected.
    pub examples: Vec<PageExample>,
    /// Fields that a person corrected.
    pub field_examples: Vec<FieldExample>,
}

/// Reads and recognises one file. Never fails on the file: what could not be read is among the findings.
///
/// # Errors
/// Only when the worker cannot run here, or the person cancelled.
pub fn analyse(
    lector: &Lector,
    path: &str,
    bytes: &[u8],
    context: &ReadingContext,
    cancellation: &Cancellation,
    on_page: &mut dyn FnMut(),
) -> Result<ReadFile, LectorError> {
    let hash = FileHash::of(bytes);
    let feed = FileFeed::from(bytes).named(&hash);
    analyse_feed(lector, path, hash, &feed, context, cancellation, on_page)
}

/// Reads and recognises one file as [`analyse`] does, from wherever its bytes are.
///
/// # Errors
/// As [`analyse`].
pub(crate) fn analyse_feed(
    lector: &Lector,
    path: &str,
    hash: FileHash,
    feed: &FileFeed<'_>,
    context: &ReadingContext,
    cancellation: &Cancellation,
    on_page: &mut dyn FnMut(),
) -> Result<ReadFile, LectorError> {
    let kept: RefCell<BTreeMap<u32, PageReading>> = RefCell::default();
    let course = Course {
        known: Vec::new(),
        on_page,
        on_part: &mut |part| {
            kept.borrow_mut().extend(part.pages.iter().map(|page| (page.number, page.clone())));
        },
        pages: &mut |after| {
            let after = usize::try_from(after).unwrap_or(usize::MAX);
            kept.borrow().values().skip(after).take(AT_ONCE).cloned().collect()
        },
        memory: None,
    };
    let analysis = analyse_on(lector, path, hash, feed, context, cancellation, course)?;
    Ok(ReadFile { analysis, pages: kept.into_inner().into_values().collect() })
}

/// Says what an interrupted reading had got of a file, who keeps what comes, and who gives the pages back for recognition: none of them is
/// held here.
pub(crate) struct Course<'c> {
    /// Parts that are kept already.
    pub(crate) known: Vec<KeptPart>,
    /// Hears of each page as soon as it is there.
    pub(crate) on_page: &'c mut dyn FnMut(),
    /// Keeps each part as soon as it is whole.
    pub(crate) on_part: &'c mut dyn FnMut(&ReadPart),
    /// Gives a few of the pages that come after so many, in order.
    pub(crate) pages: &'c mut dyn FnMut(u32) -> Vec<PageReading>,
    /// Who keeps what was read of the images of pages.
    pub(crate) memory: Option<&'c dyn PageMemory>,
}

/// Reads and recognises one file of any length, page by page.
///
/// # Errors
/// As [`analyse`].
pub(crate) fn analyse_on(
    lector: &Lector,
    path: &str,
    hash: FileHash,
    feed: &FileFeed<'_>,
    context: &ReadingContext,
    cancellation: &Cancellation,
    course: Course<'_>,
) -> Result<FileAnalysis, LectorError> {
    let Course { known, on_page, on_part, pages, memory } = course;
    let options = ReadOptions {
        ocr: true,
        limits: lector.settings().reading,
        password: context.password.clone(),
        ..ReadOptions::default()
    };
    let mut words: BTreeMap<u32, u32> = BTreeMap::new();
    let mut parts = Vec::with_capacity(known.len());
    for KeptPart { part, words: counts } in known {
        words.extend(part.pages.iter().map(|page| page.number).zip(counts));
        parts.push(part);
    }
    let following = Following {
        known: parts,
        on_page: &mut |_| on_page(),
        on_part: &mut |part| {
            let count = |page: &PageReading| u32::try_from(page.words.len()).unwrap_or(u32::MAX);
            words.extend(part.pages.iter().map(|page| (page.number, count(page))));
            on_part(part);
        },
        let_go: true,
        memory,
    };
    let mut reading = lector.read_on(path, feed, &options, following, cancellation.switch())?;
    if !reading.signatures.is_empty() && !context.anchors.is_empty() {
        let verified = lector.verify(path, feed, &context.anchors, None, cancellation.switch())?;
        if !verified.value.is_empty() {
            reading.signatures = verified.value;
        }
    }
    let recognition = if reading.pages.is_empty() {
        Recognition::default()
    } else {
        let looks = reading.looks.iter();
        let input = RecognitionInput {
            models: context.models.clone(),
            examples: context.examples.clone(),
            field_examples: context.field_examples.clone(),
            codes: looks.flat_map(codes_of).collect(),
            signatures: signatures_of(path, &reading.signatures, &reading.findings),
            ..RecognitionInput::new(hash, path, context.process_code.clone())
        };
        lector.recognise(input, pages, cancellation.switch())?
    };
    let trace = Trace { format_tables: reading.tables.len(), ..Trace::of(&recognition) };
    let mut findings = reading.findings;
    findings.extend(recognition.findings);
    let mut tables = reading.tables;
    tables.extend(recognition.tables);
    let guesses: BTreeMap<u32, &RecognisedPage> =
        recognition.pages.iter().map(|guess| (guess.number, guess)).collect();
    let leaves: BTreeMap<u32, u32> = recognition.leaves.iter().copied().collect();
    let mut looks: BTreeMap<u32, PageLook> =
        reading.looks.into_iter().map(|look| (look.number, look)).collect();
    let pages = reading
        .pages
        .iter()
        .map(|page| {
            let look = looks.remove(&page.number);
            let guess = guesses.get(&page.number).copied();
            let note = PageNote::of(page, guess, look, leaves.get(&page.number).copied());
            // The words themselves were let go as they were kept.
            PageNote { words: words.get(&page.number).copied().unwrap_or_default(), ..note }
        })
        .collect();
    Ok(FileAnalysis {
        hash,
        path: path.to_owned(),
        media_type: reading.media_type,
        pages,
        documents: recognition.documents,
        facts: recognition.facts,
        tables,
        signatures: reading.signatures,
        properties: reading.properties,
        findings,
        model: recognition.model,
        trace,
    })
}
