//! Durations: `90 (noventa) días calendario`, `término de 5 días`, `12 meses`.

use super::words::read_whole;
use super::{Found, pattern};
use crate::layout::Folded;
use cotejo_domain::{Plazo, Termino};

/// Holds a duration in the unit in which it is written: a month has no fixed number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duration {
    /// Calendar days: the text says *calendario* or *plazo*.
    Plazo(Plazo),
    /// Working days: the text says *término*, *laborables* or *hábiles*.
    Termino(Termino),
    /// Days of which the text does not say which kind.
    Days(u32),
    /// Weeks.
    Weeks(u32),
    /// Months.
    Months(u32),
    /// Years.
    Years(u32),
}

pattern!(
    FIGURE_FIRST,
    r"\b(\d{1,4})(?: ?\( ?([a-z ]{2,40}?) ?\))?,? ?(dias|dia|semanas|semana|meses|mes|anos|ano)\b(?: ?(calendarios?|laborables?|habiles|termino|plazo|corridos))?"
);
pattern!(
    WORDS_FIRST,
    r"\b([a-z]+(?: (?:y )?[a-z]+){0,3}) ?\( ?(\d{1,4}) ?\),? ?(dias|dia|semanas|semana|meses|mes|anos|ano)\b(?: ?(calendarios?|laborables?|habiles|termino|plazo|corridos))?"
);
pattern!(KIND_BEFORE, r"(termino|plazo)[^.;]{0,30}$");

/// Finds durations. When the figure and the words in brackets disagree, the certainty says so.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<Duration>> {
    let ascii = text.ascii();
    let mut found: Vec<Found<Duration>> = Vec::new();
    let all = |pattern: &'static Option<regex::Regex>| {
        pattern.iter().flat_map(|pattern| pattern.captures_iter(ascii))
    };
    for captures in all(&WORDS_FIRST) {
        let words = captures.get(1).and_then(|words| last_number(words.as_str()));
        push(&mut found, ascii, &captures, captures.get(2), words);
    }
    for captures in all(&FIGURE_FIRST) {
        let words = match captures.get(2) {
            Some(words) => read_whole(words.as_str()).map_or(Words::Unreadable, Words::Are),
            None => Words::None,
        };
        let inside = captures.get(0).is_some_and(|whole| {
            found.iter().any(|other| other.range.start < whole.end() && whole.start() < other.range.end)
        });
        if !inside {
            push(&mut found, ascii, &captures, captures.get(1), Some(words));
        }
    }
    found.sort_by_key(|duration| duration.range.start);
    found
}

#[derive(Clone, Copy)]
enum Words {
    None,
    Unreadable,
    Are(u64),
}

// «en un plazo de noventa (90)»: the number is what ends the words.
fn last_number(words: &str) -> Option<Words> {
    let tokens: Vec<&str> = words.split(' ').collect();
    (0..tokens.len())
        .find_map(|start| read_whole(&tokens[start..].join(" ")))
        .map(Words::Are)
        .or(Some(Words::Unreadable))
}

fn push(
    found: &mut Vec<Found<Duration>>,
    text: &str,
    captures: &regex::Captures<'_>,
    figure: Option<regex::Match<'_>>,
    words: Option<Words>,
) {
    let (Some(whole), Some(figure)) = (captures.get(0), figure) else { return };
    let Ok(count) = figure.as_str().parse::<u32>() else { return };
    let joined = text[..whole.start()]
        .bytes()
        .last()
        .is_some_and(|byte| b".,/-".contains(&byte) || byte.is_ascii_digit());
    if joined || count == 0 {
        return;
    }
    let unit = captures.get(3).map_or("", |unit| unit.as_str());
    let kind = captures.get(4).map_or("", |kind| kind.as_str());
    let before = KIND_BEFORE
        .as_ref()
        .and_then(|pattern| pattern.captures(&text[whole.start().saturating_sub(48)..whole.start()]))
        .and_then(|captures| captures.get(1).map(|kind| kind.as_str().to_string()));
    let value = if unit.starts_with("di") {
        match (kind, before.as_deref()) {
            ("laborable" | "laborables" | "habiles" | "termino", _) => Duration::Termino(Termino(count)),
            ("calendario" | "calendarios" | "plazo" | "corridos", _) => Duration::Plazo(Plazo(count)),
            (_, Some("termino")) => Duration::Termino(Termino(count)),
            (_, Some(_)) => Duration::Plazo(Plazo(count)),
            _ => Duration::Days(count),
        }
    } else if unit.starts_with("sem") {
        Duration::Weeks(count)
    } else if unit.starts_with("mes") {
        Duration::Months(count)
    } else {
        Duration::Years(count)
    };
    let certainty = match words {
        Some(Words::Are(words)) if words != u64::from(count) => 0.3,
        Some(Words::Unreadable) => 0.8,
        _ => 1.0,
    };
    found.push(Found { range: whole.range(), value, certainty });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn durations(text: &str) -> Vec<(Duration, f64)> {
        find(&Folded::new(text)).into_iter().map(|found| (found.value, found.certainty)).collect()
    }

    #[test]
    fn working_and_calendar_days_are_kept_apart() {
        assert_eq!(
            durations("90 (noventa) días calendario contados desde"),
            [(Duration::Plazo(Plazo(90)), 1.0)]
        );
        assert_eq!(durations("noventa (90) días calendario"), [(Duration::Plazo(Plazo(90)), 1.0)]);
        assert_eq!(durations("en el término de 5 días"), [(Duration::Termino(Termino(5)), 1.0)]);
        assert_eq!(durations("10 días laborables"), [(Duration::Termino(Termino(10)), 1.0)]);
        assert_eq!(durations("un plazo de 30 días"), [(Duration::Plazo(Plazo(30)), 1.0)]);
        assert_eq!(durations("vigente 60 días"), [(Duration::Days(60), 1.0)], "the text does not say which");
        assert_eq!(durations("garantía de 24 meses"), [(Duration::Months(24), 1.0)]);
    }

    #[test]
    fn a_figure_that_contradicts_its_words_is_not_sure() {
        assert_eq!(durations("90 (sesenta) días calendario"), [(Duration::Plazo(Plazo(90)), 0.3)]);
        assert_eq!(durations("sesenta (90) días"), [(Duration::Days(90), 0.3)]);
    }

    #[test]
    fn decimals_and_dates_are_no_durations() {
        assert!(durations("1.5 días").is_empty());
        assert!(durations("a los días").is_empty());
    }
}
