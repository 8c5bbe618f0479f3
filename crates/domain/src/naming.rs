//! Names of persons and companies as different papers write them: accents, order, titles, legal forms, a letter misread.
//!
//! A name alone never tells that two are one: fathers and sons, and homonyms, share names. What is said here is only whether two names can
//! be the same name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Tells how two writings of one name differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SameName {
    /// In nothing but accents, capitals, titles and marks.
    Exact,
    /// One puts the surnames first, the other the given names.
    Reordered,
    /// In one letter, as a misreading may.
    OneLetter,
}

const TITLES: &[&str] = &[
    "ing",
    "arq",
    "dr",
    "dra",
    "abg",
    "ab",
    "lcdo",
    "lcda",
    "lic",
    "licdo",
    "licda",
    "econ",
    "eco",
    "mgs",
    "mgtr",
    "msc",
    "mba",
    "phd",
    "sr",
    "sra",
    "srta",
    "tlgo",
    "tlga",
    "tnlgo",
    "tec",
    "ph",
    "crnl",
    "cpa",
    "don",
    "dona",
    "ingeniero",
    "ingeniera",
    "arquitecto",
    "arquitecta",
    "doctor",
    "doctora",
    "abogado",
    "abogada",
    "senor",
    "senora",
];

const PARTICLES: &[&str] = &["de", "del", "la", "las", "los", "y", "e"];

/// Brings a name to words of lower case without accents; what is no letter or digit parts words.
#[must_use]
pub fn name_words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for character in
        name.nfkd().filter(|character| !is_combining_mark(*character)).flat_map(char::to_lowercase)
    {
        if character.is_alphanumeric() {
            if let Some(word) = words.last_mut() {
                word.push(character);
            }
        } else if character != '\'' && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns the words of a person's name, without titles and particles.
#[must_use]
pub fn person_words(name: &str) -> Vec<String> {
    let mut words = name_words(name);
    words.retain(|word| !TITLES.contains(&word.as_str()) && !PARTICLES.contains(&word.as_str()));
    words
}

/// Compares two names of persons; `None` when they are different names, or one says less than the other.
#[must_use]
pub fn same_person_name(a: &str, b: &str) -> Option<SameName> {
    let (a, b) = (person_words(a), person_words(b));
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    if a == b {
        return Some(SameName::Exact);
    }
    // "Pérez Mora Ana" and "Ana Pérez Mora": the halves change places, the order within them stays.
    let turned = |by: usize| b.iter().cycle().skip(by).take(b.len());
    if (1..b.len()).any(|by| turned(by).eq(a.iter())) {
        return Some(SameName::Reordered);
    }
    (0..b.len()).any(|by| one_letter(&a, turned(by))).then_some(SameName::OneLetter)
}

/// Tells whether every word of one name stands in the other, which may say more: "Ana Pérez" within "Pérez Mora Ana Lucía".
#[must_use]
pub fn says_less(a: &str, b: &str) -> bool {
    let (a, b) = (person_words(a), person_words(b));
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    short.len() >= 2 && short.iter().all(|word| long.contains(word))
}

fn one_letter<'a>(a: &[String], b: impl Iterator<Item = &'a String>) -> bool {
    let mut different = a.iter().zip(b).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    differ_by_one(a, b)
}

// One letter put, left out or taken for another, in a word long enough; Mario is not María, nor Luis Luisa.
fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let tail = short
        .iter()
        .rev()
        .zip(long.iter().rev())
        .take(short.len() - head)
        .take_while(|(a, b)| a == b)
        .count();
    let at_end = tail == 0;
    !at_end && head + tail >= long.len() - 1
}

/// Legal forms as they are written, each with its abbreviation.
const FORMS: &[(&[&str], &str)] = &[
    (&["sociedad", "por", "acciones", "simplificada"], "sas"),
    (&["s", "a", "s"], "sas"),
    (&["sas"], "sas"),
    (&["sociedad", "anonima"], "sa"),
    (&["compania", "anonima"], "sa"),
    (&["s", "a"], "sa"),
    (&["c", "a"], "sa"),
    (&["sa"], "sa"),
    (&["ca"], "sa"),
    (&["compania", "limitada"], "cia ltda"),
    (&["cia", "ltda"], "cia ltda"),
    (&["c", "ltda"], "cia ltda"),
    (&["cialtda"], "cia ltda"),
    (&["ltda"], "cia ltda"),
    (&["empresa", "publica"], "ep"),
    (&["e", "p"], "ep"),
    (&["ep"], "ep"),
];

