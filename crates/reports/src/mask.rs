//! The copy for publication: personal data are masked in the content, before anything is typeset, never covered in the file.
//!
//! Masked are cédulas (also within the RUC of a natural person, and written with spaces or hyphens), passports, telephones, e-mails,
//! account numbers, and every value that the case knows as personal: addresses, telephones, e-mails, accounts. The last three digits stay,
//! so that a reader can tell two persons apart. Images of pages are left out.

use crate::model::{Block, Paper, Span, Text};
use cotejo_catalogue::message;

/// Holds what the case knows as personal.
#[derive(Clone, Debug, Default)]
pub struct PersonalData {
    /// Values to be masked wherever they stand: addresses, telephones, e-mails, accounts.
    pub values: Vec<String>,
}

/// Returns the copy of a document for publication.
#[must_use]
pub fn masked(paper: &Paper, personal: &PersonalData) -> Paper {
    let mut copy = paper.clone();
    let mut kept = Vec::new();
    for block in std::mem::take(&mut copy.blocks) {
        match block {
            Block::Picture { caption, .. } => {
                let style = crate::Style { italic: true, ..crate::Style::default() };
                let mut text = caption;
                text.push(Span { text: format!(" {}", message("reports.picture_left_out", &[])), style });
                kept.push(Block::Paragraph { text, keep: false });
            }
            block => kept.push(block),
        }
    }
    copy.blocks = kept;
    if let Some(logo) = copy.logo.and_then(|logo| paper.images.get(logo)) {
        copy.images = vec![logo.clone()];
        copy.logo = Some(0);
    } else {
        copy.images.clear();
    }
    copy.each_text(&mut |text| mask_text(text, personal));
    let mark = message("reports.mark.public_copy", &[]);
    if !copy.marks.contains(&mark) {
        copy.marks.push(mark);
    }
    copy
}

/// Masks a text across its stretches: a number that is half bold is one number.
fn mask_text(text: &mut Text, personal: &PersonalData) {
    let whole: Vec<char> = text.iter().flat_map(|span| span.text.chars()).collect();
    let covered = covered(&whole, personal);
    let mut at = 0;
    for span in text {
        let signs = span.text.chars().count();
        span.text = span
            .text
            .chars()
            .zip(covered.get(at..at + signs).unwrap_or_default())
            .map(|(sign, &hide)| if hide && !sign.is_whitespace() { 'X' } else { sign })
            .collect();
        at += signs;
    }
}

/// Tells for each sign whether it is masked.
fn covered(signs: &[char], personal: &PersonalData) -> Vec<bool> {
    let mut hide = vec![false; signs.len()];
    let folded: Vec<char> = signs.iter().map(|&sign| fold(sign)).collect();
    for value in &personal.values {
        let wanted: Vec<char> = value.trim().chars().map(fold).collect();
        if wanted.iter().filter(|sign| sign.is_alphanumeric()).count() >= 5 {
            cover_all(&folded, &wanted, &mut hide);
        }
    }
    cover_mails(&folded, &mut hide);
    cover_numbers(&folded, &mut hide);
    hide
}

fn fold(sign: char) -> char {
    match sign.to_lowercase().next().unwrap_or(sign) {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    }
}

/// Covers a value wherever it stands, whatever white space parts its words.
fn cover_all(signs: &[char], wanted: &[char], hide: &mut [bool]) {
    let letters: Vec<char> = wanted.iter().copied().filter(|sign| !sign.is_whitespace()).collect();
    for start in 0..signs.len() {
        let (mut at, mut matched) = (start, 0);
        while matched < letters.len() {
            match signs.get(at) {
                Some(sign) if sign.is_whitespace() && matched > 0 => {}
                Some(sign) if letters.get(matched) == Some(sign) => matched += 1,
                _ => break,
            }
            at += 1;
        }
        // A number is not found within a longer one.
        let digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
        let within = (digit(start.checked_sub(1)) && digit(Some(start)))
            || (digit(at.checked_sub(1)) && digit(Some(at)));
        if matched == letters.len() && !within {
            hide.iter_mut().take(at).skip(start).for_each(|hide| *hide = true);
        }
    }
}

