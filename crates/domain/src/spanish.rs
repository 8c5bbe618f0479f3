//! Numbers, amounts and dates in Spanish words, as actas, letters and notaries write them.

use crate::Money;
use rust_decimal::prelude::ToPrimitive;

const UNITS: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] =
    ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];
/// The months, January first.
pub const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

fn below_thousand(number: u64) -> String {
    let index = |value: u64| usize::try_from(value).unwrap_or(0);
    match number {
        0..30 => UNITS[index(number)].to_owned(),
        30..100 => {
            let tens = TENS[index(number / 10)];
            if number.is_multiple_of(10) {
                tens.to_owned()
            } else {
                format!("{tens} y {}", UNITS[index(number % 10)])
            }
        }
        100 => "cien".to_owned(),
        _ => {
            let hundreds = HUNDREDS[index(number / 100)];
            if number.is_multiple_of(100) {
                hundreds.to_owned()
            } else {
                format!("{hundreds} {}", below_thousand(number % 100))
            }
        }
    }
}

// Before a noun, "mil" and "millones" the final "uno" is shortened: veintiún mil, treinta y un millones.
fn shortened(words: String) -> String {
    if let Some(stem) = words.strip_suffix("veintiuno") {
        format!("{stem}veintiún")
    } else if let Some(stem) = words.strip_suffix("uno") {
        format!("{stem}un")
    } else {
        words
    }
}

/// Writes a whole number in Spanish words, in the masculine: `mil doscientos treinta y uno`.
#[must_use]
pub fn number_in_words(number: u64) -> String {
    let mut parts = Vec::new();
    let (millions, rest) = (number / 1_000_000, number % 1_000_000);
    match millions {
        0 => {}
        1 => parts.push("un millón".to_owned()),
        _ => parts.push(format!("{} millones", shortened(number_in_words(millions)))),
    }
    match rest / 1_000 {
        0 => {}
        1 => parts.push("mil".to_owned()),
        thousands => parts.push(format!("{} mil", shortened(below_thousand(thousands)))),
    }
    if rest % 1_000 != 0 || parts.is_empty() {
        parts.push(below_thousand(rest % 1_000));
    }
    parts.join(" ")
}

/// Writes a whole number as it stands before a masculine noun: `treinta y un días`.
#[must_use]
pub fn number_before_noun(number: u64) -> String {
    shortened(number_in_words(number))
}

/// Writes a whole number in the feminine, as it stands before a feminine noun: `veintiuna ofertas`, `doscientas una fojas`. Millions stay
/// masculine, since what they count is a noun of its own: `doscientos millones doscientas mil ofertas`.
#[must_use]
pub fn number_feminine(number: u64) -> String {
    let (millions, rest) = (number / 1_000_000, number % 1_000_000);
    let mut parts = Vec::new();
    match millions {
        0 => {}
        1 => parts.push("un millón".to_owned()),
        _ => parts.push(format!("{} millones", shortened(number_in_words(millions)))),
    }
    match rest / 1_000 {
        0 => {}
        1 => parts.push("mil".to_owned()),
        // Before "mil" the hundreds agree with the noun, and "uno" is shortened all the same: doscientas veintiún mil.
        thousands => parts.push(format!("{} mil", feminine_hundreds(&shortened(below_thousand(thousands))))),
    }
    if rest % 1_000 != 0 || parts.is_empty() {
        let words = feminine_hundreds(&below_thousand(rest % 1_000));
        parts.push(match words.strip_suffix("uno") {
            Some(stem) => format!("{stem}una"),
            None => words,
        });
    }
    parts.join(" ")
}

fn feminine_hundreds(words: &str) -> String {
    match words.split_once(' ') {
        Some((first, rest)) if first.ends_with("ientos") || first == "quinientos" => {
            format!("{}as {rest}", first.trim_end_matches("os"))
        }
        None if words.ends_with("ientos") => format!("{}as", words.trim_end_matches("os")),
        _ => words.to_owned(),
    }
}

/// Joins the points of a list as a sentence does: `a, b y c`; before the sound of `i` stands `e`: `padres e hijos`. Points that hold a comma
/// are kept apart by semicolons.
#[must_use]
pub fn joined(items: &[String]) -> String {
    let Some((last, before)) = items.split_last() else { return String::new() };
    if before.is_empty() {
        return last.clone();
    }
    let separator = if items.iter().any(|item| item.contains(',')) { "; " } else { ", " };
    let first_word = last.trim_start().to_lowercase();
    let sounds_like_i = first_word.starts_with(['i', 'í'])
        || (first_word.starts_with("hi")
            && !["hia", "hie", "hio"].iter().any(|diphthong| first_word.starts_with(diphthong)))
        || first_word.starts_with("hí");
    let and = if sounds_like_i { "e" } else { "y" };
    let comma = if separator == "; " { ";" } else { "" };
    format!("{}{comma} {and} {last}", before.join(separator))
}

/// Returns the name of a date's month.
#[must_use]
pub fn month_name(date: jiff::civil::Date) -> &'static str {
    usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// Writes an amount as contracts do: `doce mil seiscientos cincuenta con 20/100 dólares de los Estados Unidos de América`.
