//! Tables rebuilt from words: columns by heads and gaps, rows by what anchors them.
//!
//! A head that no specification lists word for word is taken by its sense ([`senses`]); columns of a photograph are set upright first
//! ([`lean`]). A head stands in its own cell, so the limit between two columns lies between two heads, where the fewest words cross it.
//! When heads or rows cannot be established there is no table, and a finding where one was due.

pub mod accounts;
pub mod apu;
pub mod boxes;
mod decimals;
pub mod grid;
mod inferred;
pub mod lean;
pub mod schedule;
pub mod senses;
pub mod spec;
pub mod spec_more;

use crate::documents::blank::Slots;
use crate::documents::cut::{Cut, Span};
use crate::documents::headings;
use crate::grammar::{pattern, placeholder};
use crate::layout::{PageLayout, squeeze};
use cotejo_domain::Table;
use grid::{Columns, GridRow};
use spec::{SPECS, TableSpec};
use spec_more::MORE_SPECS;
use std::ops::Range;

/// Says what could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Code of the finding.
    pub code: &'static str,
    /// Page from 1.
    pub page: u32,
    /// What was read there, where that says something.
    pub read: String,
}

/// Holds the tables of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TablesRead {
    /// Tables with canonical column names.
    pub tables: Vec<Table>,
    /// Index of the page, from 0, for each table.
    pub pages: Vec<usize>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Tables with and without rows: for the judgement of blank forms.
    pub slots: Slots,
}

pattern!(
    END,
    r"^(?:\W*(?:precio |valor |monto |costo )?(?:sub ?)?total\b|suma(?:n|do)?\b (?:total|de|sin|todo)|(?:valor|monto|precio|importe) (?:total )?de la (?:oferta|propuesta)|son ?:|nota\b|\(nota|para constancia|firma\b|\*\* ?la columna|el total de la columna|lugar y fecha|\(lugar|iva\b|i\.v\.a|estos? precios?|[a-z]\) |[a-z]\. declaracion|declaracion de beneficiario|(?:experiencia (?:profesional|laboral)|formacion (?:academica|profesional)|referencias(?: personales| laborales)?|capacitacion(?:es)?|cursos(?: y seminarios)?)\W*$|(?:\d{1,2}[.)] ?)?(?:plazo de (?:ejecucion|entrega)|forma (?:y condiciones )?de pago|lugar de entrega|garantias)\W*$|atentamente|(?:elaborad|revisad|aprobad|preparad)[oa] por)"
);

/// Reads the tables of a document.
#[must_use]
pub fn read(layouts: &[PageLayout], cut: &Cut) -> TablesRead {
    let mut found = read_all(layouts, cut);
    for (table, page) in found.tables.iter_mut().zip(&found.pages) {
        if !layouts[*page].ocr {
            continue;
        }
        let lost = decimals::withhold(table);
        if !lost.is_empty() {
            let (code, read) = ("recognition.point_lost", lost.join("», «"));
            found.problems.push(Problem { code, page: layouts[*page].number, read });
        }
    }
    found
}

fn read_all(layouts: &[PageLayout], cut: &Cut) -> TablesRead {
    let mut found = TablesRead::default();
    if cut.kind.0 == "FUO_1_6_APU" {
        apu::read(&mut found, layouts, cut);
        return found;
    }
    match cut.kind.0.as_str() {
        "EEFF" => accounts::read(&mut found, layouts, cut),
        "F101_F102" => boxes::read(&mut found, layouts, cut),
        "FUO_1_8_CRON" => schedule::read(&mut found, layouts, cut),
        _ => {}
    }
    for spec in SPECS.iter().chain(MORE_SPECS).filter(|spec| spec.types.contains(&cut.kind.0.as_str())) {
        read_spec(&mut found, layouts, cut, spec);
    }
    found
}

