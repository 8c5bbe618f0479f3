//! Tesseract: from a gray image to words with boxes.

mod inverse;
mod leftover;
mod mend;
mod second_look;
mod table;
mod words;

use self::leftover::Leftover;
use self::second_look::SecondLook;
use self::words::WordList;
use crate::deskew::{self, Turn};
use crate::geometry::{Bounds, Frame};
use crate::ink::Gray;
use crate::layout::{self, Placed};
use crate::prepare;
use crate::ruled;
use crate::tables::{self, Rules};
use cotejo_domain::{Confidence, Quad, TableRegion, Word};
use sha2::{Digest, Sha256};
use std::path::Path;
use tesseract_rs::{TessPageSegMode, TesseractAPI};

/// Mean confidence below which the page may lie on its side.
const POOR: f64 = 0.62;
/// Fewer letters than this on a page with ink is a poor reading too.
const FEW_LETTERS: usize = 24;
/// Room above a table in which its head may stand on a dark bar, in pixels.
const HEAD: usize = 180;
/// How wide the engine is shown what it reads, as part of its width: its network takes a step for each column, and reads such type better.
const NARROWER: f64 = 0.85;
/// Confidence below which a line is read as light on dark too (the engine's own).
const LIGHT_ON_DARK: &str = "0.7";
/// The engine that the data are for (`OEM_DEFAULT` of Tesseract).
const DEFAULT_ENGINE: i32 = 3;
/// Signs a figure is made of.
const FIGURES: &str = "0123456789.,/-$%";

/// Holds the engines of this process: one for Spanish, one for the orientation, both loaded before the jail closes.
pub(crate) struct Ocr {
    spanish: TesseractAPI,
    orientation: Option<TesseractAPI>,
    version: String,
}

/// Holds what was read from one image, in the points of the page the image shows.
#[derive(Debug, Default)]
pub(crate) struct OcrReading {
    pub(crate) words: Vec<Word>,
    /// Tables in page space.
    pub(crate) tables: Vec<TableRegion>,
    /// Quarter turns clockwise, in degrees, that bring the image upright.
    pub(crate) turned: u16,
    /// Marks that two readings could not agree on and that are no text.
    pub(crate) dropped: usize,
    /// The image as it was read: turned, levelled, in even light; `None` when that is the image itself.
    pub(crate) upright: Option<Gray>,
    /// The image as it was read without its rules; `None` where it was turned or levelled, and pixels lie elsewhere.
    pub(crate) bare: Option<Gray>,
}

impl Ocr {
    /// Loads `spa` (and `osd`, if it is there) from `tessdata`.
    ///
    /// # Errors
    /// Returns the engine's words when `spa` cannot be loaded.
    pub(crate) fn start(tessdata: &Path) -> Result<Self, String> {
        let spanish = TesseractAPI::new();
        // The package takes the path's text for granted.
        if tessdata.to_str().is_none_or(|path| path.contains('\0')) {
            return Err("la ruta de los datos no es texto válido".into());
        }
        let words = WordList::written();
        let (path, configs) =
            (tessdata.to_str().unwrap_or_default(), words.as_ref().map(WordList::configuration));
        let started = spanish.init_4(path, "spa", DEFAULT_ENGINE, configs.as_slice());
        started.map_err(|error| error.to_string())?;
        let listed = words.is_some() && spanish.is_valid_word(words::ONLY_LISTED).unwrap_or(false);
        let _ = spanish.set_variable("preserve_interword_spaces", "1");
        let orientation = tessdata.join("osd.traineddata").exists().then(TesseractAPI::new);
        let orientation = orientation.filter(|engine| engine.init(tessdata, "osd").is_ok());
        let version = version(&tessdata.join("spa.traineddata"), listed);
        Ok(Self { spanish, orientation, version })
    }

