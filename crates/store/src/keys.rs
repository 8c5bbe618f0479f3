//! Keys: one random key a case, wrapped by the profile's key; every use has a key of its own derived from it.

use crate::StoreError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Holds 32 secret bytes that are wiped when dropped.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        <[u8; 32]>::try_from(bytes).ok().map(Self::new)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Derives the key of one purpose (HMAC-SHA-256 as a pseudo-random function).
    pub(crate) fn derive(&self, purpose: &str) -> Self {
        Self::new(self.keyed_hash(purpose.as_bytes()))
    }

    /// Computes a name that tells nothing about `content` without the key.
    pub(crate) fn keyed_hash(&self, content: &[u8]) -> [u8; 32] {
        // HMAC takes keys of any length; the fallback is never reached.
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(self.0.as_slice()) else { return [0; 32] };
        mac.update(content);
        mac.finalize().into_bytes().into()
    }

    /// Writes the SQLCipher pragma value of a raw key.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(self.0.as_slice()));
        Zeroizing::new(format!("\"x'{}'\"", digits.as_str()))
    }

    /// Encrypts with XChaCha20-Poly1305; `bound` is authenticated with it. The nonce stands first.
    pub(crate) fn seal(&self, nonce: [u8; NONCE], bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        let sealed = cipher
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: plain, aad: bound })
            .map_err(|_| StoreError::WrongKey { what: String::from_utf8_lossy(bound).into_owned() })?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`Key::seal`] wrote.
    pub(crate) fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let wrong = || StoreError::WrongKey { what: String::from_utf8_lossy(bound).into_owned() };
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(wrong)?;
        let cipher = XChaCha20Poly1305::new(self.bytes().into());
        cipher
            .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: bound })
            .map(Zeroizing::new)
            .map_err(|_| wrong())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_its_binding() {
        let key = Key::new([7; 32]);
        let sealed = key.seal([1; NONCE], b"uno", b"hola").expect("seals");
        assert_eq!(key.open(b"uno", &sealed).expect("opens").as_slice(), b"hola");
        assert!(key.open(b"dos", &sealed).is_err(), "a ciphertext moved to another name does not open");
        assert!(Key::new([8; 32]).open(b"uno", &sealed).is_err(), "nor with another key");
        let mut bent = sealed.clone();
        bent[NONCE] ^= 1;
        assert!(key.open(b"uno", &bent).is_err(), "nor with one bit changed");
        assert!(key.open(b"uno", &sealed[..10]).is_err(), "nor cut short");
        assert_ne!(key.derive("a").bytes(), key.derive("b").bytes(), "purposes have keys of their own");
    }
}
