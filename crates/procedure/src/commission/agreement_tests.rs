//! Who turns a vote, and who must not.

use super::*;
use cotejo_domain::{Actor, ActorId, BidId, EvaluatingBody, LotId, Member, Motivation, RequirementId, Seat};
use uuid::Uuid;

pub(crate) fn member(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(100 + number))
}

pub(crate) fn seat(number: u128, capacity: Capacity) -> Seat {
    Seat {
        actor: Actor {
            id: ActorId(Uuid::from_u128(number)),
            name: format!("Persona {number}"),
            cedula: None,
            position: String::new(),
            designation: None,
            enrolled: false,
        },
        member: Member { id: member(number), actor: ActorId(Uuid::from_u128(number)), capacity },
        gender: None,
        substitutes: None,
        present: true,
    }
}

/// A commission of so many who vote, the first presides.
pub(crate) fn commission_of(voting: usize) -> Commission {
    let capacities = [Capacity::Presidente, Capacity::TitularAreaRequirente, Capacity::ProfesionalAfin];
    let seats = (1..).zip(capacities).take(voting).map(|(number, capacity)| seat(number, capacity)).collect();
    Commission { body: EvaluatingBody::ComisionTecnica, designation: None, seats }
}

pub(crate) fn decision(number: u128, of: u128, verdict: Verdict) -> Decision {
    Decision {
        id: DecisionId(Uuid::from_u128(number)),
        lot: LotId(Uuid::from_u128(1)),
        requirement: RequirementId("MIN-1".into()),
        bid: BidId(Uuid::from_u128(1)),
        member: member(of),
        verdict,
        motivation: Motivation::default(),
        evidence: Vec::new(),
        proposed: None,
        decided_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

fn rule() -> DecidingRule {
    DecidingRule {
        members: 3,
        quorum: 2,
        with_president: true,
        casting_vote: true,
        source: "RGL 88".into(),
        marked: false,
    }
}

use Verdict::{AConvalidar, Cumple, NoCumple};

fn count(commission: &Commission, verdicts: &[(u128, Verdict)]) -> Tally {
    let decisions: Vec<Decision> =
        verdicts.iter().map(|(of, verdict)| decision(10 + of, *of, *verdict)).collect();
    tally(&ballots(&decisions, Some(commission), &BTreeSet::new()), Some(&rule()))
}

#[test]
fn two_of_three_are_the_majority_and_the_third_dissents() {
    let commission = commission_of(3);
    assert_eq!(
        count(&commission, &[(1, NoCumple), (2, Cumple), (3, Cumple)]),
        Tally::Majority { verdict: Cumple, dissent: vec![member(1)] },
        "the president has one vote like the others"
    );
    assert_eq!(count(&commission, &[(1, Cumple), (2, Cumple)]), Tally::Unanimous { verdict: Cumple });
    assert_eq!(count(&commission, &[]), Tally::Empty);
}

#[test]
fn the_president_breaks_a_tie_and_nobody_else() {
    let commission = commission_of(3);
    assert_eq!(
        count(&commission, &[(1, NoCumple), (2, Cumple)]),
        Tally::Casting { verdict: NoCumple, dissent: vec![member(2)] }
    );
    assert_eq!(
        count(&commission, &[(1, AConvalidar), (2, Cumple), (3, NoCumple)]),
        Tally::Casting { verdict: AConvalidar, dissent: vec![member(2), member(3)] },
        "three opinions are a tie of one each"
    );
    let without = DecidingRule { casting_vote: false, ..rule() };
    let decisions = [decision(1, 1, NoCumple), decision(2, 2, Cumple)];
    let ballots = ballots(&decisions, Some(&commission), &BTreeSet::new());
    assert_eq!(tally(&ballots, Some(&without)), Tally::Open { why: WhyOpen::Tie });
    assert_eq!(
        tally(&ballots, None),
        Tally::Open { why: WhyOpen::Tie },
        "a regime that says nothing gives no casting vote"
    );
}

#[test]
fn attack_a_commission_agrees_behind_its_president() {
    let commission = commission_of(3);
    assert_eq!(
        count(&commission, &[(2, NoCumple), (3, Cumple)]),
        Tally::Open { why: WhyOpen::NoPresident },
        "two without the president are no quorum (RGL 88)"
    );
}

#[test]
fn attack_a_member_without_vote_turns_the_majority() {
    let mut commission = commission_of(2);
    commission.seats.push(seat(7, Capacity::DirectorJuridico));
    commission.seats.push(seat(8, Capacity::Secretario));
    let before = count(&commission, &[(1, NoCumple), (2, Cumple)]);
    let after = count(&commission, &[(1, NoCumple), (2, Cumple), (7, Cumple), (8, Cumple)]);
    assert_eq!(before, after, "voice without vote counts nowhere");
}

#[test]
fn attack_a_removed_or_absent_member_or_a_stranger_still_votes() {
    let mut commission = commission_of(3);
    let decisions =
        [decision(1, 1, NoCumple), decision(2, 2, Cumple), decision(3, 3, Cumple), decision(4, 9, Cumple)];
    let removed = BTreeSet::from([member(3)]);
    let counted = ballots(&decisions, Some(&commission), &removed);
    assert_eq!(counted.iter().map(|ballot| ballot.member).collect::<Vec<_>>(), [member(1), member(2)]);
    commission.seats[1].present = false;
    let counted = ballots(&decisions, Some(&commission), &removed);
    assert_eq!(counted.len(), 1, "who does not take part does not vote");
}

#[test]
fn attack_one_member_votes_twice() {
    let decisions = [decision(1, 1, NoCumple), decision(2, 2, Cumple), decision(3, 2, Cumple)];
    let counted = ballots(&decisions, Some(&commission_of(3)), &BTreeSet::new());
    assert_eq!(counted.len(), 2);
    assert_eq!(counted[1].decision, DecisionId(Uuid::from_u128(3)), "the one that holds");
}

fn agreed(ballots: &[Ballot], verdict: Verdict) -> CommissionAgreement {
    CommissionAgreement {
        lot: LotId(Uuid::from_u128(1)),
        requirement: RequirementId("MIN-1".into()),
        bid: BidId(Uuid::from_u128(1)),
        verdict: Some(verdict),
        votes: votes(ballots),
        motivated_by: motivated_by(ballots, verdict),
        casting_vote: false,
        author: ActorId(Uuid::from_u128(1)),
        at: jiff::Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn attack_a_verdict_is_changed_after_the_agreement() {
    let commission = commission_of(3);
    let mut decisions = vec![decision(1, 1, NoCumple), decision(2, 2, Cumple), decision(3, 3, Cumple)];
    let of = |decisions: &[Decision]| ballots(decisions, Some(&commission), &BTreeSet::new());
    let before = of(&decisions);
    assert_eq!(standing(&before, None), CellStanding::Disputed, "different verdicts and no agreement");
    let agreement = agreed(&before, Cumple);
    assert_eq!(standing(&before, Some(&agreement)), CellStanding::Agreed);
    decisions[2] = decision(4, 3, NoCumple);
    assert_eq!(standing(&of(&decisions), Some(&agreement)), CellStanding::Outdated);
    let taken_back = CommissionAgreement { verdict: None, ..agreement };
    assert_eq!(standing(&before, Some(&taken_back)), CellStanding::Disputed);
}

#[test]
fn with_a_single_evaluator_nothing_is_ever_agreed() {
    let only = [decision(1, 1, NoCumple)];
    for commission in [None, Some(commission_of(1))] {
        let ballots = ballots(&only, commission.as_ref(), &BTreeSet::new());
        assert_eq!(standing(&ballots, None), CellStanding::Concordant);
        assert_eq!(tally(&ballots, None), Tally::Unanimous { verdict: NoCumple });
    }
}

#[test]
fn an_agreement_takes_the_reasons_of_who_said_the_same_the_president_first() {
    let decisions = [decision(5, 2, Cumple), decision(6, 1, Cumple), decision(7, 3, NoCumple)];
    let ballots = ballots(&decisions, Some(&commission_of(3)), &BTreeSet::new());
    assert_eq!(motivated_by(&ballots, Cumple), Some(DecisionId(Uuid::from_u128(6))));
    assert_eq!(motivated_by(&ballots, AConvalidar), None);
}
