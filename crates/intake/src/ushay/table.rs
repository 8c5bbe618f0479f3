//! The tables of `proceso.xml`.

use super::value::{decode_text, decode_value};
use crate::finding;
use cotejo_domain::{Finding, Read, Severity};
use quick_xml::Reader;
use quick_xml::events::Event;

/// More tables or rows than any real file has by two orders of magnitude: beyond it the rest is left unread, with a finding.
const MOST_TABLES: usize = 2_000;
const MOST_ROWS: usize = 200_000;
const MOST_COLUMNS: usize = 500;

/// Holds one row: the columns in the order of the file with their decoded values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Position within its table, from 1.
    pub number: u32,
    /// Column name and decoded value.
    pub cells: Vec<(String, String)>,
}

impl Row {
    /// Returns the value of `column` without surrounding blanks, or `None` when it is absent or empty.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&str> {
        let (_, value) = self.cells.iter().find(|(name, _)| name == column)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }
}

/// Holds one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Name as in the file: `TMEP_PLIEGOS`.
    pub name: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// Holds what `proceso.xml` carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Version of the MFC that wrote the file.
    pub version: Option<String>,
    /// The tables, in the order of the file.
    pub tables: Vec<Table>,
}

impl Tables {
    /// Returns the rows of the table `name`; of several with that name, all of them.
    pub fn rows<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Row> {
        self.tables.iter().filter(move |table| table.name == name).flat_map(|table| &table.rows)
    }

    /// Returns the first row of the table `name`.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&Row> {
        self.tables.iter().find(|table| table.name == name).and_then(|table| table.rows.first())
    }
}

#[derive(Default)]
struct Parse {
    tables: Tables,
    path: Vec<String>,
    text: String,
    rows: usize,
    undecodable: Vec<String>,
    truncated: bool,
}

impl Parse {
    fn start(&mut self, name: &str, table_name: Option<String>) {
        match (self.path.len(), name) {
            (1, "TABLE") => {
                if self.tables.tables.len() >= MOST_TABLES {
                    self.truncated = true;
                } else {
                    self.tables.tables.push(Table { name: table_name.unwrap_or_default(), rows: Vec::new() });
                }
            }
            (2, _) if self.path[1] == "TABLE" => {
                self.rows += 1;
                if self.rows > MOST_ROWS {
                    self.truncated = true;
                } else if let Some(table) = self.tables.tables.last_mut() {
                    let number = u32::try_from(table.rows.len() + 1).unwrap_or(u32::MAX);
                    table.rows.push(Row { number, cells: Vec::new() });
                }
            }
            _ => {}
        }
        self.path.push(name.to_owned());
        self.text.clear();
    }

    fn end(&mut self) {
        let Some(name) = self.path.pop() else { return };
        let text = std::mem::take(&mut self.text);
        match self.path.len() {
            1 if name == "VERSION" => self.tables.version = decode_value(&text),
            3 if self.path[1] == "TABLE" && !self.truncated => {
                let Some(table) = self.tables.tables.last_mut() else { return };
                let value = match decode_value(&text) {
                    Some(value) => value,
                    None => {
                        self.undecodable.push(format!("{}.{name}", table.name));
                        return;
                    }
                };
                if let Some(row) = table.rows.last_mut() {
                    if row.cells.len() < MOST_COLUMNS {
                        row.cells.push((name, value));
                    } else {
                        self.truncated = true;
                    }
                }
            }
            _ => {}
        }
    }
}

