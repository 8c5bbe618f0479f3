//! Workbooks that are not XLSX: Excel 97-2003 (XLS), Excel's binary XLSB, OpenDocument (ODS).
//!
//! XLS and XLSB by calamine. It lays a sheet of XLS out as a full rectangle, so the extent of each sheet is measured first and a
//! sheet made to exhaust the memory is refused. ODS is read here, cell by cell, since a row may say that it stands a million times.

use crate::cfb::{CompoundFile, u16_at};
use crate::finding::{ends_early, finding};
use crate::guard::guarded;
use crate::odf::{self, attribute};
use crate::package;
use crate::reading_view::{Flow, ReadingView};
use crate::xlsx::{number_text, shown, table};
use crate::xml_steps::{Step, walk};
use calamine::{Data, Reader, Sheet, SheetVisible, Xls, Xlsb};
use cotejo_domain::{Finding, Read, Severity};
use quick_xml::events::BytesStart;
use std::collections::HashSet;
use std::io::Cursor;

/// Places of a sheet's rectangle, filled or not, that are laid out.
const MOST_PLACES: u64 = 4_000_000;

type Cells = Vec<(u32, u32, String)>;

/// Gathers sheets, under a limit on their cells.
struct Sheets {
    flow: Flow,
    findings: Vec<Finding>,
    left: u32,
    limit: u32,
}

impl Sheets {
    fn new(limit: u32) -> Self {
        Self { flow: Flow::default(), findings: Vec::new(), left: limit, limit }
    }

    // Keeps the cell, unless there are too many.
    fn keep(&mut self, cells: &mut Cells, row: u32, column: u32, text: String) -> bool {
        if text.trim().is_empty() {
            return true;
        }
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        cells.push((row, column, text));
        true
    }

    fn add(&mut self, name: &str, hidden: bool, mut cells: Cells, cut: bool) {
        if hidden {
            self.findings.push(finding("intake.hidden_sheet", Severity::Warning, &[("hoja", name)]));
        }
        if cut {
            let limit = self.limit.to_string();
            let values = [("hoja", name), ("limite", limit.as_str())];
            self.findings.push(finding("intake.too_many_cells", Severity::Error, &values));
        }
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        self.flow.sheet(name, &cells);
        if let Some((columns, rows)) = table(&cells) {
            self.flow.table_of_last_page(columns, rows);
        }
    }

    fn damaged(&mut self, detail: &str) {
        self.findings.push(finding("intake.damaged_workbook", Severity::Error, &[("detalle", detail)]));
    }

    fn damaged_sheet(&mut self, name: &str, detail: &str) {
        let values = [("hoja", name), ("detalle", detail)];
        self.findings.push(finding("intake.damaged_sheet", Severity::Error, &values));
    }

    fn finish(mut self) -> Read<ReadingView> {
        let value = self.flow.finish(&mut self.findings);
        Read { value, findings: self.findings }
    }
}

fn hidden(sheet: &Sheet) -> bool {
    sheet.visible != SheetVisible::Visible
}

// What a workbook gives that made its parser fail.
fn failed() -> Read<ReadingView> {
    let mut sheets = Sheets::new(0);
    sheets.damaged("el lector no pudo con su estructura");
    sheets.finish()
}

/// Reads an Excel 97-2003 workbook; at most `most_cells` cells of it.
#[must_use]
pub fn read_xls(bytes: &[u8], most_cells: u32) -> Read<ReadingView> {
    guarded(|| xls(bytes, most_cells)).unwrap_or_else(failed)
}

fn xls(bytes: &[u8], most_cells: u32) -> Read<ReadingView> {
    let mut sheets = Sheets::new(most_cells);
    let stream =
        CompoundFile::open(bytes).and_then(|file| file.stream("Workbook").or_else(|| file.stream("Book")));
    let Some(stream) = stream else {
        sheets.damaged("no contiene la parte «Workbook»");
        return sheets.finish();
    };
    match survey(&stream) {
        Survey::Locked => {
            sheets.findings.push(finding("intake.document_password", Severity::Error, &[]));
            return sheets.finish();
        }
        Survey::Vast => {
            sheets.findings.push(finding("intake.vast_sheet", Severity::Error, &[]));
            return sheets.finish();
        }
        Survey::Fine => {}
    }
    let mut workbook: Xls<_> = match Xls::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            sheets.damaged(&error.to_string());
            return sheets.finish();
        }
    };
    for sheet in workbook.sheets_metadata().to_vec() {
        match workbook.worksheet_range(&sheet.name) {
            Ok(range) => {
                let (top, left) = range.start().unwrap_or((0, 0));
                let (mut cells, mut cut) = (Vec::new(), false);
                for (row, column, value) in range.used_cells() {
                    let place = |start: u32, index: usize| {
                        start.saturating_add(u32::try_from(index).unwrap_or(u32::MAX - 1))
                    };
                    if !sheets.keep(&mut cells, place(top, row), place(left, column), shown(value)) {
                        cut = true;
                        break;
                    }
                }
                sheets.add(&sheet.name, hidden(&sheet), cells, cut);
            }
            Err(error) => sheets.damaged_sheet(&sheet.name, &error.to_string()),
        }
    }
    sheets.finish()
}

