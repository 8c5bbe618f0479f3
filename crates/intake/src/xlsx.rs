//! Excel workbooks as a *vista de lectura*: one page a sheet, and a table with the cells.

use crate::finding::finding;
use crate::guard::guarded;
use crate::reading_view::{Flow, ReadingView};
use calamine::{Data, Reader, SheetVisible, Xlsx};
use cotejo_domain::{COLUMN_WIDTH, Finding, Quad, ROW_HEIGHT, Read, Severity, TableCell};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Reads the workbook `bytes`: hidden sheets too, with a finding; at most `most_cells` cells of it.
#[must_use]
pub fn read(bytes: &[u8], most_cells: u32) -> Read<ReadingView> {
    guarded(|| workbook(bytes, most_cells)).unwrap_or_else(|| {
        let values = [("detalle", "el lector no pudo con su estructura")];
        let findings = vec![finding("intake.damaged_workbook", Severity::Error, &values)];
        Read { value: ReadingView::default(), findings }
    })
}

fn workbook(bytes: &[u8], most_cells: u32) -> Read<ReadingView> {
    let mut findings = Vec::new();
    let mut flow = Flow::default();
    let mut workbook: Xlsx<_> = match calamine::open_workbook_from_rs(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            let detail = calamine::XlsxError::to_string(&error);
            findings.push(finding("intake.damaged_workbook", Severity::Error, &[("detalle", &detail)]));
            return Read { value: flow.finish(&mut Vec::new()), findings };
        }
    };
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut left = most_cells;
    for (name, hidden) in sheets {
        if hidden {
            findings.push(finding("intake.hidden_sheet", Severity::Warning, &[("hoja", &name)]));
        }
        let cells = cells(&mut workbook, &name, &mut left, most_cells, &mut findings);
        flow.sheet(&name, &cells);
        if let Some((columns, rows)) = table(&cells) {
            flow.table_of_last_page(columns, rows);
        }
    }
    let value = flow.finish(&mut findings);
    Read { value, findings }
}

fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    left: &mut u32,
    most: u32,
    findings: &mut Vec<Finding>,
) -> Vec<(u32, u32, String)> {
    let mut cells = Vec::new();
    // Sparse: a sheet that claims a cell at XFD1048576 costs one cell, not seventeen thousand million.
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        Err(error) => {
            let detail = error.to_string();
            findings.push(finding(
                "intake.damaged_sheet",
                Severity::Error,
                &[("hoja", name), ("detalle", &detail)],
            ));
            return cells;
        }
    };
    loop {
        match reader.next_cell() {
            Ok(Some(cell)) => {
                let text = shown(&Data::from(cell.get_value().clone()));
                if text.trim().is_empty() {
                    continue;
                }
                if *left == 0 {
                    let limit = most.to_string();
                    findings.push(finding(
                        "intake.too_many_cells",
                        Severity::Error,
                        &[("hoja", name), ("limite", &limit)],
                    ));
                    break;
                }
                *left -= 1;
                let (row, column) = cell.get_position();
                cells.push((row, column, text));
            }
            Ok(None) => break,
            Err(error) => {
                let detail = error.to_string();
                findings.push(finding(
                    "intake.damaged_sheet",
                    Severity::Error,
                    &[("hoja", name), ("detalle", &detail)],
                ));
                break;
            }
        }
    }
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    cells
}

/// Returns a cell's value as a person reads it; numbers with a point, dates as ISO 8601.
pub(crate) fn shown(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => number_text(*number),
        Data::Int(number) => number.to_string(),
        Data::Bool(true) => "VERDADERO".into(),
        Data::Bool(false) => "FALSO".into(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        }
        Data::DateTime(duration) => duration.as_f64().to_string(),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// Writes fifteen significant digits, as Excel itself shows: 12650.2 is kept as 12650.200000000001 in the file.
pub(crate) fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// Cuts the table out of a sheet. The head is the first row with at least two cells that is not outdone by the rows below; titles
/// above it stay in the page only.
pub(crate) fn table(cells: &[(u32, u32, String)]) -> Option<(Vec<String>, Vec<Vec<TableCell>>)> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, &str>> = BTreeMap::new();
    for (row, column, text) in cells {
        rows.entry(*row).or_default().insert(*column, text);
    }
    let widest = rows.values().map(BTreeMap::len).max()?;
    if widest < 2 {
        return None;
    }
    let head_row = rows.iter().find(|(_, row)| row.len() * 3 >= widest * 2).map(|(number, _)| *number)?;
    let columns: Vec<u32> = {
        let used: std::collections::BTreeSet<u32> =
            rows.range(head_row..).flat_map(|(_, row)| row.keys().copied()).collect();
        used.into_iter().collect()
    };
    let heads =
        columns.iter().map(|c| rows[&head_row].get(c).copied().unwrap_or_default().to_string()).collect();
    let body = rows
        .range(head_row + 1..)
        .map(|(number, row)| columns.iter().map(|c| cell(*number, *c, row.get(c).copied())).collect())
        .collect();
    Some((heads, body))
}

fn cell(row: u32, column: u32, text: Option<&str>) -> TableCell {
    let (left, top) = (f64::from(column) * COLUMN_WIDTH, f64::from(row + 1) * ROW_HEIGHT);
    let quad = Quad::upright(left, top, left + COLUMN_WIDTH, top + ROW_HEIGHT);
    TableCell { text: text.unwrap_or_default().into(), quad: Some(quad) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_excel_shows_them() {
        assert_eq!(number_text(12_650.2 + 2e-12), "12650.2");
        assert_eq!(number_text(3.0), "3");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
    }

    #[test]
    fn the_head_of_a_table_is_not_its_title() {
        let cells: Vec<(u32, u32, String)> = [
            (0, 0, "TABLA DE CANTIDADES"),
            (2, 0, "Rubro"),
            (2, 1, "Unidad"),
            (2, 2, "Precio"),
            (3, 0, "Excavación"),
            (3, 2, "4.5"),
        ]
        .into_iter()
        .map(|(row, column, text)| (row, column, text.to_string()))
        .collect();
        let (columns, rows) = table(&cells).expect("a table");
        assert_eq!(columns, ["Rubro", "Unidad", "Precio"]);
        let row: Vec<&str> = rows[0].iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(row, ["Excavación", "", "4.5"], "an empty cell keeps its column");
    }
}
