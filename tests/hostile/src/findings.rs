//! Findings are sentences: each has its place in the catalogue.

use cotejo_domain::Finding;

/// Panics when a finding's code has no sentence: a person would read a key.
pub(crate) fn are_sentences(findings: &[Finding]) {
    for finding in findings {
        assert!(cotejo_catalogue::exists(&finding.code), "{} has no sentence in the catalogue", finding.code);
        assert!(!finding.message.is_empty(), "{} says nothing", finding.code);
    }
}
