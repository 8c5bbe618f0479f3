//! Dates in figures and words: `22/04/2024`, `22 de abril del 2024`, `a los 24 días del mes de diciembre del 2020`, `2024-04-22`.

use super::fuzzy::distance_within;
use super::words::read_whole;
use super::{Found, pattern};
use crate::layout::Folded;
use cotejo_domain::spanish::MONTHS;
use jiff::civil::Date;

pattern!(FIGURES, r"\b(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})\b");
pattern!(ISO, r"\b(\d{4})[-/](\d{2})[-/](\d{2})\b");
pattern!(
    SHORT_MONTH,
    r"\b(\d{1,2}) ?[/ -] ?(ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]{0,7}\.? ?[/ -] ?(\d{4})\b"
);
pattern!(
    LONG,
    r"\b(\d{1,2}|[a-z]+(?: y [a-z]+)?)(?: ?\([^)]{1,20}\))?(?: dias?(?: del? mes)?)? (?:de|del) (?:mes de )?([a-z0-9]{4,10}),? ?(?:(?:del?|ano) )*(?:ano )?(\d{4}|dos mil(?: [a-z]+){1,3}?)\b"
);
pattern!(MONTH_FIRST, r"\b([a-z]{4,10}) (\d{1,2}),? (?:del? (?:ano )?)?(\d{4})\b");

/// Finds dates between 1950 and 2099. Days are written before months here; what that rule does not allow is no date.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<Date>> {
    let ascii = text.ascii();
    let mut found = Vec::new();
    let all = |pattern: &'static Option<regex::Regex>| {
        pattern.iter().flat_map(|pattern| pattern.captures_iter(ascii))
    };
    for captures in all(&FIGURES) {
        push(
            &mut found,
            ascii,
            &captures,
            captures[1].parse().ok(),
            captures[2].parse().ok(),
            captures[3].parse().ok(),
            1.0,
        );
    }
    for captures in all(&ISO) {
        push(
            &mut found,
            ascii,
            &captures,
            captures[3].parse().ok(),
            captures[2].parse().ok(),
            captures[1].parse().ok(),
            1.0,
        );
    }
    for captures in all(&SHORT_MONTH) {
        let month = names().find(|(name, _)| name.starts_with(&captures[2]));
        push(
            &mut found,
            ascii,
            &captures,
            captures[1].parse().ok(),
            month.map(|(_, number)| number),
            captures[3].parse().ok(),
            1.0,
        );
    }
    for captures in all(&LONG) {
        let Some((month, slips)) = month(&captures[2]) else { continue };
        let day = captures[1].parse().ok().or_else(|| day_in_words(&captures[1]));
        let year = captures[3]
            .parse()
            .ok()
            .or_else(|| read_whole(&captures[3]).and_then(|year| i16::try_from(year).ok()));
        push(&mut found, ascii, &captures, day, Some(month), year, if slips == 0 { 1.0 } else { 0.85 });
    }
    for captures in all(&MONTH_FIRST) {
        let Some((month, 0)) = month(&captures[1]) else { continue };
        push(
            &mut found,
            ascii,
            &captures,
            captures[2].parse().ok(),
            Some(month),
            captures[3].parse().ok(),
            0.95,
        );
    }
    found.sort_by_key(|date: &Found<Date>| (date.range.start, std::cmp::Reverse(date.range.end)));
    found.dedup_by(|later, earlier| later.range.start < earlier.range.end);
    found
}

fn push(
    found: &mut Vec<Found<Date>>,
    text: &str,
    captures: &regex::Captures<'_>,
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    certainty: f64,
) {
    let (Some(whole), Some(day), Some(month), Some(year)) = (captures.get(0), day, month, year) else {
        return;
    };
    let before = text[..whole.start()].bytes().last();
    let after = text.as_bytes().get(whole.end());
    let joined = |byte: Option<&u8>| byte.is_some_and(|byte| b"/-".contains(byte));
    if joined(before.as_ref()) || joined(after) || !(1950..=2099).contains(&year) {
        return;
    }
    if let Ok(date) = Date::new(year, month, day) {
        let lead = day_start(captures);
        found.push(Found { range: whole.start() + lead..whole.end(), value: date, certainty });
    }
}

