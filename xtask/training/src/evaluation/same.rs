//! When a value that was read is the value that was printed.

use rust_decimal::Decimal;
use std::str::FromStr;

/// Tells whether a canonical value is the printed one, for a field of this type of the catalogue; `raw` are the printed characters.
pub(crate) fn value(kind: &str, printed: &str, raw: &str, read: &str) -> bool {
    match kind {
        "money_usd" | "money" | "decimal" | "percent" | "int" | "year" => {
            number(printed).is_some() && number(printed) == number(read)
        }
        "duration" => {
            squeezed(printed) == squeezed(read) || days(printed).is_some() && days(printed) == days(read)
        }
        "date" | "datetime" => printed.get(..10) == read.get(..10),
        "person" => name(printed) == name(read),
        // An amount in words may be read as the amount or as the words.
        "text" if number(printed).is_some() && raw.contains(char::is_alphabetic) => {
            number(printed) == number(read) || squeezed(raw) == squeezed(read)
        }
        "text" => squeezed(printed) == squeezed(read) || squeezed(raw) == squeezed(read),
        _ => squeezed(printed) == squeezed(read),
    }
}

/// Tells whether the text of a table's cell is the printed one: numbers by their digits and where the decimals begin, everything else by
/// its letters and digits.
pub(crate) fn cell(printed: &str, canonical: &str, read: &str) -> bool {
    if Decimal::from_str(canonical).is_err() {
        return squeezed(printed) == squeezed(read);
    }
    let read = read.replace("USD", "");
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let decimals =
        |text: &str| text.rsplit_once([',', '.']).map_or(0, |(_, decimals)| digits(decimals).len());
    !read.contains(char::is_alphabetic)
        && digits(printed) == digits(&read)
        && decimals(printed) == decimals(&read)
}

fn number(text: &str) -> Option<Decimal> {
    Decimal::from_str(text.trim()).ok().map(|number| number.normalize())
}

fn days(text: &str) -> Option<&str> {
    let count = text.split(' ').next()?;
    let rest = text[count.len()..].trim();
    (rest.is_empty() || rest.starts_with("d")).then_some(count)
}

/// Letters and digits alone, without case and accents.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            'á' | 'à' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            c => c,
        })
        .collect()
}

fn name(text: &str) -> String {
    const TITLES: [&str; 8] = ["ing.", "arq.", "sr.", "sra.", "dr.", "dra.", "lcda.", "lcdo."];
    let lower = text.trim().to_lowercase();
    let bare = TITLES.iter().find_map(|title| lower.strip_prefix(title)).unwrap_or(&lower);
    squeezed(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_compared_by_what_they_mean() {
        let value = |kind: &str, printed: &str, read: &str| super::value(kind, printed, printed, read);
        assert!(super::value("text", "12.20", "doce con 20/100 dólares", "DOCE CON 20/100 DOLARES"));
        assert!(!super::value("text", "12.20", "doce con 20/100 dólares", "1220"));
        assert!(value("money_usd", "1234.5", "1234.50"));
        assert!(!value("money_usd", "1234.5", "12345"));
        assert!(value("person", "Ing. José Peñafiel Iza", "JOSE PEÑAFIEL IZA"));
        assert!(value("duration", "12 meses", "12 meses") && !value("duration", "12 meses", "12"));
        assert!(value("duration", "90", "90"));
        assert!(value("datetime", "2026-01-05", "2026-01-05"));
        assert!(value("text", "Vialsur Cía. Ltda.", "VIALSUR CIA LTDA"));
        assert!(!value("text", "Vialsur", "Vialsur S.A."));
    }

    #[test]
    fn cells_are_compared_by_their_characters() {
        assert!(cell("1.234,50", "1234.50", "1.234,50"));
        assert!(cell("1.234,50", "1234.50", "1 234,50"), "a space within a number");
        assert!(!cell("1.234,50", "1234.50", "1.234,5O"), "a letter is no digit");
        assert!(!cell("1.234,50", "1234.50", "12.345,0"), "the decimals begin elsewhere");
        assert!(!cell("Cemento", "Cemento", "Cemente"));
    }
}
