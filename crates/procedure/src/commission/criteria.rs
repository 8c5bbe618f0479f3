//! Criteria in a motivation that the pliego does not have: a numeral or a page that is not in it, an amount or a number that nothing asks.
//!
//! Read from the words of the motivation, so it is a question and no more. Where the text of the pliego is not at hand its numerals are not
//! questioned; articles of norms never are, for a motivation may rest on any norm in force.

use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What a motivation may speak of.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The numerals of the pliego; `None` where its text is not at hand.
    pub numerals: Option<BTreeSet<String>>,
    /// How many pages the pliego has; `None` where that is not known.
    pub pages: Option<u32>,
    /// The numbers of the requirement, of the proposal and of what it rests on.
    pub numbers: BTreeSet<Decimal>,
}

/// A criterion that was not found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Foreign {
    /// A numeral of the pliego that its text does not have.
    Numeral(String),
    /// A page beyond its last.
    Page(u32),
    /// A number that is demanded and that neither requirement nor proposal has.
    Number(String),
}

impl Foreign {
    /// Returns what is cited, for people, with the key of its sentence.
    #[must_use]
    pub fn cited(&self) -> (&'static str, String) {
        match self {
            Self::Numeral(numeral) => ("commission.foreign.numeral", numeral.clone()),
            Self::Page(page) => ("commission.foreign.page", page.to_string()),
            Self::Number(number) => ("commission.foreign.number", number.clone()),
        }
    }
}

/// Collects every numeral that stands in a text: `4.1.2`, `3`.
#[must_use]
pub fn numerals(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.')).filter_map(numeral).collect()
}

fn numeral(word: &str) -> Option<String> {
    let word = word.trim_matches('.');
    let sound = !word.is_empty()
        && word.split('.').all(|part| {
            !part.is_empty() && part.len() <= 3 && part.chars().all(|digit| digit.is_ascii_digit())
        });
    sound.then(|| word.to_owned())
}

/// Collects every number that stands in a text, under each of its readings: `12.650` may be twelve thousand or twelve and a fraction.
#[must_use]
pub fn numbers(text: &str) -> BTreeSet<Decimal> {
    text.split_whitespace().flat_map(readings).collect()
}

fn readings(word: &str) -> Vec<Decimal> {
    let digits = word.trim_matches(|letter: char| !letter.is_ascii_digit());
    if digits.is_empty() || !digits.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter)) {
        // Several numbers glued by other signs: `25%-50%`, `"minimum":"17796.51"`.
        let parts = word.split(|letter: char| !(letter.is_ascii_digit() || ".,".contains(letter)));
        let parts: Vec<&str> =
            parts.filter(|part| part.chars().any(|letter| letter.is_ascii_digit())).collect();
        let whole = matches!(parts[..], [only] if only == word);
        return if whole { Vec::new() } else { parts.into_iter().flat_map(readings).collect() };
    }
    let parse = |text: String| text.parse::<Decimal>().ok().map(|number| number.normalize());
    let plain = |sign: char| digits.chars().filter(|letter| *letter != sign).collect::<String>();
    let commas = digits.matches(',').count();
    let points = digits.matches('.').count();
    let found = match (points, commas) {
        (0, 0) => vec![parse(digits.to_owned())],
        (0, 1) => vec![parse(digits.replace(',', ".")), parse(plain(','))],
        (1, 0) => vec![parse(digits.to_owned()), parse(plain('.'))],
        (0, _) => vec![parse(plain(','))],
        (_, 0) => vec![parse(plain('.'))],
        _ if digits.rfind(',') > digits.rfind('.') => vec![parse(plain('.').replace(',', "."))],
        _ => vec![parse(plain(','))],
    };
    found.into_iter().flatten().collect()
}

const PLIEGO: &[&str] = &["pliego", "pliegos", "tdr", "bases", "terminos", "especificaciones"];
const SECTION: &[&str] = &["numeral", "numerales", "seccion", "apartado", "punto", "clausula"];
const PAGE: &[&str] = &["pagina", "paginas", "pag", "foja", "fojas"];
/// Stems of words that demand.
const DEMANDS: &[&str] = &[
    "exig", "requier", "requer", "minim", "maxim", "solicit", "inferior", "superior", "menos", "menor",
    "mayor", "supera", "alcanza", "pide",
];
/// Words after which a number is a place or a name and no demand.
const PLACES: &[&str] = &[
    "art",
    "arts",
    "articulo",
    "articulos",
    "numeral",
    "numerales",
    "pagina",
    "paginas",
    "pag",
    "p",
    "foja",
    "fojas",
    "literal",
    "oferta",
    "formulario",
    "n",
    "no",
    "nro",
    "num",
    "numero",
    "resolucion",
    "ro",
    "seccion",
    "apartado",
    "punto",
    "clausula",
    "rgl",
    "losncp",
    "ley",
    "coa",
    "decreto",
    "de193",
    "ruc",
    "cedula",
    "documento",
    "hoja",
    "tabla",
    "fila",
    "rubro",
    "item",
    "lote",
    "pliego",
    "archivo",
    "anexo",
    "ec",
];
/// Words within which a demand and its number stand together.
const NEAR: usize = 7;

