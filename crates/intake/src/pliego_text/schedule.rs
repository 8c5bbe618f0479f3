//! The schedule, where it is printed as a table: one stage a line, with its date and hour.

use super::lines::{Line, Lines, fold};
use cotejo_domain::ScheduleStage;
use jiff::civil::{Date, DateTime, Time};
use regex::Regex;
use std::sync::LazyLock;

static MOMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:(\d{4})[/-](\d{1,2})[/-](\d{1,2})|(\d{1,2})[/-](\d{1,2})[/-](\d{4}))(?:\s*(?:a las)?\s*(\d{1,2})[:hH](\d{2}))?").ok()
});
static STAGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\d{1,2}\.?-?\)? )?(fecha (?:de|limite|inicio|fin|estimada|final|para) )").ok()
});

/// Reads the stages that stand with a date on their line. A line without date that follows belongs to the name.
pub(super) fn read(lines: &Lines) -> Vec<ScheduleStage> {
    let (Some(stage), Some(moment)) = (STAGE.as_ref(), MOMENT.as_ref()) else { return Vec::new() };
    let all = lines.all();
    let mut found: Vec<ScheduleStage> = Vec::new();
    for (index, line) in all.iter().enumerate() {
        let Some(start) =
            stage.captures(&line.folded).and_then(|captures| captures.get(1)).map(|group| group.start())
        else {
            continue;
        };
        let Some(captures) = moment.captures(&line.text) else { continue };
        let Some(place) = captures.get(0).map(|whole| whole.start()) else { continue };
        let Some(at) = at(&captures) else { continue };
        let skip = line.folded[..start].chars().count();
        let take = line.text[..place].chars().count().saturating_sub(skip);
        let mut name: String = line.text.chars().skip(skip).take(take).collect();
        for next in all.iter().skip(index + 1).take(2) {
            if !continues(next, stage, moment) {
                break;
            }
            name.push(' ');
            name.push_str(&next.text);
        }
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let repeated = found.iter().any(|other| other.stage == name && other.at == Some(at));
        if !repeated && name.chars().count() >= 10 {
            found.push(ScheduleStage { code: None, stage: name, at: Some(at) });
        }
    }
    found
}

/// Tells whether a line goes on with the name of the stage above: short, in lower case, neither date nor heading.
fn continues(line: &Line, stage: &Regex, moment: &Regex) -> bool {
    let starts_low = line.text.chars().next().is_some_and(char::is_lowercase);
    starts_low
        && line.text.chars().count() <= 40
        && !line.text.contains('.')
        && !stage.is_match(&line.folded)
        && !moment.is_match(&line.text)
}

fn at(captures: &regex::Captures<'_>) -> Option<DateTime> {
    let number = |index: usize| captures.get(index).and_then(|group| group.as_str().parse::<i16>().ok());
    let (year, month, day) = match number(1) {
        Some(year) => (year, number(2)?, number(3)?),
        None => (number(6)?, number(5)?, number(4)?),
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let time = match (number(7), number(8)) {
        (Some(hour), Some(minute)) => {
            Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?
        }
        _ => Time::midnight(),
    };
    Some(date.to_datetime(time))
}

/// Returns the moment of the only stage whose name contains one of the words.
pub(super) fn moment_of(stages: &[ScheduleStage], words: &[&str]) -> Option<DateTime> {
    let mut found = stages.iter().filter(|stage| words.iter().any(|word| fold(&stage.stage).contains(word)));
    let first = found.next()?.at?;
    if found.any(|other| other.at != Some(first)) { None } else { Some(first) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_compile_and_impossible_dates_are_none() {
        let pattern = MOMENT.as_ref().expect("compiles");
        assert!(STAGE.is_some(), "compiles");
        let read = |text: &str| pattern.captures(text).and_then(|captures| at(&captures));
        assert_eq!(
            read("23/01/2026 10h30"),
            Some(jiff::civil::date(2026, 1, 23).at(10, 30, 0, 0)),
            "Ecuador's order"
        );
        assert_eq!(read("2026-02-30 10:00"), None, "no such day");
    }
}
