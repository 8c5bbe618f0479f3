//! Percentages: `51%`, `51,00 %`, `51 por ciento`.

use super::{Found, pattern};
use crate::layout::Folded;
use cotejo_domain::Percent;
use rust_decimal::Decimal;
use std::str::FromStr;

pattern!(PERCENT, r"(\d{1,4}(?:[.,]\d{1,6})?) ?(?:%|por ciento\b)");

/// Finds percentages.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<Percent>> {
    let Some(pattern) = PERCENT.as_ref() else { return Vec::new() };
    let ascii = text.ascii();
    pattern
        .captures_iter(ascii)
        .filter_map(|captures| {
            let whole = captures.get(0)?;
            let before = ascii[..whole.start()].bytes().last();
            if before.is_some_and(|byte| byte.is_ascii_digit() || b".,".contains(&byte)) {
                return None;
            }
            let value = Decimal::from_str(&captures.get(1)?.as_str().replace(',', ".")).ok()?;
            Some(Found { range: whole.range(), value: Percent(value.normalize()), certainty: 1.0 })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comma_and_point_are_decimal_here() {
        let found = |text: &str| {
            find(&Folded::new(text)).into_iter().map(|found| found.value.0.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(found("participación 51%, 48,50 % y 0.5 por ciento"), ["51", "48.5", "0.5"]);
        assert!(found("1.234,5%").is_empty(), "a grouped number is no percentage anybody writes");
    }
}
