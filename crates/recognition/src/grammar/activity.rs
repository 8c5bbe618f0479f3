//! Codes of economic activities (CIIU 4): `F421011`, `F4210.11`, `G 4663.11.01`.

use super::{Found, pattern, ranges};
use crate::layout::Folded;

pattern!(CODE, r"\b[a-u] ?\d{4}(?:\.?\d{2}){0,2}(?:\.\d)?\b");

/// Finds activity codes, without points and with a capital letter. Whether a letter and figures are one is for the label to say.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<String>> {
    ranges(&CODE, text.ascii())
        .into_iter()
        .filter(|range| {
            let bytes = text.ascii().as_bytes();
            let joined = |index: Option<usize>| {
                index.and_then(|index| bytes.get(index)).is_some_and(|byte| b"-/.".contains(byte))
            };
            let goes_on =
                joined(Some(range.end)) && bytes.get(range.end + 1).is_some_and(u8::is_ascii_alphanumeric);
            !(joined(range.start.checked_sub(1)) || goes_on)
        })
        .map(|range| Found {
            value: text.slice(range.clone()).replace(['.', ' '], "").to_ascii_uppercase(),
            range,
            certainty: 1.0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_and_spaces_do_not_make_another_code() {
        let found =
            |text: &str| find(&Folded::new(text)).into_iter().map(|found| found.value).collect::<Vec<_>>();
        assert_eq!(found("• F421011 - CONSTRUCCIÓN DE CARRETERAS"), ["F421011"]);
        assert_eq!(found("F4210.11 y G 4663.11"), ["F421011", "G466311"]);
        assert!(found("OF-2024-15, Z1234, IVA 1234").is_empty(), "a letter of an office, no section, a tax");
    }
}
