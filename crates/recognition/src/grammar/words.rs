//! Amounts in Spanish words: `Trescientos mil doscientos cincuenta y dos con 63/100 dólares`.

use super::fuzzy::distance_within;
use super::{Found, pattern, ranges};
use crate::layout::Folded;
use rust_decimal::Decimal;
use std::ops::Range;

/// Holds an amount in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordAmount {
    /// The value, cents included.
    pub value: Decimal,
    /// Whether cents or the word *dólares* stand with it: then it is an amount of money, not any number.
    pub money: bool,
}

const SMALL: [(&str, u64); 37] = [
    ("cero", 0),
    ("un", 1),
    ("uno", 1),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("once", 11),
    ("doce", 12),
    ("trece", 13),
    ("catorce", 14),
    ("quince", 15),
    ("dieciseis", 16),
    ("diecisiete", 17),
    ("dieciocho", 18),
    ("diecinueve", 19),
    ("veinte", 20),
    ("veintiun", 21),
    ("veintiuno", 21),
    ("veintiuna", 21),
    ("veintidos", 22),
    ("veintitres", 23),
    ("veinticuatro", 24),
    ("veinticinco", 25),
    ("veintiseis", 26),
    ("veintisiete", 27),
    ("veintiocho", 28),
    ("veintinueve", 29),
    ("primero", 1),
    ("primer", 1),
    ("treintaiuno", 31),
];
const TENS: [(&str, u64); 7] = [
    ("treinta", 30),
    ("cuarenta", 40),
    ("cincuenta", 50),
    ("sesenta", 60),
    ("setenta", 70),
    ("ochenta", 80),
    ("noventa", 90),
];
const HUNDREDS: [(&str, u64); 19] = [
    ("cien", 100),
    ("ciento", 100),
    ("doscientos", 200),
    ("doscientas", 200),
    ("trescientos", 300),
    ("trescientas", 300),
    ("cuatrocientos", 400),
    ("cuatrocientas", 400),
    ("quinientos", 500),
    ("quinientas", 500),
    ("seiscientos", 600),
    ("seiscientas", 600),
    ("setecientos", 700),
    ("setecientas", 700),
    ("ochocientos", 800),
    ("ochocientas", 800),
    ("novecientos", 900),
    ("novecientas", 900),
    ("nuevecientos", 900),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Small(u64),
    Ten(u64),
    Hundred(u64),
    Thousand,
    Million,
    Billion,
    And,
}

pattern!(TOKEN, r"[a-z0-9]+");
pattern!(
    CENTS,
    r"^ ?,? ?(?:(?:dolares(?: americanos| de los estados unidos de (?:norte ?)?america)?|usd) ?,? ?)?(?:con|y)? ?(\d{1,2}) ?/ ?1[0o]{2}"
);
pattern!(
    CENTS_NAMED,
    r"^ ?,? ?(?:dolares(?: americanos| de los estados unidos de (?:norte ?)?america)? ?,? ?)?(?:con|y) ?(\d{1,2}) ?(?:centavos|ctvs)"
);
pattern!(
    CENTS_IN_WORDS,
    r"^ ?,? ?(?:dolares(?: americanos| de los estados unidos de (?:norte ?)?america)? ?,? ?)(?:con|y) ?((?:[a-z]+ ?){1,4}?) ?centavos"
);
pattern!(CENTS_BEFORE_DOLLARS, r"^ con ((?:[a-z]+ ?){1,4}?) ?centavos");
pattern!(DOLLARS, r"^ ?,? ?(?:[a-z]{0,3} )?d[o0][l1]ares");

/// Finds numbers in words: at least a round one such as *mil*, or two words, or one followed by cents or *dólares*.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<WordAmount>> {
    let ascii = text.ascii();
    let tokens = ranges(&TOKEN, ascii);
    let mut found = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let Some((end, whole, slips)) = run(ascii, &tokens, index) else {
            index += 1;
            continue;
        };
        let range = tokens[index].start..tokens[end - 1].end;
        if let Some(whole) = whole {
            let (cents, length, money) = cents_after(&ascii[range.end..]);
            let mut value = Decimal::from(whole) + Decimal::new(i64::from(cents), 2);
            value.rescale(2);
            if money || end - index >= 2 {
                found.push(Found {
                    range: range.start..range.end + length,
                    value: WordAmount { value, money },
                    certainty: if slips == 0 { 1.0 } else { 0.85 },
                });
            }
        }
        index = end;
    }
    found
}