fn cover_mails(signs: &[char], hide: &mut [bool]) {
    let part = |sign: &char| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-' | '+' | '%');
    for (at, _) in signs.iter().enumerate().filter(|(_, sign)| **sign == '@') {
        let before = signs[..at].iter().rev().take_while(|sign| part(sign)).count();
        let after = signs[at + 1..].iter().take_while(|sign| part(sign)).count();
        if before > 0 && signs[at + 1..at + 1 + after].contains(&'.') {
            hide.iter_mut().take(at + 1 + after).skip(at - before).for_each(|hide| *hide = true);
        }
    }
}

/// A run of digits that single spaces, points, hyphens or brackets may part.
struct Number {
    /// Positions of its digits.
    digits: Vec<usize>,
    /// The words before it, for what it is.
    before: String,
}

fn numbers(signs: &[char]) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        if !signs[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = Vec::new();
        while let Some(sign) = signs.get(at) {
            let next = signs.get(at + 1);
            let parts = matches!(sign, ' ' | '\u{a0}' | '-' | '(' | ')');
            if sign.is_ascii_digit() {
                digits.push(at);
            } else if !(parts && next.is_some_and(char::is_ascii_digit)) {
                break;
            }
            at += 1;
        }
        let before: String = signs[start.saturating_sub(28)..start].iter().collect();
        // Digits within a hash or an identifier are no number of a person.
        let glued =
            |sign: Option<&char>| sign.is_some_and(|sign| sign.is_ascii_hexdigit() && sign.is_alphabetic());
        let in_hash =
            glued(start.checked_sub(1).and_then(|before| signs.get(before))) || glued(signs.get(at));
        let figure = signs.get(at) == Some(&',') && signs.get(at + 1).is_some_and(char::is_ascii_digit);
        if !(figure || in_hash && long_token(signs, start)) {
            numbers.push(Number { digits, before });
        }
    }
    numbers
}

/// Tells whether the word around a place is as long as a hash or an identifier.
fn long_token(signs: &[char], at: usize) -> bool {
    let part = |sign: &char| sign.is_ascii_hexdigit() || *sign == '-';
    let before = signs[..at].iter().rev().take_while(|sign| part(sign)).count();
    let after = signs[at..].iter().take_while(|sign| part(sign)).count();
    before + after >= 24
}

fn says(before: &str, words: &[&str]) -> bool {
    words.iter().any(|word| before.contains(word))
}

fn cover_numbers(signs: &[char], hide: &mut [bool]) {
    for number in numbers(signs) {
        let digits: String = number.digits.iter().filter_map(|&at| signs.get(at)).collect();
        let before = number.before.trim_end();
        let personal =
            says(before, &["cedula", "c.i", "c. i", "ci ", "identidad", "identificacion", "pasaporte"]);
        let phone = says(before, &["telef", "celular", "movil", "tel.", "fono"]);
        let account = says(before, &["cuenta", "cta"]);
        let natural = |id: &str| {
            let third = id.chars().nth(2).and_then(|digit| digit.to_digit(10)).unwrap_or(9);
            third < 6 && province(id) && cedula_checks(id)
        };
        let hidden = match digits.len() {
            // Several numbers in a row with only spaces between them are looked at piece by piece as well.
            13 if natural(&digits[..10]) && digits.ends_with("001") => Some(7),
            10 if natural(&digits) => Some(7),
            10 if digits.starts_with("09") && !digits.starts_with("0900") => Some(7),
            12 if digits.starts_with("5939") => Some(9),
            9 if phone
                || (digits.starts_with('0')
                    && signs.get(number.digits[0] + 1).is_some_and(|sign| !sign.is_ascii_digit())) =>
            {
                Some(6)
            }
            length if personal && length >= 6 => Some(length - 3),
            length if phone && length >= 7 => Some(length - 3),
            length if account && length >= 6 => Some(length - 3),
            length if length > 13 => {
                cover_within(&number.digits, signs, hide, &natural);
                None
            }
            _ => None,
        };
        if let Some(hidden) = hidden {
            number.digits.iter().take(hidden).for_each(|&at| hide[at] = true);
        }
    }
}

