//! Policies of a path (RFC 5280 §6.1), as the graph of RFC 9618, which does not grow with the paths through it.

use const_oid::ObjectIdentifier;
use cotejo_signature_format::tlv::{Malformed, Reader, SEQUENCE};
use cotejo_signature_format::{Certificate, oids};
use std::collections::{BTreeMap, BTreeSet};

type Policies = BTreeSet<ObjectIdentifier>;

/// What the person who asks wants of policies (RFC 5280 §6.1.1 c, e, f, g).
#[derive(Clone, Debug, Default)]
pub struct PolicyRules {
    /// Policies one of which must hold; `None` for any.
    pub initial: Option<BTreeSet<ObjectIdentifier>>,
    /// True when a policy must hold.
    pub explicit: bool,
    /// True when no policy may stand for another.
    pub no_mapping: bool,
    /// True when *any policy* counts for none.
    pub no_any: bool,
}

struct Node {
    expected: Policies,
    /// Policies of the level above that it follows from.
    parents: Policies,
}

type Level = BTreeMap<ObjectIdentifier, Node>;

/// Follows the policies down a path.
pub(super) struct Graph<'a> {
    rules: &'a PolicyRules,
    length: usize,
    done: usize,
    /// Nodes of each depth; `None` once no policy is left.
    levels: Option<Vec<Level>>,
    explicit: usize,
    mapping: usize,
    any: usize,
}

impl<'a> Graph<'a> {
    pub(super) fn new(rules: &'a PolicyRules, length: usize) -> Self {
        let root = Node { expected: Policies::from([oids::ANY_POLICY]), parents: Policies::new() };
        let begins = |forbidden: bool| if forbidden { 0 } else { length + 1 };
        Self {
            rules,
            length,
            done: 0,
            levels: Some(vec![Level::from([(oids::ANY_POLICY, root)])]),
            explicit: begins(rules.explicit),
            mapping: begins(rules.no_mapping),
            any: begins(rules.no_any),
        }
    }

    /// Takes what a certificate states (§6.1.3 d to f). False when a policy had to hold and none does.
    pub(super) fn state(&mut self, certificate: &Certificate) -> Result<bool, Malformed> {
        self.done += 1;
        let is_last = self.done == self.length;
        match (stated(certificate)?, self.levels.as_mut()) {
            (Some(stated), Some(levels)) => {
                let counts_any = self.any > 0 || (!is_last && certificate.is_self_issued());
                let above = levels.last().map(|level| next(level, &stated, counts_any)).unwrap_or_default();
                levels.push(above);
                prune(levels);
                if levels.last().is_none_or(Level::is_empty) {
                    self.levels = None;
                }
            }
            _ => self.levels = None,
        }
        Ok(self.explicit > 0 || self.levels.is_some())
    }

    /// Takes what an authority demands of those below it (§6.1.4 a, b, h, i, j). False when it maps what cannot be mapped.
    pub(super) fn prepare(&mut self, authority: &Certificate) -> Result<bool, Malformed> {
        if let Some(mapped) = mappings(authority)? {
            let any = oids::ANY_POLICY;
            if mapped.iter().any(|(from, to)| *from == any || to.contains(&any)) {
                return Ok(false);
            }
            self.map(&mapped);
        }
        if !authority.is_self_issued() {
            self.explicit = self.explicit.saturating_sub(1);
            self.mapping = self.mapping.saturating_sub(1);
            self.any = self.any.saturating_sub(1);
        }
        let (explicit, mapping) = constraints(authority)?;
        self.explicit = self.explicit.min(explicit.unwrap_or(usize::MAX));
        self.mapping = self.mapping.min(mapping.unwrap_or(usize::MAX));
        if let Some(extension) = authority.extension(oids::INHIBIT_ANY_POLICY) {
            let skip = Reader::new(&extension.value).next()?.small_integer()?;
            self.any = self.any.min(usize::try_from(skip).unwrap_or(usize::MAX));
        }
        Ok(true)
    }

    fn map(&mut self, mapped: &BTreeMap<ObjectIdentifier, Policies>) {
        let Some(levels) = self.levels.as_mut() else { return };
        let allowed = self.mapping > 0;
        if let Some(level) = levels.last_mut() {
            for (from, to) in mapped {
                if !allowed {
                    level.remove(from);
                } else if let Some(node) = level.get_mut(from) {
                    node.expected.clone_from(to);
                } else if level.contains_key(&oids::ANY_POLICY) {
                    let parents = Policies::from([oids::ANY_POLICY]);
                    level.insert(*from, Node { expected: to.clone(), parents });
                }
            }
        }
        prune(levels);
        if levels.last().is_none_or(Level::is_empty) {
            self.levels = None;
        }
    }

