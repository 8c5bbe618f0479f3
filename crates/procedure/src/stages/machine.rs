//! The machine: which stage a lot is in, derived from the acts that were recorded; and which movement may be recorded next.
//!
//! A lot is in the first stage of its plan that has neither ended nor been omitted. Nothing is skipped but by an omission on a ground that
//! the plan allows; an ended stage begins again only by going back for a recorded cause, which opens a new round.

use super::claims::{concerns, goes_back_for, holds_up};
use super::plan::{Need, PlanStage, Scope, StagePlan, name};
use cotejo_catalogue::message;
use cotejo_domain::course::{
    Claim, ClaimAnswer, ClaimResult, Constancia, ConstanciaKind, LotEnd, OmissionGround, ReturnCause,
    StageKind, StageMove, StageMovement,
};
use cotejo_domain::{ActaId, LotId, Round};
use jiff::civil::DateTime;
use serde::Serialize;
use std::collections::BTreeSet;

/// Says where a stage stands in a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StageStatus {
    /// Not begun, as far as was recorded.
    Pending,
    /// Begun.
    Open,
    /// Ended.
    Closed,
    /// It does not take place.
    Omitted,
}

/// Holds where one stage of a lot stands, in the round that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageState {
    /// Which.
    pub stage: StageKind,
    /// Where it stands.
    pub status: StageStatus,
    /// When it began, as recorded.
    pub opened: Option<DateTime>,
    /// When it ended or was found not to take place.
    pub closed: Option<DateTime>,
    /// Why it does not take place.
    pub ground: Option<OmissionGround>,
    /// The movement that put it where it stands.
    pub by: Option<String>,
}

impl StageState {
    /// Tells whether the lot is past it.
    #[must_use]
    pub fn passed(&self) -> bool {
        matches!(self.status, StageStatus::Closed | StageStatus::Omitted)
    }
}

/// Holds what the case itself shows, against which a person's word is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// How many bids the lot has, where that is known.
    pub bids: Option<u32>,
    /// How many of them qualify, once that is decided.
    pub qualified: Option<u32>,
    /// How many requests of a convalidación the lot has.
    pub cure_requests: Option<u32>,
    /// Actas that somebody signed, whatever became of them since.
    pub signed: BTreeSet<ActaId>,
}

/// Holds what movements are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Guard<'a> {
    /// What the case shows.
    pub facts: &'a Facts,
    /// The claims.
    pub claims: &'a [Claim],
    /// How they ended.
    pub answers: &'a [ClaimAnswer],
    /// Constancias: a technical result may have been signed elsewhere.
    pub constancias: &'a [Constancia],
    /// Whether the regime lets a claim hold up the award; `None` where its text was not seen: then it does.
    pub claims_block: Option<bool>,
}

