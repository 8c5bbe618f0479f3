//! Comparing words and amounts as different people write them.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Brings text to lower case without accents, with single blanks in place of everything that is no letter or digit.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in
        text.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase)
    {
        if character.is_alphanumeric() {
            folded.push(character);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim().to_owned()
}

/// Tells whether folded `text` has folded `words` as whole words.
pub(crate) fn has_words(text: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {text} ").contains(&format!(" {words} "))
}

/// Drops the letters of the company's form, which people write in many ways: `S.A.`, `Cía. Ltda.`
pub(crate) fn name_core(name: &str) -> String {
    const FORMS: &[&str] =
        &["s", "a", "sa", "c", "ca", "cia", "ltda", "compania", "limitada", "sas", "anonima", "sociedad"];
    let folded = folded(name);
    let mut words: Vec<&str> = folded.split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Reads a printed amount, or nothing where its separators can be read in two ways (`1.250`).
pub(crate) fn amount(text: &str) -> Option<Decimal> {
    let plain: String = text
        .trim()
        .trim_start_matches("USD")
        .trim_start_matches("US$")
        .chars()
        .filter(|character| !matches!(character, '$' | ' ' | '\u{a0}' | '\''))
        .collect();
    if plain.is_empty()
        || !plain.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','))
    {
        return None;
    }
    let last = plain.rfind(['.', ',']);
    let Some(last) = last else { return plain.parse().ok() };
    let (whole, fraction) = (&plain[..last], &plain[last + 1..]);
    let decimal_mark = plain.as_bytes()[last] as char;
    let other = if decimal_mark == '.' { ',' } else { '.' };
    let whole = match (whole.contains(decimal_mark), whole.contains(other)) {
        (true, true) => return None,
        // 1.250.000: the mark groups, and there are no decimals.
        (true, false) => return plain.replace(decimal_mark, "").parse().ok(),
        (false, true) => whole.replace(other, ""),
        // One mark before three digits groups or divides: nobody can tell.
        (false, false) if fraction.len() == 3 && whole != "0" && !whole.is_empty() => return None,
        (false, false) => whole.to_owned(),
    };
    format!("{whole}.{fraction}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_both_notations_and_not_at_all_where_both_fit() {
        let read = |text| amount(text).map(|value| value.normalize().to_string());
        for text in ["1.250,40", "1,250.40", "USD 1250.4", "$ 1250,40"] {
            assert_eq!(read(text).as_deref(), Some("1250.4"), "{text}");
        }
        assert_eq!(read("1.250.000").as_deref(), Some("1250000"));
        assert_eq!(read("0,125").as_deref(), Some("0.125"));
        for text in ["1.250", "", "doce", "1,2,3.4.5", "-"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_whole_words_without_their_form() {
        assert_eq!(name_core("Maderas Ficticias Cía. Ltda."), "maderas ficticias");
        assert_eq!(name_core("MADERAS FICTICIAS S.A.S."), "maderas ficticias");
        assert!(has_words("el sr de maderas ficticias s a firma", "maderas ficticias"));
        assert!(!has_words("maderas ficticiasa", "maderas ficticias"));
        assert_eq!(name_core("S.A."), "s", "something is always left");
    }
}
