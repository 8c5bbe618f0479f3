//! Numbers of a scan in which letters stand for figures: `1.2S0,O0`, `2O/O4/2024`.
//!
//! A repair never passes for what was read: the caller keeps the read characters beside the value, and the certainty says that it is a
//! proposal. At least half of the signs must be figures, so that no word becomes a number.

use super::digits_with_repairs;
use crate::layout::Folded;

/// Certainty of what was repaired: *probable* at most.
pub const CERTAINTY: f64 = 0.6;

/// Returns the text with letters put right inside tokens that are numbers but for them; `None` when there is nothing to put right. The
/// ranges of the text stay the same, sign for sign.
#[must_use]
pub fn figures(text: &Folded) -> Option<Folded> {
    let ascii = text.ascii();
    let mut repaired = String::with_capacity(ascii.len());
    let mut changed = false;
    for token in ascii.split_inclusive(' ') {
        match token_figures(token.trim_end_matches(' ')) {
            Some(fixed) => {
                changed = true;
                repaired.push_str(&fixed);
                repaired.push_str(&token[fixed.len()..]);
            }
            None => repaired.push_str(token),
        }
    }
    changed.then(|| Folded::new(&repaired))
}

fn token_figures(token: &str) -> Option<String> {
    let signs =
        |byte: u8| matches!(byte, b'.' | b',' | b'/' | b'-' | b'\'' | b'%' | b'$' | b'(' | b')' | b':');
    let body: Vec<u8> = token.bytes().filter(|byte| !signs(*byte)).collect();
    let figures = body.iter().filter(|byte| byte.is_ascii_digit()).count();
    if body.len() < 2 || figures == body.len() || figures * 2 < body.len() {
        return None;
    }
    token
        .chars()
        .map(|character| {
            if u8::try_from(character).is_ok_and(signs) {
                return Some(character);
            }
            digits_with_repairs(&character.to_string()).and_then(|(digit, _)| digit.chars().next())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_inside_numbers_are_put_right_and_words_stay() {
        let repaired = |text: &str| figures(&Folded::new(text)).map(|folded| folded.ascii().to_string());
        assert_eq!(repaired("USD 1.2S0,O0").as_deref(), Some("usd 1.250,00"));
        assert_eq!(repaired("2O/O4/2024").as_deref(), Some("20/04/2024"));
        assert_eq!(repaired("SOLO 250,00"), None, "a word is no number");
        assert_eq!(repaired("m2"), None, "nor is a unit");
        assert_eq!(repaired("lOO"), None, "hardly a figure in it");
    }
}
