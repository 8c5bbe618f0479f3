//! Facts and the role that their context gives them.
//!
//! [`rules`], [`support_rules`] and, after them and only where they read nothing, [`families`] say which label or phrase of which type
//! gives which field; `meaning` reads labels that no list knows by what they mean. [`pairing`] finds values beside their labels,
//! [`known_labels`] where one ends; [`reading`] and [`kinds`] turn a value into a typed one. What stands elsewhere has a reader of its
//! own: [`amounts`] and `totals` (sums), [`signer`], `closing` and `heads` (who signs and issues), [`listed`] and `late` (rows of
//! tables), [`partners`] and `sentences` (lists in prose), `marks` (crosses and verdicts). Several readings of one field are settled by
//! [`settle`]. Where nothing is sure there is no fact. `specimens` holds a page of two authors for every type, and fails when a field of
//! the catalogue is read in none.

pub mod amounts;
mod closing;
mod collect;
pub mod families;
mod heads;
mod implausible;
pub mod kinds;
pub mod known_labels;
mod late;
pub mod listed;
mod lone_day;
mod marks;
mod meaning;
mod meanings_of_papers;
pub mod pairing;
pub mod partners;
pub mod reading;
pub mod rules;
mod sentences;
pub mod settle;
pub mod signer;
#[cfg(test)]
mod specimens;
pub mod support_rules;
mod totals;

use crate::documents::cut::Cut;
use crate::grammar::money::{self, Number};
use crate::grammar::placeholder;
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{FactValue, Money, ProcessCode};
pub(crate) use implausible::is_no_value;
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
    /// Cédula, RUC or passport.
    PersonId,
    /// A bank account.
    Account,
    /// A number plate.
    Plate,
    /// An economic activity (CIIU).
    Activity,
    /// A product (CPC).
    Product,
    /// A unit of measure.
    Unit,
    /// The address of a web page.
    Url,
    /// The access key of a voucher.
    AccessKey,
    /// A day, whose hour may stand with it.
    Moment,
    /// An index: a number with decimals and without thousands.
    Ratio,
    /// A whole number.
    Count,
    /// A country.
    Country,
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
    let own = of_its_owner(layouts, cut);
    let cut = &own;
    let form = crate::documents::blank::is_form(&cut.kind.0);
    for rules in FORM_RULES.iter().chain(SUPPORT_RULES).filter(|rules| {
        rules.types.contains(&cut.kind.0.as_str()) || form && rules.types == [rules::EVERY_FORM]
    }) {
        for span in &cut.spans {
            read_labels(&mut found, &layouts[span.page], span.page, &span.rows, rules, expected);
            read_phrases(&mut found, &layouts[span.page], span.page, &span.rows, rules, expected);
        }
    }
    read_families(&mut found, layouts, cut, expected);
    meaning::read(&mut found, layouts, cut);
    code_at_the_head(&mut found, layouts, cut, expected);
    amounts::read(&mut found, layouts, cut);
    signer::read(&mut found, layouts, cut);
    lone_day::read(&mut found, layouts, cut);
    decide_by_notation(&mut found, layouts, cut);
    found
}

/// Leaves out rows of a title that a place begins with: the text of a page runs on, a title does not.
pub(crate) fn without_title(layout: &PageLayout, mut place: Range<usize>) -> Range<usize> {
    while let Some(row) = layout.rows.get(layout.row_at(place.start)) {
        let index = layout.row_at(place.start);
        let goes_on = row.range.end < place.end;
        let title = place.start <= row.range.start
            && (crate::documents::headings::is_title_row(layout, index) || is_short_title(layout, row));
        // Room between two rows parts paragraphs: what stands above it is something else.
        let parted = layout.rows.get(index + 1).is_some_and(|next| {
            !layout.reading_view
                && next.bounds[1] - row.bounds[3] > (row.bounds[3] - row.bounds[1]).clamp(5.0, 24.0) * 1.1
        });
        if !goes_on || !(title || parted) {
            break;
        }
        place = layout.text.trim(row.range.end..place.end);
    }
    place
}

/// A title that nobody knows: one run of capitals that ends without a stop, well short of the lines under it.
fn is_short_title(layout: &PageLayout, row: &crate::layout::Row) -> bool {
    let raw = layout.text.raw(row.range.clone());
    let letters = raw.chars().filter(|character| character.is_alphabetic());
    let widest = layout.rows.iter().map(|row| row.bounds[2] - row.bounds[0]).fold(0.0, f64::max);
    row.segments.len() == 1
        && letters.clone().all(char::is_uppercase)
        && letters.count() > 4
        && !raw.ends_with(['.', ',', ';', ':'])
        && row.bounds[2] - row.bounds[0] < widest * 0.6
}

/// Leaves out what a paper says of others: the references of a résumé.
fn of_its_owner(layouts: &[PageLayout], cut: &Cut) -> Cut {
    let mut own = cut.clone();
    if cut.kind.0 != "CV" {
        return own;
    }
    let references = |layout: &PageLayout, row: usize| {
        layout
            .rows
            .get(row)
            .is_some_and(|row| layout.row_text(row).trim_start_matches(['*', ' ']).starts_with("referencias"))
    };
    for span in &mut own.spans {
        if let Some(row) = span.rows.clone().find(|row| references(&layouts[span.page], *row)) {
            span.rows.end = row;
        }
    }
    own
}

