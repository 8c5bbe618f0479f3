//! Agile encryption (MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15).

use super::hashing::Hashing;
use super::{Aes, Closed, length_of};
use crate::odf::attribute;
use crate::xml_steps::{Step, walk};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::BytesStart;
use zeroize::Zeroizing;

/// Bytes of the document that are locked at once.
const SEGMENT: usize = 4096;
/// Longest `EncryptionInfo` that is looked at.
const LONGEST: usize = 1024 * 1024;

// What is mixed into the hash of the password for each thing that it locks (2.3.4.11, 2.3.4.14).
const VERIFIER_INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const VERIFIER_VALUE: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const KEY_VALUE: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];
const INTEGRITY_KEY: [u8; 8] = [0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6];
const INTEGRITY_VALUE: [u8; 8] = [0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33];

/// Says how something was locked.
struct Lock {
    hashing: Hashing,
    hash_bytes: usize,
    key_bytes: usize,
    salt: Vec<u8>,
}

#[derive(Default)]
struct Described {
    data: Option<Result<Lock, Closed>>,
    password: Option<Result<Lock, Closed>>,
    rounds: u32,
    verifier_input: Vec<u8>,
    verifier_value: Vec<u8>,
    key_value: Vec<u8>,
    integrity: Option<(Vec<u8>, Vec<u8>)>,
}

/// Takes the document out of `package`; true with it when its integrity does not hold.
pub(super) fn take_out(
    info: &[u8],
    mut package: Vec<u8>,
    secret: &[u8],
    most_rounds: u32,
) -> Result<(Vec<u8>, bool), Closed> {
    let xml = info.get(8..).filter(|xml| xml.len() <= LONGEST).ok_or(Closed::Damaged)?;
    let described = described(&String::from_utf8_lossy(xml))?;
    let password = described.password.ok_or(Closed::Unknown)??;
    let data = described.data.ok_or(Closed::Damaged)??;
    if described.rounds > most_rounds {
        return Err(Closed::Costly);
    }
    let hashing = password.hashing;
    let start = hashing.of(&[&password.salt, secret]);
    let spun = Zeroizing::new(hashing.rounds(start, described.rounds));
    let unlocked = |block: &[u8], locked: &[u8]| -> Result<Zeroizing<Vec<u8>>, Closed> {
        let key = Zeroizing::new(fitted(hashing.of(&[&spun, block]), password.key_bytes));
        decrypted(&key, &password.salt, locked)
    };
    let input = unlocked(&VERIFIER_INPUT, &described.verifier_input)?;
    let value = unlocked(&VERIFIER_VALUE, &described.verifier_value)?;
    let input = input.get(..password.salt.len()).ok_or(Closed::Damaged)?;
    let expected = hashing.of(&[input]);
    if value.get(..expected.len().min(password.hash_bytes)) != expected.get(..password.hash_bytes) {
        return Err(Closed::WrongPassword);
    }
    let key = unlocked(&KEY_VALUE, &described.key_value)?;
    let key = key.get(..data.key_bytes).ok_or(Closed::Damaged)?;
    let altered = !described.integrity.is_none_or(|integrity| holds(&data, key, &integrity, &package));
    let length = length_of(&package)?;
    let cipher = Aes::new(key).ok_or(Closed::Unknown)?;
    let body = package.get_mut(8..).ok_or(Closed::Damaged)?;
    for (number, segment) in body.chunks_mut(SEGMENT).enumerate() {
        let number = u32::try_from(number).map_err(|_| Closed::Damaged)?;
        let start = data.hashing.of(&[&data.salt, &number.to_le_bytes()]);
        cipher.decrypt_chained(first_block(start), segment);
    }
    package.drain(..8);
    package.truncate(length);
    Ok((package, altered))
}

