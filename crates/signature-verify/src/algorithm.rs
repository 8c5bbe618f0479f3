//! Digests and signature checks. Old algorithms verify and are named as obsolete; unknown ones establish nothing.

use const_oid::ObjectIdentifier;
use cotejo_signature_format::oids;
use cotejo_signature_format::tlv::{BIT_STRING, Element, INTEGER, Malformed, Reader, SEQUENCE, context};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

/// Largest RSA modulus that is tried, in bits.
const MAX_RSA_BITS: usize = 8192;

/// Names a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// Returns the digest of this name.
    pub(crate) fn of(identifier: ObjectIdentifier) -> Option<Self> {
        Some(match identifier {
            oids::SHA1 => Self::Sha1,
            oids::SHA224 => Self::Sha224,
            oids::SHA256 => Self::Sha256,
            oids::SHA384 => Self::Sha384,
            oids::SHA512 => Self::Sha512,
            _ => return None,
        })
    }

    /// Reads an `AlgorithmIdentifier` that names a digest.
    pub(crate) fn read(element: &Element<'_>) -> Option<Self> {
        Self::of(element.inside().next().ok()?.oid().ok()?)
    }

    /// Computes the digest of `pieces`, one after the other.
    pub(crate) fn digest(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn run<D: sha2::Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut hasher = D::new();
            for piece in pieces {
                hasher.update(piece);
            }
            hasher.finalize().to_vec()
        }
        match self {
            Self::Sha1 => run::<Sha1>(pieces),
            Self::Sha224 => run::<Sha224>(pieces),
            Self::Sha256 => run::<Sha256>(pieces),
            Self::Sha384 => run::<Sha384>(pieces),
            Self::Sha512 => run::<Sha512>(pieces),
        }
    }

    /// Tells whether collisions can be made.
    pub(crate) fn is_obsolete(self) -> bool {
        self == Self::Sha1
    }
}

/// Tells how a check of a signature ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The signature is the key's.
    Holds(Hash),
    /// It is not.
    Fails,
    /// The algorithm or the key is of a kind that is not checked here.
    Unsupported,
}

#[derive(Clone, Copy, Debug)]
enum Scheme {
    Pkcs1(Hash),
    Pss(Hash, usize),
    Ecdsa(Hash),
}

/// Checks the signature `value` over `message`.
///
/// `algorithm` is the encoded identifier of the signature; where it names no digest, `digest` does.
pub(crate) fn check(
    public_key: &[u8],
    algorithm: &[u8],
    digest: Option<Hash>,
    message: &[u8],
    value: &[u8],
) -> Outcome {
    let Some(scheme) = scheme(algorithm, digest) else { return Outcome::Unsupported };
    let Ok(key) = Key::read(public_key) else { return Outcome::Unsupported };
    let (hash, holds) = match (scheme, key) {
        (Scheme::Pkcs1(hash), Key::Rsa(key)) => {
            let hashed = hash.digest(&[message]);
            let padding = match hash {
                Hash::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
                Hash::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
                Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
            };
            (hash, key.verify(padding, &hashed, value).is_ok())
        }
        (Scheme::Pss(hash, salt), Key::Rsa(key)) => {
            let hashed = hash.digest(&[message]);
            let padding = match hash {
                Hash::Sha1 => Pss::new_with_salt::<Sha1>(salt),
                Hash::Sha224 => Pss::new_with_salt::<Sha224>(salt),
                Hash::Sha256 => Pss::new_with_salt::<Sha256>(salt),
                Hash::Sha384 => Pss::new_with_salt::<Sha384>(salt),
                Hash::Sha512 => Pss::new_with_salt::<Sha512>(salt),
            };
            (hash, key.verify(padding, &hashed, value).is_ok())
        }
        (Scheme::Ecdsa(hash), Key::P256(key)) => {
            let signature = p256::ecdsa::Signature::from_der(value);
            let hashed = hash.digest(&[message]);
            (hash, signature.is_ok_and(|signature| key.verify_prehash(&hashed, &signature).is_ok()))
        }
        (Scheme::Ecdsa(hash), Key::P384(key)) => {
            let signature = p384::ecdsa::Signature::from_der(value);
            let hashed = hash.digest(&[message]);
            // The curve wants at least half its size of digest, and SHA-1 is below that.
            if hashed.len() < 24 {
                return Outcome::Unsupported;
            }
            (hash, signature.is_ok_and(|signature| key.verify_prehash(&hashed, &signature).is_ok()))
        }
        _ => return Outcome::Fails,
    };
    if holds { Outcome::Holds(hash) } else { Outcome::Fails }
}

