//! Until when each stage lasts: the schedule first, the norm's limits beside it, each with its working; where they differ, both are shown.

use super::limits::{Limit, NormLimit, Unit, limit_of};
use super::machine::{LotCourse, StageStatus};
use super::plan::{LimitForm, LimitKind, PlanStage, Scope, StagePlan, name};
use super::schedule::{ScheduledMoment, ScheduledStage, moment_of, scheduled};
use cotejo_catalogue::message;
use cotejo_domain::course::{
    Claim, ClaimAnswer, Constancia, ConstanciaKind, CureNotification, StageDate, StageKind,
};
use cotejo_domain::{LotId, ProcedureType, Process, ScheduleStage, Termino};
use cotejo_rules::calendar::{Calendar, Deadline, add_termino};
use cotejo_rules::{Answer, RulePack};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

/// Holds everything that deadlines, claims and the report on compliance are made from.
#[derive(Clone, Copy, Debug)]
pub struct CourseInput<'a> {
    /// The frozen pack.
    pub pack: &'a RulePack,
    /// The process.
    pub process: &'a Process,
    /// The pliego's schedule.
    pub schedule: &'a [ScheduleStage],
    /// What persons stated of the schedule, the oldest first.
    pub dates: &'a [StageDate],
    /// Working days.
    pub calendar: &'a Calendar,
    /// Canton of the entity, where it is known.
    pub canton: Option<&'a str>,
    /// Claims.
    pub claims: &'a [Claim],
    /// How they ended.
    pub answers: &'a [ClaimAnswer],
    /// Constancias that were recorded.
    pub constancias: &'a [Constancia],
    /// Notifications of requests of a convalidación.
    pub notified: &'a [CureNotification],
    /// The present moment, local time of Ecuador.
    pub now: DateTime,
}

impl CourseInput<'_> {
    /// Returns the lines of the schedule with their stages.
    #[must_use]
    pub fn lines(&self) -> Vec<ScheduledStage> {
        scheduled(self.schedule, is_consultancy(self.process.procedure))
    }

    /// Returns the last moment of a day: the hour until which the Portal works where the regime has one, else the end of the day.
    pub(super) fn end_of(&self, day: Date) -> DateTime {
        end_of_day(self.pack, self.process.started, day)
    }
}

fn end_of_day(pack: &RulePack, started: Option<Date>, day: Date) -> DateTime {
    #[derive(Deserialize)]
    struct Hours {
        hasta: String,
    }
    let hours: Answer<Hours> = pack.settle("portal_horario", None, started);
    let until = hours.known().and_then(|hours| hours.value.hasta.parse::<Time>().ok());
    match until {
        Some(until) => day.to_datetime(until),
        None => day.at(23, 59, 0, 0),
    }
}

pub(super) fn is_consultancy(procedure: ProcedureType) -> bool {
    matches!(procedure, ProcedureType::Consultoria | ProcedureType::Cdc | ProcedureType::Lcc)
}

/// Says what a limit does, for people and programs.
pub type TermKind = LimitKind;

/// Says how a term or a stage stands against its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineState {
    /// Nobody said until when, or what it is counted from has not happened.
    NoDate,
    /// The pack lacks the value: a person is asked.
    Ask,
    /// It is still to come.
    Upcoming,
    /// It is today.
    Today,
    /// It passed, and nothing was recorded.
    Overdue,
    /// What was recorded kept to it.
    Kept,
    /// What was recorded came late.
    Late,
    /// What was recorded came too early.
    Early,
    /// The stage does not take place.
    NotApplicable,
    /// The norm's table was not seen: what was recorded lies between its brackets.
    Undecided,
}

