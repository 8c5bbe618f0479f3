//! The hashes by which Office makes keys of passwords.

use hmac::{Mac, SimpleHmac};
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha384, Sha512};

/// Names a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hashing {
    /// SHA-1, of Office 2007.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512, of Office 2013 and later.
    Sha512,
}

impl Hashing {
    /// Finds a hash by the name that `EncryptionInfo` gives it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" | "SHA-256" => Self::Sha256,
            "SHA384" | "SHA-384" => Self::Sha384,
            "SHA512" | "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    /// Hashes the parts one after the other.
    pub(crate) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha1 => hash::<Sha1>(parts),
            Self::Sha256 => hash::<Sha256>(parts),
            Self::Sha384 => hash::<Sha384>(parts),
            Self::Sha512 => hash::<Sha512>(parts),
        }
    }

    /// Hashes `start` so many times with the number of the round before it.
    pub(crate) fn rounds(self, start: Vec<u8>, rounds: u32) -> Vec<u8> {
        match self {
            Self::Sha1 => spin::<Sha1>(start, rounds),
            Self::Sha256 => spin::<Sha256>(start, rounds),
            Self::Sha384 => spin::<Sha384>(start, rounds),
            Self::Sha512 => spin::<Sha512>(start, rounds),
        }
    }

    /// Tells whether `tag` is the HMAC (RFC 2104) of the parts under `key`.
    pub(crate) fn vouches(self, key: &[u8], parts: &[&[u8]], tag: &[u8]) -> bool {
        let hmac = match self {
            Self::Sha1 => keyed::<SimpleHmac<Sha1>>(key, parts),
            Self::Sha256 => keyed::<SimpleHmac<Sha256>>(key, parts),
            Self::Sha384 => keyed::<SimpleHmac<Sha384>>(key, parts),
            Self::Sha512 => keyed::<SimpleHmac<Sha512>>(key, parts),
        };
        hmac.is_some_and(|hmac| hmac == tag)
    }
}

fn hash<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
    let mut digest = D::new();
    parts.iter().for_each(|part| digest.update(part));
    digest.finalize().to_vec()
}

fn spin<D: Digest>(start: Vec<u8>, rounds: u32) -> Vec<u8> {
    let mut value = start;
    for round in 0..rounds {
        let mut digest = D::new();
        digest.update(round.to_le_bytes());
        digest.update(&value);
        value.clear();
        value.extend_from_slice(&digest.finalize());
    }
    value
}

fn keyed<M: Mac + hmac::digest::KeyInit>(key: &[u8], parts: &[&[u8]]) -> Option<Vec<u8>> {
    let mut hmac = <M as Mac>::new_from_slice(key).ok()?;
    parts.iter().for_each(|part| hmac.update(part));
    Some(hmac.finalize().into_bytes().to_vec())
}
