//! Tables as text (CSV, RFC 4180 and its Spanish cousin with semicolons) as a sheet.

use crate::charset;
use crate::finding::finding;
use crate::reading_view::{Flow, ReadingView};
use crate::xlsx;
use cotejo_domain::{Read, Severity};

/// Signs that part the fields, the likelier first.
const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];
/// Lines that are looked at to tell a table from prose.
const SAMPLE_LINES: usize = 40;
/// Name of the one sheet.
const SHEET: &str = "CSV";

/// Returns the delimiter of a text that is a table: nearly all its lines have the same number of fields, at least two.
#[must_use]
pub fn delimiter(text: &str) -> Option<char> {
    DELIMITERS.into_iter().find(|delimiter| {
        let rows = rows(text, *delimiter, SAMPLE_LINES);
        let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|width| *width > 0).collect();
        let mut sorted = widths.clone();
        sorted.sort_unstable();
        let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
        let same = widths.iter().filter(|width| **width == usual).count();
        // Prose has a comma in a line now and then, never the same number in each; two lines of it may.
        let fields = rows.iter().flatten().map(String::len);
        let longest = fields.max().unwrap_or(0);
        let enough = if usual >= 3 { 3 } else { 5 };
        usual >= 2 && widths.len() >= enough && same * 10 >= widths.len() * 9 && longest < 2_000
    })
}

/// Reads the table `bytes`; at most `most_cells` cells of it.
#[must_use]
pub fn read(bytes: &[u8], most_cells: u32) -> Read<ReadingView> {
    let decoded = charset::decode(bytes);
    let mut findings = decoded.findings();
    let text = decoded.text.as_str();
    let (declared, text) = declared(text);
    let delimiter = declared.or_else(|| delimiter(text)).unwrap_or(',');
    let mut cells = Vec::new();
    let mut left = most_cells;
    'all: for (row, fields) in rows(text, delimiter, usize::MAX).into_iter().enumerate() {
        for (column, field) in fields.into_iter().enumerate() {
            if field.trim().is_empty() {
                continue;
            }
            if left == 0 {
                let values = [("hoja", SHEET.to_string()), ("limite", most_cells.to_string())];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                findings.push(finding("intake.too_many_cells", Severity::Error, &values));
                break 'all;
            }
            left -= 1;
            let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX - 1);
            cells.push((number(row), number(column), field));
        }
    }
    let mut flow = Flow::default();
    if !cells.is_empty() {
        flow.sheet(SHEET, &cells);
        if let Some((columns, rows)) = xlsx::table(&cells) {
            flow.table_of_last_page(columns, rows);
        }
    }
    let value = flow.finish(&mut findings);
    Read { value, findings }
}

// Excel takes a first line `sep=;` for what it says.
fn declared(text: &str) -> (Option<char>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim().strip_prefix("sep=").map(|rest| rest.chars().collect::<Vec<_>>()).as_deref() {
        Some([delimiter]) => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

// Rows of fields; a quoted field may hold line feeds, a doubled quote is one.
fn rows(text: &str, delimiter: char, most: usize) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut any) = (false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
                any = true;
            }
            letter if quoted => field.push(letter),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut field));
                // An empty line keeps its place and has no fields.
                let blank = !any && row.len() == 1 && row.first().is_some_and(|only| only.trim().is_empty());
                rows.push(if blank { Vec::new() } else { std::mem::take(&mut row) });
                row.clear();
                any = false;
                if rows.len() >= most {
                    return rows;
                }
            }
            letter if letter == delimiter => row.push(std::mem::take(&mut field)),
            letter => field.push(letter),
        }
    }
    if !row.is_empty() || !field.trim().is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Location, reading_view_location};

    #[test]
    fn cells_keep_their_places_and_quotes_their_content() {
        let text =
            "Rubro;Unidad;Precio\r\n\"Hormigón; f'c \"\"210\"\"\";m3;\"125,50\"\r\n\r\nAcero;kg;1,2\r\n";
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(crate::media::detect(&bytes), crate::media::CSV);
        let view = read(&bytes, 100).value;
        let place = |word: &str| {
            let word = view.pages[0].words.iter().find(|found| found.text.contains(word)).expect("the word");
            reading_view_location(&view.pages, 1, word)
        };
        let at = |range: &str| Location::Sheet { sheet: "CSV".into(), range: range.into() };
        assert_eq!([place("210"), place("125,50"), place("kg")], [at("A2"), at("C2"), at("B4")]);
        assert_eq!(view.tables[0].columns, ["Rubro", "Unidad", "Precio"]);
    }

    #[test]
    fn prose_is_not_a_table() {
        let prose = "Señores, les escribo.\nComo saben, la oferta, que adjunto, es válida.\nSin más, me despido,\nAtentamente\nJuan";
        assert_eq!(delimiter(prose), None);
        assert_eq!(delimiter("a;b;c\n1;2;3\n4;5;6\n"), Some(';'));
        assert_eq!(delimiter("nombre,ruc,total\nx,1,2\ny,3,4\n"), Some(','));
    }

    #[test]
    fn attack_more_cells_than_the_limit_are_told() {
        let read = read("a,b,c\n".repeat(50).as_bytes(), 20);
        assert_eq!(read.findings[0].code, "intake.too_many_cells");
        let _ = super::read("\"".repeat(10_000).as_bytes(), 20);
    }
}