/// Holds one limit of the norm on a stage, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageTerm {
    /// What it does.
    pub kind: LimitKind,
    /// What the norm says, with its source.
    pub norm: NormLimit,
    /// What it is counted from, in Spanish.
    pub from: String,
    /// The moment it is counted from.
    pub from_at: Option<DateTime>,
    /// Whether that moment was recorded, or is only scheduled.
    pub from_recorded: bool,
    /// The first moment at which the stage may end, and the last, as far as the norm has them.
    pub earliest: Option<DateTime>,
    /// See `earliest`.
    pub latest: Option<DateTime>,
    /// How the earliest was counted, day by day.
    pub working_earliest: Option<Deadline>,
    /// How the latest was counted, day by day.
    pub working_latest: Option<Deadline>,
    /// How what was recorded stands against it.
    pub state: DeadlineState,
    /// What a person should know, in Spanish.
    pub remarks: Vec<String>,
}

/// Holds until when a stage lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageDeadline {
    /// The lot; `None` for a stage of the whole process.
    pub lot: Option<LotId>,
    /// The stage.
    pub stage: StageKind,
    /// The moment that the schedule sets.
    pub scheduled: Option<ScheduledMoment>,
    /// Until when: the schedule's, else the norm's last moment.
    pub due: Option<DateTime>,
    /// True when `due` is the schedule's.
    pub due_by_schedule: bool,
    /// When the stage ended, as recorded.
    pub ended: Option<DateTime>,
    /// How it stands.
    pub state: DeadlineState,
    /// The limits of the norm.
    pub terms: Vec<StageTerm>,
    /// Where schedule and norm differ, and what else a person should know, in Spanish.
    pub remarks: Vec<String>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What it rests on that nobody verified, each with its source.
    pub unverified: Vec<String>,
}

/// Returns the deadlines of a process: those of the whole process once, then those of each lot.
#[must_use]
pub fn deadlines(plan: &StagePlan, courses: &[LotCourse], input: &CourseInput<'_>) -> Vec<StageDeadline> {
    let lines = input.lines();
    let mut all = Vec::new();
    if let Some(first) = courses.first() {
        for stage in plan.stages.iter().filter(|stage| stage.scope == Scope::Process) {
            all.push(deadline(stage, None, first, input, &lines));
        }
    }
    for course in courses {
        for stage in plan.stages.iter().filter(|stage| stage.scope == Scope::Lot) {
            all.push(deadline(stage, Some(course.lot), course, input, &lines));
        }
    }
    all
}

