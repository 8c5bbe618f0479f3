//! Small files that a package holds many times over: what one of them says is worked out once.

use crate::analysis::{FileAnalysis, ReadFile};
use cotejo_domain::{FileHash, PageReading};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Pages of the longest file that is remembered.
const MOST_PAGES: usize = 4;
/// Files that are remembered; those after them are worked out each time.
const MOST_FILES: usize = 64;

/// Remembers what was read by the bytes it was read from.
#[derive(Default)]
pub(crate) struct Twins(Mutex<BTreeMap<FileHash, ReadFile>>);

impl Twins {
    /// Returns what was read of the same bytes, as of the file at `path`.
    pub(crate) fn under(&self, hash: FileHash, path: &str) -> Option<ReadFile> {
        let mut read = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&hash)?.clone();
        path.clone_into(&mut read.analysis.path);
        for fact in &mut read.analysis.facts {
            path.clone_into(&mut fact.evidence.file_name);
        }
        Some(read)
    }

    /// Remembers an analysis with the pages that are at hand, unless it is large or says something of this one file: findings may name it.
    pub(crate) fn remember(&self, analysis: &FileAnalysis, pages: &[PageReading]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if analysis.findings.is_empty() && analysis.pages.len() <= MOST_PAGES && known.len() < MOST_FILES {
            let read = || ReadFile { analysis: analysis.clone(), pages: pages.to_vec() };
            known.entry(analysis.hash).or_insert_with(read);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Confidence, Evidence, Fact, FactValue, Finding, Location, Severity};

    fn analysis(findings: Vec<Finding>) -> FileAnalysis {
        let file = FileHash::of(b"x");
        let evidence = Evidence {
            file,
            file_name: "a.pdf".into(),
            location: Location::Page { page: 1, quads: Vec::new() },
            quote: "90".into(),
            extractor: "test@1".into(),
            confidence: Confidence::CERTAIN,
        };
        let value = FactValue::Text("90".into());
        let fact = Fact {
            document: None,
            field: "plazo".into(),
            raw: "90".into(),
            value,
            evidence,
            confidence: Confidence::CERTAIN,
        };
        FileAnalysis {
            hash: file,
            path: "a.pdf".into(),
            media_type: "application/pdf".into(),
            pages: Vec::new(),
            documents: Vec::new(),
            facts: vec![fact],
            tables: Vec::new(),
            signatures: Vec::new(),
            properties: None,
            findings,
            model: "tipos@1".into(),
            trace: crate::analysis::Trace::default(),
        }
    }

    #[test]
    fn evidence_names_the_file_it_is_asked_for_and_not_its_twin() {
        let twins = Twins::default();
        twins.remember(&analysis(Vec::new()), &[]);
        let other = twins.under(FileHash::of(b"x"), "b/c.pdf").expect("remembered").analysis;
        assert_eq!((other.path.as_str(), other.facts[0].evidence.file_name.as_str()), ("b/c.pdf", "b/c.pdf"));
        assert!(twins.under(FileHash::of(b"y"), "a.pdf").is_none());
    }

    #[test]
    fn an_analysis_whose_findings_may_name_the_file_is_made_anew() {
        let twins = Twins::default();
        let findings = vec![crate::quick::finding("casework.file_too_large", Severity::Error, "a.pdf")];
        twins.remember(&analysis(findings), &[]);
        assert!(twins.under(FileHash::of(b"x"), "b.pdf").is_none());
    }
}
