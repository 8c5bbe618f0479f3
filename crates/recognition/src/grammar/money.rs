//! Amounts and other numbers, in both notations (manual §6): `87.020,22`, `509,010.19`, `1´000.000,00`, `300.252,63000`.
//!
//! `1.250` and `1,250` say nothing of themselves: both readings are returned, and only a context (the amount in words, the
//! arithmetic of a row, the notation of the other rows) may choose one.

use super::{Found, pattern};
use crate::layout::Folded;
use rust_decimal::Decimal;
use std::ops::Range;
use std::str::FromStr;

/// Holds a number as far as its notation tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// It can be read in one way only.
    Exact(Decimal),
    /// Its only separator stands before exactly three digits.
    Ambiguous {
        /// The value if the separator groups thousands.
        grouped: Decimal,
        /// The value if it is the decimal separator.
        decimal: Decimal,
    },
}

impl Number {
    /// Returns every reading, the grouped one first.
    #[must_use]
    pub fn readings(self) -> Vec<Decimal> {
        match self {
            Self::Exact(value) => vec![value],
            Self::Ambiguous { grouped, decimal } => vec![grouped, decimal],
        }
    }

    /// Returns the value when there is only one reading.
    #[must_use]
    pub fn exact(self) -> Option<Decimal> {
        match self {
            Self::Exact(value) => Some(value),
            Self::Ambiguous { .. } => None,
        }
    }

    /// Returns the reading that a context confirms, if it confirms exactly one.
    #[must_use]
    pub fn confirmed_by(self, confirms: impl Fn(Decimal) -> bool) -> Option<Decimal> {
        let mut confirmed = self.readings().into_iter().filter(|value| confirms(*value));
        match (confirmed.next(), confirmed.next()) {
            (Some(value), None) => Some(value),
            _ => None,
        }
    }
}

/// Holds an amount found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub number: Number,
    /// Whether a sign or word of the currency stands with it.
    pub currency: bool,
}

pattern!(
    AMOUNT,
    r"((?:usd?|u\.?s\.?d?)?\.? ?\$|\busd\b\.?|\bus\b\.?) ?(\d{1,3}(?: \d{3})+(?:[.,]\d{1,5})?|\d[\d.,']*\d|\d)|\b(\d{1,3}(?: \d{3})+,\d{2}|\d[\d.,']*\d|\d)"
);
pattern!(CURRENCY_AFTER, r"^ ?(?:usd\b|\$|dolares\b|us\b)");

/// Finds numbers and amounts. Percentages, dates and codes are not among them.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<Amount>> {
    let Some(pattern) = AMOUNT.as_ref() else { return Vec::new() };
    let ascii = text.ascii();
    pattern
        .captures_iter(ascii)
        .filter_map(|captures| {
            let whole = captures.get(0)?;
            let digits = captures.get(2).or_else(|| captures.get(3))?;
            let after = &ascii[digits.end()..];
            // Two numbers side by side, of which the second goes on: `599 449,626.13`.
            let goes_on =
                after.trim_start_matches(['.', ',', '\'']).starts_with(|next: char| next.is_ascii_digit());
            if digits.as_str().contains(' ') && goes_on {
                return None;
            }
            if after.starts_with(['/', '-'])
                && after[1..].starts_with(|next: char| next.is_ascii_alphanumeric())
                || after.trim_start().starts_with('%')
                || after.starts_with(|next: char| next.is_ascii_alphabetic())
                || captures.get(1).is_none() && joined_before(ascii, whole.start())
            {
                return None;
            }
            let currency = captures.get(1).is_some()
                || CURRENCY_AFTER.as_ref().is_some_and(|pattern| pattern.is_match(after));
            let number = parse(digits.as_str())?;
            let certainty = if matches!(number, Number::Exact(_)) { 1.0 } else { 0.5 };
            Some(Found { range: text.trim(whole.range()), value: Amount { number, currency }, certainty })
        })
        .collect()
}

fn joined_before(text: &str, start: usize) -> bool {
    let mut before = text[..start].bytes().rev();
    match before.next() {
        Some(b'-' | b'/' | b'.' | b',' | b'\'') => {
            before.next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        }
        Some(byte) => byte.is_ascii_alphanumeric(),
        None => false,
    }
}

