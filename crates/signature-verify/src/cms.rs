//! CMS `SignedData` as signers write it (RFC 5652), BER included.

use crate::algorithm::{Hash, Outcome, check};
use const_oid::ObjectIdentifier;
use cotejo_signature_format::name::Name;
use cotejo_signature_format::tlv::{
    Element, INTEGER, Malformed, OCTET_STRING, Reader, SEQUENCE, SET, context, definite, set_of, write,
};
use cotejo_signature_format::{Certificate, oids};

/// Holds one attribute: its type and the encoded values.
pub(crate) struct Attribute {
    pub(crate) kind: ObjectIdentifier,
    pub(crate) values: Vec<Vec<u8>>,
}

/// Holds one signature and the certificates that came with it.
pub(crate) struct Signed {
    /// Certificates in the signature, those that could be read.
    pub(crate) certificates: Vec<Certificate>,
    /// Number of certificates that could not be read.
    pub(crate) unreadable_certificates: usize,
    /// Number of signers; more than one is unusual and not judged.
    pub(crate) signers: usize,
    /// Type of the content.
    pub(crate) content_type: ObjectIdentifier,
    /// The content, where it travels inside.
    pub(crate) content: Option<Vec<u8>>,
    /// Digest of the content.
    pub(crate) hash: Option<Hash>,
    /// Signed attributes; `None` when the content is signed directly.
    pub(crate) attributes: Option<Vec<Attribute>>,
    /// The signature's value.
    pub(crate) value: Vec<u8>,
    /// Unsigned attributes.
    pub(crate) unsigned: Vec<Attribute>,
    signer: Signer,
    signed_encoding: Vec<u8>,
    algorithm: Vec<u8>,
}

enum Signer {
    Issued { issuer: Name, serial: Vec<u8> },
    Key(Vec<u8>),
}

/// Tells what the cryptography says of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// Content and signature hold.
    Holds { obsolete: bool },
    /// The content is not the one that was signed.
    WrongContent,
    /// The value is not the signer's.
    WrongValue,
    /// The certificate is not the one the signer meant.
    WrongCertificate,
    /// Not established.
    Unsupported,
}

impl Signed {
    /// Reads a signature; bytes behind it are ignored (writers pad with zeros).
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let encoding = match Reader::new(bytes).next() {
            Ok(element) if !has_indefinite_lengths(element.raw) => element.raw.to_vec(),
            _ => definite(bytes)?,
        };
        let mut outer = Reader::new(&encoding).expect(SEQUENCE)?.inside();
        if outer.next()?.oid()? != oids::SIGNED_DATA {
            return Err(Malformed);
        }
        let mut fields = outer.expect(context(0))?.inside().expect(SEQUENCE)?.inside();
        fields.expect(INTEGER)?;
        fields.expect(SET)?;
        let mut encapsulated = fields.expect(SEQUENCE)?.inside();
        let content_type = encapsulated.next()?.oid()?;
        let content = match encapsulated.optional(context(0))? {
            Some(wrapper) => Some(wrapper.inside().next()?.content.to_vec()),
            None => None,
        };
        let (mut certificates, mut unreadable_certificates) = (Vec::new(), 0);
        if let Some(set) = fields.optional(context(0))? {
            for element in set.inside().all()? {
                match Certificate::read(element.raw) {
                    Ok(certificate) => certificates.push(certificate),
                    Err(_) if element.tag == SEQUENCE => unreadable_certificates += 1,
                    Err(_) => {} // attribute certificates and the like
                }
            }
        }
        fields.optional(context(1))?;
        let signers = fields.expect(SET)?.inside().all()?;
        let first = signers.first().ok_or(Malformed)?;
        let mut signed = read_signer(first)?;
        signed.signers = signers.len();
        signed.content_type = content_type;
        signed.content = content;
        signed.certificates = certificates;
        signed.unreadable_certificates = unreadable_certificates;
        Ok(signed)
    }

    /// Returns the certificate of the signer.
    pub(crate) fn certificate(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| match &self.signer {
            Signer::Issued { issuer, serial } => {
                certificate.serial == *serial && certificate.issuer.matches(issuer)
            }
            Signer::Key(identifier) => certificate.subject_key_identifier() == Some(identifier),
        })
    }

    /// Returns the only value of a signed attribute; `Err` when it stands twice or has several values.
    pub(crate) fn attribute(&self, kind: ObjectIdentifier) -> Result<Option<&[u8]>, Malformed> {
        let mut found = self.attributes.iter().flatten().filter(|attribute| attribute.kind == kind);
        match (found.next(), found.next()) {
            (None, _) => Ok(None),
            (Some(attribute), None) if attribute.values.len() == 1 => Ok(Some(&attribute.values[0])),
            _ => Err(Malformed),
        }
    }

    /// Checks digest, attributes and value against the signed bytes.
    pub(crate) fn check(&self, content: &[&[u8]]) -> Check {
        let Some(certificate) = self.certificate() else { return Check::Unsupported };
        let Some(hash) = self.hash else { return Check::Unsupported };
        let digest = hash.digest(content);
        let outcome = if self.attributes.is_some() {
            match self.attribute(oids::MESSAGE_DIGEST) {
                Ok(Some(value)) if octets(value) == Some(&digest[..]) => {}
                _ => return Check::WrongContent,
            }
            match self.attribute(oids::CONTENT_TYPE) {
                Ok(Some(value)) if read_oid(value) == Some(self.content_type) => {}
                // Without it the attributes of one kind of content could be passed off as those of another.
                _ => return Check::WrongContent,
            }
            match self.names_certificate(certificate) {
                Ok(true) => {}
                Ok(false) => return Check::WrongCertificate,
                Err(Malformed) => return Check::Unsupported,
            }
            self.check_value(certificate, hash)
        } else {
            check(&certificate.public_key, &self.algorithm, self.hash, &content.concat(), &self.value)
        };
        match outcome {
            Outcome::Holds(by) => Check::Holds { obsolete: by.is_obsolete() || hash.is_obsolete() },
            Outcome::Fails => Check::WrongValue,
            Outcome::Unsupported => Check::Unsupported,
        }
    }

    fn check_value(&self, certificate: &Certificate, hash: Hash) -> Outcome {
        let as_written = write(SET, &self.signed_encoding);
        let outcome = check(&certificate.public_key, &self.algorithm, Some(hash), &as_written, &self.value);
        if outcome != Outcome::Fails {
            return outcome;
        }
        // What is signed is the DER encoding (RFC 5652 §5.4), even if the attributes travel in another order.
        let members = Reader::new(&self.signed_encoding).all().unwrap_or_default();
        let sorted = set_of(SET, members.iter().map(|member| member.raw.to_vec()).collect());
        if sorted == as_written {
            return outcome;
        }
        check(&certificate.public_key, &self.algorithm, Some(hash), &sorted, &self.value)
    }

    /// Tells whether the ESS attribute, if there is one, means `certificate` (RFC 2634 §5.4, RFC 5035).
    fn names_certificate(&self, certificate: &Certificate) -> Result<bool, Malformed> {
        if let Some(value) = self.attribute(oids::SIGNING_CERTIFICATE_V2)? {
            let mut first = first_identifier(value)?.inside();
            let hash = match first.optional(SEQUENCE)? {
                Some(algorithm) => Hash::read(&algorithm).ok_or(Malformed)?,
                None => Hash::Sha256,
            };
            return Ok(first.expect(OCTET_STRING)?.content == hash.digest(&[&certificate.der]));
        }
        if let Some(value) = self.attribute(oids::SIGNING_CERTIFICATE)? {
            let mut first = first_identifier(value)?.inside();
            return Ok(first.expect(OCTET_STRING)?.content == Hash::Sha1.digest(&[&certificate.der]));
        }
        Ok(true)
    }

    /// Tells whether it has the signed attributes of the PAdES baseline.
    pub(crate) fn is_baseline(&self) -> bool {
        [oids::SIGNING_CERTIFICATE_V2, oids::SIGNING_CERTIFICATE]
            .into_iter()
            .any(|kind| matches!(self.attribute(kind), Ok(Some(_))))
    }

    /// Returns the signer's own time from the signed attributes.
    pub(crate) fn declared_time(&self) -> Option<jiff::Timestamp> {
        let value = self.attribute(oids::SIGNING_TIME).ok()??;
        Reader::new(value).next().ok()?.time().ok()
    }
}

