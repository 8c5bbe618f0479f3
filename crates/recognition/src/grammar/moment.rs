//! A day with its hour: `22/04/2024 10:30`, `22 de abril de 2024, a las 15h00`.

use super::{Found, date, pattern};
use crate::layout::Folded;
use jiff::civil::{Date, DateTime};

pattern!(
    HOUR,
    r"^(?:,? ?(?:a las |hora:? ?|-|t|las )?) ?([01]?\d|2[0-3]) ?[:h] ?([0-5]\d)(?: ?[:] ?[0-5]\d)?(?: ?(?:horas|hrs?|h|am|pm)\b\.?)?"
);

/// Holds a day and, where one stands with it, the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The day with its hour and minute.
    pub hour: Option<DateTime>,
}

/// Finds days with the hour that follows them, if any does.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<Moment>> {
    date::find(text)
        .into_iter()
        .map(|found| {
            let rest = text.slice(found.range.end..text.len());
            let hour = HOUR.as_ref().and_then(|pattern| pattern.captures(rest)).and_then(|captures| {
                let end = captures.get(0)?.end();
                let after_noon = captures[0].ends_with("pm");
                let hour: i8 = captures[1].parse().ok()?;
                let hour = if after_noon && hour < 12 { hour + 12 } else { hour };
                Some((found.value.at(hour, captures[2].parse().ok()?, 0, 0), end))
            });
            Found {
                range: found.range.start..found.range.end + hour.map_or(0, |(_, end)| end),
                value: Moment { day: found.value, hour: hour.map(|(moment, _)| moment) },
                certainty: found.certainty,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_belongs_to_its_day() {
        let found = |text: &str| {
            let text = Folded::new(text);
            find(&text)
                .into_iter()
                .map(|found| {
                    (found.value.hour.map(|hour| hour.to_string()), text.raw(found.range).to_string())
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            found("Emitido 22/04/2024 10:30"),
            [(Some("2024-04-22T10:30:00".into()), "22/04/2024 10:30".into())]
        );
        assert_eq!(found("22 de abril de 2024, a las 15h00")[0].0.as_deref(), Some("2024-04-22T15:00:00"));
        assert_eq!(found("22/04/2024 de Quito")[0].0, None);
        assert_eq!(found("22/04/2024 25:80")[0].0, None, "no hour");
    }
}
