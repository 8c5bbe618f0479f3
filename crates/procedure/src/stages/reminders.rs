//! What is due soon: deadlines of stages, terms of the norm, claims, cures.

use super::claims::{ClaimState, claim_window};
use super::deadline::{CourseInput, DeadlineState, StageDeadline};
use super::machine::LotCourse;
use super::plan::{LimitKind, name};
use cotejo_catalogue::message;
use cotejo_domain::LotId;
use cotejo_domain::course::StageKind;
use jiff::ToSpan;
use jiff::civil::DateTime;
use serde::Serialize;

/// Reminds of one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reminder {
    /// Names it, the same as long as it is about the same thing: what it is, lot and stage.
    pub id: String,
    /// The lot; `None` for the whole process.
    pub lot: Option<LotId>,
    /// The stage.
    pub stage: StageKind,
    /// The moment, local time of Ecuador.
    pub due: DateTime,
    /// True when it passed.
    pub overdue: bool,
    /// What is due, in Spanish.
    pub title: String,
    /// Why it is then, in Spanish: schedule or norm, working, marks.
    pub detail: String,
}

/// Lists what is due within a number of days from now, what passed first.
#[must_use]
pub fn reminders(
    found: &[StageDeadline],
    claims: &[ClaimState],
    courses: &[LotCourse],
    input: &CourseInput<'_>,
    days: u32,
) -> Vec<Reminder> {
    let mut all = Vec::new();
    for deadline in found {
        if let Some(due) = deadline.due
            && matches!(
                deadline.state,
                DeadlineState::Upcoming | DeadlineState::Today | DeadlineState::Overdue
            )
        {
            let mut detail: Vec<String> = Vec::new();
            match &deadline.scheduled {
                Some(scheduled) => detail.push(scheduled.source.clone()),
                None => detail.extend(deadline.terms.iter().filter_map(of_the_norm)),
            }
            detail.extend(deadline.remarks.iter().cloned());
            detail.extend(deadline.unverified.iter().cloned());
            all.push(Reminder {
                id: format!("etapa-{}{}", deadline.stage.key(), suffix(deadline.lot)),
                lot: deadline.lot,
                stage: deadline.stage,
                due,
                overdue: deadline.state == DeadlineState::Overdue,
                title: message("stages.reminder.stage", &[("etapa", &name(deadline.stage))]),
                detail: detail.join("\n"),
            });
        }
        for term in deadline.terms.iter().filter(|term| term.kind == LimitKind::Publish) {
            if let (Some(due), DeadlineState::Upcoming | DeadlineState::Today | DeadlineState::Overdue) =
                (term.latest, term.state)
                && term.from_recorded
            {
                all.push(Reminder {
                    id: format!("publicar-{}{}", deadline.stage.key(), suffix(deadline.lot)),
                    lot: deadline.lot,
                    stage: deadline.stage,
                    due,
                    overdue: due < input.now,
                    title: message("stages.reminder.publish", &[("etapa", &name(deadline.stage))]),
                    detail: of_the_norm(term).unwrap_or_default(),
                });
            }
        }
    }
    for state in claims.iter().filter(|state| state.answer.is_none()) {
        let Some(due) = &state.answer_due else { continue };
        let at = input.end_of(due.due);
        all.push(Reminder {
            id: format!("reclamo-{}", state.claim.id),
            lot: state.claim.lot,
            stage: state.claim.stage,
            due: at,
            overdue: at < input.now,
            title: message("stages.reminder.claim", &[("nombre", &state.claim.claimant)]),
            detail: state.claim.against.clone(),
        });
    }
    // Until when the stage that ended last can be claimed against: nothing is awarded before.
    for course in courses {
        let last =
            course.stages.iter().rev().find_map(|state| Some((state.stage, course.closed(state.stage)?)));
        if let Some((stage, ended)) = last
            && course.end.is_none()
            && let Some(window) = claim_window(input, ended).known()
        {
            let due = input.end_of(window.value.due);
            if due >= input.now {
                all.push(Reminder {
                    id: format!("preclusion-{}-{}", stage.key(), course.lot),
                    lot: Some(course.lot),
                    stage,
                    due,
                    overdue: false,
                    title: message("stages.reminder.claims_end", &[("etapa", &name(stage))]),
                    detail: window.source,
                });
            }
        }
    }
    let horizon = input.now.checked_add(i64::from(days.min(36_500)).days()).unwrap_or(input.now);
    all.retain(|reminder| reminder.overdue || reminder.due <= horizon);
    all.sort_by(|one, other| (one.due, &one.id).cmp(&(other.due, &other.id)));
    all
}

fn of_the_norm(term: &super::deadline::StageTerm) -> Option<String> {
    let latest = term.latest?;
    let values = [
        ("etapa", term.from.clone()),
        ("fecha", latest.strftime("%Y-%m-%d").to_string()),
        ("fuente", term.norm.source.clone()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(message("stages.reminder.norm", &values))
}

fn suffix(lot: Option<LotId>) -> String {
    lot.map_or_else(String::new, |lot| format!("-{lot}"))
}
