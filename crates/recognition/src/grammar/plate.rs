//! Number plates of Ecuador: three letters, the first of them a province's or an office's, and three or four figures: `PBC-0123`, `ABC123`.

use super::{Found, pattern};
use crate::layout::Folded;

pattern!(PLATE, r"\b([a-z]{3}) ?[-.]? ?(\d{3,4})\b");
pattern!(READABLE, r"\b([a-z0158]{3}) ?[-.]? ?([0-9oqdlizsgb]{3,4})\b");

/// Words of three letters that stand before figures and are no plate.
const WORDS: [&str; 26] = [
    "ano", "art", "ley", "nro", "num", "ruc", "iva", "usd", "inc", "cod", "con", "del", "las", "los", "por",
    "que", "una", "tel", "res", "reg", "ref", "doc", "vin", "iso", "max", "min",
];

/// Finds plates, in the office's own form with four figures. Motorcycles and plates of embassies are not among them.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<String>> {
    let Some(pattern) = PLATE.as_ref() else { return Vec::new() };
    pattern
        .captures_iter(text.ascii())
        .filter_map(|captures| {
            let whole = captures.get(0)?;
            let value = plate(&captures[1], &captures[2])?;
            let glued = text.slice(whole.end()..whole.end() + 2).starts_with(['-', '/'])
                || before_joint(text, whole.start());
            (!glued).then(|| Found { range: whole.range(), value, certainty: 1.0 })
        })
        .collect()
}

/// Reads the plate of a place that a label names; letters and figures that a scan confuses are put right, with less certainty.
#[must_use]
pub fn read(text: &Folded) -> Option<Found<String>> {
    if let Some(found) = find(text).into_iter().next() {
        return Some(found);
    }
    READABLE.as_ref()?.captures_iter(text.ascii()).find_map(|captures| {
        let letters: String = captures[1]
            .chars()
            .map(|character| match character {
                '0' => 'o',
                '1' => 'i',
                '5' => 's',
                '8' => 'b',
                other => other,
            })
            .collect();
        let (figures, repaired) = super::digits_with_repairs(&captures[2])?;
        let slips = repaired + captures[1].bytes().filter(u8::is_ascii_digit).count();
        let value = plate(&letters, &figures).filter(|_| (1..=2).contains(&slips))?;
        Some(Found { range: captures.get(0)?.range(), value, certainty: 0.6 })
    })
}

fn plate(letters: &str, figures: &str) -> Option<String> {
    let first = letters.bytes().next()?;
    // No province has D or F; a plate's letters are the office's.
    if matches!(first, b'd' | b'f')
        || WORDS.contains(&letters)
        || !letters.bytes().all(|byte| byte.is_ascii_lowercase())
    {
        return None;
    }
    Some(format!("{}-{:0>4}", letters.to_ascii_uppercase(), figures))
}

fn before_joint(text: &Folded, start: usize) -> bool {
    start
        .checked_sub(1)
        .and_then(|before| text.ascii().as_bytes().get(before))
        .is_some_and(|byte| b"-/.".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_plates_have_one_form() {
        let found =
            |text: &str| find(&Folded::new(text)).into_iter().map(|found| found.value).collect::<Vec<_>>();
        assert_eq!(found("Placa: PBC-0123, antes PBC123"), ["PBC-0123", "PBC-0123"]);
        assert!(
            found("AÑO 2024, RUC 179, SIE-ABC-2024-01, 001-ABC-123").is_empty(),
            "a year, a number, codes"
        );
    }

    #[test]
    fn a_scan_s_letters_are_put_right_with_less_certainty() {
        let read_as = |text: &str| read(&Folded::new(text)).map(|found| (found.value, found.certainty));
        assert_eq!(read_as("P8C-O123"), Some(("PBC-0123".into(), 0.6)));
        assert_eq!(read_as("PBC-0123"), Some(("PBC-0123".into(), 1.0)));
        assert_eq!(read_as("no tiene"), None);
    }
}
