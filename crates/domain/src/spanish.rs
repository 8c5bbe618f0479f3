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
