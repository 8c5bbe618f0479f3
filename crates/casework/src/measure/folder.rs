//! The labelled folder, as a person makes it: a subfolder for each type, and two tables that may stand beside them.

use super::table;
use crate::CaseworkError;
use crate::sources::{SourceFile, files_under};
use cotejo_domain::{Code, DocumentType, document_type_entry, document_types};
use std::collections::BTreeMap;
use std::path::Path;

/// Table of values: `archivo;campo;valor`, and `foja` where a file holds several documents.
pub(super) const FIELDS: &str = "campos.csv";
/// Table of limits: `archivo;desde;hasta;tipo`, for files that hold several documents.
pub(super) const LIMITS: &str = "limites.csv";
/// Bytes of the largest table that is read.
const LARGEST_TABLE: u64 = 16 * 1024 * 1024;

/// Holds what a person says of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) kind: DocumentType,
    /// First and last page, from 1; `None` for a file that is one document.
    pub(super) pages: Option<(u32, u32)>,
    /// Values by field; a field with none must not be read.
    pub(super) fields: BTreeMap<String, Vec<String>>,
}

/// Holds one file with what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelledFile {
    pub(super) file: SourceFile,
    pub(super) labels: Vec<Label>,
}

/// Holds a labelled folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelledFolder {
    pub(super) files: Vec<LabelledFile>,
    /// Files of which nobody says what they are.
    pub(super) unlabelled: Vec<String>,
}

fn refused(key: &'static str, detail: impl Into<String>) -> CaseworkError {
    CaseworkError::refused(Code::WrongUse, key, detail)
}

impl LabelledFolder {
    /// Reads the form of the folder; no document is opened.
    ///
    /// # Errors
    /// [`Code::WrongUse`] when nothing is labelled, or a table names a file, type or field that is not there; the line is told.
    pub(super) fn open(folder: &Path) -> Result<Self, CaseworkError> {
        if !folder.is_dir() {
            return Err(refused("casework.measure.no_folder", folder.display().to_string()));
        }
        let mut files = files_under(folder)?;
        files.retain(|file| file.name != FIELDS && file.name != LIMITS);
        let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
        for file in &files {
            let kind = file.name.split_once('/').and_then(|(folder, _)| type_of(folder));
            if let Some(kind) = kind {
                labels.insert(file.name.clone(), vec![Label { kind, pages: None, fields: BTreeMap::new() }]);
            }
        }
        let mut limits = Table::read(folder, LIMITS)?;
        limits.each(&["archivo", "desde", "hasta", "tipo"], &[], |row| {
            let name = known_file(&files, row.get("archivo"))?;
            let number = |column: &str| row.get(column).parse::<u32>().ok().filter(|number| *number > 0);
            let (Some(first), Some(last)) = (number("desde"), number("hasta")) else {
                return Err("casework.measure.no_pages");
            };
            let kind = type_of(row.get("tipo")).ok_or("casework.measure.no_type")?;
            let of_file = labels.entry(name).or_default();
            // The table knows better than the name of the folder.
            of_file.retain(|label| label.pages.is_some());
            let overlaps = |label: &Label| label.pages.is_some_and(|(a, b)| first <= b && a <= last);
            if first > last || of_file.iter().any(overlaps) {
                return Err("casework.measure.no_pages");
            }
            of_file.push(Label { kind, pages: Some((first, last)), fields: BTreeMap::new() });
            Ok(())
        })?;
        let mut fields = Table::read(folder, FIELDS)?;
        fields.each(&["archivo", "campo", "valor"], &["foja"], |row| {
            let name = known_file(&files, row.get("archivo"))?;
            let of_file = labels.get_mut(&name).ok_or("casework.measure.no_label")?;
            let page: Option<u32> = row.get("foja").parse().ok();
            let label = of_file
                .iter_mut()
                .find(|label| {
                    label
                        .pages
                        .is_none_or(|(first, last)| page.is_some_and(|page| (first..=last).contains(&page)))
                })
                .ok_or("casework.measure.no_document")?;
            let field = row.get("campo");
            let entry = document_type_entry(&label.kind.0);
            let known = entry.is_some_and(|entry| entry.fields.iter().any(|known| known.name == field));
            if !known || field.contains("[]") {
                return Err("casework.measure.no_field");
            }
            let values = label.fields.entry(field.to_owned()).or_default();
            let value = row.get("valor");
            if !value.is_empty() {
                values.push(value.to_owned());
            }
            Ok(())
        })?;
        let (labelled, rest): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|file| labels.contains_key(&file.name));
        let files: Vec<LabelledFile> = labelled
            .into_iter()
            .map(|file| LabelledFile { labels: labels.remove(&file.name).unwrap_or_default(), file })
            .collect();
        if files.is_empty() {
            return Err(refused("casework.measure.nothing", folder.display().to_string()));
        }
        Ok(Self { files, unlabelled: rest.into_iter().map(|file| file.name).collect() })
    }
}

/// Finds a type by its identifier or its name, whatever the case.
fn type_of(name: &str) -> Option<DocumentType> {
    let folded = |text: &str| text.trim().to_lowercase();
    let wanted = folded(name);
    document_types()
        .iter()
        .find(|entry| folded(&entry.id) == wanted || folded(&entry.name) == wanted)
        .map(|entry| DocumentType(entry.id.clone()))
}

fn known_file(files: &[SourceFile], name: &str) -> Result<String, &'static str> {
    let name = name.replace('\\', "/");
    files
        .iter()
        .find(|file| file.name == name)
        .map(|file| file.name.clone())
        .ok_or("casework.measure.no_file")
}

