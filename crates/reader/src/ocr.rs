//! Tesseract: from a gray image to words with boxes.

use crate::deskew::{self, Turn};
use crate::geometry::Frame;
use crate::ink::Gray;
use crate::layout::{self, Placed};
use cotejo_domain::{Confidence, Quad, Word};
use std::path::Path;
use tesseract_rs::{TessPageSegMode, TesseractAPI};

/// Mean confidence below which the page may lie on its side.
const POOR: f64 = 0.62;
/// Fewer letters than this on a page with ink is a poor reading too.
const FEW_LETTERS: usize = 24;
/// Columns of a line of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
const COLUMNS: usize = 12;

/// Holds the engines of this process: one for Spanish, one for the orientation, both loaded before the jail closes.
pub(crate) struct Ocr {
    spanish: TesseractAPI,
    orientation: Option<TesseractAPI>,
}

/// Holds what was read from one image, in the points of the page the image shows.
#[derive(Debug, Default)]
pub(crate) struct OcrReading {
    pub(crate) words: Vec<Word>,
    /// Quarter turns clockwise, in degrees, that bring the image upright.
    pub(crate) turned: u16,
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
        spanish.init(tessdata, "spa").map_err(|error| error.to_string())?;
        // Keeps the blanks between columns and does not invert bright text on dark heads away.
        let _ = spanish.set_variable("preserve_interword_spaces", "1");
        let orientation = tessdata.join("osd.traineddata").exists().then(TesseractAPI::new);
        let orientation = orientation.filter(|engine| engine.init(tessdata, "osd").is_ok());
        Ok(Self { spanish, orientation })
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
            let pass = self.read_level(&image.turned(degrees))?;
            if pass.worth() > best.0.worth() {
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

    fn read_level(&self, image: &Gray) -> Result<Pass, String> {
        let skew = deskew::skew(image);
        let levelled = skew.map(|degrees| deskew::level(image, degrees));
        let used = levelled.as_ref().unwrap_or(image);
        let error = |error: tesseract_rs::TesseractError| error.to_string();
        let width = i32::try_from(used.width).map_err(|_| "imagen demasiado grande".to_string())?;
        let height = i32::try_from(used.height).map_err(|_| "imagen demasiado grande".to_string())?;
        self.spanish.set_page_seg_mode(TessPageSegMode::PSM_AUTO).map_err(error)?;
        self.spanish.set_image(&used.pixels, width, height, 1, width).map_err(error)?;
        self.spanish.set_source_resolution(200).map_err(error)?;
        self.spanish.recognize().map_err(error)?;
        let table = self.spanish.get_tsv_text(0).map_err(error)?;
        let _ = self.spanish.clear();
        Ok(Pass { words: parse(&table), turn: skew.map(|degrees| Turn::new(image, degrees)) })
    }
}

struct Pass {
    words: Vec<Placed>,
    turn: Option<Turn>,
}

impl Pass {
    fn letters(&self) -> usize {
        self.words.iter().map(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count()).sum()
    }

    #[expect(clippy::cast_precision_loss, reason = "letters of a page")]
    fn confidence(&self) -> f64 {
        let weighed: f64 =
            self.words.iter().map(|w| w.confidence.value() * w.text.chars().count() as f64).sum();
        let letters: f64 = self.words.iter().map(|w| w.text.chars().count() as f64).sum();
        if letters > 0.0 { weighed / letters } else { 0.0 }
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
    fn placed(self, shown: &Gray, degrees: u16, width: f64, height: f64) -> OcrReading {
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
        let words = layout::in_lines(&self.words, &Frame::upright(0.0, 0.0))
            .into_iter()
            .map(|mut word| {
                let [left, top, right, bottom] = word.quad.bounds();
                let corners =
                    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| to_page(x, y));
                let [(x1, y1), (x2, y2), (x3, y3), (x4, y4)] = corners;
                word.quad = Quad([x1, y1, x2, y2, x3, y3, x4, y4]);
                #[expect(clippy::cast_possible_truncation, reason = "points of a type size")]
                let size = (f64::from(word.size) * scale_y) as f32;
                word.size = size;
                word
            })
            .collect();
        OcrReading { words, turned: degrees }
    }
}

// Boxes in pixels. Lines are grouped by the height of Tesseract's own lines: a comma's box says little about its line.
fn parse(table: &str) -> Vec<Placed> {
    let mut words = Vec::new();
    let mut line = [0.0; 2];
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(COLUMNS, '\t').collect();
        let number = |index: usize| cells.get(index).and_then(|cell| cell.trim().parse::<f64>().ok());
        let (Some(level), Some(left), Some(top), Some(width), Some(height)) =
            (number(0), number(6), number(7), number(8), number(9))
        else {
            continue;
        };
        if level == 4.0 {
            line = [top, top + height];
        }
        if level < 5.0 {
            continue;
        }
        let (Some(confidence), Some(text)) = (number(10), cells.get(11).map(|text| without_rules(text)))
        else {
            continue;
        };
        if text.is_empty() || confidence < 0.0 {
            continue;
        }
        // A line of Tesseract may still lean: its words keep their own place within it.
        let (band_top, band_bottom) = (line[0].max(top - height), line[1].min(top + 2.0 * height));
        words.push(Placed {
            text: text.into(),
            left,
            top,
            right: left + width,
            bottom: top + height,
            band: [band_top.min(top), band_bottom.max(top + height)],
            size: height,
            confidence: Confidence::new(confidence / 100.0),
        });
    }
    words
}

// The rules of a table are read as signs at the ends of words: `|TRAZADO`, `[OBRA`, `UNIDAD]`. (Erasing the rules from the image was tried: the
// engine then cuts tables worse, 94.1 against 95.4 of a hundred words found on 27 real scans.) A closed pair of brackets is somebody's own.
fn without_rules(text: &str) -> &str {
    let mut text = text.trim().trim_matches(['|', '¦']);
    for (open, close) in [('[', ']'), ('{', '}')] {
        if text.contains(open) != text.contains(close) {
            text = text.trim_matches([open, close]).trim_matches(['|', '¦']);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_from_the_table_with_their_boxes() {
        let table = "1\t1\t0\t0\t0\t0\t0\t0\t100\t100\t-1\t\n4\t1\t1\t1\t1\t0\t10\t20\t80\t14\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t10\t22\t30\t10\t91.5\tRUC:\n5\t1\t1\t1\t1\t2\t50\t22\t30\t10\t95\t \n";
        let words = parse(table);
        assert_eq!(words.len(), 1, "a blank is no word");
        assert_eq!((words[0].text.as_str(), words[0].left, words[0].bottom), ("RUC:", 10.0, 32.0));
        assert_eq!(words[0].confidence, Confidence::new(0.915));
    }

    #[test]
    fn rules_of_tables_are_no_part_of_words() {
        let cases = [
            ("|TRAZADO,", "TRAZADO,"),
            ("[OBRA", "OBRA"),
            ("UNIDAD]", "UNIDAD"),
            ("[LEY]", "[LEY]"),
            ("|", ""),
            ("[|", ""),
        ];
        for (read, meant) in cases {
            assert_eq!(without_rules(read), meant);
        }
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
            let pass = Pass { words: vec![word.clone()], turn: None };
            pass.placed(&shown, degrees, 200.0, 100.0).words[0].quad.bounds()
        };
        assert_eq!(quad(90), [0.0, 90.0, 20.0, 100.0], "the top left came from the bottom left");
        assert_eq!(quad(180), [190.0, 80.0, 200.0, 100.0]);
        assert_eq!(quad(270), [180.0, 0.0, 200.0, 10.0]);
    }
}
