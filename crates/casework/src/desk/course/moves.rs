//! Stages: shown, opened, closed, omitted, moved back; what they depend on.

use super::Gathered;
use super::support::{acta, moment, refused, stage, words};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::open_case::OpenCase;
use crate::view::{CourseView, FrameDraft, StageDraft, StageOrder};
use cotejo_domain::course::{
    CourseAct, CourseFrame, LotEnd, OmissionGround, ReturnCause, StageMove, StageMovement,
};
use cotejo_domain::{Code, RecordId, Round};
use cotejo_procedure::stages::{Refusal, Scope, check};
use cotejo_store::EventPayload;

impl Desk {
    /// Shows the stages of a process, lot by lot.
    ///
    /// # Errors
    /// [`Code::Precondition`] when the case has no pack.
    pub async fn course(&self, case: &str) -> Result<CourseView, CaseworkError> {
        let open = self.opened(case).await?;
        Ok(super::show::course(&Gathered::of(self, &open).await?, Vec::new()))
    }

    /// Records a movement of a stage.
    ///
    /// # Errors
    /// [`Code::Precondition`] when it is not lawful now, with why; [`Code::NotFound`] for a stage, lot or acta that is not there.
    pub async fn move_stage(&self, case: &str, draft: &StageDraft) -> Result<CourseView, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let plan = gathered.known_plan()?;
        let kind = stage(&draft.stage)?;
        let Some(planned) = plan.stage(kind) else {
            return refuse(&Refusal::UnknownStage(kind));
        };
        let whole =
            planned.scope == Scope::Process || draft.order == StageOrder::Cancel && draft.lot.is_none();
        let lot = gathered.lot_of(draft.lot.as_deref(), whole)?;
        let courses = gathered.courses(plan);
        let mut made = StageMove {
            id: self.next_move(&gathered),
            lot,
            stage: kind,
            movement: movement(draft, &gathered)?,
            when: moment(draft.when.as_deref(), gathered.now)?,
            support: cotejo_domain::course::ActSupport::default(),
            author: self.actor.id,
            at: self.now(),
        };
        // What it rests on is looked up before the check and kept only once the movement may be made.
        made.support.note = words(&draft.support.note);
        if let Some(named) = draft.support.acta.as_deref().filter(|named| !named.trim().is_empty()) {
            made.support.acta = Some(acta(named, &gathered.papers)?);
        }
        let facts = gathered
            .facts()
            .iter()
            .find(|(of, _)| lot.is_none_or(|lot| lot == *of))
            .map(|(_, facts)| facts.clone())
            .unwrap_or_default();
        let mut warnings = match check(plan, &courses, &made, gathered.guard(&facts), gathered.now) {
            Ok(warnings) => warnings,
            Err(refusal) => return refuse(&refusal),
        };
        made.support = self.support(&open, &gathered, &draft.support).await?;
        if !made.support.is_bare() {
            warnings.retain(|warning| warning.code != "stages.warning.bare");
        }
        let reason = draft.reason.trim().to_owned();
        let returns = matches!(made.movement, StageMovement::Returned { .. });
        let new_round = returns
            && gathered.sealed
            && draft.new_round.unwrap_or(lot.is_none() || gathered.judgement.state.lots.len() == 1);
        self.record_course(&open, CourseAct::StageMoved(made)).await?;
        if new_round {
            // What signed actas state is sealed until another round begins.
            let round = Round(gathered.judgement.state.round.0.saturating_add(1));
            open.case.record(self.actor.id, EventPayload::RoundOpened { round, cause: reason }).await?;
            open.forget().await;
        }
        let gathered = Gathered::of(self, &open).await?;
        Ok(super::show::course(&gathered, warnings.into_iter().map(|warning| warning.text).collect()))
    }

    /// States canton, variant or stages of the process.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown stage; [`Code::Precondition`] for stages that stand twice or without the numeral that has them.
    pub async fn frame_course(&self, case: &str, draft: &FrameDraft) -> Result<CourseView, CaseworkError> {
        let open = self.opened(case).await?;
        let gathered = Gathered::of(self, &open).await?;
        let before = gathered.frame.clone();
        let settled = |given: &Option<String>, before: Option<String>| match given {
            Some(text) => Some(words(text)).filter(|text| !text.is_empty()),
            None => before,
        };
        let mut frame = CourseFrame {
            canton: settled(&draft.canton, before.as_ref().and_then(|frame| frame.canton.clone())),
            variant: settled(&draft.variant, before.as_ref().and_then(|frame| frame.variant.clone())),
            stages: before.as_ref().map(|frame| frame.stages.clone()).unwrap_or_default(),
            stages_source: before.map(|frame| frame.stages_source).unwrap_or_default(),
            author: self.actor.id,
            at: self.now(),
        };
        if let Some(keys) = &draft.stages {
            frame.stages = keys.iter().map(|key| stage(key)).collect::<Result<_, _>>()?;
            frame.stages_source = words(&draft.stages_source);
            for (index, one) in frame.stages.iter().enumerate() {
                if frame.stages.iter().skip(index + 1).any(|other| other == one) {
                    return refused("stages.stage_twice", one.key());
                }
            }
            if !frame.stages.is_empty() && frame.stages_source.is_empty() {
                return refused("stages.stages_without_source", "");
            }
        }
        self.record_course(&open, CourseAct::CourseFramed(frame)).await?;
        Ok(super::show::course(&Gathered::of(self, &open).await?, Vec::new()))
    }

    pub(super) async fn record_course(&self, open: &OpenCase, act: CourseAct) -> Result<(), CaseworkError> {
        let record = RecordId(self.new_uuid());
        open.case.record(self.actor.id, EventPayload::CourseRecorded { record, act }).await?;
        open.forget().await;
        Ok(())
    }
}

