//! The signature itself: CMS `SignedData` without content, with the attributes of PAdES B-B and, where asked, the timestamp of B-T (RFC 5652, ETSI EN 319 142-1 §6).

use crate::error::SigningError;
use crate::key::Digest;
use crate::keystore::Identity;
use crate::timestamp::{Carry, token};
use cotejo_signature_format::oids;
use cotejo_signature_format::tlv::{
    GENERALIZED_TIME, INTEGER, OCTET_STRING, SEQUENCE, SET, UTC_TIME, algorithm, constructed, context, oid,
    set_of, write,
};

/// Signs the digest of the document.
///
/// With `signing_time` the attribute of that name is written, as readers of `adbe.pkcs7.detached` expect; the PAdES baseline
/// forbids it and takes the time from `/M`.
pub(crate) fn signed_data(
    identity: &Identity,
    digest: Digest,
    document_digest: &[u8],
    signing_time: Option<jiff::Timestamp>,
    carry: Option<Carry<'_>>,
) -> Result<Vec<u8>, SigningError> {
    let certificate = &identity.certificate;
    let mut attributes = vec![
        attribute(oids::CONTENT_TYPE, &oid(oids::DATA)),
        attribute(oids::MESSAGE_DIGEST, &write(OCTET_STRING, document_digest)),
        attribute(oids::SIGNING_CERTIFICATE_V2, &signing_certificate(&certificate.der, digest)),
    ];
    if let Some(moment) = signing_time {
        attributes.push(attribute(oids::SIGNING_TIME, &time(moment)));
    }
    let to_sign = set_of(SET, attributes.clone());
    let value = identity.key.sign(certificate, digest, &to_sign)?;

    // The timestamp is of the signature's value (RFC 3161 appendix A): level B-T.
    let unsigned = match carry {
        Some(carry) => write(context(1), &attribute(oids::TIME_STAMP_TOKEN, &token(&value, carry)?)),
        None => Vec::new(),
    };

    let signer = constructed(
        SEQUENCE,
        &[
            &write(INTEGER, &[1]),
            &constructed(SEQUENCE, &[&certificate.issuer_encoding, &write(INTEGER, &certificate.serial)]),
            &algorithm(digest.identifier(), true),
            &set_of(context(0), attributes),
            &identity.key.algorithm(digest),
            &write(OCTET_STRING, &value),
            &unsigned,
        ],
    );
    let certificates: Vec<Vec<u8>> =
        std::iter::once(certificate).chain(&identity.chain).map(|one| one.der.clone()).collect();
    let data = constructed(
        SEQUENCE,
        &[
            &write(INTEGER, &[1]),
            &write(SET, &algorithm(digest.identifier(), true)),
            &write(SEQUENCE, &oid(oids::DATA)),
            &set_of(context(0), certificates),
            &write(SET, &signer),
        ],
    );
    Ok(constructed(SEQUENCE, &[&oid(oids::SIGNED_DATA), &write(context(0), &data)]))
}

fn attribute(kind: const_oid::ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    constructed(SEQUENCE, &[&oid(kind), &write(SET, value)])
}

/// Writes ESS `SigningCertificateV2` (RFC 5035): the digest of the certificate, so that no other can stand in for it.
fn signing_certificate(certificate: &[u8], digest: Digest) -> Vec<u8> {
    let hash = write(OCTET_STRING, &digest.of(&[certificate]));
    let identifier = match digest {
        Digest::Sha256 => write(SEQUENCE, &hash), // the default algorithm is left out in DER
        other => constructed(SEQUENCE, &[&algorithm(other.identifier(), false), &hash]),
    };
    write(SEQUENCE, &write(SEQUENCE, &identifier))
}

/// Writes a time as RFC 5652 §11.3 wants: `UTCTime` until 2049.
fn time(moment: jiff::Timestamp) -> Vec<u8> {
    let utc = jiff::tz::Offset::UTC.to_datetime(moment);
    if (1950..2050).contains(&utc.year()) {
        write(UTC_TIME, utc.strftime("%y%m%d%H%M%SZ").to_string().as_bytes())
    } else {
        write(GENERALIZED_TIME, utc.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes())
    }
}