fn read_spec(found: &mut TablesRead, layouts: &[PageLayout], cut: &Cut, spec: &TableSpec) {
    let mut open: Option<Columns> = None;
    let mut rows_read = 0;
    let mut rows_seen = 0;
    let mut headed = false;
    let mut by_sense = true;
    for span in &cut.spans {
        let layout = &layouts[span.page];
        let mut start = span.rows.start;
        // What stands above the first head of a later page continues the table of the page before.
        loop {
            let header = if by_sense {
                grid::find_header(layout, start..span.rows.end, spec)
            } else {
                grid::find_listed_header(layout, start..span.rows.end, spec)
            };
            if let Some(columns) = &open {
                let end = header.as_ref().map_or(span.rows.end, |header| header.rows.start);
                if start == span.rows.start && end > start {
                    rows_read += read_body(found, layout, span, columns, start..end, spec, true).0;
                }
            }
            // A table none of whose heads was found may be told by what stands in it.
            let header = header.or_else(|| match (&open, headed) {
                (None, false) => inferred::header(layout, start..span.rows.end, spec),
                _ => None,
            });
            let Some(header) = header else { break };
            headed = true;
            by_sense = header.by_sense;
            let body = body_of(layout, header.rows.end..span.rows.end, spec, &header);
            let columns = grid::columns(layout, &header, body.clone(), spec);
            let (count, ended) = read_body(found, layout, span, &columns, body.clone(), spec, false);
            rows_read += count;
            rows_seen += body.clone().filter(|row| is_written(layout, *row)).count();
            open = (!ended).then_some(columns);
            start = body.end.max(header.rows.end);
            if start >= span.rows.end {
                break;
            }
        }
    }
    if headed && rows_read > 0 {
        found.slots.add(true);
    } else if headed && rows_seen == 0 {
        found.slots.add(false);
    } else if spec.expected && cut.kind.0.starts_with("FUO_1_5") {
        let page = cut.spans.first().map_or(0, |span| layouts[span.page].number);
        found.problems.push(Problem { code: "recognition.table_unreadable", page, read: String::new() });
    }
}

/// Finds where the rows under a header end: at a total, a note, a signature, another heading or another header.
fn body_of(layout: &PageLayout, rows: Range<usize>, spec: &TableSpec, header: &grid::Header) -> Range<usize> {
    let headings = headings::find(layout);
    let next_header =
        grid::find_listed_header(layout, rows.clone(), spec).map_or(rows.end, |header| header.rows.start);
    let width = layout.extent[0];
    let numbers = header
        .heads
        .iter()
        .filter_map(|head| head.column)
        .filter(|column| spec.columns[*column].numeric)
        .count();
    let end = rows
        .clone()
        .find(|row| {
            let before = &layout.rows[row.saturating_sub(1)];
            let height = (before.bounds[3] - before.bounds[1]).clamp(5.0, 20.0);
            // Rows of words alone are told from what follows the table by the room between them.
            if numbers < 2
                && *row > rows.start
                && layout.rows[*row].bounds[1] - before.bounds[3] > height * 1.5
            {
                return true;
            }
            let current = &layout.rows[*row];
            let text = layout.row_text(current);
            if numbers < 2 && *row > rows.start && is_no_row(layout, current, header) {
                return true;
            }
            if *row > rows.start && heads_another(layout, current, spec) {
                return true;
            }
            if numbers < 2 && *row > rows.start + 1 && stands_apart(layout, rows.start, *row) {
                return true;
            }
            let heading = headings.iter().any(|heading| heading.row == *row);
            let end =
                END.as_ref().is_some_and(|pattern| pattern.is_match(text)) && !looks_like_item(layout, *row);
            // A sentence over the whole width is no row.
            let sentence = current.segments.len() == 1
                && current.bounds[2] - current.bounds[0] > width * 0.55
                && current.bounds[0] < header.heads.first().map_or(0.0, |head| head.right)
                && text.split(' ').count() > 8
                && header.heads.len() > 2;
            heading || end || sentence
        })
        .unwrap_or(rows.end);
    rows.start..end.min(next_header)
}

/// Tells of a line of words that ends with a stop and lies further from the rows above it than these lie from each other.
fn stands_apart(layout: &PageLayout, first: usize, row: usize) -> bool {
    let current = &layout.rows[row];
    let text = layout.row_text(current);
    if current.segments.len() > 1 || !text.ends_with('.') || text.split(' ').count() < 3 {
        return false;
    }
    let step = |row: usize| layout.rows[row].bounds[1] - layout.rows[row - 1].bounds[1];
    let widest = (first + 1..row).map(step).fold(0.0, f64::max);
    widest > 0.0 && step(row) > widest * 1.3
}