/// Reads the tables of a `proceso.xml`. The XML may be declared ISO-8859-1 or be UTF-8: its markup is ASCII and its values are Base64.
#[must_use]
pub fn read_tables(bytes: &[u8]) -> Read<Tables> {
    let text = decode_text(bytes);
    let mut reader = Reader::from_str(&text);
    let mut parse = Parse::default();
    let mut findings = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                if parse.path.len() > 16 {
                    parse.truncated = true;
                    break;
                }
                let table_name = table_name(&element);
                parse.start(element.name().into_inner(), table_name);
            }
            Ok(Event::Empty(element)) => {
                let table_name = table_name(&element);
                parse.start(element.name().into_inner(), table_name);
                parse.end();
            }
            Ok(Event::Text(text)) => parse.text.push_str(&text.into_inner()),
            Ok(Event::CData(text)) => parse.text.push_str(&text.into_inner()),
            // No value of the format holds a reference; kept, it makes the value undecodable, which is then reported.
            Ok(Event::GeneralRef(reference)) => {
                parse.text.push('&');
                parse.text.push_str(&reference.into_inner());
            }
            Ok(Event::End(_)) => parse.end(),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                findings.push(broken(&error.to_string(), reader.buffer_position()));
                break;
            }
        }
    }
    report(&parse, &mut findings);
    Read { value: parse.tables, findings }
}

fn table_name(element: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    let attribute = element.attributes().flatten().find(|attribute| attribute.key.into_inner() == "NAME")?;
    Some(attribute.value.trim().to_owned())
}

fn broken(detail: &str, position: u64) -> Finding {
    finding("ushay.broken_xml", Severity::Error, &[("detalle", detail), ("posicion", &position.to_string())])
}

fn report(parse: &Parse, findings: &mut Vec<Finding>) {
    if parse.tables.tables.is_empty() {
        findings.push(finding("ushay.no_tables", Severity::Error, &[]));
    }
    if !parse.undecodable.is_empty() {
        let mut columns = parse.undecodable.clone();
        columns.sort_unstable();
        columns.dedup();
        columns.truncate(20);
        findings.push(finding(
            "ushay.undecodable_value",
            Severity::Warning,
            &[("columnas", &columns.join(", "))],
        ));
    }
    if parse.truncated {
        findings.push(finding("ushay.too_many_rows", Severity::Error, &[]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ushay::encode_value;

    #[test]
    fn rows_and_empty_columns_are_read_in_order() {
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><CONTENIDO><VERSION>{}</VERSION><TABLE NAME=\"TMEP_X\"><ROW><A>{}</A><B></B><C/></ROW><ROW><A>{}</A></ROW></TABLE></CONTENIDO>",
            encode_value("1.13.0"),
            encode_value(" uno "),
            encode_value("dos")
        );
        let read = read_tables(xml.as_bytes());
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        assert_eq!(read.value.version.as_deref(), Some("1.13.0"), "the writer's version");
        let rows: Vec<_> = read.value.rows("TMEP_X").collect();
        assert_eq!(rows.len(), 2, "two rows");
        assert_eq!(
            (rows[0].get("A"), rows[0].get("B"), rows[0].get("C")),
            (Some("uno"), None, None),
            "blank is absent"
        );
        assert_eq!(rows[1].number, 2, "rows count from 1");
    }

    #[test]
    fn entity_bomb_expands_to_nothing() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><CONTENIDO><TABLE NAME=\"T\"><ROW><A>&b;</A></ROW></TABLE></CONTENIDO>";
        let read = read_tables(bomb.as_bytes());
        assert_eq!(
            read.value.rows("T").next().and_then(|row| row.get("A")),
            None,
            "entities are never expanded"
        );
        assert!(
            read.findings.iter().any(|finding| finding.code == "ushay.undecodable_value"),
            "and that is said"
        );
    }

    #[test]
    fn deep_nesting_stops_with_a_finding() {
        let xml = "<a>".repeat(10_000);
        let read = read_tables(xml.as_bytes());
        assert!(!read.findings.is_empty(), "ten thousand levels are no pliego");
    }

    #[test]
    fn a_cut_file_keeps_what_came_before_the_cut() {
        let xml = format!("<CONTENIDO><TABLE NAME=\"T\"><ROW><A>{}</A></ROW><ROW><A", encode_value("uno"));
        let read = read_tables(xml.as_bytes());
        assert_eq!(
            read.value.rows("T").next().and_then(|row| row.get("A")),
            Some("uno"),
            "the first row is whole"
        );
        assert!(
            read.findings.iter().any(|finding| finding.code == "ushay.broken_xml"),
            "the cut is reported"
        );
    }
}
