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
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK00PK\x03\x04") {
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
    if find(&bytes[..bytes.len().min(PDF_MARK_WITHIN)], b"%PDF-").is_some() {
        return PDF;
    }
    if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound_kind(bytes);
    }
    let marks: &[(&[u8], &str)] = &[
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
        (b"Rar!\x1a\x07", "application/vnd.rar"),
        (b"\x1f\x8b", "application/gzip"),
        (b"GIF8", "image/gif"),
        (b"BM", "image/bmp"),
        (b"{\\rtf", "application/rtf"),
        (b"MZ", "application/vnd.microsoft.portable-executable"),
        (b"\x7fELF", "application/x-elf"),
    ];
    if let Some((_, kind)) = marks.iter().find(|(mark, _)| starts(mark)) {
        return kind;
    }
    if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return "image/webp";
    }
    if bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..11) == Some(b"hei") {
        return "image/heic";
    }
    if is_pkcs7(bytes) {
        return "application/pkcs7-mime";
    }
    text_kind(bytes)
}

/// Tells whether `media_type` is a container that [`crate::package`] opens.
#[must_use]
pub fn is_container(media_type: &str) -> bool {
    media_type == ZIP || media_type == USHAY
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

// Office files are ZIPs: their kind shows in the names of the central directory, which are not compressed.
fn zip_kind(bytes: &[u8]) -> &'static str {
    let has = |name: &[u8]| find(bytes, name).is_some();
    if bytes.get(30..38) == Some(b"mimetype") {
        let rest = &bytes[38..bytes.len().min(38 + 80)];
        if rest.starts_with(b"application/vnd.oasis.opendocument.text") {
            return "application/vnd.oasis.opendocument.text";
        }
        if rest.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            return "application/vnd.oasis.opendocument.spreadsheet";
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
        "application/vnd.ms-excel.sheet.binary.macroenabled.12"
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
        "application/x-office-encrypted"
    } else if has("WordDocument") {
        "application/msword"
    } else if has("Workbook") || has("Book") {
        "application/vnd.ms-excel"
    } else if has("__substg1.0_") {
        "application/vnd.ms-outlook"
    } else if has("PowerPoint Document") {
        "application/vnd.ms-powerpoint"
    } else {
        "application/x-cfb"
    }
}

// SignedData of RFC 5652 (OID 1.2.840.113549.1.7.2), as DER or BER, or in PEM armour.
fn is_pkcs7(bytes: &[u8]) -> bool {
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    let head = &bytes[..bytes.len().min(64)];
    (head.first() == Some(&0x30) && find(&head[..head.len().min(24)], SIGNED_DATA).is_some())
        || find(head, b"-----BEGIN PKCS7").is_some()
        || find(head, b"-----BEGIN CMS").is_some()
}

fn text_kind(bytes: &[u8]) -> &'static str {
    let sample = &bytes[..bytes.len().min(8192)];
    let wide = sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]);
    let controls = sample.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0c\x1b".contains(byte)).count();
    if !wide && (sample.contains(&0) || controls * 50 > sample.len()) {
        return UNKNOWN;
    }
    let text = crate::plain::decode(sample);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let lower: String = start.chars().take(64).collect::<String>().to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        "text/html"
    } else if lower.starts_with("<?xml") || looks_like_element(start) {
        XML
    } else {
        TEXT
    }
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
            (b"7z\xbc\xaf\x27\x1c\0", "application/x-7z-compressed"),
            (b"Rar!\x1a\x07\0", "application/vnd.rar"),
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