/// Tells whether every cell of a row is a head of the tables of this type: another table begins.
fn heads_another(layout: &PageLayout, row: &crate::layout::Row, spec: &TableSpec) -> bool {
    let known = |segment: &crate::layout::Segment| {
        let text = squeeze(layout.segment_text(segment));
        SPECS
            .iter()
            .chain(MORE_SPECS)
            .filter(|other| other.types.iter().any(|kind| spec.types.contains(kind)))
            .flat_map(|other| other.columns)
            .any(|column| column.heads.iter().any(|head| squeeze(head) == text))
    };
    // One head that nobody listed among three and more known ones is a head too.
    let count = row.segments.iter().filter(|segment| known(segment)).count();
    row.segments.len() >= 2 && count + usize::from(count >= 3) >= row.segments.len()
}

/// Tells of a table of words what is no row of it: a label with its value, or a sentence that runs under two heads.
fn is_no_row(layout: &PageLayout, row: &crate::layout::Row, header: &grid::Header) -> bool {
    let labelled = row.segments.iter().any(|segment| {
        let text = layout.segment_text(segment);
        text.ends_with(':') && crate::facts::known_labels::is_label(text)
    });
    let under = |segment: &crate::layout::Segment| {
        header
            .heads
            .iter()
            .filter(|head| {
                let middle = f64::midpoint(head.left, head.right);
                segment.bounds[0] < middle && middle < segment.bounds[2]
            })
            .count()
    };
    // Where two cells nearly touch, one gap is wider than those between the words of a sentence.
    let even = |segment: &crate::layout::Segment| {
        let gaps: Vec<f64> = layout
            .words
            .get(segment.words.clone())
            .unwrap_or_default()
            .windows(2)
            .map(|pair| pair[1].bounds[0] - pair[0].bounds[2])
            .collect();
        let widest = gaps.iter().copied().fold(0.0, f64::max);
        let mean = gaps.iter().sum::<f64>() / gaps.len().max(1) as f64;
        gaps.len() >= 4 && widest <= mean * 1.5
    };
    labelled || row.segments.iter().any(|segment| under(segment) >= 2 && even(segment))
}

// «TOTAL STATION» is an item when quantities stand beside it.
fn looks_like_item(layout: &PageLayout, row: usize) -> bool {
    layout.rows[row]
        .segments
        .iter()
        .filter(|segment| {
            let text = crate::layout::Folded::new(layout.segment_text(segment));
            crate::grammar::money::read(&text, 0..text.len()).is_some()
        })
        .count()
        >= 3
}

/// Tells of a row under heads where something stands in two places and more: a table whose rows were not understood is not an empty one.
fn is_written(layout: &PageLayout, row: usize) -> bool {
    let written = |segment: &&crate::layout::Segment| {
        let text = layout.segment_text(segment);
        !placeholder::is_unfilled(text) && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
    };
    layout.rows.get(row).is_some_and(|row| row.segments.iter().filter(written).count() >= 2)
}

/// Tells of a title between the rows of a table, «OBRA CIVIL», «INSTALACIONES»: one run of capitals where the rows beside it are written
/// otherwise.
fn titles_a_part(layout: &PageLayout, row: usize) -> bool {
    let capitals = |row: &crate::layout::Row| {
        let raw = layout.text.raw(row.range.clone());
        // «u», «m2» and «Kg» say nothing of how words are written.
        let letters = |word: &str| word.chars().filter(|sign| sign.is_alphabetic()).count();
        let mut words = raw.split_whitespace().filter(|word| letters(word) >= 4).peekable();
        words.peek().is_some()
            && words.all(|word| word.chars().filter(|sign| sign.is_alphabetic()).all(char::is_uppercase))
    };
    let Some(current) = layout.rows.get(row) else { return false };
    let text = layout.row_text(current);
    let figures = text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'%');
    if layout.reading_view || current.segments.len() != 1 || figures || text.len() < 4 || !capitals(current) {
        return false;
    }
    let mut beside = (row + 1..layout.rows.len())
        .take(3)
        .chain(row.saturating_sub(3)..row)
        .filter_map(|other| layout.rows.get(other))
        .filter(|other| {
            other.segments.len() >= 3 && layout.row_text(other).bytes().any(|byte| byte.is_ascii_digit())
        })
        .peekable();
    beside.peek().is_some() && beside.all(|other| !capitals(other))
}

