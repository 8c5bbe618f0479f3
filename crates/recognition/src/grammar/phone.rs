//! Telephone numbers of Ecuador: `(02) 361-0896`, `0991234567`, `+593 2 361 0896`.

use super::{Found, pattern, ranges};
use crate::layout::Folded;

pattern!(NUMBER, r"(?:\+ ?\(?593\)?|\(0?[2-7]\)|0[2-7]|09\d)[ )./-]*\d[\d -]{5,10}\d");

/// Finds telephone numbers: the digits, with a plus when the country's prefix was written.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<String>> {
    ranges(&NUMBER, text.ascii())
        .into_iter()
        .filter_map(|range| {
            let slice = text.slice(range.clone());
            let digits: String = slice.chars().filter(char::is_ascii_digit).collect();
            let whole = digit_free(text.ascii(), range.start.checked_sub(1))
                && digit_free(text.ascii(), Some(range.end));
            let value = match (slice.starts_with('+'), digits.len()) {
                (true, 11 | 12) => format!("+{digits}"),
                (false, 9 | 10) => digits,
                (false, 8) if slice.starts_with('(') => format!("0{digits}"),
                _ => return None,
            };
            whole.then_some(Found { range, value, certainty: 1.0 })
        })
        .collect()
}

fn digit_free(text: &str, index: Option<usize>) -> bool {
    !index.and_then(|index| text.as_bytes().get(index)).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_and_international_forms_are_read() {
        let found =
            |text: &str| find(&Folded::new(text)).into_iter().map(|found| found.value).collect::<Vec<_>>();
        assert_eq!(found("Teléfono: 023610896/0939073316"), ["023610896", "0939073316"]);
        assert_eq!(found("(02) 361-0896"), ["023610896"]);
        assert_eq!(found("+593 2 361 0896"), ["+59323610896"]);
        assert!(found("RUC 1790011674001").is_empty());
    }
}
