//! Pages as different authors write them, type by type, with what must be read of them and what must not.
//!
//! A row is written as its cells with ` | ` between them. A noisy specimen is read as a scan: its words come from OCR. Every field of the
//! catalogue stands in one of these specimens or in [`EXCEPT`], which says why a machine cannot know it.

mod bidder;
mod contracts;
mod legal;
mod people;
mod prices;
mod process;
mod prose;
mod registries;

use crate::documents::cut::{Cut, Span};
use crate::facts::{self, listed, partners, settle};
use crate::layout::PageLayout;
use crate::tables;
use cotejo_domain::{Confidence, PageReading, PageStatus, Quad, Table, Word};
use std::collections::BTreeSet;

/// One page of one author.
pub(super) struct Specimen {
    pub kind: &'static str,
    pub author: &'static str,
    pub noisy: bool,
    pub rows: &'static [&'static str],
    /// Field and value in the contract's form.
    pub reads: &'static [(&'static str, &'static str)],
    /// Column and cell of a table.
    pub cells: &'static [(&'static str, &'static str)],
    /// Field and a value that stands on the page and is another's.
    pub never: &'static [(&'static str, &'static str)],
}

pub(super) const BARE: Specimen =
    Specimen { kind: "", author: "", noisy: false, rows: &[], reads: &[], cells: &[], never: &[] };

const FAMILIES: [&[Specimen]; 8] = [
    bidder::SPECIMENS,
    prices::SPECIMENS,
    registries::SPECIMENS,
    legal::SPECIMENS,
    contracts::SPECIMENS,
    people::SPECIMENS,
    process::SPECIMENS,
    prose::SPECIMENS,
];

/// Fields of the catalogue whose values stand in a table, with the column there.
const IN_TABLES: &[(&str, &str, &str)] = &[
    ("FUO_1_5_RUBROS", "items[].no", "numero"),
    ("FUO_1_5_RUBROS", "items[].descripcion", "descripcion"),
    ("FUO_1_5_RUBROS", "items[].unidad", "unidad"),
    ("FUO_1_5_RUBROS", "items[].cantidad", "cantidad"),
    ("FUO_1_5_RUBROS", "items[].pu", "precio_unitario"),
    ("FUO_1_5_RUBROS", "items[].global", "precio_total"),
    ("FUO_1_5_CANT", "items[].cpc", "cpc"),
    ("FUO_1_5_CANT", "items[].descripcion", "descripcion"),
    ("FUO_1_5_CANT", "items[].unidad", "unidad"),
    ("FUO_1_5_CANT", "items[].cantidad", "cantidad"),
    ("FUO_1_5_CANT", "items[].pu", "precio_unitario"),
    ("FUO_1_5_CANT", "items[].total", "precio_total"),
    ("FUO_1_6_APU", "equipos[]", "tarifa"),
    ("FUO_1_6_APU", "mano_obra[]", "rendimiento"),
    ("FUO_1_6_APU", "materiales[]", "precio_unitario"),
    ("FUO_1_6_APU", "transporte[]", "costo"),
    ("FUO_1_6_COMP", "filas[].requerida", "requerida"),
    ("FUO_1_6_COMP", "filas[].ofertada", "ofertada"),
    ("PROFORMA", "items[]", "precio_unitario"),
    ("PLIEGO", "cronograma", "concepto"),
    ("PLIEGO", "requisitos", "cumple"),
    ("PLIEGO", "puntajes", "puntaje"),
];

/// Fields that no rule reads, with the reason.
const EXCEPT: &[(&str, &str, &str)] = &[];

/// Builds a page of small type, cells of a row side by side over the width of the sheet.
pub(super) fn sheet(number: u32, rows: &[&str], noisy: bool) -> PageReading {
    let mut words = Vec::new();
    let mut line = 0;
    for (row, text) in rows.iter().enumerate() {
        let cells: Vec<&str> = text.split(" | ").collect();
        let pitch = 540.0 / cells.len() as f64;
        let top = 40.0 + 10.0 * row as f64;
        for (cell, content) in cells.iter().enumerate() {
            let mut left = 40.0 + pitch * cell as f64;
            for word in content.split(' ').filter(|word| !word.is_empty()) {
                let width = word.chars().count() as f64 * 3.0;
                words.push(Word {
                    text: word.into(),
                    quad: Quad::upright(left, top, left + width, top + 6.0),
                    line,
                    size: 6.0,
                    confidence: if noisy { Confidence::new(0.86) } else { Confidence::CERTAIN },
                });
                left += width + 2.0;
            }
            line += 1;
        }
    }
    PageReading {
        number,
        status: if noisy { PageStatus::Ocr } else { PageStatus::Text },
        width: 620.0,
        height: 842.0,
        rotation: 0,
        words,
        reading_view: false,
    }
}

/// What was read: fields with their values, and tables.
pub(super) struct Read {
    pub facts: Vec<(String, String, f64)>,
    pub raw: Vec<(String, String)>,
    pub tables: Vec<Table>,
    pub undecided: usize,
}