impl Desk {
    /// Makes an identifier that comes after all before it, even within one tick of the clock (RFC 9562, 6.2): movements apply in their order.
    fn next_move(&self, gathered: &Gathered) -> String {
        let fresh = self.new_uuid();
        let last = gathered.moves.iter().filter_map(|made| uuid::Uuid::parse_str(&made.id).ok()).max();
        match last {
            Some(last) if last >= fresh => {
                uuid::Uuid::from_u128(last.as_u128().saturating_add(1)).to_string()
            }
            _ => fresh.to_string(),
        }
    }
}

fn refuse<T>(refusal: &Refusal) -> Result<T, CaseworkError> {
    Err(CaseworkError::refused(Code::Precondition, refusal.key(), refusal.detail()))
}

fn movement(draft: &StageDraft, gathered: &Gathered) -> Result<StageMovement, CaseworkError> {
    let reason = words(&draft.reason);
    let text = |text: &Option<String>| text.clone().map(|text| text.trim().to_owned()).unwrap_or_default();
    Ok(match draft.order {
        StageOrder::Open => StageMovement::Opened,
        StageOrder::Close => {
            let end = match text(&draft.end) {
                empty if empty.is_empty() => None,
                key => match LotEnd::by_key(&key) {
                    Some(end) => Some(end),
                    None => return refused("stages.bad_word", &key),
                },
            };
            StageMovement::Closed { end }
        }
        StageOrder::Omit => {
            let key = text(&draft.ground);
            let Some(ground) = OmissionGround::by_key(&key) else { return refused("stages.bad_word", &key) };
            StageMovement::Omitted { ground, reason }
        }
        StageOrder::Return => {
            let key = text(&draft.cause);
            let Some(cause) = ReturnCause::by_key(&key) else { return refused("stages.bad_word", &key) };
            let claim = Some(text(&draft.claim)).filter(|claim| !claim.is_empty());
            StageMovement::Returned { cause, reason, claim }
        }
        StageOrder::Rectify => StageMovement::Rectified {
            acta: draft.support.acta.as_deref().map(|named| acta(named, &gathered.papers)).transpose()?,
            by: draft.rectified_by.as_deref().map(|named| acta(named, &gathered.papers)).transpose()?,
            reason,
        },
        StageOrder::Cancel => StageMovement::Cancelled { reason },
    })
}
