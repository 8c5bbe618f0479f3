//! The one reader of this process: PDFs and pictures to pages.

use crate::attached;
use crate::drawn;
use crate::finding::finding;
use crate::geometry::{Bounds, Frame};
use crate::ink::Gray;
use crate::layout::{self, Placed};
use crate::look;
use crate::memory::{self, ImageMemory, ReadImage};
use crate::ocr::{Ocr, OcrReading};
use crate::pdf::{self, MeasuredPage};
use crate::photograph::Photograph;
use crate::picture::{self, MOST_PIXELS, READING_DPI};
use crate::properties;
use crate::quality;
use crate::raster::{self, Rendered};
use crate::tables::{self, Rules};
use crate::units::Units;
use cotejo_domain::{
    FileProperties, Finding, PageLook, PageReading, PageStatus, PrintedCode, Severity, UNSURE, Word,
};
use pdfium_render::prelude::{PdfDocument, PdfPage, Pdfium, PdfiumError, PdfiumInternalError};
use std::cell::RefCell;
use std::path::Path;

/// A page with fewer words than this may be a scan with a stamp on it: its image is looked at.
const FEW_WORDS: usize = 25;

/// Sure letters below which a sheet that was laid flat is read as it came.
const FEW_LETTERS: usize = 24;
/// Strokes that are no text from which on they are worth a word: any signature or letterhead has a few.
const MANY_SCRAWLS: usize = 8;

/// Tells why the reader cannot start on this machine.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// pdfium cannot be loaded.
    #[error("reader.no_pdfium: {0}")]
    Pdfium(String),
    /// Tesseract or its Spanish data cannot be loaded.
    #[error("reader.no_tesseract: {0}")]
    Tesseract(String),
}

/// Says what to read.
#[derive(Clone, PartialEq, Eq)]
pub struct Options {
    /// Whether pages without text are read by OCR.
    pub ocr: bool,
    /// Only these pages (from 1), or all when empty.
    pub pages: Vec<u32>,
    /// The password that a person gave for a PDF.
    pub password: Option<String>,
    /// Pages of one file that are read.
    pub most_pages: u32,
    /// Pixels of one image.
    pub most_pixels: u64,
    /// Degrees clockwise that a person turned the asked pages by: 0, 90, 180 or 270.
    pub turn: u16,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ocr: false,
            pages: Vec::new(),
            password: None,
            most_pages: 20_000,
            most_pixels: MOST_PIXELS,
            turn: 0,
        }
    }
}

/// Hands out one piece of a reading as soon as it is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// How many pages the file has. Comes first.
    Pages(u32),
    /// What the file says of itself. Comes after the pages, when the first is among them.
    Properties(Box<FileProperties>),
    /// One page.
    Page(Box<PageReading>),
    /// How the page looks that was handed out just before.
    Look(Box<PageLook>),
    /// Something that could not be read, or deserves a look.
    Finding(Finding),
}

/// Reads PDFs and pictures. One a process: neither engine is safe to share.
pub struct Reader {
    pdfium: Pdfium,
    ocr: Option<Ocr>,
    memory: Option<Box<dyn ImageMemory>>,
    /// Images that hold no code: letterheads come on page after page.
    barren: RefCell<look::Barren>,
}

impl Reader {
    /// Loads pdfium from `library`, and Tesseract with its data from `tessdata` when given: everything that must be read from the disk is
    /// read here, before the jail closes.
    ///
    /// # Errors
    /// Fails when either cannot be loaded, or when this process has a reader already.
    pub fn start(library: &Path, tessdata: Option<&Path>) -> Result<Self, StartError> {
        let bindings =
            Pdfium::bind_to_library(library).map_err(|error| StartError::Pdfium(error.to_string()))?;
        let ocr = tessdata.map(Ocr::start).transpose().map_err(StartError::Tesseract)?;
        Ok(Self { pdfium: Pdfium::new(bindings), ocr, memory: None, barren: RefCell::default() })
    }

    /// Gives the reader somebody who keeps what is read of images.
    #[must_use]
    pub fn remembering(self, memory: Box<dyn ImageMemory>) -> Self {
        Self { memory: Some(memory), ..self }
    }

