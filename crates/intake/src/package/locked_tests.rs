//! Packages under a password.

use super::zip_aes::tests::locked;
use super::{Opener, Piece, is_locked, unpack_large, unpack_with};
use crate::media;
use crate::unlock::Aes;
use crate::unlock::tests::agile;
use std::io::{Cursor, Write};
use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

const PASSWORD: &str = "Clave-2026";

fn open(bytes: &[u8], password: Option<&str>) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let (mut files, mut codes) = (Vec::new(), Vec::new());
    let opener = Opener { password, ..Opener::default() };
    unpack_with("p.zip", bytes, &opener, &mut |piece| match piece {
        Piece::Entry(entry, content) => files.push((entry.path, content.to_vec())),
        Piece::Finding(finding) => codes.push(finding.code),
    });
    (files, codes)
}

/// A package whose entries are locked in the old way (ZipCrypto), but for the first.
fn old(password: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("abierto.txt", SimpleFileOptions::default()).expect("starts");
    zip.write_all(b"abierto").expect("writes");
    for (name, content) in [("a.txt", "uno ".repeat(900)), ("b/c.txt", "dos ".repeat(900))] {
        let options =
            SimpleFileOptions::default().with_deprecated_encryption(password.as_bytes()).expect("a password");
        zip.start_file(name, options).expect("starts");
        zip.write_all(content.as_bytes()).expect("writes");
    }
    zip.finish().expect("finishes").into_inner()
}

fn crc(content: &[u8]) -> [u8; 4] {
    let mut crc = flate2::Crc::new();
    crc.update(content);
    crc.sum().to_le_bytes()
}

/// A 7z archive of one stored file, locked with AES of 256 bits; 16 rounds.
fn seven(content: &[u8], password: &str) -> Vec<u8> {
    let byte = |number: usize| u8::try_from(number).ok().filter(|byte| *byte < 0x80).expect("small");
    let secret: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let rounds: Vec<u8> = (0..16_u64).flat_map(|n| [&secret[..], &n.to_le_bytes()].concat()).collect();
    let key = <sha2::Sha256 as sha2::Digest>::digest(&rounds);
    let (cipher, mut before, mut body) = (Aes::new(&key).expect("a key"), [3_u8; 16], Vec::new());
    for piece in content.chunks(16) {
        let mut block = [0; 16];
        block[..piece.len()].copy_from_slice(piece);
        block.iter_mut().zip(before).for_each(|(byte, mask)| *byte ^= mask);
        before = cipher.encrypt(block);
        body.extend_from_slice(&before);
    }
    let mut header = vec![1, 4, 6, 0, 1, 9, byte(body.len()), 0];
    header.extend_from_slice(&[7, 0x0b, 1, 0, 1, 0x24, 6, 0xf1, 7, 1, 18, 0x44, 0x0f]);
    header.extend_from_slice(&[3; 16]);
    header.extend_from_slice(&[0x0c, byte(content.len()), 0, 8, 0x0a, 1]);
    header.extend_from_slice(&crc(content));
    header.extend_from_slice(&[0, 0, 5, 1, 0x11]);
    let name: Vec<u8> = "a.txt".encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    header.extend_from_slice(&[byte(name.len() + 1), 0]);
    header.extend_from_slice(&name);
    header.extend_from_slice(&[0, 0]);
    let mut start = (body.len() as u64).to_le_bytes().to_vec();
    start.extend_from_slice(&(header.len() as u64).to_le_bytes());
    start.extend_from_slice(&crc(&header));
    [&b"7z\xbc\xaf\x27\x1c\0\x04"[..], &crc(&start), &start, &body, &header].concat()
}

#[test]
fn a_package_opens_with_its_password_and_says_without_it_what_to_do() {
    let package = old(PASSWORD);
    let (files, codes) = open(&package, Some(PASSWORD));
    assert_eq!(files.len(), 3, "{codes:?}");
    assert_eq!(files[2], ("b/c.txt".into(), "dos ".repeat(900).into_bytes()));
    assert!(codes.is_empty(), "{codes:?}");
    let (files, codes) = open(&package, None);
    assert_eq!(files, [("abierto.txt".into(), b"abierto".to_vec())], "what is not locked is taken");
    assert_eq!(codes, ["intake.encrypted_entry"; 2]);
    for wrong in ["otra", "", "clave-2026"] {
        let (files, codes) = open(&package, Some(wrong));
        assert_eq!((files.len(), codes), (1, vec!["intake.wrong_entry_password".to_string(); 2]), "{wrong}");
    }
}