fn deadline(
    stage: &PlanStage,
    lot: Option<LotId>,
    course: &LotCourse,
    input: &CourseInput<'_>,
    lines: &[ScheduledStage],
) -> StageDeadline {
    let scheduled = moment_of(stage.stage, lot, lines, input.dates, input.process, Some(course));
    let state = course.state(stage.stage);
    let status = state.map_or(StageStatus::Pending, |state| state.status);
    let ended = course.closed(stage.stage);
    let over = status == StageStatus::Omitted || (course.current().is_none() && ended.is_none());
    let mut remarks = Vec::new();
    let mut unverified = Vec::new();
    let held = |form: &&LimitForm| form.unless_held.is_some_and(|stage| course.closed(stage).is_some());
    let terms: Vec<StageTerm> = stage
        .limits
        .iter()
        .filter(|form| !held(form))
        .map(|form| {
            let term = term(form, stage, course, input, lines, over);
            against_schedule(&term, scheduled.as_ref(), &mut remarks);
            let counted = [&term.working_earliest, &term.working_latest];
            unverified
                .extend(counted.into_iter().flatten().flat_map(|counted| counted.remarks.iter().cloned()));
            if term.norm.unverified {
                let values = [("clave", term.norm.parameter.as_str()), ("fuente", term.norm.source.as_str())];
                unverified.push(message("stages.unverified_value", &values));
            }
            term
        })
        .collect();
    if let Some(moment) = &scheduled {
        if let Some(off) = input.calendar.off(moment.at.date(), input.canton) {
            let why = if off.name.is_empty() { message("stages.weekend", &[]) } else { off.name };
            let values = [("fecha", moment.at.date().to_string()), ("motivo", why)];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            remarks.push(message("stages.schedule.day_off", &values));
        }
        if let Some(later) = moment.if_cured {
            let later = later.strftime("%Y-%m-%d %H:%M").to_string();
            remarks.push(message("stages.schedule.if_cured", &[("fecha", &later)]));
        }
    }
    let of_the_norm = terms
        .iter()
        .filter(|term| matches!(term.kind, LimitKind::Max | LimitKind::Between | LimitKind::Offset))
        .filter_map(|term| term.latest)
        .min();
    let due_by_schedule = scheduled.is_some();
    let due = scheduled.as_ref().map(|moment| moment.at).or(of_the_norm);
    let asked = terms.iter().any(|term| term.state == DeadlineState::Ask);
    let state = match (over, ended, due) {
        (true, ..) => DeadlineState::NotApplicable,
        (_, Some(ended), Some(due)) if ended > due => DeadlineState::Late,
        (_, Some(_), Some(_)) => DeadlineState::Kept,
        (_, None, Some(due)) => against_now(due, input.now),
        (_, _, None) if asked => DeadlineState::Ask,
        (_, _, None) => DeadlineState::NoDate,
    };
    let basis = input.pack.basis(&stage.base);
    if let Answer::Known(value) = &basis
        && value.marked()
    {
        unverified
            .push(message("stages.unverified_value", &[("clave", &stage.base), ("fuente", &value.source)]));
    }
    unverified.sort();
    unverified.dedup();
    StageDeadline {
        lot,
        stage: stage.stage,
        scheduled,
        due,
        due_by_schedule,
        ended,
        state,
        terms,
        remarks,
        legal_basis: basis.known().map(|value| value.value).unwrap_or_default(),
        unverified,
    }
}

fn against_now(due: DateTime, now: DateTime) -> DeadlineState {
    if now > due {
        DeadlineState::Overdue
    } else if due.date() == now.date() {
        DeadlineState::Today
    } else {
        DeadlineState::Upcoming
    }
}

/// Says where the schedule leaves what the norm allows; neither is applied in silence.
fn against_schedule(term: &StageTerm, scheduled: Option<&ScheduledMoment>, remarks: &mut Vec<String>) {
    let Some(scheduled) = scheduled else { return };
    if term.kind == LimitKind::Publish {
        return;
    }
    let at = scheduled.at.strftime("%Y-%m-%d %H:%M").to_string();
    let mut say = |key: &str, limit: DateTime| {
        let limit = limit.strftime("%Y-%m-%d %H:%M").to_string();
        let values =
            [("fecha", at.as_str()), ("limite", limit.as_str()), ("fuente", term.norm.source.as_str())];
        remarks.push(message(key, &values));
    };
    let minutes = term.norm.unit == Unit::Minutes;
    match (term.earliest, term.latest) {
        (Some(earliest), _) if too_early(scheduled.at, earliest, minutes) => {
            say("stages.schedule.shorter", earliest);
        }
        (_, Some(latest)) if too_late(scheduled.at, latest, minutes) => say("stages.schedule.longer", latest),
        _ => {}
    }
}

/// A término ends with its day: the hour within the last day is the schedule's to set.
fn too_early(at: DateTime, earliest: DateTime, minutes: bool) -> bool {
    if minutes { at < earliest } else { at.date() < earliest.date() }
}

fn too_late(at: DateTime, latest: DateTime, minutes: bool) -> bool {
    if minutes { at > latest } else { at.date() > latest.date() }
}

struct Anchor {
    at: DateTime,
    recorded: bool,
    name: String,
}

