//! One cell on the reading desk: what is asked, what is offered, what was decided.

use super::{AgreementRow, BidView, RequirementView, Verdict};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names a cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
pub struct CellAddress {
    /// The requirement.
    pub requirement: String,
    /// The bid.
    pub bid: String,
}

/// Says where a piece of evidence stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EvidencePlace {
    /// A region of a page, in points as the page is shown, origin top left.
    Page {
        /// From 1.
        page: u32,
        /// Width of the page in points.
        #[specta(type = i32)]
        width: f64,
        /// Height of the page in points.
        #[specta(type = i32)]
        height: f64,
        /// One quad of eight numbers for each line; empty when the whole page is meant.
        #[specta(type = Vec<Vec<i32>>)]
        quads: Vec<Vec<f64>>,
    },
    /// A page of flowing text or of a sheet, which has no real boxes.
    ReadingView {
        /// From 1.
        page: u32,
        /// The paragraph, counted from 1 through the document, where one is meant.
        paragraph: Option<u32>,
        /// The sheet, where it is one.
        sheet: Option<String>,
        /// The range of the sheet in A1 notation, where a part of it is meant: `B7:F7`.
        range: Option<String>,
    },
    /// Anything that has no page: a field, a sheet, the whole file.
    Elsewhere,
}

/// Shows one piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct EvidenceView {
    /// SHA-256 of the file.
    pub file: String,
    /// Path of the file within the package.
    pub file_name: String,
    /// The place.
    pub place: EvidencePlace,
    /// The place in words, in Spanish: `p. 3`, `hoja Presupuesto, B7:F7`.
    pub place_text: String,
    /// The words that stand there.
    pub quote: String,
    /// Type of the document it stands in, in Spanish; empty when not known.
    pub document: String,
    /// How sure the reading is.
    #[specta(type = i32)]
    pub confidence: f64,
    /// Who read it, with version.
    pub extractor: String,
}

/// Shows a fact that the proposal rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct FactRow {
    /// What it is, in Spanish.
    pub label: String,
    /// The value as a person reads it, in Spanish notation.
    pub value: String,
    /// False when it was read but does not count; the reasons say why.
    pub counted: bool,
    /// Index into the evidence of the cell, from 0.
    pub evidence: Option<u32>,
    /// How sure.
    #[specta(type = i32)]
    pub confidence: f64,
    /// True for *seguro*: type and field were measured on enough labelled documents; else *probable*.
    pub certain: bool,
}

/// Shows one step of a computation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TraceRow {
    /// What was computed, in Spanish.
    pub step: String,
    /// With which values.
    pub inputs: String,
    /// What came out.
    pub result: String,
}

/// Shows a sum under the facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SumRow {
    /// What it sums, in Spanish.
    pub label: String,
    /// The amount as a person reads it.
    pub value: String,
    /// True when it is what is missing.
    pub adverse: bool,
}

/// Shows what the machine proposes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct ProposalView {
    /// The proposed verdict.
    pub verdict: Verdict,
    /// How sure.
    #[specta(type = i32)]
    pub confidence: f64,
    /// Why, each a sentence in Spanish.
    pub reasons: Vec<String>,
    /// How it was computed.
    pub trace: Vec<TraceRow>,
    /// Articles it rests on.
    pub legal_basis: Vec<String>,
    /// True when a value of the pack it rests on has not been verified by a lawyer.
    pub norm_unverified: bool,
    /// The check that made it, with version.
    pub check: String,
}

/// Holds the four parts of a motivation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MotivationView {
    /// *Hecho*.
    pub fact: String,
    /// *Evidencia*, in words for the acta.
    pub evidence: String,
    /// *Norma*.
    pub norm: String,
    /// *Conclusión*.
    pub conclusion: String,
}

/// Shows a decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DecisionView {
    /// The verdict.
    pub verdict: Verdict,
    /// Name of who decided.
    pub by: String,
    /// Initials.
    pub initials: String,
    /// When, in UTC, ISO 8601.
    pub at: String,
    /// Why.
    pub motivation: MotivationView,
    /// Indexes into the evidence of the cell, from 0.
    pub evidence: Vec<u32>,
    /// What the machine had proposed then.
    pub proposed: Option<Verdict>,
    /// True when its requirement, or a page it rests on, changed since: *revisar de nuevo*.
    pub review: bool,
}

/// Tells one thing that happened to the cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HistoryEntry {
    /// When, in UTC, ISO 8601.
    pub at: String,
    /// Initials of who did it; empty for the machine.
    pub initials: String,
    /// What, in Spanish.
    pub text: String,
}

/// Says that a verdict cannot be chosen now, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BlockedVerdict {
    /// The verdict.
    pub verdict: Verdict,
    /// Why, with its article, in Spanish: `Primero se convalida (arts. 99 a 104)`.
    pub reason: String,
    /// Stable code of the reason: where it is mended depends on it.
    pub code: String,
}

/// Shows a cell on the reading desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct CellView {
    /// *Se pide*.
    pub requirement: RequirementView,
    /// Whose.
    pub bid: BidView,
    /// *Se ofrece*, in Spanish.
    pub offered: String,
    /// The facts, in order.
    pub facts: Vec<FactRow>,
    /// Sums under the facts.
    pub sums: Vec<SumRow>,
    /// What the machine proposes.
    pub proposal: Option<ProposalView>,
    /// Evidence of the proposal, then what the decision added.
    pub evidence: Vec<EvidenceView>,
    /// What was decided.
    pub decision: Option<DecisionView>,
    /// The votes of the commission and what was agreed, where its members differ.
    pub votes: Option<AgreementRow>,
    /// A motivation written from the proposal, for the person to change or confirm.
    pub draft: MotivationView,
    /// What happened, latest first.
    pub history: Vec<HistoryEntry>,
    /// Verdicts that cannot be chosen.
    pub blocked: Vec<BlockedVerdict>,
    /// Why nothing can be changed, in Spanish, once the acta is signed or while the bid is sealed.
    pub sealed: Option<String>,
    /// The texts of the notes, one below the other.
    pub note: String,
    /// The notes, in the order they were written.
    pub notes: Vec<NoteView>,
    /// What its papers contradict, each a sentence in Spanish.
    pub contradictions: Vec<String>,
}

/// Shows a note on a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NoteView {
    /// Its identifier.
    pub id: String,
    /// Name of who wrote it.
    pub author: String,
    /// Initials.
    pub initials: String,
    /// When, in UTC, ISO 8601.
    pub at: String,
    /// The text.
    pub text: String,
    /// True when its author wants it in the acta.
    pub in_acta: bool,
    /// True when the person at this machine wrote it, and may change it.
    pub mine: bool,
}

/// Holds a note as a person types it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NoteDraft {
    /// The cell.
    pub cell: CellAddress,
    /// The note to change; `None` for a new one.
    pub id: Option<String>,
    /// The text; empty takes the note back.
    pub text: String,
    /// Whether it stands in the acta.
    pub in_acta: bool,
}

/// Holds what a person decides. Evidence chosen by hand comes in `added`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct DecisionDraft {
    /// The cell.
    pub cell: CellAddress,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub motivation: MotivationView,
    /// Indexes into the evidence of the cell, from 0.
    pub evidence: Vec<u32>,
    /// Further evidence: selections on a page, or whole pages.
    pub added: Vec<EvidenceView>,
}

/// Tells what was undone or done again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Undone {
    /// In Spanish: `Se deshizo «cumple» en 13 × 5.`
    pub text: String,
    /// The cell, if it was about one.
    pub cell: Option<CellAddress>,
}
