//! The typesetter: a Typst world of exactly one template, one data file, the images of the document and the embedded fonts.

use crate::model::Paper;
use cotejo_catalogue::message;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Label, Selector, Smart};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Tells why a document could not be typeset. Both are faults of a template, not of the person.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// The template does not compile with this data.
    #[error("the template does not compile: {0}")]
    Template(String),
    /// The document cannot be written in the archival format.
    #[error("the document cannot be written as PDF/A: {0}")]
    Export(String),
    /// The data cannot be serialised.
    #[error("the data of the document cannot be serialised: {0}")]
    Data(#[from] serde_json::Error),
}

/// Names a section and the page where it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its head.
    pub title: String,
    /// From 1.
    pub page: u32,
    /// True while something in it is not decided.
    pub pending: bool,
}

/// Says where the visible stamp of a signature belongs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignaturePlace {
    /// From 1.
    pub page: u32,
    /// Left, top, right and bottom in points, from the top left corner of the page.
    pub bounds: [f64; 4],
}

/// Holds a typeset document.
#[derive(Clone, Debug)]
pub struct Typeset {
    /// The PDF/A-2a file, unsigned.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// The places for signatures, in the order of those who sign.
    pub places: Vec<SignaturePlace>,
}

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    const NEWSREADER: [&[u8]; 6] = [
        include_bytes!("../fonts/newsreader-latin-400-normal.ttf"),
        include_bytes!("../fonts/newsreader-latin-400-italic.ttf"),
        include_bytes!("../fonts/newsreader-latin-500-normal.ttf"),
        include_bytes!("../fonts/newsreader-latin-500-italic.ttf"),
        include_bytes!("../fonts/newsreader-latin-600-normal.ttf"),
        include_bytes!("../fonts/newsreader-latin-600-italic.ttf"),
    ];
    let fonts: Vec<Font> = NEWSREADER
        .into_iter()
        .chain(typst_assets::fonts()) // signs that the Latin cut lacks, such as ≥
        .flat_map(|data| Font::iter(Bytes::new(data)))
        .collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Returns the font of our actas (TrueType), for the visible stamp of a signature.
#[must_use]
pub fn stamp_font() -> &'static [u8] {
    include_bytes!("../fonts/newsreader-latin-500-normal.ttf")
}

struct TemplateWorld {
    main: Source,
    files: HashMap<FileId, Bytes>,
}