#[derive(Debug, PartialEq, Eq)]
enum Survey {
    Fine,
    Locked,
    Vast,
}

// Walks the records (MS-XLS 2.1.4) and measures the rectangle of each sheet's cells.
fn survey(stream: &[u8]) -> Survey {
    let (mut at, mut places) = (0usize, 0u64);
    let mut extent: Option<[u16; 4]> = None;
    let area = |extent: Option<[u16; 4]>| {
        extent.map_or(0, |[top, left, bottom, right]| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    };
    while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        let body = at + 4;
        match kind {
            0x002f => return Survey::Locked,
            // The end of a sheet, or of what stands inside of it.
            0x000a => places = places.saturating_add(area(extent.take())),
            // FORMULA, NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING, MULRK.
            0x0006 | 0x0206 | 0x0203 | 0x0204 | 0x0205 | 0x027e | 0x00fd | 0x00d6 | 0x00bd => {
                if let (Some(row), Some(column)) = (u16_at(stream, body), u16_at(stream, body + 2)) {
                    let last = if kind == 0x00bd {
                        u16_at(stream, (body + usize::from(length)).saturating_sub(2)).unwrap_or(column)
                    } else {
                        column
                    };
                    let [top, left, bottom, right] = extent.unwrap_or([row, column, row, column]);
                    extent =
                        Some([top.min(row), left.min(column), bottom.max(row), right.max(column).max(last)]);
                }
            }
            _ => {}
        }
        if places.saturating_add(area(extent)) > MOST_PLACES {
            return Survey::Vast;
        }
        at = body + usize::from(length);
    }
    Survey::Fine
}

/// Reads an Excel binary workbook; at most `most_cells` cells of it.
#[must_use]
pub fn read_xlsb(bytes: &[u8], most_cells: u32) -> Read<ReadingView> {
    guarded(|| xlsb(bytes, most_cells)).unwrap_or_else(failed)
}

fn xlsb(bytes: &[u8], most_cells: u32) -> Read<ReadingView> {
    let mut sheets = Sheets::new(most_cells);
    let mut workbook: Xlsb<_> = match Xlsb::new(Cursor::new(bytes)) {
        Ok(workbook) => workbook,
        Err(error) => {
            sheets.damaged(&error.to_string());
            return sheets.finish();
        }
    };
    for sheet in workbook.sheets_metadata().to_vec() {
        let (mut cells, mut cut) = (Vec::new(), false);
        let mut broken = None;
        match workbook.worksheet_cells_reader(&sheet.name) {
            Ok(mut reader) => loop {
                match reader.next_cell() {
                    Ok(Some(cell)) => {
                        let (row, column) = cell.get_position();
                        let value = Data::from(cell.get_value().clone());
                        if !sheets.keep(&mut cells, row, column, shown(&value)) {
                            cut = true;
                            break;
                        }
                    }
                    Ok(None) => break,
                    Err(error) => {
                        broken = Some(error.to_string());
                        break;
                    }
                }
            },
            Err(error) => broken = Some(error.to_string()),
        }
        if let Some(detail) = broken {
            sheets.damaged_sheet(&sheet.name, &detail);
        }
        sheets.add(&sheet.name, hidden(&sheet), cells, cut);
    }
    sheets.finish()
}

/// Reads an OpenDocument workbook; at most `most_cells` cells of it, none of its parts beyond `part_limit` bytes.
#[must_use]
pub fn read_ods(bytes: &[u8], most_cells: u32, part_limit: u64) -> Read<ReadingView> {
    let mut sheets = Sheets::new(most_cells);
    if odf::is_encrypted(bytes, part_limit) {
        sheets.findings.push(finding("intake.document_password", Severity::Error, &[]));
        return sheets.finish();
    }
    let Some(part) = package::part(bytes, "content.xml", part_limit) else {
        sheets.damaged("no contiene la parte «content.xml», o es demasiado grande");
        return sheets.finish();
    };
    let xml = crate::charset::decode(&part).text;
    let mut walk = Walk::default();
    if let Err(detail) = walk.read(&xml, &mut sheets) {
        walk.end_sheet(&mut sheets);
        sheets.damaged(&detail);
    }
    sheets.finish()
}