fn first_identifier(value: &[u8]) -> Result<Element<'_>, Malformed> {
    Reader::new(value).expect(SEQUENCE)?.inside().expect(SEQUENCE)?.inside().expect(SEQUENCE)
}

fn octets(value: &[u8]) -> Option<&[u8]> {
    Reader::new(value).expect(OCTET_STRING).ok().map(|element| element.content)
}

fn read_oid(value: &[u8]) -> Option<ObjectIdentifier> {
    Reader::new(value).next().ok()?.oid().ok()
}

/// Tells whether any constructed element has an indefinite length; certificates and strings are not entered.
fn has_indefinite_lengths(bytes: &[u8]) -> bool {
    fn any(reader: Reader<'_>, depth: usize) -> bool {
        let Ok(elements) = reader.all() else { return true };
        depth < 24
            && elements.iter().any(|element| {
                element.tag == OCTET_STRING | 0x20
                    || element.tag & 0x20 != 0 && any(element.inside(), depth + 1)
            })
    }
    any(Reader::new(bytes), 0)
}

fn read_signer(element: &Element<'_>) -> Result<Signed, Malformed> {
    let mut fields = element.inside();
    fields.expect(INTEGER)?;
    let identifier = fields.next()?;
    let signer = match identifier.tag {
        SEQUENCE => {
            let mut parts = identifier.inside();
            let issuer = Name::read(parts.expect(SEQUENCE)?.raw)?;
            Signer::Issued { issuer, serial: parts.expect(INTEGER)?.content.to_vec() }
        }
        0x80 => Signer::Key(identifier.content.to_vec()),
        0xA0 => Signer::Key(identifier.inside().expect(OCTET_STRING)?.content.to_vec()),
        _ => return Err(Malformed),
    };
    let hash = Hash::read(&fields.expect(SEQUENCE)?);
    let signed = fields.optional(context(0))?;
    let algorithm = fields.expect(SEQUENCE)?;
    let value = fields.expect(OCTET_STRING)?;
    let unsigned = fields.optional(context(1))?;
    Ok(Signed {
        certificates: Vec::new(),
        unreadable_certificates: 0,
        signers: 1,
        content_type: oids::DATA,
        content: None,
        hash,
        attributes: signed.map(|element| read_attributes(&element)).transpose()?,
        value: value.content.to_vec(),
        unsigned: unsigned.map(|element| read_attributes(&element)).transpose()?.unwrap_or_default(),
        signer,
        signed_encoding: signed.map(|element| element.content.to_vec()).unwrap_or_default(),
        algorithm: algorithm.raw.to_vec(),
    })
}

fn read_attributes(element: &Element<'_>) -> Result<Vec<Attribute>, Malformed> {
    let read = |attribute: &Element<'_>| {
        let mut fields = attribute.inside();
        let kind = fields.next()?.oid()?;
        let values = fields.expect(SET)?.inside().all()?;
        Ok(Attribute { kind, values: values.iter().map(|value| value.raw.to_vec()).collect() })
    };
    element.inside().all()?.iter().map(read).collect()
}