/// Reads a number in words that fills a place, such as what stands in brackets: `(noventa)`.
#[must_use]
pub fn read(text: &Folded, place: Range<usize>) -> Option<u64> {
    let slice = text.slice(place);
    read_whole(slice)
}

/// Reads a folded text that is a number in words and nothing else.
#[must_use]
pub fn read_whole(slice: &str) -> Option<u64> {
    let tokens = ranges(&TOKEN, slice);
    let (end, value, _) = run(slice, &tokens, 0)?;
    if end == tokens.len() { value } else { None }
}

/// Walks the number words from a token on; returns where they end, their value if they make a number, and the slips forgiven.
fn run(text: &str, tokens: &[Range<usize>], start: usize) -> Option<(usize, Option<u64>, usize)> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut slips = 0;
    let mut end = start;
    let mut solid = start;
    let mut solid_pieces = 0;
    while let Some(range) = tokens.get(end) {
        let gap = if end == start { "" } else { &text[tokens[end - 1].end..range.start] };
        if gap.trim().len() > 1 || gap.contains(['.', ';', ':', '(', ')', '/']) || gap.len() > 4 {
            break;
        }
        let token = &text[range.clone()];
        if token == "de" && matches!(pieces.last(), Some(Piece::Million)) {
            break;
        }
        let Some((mut more, forgiven)) = lookup(token) else { break };
        if pieces.is_empty() && more.first() == Some(&Piece::And) {
            return None;
        }
        let joint = more == [Piece::And];
        slips += forgiven;
        pieces.append(&mut more);
        end += 1;
        if !joint {
            solid = end;
            solid_pieces = pieces.len();
        }
    }
    pieces.truncate(solid_pieces);
    (solid > start).then(|| (solid, value_of(&pieces), slips))
}

fn lookup(token: &str) -> Option<(Vec<Piece>, usize)> {
    if let Some(piece) = word(token) {
        return Some((vec![piece], 0));
    }
    if token.len() >= 6 {
        if let Some(pieces) = split(token, 0) {
            return Some((pieces, 0));
        }
        if let Some(piece) = misread(token) {
            return Some((vec![piece], 1));
        }
    }
    None
}

fn word(token: &str) -> Option<Piece> {
    let in_table =
        |table: &[(&str, u64)]| table.iter().find(|(name, _)| *name == token).map(|(_, value)| *value);
    if let Some(value) = in_table(&SMALL) {
        return Some(Piece::Small(value));
    }
    if let Some(value) = in_table(&TENS) {
        return Some(Piece::Ten(value));
    }
    if let Some(value) = in_table(&HUNDREDS) {
        return Some(Piece::Hundred(value));
    }
    match token {
        "mil" | "miles" => Some(Piece::Thousand),
        "millon" | "millones" => Some(Piece::Million),
        "billon" | "billones" => Some(Piece::Billion),
        "y" | "e" => Some(Piece::And),
        _ => None,
    }
}

