//! Facts that stand in tables, beyond the lists of [`super::listed`]: accounts, boxes, periods, answers, jobs, questions.

use super::collect::{has, stretches};
use super::listed::places;
use super::{Candidate, Candidates, FieldKind, reading};
use crate::documents::cut::Cut;
use crate::grammar::{money, pattern, placeholder};
use crate::layout::{Folded, PageLayout, squeeze};
use crate::tables::TablesRead;
use cotejo_domain::{FactValue, Money, Percent, Table, TableCell};
use rust_decimal::Decimal;

/// Reads them; `tables` are those of the document.
pub(super) fn read(found: &mut Candidates, tables: &TablesRead, layouts: &[PageLayout], cut: &Cut) {
    let kind = cut.kind.0.as_str();
    // Of a subcontractor's commitment the sentence decides whose number is whose.
    if kind != "FORM_SUBCON" {
        numbers_of_others(found, layouts, cut);
    }
    match kind {
        "F101_F102" => declaration(found, layouts, cut),
        "FORM_SUBCON" => subcontractor(found, layouts, cut),
        _ => {}
    }
    for (table, page) in tables.tables.iter().zip(&tables.pages) {
        let layout = &layouts[*page];
        match kind {
            "EEFF" => balance(found, table, layout, *page),
            "FUO_1_8_CRON" if table.columns.get(1).is_some_and(|column| column == "periodo_1") => {
                periods(found, table, layout, *page);
            }
            "FUO_VAE" => answers(found, table, layout, *page),
            "FORM_VINCULACION" => links(found, table, layout, *page),
            _ => columns(found, kind, table, layout, *page),
        }
    }
    if kind == "FORM_VINCULACION" {
        roles(found, layouts, cut);
    }
}

pattern!(
    OTHERS_NUMBER,
    r"\b(?:contador|contadora|representante(?: legal)?|apoderad[oa]|socio|accionista|conyuge|contacto|administrador|administradora)[ .:]{1,3}ruc[ .:]{0,3}(\d{13})\b"
);
pattern!(
    SUBCONTRACTOR,
    r"(?:representante legal de .{4,110}?|\byo,? [a-z~' .]{6,70}?),? con (?:numero de )?(?:ruc|r\.u\.c\.?)(?: no\.?| nro\.?)?:? ?(\d{13})\b"
);

/// Where the taxpayer's own box was not read, a number under the label of somebody else must not stand in its place; where that person is the taxpayer,
/// its own box still gives it.
fn numbers_of_others(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    for stretch in stretches(layouts, cut) {
        for captures in OTHERS_NUMBER.iter().flat_map(|pattern| pattern.captures_iter(stretch.text.ascii())) {
            let Some(number) = captures.get(1) else { continue };
            let theirs = stretch.place(&number.range());
            found.list.retain(|candidate| {
                let meets =
                    |place: &std::ops::Range<usize>| place.start < theirs.end && theirs.start < place.end;
                candidate.field != "ruc"
                    || candidate.page != stretch.page
                    || !candidate.places.iter().any(meets)
            });
        }
    }
}

/// The form bears two numbers: the subcontractor's, who signs it, and the bidder's at head and foot. The sentence decides.
fn subcontractor(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    for stretch in stretches(layouts, cut) {
        let number = SUBCONTRACTOR
            .as_ref()
            .and_then(|pattern| pattern.captures(stretch.text.ascii()))
            .and_then(|captures| captures.get(1));
        if let Some(number) = number {
            found.list.retain(|candidate| candidate.field != "ruc");
            stretch.read(found, "ruc", FieldKind::Ruc, stretch.place(&number.range()), 0.94);
            return;
        }
    }
}

