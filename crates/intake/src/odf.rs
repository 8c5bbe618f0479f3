//! OpenDocument texts (ODT) as a *vista de lectura* (OASIS ODF 1.3, part 3).

use crate::compose::Composer;
use crate::finding::{ends_early, finding};
use crate::package;
use crate::reading_view::ReadingView;
use crate::xml_steps::{Step, walk};
use cotejo_domain::{Finding, Read, Severity};
use quick_xml::events::BytesStart;
use std::collections::HashSet;

/// Cells that one repeated cell stands for, at most.
const MOST_REPEATED: usize = 64;

/// Reads the document `bytes`. No part of it may inflate beyond `part_limit` bytes.
#[must_use]
pub fn read(bytes: &[u8], part_limit: u64) -> Read<ReadingView> {
    let mut findings = Vec::new();
    let mut composer = Composer::default();
    if is_encrypted(bytes, part_limit) {
        findings.push(finding("intake.document_password", Severity::Error, &[]));
        return Read { value: composer.finish(&mut findings), findings };
    }
    let mut styles = Styles::default();
    // Heads and feet of pages stand in the second part; heads come before the text, feet after it.
    let frame = package::part(bytes, "styles.xml", part_limit).map(|part| crate::charset::decode(&part).text);
    if let Some(frame) = &frame {
        story(frame, Part::Heads, &mut styles, &mut composer, &mut findings, "styles.xml");
    }
    match package::part(bytes, "content.xml", part_limit) {
        Some(part) => {
            let text = crate::charset::decode(&part).text;
            story(&text, Part::Body, &mut styles, &mut composer, &mut findings, "content.xml");
        }
        None => {
            findings.push(finding("intake.damaged_document", Severity::Error, &[("parte", "content.xml")]));
        }
    }
    if let Some(frame) = &frame {
        story(frame, Part::Feet, &mut styles, &mut composer, &mut Vec::new(), "styles.xml");
    }
    let names = package::part_names(bytes);
    let images = names.iter().filter(|name| name.starts_with("Pictures/") && name.len() > 9).count();
    crate::finding::images(images, package::large_pictures(bytes).len(), &mut findings);
    for (code, severity, count) in [
        ("intake.struck_text", Severity::Info, styles.struck),
        ("intake.hidden_text", Severity::Warning, styles.hidden_letters),
    ] {
        if count > 0 {
            findings.push(finding(code, severity, &[("cantidad", &count.to_string())]));
        }
    }
    Read { value: composer.finish(&mut findings), findings }
}

