//! A case as its cover shows it, and as a line of the list.

use super::RequirementKindView;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Tells what this installation is and has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AboutView {
    /// Version of Cotejo.
    pub version: String,
    /// Folder of the cases.
    pub data_folder: String,
    /// True when no service may be asked.
    pub offline: bool,
    /// What is missing on this machine or works with less, each a sentence in Spanish with its remedy:
    /// `Sin codificador: los tipos de página se reconocen por n-gramas…`.
    pub notices: Vec<String>,
    /// Name, version and licence of what has to be credited.
    pub credits: Vec<String>,
}

/// Describes a case in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CaseSummary {
    /// Its identifier.
    pub id: String,
    /// Process code; `None` when the pliego does not give one.
    pub code: Option<String>,
    /// What is bought.
    pub object: Option<String>,
    /// The buying body.
    pub entity: Option<String>,
    /// Abbreviation of the procedure: `SIE`, `LICO`.
    pub procedure: String,
    /// Stages, in order.
    pub stages: Vec<StageView>,
    /// How many bids.
    pub bids: u32,
    /// How many cells nobody has decided.
    pub undecided: u32,
    /// Deadline for bids, local time of Ecuador, ISO 8601 without zone.
    pub bids_due: Option<String>,
    /// Moment of the last act in UTC, ISO 8601.
    pub last_act: Option<String>,
    /// True once an acta is signed.
    pub signed: bool,
    /// Why it cannot be opened now, in Spanish, if so.
    pub unavailable: Option<String>,
}

/// Tells where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    /// Over.
    Done,
    /// Going on.
    Now,
    /// To come.
    Later,
}

/// Describes one stage of the evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StageView {
    /// Its name, in Spanish: `Calificación`.
    pub name: String,
    /// Where it stands.
    pub state: StageState,
    /// What is missing, in Spanish: `en curso`, `faltan 54`.
    pub note: String,
    /// Key of the stage in the recorded course; `None` where none is recorded.
    #[serde(default)]
    pub stage: Option<String>,
    /// When it ended, or until when it lasts; local time of Ecuador, ISO 8601 without zone.
    #[serde(default)]
    pub at: Option<String>,
}

/// Tells how long the stage that the case is in still lasts, in days of *término*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TimeLeftView {
    /// Key of the stage.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// The lot, where there are several.
    pub lot: Option<String>,
    /// Until when, local time of Ecuador, ISO 8601 without zone.
    pub due: String,
    /// True when it passed.
    pub overdue: bool,
    /// Working days since the stage before ended, without today.
    pub passed: u32,
    /// Whether today counts.
    pub today: bool,
    /// Working days after today, the last one included; where it passed, those since.
    pub days: u32,
    /// Why it is not certain, in Spanish: a value or a holiday that nobody verified, a canton that is not known.
    pub remarks: Vec<String>,
}

/// Names the rule pack frozen in the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackView {
    /// Identifier: `ec-2026`.
    pub id: String,
    /// SHA-256 of the pack.
    pub sha256: String,
    /// When it was frozen, ISO 8601.
    pub frozen_on: Option<String>,
    /// How many of its values no lawyer has verified.
    pub unverified_values: u32,
}

/// Gives the head of one chain of the log: what is printed in every acta.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChainHead {
    /// Name or identifier of the device.
    pub device: String,
    /// SHA-256 of the last event.
    pub head: String,
    /// Number of events.
    pub count: u32,
}

/// Names a member of the commission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberView {
    /// Identifier within the case.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Initials for the oval, two or three letters.
    pub initials: String,
    /// Capacity, in Spanish: `Presidenta`.
    pub capacity: String,
    /// Whether the member votes.
    pub votes: bool,
    /// Whether the person is enrolled.
    pub enrolled: bool,
    /// True for the person at this machine.
    pub me: bool,
}