/// Names the field that a column of a type's table gives.
fn field_of(kind: &str, column: &str) -> Option<(&'static str, FieldKind)> {
    Some(match (kind, column) {
        ("FUO_1_12_PE", "propuesto") => ("porcentaje", FieldKind::Percent),
        ("FORM_SUBCON", "rubro") => ("rubro", FieldKind::Text),
        ("FORM_SUBCON", "subcontratista") => ("subcontratista", FieldKind::Text),
        ("FORM_SUBCON", "ruc") => ("ruc", FieldKind::Ruc),
        ("FORM_SUBCON", "valor") => ("valor", FieldKind::Money),
        ("FORM_SUBCON", "porcentaje") => ("porcentaje", FieldKind::Percent),
        ("CV", "titulo") => ("titulos[]", FieldKind::Text),
        ("CV", "empresa") => ("experiencias[].empresa", FieldKind::Text),
        ("CV", "cargo") => ("experiencias[].cargo", FieldKind::Text),
        ("CV", "desde") => ("experiencias[].desde", FieldKind::Date),
        ("CV", "hasta") => ("experiencias[].hasta", FieldKind::Date),
        ("COMPROMISO_EQUIPO", "equipo") => ("equipo", FieldKind::Text),
        ("COMPROMISO_EQUIPO", "placa") => ("placa", FieldKind::Plate),
        ("FACTURA", "descripcion") => ("detalle", FieldKind::Text),
        ("ACLARACIONES", "pregunta") => ("items[].pregunta", FieldKind::Text),
        ("ACLARACIONES", "respuesta") => ("items[].respuesta", FieldKind::Text),
        ("RESP_CONV", "error") => ("items[].error", FieldKind::Text),
        ("RESP_CONV", "documento") => ("items[].documento", FieldKind::Text),
        ("FUO_1_8_CRON", "monto") => ("periodos[].monto", FieldKind::Money),
        ("FUO_1_8_CRON", "porcentaje") => ("periodos[].porcentaje", FieldKind::Percent),
        ("FUO_1_8_CRON", "acumulado") => ("periodos[].acumulado", FieldKind::Money),
        ("FUO_1_8_CRON", "acumulado_pct") => ("periodos[].acumulado_pct", FieldKind::Percent),
        ("TDR", "descripcion") => ("requisitos[]", FieldKind::Text),
        _ => return None,
    })
}

fn columns(found: &mut Candidates, kind: &str, table: &Table, layout: &PageLayout, page: usize) {
    for row in &table.rows {
        for (column, cell) in table.columns.iter().zip(row) {
            if let Some((field, kind)) = field_of(kind, column) {
                push(found, field, kind, cell, layout, page, 0.9);
            }
        }
    }
}

fn push(
    found: &mut Candidates,
    field: &str,
    kind: FieldKind,
    cell: &TableCell,
    layout: &PageLayout,
    page: usize,
    confidence: f64,
) {
    let text = Folded::new(&cell.text);
    if placeholder::is_unfilled(text.ascii()) || cell.quad.is_none() {
        return;
    }
    if let reading::Reading::Value { value, range, certainty } = reading::read(kind, &text, None) {
        found.list.push(Candidate {
            field: field.into(),
            value,
            raw: text.raw(range).trim().to_string(),
            page,
            places: places(layout, cell),
            confidence: confidence * certainty,
            extractor: "tabla@1",
        });
    }
}

fn keep(
    found: &mut Candidates,
    field: &str,
    value: FactValue,
    cell: &TableCell,
    layout: &PageLayout,
    page: usize,
    confidence: f64,
) {
    found.list.push(Candidate {
        field: field.into(),
        value,
        raw: cell.text.trim().to_string(),
        page,
        places: places(layout, cell),
        confidence,
        extractor: "tabla@1",
    });
}

/// Says which sum of a balance sheet an account is, and whether its name says that it is a sum.
fn sum_of(name: &str, code: &str) -> Option<(&'static str, bool)> {
    let squeezed = squeeze(name);
    let total = squeezed.starts_with("total");
    let name = squeezed.trim_start_matches("total").trim_start_matches("del").trim_start_matches("de");
    let field = match name {
        "activocorriente" | "activoscorrientes" | "activoscorriente" => "activo_corriente",
        "pasivocorriente" | "pasivoscorrientes" | "pasivoscorriente" => "pasivo_corriente",
        "activo" | "activos" | "activototal" | "activostotales" => "activo_total",
        "pasivo" | "pasivos" | "pasivototal" | "pasivostotales" => "pasivo_total",
        "patrimonio" | "patrimonioneto" | "patrimoniototal" | "patrimoniodelosaccionistas" => "patrimonio",
        _ => return None,
    };
    let first = matches!(
        (field, code.trim_end_matches('.')),
        ("activo_total", "1") | ("pasivo_total", "2") | ("patrimonio", "3")
    );
    Some((field, total || first || name.ends_with("total") || name.ends_with("totales")))
}

fn amount(cell: &TableCell) -> Option<Decimal> {
    let text = Folded::new(&cell.text);
    money::read(&text, 0..text.len())?.value.number.exact()
}

