//! *Excusa* and *recusación*: who may not go on, and what a replacement owes before acting (COA 86 to 88).

use cotejo_domain::MemberId;
use cotejo_domain::course::{Impediment, ImpedimentKind};
use serde::Serialize;
use std::collections::BTreeSet;

/// Tells why an impediment cannot be recorded as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImpedimentFault {
    /// No ground.
    #[error("an impediment needs its ground")]
    NoGround,
    /// Nobody raised it.
    #[error("nobody raised it")]
    NobodyRaised,
    /// Resolved before it was raised.
    #[error("resolved before it was raised")]
    ResolvedBefore,
    /// A resolution without reasons or number.
    #[error("a resolution needs its reasons and its number")]
    NoReasons,
}

impl ImpedimentFault {
    /// Returns the key of the sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NoGround => "commission.impediment.no_ground",
            Self::NobodyRaised => "commission.impediment.nobody",
            Self::ResolvedBefore => "commission.impediment.before",
            Self::NoReasons => "commission.impediment.no_reasons",
        }
    }
}

/// Checks an impediment.
///
/// # Errors
/// The first fault.
pub fn check(impediment: &Impediment) -> Result<(), ImpedimentFault> {
    if impediment.ground.trim().is_empty() {
        return Err(ImpedimentFault::NoGround);
    }
    if impediment.raised_by.trim().is_empty() {
        return Err(ImpedimentFault::NobodyRaised);
    }
    let Some(resolution) = &impediment.resolution else { return Ok(()) };
    if resolution.instrument.date < impediment.raised_on {
        return Err(ImpedimentFault::ResolvedBefore);
    }
    let incomplete = resolution.reason.trim().is_empty()
        || resolution.instrument.name.trim().is_empty()
        || resolution.instrument.number.trim().is_empty();
    if incomplete { Err(ImpedimentFault::NoReasons) } else { Ok(()) }
}

/// Tells where a member stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImpedimentState {
    /// Raised, not resolved.
    Pending,
    /// Accepted: the member no longer acts.
    Removed,
    /// Denied: the member goes on.
    Denied,
}

/// Returns the state of an impediment.
#[must_use]
pub fn state(impediment: &Impediment) -> ImpedimentState {
    match &impediment.resolution {
        None => ImpedimentState::Pending,
        Some(resolution) if resolution.accepted => ImpedimentState::Removed,
        Some(_) => ImpedimentState::Denied,
    }
}

/// Lists the members who no longer act: their verdicts do not count.
#[must_use]
pub fn removed<'a>(impediments: impl IntoIterator<Item = &'a Impediment>) -> BTreeSet<MemberId> {
    let removed = impediments.into_iter().filter(|one| state(one) == ImpedimentState::Removed);
    removed.map(|one| one.member).collect()
}

/// Lists the members about whom something is pending.
#[must_use]
pub fn pending<'a>(impediments: impl IntoIterator<Item = &'a Impediment>) -> BTreeSet<MemberId> {
    let pending = impediments.into_iter().filter(|one| state(one) == ImpedimentState::Pending);
    pending.map(|one| one.member).collect()
}

/// Names the kind of impediment by the key of its word.
#[must_use]
pub fn kind_key(kind: ImpedimentKind) -> &'static str {
    match kind {
        ImpedimentKind::Excusa => "commission.impediment.excusa",
        ImpedimentKind::Recusacion => "commission.impediment.recusacion",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::agreement::tests::member;
    use cotejo_domain::course::ImpedimentResolution;
    use cotejo_domain::{ActorId, Instrument};
    use jiff::civil::date;

    fn impediment() -> Impediment {
        Impediment {
            id: "i1".into(),
            kind: ImpedimentKind::Recusacion,
            member: member(2),
            raised_by: "Oferente de ejemplo".into(),
            raised_on: date(2026, 2, 10),
            ground: "Parentesco con el representante".into(),
            resolution: None,
            author: ActorId(uuid::Uuid::from_u128(1)),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn resolved(accepted: bool, day: i8) -> Impediment {
        let resolution = ImpedimentResolution {
            accepted,
            instrument: Instrument {
                name: "Resolución".into(),
                number: "014".into(),
                date: date(2026, 2, day),
                issued_by: None,
            },
            reason: "Consta el parentesco".into(),
        };
        Impediment { resolution: Some(resolution), ..impediment() }
    }

    #[test]
    fn only_an_accepted_impediment_removes_a_member() {
        assert_eq!(state(&impediment()), ImpedimentState::Pending);
        assert!(removed([&impediment(), &resolved(false, 12)]).is_empty());
        assert_eq!(removed([&resolved(true, 12)]), BTreeSet::from([member(2)]));
        assert_eq!(pending([&impediment()]), BTreeSet::from([member(2)]));
    }

    #[test]
    fn attack_a_resolution_older_than_what_it_resolves() {
        assert_eq!(check(&resolved(true, 9)), Err(ImpedimentFault::ResolvedBefore));
        assert_eq!(check(&resolved(true, 10)), Ok(()));
        assert_eq!(check(&Impediment { ground: " ".into(), ..impediment() }), Err(ImpedimentFault::NoGround));
    }
}