/// Reads the rows of one page; returns how many hold something of the bidder's and whether the table ended there.
fn read_body(
    found: &mut TablesRead,
    layout: &PageLayout,
    span: &Span,
    columns: &Columns,
    rows: Range<usize>,
    spec: &TableSpec,
    continued: bool,
) -> (usize, bool) {
    let end = rows
        .clone()
        .find(|row| {
            END.as_ref().is_some_and(|pattern| pattern.is_match(layout.row_text(&layout.rows[*row])))
                && !looks_like_item(layout, *row)
        })
        .unwrap_or(rows.end);
    let ended = end < span.rows.end;
    let placed: Vec<(usize, GridRow)> = (rows.start..end)
        .filter(|row| !columns.crossed_by(layout, *row))
        .filter(|row| !titles_a_part(layout, *row))
        // A row of a reading view is whole: what stands alone is a paragraph below the table or a title among its rows.
        .filter(|row| !layout.reading_view || layout.rows[*row].segments.len() > 1)
        .map(|row| (row, columns.place(layout, row, spec)))
        .collect();
    let anchors = anchors(layout, &placed, columns, spec);
    if continued && !anchors.iter().any(|anchor| *anchor) {
        return (0, ended);
    }
    let keys: Vec<&str> = columns.known().into_iter().map(|column| spec.columns[column].key).collect();
    let text = widest_text(&keys);
    let joined = grid::join_rows(layout, &placed, &anchors, text);
    let rows: Vec<GridRow> = joined.into_iter().filter(|row| is_item(layout, row, &keys, spec)).collect();
    let filled = rows.iter().filter(|row| is_filled(layout, row, &keys, spec)).count();
    if filled > 0 {
        found.tables.push(Table {
            page: layout.number,
            columns: keys.iter().map(|key| (*key).to_string()).collect(),
            rows: rows
                .into_iter()
                .map(|row| {
                    let mut cells = row.into_cells(layout);
                    for (cell, column) in cells.iter_mut().zip(columns.known()) {
                        if layout.ocr && spec.columns[column].numeric {
                            cell.text = without_scraps(&cell.text);
                        }
                    }
                    cells
                })
                .collect(),
        });
        found.pages.push(span.page);
    }
    (filled, ended)
}

/// Leaves out what a scan puts beside a number: rules read as letters, specks read as points. Digits all stay.
fn without_scraps(cell: &str) -> String {
    let with_digits: Vec<&str> =
        cell.split(' ').filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).collect();
    if with_digits.is_empty() {
        return cell.to_owned();
    }
    with_digits.join(" ").trim_matches(['.', ',', '_', '|', '\'', '*', ':', ';']).to_owned()
}

/// Returns the cell whose text runs over several lines.
fn widest_text(keys: &[&str]) -> usize {
    keys.iter()
        .position(|key| {
            matches!(
                *key,
                "descripcion"
                    | "objeto"
                    | "nombre"
                    | "requerida"
                    | "detalle"
                    | "indice"
                    | "rubro"
                    | "pregunta"
                    | "error"
                    | "empresa"
            )
        })
        .unwrap_or(0)
}

/// A row is an item when something stands in it beyond its number and description: titles of sections have only these.
fn is_item(layout: &PageLayout, row: &GridRow, keys: &[&str], spec: &TableSpec) -> bool {
    let priced = spec.columns.iter().any(|column| column.numeric);
    (0..keys.len()).any(|cell| {
        row.has(layout, cell)
            && !(priced && matches!(keys[cell], "numero" | "descripcion" | "cpc" | "codigo"))
    })
}

fn is_filled(layout: &PageLayout, row: &GridRow, keys: &[&str], spec: &TableSpec) -> bool {
    let has = |cell: usize| {
        let text = row.folded(layout, cell);
        !placeholder::is_unfilled(&text) && squeeze(&text).len() <= 400
    };
    let given_only = keys.iter().all(|key| spec.given.contains(key));
    (0..keys.len()).any(|cell| has(cell) && (given_only || !spec.given.contains(&keys[cell])))
}

