//! Forms handed in as the empty model.
//!
//! A form is judged by its slots: the places that the model leaves to the bidder. A slot is filled, or left as the model has
//! it. A form is blank when it has slots and not one is filled. Where no slot is found nothing is claimed.

use super::cut::Cut;
use crate::grammar::{date, email, identifier, money, pattern, placeholder, ranges};
use crate::layout::{Folded, PageLayout};

/// Tells how far a form was filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filling {
    /// No slot was found: nothing can be said.
    Unknown,
    /// Slots were found and none is filled.
    Blank,
    /// Some are filled and so many are not.
    Partly {
        /// Slots filled in.
        filled: usize,
        /// Slots left as in the model.
        empty: usize,
    },
    /// Every slot that was found is filled.
    Filled,
}

/// Counts slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    /// Slots filled in.
    pub filled: usize,
    /// Slots left as in the model.
    pub empty: usize,
}

impl Slots {
    /// Adds one slot.
    pub fn add(&mut self, filled: bool) {
        if filled {
            self.filled += 1;
        } else {
            self.empty += 1;
        }
    }

    /// Counts what seemed filled as empty.
    #[must_use]
    pub fn emptied(self) -> Self {
        Self { filled: 0, empty: self.filled + self.empty }
    }

    /// Judges.
    #[must_use]
    pub fn filling(self) -> Filling {
        match self {
            Self { filled: 0, empty: 0 } => Filling::Unknown,
            Self { filled: 0, .. } => Filling::Blank,
            Self { empty: 0, .. } => Filling::Filled,
            Self { filled, empty } => Filling::Partly { filled, empty },
        }
    }
}

// Instructions of the models that stay on the page when the form is filled in.
pattern!(
    STAYS,
    r"segun el caso|de ser (?:el caso|procedente)|adjuntar|en caso de que|si el oferente fuere|si el lugar|nota:|en letras y numeros|en numeros|semanas|que son|importaci|si ?/ ?no"
);

pattern!(MARK, r"(?:^| )(?:\( ?x ?\)|\[ ?x ?\]|x)(?: |$)");

/// Counts the placeholders that a model leaves in its sentences: dotted lines and instructions to fill something in.
#[must_use]
pub fn placeholders(layouts: &[PageLayout], cut: &Cut) -> usize {
    count_placeholders(layouts, cut, |_| true)
}

/// Counts the labels of flowing text after which nothing stands but the next one: what a word processor's model leaves to the bidder.
#[must_use]
pub fn bare_labels(layouts: &[PageLayout], cut: &Cut) -> usize {
    let is_bare = |layout: &PageLayout, row: usize| {
        layout.rows.get(row).is_some_and(|row| {
            let text = layout.row_text(row);
            row.segments.len() == 1
                && text.ends_with([':', '.'])
                && crate::facts::known_labels::is_label(text.trim_end_matches([':', '.', ' ']))
        })
    };
    cut.spans
        .iter()
        .filter(|span| layouts[span.page].reading_view)
        .map(|span| {
            let layout = &layouts[span.page];
            span.rows.clone().filter(|row| is_bare(layout, *row) && is_bare(layout, row + 1)).count()
        })
        .sum()
}

/// Tells whether a scanned form is the empty model although something seems to fill a slot: the model's own instructions still stand in
/// brackets, and nothing stands that only a bidder writes (`entries`). To the OCR engine dotted lines and rules look like letters.
#[must_use]
pub fn is_scanned_model(layouts: &[PageLayout], cut: &Cut, entries: usize) -> bool {
    entries == 0
        && cut.spans.iter().any(|span| layouts[span.page].ocr)
        && count_placeholders(layouts, cut, |slice| slice.starts_with('(')) >= 2
}

fn count_placeholders(layouts: &[PageLayout], cut: &Cut, wanted: fn(&str) -> bool) -> usize {
    cut.spans
        .iter()
        .map(|span| {
            let layout = &layouts[span.page];
            let Some(whole) = crate::facts::text_range(layout, &span.rows) else { return 0 };
            let text = layout.text.slice(whole);
            placeholder::find(text)
                .into_iter()
                .filter(|range| {
                    let slice = &text[range.clone()];
                    // A rule of hyphens or underscores under a signature stays on a filled form.
                    let rule = slice.bytes().all(|byte| byte == b'_' || byte == b' ');
                    !rule && ranges(&STAYS, slice).is_empty() && !slice.starts_with("(firma") && wanted(slice)
                })
                .count()
        })
        .sum()
}

