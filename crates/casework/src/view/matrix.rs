//! The matrix: requirements down, bids across.

use super::{RequirementKindView, RequirementView, Verdict};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Tells whether a cell is pencil or ink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MatrixCellState {
    /// The machine proposes.
    Proposed,
    /// A person decided.
    Decided,
    /// Nobody says anything: no proposal, no decision.
    Open,
    /// Closed until its moment.
    Sealed,
}

/// Shows one cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MatrixCell {
    /// The bid.
    pub bid: String,
    /// Pencil or ink.
    pub state: MatrixCellState,
    /// The decided verdict, else the proposed one, else `pendiente`.
    pub verdict: Verdict,
    /// What the machine proposed, also after a decision.
    pub proposed: Option<Verdict>,
    /// How sure the proposal is.
    #[specta(type = Option<i32>)]
    pub confidence: Option<f64>,
    /// Initials of who decided.
    pub decided_by: Option<String>,
    /// The votes of the commission, where its members differ.
    pub votes: Option<CellVotes>,
    /// When, in UTC, ISO 8601.
    pub decided_at: Option<String>,
    /// True when it rests on a value of the pack that no lawyer has verified.
    pub norm_unverified: bool,
    /// True when what the decision rests on changed since: *revisar de nuevo*.
    pub review: bool,
    /// True when it has a note.
    pub has_note: bool,
    /// True when papers of the bid contradict each other about it.
    pub contradiction: bool,
    /// Why it is not evaluated, with its article, in Spanish.
    pub not_evaluable: Option<String>,
    /// *Se ofrece*: one or two sentences with the numbers, in Spanish.
    pub offered: String,
    /// How many pieces of evidence, and where, in Spanish: `evidencias: 3 · Anexos.pdf p. 3, 7, 9`.
    pub evidence: String,
}

/// Tells how the members of a commission differ on a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CellVotes {
    /// How many say each thing, the most first: `2–1`.
    pub count: String,
    /// True once the commission agreed, and what it agreed counts these votes.
    pub agreed: bool,
    /// Who says what, in Spanish: `Ana Ejemplo, cumple; Luis Ejemplo, no cumple`.
    pub who: String,
}

/// Shows one requirement and its cells, in the order of the columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MatrixRow {
    /// The requirement.
    pub requirement: RequirementView,
    /// True when it rests on a value that no lawyer has verified.
    pub norm_unverified: bool,
    /// One cell for each column.
    pub cells: Vec<MatrixCell>,
}

/// Gathers the rows of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MatrixGroup {
    /// The kind.
    pub kind: RequirementKindView,
    /// Its head, in Spanish: `Requisitos mínimos`.
    pub title: String,
    /// Its article or remark, in Spanish: `RGLOSNCP art. 93`.
    pub basis: String,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// Says how the evaluation of a bid ends, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OutcomeView {
    /// `cumple` for qualified, `no_cumple` for not, `pendiente` while something is open.
    pub verdict: Verdict,
    /// True while it follows from proposals and not from decisions alone.
    pub proposed: bool,
    /// In words, in Spanish: `Califica`, `9 pendientes`.
    pub text: String,
}

/// Shows the head and the foot of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MatrixColumn {
    /// The bid.
    pub bid: String,
    /// Counts from 1.
    pub number: u32,
    /// The bidder's name.
    pub name: String,
    /// The bidder's taxpayer's number, if it was read.
    pub ruc: Option<String>,
    /// The lot, with its number, where the process has several.
    #[serde(default)]
    pub lot: Option<String>,
    /// Number of that lot, from 1.
    #[serde(default)]
    pub lot_number: Option<u32>,
    /// Kind of person, in Spanish; may be empty.
    pub kind: String,
    /// Cells decided.
    pub decided: u32,
    /// Cells in all.
    pub total: u32,
    /// How many indicios name this bid.
    pub flags: u32,
    /// The result.
    pub outcome: OutcomeView,
}

/// Shows the whole matrix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct MatrixView {
    /// The columns.
    pub columns: Vec<MatrixColumn>,
    /// The rows in their groups.
    pub groups: Vec<MatrixGroup>,
}
