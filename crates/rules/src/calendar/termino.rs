//! Términos: counting working days, with the working shown.

use super::data::{Calendar, OffDay, OffKind};
use cotejo_catalogue::message;
use cotejo_domain::Termino;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

/// Most days that are counted: a término longer than this is a mistake.
const LONGEST: u32 = 2000;

/// Shows one day of a count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedDay {
    /// The day.
    pub day: Date,
    /// Name of the weekday, in Spanish.
    pub weekday: String,
    /// Its number in the count, or `None` when it does not count.
    pub number: Option<u32>,
    /// Why it does not count, in Spanish; empty when it does.
    pub reason: String,
    /// What takes it out of the count, with its source; `None` when it counts.
    pub off: Option<OffDay>,
}

/// Holds the end of a término with the count that led there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The day of the notification, which does not count.
    pub from: Date,
    /// How many working days.
    pub days_asked: u32,
    /// The canton whose holidays were left out, if one was named.
    pub canton: Option<String>,
    /// The last day.
    pub due: Date,
    /// Every day from the first after the notification to the last.
    pub days: Vec<CountedDay>,
    /// False when a day on the way was computed by the rule, or its decree was not seen, and not read in the official list.
    pub verified: bool,
    /// Why it may still change, in Spanish; empty when it is verified.
    pub remarks: Vec<String>,
}

/// Adds a término to the day of the notification: the count begins on the next working day (COA 158 and 159).
#[must_use]
pub fn add_termino(from: Date, termino: Termino, calendar: &Calendar, canton: Option<&str>) -> Deadline {
    let mut deadline = Deadline {
        from,
        days_asked: termino.0,
        canton: canton.map(str::to_owned),
        due: from,
        days: Vec::new(),
        verified: true,
        remarks: Vec::new(),
    };
    let mut number = 0;
    while number < termino.0.min(LONGEST) {
        let Ok(day) = deadline.due.tomorrow() else { break };
        deadline.due = day;
        let off = calendar.off(day, canton);
        if let Some(off) = off.as_ref().filter(|off| !off.verified) {
            deadline.verified = false;
            let values =
                [("fecha", day.to_string()), ("nombre", off.name.clone()), ("fuente", off.source.clone())];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            deadline.remarks.push(message("rules.calendar.unverified", &values));
        }
        if off.is_none() {
            number += 1;
        }
        deadline.days.push(CountedDay {
            day,
            weekday: weekday(day),
            number: off.is_none().then_some(number),
            reason: off.as_ref().map(reason).unwrap_or_default(),
            off,
        });
    }
    deadline
}

fn reason(off: &OffDay) -> String {
    let key = match off.kind {
        OffKind::Weekend => "rules.calendar.weekend",
        OffKind::National => "rules.calendar.holiday",
        OffKind::Local => "rules.calendar.local",
        OffKind::Suspension => "rules.calendar.suspension",
    };
    let text = message(key, &[("feriado", &off.name)]);
    match (&off.note, off.kind) {
        (Some(note), OffKind::National) => format!("{text} ({note})"),
        _ => text,
    }
}

fn weekday(day: Date) -> String {
    let key = match day.weekday() {
        Weekday::Monday => "rules.calendar.monday",
        Weekday::Tuesday => "rules.calendar.tuesday",
        Weekday::Wednesday => "rules.calendar.wednesday",
        Weekday::Thursday => "rules.calendar.thursday",
        Weekday::Friday => "rules.calendar.friday",
        Weekday::Saturday => "rules.calendar.saturday",
        Weekday::Sunday => "rules.calendar.sunday",
    };
    message(key, &[])
}