/// Counts what only a bidder writes: numbers of taxpayers and persons, addresses, amounts, dates, marks in a box. The lines of
/// the signature and the letterhead are left out, since an empty form may be signed on printed paper.
#[must_use]
pub fn entries(layouts: &[PageLayout], cut: &Cut) -> usize {
    let last = cut.spans.len().saturating_sub(1);
    cut.spans
        .iter()
        .enumerate()
        .map(|(index, span)| {
            let layout = &layouts[span.page];
            let whole_page = span.rows.start == 0;
            // A form of a few lines has hardly a letterhead, and all that it says would lie within the signature's lines.
            let rows = span.rows.len();
            let start = span.rows.start + if whole_page { 3.min(rows / 6) } else { 0 };
            let foot = if index == last { 9.min(rows / 3) } else { 2.min(rows / 6) };
            let end = span.rows.end.saturating_sub(foot);
            let Some(range) = crate::facts::text_range(layout, &(start..end.max(start))) else { return 0 };
            let text = Folded::new(layout.text.raw(range));
            let amounts = money::find(&text).into_iter().filter(|amount| amount.value.currency).count();
            let marks = ranges(&MARK, text.ascii())
                .into_iter()
                .filter(|mark| !in_formula(text.ascii(), mark.start))
                .count();
            identifier::find_rucs(&text).len()
                + identifier::find_cedulas(&text).len()
                + email::find(&text).len()
                + date::find(&text).len()
                + amounts
                + marks
                + figures(&text)
                + long_text(&cut.kind.0, text.ascii())
        })
        .sum()
}

/// Figures of a filled table: three and more amounts with decimals that are not the same, as no model prints.
fn figures(text: &Folded) -> usize {
    let mut distinct = std::collections::BTreeSet::new();
    for amount in money::find(text) {
        let written = text.slice(amount.range.clone());
        let cents = written.rsplit_once([',', '.']).is_some_and(|(whole, cents)| {
            cents.len() == 2 && cents.bytes().chain(whole.bytes().take(1)).all(|byte| byte.is_ascii_digit())
        });
        if cents && written.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            distinct.insert(written.to_string());
        }
    }
    if distinct.len() >= 3 { distinct.len() } else { 0 }
}

/// Tells whether an x multiplies: `a x b`.
fn in_formula(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    before.ends_with(')')
        || before.rsplit(' ').next().is_some_and(|token| token.len() == 1 && token != ")" && token != "*")
}

/// A method or plan is filled in with sentences.
fn long_text(kind: &str, text: &str) -> usize {
    if !matches!(kind, "FUO_1_7_MET" | "PLAN_TRABAJO") {
        return 0;
    }
    let left: usize = placeholder::find(text).iter().map(std::ops::Range::len).sum();
    usize::from(text.len().saturating_sub(left) > 400)
}

/// Tells whether a type is a form with slots at all.
#[must_use]
pub fn is_form(kind: &str) -> bool {
    cotejo_domain::document_type_entry(kind).is_some_and(|entry| entry.group == "formulario")
}

/// Judges a document from its labelled slots, its tables' rows, and the places left as the model has them: placeholders and bare labels.
#[must_use]
pub fn judge(kind: &str, labelled: Slots, tables: Slots, placeholders: usize) -> Filling {
    if !is_form(kind) {
        return Filling::Unknown;
    }
    let mut slots = Slots { filled: labelled.filled + tables.filled, empty: labelled.empty + tables.empty };
    slots.empty += placeholders;
    slots.filling()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_slots_is_not_called_blank() {
        assert_eq!(judge("FUO_1_7_MET", Slots::default(), Slots::default(), 0), Filling::Unknown);
        assert_eq!(
            judge("RUC_SRI", Slots { filled: 0, empty: 3 }, Slots::default(), 0),
            Filling::Unknown,
            "no form"
        );
        assert_eq!(judge("FUO_1_2", Slots { filled: 0, empty: 3 }, Slots::default(), 0), Filling::Blank);
        assert_eq!(
            judge("FUO_1_2", Slots { filled: 9, empty: 1 }, Slots::default(), 0),
            Filling::Partly { filled: 9, empty: 1 }
        );
    }
}
