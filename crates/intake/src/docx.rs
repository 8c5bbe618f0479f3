//! Word documents as a *vista de lectura*: paragraphs, tables, headers and footers in reading order.

use crate::finding::{ends_early, finding};
use crate::package;
use crate::reading_view::{Flow, ReadingView};
use crate::xml_steps::{Step, walk};
use cotejo_domain::{Finding, Read, Severity};
use quick_xml::events::BytesStart;

/// Reads the document `bytes`. No part of it may inflate beyond `part_limit` bytes.
#[must_use]
pub fn read(bytes: &[u8], part_limit: u64) -> Read<ReadingView> {
    let mut findings = Vec::new();
    let mut flow = Flow::default();
    let names = package::part_names(bytes);
    let story = |prefix: &str| -> Vec<String> {
        let mut parts: Vec<String> =
            names.iter().filter(|name| name.starts_with(prefix) && name.ends_with(".xml")).cloned().collect();
        parts.sort();
        parts
    };
    let mut parts = story("word/header");
    parts.push("word/document.xml".into());
    parts.extend(story("word/footnotes"));
    parts.extend(story("word/endnotes"));
    parts.extend(story("word/footer"));
    let mut seen = Vec::new();
    for name in parts {
        let Some(content) = package::part(bytes, &name, part_limit) else {
            findings.push(finding("intake.damaged_document", Severity::Error, &[("parte", &name)]));
            continue;
        };
        // Sections repeat their headers: each wording stands once.
        if name != "word/document.xml" && seen.contains(&content) {
            continue;
        }
        if let Err(detail) = Story::default().read(&crate::charset::decode(&content).text, &mut flow) {
            let values = [("parte", name.as_str()), ("detalle", detail.as_str())];
            findings.push(finding("intake.damaged_part", Severity::Error, &values));
        }
        seen.push(content);
    }
    report_images(&names, bytes, &mut findings);
    let value = flow.finish(&mut findings);
    Read { value, findings }
}

// Large pictures, which may be pages, are taken out as files of their own; the small ones are letterheads and logos.
fn report_images(names: &[String], bytes: &[u8], findings: &mut Vec<Finding>) {
    let images = names.iter().filter(|name| name.starts_with("word/media/")).count();
    crate::finding::images(images, package::large_pictures(bytes).len(), findings);
}

#[derive(Default)]
struct Paragraph {
    text: String,
    heading: bool,
    largest_half_points: f32,
    break_before: bool,
    break_after: bool,
}

#[derive(Default)]
struct TableInProgress {
    rows: Vec<Vec<String>>,
    row: Vec<String>,
    cell: Vec<String>,
    span: usize,
}

#[derive(Default)]
struct Story {
    paragraphs: Vec<Paragraph>,
    tables: Vec<TableInProgress>,
    in_text: bool,
    fallback: u32,
}