/// Parts a company's name into its words and its legal form (`sa`, `cia ltda`, `sas`, `ep`), where it names one at its end.
#[must_use]
pub fn company_words(name: &str) -> (Vec<String>, Option<&'static str>) {
    let mut words = name_words(name);
    for (written, form) in FORMS {
        let start = words.len().saturating_sub(written.len());
        if start > 0 && words[start..].iter().map(String::as_str).eq(written.iter().copied()) {
            words.truncate(start);
            return (words, Some(form));
        }
    }
    (words, None)
}

/// Compares two names of companies; `None` for different names, and for the same name under two legal forms.
#[must_use]
pub fn same_company_name(a: &str, b: &str) -> Option<SameName> {
    let ((a, a_form), (b, b_form)) = (company_words(a), company_words(b));
    if a_form.zip(b_form).is_some_and(|(a, b)| a != b) || a.is_empty() {
        return None;
    }
    if a == b || a.concat() == b.concat() {
        return Some(SameName::Exact);
    }
    (a.len() == b.len() && a.len() >= 2 && one_letter(&a, b.iter())).then_some(SameName::OneLetter)
}

/// Tells whether a name is a company's by its legal form or its first words.
#[must_use]
pub fn is_company(name: &str) -> bool {
    let (words, form) = company_words(name);
    let begins = [
        "consorcio",
        "asociacion",
        "compania",
        "empresa",
        "constructora",
        "fundacion",
        "cooperativa",
        "corporacion",
    ];
    form.is_some() || words.iter().any(|word| begins.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_in_either_order_with_titles_and_accents() {
        let same = same_person_name;
        assert_eq!(same("Ing. Ana Lucía Pérez Mora", "ANA LUCIA PEREZ MORA"), Some(SameName::Exact));
        assert_eq!(same("PÉREZ MORA ANA LUCÍA", "Ana Lucía Pérez Mora"), Some(SameName::Reordered));
        assert_eq!(same("De la Torre Vera Luis", "Luis de la Torre Vera"), Some(SameName::Reordered));
        assert_eq!(
            same("Ana Lucía Perez Mora", "Ana Lucía Pérex Mora"),
            None,
            "at the end of a word it may be another name"
        );
        assert_eq!(same("Ana Lucía Pérez Morales", "Ana Lucía Pérez Moroles"), Some(SameName::OneLetter));
    }

    #[test]
    fn relatives_are_not_one_person() {
        let same = same_person_name;
        assert_eq!(same("Juan Pérez Mora", "Juan Pérez López"), None, "father and son");
        assert_eq!(same("Mario Pérez Mora", "María Pérez Mora"), None);
        assert_eq!(same("Luis Pérez Mora", "Luisa Pérez Mora"), None);
        assert_eq!(same("Juan Carlos Pérez", "Carlos Pérez Juan"), Some(SameName::Reordered), "a rotation");
        assert_eq!(same("Juan Carlos Pérez Mora", "Carlos Juan Mora Pérez"), None, "no rotation");
        assert_eq!(same("Juan Pérez", "Juan Carlos Pérez Mora"), None, "one says less");
        assert!(says_less("Juan Pérez", "Pérez Mora Juan Carlos") && !says_less("Juan", "Juan Pérez"));
    }

    #[test]
    fn a_company_s_form_is_written_in_many_ways_and_two_forms_are_two_companies() {
        let same = same_company_name;
        assert_eq!(same("Maderas Ficticias S.A.", "MADERAS FICTICIAS SA"), Some(SameName::Exact));
        assert_eq!(same("Maderas Ficticias Cía. Ltda.", "MADERAS FICTICIAS CIA LTDA"), Some(SameName::Exact));
        assert_eq!(
            same("Maderas Ficticias C.A.", "Maderas Ficticias Sociedad Anónima"),
            Some(SameName::Exact)
        );
        assert_eq!(same("Maderas Ficticias S.A.S.", "Maderas Ficticias S.A."), None);
        assert_eq!(
            same("Maderas Ficticias", "Maderas Ficticias S.A."),
            Some(SameName::Exact),
            "one names no form"
        );
        assert_eq!(same("Maderas Ficticias S.A.", "Maderos Ficticias S.A."), Some(SameName::OneLetter));
        assert_eq!(same("Andina Uno S.A.", "Andina Dos S.A."), None);
        assert!(is_company("Consorcio Vial del Sur") && !is_company("Ana Pérez Mora"));
    }
}