    /// Names engine, data and settings of the OCR, for the key of what is kept of a reading; `None` without OCR.
    #[must_use]
    pub fn ocr_version(&self) -> Option<&str> {
        self.ocr.as_ref().map(Ocr::version)
    }

    /// Reads a PDF. Each asked page is handed out exactly once, whatever happens to it.
    pub fn read_pdf(&self, bytes: &[u8], options: &Options, sink: &mut dyn FnMut(Event)) {
        let password = options.password.as_deref();
        let document = match self.pdfium.load_pdf_from_byte_slice(bytes, password) {
            Ok(document) => document,
            Err(error) => {
                sink(Event::Pages(0));
                sink(Event::Finding(load_failure(&error, password)));
                return;
            }
        };
        let count = u32::try_from(document.pages().len()).unwrap_or(0);
        sink(Event::Pages(count));
        if count == 0 {
            sink(Event::Finding(finding("pdf.no_pages", Severity::Error, None, &[])));
        }
        if count > options.most_pages {
            let values = [("paginas", count.to_string()), ("limite", options.most_pages.to_string())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            sink(Event::Finding(finding("pdf.too_many_pages", Severity::Error, None, &values)));
        }
        let shared =
            Shared { document: &document, forms: document.form().is_some(), units: Units::of(bytes) };
        if wanted(options, 1) {
            attached::remarks(&document).into_iter().for_each(|finding| sink(Event::Finding(finding)));
        }
        for number in (1..=count.min(options.most_pages)).filter(|number| wanted(options, *number)) {
            let (page, look, findings) = self.pdf_page(&shared, number, options);
            let look = look.unwrap_or_else(|| look::of_text(&page));
            sink(Event::Page(Box::new(page)));
            sink(Event::Look(Box::new(look)));
            findings.into_iter().for_each(|finding| sink(Event::Finding(finding)));
        }
        // Last: a second parser looks into the file, and what it dies on must not cost a page.
        if wanted(options, 1) {
            sink(Event::Properties(Box::new(properties::of(&document, bytes))));
        }
    }

    /// Reads a JPEG, PNG, TIFF, WebP, BMP or GIF as pages, by OCR.
    pub fn read_image(&self, bytes: &[u8], options: &Options, sink: &mut dyn FnMut(Event)) {
        let pictures = picture::pages(bytes);
        let count = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
        sink(Event::Pages(count));
        if count > options.most_pages {
            let values = [("paginas", count.to_string()), ("limite", options.most_pages.to_string())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            sink(Event::Finding(finding("pdf.too_many_pages", Severity::Error, None, &values)));
        }
        let numbers = (1..=count.min(options.most_pages)).zip(&pictures);
        for (number, place) in numbers.filter(|(number, _)| wanted(options, *number)) {
            let mut findings = Vec::new();
            let mut look = None;
            let page = match picture::decode(bytes, *place, options.most_pixels) {
                Ok(picture) => {
                    let picture = picture.turned(options.turn);
                    let mut page = empty(number, picture.width, picture.height, 0);
                    let known = Known { words: Vec::new(), frame: Frame::upright(page.width, page.height) };
                    let gray = picture.gray();
                    let (colour, finer) = (|| picture.colour(), |finer| picture.finer(finer));
                    let drawing = Drawing { image: &gray, colour: &colour, finer: &finer };
                    look = Some(self.read_raster(&mut page, &drawing, options.ocr, known, &mut findings));
                    page
                }
                Err(detail) => {
                    findings.push(finding(
                        "image.damaged",
                        Severity::Error,
                        Some(number),
                        &[("detalle", &detail)],
                    ));
                    empty(number, 0.0, 0.0, 0)
                }
            };
            let look = look.unwrap_or_else(|| look::of_text(&page));
            sink(Event::Page(Box::new(page)));
            sink(Event::Look(Box::new(look)));
            findings.into_iter().for_each(|finding| sink(Event::Finding(finding)));
        }
    }

    /// Renders a page (from 1) of a PDF or picture at `scale` pixels a point.
    ///
    /// # Errors
    /// Returns the finding that says why there is no image.
    pub fn render(
        &self,
        bytes: &[u8],
        page: u32,
        scale: f32,
        password: Option<&str>,
    ) -> Result<Rendered, Box<Finding>> {
        self.render_turned(bytes, page, scale, 0, password)
    }

    /// Renders a page as [`Reader::render`] does, turned clockwise by 0, 90, 180 or 270 degrees beside its own /Rotate.
    ///
    /// # Errors
    /// Returns the finding that says why there is no image.
    pub fn render_turned(
        &self,
        bytes: &[u8],
        page: u32,
        scale: f32,
        turn: u16,
        password: Option<&str>,
    ) -> Result<Rendered, Box<Finding>> {
        let failed = || Box::new(finding("page.not_rendered", Severity::Error, Some(page), &[]));
        if picture::is_picture(bytes) {
            return render_picture(bytes, page, scale, turn).ok_or_else(failed);
        }
        let document = self
            .pdfium
            .load_pdf_from_byte_slice(bytes, password)
            .map_err(|error| Box::new(load_failure(&error, password)))?;
        let index = page.checked_sub(1).and_then(|index| i32::try_from(index).ok()).ok_or_else(failed)?;
        let mut shown = document.pages().get(index).map_err(|_| failed())?;
        pdf::turn(&mut shown, turn);
        let measured = MeasuredPage { page: &shown, unit: Units::of(bytes).of_page(page) };
        raster::png(measured, f64::from(scale)).ok_or_else(failed)
    }

    /// Hands each file that is attached to a PDF to `take`, with its name; returns what could not be taken out.
    pub fn attachments(
        &self,
        bytes: &[u8],
        password: Option<&str>,
        take: &mut dyn FnMut(String, Vec<u8>),
    ) -> Vec<Finding> {
        // A PDF that cannot be loaded says so when it is read.
        let Ok(document) = self.pdfium.load_pdf_from_byte_slice(bytes, password) else { return Vec::new() };
        attached::take(&document, take)
    }

    fn pdf_page(
        &self,
        file: &Shared<'_, '_>,
        number: u32,
        options: &Options,
    ) -> (PageReading, Option<PageLook>, Vec<Finding>) {
        let ocr = options.ocr;
        let mut findings = Vec::new();
        let loaded = i32::try_from(number - 1).ok().and_then(|index| file.document.pages().get(index).ok());
        let Some(mut page) = loaded else {
            findings.push(finding("pdf.page_failed", Severity::Error, Some(number), &[]));
            return (empty(number, 0.0, 0.0, 0), None, findings);
        };
        pdf::turn(&mut page, options.turn);
        let measured = MeasuredPage { page: &page, unit: file.units.of_page(number) };
        let layer = pdf::layer(measured, file.forms);
        let (width, height) = layer.space.size();
        let mut reading = empty(number, width, height, layer.space.rotation);
        if layer.cut {
            findings.push(finding("pdf.too_much_text", Severity::Error, Some(number), &[]));
        }
        if layer.hidden > 0 {
            let count = layer.hidden.to_string();
            findings.push(finding("pdf.text_outside", Severity::Info, Some(number), &[("cantidad", &count)]));
        }
        if layer.garbage {
            findings.push(finding("pdf.unreadable_layer", Severity::Warning, Some(number), &[]));
        }
        if attached::has_note(&page) {
            findings.push(finding("pdf.attached_note", Severity::Warning, Some(number), &[]));
        }
        if layer.doubtful {
            match self.read_instead(measured, &reading, ocr) {
                Some((better, look, remarks)) => {
                    findings.extend(remarks);
                    return (better, Some(look), findings);
                }
                None => findings.push(finding("pdf.layer_doubtful", Severity::Warning, Some(number), &[])),
            }
        }
        if layer.words.len() >= FEW_WORDS {
            reading.status = PageStatus::Text;
            let look = self.text_page(&page, &mut reading, &layer);
            return (reading, Some(look), findings);
        }
        let known = Known { words: layer.words, frame: layer.frame };
        // Nothing but text objects: there is no image to look at. And when OCR was not asked for, what the layer says is the answer.
        if (!known.words.is_empty() && !ocr) || (!layer.garbage && pdf::is_text_only(&page)) {
            known.end(&mut reading);
            if known.words.is_empty() {
                reading.status = PageStatus::Blank;
            }
            return (reading, None, findings);
        }
        let look = self.complete_from_image(measured, &mut reading, known, ocr, &mut findings);
        (reading, look, findings)
    }

    // Orders the words of a text layer, and finds tables and codes without drawing the page.
    fn text_page(&self, page: &PdfPage<'_>, reading: &mut PageReading, layer: &pdf::Layer) -> PageLook {
        let upright = Frame::upright(reading.width, reading.height);
        let shapes = drawn::shapes_of(page, &layer.space, &upright);
        let enter = |b: &Bounds| layer.frame.enter(b);
        let turned = !layer.frame.turn.is_multiple_of(180);
        let (across, down) = (&shapes.rules.across, &shapes.rules.down);
        let (across, down) = if turned { (down, across) } else { (across, down) };
        let rules =
            Rules { across: across.iter().map(enter).collect(), down: down.iter().map(enter).collect() };
        reading.words = layout::in_lines(&layer.words, &layer.frame, &|place| rules.cross(place));
        let mut look = look::of_text(reading);
        let bounds = |word: &Word| {
            let [left, top, right, bottom] = word.quad.bounds();
            layer.frame.enter(&Bounds { left, top, right, bottom })
        };
        look.tables = tables::find(&reading.words, &bounds, &rules, &|b| layer.frame.quad(b));
        look.codes = look::find_digital_codes(page, &layer.space, &shapes, &mut self.barren.borrow_mut());
        look
    }

    // Reads the image of a page whose text layer does not look like a language; kept only when that reads clearly better.
    fn read_instead(
        &self,
        page: MeasuredPage<'_, '_>,
        begun: &PageReading,
        ocr: bool,
    ) -> Option<(PageReading, PageLook, Vec<Finding>)> {
        let image = raster::gray(page, READING_DPI / 72.0).filter(|_| ocr && self.ocr.is_some())?;
        let mut reading = begun.clone();
        let mut findings = vec![finding("pdf.layer_replaced", Severity::Warning, Some(reading.number), &[])];
        let known = Known { words: Vec::new(), frame: Frame::upright(reading.width, reading.height) };
        let look = self.read_drawn_page(page, &mut reading, &image, true, known, &mut findings);
        let words = reading.words.iter().map(|word| word.text.as_str());
        quality::is_language(words).then_some((reading, look, findings))
    }

    // Pages with little or no text: is there more to read in their image?
    fn complete_from_image(
        &self,
        page: MeasuredPage<'_, '_>,
        reading: &mut PageReading,
        known: Known,
        ocr: bool,
        findings: &mut Vec<Finding>,
    ) -> Option<PageLook> {
        let Some(image) = raster::gray(page, READING_DPI / 72.0) else {
            if known.words.is_empty() {
                findings.push(finding("page.not_rendered", Severity::Error, Some(reading.number), &[]));
            }
            known.end(reading);
            return None;
        };
        if !known.words.is_empty() && known.painted_over(&image, reading).is_blank() {
            known.end(reading);
            return Some(look::of_image(reading, &image, &image, Vec::new()));
        }
        Some(self.read_drawn_page(page, reading, &image, ocr, known, findings))
    }

    fn read_drawn_page(
        &self,
        page: MeasuredPage<'_, '_>,
        reading: &mut PageReading,
        image: &Gray,
        ocr: bool,
        known: Known,
        findings: &mut Vec<Finding>,
    ) -> PageLook {
        let colour = || raster::colour(page);
        let finer = |finer: f64| raster::gray(page, finer * READING_DPI / 72.0);
        self.read_raster(reading, &Drawing { image, colour: &colour, finer: &finer }, ocr, known, findings)
    }

    // `known` are the words of the text layer: they stay, and OCR adds what lies elsewhere.
    fn read_raster(
        &self,
        page: &mut PageReading,
        drawing: &Drawing<'_>,
        ocr: bool,
        known: Known,
        findings: &mut Vec<Finding>,
    ) -> PageLook {
        let image = drawing.image;
        if known.words.is_empty() && image.is_blank() {
            page.status = PageStatus::Blank;
            return look::of_image(page, image, image, Vec::new());
        }
        let number = page.number;
        let Some(engine) = self.ocr.as_ref().filter(|_| ocr) else {
            let code = if ocr { "ocr.missing" } else { "ocr.not_asked" };
            let severity = if ocr { Severity::Error } else { Severity::Info };
            findings.push(finding(code, severity, Some(number), &[]));
            known.end(page);
            return look::of_image(page, image, image, Vec::new());
        };
        let colour = (drawing.colour)();
        let key = self
            .memory
            .as_ref()
            .map(|_| memory::key(engine.version(), image, colour.as_ref(), page, &known.words));
        let kept = self.memory.as_ref().zip(key.as_ref()).and_then(|(memory, key)| memory.recall(key));
        if let Some(kept) = kept {
            return kept.onto(page, findings);
        }
        let said_before = findings.len();
        let photograph =
            if known.words.is_empty() { Photograph::of(page, image, drawing.finer) } else { None };
        let look = photograph
            .and_then(|photograph| read_photograph(engine, page, &photograph, colour.as_ref(), findings))
            .unwrap_or_else(|| {
                let drawing = Seen { image, colour: colour.as_ref(), finer: drawing.finer };
                read_sheet(engine, page, &drawing, known, findings)
            });
        // What failed may go well another time.
        if let (Some(memory), Some(key), true) = (&self.memory, key, page.status != PageStatus::Failed) {
            let findings = findings.get(said_before..).unwrap_or_default().to_vec();
            if findings.iter().all(|finding| finding.severity != Severity::Error) {
                let (status, words) = (page.status, page.words.clone());
                memory.keep(&key, &ReadImage { status, words, look: look.clone(), findings });
            }
        }
        look
    }
}

// Reads an image. Where coloured stamps stand on print it is read without them, and what only they say is taken from a second reading.
fn read_under_stamps(
    engine: &Ocr,
    page: &PageReading,
    image: &Gray,
    colour: Option<&look::Colour>,
) -> Result<OcrReading, String> {
    let Some(lifted) = colour.and_then(|colour| look::lifted(image, colour)) else {
        return engine.read(image, page.width, page.height);
    };
    let mut reading = engine.read(&lifted.page, page.width, page.height)?;
    let stamped = engine.read(image, page.width, page.height)?;
    // The stamps are part of what the page looks like.
    (reading.upright, reading.bare) = (stamped.upright, stamped.bare);
    let middle = |word: &Word| {
        let [left, top, right, bottom] = word.quad.bounds();
        (f64::midpoint(left, right), f64::midpoint(top, bottom))
    };
    let first = reading.words.iter().map(|word| word.line + 1).max().unwrap_or(0);
    let print = reading.words.len();
    for word in stamped.words {
        let (x, y) = middle(&word);
        let within = |[left, top, right, bottom]: &[f64; 4]| {
            (left * page.width..=right * page.width).contains(&x)
                && (top * page.height..=bottom * page.height).contains(&y)
        };
        let known = |other: &Word| {
            let [left, top, right, bottom] = other.quad.bounds();
            (left - 1.0..=right + 1.0).contains(&x) && (top - 1.0..=bottom + 1.0).contains(&y)
        };
        let sure = word.confidence.value() >= UNSURE;
        if sure && lifted.places.iter().any(within) && !reading.words.iter().take(print).any(known) {
            reading.words.push(Word { line: first + word.line, ..word });
        }
    }
    Ok(reading)
}

/// Holds what all pages of a PDF share.
struct Shared<'f, 'd> {
    document: &'f PdfDocument<'d>,
    forms: bool,
    units: Units,
}

/// Draws one page in the ways that reading it may need.
struct Drawing<'d> {
    /// In gray, at the resolution pages are read at.
    image: &'d Gray,
    /// Small and in colour, where it has colours.
    colour: &'d dyn Fn() -> Option<look::Colour>,
    /// In gray, so many times larger.
    finer: &'d dyn Fn(f64) -> Option<Gray>,
}

// Reads a photographed sheet as it lies flat; `None`, and nothing is changed, when little is read of it so.
fn read_photograph(
    engine: &Ocr,
    page: &mut PageReading,
    photograph: &Photograph,
    colour: Option<&look::Colour>,
    findings: &mut Vec<Finding>,
) -> Option<PageLook> {
    let mut flat = photograph.page(page);
    let mut remarks = Vec::new();
    let sheet = &photograph.sheet;
    let mut look = if sheet.is_blank() {
        flat.status = PageStatus::Blank;
        look::of_image(&flat, sheet, sheet, Vec::new())
    } else {
        let known = Known { words: Vec::new(), frame: Frame::upright(flat.width, flat.height) };
        let colour = colour.map(|colour| photograph.colour(colour));
        // What the photograph has is drawn already.
        let drawing = Seen { image: sheet, colour: colour.as_ref(), finer: &|_| None };
        read_sheet(engine, &mut flat, &drawing, known, &mut remarks)
    };
    let sure = flat.words.iter().filter(|word| word.confidence.value() >= UNSURE);
    let letters: usize = sure.map(|word| word.text.chars().count()).sum();
    if flat.status != PageStatus::Blank && letters < FEW_LETTERS {
        return None;
    }
    findings.push(finding("ocr.photograph", Severity::Info, Some(page.number), &[]));
    findings.extend(remarks);
    photograph.put_back(flat, &mut look, page);
    Some(look)
}

/// Holds a sheet as it is read.
struct Seen<'s> {
    image: &'s Gray,
    colour: Option<&'s look::Colour>,
    /// Draws it so many times larger, if it can.
    finer: &'s dyn Fn(f64) -> Option<Gray>,
}

