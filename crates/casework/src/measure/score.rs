//! What the machine made of a file beside what a person says of it.

use super::folder::Label;
use super::level::SURE;
use super::same::same;
use crate::analysis::FileAnalysis;
use cotejo_domain::{Document, DocumentType, Fact, FileHash, PageStatus};
use cotejo_store::{MeasuredDocument, MeasuredField};
use std::collections::BTreeSet;

/// Compares what was recognised with every label of the file.
pub(super) fn score(analysis: &FileAnalysis, labels: &[Label]) -> Vec<MeasuredDocument> {
    labels.iter().map(|label| scored(analysis, label)).collect()
}

fn scored(analysis: &FileAnalysis, label: &Label) -> MeasuredDocument {
    let blank = DocumentType::blank_sheet();
    let within = |page: u32| label.pages.is_none_or(|(first, last)| (first..=last).contains(&page));
    let pages: BTreeSet<u32> = analysis
        .pages
        .iter()
        .filter(|page| within(page.number) && page.kind != blank.0 && page.status != PageStatus::Blank)
        .map(|page| page.number)
        .collect();
    let mut measured = MeasuredDocument {
        document: name_of(analysis, label, &pages),
        kind: label.kind.0.clone(),
        ..MeasuredDocument::default()
    };
    let readable =
        |page: &&crate::analysis::PageNote| pages.contains(&page.number) && page.status != PageStatus::Failed;
    if analysis.model.is_empty() || !analysis.pages.iter().any(|page| readable(&page)) {
        measured.fields = label.fields.iter().map(|(field, values)| nothing_read(field, values)).collect();
        return measured;
    }
    let shared = |document: &Document| document.pages.iter().filter(|page| pages.contains(page)).count();
    let of_label: Vec<&Document> =
        analysis.documents.iter().filter(|document| document.kind != blank && shared(document) > 0).collect();
    // The one that has most of it; of several the first.
    let said = of_label.iter().copied().rev().max_by_key(|document| shared(document));
    measured.said = said.map_or_else(|| DocumentType::other().0, |document| document.kind.0.clone());
    measured.sure = said.is_some_and(|document| {
        document.kind != DocumentType::other() && document.confidence.value() >= SURE
    });
    let of_document = |document: &Document| -> BTreeSet<u32> {
        let blank_page = |number: &u32| {
            let note = analysis.pages.iter().find(|page| page.number == *number);
            note.is_some_and(|page| page.kind == blank.0 || page.status == PageStatus::Blank)
        };
        document.pages.iter().filter(|page| !blank_page(page)).copied().collect()
    };
    measured.limits =
        Some(of_label.len() == 1 && said.is_some_and(|document| of_document(document) == pages));
    // Fields of a document that was taken for something else are not those that the person means.
    let ours: Vec<&Fact> = analysis
        .facts
        .iter()
        .filter(|fact| {
            let document = of_label.iter().find(|document| Some(document.id) == fact.document);
            document.is_some_and(|document| document.kind == label.kind)
        })
        .collect();
    measured.fields = label.fields.iter().map(|(field, values)| counted(field, values, &ours)).collect();
    measured
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn nothing_read(field: &str, values: &[String]) -> MeasuredField {
    let stated = number(values.len());
    MeasuredField { field: field.to_owned(), stated, missing: stated, ..MeasuredField::default() }
}

fn counted(field: &str, values: &[String], facts: &[&Fact]) -> MeasuredField {
    // The same value on two pages is one answer, as sure as the surer place.
    let mut answers: Vec<&Fact> = Vec::new();
    for fact in facts.iter().filter(|fact| fact.field == field) {
        match answers.iter_mut().find(|known| known.value.canonical() == fact.value.canonical()) {
            Some(known) if fact.confidence > known.confidence => *known = fact,
            Some(_) => {}
            None => answers.push(fact),
        }
    }
    let right = |fact: &Fact| values.iter().any(|value| same(value, &fact.value, &fact.raw));
    let (right, wrong): (Vec<&Fact>, Vec<&Fact>) = answers.into_iter().partition(|fact| right(fact));
    let found =
        values.iter().filter(|value| right.iter().any(|fact| same(value, &fact.value, &fact.raw))).count();
    let sure = |facts: &[&Fact]| number(facts.iter().filter(|fact| fact.confidence.value() >= SURE).count());
    MeasuredField {
        field: field.to_owned(),
        stated: number(values.len()),
        right: number(found),
        wrong: number(wrong.len()),
        missing: number((values.len() - found).saturating_sub(wrong.len())),
        sure_right: sure(&right),
        sure_wrong: sure(&wrong),
    }
}

// By what its pages say: a paper that lies in the folder twice counts once, under whatever name and in whatever file.
fn name_of(analysis: &FileAnalysis, label: &Label, pages: &BTreeSet<u32>) -> String {
    let said: Vec<&str> = analysis
        .pages
        .iter()
        .filter(|page| pages.contains(&page.number))
        .filter_map(|page| page.look.as_ref()?.exact.as_deref())
        .collect();
    let text = if said.is_empty() { format!("{}|{:?}", analysis.hash, label.pages) } else { said.join("|") };
    FileHash::of(text.as_bytes()).to_string()
}