pub(super) fn read(kind: &str, pages: &[PageReading]) -> Read {
    let layouts: Vec<PageLayout> = pages.iter().map(PageLayout::new).collect();
    let spans =
        layouts.iter().enumerate().map(|(page, layout)| Span { page, rows: 0..layout.rows.len() }).collect();
    let cut = Cut { kind: kind.into(), confidence: Confidence::CERTAIN, spans };
    let mut found = facts::read(&layouts, &cut, None);
    let read = tables::read(&layouts, &cut);
    listed::read(&mut found, &read, &layouts, &cut);
    partners::read(&mut found, &layouts, &cut);
    listed::confirm_totals(&mut found, &read);
    let undecided = found.undecided.len();
    let settled = settle::settle(found.list);
    for candidate in &settled {
        assert!(!candidate.places.is_empty(), "{kind}: {} has no evidence", candidate.field);
        let quote = facts::join(&layouts[candidate.page], &candidate.places);
        assert!(!quote.is_empty(), "{kind}: {} quotes nothing", candidate.field);
    }
    Read {
        raw: settled.iter().map(|candidate| (candidate.field.clone(), candidate.raw.clone())).collect(),
        facts: settled
            .into_iter()
            .map(|candidate| (candidate.field, candidate.value.canonical(), candidate.confidence))
            .collect(),
        tables: read.tables,
        undecided,
    }
}

fn check(specimen: &Specimen) -> Vec<String> {
    let read = read(specimen.kind, &[sheet(1, specimen.rows, specimen.noisy)]);
    let name = format!("{} ({})", specimen.kind, specimen.author);
    let mut wrong = Vec::new();
    for (field, value) in specimen.reads {
        let values: Vec<_> = read.facts.iter().filter(|(name, _, _)| name == field).collect();
        match values.iter().find(|(_, read, _)| read == value) {
            None => wrong.push(format!("{name}: {field} should be {value:?}, read {values:?}")),
            Some((_, _, confidence)) if *confidence < 0.5 => {
                wrong.push(format!("{name}: {field} is {value:?} with {confidence} only: {values:?}"));
            }
            Some(_) => {}
        }
        // One thing has one value: a second reading would be a guess.
        let expected = specimen.reads.iter().filter(|(other, _)| other == field).count();
        let distinct: BTreeSet<_> = values.iter().map(|(_, value, _)| value).collect();
        if distinct.len() > expected {
            wrong.push(format!("{name}: {field} has too many readings: {values:?}"));
        }
    }
    for (column, cell) in specimen.cells {
        let there = read.tables.iter().any(|table| {
            table.columns.iter().position(|name| name == column).is_some_and(|index| {
                table.rows.iter().any(|row| {
                    row.get(index).is_some_and(|found| {
                        found.text == *cell
                            && (found.quad.is_some() || *column == "concepto" || *column == "seccion")
                    })
                })
            })
        });
        if !there {
            wrong.push(format!("{name}: no cell {cell:?} under {column}: {:?}", read.tables));
        }
    }
    for (field, value) in specimen.never {
        if let Some(taken) = read.facts.iter().find(|(name, read, _)| name == field && read == value) {
            wrong.push(format!("{name}: {field} took another's {value:?}: {taken:?}"));
        }
    }
    wrong
}

