//! Deadlines and reminders of a case, and as a calendar file.

use super::Gathered;
use super::support::{refused, shown, stage, working};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::view::{
    DeadlinesView, ReminderView, ScheduleLineView, StageDateDraft, StageDeadlineView, StageTermView,
};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, StageDate};
use cotejo_procedure::stages::{
    DeadlineState, LimitKind, Reminder, Scope, StageDeadline, StageTerm, Unit, calendar_file, reminders,
    stage_name,
};

impl Desk {
    /// Shows until when each stage lasts, with the working, and what is due within a number of days.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] when the case has no pack, or nobody says which stages there are.
    pub async fn deadlines(&self, case: &str, days: u32) -> Result<DeadlinesView, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let plan = gathered.known_plan()?;
        let courses = gathered.courses(plan);
        let found = gathered.deadlines(plan, &courses);
        let input = gathered.input();
        let due = reminders(&found, &gathered.claim_states(&courses), &courses, &input, days);
        Ok(DeadlinesView {
            now: shown(gathered.now),
            canton: gathered.canton().map(str::to_owned),
            stages: found.iter().map(|deadline| stage_view(&gathered, deadline)).collect(),
            reminders: due.iter().map(|reminder| reminder_view(&gathered, reminder)).collect(),
            schedule: input
                .lines()
                .into_iter()
                .map(|line| ScheduleLineView {
                    line: line.line,
                    code: line.code,
                    at: line.at.map(shown),
                    stage: line.stage.map(stage_name),
                })
                .collect(),
            pliego_file: gathered.judgement.pliego_file.map(|file| file.to_string()),
        })
    }

    /// Writes what is due within a number of days as the text of an `.ics` file (RFC 5545).
    ///
    /// # Errors
    /// As [`Desk::deadlines`].
    pub async fn deadlines_calendar(&self, case: &str, days: u32) -> Result<String, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let plan = gathered.known_plan()?;
        let courses = gathered.courses(plan);
        let found = gathered.deadlines(plan, &courses);
        let mut due = reminders(&found, &gathered.claim_states(&courses), &courses, &gathered.input(), days);
        // What passed is no appointment any more.
        due.retain(|reminder| !reminder.overdue);
        if gathered.judgement.state.lots.len() > 1 {
            for reminder in &mut due {
                if let Some(lot) = reminder.lot {
                    reminder.title = format!("{} ({})", reminder.title, gathered.lot_name(lot));
                }
            }
        }
        let state = &gathered.judgement.state;
        let title = state.process.code.as_ref().map_or_else(|| state.name.clone(), ToString::to_string);
        Ok(calendar_file(&due, case, &title, self.now()))
    }

    /// States until when a stage lasts, in place of what the pliego's schedule has; an empty moment takes it back.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] without a reason, or for what is no moment.
    pub async fn set_stage_date(
        &self,
        case: &str,
        draft: &StageDateDraft,
    ) -> Result<DeadlinesView, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let kind = stage(&draft.stage)?;
        let plan = gathered.known_plan()?;
        let Some(planned) = plan.stage(kind) else { return refused("stages.unknown_stage", kind.key()) };
        let of_process = planned.scope == Scope::Process || draft.lot.is_none();
        let lot = gathered.lot_of(draft.lot.as_deref(), of_process)?;
        let due = match draft.due.trim() {
            "" => None,
            text => match text.parse() {
                Ok(due) => Some(due),
                Err(_) => return refused("stages.bad_moment", text),
            },
        };
        let reason = super::support::words(&draft.reason);
        if due.is_some() && reason.is_empty() {
            return refused("stages.no_cause", "");
        }
        let support = self.support(&open, &gathered, &draft.support).await?;
        let (author, at) = (self.actor.id, self.now());
        let said = StageDate { lot, stage: kind, due, reason, support, author, at };
        self.record_course(&open, CourseAct::StageDated(said)).await?;
        self.deadlines(case, USUAL_DAYS).await
    }
}

/// Days ahead that are shown where nobody says how many.
const USUAL_DAYS: u32 = 15;

fn state_key(state: DeadlineState) -> &'static str {
    match state {
        DeadlineState::NoDate => "no_date",
        DeadlineState::Ask => "ask",
        DeadlineState::Upcoming => "upcoming",
        DeadlineState::Today => "today",
        DeadlineState::Overdue => "overdue",
        DeadlineState::Kept => "kept",
        DeadlineState::Late => "late",
        DeadlineState::Early => "early",
        DeadlineState::NotApplicable => "not_applicable",
        DeadlineState::Undecided => "undecided",
    }
}

fn state_text(state: DeadlineState) -> String {
    message(&format!("stages.deadline.{}", state_key(state)), &[])
}

fn stage_view(gathered: &Gathered, deadline: &StageDeadline) -> StageDeadlineView {
    let stated =
        |lot| gathered.dates.iter().rev().find(|date| date.stage == deadline.stage && date.lot == lot);
    let stated = deadline.lot.and_then(|lot| stated(Some(lot))).or_else(|| stated(None));
    let stated = stated.filter(|date| date.due.is_some());
    StageDeadlineView {
        lot: deadline.lot.map(|lot| gathered.lot_name(lot)),
        lot_id: deadline.lot.map(|lot| lot.to_string()),
        stage: deadline.stage.key().into(),
        name: stage_name(deadline.stage),
        due: deadline.due.map(shown),
        scheduled: deadline.scheduled.as_ref().map(|scheduled| scheduled.source.clone()),
        stated_by: stated.map(|date| gathered.decided.person(date.author).to_owned()),
        ended: deadline.ended.map(shown),
        state: state_key(deadline.state).into(),
        state_text: state_text(deadline.state),
        terms: deadline.terms.iter().map(term_view).collect(),
        remarks: deadline.remarks.clone(),
        legal_basis: deadline.legal_basis.clone(),
        unverified: deadline.unverified.clone(),
    }
}

fn term_view(term: &StageTerm) -> StageTermView {
    let kind = match term.kind {
        LimitKind::Min => "min",
        LimitKind::Max => "max",
        LimitKind::Between => "between",
        LimitKind::Offset => "offset",
        LimitKind::NotBefore => "not_before",
        LimitKind::Publish => "publish",
    };
    StageTermView {
        kind: kind.into(),
        parameter: term.norm.parameter.clone(),
        unit: match term.norm.unit {
            Unit::Termino => "termino",
            Unit::Dias => "dias",
            Unit::Minutes => "minutos",
        }
        .into(),
        from: term.from.clone(),
        from_at: term.from_at.map(shown),
        from_recorded: term.from_recorded,
        earliest: term.earliest.map(shown),
        latest: term.latest.map(shown),
        working_earliest: working(term.working_earliest.as_ref()),
        working_latest: working(term.working_latest.as_ref()),
        state: state_key(term.state).into(),
        state_text: state_text(term.state),
        source: term.norm.source.clone(),
        unverified: term.norm.unverified,
        remarks: term.remarks.clone(),
    }
}

fn reminder_view(gathered: &Gathered, reminder: &Reminder) -> ReminderView {
    ReminderView {
        id: reminder.id.clone(),
        lot: reminder.lot.map(|lot| gathered.lot_name(lot)),
        due: shown(reminder.due),
        overdue: reminder.overdue,
        title: reminder.title.clone(),
        detail: reminder.detail.clone(),
    }
}
