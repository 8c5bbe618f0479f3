//! Cells of tables: the exact text in the right row and column, on the right page.

use super::pages::Counts;
use super::{Miss, Recognised, same};
use crate::corpus::{DocumentTruth, Format};
use cotejo_domain::{Location, Table};
use std::collections::BTreeMap;

/// Counts cells, by type of document and column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    pub(crate) counts: BTreeMap<(String, String), Counts>,
    /// Tables of which not one row was found, and all.
    pub(crate) tables: [usize; 2],
}

/// One printed row: page, and cells by column.
struct Row<'a> {
    page: u32,
    cells: BTreeMap<&'a str, (&'a str, &'a str)>,
}

impl Cells {
    pub(crate) fn add(&mut self, file: &Recognised, misses: &mut Vec<Miss>) {
        for document in &file.documents {
            for (list, rows) in lists(document) {
                if rows.iter().all(|row| row.cells.keys().all(|column| column.is_empty())) {
                    self.values(file, document, list, &rows, misses);
                } else {
                    self.list(file, document, list, &rows, misses);
                }
            }
        }
    }

    /// Counts a list that the catalogue knows as single values: each is a fact of its own.
    fn values(
        &mut self,
        file: &Recognised,
        document: &DocumentTruth,
        list: &str,
        rows: &[Row<'_>],
        misses: &mut Vec<Miss>,
    ) {
        let field = format!("{list}[]");
        let counts = self.counts.entry((document.kind.into(), field.clone())).or_default();
        let mut found = 0;
        for (row, (text, value)) in
            rows.iter().flat_map(|row| row.cells.values().map(move |cell| (row, cell)))
        {
            let on_page = |location: &Location| match location {
                Location::Page { page, .. } => *page == row.page,
                // A reading view has no pages of its own.
                _ => file.format == Format::Docx,
            };
            let mut facts = file.recognition.facts.iter().filter(|fact| fact.field == field);
            let hit = facts.any(|fact| {
                on_page(&fact.evidence.location) && same::value("text", value, text, &fact.value.canonical())
            });
            found += usize::from(hit);
            if hit { counts.hit += 1 } else { counts.missed += 1 }
        }
        self.tables[1] += 1;
        self.tables[0] += usize::from(found == 0);
        if found < rows.len() {
            let page = rows.first().map_or(0, |row| row.page);
            misses.push(note(file, document, page, &format!("{field}: {found} of {} values", rows.len())));
        }
    }

    fn list(
        &mut self,
        file: &Recognised,
        document: &DocumentTruth,
        list: &str,
        rows: &[Row<'_>],
        misses: &mut Vec<Miss>,
    ) {
        let mut read: Vec<(u32, BTreeMap<String, &str>)> = file
            .recognition
            .tables
            .iter()
            .filter(|table| file.format == Format::Docx || document.pages.contains(&table.page))
            .flat_map(|table| rows_of(table, list))
            .collect();
        let mut found = 0;
        for row in rows {
            let equal = |cells: &BTreeMap<String, &str>| {
                let same = |(column, (text, value)): (&&str, &(&str, &str))| {
                    cells.get(*column).is_some_and(|read| same::cell(text, value, read))
                };
                row.cells.iter().filter(|cell| same(*cell)).count()
            };
            let best = read
                .iter()
                .enumerate()
                .filter(|(_, (page, _))| file.format == Format::Docx || *page == row.page)
                .map(|(index, (_, cells))| (equal(cells), index))
                .max_by_key(|(equal, index)| (*equal, std::cmp::Reverse(*index)))
                .filter(|(equal, _)| *equal > 0);
            let taken = best.map(|(_, index)| read.remove(index).1);
            found += usize::from(taken.is_some());
            for (column, (text, value)) in &row.cells {
                let counts =
                    self.counts.entry((document.kind.into(), format!("{list}[].{column}"))).or_default();
                let got = taken.as_ref().and_then(|cells| cells.get(*column));
                if got.is_some_and(|read| same::cell(text, value, read)) {
                    counts.hit += 1;
                    continue;
                }
                counts.missed += 1;
                if let Some(read) = got.filter(|read| !read.trim().is_empty()) {
                    counts.extra += 1;
                    misses.push(note(
                        file,
                        document,
                        row.page,
                        &format!("{list}[].{column} printed «{text}», read «{read}»"),
                    ));
                } else if taken.is_some() {
                    misses.push(note(
                        file,
                        document,
                        row.page,
                        &format!("{list}[].{column} printed «{text}», read nothing"),
                    ));
                }
            }
        }
        self.tables[1] += 1;
        if found == 0 {
            self.tables[0] += 1;
        }
        if found < rows.len() {
            let page = rows.first().map_or(0, |row| row.page);
            let typed = file
                .recognition
                .pages
                .iter()
                .any(|answer| answer.number == page && answer.kind == document.kind);
            let reason = match (typed, file.taken_for_empty(page)) {
                (false, _) => " [type of the page not known]",
                (true, true) => " [taken for an empty form]",
                (true, false) => "",
            };
            misses.push(note(
                file,
                document,
                page,
                &format!("{list}[]: {found} of {} rows{reason}", rows.len()),
            ));
        }
        // Rows that are no rows: only where the columns are this list's.
        for (_, cells) in read {
            let known =
                rows.iter().flat_map(|row| row.cells.keys()).any(|column| cells.contains_key(*column));
            if known && rows.len() > 1 {
                let counts =
                    self.counts.entry((document.kind.into(), format!("{list}[] (row)"))).or_default();
                counts.extra += 1;
            }
        }
    }

    /// Returns all counts together, rows that are none left out.
    pub(crate) fn sum(&self) -> Counts {
        let mut sum = Counts::default();
        self.counts.values().for_each(|counts| sum.add(*counts));
        sum
    }

    /// Returns the counts of each type of document.
    pub(crate) fn by_type(&self) -> BTreeMap<&str, Counts> {
        let mut by_type: BTreeMap<&str, Counts> = BTreeMap::new();
        for ((kind, _), counts) in &self.counts {
            by_type.entry(kind).or_default().add(*counts);
        }
        by_type
    }
}

/// Gathers the printed rows of each list of a document.
fn lists(document: &DocumentTruth) -> BTreeMap<&str, Vec<Row<'_>>> {
    let mut lists: BTreeMap<&str, BTreeMap<u32, Row<'_>>> = BTreeMap::new();
    for value in &document.values {
        let (Some(number), Some((list, column))) = (value.row, value.field.split_once("[]")) else {
            continue;
        };
        let row = lists
            .entry(list)
            .or_default()
            .entry(number)
            .or_insert_with(|| Row { page: value.page, cells: BTreeMap::new() });
        row.cells.insert(column.trim_start_matches('.'), (&value.raw, &value.value));
    }
    lists.into_iter().map(|(list, rows)| (list, rows.into_values().collect())).collect()
}

/// Returns the rows of a table that may be of a list, with the catalogue's names for the columns.
fn rows_of<'t>(table: &'t Table, list: &str) -> Vec<(u32, BTreeMap<String, &'t str>)> {
    let section = table.columns.iter().position(|column| column == "seccion");
    let rows = table
        .rows
        .iter()
        .filter(|row| section.and_then(|place| row.get(place)).is_none_or(|cell| cell.text == list));
    rows.map(|row| {
        let mut cells = BTreeMap::new();
        for (column, cell) in table.columns.iter().zip(row) {
            for name in names(column) {
                cells.entry((*name).to_owned()).or_insert(cell.text.as_str());
            }
            cells.entry(column.clone()).or_insert(cell.text.as_str());
        }
        (table.page, cells)
    })
    .collect()
}

/// Returns what the catalogue calls a column of the tables.
fn names(column: &str) -> &'static [&'static str] {
    match column {
        "numero" => &["no"],
        "precio_unitario" => &["pu"],
        "precio_total" => &["total", "global"],
        "fecha_fabricacion" => &["anio"],
        _ => &[],
    }
}

fn note(file: &Recognised, document: &DocumentTruth, page: u32, detail: &str) -> Miss {
    Miss {
        what: "cell",
        file: file.name.clone(),
        page,
        kind: document.kind.into(),
        habit: document.habit.into(),
        detail: detail.into(),
    }
}
