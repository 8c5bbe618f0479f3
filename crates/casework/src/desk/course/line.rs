//! The ruled line of stages on the cover of a case, and how long the stage it is in still lasts.

use super::Gathered;
use super::support::shown;
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::open_case::OpenCase;
use crate::view::{StageState, StageView, TimeLeftView};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use cotejo_domain::course::{CourseAct, StageKind};
use cotejo_procedure::stages::{
    LotCourse, Need, PlanStage, StageDeadline, StagePlan, StageStatus, stage_name,
};
use jiff::civil::{Date, DateTime};

/// Holds the line of stages and the time left.
pub(crate) struct CourseLine {
    pub(crate) stages: Vec<StageView>,
    pub(crate) left: Option<TimeLeftView>,
}

/// Draws the line of the lot that is least far; `None` where nobody recorded a course, or none can be known.
///
/// # Errors
/// When the case cannot be read.
pub(crate) async fn course_line(
    desk: &Desk,
    open: &OpenCase,
    undecided: u32,
) -> Result<Option<CourseLine>, CaseworkError> {
    // Most cases have no course yet: the list of cases must not gather what it will not show.
    let acts = open.case.course_acts().await?;
    if !acts.iter().any(|(_, act)| matches!(act, CourseAct::StageMoved(_))) {
        return Ok(None);
    }
    let gathered = match Gathered::of(desk, open).await {
        Ok(gathered) => gathered,
        // A case without a pack has no course; its cover shows what the case itself shows.
        Err(error) if error.code() == Code::Precondition => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(plan) = gathered.plan.known() else { return Ok(None) };
    let courses = gathered.courses(plan);
    if courses.iter().all(|course| course.history.is_empty()) {
        return Ok(None);
    }
    let far =
        |course: &&LotCourse| course.current().and_then(|stage| plan.position(stage)).unwrap_or(usize::MAX);
    let Some(course) = courses.iter().min_by_key(far) else { return Ok(None) };
    let found = gathered.deadlines(plan, &courses);
    let stages = plan
        .stages
        .iter()
        .filter_map(|planned| stage(&gathered, plan, planned, course, &found, undecided))
        .collect();
    Ok(Some(CourseLine { stages, left: left(&gathered, course, &found) }))
}

fn deadline_of<'a>(
    found: &'a [StageDeadline],
    course: &LotCourse,
    stage: StageKind,
) -> Option<&'a StageDeadline> {
    found.iter().find(|deadline| deadline.stage == stage && deadline.lot.is_none_or(|lot| lot == course.lot))
}

fn stage(
    gathered: &Gathered,
    plan: &StagePlan,
    planned: &PlanStage,
    course: &LotCourse,
    found: &[StageDeadline],
    undecided: u32,
) -> Option<StageView> {
    let state = course.state(planned.stage)?;
    let note = |key: &str| message(&format!("stages.line.{key}"), &[]);
    let missing = (planned.stage == StageKind::Calificacion && undecided > 0)
        .then(|| message("casework.stage.missing", &[("numero", &undecided.to_string())]));
    let current = course.current() == Some(planned.stage);
    let (drawn, note, at) = match state.status {
        StageStatus::Closed => (StageState::Done, String::new(), state.closed.map(shown)),
        StageStatus::Omitted => (StageState::Done, note("omitted"), None),
        _ if current => {
            let going = if state.status == StageStatus::Open { "open" } else { "pending" };
            (StageState::Now, missing.unwrap_or_else(|| note(going)), None)
        }
        _ if course.end.is_some() && course.current().is_none() => (StageState::Later, note("ended"), None),
        _ => {
            let due = deadline_of(found, course, planned.stage).and_then(|deadline| deadline.due);
            let waits = missing.or_else(|| waits_for(gathered, plan, planned, course));
            (StageState::Later, waits.unwrap_or_default(), due.map(shown))
        }
    };
    Some(StageView {
        name: message(&format!("stages.short.{}", planned.stage.key()), &[]),
        state: drawn,
        note,
        stage: Some(planned.stage.key().into()),
        at,
    })
}

/// Says what a stage to come waits for besides the stages before it.
fn waits_for(
    gathered: &Gathered,
    plan: &StagePlan,
    planned: &PlanStage,
    course: &LotCourse,
) -> Option<String> {
    let (_, facts) = gathered.facts().iter().find(|(lot, _)| *lot == course.lot)?;
    let guard = gathered.guard(facts);
    let passed = |stage| course.state(stage).is_some_and(|state| state.passed());
    if planned.needs.contains(&Need::SinReclamo) && course.open_claim(guard, gathered.now).is_some() {
        return Some(message("stages.line.claim", &[]));
    }
    let unsigned = planned.needs.contains(&Need::TecnicaFirmada)
        && plan.has(StageKind::Calificacion)
        && passed(StageKind::Calificacion)
        && !course.technical_result_signed(guard);
    unsigned.then(|| message("stages.line.unsigned", &[]))
}

fn left(gathered: &Gathered, course: &LotCourse, found: &[StageDeadline]) -> Option<TimeLeftView> {
    let stage = course.current()?;
    let deadline = deadline_of(found, course, stage)?;
    let due = deadline.due?;
    let began = course.state(stage).and_then(|state| state.opened);
    let before =
        course.history.iter().map(|applied| applied.movement.when).filter(|when| *when <= gathered.now);
    let since = began.or_else(|| before.max()).unwrap_or(gathered.now);
    let several = gathered.judgement.state.lots.len() > 1;
    let count = |from: Date, to: Date| {
        let mut number = 0_u32;
        let mut day = from;
        // A moment that is years away is no count of days that anybody reads.
        for _ in 0..MOST_DAYS {
            let Ok(next) = day.tomorrow() else { break };
            if next > to {
                break;
            }
            day = next;
            number += u32::from(gathered.calendar.off(day, gathered.canton()).is_none());
        }
        number
    };
    let today = gathered.now.date();
    let overdue = gathered.now > due;
    let yesterday = today.yesterday().unwrap_or(today);
    let mut remarks = deadline.unverified.clone();
    if gathered.canton().is_none() {
        remarks.push(message("stages.no_canton", &[]));
    }
    Some(TimeLeftView {
        stage: stage.key().into(),
        name: stage_name(stage),
        lot: several.then(|| gathered.lot_name(course.lot)),
        due: shown(due),
        overdue,
        passed: passed(since, yesterday, count),
        today: gathered.calendar.off(today, gathered.canton()).is_none(),
        days: if overdue { count(due.date(), today) } else { count(today, due.date()) },
        remarks,
    })
}

/// A término counts from the day after what it is counted from.
fn passed(since: DateTime, yesterday: Date, count: impl Fn(Date, Date) -> u32) -> u32 {
    if since.date() > yesterday { 0 } else { count(since.date(), yesterday) }
}

const MOST_DAYS: usize = 800;