/// Names a bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BidView {
    /// Its identifier.
    pub id: String,
    /// Counts from 1 in the order of arrival.
    pub number: u32,
    /// The bidder's name, or the folder's while no paper has told it.
    pub name: String,
    /// Taxpayer's number, if it was read.
    pub ruc: Option<String>,
    /// Kind of person, in Spanish: `Persona natural`, `Consorcio`, or empty when not known.
    pub kind: String,
    /// How many files.
    pub files: u32,
    /// How many pages.
    pub pages: u32,
    /// Why it is sealed, in Spanish, if it is.
    pub sealed: Option<String>,
    /// The lot it is for, with its number, where the process has several: `Lote 2: Mobiliario clínico`.
    #[serde(default)]
    pub lot: Option<String>,
    /// Number of that lot, from 1.
    #[serde(default)]
    pub lot_number: Option<u32>,
    /// Why nothing of it is judged, in Spanish, while nobody said which lot it is for.
    #[serde(default)]
    pub unplaced: Option<String>,
}

/// Names a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RequirementView {
    /// Its identifier.
    pub id: String,
    /// Counts from 1 over the whole matrix.
    pub number: u32,
    /// What failing it means.
    pub kind: RequirementKindView,
    /// A short name for the row: `Experiencia específica: 192.697,55 o más`.
    pub title: String,
    /// The words of the pliego.
    pub text: String,
    /// Points at stake, a decimal.
    pub points: Option<String>,
    /// Where it stands, in Spanish: `Pliego, p. 33`, `.ushay, tabla experiencia, fila 2`.
    pub source: String,
    /// File and page of the source, where it is a page that can be opened.
    pub source_file: Option<String>,
    /// Page in that file, from 1.
    pub source_page: Option<u32>,
    /// The lot it is asked in alone, where the process has several; `None` where it is asked in all.
    #[serde(default)]
    pub lot: Option<String>,
    /// Number of that lot, from 1.
    #[serde(default)]
    pub lot_number: Option<u32>,
}

/// Counts what the index of the case shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CaseCounts {
    /// Bids.
    pub bids: u32,
    /// Documents found.
    pub documents: u32,
    /// Cells in all.
    pub cells: u32,
    /// Cells nobody has decided.
    pub undecided: u32,
    /// Findings that deserve a look.
    pub findings: u32,
    /// Actas.
    pub actas: u32,
}

/// Shows a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CaseView {
    /// Its identifier.
    pub id: String,
    /// Process code.
    pub code: Option<String>,
    /// What is bought.
    pub object: Option<String>,
    /// The buying body.
    pub entity: Option<String>,
    /// Its taxpayer's number.
    pub entity_ruc: Option<String>,
    /// Abbreviation of the procedure.
    pub procedure: String,
    /// Its name in words, in Spanish.
    pub procedure_name: String,
    /// Presupuesto referencial without IVA.
    pub budget: Option<String>,
    /// True when the pliego carries the budget encrypted.
    pub budget_encrypted: bool,
    /// Deadline for bids, local time of Ecuador, ISO 8601 without zone.
    pub bids_due: Option<String>,
    /// Round of evaluation, from 1.
    pub round: u32,
    /// Stages, in order: those of the recorded course, where one is recorded.
    pub stages: Vec<StageView>,
    /// How long the stage it is in still lasts, where a course is recorded and its end is known.
    #[serde(default)]
    pub time_left: Option<TimeLeftView>,
    /// The rule pack.
    pub pack: PackView,
    /// `Nadie está inscrito…`, in Spanish, while the person at this machine is not enrolled.
    pub unenrolled_notice: Option<String>,
    /// Why nothing can be changed, in Spanish, once the acta is signed.
    pub sealed_notice: Option<String>,
    /// Heads of the log.
    pub chains: Vec<ChainHead>,
    /// Whether the log verified when the case was opened.
    pub log_intact: bool,
    /// The commission.
    pub members: Vec<MemberView>,
    /// The bids.
    pub bids: Vec<BidView>,
    /// The requirements.
    pub requirements: Vec<RequirementView>,
    /// The lots by name, where the process has several; their number is their place. Empty where it has one.
    #[serde(default)]
    pub lots: Vec<String>,
    /// Counts for the index.
    pub counts: CaseCounts,
    /// What `undo` would undo, in Spanish: `Decidió «cumple» en 13 × 5`.
    pub can_undo: Option<String>,
    /// What `redo` would do again, in Spanish.
    pub can_redo: Option<String>,
    /// Imports that a crash or a cancel left unfinished, each with the path to import again.
    pub unfinished_imports: Vec<String>,
    /// Findings about the pliego.
    pub findings: Vec<super::FindingView>,
}
