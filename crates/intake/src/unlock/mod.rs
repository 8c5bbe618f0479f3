//! Takes Office documents out of their encryption (MS-OFFCRYPTO) with a password that a person gave.
//!
//! Since Office 2007 a locked document is a compound file with two streams: `EncryptionInfo` says how it was locked, `EncryptedPackage` is
//! the document itself, a ZIP. Two ways are opened: *agile* (Office 2010 and later, LibreOffice) and *standard* (Office 2007). The RC4 of
//! Word and Excel 97 works on the inside of their streams and is not opened: their readers say so. What was decrypted is a bidder's bytes as
//! any other, and goes through the same readers under the same limits.

mod agile;
mod hashing;
mod standard;

#[cfg(test)]
pub(crate) mod tests;

use crate::cfb::{CompoundFile, u16_at, u32_at};
use crate::finding::finding;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use cotejo_domain::{Finding, Severity};

/// What Excel locks a workbook with whose password only hinders changes (MS-XLSB 2.1.7.3): such a book opens for everybody.
const FOR_EVERYBODY: &str = "VelvetSweatshop";
/// Rounds of hashing that are done for a password that a person gave: the most that the format allows (MS-OFFCRYPTO 2.3.4.10).
const MOST_ROUNDS: u32 = 10_000_000;
/// Rounds that are done where nobody gave one.
const MOST_ROUNDS_UNASKED: u32 = 200_000;

/// Tells why a locked document stays closed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    /// Nobody gave a password.
    NoPassword,
    /// The password does not open it.
    WrongPassword,
    /// It was locked in a way that is not opened here.
    Unknown,
    /// To try one password would take longer than anybody waits.
    Costly,
    /// What says how it was locked, or the document, is damaged.
    Damaged,
}

/// Holds a document that was taken out.
#[derive(Debug)]
pub struct Opened {
    /// The document, a ZIP.
    pub document: Vec<u8>,
    /// What deserves a look.
    pub findings: Vec<Finding>,
}

/// Takes the document out of the locked `bytes`. `name` is used in messages.
///
/// # Errors
/// The finding that says why it stays closed, and what to do.
pub fn office(name: &str, bytes: &[u8], password: Option<&str>) -> Result<Opened, Finding> {
    let taken = match password {
        Some(password) => take_out(bytes, password, MOST_ROUNDS),
        None => take_out(bytes, FOR_EVERYBODY, MOST_ROUNDS_UNASKED).map_err(|closed| match closed {
            Closed::WrongPassword | Closed::Costly => Closed::NoPassword,
            other => other,
        }),
    };
    let values = [("archivo", name)];
    match taken {
        Ok((document, altered)) => {
            let finding = altered.then(|| finding("intake.altered_document", Severity::Warning, &values));
            Ok(Opened { document, findings: finding.into_iter().collect() })
        }
        Err(closed) => Err(finding(
            match closed {
                Closed::NoPassword => "intake.locked_document",
                Closed::WrongPassword => "intake.wrong_password",
                Closed::Unknown => "intake.unknown_encryption",
                Closed::Costly => "intake.costly_password",
                Closed::Damaged => "intake.damaged_encryption",
            },
            Severity::Error,
            &values,
        )),
    }
}

// The document, and whether it was altered after it was locked.
fn take_out(bytes: &[u8], password: &str, most_rounds: u32) -> Result<(Vec<u8>, bool), Closed> {
    let file = CompoundFile::open(bytes).ok_or(Closed::Damaged)?;
    let info = file.stream("EncryptionInfo").ok_or(Closed::Unknown)?;
    let package = file.stream("EncryptedPackage").ok_or(Closed::Damaged)?;
    let secret: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let secret = zeroize::Zeroizing::new(secret);
    match (u16_at(&info, 0), u16_at(&info, 2)) {
        (Some(4), Some(4)) => agile::take_out(&info, package, &secret, most_rounds),
        (Some(2..=4), Some(2)) => {
            standard::take_out(&info, package, &secret).map(|document| (document, false))
        }
        (Some(_), Some(_)) => Err(Closed::Unknown),
        _ => Err(Closed::Damaged),
    }
}

// The length that stands before the encrypted document, never more than there is.
fn length_of(package: &[u8]) -> Result<usize, Closed> {
    let (low, high) =
        (u32_at(package, 0).ok_or(Closed::Damaged)?, u32_at(package, 4).ok_or(Closed::Damaged)?);
    let length = u64::from(low) | u64::from(high) << 32;
    let there = package.len().saturating_sub(8);
    usize::try_from(length).ok().filter(|length| *length <= there).ok_or(Closed::Damaged)
}

/// AES with any length of key (FIPS 197).
pub(crate) enum Aes {
    /// 128 bits.
    Short(aes::Aes128),
    /// 192 bits.
    Middle(aes::Aes192),
    /// 256 bits.
    Long(aes::Aes256),
}

impl Aes {
    /// Makes the cipher ready; `None` for a key of another length.
    pub(crate) fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => aes::Aes128::new_from_slice(key).ok().map(Self::Short),
            24 => aes::Aes192::new_from_slice(key).ok().map(Self::Middle),
            32 => aes::Aes256::new_from_slice(key).ok().map(Self::Long),
            _ => None,
        }
    }

    /// Encrypts one block.
    pub(crate) fn encrypt(&self, block: [u8; 16]) -> [u8; 16] {
        let mut block = aes::Block::from(block);
        match self {
            Self::Short(cipher) => cipher.encrypt_block(&mut block),
            Self::Middle(cipher) => cipher.encrypt_block(&mut block),
            Self::Long(cipher) => cipher.encrypt_block(&mut block),
        }
        block.into()
    }

    /// Decrypts one block.
    pub(crate) fn decrypt(&self, block: [u8; 16]) -> [u8; 16] {
        let mut block = aes::Block::from(block);
        match self {
            Self::Short(cipher) => cipher.decrypt_block(&mut block),
            Self::Middle(cipher) => cipher.decrypt_block(&mut block),
            Self::Long(cipher) => cipher.decrypt_block(&mut block),
        }
        block.into()
    }

    /// Decrypts whole blocks in place, each by itself (ECB); a rest shorter than a block stays as it is.
    fn decrypt_each(&self, data: &mut [u8]) {
        for piece in data.as_chunks_mut::<16>().0 {
            *piece = self.decrypt(*piece);
        }
    }

    /// Decrypts whole blocks in place, chained (CBC); a rest shorter than a block stays as it is.
    fn decrypt_chained(&self, start: [u8; 16], data: &mut [u8]) {
        let mut before = start;
        for piece in data.as_chunks_mut::<16>().0 {
            let locked = *piece;
            *piece = self.decrypt(locked);
            piece.iter_mut().zip(before).for_each(|(byte, mask)| *byte ^= mask);
            before = locked;
        }
    }
}
