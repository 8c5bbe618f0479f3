//! When two words say the same: typing mistakes, OCR, and the forms a bidder gives to a sentence that speaks of him.

use crate::grammar::fuzzy::distance_within;

/// Tells how alike two words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    /// Letter for letter.
    Same,
    /// The same word in another person, gender or number, or with a slip.
    Near,
    /// Another word.
    No,
}

/// Forms of one word that share no long stem.
const FAMILIES: &[&[&str]] = &[
    &["el", "la", "los", "las", "lo"],
    &["un", "una", "unos", "unas"],
    &["me", "nos", "se", "le", "les"],
    &["mi", "mis", "su", "sus", "nuestro", "nuestra", "nuestros", "nuestras"],
    &["al", "la"],
    &["del", "de"],
    &["este", "esta", "estos", "estas", "esto"],
    &["es", "son", "soy", "somos"],
    &["he", "ha", "hemos", "han"],
    &["tengo", "tiene", "tenemos", "tienen"],
    &["estoy", "esta", "estamos", "estan"],
    &["encuentro", "encuentra", "encontramos", "encuentran"],
    &["conozco", "conoce", "conocemos", "conocen"],
    &["puedo", "puede", "podemos", "pueden"],
    &["debo", "debe", "debemos", "deben"],
    &["quien", "quienes"],
    &["que", "quien"],
];

/// Endings that change the person, the gender or the number of a word, and nothing else.
const ENDINGS: &[&str] =
    &["", "o", "a", "e", "os", "as", "es", "s", "n", "an", "en", "mos", "amos", "emos", "imos"];

/// Beginnings that turn a word into its contrary.
const CONTRARIES: &[&str] = &["in", "im", "i", "des", "no", "anti"];

fn contrary(a: &str, b: &str) -> bool {
    let turned = |long: &str, short: &str| {
        CONTRARIES.iter().any(|beginning| long.strip_prefix(beginning).is_some_and(|rest| rest == short))
    };
    // With a slip in the rest of the word it is still the contrary.
    let begins = |long: &str, short: &str| {
        ["in", "im", "des"].iter().any(|beginning| {
            long.strip_prefix(beginning).is_some_and(|rest| {
                rest.len() >= 4 && rest.get(..3) == short.get(..3) && !short.starts_with(beginning)
            })
        })
    };
    turned(a, b) || turned(b, a) || begins(a, b) || begins(b, a)
}

fn inflected(a: &str, b: &str) -> bool {
    let stem = a.bytes().zip(b.bytes()).take_while(|(left, right)| left == right).count();
    let ends = |word: &str, from: usize| word.get(from..).is_some_and(|end| ENDINGS.contains(&end));
    // The stem may end a letter earlier: "declara" and "declaro".
    stem >= 4 && (ends(a, stem) && ends(b, stem) || stem > 4 && ends(a, stem - 1) && ends(b, stem - 1))
}

/// Returns a figure without its marks and percent sign; letters that OCR takes for digits are read back where `ocr` says so.
fn figure(word: &str, ocr: bool) -> Option<String> {
    if !word.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let read = |character: char| match character {
        'o' | 'q' if ocr => '0',
        'l' | 'i' if ocr => '1',
        's' if ocr => '5',
        other => other,
    };
    Some(word.trim_end_matches('%').chars().filter(char::is_ascii_alphanumeric).map(read).collect())
}

/// Compares a word of the model with one of the paper.
pub(super) fn alike(model: &str, paper: &str, ocr: bool) -> Alike {
    if model == paper {
        return Alike::Same;
    }
    match (figure(model, ocr), figure(paper, ocr)) {
        (Some(a), Some(b)) if a == b => return Alike::Near,
        (None, None) => {}
        _ => return Alike::No,
    }
    if FAMILIES.iter().any(|family| family.contains(&model) && family.contains(&paper)) {
        return Alike::Near;
    }
    let least = model.len().min(paper.len());
    if least < 4 || contrary(model, paper) {
        return Alike::No;
    }
    if inflected(model, paper) {
        return Alike::Near;
    }
    let allowed = match (ocr, model.len()) {
        (true, ..4) | (false, ..6) => 0,
        (true, 4..7) | (false, _) => 1,
        (true, 7..12) => 2,
        (true, _) => 3,
    };
    if allowed > 0 && distance_within(model, paper, allowed).is_some() { Alike::Near } else { Alike::No }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bidder_speaks_of_himself_in_his_own_person() {
        for (model, paper) in [
            ("declara", "declaramos"),
            ("declaro", "declaramos"),
            ("comprometo", "comprometemos"),
            ("se", "nos"),
            ("encuentra", "encuentro"),
            ("incurso", "incursos"),
            ("suscribe", "suscribimos"),
            ("actuare", "actuaremos"),
            ("contratacion", "contratasion"),
            ("70%", "70"),
        ] {
            assert_eq!(alike(model, paper, false), Alike::Near, "{model} {paper}");
        }
    }

    #[test]
    fn what_changes_the_sense_is_another_word() {
        for (model, paper) in [
            ("habilitado", "inhabilitado"),
            ("cumple", "incumple"),
            ("acepto", "aceptaria"),
            ("no", "ni"),
            ("90", "30"),
            ("debera", "podra"),
            ("1.250,00", "1.550,00"),
            ("calificado", "descalificado"),
        ] {
            assert_eq!(alike(model, paper, false), Alike::No, "{model} {paper}");
            assert_eq!(alike(model, paper, true), Alike::No, "{model} {paper} in OCR");
        }
    }

    #[test]
    fn ocr_may_misread_letters_and_not_more() {
        assert_eq!(
            alike("contratacion", "contrataci0n", true),
            Alike::No,
            "a digit within a word says nothing"
        );
        assert_eq!(alike("rendimiento", "rendirniento", true), Alike::Near);
        assert_eq!(alike("90", "9o", true), Alike::Near);
        assert_eq!(alike("ley", "rey", true), Alike::No, "short words are told apart by each letter");
    }
}
