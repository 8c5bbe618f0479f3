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

/// Tells of the pictures in a document: the large ones are read apart, as files of their own; the others are not read.
pub(crate) fn images(all: usize, large: usize, findings: &mut Vec<Finding>) {
    if large > 0 {
        let count = large.to_string();
        findings.push(finding("intake.images_apart", Severity::Info, &[("cantidad", &count)]));
    }
    if all > large {
        let count = (all - large).to_string();
        findings.push(finding("intake.images_in_document", Severity::Warning, &[("cantidad", &count)]));
    }
}

/// Says, inside of a finding, that a part ends before what it opened is closed.
pub(crate) fn ends_early() -> String {
    cotejo_catalogue::message("intake.detail_ends_early", &[])
}
