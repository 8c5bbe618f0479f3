//! Private keys: read from PKCS#8, used through ring, wiped on drop.

use crate::error::{KeystoreError, SigningError};
use const_oid::ObjectIdentifier;
use cotejo_signature_format::tlv::{
    BIT_STRING, INTEGER, Malformed, NULL, OCTET_STRING, Reader, SEQUENCE, algorithm,
};
use cotejo_signature_format::{Certificate, oids};
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, RsaKeyPair};
use zeroize::Zeroizing;

/// Names the digest of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Digest {
    /// Returns the digest of `pieces`, one after the other.
    pub(crate) fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        let kind = match self {
            Self::Sha256 => &ring::digest::SHA256,
            Self::Sha384 => &ring::digest::SHA384,
            Self::Sha512 => &ring::digest::SHA512,
        };
        let mut context = ring::digest::Context::new(kind);
        for piece in pieces {
            context.update(piece);
        }
        context.finish().as_ref().to_vec()
    }

    pub(crate) fn identifier(self) -> ObjectIdentifier {
        match self {
            Self::Sha256 => oids::SHA256,
            Self::Sha384 => oids::SHA384,
            Self::Sha512 => oids::SHA512,
        }
    }
}

/// Names the kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    Rsa,
    P256,
    P384,
}

/// Holds a private key. Its encoding is wiped on drop; the copies that ring makes while signing live for that call only.
pub(crate) struct PrivateKey {
    kind: KeyKind,
    pkcs8: Zeroizing<Vec<u8>>,
}

impl PrivateKey {
    /// Reads a PKCS#8 key and tells its kind.
    pub(crate) fn read(pkcs8: &[u8]) -> Result<Self, KeystoreError> {
        let kind = kind_of(pkcs8)
            .map_err(|_| KeystoreError::Unreadable { detail: "PKCS#8".into() })?
            .map_err(|identifier| KeystoreError::Unsupported { detail: identifier.to_string() })?;
        Ok(Self { kind, pkcs8: Zeroizing::new(pkcs8.to_vec()) })
    }

    /// Returns the digest that is used unless the person asks for another.
    pub(crate) fn usual_digest(&self) -> Digest {
        match self.kind {
            KeyKind::Rsa | KeyKind::P256 => Digest::Sha256,
            KeyKind::P384 => Digest::Sha384,
        }
    }

    /// Returns the digest that will be used when `wanted` is asked for: ring ties the digest of ECDSA to the curve.
    pub(crate) fn digest(&self, wanted: Option<Digest>) -> Digest {
        match self.kind {
            KeyKind::Rsa => wanted.unwrap_or_else(|| self.usual_digest()),
            KeyKind::P256 | KeyKind::P384 => self.usual_digest(),
        }
    }

    /// Tells whether it is the key of `certificate`.
    pub(crate) fn belongs_to(&self, certificate: &Certificate) -> bool {
        let Ok(public) = public_key(certificate) else { return false };
        match self.kind {
            KeyKind::Rsa => {
                RsaKeyPair::from_pkcs8(&self.pkcs8).is_ok_and(|pair| pair.public().as_ref() == public)
            }
            // ring checks that the two halves belong together.
            KeyKind::P256 | KeyKind::P384 => self.pair(&public).is_ok(),
        }
    }

    /// Returns why ring refuses the key, if it does.
    pub(crate) fn refusal(&self) -> Option<String> {
        match self.kind {
            KeyKind::Rsa => RsaKeyPair::from_pkcs8(&self.pkcs8).err().map(|error| error.to_string()),
            KeyKind::P256 | KeyKind::P384 => None,
        }
    }

    fn pair(&self, public: &[u8]) -> Result<EcdsaKeyPair, String> {
        let scalar = scalar(&self.pkcs8).map_err(|error| error.to_string())?;
        let kind = match self.kind {
            KeyKind::P384 => &signature::ECDSA_P384_SHA384_ASN1_SIGNING,
            KeyKind::P256 | KeyKind::Rsa => &signature::ECDSA_P256_SHA256_ASN1_SIGNING,
        };
        EcdsaKeyPair::from_private_key_and_public_key(kind, &scalar, public, &SystemRandom::new())
            .map_err(|error| error.to_string())
    }

