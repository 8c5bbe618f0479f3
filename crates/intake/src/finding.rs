//! Makes findings out of the catalogue's sentences.

use cotejo_domain::{Finding, Severity};

/// Builds the finding `code` with its sentence and remedy from the catalogue.
#[must_use]
pub fn finding(code: &str, severity: Severity, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity,
        page: None,
        message: cotejo_catalogue::message(code, values),
        remedy: cotejo_catalogue::remedy(code, values),
    }
}