/// Says which visual rows start a row of the table.
fn anchors(
    layout: &PageLayout,
    placed: &[(usize, GridRow)],
    columns: &Columns,
    spec: &TableSpec,
) -> Vec<bool> {
    let known = columns.known();
    let keys: Vec<&str> = known.iter().map(|column| spec.columns[*column].key).collect();
    let numeric: Vec<usize> = (0..keys.len()).filter(|cell| spec.columns[known[*cell]].numeric).collect();
    let numero = keys.iter().position(|key| *key == "numero");
    let cpc = keys.iter().position(|key| *key == "cpc");
    let coded = |row: &GridRow| {
        cpc.is_some_and(|cell| row.folded(layout, cell).bytes().filter(u8::is_ascii_digit).count() >= 7)
    };
    let counted =
        |row: &GridRow| coded(row) || numero.is_some_and(|cell| is_counter(&row.folded(layout, cell)));
    let with_counter = placed.iter().filter(|(_, row)| counted(row)).count();
    if numeric.len() >= 2 {
        return placed
            .iter()
            .map(|(_, row)| {
                counted(row) || numeric.iter().filter(|cell| row.is_number(layout, **cell)).count() >= 2
            })
            .collect();
    }
    if with_counter >= 1 {
        // A row without a number that fills its cells, with room above it, is a row of its own.
        let apart =
            |index: usize, row: usize| match index.checked_sub(1).and_then(|before| placed.get(before)) {
                Some((before, _)) => {
                    let height = (layout.rows[row].bounds[3] - layout.rows[row].bounds[1]).clamp(5.0, 20.0);
                    layout.rows[row].bounds[1] - layout.rows[*before].bounds[3] > height * 0.7
                }
                None => false,
            };
        let whole = |row: &GridRow| (0..keys.len()).all(|cell| Some(cell) == numero || row.has(layout, cell));
        return placed
            .iter()
            .enumerate()
            .map(|(index, (row, cells))| {
                counted(cells) || numeric.is_empty() && keys.len() >= 3 && whole(cells) && apart(index, *row)
            })
            .collect();
    }
    if let [only] = numeric.as_slice() {
        return placed.iter().map(|(_, row)| row.is_number(layout, *only)).collect();
    }
    if let Some(dated) = dated_rows(layout, placed, &keys) {
        return dated;
    }
    // Without numbers a row starts where its first column does, after a gap wider than between lines of a cell.
    placed
        .iter()
        .enumerate()
        .map(|(index, (row, cells))| {
            let first = cells.has(layout, 0);
            let gap = match index.checked_sub(1).and_then(|before| placed.get(before)) {
                Some((before, _)) => layout.rows[*row].bounds[1] - layout.rows[*before].bounds[3],
                None => f64::INFINITY,
            };
            let height = (layout.rows[*row].bounds[3] - layout.rows[*row].bounds[1]).clamp(5.0, 20.0);
            let most = (0..keys.len()).filter(|cell| cells.has(layout, *cell)).count() * 2 > keys.len();
            first && (gap > height * 0.45 || most)
        })
        .collect()
}

/// Columns that hold one date or year in each row of a table of words.
const DATED: [&str; 5] = ["desde", "fecha_grado", "fecha_fabricacion", "fecha_recepcion", "dia"];

/// Says which visual rows hold the date of their row, where every well filled one does: the lines around it belong to it.
fn dated_rows(layout: &PageLayout, placed: &[(usize, GridRow)], keys: &[&str]) -> Option<Vec<bool>> {
    let column = keys.iter().position(|key| DATED.contains(key))?;
    let is_year = |token: &str| token.len() == 4 && (token.starts_with("19") || token.starts_with("20"));
    let dated =
        |row: &GridRow| row.folded(layout, column).split(|sign: char| !sign.is_ascii_digit()).any(is_year);
    let filled =
        |row: &GridRow| (0..keys.len()).filter(|cell| row.has(layout, *cell)).count() * 2 > keys.len();
    let rows: Vec<bool> = placed.iter().map(|(_, row)| dated(row)).collect();
    let every = placed.iter().zip(&rows).all(|((_, row), dated)| *dated || !filled(row));
    (rows.contains(&true) && every).then_some(rows)
}

