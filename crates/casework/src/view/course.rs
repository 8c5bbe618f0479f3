//! Stages, deadlines, claims, constancias and the report on compliance, as forms and lists show them. Moments are local time of Ecuador,
//! `2026-11-20T09:00`; keys are those of the packs (`calificacion`, `sin_ofertas`); a field that ends in `_text` or `name` is Spanish.

use super::{InstrumentView, Room, TermDayView};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names what an act rests on, as a person gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct SupportDraft {
    /// An acta of the case, by its identifier.
    pub acta: Option<String>,
    /// An instrument made elsewhere.
    pub instrument: Option<InstrumentView>,
    /// Path of a file to be kept: a capture, a signed PDF.
    pub attach: Option<String>,
    /// Words.
    pub note: String,
}

/// Shows what an act rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SupportView {
    /// The acta, by its identifier.
    pub acta: Option<String>,
    /// Its name and number.
    pub acta_name: Option<String>,
    /// The instrument.
    pub instrument: Option<InstrumentView>,
    /// Name of the kept file.
    pub file_name: Option<String>,
    /// SHA-256 of its bytes.
    pub file_sha256: Option<String>,
    /// Words.
    pub note: String,
}

/// Names what is to happen to a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StageOrder {
    /// It begins.
    Open,
    /// It ends.
    Close,
    /// It does not take place.
    Omit,
    /// The lot goes back to it.
    Return,
    /// An acta of it was rectified.
    Rectify,
    /// The process is cancelled while the lot is in it.
    Cancel,
}

/// Holds a movement as a person gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct StageDraft {
    /// The lot, by identifier, name or number from 1; not given, the only one, or all for a stage of the whole process.
    #[serde(default)]
    pub lot: Option<String>,
    /// Key of the stage.
    pub stage: String,
    /// What happens to it.
    pub order: StageOrder,
    /// When it happened; now when not given.
    #[serde(default)]
    pub when: Option<String>,
    /// How the lot ended: `adjudicado` or `desierto`, for the adjudicación alone.
    #[serde(default)]
    pub end: Option<String>,
    /// Why it does not take place, by key.
    #[serde(default)]
    pub ground: Option<String>,
    /// Why the lot goes back, by key.
    #[serde(default)]
    pub cause: Option<String>,
    /// Why, in words.
    #[serde(default)]
    pub reason: String,
    /// The accepted claim that the lot goes back for.
    #[serde(default)]
    pub claim: Option<String>,
    /// Of a rectification: the acta that rectifies; what is rectified is the acta of `support`.
    #[serde(default)]
    pub rectified_by: Option<String>,
    /// Of a return: whether signed actas become those of an earlier round, so that decisions can change again. Not given, they do
    /// where the return concerns all lots or the case has one.
    #[serde(default)]
    pub new_round: Option<bool>,
    /// What does it.
    #[serde(default)]
    pub support: SupportDraft,
}

/// Shows one stage of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CourseStageView {
    /// Key.
    pub stage: String,
    /// Name.
    pub name: String,
    /// True for a stage of the whole process.
    pub of_process: bool,
    /// `pending`, `open`, `closed` or `omitted`.
    pub status: String,
    /// The same, in Spanish.
    pub status_text: String,
    /// When it began.
    pub opened: Option<String>,
    /// When it ended or was found not to take place.
    pub closed: Option<String>,
    /// Why it does not take place, in Spanish.
    pub ground_text: Option<String>,
    /// Keys of the grounds on which it may be left out.
    pub may_omit: Vec<String>,
    /// The document that it produces, as packs name it.
    pub document: Option<String>,
    /// The articles.
    pub legal_basis: Vec<String>,
}

/// Shows one recorded movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StageMoveView {
    /// Its identifier.
    pub id: String,
    /// Key of the stage.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// What happened, in Spanish.
    pub text: String,
    /// The round.
    pub round: u32,
    /// When it happened.
    pub when: String,
    /// Who recorded it.
    pub by: String,
    /// When it was recorded, in UTC.
    pub at: String,
    /// What does it.
    pub support: SupportView,
}

/// Says whether something may be recorded of the stage a lot is in, and what stands in its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StageActView {
    /// What would be recorded: that it opens, closes or is omitted.
    pub order: StageOrder,
    /// Of a closing that decides it: how the lot would end, by key.
    pub end: Option<String>,
    /// Of an omission: the ground, by key.
    pub ground: Option<String>,
    /// Why it may not be recorded now, in Spanish; `None` when it may.
    pub blocked: Option<String>,
    /// The room that resolves it.
    pub room: Option<Room>,
}

