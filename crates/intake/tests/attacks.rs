//! Packages made to harm.
#![expect(clippy::expect_used, reason = "test code: a failure is the test's answer")]

use cotejo_intake::package::{Piece, unpack};
use cotejo_lector_protocol::IntakeLimits;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn open_with(bytes: &[u8], limits: IntakeLimits) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let (mut entries, mut codes) = (Vec::new(), Vec::new());
    unpack("oferta.zip", bytes, limits, &mut |piece| match piece {
        Piece::Entry(entry, content) => entries.push((entry.path, content.to_vec())),
        Piece::Finding(finding) => {
            assert!(
                !finding.message.contains('«')
                    || !finding.message.starts_with('«')
                    || finding.message.len() > 40,
                "{}",
                finding.message
            );
            codes.push(finding.code);
        }
    });
    (entries, codes)
}

fn open(bytes: &[u8]) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    open_with(bytes, IntakeLimits::default())
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("starts");
        writer.write_all(content).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

/// Writes a stored ZIP by hand (APPNOTE 4.3), so that every field can lie.
struct Raw {
    name: &'static [u8],
    content: &'static [u8],
    flags: u16,
    claimed: u32,
    attributes: u32,
}

fn raw(entries: &[Raw]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = u32::try_from(bytes.len()).expect("small");
        let length = u32::try_from(entry.content.len()).expect("small");
        let name = u16::try_from(entry.name.len()).expect("short");
        let crc = crc(entry.content);
        let fixed = |out: &mut Vec<u8>| {
            out.extend_from_slice(&20u16.to_le_bytes());
            out.extend_from_slice(&entry.flags.to_le_bytes());
            out.extend_from_slice(&[0; 6]);
            out.extend_from_slice(&crc.to_le_bytes());
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(&entry.claimed.to_le_bytes());
            out.extend_from_slice(&name.to_le_bytes());
            out.extend_from_slice(&[0; 2]);
        };
        bytes.extend_from_slice(b"PK\x03\x04");
        fixed(&mut bytes);
        bytes.extend_from_slice(entry.name);
        bytes.extend_from_slice(entry.content);
        directory.extend_from_slice(b"PK\x01\x02\x14\x03");
        fixed(&mut directory);
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&entry.attributes.to_le_bytes());
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(entry.name);
    }
    let (start, size, count) = (bytes.len(), directory.len(), u16::try_from(entries.len()).expect("few"));
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&count.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(size).expect("small").to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(start).expect("small").to_le_bytes());
    bytes.extend_from_slice(&[0; 2]);
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

fn plain(name: &'static [u8], content: &'static [u8]) -> Raw {
    Raw { name, content, flags: 0, claimed: u32::try_from(content.len()).expect("small"), attributes: 0 }
}

#[test]
fn zip_slip_and_its_kin_are_refused_and_the_rest_is_taken() {
    let package = zip(&[
        ("../../etc/cron.d/x", b"1"),
        ("..\\..\\windows\\x", b"2"),
        ("/etc/passwd", b"3"),
        ("C:\\x.pdf", b"4"),
        ("anexos/NUL.pdf", b"5"),
        ("anexos/oferta.pdf", b"6"),
    ]);
    let (entries, codes) = open(&package);
    assert_eq!(entries, [("anexos/oferta.pdf".to_string(), b"6".to_vec())]);
    let expected = [
        "intake.zip_slip",
        "intake.zip_slip",
        "intake.absolute_path",
        "intake.absolute_path",
        "intake.device_name",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_flat_bomb_stops_at_the_ratio() {
    let package = zip(&[("bomba.txt", &vec![0; 30 << 20]), ("nota.txt", b"sigue")]);
    let (entries, codes) = open(&package);
    assert_eq!(codes, ["intake.ratio"]);
    assert_eq!(entries.len(), 1, "what stands beside the bomb is taken");
}

#[test]
fn a_nested_bomb_stops_at_the_ratio() {
    let inner = zip(&[("bomba.txt", &vec![0; 20 << 20])]);
    let (entries, codes) = open(&zip(&[("a.zip", &zip(&[("b.zip", &inner)]))]));
    assert_eq!(codes, ["intake.ratio"]);
    assert!(entries.is_empty());
}

#[test]
fn a_bomb_of_many_files_stops_at_the_package() {
    // Not compressible a thousandfold, so only the sum stops it.
    let block: Vec<u8> = (0..40_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    let names: Vec<String> = (0..20).map(|n| format!("{n}.bin")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), block.as_slice())).collect();
    let limits = IntakeLimits { package_bytes: 1_000_000, ..IntakeLimits::default() };
    let mut package = zip(&entries);
    assert!(package.len() > 1_000_000, "random bytes do not shrink");
    let (taken, codes) = open_with(&package, limits);
    assert!(taken.is_empty(), "the package itself is beyond the limit");
    assert_eq!(codes, ["intake.package_too_large"]);
    package = zip(&entries[..5]);
    let (taken, codes) =
        open_with(&package, IntakeLimits { package_bytes: 810_000, ..IntakeLimits::default() });
    assert_eq!((taken.len(), codes.len()), (5, 0), "{codes:?}");
}

#[test]
fn headers_that_lie_about_sizes_are_not_believed() {
    let liar = raw(&[
        Raw { claimed: 1, ..plain(b"chico.txt", b"mucho mas de un byte") },
        Raw { claimed: u32::MAX - 1, ..plain(b"enorme.txt", b"poco") },
        plain(b"bien.txt", b"bien"),
    ]);
    let (entries, codes) = open(&liar);
    assert!(
        entries.iter().any(|(path, content)| path == "bien.txt" && content == b"bien"),
        "{entries:?} {codes:?}"
    );
    for (path, content) in &entries {
        assert!(content.len() < 100, "{path}: what is taken is what is there");
    }
}

#[test]
fn a_package_of_nothing_is_told_at_every_depth() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_directory("anexos/", SimpleFileOptions::default()).expect("a folder");
    let folders = writer.finish().expect("finishes").into_inner();
    for nothing in [zip(&[]), folders.clone(), seven(&[])] {
        let (entries, codes) = open(&nothing);
        assert!(entries.is_empty());
        assert_eq!(codes, ["intake.empty_package"]);
    }
    let (entries, codes) = open(&zip(&[("dentro.zip", &folders), ("uno.txt", b"1")]));
    assert_eq!(entries.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["uno.txt"]);
    assert_eq!(codes, ["intake.empty_package"]);
}