impl Story {
    fn read(mut self, xml: &str, flow: &mut Flow) -> Result<(), String> {
        walk(xml, &mut |step| match step {
            Step::Start(start) => self.start(start),
            Step::Text(text) => self.text(text),
            Step::End(name) => self.end(name, flow),
        })?;
        if self.paragraphs.is_empty() && self.tables.is_empty() {
            return Ok(());
        }
        // Cut off in the middle: what was read is kept.
        while let Some(paragraph) = self.paragraphs.pop() {
            self.emit(paragraph, flow);
        }
        for table in std::mem::take(&mut self.tables) {
            flow.table(&table.rows);
        }
        Err(ends_early())
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name();
        if name.as_ref() == "Fallback" {
            self.fallback += 1;
        }
        if self.fallback > 0 {
            return;
        }
        let value = |key: &str| -> Option<String> {
            let attribute = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == key)?;
            Some(attribute.value.into_owned())
        };
        match name.as_ref() {
            "p" => self.paragraphs.push(Paragraph::default()),
            "t" => self.in_text = true,
            "tab" | "cr" => self.push_text(" "),
            "noBreakHyphen" => self.push_text("-"),
            "br" if value("type").as_deref() == Some("page") => self.page_break(),
            "br" => self.push_text(" "),
            "lastRenderedPageBreak" => self.page_break(),
            "pageBreakBefore" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.break_before = !matches!(value("val").as_deref(), Some("0" | "false"));
                }
            }
            "pStyle" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    let style = value("val").unwrap_or_default().to_lowercase();
                    paragraph.heading =
                        ["heading", "titulo", "título", "ttulo", "title"].iter().any(|h| style.contains(h));
                }
            }
            "sz" => {
                let size = value("val").and_then(|size| size.parse().ok()).unwrap_or(0.0_f32);
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.largest_half_points = paragraph.largest_half_points.max(size.min(400.0));
                }
            }
            "tbl" => self.tables.push(TableInProgress::default()),
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell.clear();
                    table.span = 1;
                }
            }
            "gridSpan" => {
                let span = value("val").and_then(|span| span.parse().ok()).unwrap_or(1_usize);
                if let Some(table) = self.tables.last_mut() {
                    table.span = span.clamp(1, 64);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, flow: &mut Flow) {
        if name == "Fallback" {
            self.fallback = self.fallback.saturating_sub(1);
            return;
        }
        if self.fallback > 0 {
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.emit(paragraph, flow);
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    let text = std::mem::take(&mut table.cell).join(" ");
                    table.row.push(text);
                    // A cell over several columns keeps the later ones in their places.
                    table.row.extend(std::iter::repeat_n(String::new(), table.span.saturating_sub(1)));
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "tbl" => self.end_table(flow),
            _ => {}
        }
    }

    fn end_table(&mut self, flow: &mut Flow) {
        let Some(table) = self.tables.pop() else { return };
        match self.tables.last_mut() {
            // A table inside of a cell becomes text of that cell.
            Some(outer) => outer.cell.extend(table.rows.into_iter().map(|row| row.join(" "))),
            None => flow.table(&table.rows),
        }
    }

    fn emit(&mut self, paragraph: Paragraph, flow: &mut Flow) {
        if let Some(table) = self.tables.last_mut() {
            if !paragraph.text.trim().is_empty() {
                table.cell.push(paragraph.text);
            }
            return;
        }
        if paragraph.break_before {
            flow.page_break();
        }
        let size = match paragraph.largest_half_points / 2.0 {
            0.0 if paragraph.heading => 14.0,
            size => size,
        };
        flow.paragraph(&paragraph.text, size);
        if paragraph.break_after {
            flow.page_break();
        }
    }

    fn page_break(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            if paragraph.text.trim().is_empty() {
                paragraph.break_before = true;
            } else {
                paragraph.break_after = true;
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.fallback == 0 {
            self.push_text(text);
        }
    }

    fn push_text(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    fn document(body: &str) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("[Content_Types].xml", SimpleFileOptions::default()).expect("starts");
        zip.start_file("word/document.xml", SimpleFileOptions::default()).expect("starts");
        write!(zip, "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
            .expect("writes");
        zip.finish().expect("finishes").into_inner()
    }

    #[test]
    fn paragraphs_tables_and_page_breaks_in_order() {
        let bytes = document(
            "<w:p><w:pPr><w:pStyle w:val=\"Ttulo1\"/></w:pPr><w:r><w:t>FORMULARIO 1.1</w:t></w:r></w:p>\
             <w:p><w:r><w:t>Ram&#237;rez &amp; Hijos</w:t></w:r><w:del><w:r><w:delText>borrado</w:delText></w:r></w:del></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Rubro</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Total</w:t></w:r></w:p></w:tc></w:tr>\
             <w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>Suma</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
             <w:p><w:r><w:br w:type=\"page\"/><w:t>Segunda</w:t></w:r></w:p>",
        );
        assert_eq!(crate::media::detect(&bytes), crate::media::DOCX);
        let read = read(&bytes, 1 << 20);
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let texts: Vec<String> = read.value.pages.iter().map(cotejo_domain::PageReading::text).collect();
        assert_eq!(
            texts,
            ["FORMULARIO 1.1\nRamírez & Hijos\nRubro Total\nSuma", "Segunda"],
            "and no deleted text"
        );
        assert!(read.value.pages[0].words[0].size > read.value.pages[0].words[2].size, "a heading is larger");
        let table = &read.value.tables[0];
        assert_eq!(table.columns, ["Rubro", "Total"]);
        assert_eq!(table.rows[0].len(), 2, "a spanning cell keeps the row whole");
    }

    #[test]
    fn a_document_cut_in_the_middle_keeps_what_came_before() {
        let mut bytes = document("<w:p><w:r><w:t>Antes</w:t></w:r></w:p><w:p><w:r><w:t>Medio");
        let cut = read(&bytes, 1 << 20);
        assert_eq!(cut.findings[0].code, "intake.damaged_part");
        assert!(cut.value.pages[0].text().starts_with("Antes"));
        bytes.truncate(bytes.len() / 2);
        let broken = read(&bytes, 1 << 20);
        assert_eq!(broken.findings[0].code, "intake.damaged_document", "{:?}", broken.findings);
    }

    #[test]
    fn attack_a_part_that_inflates_beyond_its_limit_is_not_read() {
        let bytes = document(&" ".repeat(2 << 20));
        let read = read(&bytes, 1 << 20);
        assert_eq!(read.findings[0].code, "intake.damaged_document");
    }
}