/// Shows the course of a lot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LotCourseView {
    /// The lot, by its identifier.
    pub lot: String,
    /// Its name.
    pub name: String,
    /// Key of the stage it is in; `None` when it is through.
    pub current: Option<String>,
    /// Name of that stage.
    pub current_name: Option<String>,
    /// The round, from 1.
    pub round: u32,
    /// How it ended: `adjudicado`, `desierto`, `cancelado`.
    pub end: Option<String>,
    /// The same, in Spanish.
    pub end_text: Option<String>,
    /// Its stages, in their order.
    pub stages: Vec<CourseStageView>,
    /// What was recorded, in order.
    pub history: Vec<StageMoveView>,
    /// What was recorded and does not fit, in Spanish.
    pub faults: Vec<String>,
    /// Why its bids, qualification and prices are held back from those outside; `None` when they are not.
    pub confidential: Option<String>,
    /// Name of the stage whose end frees them, where the regime says it.
    pub confidential_until: Option<String>,
    /// The articles that hold them back.
    pub confidential_basis: Vec<String>,
    /// What holds up its award, in Spanish; `None` when nothing does.
    pub held_up_by: Option<String>,
    /// What may be recorded of the stage it is in, and what may not with why.
    pub acts: Vec<StageActView>,
}

/// Names an acta of the case, to be chosen as what an act rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CoursePaperView {
    /// Its identifier.
    pub id: String,
    /// Its kind and number.
    pub label: String,
    /// Whether somebody signed it.
    pub signed: bool,
}

/// Shows the course of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CourseView {
    /// Identifier and version of the pack.
    pub pack: String,
    /// What a person is asked, in Spanish, where nobody says which stages there are.
    pub ask: Option<String>,
    /// Where the list of stages comes from.
    pub source: String,
    /// Whether somebody verified it there.
    pub verified: bool,
    /// What a person should know, in Spanish.
    pub remarks: Vec<String>,
    /// Canton of the entity, where it is known.
    pub canton: Option<String>,
    /// Variant of the procedure, where one was stated.
    pub variant: Option<String>,
    /// The variants that the pack knows of this procedure.
    pub variants: Vec<String>,
    /// Cantons whose holidays are known.
    pub cantons: Vec<String>,
    /// Keys of the stages as a person took them from the pliego; empty where the norm's hold.
    pub stated: Vec<String>,
    /// Numeral of the pliego, or instrument, that has them.
    pub stated_source: String,
    /// The actas of the case.
    pub papers: Vec<CoursePaperView>,
    /// The lots.
    pub lots: Vec<LotCourseView>,
    /// What a person should know of what was just recorded, in Spanish; empty when only shown.
    pub warnings: Vec<String>,
}

/// Holds what stages and deadlines depend on, as a person states it. What is not given stays as it was; an empty text takes it back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct FrameDraft {
    /// Canton of the entity.
    pub canton: Option<String>,
    /// Variant of the procedure.
    pub variant: Option<String>,
    /// Keys of the stages as the pliego has them, in their order; an empty list takes them back.
    pub stages: Option<Vec<String>>,
    /// Numeral of the pliego, or instrument, that has them.
    pub stages_source: String,
}

/// Shows a limit of the norm on a stage, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StageTermView {
    /// `min`, `max`, `between`, `offset`, `not_before` or `publish`.
    pub kind: String,
    /// Key of the value in the pack.
    pub parameter: String,
    /// What is counted: `termino` for working days; `dias` for days that the source does not name, counted so; `minutos`.
    pub unit: String,
    /// What it is counted from, in Spanish.
    pub from: String,
    /// That moment.
    pub from_at: Option<String>,
    /// Whether it was recorded, or is only scheduled.
    pub from_recorded: bool,
    /// Not before.
    pub earliest: Option<String>,
    /// Not after.
    pub latest: Option<String>,
    /// How `earliest` was counted, day by day.
    pub working_earliest: Vec<TermDayView>,
    /// How `latest` was counted, day by day.
    pub working_latest: Vec<TermDayView>,
    /// How what was recorded stands against it.
    pub state: String,
    /// The same, in Spanish.
    pub state_text: String,
    /// Where the value was read.
    pub source: String,
    /// True when nobody verified it.
    pub unverified: bool,
    /// What a person should know, in Spanish.
    pub remarks: Vec<String>,
}

