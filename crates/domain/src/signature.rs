//! What the verifier says of one electronic signature. Names follow ETSI EN 319 102-1 where it has them.

use crate::Finding;
use serde::{Deserialize, Serialize};

/// Tells whether the signed bytes are the ones that were signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// They are.
    Ok,
    /// They are not.
    Broken,
    /// It could not be established; `null` in JSON.
    #[serde(untagged)]
    Unknown,
}

/// Tells how much of the file the signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coverage {
    /// All of it but the signature's own value.
    Whole,
    /// An earlier revision.
    Revision,
    /// It could not be established; `null` in JSON.
    #[serde(untagged)]
    Unknown,
}

/// Classifies what came after the signed revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangesAfter {
    /// Nothing.
    None,
    /// Only what may follow: further signatures.
    Allowed,
    /// Something else, or something that could not be classified.
    Disallowed,
}

/// Tells whether the certificate leads to an anchor the user trusts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainStatus {
    /// It does.
    Trusted,
    /// It leads to another root.
    Untrusted,
    /// A certificate on the way is missing, or no anchors were given.
    Incomplete,
}

/// Tells whether the certificate was valid when the signature says it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidityAtSigning {
    /// It was.
    Ok,
    /// It had expired.
    Expired,
    /// It was not valid yet.
    NotYet,
    /// It could not be established; `null` in JSON.
    #[serde(untagged)]
    Unknown,
}

/// Tells what is known of revocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationStatus {
    /// A valid CRL or OCSP answer says good.
    Good,
    /// Revoked.
    Revoked,
    /// Nobody looked.
    NotChecked,
}

/// Tells who vouches for the time of the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeSource {
    /// The signer's own clock.
    Declared,
    /// An RFC 3161 timestamp.
    Timestamp,
}

/// Sums up a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureVerdict {
    /// Everything that was checked holds, up to a trusted anchor.
    Valid,
    /// Something is broken.
    Invalid,
    /// Something could not be established; the reasons say what.
    Indeterminate,
}

/// Holds the reading of one signature: the shape of `cotejo verificar --json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignatureReading {
    /// Name of the holder, from the certificate.
    pub signer: Option<String>,
    /// Number of the cédula, where a certificate profile carries it.
    pub cedula: Option<String>,
    /// Taxpayer's number, where a certificate profile carries it.
    pub ruc: Option<String>,
    /// Time of signing in UTC, ISO 8601.
    pub signing_time: Option<jiff::Timestamp>,
    /// Who vouches for it.
    pub time_source: TimeSource,
    /// SubFilter as written: `adbe.pkcs7.detached`.
    pub sub_filter: String,
    /// `B-B`, `B-T`, `B-LT`, `B-LTA`, or `CMS` when the PAdES baseline attributes are missing.
    pub level: String,
    /// See [`Integrity`].
    pub integrity: Integrity,
    /// See [`Coverage`].
    pub covers: Coverage,
    /// See [`ChangesAfter`].
    pub changes_after: ChangesAfter,
    /// What changed, in Spanish.
    pub changes: Vec<String>,
    /// See [`ChainStatus`].
    pub chain: ChainStatus,
    /// See [`ValidityAtSigning`].
    pub validity_at_signing: ValidityAtSigning,
    /// See [`RevocationStatus`].
    pub revocation: RevocationStatus,
    /// The sum.
    pub verdict: SignatureVerdict,
    /// `code: sentence`, in Spanish.
    pub reasons: Vec<String>,
    /// Page of the visible widget, from 1, where there is one.
    #[serde(default)]
    pub page: Option<u32>,
    /// Serial number of the certificate in hexadecimal: the same certificate in two bids is a red flag.
    #[serde(default)]
    pub certificate_serial: Option<String>,
    /// What could not be read.
    #[serde(default)]
    pub findings: Vec<Finding>,
}
