//! RUC and cédula (manual §6).

use super::{Found, digits_with_repairs, pattern, ranges};
use crate::layout::Folded;
use cotejo_domain::{Cedula, CheckDigit, Ruc};
use std::ops::Range;

pattern!(THIRTEEN_DIGITS, r"\d+");
pattern!(CEDULA_DIGITS, r"\d{9}-\d|\d+");
pattern!(READABLE, r"[0-9oqdlizsgb|!]+(?:[ .-]{1,2}[0-9oqdlizsgb|!]+)*");

/// Finds every RUC that stands as thirteen digits by itself.
#[must_use]
pub fn find_rucs(text: &Folded) -> Vec<Found<Ruc>> {
    ranges(&THIRTEEN_DIGITS, text.ascii())
        .into_iter()
        .filter(|range| range.len() == 13 && stands_alone(text.ascii(), range))
        .filter_map(|range| {
            let ruc = Ruc::parse(text.slice(range.clone())).ok()?;
            let certainty = if ruc.check_digit() == CheckDigit::Agrees { 1.0 } else { 0.8 };
            Some(Found { range, value: ruc, certainty })
        })
        .collect()
}

/// Reads the RUC at a place that a label names: also in groups of digits, and with letters that OCR puts for digits.
#[must_use]
pub fn read_ruc(text: &Folded, place: Range<usize>) -> Option<Found<Ruc>> {
    if let Some(found) = within(find_rucs(text), &place) {
        return Some(found);
    }
    let (range, digits, repairs) = read_digits(text, place, 13)?;
    let ruc = Ruc::parse(&digits).ok()?;
    let agrees = ruc.check_digit() == CheckDigit::Agrees;
    // A repaired number whose check digit disagrees is a guess.
    let certainty = if agrees && repairs == 0 { 0.9 } else { 0.6 };
    (agrees || repairs == 0).then_some(Found { range, value: ruc, certainty })
}

/// Finds every cédula that stands as ten digits by itself and whose check digit agrees: ten digits alone may be a telephone.
#[must_use]
pub fn find_cedulas(text: &Folded) -> Vec<Found<Cedula>> {
    ranges(&CEDULA_DIGITS, text.ascii())
        .into_iter()
        .filter(|range| stands_alone(text.ascii(), range))
        .filter_map(|range| {
            let digits = text.slice(range.clone()).replace('-', "");
            let cedula = Cedula::parse(&digits).ok()?;
            (cedula.check_digit() == CheckDigit::Agrees).then_some(Found {
                range,
                value: cedula,
                certainty: 1.0,
            })
        })
        .collect()
}

/// Reads the cédula at a place that a label names.
#[must_use]
pub fn read_cedula(text: &Folded, place: Range<usize>) -> Option<Found<Cedula>> {
    if let Some(found) = within(find_cedulas(text), &place) {
        return Some(found);
    }
    let (range, digits, repairs) = read_digits(text, place, 10)?;
    let cedula = Cedula::parse(&digits).ok()?;
    let agrees = cedula.check_digit() == CheckDigit::Agrees;
    (agrees || repairs == 0).then_some(Found {
        range,
        value: cedula,
        certainty: if agrees { 0.7 } else { 0.6 },
    })
}

fn within<T>(found: Vec<Found<T>>, place: &Range<usize>) -> Option<Found<T>> {
    found.into_iter().find(|found| place.start <= found.range.start && found.range.end <= place.end)
}

fn read_digits(text: &Folded, place: Range<usize>, count: usize) -> Option<(Range<usize>, String, usize)> {
    let start = place.start;
    let slice = text.slice(place);
    ranges(&READABLE, slice).into_iter().find_map(|range| {
        let (digits, repairs) = digits_with_repairs(&slice[range.clone()].replace([' ', '.', '-'], ""))?;
        let whole = stands_alone(slice, &range) && !before_is_letter(slice, &range);
        (whole && digits.len() == count && repairs * 5 <= count * 2)
            .then(|| (start + range.start..start + range.end, digits, repairs))
    })
}

fn before_is_letter(text: &str, range: &Range<usize>) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let bytes = text.as_bytes();
    letter(range.start.checked_sub(1).and_then(|before| bytes.get(before))) || letter(bytes.get(range.end))
}

// Digits that continue over a hyphen, slash or point are part of a longer number.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let digit =
        |index: Option<usize>| index.and_then(|index| bytes.get(index)).is_some_and(u8::is_ascii_digit);
    let joint = |index: Option<usize>| {
        index.and_then(|index| bytes.get(index)).is_some_and(|byte| b"-/.,".contains(byte))
    };
    let before = range.start.checked_sub(1);
    let continues_before = digit(before) || joint(before) && digit(range.start.checked_sub(2));
    let continues_after = digit(Some(range.end)) || joint(Some(range.end)) && digit(Some(range.end + 1));
    !continues_before && !continues_after
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rucs(text: &str) -> Vec<String> {
        find_rucs(&Folded::new(text)).into_iter().map(|found| found.value.to_string()).collect()
    }

    fn ruc_read(text: &str) -> Option<(String, f64)> {
        let folded = Folded::new(text);
        let place = 0..folded.len();
        read_ruc(&folded, place).map(|found| (found.value.to_string(), found.certainty))
    }

    #[test]
    fn thirteen_digits_by_themselves_are_a_ruc() {
        assert_eq!(rucs("RUC: 1790011674001, Quito"), ["1790011674001"]);
        assert_eq!(rucs("R.U.C.1790011674001."), ["1790011674001"], "glued to its label, a full stop after");
        assert!(
            rucs("clave 2204202401179001167400120010010000001231234567811").is_empty(),
            "49 digits of an invoice"
        );
        assert!(rucs("cuenta 1790011674001-22").is_empty(), "a longer number");
        assert!(rucs("0000000000000").is_empty(), "no province");
    }

    #[test]
    fn a_label_allows_groups_and_repairs_but_never_a_guess() {
        assert_eq!(ruc_read(" 1790011674 001"), Some(("1790011674001".into(), 0.9)), "written in two groups");
        assert_eq!(ruc_read("179OO11674OOl"), Some(("1790011674001".into(), 0.6)), "OCR put letters");
        assert_eq!(ruc_read("179OO11675OOl"), None, "repaired, and the check digit disagrees");
        assert_eq!(ruc_read("(razón social)"), None);
        assert_eq!(ruc_read("........"), None);
    }

    #[test]
    fn a_telephone_is_no_cedula() {
        let found = |text: &str| find_cedulas(&Folded::new(text)).len();
        assert_eq!(found("C.C. 1710034065"), 1);
        assert_eq!(found("C.I. 171003406-5"), 1, "as people write it");
        assert_eq!(found("Celular 0939073316"), 0, "third digit 9");
        assert_eq!(found("RUC 1710034065001"), 0, "part of a RUC");
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC{0,40}") {
            let folded = Folded::new(&text);
            let _ = read_ruc(&folded, 0..folded.len());
            let _ = read_cedula(&folded, 0..folded.len() + 3);
        }
    }
}
