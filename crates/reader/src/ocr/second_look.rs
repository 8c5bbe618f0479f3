//! Reads again, larger, what the first reading was unsure of.
//!
//! Two readings of one engine on different scales err independently enough to be weighed against each other (voting of readings: S. Rice,
//! J. Kanai, T. Nartker, "An Algorithm for Matching OCR-Generated Text Strings", ISRI 1994). What the second is surer of is taken; where
//! both agree the word is surer than either; figures that differ stay marked as unsure; a scrawl that neither is sure of and that reads
//! as two different things is a drawing, not text.

use crate::deskew::{self, Turn};
use crate::ink::Gray;
use crate::layout::Placed;
use cotejo_domain::{Confidence, UNSURE};

/// Figures below this are read again: a wrong digit is worse than a wrong letter.
const UNSURE_FIGURE: f64 = 0.85;
/// What neither reading reaches is a drawing when they disagree.
const SCRAWL: f64 = 0.45;
/// Words of one page that are read again: a page with more of them is a bad page, and not to be read twice.
const MOST_WORDS: usize = 32;
/// Height in pixels that a word is brought to.
const WANTED: f64 = 48.0;
/// Room around a word, as part of its height.
const ROOM: f64 = 0.35;

/// What reads a small image as one line; only digits and the signs of figures when asked so.
pub(crate) type ReadLine<'e> = &'e dyn Fn(&Gray, bool) -> Option<(String, Confidence)>;

/// Holds what is to be read again, and what it is read with.
pub(crate) struct SecondLook<'e> {
    /// The page as it came, not levelled.
    pub(crate) page: &'e Gray,
    /// How the boxes map to it.
    pub(crate) turn: Option<&'e Turn>,
    pub(crate) read: ReadLine<'e>,
}

impl SecondLook<'_> {
    /// Weighs a second reading of each unsure word; drops what is no text. Returns how many words were dropped.
    pub(crate) fn weigh(&self, words: &mut Vec<Placed>) -> usize {
        let mut unsure: Vec<usize> =
            (0..words.len()).filter(|index| words.get(*index).is_some_and(is_unsure)).collect();
        // Figures first: they count most.
        unsure.sort_by_key(|index| words.get(*index).is_none_or(|word| !is_figure(&word.text)));
        unsure.truncate(MOST_WORDS);
        let mut dropped = Vec::new();
        for index in unsure {
            let Some(word) = words.get_mut(index) else { continue };
            let figure = is_figure(&word.text);
            let Some(image) = self.window(word) else { continue };
            let second = (self.read)(&image, figure);
            if !settle(word, second, figure) {
                dropped.push(index);
            }
        }
        // A long word among words that were read well is one too, however bad its print.
        dropped.retain(|index| {
            words.get(*index).is_none_or(|word| !(is_word(&word.text) && stands_in_text(word, words)))
        });
        let mut index = 0;
        words.retain(|_| {
            index += 1;
            !dropped.contains(&(index - 1))
        });
        dropped.len()
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded by the checks before"
    )]
    fn window(&self, word: &Placed) -> Option<Gray> {
        let (width, height) = (word.right - word.left, word.bottom - word.top);
        if !(3.0..=200.0).contains(&height) || !(3.0..=1200.0).contains(&width) {
            return None;
        }
        let room = (height * ROOM).max(4.0);
        let factor = (WANTED / height).clamp(1.0, 4.0);
        let size = [((width + 2.0 * room) * factor) as usize, ((height + 2.0 * room) * factor) as usize];
        Some(deskew::window(self.page, self.turn, [word.left - room, word.top - room], factor, size))
    }
}

fn is_unsure(word: &Placed) -> bool {
    let limit = if is_figure(&word.text) { UNSURE_FIGURE } else { UNSURE };
    word.confidence.value() < limit
}

/// Tells whether a word is a figure: an amount, a date, an identifier; digits and the signs between them, four digits at least or an amount.
pub(crate) fn is_figure(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text
        .chars()
        .filter(|sign| !sign.is_ascii_digit() && !matches!(sign, '.' | ',' | '/' | '-' | '$' | '%'))
        .count();
    digits >= 3 && others == 0 || digits >= 8 && others <= 2
}

