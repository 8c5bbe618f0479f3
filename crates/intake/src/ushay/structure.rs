//! Structure without content: the diagnostic for packages whose format has not been seen, such as a bidder's own `.ushay`.

use super::table::{Tables, read_tables};
use super::{PROCESS_ENTRY, open};
use crate::finding;
use cotejo_domain::{Read, Severity};

/// Describes a table without any of its values.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TableStructure {
    /// Name.
    pub name: String,
    /// Number of rows.
    pub rows: usize,
    /// Columns, in the order in which they first appear.
    pub columns: Vec<String>,
}

/// Describes the tables of a package without any value, so that a person can send it to support. The finding holds the same list.
#[must_use]
pub fn structure_of(bytes: &[u8]) -> Read<Vec<TableStructure>> {
    let Read { value: container, mut findings } = open(bytes);
    let mut structure = Vec::new();
    for entry in container.entries.iter().filter(|entry| entry.name.to_ascii_lowercase().ends_with(".xml")) {
        let Read { value: tables, findings: remarks } = read_tables(&entry.bytes);
        if entry.name == PROCESS_ENTRY || !tables.tables.is_empty() {
            findings.extend(remarks);
        }
        structure.extend(structure_of_tables(&tables));
    }
    if !structure.is_empty() {
        let list: Vec<String> =
            structure.iter().map(|table| format!("{} ({})", table.name, table.columns.join(", "))).collect();
        findings.push(finding("ushay.offer_structure", Severity::Info, &[("tablas", &list.join("; "))]));
    }
    Read { value: structure, findings }
}

/// Describes tables that were read already.
pub(super) fn structure_of_tables(tables: &Tables) -> Vec<TableStructure> {
    let mut structure: Vec<TableStructure> = Vec::new();
    for table in &tables.tables {
        let name = identifier(&table.name);
        let known = structure.iter().position(|candidate| candidate.name == name);
        let index = known.unwrap_or_else(|| {
            structure.push(TableStructure { name, rows: 0, columns: Vec::new() });
            structure.len() - 1
        });
        structure[index].rows += table.rows.len();
        for (column, _) in table.rows.iter().flat_map(|row| &row.cells) {
            let column = identifier(column);
            if !structure[index].columns.contains(&column) && structure[index].columns.len() < 500 {
                structure[index].columns.push(column);
            }
        }
    }
    structure
}

/// Keeps a name only as far as it looks like one: a value that strayed into markup must not leave with a diagnostic.
fn identifier(name: &str) -> String {
    let plain = name.len() <= 64
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.');
    if plain { name.to_owned() } else { "…".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ushay::write::{TableToWrite, package};

    #[test]
    fn the_diagnostic_carries_no_value() {
        let table =
            TableToWrite::new("TMEO_OFERENTE").row(&[("RUC", "1790012345001"), ("NOMBRE", "SECRETA S.A.")]);
        let read = structure_of(&package("1.8.2", &[table], &[]).expect("writes"));
        assert_eq!(read.value[0].columns, ["RUC", "NOMBRE"], "columns are named");
        let said: String = read.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert!(said.contains("TMEO_OFERENTE (RUC, NOMBRE)"), "{said}");
        assert!(!said.contains("SECRETA") && !said.contains("1790012345001"), "values stay at home");
    }
}
