//! Facts and the role that their context gives them.
//!
//! [`rules`] says which label or phrase of which type gives which field; [`pairing`] finds values beside their labels;
//! [`reading`] turns a value into a typed one; [`amounts`], [`signer`], [`listed`] and [`partners`] know what stands elsewhere: totals in
//! figures and words, who signs, rows of tables, partners in sentences. Several readings of one field are settled by [`settle`]. Where nothing is
//! sure there is no fact.

pub mod amounts;
pub mod listed;
pub mod pairing;
pub mod partners;
pub mod reading;
pub mod rules;
pub mod settle;
pub mod signer;
pub mod support_rules;

use crate::documents::cut::Cut;
use crate::grammar::money::{self, Number};
use crate::grammar::placeholder;
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{FactValue, Money, ProcessCode};
use rules::{FORM_RULES, TypeRules};
use std::ops::Range;
use support_rules::SUPPORT_RULES;

/// Tells how the value of a field is written.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// A taxpayer's number.
    Ruc,
    /// A person's number.
    Cedula,
    /// A process code.
    Code,
    /// An amount.
    Money,
    /// A percentage.
    Percent,
    /// A date.
    Date,
    /// A duration.
    Duration,
    /// A number of years: `2 (dos) años`.
    Years,
    /// A calendar year.
    Year,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number of so many digits, 0 for any.
    Digits(usize),
    /// A name of a person.
    Person,
    /// Yes or no.
    YesNo,
    /// One of a list: the canonical word with what it is recognised by.
    Choice(&'static [(&'static str, &'static [&'static str])]),
    /// Free text.
    Text,
}

/// Holds one reading of a field before the readings are settled.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Field name.
    pub field: String,
    /// The value.
    pub value: FactValue,
    /// The characters that were read.
    pub raw: String,
    /// Index of the page within the file, from 0.
    pub page: usize,
    /// Places on the page, one for each row.
    pub places: Vec<Range<usize>>,
    /// How sure, before the words' own confidence.
    pub confidence: f64,
    /// Who read it.
    pub extractor: &'static str,
}

/// Holds an amount that has two readings, until a context chooses one.
#[derive(Clone, Debug, PartialEq)]
pub struct Undecided {
    /// Both readings.
    pub number: Number,
    /// Everything else of the reading; its value is not set yet.
    pub candidate: Candidate,
}

/// Holds what the readers found in one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// Readings.
    pub list: Vec<Candidate>,
    /// Amounts that nobody guessed.
    pub undecided: Vec<Undecided>,
    /// Labels that were found, with whether anything was filled in beside them.
    pub slots: Vec<(&'static str, bool)>,
}

/// Reads the labelled and phrased fields of a document.
#[must_use]
pub fn read(layouts: &[PageLayout], cut: &Cut, expected: Option<&ProcessCode>) -> Candidates {
    let mut found = Candidates::default();
    let form = crate::documents::blank::is_form(&cut.kind.0);
    for rules in FORM_RULES.iter().chain(SUPPORT_RULES).filter(|rules| {
        rules.types.contains(&cut.kind.0.as_str()) || form && rules.types == [rules::EVERY_FORM]
    }) {
        for span in &cut.spans {
            read_labels(&mut found, &layouts[span.page], span.page, &span.rows, rules, expected);
            read_phrases(&mut found, &layouts[span.page], span.page, &span.rows, rules, expected);
        }
    }
    code_at_the_head(&mut found, layouts, cut, expected);
    amounts::read(&mut found, layouts, cut);
    signer::read(&mut found, layouts, cut);
    decide_by_notation(&mut found, layouts, cut);
    found
}

/// Reads a process code that stands unlabelled among the first lines of a form, if only one stands there.
fn code_at_the_head(
    found: &mut Candidates,
    layouts: &[PageLayout],
    cut: &Cut,
    expected: Option<&ProcessCode>,
) {
    let Some(span) = cut.spans.first() else { return };
    let labelled = found.list.iter().any(|candidate| candidate.field == "codigo_proceso");
    if labelled || !crate::documents::blank::is_form(&cut.kind.0) {
        return;
    }
    let layout = &layouts[span.page];
    let Some(head) = text_range(layout, &(span.rows.start..(span.rows.start + 12).min(span.rows.end))) else {
        return;
    };
    let text = Folded::new(layout.text.raw(head.clone()));
    let codes = crate::grammar::process_code::find(&text, expected);
    let Some(code) = codes.first().filter(|first| codes.iter().all(|code| code.value == first.value)) else {
        return;
    };
    found.list.push(Candidate {
        field: "codigo_proceso".into(),
        value: FactValue::ProcessCode(code.value.clone()),
        raw: text.raw(code.range.clone()).to_string(),
        page: span.page,
        places: single(head.start + code.range.start..head.start + code.range.end),
        confidence: 0.85 * code.certainty,
        extractor: "codigo_proceso@1",
    });
}

/// Decides amounts with two readings where all the other amounts of the document are written in one notation.
fn decide_by_notation(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    let mut marks: Vec<char> = Vec::new();
    for span in &cut.spans {
        let layout = &layouts[span.page];
        let Some(whole) = text_range(layout, &span.rows) else { continue };
        let text = Folded::new(layout.text.raw(whole));
        marks.extend(
            money::find(&text)
                .iter()
                .filter_map(|amount| money::decimal_mark(text.slice(amount.range.clone()))),
        );
    }
    let Some(first) =
        marks.first().copied().filter(|first| marks.len() >= 3 && marks.iter().all(|mark| mark == first))
    else {
        return;
    };
    for mut undecided in std::mem::take(&mut found.undecided) {
        match (undecided.number, money::only_mark(&undecided.candidate.raw)) {
            (Number::Ambiguous { grouped, decimal }, Some(mark)) => {
                undecided.candidate.value =
                    FactValue::Money(Money(if mark == first { decimal } else { grouped }));
                undecided.candidate.confidence *= 0.85;
                found.list.push(undecided.candidate);
            }
            _ => found.undecided.push(undecided),
        }
    }
}

