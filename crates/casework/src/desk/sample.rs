//! Session and commission of the fictional sample: persons who do not exist, dates that follow the sample's schedule.

use super::labels;
use crate::CaseworkError;
use crate::view::{CommissionDraft, MotivationView, SessionDraft};
use cotejo_catalogue::message;
use cotejo_domain::{Motivation, Process, Proposal, RequirementKind, Verdict};
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

#[derive(Deserialize)]
struct Sample {
    commission: CommissionDraft,
    session: SessionDraft,
}

fn sample() -> Result<Sample, CaseworkError> {
    Ok(serde_json::from_str(include_str!("sample.json"))?)
}

/// Names the fictional president of the sample's commission and its cédula of nobody: whoever signs the sample's acta.
///
/// # Errors
/// Never, unless the program's own data are damaged.
pub fn sample_president() -> Result<(String, String), CaseworkError> {
    let seats = sample()?.commission.seats;
    Ok(seats.into_iter().next().map_or_else(Default::default, |seat| (seat.name, seat.cedula)))
}

/// The next weekday after the bids were due; what the sample's schedule lacks is counted from a fixed day.
fn day_of_session(process: &Process) -> Date {
    let due = process.bids_due.map(|due| due.date()).or(process.started);
    let mut day = due.unwrap_or(jiff::civil::date(2026, 1, 5));
    loop {
        day = day.saturating_add(jiff::Span::new().days(1));
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return day;
        }
    }
}

fn before(day: Date, days: i64) -> String {
    day.saturating_sub(jiff::Span::new().days(days)).to_string()
}

pub(crate) fn commission(process: &Process) -> Result<CommissionDraft, CaseworkError> {
    let mut commission = sample()?.commission;
    let day = process.started.unwrap_or_else(|| day_of_session(process));
    if let Some(designation) = &mut commission.designation {
        designation.date = before(day, 3);
    }
    Ok(commission)
}

pub(crate) fn session(process: &Process) -> Result<SessionDraft, CaseworkError> {
    let mut session = sample()?.session;
    let day = day_of_session(process);
    session.opened = Some(day.at(9, 0, 0, 0).to_string());
    session.closed = Some(day.at(12, 40, 0, 0).to_string());
    if let Some(convocation) = &mut session.convocation {
        convocation.date = before(day, 1);
    }
    Ok(session)
}

/// What the fictional evaluator decides, and how it is motivated: as proposed; an absent or defective form is to be cured first. What no
/// check looks at, and only a person can, is met in this fiction; what a check could not read is *a convalidar*.
pub(crate) fn decision(
    kind: RequirementKind,
    proposal: Option<&Proposal>,
    drafted: MotivationView,
) -> (Verdict, Motivation) {
    // Of personnel and equipment a check gathers papers and leaves the judgement to a person.
    let left_to_a_person =
        |proposal: &Proposal| proposal.reasons.iter().any(|reason| reason.code.ends_with(".revise"));
    let unseen = proposal.is_none_or(|proposal| {
        proposal.verdict == Verdict::Pendiente && (proposal.evidence.is_empty() || left_to_a_person(proposal))
    });
    let (verdict, fact) = match proposal.map(|proposal| proposal.verdict) {
        _ if unseen && kind != RequirementKind::Integridad => {
            (Verdict::Cumple, message("casework.sample.reviewed", &[]))
        }
        Some(Verdict::Pendiente) | None => (Verdict::AConvalidar, drafted.fact),
        Some(Verdict::NoCumple) if kind == RequirementKind::Integridad => {
            (Verdict::AConvalidar, drafted.fact)
        }
        Some(verdict) => (verdict, drafted.fact),
    };
    let or = |text: String, key: &str| if text.trim().is_empty() { message(key, &[]) } else { text };
    let motivation = Motivation {
        fact: or(fact, "casework.sample.fact"),
        evidence: or(drafted.evidence, "casework.sample.evidence"),
        norm: or(drafted.norm, "casework.sample.norm"),
        conclusion: message(
            "casework.sample.conclusion",
            &[("resultado", &labels::verdict(verdict).to_lowercase())],
        ),
    };
    (verdict, motivation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(verdict: Verdict) -> Proposal {
        Proposal {
            id: cotejo_domain::ProposalId(uuid::Uuid::from_u128(1)),
            lot: cotejo_domain::LotId(uuid::Uuid::from_u128(2)),
            requirement: cotejo_domain::RequirementId("R1".into()),
            bid: cotejo_domain::BidId(uuid::Uuid::from_u128(3)),
            check: "otros@1".into(),
            verdict,
            confidence: cotejo_domain::Confidence::NONE,
            reasons: Vec::new(),
            trace: Vec::new(),
            legal_basis: Vec::new(),
            rests_on_unverified: false,
            unverified_norms: Vec::new(),
            evidence: Vec::new(),
        }
    }

    #[test]
    fn the_fictional_evaluator_rejects_no_bid_for_a_form() {
        let decide = |kind, verdict| decision(kind, Some(&proposal(verdict)), MotivationView::default()).0;
        assert_eq!(decide(RequirementKind::Integridad, Verdict::NoCumple), Verdict::AConvalidar);
        assert_eq!(decide(RequirementKind::Integridad, Verdict::Pendiente), Verdict::AConvalidar);
        assert_eq!(decide(RequirementKind::Minimo, Verdict::NoCumple), Verdict::NoCumple);
    }

    #[test]
    fn what_only_a_person_can_look_at_is_motivated_as_looked_at() {
        let (verdict, motivation) =
            decision(RequirementKind::Minimo, Some(&proposal(Verdict::Pendiente)), MotivationView::default());
        assert_eq!(verdict, Verdict::Cumple);
        assert!(motivation.fact.contains("EJEMPLO"), "{}", motivation.fact);
        assert!(motivation.conclusion.to_lowercase().contains("cumple"), "{}", motivation.conclusion);
    }
    use cotejo_domain::{Cedula, CheckDigit};

    #[test]
    fn the_persons_of_the_sample_have_sound_numbers_and_can_meet() {
        let sample = sample().expect("the sample's own data");
        for seat in &sample.commission.seats {
            let cedula = Cedula::parse(&seat.cedula).expect("the shape of a cédula");
            assert_eq!(cedula.check_digit(), CheckDigit::Agrees, "{} has a sound number", seat.name);
        }
        let (name, cedula) = sample_president().expect("the first seat");
        assert_eq!((name, cedula), (sample.commission.seats[0].name.clone(), "1559000011".into()));
    }
}
