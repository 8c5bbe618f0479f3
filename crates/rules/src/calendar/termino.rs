//! Términos: counting working days, with the working shown.

use super::holidays::on;
use cotejo_domain::Termino;
use jiff::civil::{Date, Weekday};

/// Shows one day of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedDay {
    /// The day.
    pub day: Date,
    /// Its number in the count, or `None` when it does not count.
    pub number: Option<u32>,
    /// Why it does not count, in Spanish; empty when it does.
    pub reason: String,
}

/// Holds the end of a término with the count that led there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The last day.
    pub due: Date,
    /// Every day from the first counted to the last.
    pub days: Vec<CountedDay>,
    /// False when a holiday on the way was computed by the rule and not read in the official list.
    pub verified: bool,
}

/// Adds a término to the day of the notification: the count begins on the next working day (COA 158 and 159).
///
/// `local` are further days that do not count, such as cantonal holidays or suspensions.
#[must_use]
pub fn add_termino(from: Date, termino: Termino, local: &[Date]) -> Deadline {
    let mut deadline = Deadline { due: from, days: Vec::new(), verified: true };
    let mut number = 0;
    while number < termino.0 {
        let Ok(day) = deadline.due.tomorrow() else { break };
        deadline.due = day;
        let holiday = on(day);
        let reason = if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            cotejo_catalogue::message("rules.calendar.weekend", &[])
        } else if let Some(holiday) = holiday {
            deadline.verified &= holiday.verified;
            cotejo_catalogue::message("rules.calendar.holiday", &[("feriado", holiday.name)])
        } else if local.contains(&day) {
            cotejo_catalogue::message("rules.calendar.local", &[])
        } else {
            number += 1;
            String::new()
        };
        deadline.days.push(CountedDay { day, number: reason.is_empty().then_some(number), reason });
    }
    deadline
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_termino_over_november_skips_both_holidays() {
        let deadline = add_termino(date(2025, 10, 30), Termino(3), &[]);
        assert_eq!(
            deadline.due,
            date(2025, 11, 6),
            "Fri 31, then Mon 3 and Tue 4 are holidays, Wed 5, Thu 6"
        );
        assert_eq!(deadline.days.len(), 7, "every day on the way is shown");
        assert!(!deadline.verified, "the holidays were computed");
    }

    #[test]
    fn a_termino_begins_on_the_next_working_day() {
        let deadline = add_termino(date(2026, 11, 20), Termino(2), &[]);
        assert_eq!(deadline.due, date(2026, 11, 24), "notified on Friday: Monday is the first day");
        assert!(deadline.verified, "no holiday on the way");
    }

    #[test]
    fn local_holidays_do_not_count_and_nothing_is_no_days() {
        let deadline = add_termino(date(2026, 11, 20), Termino(1), &[date(2026, 11, 23)]);
        assert_eq!(deadline.due, date(2026, 11, 24), "the canton's holiday");
        assert_eq!(
            add_termino(date(2026, 11, 20), Termino(0), &[]).due,
            date(2026, 11, 20),
            "zero days end at once"
        );
    }
}
