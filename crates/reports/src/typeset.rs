//! The typesetter: a Typst world of exactly one template, one data file and the embedded fonts.

use serde::{Deserialize, Serialize};
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
    /// The PDF/A-2b file, unsigned.
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
    common: Source,
    data_id: FileId,
    data: Bytes,
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
        [&self.main, &self.common]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None // a document's date is data
    }
}

/// Typesets `template` with `data` (given to it as `/datos.json`) to PDF/A-2b.
///
/// `identity` makes the document's identifier stable: the same acta gives the same bytes.
///
/// # Errors
/// Fails when the template does not compile with this data or the result cannot be PDF/A.
pub fn typeset(
    template: &str,
    data: &impl serde::Serialize,
    identity: &str,
    created: jiff::Timestamp,
) -> Result<Typeset, TypesetError> {
    let world = TemplateWorld {
        main: Source::new(file_id("/main.typ")?, template.to_owned()),
        common: Source::new(file_id("/comun.typ")?, include_str!("../templates/comun.typ").to_owned()),
        data_id: file_id("/datos.json")?,
        data: Bytes::new(serde_json::to_vec(data)?),
    };
    let compiled = typst::compile::<PagedDocument>(&world).output;
    let document = compiled.map_err(|diagnostics| TypesetError::Template(describe(&diagnostics)))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2b])
        .map_err(|error| TypesetError::Export(error.message().to_string()))?;
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