/// Amounts below zero or beyond 64 bits give `None`.
#[must_use]
pub fn amount_in_words(amount: Money) -> Option<String> {
    let rounded = amount.rounded().0;
    let whole = rounded.trunc().to_u64()?;
    let cents = ((rounded - rounded.trunc()) * rust_decimal::Decimal::ONE_HUNDRED).to_u64()?;
    Some(format!("{} con {cents:02}/100 dólares de los Estados Unidos de América", number_before_noun(whole)))
}

/// Writes a date as actas open: `24 días del mes de diciembre del 2020`.
#[must_use]
pub fn date_in_words(date: jiff::civil::Date) -> String {
    let month = month_name(date);
    let day = if date.day() == 1 { "1 día".to_owned() } else { format!("{} días", date.day()) };
    format!("{day} del mes de {month} del {}", date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::Decimal;
    use std::str::FromStr;

    #[test]
    fn numbers_follow_the_spelling_of_the_academy() {
        for (number, words) in [
            (0, "cero"),
            (16, "dieciséis"),
            (31, "treinta y uno"),
            (100, "cien"),
            (101, "ciento uno"),
            (1_000, "mil"),
            (21_000, "veintiún mil"),
            (31_500, "treinta y un mil quinientos"),
            (1_000_000, "un millón"),
            (2_000_001, "dos millones uno"),
            (101_000_000, "ciento un millones"),
            (1, "uno"),
            (21, "veintiuno"),
            (22, "veintidós"),
            (26, "veintiséis"),
            (500, "quinientos"),
            (700, "setecientos"),
            (900, "novecientos"),
            (1_001, "mil uno"),
            (1_021, "mil veintiuno"),
            (21_021, "veintiún mil veintiuno"),
            (100_000, "cien mil"),
            (101_000, "ciento un mil"),
            (131_000, "ciento treinta y un mil"),
            (1_000_001, "un millón uno"),
            (21_000_000, "veintiún millones"),
            (1_000_000_000, "mil millones"),
            (1_001_000_000, "mil un millones"),
            (1_000_100, "un millón cien"),
            (
                1_234_567_890,
                "mil doscientos treinta y cuatro millones quinientos sesenta y siete mil ochocientos noventa",
            ),
        ] {
            assert_eq!(number_in_words(number), words, "for {number}");
        }
    }

    #[test]
    fn before_a_feminine_noun_the_number_agrees() {
        for (number, words) in [
            (1, "una"),
            (21, "veintiuna"),
            (31, "treinta y una"),
            (100, "cien"),
            (101, "ciento una"),
            (200, "doscientas"),
            (501, "quinientas una"),
            (999, "novecientas noventa y nueve"),
            (1_000, "mil"),
            (21_000, "veintiún mil"),
            (200_000, "doscientas mil"),
            (221_000, "doscientas veintiún mil"),
            (1_000_000, "un millón"),
            (200_000_001, "doscientos millones una"),
            (0, "cero"),
        ] {
            assert_eq!(number_feminine(number), words, "for {number}");
        }
    }

    #[test]
    fn lists_end_with_y_or_e_and_keep_their_commas_apart() {
        let list = |items: &[&str]| joined(&items.iter().map(|&item| item.to_owned()).collect::<Vec<_>>());
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["Alfa"]), "Alfa");
        assert_eq!(list(&["Alfa", "Beta"]), "Alfa y Beta");
        assert_eq!(list(&["Alfa", "Beta", "Gama"]), "Alfa, Beta y Gama");
        assert_eq!(list(&["Construcciones", "Ingeniería S.A."]), "Construcciones e Ingeniería S.A.");
        assert_eq!(list(&["agua", "hielo"]), "agua y hielo", "a diphthong keeps y");
        assert_eq!(list(&["padres", "hijos"]), "padres e hijos");
        assert_eq!(
            list(&["Alfa, S.A.", "Beta"]),
            "Alfa, S.A.; y Beta",
            "a comma within a name does not part names"
        );
    }

    #[test]
    fn before_a_noun_the_number_is_shortened() {
        assert_eq!(number_before_noun(31_021), "treinta y un mil veintiún");
        assert_eq!(number_before_noun(1), "un");
        assert_eq!(number_before_noun(100), "cien");
    }

    #[test]
    fn amounts_carry_their_cents_as_a_fraction() {
        let amount = |text| Money(Decimal::from_str(text).expect("a decimal"));
        assert_eq!(
            amount_in_words(amount("300252.63")).as_deref(),
            Some(
                "trescientos mil doscientos cincuenta y dos con 63/100 dólares de los Estados Unidos de América"
            )
        );
        assert_eq!(
            amount_in_words(amount("1.999")).as_deref(),
            Some("dos con 00/100 dólares de los Estados Unidos de América"),
            "words and rounded figures must agree"
        );
        assert_eq!(amount_in_words(amount("-1")), None, "no acta states a negative price in words");
    }

    #[test]
    fn dates_open_an_acta() {
        assert_eq!(date_in_words(jiff::civil::date(2020, 12, 24)), "24 días del mes de diciembre del 2020");
        assert_eq!(date_in_words(jiff::civil::date(2026, 1, 1)), "1 día del mes de enero del 2026");
    }
}