    /// Names engine, data and settings: a reading kept under this name and the page's hash need not be made again.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// Reads the image of a page `width` × `height` points.
    ///
    /// # Errors
    /// Returns the engine's words when it refuses the image.
    pub(crate) fn read(&self, image: &Gray, width: f64, height: f64) -> Result<OcrReading, String> {
        let first = self.read_level(image)?;
        if !first.is_poor() && !first.is_sideways() {
            return Ok(first.placed(image, 0, width, height));
        }
        // Tesseract reads lines that run up or down the page, but its boxes then say nothing about rows: the page is turned.
        let turns = match self.upright_turn(image) {
            Some(degrees) => vec![degrees],
            None if first.is_sideways() => vec![90, 270],
            None => Vec::new(),
        };
        let mut best = (first, 0);
        for degrees in turns {
            let turned = image.turned(degrees);
            let mut pass = self.read_level(&turned)?;
            if pass.worth() > best.0.worth() {
                pass.used = pass.used.or(Some(turned));
                best = (pass, degrees);
            }
        }
        Ok(best.0.placed(image, best.1, width, height))
    }

    // Quarter turns clockwise that bring the text upright.
    fn upright_turn(&self, image: &Gray) -> Option<u16> {
        let engine = self.orientation.as_ref()?;
        let (width, height) = (i32::try_from(image.width).ok()?, i32::try_from(image.height).ok()?);
        engine.set_image(&image.pixels, width, height, 1, width).ok()?;
        let (degrees, _, _, _) = engine.detect_os().ok()?;
        let _ = engine.clear();
        // Tesseract names how far the page is turned clockwise; the way back is the rest of the circle.
        u16::try_from(degrees)
            .ok()
            .filter(|degrees| [90, 180, 270].contains(degrees))
            .map(|degrees| 360 - degrees)
    }

    fn read_level(&self, page: &Gray) -> Result<Pass, String> {
        let evened = prepare::evened(page);
        let image = evened.as_ref().unwrap_or(page);
        let found = deskew::skew(image);
        let skew = found.filter(|degrees| deskew::is_worth_levelling(*degrees));
        let turn = skew.map(|degrees| Turn::new(image, degrees));
        let levelled = skew.map(|degrees| deskew::level(image, degrees));
        let used = levelled.as_ref().unwrap_or(image);
        // The engine reads lines it is unsure of once more as light on dark: in vain where nothing is dark.
        let light_on_dark = if prepare::has_dark_ground(used) { LIGHT_ON_DARK } else { "0" };
        self.spanish.set_variable("invert_threshold", light_on_dark).map_err(described)?;
        self.show(used)?;
        let mut words = self.words(used, TessPageSegMode::PSM_AUTO)?;
        let mut rules = Rules::default();
        let ruled = ruled::without_rules(used);
        if !ruled.tables.is_empty() && !words.is_empty() {
            rules = pixel_rules(&ruled);
            for band in ruled.tables.iter().copied() {
                let read = |image: &Gray, mode| self.piece(image, mode);
                // Heads on a dark bar stand above the first rule. Without one, what stands outside of the rules is no part of the table.
                let [top, bottom] = ruled.between_rules(band);
                let turned = inverse::turned(&ruled.page, [top.saturating_sub(HEAD), bottom]);
                let (page, top) =
                    turned.as_ref().map_or((&ruled.page, top), |turned| (&turned.page, top.min(turned.top)));
                Leftover { page, read: &read }.complete(&mut words, [top, bottom]);
            }
        }
        let read = |image: &Gray, figure: bool| self.single_line(image, figure);
        let dropped = SecondLook { page: image, turn: turn.as_ref(), read: &read }.weigh(&mut words);
        let _ = self.spanish.clear();
        // What was too little to be undone still leaves the ends of a line at different heights.
        let lean = if skew.is_none() { found.map_or(0.0, |degrees| degrees.to_radians().tan()) } else { 0.0 };
        let bare = skew.is_none().then_some(ruled.page);
        Ok(Pass { words, turn, lean, rules, dropped, used: levelled.or(evened), bare })
    }

    // Hands an image to the engine, narrower than it is.
    fn show(&self, image: &Gray) -> Result<(), String> {
        let mut image = prepare::narrower(image, NARROWER);
        prepare::whiten(&mut image);
        let width = i32::try_from(image.width).map_err(|_| "imagen demasiado grande".to_string())?;
        let height = i32::try_from(image.height).map_err(|_| "imagen demasiado grande".to_string())?;
        self.spanish.set_image(&image.pixels, width, height, 1, width).map_err(described)?;
        self.spanish.set_source_resolution(200).map_err(described)
    }