/// Reads the sums of a balance sheet. Of two years the later one counts, where the heads name them; else equal values only.
fn balance(found: &mut Candidates, table: &Table, layout: &PageLayout, page: usize) {
    let values: Vec<usize> =
        (0..table.columns.len()).filter(|column| table.columns[*column].starts_with("valor")).collect();
    let years: Vec<Option<u32>> = values
        .iter()
        .map(|column| {
            table.columns[*column]
                .strip_prefix("valor_")
                .and_then(|year| year.parse().ok())
                .filter(|year| *year > 1900)
        })
        .collect();
    let latest = years.iter().flatten().max().copied();
    let column = match (values.as_slice(), latest) {
        ([only], _) => Some(*only),
        (_, Some(latest)) => years.iter().position(|year| *year == Some(latest)).map(|index| values[index]),
        _ => None,
    };
    let mut read: Vec<(&'static str, bool, Decimal, TableCell)> = Vec::new();
    for row in &table.rows {
        let (Some(code), Some(name)) = (row.first(), row.get(1)) else { continue };
        let Some((field, total)) = sum_of(Folded::new(&name.text).ascii(), &code.text) else { continue };
        let cell = match column {
            Some(column) => row.get(column).filter(|cell| !cell.text.is_empty()),
            // Without heads nobody knows which year a column is.
            None => {
                let filled: Vec<&TableCell> = values
                    .iter()
                    .filter_map(|column| row.get(*column))
                    .filter(|cell| !cell.text.is_empty())
                    .collect();
                filled
                    .first()
                    .copied()
                    .filter(|first| filled.iter().all(|cell| amount(cell) == amount(first)))
            }
        };
        if let Some((cell, value)) = cell.and_then(|cell| Some((cell, amount(cell)?))) {
            read.push((field, total, value, cell.clone()));
        }
    }
    if let Some(latest) = latest.filter(|_| !has(found, "ejercicio"))
        && let Some(place) = layout.rows.iter().find(|row| layout.row_text(row).contains(&latest.to_string()))
    {
        let text = layout.row_text(place);
        let start = place.range.start + text.find(&latest.to_string()).unwrap_or(0);
        found.list.push(Candidate {
            field: "ejercicio".into(),
            value: FactValue::Decimal(Decimal::from(latest)),
            raw: latest.to_string(),
            page,
            places: super::single(start..start + 4),
            confidence: 0.8,
            extractor: "balance@1",
        });
    }
    let of = |field: &str| {
        read.iter()
            .find(|(name, total, _, _)| *name == field && *total)
            .or_else(|| read.iter().find(|(name, _, _, _)| *name == field))
    };
    let value_of = |field: &str| of(field).map(|(_, _, value, _)| *value);
    let balanced = match (value_of("activo_total"), value_of("pasivo_total"), value_of("patrimonio")) {
        (Some(assets), Some(debts), Some(equity)) => Some((assets - debts - equity).abs() <= Decimal::ONE),
        _ => None,
    };
    for field in ["activo_corriente", "pasivo_corriente", "activo_total", "pasivo_total", "patrimonio"] {
        let Some((_, total, value, cell)) = of(field) else { continue };
        let confidence = match (balanced, total) {
            (Some(true), _) => 0.96,
            (Some(false), true) => 0.8,
            (None, true) => 0.92,
            (_, false) => 0.8,
        };
        keep(found, field, FactValue::Money(Money(*value)), cell, layout, page, confidence);
    }
}

pattern!(NAMED_TOTAL, r"total ?(?:del? ?|de los ?)?(?:\S{1,2} )?(activo|pasivo|patrimonio)s?(?: neto)?");
pattern!(NUMBERED, r"\b(499|599|698)\b");
pattern!(BOX_FIRST, r"^[^\d$]*(\d{3,4}) +\$? ?\d");
const BOXES: [(&str, &str, &str); 3] = [
    ("activo", "499", "casillero_499_activo"),
    ("pasivo", "599", "casillero_599_pasivo"),
    ("patrimonio", "698", "casillero_698_patrimonio"),
];

/// Reads the three sums of an income tax declaration: by their names, since forms 101 and 102 number them differently, and by the
/// number of form 101 where a scan has left no name.
fn declaration(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    for stretch in stretches(layouts, cut) {
        let layout = stretch.layout;
        for row in stretch.rows.clone() {
            let row = layout.rows[row].range.clone();
            let text = Folded::new(layout.text.raw(row.clone()));
            let mut anchors: Vec<(std::ops::Range<usize>, usize, bool)> = Vec::new();
            for captures in NAMED_TOTAL.iter().flat_map(|pattern| pattern.captures_iter(text.ascii())) {
                let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
                let after = text.ascii()[whole.end()..].trim_start_matches([' ', '.', '(']);
                let part = [
                    "corriente",
                    "no corriente",
                    "y patrimonio",
                    "+ patrimonio",
                    "mas patrimonio",
                    "fijo",
                    "diferido",
                    "intangible",
                    "e ",
                ]
                .iter()
                .any(|word| after.starts_with(word));
                if let Some(index) =
                    BOXES.iter().position(|(word, _, _)| *word == name.as_str()).filter(|_| !part)
                {
                    anchors.push((whole.range(), index, true));
                } else if part {
                    anchors.push((whole.range(), usize::MAX, true));
                }
            }
            for captures in NUMBERED.iter().flat_map(|pattern| pattern.captures_iter(text.ascii())) {
                let Some(number) = captures.get(1) else { continue };
                let joined = |index: usize| {
                    text.ascii().as_bytes().get(index).is_some_and(|byte| b".,/-".contains(byte))
                };
                let inside = joined(number.end()) || number.start().checked_sub(1).is_some_and(joined);
                // A name anywhere near says which sum the number counts.
                let named = anchors.iter().any(|(range, _, named)| {
                    *named && range.start.abs_diff(number.end()) < 60.max(range.len() + 30)
                });
                if let Some(index) = BOXES
                    .iter()
                    .position(|(_, digits, _)| *digits == number.as_str())
                    .filter(|_| !named && !inside)
                {
                    anchors.push((number.range(), index, false));
                }
            }
            anchors.sort_by_key(|(range, _, _)| range.start);
            for (position, (range, index, named)) in anchors.iter().enumerate() {
                let Some((_, _, field)) = BOXES.get(*index) else { continue };
                let end = anchors.get(position + 1).map_or(text.len(), |(next, _, _)| next.start);
                let rest = text.raw(range.end..end);
                // The number of the box stands before its value: a blank between them groups no thousands.
                let skipped = BOX_FIRST
                    .as_ref()
                    .and_then(|pattern| pattern.captures(rest)?.get(1))
                    .map_or(0, |number| number.end());
                let values: Vec<_> = money::find(&Folded::new(&rest[skipped..]))
                    .into_iter()
                    .map(|mut found| {
                        found.range = found.range.start + skipped..found.range.end + skipped;
                        found
                    })
                    .filter(|found| {
                        let number = text.slice(range.end + found.range.start..range.end + found.range.end);
                        number.contains(['.', ',']) || number.bytes().filter(u8::is_ascii_digit).count() > 4
                    })
                    .collect();
                let [value] = values.as_slice() else { continue };
                let place =
                    row.start + range.end + value.range.start..row.start + range.end + value.range.end;
                stretch.read(found, field, FieldKind::Money, place, if *named { 0.94 } else { 0.85 });
            }
        }
    }
}

/// Reads the periods of a schedule and weighs them by their own arithmetic.
fn periods(found: &mut Candidates, table: &Table, layout: &PageLayout, page: usize) {
    let row = |name: &str| table.rows.iter().find(|row| row.first().is_some_and(|cell| cell.text == name));
    let number = |cell: &TableCell| {
        let text = Folded::new(&cell.text.replace('%', " "));
        money::read(&text, 0..text.len())?.value.number.exact()
    };
    let adds_up = |part: &str, whole: &str, slack: Decimal| -> Option<bool> {
        let (part, whole) = (row(part)?, row(whole)?);
        let mut sum = Decimal::ZERO;
        let mut agrees = true;
        for (part, whole) in part.iter().zip(whole).skip(1) {
            sum += number(part)?;
            agrees &= (number(whole)? - sum).abs() <= slack;
        }
        Some(agrees)
    };
    let money = adds_up("monto", "acumulado", Decimal::new(5, 1));
    let shares = adds_up("porcentaje", "acumulado_pct", Decimal::new(2, 1));
    let sure = |agrees: Option<bool>| match agrees {
        Some(true) => 0.95,
        None => 0.85,
        Some(false) => 0.7,
    };
    for (name, confidence) in [
        ("monto", sure(money)),
        ("porcentaje", sure(shares)),
        ("acumulado", sure(money)),
        ("acumulado_pct", sure(shares)),
    ] {
        for cell in row(name).into_iter().flatten().skip(1) {
            let Some(value) = number(cell) else { continue };
            let value = if name.starts_with("monto") || name == "acumulado" {
                FactValue::Money(Money(value))
            } else {
                FactValue::Percent(Percent(value.normalize()))
            };
            keep(found, &format!("periodos[].{name}"), value, cell, layout, page, confidence);
        }
    }
}

/// Reads the amounts of the VAE questions by what each asks.
fn answers(found: &mut Candidates, table: &Table, layout: &PageLayout, page: usize) {
    let position = |key: &str| table.columns.iter().position(|column| column == key);
    let (Some(asked), Some(answer)) = (position("pregunta"), position("respuesta")) else { return };
    for row in &table.rows {
        let (Some(asked), Some(answer)) = (row.get(asked), row.get(answer)) else { continue };
        let asked = Folded::new(&asked.text);
        let field = match asked.ascii() {
            text if text.contains("directamente") || text.contains("importar o importo") => {
                "importacion_directa"
            }
            text if text.contains("en el ecuador") || text.contains("comprar o compro") => {
                "comprado_ec_importado"
            }
            _ => continue,
        };
        if !has(found, field) {
            push(found, field, FieldKind::Money, answer, layout, page, 0.92);
        }
    }
}

/// Says which field of the analysis of links a role gives.
fn link_of(role: &str) -> Option<&'static str> {
    if role.contains("conyu") || role.contains("conviviente") {
        Some("conyuges[]")
    } else if role.contains("socio")
        || role.contains("accionista")
        || role.contains("51%")
        || role.contains("51 %")
    {
        Some("socios51[]")
    } else if role.contains("representante") {
        Some("rep_legal")
    } else {
        None
    }
}