#[derive(Default)]
struct Walk {
    style: String,
    hidden_styles: HashSet<String>,
    sheet: Option<String>,
    sheet_hidden: bool,
    cells: Cells,
    cut: bool,
    row: u32,
    column: u32,
    row_repeated: u32,
    /// Where the cells of the present row begin.
    row_start: usize,
    cell: Option<Cell>,
    paragraphs: usize,
    annotations: usize,
}

#[derive(Default)]
struct Cell {
    value: Option<String>,
    text: String,
    repeated: u32,
}

impl Walk {
    fn read(&mut self, xml: &str, sheets: &mut Sheets) -> Result<(), String> {
        walk(xml, &mut |step| match step {
            Step::Start(start) => self.start(start),
            Step::Text(text) => self.text(text),
            Step::End(name) => self.end(name, sheets),
        })?;
        if self.sheet.is_none() { Ok(()) } else { Err(ends_early()) }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let local = start.local_name();
        let value = |key: &str| attribute(start, key);
        let count = |key: &str| value(key).and_then(|count| count.parse().ok()).unwrap_or(1u32).max(1);
        match local.as_ref() {
            "style" => self.style = value("name").unwrap_or_default(),
            "table-properties" if value("display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" => {
                self.sheet = Some(value("name").unwrap_or_default());
                self.sheet_hidden =
                    value("style-name").is_some_and(|style| self.hidden_styles.contains(&style));
                (self.row, self.cut, self.paragraphs) = (0, false, 0);
            }
            "table-row" => {
                self.row_repeated = count("number-rows-repeated");
                (self.column, self.row_start) = (0, self.cells.len());
            }
            "table-cell" | "covered-table-cell" => {
                // Numbers and dates as they are kept, as in the other formats; the text is how they are shown.
                let kept = match value("value-type").as_deref() {
                    Some("float" | "currency" | "percentage") => {
                        value("value").map(|text| text.parse().map_or(text, number_text))
                    }
                    Some("date") => {
                        value("date-value").map(|date| date.trim_end_matches("T00:00:00").to_string())
                    }
                    Some("boolean") => value("boolean-value")
                        .map(|kept| if kept == "true" { "VERDADERO" } else { "FALSO" }.to_string()),
                    _ => None,
                };
                let repeated = count("number-columns-repeated");
                self.cell = Some(Cell { value: kept, text: String::new(), repeated });
            }
            "annotation" => self.annotations += 1,
            "p" => {
                self.paragraphs += 1;
                self.text(" ");
            }
            "s" | "tab" | "line-break" => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.annotations == 0
            && self.paragraphs > 0
            && let Some(cell) = &mut self.cell
            && cell.text.len() < 100_000
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str, sheets: &mut Sheets) {
        match name {
            "annotation" => self.annotations = self.annotations.saturating_sub(1),
            "p" => self.paragraphs = self.paragraphs.saturating_sub(1),
            "table-cell" | "covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return };
                let text = cell.value.unwrap_or_else(|| cell.text.trim().to_string());
                if !text.is_empty() {
                    for index in 0..cell.repeated {
                        let column = self.column.saturating_add(index);
                        if !sheets.keep(&mut self.cells, self.row, column, text.clone()) {
                            self.cut = true;
                            break;
                        }
                    }
                }
                self.column = self.column.saturating_add(cell.repeated);
            }
            "table-row" => self.end_row(sheets),
            "table" => self.end_sheet(sheets),
            _ => {}
        }
    }

    fn end_row(&mut self, sheets: &mut Sheets) {
        let own: Cells = self.cells.get(self.row_start..).unwrap_or_default().to_vec();
        if !own.is_empty() {
            'copies: for copy in 1..self.row_repeated {
                for (row, column, text) in &own {
                    let row = row.saturating_add(copy);
                    if !sheets.keep(&mut self.cells, row, *column, text.clone()) {
                        self.cut = true;
                        break 'copies;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeated.max(1));
        self.row_start = self.cells.len();
    }

    fn end_sheet(&mut self, sheets: &mut Sheets) {
        if let Some(name) = self.sheet.take() {
            let cells = std::mem::take(&mut self.cells);
            self.row_start = 0;
            sheets.add(&name, self.sheet_hidden, cells, self.cut);
        }
    }
}

#[cfg(test)]
mod tests;