    // Reads what the engine was shown.
    fn words(&self, image: &Gray, mode: TessPageSegMode) -> Result<Vec<Placed>, String> {
        self.spanish.set_page_seg_mode(mode).map_err(described)?;
        self.spanish.recognize().map_err(described)?;
        let mut lines = table::lines(&self.spanish.get_tsv_text(0).map_err(described)?);
        for word in lines.iter_mut().flatten() {
            (word.left, word.right) = (word.left / NARROWER, word.right / NARROWER);
        }
        lines.iter_mut().for_each(|line| mend::line(line, image));
        Ok(lines.into_iter().flatten().collect())
    }

    // Reads the words of one cell.
    fn piece(&self, image: &Gray, mode: TessPageSegMode) -> Vec<Placed> {
        self.show(image).and_then(|()| self.words(image, mode)).unwrap_or_default()
    }

    // Reads a small image as one line, only as a figure when asked so.
    fn single_line(&self, image: &Gray, figure: bool) -> Option<(String, Confidence)> {
        self.show(image).ok()?;
        if figure {
            self.spanish.set_variable("tessedit_char_whitelist", FIGURES).ok()?;
        }
        let words = self.words(image, TessPageSegMode::PSM_SINGLE_LINE);
        if figure {
            let _ = self.spanish.set_variable("tessedit_char_whitelist", "");
        }
        let words = words.ok()?;
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let confidence = words.iter().map(|word| word.confidence).reduce(Confidence::weakest)?;
        Some((text, confidence))
    }
}

// Mean of the words, each as often as it has letters.
#[expect(clippy::cast_precision_loss, reason = "letters of a page")]
fn confidence(words: &[Placed]) -> f64 {
    let letters = |word: &Placed| word.text.chars().count() as f64;
    let weighed: f64 = words.iter().map(|word| word.confidence.value() * letters(word)).sum();
    let all: f64 = words.iter().map(letters).sum();
    if all > 0.0 { weighed / all } else { 0.0 }
}

/// Counts up whenever preparation, settings or mending change what is read.
const SETTINGS: u32 = 6;

fn version(data: &Path, listed: bool) -> String {
    let bytes = std::fs::read(data).unwrap_or_default();
    let sum = Sha256::digest(&bytes);
    let short: String = sum.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let words = if listed { words::version() } else { "-".into() };
    format!("tesseract {} spa {short} words {words} v{SETTINGS}", TesseractAPI::version())
}

