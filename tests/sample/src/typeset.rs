//! The typesetter of the sample: one Typst world over the templates of this crate, and the truth read off the finished layout.
//!
//! A template marks each value it prints with `dato("field", value)`. After layout the marks tell on which page each value stands, so
//! the truth is what was really printed, not what was meant to be.

use crate::SampleError;
use crate::templates::TEMPLATES;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, PicoStr};
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

/// Faces that offices commonly have; used where the machine has them, else Typst's own serif stands in.
const OFFICE_FACES: &[&str] = &[
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Italic.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Italic.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed-Bold.ttf",
];

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let office = OFFICE_FACES.iter().filter_map(|path| std::fs::read(path).ok()).map(Bytes::new);
    let fonts: Vec<Font> = typst_assets::fonts().map(Bytes::new).chain(office).flat_map(Font::iter).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static SOURCES: LazyLock<BTreeMap<&'static str, Source>> = LazyLock::new(|| {
    let mut sources = BTreeMap::new();
    let mut main = String::from("#import \"/comun.typ\": *\n");
    for (name, text) in TEMPLATES {
        if let Ok(id) = file_id(&format!("/{name}.typ")) {
            sources.insert(*name, Source::new(id, (*text).to_owned()));
        }
        if *name != "comun" {
            main.push_str(&format!("#import \"/{name}.typ\" as {name}\n"));
        }
    }
    main.push_str("#let plantillas = (\n");
    for (name, _) in TEMPLATES.iter().filter(|(name, _)| *name != "comun") {
        main.push_str(&format!("  {name}: {name}.documento,\n"));
    }
    main.push_str(")\n#expediente(json(\"/datos.json\"), plantillas)\n");
    if let Ok(id) = file_id("/main.typ") {
        sources.insert("main", Source::new(id, main));
    }
    sources
});

fn file_id(name: &str) -> Result<FileId, SampleError> {
    let path = VirtualPath::new(name).map_err(|error| SampleError::Template(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

struct SampleWorld {
    main: Source,
    data_id: FileId,
    data: Bytes,
}

impl World for SampleWorld {
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
        SOURCES.values().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Holds one printed value: what it means, as it was printed, and where.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PrintedValue {
    /// Field name, from the catalogue of types.
    pub field: String,
    /// Row of a table, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Normalised value.
    pub value: String,
    /// The characters as printed.
    pub raw: String,
    /// Page within the file, from 1.
    pub page: u32,
}

/// Holds a typeset file with what stands on its pages.
pub(crate) struct Typeset {
    document: PagedDocument,
    /// First page of each document, in order, from 1.
    pub(crate) starts: Vec<u32>,
    /// Every marked value with its page.
    pub(crate) values: Vec<PrintedValue>,
}

fn marks(document: &PagedDocument, name: &'static str) -> Vec<(u32, Dict)> {
    let Some(label) = Label::new(PicoStr::intern(name)) else { return Vec::new() };
    let introspector = document.introspector();
    let found = introspector.query(&Selector::Label(label));
    found
        .iter()
        .filter_map(|content| {
            let page = introspector.page(content.location()?)?;
            match &content.to_packed::<MetadataElem>()?.value {
                Value::Dict(dict) => Some((u32::try_from(page.get()).ok()?, dict.clone())),
                _ => None,
            }
        })
        .collect()
}

fn text_of(dict: &Dict, key: &str) -> Option<String> {
    match dict.get(key) {
        Ok(Value::Str(text)) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

impl Typeset {
    /// Typesets documents: `data` is what `expediente` of `comun.typ` expects.
    ///
    /// # Errors
    /// Fails when a template does not compile with this data: a fault of this crate.
    pub(crate) fn new(data: &serde_json::Value) -> Result<Self, SampleError> {
        let main = SOURCES.get("main").ok_or_else(|| SampleError::Template("no main template".into()))?;
        let world = SampleWorld {
            main: main.clone(),
            data_id: file_id("/datos.json")?,
            data: Bytes::new(serde_json::to_vec(data)?),
        };
        let document = typst::compile::<PagedDocument>(&world).output.map_err(|errors| {
            let lines = errors.iter().map(|error| {
                let place = error.span.id().map_or_else(String::new, |id| format!("{:?} ", id.get().vpath()));
                let line = typst::WorldExt::range(&world, error.span)
                    .zip(error.span.id())
                    .and_then(|(range, id)| world.source(id).ok()?.lines().byte_to_line(range.start));
                format!("{place}{}: {}", line.map_or(0, |line| line + 1), error.message)
            });
            SampleError::Template(lines.collect::<Vec<_>>().join("; "))
        })?;
        let starts = marks(&document, "documento").into_iter().map(|(page, _)| page).collect();
        let values = marks(&document, "dato").into_iter().filter_map(|(page, dict)| {
            let row = match dict.get("fila") {
                Ok(Value::Int(row)) => u32::try_from(*row).ok(),
                _ => None,
            };
            Some(PrintedValue {
                field: text_of(&dict, "campo")?,
                row,
                value: text_of(&dict, "valor")?,
                raw: text_of(&dict, "texto")?,
                page,
            })
        });
        let values = values.collect();
        Ok(Self { document, starts, values })
    }

    /// Returns the number of pages.
    #[must_use]
    pub(crate) fn pages(&self) -> u32 {
        u32::try_from(self.document.pages().len()).unwrap_or(u32::MAX)
    }

    /// Writes the file as PDF, with a fixed identity and time: the same data give the same bytes.
    ///
    /// # Errors
    /// Fails when Typst cannot export the document.
    pub(crate) fn pdf(
        &self,
        identity: &str,
        created: jiff::civil::DateTime,
        creator: &str,
    ) -> Result<Vec<u8>, SampleError> {
        let part = |value: i8| u8::try_from(value).unwrap_or(1);
        let moment = Datetime::from_ymd_hms(
            i32::from(created.year()),
            part(created.month()),
            part(created.day()),
            part(created.hour()),
            part(created.minute()),
            part(created.second()),
        );
        let options = PdfOptions {
            ident: Smart::Custom(identity.to_owned()),
            creator: Smart::Custom(Some(creator.to_owned())),
            timestamp: moment.map(Timestamp::new_utc),
            tagged: false,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| {
            SampleError::Template(
                errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "),
            )
        })
    }

    /// Paints a page (from 1) as a gray image at this resolution; `None` when there is no such page.
    #[must_use]
    pub(crate) fn image(&self, page: u32, dots_per_inch: f32) -> Option<image::GrayImage> {
        let page = self.document.pages().get(usize::try_from(page.checked_sub(1)?).ok()?)?;
        let options = typst_render::RenderOptions {
            pixel_per_pt: typst::utils::Scalar::new(f64::from(dots_per_inch) / 72.0),
            ..typst_render::RenderOptions::default()
        };
        let pixmap = typst_render::render(page, &options);
        let gray = pixmap.pixels().iter().map(|pixel| {
            let sum =
                u32::from(pixel.red()) * 299 + u32::from(pixel.green()) * 587 + u32::from(pixel.blue()) * 114;
            u8::try_from(sum / 1000).unwrap_or(255)
        });
        image::GrayImage::from_raw(pixmap.width(), pixmap.height(), gray.collect())
    }
}

/// Forgets the typesetter's memory of earlier files, all but the last few.
pub(crate) fn forget() {
    typst::comemo::evict(30);
}
