//! Boxes (*casilleros*) of the income tax declarations, forms 101 and 102: number, name and value.

use super::TablesRead;
use crate::documents::cut::Cut;
use crate::grammar::{money, pattern, ranges};
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{Quad, Table, TableCell};
use std::ops::Range;

pattern!(BOX, r"\b\d{3,4}\b");

/// Reads every row of a declaration that has one box number and one value.
pub(super) fn read(found: &mut TablesRead, layouts: &[PageLayout], cut: &Cut) {
    for span in &cut.spans {
        let layout = &layouts[span.page];
        let mut rows = Vec::new();
        for row in span.rows.start..span.rows.end.min(layout.rows.len()) {
            let range = layout.rows[row].range.clone();
            if let Some((number, value)) = box_and_value(layout, &range) {
                let name = name(layout, &range, &number, &value);
                rows.push(vec![cell(layout, number), cell(layout, name), cell(layout, value)]);
            }
        }
        if rows.len() >= 2 {
            let columns = ["casillero", "concepto", "valor"].map(String::from).to_vec();
            found.tables.push(Table { page: layout.number, columns, rows });
            found.pages.push(span.page);
        }
    }
}

/// Finds the one box number and the one value of a row.
fn box_and_value(layout: &PageLayout, row: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let text = Folded::new(layout.text.raw(row.clone()));
    let values: Vec<Range<usize>> = money::find(&text)
        .into_iter()
        .map(|found| found.range)
        .filter(|range| {
            let number = text.slice(range.clone());
            number.contains(['.', ',']) || number.bytes().filter(u8::is_ascii_digit).count() > 4
        })
        .collect();
    let [value] = values.as_slice() else { return None };
    let boxes: Vec<Range<usize>> = ranges(&BOX, text.ascii())
        .into_iter()
        .filter(|range| {
            let bytes = text.ascii().as_bytes();
            let joined = |index: Option<usize>| {
                index
                    .and_then(|index| bytes.get(index))
                    .is_some_and(|byte| b".,-/%".contains(byte) || byte.is_ascii_alphanumeric())
            };
            !joined(range.start.checked_sub(1)) && !joined(Some(range.end))
        })
        .filter(|range| range.end <= value.start || range.start >= value.end)
        .collect();
    let [number] = boxes.as_slice() else { return None };
    let place = |range: &Range<usize>| row.start + range.start..row.start + range.end;
    Some((place(number), place(value)))
}

/// The name is the longest of what the two numbers leave.
fn name(
    layout: &PageLayout,
    row: &Range<usize>,
    number: &Range<usize>,
    value: &Range<usize>,
) -> Range<usize> {
    let (first, last) = if number.start < value.start { (number, value) } else { (value, number) };
    [row.start..first.start, first.end..last.start, last.end..row.end]
        .into_iter()
        .map(|part| layout.text.trim(part))
        .max_by_key(|part| layout.text.slice(part.clone()).bytes().filter(u8::is_ascii_alphabetic).count())
        .unwrap_or(row.start..row.start)
}

fn cell(layout: &PageLayout, range: Range<usize>) -> TableCell {
    let quad = layout.quads(&range).into_iter().reduce(|one: Quad, other| one.union(&other));
    let text = layout.text.raw(range).trim_matches([' ', '|', '_', '=', '+', ':']).to_string();
    TableCell { text, quad }
}
