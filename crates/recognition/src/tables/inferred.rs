//! Heads that no list and no sense names, told by what stands under them: units of measure, dates, plates, numbers of persons, and figures of
//! which one is the product of two others.
//!
//! A column is only taken so where one is left that it can be, and the table only where two of its heads are known by their words.

use super::END;
use super::grid::{self, Columns, Header};
use super::spec::TableSpec;
use crate::grammar::{date, identifier, money, percent, placeholder, plate, unit};
use crate::layout::{Folded, PageLayout};
use rust_decimal::Decimal;
use std::ops::Range;

/// Rows under the heads that are looked at.
const LOOKED_AT: usize = 14;
/// Fewest rows that say anything of a column.
const FEWEST: usize = 2;

/// Finds heads of which some are told by their cells, and with them all that the table needs.
pub(super) fn header(layout: &PageLayout, rows: Range<usize>, spec: &TableSpec) -> Option<Header> {
    rows.clone().find_map(|start| {
        (1..=2).find_map(|height| {
            let end = start + height;
            (end < rows.end).then(|| at(layout, start..end, rows.end, spec)).flatten()
        })
    })
}

fn at(layout: &PageLayout, rows: Range<usize>, last: usize, spec: &TableSpec) -> Option<Header> {
    let looks_like_heads = rows.clone().all(|row| {
        let text = layout.row_text(&layout.rows[row]);
        !text.contains(':') && text.bytes().filter(u8::is_ascii_digit).count() <= 2
    });
    if !looks_like_heads || layout.rows[rows.start].segments.len() < 3 {
        return None;
    }
    let (_, _, heads) = grid::heads_in(layout, rows.clone(), spec, true)?;
    let worded = heads.iter().filter(|head| head.column.is_some()).count();
    let missing = |key: &&&str| {
        !heads.iter().filter_map(|head| head.column).any(|known| spec.columns[known].key == **key)
    };
    // Those that are known by words alone were found before this is asked.
    if worded < 2 || heads.len() < 3 || spec.required.iter().filter(missing).count() == 0 {
        return None;
    }
    let body = body(layout, rows.end, last, heads.len());
    if body.len() < FEWEST {
        return None;
    }
    let mut header = Header { rows, heads, by_sense: true };
    let columns = grid::columns(layout, &header, body.clone(), spec);
    if columns.columns.len() != header.heads.len() {
        return None;
    }
    let cells = cells(layout, &columns, body);
    let mut known: Vec<Option<usize>> = header.heads.iter().map(|head| head.column).collect();
    by_product(&mut known, &cells, spec);
    by_kind(&mut known, &cells, spec);
    last_text(&mut known, &cells, spec);
    let has = |key: &str| known.iter().flatten().any(|column| spec.columns[*column].key == key);
    if !spec.required.iter().all(|key| has(key)) {
        return None;
    }
    for (head, column) in header.heads.iter_mut().zip(known) {
        head.column = column;
    }
    Some(header)
}

/// Returns the rows under the heads that have several cells, up to what ends a table.
fn body(layout: &PageLayout, start: usize, last: usize, width: usize) -> Range<usize> {
    let least = (width / 2).max(2);
    let end = (start..last.min(start + LOOKED_AT))
        .find(|row| {
            let current = &layout.rows[*row];
            current.segments.len() < least
                || END.as_ref().is_some_and(|pattern| pattern.is_match(layout.row_text(current)))
        })
        .unwrap_or(last.min(start + LOOKED_AT));
    start..end
}

/// Returns the text of each column in each row.
fn cells(layout: &PageLayout, columns: &Columns, body: Range<usize>) -> Vec<Vec<String>> {
    body.map(|row| {
        let mut texts = vec![String::new(); columns.columns.len()];
        for segment in &layout.rows[row].segments {
            for word in &layout.words[segment.words.clone()] {
                let cell = &mut texts[columns.cell_of(word)];
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(layout.text.slice(word.range.clone()));
            }
        }
        texts
    })
    .collect()
}

fn numbers(text: &str) -> Vec<Decimal> {
    let folded = Folded::new(text);
    money::read(&folded, 0..folded.len()).map_or_else(Vec::new, |found| found.value.number.readings())
}

