//! Numbers, days and answers as persons write them.

use super::same::squeezed;
use rust_decimal::Decimal;
use std::str::FromStr;

/// Reads yes or no.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match squeezed(text).as_str() {
        "si" | "true" | "x" | "1" => Some(true),
        "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// Reads a number in Spanish notation, or with a dot before its decimals: a dot alone before three digits separates thousands.
pub(crate) fn number(text: &str) -> Option<Decimal> {
    let kept: String =
        text.chars().filter(|letter| letter.is_ascii_digit() || ",.-".contains(*letter)).collect();
    let kept = kept.trim_end_matches(|letter| ",.".contains(letter)).to_owned();
    let plain = match (kept.rfind(','), kept.rfind('.')) {
        (Some(comma), Some(dot)) if comma > dot => kept.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => kept.replace(',', ""),
        (Some(_), None) if kept.matches(',').count() == 1 => kept.replace(',', "."),
        (Some(_), None) => kept.replace(',', ""),
        (None, Some(dot)) if kept.matches('.').count() > 1 || kept.len() - dot == 4 => kept.replace('.', ""),
        _ => kept,
    };
    Decimal::from_str(&plain).ok()
}

/// Reads a day: ISO 8601, or day first.
pub(crate) fn day(text: &str) -> Option<jiff::civil::Date> {
    let head = text.trim().get(..10).unwrap_or(text.trim());
    if let Ok(date) = head.parse() {
        return Some(date);
    }
    let mut parts = text.trim().split(['/', '-', '.', ' ']).filter(|part| !part.is_empty());
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Reads a number of days.
pub(crate) fn days(text: &str) -> Option<String> {
    let count: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    let rest = text.trim().get(count.len()..).unwrap_or_default().trim().to_lowercase();
    (!count.is_empty() && (rest.is_empty() || rest.starts_with('d'))).then_some(count)
}
