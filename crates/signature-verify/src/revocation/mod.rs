//! What is known of revocation: which lists (RFC 5280 §6.3) and answers (RFC 6960) speak of a certificate, whether they may be believed, and
//! what they say. A list is believed when a certificate of its issuer, which leads to the same anchor, signed it; an answer when the
//! certificate's issuer did, or whom it let answer. One that says *revoked* outweighs any that says *good*.

mod answer;
mod list;

use crate::algorithm::{Outcome, check};
use crate::chain::{self, Trust};
pub use answer::RevocationAnswer;
use answer::Said;
use cotejo_signature_format::Certificate;
use cotejo_signature_format::general_name::{DistributionPoint, GeneralName};
pub use list::RevocationList;
use list::{ALL_REASONS, Entry};

/// How deep the issuers of lists are looked at, whose own lists are signed by others.
const MAX_DEPTH: usize = 3;

/// What lists say of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Every reason was looked up; the oldest list that was needed is of this moment.
    Good(jiff::Timestamp),
    /// Revoked since then.
    Revoked(jiff::Timestamp),
    /// No list that can be believed speaks of all reasons.
    Unknown,
}

/// Looks one certificate of a path up.
pub(crate) struct Inquiry<'a> {
    pub(crate) trust: &'a Trust<'a>,
    /// Certificates at hand, among them those of the path.
    pub(crate) others: &'a [&'a Certificate],
    /// The anchor that the path leads to.
    pub(crate) anchor: &'a Certificate,
    pub(crate) moment: jiff::Timestamp,
    /// Signers of lists whose own standing is being asked.
    pub(crate) asking: Vec<&'a Certificate>,
}

impl<'a> Inquiry<'a> {
    /// Judges every certificate of a path; what is worst counts, and what is not known is worse than good.
    pub(crate) fn of_path(&self, path: &[&Certificate]) -> Standing {
        let (mut oldest, mut revoked): (Option<jiff::Timestamp>, Option<jiff::Timestamp>) = (None, None);
        let mut unknown = false;
        let earliest =
            |known: Option<jiff::Timestamp>, other| Some(known.map_or(other, |known| known.min(other)));
        for (index, certificate) in path.iter().enumerate() {
            let issuer = path.get(index + 1).copied().unwrap_or(self.anchor);
            match self.of(certificate, issuer, path) {
                Standing::Revoked(since) => revoked = earliest(revoked, since),
                Standing::Unknown => unknown = true,
                Standing::Good(seen) => oldest = earliest(oldest, seen),
            }
        }
        match (revoked, oldest) {
            (Some(since), _) => Standing::Revoked(since),
            (None, Some(seen)) if !unknown => Standing::Good(seen),
            _ => Standing::Unknown,
        }
    }

    fn of(&self, certificate: &Certificate, issuer: &Certificate, path: &[&Certificate]) -> Standing {
        let by_lists = self.by_lists(certificate, path);
        if matches!(by_lists, Standing::Revoked(_)) {
            return by_lists;
        }
        let answers = self.trust.answers.iter();
        let newest = answers
            .filter_map(|answer| answer.says(certificate, issuer, self.moment))
            .max_by_key(|(_, issued)| *issued);
        match newest {
            Some((Said::Revoked(since), _)) => Standing::Revoked(since),
            Some((Said::Good, seen)) => Standing::Good(seen),
            None => by_lists,
        }
    }

    fn by_lists(&self, certificate: &Certificate, path: &[&Certificate]) -> Standing {
        let Ok(mut points) = certificate.distribution_points() else { return Standing::Unknown };
        // Lists of the issuer that no point names speak too (§6.3.3).
        points.push(DistributionPoint {
            names: vec![GeneralName::Directory(certificate.issuer.clone())],
            ..DistributionPoint::default()
        });
        let mut lists: Vec<_> = self.trust.lists.iter().copied().filter(|list| list.base.is_none()).collect();
        lists.sort_by_key(|list| std::cmp::Reverse(list.issued));
        let mut covered = 0;
        let mut oldest: Option<jiff::Timestamp> = None;
        // What a signer of lists says of itself counts only where nobody else speaks of it.
        for (point, of_itself) in
            [false, true].into_iter().flat_map(|own| points.iter().map(move |p| (p, own)))
        {
            for list in &lists {
                let Some(reasons) = self.speaks(list, certificate, point) else { continue };
                if reasons & !covered == 0 || !self.is_believed(list, path, of_itself) {
                    continue;
                }
                match self.says(list, certificate, path) {
                    Some(Entry::Revoked(since)) => return Standing::Revoked(since),
                    Some(Entry::Absent | Entry::Removed) => {
                        covered |= reasons;
                        oldest = Some(oldest.map_or(list.issued, |oldest| oldest.min(list.issued)));
                    }
                    None => {}
                }
            }
        }
        match oldest {
            Some(seen) if covered & ALL_REASONS == ALL_REASONS => Standing::Good(seen),
            _ => Standing::Unknown,
        }
    }