#[test]
fn more_than_ten_thousand_entries_stop() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..10_001 {
        writer.start_file(format!("{number}.txt"), SimpleFileOptions::default()).expect("starts");
    }
    let (entries, codes) = open(&writer.finish().expect("finishes").into_inner());
    assert_eq!(entries.len(), 10_000);
    assert_eq!(codes, ["intake.too_many_entries"]);
}

#[test]
fn the_sixth_level_is_kept_closed() {
    let mut package = zip(&[("fondo.txt", b"fondo")]);
    for level in (1..=5).rev() {
        package = zip(&[(format!("nivel{level}.zip").as_str(), package.as_slice())]);
    }
    let (entries, codes) = open(&package);
    assert_eq!(codes, ["intake.depth"]);
    assert_eq!(
        entries[0].0, "nivel1.zip/nivel2.zip/nivel3.zip/nivel4.zip/nivel5.zip",
        "not lost, only not opened"
    );
    let inside: Vec<u8> = entries[0].1.clone();
    assert_eq!(open(&inside).0[0].1, b"fondo", "it can be opened by itself");
}

#[test]
fn symlinks_locked_entries_and_litter() {
    let package = raw(&[
        Raw { attributes: 0o120_777 << 16, ..plain(b"enlace.pdf", b"/etc/passwd") },
        Raw { flags: 1, ..plain(b"cifrado.pdf", b"xxxxxxxxxxxxxxxx") },
        plain(b"__MACOSX/._a.pdf", b"x"),
        plain(b"A\xa4o.pdf", b"ok"),
    ]);
    let (entries, codes) = open(&package);
    assert_eq!(codes, ["intake.symlink", "intake.encrypted_entry", "intake.system_file"]);
    assert_eq!(entries, [("Año.pdf".to_string(), b"ok".to_vec())]);
}

#[test]
fn two_entries_of_one_name_are_two_files() {
    let package =
        raw(&[plain(b"oferta.pdf", b"uno"), plain(b"oferta.pdf", b"dos"), plain(b"OFERTA.pdf", b"tres")]);
    let (entries, codes) = open(&package);
    let names: Vec<&str> = entries.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names, ["oferta.pdf", "oferta (2).pdf", "OFERTA (3).pdf"]);
    assert_eq!(codes, ["intake.duplicate_name", "intake.duplicate_name"]);
    assert_eq!(entries[1].1, b"dos", "each with its own bytes");
}

#[test]
fn large_pictures_of_a_document_are_files_of_their_own() {
    let mut picture = b"\xff\xd8\xff\xe0".to_vec();
    picture.extend((0..40_000u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()));
    let document = zip(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", b"<w:document><w:body/></w:document>"),
        ("word/media/image1.jpeg", &picture),
        ("word/media/logo.png", b"\x89PNG\r\n\x1a\n"),
    ]);
    let (entries, codes) = open(&zip(&[("Oferta.docx", &document)]));
    let names: Vec<&str> = entries.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names, ["Oferta.docx/image1.jpeg", "Oferta.docx"], "{codes:?}");
    assert_eq!(open(&document).0[0].0, "image1.jpeg");
}

