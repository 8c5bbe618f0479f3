//! One file for each datum: how it is written on real papers, and what it means.
//!
//! Every reader is pure. It works on [`Folded`] text and answers with ranges of it, so that the caller can keep the characters
//! as they were read. `find` looks for a datum anywhere; `read` takes a place that a label already names and may therefore
//! propose a repair of what OCR confuses, with a lower certainty. What cannot be told is not guessed.

pub mod access_key;
pub mod account;
pub mod activity;
pub mod country;
pub mod cpc;
pub mod date;
pub mod duration;
pub mod email;
pub mod fuzzy;
pub mod identifier;
pub mod moment;
pub mod money;
pub mod percent;
pub mod person_id;
pub mod phone;
pub mod placeholder;
pub mod plate;
pub mod process_code;
pub mod repair;
pub mod unit;
pub mod url;
pub mod words;

use std::ops::Range;

/// Holds one value found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// Its place in the folded text.
    pub range: Range<usize>,
    /// The value.
    pub value: T,
    /// How sure the reading is, 0 to 1: 1 when every character is as written and every check agrees.
    pub certainty: f64,
}

/// Compiles a pattern once; the patterns are literals that tests exercise.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: std::sync::LazyLock<Option<regex::Regex>> =
            std::sync::LazyLock::new(|| regex::Regex::new($text).ok());
    };
}
pub(crate) use pattern;

/// Returns the matches of a pattern as ranges.
pub(crate) fn ranges(pattern: &Option<regex::Regex>, text: &str) -> Vec<Range<usize>> {
    pattern.iter().flat_map(|pattern| pattern.find_iter(text).map(|found| found.range())).collect()
}

/// Reads a token as digits, taking letters that OCR puts for digits; tells how many were taken so.
pub(crate) fn digits_with_repairs(token: &str) -> Option<(String, usize)> {
    let mut repairs = 0;
    let digits = token
        .chars()
        .map(|character| {
            if character.is_ascii_digit() {
                return Some(character);
            }
            repairs += 1;
            match character {
                'o' | 'q' | 'd' => Some('0'),
                'l' | 'i' | '|' | '!' => Some('1'),
                'z' => Some('2'),
                's' => Some('5'),
                'g' => Some('6'),
                'b' => Some('8'),
                _ => None,
            }
        })
        .collect::<Option<String>>()?;
    Some((digits, repairs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repair_is_counted() {
        assert_eq!(digits_with_repairs("179oo1l"), Some(("1790011".into(), 3)));
        assert_eq!(digits_with_repairs("17900x1"), None, "x stands for no digit");
    }
}