/// Finds the one number word within one slip of a token of OCR; two candidates are none.
fn misread(token: &str) -> Option<Piece> {
    let names =
        SMALL.iter().chain(&TENS).chain(&HUNDREDS).map(|(name, _)| *name).chain(["millon", "millones"]);
    let mut candidates: Vec<Piece> = Vec::new();
    for name in names.filter(|name| name.len() >= 6) {
        if distance_within(name, token, 1).is_some()
            && let Some(piece) = word(name)
            && !candidates.contains(&piece)
        {
            candidates.push(piece);
        }
    }
    match candidates.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Splits words that were run together: `trescientosmil`, `cincuentaydos`.
fn split(token: &str, depth: usize) -> Option<Vec<Piece>> {
    if token.is_empty() {
        return Some(Vec::new());
    }
    if depth > 5 {
        return None;
    }
    (1..=token.len()).rev().find_map(|end| {
        let piece = word(token.get(..end)?)?;
        // Short words inside others («un» in «unos») would make numbers out of anything.
        if end < 3 && piece != Piece::And {
            return None;
        }
        let mut rest = split(&token[end..], depth + 1)?;
        rest.insert(0, piece);
        Some(rest)
    })
}

fn value_of(pieces: &[Piece]) -> Option<u64> {
    let mut total: u64 = 0; // millions and above, closed
    let mut thousands: u64 = 0;
    let mut small: u64 = 0;
    let mut lowest = 1000; // what was said last within the group: the next must be lower
    let mut and_open = false;
    let mut said = false;
    let mut million_closed = false;
    for piece in pieces {
        match *piece {
            Piece::And => {
                if !(lowest == 10 || lowest == 100 || lowest == 1000) {
                    return None;
                }
                and_open = true;
                continue;
            }
            Piece::Small(value) => {
                let rank = if value >= 10 { 10 } else { 1 };
                // «treinta y cinco», but never «veinte once».
                if lowest <= rank || lowest == 10 && value >= 10 {
                    return None;
                }
                small += value;
                lowest = if value == 20 { 10 } else { 1 };
            }
            Piece::Ten(value) => {
                if lowest <= 10 {
                    return None;
                }
                small += value;
                lowest = 10;
            }
            Piece::Hundred(value) => {
                if lowest <= 100 {
                    return None;
                }
                small += value;
                lowest = 100;
            }
            Piece::Thousand => {
                if thousands > 0 {
                    return None;
                }
                thousands = if small == 0 { 1000 } else { small * 1000 };
                small = 0;
                lowest = 1000;
            }
            Piece::Million | Piece::Billion => {
                let group = thousands + small;
                if group == 0 || *piece == Piece::Million && million_closed {
                    return None;
                }
                let unit = if *piece == Piece::Million { 1_000_000 } else { 1_000_000_000_000 };
                total = total.checked_add(group.checked_mul(unit)?)?;
                million_closed = *piece == Piece::Million;
                thousands = 0;
                small = 0;
                lowest = 1000;
            }
        }
        and_open = false;
        said = true;
    }
    (said && !and_open).then(|| total + thousands + small)
}

fn cents_after(rest: &str) -> (u32, usize, bool) {
    for pattern in [&CENTS, &CENTS_NAMED] {
        if let Some(captures) = pattern.as_ref().and_then(|pattern| pattern.captures(rest))
            && let (Some(whole), Some(cents)) = (captures.get(0), captures.get(1))
            && let Ok(cents) = cents.as_str().parse::<u32>()
        {
            return (cents, whole.end(), true);
        }
    }
    for pattern in [&CENTS_IN_WORDS, &CENTS_BEFORE_DOLLARS] {
        if let Some(captures) = pattern.as_ref().and_then(|pattern| pattern.captures(rest))
            && let (Some(whole), Some(cents)) = (captures.get(0), captures.get(1))
            && let Some(cents) = read_whole(cents.as_str()).filter(|cents| *cents < 100)
        {
            return (u32::try_from(cents).unwrap_or(0), whole.end(), true);
        }
    }
    match DOLLARS.as_ref().and_then(|pattern| pattern.find(rest)) {
        Some(found) => (0, found.end(), true),
        None => (0, 0, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::str::FromStr;

    fn amounts(text: &str) -> Vec<(String, bool)> {
        find(&Folded::new(text))
            .into_iter()
            .map(|found| (found.value.value.to_string(), found.value.money))
            .collect()
    }

    #[test]
    fn amounts_of_real_papers_are_read() {
        for (text, value) in [
            (
                "Trescientos Mil Doscientos Cincuenta y Dos con 63/100 dólares de los Estados Unidos de América",
                "300252.63",
            ),
            ("CUATROCIENTOS NOVENTA Y CINCO MIL NOVECIENTOS TREINTA, 26/100 DÓLARES", "495930.26"),
            ("mil doscientos dólares con 20 centavos", "1200.20"),
            ("un millón doscientos mil 00/100", "1200000.00"),
            ("dos mil quinientos millones tres dólares", "2500000003.00"),
            ("ochenta y siete mil veinte dólares con veintidós centavos", "87020.22"),
            ("ciento un dólares", "101.00"),
            (
                "Doce mil seiscientos cincuenta dólares de los Estados Unidos de América con 20/100",
                "12650.20",
            ),
            ("mil dólares", "1000.00"),
            ("TRESCIENTOSMIL DOSCIENTOS CINCUENTAYDOS CON 63/100", "300252.63"),
            ("treinta y un mil dólares", "31000.00"),
        ] {
            assert_eq!(amounts(text), [(value.to_string(), true)], "{text}");
        }
    }

    #[test]
    fn a_slip_of_ocr_is_forgiven_only_when_it_leaves_one_word() {
        let found = find(&Folded::new("Tresclentos mil dólares"));
        assert_eq!(found[0].value.value, Decimal::from(300_000), "l for i");
        assert!(found[0].certainty < 1.0, "a repair is never silent");
        assert!(
            amounts("setentos mil dólares").iter().all(|(value, _)| value != "700000.00"),
            "setenta or setecientos?"
        );
        assert!(misread("sesentb").is_some() && misread("seetenta").is_some());
    }

    #[test]
    fn what_is_no_number_is_none() {
        assert!(amounts("cien doscientos dólares").is_empty(), "hundreds do not follow hundreds");
        assert!(amounts("una persona y dos testigos").is_empty(), "counting words are no amounts");
        assert!(amounts("veinte once dólares").is_empty());
        assert!(amounts("mil mil dólares").is_empty());
    }

    #[test]
    fn a_bracket_holds_one_number() {
        assert_eq!(read_whole("noventa"), Some(90));
        assert_eq!(read_whole("ciento ochenta"), Some(180));
        assert_eq!(read_whole("treinta y seis"), Some(36));
        assert_eq!(read_whole("noventa dias"), None);
        assert_eq!(read_whole("dos mil veinticuatro"), Some(2024));
    }

    fn spell(number: u64) -> String {
        if number >= 1_000_000 {
            let (millions, rest) = (number / 1_000_000, number % 1_000_000);
            let head = if millions == 1 {
                "un millón".into()
            } else {
                format!("{} millones", spell(millions).replace("uno ", "un "))
            };
            return if rest == 0 { head } else { format!("{head} {}", spell(rest)) };
        }
        if number >= 1000 {
            let (thousands, rest) = (number / 1000, number % 1000);
            let head = if thousands == 1 { "mil".into() } else { format!("{} mil", spell(thousands)) };
            return if rest == 0 { head } else { format!("{head} {}", spell(rest)) };
        }
        if number >= 100 {
            let names = [
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
            let rest = number % 100;
            if number == 100 {
                return "cien".into();
            }
            let head = names[(number / 100 - 1) as usize];
            return if rest == 0 { head.into() } else { format!("{head} {}", spell(rest)) };
        }
        if number >= 30 {
            let head = TENS[(number / 10 - 3) as usize].0;
            return if number.is_multiple_of(10) {
                head.into()
            } else {
                format!("{head} y {}", spell(number % 10))
            };
        }
        SMALL
            .iter()
            .find(|(name, value)| *value == number && !name.ends_with("un"))
            .expect("in the table")
            .0
            .into()
    }

    proptest! {
        #[test]
        fn every_amount_survives_its_spelling(whole in 1_u64..3_000_000_000, cents in 0_u32..100) {
            let text = format!("{} con {cents:02}/100 dólares", spell(whole));
            let expected = Decimal::from_str(&format!("{whole}.{cents:02}")).expect("a decimal");
            let found = find(&Folded::new(&text));
            prop_assert_eq!(found.len(), 1, "{}", &text);
            prop_assert_eq!(found[0].value.value, expected, "{}", &text);
        }

        #[test]
        fn nothing_panics(text in "[a-z0-9 /,.()]{0,60}") {
            let _ = find(&Folded::new(&text));
        }
    }
}