/// Reads the only number of a place, such as a cell: signs of the currency may stand with it, other words may not.
#[must_use]
pub fn read(text: &Folded, place: Range<usize>) -> Option<Found<Amount>> {
    let place = text.trim(place);
    let slice = text.slice(place.clone());
    let rest = slice
        .trim_start_matches(|sign: char| "usd$. ".contains(sign))
        .trim_end_matches([' ', '$', '.', ',', ';']);
    let rest = rest.strip_suffix("usd").or_else(|| rest.strip_suffix("dolares")).unwrap_or(rest).trim_end();
    let negative = slice.starts_with('-') || slice.starts_with('(') && slice.ends_with(')');
    if rest.is_empty()
        || negative
        || !rest.bytes().all(|byte| byte.is_ascii_digit() || b".,' ".contains(&byte))
    {
        return None;
    }
    let number = parse(rest)?;
    let currency = slice.contains('$') || slice.contains("usd") || slice.contains("dolares");
    let certainty = if matches!(number, Number::Exact(_)) { 1.0 } else { 0.5 };
    Some(Found { range: place, value: Amount { number, currency }, certainty })
}

/// Reads a number of digits and separators.
#[must_use]
pub fn parse(text: &str) -> Option<Number> {
    let mut groups: Vec<&str> = Vec::new();
    let mut separators: Vec<u8> = Vec::new();
    let mut start = 0;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {}
            b'.' | b',' | b'\'' | b' ' => {
                groups.push(&text[start..index]);
                separators.push(byte);
                start = index + 1;
            }
            _ => return None,
        }
    }
    groups.push(&text[start..]);
    if groups.iter().any(|group| group.is_empty()) || text.len() > 24 {
        return None;
    }
    let (last, head) = groups.split_last()?;
    let (Some(sign), earlier) =
        (separators.last().copied(), &separators[..separators.len().saturating_sub(1)])
    else {
        return decimal(last, "").map(Number::Exact);
    };
    let grouped_well = head.first().is_some_and(|group| (1..=3).contains(&group.len()))
        && head[1..].iter().all(|group| group.len() == 3);
    let thousands = || decimal(&groups.concat(), "");
    let fraction = || decimal(&head.concat(), last);
    if matches!(sign, b'\'' | b' ') {
        // These two only ever group.
        return if grouped_well && last.len() == 3 { thousands().map(Number::Exact) } else { None };
    }
    if earlier.is_empty() {
        return match last.len() {
            3 if head[0] == "0" => fraction().map(Number::Exact),
            3 if head[0].len() <= 3 && !head[0].starts_with('0') => {
                Some(Number::Ambiguous { grouped: thousands()?, decimal: fraction()? })
            }
            1..=6 => fraction().map(Number::Exact),
            _ => None,
        };
    }
    if !grouped_well {
        return None;
    }
    if earlier.iter().all(|other| *other == sign) {
        return if last.len() == 3 { thousands().map(Number::Exact) } else { None };
    }
    if earlier.contains(&sign) {
        return None; // «1.234,567.890»: the decimal separator stands once
    }
    if last.len() == 3 && earlier.iter().all(|other| *other == b'\'') {
        // «1'000.000» is a million to most and a thousand with three decimals to some.
        return Some(Number::Ambiguous { grouped: thousands()?, decimal: fraction()? });
    }
    (last.len() <= 6).then(fraction).flatten().map(Number::Exact)
}

/// Tells which sign a number uses before its decimals, as far as the number alone shows it.
#[must_use]
pub fn decimal_mark(text: &str) -> Option<char> {
    let number: String = text.chars().skip_while(|character| !character.is_ascii_digit()).collect();
    if !matches!(parse(number.trim()), Some(Number::Exact(_))) {
        return None;
    }
    let signs: Vec<char> = number.chars().filter(|character| matches!(character, '.' | ',')).collect();
    let last = *signs.last()?;
    let other = if last == ',' { '.' } else { ',' };
    // «1.284.650» has no decimals: its points group.
    if signs.len() > 1 && signs.iter().all(|sign| *sign == last) { Some(other) } else { Some(last) }
}

/// Returns the only point or comma of a number.
#[must_use]
pub fn only_mark(text: &str) -> Option<char> {
    let mut signs = text
        .chars()
        .skip_while(|character| !character.is_ascii_digit())
        .filter(|character| matches!(character, '.' | ','));
    let first = signs.next()?;
    signs.next().is_none().then_some(first)
}