// Reads the image of a page: codes, words, tables, marks.
fn read_sheet(
    engine: &Ocr,
    page: &mut PageReading,
    &Seen { image, colour, finer }: &Seen<'_>,
    known: Known,
    findings: &mut Vec<Finding>,
) -> PageLook {
    let number = page.number;
    let found = look::find_codes(image, finer);
    // Nobody should read the dots of a code as letters.
    let painted = (!found.is_empty()).then(|| {
        let mut painted = image.clone();
        found.iter().for_each(|code| code.paint_over(&mut painted));
        painted
    });
    let (mut upright, mut bare, mut tables, mut turned_by) = (None, None, Vec::new(), 0);
    match read_under_stamps(engine, page, painted.as_ref().unwrap_or(image), colour) {
        Ok(OcrReading { words, tables: found, turned, dropped, upright: used, bare: without_rules }) => {
            (upright, bare, tables, turned_by) = (used, without_rules, found, turned);
            if dropped >= MANY_SCRAWLS {
                let count = dropped.to_string();
                findings.push(finding("ocr.scrawls", Severity::Info, Some(number), &[("cantidad", &count)]));
            }
            if turned != 0 {
                let degrees = turned.to_string();
                findings.push(finding(
                    "ocr.turned_page",
                    Severity::Info,
                    Some(number),
                    &[("grados", &degrees)],
                ));
            }
            if words.is_empty() && known.words.is_empty() {
                findings.push(finding("ocr.nothing_read", Severity::Info, Some(number), &[]));
            }
            let before = known.words.len();
            page.words = known.merged(words);
            // A logo beside printed words does not make the page a scan.
            page.status = if page.words.len() >= 2 * before.max(1) || before == 0 {
                PageStatus::Ocr
            } else {
                PageStatus::Text
            };
        }
        Err(detail) => {
            findings.push(finding("ocr.failed", Severity::Error, Some(number), &[("detalle", &detail)]));
            known.end(page);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    let (scale_x, scale_y) =
        (page.width / image.width.max(1) as f64, page.height / image.height.max(1) as f64);
    let codes: Vec<PrintedCode> = found.into_iter().map(|code| code.placed(scale_x, scale_y)).collect();
    let read = bare.as_ref().map(|bare| [upright.as_ref().unwrap_or(image), bare]);
    let ink_regions = look::find_marks(&look::Scene {
        image,
        read,
        colour,
        words: &page.words,
        codes: &codes,
        size: [page.width, page.height],
        turned: turned_by,
    });
    let mut look = look::of_image(page, image, upright.as_ref().unwrap_or(image), codes);
    look.ink_regions = ink_regions;
    look.tables = tables;
    look.reader = engine.version().into();
    look
}

fn wanted(options: &Options, number: u32) -> bool {
    options.pages.is_empty() || options.pages.contains(&number)
}

// A page that has not ended yet counts as failed until it is read.
fn empty(number: u32, width: f64, height: f64, rotation: u16) -> PageReading {
    let hundredths = |points: f64| if points.is_finite() { (points * 100.0).round() / 100.0 } else { 0.0 };
    PageReading {
        number,
        status: PageStatus::Failed,
        width: hundredths(width),
        height: hundredths(height),
        rotation,
        words: Vec::new(),
        reading_view: false,
    }
}

fn load_failure(error: &PdfiumError, password: Option<&str>) -> Finding {
    let code = match error {
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError) if password.is_some() => {
            "pdf.wrong_password"
        }
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::PasswordError) => "pdf.encrypted",
        PdfiumError::PdfiumLibraryInternalError(PdfiumInternalError::SecurityError) => {
            "pdf.unknown_encryption"
        }
        _ => "pdf.damaged",
    };
    finding(code, Severity::Error, None, &[])
}

