//! Reminders as an iCalendar file (RFC 5545): moments in UTC, lines folded at 75 octets, one stable UID for each thing that is due.

use super::reminders::Reminder;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// Local time of Ecuador: the Portal's, UTC−5 the whole year.
const ECUADOR: Offset = Offset::constant(-5);
/// Longest line, in octets, its end not counted (RFC 5545, 3.1).
const LONGEST: usize = 75;
/// How long before the moment a calendar reminds: a day, and two hours.
const TRIGGERS: [&str; 2] = ["-P1D", "-PT2H"];

/// Writes reminders as the text of an `.ics` file. `case` makes the identifiers of one case differ from those of another; `stamp` is the
/// moment of writing. The same reminder has the same identifier in every file, so that a calendar moves it instead of showing it twice.
#[must_use]
pub fn calendar_file(reminders: &[Reminder], case: &str, title: &str, stamp: Timestamp) -> String {
    let mut text = String::new();
    let mut put = |line: &str| fold(&mut text, line);
    put("BEGIN:VCALENDAR");
    put("VERSION:2.0");
    put("PRODID:-//Cotejo//Plazos//ES");
    put("CALSCALE:GREGORIAN");
    put("METHOD:PUBLISH");
    put(&format!("X-WR-CALNAME:{}", escaped(title)));
    for reminder in reminders {
        put("BEGIN:VEVENT");
        put(&format!("UID:{}.{case}@cotejo", reminder.id));
        put(&format!("DTSTAMP:{}", utc(stamp)));
        put(&format!("DTSTART:{}", utc_of(reminder.due)));
        put(&format!("SUMMARY:{}", escaped(&format!("{title}: {}", reminder.title))));
        if !reminder.detail.is_empty() {
            put(&format!("DESCRIPTION:{}", escaped(&reminder.detail)));
        }
        put("TRANSP:TRANSPARENT");
        for trigger in TRIGGERS {
            put("BEGIN:VALARM");
            put("ACTION:DISPLAY");
            put(&format!("DESCRIPTION:{}", escaped(&reminder.title)));
            put(&format!("TRIGGER:{trigger}"));
            put("END:VALARM");
        }
        put("END:VEVENT");
    }
    put("END:VCALENDAR");
    text
}

fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn utc_of(local: DateTime) -> String {
    match local.to_zoned(TimeZone::fixed(ECUADOR)) {
        Ok(zoned) => utc(zoned.timestamp()),
        // Outside of what timestamps hold (year 9999): without a zone it is at least the right day.
        Err(_) => local.strftime("%Y%m%dT%H%M%S").to_string(),
    }
}

/// Escapes a text value (RFC 5545, 3.3.11). Other control characters have no place in one.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' => safe.push_str("\\\\"),
            ';' => safe.push_str("\\;"),
            ',' => safe.push_str("\\,"),
            '\n' | '\r' => safe.push_str("\\n"),
            '\t' => safe.push(' '),
            control if control.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