/// One of the two tables; empty when it is not there.
struct Table {
    name: &'static str,
    rows: Vec<(usize, Vec<String>)>,
}

struct Row<'r>(&'r [String], &'r [Option<usize>], &'r [&'r str]);

impl Row<'_> {
    fn get(&self, column: &str) -> &str {
        let place = self.2.iter().position(|name| *name == column);
        let place = place.and_then(|place| self.1.get(place).copied().flatten());
        place.and_then(|place| self.0.get(place)).map_or("", String::as_str)
    }
}

impl Table {
    fn read(folder: &Path, name: &'static str) -> Result<Self, CaseworkError> {
        let path = folder.join(name);
        let size = match std::fs::metadata(&path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self { name, rows: Vec::new() });
            }
            Err(error) => return Err(CaseworkError::file(&path)(error)),
        };
        if size > LARGEST_TABLE {
            return Err(refused("casework.measure.table_too_large", name));
        }
        let bytes = std::fs::read(&path).map_err(CaseworkError::file(&path))?;
        Ok(Self { name, rows: table::rows(&bytes) })
    }

    fn each(
        &mut self,
        needed: &[&str],
        optional: &[&str],
        mut take: impl FnMut(&Row<'_>) -> Result<(), &'static str>,
    ) -> Result<(), CaseworkError> {
        let mut rows = std::mem::take(&mut self.rows).into_iter();
        let Some((_, head)) = rows.next() else { return Ok(()) };
        let columns: Vec<&str> = needed.iter().chain(optional).copied().collect();
        let places: Vec<Option<usize>> = columns
            .iter()
            .map(|column| head.iter().position(|name| name.to_lowercase() == *column))
            .collect();
        if places.iter().take(needed.len()).any(Option::is_none) {
            let detail = format!("{}: {}", self.name, needed.join(";"));
            return Err(refused("casework.measure.no_columns", detail));
        }
        for (line, row) in rows {
            take(&Row(&row, &places, &columns))
                .map_err(|key| refused(key, format!("{}, línea {line}: {}", self.name, row.join(" · "))))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("makes");
        std::fs::write(path, text).expect("writes");
    }

    fn error(folder: &Path) -> String {
        LabelledFolder::open(folder).expect_err("refused").to_string()
    }

    #[test]
    fn a_folder_of_types_with_tables_says_what_each_file_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        write(at, "fuo_1_2/a.pdf", "x");
        write(at, "FUO_1_2/otros/b.txt", "x");
        write(at, "ofertas/tres.pdf", "x");
        write(at, "apuntes.txt", "x");
        write(
            at,
            LIMITS,
            "archivo;desde;hasta;tipo\nofertas\\tres.pdf;1;2;FUO_1_1\nofertas/tres.pdf;3;3;OTRO\n",
        );
        write(
            at,
            FIELDS,
            "archivo,campo,valor,foja\nfuo_1_2/a.pdf,ruc,1790000001001\nfuo_1_2/a.pdf,direccion,\nofertas/tres.pdf,objeto,Zanja,2\n",
        );
        let read = LabelledFolder::open(at).expect("reads");
        assert_eq!(read.unlabelled, ["apuntes.txt"]);
        let of = |name: &str| read.files.iter().find(|file| file.file.name == name).expect("the file");
        let one = &of("fuo_1_2/a.pdf").labels[0];
        assert_eq!((one.kind.0.as_str(), one.pages), ("FUO_1_2", None));
        assert_eq!(one.fields["ruc"], ["1790000001001"]);
        assert!(one.fields["direccion"].is_empty(), "it is said that the paper does not state it");
        let three = &of("ofertas/tres.pdf").labels;
        assert_eq!(three.iter().map(|label| label.kind.0.as_str()).collect::<Vec<_>>(), ["FUO_1_1", "OTRO"]);
        assert_eq!(three[0].fields["objeto"], ["Zanja"]);
        assert_eq!(of("FUO_1_2/otros/b.txt").labels.len(), 1, "deeper folders belong to the type");
    }

    #[test]
    fn what_a_table_says_wrongly_is_told_with_its_line_and_nothing_is_guessed() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        assert!(error(&at.join("no")).contains("no_folder"));
        write(at, "papeles/a.pdf", "x");
        assert!(error(at).contains("casework.measure.nothing"));
        write(at, "FUO_1_2/a.pdf", "x");
        for (table, text, told) in [
            (FIELDS, "archivo;campo\n", "no_columns"),
            (FIELDS, "archivo;campo;valor\nFUO_1_2/b.pdf;ruc;1\n", "no_file campos.csv, línea 2"),
            (FIELDS, "archivo;campo;valor\nFUO_1_2/a.pdf;color;rojo\n", "no_field"),
            (FIELDS, "archivo;campo;valor\npapeles/a.pdf;ruc;1\n", "no_label"),
            (LIMITS, "archivo;desde;hasta;tipo\npapeles/a.pdf;2;1;FUO_1_1\n", "no_pages"),
            (LIMITS, "archivo;desde;hasta;tipo\npapeles/a.pdf;1;1;FUO_9\n", "no_type"),
            (
                LIMITS,
                "archivo;desde;hasta;tipo\npapeles/a.pdf;1;3;FUO_1_1\n\npapeles/a.pdf;3;4;FUO_1_1\n",
                "no_pages limites.csv, línea 4",
            ),
        ] {
            write(at, table, text);
            let found = error(at);
            assert!(found.contains(told), "{told}: {found}");
            std::fs::remove_file(at.join(table)).expect("removes");
        }
        LabelledFolder::open(at).expect("sound again");
    }
}
