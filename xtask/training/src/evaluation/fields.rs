//! Values of fields: the exact value on the right page.

use super::pages::Counts;
use super::{Miss, Recognised, same};
use crate::corpus::{DocumentTruth, Format};
use cotejo_domain::{Fact, Location, document_type_entry};
use std::collections::BTreeMap;

/// Counts values, by type of document and field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) counts: BTreeMap<(String, String), Counts>,
    /// Values read, with their confidence and whether they are right.
    pub(crate) answers: Vec<(f64, bool)>,
}

/// Holds a printed value with every page it stands on.
struct Printed<'a> {
    document: &'a DocumentTruth,
    field: &'a str,
    value: &'a str,
    raw: &'a str,
    pages: Vec<u32>,
}

impl Fields {
    pub(crate) fn add(&mut self, file: &Recognised, misses: &mut Vec<Miss>) {
        let mut facts: Vec<(&Fact, u32, bool)> = file
            .recognition
            .facts
            .iter()
            .map(|fact| (fact, page_of(&fact.evidence.location), false))
            .collect();
        for document in &file.documents {
            for printed in printed(document) {
                let kind = kind_of(document.kind, printed.field);
                // A value that is repeated on a page is one value.
                let mut found = false;
                for (fact, page, taken) in &mut facts {
                    let placed = file.format == Format::Docx || printed.pages.contains(page);
                    if placed
                        && fact.field == printed.field
                        && same::value(kind, printed.value, printed.raw, &fact.value.canonical())
                    {
                        found = true;
                        *taken = true;
                        self.answers.push((fact.confidence.value(), true));
                    }
                }
                let counts = self.counts.entry((document.kind.into(), printed.field.into())).or_default();
                if found {
                    counts.hit += 1;
                } else {
                    counts.missed += 1;
                    let page = printed.pages.first().copied().unwrap_or(0);
                    let read = facts.iter().find(|(fact, at, _)| *at == page && fact.field == printed.field);
                    misses.push(miss(file, &printed, page, read.map(|(fact, ..)| *fact)));
                }
            }
        }
        for (fact, page, _) in facts.iter().filter(|(.., taken)| !taken) {
            self.extra(file, fact, *page, misses);
        }
    }

    /// Counts a value that was not printed: only where the type of the paper has such a field, and no table's cells answer for it.
    fn extra(&mut self, file: &Recognised, fact: &Fact, page: u32, misses: &mut Vec<Miss>) {
        let document = match file.format {
            Format::Docx => file.documents.first(),
            _ => file.document_at(page),
        };
        let Some(document) = document else { return };
        let known = document_type_entry(document.kind)
            .is_some_and(|entry| entry.fields.iter().any(|field| field.name == fact.field));
        let cells = document.values.iter().any(|value| value.row.is_some() && value.field == fact.field);
        // What is not one value, but a text or rows as the reader cuts them, is judged only where the truth says what it is.
        let open = matches!(kind_of(document.kind, &fact.field), "rows" | "longtext" | "kv");
        if !known || cells || open && !document.values.iter().any(|value| value.field == fact.field) {
            return;
        }
        self.counts.entry((document.kind.into(), fact.field.clone())).or_default().extra += 1;
        self.answers.push((fact.confidence.value(), false));
        misses.push(Miss {
            what: "field-extra",
            file: file.name.clone(),
            page,
            kind: document.kind.into(),
            habit: document.habit.into(),
            detail: format!(
                "{} read «{}» {:.2} ({})",
                fact.field,
                fact.value.canonical(),
                fact.confidence.value(),
                fact.evidence.extractor
            ),
        });
    }

    /// Returns all counts together.
    pub(crate) fn sum(&self) -> Counts {
        let mut sum = Counts::default();
        self.counts.values().for_each(|counts| sum.add(*counts));
        sum
    }

    /// Returns the counts of each type of document.
    pub(crate) fn by_type(&self) -> BTreeMap<&str, Counts> {
        let mut by_type: BTreeMap<&str, Counts> = BTreeMap::new();
        for ((kind, _), counts) in &self.counts {
            by_type.entry(kind).or_default().add(*counts);
        }
        by_type
    }

    /// Returns share of right values and of printed values found, of those read with at least this confidence.
    pub(crate) fn above(&self, threshold: f64) -> (f64, f64) {
        let sure: Vec<bool> =
            self.answers.iter().filter(|(sure, _)| *sure >= threshold).map(|(_, right)| *right).collect();
        let right = sure.iter().filter(|right| **right).count();
        let sum = self.sum();
        (crate::measure::share(right, sure.len()), crate::measure::share(right, sum.hit + sum.missed))
    }
}

/// Gathers what is printed outside tables: one entry for each field and value.
fn printed(document: &DocumentTruth) -> Vec<Printed<'_>> {
    let mut all: Vec<Printed<'_>> = Vec::new();
    for value in document.values.iter().filter(|value| value.row.is_none()) {
        match all.iter_mut().find(|known| known.field == value.field && known.value == value.value) {
            Some(known) => known.pages.push(value.page),
            None => all.push(Printed {
                document,
                field: &value.field,
                value: &value.value,
                raw: &value.raw,
                pages: vec![value.page],
            }),
        }
    }
    all
}

fn kind_of(kind: &str, field: &str) -> &'static str {
    document_type_entry(kind)
        .and_then(|entry| entry.fields.iter().find(|known| known.name == field))
        .map_or("text", |field| field.kind.as_str())
}

fn page_of(location: &Location) -> u32 {
    match location {
        Location::Page { page, .. } => *page,
        _ => 0,
    }
}

fn miss(file: &Recognised, printed: &Printed<'_>, page: u32, read: Option<&Fact>) -> Miss {
    let read = read.map_or_else(
        || "nothing".to_owned(),
        |fact| {
            format!(
                "«{}» {:.2} ({})",
                fact.value.canonical(),
                fact.confidence.value(),
                fact.evidence.extractor
            )
        },
    );
    let answer = file.recognition.pages.iter().find(|answer| answer.number == page);
    let typed = answer.is_some_and(|answer| answer.kind == printed.document.kind);
    Miss {
        what: "field",
        file: file.name.clone(),
        page,
        kind: printed.document.kind.into(),
        habit: printed.document.habit.into(),
        detail: format!(
            "{} printed «{}», read {read}{}",
            printed.field,
            printed.value,
            match (typed, file.taken_for_empty(page)) {
                (false, _) => " [type of the page not known]",
                (true, true) => " [taken for an empty form]",
                (true, false) => "",
            }
        ),
    }
}