/// Says why a movement may not be recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The procedure has no such stage.
    #[error("stages.unknown_stage: the procedure has no stage {0:?}")]
    UnknownStage(StageKind),
    /// One for all lots, or one for each.
    #[error("stages.wrong_scope: the stage {0:?} is moved for the whole process or lot by lot, not so")]
    WrongScope(StageKind),
    /// Another stage comes first.
    #[error("stages.not_current: the lot is in {current:?}, not in {asked:?}")]
    NotCurrent {
        /// What was to be moved.
        asked: StageKind,
        /// Where the lot is; `None` when it is through.
        current: Option<StageKind>,
    },
    /// It ended already.
    #[error("stages.already_closed: the stage {0:?} ended; a lot goes back to it only for a recorded cause")]
    AlreadyClosed(StageKind),
    /// It began already.
    #[error("stages.already_open: the stage {0:?} began already")]
    AlreadyOpen(StageKind),
    /// The ground does not allow to omit it.
    #[error("stages.not_omissible: the stage {0:?} cannot be omitted on the ground {1:?}")]
    NotOmissible(StageKind, OmissionGround),
    /// What the case shows says otherwise.
    #[error("stages.contradicted: {ground:?} is said, and the case shows {shown}")]
    Contradicted {
        /// What was said.
        ground: OmissionGround,
        /// What the case shows: a number of bids, qualified bids or requests.
        shown: String,
    },
    /// A cause, a reason or a claim is missing.
    #[error("stages.no_cause: a cause in words is needed")]
    NoCause,
    /// The claim is not there, or was not accepted.
    #[error("stages.claim_not_accepted: the claim was not accepted")]
    ClaimNotAccepted,
    /// The accepted claim asks to go back further.
    #[error("stages.return_too_short: the accepted claim asks to go back to {0:?}")]
    ReturnTooShort(StageKind),
    /// The lot is not past the stage it would go back to.
    #[error("stages.nothing_to_return: the lot is not past the stage {0:?}")]
    NothingToReturn(StageKind),
    /// The contract is signed, or the process was cancelled.
    #[error("stages.over: the course of the lot is over")]
    Over,
    /// It would happen before what came before it.
    #[error("stages.before_previous: the moment lies before the last one recorded, {0}")]
    BeforePrevious(DateTime),
    /// It lies in the future.
    #[error("stages.future: the moment has not come yet")]
    Future,
    /// An end is missing, or the stage has none.
    #[error("stages.end_wrong: the stage {0:?} ends otherwise")]
    EndWrong(StageKind),
    /// A claim is open.
    #[error("stages.claim_open: an open claim holds it up: {0}")]
    ClaimOpen(String),
    /// The technical result is not signed.
    #[error("stages.not_signed: the technical result is not signed; the economic envelopes stay sealed")]
    NotSigned,
}

impl Refusal {
    /// Returns the stable key of its sentence in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::UnknownStage(_) => "stages.unknown_stage",
            Self::WrongScope(_) => "stages.wrong_scope",
            Self::NotCurrent { .. } => "stages.not_current",
            Self::AlreadyClosed(_) => "stages.already_closed",
            Self::AlreadyOpen(_) => "stages.already_open",
            Self::NotOmissible(..) => "stages.not_omissible",
            Self::Contradicted { .. } => "stages.contradicted",
            Self::NoCause => "stages.no_cause",
            Self::ClaimNotAccepted => "stages.claim_not_accepted",
            Self::ReturnTooShort(_) => "stages.return_too_short",
            Self::NothingToReturn(_) => "stages.nothing_to_return",
            Self::Over => "stages.over",
            Self::BeforePrevious(_) => "stages.before_previous",
            Self::Future => "stages.future",
            Self::EndWrong(_) => "stages.end_wrong",
            Self::ClaimOpen(_) => "stages.claim_open",
            Self::NotSigned => "stages.not_signed",
        }
    }

    /// Returns what the sentence names, in Spanish.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::UnknownStage(stage)
            | Self::WrongScope(stage)
            | Self::AlreadyClosed(stage)
            | Self::AlreadyOpen(stage)
            | Self::ReturnTooShort(stage)
            | Self::NothingToReturn(stage)
            | Self::EndWrong(stage) => name(*stage),
            Self::NotCurrent { current, .. } => {
                current.map_or_else(|| message("stages.none_left", &[]), name)
            }
            Self::NotOmissible(stage, ground) => format!("{}, {}", name(*stage), ground_name(*ground)),
            Self::Contradicted { ground, shown } => format!("{}: {shown}", ground_name(*ground)),
            Self::BeforePrevious(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
            Self::ClaimOpen(who) => who.clone(),
            Self::NoCause | Self::ClaimNotAccepted | Self::Over | Self::Future | Self::NotSigned => {
                String::new()
            }
        }
    }

    /// Returns the sentence, in Spanish.
    #[must_use]
    pub fn message(&self) -> String {
        message(self.key(), &[("detalle", &self.detail())])
    }
}

/// Returns the name of a ground, in Spanish.
pub(super) fn ground_name(ground: OmissionGround) -> String {
    message(&format!("stages.ground.{}", ground.key()), &[])
}

/// Says what a person should know of a movement that may be recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Key of its sentence.
    pub code: String,
    /// The sentence, in Spanish.
    pub text: String,
}

impl Warning {
    fn new(code: &str, detail: &str) -> Self {
        Self { code: code.into(), text: message(code, &[("detalle", detail)]) }
    }
}