fn anchor(
    from: &[String],
    course: &LotCourse,
    input: &CourseInput<'_>,
    lines: &[ScheduledStage],
) -> Result<Anchor, String> {
    let names: Vec<String> = from
        .iter()
        .map(|from| {
            StageKind::by_key(from).map_or_else(|| message(&format!("stages.from.{from}"), &[]), name)
        })
        .collect();
    let label = names.join(", ");
    let mut recorded: Option<(DateTime, String)> = None;
    let mut expected: Option<(DateTime, String)> = None;
    for (key, name) in from.iter().zip(names) {
        match key.as_str() {
            "inicio" => {
                let started = input.process.started.map(|day| day.at(0, 0, 0, 0));
                recorded = later(recorded, started.map(|at| (at, name)));
            }
            "notificacion" => {
                recorded = later(recorded, notification(course, input).map(|at| (at, name)));
            }
            key => {
                let Some(stage) = StageKind::by_key(key) else { continue };
                let omitted = course.state(stage).is_none_or(|state| state.status == StageStatus::Omitted);
                let lot = Some(course.lot);
                let set = moment_of(stage, lot, lines, input.dates, input.process, Some(course));
                if let Some(closed) = course.closed(stage) {
                    recorded = later(recorded, Some((closed, name)));
                } else if !omitted || from.len() == 1 {
                    // What did not take place still has its day, where something is counted from it alone: the day of the puja.
                    expected = later(expected, set.map(|set| (set.at, name)));
                }
            }
        }
    }
    match (recorded, expected) {
        (Some((at, _)), Some((set, name))) if set > at => Ok(Anchor { at: set, recorded: false, name }),
        (Some((at, name)), _) => Ok(Anchor { at, recorded: true, name }),
        (None, Some((at, name))) => Ok(Anchor { at, recorded: false, name }),
        (None, None) => Err(label),
    }
}

fn later(one: Option<(DateTime, String)>, other: Option<(DateTime, String)>) -> Option<(DateTime, String)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 > one.0 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// When the requests of the lot were notified last: as the convalidación recorded it, else by a constancia that all were notified.
fn notification(course: &LotCourse, input: &CourseInput<'_>) -> Option<DateTime> {
    let requests = input.notified.iter().filter(|notified| notified.lot == course.lot);
    requests.max_by_key(|notified| notified.number).map(|notified| notified.notified).or_else(|| {
        input
            .constancias
            .iter()
            .filter(|said| !said.withdrawn && said.lot.is_none_or(|lot| lot == course.lot))
            .filter(|said| said.stage == StageKind::Integridad)
            .filter(|said| matches!(said.kind, ConstanciaKind::Notification { .. }))
            .map(|said| said.when)
            .max()
    })
}

/// When what a term limits was done: the stage ended, was opened, or its document was published.
fn done(kind: LimitKind, stage: &PlanStage, course: &LotCourse, input: &CourseInput<'_>) -> Option<DateTime> {
    let state = course.state(stage.stage);
    match kind {
        LimitKind::Publish => input
            .constancias
            .iter()
            .filter(|said| !said.withdrawn && said.lot.is_none_or(|lot| lot == course.lot))
            .filter(|said| said.stage == stage.stage)
            .filter(|said| matches!(said.kind, ConstanciaKind::Publication { .. }))
            .map(|said| said.when)
            .min(),
        LimitKind::Offset => state.and_then(|state| state.opened),
        _ => course.closed(stage.stage),
    }
}

