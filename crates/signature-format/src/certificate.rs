//! X.509 certificates as they are, not as they ought to be (RFC 5280).

use crate::general_name::{DistributionPoint, GeneralName};
use crate::name::Name;
use crate::oids;
use crate::tlv::{
    BIT_STRING, BOOLEAN, INTEGER, Malformed, OCTET_STRING, Reader, SEQUENCE, context, definite,
};
use const_oid::ObjectIdentifier;

/// Holds one extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Its type.
    pub kind: ObjectIdentifier,
    /// True when who does not know it must refuse the certificate.
    pub critical: bool,
    /// Content of its octet string.
    pub value: Vec<u8>,
}

/// Holds what a certificate says, with the exact bytes that were signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The certificate's exact bytes.
    pub der: Vec<u8>,
    /// The signed part.
    pub tbs: Vec<u8>,
    /// Serial number: content of the integer.
    pub serial: Vec<u8>,
    /// The issuer's `Name`, encoded.
    pub issuer_encoding: Vec<u8>,
    /// Who issued it.
    pub issuer: Name,
    /// Whom it names.
    pub subject: Name,
    /// Start of validity.
    pub not_before: jiff::Timestamp,
    /// End of validity.
    pub not_after: jiff::Timestamp,
    /// `SubjectPublicKeyInfo`, encoded.
    pub public_key: Vec<u8>,
    /// Algorithm of the issuer's signature, encoded.
    pub signature_algorithm: Vec<u8>,
    /// The issuer's signature.
    pub signature: Vec<u8>,
    /// Extensions in order.
    pub extensions: Vec<Extension>,
}

impl Certificate {
    /// Reads a certificate.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut parts = Reader::new(bytes).expect(SEQUENCE).or(Err(Malformed))?.inside();
        let whole = Reader::new(bytes).expect(SEQUENCE)?;
        let tbs = parts.expect(SEQUENCE)?;
        let signature_algorithm = parts.expect(SEQUENCE)?;
        let signature = parts.expect(BIT_STRING)?;

        let mut fields = tbs.inside();
        fields.optional(context(0))?;
        let serial = fields.expect(INTEGER)?;
        fields.expect(SEQUENCE)?;
        let issuer = fields.expect(SEQUENCE)?;
        let mut validity = fields.expect(SEQUENCE)?.inside();
        let subject = fields.expect(SEQUENCE)?;
        let public_key = fields.expect(SEQUENCE)?;
        let mut extensions = Vec::new();
        while !fields.is_empty() {
            let field = fields.next()?;
            if field.tag == context(3) {
                for extension in field.inside().expect(SEQUENCE)?.inside().all()? {
                    extensions.push(read_extension(extension.inside())?);
                }
            }
        }
        Ok(Self {
            der: whole.raw.to_vec(),
            tbs: tbs.raw.to_vec(),
            serial: serial.content.to_vec(),
            issuer_encoding: issuer.raw.to_vec(),
            issuer: Name::read(issuer.raw)?,
            subject: Name::read(subject.raw)?,
            not_before: validity.next()?.time()?,
            not_after: validity.next()?.time()?,
            public_key: public_key.raw.to_vec(),
            signature_algorithm: signature_algorithm.raw.to_vec(),
            signature: signature.bits()?.to_vec(),
            extensions,
        })
    }

    /// Reads a certificate that may be in PEM or with indefinite lengths.
    ///
    /// # Errors
    /// When it is none.
    pub fn read_lenient(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::read(bytes).or_else(|_| Self::read(&definite(bytes)?))
    }

    /// Returns an extension.
    #[must_use]
    pub fn extension(&self, kind: ObjectIdentifier) -> Option<&Extension> {
        self.extensions.iter().find(|extension| extension.kind == kind)
    }

    /// Tells whether issuer and subject are the same.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer.matches(&self.subject)
    }

    /// Returns the serial number in lower-case hexadecimal, without leading zeros.
    #[must_use]
    pub fn serial_hex(&self) -> String {
        let text: String = self.serial.iter().map(|byte| format!("{byte:02x}")).collect();
        let trimmed = text.trim_start_matches('0');
        if trimmed.is_empty() { "0".into() } else { trimmed.into() }
    }

    /// Returns `(is an authority, path length)` of the basic constraints; `None` without the extension or if unreadable.
    #[must_use]
    pub fn basic_constraints(&self) -> Option<(bool, Option<u64>)> {
        let mut fields =
            Reader::new(&self.extension(oids::BASIC_CONSTRAINTS)?.value).expect(SEQUENCE).ok()?.inside();
        let authority = fields.optional(BOOLEAN).ok()?.is_some_and(|flag| flag.content != [0]);
        let length = match fields.optional(INTEGER).ok()? {
            // A length that cannot be read is not *no limit*.
            Some(number) => Some(number.small_integer().ok()?),
            None => None,
        };
        Some((authority, length))
    }

    /// Tells whether the key usage allows `bit` (0 is digitalSignature, 1 contentCommitment, 5 keyCertSign); true without the extension.
    #[must_use]
    pub fn allows_usage(&self, bit: u8) -> bool {
        let Some(extension) = self.extension(oids::KEY_USAGE) else { return true };
        let bytes = Reader::new(&extension.value).expect(BIT_STRING).and_then(|element| element.bits());
        bytes.is_ok_and(|bytes| {
            bytes.get(usize::from(bit / 8)).is_some_and(|byte| byte & (0x80 >> (bit % 8)) != 0)
        })
    }

    /// Returns the alternative names of the subject.
    ///
    /// # Errors
    /// When the extension cannot be read.
    pub fn alternative_names(&self) -> Result<Vec<GeneralName>, Malformed> {
        match self.extension(oids::SUBJECT_ALT_NAME) {
            Some(extension) => GeneralName::list(Reader::new(&extension.value).expect(SEQUENCE)?.inside()),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the points where lists of revoked certificates are kept.
    ///
    /// # Errors
    /// When the extension cannot be read.
    pub fn distribution_points(&self) -> Result<Vec<DistributionPoint>, Malformed> {
        match self.extension(oids::CRL_DISTRIBUTION_POINTS) {
            Some(extension) => DistributionPoint::list(&extension.value),
            None => Ok(Vec::new()),
        }
    }

    /// Returns the subject key identifier.
    #[must_use]
    pub fn subject_key_identifier(&self) -> Option<&[u8]> {
        let extension = self.extension(oids::SUBJECT_KEY_IDENTIFIER)?;
        Reader::new(&extension.value).expect(OCTET_STRING).ok().map(|element| element.content)
    }

    /// Returns the purposes of the extended key usage; `None` without the extension.
    #[must_use]
    pub fn purposes(&self) -> Option<Vec<ObjectIdentifier>> {
        let extension = self.extension(oids::EXTENDED_KEY_USAGE)?;
        let elements = Reader::new(&extension.value).expect(SEQUENCE).ok()?.inside().all().ok()?;
        Some(elements.iter().filter_map(|element| element.oid().ok()).collect())
    }

    /// Tells whether `moment` lies within its validity.
    #[must_use]
    pub fn is_valid_at(&self, moment: jiff::Timestamp) -> bool {
        self.not_before <= moment && moment <= self.not_after
    }
}

fn read_extension(mut fields: Reader<'_>) -> Result<Extension, Malformed> {
    let kind = fields.next()?.oid()?;
    let critical = fields.optional(BOOLEAN)?.is_some_and(|flag| flag.content != [0]);
    let value = fields.expect(OCTET_STRING)?.content.to_vec();
    Ok(Extension { kind, critical, value })
}