/// Shows a movement that was applied, with the round it fell into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The movement.
    pub movement: StageMove,
    /// The round that held when it was applied; a return belongs to the round it opens.
    pub round: Round,
}

/// Tells of a recorded movement that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseFault {
    /// The movement.
    pub movement: String,
    /// Its stage.
    pub stage: StageKind,
    /// Whether it was applied nevertheless: it happened, though it should not have.
    pub applied: bool,
    /// Key of its sentence.
    pub code: String,
    /// Why, in Spanish.
    pub text: String,
}

/// Holds the course of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LotCourse {
    /// The lot.
    pub lot: LotId,
    /// Its stages, in their order.
    pub stages: Vec<StageState>,
    /// The round.
    pub round: Round,
    /// How it ended, if it has.
    pub end: Option<LotEnd>,
    /// What was recorded, in order.
    pub history: Vec<Applied>,
    /// What was recorded and does not fit.
    pub faults: Vec<CourseFault>,
}

impl LotCourse {
    /// Begins a course: nothing was recorded.
    #[must_use]
    pub fn new(plan: &StagePlan, lot: LotId) -> Self {
        let pending = |stage: &PlanStage| StageState {
            stage: stage.stage,
            status: StageStatus::Pending,
            opened: None,
            closed: None,
            ground: None,
            by: None,
        };
        let stages = plan.stages.iter().map(pending).collect();
        Self { lot, stages, round: Round(1), end: None, history: Vec::new(), faults: Vec::new() }
    }

    /// Derives the course from what was recorded. A movement that does not fit is a fault, never dropped in silence.
    #[must_use]
    pub fn derive(plan: &StagePlan, lot: LotId, moves: &[StageMove], guard: Guard<'_>) -> Self {
        let mut course = Self::new(plan, lot);
        let mut ordered: Vec<&StageMove> =
            moves.iter().filter(|movement| movement.lot.is_none_or(|of| of == lot)).collect();
        ordered.sort_by(|one, other| one.id.cmp(&other.id));
        for movement in ordered {
            let fault = |refusal: &Refusal, applied| CourseFault {
                movement: movement.id.clone(),
                stage: movement.stage,
                applied,
                code: refusal.key().into(),
                text: refusal.message(),
            };
            match course.fits(plan, movement) {
                Err(refusal) => course.faults.push(fault(&refusal, false)),
                Ok(()) => {
                    if let Err(refusal) = course.lawful(plan, movement, guard) {
                        course.faults.push(fault(&refusal, true));
                    }
                    course.apply(plan, movement);
                }
            }
        }
        course
    }

    /// Returns the stage the lot is in; `None` when it is through or has ended.
    #[must_use]
    pub fn current(&self) -> Option<StageKind> {
        match self.end {
            Some(LotEnd::Desierto | LotEnd::Cancelado) => None,
            _ => self.stages.iter().find(|stage| !stage.passed()).map(|stage| stage.stage),
        }
    }

    /// Returns where a stage stands.
    #[must_use]
    pub fn state(&self, stage: StageKind) -> Option<&StageState> {
        self.stages.iter().find(|found| found.stage == stage)
    }

    /// Tells whether a stage ended in the round that holds.
    #[must_use]
    pub fn closed(&self, stage: StageKind) -> Option<DateTime> {
        self.state(stage).filter(|state| state.status == StageStatus::Closed).and_then(|state| state.closed)
    }

    /// Returns when a stage ended last before a moment, in whatever round.
    pub(super) fn ended_before(&self, stage: StageKind, moment: DateTime) -> Option<DateTime> {
        self.history
            .iter()
            .filter(|applied| applied.movement.stage == stage && applied.movement.when <= moment)
            .filter(|applied| matches!(applied.movement.movement, StageMovement::Closed { .. }))
            .map(|applied| applied.movement.when)
            .max()
    }

    pub(super) fn went_back_for(&self, claim: &str) -> bool {
        self.history.iter().any(|applied| goes_back_for(&applied.movement.movement, claim))
    }

