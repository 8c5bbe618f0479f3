//! Unit price analyses (APU): four sections with their rows and subtotals, and the totals below them.

use super::grid::{self, GridRow};
use super::spec::APU_SPECS;
use super::{Span, TablesRead};
use crate::documents::cut::Cut;
use crate::grammar::pattern;
use crate::layout::{PageLayout, squeeze};
use cotejo_domain::{Table, TableCell};
use std::ops::Range;

/// Names the sections in their order, with the letter of their subtotal.
const SECTIONS: [(&str, &str, &str); 4] = [
    ("equipos", "equipos", "m"),
    ("mano_obra", "manodeobra", "n"),
    ("materiales", "materiales", "o"),
    ("transporte", "transporte", "p"),
];

/// Other titles of the sections, squeezed.
const OTHER_TITLES: [(&str, &str); 17] = [
    ("equipo", "equipos"),
    ("equipoyherramienta", "equipos"),
    ("equipoyherramientas", "equipos"),
    ("equiposyherramientas", "equipos"),
    ("equipoymaquinaria", "equipos"),
    ("maquinariayequipo", "equipos"),
    ("personal", "mano_obra"),
    ("manoobra", "mano_obra"),
    ("material", "materiales"),
    ("transportes", "transporte"),
    ("transportedemateriales", "transporte"),
    ("maquinariayherramientas", "equipos"),
    ("maquinariayherramienta", "equipos"),
    ("equiposymaquinaria", "equipos"),
    ("maquinaria", "equipos"),
    ("manodeobradirecta", "mano_obra"),
    ("manodeobracalificada", "mano_obra"),
];

pattern!(NUMBER, r"^(?:[a-d]|[1-4]|i{1,3}|iv)[.)-]+ ?");
pattern!(
    ENDS,
    r"^(?:sub ?-?total\b|suma (?:de|del|parcial)\b|total (?:costo directo|costos directos|directo)|costos? directos?\b|(?:costos? )?indirectos?\b|utilidad\b|costo total\b|valor (?:ofertado|total)|precio (?:unitario|ofertado))"
);
pattern!(SUBTOTAL, r"^sub ?-?total ?\(?([mnop])\)?\b");

/// Reads one table for each section that has rows. Its first column, `seccion`, names it.
pub(super) fn read(found: &mut TablesRead, layouts: &[PageLayout], cut: &Cut) {
    let mut rows = 0;
    let mut headed = false;
    let mut seen = 0;
    for span in &cut.spans {
        let layout = &layouts[span.page];
        for (section, range) in sections(layout, span) {
            headed = true;
            // The row under the title may be one of heads.
            seen += range
                .clone()
                .skip(1)
                .filter(|row| super::is_written(layout, *row) && has_figure(layout, *row))
                .count();
            rows += read_section(found, layout, span, section, range);
        }
    }
    if headed && (rows > 0 || seen == 0) {
        found.slots.add(rows > 0);
    }
}

fn has_figure(layout: &PageLayout, row: usize) -> bool {
    layout.rows.get(row).is_some_and(|row| {
        let text = layout.row_text(row);
        text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) && !is_formula(text)
    })
}

