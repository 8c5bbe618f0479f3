//! Standard encryption of Office 2007 (MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9).

use super::hashing::Hashing;
use super::{Aes, Closed, length_of};
use crate::cfb::u32_at;
use zeroize::Zeroizing;

/// Rounds of hashing: the format has no other number.
const ROUNDS: u32 = 50_000;
const BLOCK: usize = 64;

/// Takes the document out of `package`.
pub(super) fn take_out(info: &[u8], mut package: Vec<u8>, secret: &[u8]) -> Result<Vec<u8>, Closed> {
    let number = |at: usize| u32_at(info, at).ok_or(Closed::Damaged);
    let header = number(8)? as usize;
    let (algorithm, hash, bits) = (number(20)?, number(24)?, number(28)?);
    // 0 leaves it to the flags, which say AES with SHA-1 in every document of this kind.
    let key_bytes = match (algorithm, bits) {
        (0x660e, _) | (0, 0 | 128) => 16,
        (0x660f, _) | (0, 192) => 24,
        (0x6610, _) | (0, 256) => 32,
        _ => return Err(Closed::Unknown),
    };
    if !matches!(hash, 0 | 0x8004) {
        return Err(Closed::Unknown);
    }
    let verifier = header.checked_add(12).and_then(|at| info.get(at..)).ok_or(Closed::Damaged)?;
    let salt_bytes = u32_at(verifier, 0).filter(|size| *size == 16).ok_or(Closed::Damaged)? as usize;
    let salt = verifier.get(4..4 + salt_bytes).ok_or(Closed::Damaged)?;
    let mut input = verifier.get(20..36).ok_or(Closed::Damaged)?.to_vec();
    let mut value = verifier.get(40..72).ok_or(Closed::Damaged)?.to_vec();
    let key = key(salt, secret, key_bytes);
    let cipher = Aes::new(&key).ok_or(Closed::Unknown)?;
    cipher.decrypt_each(&mut input);
    cipher.decrypt_each(&mut value);
    let expected = Hashing::Sha1.of(&[&input]);
    if value.get(..expected.len()) != Some(&expected[..]) {
        return Err(Closed::WrongPassword);
    }
    let length = length_of(&package)?;
    package.drain(..8);
    cipher.decrypt_each(&mut package);
    package.truncate(length);
    Ok(package)
}

// 2.3.4.7: as CryptDeriveKey makes a key of a hash.
fn key(salt: &[u8], secret: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let start = Hashing::Sha1.of(&[salt, secret]);
    let spun = Zeroizing::new(Hashing::Sha1.rounds(start, ROUNDS));
    let last = Zeroizing::new(Hashing::Sha1.of(&[&spun, &0u32.to_le_bytes()]));
    let half = |filler: u8| {
        let mut block = Zeroizing::new([filler; BLOCK]);
        block.iter_mut().zip(last.iter()).for_each(|(byte, mask)| *byte ^= mask);
        Hashing::Sha1.of(&[&block[..]])
    };
    let mut key = Zeroizing::new(half(0x36));
    key.extend(half(0x5c));
    key.truncate(length);
    key
}