    fn last_moment(&self) -> Option<DateTime> {
        let counts =
            |applied: &&Applied| !matches!(applied.movement.movement, StageMovement::Rectified { .. });
        self.history.iter().filter(counts).map(|applied| applied.movement.when).max()
    }

    /// Tells whether a movement fits the place where the lot stands.
    fn fits(&self, plan: &StagePlan, movement: &StageMove) -> Result<(), Refusal> {
        let stage = movement.stage;
        let Some(planned) = plan.stage(stage) else { return Err(Refusal::UnknownStage(stage)) };
        let of_process = planned.scope == Scope::Process;
        let any_scope = matches!(movement.movement, StageMovement::Cancelled { .. });
        if !any_scope && of_process != movement.lot.is_none() {
            return Err(Refusal::WrongScope(stage));
        }
        let signed = self.closed(StageKind::Suscripcion).is_some();
        if self.end == Some(LotEnd::Cancelado)
            || (signed && !matches!(movement.movement, StageMovement::Rectified { .. }))
        {
            return Err(Refusal::Over);
        }
        if !matches!(movement.movement, StageMovement::Rectified { .. })
            && let Some(last) = self.last_moment().filter(|last| movement.when < *last)
        {
            return Err(Refusal::BeforePrevious(last));
        }
        let state = self.state(stage).ok_or(Refusal::UnknownStage(stage))?;
        let here = || match self.current() {
            Some(current) if current == stage => Ok(()),
            _ if state.passed() => Err(Refusal::AlreadyClosed(stage)),
            current => Err(Refusal::NotCurrent { asked: stage, current }),
        };
        match &movement.movement {
            StageMovement::Opened => {
                here()?;
                if state.status == StageStatus::Open { Err(Refusal::AlreadyOpen(stage)) } else { Ok(()) }
            }
            StageMovement::Closed { end } => {
                here()?;
                self.end_fits(stage, *end)
            }
            StageMovement::Omitted { ground, reason } => {
                here()?;
                if !planned.omit.contains(ground) {
                    return Err(Refusal::NotOmissible(stage, *ground));
                }
                if *ground == OmissionGround::NoPrevista && reason.trim().is_empty() {
                    return Err(Refusal::NoCause);
                }
                Ok(())
            }
            StageMovement::Returned { cause, reason, claim } => {
                if reason.trim().is_empty() || (*cause == ReturnCause::Reclamo && claim.is_none()) {
                    return Err(Refusal::NoCause);
                }
                if state.passed() { Ok(()) } else { Err(Refusal::NothingToReturn(stage)) }
            }
            StageMovement::Rectified { reason, .. } => {
                if reason.trim().is_empty() {
                    return Err(Refusal::NoCause);
                }
                let ended = self.history.iter().any(|applied| {
                    applied.movement.stage == stage
                        && matches!(applied.movement.movement, StageMovement::Closed { .. })
                });
                if ended {
                    Ok(())
                } else {
                    Err(Refusal::NotCurrent { asked: stage, current: self.current() })
                }
            }
            StageMovement::Cancelled { reason } => {
                if reason.trim().is_empty() {
                    return Err(Refusal::NoCause);
                }
                here()
            }
        }
    }

    fn end_fits(&self, stage: StageKind, end: Option<LotEnd>) -> Result<(), Refusal> {
        let nothing_left =
            self.stages.iter().any(|state| state.ground.is_some_and(OmissionGround::ends_evaluation));
        let fits = match (stage, end) {
            (StageKind::Adjudicacion, Some(LotEnd::Adjudicado)) => !nothing_left,
            (StageKind::Adjudicacion, Some(LotEnd::Desierto)) => true,
            (StageKind::Adjudicacion, _) => false,
            (_, end) => end.is_none(),
        };
        if fits { Ok(()) } else { Err(Refusal::EndWrong(stage)) }
    }

