//! What is written: answers to the standard output, everything else to the standard error. A closed pipe is no error.

use cotejo_casework::CaseworkError;
use cotejo_casework::view::ImportProgress;
use cotejo_domain::Code;
use serde::Serialize;
use std::io::Write;

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

pub(crate) fn progress(step: ImportProgress) {
    if let Some(current) = step.current {
        let done = step.files_done;
        let total = step.files_total;
        let _ = write!(std::io::stderr(), "\r\x1b[K{done}/{total} {current}");
    } else {
        let _ = writeln!(std::io::stderr());
    }
}