/// Tells whether the parts of the document are encrypted.
pub(crate) fn is_encrypted(bytes: &[u8], part_limit: u64) -> bool {
    package::part(bytes, "META-INF/manifest.xml", part_limit)
        .is_some_and(|manifest| String::from_utf8_lossy(&manifest).contains("encryption-data"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Heads,
    Body,
    Feet,
}

#[derive(Default)]
struct Styles {
    breaks: HashSet<String>,
    hidden: HashSet<String>,
    current: String,
    struck: usize,
    hidden_letters: usize,
}

fn story(
    xml: &str,
    part: Part,
    styles: &mut Styles,
    composer: &mut Composer,
    findings: &mut Vec<Finding>,
    name: &str,
) {
    let mut walk = Walk {
        part,
        styles,
        composer,
        paragraphs: 0,
        silent: 0,
        shown: 0,
        hidden: Vec::new(),
        span: Vec::new(),
    };
    if let Err(detail) = walk.read(xml) {
        let values = [("parte", name), ("detalle", detail.as_str())];
        findings.push(finding("intake.damaged_part", Severity::Error, &values));
    }
    while composer.in_table() {
        composer.end_table();
    }
    composer.paragraph();
}

struct Walk<'w> {
    part: Part,
    styles: &'w mut Styles,
    composer: &'w mut Composer,
    /// Paragraphs that are open: notes and text boxes stand inside of paragraphs.
    paragraphs: usize,
    /// Elements whose content is not shown, that are open.
    silent: usize,
    /// Elements of the part that is asked for, that are open.
    shown: usize,
    /// For each open span, whether it is hidden.
    hidden: Vec<bool>,
    /// For each open cell, how many it stands for.
    span: Vec<usize>,
}

impl Walk<'_> {
    fn read(&mut self, xml: &str) -> Result<(), String> {
        walk(xml, &mut |step| match step {
            Step::Start(start) => self.start(start),
            Step::Text(text) => self.text(text),
            Step::End(name) => self.end(name),
        })?;
        if self.paragraphs == 0 && self.shown == 0 { Ok(()) } else { Err(ends_early()) }
    }

    fn is_open(&self) -> bool {
        self.shown > 0 && self.silent == 0
    }

    fn is_part(&self, name: &str) -> bool {
        match self.part {
            Part::Heads => matches!(name, "header" | "header-left" | "header-first"),
            Part::Body => name == "text",
            Part::Feet => matches!(name, "footer" | "footer-left" | "footer-first"),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let local = start.local_name();
        let name = local.as_ref();
        let value = |key: &str| attribute(start, key);
        if self.is_part(name) {
            self.shown += 1;
        }
        match name {
            "style" => self.styles.current = value("name").unwrap_or_default(),
            "paragraph-properties" | "table-properties"
                if value("break-before").as_deref() == Some("page") =>
            {
                self.styles.breaks.insert(self.styles.current.clone());
            }
            "text-properties" if value("display").as_deref() == Some("none") => {
                self.styles.hidden.insert(self.styles.current.clone());
            }
            // Deleted text of tracked changes.
            "tracked-changes" | "hidden-text" => self.silent += 1,
            _ if !self.is_open() => {}
            "p" | "h" => {
                if self.paragraphs > 0 {
                    self.composer.push(" ");
                } else if value("style-name").is_some_and(|style| self.styles.breaks.contains(&style)) {
                    self.composer.break_before();
                }
                if name == "h" {
                    self.composer.mark_heading();
                }
                self.paragraphs += 1;
            }
            "span" => {
                let hidden = value("style-name").is_some_and(|style| self.styles.hidden.contains(&style));
                self.hidden.push(hidden);
            }
            "tab" | "line-break" => self.composer.push(" "),
            "s" => self.composer.push(" "),
            "soft-page-break" if self.paragraphs == 0 => self.composer.page_break(),
            "table" => self.composer.begin_table(),
            "table-cell" | "covered-table-cell" => {
                let repeated = value("number-columns-repeated").and_then(|count| count.parse().ok());
                self.span.push(repeated.unwrap_or(1usize).clamp(1, MOST_REPEATED));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "tracked-changes" | "hidden-text" => self.silent = self.silent.saturating_sub(1),
            _ if !self.is_open() => {}
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if self.paragraphs == 0 {
                    self.composer.paragraph();
                }
            }
            "span" => {
                self.hidden.pop();
            }
            "table" => self.composer.end_table(),
            "table-row" => self.composer.end_row(),
            "table-cell" | "covered-table-cell" => {
                let span = self.span.pop().unwrap_or(1);
                self.composer.end_cell(span);
            }
            _ => {}
        }
        if self.is_part(name) {
            self.shown = self.shown.saturating_sub(1);
        }
    }

    fn text(&mut self, text: &str) {
        let letters = || text.chars().filter(|letter| !letter.is_whitespace()).count();
        if self.silent > 0 {
            self.styles.struck += letters();
        } else if self.shown > 0 && self.paragraphs > 0 {
            if self.hidden.contains(&true) {
                self.styles.hidden_letters += letters();
            } else {
                self.composer.push(text);
            }
        }
    }
}

/// Returns the attribute of this local name.
pub(crate) fn attribute(start: &BytesStart<'_>, key: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|a| a.key.local_name().as_ref() == key)?;
    Some(attribute.value.into_owned())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    pub(crate) fn odf(kind: &str, parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("mimetype", stored).expect("starts");
        write!(zip, "application/vnd.oasis.opendocument.{kind}").expect("writes");
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("starts");
            write!(zip, "{content}").expect("writes");
        }
        zip.finish().expect("finishes").into_inner()
    }

    const CONTENT: &str = "<office:document-content><office:automatic-styles>\
        <style:style style:name='P2'><style:paragraph-properties fo:break-before='page'/></style:style>\
        <style:style style:name='T1'><style:text-properties text:display='none'/></style:style></office:automatic-styles>\
        <office:body><office:text><text:tracked-changes><text:deletion><text:p>borrado</text:p></text:deletion></text:tracked-changes>\
        <text:h>Oferta econ&#243;mica</text:h><text:p>Uno<text:s text:c='3'/>dos<text:note><text:note-body><text:p>nota</text:p></text:note-body></text:note><text:span text:style-name='T1'>oculto</text:span></text:p>\
        <table:table><table:table-row><table:table-cell><text:p>Rubro</text:p></table:table-cell><table:table-cell><text:p>Total</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>Suma</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>\
        <text:p text:style-name='P2'>Segunda</text:p></office:text></office:body></office:document-content>";

    #[test]
    fn paragraphs_tables_heads_and_page_breaks_in_order() {
        let styles = "<x><style:header><text:p>Membrete</text:p></style:header><style:footer><text:p>Pie</text:p></style:footer></x>";
        let bytes = odf("text", &[("content.xml", CONTENT), ("styles.xml", styles)]);
        assert_eq!(crate::media::detect(&bytes), crate::media::ODT);
        let read = read(&bytes, 1 << 20);
        let texts: Vec<String> = read.value.pages.iter().map(cotejo_domain::PageReading::text).collect();
        assert_eq!(texts, ["Membrete\nOferta económica\nUno dos nota\nRubro Total\nSuma", "Segunda\nPie"]);
        let codes: Vec<&str> = read.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["intake.struck_text", "intake.hidden_text"]);
        assert_eq!(read.value.tables[0].rows[0].len(), 2, "a covered cell keeps its column");
    }

    #[test]
    fn encryption_and_damage_are_told() {
        let manifest = "<m><manifest:encryption-data/></m>";
        let locked = odf("text", &[("content.xml", "x"), ("META-INF/manifest.xml", manifest)]);
        assert_eq!(read(&locked, 1 << 20).findings[0].code, "intake.document_password");
        let cut = odf("text", &[("content.xml", CONTENT.split_at(CONTENT.len() - 60).0)]);
        let cut = read(&cut, 1 << 20);
        assert_eq!(cut.findings[0].code, "intake.damaged_part");
        assert!(cut.value.pages[0].text().contains("Uno dos"), "what came before stays");
    }
}