/// Tells whether a text counts rows: `1`, `1.02`, `2,01`, `A.3`.
fn is_counter(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['.', ')', '-']);
    !text.is_empty()
        && text.len() <= 8
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| {
            byte.is_ascii_digit() || b".,-".contains(&byte) || byte.is_ascii_alphabetic() && text.len() <= 5
        })
        && text.bytes().filter(u8::is_ascii_alphabetic).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;
    use cotejo_domain::{Confidence, PageReading};

    fn tables_of(kind: &str, pages: &[PageReading]) -> TablesRead {
        let layouts: Vec<_> = pages.iter().map(PageLayout::new).collect();
        let spans = layouts
            .iter()
            .enumerate()
            .map(|(page, layout)| Span { page, rows: 0..layout.rows.len() })
            .collect();
        read(&layouts, &Cut { kind: kind.into(), confidence: Confidence::CERTAIN, spans })
    }

    fn rows(table: &Table) -> Vec<Vec<&str>> {
        table.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    const HEADER: [(f64, f64, &str); 9] = [
        (40.0, 100.0, "No."),
        (140.0, 100.0, "Rubro /"),
        (130.0, 112.0, "Descripción"),
        (270.0, 106.0, "Unidad"),
        (320.0, 106.0, "Cantidad"),
        (400.0, 100.0, "Precio"),
        (395.0, 112.0, "unitario"),
        (480.0, 100.0, "Precio"),
        (480.0, 112.0, "global"),
    ];

    #[test]
    fn heads_over_two_lines_and_wrapped_descriptions_make_rows() {
        let mut lines = HEADER.to_vec();
        lines.extend([
            (40.0, 140.0, "1"),
            (60.0, 140.0, "EXCAVACIÓN A MÁQUINA,"),
            (60.0, 152.0, "INCLUIDO DESALOJO"),
            (280.0, 140.0, "M3"),
            (325.0, 140.0, "3.178,94"),
            (405.0, 140.0, "9,86"),
            (470.0, 140.0, "31.344,35"),
            (40.0, 170.0, "2"),
            (60.0, 170.0, "IMPRIMACIÓN"),
            (280.0, 170.0, "M2"),
            (325.0, 170.0, "100,00"),
            (405.0, 170.0, "1,43"),
            (470.0, 170.0, "143,00"),
            (400.0, 190.0, "TOTAL"),
            (470.0, 190.0, "31.487,35"),
        ]);
        let read = tables_of("FUO_1_5_RUBROS", &[page(1, &lines)]);
        assert_eq!(read.tables.len(), 1, "{read:?}");
        assert_eq!(
            read.tables[0].columns,
            ["numero", "descripcion", "unidad", "cantidad", "precio_unitario", "precio_total"]
        );
        assert_eq!(
            rows(&read.tables[0]),
            [
                ["1", "EXCAVACIÓN A MÁQUINA, INCLUIDO DESALOJO", "M3", "3.178,94", "9,86", "31.344,35"],
                ["2", "IMPRIMACIÓN", "M2", "100,00", "1,43", "143,00"]
            ]
        );
        assert_eq!(read.slots, Slots { filled: 1, empty: 0 });
    }

    #[test]
    fn heads_of_narrow_columns_that_nearly_touch_are_two() {
        let mut lines = HEADER.to_vec();
        lines.retain(|(_, _, text)| !matches!(*text, "Unidad" | "Cantidad"));
        lines.extend([
            (270.0, 106.0, "Unidad Cantidad"),
            (40.0, 140.0, "1"),
            (60.0, 140.0, "COMPUTADOR"),
            (280.0, 140.0, "u"),
            (320.0, 140.0, "46.00"),
            (405.0, 140.0, "687.92"),
            (470.0, 140.0, "31,644.32"),
        ]);
        let read = tables_of("FUO_1_5_RUBROS", &[page(1, &lines)]);
        assert_eq!(rows(&read.tables[0]), [["1", "COMPUTADOR", "u", "46.00", "687.92", "31,644.32"]]);
    }

    #[test]
    fn the_foot_of_the_page_is_no_line_of_the_last_row() {
        let mut lines = HEADER.to_vec();
        lines.extend([
            (40.0, 140.0, "1"),
            (60.0, 140.0, "COMPUTADOR"),
            (280.0, 140.0, "u"),
            (320.0, 140.0, "46.00"),
            (405.0, 140.0, "687.92"),
            (470.0, 140.0, "31,644.32"),
            (60.0, 152.0, "PORTÁTIL"),
            (490.0, 790.0, "foja 12"),
        ]);
        let read = tables_of("FUO_1_5_RUBROS", &[page(1, &lines)]);
        assert_eq!(
            rows(&read.tables[0]),
            [["1", "COMPUTADOR PORTÁTIL", "u", "46.00", "687.92", "31,644.32"]]
        );
    }

    #[test]
    fn a_head_of_three_lines_that_touches_its_neighbour_keeps_its_column() {
        let mut lines = HEADER.to_vec();
        lines.retain(|(left, _, _)| *left < 480.0);
        lines.extend([
            (516.0, 94.0, "Agregado"),
            (455.0, 106.0, "Precio global ecuatoriano"),
            (526.0, 118.0, "%"),
            (40.0, 140.0, "1"),
            (60.0, 140.0, "REPLANTEO"),
            (270.0, 140.0, "m2"),
            (320.0, 140.0, "7.013,96"),
            (400.0, 140.0, "0,67"),
            (460.0, 140.0, "4.699,35"),
            (530.0, 140.0, "54,97%"),
        ]);
        let read = tables_of("FUO_1_5_RUBROS", &[page(1, &lines)]);
        let total =
            read.tables[0].columns.iter().position(|column| column == "precio_total").expect("a total");
        assert_eq!(rows(&read.tables[0])[0][total], "4.699,35", "and not the share beside it: {read:?}");
    }

    #[test]
    fn a_table_goes_on_over_the_page_break_without_heads() {
        let mut first = HEADER.to_vec();
        first.extend([
            (40.0, 140.0, "1"),
            (60.0, 140.0, "UNO"),
            (280.0, 140.0, "U"),
            (325.0, 140.0, "1,00"),
            (405.0, 140.0, "2,00"),
            (470.0, 140.0, "2,00"),
        ]);
        let second = [
            (40.0, 60.0, "2"),
            (60.0, 60.0, "DOS"),
            (280.0, 60.0, "U"),
            (325.0, 60.0, "3,00"),
            (405.0, 60.0, "4,00"),
            (470.0, 60.0, "12,00"),
        ];
        let read = tables_of("FUO_1_5_RUBROS", &[page(1, &first), page(2, &second)]);
        assert_eq!(read.tables.len(), 2, "one for each page");
        assert_eq!(rows(&read.tables[1]), [["2", "DOS", "U", "3,00", "4,00", "12,00"]]);
    }

    #[test]
    fn the_empty_model_has_no_rows_and_an_unreadable_table_is_said() {
        let mut empty = HEADER.to_vec();
        empty.push((300.0, 140.0, "TOTAL"));
        let read = tables_of("FUO_1_5_RUBROS", &[page(1, &empty)]);
        assert!(read.tables.is_empty());
        assert_eq!(read.slots, Slots { filled: 0, empty: 1 });
        let read = tables_of("FUO_1_5_RUBROS", &[page(1, &[(60.0, 60.0, "ver archivo adjunto")])]);
        assert_eq!(read.problems.len(), 1, "no heads, no table, and a finding");
    }

    #[test]
    fn scraps_of_a_scan_beside_a_number_go_and_its_digits_stay() {
        assert_eq!(without_scraps("E 462.64"), "462.64");
        assert_eq!(without_scraps("8,423.82."), "8,423.82");
        assert_eq!(without_scraps("9,802.47 0"), "9,802.47 0", "a digit is never left out: a person looks");
        assert_eq!(without_scraps("AA"), "AA", "what is no number stays as it was read");
    }

    #[test]
    fn counters_are_told_from_words() {
        assert!(is_counter("1") && is_counter("1,02") && is_counter("12.") && is_counter("a.3"));
        assert!(!is_counter("obra") && !is_counter("") && !is_counter("m3 de"));
    }
}
