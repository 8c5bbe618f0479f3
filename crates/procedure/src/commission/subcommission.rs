//! The report of a subcommission: not binding, but the commission analyses all of it and endorses or corrects each point (RGL 88).

use cotejo_domain::FileHash;
use cotejo_domain::course::{PointHandling, SubcommissionAnswer, SubcommissionPoint, SubcommissionReport};
use serde::Serialize;

/// Returns what identifies a point as it was when it was answered.
#[must_use]
pub fn digest(point: &SubcommissionPoint) -> FileHash {
    FileHash::of(point.text.trim().as_bytes())
}

/// Shows one point with what the commission made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointState {
    /// Its number.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// What was made of it; `None` while it is open, or since it changed.
    pub handling: Option<PointHandling>,
    /// The reasons, or the corrected text.
    pub reasons: String,
}

/// Tells why an answer to a point cannot be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// No such point.
    #[error("the report has no such point")]
    NoPoint,
    /// A correction without reasons.
    #[error("a correction needs its reasons")]
    NoReasons,
}

impl AnswerFault {
    /// Returns the key of the sentence.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NoPoint => "commission.subcommission.no_point",
            Self::NoReasons => "commission.subcommission.no_reasons",
        }
    }
}

/// Checks an answer and returns the point it is about.
///
/// # Errors
/// The first fault.
pub fn check<'a>(
    report: &'a SubcommissionReport,
    number: u32,
    handling: Option<PointHandling>,
    reasons: &str,
) -> Result<&'a SubcommissionPoint, AnswerFault> {
    let point = report.points.iter().find(|point| point.number == number).ok_or(AnswerFault::NoPoint)?;
    if handling == Some(PointHandling::Corrected) && reasons.trim().is_empty() {
        return Err(AnswerFault::NoReasons);
    }
    Ok(point)
}

/// Shows every point of a report.
#[must_use]
pub fn points(report: &SubcommissionReport, answers: &[SubcommissionAnswer]) -> Vec<PointState> {
    let of = |point: &SubcommissionPoint| {
        let own = |one: &&SubcommissionAnswer| one.report == report.id && one.number == point.number;
        answers.iter().rev().find(own).filter(|one| one.over == digest(point) && one.handling.is_some())
    };
    let state = |point: &SubcommissionPoint| {
        let answer = of(point);
        PointState {
            number: point.number,
            text: point.text.clone(),
            handling: answer.and_then(|answer| answer.handling),
            reasons: answer.map_or_else(String::new, |answer| answer.reasons.clone()),
        }
    };
    report.points.iter().map(state).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::ActorId;
    use uuid::Uuid;

    fn report(text: &str) -> SubcommissionReport {
        SubcommissionReport {
            id: "s1".into(),
            number: "SUB-001".into(),
            date: jiff::civil::date(2026, 2, 12),
            signed_by: vec!["Persona 9".into()],
            document: None,
            points: vec![
                SubcommissionPoint { number: 1, text: text.into(), requirement: None, bid: None },
                SubcommissionPoint { number: 2, text: "Otro".into(), requirement: None, bid: None },
            ],
            author: ActorId(Uuid::from_u128(1)),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn answer(report: &SubcommissionReport, handling: Option<PointHandling>) -> SubcommissionAnswer {
        SubcommissionAnswer {
            report: report.id.clone(),
            number: 1,
            handling,
            over: digest(&report.points[0]),
            reasons: "De acuerdo".into(),
            author: ActorId(Uuid::from_u128(1)),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn every_point_is_open_until_it_is_endorsed_or_corrected() {
        let report = report("La oferta 2 no acredita experiencia");
        let open = |answers: &[SubcommissionAnswer]| {
            points(&report, answers).iter().filter(|point| point.handling.is_none()).count()
        };
        let endorsed = answer(&report, Some(PointHandling::Endorsed));
        assert_eq!(open(&[]), 2);
        assert_eq!(open(std::slice::from_ref(&endorsed)), 1, "the commission analyses all of it");
        assert_eq!(open(&[endorsed, answer(&report, None)]), 2, "taken back");
        assert_eq!(check(&report, 1, Some(PointHandling::Corrected), " "), Err(AnswerFault::NoReasons));
        assert_eq!(check(&report, 3, Some(PointHandling::Endorsed), ""), Err(AnswerFault::NoPoint));
    }

    #[test]
    fn attack_a_report_is_changed_after_it_was_endorsed() {
        let before = report("La oferta 2 no acredita experiencia");
        let answers = [answer(&before, Some(PointHandling::Endorsed))];
        let after = report("La oferta 2 acredita experiencia");
        assert!(points(&after, &answers)[0].handling.is_none(), "nobody endorsed these words");
    }
}
