//! Names the media type of a file by its content.

/// PDF.
pub const PDF: &str = "application/pdf";
/// ZIP that is nothing more special.
pub const ZIP: &str = "application/zip";
/// SERCOP's container.
pub const USHAY: &str = "application/vnd.sercop.ushay";
/// Word document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Word 97-2003 document.
pub const DOC: &str = "application/msword";
/// Excel 97-2003 workbook.
pub const XLS: &str = "application/vnd.ms-excel";
/// Excel binary workbook.
pub const XLSB: &str = "application/vnd.ms-excel.sheet.binary.macroenabled.12";
/// OpenDocument text.
pub const ODT: &str = "application/vnd.oasis.opendocument.text";
/// OpenDocument workbook.
pub const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Rich Text Format.
pub const RTF: &str = "application/rtf";
/// Office document under a password (MS-OFFCRYPTO).
pub const OFFICE_ENCRYPTED: &str = "application/x-office-encrypted";
/// Table as text.
pub const CSV: &str = "text/csv";
/// HTML.
pub const HTML: &str = "text/html";
/// Mail message (RFC 5322).
pub const EML: &str = "message/rfc822";
/// Outlook message.
pub const MSG: &str = "application/vnd.ms-outlook";
/// CMS signature with or without its content.
pub const PKCS7: &str = "application/pkcs7-mime";
/// 7z archive.
pub const SEVEN_Z: &str = "application/x-7z-compressed";
/// RAR archive.
pub const RAR: &str = "application/vnd.rar";
/// TAR archive.
pub const TAR: &str = "application/x-tar";
/// GZ file.
pub const GZIP: &str = "application/gzip";
/// GIF image.
pub const GIF: &str = "image/gif";
/// BMP image.
pub const BMP: &str = "image/bmp";
/// WebP image.
pub const WEBP: &str = "image/webp";
/// JPEG image.
pub const JPEG: &str = "image/jpeg";
/// PNG image.
pub const PNG: &str = "image/png";
/// TIFF image.
pub const TIFF: &str = "image/tiff";
/// Plain text.
pub const TEXT: &str = "text/plain";
/// XML.
pub const XML: &str = "application/xml";
/// Program of Windows.
pub const PROGRAM: &str = "application/vnd.microsoft.portable-executable";
/// Program of Linux.
pub const ELF: &str = "application/x-elf";
/// A file of no bytes.
pub const EMPTY: &str = "application/x-empty";
/// What nothing recognised.
pub const UNKNOWN: &str = "application/octet-stream";

// Adobe's reader accepts the mark anywhere in the first kilobyte (ISO 32000-1, annex H, note 13).
const PDF_MARK_WITHIN: usize = 1024;

/// Returns the media type of `bytes`.
#[must_use]
pub fn detect(bytes: &[u8]) -> &'static str {
    if bytes.is_empty() {
        return EMPTY;
    }
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    if starts(b"info.ushay:") {
        return USHAY;
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK00PK\x03\x04") || starts(b"PK\x07\x08") {
        return zip_kind(bytes);
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        return PNG;
    }
    if starts(b"\xff\xd8\xff") {
        return JPEG;
    }
    if starts(b"II*\0") || starts(b"MM\0*") {
        return TIFF;
    }
    if starts(b"%PDF-") {
        return PDF;
    }
    if crate::p7m::is_signed(bytes) {
        return PKCS7;
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound_kind(bytes);
    }
    let marks: &[(&[u8], &str)] = &[
        (b"7z\xbc\xaf\x27\x1c", SEVEN_Z),
        (b"Rar!\x1a\x07", RAR),
        (b"\x1f\x8b", GZIP),
        (b"GIF8", GIF),
        (b"{\\rtf", RTF),
        (b"MZ", PROGRAM),
        (b"\x7fELF", ELF),
    ];
    if let Some((_, kind)) = marks.iter().find(|(mark, _)| starts(mark)) {
        return kind;
    }
    if is_bmp(bytes) {
        return BMP;
    }
    if bytes.get(257..262) == Some(b"ustar") || is_old_tar(bytes) {
        return TAR;
    }
    if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return WEBP;
    }
    if bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..11) == Some(b"hei") {
        return "image/heic";
    }
    // After every kind that has its mark in a fixed place: an envelope, an archive or a Word file may hold a PDF in its first kilobyte.
    if find(&bytes[..bytes.len().min(PDF_MARK_WITHIN)], b"%PDF-").is_some() {
        return PDF;
    }
    text_kind(bytes)
}

/// Returns the media type of a file too large to be held whole, by its first bytes: only containers of files are told apart there.
#[must_use]
pub fn detect_by_head(head: &[u8]) -> &'static str {
    let zip = [&b"PK\x03\x04"[..], b"PK\x05\x06", b"PK00PK\x03\x04", b"PK\x07\x08"];
    if zip.iter().any(|mark| head.starts_with(mark)) { ZIP } else { detect(head) }
}

/// Tells whether `media_type` is a container that [`crate::package`] opens.
#[must_use]
pub fn is_container(media_type: &str) -> bool {
    matches!(media_type, ZIP | USHAY | SEVEN_Z | TAR | GZIP)
}

/// Tells whether `media_type` is a picture that the reader decodes.
#[must_use]
pub fn is_picture(media_type: &str) -> bool {
    matches!(media_type, JPEG | PNG | TIFF | GIF | BMP | WEBP)
}

