//! Validates a certification path (RFC 5280 §6.1): times, authorities, names and policies. Signatures and names of issuers were matched
//! while the path was looked for; revocation is judged apart, since what is known of it comes from elsewhere.

mod names;
mod policies;

use const_oid::ObjectIdentifier;
use cotejo_signature_format::{Certificate, oids};
use names::Names;
use policies::Graph;
pub use policies::PolicyRules;

/// Tells why a path does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    Expired,
    UnknownCritical,
    NotAuthority,
    TooLong,
    Names,
    Policies,
    Unreadable,
}

impl Obstacle {
    /// Returns the key of the sentence that tells it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Expired => "signature.chain.expired",
            Self::UnknownCritical => "signature.chain.unknown_critical",
            Self::NotAuthority => "signature.chain.not_authority",
            Self::TooLong => "signature.chain.too_long",
            Self::Names => "signature.chain.name_constraints",
            Self::Policies => "signature.chain.policies",
            Self::Unreadable => "signature.chain.extension_unreadable",
        }
    }
}

/// Judges `path`, which leads from the certificate in question up to one that `anchor` issued; empty when that is the anchor itself.
pub(crate) fn judge(
    path: &[&Certificate],
    anchor: &Certificate,
    moment: jiff::Timestamp,
    rules: &PolicyRules,
) -> Result<(), Obstacle> {
    if !anchor.is_valid_at(moment) {
        return Err(Obstacle::Expired);
    }
    let mut names = Names::default();
    let mut policies = Graph::new(rules, path.len());
    let mut length = path.len();
    // One accredited root has no extensions at all; where an anchor says what it may do, that counts.
    if !path.is_empty() && anchor.basic_constraints().is_some() {
        length = length.min(authority(anchor)?);
        names.add(anchor).or(Err(Obstacle::Unreadable))?;
    }
    for (index, certificate) in path.iter().rev().enumerate() {
        let is_last = index + 1 == path.len();
        let is_self_issued = certificate.is_self_issued();
        if !certificate.is_valid_at(moment) {
            return Err(Obstacle::Expired);
        }
        if certificate.extensions.iter().any(|extension| extension.critical && !is_known(extension.kind)) {
            return Err(Obstacle::UnknownCritical);
        }
        if (is_last || !is_self_issued) && !names.allow(certificate).or(Err(Obstacle::Unreadable))? {
            return Err(Obstacle::Names);
        }
        if !policies.state(certificate).or(Err(Obstacle::Unreadable))? {
            return Err(Obstacle::Policies);
        }
        if is_last {
            break;
        }
        if !policies.prepare(certificate).or(Err(Obstacle::Unreadable))? {
            return Err(Obstacle::Policies);
        }
        names.add(certificate).or(Err(Obstacle::Unreadable))?;
        let allowed = authority(certificate)?;
        if !is_self_issued {
            length = length.checked_sub(1).ok_or(Obstacle::TooLong)?;
        }
        length = length.min(allowed);
    }
    match path.first() {
        Some(last) if !policies.finish(last).or(Err(Obstacle::Unreadable))? => Err(Obstacle::Policies),
        _ => Ok(()),
    }
}

/// Returns how many authorities may stand below this one, at most.
fn authority(certificate: &Certificate) -> Result<usize, Obstacle> {
    let length = match certificate.basic_constraints() {
        Some((true, length)) => {
            length.map_or(usize::MAX, |length| usize::try_from(length).unwrap_or(usize::MAX))
        }
        _ => return Err(Obstacle::NotAuthority),
    };
    if certificate.allows_usage(5) { Ok(length) } else { Err(Obstacle::NotAuthority) }
}

fn is_known(kind: ObjectIdentifier) -> bool {
    [
        oids::KEY_USAGE,
        oids::BASIC_CONSTRAINTS,
        oids::SUBJECT_ALT_NAME,
        oids::CERTIFICATE_POLICIES,
        oids::POLICY_MAPPINGS,
        oids::POLICY_CONSTRAINTS,
        oids::INHIBIT_ANY_POLICY,
        oids::EXTENDED_KEY_USAGE,
        oids::NAME_CONSTRAINTS,
        oids::CRL_DISTRIBUTION_POINTS,
    ]
    .contains(&kind)
}
