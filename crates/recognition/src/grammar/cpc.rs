//! Product codes of nine digits (CPC), with or without points: `452800042`, `45280.00.42`, `4.5.2.8.0.00.42`.

use super::{Found, pattern, ranges};
use crate::layout::Folded;

pattern!(CODE, r"\d{9}\b|\d{5}\.\d{2}\.\d{2}\b|(?:\d\.){5}\d{2}\.\d{2}\b|(?:\d\.){8}\d\b");

/// Finds CPC codes as nine digits. Whether nine digits are one is for the column or label to say.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<String>> {
    ranges(&CODE, text.ascii())
        .into_iter()
        .filter(|range| {
            let before = text.ascii()[..range.start].bytes().last();
            !before.is_some_and(|byte| byte.is_ascii_digit() || byte == b'.')
        })
        .map(|range| Found { value: text.slice(range.clone()).replace('.', ""), range, certainty: 1.0 })
        .filter(|found| found.value.len() == 9)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_do_not_make_another_code() {
        let found =
            |text: &str| find(&Folded::new(text)).into_iter().map(|found| found.value).collect::<Vec<_>>();
        assert_eq!(found("452800042 45280.00.42 4.5.2.8.0.00.42"), ["452800042"; 3]);
        assert!(found("1790011674001").is_empty(), "a RUC is longer");
    }
}