// The loose word before «de abril» may be longer than the day: «quito veintidos de abril» keeps only the day.
fn day_start(captures: &regex::Captures<'_>) -> usize {
    let Some(day) = captures.get(1) else { return 0 };
    match day.as_str().rsplit_once(" y ") {
        Some((head, tail))
            if day_in_words(day.as_str()).is_some() && read_whole(&format!("{head} y {tail}")).is_none() =>
        {
            head.len() + 3
        }
        _ => 0,
    }
}

fn day_in_words(text: &str) -> Option<i8> {
    let value = read_whole(text).or_else(|| text.rsplit(" y ").next().and_then(read_whole))?;
    i8::try_from(value).ok().filter(|day| (1..=31).contains(day))
}

// «Setiembre» is as good a name as «septiembre».
fn names() -> impl Iterator<Item = (&'static str, i8)> {
    MONTHS.into_iter().zip(1..).chain([("setiembre", 9)])
}

fn month(text: &str) -> Option<(i8, usize)> {
    if let Some((_, number)) = names().find(|(name, _)| *name == text) {
        return Some((number, 0));
    }
    let mut near = names().filter(|(name, _)| name.len() >= 5 && distance_within(name, text, 1).is_some());
    let (_, number) = near.next()?;
    near.all(|(_, other)| other == number).then_some((number, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dates(text: &str) -> Vec<String> {
        find(&Folded::new(text)).into_iter().map(|found| found.value.to_string()).collect()
    }

    #[test]
    fn dates_of_real_papers_are_read() {
        for (text, date) in [
            ("Quito, 22/04/2024", "2024-04-22"),
            ("22-04-2024", "2024-04-22"),
            ("el 22 de abril del 2024", "2024-04-22"),
            ("22 de abril de 2024,", "2024-04-22"),
            ("a los 24 días del mes de diciembre del 2020", "2020-12-24"),
            ("a los veinticuatro días del mes de diciembre del año dos mil veinte", "2020-12-24"),
            ("a los veinte y cuatro (24) días del mes de diciembre de 2020", "2020-12-24"),
            ("emitido 2024-04-22 en", "2024-04-22"),
            ("22-ABR-2024", "2024-04-22"),
            ("06 de marzo de 2026", "2026-03-06"),
            ("5 de Setiembre del año 2019", "2019-09-05"),
            ("marzo 6, 2026", "2026-03-06"),
            ("22 de abri1 de 2024", "2024-04-22"),
        ] {
            assert_eq!(dates(text), [date], "{text}");
        }
    }

    #[test]
    fn what_is_no_date_here_is_none() {
        for text in [
            "13/13/2024",
            "04/22/2024",
            "31 de abril de 2024",
            "1/2/1890",
            "SIE-12/04/2024-1",
            "84.01.04",
            "22/04/24",
        ] {
            assert!(dates(text).is_empty(), "{text} gave {:?}", dates(text));
        }
    }

    proptest! {
        #[test]
        fn both_ways_of_writing_agree(year in 1990_i16..2060, month in 1_i8..=12, day in 1_i8..=28) {
            let date = Date::new(year, month, day).expect("a date");
            let long = format!("{day} de {} del {year}", MONTHS[(month - 1) as usize]);
            prop_assert_eq!(dates(&long), [date.to_string()]);
            prop_assert_eq!(dates(&format!("{day:02}/{month:02}/{year}")), [date.to_string()]);
        }

        #[test]
        fn nothing_panics(text in "[a-z0-9 /,.()-]{0,60}") {
            let _ = dates(&text);
        }
    }
}