fn read_labels(
    found: &mut Candidates,
    layout: &PageLayout,
    page: usize,
    rows: &Range<usize>,
    rules: &TypeRules,
    expected: Option<&ProcessCode>,
) {
    for rule in rules.labels {
        for pair in pairing::pairs(layout, rows.clone(), rule.labels, rules.stacked) {
            // Words alone may be a head or a mention; numbers of a kind tell by themselves that the label is one.
            if !pair.colon && !rules.stacked && matches!(rule.kind, FieldKind::Text | FieldKind::Person) {
                continue;
            }
            let value = join(layout, &pair.value);
            let filled = !placeholder::is_unfilled(value.ascii());
            if filled && is_scrap(layout, &pair.value) {
                continue;
            }
            // The second line of a title may read as a label with nothing beside it: it is no place that a bidder left empty.
            if !filled && !pair.colon && crate::documents::headings::is_title_row(layout, pair.row) {
                continue;
            }
            // Code, buyer and bidder may be printed at the head of an empty form.
            let printed = matches!(rule.kind, FieldKind::Code)
                || matches!(rule.field, "codigo_proceso" | "entidad_contratante" | "nombre" | "objeto")
                    && cut_head(rows, pair.row);
            if !(printed && filled) {
                found.slots.push((rule.field, filled));
            }
            if !filled {
                continue;
            }
            let base = if pair.exact { 0.97 } else { 0.8 };
            push(found, page, (rule.field, rule.kind), &value, pair.value, base, expected);
        }
    }
}

fn read_phrases(
    found: &mut Candidates,
    layout: &PageLayout,
    page: usize,
    rows: &Range<usize>,
    rules: &TypeRules,
    expected: Option<&ProcessCode>,
) {
    let Some(whole) = text_range(layout, rows) else { return };
    for rule in rules.phrases {
        let Some(pattern) = settle::compiled(rule.pattern) else { continue };
        for captures in pattern.captures_iter(layout.text.slice(whole.clone())) {
            let Some(group) = captures.get(1) else { continue };
            let place = whole.start + group.start()..whole.start + group.end();
            let value = Folded::new(layout.text.raw(place.clone()));
            // Half of a bracket is half of an instruction of the model.
            if value.ascii().matches('(').count() != value.ascii().matches(')').count() {
                continue;
            }
            let filled = !placeholder::is_unfilled(value.ascii());
            // What the model itself says is no slot.
            if rule.field != "plazo_adicional" && !matches!(rule.kind, FieldKind::Code) {
                found.slots.push((rule.field, filled));
            }
            if filled {
                push(found, page, (rule.field, rule.kind), &value, vec![place], 0.9, expected);
            }
        }
    }
}

fn push(
    found: &mut Candidates,
    page: usize,
    (field, kind): (&'static str, FieldKind),
    value: &Folded,
    places: Vec<Range<usize>>,
    base: f64,
    expected: Option<&ProcessCode>,
) {
    match reading::read(kind, value, expected) {
        reading::Reading::Value { value: typed, range, certainty } => {
            // Within one line the evidence is the value itself, not all that stands beside the label.
            let narrowed = match places.as_slice() {
                [only] => single(only.start + range.start..only.start + range.end),
                _ => places,
            };
            found.list.push(Candidate {
                field: field.into(),
                value: typed,
                raw: value.raw(range).trim().to_string(),
                page,
                places: narrowed,
                confidence: base * certainty,
                extractor: reading::extractor(kind),
            });
        }
        reading::Reading::Undecided { number, range } => {
            let narrowed = match places.as_slice() {
                [only] => single(only.start + range.start..only.start + range.end),
                _ => places,
            };
            found.undecided.push(Undecided {
                number,
                candidate: Candidate {
                    field: field.into(),
                    value: FactValue::Money(Money::ZERO),
                    raw: value.raw(range).trim().to_string(),
                    page,
                    places: narrowed,
                    confidence: base,
                    extractor: reading::extractor(kind),
                },
            });
        }
        reading::Reading::Nothing => {}
    }
}

/// Tells whether what was read of a scan is sure nowhere: dotted lines look like letters to the engine. It fills no slot, and states
/// nothing.
fn is_scrap(layout: &PageLayout, places: &[Range<usize>]) -> bool {
    layout.ocr && places.iter().all(|place| layout.surest(place) < 0.5)
}

fn cut_head(rows: &Range<usize>, row: usize) -> bool {
    row < rows.start + 7
}

/// Wraps one place.
pub(crate) fn single(place: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(place).collect()
}

/// Joins the lines of a value by spaces.
#[must_use]
pub fn join(layout: &PageLayout, places: &[Range<usize>]) -> Folded {
    let mut joined = Folded::default();
    for place in places {
        if !joined.is_empty() {
            joined.push(" ");
        }
        joined.push(layout.text.raw(place.clone()));
    }
    joined
}

/// Returns the range of the text that rows take.
#[must_use]
pub fn text_range(layout: &PageLayout, rows: &Range<usize>) -> Option<Range<usize>> {
    let first = layout.rows.get(rows.start)?;
    let last = layout.rows.get(rows.end.min(layout.rows.len()).checked_sub(1)?)?;
    (first.range.start <= last.range.end).then_some(first.range.start..last.range.end)
}
