//! Numbers as they are printed in tables: every reading a text allows, so that consistency may choose and nothing is guessed.
//!
//! `1.250,40` and `1,250.40` have one reading each. `1.250` has two: one thousand two hundred and fifty, or one and a quarter.

use rust_decimal::{Decimal, RoundingStrategy};

/// Names the character that separates the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Notation {
    /// `1.250,40`
    Comma,
    /// `1,250.40`
    Dot,
}

/// Holds one reading of a printed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value.
    pub value: Decimal,
    /// Decimals printed.
    pub decimals: u32,
    /// The notation it presumes, or `None` when the text has no separator to tell.
    pub notation: Option<Notation>,
}

/// Returns the readings of a cell, none when it holds no number. A sign of currency, blanks and apostrophes between digits are ignored.
#[must_use]
pub fn readings(text: &str) -> Vec<Reading> {
    let Some(plain) = digits_and_separators(text) else { return Vec::new() };
    let dots = plain.matches('.').count();
    let commas = plain.matches(',').count();
    let mut readings = Vec::new();
    match (dots, commas) {
        (0, 0) => readings.extend(ungrouped(&plain, '\'').and_then(|whole| reading(&whole, "", None))),
        (_, 0) => one_kind(&plain, '.', Notation::Dot, Notation::Comma, &mut readings),
        (0, _) => one_kind(&plain, ',', Notation::Comma, Notation::Dot, &mut readings),
        _ => {
            let decimal_is_comma = plain.rfind(',') > plain.rfind('.');
            let (decimal, thousands, notation) =
                if decimal_is_comma { (',', '.', Notation::Comma) } else { ('.', ',', Notation::Dot) };
            if let Some((whole, fraction)) = plain.rsplit_once(decimal)
                && !whole.contains(decimal)
                && let Some(whole) = ungrouped(whole, thousands)
            {
                readings.extend(reading(&whole, fraction, Some(notation)));
            }
        }
    }
    readings
}

fn digits_and_separators(text: &str) -> Option<String> {
    let text =
        text.trim().trim_start_matches("USD").trim_start_matches("US$").trim_start_matches(['.', ' ', '$']);
    let text = text.trim().trim_end_matches("USD").trim_end_matches(['$', '%']).trim();
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '0'..='9' | '.' | ',' => plain.push(character),
            '-' if plain.is_empty() => plain.push('-'),
            // An apostrophe between millions separates like any separator of thousands.
            '\'' | '\u{b4}' | '\u{2019}' | '`' => plain.push('\''),
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => {}
            _ => return None,
        }
    }
    plain.chars().any(|character| character.is_ascii_digit()).then_some(plain)
}

fn reading(whole: &str, fraction: &str, notation: Option<Notation>) -> Option<Reading> {
    let text = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    let value = text.parse().ok()?;
    Some(Reading { value, decimals: u32::try_from(fraction.len()).ok()?, notation })
}

/// Reads a text with separators of one kind: decimal if it is the only one, thousands if the groups are of three.
fn one_kind(
    plain: &str,
    separator: char,
    as_decimal: Notation,
    as_thousands: Notation,
    readings: &mut Vec<Reading>,
) {
    if let Some((whole, fraction)) = plain.split_once(separator)
        && !fraction.contains(separator)
        && !fraction.is_empty()
    {
        let whole = if whole.is_empty() { Some("0".to_owned()) } else { ungrouped(whole, '\'') };
        readings.extend(whole.and_then(|whole| reading(&whole, fraction, Some(as_decimal))));
    }
    if let Some(whole) = ungrouped(plain, separator) {
        readings.extend(reading(&whole, "", Some(as_thousands)));
    }
}

/// Takes the separators of thousands out; `None` when the groups are not of three or the first is empty or a lone zero.
fn ungrouped(text: &str, separator: char) -> Option<String> {
    let text = text.replace('\'', &separator.to_string());
    let mut groups = text.trim_start_matches('-').split(separator);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    if rest.is_empty() {
        return Some(text);
    }
    let well_formed = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && rest.iter().all(|group| group.len() == 3);
    well_formed.then(|| text.replace(separator, ""))
}

/// Rounds half up, the practice where no norm fixes a rounding.
#[must_use]
pub fn half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(text: &str) -> Vec<String> {
        readings(text).iter().map(|reading| reading.value.to_string()).collect()
    }

    #[test]
    fn both_notations_are_read() {
        assert_eq!(values("300.252,63000"), ["300252.63000"], "the Portal's five decimals");
        assert_eq!(values("509,010.19"), ["509010.19"], "the other notation");
        assert_eq!(values("1´000.000,00"), ["1000000.00"], "an accent between millions");
        assert_eq!(values("$ 12 345,67"), ["12345.67"], "blanks between thousands");
        assert_eq!(values("USD 87.020,22"), ["87020.22"], "with the currency");
    }

    #[test]
    fn three_digits_after_the_only_separator_stay_ambiguous() {
        assert_eq!(values("1.250"), ["1.250", "1250"], "both readings are kept");
        assert_eq!(values("1,250"), ["1.250", "1250"], "in both notations");
        assert_eq!(values("0,125"), ["0.125"], "a leading zero is no thousand");
        assert_eq!(values("16467.25"), ["16467.25"], "two digits are decimals");
        assert_eq!(values("1.234.567"), ["1234567"], "two separators are thousands");
    }

    #[test]
    fn what_is_no_number_has_no_reading() {
        for text in ["", "m2", "TOTAL", "12/04/2024", "1.23.4", "A-12", "-", "1,23,456.0"] {
            assert!(readings(text).is_empty(), "{text} is no number: {:?}", readings(text));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "\\PC{0,40}") {
            let _ = readings(&text);
        }

        #[test]
        fn a_printed_amount_has_its_own_value_among_its_readings(cents in -99_999_999_999_i64..99_999_999_999) {
            let money = cotejo_domain::Money(Decimal::new(cents, 2));
            let found = readings(&money.spanish());
            prop_assert!(found.iter().any(|reading| reading.value == money.0), "{} → {found:?}", money.spanish());
            prop_assert_eq!(found.len(), 1, "two decimals leave no doubt");
        }
    }
}