/// Holds the few words of a page's text layer while its image is looked at.
struct Known {
    words: Vec<Placed>,
    frame: Frame,
}

impl Known {
    // The page ends with what its text layer says; without any words it has failed, and a finding says why.
    fn end(&self, page: &mut PageReading) {
        page.words = layout::in_lines(&self.words, &self.frame, &|_| false);
        page.status = if self.words.is_empty() { PageStatus::Failed } else { PageStatus::Text };
    }

    // The image with the boxes of the words painted white.
    fn painted_over(&self, image: &Gray, page: &PageReading) -> Gray {
        let mut rest = image.clone();
        #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
        let (scale_x, scale_y) =
            (image.width as f64 / page.width.max(1.0), image.height as f64 / page.height.max(1.0));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the image")]
        let clamped = |value: f64, most: usize| (value.max(0.0) as usize).min(most);
        for word in &self.words {
            let b = self.frame.leave(&word.bounds());
            let (left, right) = ((b.left - 2.0) * scale_x, (b.right + 2.0) * scale_x);
            let (top, bottom) = ((b.top - 2.0) * scale_y, (b.bottom + 2.0) * scale_y);
            let (left, right) = (clamped(left, image.width), clamped(right, image.width));
            for y in clamped(top, image.height)..clamped(bottom, image.height) {
                let start = y * image.width;
                if let Some(row) = rest.pixels.get_mut(start + left..start + right.max(left)) {
                    row.fill(255);
                }
            }
        }
        rest
    }

