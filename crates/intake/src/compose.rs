//! Puts a flowing document together: text, paragraphs, tables inside of tables, page breaks.

use crate::reading_view::{Flow, ReadingView};
use cotejo_domain::Finding;

/// Tables inside of tables that are kept apart; deeper ones become text of the cell they stand in.
const DEEPEST_TABLE: usize = 16;
/// Columns of a table; what stands further right goes into the last one.
const MOST_COLUMNS: usize = 256;
/// Letters of one paragraph; a longer one is continued in the next.
const MOST_LETTERS: usize = 200_000;

/// Takes the pieces of a flowing document in reading order.
#[derive(Default)]
pub(crate) struct Composer {
    flow: Flow,
    text: String,
    heading: bool,
    tables: Vec<Grid>,
    deeper: usize,
}

#[derive(Default)]
struct Grid {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: Vec<String>,
}

impl Composer {
    /// Adds text to the present paragraph.
    pub(crate) fn push(&mut self, text: &str) {
        if self.text.len() > MOST_LETTERS {
            self.paragraph();
        }
        self.text.push_str(text);
    }

    /// Marks the present paragraph as a heading.
    pub(crate) fn mark_heading(&mut self) {
        self.heading = true;
    }

    /// Ends the paragraph; an empty one leaves no trace.
    pub(crate) fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let heading = std::mem::take(&mut self.heading);
        if text.trim().is_empty() {
            return;
        }
        match self.tables.last_mut() {
            Some(grid) => grid.cell.push(text),
            None => self.flow.paragraph(&text, if heading { 14.0 } else { 0.0 }),
        }
    }

    /// Begins a table.
    pub(crate) fn begin_table(&mut self) {
        self.paragraph();
        if self.tables.len() < DEEPEST_TABLE {
            self.tables.push(Grid::default());
        } else {
            self.deeper += 1;
        }
    }

    /// Tells whether a table is open.
    pub(crate) fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Ends a cell that spans `span` columns.
    pub(crate) fn end_cell(&mut self, span: usize) {
        self.paragraph();
        if self.deeper > 0 {
            return;
        }
        let Some(grid) = self.tables.last_mut() else { return };
        let text = std::mem::take(&mut grid.cell).join(" ");
        if grid.row.len() >= MOST_COLUMNS {
            if let Some(last) = grid.row.last_mut() {
                last.push(' ');
                last.push_str(&text);
            }
            return;
        }
        grid.row.push(text);
        let room = MOST_COLUMNS - grid.row.len();
        grid.row.extend(std::iter::repeat_n(String::new(), span.saturating_sub(1).min(room)));
    }

    /// Ends a cell of a format that does not mark where tables begin: the first cell opens one, with the paragraph it ends inside.
    pub(crate) fn end_first_cell(&mut self) {
        self.enter_table();
        self.end_cell(1);
    }

    /// Opens a table around the present paragraph, unless one is open.
    pub(crate) fn enter_table(&mut self) {
        if !self.in_table() {
            let text = std::mem::take(&mut self.text);
            self.begin_table();
            self.text = text;
        }
    }

    /// Ends a row.
    pub(crate) fn end_row(&mut self) {
        self.paragraph();
        if self.deeper > 0 {
            return;
        }
        let Some(grid) = self.tables.last_mut() else { return };
        if !grid.cell.is_empty() {
            // Text that stands in no cell is not lost.
            let text = std::mem::take(&mut grid.cell).join(" ");
            grid.row.push(text);
        }
        let row = std::mem::take(&mut grid.row);
        if !row.is_empty() {
            grid.rows.push(row);
        }
    }

    /// Ends a table.
    pub(crate) fn end_table(&mut self) {
        self.end_row();
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let Some(grid) = self.tables.pop() else { return };
        match self.tables.last_mut() {
            // A table inside of a cell becomes text of that cell.
            Some(outer) => outer.cell.extend(grid.rows.into_iter().map(|row| row.join(" "))),
            None => self.flow.table(&grid.rows),
        }
    }

    /// Ends the outermost table; the text of the present paragraph stays for what follows it.
    pub(crate) fn leave_table(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.deeper = 0;
        while self.in_table() {
            self.end_table();
        }
        self.text = text;
    }

    /// Begins a new page, unless inside of a table.
    pub(crate) fn page_break(&mut self) {
        self.paragraph();
        if self.tables.is_empty() {
            self.flow.page_break();
        }
    }

    /// Begins a new page before the present paragraph.
    pub(crate) fn break_before(&mut self) {
        if self.tables.is_empty() {
            self.flow.page_break();
        }
    }

    /// Ends whatever is open and returns what was laid out.
    pub(crate) fn finish(mut self, findings: &mut Vec<Finding>) -> ReadingView {
        self.deeper = 0;
        while self.in_table() {
            self.end_table();
        }
        self.paragraph();
        self.flow.finish(findings)
    }
}
