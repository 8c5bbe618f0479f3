//! Text without accents and case, aligned with the original.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Holds a text and its folded form: lower-case ASCII, exactly one byte for each character of the (NFC) text.
///
/// Extractors search the folded form; a range of it is a range of characters of the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    raw: String,
    ascii: String,
    starts: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.push(text);
        folded
    }

    /// Appends a text and returns the range it occupies.
    pub fn push(&mut self, text: &str) -> Range<usize> {
        let start = self.ascii.len();
        for character in text.nfc() {
            self.starts.push(self.raw.len());
            self.raw.push(character);
            self.ascii.push(fold_character(character));
        }
        start..self.ascii.len()
    }

    /// Returns the folded form.
    #[must_use]
    pub fn ascii(&self) -> &str {
        &self.ascii
    }

    /// Returns the original characters of a range of the folded form; what lies outside the text is left out.
    #[must_use]
    pub fn raw(&self, range: Range<usize>) -> &str {
        let start = self.starts.get(range.start).copied().unwrap_or(self.raw.len());
        let end = self.starts.get(range.end).copied().unwrap_or(self.raw.len());
        self.raw.get(start..end).unwrap_or_default()
    }

    /// Returns a range of the folded form; what lies outside the text is left out.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &str {
        let end = range.end.min(self.ascii.len());
        self.ascii.get(range.start.min(end)..end).unwrap_or_default()
    }

    /// Shrinks a range so that it neither starts nor ends with spaces.
    #[must_use]
    pub fn trim(&self, range: Range<usize>) -> Range<usize> {
        let slice = self.slice(range.clone());
        let start = range.start + (slice.len() - slice.trim_start().len());
        let end = start + slice.trim().len();
        start..end
    }

    /// Returns the number of characters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ascii.len()
    }

    /// Tells whether there is no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ascii.is_empty()
    }
}

/// Returns only the letters and digits of a folded text: what comparisons that forgive spacing work on.
#[must_use]
pub fn squeeze(folded: &str) -> String {
    folded.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn fold_character(character: char) -> char {
    if character.is_ascii() {
        return if character.is_ascii_whitespace() { ' ' } else { character.to_ascii_lowercase() };
    }
    match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{b4}' | '\u{2032}' | '\u{2bc}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2026}' | '\u{b7}' => '.',
        '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{f0b7}' => '*',
        '\u{ba}' | '\u{b0}' => 'o',
        '\u{aa}' => 'a',
        other if other.is_whitespace() => ' ',
        other => std::iter::once(other)
            .nfd()
            .next()
            .filter(char::is_ascii_alphanumeric)
            .map_or('~', |base| base.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_of_the_folded_form_is_a_range_of_the_original() {
        let text = Folded::new("RAZÓN SOCIAL: Ñandú – 1´000");
        assert_eq!(text.ascii(), "razon social: nandu - 1'000", "accents, case and typographic signs go");
        assert_eq!(text.raw(14..19), "Ñandú", "the original keeps its accents");
        let decomposed = Folded::new("RAZO\u{301}N");
        assert_eq!(decomposed.ascii(), "razon", "a decomposed accent is one character");
    }

    proptest! {
        #[test]
        fn folding_never_loses_alignment(text in "\\PC{0,60}") {
            let folded = Folded::new(&text);
            prop_assert!(folded.ascii().is_ascii());
            prop_assert_eq!(folded.raw(0..folded.len()).chars().count(), folded.len());
        }
    }
}