fn scheme(algorithm: &[u8], digest: Option<Hash>) -> Option<Scheme> {
    let mut fields = Reader::new(algorithm).expect(SEQUENCE).ok()?.inside();
    Some(match fields.next().ok()?.oid().ok()? {
        oids::RSA => Scheme::Pkcs1(digest?),
        oids::RSA_SHA1 => Scheme::Pkcs1(Hash::Sha1),
        oids::RSA_SHA224 => Scheme::Pkcs1(Hash::Sha224),
        oids::RSA_SHA256 => Scheme::Pkcs1(Hash::Sha256),
        oids::RSA_SHA384 => Scheme::Pkcs1(Hash::Sha384),
        oids::RSA_SHA512 => Scheme::Pkcs1(Hash::Sha512),
        oids::RSA_PSS => return pss(fields),
        // Some writers name the key where the signature belongs.
        oids::EC_KEY => Scheme::Ecdsa(digest?),
        oids::ECDSA_SHA1 => Scheme::Ecdsa(Hash::Sha1),
        oids::ECDSA_SHA224 => Scheme::Ecdsa(Hash::Sha224),
        oids::ECDSA_SHA256 => Scheme::Ecdsa(Hash::Sha256),
        oids::ECDSA_SHA384 => Scheme::Ecdsa(Hash::Sha384),
        oids::ECDSA_SHA512 => Scheme::Ecdsa(Hash::Sha512),
        _ => return None,
    })
}

/// Reads the parameters of RSA-PSS (RFC 4055 §3.1); two different digests are not supported.
fn pss(mut fields: Reader<'_>) -> Option<Scheme> {
    let Some(SEQUENCE) = fields.peek() else { return Some(Scheme::Pss(Hash::Sha1, 20)) };
    let mut parameters = fields.next().ok()?.inside();
    let (mut hash, mut mask, mut salt) = (Hash::Sha1, Hash::Sha1, 20);
    if let Some(field) = parameters.optional(context(0)).ok()? {
        hash = Hash::read(&field.inside().next().ok()?)?;
    }
    if let Some(field) = parameters.optional(context(1)).ok()? {
        let mut generator = field.inside().expect(SEQUENCE).ok()?.inside();
        if generator.next().ok()?.oid().ok()? != oids::MGF1 {
            return None;
        }
        mask = Hash::read(&generator.next().ok()?)?;
    }
    if let Some(field) = parameters.optional(context(2)).ok()? {
        salt = usize::try_from(field.inside().expect(INTEGER).ok()?.small_integer().ok()?).ok()?;
    }
    (hash == mask && salt <= 512).then_some(Scheme::Pss(hash, salt))
}

enum Key {
    Rsa(RsaPublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
}

impl Key {
    fn read(encoding: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Reader::new(encoding).expect(SEQUENCE)?.inside();
        let mut algorithm = fields.expect(SEQUENCE)?.inside();
        let kind = algorithm.next()?.oid()?;
        let bits = fields.expect(BIT_STRING)?.bits()?;
        match kind {
            oids::RSA | oids::RSA_PSS => {
                let mut numbers = Reader::new(bits).expect(SEQUENCE)?.inside();
                let modulus = BigUint::from_bytes_be(numbers.expect(INTEGER)?.content);
                let exponent = BigUint::from_bytes_be(numbers.expect(INTEGER)?.content);
                RsaPublicKey::new_with_max_size(modulus, exponent, MAX_RSA_BITS)
                    .map(Self::Rsa)
                    .map_err(|_| Malformed)
            }
            oids::EC_KEY => match algorithm.next()?.oid()? {
                oids::P256 => {
                    p256::ecdsa::VerifyingKey::from_sec1_bytes(bits).map(Self::P256).map_err(|_| Malformed)
                }
                oids::P384 => {
                    p384::ecdsa::VerifyingKey::from_sec1_bytes(bits).map(Self::P384).map_err(|_| Malformed)
                }
                _ => Err(Malformed),
            },
            _ => Err(Malformed),
        }
    }
}
