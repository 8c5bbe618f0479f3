//! Answers about one certificate (OCSP, RFC 6960): what they say and who signed them.

use crate::algorithm::{Hash, Outcome, check};
use cotejo_signature_format::name::Name;
use cotejo_signature_format::tlv::{
    BIT_STRING, Element, GENERALIZED_TIME, INTEGER, Malformed, OCTET_STRING, Reader, SEQUENCE, context,
};
use cotejo_signature_format::{Certificate, oids};

/// `ENUMERATED`.
const ENUMERATED: u8 = 0x0A;
/// Tag of the status *revoked*, which gives the moment.
const REVOKED: u8 = context(1);
/// Tag of the status *good*.
const GOOD: u8 = 0x80;

/// What an answer says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Good,
    Revoked(jiff::Timestamp),
}

/// One signed answer, which may speak of several certificates.
#[derive(Clone, Debug)]
pub struct RevocationAnswer {
    tbs: Vec<u8>,
    algorithm: Vec<u8>,
    signature: Vec<u8>,
    responder: Responder,
    /// Certificates that came with it.
    certificates: Vec<Certificate>,
    singles: Vec<Single>,
}

#[derive(Clone, Debug)]
enum Responder {
    Named(Name),
    /// SHA-1 of the key.
    Key(Vec<u8>),
}

#[derive(Clone, Debug)]
struct Single {
    hash: Option<Hash>,
    issuer_name: Vec<u8>,
    issuer_key: Vec<u8>,
    serial: Vec<u8>,
    /// `None` when the responder does not know the certificate.
    said: Option<Said>,
    issued: jiff::Timestamp,
    next: Option<jiff::Timestamp>,
}

impl RevocationAnswer {
    /// Reads an `OCSPResponse` that answers, or the `BasicOCSPResponse` inside one.
    ///
    /// # Errors
    /// When it is none, or says only that there is no answer.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Reader::new(bytes).expect(SEQUENCE)?.inside();
        if fields.peek() != Some(ENUMERATED) {
            return Self::basic(bytes);
        }
        if fields.next()?.content != [0] {
            return Err(Malformed);
        }
        let mut inner = fields.expect(context(0))?.inside().expect(SEQUENCE)?.inside();
        if inner.next()?.oid()? != oids::OCSP_BASIC {
            return Err(Malformed);
        }
        Self::basic(inner.expect(OCTET_STRING)?.content)
    }

    fn basic(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut parts = Reader::new(bytes).expect(SEQUENCE)?.inside();
        let tbs = parts.expect(SEQUENCE)?;
        let algorithm = parts.expect(SEQUENCE)?;
        let signature = parts.expect(BIT_STRING)?.bits()?;
        let mut certificates = Vec::new();
        if let Some(wrapper) = parts.optional(context(0))? {
            for element in wrapper.inside().expect(SEQUENCE)?.inside().all()? {
                certificates.extend(Certificate::read(element.raw));
            }
        }
        let mut fields = tbs.inside();
        fields.optional(context(0))?;
        let identifier = fields.next()?;
        let responder = match identifier.tag {
            0xA1 => Responder::Named(Name::read(identifier.content)?),
            0xA2 => Responder::Key(identifier.inside().expect(OCTET_STRING)?.content.to_vec()),
            _ => return Err(Malformed),
        };
        fields.expect(GENERALIZED_TIME)?;
        let singles = fields.expect(SEQUENCE)?.inside().all()?;
        Ok(Self {
            tbs: tbs.raw.to_vec(),
            algorithm: algorithm.raw.to_vec(),
            signature: signature.to_vec(),
            responder,
            certificates,
            singles: singles.iter().map(|single| Single::read(single.inside())).collect::<Result<_, _>>()?,
        })
    }

    /// Returns what it says of a certificate at `moment`, and of when that is; `None` when it says nothing or may not be believed.
    pub(super) fn says(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        moment: jiff::Timestamp,
    ) -> Option<(Said, jiff::Timestamp)> {
        let key = key_bits(&issuer.public_key)?;
        let single = self.singles.iter().find(|single| {
            let speaks = single.issued > moment || single.next.is_none_or(|next| moment <= next);
            single.serial == certificate.serial
                && speaks
                && single.hash.is_some_and(|hash| {
                    hash.digest(&[&certificate.issuer_encoding]) == single.issuer_name
                        && hash.digest(&[key]) == single.issuer_key
                })
        })?;
        let said = single.said?;
        self.is_believed(issuer, single.issued).then_some((said, single.issued))
    }

    /// Tells whether the issuer of the certificate signed the answer, or one that the issuer itself let answer for it (§4.2.2.2).
    fn is_believed(&self, issuer: &Certificate, when: jiff::Timestamp) -> bool {
        if self.is_of(issuer) && self.signed_by(issuer) {
            return true;
        }
        self.certificates.iter().any(|delegate| {
            let purposes = delegate.purposes().unwrap_or_default();
            let appointed = delegate.issuer.matches(&issuer.subject)
                && purposes.contains(&oids::OCSP_SIGNING)
                && delegate.is_valid_at(when)
                && delegate.extensions.iter().all(|extension| {
                    let known = [oids::KEY_USAGE, oids::EXTENDED_KEY_USAGE, oids::BASIC_CONSTRAINTS];
                    !extension.critical || known.contains(&extension.kind)
                });
            appointed
                && self.is_of(delegate)
                && holds(check(
                    &issuer.public_key,
                    &delegate.signature_algorithm,
                    None,
                    &delegate.tbs,
                    &delegate.signature,
                ))
                && self.signed_by(delegate)
        })
    }

    fn is_of(&self, signer: &Certificate) -> bool {
        match &self.responder {
            Responder::Named(name) => signer.subject.matches(name),
            Responder::Key(print) => {
                key_bits(&signer.public_key).is_some_and(|key| Hash::Sha1.digest(&[key]) == *print)
            }
        }
    }

    fn signed_by(&self, signer: &Certificate) -> bool {
        holds(check(&signer.public_key, &self.algorithm, None, &self.tbs, &self.signature))
    }
}

impl Single {
    fn read(mut fields: Reader<'_>) -> Result<Self, Malformed> {
        let mut identifier = fields.expect(SEQUENCE)?.inside();
        let hash = Hash::read(&identifier.expect(SEQUENCE)?);
        let issuer_name = identifier.expect(OCTET_STRING)?.content.to_vec();
        let issuer_key = identifier.expect(OCTET_STRING)?.content.to_vec();
        let serial = identifier.expect(INTEGER)?.content.to_vec();
        let said = said(&fields.next()?)?;
        let issued = fields.expect(GENERALIZED_TIME)?.time()?;
        let next = match fields.optional(context(0))? {
            Some(next) => Some(next.inside().next()?.time()?),
            None => None,
        };
        Ok(Self { hash, issuer_name, issuer_key, serial, said, issued, next })
    }
}

fn said(status: &Element<'_>) -> Result<Option<Said>, Malformed> {
    Ok(match status.tag {
        GOOD => Some(Said::Good),
        REVOKED => Some(Said::Revoked(status.inside().next()?.time()?)),
        _ => None,
    })
}

/// Returns the bits of the key within `SubjectPublicKeyInfo`.
fn key_bits(public_key: &[u8]) -> Option<&[u8]> {
    let mut fields = Reader::new(public_key).expect(SEQUENCE).ok()?.inside();
    fields.expect(SEQUENCE).ok()?;
    fields.expect(BIT_STRING).ok()?.bits().ok()
}

fn holds(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Holds(_))
}