/// Adds a content line, folded between characters.
fn fold(text: &mut String, line: &str) {
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LONGEST {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(letter);
        octets += letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::course::StageKind;
    use jiff::civil::date;
    use std::collections::BTreeMap;

    fn reminder(id: &str, due: DateTime, detail: &str) -> Reminder {
        Reminder {
            id: id.into(),
            lot: None,
            stage: StageKind::Convalidacion,
            due,
            overdue: false,
            title: "Fin de la convalidación; lote 1, «ñandú»".into(),
            detail: detail.into(),
        }
    }

    type Properties = BTreeMap<String, String>;

    /// Reads a file as strictly as RFC 5545 is written: CRLF, folding, nesting, required properties, escapes.
    fn read(text: &str) -> (Properties, Vec<(Properties, Vec<Properties>)>) {
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "only CRLF");
        let mut lines: Vec<String> = Vec::new();
        for line in text.trim_end_matches("\r\n").split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            match line.strip_prefix([' ', '\t']) {
                Some(rest) => lines.last_mut().expect("nothing to go on with").push_str(rest),
                None => lines.push(line.to_owned()),
            }
        }
        let (mut calendar, mut events) = (Properties::new(), Vec::new());
        let mut open: Vec<String> = Vec::new();
        for line in lines {
            let (name, value) = line.split_once(':').expect("a property");
            match name {
                "BEGIN" => {
                    let inside = open.last().map(String::as_str);
                    match value {
                        "VCALENDAR" => assert_eq!(inside, None),
                        "VEVENT" => {
                            assert_eq!(inside, Some("VCALENDAR"));
                            events.push((Properties::new(), Vec::new()));
                        }
                        "VALARM" => {
                            assert_eq!(inside, Some("VEVENT"));
                            events.last_mut().expect("an event").1.push(Properties::new());
                        }
                        other => panic!("unknown component {other}"),
                    }
                    open.push(value.to_owned());
                }
                "END" => assert_eq!(open.pop().as_deref(), Some(value), "components close in order"),
                name => {
                    assert!(name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '-'));
                    let holder = match open.last().map(String::as_str) {
                        Some("VCALENDAR") => &mut calendar,
                        Some("VEVENT") => &mut events.last_mut().expect("an event").0,
                        Some("VALARM") => {
                            events.last_mut().expect("an event").1.last_mut().expect("an alarm")
                        }
                        _ => panic!("a property outside: {line}"),
                    };
                    assert!(holder.insert(name.into(), value.into()).is_none(), "{name} twice");
                }
            }
        }
        assert!(open.is_empty(), "everything is closed");
        (calendar, events)
    }

    fn unescaped(value: &str) -> String {
        let mut text = String::new();
        let mut letters = value.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\\' => match letters.next().expect("something escaped") {
                    'n' | 'N' => text.push('\n'),
                    escaped @ ('\\' | ';' | ',') => text.push(escaped),
                    other => panic!("\\{other} is no escape"),
                },
                ';' | ',' => panic!("a bare {letter}"),
                other => text.push(other),
            }
        }
        text
    }

    #[test]
    fn the_file_is_one_that_a_strict_reader_accepts() {
        let detail =
            "Término de 2 días; desde el 30-oct-2026, con feriados 2 y 3 de noviembre.\nRuta: C:\\caso\u{7}";
        let long = format!("{detail} {}", "ñandú á é í ó ú ".repeat(20));
        let stamp: Timestamp = "2026-11-20T15:04:05Z".parse().expect("a moment");
        let due = date(2026, 12, 31).at(19, 30, 0, 0);
        let list = [reminder("etapa-convalidacion", due, &long), reminder("etapa-puja", due, "")];
        let text = calendar_file(&list, "0192", "SIE-GADX-2026-001", stamp);
        let (calendar, events) = read(&text);
        assert_eq!((calendar["VERSION"].as_str(), events.len()), ("2.0", 2));
        assert!(calendar.contains_key("PRODID"));
        let (event, alarms) = &events[0];
        assert_eq!(event["DTSTART"], "20270101T003000Z", "19:30 in Ecuador is past midnight in UTC");
        assert_eq!(event["DTSTAMP"], "20261120T150405Z", "of the clock that was given");
        assert_eq!(event["UID"], "etapa-convalidacion.0192@cotejo");
        assert_eq!(unescaped(&event["DESCRIPTION"]), long.replace('\u{7}', ""));
        assert!(unescaped(&event["SUMMARY"]).contains("lote 1, «ñandú»"));
        assert_eq!(alarms.len(), 2);
        assert!(
            alarms.iter().all(|alarm| alarm["ACTION"] == "DISPLAY" && alarm["TRIGGER"].starts_with("-P"))
        );
    }

    #[test]
    fn a_moment_that_moves_keeps_its_identifier() {
        let stamp: Timestamp = "2026-11-20T15:04:05Z".parse().expect("a moment");
        let uid = |day| {
            let list = [reminder("etapa-puja", date(2026, 11, day).at(10, 0, 0, 0), "")];
            read(&calendar_file(&list, "c", "P", stamp)).1[0].0["UID"].clone()
        };
        assert_eq!(uid(23), uid(24));
    }

    #[test]
    fn a_line_injected_into_a_text_stays_text() {
        let stamp: Timestamp = "2026-11-20T15:04:05Z".parse().expect("a moment");
        let attack = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:otro";
        let list = [reminder("a", date(2026, 11, 23).at(10, 0, 0, 0), attack)];
        assert_eq!(read(&calendar_file(&list, "c", attack, stamp)).1.len(), 1);
    }
}