// Whether the document is the one that was locked (2.3.4.14).
fn holds(data: &Lock, key: &[u8], integrity: &(Vec<u8>, Vec<u8>), package: &[u8]) -> bool {
    let opened =
        |block: &[u8], locked: &[u8]| decrypted(key, &data.hashing.of(&[&data.salt, block]), locked).ok();
    let tag_key = opened(&INTEGRITY_KEY, &integrity.0);
    let tag = opened(&INTEGRITY_VALUE, &integrity.1);
    let (Some(tag_key), Some(tag)) = (tag_key, tag) else { return false };
    let cut = |bytes: &[u8]| bytes.get(..data.hash_bytes).map(<[u8]>::to_vec);
    match (cut(&tag_key), cut(&tag)) {
        (Some(tag_key), Some(tag)) => data.hashing.vouches(&tag_key, &[package], &tag),
        _ => false,
    }
}

fn decrypted(key: &[u8], start: &[u8], locked: &[u8]) -> Result<Zeroizing<Vec<u8>>, Closed> {
    let cipher = Aes::new(key).ok_or(Closed::Unknown)?;
    let mut open = Zeroizing::new(locked.to_vec());
    cipher.decrypt_chained(first_block(start.to_vec()), &mut open);
    Ok(open)
}

// A value cut to a length, or filled up to it as the format says (2.3.4.11).
fn fitted(mut value: Vec<u8>, length: usize) -> Vec<u8> {
    value.resize(length, 0x36);
    value
}

fn first_block(value: Vec<u8>) -> [u8; 16] {
    let mut block = [0; 16];
    block.copy_from_slice(&fitted(value, 16));
    block
}

fn described(xml: &str) -> Result<Described, Closed> {
    let mut described = Described::default();
    let walked = walk(xml, &mut |step| {
        let Step::Start(start) = step else { return };
        match start.local_name().as_ref() {
            "keyData" if described.data.is_none() => described.data = Some(lock(start)),
            "dataIntegrity" => {
                described.integrity =
                    Some((encoded(start, "encryptedHmacKey"), encoded(start, "encryptedHmacValue")));
            }
            // Certificates may open it too; a person here has a password.
            "encryptedKey" if described.password.is_none() && attribute(start, "spinCount").is_some() => {
                described.password = Some(lock(start));
                let rounds = attribute(start, "spinCount").and_then(|rounds| rounds.parse().ok());
                described.rounds = rounds.unwrap_or(u32::MAX);
                described.verifier_input = encoded(start, "encryptedVerifierHashInput");
                described.verifier_value = encoded(start, "encryptedVerifierHashValue");
                described.key_value = encoded(start, "encryptedKeyValue");
            }
            _ => {}
        }
    });
    walked.map_err(|_| Closed::Damaged)?;
    Ok(described)
}

fn lock(start: &BytesStart<'_>) -> Result<Lock, Closed> {
    let number = |key: &str| attribute(start, key).and_then(|value| value.trim().parse::<usize>().ok());
    let named = |key: &str| attribute(start, key).unwrap_or_default();
    if named("cipherAlgorithm") != "AES" || named("cipherChaining") != "ChainingModeCBC" {
        return Err(Closed::Unknown);
    }
    let hashing = Hashing::named(&named("hashAlgorithm")).ok_or(Closed::Unknown)?;
    let hash_bytes = number("hashSize").filter(|size| *size <= 64).ok_or(Closed::Damaged)?;
    let key_bits = number("keyBits").filter(|bits| matches!(bits, 128 | 192 | 256)).ok_or(Closed::Unknown)?;
    let salt = encoded(start, "saltValue");
    if salt.is_empty() || hash_bytes == 0 || hash_bytes > hashing.of(&[]).len() {
        return Err(Closed::Damaged);
    }
    Ok(Lock { hashing, hash_bytes, key_bytes: key_bits / 8, salt })
}

fn encoded(start: &BytesStart<'_>, key: &str) -> Vec<u8> {
    attribute(start, key).and_then(|text| STANDARD.decode(text.trim()).ok()).unwrap_or_default()
}