fn term(
    form: &LimitForm,
    stage: &PlanStage,
    course: &LotCourse,
    input: &CourseInput<'_>,
    lines: &[ScheduledStage],
    over: bool,
) -> StageTerm {
    let norm = limit_of(input.pack, input.process, form);
    let mut remarks = Vec::new();
    let start = anchor(&form.from, course, input, lines);
    let mut bounds: (Option<u32>, Option<u32>) = (None, None);
    let mut undecided: Option<u32> = None;
    match norm.limit {
        Some(Limit::Fixed { min, max }) => bounds = (min, max),
        Some(Limit::Disputed { min, other }) => {
            bounds = (Some(min), None);
            let values = [("dias", min.to_string()), ("otros", other.to_string())];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            remarks.push(message("stages.term.disputed", &values));
        }
        Some(Limit::Brackets { least, most, longest }) => {
            bounds = (Some(least), longest);
            undecided = Some(most);
            let values = [("menor", least.to_string()), ("mayor", longest.unwrap_or(most).to_string())];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            remarks.push(message("stages.term.brackets", &values));
        }
        None => remarks.push(message("stages.term.ask", &[("clave", &norm.parameter)])),
    }
    if norm.unit == Unit::Dias && norm.limit.is_some() {
        remarks.push(message("stages.term.days", &[]));
    }
    let (from, from_at, from_recorded) = match &start {
        Ok(anchor) => (anchor.name.clone(), Some(anchor.at), anchor.recorded),
        Err(label) => (label.clone(), None, false),
    };
    if from_at.is_some() && !from_recorded {
        remarks.push(message("stages.term.from_scheduled", &[("etapa", &from)]));
    }
    let counted = |days: Option<u32>| {
        let (at, days) = (from_at?, days?);
        (norm.unit != Unit::Minutes)
            .then(|| add_termino(at.date(), Termino(days), input.calendar, input.canton))
    };
    let minutes = |count: Option<u32>| {
        let (at, count) = (from_at?, count?);
        let span = i64::from(count).minutes();
        (norm.unit == Unit::Minutes).then(|| at.checked_add(span).ok()).flatten()
    };
    let (working_earliest, working_latest) = (counted(bounds.0), counted(bounds.1));
    let earliest =
        minutes(bounds.0).or_else(|| working_earliest.as_ref().map(|counted| counted.due.at(0, 0, 0, 0)));
    let latest =
        minutes(bounds.1).or_else(|| working_latest.as_ref().map(|counted| input.end_of(counted.due)));
    // On the last day itself of a term before which nothing may be done the norm can be read both ways.
    let day_after = working_earliest.as_ref().and_then(|counted| counted.due.tomorrow().ok());
    let most = match form.kind {
        LimitKind::NotBefore => day_after,
        _ => counted(undecided).map(|counted| counted.due),
    };
    if form.kind == LimitKind::NotBefore && norm.limit.is_some() {
        remarks.push(message("stages.term.not_before", &[]));
    }
    let done = done(form.kind, stage, course, input);
    let is_minutes = norm.unit == Unit::Minutes;
    let state = if over {
        DeadlineState::NotApplicable
    } else if norm.limit.is_none() {
        DeadlineState::Ask
    } else if from_at.is_none() {
        DeadlineState::NoDate
    } else {
        match done {
            Some(done) => judged(done, earliest, latest, most, form.kind, is_minutes),
            None => match latest.or(earliest) {
                // A least is kept or not once the stage has ended.
                Some(_) if latest.is_none() => DeadlineState::Upcoming,
                Some(moment) => against_now(moment, input.now),
                None => DeadlineState::NoDate,
            },
        }
    };
    StageTerm {
        kind: form.kind,
        norm,
        from,
        from_at,
        from_recorded,
        earliest,
        latest,
        working_earliest,
        working_latest,
        state,
        remarks,
    }
}

fn judged(
    done: DateTime,
    earliest: Option<DateTime>,
    latest: Option<DateTime>,
    most: Option<Date>,
    kind: LimitKind,
    minutes: bool,
) -> DeadlineState {
    if earliest.is_some_and(|earliest| too_early(done, earliest, minutes)) {
        return DeadlineState::Early;
    }
    // The hour of the opening is the earliest it may be; later on the same day it took place as called.
    let late = |latest: DateTime| match kind {
        LimitKind::Offset => done.date() > latest.date(),
        _ => too_late(done, latest, minutes),
    };
    if latest.is_some_and(late) {
        return DeadlineState::Late;
    }
    if most.is_some_and(|most| done.date() < most) {
        return DeadlineState::Undecided;
    }
    DeadlineState::Kept
}