/// Shows until when a stage lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StageDeadlineView {
    /// Name of the lot; `None` for a stage of the whole process.
    pub lot: Option<String>,
    /// Its identifier.
    pub lot_id: Option<String>,
    /// Key of the stage.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// Until when.
    pub due: Option<String>,
    /// Where that stands; `None` where it was counted by the norm.
    pub scheduled: Option<String>,
    /// Who stated that moment in place of the schedule's; `None` where nobody did.
    pub stated_by: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
    /// How it stands.
    pub state: String,
    /// The same, in Spanish.
    pub state_text: String,
    /// The limits of the norm.
    pub terms: Vec<StageTermView>,
    /// Where schedule and norm differ, and what else a person should know, in Spanish.
    pub remarks: Vec<String>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What it rests on that nobody verified.
    pub unverified: Vec<String>,
}

/// Reminds of a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReminderView {
    /// Names it, the same as long as it is about the same thing.
    pub id: String,
    /// Name of the lot.
    pub lot: Option<String>,
    /// The moment.
    pub due: String,
    /// True when it passed.
    pub overdue: bool,
    /// What is due, in Spanish.
    pub title: String,
    /// Why it is then, in Spanish.
    pub detail: String,
}

/// Shows a line of the pliego's schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ScheduleLineView {
    /// The line as it stands.
    pub line: String,
    /// Its code.
    pub code: Option<String>,
    /// Its moment.
    pub at: Option<String>,
    /// Name of the stage that it ends; `None` where none was found.
    pub stage: Option<String>,
}

/// Shows deadlines and reminders of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DeadlinesView {
    /// The moment they were looked at.
    pub now: String,
    /// Canton whose holidays were left out, where it is known.
    pub canton: Option<String>,
    /// The deadlines.
    pub stages: Vec<StageDeadlineView>,
    /// What is due soon, what passed first.
    pub reminders: Vec<ReminderView>,
    /// The schedule, with the stage of each line.
    pub schedule: Vec<ScheduleLineView>,
    /// The file of the pliego that has it.
    pub pliego_file: Option<String>,
}

/// Holds the moment that a person states for a stage; empty takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct StageDateDraft {
    /// The lot, as in [`StageDraft`].
    #[serde(default)]
    pub lot: Option<String>,
    /// Key of the stage.
    pub stage: String,
    /// Until when; empty takes it back.
    pub due: String,
    /// Why.
    pub reason: String,
    /// What says so.
    #[serde(default)]
    pub support: SupportDraft,
}

/// Holds a claim as a person gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimDraft {
    /// The claim that is changed; none for a new one.
    pub id: Option<String>,
    /// True for SERCOP's supervision, false for a bidder's reclamo.
    pub supervision: bool,
    /// The lot, as in [`StageDraft`]; `todos` for the whole process.
    pub lot: Option<String>,
    /// Key of the stage that it is raised against.
    pub stage: String,
    /// Who raised it.
    pub claimant: String,
    /// The claimant's number.
    pub ruc: Option<String>,
    /// Against which act, and what is asked.
    pub against: String,
    /// When it was handed in.
    pub filed: String,
    /// When the entity was notified.
    pub notified: Option<String>,
    /// Working days to answer, as the notification has them.
    pub answer_days: Option<u32>,
    /// True takes back a claim that was recorded by mistake.
    pub withdrawn: bool,
    /// What proves it.
    pub support: SupportDraft,
}

/// Holds how a claim ended, as a person gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimAnswerDraft {
    /// The claim.
    pub claim: String,
    /// `accepted`, `rejected`, `desisted`, `inadmissible` or `lifted`.
    pub result: String,
    /// Of an accepted one: key of the stage to go back to.
    pub back_to: Option<String>,
    /// When; now when not given.
    pub when: Option<String>,
    /// Why.
    pub reason: String,
    /// The act that decides it.
    pub support: SupportDraft,
}