/// Tells quantity, price and total apart by arithmetic: one is the product of the two others. Of the factors one must be known by its head.
fn by_product(known: &mut [Option<usize>], cells: &[Vec<String>], spec: &TableSpec) {
    let place = |key: &str| spec.columns.iter().position(|column| column.key == key);
    let (Some(quantity), Some(price), Some(total)) =
        (place("cantidad"), place("precio_unitario"), place("precio_total"))
    else {
        return;
    };
    let at = |known: &[Option<usize>], wanted: usize| known.iter().position(|column| *column == Some(wanted));
    let (first, second) = match (at(known, quantity), at(known, price)) {
        (Some(first), None) => (first, price),
        (None, Some(first)) => (first, quantity),
        (Some(_), Some(_)) if at(known, total).is_none() => {
            let (Some(one), Some(other)) = (at(known, quantity), at(known, price)) else { return };
            let products: Vec<usize> = (0..known.len())
                .filter(|column| known[*column].is_none() && multiply(cells, one, other, *column))
                .collect();
            if let [only] = products.as_slice() {
                known[*only] = Some(total);
            }
            return;
        }
        _ => return,
    };
    let free = |column: &usize| known[*column].is_none();
    let totals: Vec<usize> = match at(known, total) {
        Some(known) => vec![known],
        None => (0..known.len()).filter(free).collect(),
    };
    let mut pairs = Vec::new();
    for factor in (0..known.len()).filter(free) {
        for product in totals.iter().filter(|product| **product != factor) {
            if multiply(cells, first, factor, *product) {
                pairs.push((factor, *product));
            }
        }
    }
    if let [(factor, product)] = pairs.as_slice() {
        known[*factor] = Some(second);
        known[*product] = Some(total);
    }
}

/// Tells whether two columns multiply to a third in seven rows of ten, and two at least.
fn multiply(cells: &[Vec<String>], one: usize, other: usize, product: usize) -> bool {
    let mut holds = 0;
    let mut rows = 0;
    for row in cells {
        let [a, b, c] = [one, other, product].map(|column| numbers(&row[column]));
        if a.is_empty() && b.is_empty() && c.is_empty() {
            continue;
        }
        rows += 1;
        let close = |a: &Decimal, b: &Decimal, c: &Decimal| {
            a.checked_mul(*b).is_some_and(|made| (made - c).abs() <= Decimal::new(2, 2))
        };
        let fits = a
            .iter()
            .any(|a| b.iter().any(|b| c.iter().any(|c| !a.is_zero() && !b.is_zero() && close(a, b, c))));
        holds += usize::from(fits);
    }
    holds >= FEWEST && holds * 10 >= rows * 7
}

/// Takes columns whose cells are of one kind, where one column of that kind is wanted and one is there.
fn by_kind(known: &mut [Option<usize>], cells: &[Vec<String>], spec: &TableSpec) {
    let wanted: Vec<usize> = (0..spec.columns.len())
        .filter(|column| !known.contains(&Some(*column)) && test_of(spec.columns[*column].key).is_some())
        .collect();
    let mut taken = Vec::new();
    for column in &wanted {
        let Some(test) = test_of(spec.columns[*column].key) else { continue };
        let fits: Vec<usize> =
            (0..known.len()).filter(|place| known[*place].is_none() && mostly(cells, *place, test)).collect();
        if let [only] = fits.as_slice() {
            taken.push((*only, *column));
        }
    }
    for (place, column) in &taken {
        // A column that could be two things is none.
        if taken.iter().filter(|(other, _)| other == place).count() == 1 {
            known[*place] = Some(*column);
        }
    }
}

fn mostly(cells: &[Vec<String>], place: usize, test: fn(&str) -> bool) -> bool {
    let filled: Vec<&str> = cells
        .iter()
        .map(|row| row[place].as_str())
        .filter(|text| !text.is_empty() && !placeholder::is_unfilled(text))
        .collect();
    let fitting = filled.iter().filter(|text| test(text)).count();
    fitting >= FEWEST && fitting * 10 >= filled.len() * 8
}

