//! From the verdicts of members to what the commission says: quorum, simple majority, the president's casting vote, dissent.
//!
//! A cell on which everybody who decided says the same needs no agreement; with a single evaluator nothing is ever agreed.

use super::body::DecidingRule;
use cotejo_domain::course::{CommissionAgreement, Vote};
use cotejo_domain::{Capacity, Commission, Decision, DecisionId, MemberId, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;

/// Counts one member's verdict on a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ballot {
    /// The member.
    pub member: MemberId,
    /// Whether the member presides.
    pub presides: bool,
    /// The decision.
    pub decision: DecisionId,
    /// What it says.
    pub verdict: Verdict,
}

/// Tells what a count comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Tally {
    /// Nobody with a vote has decided.
    Empty,
    /// Everybody who decided says the same.
    Unanimous {
        /// What they say.
        verdict: Verdict,
    },
    /// More than half of them say the same.
    Majority {
        /// What they say.
        verdict: Verdict,
        /// Who says otherwise.
        dissent: Vec<MemberId>,
    },
    /// A tie that the president's vote breaks.
    Casting {
        /// What the president says.
        verdict: Verdict,
        /// Who says otherwise.
        dissent: Vec<MemberId>,
    },
    /// The commission cannot agree yet.
    Open {
        /// Why.
        why: WhyOpen,
    },
}

/// Tells why a commission cannot agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyOpen {
    /// Fewer decided than the quorum.
    NoQuorum,
    /// The president, without whom there is no quorum, has not decided.
    NoPresident,
    /// A tie, and nothing says that the president's vote breaks it.
    Tie,
}

impl WhyOpen {
    /// Returns the key of the sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NoQuorum => "commission.open.no_quorum",
            Self::NoPresident => "commission.open.no_president",
            Self::Tie => "commission.open.tie",
        }
    }
}

impl Tally {
    /// Returns what the count comes to, where it comes to something.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::Unanimous { verdict } | Self::Majority { verdict, .. } | Self::Casting { verdict, .. } => {
                Some(*verdict)
            }
            Self::Empty | Self::Open { .. } => None,
        }
    }

    /// Returns who says otherwise.
    #[must_use]
    pub fn dissent(&self) -> &[MemberId] {
        match self {
            Self::Majority { dissent, .. } | Self::Casting { dissent, .. } => dissent,
            _ => &[],
        }
    }
}

/// Takes from the decisions on one cell those that count: of members who vote, who take part, and whom nobody removed; of each the one that
/// holds.
#[must_use]
pub fn ballots<'a>(
    decisions: impl IntoIterator<Item = &'a Decision>,
    commission: Option<&Commission>,
    removed: &BTreeSet<MemberId>,
) -> Vec<Ballot> {
    let mut found: Vec<Ballot> = Vec::new();
    for decision in decisions {
        let seat = commission
            .and_then(|commission| commission.seats.iter().find(|seat| seat.member.id == decision.member));
        let counts = match (commission, seat) {
            // Before a commission is recorded whoever decides is the evaluator.
            (None, _) => true,
            (Some(_), seat) => seat.is_some_and(|seat| seat.votes()),
        };
        if !counts || removed.contains(&decision.member) || decision.verdict == Verdict::Pendiente {
            continue;
        }
        found.retain(|ballot| ballot.member != decision.member);
        found.push(Ballot {
            member: decision.member,
            presides: seat.is_some_and(|seat| seat.member.capacity == Capacity::Presidente),
            decision: decision.id,
            verdict: decision.verdict,
        });
    }
    found
}