#[test]
fn a_password_with_accents_opens_what_another_code_page_locked() {
    for secret in ["Contraseña".as_bytes(), b"Contrase\xf1a", b"Contrase\xa4a"] {
        let (files, codes) = open(&locked("a.txt", b"hola", secret), Some("Contraseña"));
        assert_eq!(files, [("a.txt".to_string(), b"hola".to_vec())], "{codes:?}");
    }
}

#[test]
fn aes_is_opened_and_what_was_altered_is_not_handed_out() {
    let content: Vec<u8> = (0..5_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let package = locked("oferta.bin", &content, PASSWORD.as_bytes());
    assert_eq!(open(&package, Some(PASSWORD)).0, [("oferta.bin".to_string(), content)]);
    assert_eq!(open(&package, None).1, ["intake.encrypted_entry"]);
    assert_eq!(open(&package, Some("otra")).1, ["intake.wrong_entry_password"]);
    let mut altered = package.clone();
    altered[3_000] ^= 4;
    let (files, codes) = open(&altered, Some(PASSWORD));
    assert!(files.is_empty());
    assert_eq!(codes, ["intake.damaged_entry"]);
    let (mut large, opener) = (0, Opener { password: Some(PASSWORD), ..Opener::default() });
    unpack_large("p.zip", &package.as_slice(), &opener, &mut |piece| {
        large += usize::from(matches!(piece, Piece::Entry(_, content) if content.len() == 5_000));
    })
    .expect("reads");
    assert_eq!(large, 1, "a window at a time too");
}

#[test]
fn a_seven_zip_opens_with_its_password() {
    let archive = seven(b"lo que dice la oferta", PASSWORD);
    let (files, codes) = open(&archive, Some(PASSWORD));
    assert_eq!(files, [("a.txt".to_string(), b"lo que dice la oferta".to_vec())], "{codes:?}");
    assert_eq!(open(&archive, None), (vec![], vec!["intake.encrypted_archive".to_string()]));
    assert_eq!(open(&archive, Some("otra")), (vec![], vec!["intake.wrong_archive_password".to_string()]));
}

#[test]
fn a_locked_package_inside_of_another_stays_so_that_its_password_can_be_given() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let word = agile(b"PK\x03\x04 no es un documento", "otra", 10, "SHA512", 32);
    let inner = old(PASSWORD);
    for (name, content) in [("dentro.zip", &inner), ("oferta.docx", &word)] {
        zip.start_file(name, SimpleFileOptions::default()).expect("starts");
        zip.write_all(content).expect("writes");
    }
    let package = zip.finish().expect("finishes").into_inner();
    let names = |password| open(&package, password).0.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(None), ["dentro.zip/abierto.txt", "dentro.zip", "oferta.docx"]);
    assert_eq!(
        names(Some(PASSWORD)),
        ["dentro.zip/abierto.txt", "dentro.zip/a.txt", "dentro.zip/b/c.txt", "oferta.docx"]
    );
    assert_eq!(media::detect(&word), media::OFFICE_ENCRYPTED);
    assert!(
        is_locked(&inner) && is_locked(&seven(b"x", PASSWORD)) && !is_locked(&package) && !is_locked(b"PK")
    );
}

#[test]
fn attack_a_locked_entry_that_inflates_without_end_is_stopped() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().with_deprecated_encryption(PASSWORD.as_bytes()).expect("a password");
    zip.start_file("bomba.txt", options).expect("starts");
    (0..60).for_each(|_| zip.write_all(&vec![0; 1 << 20]).expect("writes"));
    let bomb = zip.finish().expect("finishes").into_inner();
    let (files, codes) = open(&bomb, Some(PASSWORD));
    assert_eq!((files.len(), codes), (0, vec!["intake.ratio".to_string()]));
}

#[test]
fn truncated_and_mutated_packages_never_panic() {
    let packages = [
        old(PASSWORD),
        locked("a.txt", &[b'x'; 300], PASSWORD.as_bytes()),
        seven(b"lo que dice la oferta", PASSWORD),
    ];
    let mut state = 77u64;
    for package in packages {
        (0..package.len()).step_by(37).for_each(|end| drop(open(&package[..end], Some(PASSWORD))));
        for _ in 0..120 {
            let mut copy = package.clone();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(state >> 33).expect("fits") % copy.len();
                copy[at] = state.to_le_bytes()[7];
            }
            drop(open(&copy, Some(PASSWORD)));
        }
    }
}
