//! Entries of a ZIP that are locked with AES, as WinZip published it (AE-1 and AE-2, "AES Encryption Information").
//!
//! The salt and two bytes that tell a wrong password stand before the body, ten bytes of an HMAC behind it. What is taken out is believed
//! only once that HMAC holds; the sum of the ZIP itself is not looked at, since AE-2 has none.

use crate::cfb::u16_at;
use crate::source::{ByteSource, take};
use crate::unlock::Aes;
use hmac::{Hmac, Mac};
use sha1::Sha1;
use std::io::{Cursor, Read};
use zeroize::Zeroizing;

/// Rounds of PBKDF2: the format has no other number.
const ROUNDS: u32 = 1_000;
const VERIFIER: usize = 2;
const TAG: usize = 10;
/// Identifier of the extra field.
const FIELD: u16 = 0x9901;

/// Holds what the directory says of a locked entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Locked {
    key_bytes: usize,
    method: u16,
    start: u64,
    packed: u64,
    unpacked: u64,
}

impl Locked {
    /// Finds how an entry is locked; `None` when it is not with AES. `header` and `directory` are where its two headers stand.
    pub(super) fn find(
        source: &dyn ByteSource,
        header: u64,
        directory: u64,
        packed: u64,
        unpacked: u64,
    ) -> Option<Self> {
        let fixed = take(source, directory, 46).ok()?;
        let (name, extra) = (u16_at(&fixed, 28)?, u16_at(&fixed, 30)?);
        let fields = take(source, directory + 46 + u64::from(name), extra.into()).ok()?;
        let field = field(&fields)?;
        let key_bytes = match field.get(4)? {
            1 => 16,
            2 => 24,
            3 => 32,
            _ => return None,
        };
        let method = u16_at(field, 5)?;
        let local = take(source, header, 30).ok()?;
        let before = u64::from(u16_at(&local, 26)?) + u64::from(u16_at(&local, 28)?);
        Some(Self { key_bytes, method, start: header + 30 + before, packed, unpacked })
    }

    /// Opens the entry for reading with `password`; `None` when it is another one, or the entry is too short.
    pub(super) fn open<R: Read>(&self, mut body: R, password: &[u8]) -> Option<Opened<R>> {
        let salt_bytes = self.key_bytes / 2;
        let ends = u64::try_from(salt_bytes + VERIFIER + TAG).ok()?;
        let left = self.packed.checked_sub(ends)?;
        let mut head = vec![0; salt_bytes + VERIFIER];
        body.read_exact(&mut head).ok()?;
        let (salt, verifier) = head.split_at_checked(salt_bytes)?;
        let keys = keys(password, salt, 2 * self.key_bytes + VERIFIER)?;
        let (of_body, rest) = keys.split_at_checked(self.key_bytes)?;
        let (of_tag, expected) = rest.split_at_checked(self.key_bytes)?;
        if expected != verifier {
            return None;
        }
        let hmac = <Hmac<Sha1> as Mac>::new_from_slice(of_tag).ok()?;
        Some(Opened { body, left, cipher: Aes::new(of_body)?, number: 0, mask: [0; 16], used: 16, hmac })
    }

    /// Returns where its body begins in the package.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// Returns the head of a plain entry with the same content, by which the usual reader of packages unpacks it. `None` for sizes that
    /// such a head cannot hold.
    pub(super) fn plain_head(&self) -> Option<Cursor<Vec<u8>>> {
        let ends = u64::try_from(self.key_bytes / 2 + VERIFIER + TAG).ok()?;
        let packed = u32::try_from(self.packed.checked_sub(ends)?).ok()?;
        let unpacked = u32::try_from(self.unpacked).ok()?;
        let mut head = b"PK\x03\x04".to_vec();
        for number in [20, 0, self.method, 0, 0x21] {
            head.extend_from_slice(&u16::to_le_bytes(number));
        }
        for number in [0, packed, unpacked] {
            head.extend_from_slice(&u32::to_le_bytes(number));
        }
        head.extend_from_slice(&[1, 0, 0, 0, b'x']);
        Some(Cursor::new(head))
    }
}

// The content of the extra field, among the others.
fn field(mut fields: &[u8]) -> Option<&[u8]> {
    loop {
        let (identifier, length) = (u16_at(fields, 0)?, u16_at(fields, 2)?);
        let (content, rest) = fields.get(4..)?.split_at_checked(length.into())?;
        if identifier == FIELD && content.get(2..4) == Some(b"AE") {
            return Some(content);
        }
        fields = rest;
    }
}