/// Covers cédulas among numbers that only spaces part.
fn cover_within(places: &[usize], signs: &[char], hide: &mut [bool], natural: &dyn Fn(&str) -> bool) {
    for run in places.chunk_by(|a, b| b - a == 1) {
        let digits: String = run.iter().filter_map(|&at| signs.get(at)).collect();
        let whole = digits.len() == 10 || (digits.len() == 13 && digits.ends_with("001"));
        if whole && natural(&digits[..10]) {
            run.iter().take(7).for_each(|&at| hide[at] = true);
        }
    }
}

fn province(id: &str) -> bool {
    let number: u32 = id.get(..2).and_then(|text| text.parse().ok()).unwrap_or(0);
    (1..=24).contains(&number) || number == 30
}

/// The check digit of a cédula, modulus ten.
fn cedula_checks(id: &str) -> bool {
    let digits: Vec<u32> = id.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let [weighted @ .., check] = digits.as_slice() else { return false };
    let sum: u32 = weighted
        .iter()
        .enumerate()
        .map(|(index, digit)| {
            let value = if index % 2 == 0 { digit * 2 } else { *digit };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    weighted.len() == 9 && (10 - sum % 10) % 10 == *check
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Style;

    fn after(text: &str) -> String {
        let mut spans = vec![Span { text: text.into(), style: Style::default() }];
        let personal = PersonalData { values: vec!["Av. de los Ejemplos N12-34".into(), "2 345 678".into()] };
        mask_text(&mut spans, &personal);
        crate::plain(&spans)
    }

    #[test]
    fn what_names_a_person_is_masked_however_it_is_written() {
        for (written, masked) in [
            ("C.I. 1710034065", "C.I. XXXXXXX065"),
            ("cédula No. 171003406-5.", "cédula No. XXXXXXX06-5."),
            ("RUC 1710034065001", "RUC XXXXXXX065001"),
            ("con 1710034065 y 1710034065", "con XXXXXXX065 y XXXXXXX065"),
            ("contacto@correo.example.ec;", "XXXXXXXXXXXXXXXXXXXXXXXXXX;"),
            ("celular 099 123 4567", "celular XXX XXX X567"),
            ("cuenta de ahorros N.º 220123456", "cuenta de ahorros N.º XXXXXX456"),
            ("en la AV. DE LOS  EJEMPLOS N12-34, Quito", "en la XXX XX XXX  XXXXXXXX XXXXXX, Quito"),
            ("pasaporte 12345678", "pasaporte XXXXX678"),
        ] {
            let got = after(written);
            assert_eq!(got, masked, "{written}");
        }
    }

    #[test]
    fn what_names_no_person_stays() {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        for text in [
            "RUC 1790012345001",
            "USD 1.234.567,89",
            "SIE-EJEMPLO-2026-001",
            "el 18 de noviembre de 2026",
            "Resolución N.º 2026-0145",
            "páginas 12 a 1710",
            hash,
            "01940000-1710-7003-8406-500000000000",
        ] {
            assert_eq!(after(text), text);
        }
    }

    #[test]
    fn attack_a_cedula_in_two_styles_is_one_number() {
        let bold = Style { bold: true, ..Style::default() };
        let mut spans = vec![
            Span { text: "C.I. 17100".into(), style: Style::default() },
            Span { text: "34065".into(), style: bold },
        ];
        mask_text(&mut spans, &PersonalData::default());
        assert_eq!(crate::plain(&spans), "C.I. XXXXXXX065");
    }
}