    /// Returns the reasons that a list covers of a certificate through a point; `None` when it is not about it.
    fn speaks(
        &self,
        list: &RevocationList,
        certificate: &Certificate,
        point: &DistributionPoint,
    ) -> Option<u16> {
        let scope = &list.scope;
        if list.unknown_critical || !list.speaks_of(self.moment) || scope.only_attributes {
            return None;
        }
        let is_issuer = if point.issuer.is_empty() {
            list.issuer.matches(&certificate.issuer)
        } else {
            scope.indirect && point.issuer.iter().any(|name| is_directory(name, &list.issuer))
        };
        let is_authority = certificate.basic_constraints().is_some_and(|(authority, _)| authority);
        let is_kind = !(scope.only_users && is_authority || scope.only_authorities && !is_authority);
        if !is_issuer || !is_kind {
            return None;
        }
        if let Some(stated) = &scope.point {
            let stated = stated.full_names(&list.issuer);
            let of_point = if point.names.is_empty() && point.relative.is_none() {
                point.issuer.clone()
            } else {
                let issuer = point.issuer.iter().find_map(directory).unwrap_or(&certificate.issuer);
                point.full_names(issuer)
            };
            if !stated.iter().any(|name| of_point.iter().any(|other| same(name, other))) {
                return None;
            }
        }
        let all = |reasons: Option<u16>| reasons.map_or(ALL_REASONS, |reasons| reasons & ALL_REASONS);
        Some(all(point.reasons) & all(scope.reasons))
    }

    /// Says what the list says, with the changes to it that are at hand; `None` when it cannot be read to its end.
    fn says(&self, list: &RevocationList, certificate: &Certificate, path: &[&Certificate]) -> Option<Entry> {
        let mut said = list.find(certificate).ok()?;
        let changes = self.trust.lists.iter().copied().filter(|changes| {
            let continues = matches!(
                (&changes.base, &changes.number, &list.number),
                (Some(base), Some(number), Some(complete)) if base <= complete && complete < number
            );
            continues
                && changes.issuer.matches(&list.issuer)
                && changes.scope.encoding == list.scope.encoding
                && changes.authority_key == list.authority_key
                && !changes.unknown_critical
                && changes.speaks_of(self.moment)
        });
        let newest = changes.max_by(|left, right| left.number.cmp(&right.number));
        if let Some(changes) = newest.filter(|changes| self.is_believed(changes, path, true)) {
            match changes.find(certificate).ok()? {
                Entry::Absent => {}
                changed => said = changed,
            }
        }
        Some(said)
    }

    /// Tells whether a list was signed by a certificate of its issuer that leads to the same anchor; `of_itself` where that may be one
    /// whose own standing is being asked.
    fn is_believed(&self, list: &RevocationList, path: &[&Certificate], of_itself: bool) -> bool {
        let signed = |signer: &Certificate| {
            signer.subject.matches(&list.issuer)
                && signer.allows_usage(6)
                && matches!(
                    check(&signer.public_key, &list.algorithm, None, &list.tbs, &list.signature),
                    Outcome::Holds(_)
                )
        };
        // Those of the path were judged with it.
        if signed(self.anchor) || path.iter().skip(1).any(|member| signed(member)) {
            return true;
        }
        if of_itself && self.asking.iter().any(|signer| signed(signer)) {
            return true;
        }
        self.asking.len() < MAX_DEPTH
            && self.others.iter().copied().any(|other| {
                let asked = self.asking.iter().any(|signer| signer.der == other.der);
                !asked && signed(other) && self.leads_here(other)
            })
    }

    /// Tells whether the signer of a list leads to the same anchor and is not revoked itself.
    fn leads_here(&self, signer: &'a Certificate) -> bool {
        let search = chain::path_to(signer, self.others, self.trust, self.moment, self.anchor);
        search.is_some_and(|path| {
            let asking = self.asking.iter().copied().chain([signer]).collect();
            let deeper = Inquiry { asking, ..*self };
            matches!(deeper.of_path(&path), Standing::Good(_))
        })
    }
}

fn directory(name: &GeneralName) -> Option<&cotejo_signature_format::name::Name> {
    match name {
        GeneralName::Directory(name) => Some(name),
        _ => None,
    }
}

fn is_directory(name: &GeneralName, of: &cotejo_signature_format::name::Name) -> bool {
    directory(name).is_some_and(|name| name.matches(of))
}

fn same(left: &GeneralName, right: &GeneralName) -> bool {
    match (directory(left), directory(right)) {
        (Some(left), Some(right)) => left.matches(right),
        _ => left == right,
    }
}
