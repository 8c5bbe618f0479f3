//! Reading and recognising one file through the worker: what every use case starts from.

use crate::view::Cancellation;
use cotejo_domain::{Document, Fact, FileHash, Finding, PageReading, PageStatus, SignatureReading, Table};
use cotejo_lector_client::{Following, Lector, LectorError};
use cotejo_lector_protocol::{ReadOptions, Recognition, RecognitionInput};
use serde::{Deserialize, Serialize};

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
    /// Findings.
    pub findings: Vec<Finding>,
    /// The models that recognised it.
    pub model: String,
}

/// Holds an analysis together with the pages it was made from.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// What is known.
    pub analysis: FileAnalysis,
    /// The pages with their words.
    pub pages: Vec<PageReading>,
}

/// Says what is known beforehand.
#[derive(Clone, Debug, Default)]
pub struct ReadingContext {
    /// Code of the process, for codes that only count when they agree with it.
    pub process_code: Option<String>,
    /// Certificates that the person trusts, in DER.
    pub anchors: Vec<Vec<u8>>,
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
    let following = Following { known: Vec::new(), on_page: &mut |_| on_page(), on_part: &mut |_| {} };
    analyse_on(lector, path, bytes, context, cancellation, following)
}

/// Reads and recognises one file, going on from what an interrupted reading had got; `following` says what that is and hears the rest.
///
/// # Errors
/// As [`analyse`].
pub(crate) fn analyse_on(
    lector: &Lector,
    path: &str,
    bytes: &[u8],
    context: &ReadingContext,
    cancellation: &Cancellation,
    following: Following<'_>,
) -> Result<ReadFile, LectorError> {
    let hash = FileHash::of(bytes);
    let options = ReadOptions { ocr: true, ..ReadOptions::default() };
    let mut reading = lector.read_on(path, bytes, &options, following, cancellation.switch())?;
    if !reading.signatures.is_empty() && !context.anchors.is_empty() {
        let verified = lector.verify(path, bytes, &context.anchors, None, cancellation.switch())?;
        if !verified.value.is_empty() {
            reading.signatures = verified.value;
        }
    }
    let input = RecognitionInput {
        file: hash,
        file_name: path.to_owned(),
        pages: reading.pages,
        process_code: context.process_code.clone(),
    };
    let (recognition, pages_read) = if input.pages.is_empty() {
        (Recognition::default(), Vec::new())
    } else {
        lector.recognise_pages(input, cancellation.switch())?
    };
    let mut findings = reading.findings;
    findings.extend(recognition.findings);
    let mut tables = reading.tables;
    tables.extend(recognition.tables);
    let pages = pages_read
        .iter()
        .map(|page| {
            let guess = recognition.pages.iter().find(|guess| guess.number == page.number);
            PageNote {
                number: page.number,
                status: page.status,
                width: page.width,
                height: page.height,
                rotation: page.rotation,
                words: u32::try_from(page.words.len()).unwrap_or(u32::MAX),
                kind: guess.map_or_else(String::new, |guess| guess.kind.clone()),
                confidence: guess.map_or(0.0, |guess| guess.confidence),
                reading_view: page.reading_view,
            }
        })
        .collect();
    let analysis = FileAnalysis {
        hash,
        path: path.to_owned(),
        media_type: reading.media_type,
        pages,
        documents: recognition.documents,
        facts: recognition.facts,
        tables,
        signatures: reading.signatures,
        findings,
        model: recognition.model,
    };
    Ok(ReadFile { analysis, pages: pages_read })
}
