//! Documents that flow and sheets: which reader a media type has.

use crate::reading_view::ReadingView;
use crate::{csv, doc, docx, html, mail, media, odf, plain, rtf, workbook, xlsx};
use cotejo_domain::Read;
use cotejo_lector_protocol::ReadingLimits;

/// Reads `bytes` of this media type as a *vista de lectura*; `None` when the type is none that flows.
#[must_use]
pub fn read(media_type: &str, bytes: &[u8], limits: &ReadingLimits) -> Option<Read<ReadingView>> {
    let (cells, part) = (limits.cells, limits.part_bytes);
    Some(match media_type {
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
    })
}
