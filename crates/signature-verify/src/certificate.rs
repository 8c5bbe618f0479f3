//! A certificate judged alone: whether it leads to an anchor, and what lists say of it.

use crate::chain::{self, Trust};
use crate::judge::Options;
use crate::revocation::Standing;
use cotejo_domain::{ChainStatus, RevocationStatus};
use cotejo_signature_format::{Certificate, Malformed};

/// What is known of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateReading {
    /// Where it leads.
    pub chain: ChainStatus,
    /// Key of the sentence that says why it is not trusted.
    pub obstacle: Option<&'static str>,
    /// What lists say of it and of those above it.
    pub revocation: RevocationStatus,
    /// Day of the oldest list that was needed, or since when it is revoked.
    pub revocation_moment: Option<jiff::Timestamp>,
}

/// Judges a certificate with those at hand. Without a moment it is judged at the start of its validity.
///
/// # Errors
/// When it is no certificate.
pub fn verify_certificate(
    certificate: &[u8],
    others: &[Vec<u8>],
    options: &Options,
) -> Result<CertificateReading, Malformed> {
    let certificate = Certificate::read_lenient(certificate)?;
    let read = |list: &[Vec<u8>]| -> Vec<Certificate> {
        list.iter().filter_map(|bytes| Certificate::read_lenient(bytes).ok()).collect()
    };
    let (others, anchors) = (read(others), read(&options.anchors));
    let others: Vec<&Certificate> = others.iter().collect();
    let (lists, answers): (Vec<_>, Vec<_>) =
        (options.lists.iter().collect(), options.answers.iter().collect());
    let trust =
        Trust { anchors: &anchors, lists: &lists, answers: &answers, policies: options.policies.clone() };
    let moment = options.at.unwrap_or(certificate.not_before);
    let chain = chain::build(&certificate, &others, &trust, moment);
    let (revocation, revocation_moment) = standing(chain.standing, moment);
    Ok(CertificateReading { chain: chain.status, obstacle: chain.obstacle, revocation, revocation_moment })
}

/// Says what lists mean for a signature made at `moment`: one revoked later was good then.
pub(crate) fn standing(
    standing: Standing,
    moment: jiff::Timestamp,
) -> (RevocationStatus, Option<jiff::Timestamp>) {
    match standing {
        Standing::Revoked(since) if since <= moment => (RevocationStatus::Revoked, Some(since)),
        Standing::Revoked(since) => (RevocationStatus::Good, Some(since)),
        Standing::Good(seen) => (RevocationStatus::Good, Some(seen)),
        Standing::Unknown => (RevocationStatus::NotChecked, None),
    }
}
