//! Words that are two: what is right-aligned in one narrow column and left-aligned in the next touches, and reads as one.

use crate::grammar::pattern;

pattern!(
    AMOUNT_AND_DATE,
    r"^(\$?\d{1,3}(?:[.,]?\d{3})*[.,]\d{2})(\d{2}[-/]\d{2}[-/]\d{4}|\d{4}-\d{2}-\d{2})$"
);
pattern!(NUMBER_AND_WORD, r"^(\d{10}|\d{13})([A-ZÁÉÍÓÚÑ][a-záéíóúñ]{3,}[.,]?)$");
pattern!(DATE_AND_WORD, r"^(\d{2}[-/]\d{2}[-/]\d{4}|\d{4}-\d{2}-\d{2})([A-ZÁÉÍÓÚÑ][a-záéíóúñ]{3,}[.,]?)$");

/// Parts a word where an amount, a number of identity or a date ends and something else begins; nearly every word is one part. The box is
/// parted by the number of characters.
pub(super) fn parts(text: &str, bounds: [f64; 4]) -> Vec<(&str, [f64; 4])> {
    let whole = || vec![(text, bounds)];
    if text.len() < 13 || !text.starts_with(|sign: char| sign.is_ascii_digit() || sign == '$') {
        return whole();
    }
    let at = [&AMOUNT_AND_DATE, &NUMBER_AND_WORD, &DATE_AND_WORD]
        .into_iter()
        .find_map(|pattern| Some(pattern.as_ref()?.captures(text)?.get(2)?.start()));
    let Some((first, second)) = at.and_then(|at| text.split_at_checked(at)) else { return whole() };
    let share = first.chars().count() as f64 / text.chars().count().max(1) as f64;
    let limit = bounds[0] + (bounds[2] - bounds[0]) * share;
    vec![
        (first, [bounds[0], bounds[1], limit, bounds[3]]),
        (second, [limit, bounds[1], bounds[2], bounds[3]]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        parts(text, [0.0, 0.0, 100.0, 10.0]).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn cells_that_touch_are_parted_and_numbers_are_not() {
        assert_eq!(texts("42,858.9910-12-2024"), ["42,858.99", "10-12-2024"]);
        assert_eq!(texts("1712345678Ingeniero"), ["1712345678", "Ingeniero"]);
        assert_eq!(texts("12/05/2019Residente"), ["12/05/2019", "Residente"]);
        for whole in [
            "1790012345001",
            "001-002-000012345",
            "2024-10-24",
            "1,234,567.89",
            "10:30:45.123456",
            "12345678901234",
        ] {
            assert_eq!(texts(whole), [whole]);
        }
        let [_, (_, second)] = parts("42,858.9910-12-2024", [0.0, 0.0, 190.0, 10.0])[..] else {
            panic!("two")
        };
        assert!((second[0] - 90.0).abs() < 0.1, "nine characters of nineteen");
    }
}
