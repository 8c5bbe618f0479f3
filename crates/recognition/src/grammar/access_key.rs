//! Access keys of electronic vouchers (SRI, *clave de acceso*): 49 digits that say day, kind, issuer and number, and end in a
//! check digit of modulus 11.

use super::{Found, digits_with_repairs, pattern, ranges};
use crate::layout::Folded;
use cotejo_domain::Ruc;
use jiff::civil::Date;
use std::ops::Range;

pattern!(KEY, r"\d(?: ?\d){48}");
pattern!(READABLE, r"[0-9oqdlizsgb|!](?: ?[0-9oqdlizsgb|!]){48}");

/// Holds what an access key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessKey {
    /// The 49 digits.
    pub digits: String,
    /// Whether the check digit agrees.
    pub agrees: bool,
}

impl AccessKey {
    fn new(digits: String) -> Self {
        let agrees = check_digit(&digits) == digits.bytes().next_back().map(|byte| u32::from(byte - b'0'));
        Self { digits, agrees }
    }

    /// Returns the day of the voucher, if the first eight digits are one.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        let part = |range: Range<usize>| self.digits.get(range);
        let day = part(0..2)?.parse().ok()?;
        Date::new(part(4..8)?.parse().ok()?, part(2..4)?.parse().ok()?, day).ok()
    }

    /// Returns the issuer's number.
    #[must_use]
    pub fn issuer(&self) -> Option<Ruc> {
        Ruc::parse(self.digits.get(10..23)?).ok()
    }

    /// Returns the voucher's number as it is printed: `001-002-000000123`.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        let part = |range: Range<usize>| self.digits.get(range);
        Some(format!("{}-{}-{}", part(24..27)?, part(27..30)?, part(30..39)?))
    }
}

/// Computes the check digit over the first 48 digits: weights 2 to 7 from the right, 11 less the remainder; 11 stands as 0 and 10 as 1.
fn check_digit(digits: &str) -> Option<u32> {
    let body = digits.get(..48)?;
    let sum: u32 =
        body.bytes().rev().zip((2..=7).cycle()).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    Some(match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        other => other,
    })
}

/// Finds the keys of a text. A key whose check digit disagrees is found too, with less certainty: it warns, it does not reject.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<AccessKey>> {
    ranges(&KEY, text.ascii())
        .into_iter()
        .filter(|range| stands_alone(text.ascii(), range))
        .filter_map(|range| {
            let key = AccessKey::new(text.slice(range.clone()).replace(' ', ""));
            let plausible = key.agrees || key.date().is_some() && key.issuer().is_some();
            plausible.then_some(Found { range, certainty: if key.agrees { 1.0 } else { 0.6 }, value: key })
        })
        .collect()
}

/// Reads the key of a place that a label names, with the letters that OCR puts for digits; a repaired key counts only where its check
/// digit agrees.
#[must_use]
pub fn read(text: &Folded) -> Option<Found<AccessKey>> {
    if let Some(found) = find(text).into_iter().next() {
        return Some(found);
    }
    ranges(&READABLE, text.ascii()).into_iter().find_map(|range| {
        let (digits, repairs) = digits_with_repairs(&text.slice(range.clone()).replace(' ', ""))?;
        let key = AccessKey::new(digits);
        (key.agrees && repairs <= 6).then_some(Found { range, value: key, certainty: 0.65 })
    })
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let digit = |index: Option<usize>| {
        index.and_then(|index| text.as_bytes().get(index)).is_some_and(u8::is_ascii_digit)
    };
    !digit(range.start.checked_sub(1)) && !digit(Some(range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Day 22/04/2024, invoice, a fictional issuer, production, 001-002-000000123.
    const BODY: &str = "220420240117900123440012001002000000123123456781";

    fn key() -> String {
        format!("{BODY}{}", check_digit(BODY).expect("48 digits"))
    }

    #[test]
    fn a_key_says_day_issuer_and_number() {
        let text = Folded::new(&format!("CLAVE DE ACCESO {}", key()));
        let found = find(&text);
        assert_eq!(found.len(), 1);
        assert!(found[0].value.agrees && found[0].certainty > 0.99);
        assert_eq!(found[0].value.date().map(|date| date.to_string()), Some("2024-04-22".into()));
        assert_eq!(found[0].value.issuer().map(|ruc| ruc.to_string()), Some("1790012344001".into()));
        assert_eq!(found[0].value.number().as_deref(), Some("001-002-000000123"));
        let mut groups = key();
        groups.insert(20, ' ');
        assert_eq!(find(&Folded::new(&groups)).len(), 1, "broken over two lines");
    }

    #[test]
    fn the_check_digit_of_a_published_example_agrees() {
        // Eleven stands as zero and ten as one: both ends of the rule, computed by hand over a body of zeros.
        assert_eq!(check_digit(&"0".repeat(48)), Some(0));
        let mut body = "0".repeat(47);
        body.push('6'); // 6 × 2 = 12, 12 mod 11 = 1, 11 − 1 = 10
        assert_eq!(check_digit(&body), Some(1));
    }

    #[test]
    fn a_wrong_key_warns_and_a_longer_number_is_none() {
        let mut wrong = key();
        let last = wrong.pop().expect("a digit");
        wrong.push(if last == '0' { '1' } else { '0' });
        assert!(find(&Folded::new(&wrong)).iter().all(|found| found.certainty < 0.7));
        assert!(find(&Folded::new(&format!("{}7", key()))).is_empty(), "50 digits");
        assert!(find(&Folded::new(&"9".repeat(49))).is_empty(), "no day, no issuer");
    }

    #[test]
    fn a_scan_s_letters_are_repaired_only_where_the_check_digit_agrees() {
        let noisy = key().replacen('0', "O", 2);
        assert_eq!(
            read(&Folded::new(&noisy)).map(|found| (found.value.digits, found.certainty)),
            Some((key(), 0.65))
        );
        let mut wrong = noisy.clone();
        wrong.replace_range(40..41, if &noisy[40..41] == "9" { "8" } else { "9" });
        assert_eq!(read(&Folded::new(&wrong)), None);
    }
}