#[test]
fn every_author_s_page_is_read_and_no_neighbour_is_taken() {
    let wrong: Vec<String> = FAMILIES.iter().copied().flatten().flat_map(check).collect();
    assert!(wrong.is_empty(), "{} of what was expected is not so:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_field_of_every_type_is_read() {
    let mut missing = Vec::new();
    let mut fields = 0;
    for entry in cotejo_domain::document_types() {
        for field in &entry.fields {
            fields += 1;
            let kind = entry.id.as_str();
            let name = field.name.as_str();
            let covered =
                FAMILIES.iter().copied().flatten().filter(|specimen| specimen.kind == kind).any(|specimen| {
                    specimen.reads.iter().any(|(read, _)| {
                        *read == name
                            || name.ends_with("[]")
                                && read.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
                            || name == "subtotales" && read.starts_with("subtotal_")
                    }) || IN_TABLES.iter().any(|(table, table_field, column)| {
                        *table == kind
                            && *table_field == name
                            && specimen.cells.iter().any(|(found, _)| found == column)
                    })
                });
            if !covered && !EXCEPT.iter().any(|(except, field, _)| *except == kind && *field == name) {
                missing.push(format!("{kind}.{name}"));
            }
        }
    }
    println!("{} of {fields} fields of the catalogue are read in a specimen", fields - missing.len());
    assert!(missing.is_empty(), "{} fields nobody reads: {}", missing.len(), missing.join(", "));
}

#[test]
fn every_type_has_two_authors_and_one_scan() {
    let mut wanting = Vec::new();
    for entry in cotejo_domain::document_types().iter().filter(|entry| !entry.fields.is_empty()) {
        let of_kind: Vec<_> = FAMILIES
            .iter()
            .copied()
            .flatten()
            .filter(|specimen| specimen.kind == entry.id.as_str())
            .collect();
        if of_kind.len() < 2 || !of_kind.iter().any(|specimen| specimen.noisy) {
            wanting.push(entry.id.as_str());
        }
    }
    assert!(wanting.is_empty(), "{wanting:?}");
}

#[test]
fn what_a_scan_wrote_stands_beside_what_was_made_of_it() {
    let rows =
        ["COMPROMISO DE SUBCONTRATACION", "Rubro a subcontratar: | Cerramiento", "Valor: | USD 12.5OO,5O"];
    let read = read("FORM_SUBCON", &[sheet(1, &rows, true)]);
    assert!(read.raw.contains(&("valor".into(), "USD 12.5OO,5O".into())), "{:?}", read.raw);
    let value = read.facts.iter().find(|(field, _, _)| field == "valor").expect("a proposal");
    assert_eq!(value.1, "12500.50");
    assert!(value.2 < 0.75, "probable at most: {}", value.2);
}

#[test]
fn two_readings_of_one_thing_are_left_to_a_person() {
    let rows = ["Suma asegurada: USD 1.250"];
    assert_eq!(read("POLIZA", &[sheet(1, &rows, false)]).undecided, 1, "thousands or decimals: nobody knows");
    let rows = ["No. de cuenta: 2200123456 y 2200999999"];
    assert!(read("BANCARIO", &[sheet(1, &rows, false)]).facts.is_empty(), "two accounts");
    let rows = ["DECLARACIÓN DEL IMPUESTO A LA RENTA", "TOTAL PATRIMONIO | 698 | 10.000,00 | 20.000,00"];
    let facts = read("F101_F102", &[sheet(1, &rows, false)]).facts;
    assert!(facts.iter().all(|(field, _, _)| field != "casillero_698_patrimonio"), "two values: {facts:?}");
}

#[test]
fn attack_the_number_of_an_accountant_stands_for_the_taxpayers() {
    for (kind, title) in [
        ("F101_F102", "DECLARACIÓN DEL IMPUESTO A LA RENTA"),
        ("EEFF", "ESTADO DE SITUACIÓN FINANCIERA"),
        ("CERT_IESS", "CERTIFICADO DE CUMPLIMIENTO DE OBLIGACIONES"),
    ] {
        for whose in ["CONTADOR RUC: 1712345678001", "REPRESENTANTE LEGAL RUC: 1712345678001"] {
            let read = read(kind, &[sheet(1, &[title, whose], false)]);
            let wrong =
                read.facts.iter().any(|(field, value, _)| field == "ruc" && value.contains("1712345678001"));
            assert!(!wrong, "{kind}, {whose}: {:?}", read.facts);
        }
    }
    // A natural person that represents itself is still the taxpayer of its own box.
    let rows = [
        "DECLARACIÓN DEL IMPUESTO A LA RENTA",
        "RUC: | 1712345678001",
        "REPRESENTANTE LEGAL RUC: 1712345678001",
    ];
    let own = read("F101_F102", &[sheet(1, &rows, false)]);
    assert!(
        own.facts.iter().any(|(field, value, _)| field == "ruc" && value.contains("1712345678001")),
        "{:?}",
        own.facts
    );
}

#[test]
fn tables_go_on_over_the_page_break() {
    let first = [
        "HOJA DE VIDA",
        "Empresa / Institución | Cargo | Desde | Hasta",
        "ACME S.A. | Residente | 01/02/2010 | 15/03/2014",
    ];
    let second = ["DOS S.A. | Fiscalizador | 01/05/2014 | 30/06/2016"];
    let read = read("CV", &[sheet(1, &first, false), sheet(2, &second, false)]);
    let of = |field: &str| {
        read.facts
            .iter()
            .filter(|(name, _, _)| name == field)
            .map(|(_, value, _)| value.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("experiencias[].empresa"), ["ACME S.A.", "DOS S.A."]);
    assert_eq!(of("experiencias[].hasta"), ["2014-03-15", "2016-06-30"]);
}

#[test]
fn an_empty_model_states_nothing() {
    let blank = [
        (
            "FUO_1_3",
            &[
                "Nombre del beneficiario final: | (nombre del oferente)",
                "Número de cuenta: | ..........",
                "La compañía cotiza en bolsa: SI ( ) NO ( )",
            ][..],
        ),
        (
            "FUO_VAE",
            &[
                "Pregunta | Respuesta",
                "¿Es usted INTERMEDIARIO de los bienes? | SI ( ) NO ( )",
                "¿Cuánto va a importar o importó, directamente? | ________",
            ][..],
        ),
        (
            "POLIZA",
            &["PÓLIZA No. ________", "Suma asegurada: ____________", "Vigencia desde: (dd/mm/aaaa)"][..],
        ),
        (
            "FORM_INTEGRIDAD",
            &["Yo, (nombre del oferente), en calidad de representante legal de (razón social), declaro"][..],
        ),
    ];
    for (kind, rows) in blank {
        let read = read(kind, &[sheet(1, rows, false)]);
        assert!(read.facts.is_empty(), "{kind}: {:?}", read.facts);
    }
}
