//! Balance sheets: every account with its value, whether the sheet draws a table, aligns two columns or prints lines.

use super::{Span, TablesRead};
use crate::documents::cut::Cut;
use crate::grammar::{money, pattern, ranges};
use crate::layout::{Folded, PageLayout, Segment};
use cotejo_domain::{Quad, Table, TableCell};
use std::ops::Range;

pattern!(CODE, r"^\d{1,2}(?:\.\d{1,3}){0,5}\.?$");
pattern!(CODED, r"^(\d{1,2}(?:\.\d{1,3}){0,5})\.? [a-z]");
pattern!(TRAILING, r"[ .:_]+\(?(?:usd? ?|\$ ?)?(\d[\d.,']*\d)\)?$");
pattern!(YEAR, r"\b(?:19|20)\d{2}\b");

/// Holds an account in the making.
#[derive(Default)]
struct Account {
    code: Option<Range<usize>>,
    name: Option<Range<usize>>,
    values: Vec<Range<usize>>,
}

/// Reads the accounts of each page into one table: `codigo`, `cuenta`, then `valor` and, where the sheet compares two years, one column
/// for each year, newest to the left or as the heads say.
pub(super) fn read(found: &mut TablesRead, layouts: &[PageLayout], cut: &Cut) {
    for span in &cut.spans {
        let layout = &layouts[span.page];
        let accounts: Vec<Account> = rows(layout, span).flat_map(|row| accounts_of(layout, row)).collect();
        if accounts.len() < 3 {
            continue;
        }
        let width = accounts.iter().map(|account| account.values.len()).max().unwrap_or(1);
        let heads = if width > 1 { year_heads(layout, span, width) } else { None };
        let mut columns = vec!["codigo".to_string(), "cuenta".to_string()];
        columns.extend((0..width).map(|index| match &heads {
            Some(years) => format!("valor_{}", years[index]),
            None if width == 1 => "valor".to_string(),
            None => format!("valor_{}", index + 1),
        }));
        let rows = accounts
            .into_iter()
            .map(|account| {
                let mut cells = vec![cell(layout, account.code), cell(layout, account.name)];
                cells.extend((0..width).map(|index| cell(layout, account.values.get(index).cloned())));
                cells
            })
            .collect();
        found.tables.push(Table { page: layout.number, columns, rows });
        found.pages.push(span.page);
    }
}

fn rows<'a>(layout: &'a PageLayout, span: &Span) -> impl Iterator<Item = usize> + use<'a> {
    span.rows.start..span.rows.end.min(layout.rows.len())
}

/// Returns the years that head the columns of values, when a row prints exactly as many.
fn year_heads(layout: &PageLayout, span: &Span, width: usize) -> Option<Vec<String>> {
    rows(layout, span).take(14).find_map(|row| {
        let text = layout.row_text(&layout.rows[row]);
        let years: Vec<String> =
            ranges(&YEAR, text).into_iter().map(|range| text[range].to_string()).collect();
        let distinct = years.iter().enumerate().all(|(index, year)| !years[..index].contains(year));
        (years.len() == width && distinct && layout.rows[row].segments.len() >= width).then_some(years)
    })
}

/// Reads a row: accounts side by side, each a name with the values after it.
fn accounts_of(layout: &PageLayout, row: usize) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    let mut open = Account::default();
    for segment in &layout.rows[row].segments {
        if is_value(layout, segment) {
            if open.name.is_some() {
                open.values.push(segment.range.clone());
            }
            continue;
        }
        if !open.values.is_empty() {
            accounts.push(std::mem::take(&mut open));
        }
        let text = layout.segment_text(segment);
        if CODE.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
            open = Account { code: Some(segment.range.clone()), ..Account::default() };
            continue;
        }
        if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            continue;
        }
        // «TOTAL ACTIVO 1.234,00» in one run of words.
        let (name, value) = match TRAILING.as_ref().and_then(|pattern| pattern.captures(text)) {
            Some(captures) => {
                let (whole, amount) = (captures.get(0), captures.get(1));
                match (whole, amount) {
                    (Some(whole), Some(amount)) if whole.start() > 2 && looks_like_value(amount.as_str()) => {
                        (
                            segment.range.start..segment.range.start + whole.start(),
                            Some(segment.range.start + amount.start()..segment.range.start + amount.end()),
                        )
                    }
                    _ => (segment.range.clone(), None),
                }
            }
            None => (segment.range.clone(), None),
        };
        let coded = CODED
            .as_ref()
            .and_then(|pattern| pattern.captures(layout.text.slice(name.clone())))
            .and_then(|code| code.get(1));
        let (code, name) = match coded {
            Some(code) => (
                Some(name.start..name.start + code.end()),
                layout.text.trim(name.start + code.end()..name.end),
            ),
            None => (open.code.take(), name),
        };
        open = Account { code, name: Some(name), values: value.into_iter().collect() };
    }
    if open.name.is_some() && !open.values.is_empty() {
        accounts.push(open);
    }
    accounts
}

fn is_value(layout: &PageLayout, segment: &Segment) -> bool {
    let text = layout.segment_text(segment);
    let folded = Folded::new(layout.text.raw(segment.range.clone()));
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(Folded::new);
    let number = |folded: &Folded| money::read(folded, 0..folded.len()).is_some();
    looks_like_value(text.trim_matches(['(', ')', '$', ' ']))
        && (number(&folded) || inside.as_ref().is_some_and(number))
}

/// An account's value has cents or thousands; a bare short number is a note or a page.
fn looks_like_value(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marked = text.contains(['.', ',', '\'']);
    digits >= 5 || marked && digits >= 3
}

fn cell(layout: &PageLayout, range: Option<Range<usize>>) -> TableCell {
    let Some(range) = range else { return TableCell { text: String::new(), quad: None } };
    let quad = layout.quads(&range).into_iter().reduce(|one: Quad, other| one.union(&other));
    TableCell { text: layout.text.raw(range).trim().to_string(), quad }
}
