//! Comparing names and descriptions as people write them.

use std::collections::BTreeSet;

/// Brings a text to lower case, without accents, with single blanks between its words and nothing but letters and digits.
#[must_use]
pub(crate) fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.to_lowercase().chars() {
        let character = match character {
            'á' | 'à' | 'ä' | 'â' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            'ñ' => 'n',
            other if other.is_alphanumeric() => other,
            _ => ' ',
        };
        if character != ' ' || !plain.ends_with(' ') {
            plain.push(character);
        }
    }
    plain.trim().to_owned()
}

const SMALL_WORDS: [&str; 22] = [
    "de", "del", "la", "las", "el", "los", "y", "e", "o", "u", "en", "a", "al", "con", "por", "para", "un",
    "una", "que", "su", "se", "sin",
];

/// Returns the words of a text that carry meaning.
#[must_use]
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    folded(text)
        .split(' ')
        .filter(|word| !word.is_empty() && !SMALL_WORDS.contains(word) && (word.len() > 1 || is_number(word)))
        .map(str::to_owned)
        .collect()
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells how much of the smaller set of words stands in the other: 0 to 1, in hundredths.
#[must_use]
pub(crate) fn overlap(one: &str, other: &str) -> u32 {
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    if least == 0 {
        return 0;
    }
    let common = one.intersection(&other).count();
    u32::try_from(common * 100 / least).unwrap_or(0)
}

/// Tells whether two names are of the same person or company: the same words in any order, legal forms aside.
#[must_use]
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    const FORMS: [&str; 8] = ["sa", "cia", "ltda", "sas", "cltda", "ca", "compania", "limitada"];
    let bare = |text: &str| -> BTreeSet<String> {
        let joined = text.replace('.', "");
        words(&joined).into_iter().filter(|word| !FORMS.contains(&word.as_str())).collect()
    };
    let (one, other) = (bare(one), bare(other));
    !one.is_empty()
        && (one == other
            || (one.len() >= 2 && one.is_subset(&other))
            || (other.len() >= 2 && other.is_subset(&one)))
}

/// Counts the letters that must be put, taken or changed to make one text the other; of long texts the beginning counts.
#[must_use]
pub(crate) fn edit_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(80).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, left) in one.chars().take(80).enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (column, right) in other.iter().enumerate() {
            let substituted = diagonal + usize::from(left != *right);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_of_names_and_legal_forms_do_not_make_another_person() {
        assert!(same_name("PÉREZ LOOR ANA MARÍA", "Ana María Pérez Loor"), "SRI writes surnames first");
        assert!(
            same_name("Constructora Ejemplo S.A.", "CONSTRUCTORA EJEMPLO"),
            "the legal form may be left out"
        );
        assert!(!same_name("Constructora Ejemplo S.A.", "Constructora Modelo S.A."), "another company");
        assert!(!same_name("", ""), "nothing is nobody");
    }

    #[test]
    fn descriptions_overlap_by_their_meaningful_words() {
        assert_eq!(
            overlap("Trazado, replanteo y nivelación", "TRAZADO Y REPLANTEO"),
            100,
            "the shorter is contained"
        );
        assert_eq!(overlap("Excavación a máquina", "Hormigón simple"), 0, "nothing in common");
    }

    #[test]
    fn the_distance_of_two_words_is_the_textbooks() {
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }
}
