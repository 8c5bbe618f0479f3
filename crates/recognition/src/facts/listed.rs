//! Facts that stand in rows: indices, partners, shareholders, contracts, persons, equipment.

use super::{Candidate, Candidates, FieldKind, reading};
use crate::documents::cut::Cut;
use crate::grammar::{money, placeholder};
use crate::layout::{Folded, PageLayout};
use crate::tables::TablesRead;
use cotejo_domain::{FactValue, Table, TableCell};
use std::ops::Range;

const EXPERIENCE: &[(&str, &[&str])] = &[("específica", &["especific"]), ("general", &["general"])];

/// Says which field a column gives and how it is read.
type FieldOf = fn(&str) -> Option<(&'static str, FieldKind)>;

/// Names the list that a table's rows make, and how each column is read.
fn list_of(kind: &str, columns: &[String]) -> Option<(&'static str, FieldOf)> {
    let owner = columns.iter().any(|column| column == "cuenta" || column == "institucion");
    match kind {
        "FUO_1_3" if owner => Some(("beneficiario", |column| match column {
            "nombre" => Some(("nombre", FieldKind::Text)),
            "id" => Some(("id", FieldKind::PersonId)),
            "nacionalidad" => Some(("nacionalidad", FieldKind::Text)),
            "cuenta" => Some(("cuenta", FieldKind::Account)),
            "institucion" => Some(("institucion", FieldKind::Text)),
            _ => None,
        })),
        "FUO_1_3" => Some(("socios[]", |column| match column {
            "nombre" => Some(("nombre", FieldKind::Text)),
            "id" => Some(("id", FieldKind::PersonId)),
            "porcentaje" => Some(("porcentaje", FieldKind::Percent)),
            "domicilio_fiscal" => Some(("domicilio_fiscal", FieldKind::Text)),
            _ => None,
        })),
        "FORM_CONSORCIO" | "FUO_1_2" => Some(("partes[]", |column| match column {
            "nombre" => Some(("nombre", FieldKind::Text)),
            "ruc" => Some(("ruc", FieldKind::Ruc)),
            "representante" => Some(("representante", FieldKind::Person)),
            "porcentaje" => Some(("porcentaje", FieldKind::Percent)),
            _ => None,
        })),
        "FUO_1_9_EXP" => Some(("filas[]", |column| match column {
            "tipo" => Some(("tipo", FieldKind::Choice(EXPERIENCE))),
            "avance" => Some(("avance", FieldKind::Percent)),
            "link_soce" => Some(("link_soce", FieldKind::Url)),
            "contratante" => Some(("contratante", FieldKind::Text)),
            "objeto" => Some(("objeto", FieldKind::Text)),
            "valor" => Some(("valor", FieldKind::Money)),
            "fecha_recepcion" => Some(("fecha_recepcion", FieldKind::Date)),
            _ => None,
        })),
        "FUO_1_10_PER" => Some(("filas[]", |column| match column {
            "nombre" => Some(("nombre", FieldKind::Person)),
            "cedula" => Some(("cedula", FieldKind::Cedula)),
            "titulo" => Some(("titulo", FieldKind::Text)),
            "fecha_grado" => Some(("fecha_grado", FieldKind::Date)),
            "cargo" => Some(("cargo", FieldKind::Text)),
            "participacion" => Some(("participacion", FieldKind::Percent)),
            "experiencia" => Some(("experiencia", FieldKind::Text)),
            _ => None,
        })),
        "FUO_1_11_EQ" => Some(("filas[]", |column| match column {
            "detalle" => Some(("detalle", FieldKind::Text)),
            "fecha_fabricacion" => Some(("anio", FieldKind::Year)),
            "propietario" => Some(("propietario", FieldKind::Text)),
            "matricula" => Some(("matricula", FieldKind::Text)),
            _ => None,
        })),
        _ => None,
    }
}

/// Reads facts from the tables of a document.
pub fn read(found: &mut Candidates, read: &TablesRead, layouts: &[PageLayout], cut: &Cut) {
    for (table, page) in read.tables.iter().zip(&read.pages) {
        let layout = &layouts[*page];
        if cut.kind.0 == "FUO_1_4" {
            indices(found, table, layout, *page);
        }
        let Some((list, field_of)) = list_of(&cut.kind.0, &table.columns) else { continue };
        for row in &table.rows {
            for (column, cell) in table.columns.iter().zip(row) {
                if let Some((field, kind)) = field_of(column) {
                    push(found, &format!("{list}.{field}"), kind, cell, layout, *page);
                }
            }
        }
    }
    super::late::read(found, read, layouts, cut);
    super::sentences::read(found, layouts, cut);
    super::marks::read(found, layouts, cut);
    super::heads::read(found, layouts, cut);
    super::totals::read(found, layouts, cut);
    super::decide_by_notation(found, layouts, cut);
}

fn push(
    found: &mut Candidates,
    field: &str,
    kind: FieldKind,
    cell: &TableCell,
    layout: &PageLayout,
    page: usize,
) {
    let text = Folded::new(&cell.text);
    if placeholder::is_unfilled(text.ascii()) {
        return;
    }
    if let reading::Reading::Value { value, range, certainty } = reading::read(kind, &text, None) {
        found.list.push(Candidate {
            field: field.into(),
            value,
            raw: text.raw(range).trim().to_string(),
            page,
            places: places(layout, cell),
            confidence: 0.92 * certainty,
            extractor: "tabla@1",
        });
    }
}

/// Returns the places of the text that lie in a cell's box, one for each row.
pub(super) fn places(layout: &PageLayout, cell: &TableCell) -> Vec<Range<usize>> {
    let Some([left, top, right, bottom]) = cell.quad.map(|quad| quad.bounds()) else { return Vec::new() };
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    for word in &layout.words {
        let inside = word.bounds[0] >= left - 0.5
            && word.bounds[2] <= right + 0.5
            && word.bounds[1] >= top - 0.5
            && word.bounds[3] <= bottom + 0.5;
        if !inside {
            continue;
        }
        match places.last_mut() {
            Some((row, place)) if *row == word.row => place.end = word.range.end,
            _ => places.push((word.row, word.range.clone())),
        }
    }
    places.into_iter().map(|(_, place)| place).collect()
}

fn indices(found: &mut Candidates, table: &Table, layout: &PageLayout, page: usize) {
    let position = |key: &str| table.columns.iter().position(|column| column == key);
    let (Some(name), Some(declared)) = (position("indice"), position("declarado")) else { return };
    for row in &table.rows {
        let (Some(name), Some(cell)) = (row.get(name), row.get(declared)) else { continue };
        let name = Folded::new(&name.text);
        let field = match name.ascii() {
            name if name.contains("solvencia") || name.contains("liquidez") => "solvencia",
            name if name.contains("endeudamiento") => "endeudamiento",
            name if name.contains("patrimonio") => {
                push(found, "patrimonio", FieldKind::Money, cell, layout, page);
                continue;
            }
            _ => continue,
        };
        // An index has no thousands: what reads so is a scan's slip.
        push(found, field, FieldKind::Ratio, cell, layout, page);
    }
}

/// Decides an undecided total when one of its readings is the sum of the table's rows.
pub fn confirm_totals(found: &mut Candidates, read: &TablesRead) {
    let sums = sums(read);
    for mut undecided in std::mem::take(&mut found.undecided) {
        let total = undecided.candidate.field.starts_with("total");
        match undecided.number.confirmed_by(|reading| sums.contains(&reading)).filter(|_| total) {
            Some(number) => {
                undecided.candidate.value = FactValue::Money(cotejo_domain::Money(number));
                undecided.candidate.confidence *= 0.95;
                found.list.push(undecided.candidate);
            }
            None => found.undecided.push(undecided),
        }
    }
}

/// Gives what has two names the catalogue's for this type of document; the last of the readers.
pub fn under_their_names(found: &mut Candidates, cut: &Cut) {
    super::amounts::under_its_name(found, &cut.kind.0);
}

fn sums(read: &TablesRead) -> Vec<rust_decimal::Decimal> {
    let cells: Vec<&TableCell> = read
        .tables
        .iter()
        .filter_map(|table| Some((table, table.columns.iter().position(|column| column == "precio_total")?)))
        .flat_map(|(table, column)| table.rows.iter().filter_map(move |row| row.get(column)))
        .collect();
    let exact: Option<Vec<_>> = cells
        .iter()
        .map(|cell| {
            let text = Folded::new(&cell.text);
            money::read(&text, 0..text.len())?.value.number.exact()
        })
        .collect();
    exact.filter(|values| !values.is_empty()).map(|values| vec![values.into_iter().sum()]).unwrap_or_default()
}