// Tells whether the word stays.
fn settle(word: &mut Placed, second: Option<(String, Confidence)>, figure: bool) -> bool {
    let first = word.confidence.value();
    let Some((text, confidence)) = second.filter(|(text, _)| !text.is_empty()) else {
        return figure || first >= SCRAWL;
    };
    let sure = confidence.value();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if text == word.text || (figure && digits(&text) == digits(&word.text)) {
        // Both say the same: each leaves its doubt only where the other does too.
        word.confidence = Confidence::new((1.0 - (1.0 - first) * (1.0 - sure)).min(0.96).max(first));
        return true;
    }
    if figure {
        let surer = sure >= 0.9 && first < UNSURE && digits(&text).len() >= digits(&word.text).len();
        if surer {
            word.text = text;
        }
        // They differ: whichever stands is unsure.
        word.confidence = Confidence::new(first.min(sure).min(UNSURE - 0.05));
        return true;
    }
    if sure >= UNSURE && sure > first + 0.1 {
        word.text = text;
        word.confidence = confidence;
        return true;
    }
    first.max(sure) >= SCRAWL
}

// Whether a neighbour in the line was read well.
fn stands_in_text(word: &Placed, words: &[Placed]) -> bool {
    let height = word.bottom - word.top;
    words.iter().any(|other| {
        let level = word.bottom.min(other.bottom) - word.top.max(other.top)
            > 0.5 * height.min(other.bottom - other.top);
        let gap = (other.left - word.right).max(word.left - other.right);
        let letters = other.text.chars().filter(|sign| sign.is_alphanumeric()).count();
        level && gap < 3.0 * height && letters >= 3 && other.confidence.value() >= 0.8
    })
}

// Four letters with a vowel, as of a word.
fn is_word(text: &str) -> bool {
    text.chars().filter(|sign| sign.is_alphabetic()).count() >= 4
        && text.chars().any(|sign| "aeiouáéíóúAEIOUÁÉÍÓÚ".contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f64) -> Placed {
        Placed {
            text: text.into(),
            left: 10.0,
            top: 10.0,
            right: 90.0,
            bottom: 30.0,
            band: [10.0, 30.0],
            size: 20.0,
            confidence: Confidence::new(confidence),
        }
    }

    fn weighed(first: (&str, f64), second: Option<(&str, f64)>) -> Option<(String, f64)> {
        let page = Gray { width: 100, height: 40, pixels: vec![255; 4000] };
        let read = |_: &Gray, _: bool| second.map(|(text, sure)| (text.to_string(), Confidence::new(sure)));
        let mut words = vec![word(first.0, first.1)];
        SecondLook { page: &page, turn: None, read: &read }.weigh(&mut words);
        words.pop().map(|word| (word.text, word.confidence.value()))
    }

    #[test]
    fn the_surer_reading_is_taken_and_agreement_counts() {
        assert_eq!(weighed(("contralo", 0.4), Some(("contrato", 0.92))), Some(("contrato".into(), 0.92)));
        assert_eq!(weighed(("contrato", 0.5), Some(("contrato", 0.5))), Some(("contrato".into(), 0.75)));
        assert_eq!(
            weighed(("contrato", 0.95), Some(("otra", 0.99))),
            Some(("contrato".into(), 0.95)),
            "sure already"
        );
    }

    #[test]
    fn figures_that_differ_stay_unsure() {
        let settled = weighed(("1790012345001", 0.8), Some(("1790012545001", 0.95))).expect("stays");
        assert_eq!(settled.0, "1790012345001", "the first stands");
        assert!(settled.1 < UNSURE, "and is marked");
        let agreed = weighed(("12.650,20", 0.7), Some(("12.650,20", 0.9))).expect("stays");
        assert!(agreed.1 > 0.9);
        assert!(weighed(("12.650,20", 0.1), None).is_some(), "a figure is never dropped");
    }

    #[test]
    fn scrawls_are_no_text_but_words_stay() {
        assert_eq!(weighed(("=>", 0.2), Some(("Y)", 0.3))), None);
        assert_eq!(weighed(("Wv", 0.2), None), None);
        let page = Gray { width: 200, height: 40, pixels: vec![255; 8000] };
        let mut words = vec![word("Servicios", 0.2), word("suemnmo", 0.2), word("Generales", 0.95)];
        for (word, left) in words.iter_mut().zip([10.0, 400.0, 95.0]) {
            (word.left, word.right) = (left, left + 80.0);
        }
        SecondLook { page: &page, turn: None, read: &|_, _| None }.weigh(&mut words);
        let left: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(left, ["Servicios", "Generales"], "beside a word that was read well");
    }
}