/// Says by what the cells of a column are known; `None` for those that only their heads tell.
fn test_of(key: &str) -> Option<fn(&str) -> bool> {
    Some(match key {
        "unidad" => |text| unit::read(text).is_some(),
        "valor" => |text| {
            numbers(text).iter().any(|number| *number >= Decimal::from(500)) && text.contains(['.', ','])
        },
        "fecha_recepcion" | "fecha_grado" => |text| !date::find(&Folded::new(text)).is_empty(),
        "cedula" => |text| !identifier::find_cedulas(&Folded::new(text)).is_empty(),
        "ruc" => |text| !identifier::find_rucs(&Folded::new(text)).is_empty(),
        "id" => |text| {
            let folded = Folded::new(text);
            !identifier::find_cedulas(&folded).is_empty() || !identifier::find_rucs(&folded).is_empty()
        },
        "porcentaje" | "participacion" => {
            |text| text.contains('%') && !percent::find(&Folded::new(text)).is_empty()
        }
        "matricula" => |text| !plate::find(&Folded::new(text)).is_empty(),
        "fecha_fabricacion" => {
            |text| text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1950..=2100).contains(&year))
        }
        _ => return None,
    })
}

/// Takes the one column of words that is left for the one column of words that the table needs.
fn last_text(known: &mut [Option<usize>], cells: &[Vec<String>], spec: &TableSpec) {
    let wanted: Vec<usize> = spec
        .required
        .iter()
        .filter_map(|key| spec.columns.iter().position(|column| column.key == *key))
        .filter(|column| {
            !known.contains(&Some(*column))
                && !spec.columns[*column].numeric
                && test_of(spec.columns[*column].key).is_none()
        })
        .collect();
    let words =
        |text: &str| text.bytes().filter(u8::is_ascii_alphabetic).count() >= 4 && unit::read(text).is_none();
    let free: Vec<usize> =
        (0..known.len()).filter(|place| known[*place].is_none() && mostly(cells, *place, words)).collect();
    if let ([wanted], [place]) = (wanted.as_slice(), free.as_slice()) {
        known[*place] = Some(*wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::spec::SPECS;

    fn row(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn spec(kind: &str) -> &'static TableSpec {
        SPECS.iter().find(|spec| spec.types.contains(&kind)).expect("a table")
    }

    fn keys(known: &[Option<usize>], spec: &TableSpec) -> Vec<Option<&'static str>> {
        known.iter().map(|column| column.map(|column| spec.columns[column].key)).collect()
    }

    #[test]
    fn the_product_of_a_known_factor_tells_price_and_total() {
        let spec = spec("FUO_1_5_RUBROS");
        let place = |key: &str| spec.columns.iter().position(|column| column.key == key);
        let cells = [
            row(&["replanteo", "m2", "12.50", "2.00", "25.00"]),
            row(&["zanja", "m3", "3.00", "4.10", "12.30"]),
        ];
        let mut known = [place("descripcion"), None, place("cantidad"), None, None];
        by_product(&mut known, &cells, spec);
        by_kind(&mut known, &cells, spec);
        let told = [
            Some("descripcion"),
            Some("unidad"),
            Some("cantidad"),
            Some("precio_unitario"),
            Some("precio_total"),
        ];
        assert_eq!(keys(&known, spec), told);
    }

    #[test]
    fn two_unknown_factors_are_not_told_apart() {
        let spec = spec("FUO_1_5_RUBROS");
        let cells = [row(&["replanteo", "12.50", "2.00", "25.00"]), row(&["zanja", "3.00", "4.10", "12.30"])];
        let mut known = [None; 4];
        by_product(&mut known, &cells, spec);
        assert_eq!(known, [None; 4], "which of them is the quantity only a head can say");
    }

    #[test]
    fn figures_that_do_not_multiply_tell_nothing() {
        let spec = spec("FUO_1_5_RUBROS");
        let quantity = spec.columns.iter().position(|column| column.key == "cantidad");
        let cells = [row(&["12.50", "2.00", "27.00"]), row(&["3.00", "4.10", "13.30"])];
        let mut known = [quantity, None, None];
        by_product(&mut known, &cells, spec);
        assert_eq!(known, [quantity, None, None]);
    }

    #[test]
    fn two_columns_of_dates_are_left_to_a_person() {
        let spec = spec("FUO_1_9_EXP");
        let cells = [row(&["01/02/2020", "03/04/2021"]), row(&["05/06/2019", "07/08/2020"])];
        let mut known = [None, None];
        by_kind(&mut known, &cells, spec);
        assert_eq!(known, [None, None]);
        let mut one = [None];
        by_kind(&mut one, &[row(&["01/02/2020"]), row(&["05/06/2019"])], spec);
        assert_eq!(keys(&one, spec), [Some("fecha_recepcion")]);
    }
}
