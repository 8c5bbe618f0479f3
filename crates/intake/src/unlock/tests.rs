//! Documents locked as Office locks them. What these writers write was opened by another implementation, and the other way round.

use super::hashing::Hashing;
use super::*;
use crate::cfb::tests::compound;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const PASSWORD: &str = "Ofertá-2026";

fn chained(key: &[u8], start: &[u8], open: &[u8]) -> Vec<u8> {
    let cipher = Aes::new(key).expect("a key");
    let mut before: [u8; 16] = start[..16].try_into().expect("a block");
    let mut locked = Vec::new();
    let mut padded = open.to_vec();
    padded.resize(open.len().next_multiple_of(16), 0);
    for piece in padded.as_chunks::<16>().0 {
        let mut block = *piece;
        block.iter_mut().zip(before).for_each(|(byte, mask)| *byte ^= mask);
        before = cipher.encrypt(block);
        locked.extend_from_slice(&before);
    }
    locked
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn filled(mut value: Vec<u8>, length: usize) -> Vec<u8> {
    value.resize(length, 0x36);
    value
}

/// Locks a document as Office 2010 and later do.
pub(crate) fn agile(document: &[u8], password: &str, rounds: u32, name: &str, key_bytes: usize) -> Vec<u8> {
    let hashing = Hashing::named(name).expect("a hash");
    let hash_bytes = hashing.of(&[]).len();
    let (salt, data_salt) = ([7_u8; 16], [9_u8; 16]);
    let key: Vec<u8> = (0..key_bytes).map(|n| u8::try_from(n * 5 % 251).expect("fits")).collect();
    let spun = hashing.rounds(hashing.of(&[&salt, &utf16(password)]), rounds);
    let lock = |block: [u8; 8], open: &[u8]| {
        let key = filled(hashing.of(&[&spun, &block]), key_bytes);
        STANDARD.encode(chained(&key, &salt, open))
    };
    let start = |block: &[u8]| filled(hashing.of(&[&data_salt, block]), 16);
    let mut package = (document.len() as u64).to_le_bytes().to_vec();
    for (number, segment) in document.chunks(4096).enumerate() {
        let number = u32::try_from(number).expect("few").to_le_bytes();
        package.extend(chained(&key, &start(&number), segment));
    }
    let tag_key = vec![3_u8; hash_bytes];
    let tag = match hashing {
        Hashing::Sha1 => tag::<hmac::SimpleHmac<sha1::Sha1>>(&tag_key, &package),
        Hashing::Sha256 => tag::<hmac::SimpleHmac<sha2::Sha256>>(&tag_key, &package),
        Hashing::Sha384 => tag::<hmac::SimpleHmac<sha2::Sha384>>(&tag_key, &package),
        Hashing::Sha512 => tag::<hmac::SimpleHmac<sha2::Sha512>>(&tag_key, &package),
    };
    let locked_tag_key =
        STANDARD.encode(chained(&key, &start(&[0x5f, 0xb2, 0xad, 1, 0x0c, 0xb9, 0xe1, 0xf6]), &tag_key));
    let locked_tag =
        STANDARD.encode(chained(&key, &start(&[0xa0, 0x67, 0x7f, 2, 0xb2, 0x2c, 0x84, 0x33]), &tag));
    let common = format!(
        "saltSize=\"16\" blockSize=\"16\" keyBits=\"{}\" hashSize=\"{hash_bytes}\" cipherAlgorithm=\"AES\" \
         cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"{name}\"",
        key_bytes * 8
    );
    let input = [5_u8; 16];
    let xml = format!(
        "<?xml version=\"1.0\"?><encryption xmlns:p=\"x\"><keyData {common} saltValue=\"{}\"/>\
         <dataIntegrity encryptedHmacKey=\"{locked_tag_key}\" encryptedHmacValue=\"{locked_tag}\"/>\
         <keyEncryptors><keyEncryptor><p:encryptedKey spinCount=\"{rounds}\" {common} saltValue=\"{}\" \
         encryptedVerifierHashInput=\"{}\" encryptedVerifierHashValue=\"{}\" encryptedKeyValue=\"{}\"/>\
         </keyEncryptor></keyEncryptors></encryption>",
        STANDARD.encode(data_salt),
        STANDARD.encode(salt),
        lock([0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79], &input),
        lock([0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e], &hashing.of(&[&input])),
        lock([0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6], &key),
    );
    let info = [&[4, 0, 4, 0, 0x40, 0, 0, 0], xml.as_bytes()].concat();
    compound(&[("/EncryptionInfo", &info), ("/EncryptedPackage", &package)])
}

fn tag<M: hmac::Mac + hmac::digest::KeyInit>(key: &[u8], package: &[u8]) -> Vec<u8> {
    let mut hmac = <M as hmac::Mac>::new_from_slice(key).expect("any key");
    hmac.update(package);
    hmac.finalize().into_bytes().to_vec()
}

/// Locks a document as Office 2007 does, with AES of 128 bits.
fn standard(document: &[u8], password: &str) -> Vec<u8> {
    let salt = [4_u8; 16];
    let sha1 = Hashing::Sha1;
    let spun = sha1.rounds(sha1.of(&[&salt, &utf16(password)]), 50_000);
    let last = sha1.of(&[&spun, &[0; 4]]);
    let mut block = [0x36_u8; 64];
    block.iter_mut().zip(&last).for_each(|(byte, mask)| *byte ^= mask);
    let cipher = Aes::new(&sha1.of(&[&block])[..16]).expect("a key");
    let each = |open: &[u8]| -> Vec<u8> {
        let mut padded = open.to_vec();
        padded.resize(open.len().next_multiple_of(16), 0);
        padded.as_chunks::<16>().0.iter().flat_map(|block| cipher.encrypt(*block)).collect()
    };
    let provider = utf16("Microsoft Enhanced RSA and AES Cryptographic Provider\0");
    let mut info = vec![4, 0, 2, 0];
    let header = u32::try_from(32 + provider.len()).expect("small");
    for number in [0x24, header, 0x24, 0, 0x660e, 0x8004, 128, 0x18, 0, 0] {
        info.extend_from_slice(&u32::to_le_bytes(number));
    }
    info.extend(provider);
    info.extend_from_slice(&16u32.to_le_bytes());
    info.extend_from_slice(&salt);
    info.extend(each(&[8; 16]));
    info.extend_from_slice(&20u32.to_le_bytes());
    info.extend(each(&sha1.of(&[&[8; 16]])));
    let mut package = (document.len() as u64).to_le_bytes().to_vec();
    package.extend(each(document));
    compound(&[("/EncryptionInfo", &info), ("/EncryptedPackage", &package)])
}

fn document() -> Vec<u8> {
    (0..10_001_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect()
}

fn code(bytes: &[u8], password: Option<&str>) -> String {
    match office("oferta.docx", bytes, password) {
        Ok(opened) => opened.findings.first().map_or_else(String::new, |finding| finding.code.clone()),
        Err(finding) => finding.code,
    }
}

#[test]
fn the_right_password_gives_the_document_byte_by_byte() {
    for (name, key_bytes) in [("SHA512", 32), ("SHA384", 24), ("SHA256", 32), ("SHA1", 16)] {
        let locked = agile(&document(), PASSWORD, 1_000, name, key_bytes);
        let opened = office("oferta.docx", &locked, Some(PASSWORD)).expect("opens");
        assert_eq!(opened.document, document(), "{name}");
        assert!(opened.findings.is_empty(), "{name}: {:?}", opened.findings);
        assert_eq!(code(&locked, Some("ofertá-2026")), "intake.wrong_password", "{name}");
        assert_eq!(code(&locked, Some("")), "intake.wrong_password");
        assert_eq!(code(&locked, None), "intake.locked_document");
    }
    let old = standard(&document(), PASSWORD);
    assert_eq!(office("oferta.docx", &old, Some(PASSWORD)).expect("opens").document, document());
    assert_eq!(code(&old, Some("otra")), "intake.wrong_password");
    assert_eq!(code(&old, None), "intake.locked_document");
}

#[test]
fn a_workbook_that_is_locked_for_nobody_opens_without_a_password() {
    let locked = agile(b"PK..", FOR_EVERYBODY, 100, "SHA512", 32);
    assert_eq!(office("a.xlsx", &locked, None).expect("opens").document, b"PK..");
}

#[test]
fn attack_rounds_that_would_last_for_hours_are_not_begun() {
    let locked = agile(b"PK..", PASSWORD, 10, "SHA512", 32);
    let dear = |rounds: &str| {
        let file = CompoundFile::open(&locked).expect("opens");
        let info = file.stream("EncryptionInfo").expect("there");
        let package = file.stream("EncryptedPackage").expect("there");
        let text = String::from_utf8_lossy(&info[8..]).replace("spinCount=\"10\"", rounds);
        let info = [&info[..8], text.as_bytes()].concat();
        compound(&[("/EncryptionInfo", &info), ("/EncryptedPackage", &package)])
    };
    for rounds in ["spinCount=\"4294967295\"", "spinCount=\"10000001\"", "spinCount=\"99999999999999\""] {
        assert_eq!(code(&dear(rounds), Some(PASSWORD)), "intake.costly_password", "{rounds}");
        assert_eq!(code(&dear(rounds), None), "intake.locked_document", "nobody gave one");
    }
    assert_eq!(code(&dear("spinCount=\"200001\""), None), "intake.locked_document", "without trying");
}

#[test]
fn a_document_that_was_altered_after_it_was_locked_says_so() {
    let document = document();
    let mut locked = agile(&document, PASSWORD, 50, "SHA512", 32);
    let body = CompoundFile::open(&locked).and_then(|file| file.stream("EncryptedPackage")).expect("there");
    let at = locked.windows(64).position(|window| window == &body[4096..4160]).expect("in one sector");
    locked[at] ^= 1;
    let opened = office("oferta.docx", &locked, Some(PASSWORD)).expect("opens");
    assert_ne!(opened.document, document);
    assert_eq!(code(&locked, Some(PASSWORD)), "intake.altered_document");
}

#[test]
fn other_ways_of_locking_are_told() {
    for (info, expected) in [
        (&[4, 0, 3, 0, 0, 0, 0, 0][..], "intake.unknown_encryption"),
        (&[1, 0, 1, 0], "intake.unknown_encryption"),
        (&[4], "intake.damaged_encryption"),
        (&[4, 0, 4, 0, 0x40, 0, 0, 0, b'<'], "intake.damaged_encryption"),
        (&[4, 0, 2, 0, 0x24, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], "intake.damaged_encryption"),
    ] {
        let file = compound(&[("/EncryptionInfo", info), ("/EncryptedPackage", &[0; 64])]);
        assert_eq!(code(&file, Some(PASSWORD)), expected, "{info:?}");
    }
    assert_eq!(
        code(&compound(&[("/EncryptedPackage", b"x")]), Some(PASSWORD)),
        "intake.unknown_encryption",
        "rights management keeps its key elsewhere"
    );
}

#[test]
fn truncated_and_mutated_files_never_panic() {
    let files = [agile(&document(), PASSWORD, 3, "SHA256", 32), standard(b"PK", PASSWORD)];
    let mut state = 23u64;
    for (file, rounds) in files.iter().zip([1_500, 6]) {
        (0..file.len()).step_by(811).for_each(|end| drop(code(&file[..end], Some(PASSWORD))));
        for _ in 0..rounds {
            let mut copy = file.clone();
            for _ in 0..5 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(state >> 33).expect("fits") % copy.len();
                copy[at] = state.to_le_bytes()[7];
            }
            // A changed number of rounds may be dear: what is tried here is the shape.
            let _ = take_out(&copy, PASSWORD, 10_000);
        }
    }
}
