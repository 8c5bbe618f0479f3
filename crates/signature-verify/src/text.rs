//! Findings and reasons in the words of the catalogue.

use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Finding, Severity};

/// Builds the finding `code`.
pub(crate) fn finding(code: &str, severity: Severity, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity,
        page: None,
        message: message(code, values),
        remedy: remedy(code, values),
    }
}

/// Builds the reason `code: sentence`.
pub(crate) fn reason(code: &str, values: &[(&str, &str)]) -> String {
    format!("{code}: {}", message(code, values))
}

/// Writes a moment as people in mainland Ecuador read it.
pub(crate) fn moment(moment: jiff::Timestamp) -> String {
    jiff::tz::Offset::constant(-5).to_datetime(moment).strftime("%d/%m/%Y %H:%M").to_string()
}