/// Lists the criteria of a motivation that are not known.
#[must_use]
pub fn foreign(text: &str, known: &Known) -> BTreeSet<Foreign> {
    let mut found = BTreeSet::new();
    for clause in clauses(text) {
        let words: Vec<(&str, String)> = clause.split_whitespace().map(|word| (word, plain(word))).collect();
        let of_pliego = words.iter().any(|(_, word)| PLIEGO.contains(&word.as_str()));
        for pair in words.windows(2) {
            let [(_, before), (cited, _)] = pair else { continue };
            if !of_pliego {
                continue;
            }
            let number = cited.trim_matches(|letter: char| !letter.is_ascii_digit());
            if SECTION.contains(&before.as_str())
                && let (Some(numerals), Some(numeral)) = (&known.numerals, numeral(number))
                && !numerals.contains(&numeral)
            {
                found.insert(Foreign::Numeral(numeral));
            }
            if PAGE.contains(&before.as_str())
                && let (Some(last), Ok(page)) = (known.pages, number.parse::<u32>())
                && page > last
            {
                found.insert(Foreign::Page(page));
            }
        }
        found.extend(demanded(&words, known));
    }
    found
}

fn demanded(words: &[(&str, String)], known: &Known) -> Vec<Foreign> {
    let mut found = Vec::new();
    for (at, (_, word)) in words.iter().enumerate() {
        if !DEMANDS.iter().any(|stem| word.starts_with(stem)) {
            continue;
        }
        let after = words.iter().enumerate().skip(at + 1).take(NEAR);
        for (place, (written, plain)) in after {
            // Another demand begins here; what follows is its own.
            if DEMANDS.iter().any(|stem| plain.starts_with(stem)) {
                break;
            }
            let named = words.get(place.wrapping_sub(1)).is_some_and(|(_, before)| {
                PLACES.contains(&before.as_str()) || before.chars().any(|letter| letter.is_ascii_digit())
            });
            let letters = written.chars().any(char::is_alphabetic) && !written.to_lowercase().contains("usd");
            let readings = if letters { Vec::new() } else { readings(written) };
            if readings.is_empty() || named || is_date(written) {
                continue;
            }
            if readings.iter().all(|reading| !known.numbers.contains(reading)) {
                let written = written.trim_matches(|letter: char| !letter.is_ascii_digit() && letter != '%');
                found.push(Foreign::Number(written.to_owned()));
            }
            break;
        }
    }
    found
}

fn is_date(word: &str) -> bool {
    word.matches('/').count() == 2 || word.matches('-').count() == 2
}

/// Parts a text where a thought ends.
fn clauses(text: &str) -> Vec<String> {
    let mut clauses = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = matches!(letter, ';' | '\n')
            || (letter == '.' && letters.peek().is_none_or(|next| next.is_whitespace()));
        match clauses.last_mut() {
            Some(_) if ends => clauses.push(String::new()),
            Some(clause) => clause.push(letter),
            None => {}
        }
    }
    clauses
}

fn plain(word: &str) -> String {
    cotejo_domain::naming::name_words(word).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(numerals_of: Option<&str>, asked: &str) -> Known {
        Known { numerals: numerals_of.map(numerals), pages: Some(40), numbers: numbers(asked) }
    }

    fn cited(text: &str, known: &Known) -> Vec<String> {
        foreign(text, known).iter().map(|one| one.cited().1).collect()
    }

    #[test]
    fn attack_a_bid_fails_by_a_numeral_that_the_pliego_does_not_have() {
        let known = known(Some("4.1 Requisitos mínimos 4.1.2 Experiencia 5 Puntaje"), "");
        assert_eq!(cited("Incumple el numeral 4.1.7 del pliego.", &known), ["4.1.7"]);
        assert!(cited("Incumple el numeral 4.1.2 del pliego.", &known).is_empty());
        assert_eq!(cited("Pliego, página 57", &known), ["57"]);
        assert!(cited("Pliego, página 12", &known).is_empty());
    }

    #[test]
    fn articles_of_norms_and_a_pliego_without_text_are_not_questioned() {
        let with_text = known(Some("4.1"), "");
        assert!(cited("Numeral 3 del artículo 104 del RGL", &with_text).is_empty(), "no word of the pliego");
        assert!(cited("Según el art. 104, numeral 3", &with_text).is_empty());
        assert!(
            cited("Incumple el numeral 9.9 del pliego", &known(None, "")).is_empty(),
            "its text is not at hand"
        );
    }

    #[test]
    fn attack_more_is_demanded_than_the_pliego_asks() {
        let known = known(None, "Experiencia general mínima de USD 120.000,00 en los últimos 15 años");
        assert_eq!(cited("No acredita el mínimo de USD 150.000,00 exigido.", &known), ["150.000,00"]);
        assert!(
            cited("No acredita el mínimo de USD 120,000.00 exigido.", &known).is_empty(),
            "the same number"
        );
        assert!(cited("La experiencia mínima exigida es de 120000 dólares", &known).is_empty());
        assert_eq!(cited("Se requieren al menos 20 años", &known), ["20"]);
        assert!(cited("Se requiere lo que pide la página 12 de la oferta 3", &known).is_empty(), "places");
        assert!(cited("Se exige desde el 12/03/2024", &known).is_empty(), "a day is no amount");
    }

    #[test]
    fn a_number_has_each_of_its_readings() {
        let has = |text: &str, number: &str| {
            numbers(text).contains(&number.parse::<Decimal>().expect("a number").normalize())
        };
        assert!(has("17.796,51", "17796.51") && has("17,796.51", "17796.51") && has("17796,51", "17796.51"));
        assert!(has("12.650", "12650") && has("12.650", "12.65"));
        assert!(has("{\"minimum\":\"17796.51\"}", "17796.51"));
        assert!(has("25%", "25") && has("1.234.567", "1234567"));
    }
}