fn described(error: tesseract_rs::TesseractError) -> String {
    error.to_string()
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn pixel_rules(ruled: &ruled::Ruled) -> Rules {
    let bounds = |place: &[usize; 4]| {
        let [left, top, right, bottom] = place.map(|edge| edge as f64);
        Bounds { left, top, right, bottom }
    };
    Rules { across: ruled.across.iter().map(bounds).collect(), down: ruled.down.iter().map(bounds).collect() }
}

struct Pass {
    words: Vec<Placed>,
    turn: Option<Turn>,
    /// How much the lines fall for each step to the right.
    lean: f64,
    /// Rules of tables, in pixels.
    rules: Rules,
    /// Marks that are no text.
    dropped: usize,
    /// The image that was read, where it is not the one given.
    used: Option<Gray>,
    /// The same without its rules, where it was not levelled.
    bare: Option<Gray>,
}

impl Pass {
    fn letters(&self) -> usize {
        self.words.iter().map(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
    }

    fn confidence(&self) -> f64 {
        confidence(&self.words)
    }

    fn is_poor(&self) -> bool {
        self.letters() < FEW_LETTERS || self.confidence() < POOR
    }

    // Most words of some letters are higher than wide: the lines run up or down.
    fn is_sideways(&self) -> bool {
        let long = self.words.iter().filter(|word| word.text.chars().count() >= 4);
        let (mut all, mut upright) = (0usize, 0usize);
        for word in long {
            all += 1;
            upright += usize::from(word.bottom - word.top > 1.2 * (word.right - word.left));
        }
        upright * 2 > all
    }

    // Of two readings the one with more letters that the engine is sure of; one that has its lines on end is worth half.
    #[expect(clippy::cast_precision_loss, reason = "letters of a page")]
    fn worth(&self) -> f64 {
        let worth = self.confidence() * (self.letters() as f64).min(400.0);
        if self.is_sideways() { worth / 2.0 } else { worth }
    }

    // From pixels of the levelled, turned image back to points of the page as shown.
    fn placed(mut self, shown: &Gray, degrees: u16, width: f64, height: f64) -> OcrReading {
        #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
        let (pixels_x, pixels_y) = (shown.width as f64, shown.height as f64);
        let (scale_x, scale_y) = (width / pixels_x, height / pixels_y);
        let turn = self.turn;
        let to_page = |x: f64, y: f64| -> (f64, f64) {
            let (x, y) = turn.map_or((x, y), |turn| turn.original(x, y));
            // Undoes `Gray::turned`.
            let (x, y) = match degrees {
                90 => (y, pixels_y - x),
                180 => (pixels_x - x, pixels_y - y),
                270 => (pixels_x - y, x),
                _ => (x, y),
            };
            let hundredths = |points: f64| (points * 100.0).round() / 100.0;
            (hundredths(x * scale_x), hundredths(y * scale_y))
        };
        for word in &mut self.words {
            let fall = self.lean * f64::midpoint(word.left, word.right);
            word.band = word.band.map(|edge| edge - fall);
        }
        let onto = |place: &Bounds| {
            let Bounds { left, top, right, bottom } = *place;
            let corners =
                [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| to_page(x, y));
            let [(x1, y1), (x2, y2), (x3, y3), (x4, y4)] = corners;
            Quad([x1, y1, x2, y2, x3, y3, x4, y4])
        };
        let bounds = |word: &Word| {
            let [left, top, right, bottom] = word.quad.bounds();
            Bounds { left, top, right, bottom }
        };
        let mut words =
            layout::in_lines(&self.words, &Frame::upright(0.0, 0.0), &|place| self.rules.cross(place));
        let tables = tables::find(&words, &bounds, &self.rules, &onto);
        for word in &mut words {
            word.quad = onto(&bounds(word));
            #[expect(clippy::cast_possible_truncation, reason = "points of a type size")]
            let size = (f64::from(word.size) * scale_y) as f32;
            word.size = size;
        }
        let bare = self.bare.filter(|_| degrees == 0);
        OcrReading { words, tables, turned: degrees, dropped: self.dropped, upright: self.used, bare }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_knows_the_words_of_the_list_and_says_so() {
        let places = ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata"].map(Path::new);
        let Some(tessdata) = places.into_iter().find(|place| place.join("spa.traineddata").exists()) else {
            println!("skipped: the Spanish data of Tesseract are absent");
            return;
        };
        let ocr = Ocr::start(tessdata).expect("the engine starts");
        assert!(ocr.spanish.is_valid_word(words::ONLY_LISTED).expect("answers"));
        assert!(ocr.version().contains(&words::version()), "{}", ocr.version());
    }

    #[test]
    fn boxes_of_a_turned_page_go_back_to_the_page_as_shown() {
        let shown = Gray { width: 200, height: 100, pixels: vec![255; 20_000] };
        let word = Placed {
            text: "X".into(),
            left: 0.0,
            top: 0.0,
            right: 10.0,
            bottom: 20.0,
            band: [0.0, 20.0],
            size: 20.0,
            confidence: Confidence::CERTAIN,
        };
        let quad = |degrees| {
            let pass = Pass {
                words: vec![word.clone()],
                turn: None,
                lean: 0.0,
                rules: Rules::default(),
                dropped: 0,
                used: None,
                bare: None,
            };
            pass.placed(&shown, degrees, 200.0, 100.0).words[0].quad.bounds()
        };
        assert_eq!(quad(90), [0.0, 90.0, 20.0, 100.0], "the top left came from the bottom left");
        assert_eq!(quad(180), [190.0, 80.0, 200.0, 100.0]);
        assert_eq!(quad(270), [180.0, 0.0, 200.0, 10.0]);
    }
}
