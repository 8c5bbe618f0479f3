//! The foot of a valued schedule (*cronograma valorado*): what is spent and done in each period, and up to it.

use super::TablesRead;
use crate::documents::cut::Cut;
use crate::grammar::{money, pattern};
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{Quad, Table, TableCell};
use rust_decimal::Decimal;
use std::ops::Range;

pattern!(
    SPENT,
    r"^(?:inversion|monto|valor)(?:es)? (?:mensual(?:es)?|parcial(?:es)?|del periodo|quincenal|semanal|programad[oa])(?: en)?(?: usd| \$)?\b"
);
pattern!(
    SHARE,
    r"^(?:avance|porcentaje|%) ?(?:parcial|mensual|del periodo|de avance parcial)(?: (?:en )?%)?"
);
pattern!(SPENT_UP_TO, r"^(?:inversion|monto|valor)(?:es)? acumulad[oa]s?\b");
pattern!(SHARE_UP_TO, r"^(?:avance|porcentaje|%) ?(?:de avance )?acumulado(?: (?:en )?%)?");

/// What a row of the foot says, with its numbers and their places.
type FootRow = (&'static str, Vec<(Decimal, Range<usize>)>);

/// Reads the rows of the foot: one table a page, `concepto` and then a column for each period. `concepto` is one of `monto`,
/// `porcentaje`, `acumulado` and `acumulado_pct`.
pub(super) fn read(found: &mut TablesRead, layouts: &[PageLayout], cut: &Cut) {
    for span in &cut.spans {
        let layout = &layouts[span.page];
        let mut rows: Vec<FootRow> = Vec::new();
        for row in span.rows.start..span.rows.end.min(layout.rows.len()) {
            let text = layout.row_text(&layout.rows[row]);
            let named = [
                ("monto", &SPENT),
                ("porcentaje", &SHARE),
                ("acumulado", &SPENT_UP_TO),
                ("acumulado_pct", &SHARE_UP_TO),
            ]
            .into_iter()
            .find_map(|(name, pattern)| Some((name, pattern.as_ref()?.find(text)?.end())));
            if let Some((name, end)) = named {
                let range = layout.rows[row].range.clone();
                let numbers = numbers(layout, range.start + end..range.end);
                if !numbers.is_empty() && !rows.iter().any(|(other, _)| *other == name) {
                    rows.push((name, numbers));
                }
            }
        }
        let periods = periods(&mut rows);
        if periods == 0 {
            continue;
        }
        let mut columns = vec!["concepto".to_string()];
        columns.extend((1..=periods).map(|period| format!("periodo_{period}")));
        let rows = rows
            .into_iter()
            .map(|(name, numbers)| {
                let mut cells = vec![TableCell { text: name.into(), quad: None }];
                cells.extend((0..periods).map(|period| match numbers.get(period) {
                    Some((_, place)) => cell(layout, place.clone()),
                    None => TableCell { text: String::new(), quad: None },
                }));
                cells
            })
            .collect();
        found.tables.push(Table { page: layout.number, columns, rows });
        found.pages.push(span.page);
    }
}

fn numbers(layout: &PageLayout, place: Range<usize>) -> Vec<(Decimal, Range<usize>)> {
    let mut numbers = Vec::new();
    // Numbers with a per cent sign are none to the money grammar: the signs are left out here.
    let text = Folded::new(&layout.text.slice(place.clone()).replace('%', " "));
    for found in money::find(&text) {
        if let Some(number) = found.value.number.exact() {
            numbers.push((number, place.start + found.range.start..place.start + found.range.end));
        }
    }
    numbers
}

/// Settles how many periods there are. A number more than the others have is the total of its row: it goes when it is the sum.
fn periods(rows: &mut Vec<FootRow>) -> usize {
    let Some(least) = rows.iter().map(|(_, numbers)| numbers.len()).min().filter(|least| *least > 0) else {
        return 0;
    };
    for (name, numbers) in rows.iter_mut() {
        if numbers.len() == least + 1 && matches!(*name, "monto" | "porcentaje") {
            let sum: Decimal = numbers.iter().map(|(number, _)| number).sum();
            let near = |total: Decimal| (sum - total - total).abs() <= Decimal::new(5, 2);
            if numbers.first().is_some_and(|(total, _)| near(*total)) {
                numbers.remove(0);
            } else if numbers.last().is_some_and(|(total, _)| near(*total)) {
                numbers.pop();
            }
        }
    }
    // Rows that still differ cannot be laid beside each other.
    rows.retain(|(_, numbers)| numbers.len() == least);
    least
}

fn cell(layout: &PageLayout, range: Range<usize>) -> TableCell {
    let quad = layout.quads(&range).into_iter().reduce(|one: Quad, other| one.union(&other));
    TableCell { text: layout.text.raw(range).trim().to_string(), quad }
}
