//! The *vista de lectura*: a flowing document as its paragraphs, a spreadsheet as its rows, and where evidence stands in them.

use crate::view::{ReadingParagraph, ReadingText, SheetRow};
use cotejo_domain::{Location, PageReading, Word, reading_view_location};
use std::collections::BTreeMap;

/// Returns what a reading-view page says, in the terms of its kind; `None` for a page that has an image.
pub(crate) fn text_of(pages: &[PageReading], number: u32) -> Option<ReadingText> {
    let page = pages.iter().find(|page| page.number == number).filter(|page| page.reading_view)?;
    Some(if is_sheet(pages, page) { sheet(pages, page) } else { paragraphs(pages, page) })
}

/// Returns the page that holds a paragraph or a range, where the file has it.
pub(crate) fn page_of(pages: &[PageReading], location: &Location) -> Option<u32> {
    match location {
        Location::Paragraph { number } => {
            let mut before = 0_u32;
            for page in pages {
                before = before.saturating_add(u32::try_from(page.lines().count()).unwrap_or(u32::MAX));
                if *number <= before {
                    return Some(page.number);
                }
            }
            None
        }
        Location::Sheet { sheet, .. } => pages
            .iter()
            .find(|page| {
                page.words.first().is_some_and(|word| {
                    matches!(reading_view_location(pages, page.number, word), Location::Sheet { sheet: name, .. } if name == *sheet)
                })
            })
            .map(|page| page.number),
        _ => None,
    }
}

fn is_sheet(pages: &[PageReading], page: &PageReading) -> bool {
    let first = page.words.first();
    first
        .is_some_and(|word| matches!(reading_view_location(pages, page.number, word), Location::Sheet { .. }))
}

fn paragraphs(pages: &[PageReading], page: &PageReading) -> ReadingText {
    let mut lines: BTreeMap<u32, Vec<&Word>> = BTreeMap::new();
    for word in &page.words {
        lines.entry(word.line).or_default().push(word);
    }
    let paragraphs = lines
        .into_values()
        .filter_map(|words| {
            let first = words.first()?;
            let Location::Paragraph { number } = reading_view_location(pages, page.number, first) else {
                return None;
            };
            let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            Some(ReadingParagraph { number, text })
        })
        .collect();
    ReadingText::Paragraphs { paragraphs }
}

fn sheet(pages: &[PageReading], page: &PageReading) -> ReadingText {
    let mut name = String::new();
    // By row, then by column: its length before its letters, so that Z comes before AA.
    let mut rows: BTreeMap<u32, BTreeMap<(usize, String), String>> = BTreeMap::new();
    for word in &page.words {
        let Location::Sheet { sheet, range } = reading_view_location(pages, page.number, word) else {
            continue;
        };
        name = sheet;
        let letters: String = range.chars().take_while(char::is_ascii_alphabetic).collect();
        let Ok(row) = range.chars().skip(letters.len()).collect::<String>().parse() else { continue };
        let cell = rows.entry(row).or_default().entry((letters.len(), letters)).or_default();
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(&word.text);
    }
    let mut columns: Vec<(usize, String)> = rows.values().flat_map(BTreeMap::keys).cloned().collect();
    columns.sort();
    columns.dedup();
    let rows = rows
        .into_iter()
        .map(|(number, cells)| SheetRow {
            number,
            cells: columns.iter().map(|column| cells.get(column).cloned().unwrap_or_default()).collect(),
        })
        .collect();
    ReadingText::Sheet { name, columns: columns.into_iter().map(|(_, letters)| letters).collect(), rows }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{COLUMN_WIDTH, Confidence, PageStatus, Quad, ROW_HEIGHT};

    fn word(text: &str, line: u32, left: f64, top: f64) -> Word {
        Word {
            text: text.into(),
            quad: Quad::upright(left, top, left + 10.0, top + 10.0),
            line,
            size: 11.0,
            confidence: Confidence::CERTAIN,
        }
    }

    fn page(number: u32, words: Vec<Word>) -> PageReading {
        PageReading {
            number,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words,
            reading_view: true,
        }
    }

    #[test]
    fn a_paragraph_is_found_on_its_page_with_its_number() {
        let pages = [
            page(
                1,
                vec![word("Uno", 0, 56.0, 56.0), word("dos", 0, 80.0, 56.0), word("Tres", 1, 56.0, 80.0)],
            ),
            page(2, vec![word("Cuatro", 0, 56.0, 56.0)]),
        ];
        assert_eq!(page_of(&pages, &Location::Paragraph { number: 2 }), Some(1));
        assert_eq!(page_of(&pages, &Location::Paragraph { number: 3 }), Some(2));
        assert_eq!(page_of(&pages, &Location::Paragraph { number: 4 }), None, "there is no fourth");
        let Some(ReadingText::Paragraphs { paragraphs }) = text_of(&pages, 1) else { panic!("flowing text") };
        let told: Vec<(u32, &str)> = paragraphs.iter().map(|p| (p.number, p.text.as_str())).collect();
        assert_eq!(told, [(1, "Uno dos"), (2, "Tres")]);
        let Some(ReadingText::Paragraphs { paragraphs }) = text_of(&pages, 2) else { panic!("flowing text") };
        assert_eq!(paragraphs[0].number, 3, "paragraphs are counted through the document");
    }

    #[test]
    fn a_sheet_keeps_its_rows_and_columns_and_leaves_out_the_empty_ones() {
        let at = |column: u32, row: u32, text: &str| {
            word(text, row, f64::from(column) * COLUMN_WIDTH, f64::from(row) * ROW_HEIGHT)
        };
        let words = vec![
            word("Precios", 0, 0.0, 0.0),
            at(1, 7, "Cemento"),
            at(5, 7, "58.942,00"),
            at(27, 9, "lejos"),
            at(5, 9, "total"),
        ];
        let pages = [page(1, words)];
        let Some(ReadingText::Sheet { name, columns, rows }) = text_of(&pages, 1) else { panic!("a sheet") };
        assert_eq!((name.as_str(), columns), ("Precios", vec!["B".to_owned(), "F".into(), "AB".into()]));
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [7, 9]);
        assert_eq!(rows[0].cells, ["Cemento", "58.942,00", ""]);
        assert_eq!(rows[1].cells, ["", "total", "lejos"]);
        let place = Location::Sheet { sheet: "Precios".into(), range: "F7".into() };
        assert_eq!(page_of(&pages, &place), Some(1));
        assert_eq!(page_of(&pages, &Location::Sheet { sheet: "Otra".into(), range: String::new() }), None);
    }
}
