//! The calendar's data and what términos make of it.

use super::data::CALENDAR;
use super::holidays::of_year;
use super::*;
use cotejo_domain::Termino;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

fn count(from: Date, days: u32, canton: Option<&str>) -> Deadline {
    add_termino(from, Termino(days), Calendar::built_in(), canton)
}

#[test]
fn the_calendar_has_the_form_of_the_schema_and_all_years() {
    let problems = crate::pack::check_calendar(CALENDAR);
    assert!(problems.is_empty(), "{problems:?}");
    for year in 2022..=2030 {
        let listed = Calendar::built_in().holidays(year);
        assert!(listed.len() >= 10, "{year}: {listed:?}");
    }
}

#[test]
fn no_two_holidays_coincide_in_any_year_from_2022_to_2030_nor_fall_on_a_weekend() {
    for year in 2022..=2030 {
        let days: Vec<Date> =
            Calendar::built_in().holidays(year).into_iter().map(|found| found.observed).collect();
        let distinct: BTreeSet<Date> = days.iter().copied().collect();
        assert_eq!(days.len(), distinct.len(), "{year}: two holidays on one day would lose one");
        for day in days {
            let off = Calendar::built_in().off(day, None).expect("off");
            assert_eq!(off.kind, OffKind::National, "{day}: {off:?}");
        }
    }
}

#[test]
fn november_of_2025_and_2026_is_as_the_official_list_has_it() {
    for (year, days) in [(2025, [3, 4]), (2026, [2, 3])] {
        for day in days {
            let off = Calendar::built_in().off(date(year, 11, day), None).expect("a holiday");
            assert!(off.kind == OffKind::National && off.verified, "{year}-11-{day}: {off:?}");
        }
    }
    assert!(Calendar::built_in().off(date(2025, 11, 5), None).is_none());
    assert!(Calendar::built_in().off(date(2026, 11, 4), None).is_none());
}

#[test]
fn what_the_lists_say_is_what_the_rule_computes_and_the_rest_is_unverified() {
    for year in 2022..=2030 {
        let observed = |holidays: Vec<Holiday>| -> BTreeSet<Date> {
            holidays.into_iter().map(|holiday| holiday.observed).collect()
        };
        let computed: Vec<Holiday> = [year - 1, year, year + 1]
            .into_iter()
            .flat_map(of_year)
            .filter(|found| found.observed.year() == year)
            .collect();
        let listed = Calendar::built_in().holidays(year);
        let known = (2023..=2026).contains(&year);
        assert!(
            listed.iter().filter(|found| found.day.year() == year).all(|found| found.verified == known),
            "{year}"
        );
        assert_eq!(observed(listed), observed(computed), "{year}");
    }
    assert!(!Calendar::built_in().holidays(2031).is_empty(), "later years are computed");
    assert!(Calendar::built_in().holidays(2031).iter().all(|found| !found.verified));
}

#[test]
fn a_new_year_on_saturday_is_observed_in_the_year_before() {
    let of_2021 = Calendar::built_in().holidays(2021);
    assert!(
        of_2021.iter().any(|found| found.observed == date(2021, 12, 31)),
        "1 January 2022 was a Saturday"
    );
    assert!(!Calendar::built_in().holidays(2022).iter().any(|found| found.observed == date(2022, 1, 1)));
}

#[test]
fn a_termino_over_november_skips_both_holidays() {
    let deadline = count(date(2025, 10, 30), 3, None);
    assert_eq!(deadline.due, date(2025, 11, 6), "Fri 31, then Mon 3 and Tue 4 are holidays, Wed 5, Thu 6");
    assert_eq!(deadline.days.len(), 7, "every day on the way is shown");
    let shown: Vec<(i8, Option<u32>)> = deadline.days.iter().map(|day| (day.day.day(), day.number)).collect();
    assert_eq!(
        shown,
        [(31, Some(1)), (1, None), (2, None), (3, None), (4, None), (5, Some(2)), (6, Some(3))],
        "each day, and whether it counts"
    );
    assert!(deadline.days[3].reason.contains("Independencia de Cuenca"), "{:?}", deadline.days[3]);
    assert!(deadline.verified, "the official list of 2025 is known");
    let next = count(date(2026, 10, 30), 2, None);
    assert_eq!(next.due, date(2026, 11, 5), "2026: Mon 2 and Tue 3 are holidays, Wed 4, Thu 5");
    let later = count(date(2027, 10, 29), 2, None);
    assert!(!later.verified && !later.remarks.is_empty(), "2027 was computed: {later:?}");
}

#[test]
fn a_termino_begins_on_the_next_working_day_and_nothing_is_no_days() {
    let deadline = count(date(2026, 11, 20), 2, None);
    assert_eq!(deadline.due, date(2026, 11, 24), "notified on Friday: Monday is the first day");
    assert!(deadline.verified, "no holiday on the way");
    assert_eq!(count(date(2026, 11, 20), 0, None).due, date(2026, 11, 20), "zero days end at once");
}

#[test]
fn a_canton_s_holiday_counts_only_where_it_is_kept_and_is_unverified() {
    let quito = count(date(2022, 12, 2), 1, Some("QUITO"));
    assert_eq!(quito.due, date(2022, 12, 6), "6 December 2022, a Tuesday, was kept on Monday 5");
    assert!(
        !quito.verified
            && quito.days.iter().any(|day| day.off.as_ref().is_some_and(|off| off.kind == OffKind::Local))
    );
    assert_eq!(count(date(2022, 12, 2), 1, Some("Cuenca")).due, date(2022, 12, 5), "elsewhere they worked");
    assert_eq!(count(date(2022, 12, 2), 1, None).due, date(2022, 12, 5), "no canton named");
}

#[test]
fn a_suspension_by_decree_does_not_count_and_says_that_it_was_not_seen() {
    let deadline = count(date(2025, 10, 8), 1, None);
    assert_eq!(deadline.due, date(2025, 10, 13), "Thu 9 suspended by decree, Fri 10 the holiday of the 9th");
    assert!(!deadline.verified, "the decree itself was not read");
    assert!(deadline.remarks.iter().any(|remark| remark.contains("172")), "{:?}", deadline.remarks);
}

#[test]
fn what_the_entity_records_holds_where_it_says() {
    let day = |canton: Option<&str>, suspension| EntityDay {
        day: date(2026, 11, 23),
        canton: canton.map(str::to_owned),
        name: "Cantonización".into(),
        source: "Ordenanza 7".into(),
        suspension,
        by: "Jurídico".into(),
        at: date(2026, 11, 1),
    };
    let local = Calendar::built_in().with_entity(&[day(Some("Ibarra"), false)]);
    let ends = |calendar: &Calendar, canton| add_termino(date(2026, 11, 20), Termino(1), calendar, canton);
    assert_eq!(ends(&local, Some("ibarra")).due, date(2026, 11, 24), "the canton's holiday");
    assert!(ends(&local, Some("ibarra")).verified, "the entity answers for it");
    assert_eq!(ends(&local, Some("Quito")).due, date(2026, 11, 23));
    assert_eq!(ends(&local, None).due, date(2026, 11, 23), "nobody said which canton");
    assert_eq!(
        ends(&Calendar::built_in().with_entity(&[day(None, true)]), None).due,
        date(2026, 11, 24),
        "everywhere"
    );
    assert!(local.cantons().contains(&"Ibarra".to_owned()));
}