    /// Returns the encoded algorithm of the signature.
    pub(crate) fn algorithm(&self, digest: Digest) -> Vec<u8> {
        match self.kind {
            KeyKind::Rsa => match digest {
                Digest::Sha256 => algorithm(oids::RSA_SHA256, true),
                Digest::Sha384 => algorithm(oids::RSA_SHA384, true),
                Digest::Sha512 => algorithm(oids::RSA_SHA512, true),
            },
            KeyKind::P256 => algorithm(oids::ECDSA_SHA256, false),
            KeyKind::P384 => algorithm(oids::ECDSA_SHA384, false),
        }
    }

    /// Signs `message`.
    pub(crate) fn sign(
        &self,
        certificate: &Certificate,
        digest: Digest,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningError> {
        let refused = |detail: String| SigningError::Key { detail };
        let random = SystemRandom::new();
        match self.kind {
            KeyKind::Rsa => {
                let pair = RsaKeyPair::from_pkcs8(&self.pkcs8).map_err(|error| refused(error.to_string()))?;
                let padding: &'static dyn signature::RsaEncoding = match digest {
                    Digest::Sha256 => &signature::RSA_PKCS1_SHA256,
                    Digest::Sha384 => &signature::RSA_PKCS1_SHA384,
                    Digest::Sha512 => &signature::RSA_PKCS1_SHA512,
                };
                let mut value = vec![0; pair.public().modulus_len()];
                pair.sign(padding, &random, message, &mut value)
                    .map_err(|error| refused(error.to_string()))?;
                Ok(value)
            }
            KeyKind::P256 | KeyKind::P384 => {
                let public = public_key(certificate).map_err(|error| refused(error.to_string()))?;
                let pair = self.pair(&public).map_err(refused)?;
                Ok(pair.sign(&random, message).map_err(|error| refused(error.to_string()))?.as_ref().to_vec())
            }
        }
    }
}

/// Tells the kind of a PKCS#8 key, or the identifier of a kind that is not supported.
fn kind_of(pkcs8: &[u8]) -> Result<Result<KeyKind, ObjectIdentifier>, Malformed> {
    let mut fields = Reader::new(pkcs8).expect(SEQUENCE)?.inside();
    fields.expect(INTEGER)?;
    let mut algorithm = fields.expect(SEQUENCE)?.inside();
    let identifier = algorithm.next()?.oid()?;
    if identifier == oids::RSA {
        return Ok(Ok(KeyKind::Rsa));
    }
    if identifier != oids::EC_KEY {
        return Ok(Err(identifier));
    }
    let curve = algorithm.next()?.oid()?;
    Ok(match curve {
        oids::P256 => Ok(KeyKind::P256),
        oids::P384 => Ok(KeyKind::P384),
        other => Err(other),
    })
}

/// Returns the private number of an elliptic curve key (RFC 5915).
fn scalar(pkcs8: &[u8]) -> Result<Zeroizing<Vec<u8>>, Malformed> {
    let mut fields = Reader::new(pkcs8).expect(SEQUENCE)?.inside();
    fields.expect(INTEGER)?;
    fields.expect(SEQUENCE)?;
    let key = fields.expect(OCTET_STRING)?;
    let mut parts = key.inside().expect(SEQUENCE)?.inside();
    parts.expect(INTEGER)?;
    Ok(Zeroizing::new(parts.expect(OCTET_STRING)?.content.to_vec()))
}

/// Returns the public key of a certificate as ring writes it: the point, or `RSAPublicKey` in DER.
fn public_key(certificate: &Certificate) -> Result<Vec<u8>, Malformed> {
    let mut fields = Reader::new(&certificate.public_key).expect(SEQUENCE)?.inside();
    let mut algorithm = fields.expect(SEQUENCE)?.inside();
    algorithm.next()?;
    algorithm.optional(NULL)?;
    Ok(fields.expect(BIT_STRING)?.bits()?.to_vec())
}
