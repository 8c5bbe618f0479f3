//! The rule by which national holidays are observed on other days, for years whose list is not in the data.
//!
//! A holiday on Saturday is observed on Friday, on Sunday on Monday, on Tuesday on the Monday before, on Wednesday or Thursday on the
//! Friday after; 1 January, 25 December and carnival keep to Tuesday, Wednesday and Thursday. Two holidays in a row (2 and 3 November)
//! are transferred as a pair and never fall on one day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Names a day on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Name, in Spanish.
    pub name: String,
    /// The day of the calendar.
    pub day: Date,
    /// The day it is observed.
    pub observed: Date,
    /// Whether the day of observance was read in the official list; else it was computed by the rule.
    pub verified: bool,
}

/// Fixed holidays: month, day, name, and whether they keep to the middle of the week.
const FIXED: [(i8, i8, &str, bool); 8] = [
    (1, 1, "Año Nuevo", true),
    (5, 1, "Día del Trabajo", false),
    (5, 24, "Batalla de Pichincha", false),
    (8, 10, "Primer Grito de Independencia", false),
    (10, 9, "Independencia de Guayaquil", false),
    (11, 2, "Día de los Difuntos", false),
    (11, 3, "Independencia de Cuenca", false),
    (12, 25, "Navidad", true),
];

/// Returns the holidays of `year` by the rule, each with the day it is observed, which may lie in the neighbouring year.
pub(super) fn of_year(year: i16) -> Vec<Holiday> {
    let mut days: Vec<(Date, &'static str, bool)> = FIXED
        .iter()
        .filter_map(|(month, day, name, keeps)| Some((Date::new(year, *month, *day).ok()?, *name, *keeps)))
        .collect();
    if let Some(easter) = easter(year) {
        let before = |days: i64| easter.checked_sub(days.days()).ok();
        let carnival = [
            (before(48), "Lunes de carnaval"),
            (before(47), "Martes de carnaval"),
            (before(2), "Viernes santo"),
        ];
        days.extend(carnival.into_iter().filter_map(|(day, name)| Some((day?, name, true))));
    }
    days.sort_by_key(|(day, ..)| *day);
    let mut observed: Vec<Holiday> = Vec::with_capacity(days.len());
    for (index, (day, name, keeps)) in days.iter().enumerate() {
        let follows = |other: Option<&(Date, &str, bool)>, distance: i64| {
            other.is_some_and(|(next, ..)| day.checked_add(distance.days()).is_ok_and(|found| found == *next))
        };
        let shift = if *keeps {
            weekend(day.weekday())
        } else if follows(days.get(index + 1), 1) {
            first_of_pair(day.weekday())
        } else if index > 0 && follows(days.get(index - 1), -1) {
            second_of_pair(day.weekday())
        } else {
            alone(day.weekday())
        };
        let mut on = day.checked_add(shift.days()).unwrap_or(*day);
        while observed.iter().any(|earlier| earlier.observed == on) {
            let Ok(next) = on.tomorrow() else { break };
            on = next;
        }
        observed.push(Holiday { name: (*name).to_owned(), day: *day, observed: on, verified: false });
    }
    observed
}

fn weekend(weekday: Weekday) -> i64 {
    match weekday {
        Weekday::Saturday => -1,
        Weekday::Sunday => 1,
        _ => 0,
    }
}

/// Days from a single holiday that moves to the day it is observed, by its weekday.
pub(super) fn alone(weekday: Weekday) -> i64 {
    match weekday {
        Weekday::Tuesday => -1,
        Weekday::Wednesday => 2,
        Weekday::Thursday => 1,
        other => weekend(other),
    }
}

/// First of two days in a row, by its weekday: Tuesday/Wednesday → Monday/Tuesday, Wednesday/Thursday → Thursday/Friday,
/// Friday/Saturday → Thursday/Friday, Saturday/Sunday → Friday/Monday, Sunday/Monday → Monday/Tuesday; the rest stay.
fn first_of_pair(weekday: Weekday) -> i64 {
    match weekday {
        Weekday::Tuesday | Weekday::Friday | Weekday::Saturday => -1,
        Weekday::Wednesday | Weekday::Sunday => 1,
        Weekday::Monday | Weekday::Thursday => 0,
    }
}

/// Second of two days in a row, by its own weekday.
fn second_of_pair(weekday: Weekday) -> i64 {
    match weekday {
        Weekday::Wednesday | Weekday::Saturday => -1,
        Weekday::Thursday | Weekday::Sunday | Weekday::Monday => 1,
        Weekday::Tuesday | Weekday::Friday => 0,
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm, also known by Meeus).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    fn observed(year: i16, month: i8, day: i8) -> Option<Date> {
        of_year(year)
            .into_iter()
            .find(|holiday| holiday.day == date(year, month, day))
            .map(|holiday| holiday.observed)
    }

    #[test]
    fn two_holidays_never_coincide() {
        for year in 1990..2100 {
            let days: Vec<Date> = of_year(year).into_iter().map(|holiday| holiday.observed).collect();
            let distinct: BTreeSet<Date> = days.iter().copied().collect();
            assert_eq!(days.len(), distinct.len(), "{year}: two holidays on one day would lose one");
        }
    }

    #[test]
    fn the_second_and_third_of_november_are_transferred_as_a_pair() {
        for (year, second, third) in [
            (2021, date(2021, 11, 1), date(2021, 11, 2)),
            (2022, date(2022, 11, 3), date(2022, 11, 4)),
            (2023, date(2023, 11, 2), date(2023, 11, 3)),
            (2024, date(2024, 11, 1), date(2024, 11, 4)),
            (2025, date(2025, 11, 3), date(2025, 11, 4)),
            (2026, date(2026, 11, 2), date(2026, 11, 3)),
        ] {
            assert_eq!((observed(year, 11, 2), observed(year, 11, 3)), (Some(second), Some(third)), "{year}");
        }
    }

    #[test]
    fn single_holidays_move_by_their_weekday_and_christmas_stays_in_the_week() {
        assert_eq!(observed(2024, 10, 9), Some(date(2024, 10, 11)), "Wednesday → Friday");
        assert_eq!(observed(2025, 5, 24), Some(date(2025, 5, 23)), "Saturday → Friday");
        assert_eq!(observed(2025, 8, 10), Some(date(2025, 8, 11)), "Sunday → Monday");
        assert_eq!(observed(2025, 12, 25), Some(date(2025, 12, 25)), "Thursday, but exempt");
    }

    #[test]
    fn carnival_and_good_friday_follow_easter() {
        let days: Vec<Date> = of_year(2026).into_iter().map(|holiday| holiday.observed).collect();
        for day in [date(2026, 2, 16), date(2026, 2, 17), date(2026, 4, 3)] {
            assert!(days.contains(&day), "{day} of 2026");
        }
    }
}