    /// Tells whether a movement that fits may be made: no claim in its way, the technical result signed, the case saying the same.
    fn lawful(&self, plan: &StagePlan, movement: &StageMove, guard: Guard<'_>) -> Result<(), Refusal> {
        match &movement.movement {
            StageMovement::Omitted { ground, .. } => return self.not_contradicted(*ground, guard.facts),
            StageMovement::Returned { claim: Some(claim), .. } => {
                let answer = guard.answers.iter().find(|answer| answer.claim == *claim);
                let Some(ClaimResult::Accepted { back_to }) = answer.map(|answer| answer.result) else {
                    return Err(Refusal::ClaimNotAccepted);
                };
                return match back_to {
                    Some(asked) if plan.position(movement.stage) > plan.position(asked) => {
                        Err(Refusal::ReturnTooShort(asked))
                    }
                    _ => Ok(()),
                };
            }
            StageMovement::Opened | StageMovement::Closed { .. } => {}
            _ => return Ok(()),
        }
        let needs = plan.stage(movement.stage).map(|stage| stage.needs.as_slice()).unwrap_or_default();
        // What declares a lot desierto awards nothing.
        let desierto = matches!(movement.movement, StageMovement::Closed { end: Some(LotEnd::Desierto) });
        if needs.contains(&Need::SinReclamo)
            && !desierto
            && guard.claims_block != Some(false)
            && let Some(claim) = self.open_claim(guard, movement.when)
        {
            return Err(Refusal::ClaimOpen(claim.claimant.clone()));
        }
        if needs.contains(&Need::TecnicaFirmada) && !self.technical_result_signed(guard) {
            return Err(Refusal::NotSigned);
        }
        Ok(())
    }

    /// Returns a claim that holds up the lot at a moment.
    #[must_use]
    pub fn open_claim<'a>(&self, guard: Guard<'a>, at: DateTime) -> Option<&'a Claim> {
        guard.claims.iter().filter(|claim| concerns(claim, self.lot)).find(|claim| {
            let answer = guard.answers.iter().find(|answer| answer.claim == claim.id);
            holds_up(claim, answer, at, self.went_back_for(&claim.id))
        })
    }

    /// Tells whether the technical result of the round that holds is signed: by the acta that ended the stage, or elsewhere with its proof.
    #[must_use]
    pub fn technical_result_signed(&self, guard: Guard<'_>) -> bool {
        let technical = StageKind::Calificacion;
        let Some(by) = self.state(technical).filter(|state| state.status == StageStatus::Closed) else {
            return false;
        };
        let closing = |applied: &&Applied| Some(&applied.movement.id) == by.by.as_ref();
        let Some(closing) = self.history.iter().find(closing) else { return false };
        if let Some(acta) = closing.movement.support.acta {
            // An acta of an earlier round says nothing of this one.
            let used = self.history.iter().any(|applied| {
                applied.movement.id != closing.movement.id
                    && applied.movement.stage == technical
                    && matches!(applied.movement.movement, StageMovement::Closed { .. })
                    && applied.movement.support.acta == Some(acta)
            });
            return guard.facts.signed.contains(&acta) && !used;
        }
        let since = by.opened.or_else(|| {
            let returned =
                |applied: &&Applied| matches!(applied.movement.movement, StageMovement::Returned { .. });
            self.history.iter().filter(returned).map(|applied| applied.movement.when).max()
        });
        guard.constancias.iter().any(|constancia| {
            !constancia.withdrawn
                && constancia.stage == technical
                && constancia.lot.is_none_or(|lot| lot == self.lot)
                && constancia.kind == ConstanciaKind::SignedElsewhere
                && constancia.support.file.is_some()
                && since.is_none_or(|since| constancia.when >= since)
        })
    }

    fn not_contradicted(&self, ground: OmissionGround, facts: &Facts) -> Result<(), Refusal> {
        let says = |shown: String| Err(Refusal::Contradicted { ground, shown });
        let counted = |key: &str, count: u32| message(key, &[("n", &count.to_string())]);
        let after_auction = self.closed(StageKind::Puja).is_some();
        match ground {
            OmissionGround::SinOfertas => match facts.bids {
                Some(bids) if bids > 0 => says(counted("stages.shown.bids", bids)),
                _ => Ok(()),
            },
            OmissionGround::SinCalificadas => match facts.qualified {
                Some(qualified) if qualified > 0 => says(counted("stages.shown.qualified", qualified)),
                _ => Ok(()),
            },
            OmissionGround::UnSoloCalificado => match facts.qualified {
                Some(qualified) if qualified != 1 => says(counted("stages.shown.qualified", qualified)),
                _ => Ok(()),
            },
            OmissionGround::SinErrores => match facts.cure_requests {
                Some(requests) if requests > 0 => says(counted("stages.shown.requests", requests)),
                _ => Ok(()),
            },
            OmissionGround::HuboPuja | OmissionGround::RebajaAlcanzada if !after_auction => {
                says(message("stages.shown.no_auction", &[]))
            }
            _ => Ok(()),
        }
    }

    fn apply(&mut self, plan: &StagePlan, movement: &StageMove) {
        let Some(at) = plan.position(movement.stage) else { return };
        let mut round = self.round;
        match &movement.movement {
            StageMovement::Opened => self.put(at, StageStatus::Open, None, movement),
            StageMovement::Closed { end } => {
                self.put(at, StageStatus::Closed, None, movement);
                self.end = end.or(self.end);
            }
            StageMovement::Omitted { ground, .. } => {
                self.put(at, StageStatus::Omitted, Some(*ground), movement);
                if ground.ends_evaluation() {
                    for (later, stage) in plan.stages.iter().enumerate().skip(at + 1) {
                        if !stage.omit.contains(ground) {
                            break;
                        }
                        self.put(later, StageStatus::Omitted, Some(*ground), movement);
                    }
                }
            }
            StageMovement::Returned { .. } => {
                round = Round(self.round.0.saturating_add(1));
                self.round = round;
                self.end = None;
                for stage in self.stages.iter_mut().skip(at) {
                    *stage = StageState {
                        status: StageStatus::Pending,
                        opened: None,
                        closed: None,
                        ground: None,
                        by: None,
                        ..stage.clone()
                    };
                }
                self.put(at, StageStatus::Open, None, movement);
            }
            StageMovement::Rectified { .. } => {}
            StageMovement::Cancelled { .. } => self.end = Some(LotEnd::Cancelado),
        }
        self.history.push(Applied { movement: movement.clone(), round });
    }

    fn put(&mut self, at: usize, status: StageStatus, ground: Option<OmissionGround>, movement: &StageMove) {
        let Some(stage) = self.stages.get_mut(at) else { return };
        stage.status = status;
        stage.ground = ground;
        stage.by = Some(movement.id.clone());
        if status == StageStatus::Open {
            stage.opened = Some(movement.when);
        } else {
            stage.closed = Some(movement.when);
        }
    }
}

