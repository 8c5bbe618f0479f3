//! Containers: `.ushay`, its tables, its MD5 list, packages of every kind, mails and signed envelopes.

use crate::findings::are_sentences;
use cotejo_intake::package::{Opener, Piece, unpack_with};
use cotejo_intake::ushay::{self, INFO_ENTRY, Limits, PROCESS_ENTRY};
use cotejo_intake::{mail, media, p7m};
use cotejo_lector_protocol::IntakeLimits;
use std::io::{Cursor, Write};

const LIMITS: Limits = Limits { entry_bytes: 1 << 20, total_bytes: 4 << 20, entries: 64, ratio: 200 };

fn stays_inside(name: &str) {
    let climbs = name.split(['/', '\\']).any(|part| part == "..");
    assert!(!climbs && !name.starts_with(['/', '\\']), "{name:?} points outside its package");
}

/// Opens a `.ushay` under limits, and decodes it.
pub fn ushay(bytes: &[u8]) {
    let read = ushay::open_within(bytes, &LIMITS);
    are_sentences(&read.findings);
    assert!(read.value.entries.len() <= LIMITS.entries, "more entries than the limit");
    if !read.value.bare {
        let total: usize = read.value.entries.iter().map(|entry| entry.bytes.len()).sum();
        assert!(total as u64 <= LIMITS.total_bytes, "more bytes than the limit");
    }
    for entry in &read.value.entries {
        stays_inside(&entry.name);
    }
    if read.findings.is_empty() {
        let proven = read.value.entries.iter().filter(|entry| entry.name != INFO_ENTRY);
        assert!(
            proven.clone().all(|entry| entry.md5_ok == Some(true)),
            "no remark, yet a digest is not proven"
        );
    }
    let pliego = ushay::decode_pliego("proceso.ushay", bytes);
    are_sentences(&pliego.findings);
    assert_eq!(pliego.value.findings, pliego.findings, "the pliego carries its findings");
    assert!(
        read.value.entry(PROCESS_ENTRY).is_some() || pliego.value.process.code.is_none(),
        "a code without tables is invented"
    );
}

/// Reads the tables of a `proceso.xml`, their structure, and the pliego they state.
pub fn process_xml(bytes: &[u8]) {
    let tables = ushay::read_tables(bytes);
    are_sentences(&tables.findings);
    for table in &tables.value.tables {
        let numbers: Vec<u32> = table.rows.iter().map(|row| row.number).collect();
        let counted: Vec<u32> = (1..).take(numbers.len()).collect();
        assert_eq!(numbers, counted, "rows are counted from 1");
    }
    are_sentences(&ushay::structure_of(bytes).findings);
    let mut bare = b"<?xml version=\"1.0\"?>".to_vec();
    bare.extend(bytes);
    are_sentences(&ushay::decode_pliego("proceso.xml", &bare).findings);
}

/// Puts any bytes in the place of `zip.info`. What they say proves an entry only if they name its digest.
pub fn zip_info(bytes: &[u8]) {
    const PROCESS: &[u8] = b"<CONTENIDO/>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [(PROCESS_ENTRY, PROCESS), (INFO_ENTRY, bytes)] {
        if zip.start_file(name, stored).and_then(|()| Ok(zip.write_all(content)?)).is_err() {
            return;
        }
    }
    let Ok(zip) = zip.finish() else { return };
    let read = ushay::open_within(zip.get_ref(), &Limits::default());
    are_sentences(&read.findings);
    let proven = read.value.entry(PROCESS_ENTRY).is_some_and(|entry| entry.md5_ok == Some(true));
    let stated = ushay::decode_value(std::str::from_utf8(bytes).unwrap_or("").trim().trim_start_matches('G'))
        .is_some_and(|list| list.to_ascii_lowercase().contains(DIGEST));
    assert!(!proven || stated, "an entry is proven by a list that does not name its digest");
}

/// MD5 of `<CONTENIDO/>`.
const DIGEST: &str = "1d9569f37138ebd2c7e8ae724214b192";

/// Opens a package, nested ones included, without a password and with one.
pub fn package(bytes: &[u8]) {
    opened_with("oferta.zip", bytes, Some("clave"));
    let (count, findings) = opened("oferta.zip", bytes);
    // What may hold files without being a container, a PDF or a mail, is kept as it is by whoever asked.
    let silent = count == 0 && findings == 0;
    let container = media::is_container(media::detect(bytes));
    assert!(!(silent && container), "a package vanished in silence");
}

/// Reads a mail of the internet and of Outlook, and takes out what is attached.
pub fn mail(bytes: &[u8]) {
    for kind in [media::EML, media::MSG] {
        let read = mail::read(kind, bytes);
        are_sentences(&read.findings);
        assert!(read.value.pages.iter().zip(1_u32..).all(|(page, number)| page.number == number));
    }
    opened("oferta.eml", bytes);
    opened("oferta.msg", bytes);
}

/// Takes the signed file out of an envelope. It stands in the envelope, so it is never larger, and its name points nowhere.
pub fn envelope(bytes: &[u8]) {
    if let Some(content) = p7m::content(bytes) {
        assert!(content.len() <= bytes.len(), "{} bytes out of {}", content.len(), bytes.len());
        stays_inside(&p7m::name_of_content("oferta.pdf.p7m", &content));
    }
    opened("oferta.pdf.p7m", bytes);
}

fn opened(name: &str, bytes: &[u8]) -> (u32, usize) {
    opened_with(name, bytes, None)
}

/// Opens a container under limits, holds every entry to them, and counts entries and findings.
fn opened_with(name: &str, bytes: &[u8], password: Option<&str>) -> (u32, usize) {
    let limits = IntakeLimits {
        file_bytes: 1 << 20,
        package_bytes: 4 << 20,
        entries: 64,
        depth: 3,
        ratio: 200,
        ..IntakeLimits::default()
    };
    let (mut total, mut count, mut findings) = (0, 0_u32, Vec::new());
    let opener = Opener { limits, password, pdf: None };
    unpack_with(name, bytes, &opener, &mut |piece| match piece {
        Piece::Entry(entry, content) => {
            stays_inside(&entry.path);
            total += content.len() as u64;
            count += 1;
        }
        Piece::Finding(finding) => findings.push(finding),
    });
    are_sentences(&findings);
    assert!(count <= limits.entries, "{count} entries are more than the limit");
    assert!(total <= limits.package_bytes, "{total} bytes are more than the limit");
    (count, findings.len())
}