    // The words stay; words of OCR are added where there are none.
    fn merged(self, read: Vec<Word>) -> Vec<Word> {
        if self.words.is_empty() {
            return read;
        }
        let Self { words: mut all, frame } = self;
        let layer = all.len();
        for word in read {
            let [left, top, right, bottom] = word.quad.bounds();
            let b = frame.enter(&Bounds { left, top, right, bottom });
            let (x, y) = (f64::midpoint(b.left, b.right), f64::midpoint(b.top, b.bottom));
            let covers = |known: &Placed| {
                (known.left - 1.0..=known.right + 1.0).contains(&x)
                    && (known.top - 1.0..=known.bottom + 1.0).contains(&y)
            };
            // Of a letterhead or a stamp only what the engine is fairly sure of: noise would stand among exact words.
            let unsure = word.confidence.value() < 0.5 || !word.text.chars().any(char::is_alphanumeric);
            if unsure || all[..layer].iter().any(covers) {
                continue;
            }
            all.push(Placed {
                text: word.text,
                left: b.left,
                top: b.top,
                right: b.right,
                bottom: b.bottom,
                band: [b.top, b.bottom],
                size: f64::from(word.size),
                confidence: word.confidence,
            });
        }
        layout::in_lines(&all, &frame, &|_| false)
    }
}

fn render_picture(bytes: &[u8], page: u32, scale: f32, turn: u16) -> Option<Rendered> {
    let pictures = picture::pages(bytes);
    let place = *pictures.get(usize::try_from(page.checked_sub(1)?).ok()?)?;
    let picture = picture::decode(bytes, place, MOST_PIXELS).ok()?.turned(turn);
    let scale = raster::safe_scale(picture.width, picture.height, f64::from(scale));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the safe scale")]
    let size = |points: f64| ((points * scale).round() as u32).max(1);
    let rgb = picture.image.to_rgb8();
    let (width, height) = (size(picture.width), size(picture.height));
    let scaled = image::imageops::resize(&rgb, width, height, image::imageops::FilterType::Triangle);
    raster::encode(scaled.as_raw(), width, height, image::ExtendedColorType::Rgb8)
}