// PBKDF2 (RFC 8018) with HMAC-SHA1.
fn keys(password: &[u8], salt: &[u8], length: usize) -> Option<Zeroizing<Vec<u8>>> {
    let keyed = <Hmac<Sha1> as Mac>::new_from_slice(password).ok()?;
    let mut keys = Zeroizing::new(Vec::with_capacity(length + 20));
    let mut block = 1u32;
    while keys.len() < length {
        let mut hmac = keyed.clone();
        hmac.update(salt);
        hmac.update(&block.to_be_bytes());
        let mut round = hmac.finalize().into_bytes();
        let mut sum = round;
        for _ in 1..ROUNDS {
            let mut hmac = keyed.clone();
            hmac.update(&round);
            round = hmac.finalize().into_bytes();
            sum.iter_mut().zip(&round).for_each(|(byte, other)| *byte ^= other);
        }
        keys.extend_from_slice(&sum);
        block += 1;
    }
    keys.truncate(length);
    Some(keys)
}

/// Reads a locked entry.
pub(super) struct Opened<R> {
    body: R,
    left: u64,
    cipher: Aes,
    number: u128,
    mask: [u8; 16],
    used: usize,
    hmac: Hmac<Sha1>,
}

impl<R: Read> Opened<R> {
    /// Reads what is left and tells whether the entry is what was locked.
    pub(super) fn holds(mut self) -> bool {
        let mut tag = [0; TAG];
        let whole = std::io::copy(&mut self, &mut std::io::sink()).is_ok() && self.left == 0;
        let there = whole && self.body.read_exact(&mut tag).is_ok();
        there && self.hmac.finalize().into_bytes().get(..TAG) == Some(&tag[..])
    }
}

impl<R: Read> Read for Opened<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let Some(room) = buffer.get_mut(..most) else { return Ok(0) };
        let count = self.body.read(room)?;
        self.left = self.left.saturating_sub(count as u64);
        let Some(bytes) = room.get_mut(..count) else { return Ok(0) };
        self.hmac.update(bytes);
        for byte in bytes {
            if self.used == self.mask.len() {
                // The counter begins with 1 and is written from its lowest byte on.
                self.number += 1;
                self.mask = self.cipher.encrypt(self.number.to_le_bytes());
                self.used = 0;
            }
            *byte ^= self.mask.get(self.used).copied().unwrap_or_default();
            self.used += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Writes a package of one entry that is locked with AES of 256 bits.
    pub(in crate::package) fn locked(name: &str, content: &[u8], password: &[u8]) -> Vec<u8> {
        let salt = [6; 16];
        let keys = keys(password, &salt, 66).expect("keys");
        let cipher = Aes::new(&keys[..32]).expect("a cipher");
        let mut body = content.to_vec();
        for (number, piece) in body.chunks_mut(16).enumerate() {
            let mask = cipher.encrypt((number as u128 + 1).to_le_bytes());
            piece.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
        }
        let mut hmac = <Hmac<Sha1> as Mac>::new_from_slice(&keys[32..64]).expect("any key");
        hmac.update(&body);
        let tag = hmac.finalize().into_bytes();
        let body = [&salt[..], &keys[64..], &body, &tag[..10]].concat();
        let extra = [0x01, 0x99, 7, 0, 2, 0, b'A', b'E', 3, 0, 0];
        let sizes = |out: &mut Vec<u8>| {
            out.extend_from_slice(&[51, 0, 1, 0, 99, 0, 0, 0, 0x21, 0, 0, 0, 0, 0]);
            out.extend_from_slice(&u32::try_from(body.len()).expect("small").to_le_bytes());
            out.extend_from_slice(&u32::try_from(content.len()).expect("small").to_le_bytes());
            out.extend_from_slice(&[u8::try_from(name.len()).expect("short"), 0, 11, 0]);
        };
        let mut bytes = b"PK\x03\x04".to_vec();
        sizes(&mut bytes);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&extra);
        bytes.extend_from_slice(&body);
        let directory = u32::try_from(bytes.len()).expect("small");
        bytes.extend_from_slice(b"PK\x01\x02\x33\0");
        sizes(&mut bytes);
        bytes.extend_from_slice(&[0; 14]);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(&extra);
        let length = u32::try_from(bytes.len()).expect("small") - directory;
        bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&directory.to_le_bytes());
        bytes.extend_from_slice(&[0, 0]);
        bytes
    }

    #[test]
    fn keys_are_those_of_the_standard() {
        // RFC 6070 has no vector of 1,000 rounds; this one is of Python's hashlib.
        let keys = keys(b"password", b"salt", 20).expect("keys");
        assert_eq!(hex::encode(&keys[..]), "6e88be8bad7eae9d9e10aa061224034fed48d03f");
    }

    #[test]
    fn extra_fields_that_lie_about_their_length_are_left() {
        assert_eq!(field(&[0x01, 0x99, 200, 0, 2, 0]), None);
        assert_eq!(field(&[1, 0, 0, 0, 0x01, 0x99, 4, 0, 2, 0, b'A', b'E']), Some(&[2, 0, b'A', b'E'][..]));
    }
}
