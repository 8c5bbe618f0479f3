//! Seeds of the flowing documents and what carries them: text, RTF, Word, mails, signed envelopes.

use crate::seeds::Seed;
use std::error::Error;
use std::io::{Cursor, Write};

pub(crate) const FLOWING: [(&str, &str); 3] = [
    (
        "html",
        "<!DOCTYPE html><html><head><title>x</title></head><body><h1>Oferta</h1><table><tr><td>1<td>&ntilde;</table></body></html>",
    ),
    ("csv", "\u{feff}Rubro;Cantidad;Precio\r\n\"Pala; ancha\";2;1.250,00\r\nPico;3;10,50\r\n"),
    (
        "xml",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><factura id=\"1\"><total>10,50</total></factura>",
    ),
];

pub(crate) const RTF: [(&str, &str); 2] = [
    (
        "table",
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Times;}}\\b Oferta\\b0\\par A\\'f1o {\\*\\x y} 2026 \\u241?\\trowd\\cellx900\\intbl Rubro\\cell 1\\cell\\row}",
    ),
    (
        "marks",
        "{\\rtf1\\ansi\\uc2{\\stylesheet{\\s1 Normal;}}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt ver}}\\v oculto\\v0 {\\deleted borrado}{\\pict\\bin3 abc}{\\upr{a}{\\*\\ud{\\u225?}}}\\page\\u-3913??fin}",
    ),
];

pub(crate) const MAIL: &str = "From: a@ejemplo.ec\r\nTo: b@ejemplo.ec\r\nSubject: =?utf-8?q?Oferta_=C3=B1?=\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nAdjunto.\r\n--x\r\n\
Content-Type: text/csv; name=\"a.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\nYTtiCg==\r\n--x\r\n\
Content-Type: message/rfc822\r\n\r\nFrom: c@ejemplo.ec\r\nSubject: Dentro\r\n\r\nhola\r\n--x--\r\n";

/// Makes the compound files: a Word document and a message of Outlook.
pub(crate) fn compounds() -> Result<[Seed; 2], Box<dyn Error>> {
    let (main, table) = word(b"Oferta econ\xf3mica\r\x13PAGE\x14 1\x15\rRubro\x07Precio\x07\x07Fin\r");
    let document = compound(&[("/WordDocument", &main), ("/1Table", &table)])?;
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let message = compound(&[
        ("/__properties_version1.0", &[0; 48]),
        ("/__substg1.0_0037001F", &wide("Oferta económica")),
        ("/__substg1.0_1000001F", &wide("Adjuntamos la oferta.\r\nSaludos")),
        ("/__attach_version1.0_#00000000/__substg1.0_3707001F", &wide("oferta.txt")),
        ("/__attach_version1.0_#00000000/__substg1.0_37010102", b"Presentamos nuestra oferta."),
    ])?;
    Ok([("doc", "word97", document), ("mail", "outlook", message)])
}

/// Makes the two streams of a Word document (MS-DOC): one narrow piece, without properties.
fn word(text: &[u8]) -> (Vec<u8>, Vec<u8>) {
    const TEXT_AT: u32 = 0x600;
    let letters = u32::try_from(text.len()).unwrap_or(0);
    let mut main = vec![0_u8; 0x600];
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &[0xec, 0xa5, 0xc1, 0x00]);
    put(10, &[0x00, 0x02]);
    let mut table = vec![2_u8, 16, 0, 0, 0];
    for position in [0, letters] {
        table.extend_from_slice(&position.to_le_bytes());
    }
    table.extend_from_slice(&[0, 0]);
    table.extend_from_slice(&((TEXT_AT * 2) | 0x4000_0000).to_le_bytes());
    table.extend_from_slice(&[0, 0]);
    put(0x1a6, &u32::try_from(table.len()).unwrap_or(0).to_le_bytes());
    put(0x4c, &letters.to_le_bytes());
    main.extend_from_slice(text);
    (main, table)
}

fn compound(streams: &[(&str, &[u8])]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    for (path, content) in streams {
        if let Some((folder, _)) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty()) {
            file.create_storage_all(folder)?;
        }
        file.create_stream(path)?.write_all(content)?;
    }
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// Makes signed envelopes (RFC 5652) around a text: DER, and the same as PEM. Nobody signed them.
pub(crate) fn envelopes() -> [(&'static str, Vec<u8>); 2] {
    use base64::Engine;
    use cotejo_signature_format::tlv::{SEQUENCE, constructed, context, write};
    let kind = |last: u8| write(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, last]);
    let inner = constructed(context(0), &[&write(4, b"Presentamos nuestra oferta.")]);
    let encapsulated = constructed(SEQUENCE, &[&kind(1), &inner]);
    let signed =
        constructed(SEQUENCE, &[&write(2, &[1]), &write(0x31, &[]), &encapsulated, &write(0x31, &[])]);
    let der = constructed(SEQUENCE, &[&kind(2), &constructed(context(0), &[&signed])]);
    let text = base64::engine::general_purpose::STANDARD.encode(&der);
    [("der", der), ("pem", format!("-----BEGIN PKCS7-----\n{text}\n-----END PKCS7-----\n").into_bytes())]
}
