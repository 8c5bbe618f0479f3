//! Tells a text layer from garbage.
//!
//! Fonts without a map to Unicode give private-use signs, replacement marks or control codes. Such a layer is treated as none and the page
//! goes to OCR.

/// Pages with fewer signs than this are not judged: a foliation stamp is text enough.
const LEAST_SIGNS: usize = 8;
/// Part of unreadable signs beyond which the layer is garbage.
const GARBAGE: f64 = 0.3;

/// Tells whether most of `signs` cannot be what is printed on the page.
pub(crate) fn is_garbage(signs: impl Iterator<Item = char>) -> bool {
    let (mut all, mut bad) = (0usize, 0usize);
    for sign in signs.filter(|sign| !sign.is_whitespace()) {
        all += 1;
        bad += usize::from(is_unreadable(sign));
    }
    #[expect(clippy::cast_precision_loss, reason = "a share of a page's signs")]
    let share = bad as f64 / all.max(1) as f64;
    all >= LEAST_SIGNS && share > GARBAGE
}

/// Tells whether a sign stands for a glyph whose meaning the file does not tell.
pub(crate) fn is_unreadable(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{fffd}' | '\u{fffe}' | '\u{ffff}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbage_is_told_from_spanish() {
        assert!(!is_garbage("Señores: § 4.2 — “oferta” n.º 3 ✓".chars()), "real signs");
        assert!(
            is_garbage("\u{e001}\u{e002}\u{f0a7}\u{fffd}\u{1}\u{2}ab cd".chars()),
            "private use and controls"
        );
        assert!(!is_garbage("\u{f0b7} Carta".chars()), "a bullet of Symbol is no garbage");
    }
}
