//! Claims: which are open at a moment, what they hold up, until when a stage can be claimed against (LEY 115).

use super::deadline::CourseInput;
use super::machine::LotCourse;
use cotejo_domain::course::{Claim, ClaimAnswer, ClaimResult, StageKind, StageMovement};
use cotejo_domain::{LotId, Termino};
use cotejo_rules::Answer;
use cotejo_rules::calendar::{Deadline, add_termino};
use jiff::civil::DateTime;
use serde::Serialize;

/// Holds a claim with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimState {
    /// The claim.
    pub claim: Claim,
    /// How it ended.
    pub answer: Option<ClaimAnswer>,
    /// Until when it has to be answered, with the count; `None` where nobody said how long.
    pub answer_due: Option<Deadline>,
    /// The stage that an accepted claim asks to go back to, while no lot has gone back there.
    pub to_execute: Option<StageKind>,
    /// Whether it was filed within the term of its stage; `None` where that is not known.
    pub in_time: Option<bool>,
}

/// Tells whether a claim is about a lot.
pub(super) fn concerns(claim: &Claim, lot: LotId) -> bool {
    claim.lot.is_none_or(|of| of == lot)
}

/// Tells whether a claim holds up a lot at a moment: it was filed and not decided, or accepted and not carried out.
pub(super) fn holds_up(claim: &Claim, answer: Option<&ClaimAnswer>, at: DateTime, carried_out: bool) -> bool {
    if claim.withdrawn || claim.filed > at {
        return false;
    }
    match answer {
        None => true,
        Some(answer) if answer.when > at => true,
        Some(answer) => matches!(answer.result, ClaimResult::Accepted { back_to: Some(_) }) && !carried_out,
    }
}

/// Counts until when an ended stage can be claimed against; `Ask` names the value that the pack lacks.
#[must_use]
pub fn claim_window(input: &CourseInput<'_>, ended: DateTime) -> Answer<Deadline> {
    match input.pack.settle::<u32>("reclamo_dias", None, input.process.started) {
        Answer::Known(days) => {
            let counted = add_termino(ended.date(), Termino(days.value), input.calendar, input.canton);
            Answer::Known(days.map(counted))
        }
        Answer::Ask { parameter } => Answer::Ask { parameter },
    }
}

/// Returns every claim that was not taken back, with its state.
#[must_use]
pub fn claims(input: &CourseInput<'_>, courses: &[LotCourse]) -> Vec<ClaimState> {
    input
        .claims
        .iter()
        .filter(|claim| !claim.withdrawn)
        .map(|claim| {
            let answer = input.answers.iter().find(|answer| answer.claim == claim.id).cloned();
            let to_execute = match answer.as_ref().map(|answer| answer.result) {
                Some(ClaimResult::Accepted { back_to }) if !carried_out(claim, courses) => back_to,
                _ => None,
            };
            let answer_due = claim.answer_days.map(|days| {
                let from = claim.notified.unwrap_or(claim.filed).date();
                add_termino(from, days, input.calendar, input.canton)
            });
            let ended = courses
                .iter()
                .filter(|course| concerns(claim, course.lot))
                .filter_map(|course| course.ended_before(claim.stage, claim.filed))
                .max();
            let window = ended.and_then(|ended| claim_window(input, ended).known());
            let in_time = window.map(|window| claim.filed.date() <= window.value.due);
            ClaimState { claim: claim.clone(), answer, answer_due, to_execute, in_time }
        })
        .collect()
}

fn carried_out(claim: &Claim, courses: &[LotCourse]) -> bool {
    let mut concerned = courses.iter().filter(|course| concerns(claim, course.lot)).peekable();
    concerned.peek().is_some()
        && concerned.all(|course| course.went_back_for(&claim.id) || course.current().is_none())
}

/// Tells whether a movement goes back for a claim.
pub(super) fn goes_back_for(movement: &StageMovement, id: &str) -> bool {
    matches!(movement, StageMovement::Returned { claim: Some(claim), .. } if claim == id)
}
