//! The typesetter: a Typst world of exactly one template, one data file and the embedded fonts.

use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
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

/// Holds a typeset document.
#[derive(Clone, Debug)]
pub struct Typeset {
    /// The PDF/A-2b file, unsigned.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
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
    Ok(Typeset { pdf, pages: document.pages().len() })
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