    /// Ends at the last certificate (§6.1.5 a, b, g). True when the path holds.
    pub(super) fn finish(mut self, last: &Certificate) -> Result<bool, Malformed> {
        self.explicit = self.explicit.saturating_sub(1);
        if constraints(last)?.0 == Some(0) {
            self.explicit = 0;
        }
        Ok(self.explicit > 0 || self.has_wanted())
    }

    /// Tells whether one of the policies that the authorities vouch for is one that was asked for.
    fn has_wanted(&self) -> bool {
        let Some(levels) = &self.levels else { return false };
        let Some(wanted) = &self.rules.initial else { return true };
        let any = oids::ANY_POLICY;
        let ends_in_any = levels.last().is_some_and(|level| level.contains_key(&any));
        wanted.contains(&any)
            || ends_in_any
            || levels.iter().skip(1).flatten().any(|(policy, node)| {
                // Under which name the first authority that names it vouches for a policy counts.
                node.parents.contains(&any) && wanted.contains(policy)
            })
    }
}

/// Makes the nodes that follow from what a certificate states.
fn next(above: &Level, stated: &Policies, counts_any: bool) -> Level {
    let expecting = |policy: &ObjectIdentifier| -> Policies {
        above.iter().filter(|(_, node)| node.expected.contains(policy)).map(|(name, _)| *name).collect()
    };
    let own =
        |policy: ObjectIdentifier, parents| (policy, Node { expected: Policies::from([policy]), parents });
    let mut level = Level::new();
    for policy in stated.iter().filter(|policy| **policy != oids::ANY_POLICY) {
        let mut parents = expecting(policy);
        if parents.is_empty() && above.contains_key(&oids::ANY_POLICY) {
            parents.insert(oids::ANY_POLICY);
        }
        if !parents.is_empty() {
            level.extend([own(*policy, parents)]);
        }
    }
    if counts_any && stated.contains(&oids::ANY_POLICY) {
        let expected: Policies = above.values().flat_map(|node| node.expected.iter().copied()).collect();
        for policy in expected {
            if !level.contains_key(&policy) {
                level.extend([own(policy, expecting(&policy))]);
            }
        }
    }
    level
}

/// Takes out what nothing follows from, from the last level but one upwards.
fn prune(levels: &mut [Level]) {
    for depth in (0..levels.len().saturating_sub(1)).rev() {
        let (above, below) = levels.split_at_mut(depth + 1);
        if let (Some(above), Some(below)) = (above.last_mut(), below.first()) {
            above.retain(|policy, _| below.values().any(|node| node.parents.contains(policy)));
        }
    }
}

fn stated(certificate: &Certificate) -> Result<Option<Policies>, Malformed> {
    let Some(extension) = certificate.extension(oids::CERTIFICATE_POLICIES) else { return Ok(None) };
    let policies = Reader::new(&extension.value).expect(SEQUENCE)?.inside().all()?;
    policies.iter().map(|policy| policy.inside().next()?.oid()).collect::<Result<_, _>>().map(Some)
}

fn mappings(certificate: &Certificate) -> Result<Option<BTreeMap<ObjectIdentifier, Policies>>, Malformed> {
    let Some(extension) = certificate.extension(oids::POLICY_MAPPINGS) else { return Ok(None) };
    let mut mapped: BTreeMap<_, Policies> = BTreeMap::new();
    for pair in Reader::new(&extension.value).expect(SEQUENCE)?.inside().all()? {
        let mut pair = pair.inside();
        let (from, to) = (pair.next()?.oid()?, pair.next()?.oid()?);
        mapped.entry(from).or_default().insert(to);
    }
    Ok(Some(mapped))
}

/// Returns how many certificates may follow before a policy must hold, and before none may stand for another.
fn constraints(certificate: &Certificate) -> Result<(Option<usize>, Option<usize>), Malformed> {
    let Some(extension) = certificate.extension(oids::POLICY_CONSTRAINTS) else { return Ok((None, None)) };
    let (mut explicit, mut mapping) = (None, None);
    for field in Reader::new(&extension.value).expect(SEQUENCE)?.inside().all()? {
        // Their tags are implicit.
        if field.content.is_empty() || field.content.len() > 4 {
            return Err(Malformed);
        }
        let number = field.content.iter().fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
        match field.tag {
            0x80 => explicit = Some(number),
            0x81 => mapping = Some(number),
            _ => return Err(Malformed),
        }
    }
    Ok((explicit, mapping))
}
