//! Documents that flow and sheets: which reader a media type has.

use crate::finding::finding;
use crate::reading_view::ReadingView;
use crate::{csv, doc, docx, html, mail, media, odf, plain, rtf, workbook, xlsx};
use cotejo_domain::{Read, Severity};
use cotejo_lector_protocol::ReadingLimits;

/// Reads `bytes` of this media type as a *vista de lectura*; `None` when the type is none that flows.
#[must_use]
pub fn read(media_type: &str, bytes: &[u8], limits: &ReadingLimits) -> Option<Read<ReadingView>> {
    let (cells, part) = (limits.cells, limits.part_bytes);
    let mut read = match media_type {
        media::TEXT => plain::read_text(bytes),
        media::XML => plain::read_xml(bytes),
        media::HTML => html::read(bytes),
        media::CSV => csv::read(bytes, cells),
        media::RTF => rtf::read(bytes),
        media::DOC => doc::read(bytes),
        media::DOCX => docx::read(bytes, part),
        media::ODT => odf::read(bytes, part),
        media::XLS => workbook::read_xls(bytes, cells),
        media::XLSX => xlsx::read(bytes, cells),
        media::XLSB => workbook::read_xlsb(bytes, cells),
        media::ODS => workbook::read_ods(bytes, cells, part),
        media::EML | media::MSG => mail::read(media_type, bytes),
        _ => return None,
    };
    let silent = read.value.pages.iter().all(|page| page.words.is_empty());
    if silent && read.findings.is_empty() {
        read.findings.push(finding("intake.no_words", Severity::Warning, &[]));
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_a_word_is_not_passed_over_in_silence() {
        let limits = ReadingLimits::default();
        let codes = |bytes: &[u8]| {
            let read = read(media::TEXT, bytes, &limits).expect("text flows");
            read.findings.iter().map(|finding| finding.code.clone()).collect::<Vec<_>>()
        };
        assert_eq!(codes(b" \r\n\t \r\n"), ["intake.no_words"]);
        assert!(codes(b"una palabra").is_empty());
    }
}
