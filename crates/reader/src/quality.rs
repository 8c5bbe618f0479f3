//! Tells a text layer from garbage.
//!
//! Fonts without a map to Unicode give private-use signs, replacement marks or control codes. Such a layer is treated as none and the page
//! goes to OCR. Others give letters, but not those that are drawn: such text has none of the pairs of letters that Spanish and its
//! neighbours are made of. Over some 270 pages in ten languages at least half of the pairs were usual ones; of texts with shifted or
//! shuffled letters at most 35 %.

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

/// Pairs of letters without accents, of which most of the text in Spanish, and much in related languages and English, consists.
const USUAL_PAIRS: &str = "ab ac ad ag al an ar as at br ca ce ch ci co ct cu da de di do ea ec ed eg el en er es et ev ex fe fi ge gi go \
    gu ha he hi ia ic id ie if ig im in io ir is it iv la le li lo ma me mi mo mp na nc nd ne ng ni no ns nt oc of om on or os ot pa \
    pe pl po pr pu qu ra rc re ri rm ro rs rt se si so st su ta te th ti to tr ts ua ue ui ul um un us va ve vi vo";
/// Texts with fewer pairs are not judged.
const LEAST_PAIRS: usize = 60;
/// Share of usual pairs below which a text is no language's.
const NO_LANGUAGE: f64 = 0.42;
/// Share of usual pairs from which a text is taken for one.
const LANGUAGE: f64 = 0.5;

/// Tells whether the words are clearly none of a language in Latin letters. Short texts and other scripts are not judged.
pub(crate) fn is_no_language<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    usual_share(words).is_some_and(|share| share < NO_LANGUAGE)
}

/// Tells whether the words clearly are those of a language in Latin letters.
pub(crate) fn is_language<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    usual_share(words).is_some_and(|share| share >= LANGUAGE)
}

fn usual_share<'w>(words: impl Iterator<Item = &'w str>) -> Option<f64> {
    let mut usual = [false; 26 * 26];
    for pair in USUAL_PAIRS.split_whitespace() {
        if let Some(place) = index(pair.chars().next(), pair.chars().nth(1)).and_then(|i| usual.get_mut(i)) {
            *place = true;
        }
    }
    let (mut all, mut found) = (0usize, 0usize);
    for word in words {
        let mut before = None;
        for letter in word.chars().map(folded) {
            if let Some(place) = index(before, letter) {
                all += 1;
                found += usize::from(usual.get(place).copied().unwrap_or(false));
            }
            before = letter;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a share of a page's letters")]
    let share = found as f64 / all.max(1) as f64;
    (all >= LEAST_PAIRS).then_some(share)
}

fn index(first: Option<char>, second: Option<char>) -> Option<usize> {
    let place = |letter: char| letter.is_ascii_lowercase().then(|| letter as usize - 'a' as usize);
    Some(place(first?)? * 26 + place(second?)?)
}

// The letter without its accent, in lower case; `None` for what is no Latin letter.
fn folded(sign: char) -> Option<char> {
    let lower = sign.to_lowercase().next()?;
    Some(match lower {
        'a'..='z' => lower,
        'á' | 'à' | 'â' | 'ä' | 'ã' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANISH: &str = "El oferente declara que la información consignada en el presente formulario es veraz y autoriza a \
        la entidad contratante a verificarla; el plazo de ejecución de la obra será de ciento veinte días";

    #[test]
    fn letters_that_are_not_those_drawn_are_told_from_languages() {
        assert!(is_language(SPANISH.split(' ')) && !is_no_language(SPANISH.split(' ')));
        assert!(!is_no_language("ENTIDAD CONTRATANTE: ".repeat(9).split(' ')), "capitals");
        // A subset font without a map: every letter comes as its place in the font, 29 below.
        let shifted: String = SPANISH
            .chars()
            .map(|c| if c == ' ' { c } else { char::from_u32(u32::from(c) - 29).unwrap_or(c) })
            .collect();
        assert!(is_no_language(shifted.split(' ')), "{shifted}");
        let next: String = SPANISH
            .chars()
            .map(|c| if c == ' ' { c } else { char::from_u32(u32::from(c) + 1).unwrap_or(c) })
            .collect();
        assert!(is_no_language(next.split(' ')), "{next}");
        assert!(!is_no_language("xkzq wvjh".split(' ')), "too short to judge");
        assert!(
            !is_no_language("договор поставки товара ".repeat(20).split(' ')),
            "another script is not judged"
        );
    }

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