/// Reads by the rules of the families: each only what no rule before it has read.
fn read_families(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut, expected: Option<&ProcessCode>) {
    let kind = cut.kind.0.as_str();
    for rules in families::FAMILIES.iter().copied().flatten().filter(|rules| rules.types.contains(&kind)) {
        let wanted = |found: &Candidates, field: &str| field.contains("[]") || !collect::has(found, field);
        for rule in rules.labels {
            if wanted(found, rule.field) {
                for span in &cut.spans {
                    let at = (&layouts[span.page], span.page);
                    read_label(found, at, &span.rows, rule, rules.stacked, expected);
                }
            }
        }
        for rule in rules.phrases {
            if wanted(found, rule.field) {
                let slots = found.slots.len();
                for span in &cut.spans {
                    read_phrase(found, (&layouts[span.page], span.page), &span.rows, rule, expected);
                }
                // These patterns also meet the model's own sentences: they say nothing of what a bidder left empty.
                found.slots.truncate(slots);
            }
        }
    }
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
        read_label(found, (layout, page), rows, rule, rules.stacked, expected);
    }
}

fn read_label(
    found: &mut Candidates,
    (layout, page): (&PageLayout, usize),
    rows: &Range<usize>,
    rule: &rules::LabelRule,
    stacked: bool,
    expected: Option<&ProcessCode>,
) {
    for pair in pairing::pairs(layout, rows.clone(), rule.labels, stacked) {
        // Words alone may be a head or a mention; numbers of a kind tell by themselves that the label is one.
        if !pair.colon
            && !pair.in_columns
            && !stacked
            && matches!(rule.kind, FieldKind::Text | FieldKind::Person)
        {
            continue;
        }
        // A row with several numbers is a row of a table: which of them is the value only its heads can tell.
        if !pair.colon
            && matches!(rule.kind, FieldKind::Money | FieldKind::Ratio)
            && numbers_after(layout, &pair) > 1
        {
            continue;
        }
        // «Utilidad (5 %): 6,02»: the share stands in the label, and what follows is its amount.
        if matches!(rule.kind, FieldKind::Percent)
            && pair.value.first().is_some_and(|value| {
                let before = layout.text.slice(pair.label.start..value.start.max(pair.label.start));
                before.contains('%') && before.bytes().any(|byte| byte.is_ascii_digit())
            })
        {
            continue;
        }
        let value = join(layout, &pair.value);
        // Half of a quotation is half of a value: a rule for the whole sentence reads it.
        if matches!(rule.kind, FieldKind::Text)
            && layout.text.slice(pair.label.clone()).ends_with('"')
            && !value.ascii().contains('"')
        {
            continue;
        }
        let filled = !placeholder::is_unfilled(value.ascii());
        // The next label where the value should stand: nothing was written.
        if filled && pair.colon && layout.reading_view && known_labels::is_label(value.ascii()) {
            found.slots.push((rule.field, false));
        }
        if filled && (is_scrap(layout, &pair.value) || known_labels::is_label(value.ascii())) {
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

/// Counts the segments with an amount or index that stand to the right of a label.
fn numbers_after(layout: &PageLayout, pair: &pairing::Pair) -> usize {
    let Some(row) = layout.rows.get(pair.row) else { return 0 };
    row.segments
        .iter()
        .filter(|segment| segment.range.start >= pair.label.end)
        .filter(|segment| {
            let text = Folded::new(layout.text.raw(segment.range.clone()));
            money::find(&text).iter().any(|number| text.slice(number.range.clone()).contains(['.', ',']))
        })
        .count()
}

fn read_phrases(
    found: &mut Candidates,
    layout: &PageLayout,
    page: usize,
    rows: &Range<usize>,
    rules: &TypeRules,
    expected: Option<&ProcessCode>,
) {
    for rule in rules.phrases {
        read_phrase(found, (layout, page), rows, rule, expected);
    }
}

fn read_phrase(
    found: &mut Candidates,
    (layout, page): (&PageLayout, usize),
    rows: &Range<usize>,
    rule: &rules::PhraseRule,
    expected: Option<&ProcessCode>,
) {
    let Some(whole) = text_range(layout, rows) else { return };
    let Some(pattern) = settle::compiled(rule.pattern) else { return };
    for captures in pattern.captures_iter(layout.text.slice(whole.clone())) {
        let Some(group) = captures.get(1) else { continue };
        let end = match rule.kind {
            FieldKind::Text => beyond_abbreviations(layout.text.slice(whole.clone()), group.range()),
            _ => group.end(),
        };
        let place = without_title(layout, whole.start + group.start()..whole.start + end);
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

/// Returns where a text ends whose sentence goes on after an abbreviation: «la calle Av. Amazonas.»
fn beyond_abbreviations(text: &str, group: Range<usize>) -> usize {
    const SHORT: [&str; 15] = [
        "cia", "av", "avda", "ing", "arq", "dr", "dra", "sr", "sra", "sta", "sto", "gral", "km", "psje",
        "cdla",
    ];
    let mut end = group.end;
    for _ in 0..3 {
        let last = text[group.start..end].rsplit(' ').next().unwrap_or_default();
        let goes_on = text[end..].starts_with(". ");
        if !goes_on || !SHORT.contains(&last) {
            break;
        }
        let rest = &text[end + 2..];
        match rest.find(". ").or_else(|| rest.strip_suffix('.').map(str::len)) {
            Some(next) if next < 160 => end += 2 + next,
            _ => break,
        }
    }
    end
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
