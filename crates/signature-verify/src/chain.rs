//! From a certificate to an anchor: a small part of RFC 5280 §6, refusing what it does not understand.

use crate::algorithm::{Outcome, check};
use const_oid::ObjectIdentifier;
use cotejo_domain::ChainStatus;
use cotejo_signature_format::{Certificate, oids};
use std::cell::Cell;

/// Longest path that is tried.
const MAX_LENGTH: usize = 8;
/// Signatures of certificates that are checked at most for one signer.
const MAX_CHECKS: usize = 64;

/// Tells where a chain leads and what is remarkable about it.
pub(crate) struct Chain {
    pub(crate) status: ChainStatus,
    /// The anchor it leads to.
    pub(crate) anchor: Option<Certificate>,
    /// Key of the sentence that says why it is not trusted.
    pub(crate) obstacle: Option<&'static str>,
    /// True when a certificate on the way is signed with SHA-1.
    pub(crate) obsolete: bool,
}

/// Looks for a path from `certificate` to an anchor through `others`, valid at `moment`.
pub(crate) fn build(
    certificate: &Certificate,
    others: &[Certificate],
    anchors: &[Certificate],
    moment: jiff::Timestamp,
) -> Chain {
    if anchors.is_empty() {
        let obstacle = Some("signature.chain.no_anchors");
        return Chain { status: ChainStatus::Incomplete, anchor: None, obstacle, obsolete: false };
    }
    let search = Search { others, anchors, moment, checks: Cell::new(0), obstacle: Cell::new(None) };
    let mut path = vec![certificate];
    if let Some((anchor, obsolete)) = search.from(&mut path) {
        return Chain {
            status: ChainStatus::Trusted,
            anchor: Some(anchor.clone()),
            obstacle: None,
            obsolete,
        };
    }
    let (status, usual) = if search.ends_at_root(certificate) {
        (ChainStatus::Untrusted, "signature.chain.other_root")
    } else {
        (ChainStatus::Incomplete, "signature.chain.missing_issuer")
    };
    let obstacle = search.obstacle.get();
    let status = if obstacle.is_some() { ChainStatus::Untrusted } else { status };
    Chain { status, anchor: None, obstacle: Some(obstacle.unwrap_or(usual)), obsolete: false }
}

struct Search<'a> {
    others: &'a [Certificate],
    anchors: &'a [Certificate],
    moment: jiff::Timestamp,
    checks: Cell<usize>,
    obstacle: Cell<Option<&'static str>>,
}

impl<'a> Search<'a> {
    /// Extends `path`, whose last certificate looks for its issuer. Returns the anchor and whether SHA-1 was met.
    fn from(&self, path: &mut Vec<&'a Certificate>) -> Option<(&'a Certificate, bool)> {
        let last = *path.last()?;
        if let Some(anchor) = self.anchors.iter().find(|anchor| anchor.der == last.der) {
            return self.admits(last, path.len() - 1, path.len() == 1).then_some((anchor, false));
        }
        if path.len() >= MAX_LENGTH || !self.admits(last, path.len() - 1, path.len() == 1) {
            return None;
        }
        for anchor in self.anchors.iter().filter(|anchor| anchor.subject.matches(&last.issuer)) {
            if let Some(obsolete) = self.issued(anchor, last)
                && self.admits_anchor(anchor, path.len() - 1)
            {
                return Some((anchor, obsolete));
            }
        }
        for issuer in self.others.iter().filter(|other| other.subject.matches(&last.issuer)) {
            if path.iter().any(|member| member.der == issuer.der) {
                continue;
            }
            let Some(obsolete) = self.issued(issuer, last) else { continue };
            path.push(issuer);
            let found = self.from(path);
            path.pop();
            if let Some((anchor, more)) = found {
                return Some((anchor, obsolete || more));
            }
        }
        None
    }

    /// Tells whether `issuer` signed `certificate`, and then whether with SHA-1.
    fn issued(&self, issuer: &Certificate, certificate: &Certificate) -> Option<bool> {
        self.checks.set(self.checks.get() + 1);
        if self.checks.get() > MAX_CHECKS {
            self.obstacle.set(Some("signature.chain.too_complex"));
            return None;
        }
        let outcome = check(
            &issuer.public_key,
            &certificate.signature_algorithm,
            None,
            &certificate.tbs,
            &certificate.signature,
        );
        match outcome {
            Outcome::Holds(hash) => Some(hash.is_obsolete()),
            Outcome::Fails => None,
            Outcome::Unsupported => {
                self.obstacle.set(Some("signature.chain.unsupported"));
                None
            }
        }
    }

    /// Tells whether a certificate with `below` authorities under it may stand in the path.
    fn admits(&self, certificate: &Certificate, below: usize, is_leaf: bool) -> bool {
        let obstacle = if !certificate.is_valid_at(self.moment) {
            Some("signature.chain.expired")
        } else if certificate
            .extensions
            .iter()
            .any(|extension| extension.critical && !is_known(extension.kind))
        {
            Some("signature.chain.unknown_critical")
        } else if is_leaf {
            None
        } else {
            authority_obstacle(certificate, below)
        };
        if let Some(obstacle) = obstacle {
            self.obstacle.set(Some(obstacle));
        }
        obstacle.is_none()
    }

    /// An anchor is trusted by the person, so that only time and what it says of itself as an authority count.
    fn admits_anchor(&self, anchor: &Certificate, below: usize) -> bool {
        let obstacle = if !anchor.is_valid_at(self.moment) {
            Some("signature.chain.expired")
        } else if anchor.basic_constraints().is_some() {
            authority_obstacle(anchor, below)
        } else {
            None // one accredited root has no extensions at all
        };
        if let Some(obstacle) = obstacle {
            self.obstacle.set(Some(obstacle));
        }
        obstacle.is_none()
    }

    /// Tells whether the certificates at hand lead to a self-signed root.
    fn ends_at_root(&self, certificate: &Certificate) -> bool {
        let mut current = certificate;
        for _ in 0..MAX_LENGTH {
            if current.is_self_issued() {
                return true;
            }
            let issuer = self.others.iter().find(|other| other.subject.matches(&current.issuer));
            match issuer {
                Some(issuer) => current = issuer,
                None => return false,
            }
        }
        false
    }
}

fn authority_obstacle(certificate: &Certificate, below: usize) -> Option<&'static str> {
    match certificate.basic_constraints() {
        Some((true, None)) => {}
        Some((true, Some(length)))
            if u64::try_from(below.saturating_sub(1)).is_ok_and(|below| below <= length) => {}
        Some((true, Some(_))) => return Some("signature.chain.too_long"),
        _ => return Some("signature.chain.not_authority"),
    }
    if !certificate.allows_usage(5) {
        return Some("signature.chain.not_authority");
    }
    // Constraints on names are not evaluated here: what they would forbid must not pass.
    if certificate.extension(oids::NAME_CONSTRAINTS).is_some() {
        return Some("signature.chain.name_constraints");
    }
    None
}

fn is_known(kind: ObjectIdentifier) -> bool {
    [
        oids::KEY_USAGE,
        oids::BASIC_CONSTRAINTS,
        oids::SUBJECT_ALT_NAME,
        oids::CERTIFICATE_POLICIES,
        oids::EXTENDED_KEY_USAGE,
        oids::NAME_CONSTRAINTS, // refused above, with its own reason
    ]
    .contains(&kind)
}
