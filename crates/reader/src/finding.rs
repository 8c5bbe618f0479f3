//! Makes findings out of the catalogue's sentences.

use cotejo_domain::{Finding, Severity};

/// Builds the finding `code` about `page` (from 1), or about the file.
pub(crate) fn finding(code: &str, severity: Severity, page: Option<u32>, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity,
        page,
        message: cotejo_catalogue::message(code, values),
        remedy: cotejo_catalogue::remedy(code, values),
    }
}