fn links(found: &mut Candidates, table: &Table, layout: &PageLayout, page: usize) {
    let position = |key: &str| table.columns.iter().position(|column| column == key);
    let Some(name) = position("nombre") else {
        for (column, field) in [("socio51", "socios51[]"), ("conyuge", "conyuges[]")] {
            for cell in position(column)
                .into_iter()
                .flat_map(|at| table.rows.iter().filter_map(move |row| row.get(at)))
            {
                push(found, field, FieldKind::Person, cell, layout, page, 0.9);
            }
        }
        return;
    };
    let section = section_above(layout, table);
    for (index, row) in table.rows.iter().enumerate() {
        let role = position("calidad").and_then(|column| row.get(column)).map(|cell| Folded::new(&cell.text));
        let field = match &role {
            Some(role) => link_of(role.ascii()),
            // A column headed «Representante legal» holds him; who follows without a role is not told.
            None => section.or_else(|| (index == 0 && position("conyuge").is_some()).then_some("rep_legal")),
        };
        if let (Some(field), Some(cell)) = (field, row.get(name)) {
            push(found, field, FieldKind::Person, cell, layout, page, 0.9);
        }
        if let Some(cell) = position("conyuge").and_then(|column| row.get(column)) {
            push(found, "conyuges[]", FieldKind::Person, cell, layout, page, 0.88);
        }
    }
}

