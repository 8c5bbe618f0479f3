//! A bid as it would be with its answer: the papers of the answer in the place of those of the same type. What the checks say of it is a proposal
//! for whoever judges the answer; nothing of the bid itself changes.

use cotejo_domain::{Document, DocumentType, Evidence, FileHash};
use cotejo_rules::BidFacts;
use std::collections::BTreeSet;

/// Puts the papers of an answer in the place of those of the same type.
#[must_use]
pub fn with_answer(bid: &BidFacts, answer: &BidFacts) -> BidFacts {
    let answers = |kind: &DocumentType| kind.0 != "RESP_CONV" && *kind != DocumentType::other();
    let kinds: BTreeSet<&DocumentType> = answer
        .documents
        .iter()
        .filter(|document| !document.blank_form && answers(&document.kind))
        .map(|document| &document.kind)
        .collect();
    let replaced: Vec<&Document> =
        bid.documents.iter().filter(|document| kinds.contains(&document.kind)).collect();
    let at = |file: FileHash, page: Option<u32>| {
        page.is_some_and(|page| {
            replaced.iter().any(|document| document.file == file && document.pages.contains(&page))
        })
    };
    let on = |evidence: &Evidence| at(evidence.file, evidence.location.page());
    let mut merged = bid.clone();
    merged.documents.retain(|document| !kinds.contains(&document.kind));
    merged.facts.retain(|fact| {
        let of = fact.document.and_then(|id| replaced.iter().find(|document| document.id == id));
        of.is_none() && !on(&fact.evidence)
    });
    merged.tables.retain(|(file, table)| !at(*file, Some(table.page)));
    merged.documents.extend(answer.documents.iter().cloned());
    merged.facts.extend(answer.facts.iter().cloned());
    merged.tables.extend(answer.tables.iter().cloned());
    merged.files.extend(answer.files.iter().cloned());
    merged.pages.extend(answer.pages.iter().cloned());
    merged.unread_files.extend(answer.unread_files.iter().cloned());
    merged.findings.extend(answer.findings.iter().cloned());
    merged
}
