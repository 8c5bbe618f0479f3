//! What the readers of single families share: the text of a stretch of a page, and how a value becomes a candidate.

use super::reading::{self, Reading};
use super::{Candidate, Candidates, FieldKind, Undecided, single, text_range};
use crate::documents::cut::Cut;
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{FactValue, Money};
use std::ops::Range;

/// Holds the flowing text of a document's rows on one page.
pub(super) struct Stretch<'a> {
    pub(super) layout: &'a PageLayout,
    /// Index of the page.
    pub(super) page: usize,
    /// Rows.
    pub(super) rows: Range<usize>,
    /// Where the text begins in the page's.
    start: usize,
    /// The text.
    pub(super) text: Folded,
}

/// Returns the stretches of a document, page by page.
pub(super) fn stretches<'a>(layouts: &'a [PageLayout], cut: &Cut) -> Vec<Stretch<'a>> {
    cut.spans
        .iter()
        .filter_map(|span| {
            let layout = layouts.get(span.page)?;
            let whole = text_range(layout, &span.rows)?;
            let text = Folded::new(layout.text.raw(whole.clone()));
            let rows = span.rows.start..span.rows.end.min(layout.rows.len());
            Some(Stretch { layout, page: span.page, rows, start: whole.start, text })
        })
        .collect()
}

impl Stretch<'_> {
    /// Returns a place of the page for a range of the stretch's text.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }

    /// Reads a place of the page as a kind and keeps it.
    pub(super) fn read(
        &self,
        found: &mut Candidates,
        field: &str,
        kind: FieldKind,
        place: Range<usize>,
        confidence: f64,
    ) -> bool {
        let text = Folded::new(self.layout.text.raw(place.clone()));
        if crate::grammar::placeholder::is_unfilled(text.ascii()) {
            return false;
        }
        let (value, range, certainty, undecided) = match reading::read(kind, &text, None) {
            Reading::Value { value, range, certainty } => (value, range, certainty, None),
            Reading::Undecided { number, range } => (FactValue::Money(Money::ZERO), range, 1.0, Some(number)),
            Reading::Nothing => return false,
        };
        let candidate = Candidate {
            field: field.into(),
            value,
            raw: text.raw(range.clone()).trim().to_string(),
            page: self.page,
            places: single(place.start + range.start..place.start + range.end),
            confidence: confidence * certainty,
            extractor: reading::extractor(kind),
        };
        match undecided {
            Some(number) => found.undecided.push(Undecided { number, candidate }),
            None => found.list.push(candidate),
        }
        true
    }

    /// Keeps a value that was concluded from the characters of a place.
    pub(super) fn keep(
        &self,
        found: &mut Candidates,
        field: &str,
        value: FactValue,
        place: Range<usize>,
        confidence: f64,
        extractor: &'static str,
    ) {
        found.list.push(Candidate {
            field: field.into(),
            value,
            raw: self.layout.text.raw(place.clone()).trim().to_string(),
            page: self.page,
            places: single(place),
            confidence,
            extractor,
        });
    }
}

/// Tells whether a field was read already.
pub(super) fn has(found: &Candidates, field: &str) -> bool {
    found.list.iter().any(|candidate| candidate.field == field)
        || found.undecided.iter().any(|undecided| undecided.candidate.field == field)
}