/// Returns the field that the title right above a table names: «Socios con 51 % o más», «Representante legal».
fn section_above(layout: &PageLayout, table: &Table) -> Option<&'static str> {
    let quads = table.rows.first()?.iter().filter_map(|cell| cell.quad);
    let top = quads.map(|quad| quad.0[1]).fold(f64::INFINITY, f64::min);
    let above = layout.rows.iter().rev().filter(|row| row.bounds[3] <= top + 1.0).take(4);
    above.filter(|row| row.segments.len() == 1).find_map(|row| link_of(layout.row_text(row)))
}

pattern!(SECTION, r"^socios? (?:o accionistas? )?con (?:el )?51 ?%");

/// Reads rows that name a role and then a person, where no table was drawn with heads.
fn roles(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    for stretch in stretches(layouts, cut) {
        let layout = stretch.layout;
        let mut section: Option<usize> = None;
        for row in stretch.rows.clone() {
            let current = &layout.rows[row];
            let Some(first) = current.segments.first() else { continue };
            let role = layout.segment_text(first);
            if current.segments.len() == 1 {
                let opens = SECTION.as_ref().is_some_and(|pattern| pattern.is_match(role));
                section = if opens { Some(row) } else { section.filter(|_| role.is_empty()) };
                continue;
            }
            let in_section = section.is_some();
            let (field, candidates) = match link_of(role) {
                Some(field) if current.segments.len() <= 5 => (field, &current.segments[1..]),
                None if in_section => ("socios51[]", &current.segments[..]),
                _ => continue,
            };
            let person = candidates.iter().find(|segment| {
                let text = layout.segment_text(segment);
                reading::looks_like_person(text) && link_of(text).is_none()
            });
            let Some(segment) = person else { continue };
            let name = squeeze(layout.segment_text(segment));
            let given = found.list.iter().any(|candidate| {
                candidate.field == field && squeeze(Folded::new(&candidate.raw).ascii()) == name
            });
            if !(given || field == "rep_legal" && has(found, "rep_legal")) {
                stretch.read(found, field, FieldKind::Person, segment.range.clone(), 0.86);
            }
        }
    }
}
