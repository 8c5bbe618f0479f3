//! From a certificate to an anchor: looking for paths through what is at hand. Each whole path is judged by [`crate::path`].

use crate::algorithm::{Outcome, check};
use crate::path::{self, PolicyRules};
use crate::revocation::{Inquiry, RevocationAnswer, RevocationList, Standing};
use cotejo_domain::ChainStatus;
use cotejo_signature_format::Certificate;
use std::cell::Cell;

/// Longest path that is tried.
const MAX_LENGTH: usize = 8;
/// Signatures of certificates that are checked at most for one signer.
const MAX_CHECKS: usize = 64;

/// What is trusted, and what is known of revocation.
pub(crate) struct Trust<'a> {
    pub(crate) anchors: &'a [Certificate],
    pub(crate) lists: &'a [&'a RevocationList],
    pub(crate) answers: &'a [&'a RevocationAnswer],
    pub(crate) policies: PolicyRules,
}

/// Tells where a chain leads and what is remarkable about it.
pub(crate) struct Chain {
    pub(crate) status: ChainStatus,
    /// The anchor it leads to.
    pub(crate) anchor: Option<Certificate>,
    /// Key of the sentence that says why it is not trusted.
    pub(crate) obstacle: Option<&'static str>,
    /// True when a certificate on the way is signed with SHA-1.
    pub(crate) obsolete: bool,
    /// What is known of the revocation of the certificates on the way.
    pub(crate) standing: Standing,
}

/// Looks for a path from `certificate` to an anchor through `others`, valid at `moment`.
pub(crate) fn build(
    certificate: &Certificate,
    others: &[&Certificate],
    trust: &Trust<'_>,
    moment: jiff::Timestamp,
) -> Chain {
    let without = |status, obstacle| Chain {
        status,
        anchor: None,
        obstacle: Some(obstacle),
        obsolete: false,
        standing: Standing::Unknown,
    };
    if trust.anchors.is_empty() {
        return without(ChainStatus::Incomplete, "signature.chain.no_anchors");
    }
    let search = Search::new(others, trust, moment);
    if let Some(found) = search.from(&mut vec![certificate]) {
        let inquiry = Inquiry { trust, others, anchor: found.anchor, moment, asking: Vec::new() };
        return Chain {
            status: ChainStatus::Trusted,
            anchor: Some(found.anchor.clone()),
            obstacle: None,
            obsolete: found.obsolete,
            standing: inquiry.of_path(&found.path),
        };
    }
    let (status, usual) = if search.ends_at_root(certificate) {
        (ChainStatus::Untrusted, "signature.chain.other_root")
    } else {
        (ChainStatus::Incomplete, "signature.chain.missing_issuer")
    };
    match search.obstacle.get() {
        Some(obstacle) => without(ChainStatus::Untrusted, obstacle),
        None => without(status, usual),
    }
}

/// Returns a valid path from `certificate` to this very anchor.
pub(crate) fn path_to<'a>(
    certificate: &'a Certificate,
    others: &'a [&'a Certificate],
    trust: &Trust<'a>,
    moment: jiff::Timestamp,
    anchor: &'a Certificate,
) -> Option<Vec<&'a Certificate>> {
    // Whoever may sign lists need not answer for the policies of what is signed.
    let trust = Trust {
        anchors: std::slice::from_ref(anchor),
        lists: trust.lists,
        answers: trust.answers,
        policies: PolicyRules::default(),
    };
    Search::new(others, &trust, moment).from(&mut vec![certificate]).map(|found| found.path)
}

/// A path that holds.
struct Found<'a> {
    path: Vec<&'a Certificate>,
    anchor: &'a Certificate,
    obsolete: bool,
}

struct Search<'a, 'b> {
    others: &'a [&'a Certificate],
    anchors: &'a [Certificate],
    policies: &'b PolicyRules,
    moment: jiff::Timestamp,
    checks: Cell<usize>,
    obstacle: Cell<Option<&'static str>>,
}

impl<'a, 'b> Search<'a, 'b> {
    fn new(others: &'a [&'a Certificate], trust: &'b Trust<'a>, moment: jiff::Timestamp) -> Self {
        Self {
            others,
            anchors: trust.anchors,
            policies: &trust.policies,
            moment,
            checks: Cell::new(0),
            obstacle: Cell::new(None),
        }
    }

    /// Extends `path`, whose last certificate looks for its issuer.
    fn from(&self, path: &mut Vec<&'a Certificate>) -> Option<Found<'a>> {
        let last = *path.last()?;
        if let Some(anchor) = self.anchors.iter().find(|anchor| anchor.der == last.der) {
            path.pop();
            let found = self.ends(path, anchor, last);
            path.push(last);
            return found;
        }
        for anchor in self.anchors.iter().filter(|anchor| anchor.subject.matches(&last.issuer)) {
            if let Some(obsolete) = self.issued(anchor, last)
                && let Some(found) = self.ends(path, anchor, last)
            {
                return Some(Found { obsolete, ..found });
            }
        }
        if path.len() >= MAX_LENGTH {
            return None;
        }
        for issuer in self.others.iter().copied().filter(|other| other.subject.matches(&last.issuer)) {
            if path.iter().any(|member| member.der == issuer.der) {
                continue;
            }
            let Some(obsolete) = self.issued(issuer, last) else { continue };
            path.push(issuer);
            let found = self.from(path);
            path.pop();
            if let Some(found) = found {
                return Some(Found { obsolete: obsolete || found.obsolete, ..found });
            }
        }
        None
    }

    /// Judges a whole path. One that is the anchor alone is of a certificate that the person trusts by itself.
    fn ends(
        &self,
        path: &[&'a Certificate],
        anchor: &'a Certificate,
        last: &'a Certificate,
    ) -> Option<Found<'a>> {
        match path::judge(path, anchor, self.moment, self.policies) {
            Ok(()) => {
                let path = if path.is_empty() { vec![last] } else { path.to_vec() };
                Some(Found { path, anchor, obsolete: false })
            }
            Err(obstacle) => {
                self.obstacle.set(Some(obstacle.key()));
                None
            }
        }
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

    /// Tells whether the certificates at hand lead to a self-signed root.
    fn ends_at_root(&self, certificate: &Certificate) -> bool {
        let mut current = certificate;
        for _ in 0..MAX_LENGTH {
            if current.is_self_issued() {
                return true;
            }
            let issuer = self.others.iter().copied().find(|other| other.subject.matches(&current.issuer));
            match issuer {
                Some(issuer) => current = issuer,
                None => return false,
            }
        }
        false
    }
}
