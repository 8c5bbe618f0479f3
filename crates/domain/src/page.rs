//! What the reader gives for one page.

use crate::{Confidence, Quad};
use serde::{Deserialize, Serialize};

/// Tells how a page ended. There is no fifth way: nothing is skipped in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageStatus {
    /// The text came from the file's own text layer.
    Text,
    /// The text was read from the image of the page.
    Ocr,
    /// There is nothing on the page.
    Blank,
    /// The page could not be read; a finding says why.
    Failed,
}

/// Holds one word with its box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// The word as it stands, punctuation included.
    pub text: String,
    /// Its box in page space.
    pub quad: Quad,
    /// Counts lines from 0 within the page, in reading order: words of one line share it.
    pub line: u32,
    /// Height of the type in points, as far as it is known (0 when not): headings are larger.
    pub size: f32,
    /// 1 for a text layer; the engine's own figure for OCR.
    pub confidence: Confidence,
}

/// Holds what was read from one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageReading {
    /// Counts from 1 within the file.
    pub number: u32,
    /// How the page ended.
    pub status: PageStatus,
    /// Width in points as shown (after rotation and crop).
    pub width: f64,
    /// Height in points as shown.
    pub height: f64,
    /// The page's /Rotate, in degrees clockwise: 0, 90, 180 or 270. Boxes are already rotated.
    pub rotation: u16,
    /// The words in reading order.
    pub words: Vec<Word>,
    /// True for a *vista de lectura*: flowing text (DOCX, XLSX, TXT) that has no real pages or boxes.
    #[serde(default)]
    pub reading_view: bool,
}

/// Confidence below which a word is shown as unsure.
pub const UNSURE: f64 = 0.6;

impl PageReading {
    /// Returns the words whose reading is unsure.
    pub fn unsure_words(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.confidence.value() < UNSURE)
    }

    /// Returns the words line by line, in reading order.
    pub fn lines(&self) -> impl Iterator<Item = &[Word]> {
        self.words.chunk_by(|a, b| a.line == b.line)
    }

    /// Returns the text of the page: words joined by a space, lines by a line feed.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in self.lines() {
            if !text.is_empty() {
                text.push('\n');
            }
            for (index, word) in line.iter().enumerate() {
                if index > 0 {
                    text.push(' ');
                }
                text.push_str(&word.text);
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, line: u32) -> Word {
        Word {
            text: text.into(),
            quad: Quad::upright(0.0, 0.0, 1.0, 1.0),
            line,
            size: 10.0,
            confidence: Confidence::CERTAIN,
        }
    }

    #[test]
    fn text_keeps_the_lines_apart() {
        let page = PageReading {
            number: 1,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: vec![word("DATOS", 0), word("GENERALES", 0), word("RUC", 1)],
            reading_view: false,
        };
        assert_eq!(page.text(), "DATOS GENERALES\nRUC", "a line of the page is a line of the text");
        assert_eq!(page.lines().count(), 2, "two lines");
    }
}