fn file_id(name: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(name).map_err(|error| TypesetError::Template(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for TemplateWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if self.main.id() == id { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None // a document's date is data
    }
}

/// Typesets a document to PDF/A-2a: tagged, with title, language, heads of tables and words for its images.
///
/// `identity` makes the document's identifier stable: the same document gives the same bytes.
///
/// # Errors
/// Fails when the template does not compile with this data or the result cannot be PDF/A.
pub fn typeset_paper(
    paper: &Paper,
    identity: &str,
    created: jiff::Timestamp,
) -> Result<Typeset, TypesetError> {
    typeset_as(paper, identity, created, &[PdfStandard::A_2a])
}

/// Typesets a document that nobody will sign: to PDF/A-2a and PDF/UA-1 at once. The visible stamp of a signature is not tagged, so that what
/// is signed later must not claim PDF/UA.
///
/// # Errors
/// As [`typeset_paper`].
pub fn typeset_unsigned(
    paper: &Paper,
    identity: &str,
    created: jiff::Timestamp,
) -> Result<Typeset, TypesetError> {
    typeset_as(paper, identity, created, &[PdfStandard::A_2a, PdfStandard::Ua_1])
}

/// Writes signs that no font at hand has by their number, `[U+4E2D]`: an archival file may hold none that it cannot show, and nothing a bid
/// says is left out in silence. Control signs are left out.
fn printable(paper: &Paper) -> Paper {
    let private = |sign: char| matches!(u32::from(sign), 0xE000..=0xF8FF | 0xF_0000..);
    let shown = |sign: char| {
        !private(sign) && FONTS.fonts.iter().any(|font| font.info().coverage.contains(u32::from(sign)))
    };
    let mut copy = paper.clone();
    copy.each_text(&mut |text| {
        for span in text {
            let plain =
                |sign: char| sign == '\n' || matches!(sign, ' '..='~') || (!sign.is_control() && shown(sign));
            if span.text.chars().all(plain) {
                continue;
            }
            span.text = std::mem::take(&mut span.text).chars().fold(String::new(), |mut text, sign| {
                if plain(sign) {
                    text.push(sign);
                } else if sign == '\t' {
                    text.push(' ');
                } else if !sign.is_control() {
                    text.push_str(&format!("[U+{:04X}]", u32::from(sign)));
                }
                text
            });
        }
    });
    copy
}

#[derive(Serialize)]
struct TypesetData<'a> {
    #[serde(flatten)]
    paper: &'a Paper,
    /// Names of the files of the images, in their order.
    files: Vec<String>,
    words: BTreeMap<&'static str, String>,
}

fn typeset_as(
    paper: &Paper,
    identity: &str,
    created: jiff::Timestamp,
    standards: &[PdfStandard],
) -> Result<Typeset, TypesetError> {
    let paper = &printable(paper);
    let name = |(index, image): (usize, &crate::Image)| format!("/imagenes/{index}.{}", image.ending());
    let names: Vec<String> = paper.images.iter().enumerate().map(name).collect();
    let phrase = |key: &'static str| (key, message(&format!("reports.print.{key}"), &[]));
    let data = TypesetData {
        paper,
        files: names.clone(),
        words: ["page", "of", "number", "code", "signature"].map(phrase).into(),
    };
    let mut files = HashMap::new();
    files.insert(file_id("/datos.json")?, Bytes::new(serde_json::to_vec(&data)?));
    for (name, image) in names.iter().zip(&paper.images) {
        files.insert(file_id(name)?, Bytes::new(image.bytes.clone()));
    }
    let template = include_str!("../templates/documento.typ").to_owned();
    let world = TemplateWorld { main: Source::new(file_id("/main.typ")?, template), files };
    let compiled = typst::compile::<PagedDocument>(&world).output;
    let document = compiled.map_err(|diagnostics| TypesetError::Template(describe(&diagnostics)))?;
    let standards =
        PdfStandards::new(standards).map_err(|error| TypesetError::Export(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some(format!("Cotejo {}", env!("CARGO_PKG_VERSION")))),
        timestamp: pdf_timestamp(created),
        standards,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options)
        .map_err(|diagnostics| TypesetError::Export(describe(&diagnostics)))?;
    // The memory of earlier compilations is kept for a few documents, then given back.
    typst::comemo::evict(8);
    let (sections, places) = marks(&document);
    Ok(Typeset { pdf, pages: document.pages().len(), sections, places })
}

/// What a template leaves at a place of the document under the label `marca`.
#[derive(Deserialize)]
#[serde(tag = "clase", rename_all = "snake_case")]
enum Mark {
    Seccion { titulo: String, pendiente: bool },
    Firma { ancho: f64, alto: f64 },
}

fn marks(document: &PagedDocument) -> (Vec<Section>, Vec<SignaturePlace>) {
    let (mut sections, mut places) = (Vec::new(), Vec::new());
    let Some(label) = Label::new(PicoStr::intern("marca")) else { return (sections, places) };
    for element in Introspector::query(document.introspector().as_ref(), &Selector::Label(label)) {
        let mark = element
            .to_packed::<MetadataElem>()
            .and_then(|metadata| serde_json::to_value(&metadata.value).ok())
            .and_then(|value| serde_json::from_value::<Mark>(value).ok());
        let place = element.location().and_then(|location| document.introspector().position(location));
        let (Some(mark), Some(place)) = (mark, place) else { continue };
        let page = u32::try_from(place.page.get()).unwrap_or(u32::MAX);
        match mark {
            Mark::Seccion { titulo, pendiente } => {
                sections.push(Section { title: titulo, page, pending: pendiente });
            }
            Mark::Firma { ancho, alto } => {
                let (left, top) = (place.point.x.to_pt(), place.point.y.to_pt());
                places.push(SignaturePlace { page, bounds: [left, top, left + ancho, top + alto] });
            }
        }
    }
    (sections, places)
}

fn pdf_timestamp(moment: jiff::Timestamp) -> Option<Timestamp> {
    let local = moment.to_zoned(jiff::tz::TimeZone::UTC);
    let part = |value: i8| u8::try_from(value).ok();
    Datetime::from_ymd_hms(
        i32::from(local.year()),
        part(local.month())?,
        part(local.day())?,
        part(local.hour())?,
        part(local.minute())?,
        part(local.second())?,
    )
    .map(Timestamp::new_utc)
}

fn describe(diagnostics: &[SourceDiagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect::<Vec<_>>().join("; ")
}