/// Writes a 7z archive of stored files in one block (7zFormat: signature header, streams, header).
fn seven(files: &[(&str, &[u8])]) -> Vec<u8> {
    let byte = |number: usize| u8::try_from(number).ok().filter(|byte| *byte < 0x80).expect("small");
    let body: Vec<u8> = files.iter().flat_map(|(_, content)| content.iter().copied()).collect();
    let mut header = vec![1, 4, 6, 0, 1, 9, byte(body.len()), 0];
    header.extend_from_slice(&[7, 0x0b, 1, 0, 1, 1, 0, 0x0c, byte(body.len()), 0]);
    header.extend_from_slice(&[8, 0x0d, byte(files.len()), 9]);
    header.extend(files.iter().rev().skip(1).rev().map(|(_, content)| byte(content.len())));
    header.extend_from_slice(&[0x0a, 1]);
    files.iter().for_each(|(_, content)| header.extend_from_slice(&crc(content).to_le_bytes()));
    header.extend_from_slice(&[0, 0, 5, byte(files.len()), 0x11]);
    let names: Vec<u8> = files
        .iter()
        .flat_map(|(name, _)| name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        .collect();
    header.extend_from_slice(&[byte(names.len() + 1), 0]);
    header.extend_from_slice(&names);
    header.extend_from_slice(&[0, 0]);
    let mut start = (body.len() as u64).to_le_bytes().to_vec();
    start.extend_from_slice(&(header.len() as u64).to_le_bytes());
    start.extend_from_slice(&crc(&header).to_le_bytes());
    let mut bytes = b"7z\xbc\xaf\x27\x1c\0\x04".to_vec();
    bytes.extend_from_slice(&crc(&start).to_le_bytes());
    [bytes, start, body, header].concat()
}

#[test]
fn a_seven_zip_is_opened_and_paths_that_lead_out_are_refused() {
    let archive = seven(&[("../x.txt", b"uno"), ("b/oferta.txt", b"dos"), ("nul.txt", b"tres")]);
    let (entries, codes) = open(&archive);
    assert_eq!(codes, ["intake.zip_slip", "intake.device_name"]);
    assert_eq!(entries, [("b/oferta.txt".to_string(), b"dos".to_vec())]);
    let mut damaged = archive.clone();
    damaged[32] ^= 0xff;
    let (entries, codes) = open(&damaged);
    assert!(codes.contains(&"intake.damaged_entry".to_string()), "{codes:?} {entries:?}");
    for end in 0..archive.len() {
        open(&archive[..end]);
    }
    for at in 0..archive.len() {
        for value in [0, 0x7f, 0xff] {
            let mut copy = archive.clone();
            copy[at] = value;
            open(&copy);
        }
    }
}

#[test]
fn a_rar_is_kept_and_told() {
    let (entries, codes) = open(&zip(&[("caja.rar", b"Rar!\x1a\x07\x01\0resto"), ("a.txt", b"a")]));
    assert_eq!(codes, ["intake.rar"]);
    assert_eq!(entries.len(), 2, "the archive is kept as it came");
}

#[test]
fn a_compressed_tar_is_opened_under_the_same_limits() {
    use std::io::Write;
    let pack = |content: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(content).expect("writes");
        encoder.finish().expect("finishes")
    };
    let (entries, codes) =
        open(&zip(&[("notas.txt.gz", &pack(b"hola")), ("bomba.gz", &pack(&vec![0; 30 << 20]))]));
    assert_eq!(codes, ["intake.ratio"]);
    assert_eq!(entries, [("notas.txt.gz/notas.txt".to_string(), b"hola".to_vec())]);
}

#[test]
fn a_path_longer_than_the_limit_is_cut_and_told() {
    let long = format!("{}/oferta.pdf", "carpeta".repeat(60));
    let limits = IntakeLimits { path_letters: 100, ..IntakeLimits::default() };
    let (entries, codes) = open_with(&zip(&[(long.as_str(), b"x")]), limits);
    assert_eq!(codes, ["intake.long_path"]);
    assert_eq!(entries[0].0, "oferta.pdf");
}

#[test]
fn damage_is_named_and_a_broken_inner_package_is_kept() {
    let mut package = zip(&[("a.txt", b"aaaa"), ("roto.zip", b"PK\x03\x04 no es un paquete")]);
    let (entries, codes) = open(&package);
    assert_eq!(codes, ["intake.damaged_container"]);
    assert_eq!(entries.len(), 2, "the broken package stays as a file");
    package.truncate(package.len() / 2);
    assert_eq!(open(&package).1, ["intake.damaged_container"]);
    assert_eq!(open(b"\x89PNG\r\n\x1a\n").1, ["intake.not_a_container"]);
    assert!(open(b"%PDF-1.7").1.is_empty(), "a PDF may carry files; this one does not");
}

#[test]
fn a_ushay_is_opened_and_stays_beside_what_it_holds() {
    use cotejo_intake::ushay::write::{Entry, container};
    let ushay = container(&[
        Entry { name: "proceso.xml".into(), bytes: b"<CONTENIDO/>".to_vec() },
        Entry { name: "8-anexo.pdf".into(), bytes: b"%PDF-1.7".to_vec() },
    ])
    .expect("writes");
    let (entries, codes) = open(&zip(&[("Oferta.ushay", &ushay)]));
    let names: Vec<&str> = entries.iter().map(|(path, _)| path.as_str()).collect();
    let expected =
        ["Oferta.ushay/proceso.xml", "Oferta.ushay/8-anexo.pdf", "Oferta.ushay/zip.info", "Oferta.ushay"];
    assert_eq!(names, expected);
    assert!(codes.is_empty(), "{codes:?}");
}