/// Shows a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClaimView {
    /// Its identifier.
    pub id: String,
    /// True for SERCOP's supervision.
    pub supervision: bool,
    /// Name of the lot; `None` for the whole process.
    pub lot: Option<String>,
    /// Its identifier.
    pub lot_id: Option<String>,
    /// Key of the stage.
    pub stage: String,
    /// Its name.
    pub stage_name: String,
    /// Who raised it.
    pub claimant: String,
    /// The claimant's number.
    pub ruc: Option<String>,
    /// Against what.
    pub against: String,
    /// When it was handed in.
    pub filed: String,
    /// When the entity was notified.
    pub notified: Option<String>,
    /// Working days to answer, as the notification has them.
    pub answer_days: Option<u32>,
    /// Who recorded it.
    pub by: String,
    /// Whether within the term of its stage; `None` where that is not known.
    pub in_time: Option<bool>,
    /// Until when it is to be answered.
    pub answer_due: Option<String>,
    /// How that was counted, day by day.
    pub working: Vec<TermDayView>,
    /// True while it holds up the award.
    pub holds_up: bool,
    /// How it ended: `accepted`, …; `None` while it is open.
    pub result: Option<String>,
    /// When.
    pub answered: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Name of the stage to go back to, while nobody has.
    pub to_execute: Option<String>,
    /// Its key.
    pub to_execute_stage: Option<String>,
    /// What decided it.
    pub answer_support: Option<SupportView>,
    /// What proves it.
    pub support: SupportView,
}

/// Holds a constancia as a person gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct ConstanciaDraft {
    /// The constancia that is changed; none for a new one.
    pub id: Option<String>,
    /// `publication`, `notification`, `rup` or `signed_elsewhere`.
    pub kind: String,
    /// The lot, as in [`StageDraft`]; `todos` for the whole process.
    pub lot: Option<String>,
    /// Key of the stage; of a RUP consultation it may be left out.
    pub stage: String,
    /// The document, as packs name it, or in words.
    pub document: String,
    /// When it was done; now when not given.
    pub when: Option<String>,
    /// Who did it; the person at this machine when empty.
    pub by: String,
    /// Of a publication: where; the Portal when empty.
    pub place: String,
    /// Of a notification: numbers of the bids that were notified, from 1; empty for all.
    pub bids: Vec<u32>,
    /// Of the RUP: `apertura`, `adjudicacion` or `suscripcion`.
    pub moment: String,
    /// Of the RUP: the number consulted.
    pub ruc: String,
    /// Of the RUP: `habilitado`, `no_habilitado` or `sin_respuesta`.
    pub status: String,
    /// True takes it back.
    pub withdrawn: bool,
    /// What proves it.
    pub support: SupportDraft,
}

/// Shows a constancia.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConstanciaView {
    /// Its identifier.
    pub id: String,
    /// Its kind, by key.
    pub kind: String,
    /// What it states, in Spanish.
    pub text: String,
    /// Name of the lot; `None` for the whole process.
    pub lot: Option<String>,
    /// Key of the stage.
    pub stage: String,
    /// Its name.
    pub stage_name: String,
    /// The document.
    pub document: String,
    /// When it was done.
    pub when: String,
    /// Who did it.
    pub by: String,
    /// What proves it.
    pub support: SupportView,
}

/// Names one thing that a line of the report rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RestView {
    /// `act`, `acta`, `instrument` or `file`.
    pub kind: String,
    /// Its identifier, number or SHA-256.
    pub id: String,
    /// Its name, in Spanish.
    pub label: String,
    /// When.
    pub at: Option<String>,
}

/// Shows a line of the report on compliance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ComplianceLineView {
    /// `cronograma`, `termino`, `notificacion`, `publicacion`, `rup`, `firma`, `reclamo`, `sobre` or `curso`.
    pub topic: String,
    /// Name of the lot; `None` for the whole process.
    pub lot: Option<String>,
    /// Key of the stage.
    pub stage: String,
    /// Its name.
    pub stage_name: String,
    /// What had to be done, in Spanish.
    pub what: String,
    /// `kept`, `not_kept`, `not_recorded`, `undecided`, `pending` or `not_applicable`.
    pub status: String,
    /// The same, in Spanish.
    pub status_text: String,
    /// Why, in Spanish.
    pub detail: String,
    /// What it rests on.
    pub rests: Vec<RestView>,
    /// The articles.
    pub legal_basis: Vec<String>,
    /// What it rests on that nobody verified.
    pub unverified: Vec<String>,
}

/// Shows the report on compliance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ComplianceView {
    /// Identifier and version of the pack.
    pub pack: String,
    /// Where the list of stages comes from.
    pub stages_source: String,
    /// Whether somebody verified it there.
    pub stages_verified: bool,
    /// How many lines are kept.
    pub kept: u32,
    /// How many are not.
    pub not_kept: u32,
    /// How many were not recorded.
    pub not_recorded: u32,
    /// How many cannot be decided.
    pub undecided: u32,
    /// The lines.
    pub lines: Vec<ComplianceLineView>,
}