/// Tells whether `media_type` is a document that may hold other files: it is read itself, and [`crate::package`] takes out what it
/// holds.
#[must_use]
pub fn may_hold_files(media_type: &str) -> bool {
    matches!(media_type, PDF | EML | MSG | PKCS7 | DOCX | XLSX | ODT | OFFICE_ENCRYPTED)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

// Office files are ZIPs: their kind shows in the names of their own directory. Names anywhere else may be those of a document inside of
// a package; only where the directory is lost and the first entry is an office file's are they looked for in all of it.
fn zip_kind(bytes: &[u8]) -> &'static str {
    let names = crate::package::part_names(bytes);
    let head = bytes.get(..bytes.len().min(64)).unwrap_or_default();
    let lost = names.is_empty() && find(head, b"[Content_Types].xml").is_some();
    let has = |name: &[u8]| {
        names.iter().any(|known| known.as_bytes() == name) || (lost && find(bytes, name).is_some())
    };
    if bytes.get(30..38) == Some(b"mimetype") {
        let rest = &bytes[38..bytes.len().min(38 + 80)];
        if rest.starts_with(b"application/vnd.oasis.opendocument.text") {
            return ODT;
        }
        if rest.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            return ODS;
        }
        return ZIP;
    }
    if !has(b"[Content_Types].xml") {
        return ZIP;
    }
    if has(b"word/document.xml") {
        DOCX
    } else if has(b"xl/workbook.xml") {
        XLSX
    } else if has(b"xl/workbook.bin") {
        XLSB
    } else if has(b"ppt/presentation.xml") {
        "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    } else {
        ZIP
    }
}

// Compound files (MS-CFB) name their streams in UTF-16.
fn compound_kind(bytes: &[u8]) -> &'static str {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        OFFICE_ENCRYPTED
    } else if has("WordDocument") {
        DOC
    } else if has("Workbook") || has("Book") {
        XLS
    } else if has("__substg1.0_") {
        MSG
    } else if has("PowerPoint Document") {
        "application/vnd.ms-powerpoint"
    } else {
        "application/x-cfb"
    }
}

fn text_kind(bytes: &[u8]) -> &'static str {
    let sample = &bytes[..bytes.len().min(8192)];
    let wide = crate::charset::is_wide(sample);
    let controls = sample.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0c\x1b".contains(byte)).count();
    if !wide && (sample.contains(&0) || controls * 50 > sample.len()) {
        return UNKNOWN;
    }
    let text = crate::charset::decode(sample).text;
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower: String = start.chars().take(64).collect::<String>().to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        HTML
    } else if lower.starts_with("<?xml") || looks_like_element(start) {
        XML
    } else if is_mail(start) {
        EML
    } else if crate::csv::delimiter(&text).is_some() {
        CSV
    } else {
        TEXT
    }
}

// The file's header: mark, length, reserved zeros, and the size of a known information header.
fn is_bmp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"BM")
        && bytes.get(6..10) == Some(&[0; 4])
        && matches!(bytes.get(14..18), Some([12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0]))
}

// Before POSIX an archive had no mark: the sum of the header's bytes tells.
fn is_old_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else { return false };
    header.first().is_some_and(|first| *first > b' ') && crate::tar::checksum_holds(header)
}

// A mail begins with header fields, one of which every mail has.
fn is_mail(text: &str) -> bool {
    let mut fields = 0;
    let mut known = false;
    for line in text.lines().take(60) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        fields += 1;
        known |=
            ["from", "received", "content-type", "return-path", "message-id", "mime-version", "delivered-to"]
                .contains(&name.to_ascii_lowercase().as_str());
    }
    fields >= 2 && known
}

fn looks_like_element(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next() == Some('<')
        && characters.next().is_some_and(|c| c.is_alphabetic() || c == '!')
        && text.contains("</")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_a_pdf_mark_inside_of_another_format_does_not_rename_it() {
        let mut tar = vec![0; 1024];
        tar[..10].copy_from_slice(b"oferta.pdf");
        tar[257..262].copy_from_slice(b"ustar");
        tar[512..520].copy_from_slice(b"%PDF-1.7");
        assert_eq!(detect(&tar), TAR);
        let mut word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        word.extend_from_slice(b"..%PDF-1.7..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0");
        assert_eq!(detect(&word), DOC);
        assert_eq!(detect(b"{\\rtf1 %PDF-1.7}"), RTF);
    }

    #[test]
    fn content_decides_not_the_name() {
        let cases: &[(&[u8], &str)] = &[
            (b"", EMPTY),
            (b"%PDF-1.7\n", PDF),
            (b"\r\n\r\nbasura antes %PDF-1.4", PDF),
            (b"\xff\xd8\xff\xe0aaaa", JPEG),
            (b"info.ushay:5e37", USHAY),
            (b"PK\x03\x04 nada", ZIP),
            (b"PK\x03\x04 [Content_Types].xml word/document.xml", DOCX),
            (b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", XLSX),
            (b"7z\xbc\xaf\x27\x1c\0", SEVEN_Z),
            (b"Rar!\x1a\x07\0", RAR),
            (b"<?xml version=\"1.0\"?><a/>", XML),
            (b"<!DOCTYPE html><html>", "text/html"),
            ("Oferta económica\n".as_bytes(), TEXT),
            (b"Oferta econ\xf3mica\n", TEXT),
            (b"\0\x01\x02\x03", UNKNOWN),
            (b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "application/pkcs7-mime"),
        ];
        for (bytes, expected) in cases {
            assert_eq!(detect(bytes), *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