/// Says whether a movement may be recorded now, with what a person should know of it.
///
/// A movement of the whole process must fit every lot; a return must fit one.
///
/// # Errors
/// Why it may not.
pub fn check(
    plan: &StagePlan,
    courses: &[LotCourse],
    movement: &StageMove,
    guard: Guard<'_>,
    now: DateTime,
) -> Result<Vec<Warning>, Refusal> {
    if movement.when > now {
        return Err(Refusal::Future);
    }
    let mut warnings = Vec::new();
    let mut refusals = Vec::new();
    let mut fitting = 0_usize;
    for course in courses.iter().filter(|course| movement.lot.is_none_or(|lot| lot == course.lot)) {
        match course.fits(plan, movement).and_then(|()| course.lawful(plan, movement, guard)) {
            Ok(()) => fitting += 1,
            Err(refusal) => refusals.push(refusal),
        }
        if guard.claims_block == Some(false)
            && let Some(claim) = course.open_claim(guard, movement.when)
        {
            warnings.push(Warning::new("stages.warning.claim_open", &claim.claimant));
        }
    }
    let one_is_enough =
        matches!(movement.movement, StageMovement::Returned { .. } | StageMovement::Cancelled { .. });
    match refusals.into_iter().next() {
        Some(refusal) if !(one_is_enough && fitting > 0) => Err(refusal),
        None if fitting == 0 => Err(Refusal::Over),
        _ => {
            if movement.support.is_bare() {
                warnings.push(Warning::new("stages.warning.bare", &name(movement.stage)));
            }
            Ok(warnings)
        }
    }
}
