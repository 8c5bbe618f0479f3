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
    error_line(&format!("{} {}", view.message, view.remedy).trim().replace("  ", " "));
    error_line(&format!("({})", view.details));
    if as_json && let Ok(text) = serde_json::to_string(&serde_json::json!({ "error": view })) {
        line(&text);
    }
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
