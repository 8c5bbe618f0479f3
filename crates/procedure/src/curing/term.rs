//! The term of a *convalidación*: how many working days the regime lets give, and until when answers are due, with the working.

use super::errors::{Ground, reason};
use cotejo_catalogue::message;
use cotejo_domain::{Reason, Termino, TraceStep};
use cotejo_rules::calendar::{Calendar, add_termino};
use cotejo_rules::{Answer, RulePack};
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

/// Holds a term with how it was counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CureTerm {
    /// How many working days.
    pub days: Termino,
    /// The day of the notification, which does not count.
    pub from: Date,
    /// Until when answers are due, local time of Ecuador.
    pub due: DateTime,
    /// Every day and why it counts or not.
    pub working: Vec<TraceStep>,
    /// The norm, and what of it or of the calendar is unverified.
    pub ground: Ground,
}

/// Returns the least and the most days a regime lets give, with the norm; `None` where no pack says it.
#[must_use]
pub fn days_allowed(pack: &RulePack) -> Option<(Termino, Termino, Ground)> {
    match pack.cure_days() {
        Answer::Known(value) => {
            let ground = Ground::of("convalidacion_dias", &value, None);
            Some((value.value.0, value.value.1, ground))
        }
        Answer::Ask { .. } => None,
    }
}

/// Counts a term from the day of the notification.
///
/// # Errors
/// When the regime's limits do not allow so many days, or no limits were seen, and `why` does not say on what ground they are given.
pub fn cure_term(
    pack: &RulePack,
    days: Termino,
    from: Date,
    until: Time,
    calendar: &Calendar,
    canton: Option<&str>,
    why: &str,
) -> Result<CureTerm, Reason> {
    let mut ground = Ground::default();
    let stated = !why.trim().is_empty();
    if days.0 == 0 {
        return Err(reason("curing.termino.cero", &[]));
    }
    match days_allowed(pack) {
        Some((least, most, limits)) => {
            if (days < least || days > most) && !stated {
                let (least, most) = (least.0.to_string(), most.0.to_string());
                let values = [("dias", days.0.to_string()), ("minimo", least), ("maximo", most)];
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                return Err(reason("curing.termino.fuera", &values));
            }
            ground.join(limits);
        }
        None if !stated => return Err(reason("curing.termino.pregunta", &[("regimen", &pack.id)])),
        None => {}
    }
    let deadline = add_termino(from, days, calendar, canton);
    let working = deadline
        .days
        .iter()
        .map(|day| TraceStep {
            step: format!("{} {}", day.weekday, day.day),
            inputs: day.reason.clone(),
            result: match day.number {
                Some(number) => message("curing.termino.dia", &[("numero", &number.to_string())]),
                None => message("curing.termino.no_cuenta", &[]),
            },
        })
        .collect();
    ground.unverified.extend(deadline.remarks.iter().cloned());
    Ok(CureTerm { days, from, due: deadline.due.to_datetime(until), working, ground })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn term(pack: &str, days: u32, from: Date, why: &str) -> Result<CureTerm, Reason> {
        let pack = RulePack::by_id(pack).expect("exists");
        cure_term(pack, Termino(days), from, time(17, 0, 0, 0), Calendar::built_in(), None, why)
    }

    #[test]
    fn the_term_is_of_two_to_five_working_days_from_the_next_one() {
        let given = term("ec-2025-de193", 3, date(2026, 3, 5), "").expect("is allowed");
        assert_eq!(given.due, date(2026, 3, 10).at(17, 0, 0, 0), "Thursday; the weekend does not count");
        assert_eq!(given.working.len(), 5, "every day is shown");
        assert!(given.ground.legal_basis[0].contains("100"), "{:?}", given.ground);
        for days in [1, 6] {
            let refused = term("ec-2025-de193", days, date(2026, 3, 5), "").expect_err("not allowed");
            assert_eq!(refused.code, "curing.termino.fuera");
        }
        assert!(term("ec-2025-de193", 6, date(2026, 3, 5), "Cronograma del pliego").is_ok(), "said why");
        assert_eq!(
            term("ec-2025-de193", 0, date(2026, 3, 5), "x").expect_err("none").code,
            "curing.termino.cero"
        );
    }

    #[test]
    fn a_term_across_two_holidays_in_a_row_skips_both() {
        let given = term("ec-2025-de193", 2, date(2025, 10, 31), "").expect("is allowed");
        assert_eq!(given.due.date(), date(2025, 11, 6), "3 and 4 November 2025 are observed holidays");
        let next = term("ec-2025-de193", 2, date(2026, 10, 30), "").expect("is allowed");
        assert_eq!(next.due.date(), date(2026, 11, 5), "Mon 2 and Tue 3 are holidays");
        assert!(next.ground.unverified.is_empty(), "{:?}", next.ground);
    }

    #[test]
    fn the_end_of_the_year_and_a_canton_are_counted() {
        let given = term("ec-2025-de193", 3, date(2026, 12, 30), "").expect("is allowed");
        assert_eq!(given.due.date(), date(2027, 1, 5), "Thu 31, Mon 4, Tue 5");
        assert!(!given.ground.unverified.is_empty(), "2027 was computed by the rule");
        let pack = RulePack::by_id("ec-2022").expect("exists");
        let until = time(17, 0, 0, 0);
        let quito = cure_term(
            pack,
            Termino(2),
            date(2022, 12, 2),
            until,
            Calendar::built_in(),
            Some("Quito"),
            "Cronograma del pliego",
        );
        assert_eq!(quito.expect("said why").due.date(), date(2022, 12, 7), "Quito kept Monday 5: 6 and 7");
        let old = term("ec-2023", 3, date(2024, 8, 30), "").expect("is allowed");
        assert_eq!(old.ground.unverified.len(), 1, "two to five days of that regime: unverified");
    }
}