fn decimal(whole: &str, fraction: &str) -> Option<Decimal> {
    if whole.len() > 15 {
        return None;
    }
    Decimal::from_str(&if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") })
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::Money;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        Decimal::from_str(text).expect("a decimal")
    }

    #[test]
    fn attack_a_number_is_not_made_of_the_box_before_it_and_a_part_of_the_value() {
        for row in ["total del pasivo 599 449,626.13", "total del pasivo 599 449.626,13"] {
            let values: Vec<Number> =
                find(&Folded::new(row)).into_iter().map(|found| found.value.number).collect();
            let joined = [dec("599449.62"), dec("6.13")];
            assert!(values.iter().all(|number| number.exact().is_none_or(|value| !joined.contains(&value))));
        }
    }

    #[test]
    fn both_notations_are_read() {
        for (written, value) in [
            ("87.020,22", "87020.22"),
            ("300.252,63000", "300252.63000"),
            ("509,010.19", "509010.19"),
            ("1'000.000,00", "1000000.00"),
            ("1'000,000.00", "1000000.00"),
            ("12 345,67", "12345.67"),
            ("1.284.650", "1284650"),
            ("1'250", "1250"),
            ("16.467,25", "16467.25"),
            ("0,306", "0.306"),
            ("1234,567", "1234.567"),
            ("9.86", "9.86"),
            ("4,5", "4.5"),
            ("5", "5"),
            ("2.951,1234", "2951.1234"),
        ] {
            assert_eq!(parse(written), Some(Number::Exact(dec(value))), "{written}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_guessed() {
        for written in ["1,250", "1.250", "12.500", "999,999"] {
            let Some(Number::Ambiguous { grouped, decimal }) = parse(written) else {
                panic!("{written} has two readings")
            };
            assert_eq!(grouped, decimal * Decimal::from(1000), "{written}");
        }
        assert!(matches!(parse("1'000.000"), Some(Number::Ambiguous { .. })));
        let number = parse("1,250").expect("a number");
        assert_eq!(
            number.confirmed_by(|value| value == dec("1250")),
            Some(dec("1250")),
            "the words confirm one"
        );
        assert_eq!(number.confirmed_by(|_| true), None, "a context that confirms both decides nothing");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for written in
            ["22.04.2024", "84.01.04", "1.234.56", "1,2,3", "12.34.56,7", "1.234,567.890", "", ".", "1."]
        {
            assert_eq!(parse(written), None, "{written}");
        }
    }

    #[test]
    fn amounts_are_found_in_sentences() {
        let text = Folded::new(
            "el valor de USD 87.020,22 (12%), del 22/04/2024; total $ 12 345,67. Oficio 0779-M de 4.3.2024",
        );
        let found: Vec<_> = find(&text).into_iter().filter(|found| found.value.currency).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].value.number, Number::Exact(dec("87020.22")));
        assert_eq!(text.raw(found[1].range.clone()), "$ 12 345,67");
        assert!(
            !find(&text).iter().any(|found| text.raw(found.range.clone()).contains("2024")),
            "dates are none"
        );
    }

    #[test]
    fn a_cell_holds_one_number() {
        let cell = |text: &str| {
            let folded = Folded::new(text);
            let place = 0..folded.len();
            read(&folded, place).map(|found| found.value.number)
        };
        assert_eq!(cell("$ 14.491,18"), Some(Number::Exact(dec("14491.18"))));
        assert_eq!(cell("USD. 1.284,50"), Some(Number::Exact(dec("1284.50"))));
        assert_eq!(cell("2 de 3"), None);
        assert_eq!(cell("-5,00"), None, "a negative amount needs a person");
    }

    proptest! {
        #[test]
        fn what_we_print_we_read(cents in 0_i64..99_999_999_999) {
            let money = Money(Decimal::new(cents, 2));
            let printed = money.spanish();
            let english = printed.replace('.', "_").replace(',', ".").replace('_', ",");
            prop_assert_eq!(parse(&printed), Some(Number::Exact(money.0)), "{}", printed);
            prop_assert_eq!(parse(&english), Some(Number::Exact(money.0)), "{}", english);
        }

        #[test]
        fn nothing_panics(text in "[0-9., ']{0,26}") {
            let _ = parse(&text);
            let folded = Folded::new(&text);
            let _ = find(&folded);
            let _ = read(&folded, 0..folded.len());
        }
    }
}
