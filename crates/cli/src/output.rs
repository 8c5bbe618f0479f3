//! What is written: answers to the standard output, everything else to the standard error. A closed pipe is no error.

use cotejo_casework::CaseworkError;
use cotejo_casework::view::ImportProgress;
use cotejo_domain::Code;
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::sync::Mutex;

pub(crate) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

pub(crate) fn error_line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

pub(crate) fn print_parse(error: &clap::Error) {
    let _ = error.print();
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<(), CaseworkError> {
    line(&serde_json::to_string(value)?);
    let _ = std::io::stdout().flush();
    Ok(())
}

pub(crate) fn error(error: &CaseworkError, as_json: bool) {
    let view = error.view();
    error_line(&told(&view.message, &view.remedy, &view.details));
    error_line(&format!("({})", view.details));
    if as_json && let Ok(text) = serde_json::to_string(&serde_json::json!({ "error": view })) {
        line(&text);
    }
}

/// Says what happened and what to do; behind it the order of this shell that does it, where the remedy has one (`cli.pista.CODE`).
pub(crate) fn told(happened: &str, remedy: &str, code: &str) -> String {
    let key = format!("cli.pista.{code}");
    let hint =
        if cotejo_catalogue::exists(&key) { cotejo_catalogue::message(&key, &[]) } else { String::new() };
    let parts = [happened.trim(), remedy.trim(), hint.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Exit status of an error: 1 unreadable input or a failed check, 2 wrong use, 3 something missing on this machine.
pub(crate) fn status_of(code: Code) -> u8 {
    match code {
        Code::WrongUse | Code::NotFound => 2,
        Code::MissingHere => 3,
        _ => 1,
    }
}

/// Shows how far an import is: on a terminal in one line that changes, elsewhere in a line for each finished file.
pub(crate) fn progress(step: ImportProgress) {
    static TOLD: Mutex<Option<(u32, u32)>> = Mutex::new(None);
    let mut error = std::io::stderr();
    let Some(current) = step.current else {
        if error.is_terminal() {
            let _ = writeln!(error);
        }
        return;
    };
    let count = (step.files_done, step.files_total);
    if error.is_terminal() {
        let _ = write!(error, "\r\x1b[K{}/{} {current}", count.0, count.1);
        return;
    }
    let told = TOLD.lock().is_ok_and(|mut told| told.replace(count) == Some(count));
    if !told {
        let _ = writeln!(error, "{}/{} {current}", count.0, count.1);
    }
}

#[cfg(test)]
mod tests {
    use super::told;
    use std::collections::BTreeMap;

    fn texts(own: bool) -> BTreeMap<String, String> {
        let rooms = cotejo_catalogue::ROOMS.iter().filter(|(room, _)| (*room == "cli") == own);
        rooms
            .flat_map(|(_, content)| {
                serde_json::from_str::<BTreeMap<String, String>>(content).expect("a flat object")
            })
            .collect()
    }

    #[test]
    fn what_the_window_says_too_names_no_order_of_the_terminal() {
        for (key, text) in texts(false) {
            assert!(!text.contains("--") && !text.contains("«cotejo "), "{key}: {text}");
        }
    }

    #[test]
    fn every_hint_stands_behind_a_remedy_of_the_catalogue() {
        let mut hints = 0;
        for key in texts(true).into_keys() {
            let Some(code) = key.strip_prefix("cli.pista.") else { continue };
            hints += 1;
            assert!(cotejo_catalogue::exists(code), "{code} is no message");
            let remedy = cotejo_catalogue::remedy(code, &[]);
            assert!(!remedy.is_empty(), "{code} says nothing to the window");
            let text = told("Pasó algo.", &remedy, code);
            assert!(
                text.starts_with("Pasó algo. ") && text.contains(&remedy) && text.len() > remedy.len() + 12,
                "{text}"
            );
        }
        assert!(hints > 40, "{hints}");
        assert_eq!(told("Pasó algo.", "", "no.such"), "Pasó algo.");
    }
}