/// Returns the sections on a page with the rows between their title and their subtotal.
fn sections(layout: &PageLayout, span: &Span) -> Vec<(&'static str, Range<usize>)> {
    let mut found = Vec::new();
    let mut open: Option<(&'static str, usize)> = None;
    let mut close = |open: &mut Option<(&'static str, usize)>, row: usize| {
        if let Some((name, start)) = open.take().filter(|(_, start)| *start < row) {
            found.push((name, start..row));
        }
    };
    for row in span.rows.clone() {
        let Some(current) = layout.rows.get(row) else { continue };
        let text = layout.row_text(current);
        if let Some(name) = section_named(text) {
            close(&mut open, row);
            open = Some((name, row + 1));
        } else if let Some(name) = section_headed(layout, current) {
            close(&mut open, row);
            open = Some((name, row));
        } else if let Some(letter) = subtotal_letter(text) {
            let fits = |(name, _): &(&str, usize)| {
                SECTIONS.iter().any(|(section, _, closing)| section == name && *closing == letter)
            };
            // A section that another's subtotal closes has lost its own: what lies between is of both.
            open = open.filter(fits);
            close(&mut open, row);
        } else if text.bytes().any(|byte| byte.is_ascii_digit())
            && ENDS.as_ref().is_some_and(|pattern| pattern.is_match(text))
        {
            // A head may begin so too, without a figure.
            close(&mut open, row);
        }
    }
    close(&mut open, span.rows.end.min(layout.rows.len()));
    found
}

/// Returns the section that a row is the title of: «EQUIPOS», «B. MANO DE OBRA», «Personal».
fn section_named(text: &str) -> Option<&'static str> {
    let text =
        NUMBER.as_ref().and_then(|pattern| pattern.find(text)).map_or(text, |number| &text[number.end()..]);
    let squeezed = squeeze(text);
    SECTIONS
        .iter()
        .find(|(_, title, _)| squeezed == *title)
        .map(|(name, _, _)| *name)
        .or_else(|| OTHER_TITLES.iter().find(|(title, _)| squeezed == *title).map(|(_, name)| *name))
}

/// Returns the section that a row of heads begins: «MANO DE OBRA | Cant. | Jornal | Costo».
fn section_headed(layout: &PageLayout, row: &crate::layout::Row) -> Option<&'static str> {
    let [title, others @ ..] = row.segments.as_slice() else { return None };
    let heads = others.len() >= 3
        && others.iter().all(|segment| {
            let text = layout.segment_text(segment);
            !text.bytes().any(|byte| byte.is_ascii_digit())
                && text.bytes().any(|byte| byte.is_ascii_alphabetic())
        });
    if heads { section_named(layout.segment_text(title)) } else { None }
}

/// Tells whether a row only names the operands: `A  B  C=A*B  R  D=C*R`.
fn is_formula(text: &str) -> bool {
    text.split(' ').all(|token| {
        let token: String = token.chars().filter(|character| character.is_ascii_alphanumeric()).collect();
        matches!(
            token.as_str(),
            "" | "a"
                | "b"
                | "c"
                | "d"
                | "r"
                | "x"
                | "cab"
                | "caxb"
                | "dcr"
                | "dcxr"
                | "ab"
                | "axb"
                | "cr"
                | "cxr"
        )
    })
}

fn subtotal_letter(text: &str) -> Option<&str> {
    SUBTOTAL.as_ref()?.captures(text)?.get(1).map(|letter| letter.as_str())
}

fn read_section(
    found: &mut TablesRead,
    layout: &PageLayout,
    span: &Span,
    section: &str,
    rows: Range<usize>,
) -> usize {
    let spec = &APU_SPECS[usize::from(matches!(section, "materiales" | "transporte"))];
    let Some(header) = grid::find_header(layout, rows.clone(), spec) else { return 0 };
    let letters =
        (header.rows.end..rows.end).take_while(|row| is_formula(layout.row_text(&layout.rows[*row]))).count();
    let body = header.rows.end + letters..rows.end;
    let columns = grid::columns(layout, &header, body.clone(), spec);
    let known = columns.known();
    let numeric: Vec<usize> = (0..known.len()).filter(|cell| spec.columns[known[*cell]].numeric).collect();
    let placed: Vec<(usize, GridRow)> = body.map(|row| (row, columns.place(layout, row, spec))).collect();
    let anchors: Vec<bool> = placed
        .iter()
        .map(|(_, row)| row.has(layout, 0) && numeric.iter().any(|cell| row.is_number(layout, *cell)))
        .collect();
    let joined = grid::join_rows(layout, &placed, &anchors, 0);
    if joined.is_empty() {
        return 0;
    }
    let count = joined.len();
    let mut keys = vec!["seccion".to_string()];
    keys.extend(known.iter().map(|column| spec.columns[*column].key.to_string()));
    let rows = joined
        .into_iter()
        .map(|row| {
            let mut cells = vec![TableCell { text: section.into(), quad: None }];
            cells.extend(row.into_cells(layout));
            cells
        })
        .collect();
    found.tables.push(Table { page: layout.number, columns: keys, rows });
    found.pages.push(span.page);
    count
}