/// Counts ballots by the regime's rule. Where the regime's rule is not known two votes with the president's are wanted, and no vote breaks a tie.
#[must_use]
pub fn tally(ballots: &[Ballot], rule: Option<&DecidingRule>) -> Tally {
    let Some(first) = ballots.first() else { return Tally::Empty };
    if ballots.iter().all(|ballot| ballot.verdict == first.verdict) {
        return Tally::Unanimous { verdict: first.verdict };
    }
    let quorum = rule.map_or(2, |rule| rule.quorum);
    if u32::try_from(ballots.len()).unwrap_or(u32::MAX) < quorum {
        return Tally::Open { why: WhyOpen::NoQuorum };
    }
    let president = ballots.iter().find(|ballot| ballot.presides);
    if president.is_none() && rule.is_none_or(|rule| rule.with_president) {
        return Tally::Open { why: WhyOpen::NoPresident };
    }
    let votes_for = |verdict: Verdict| ballots.iter().filter(|ballot| ballot.verdict == verdict).count();
    let dissent = |verdict: Verdict| {
        let others = ballots.iter().filter(|ballot| ballot.verdict != verdict);
        others.map(|ballot| ballot.member).collect::<Vec<_>>()
    };
    if let Some(ballot) = ballots.iter().find(|ballot| votes_for(ballot.verdict) * 2 > ballots.len()) {
        return Tally::Majority { verdict: ballot.verdict, dissent: dissent(ballot.verdict) };
    }
    let most = ballots.iter().map(|ballot| votes_for(ballot.verdict)).max().unwrap_or(0);
    match president {
        Some(president)
            if rule.is_some_and(|rule| rule.casting_vote) && votes_for(president.verdict) == most =>
        {
            Tally::Casting { verdict: president.verdict, dissent: dissent(president.verdict) }
        }
        _ => Tally::Open { why: WhyOpen::Tie },
    }
}

/// Tells where a cell stands between its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub enum CellStanding {
    /// Nobody decided.
    Undecided,
    /// Who decided says the same.
    Concordant,
    /// They differ, and nothing was agreed.
    Disputed,
    /// They differ, and what was agreed counts other votes than hold now.
    Outdated,
    /// The commission agreed.
    Agreed,
}

impl CellStanding {
    /// Tells whether an acta that states the cell must wait.
    #[must_use]
    pub fn blocks(&self) -> bool {
        matches!(self, Self::Disputed | Self::Outdated)
    }
}

/// Judges a cell by its ballots and by what was agreed on it.
#[must_use]
pub fn standing(ballots: &[Ballot], agreement: Option<&CommissionAgreement>) -> CellStanding {
    let Some(first) = ballots.first() else { return CellStanding::Undecided };
    if ballots.iter().all(|ballot| ballot.verdict == first.verdict) {
        return CellStanding::Concordant;
    }
    match agreement.filter(|agreement| agreement.verdict.is_some()) {
        None => CellStanding::Disputed,
        Some(agreement) if counts(agreement, ballots) => CellStanding::Agreed,
        Some(_) => CellStanding::Outdated,
    }
}

/// Tells whether an agreement counts exactly these ballots.
#[must_use]
pub fn counts(agreement: &CommissionAgreement, ballots: &[Ballot]) -> bool {
    let key = |member: MemberId, decision: DecisionId| (member, decision);
    let counted: BTreeSet<_> = agreement.votes.iter().map(|vote| key(vote.member, vote.decision)).collect();
    let present: BTreeSet<_> = ballots.iter().map(|ballot| key(ballot.member, ballot.decision)).collect();
    counted == present
}

/// Returns the ballots as an agreement keeps them.
#[must_use]
pub fn votes(ballots: &[Ballot]) -> Vec<Vote> {
    let vote =
        |ballot: &Ballot| Vote { member: ballot.member, decision: ballot.decision, verdict: ballot.verdict };
    ballots.iter().map(vote).collect()
}

/// Returns the decision whose reasons an agreement makes its own: the president's where it says the same, else the first that does.
#[must_use]
pub fn motivated_by(ballots: &[Ballot], verdict: Verdict) -> Option<DecisionId> {
    let same = || ballots.iter().filter(|ballot| ballot.verdict == verdict);
    same().find(|ballot| ballot.presides).or_else(|| same().next()).map(|ballot| ballot.decision)
}

#[cfg(test)]
#[path = "agreement_tests.rs"]
pub(crate) mod tests;
