//! The commission: what members agree, declare, open and check again, and what was found about equal treatment.

use super::{CellAddress, EvidenceView, InstrumentView, Verdict};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Points to a place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CommissionPlace {
    /// SHA-256 of the file.
    pub file: String,
    /// Its path, for people.
    pub path: String,
    /// Page, where it has one.
    pub page: Option<u32>,
    /// The place in words.
    pub place: String,
    /// The words that stand there.
    pub quote: String,
}

/// Lists the indicios of a case. None ever changes a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct IndiciosView {
    /// How many nobody dismissed.
    pub live: u32,
    /// How many were dismissed.
    pub dismissed: u32,
    /// Each of them.
    pub rows: Vec<IndicioRow>,
    /// How many bids were read: indicios appear from two on.
    pub bids: u32,
    /// What each indicator that speaks looks at, with its formula and what it leaves out.
    pub indicators: Vec<IndicatorView>,
}

/// Explains an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct IndicatorView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its page, part by part.
    pub sections: Vec<IndicatorSection>,
}

/// One part of the page of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct IndicatorSection {
    /// `Fórmula`.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// Shows what of a bid an indicio rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct IndicioSide {
    /// The bid.
    pub number: u32,
    /// The bidder.
    pub name: String,
    /// Every place, in the order in which it was seen; empty where the indicio rests on what was decided.
    pub pieces: Vec<EvidenceView>,
}

/// Shows one indicio.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct IndicioRow {
    /// Names it: the same as long as what it rests on is.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// True for one of the course of the evaluation, false for one of the papers.
    pub of_course: bool,
    /// True for one that deserves more than a glance.
    pub weighty: bool,
    /// What was seen.
    pub text: String,
    /// What to do.
    pub remedy: String,
    /// Numbers of the bids it is about.
    pub bids: Vec<u32>,
    /// Where it was seen.
    pub places: Vec<CommissionPlace>,
    /// The same, bid by bid.
    pub sides: Vec<IndicioSide>,
    /// Why it was dismissed; `None` while it was not.
    pub dismissed: Option<String>,
    /// By whom.
    pub dismissed_by: Option<String>,
    /// When, ISO 8601.
    pub dismissed_at: Option<String>,
}

/// Lists the cells on which members differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AgreementsView {
    /// Where the rule of quorum and casting vote stands; `None` where the pack does not say it.
    pub rule: Option<String>,
    /// The cells.
    pub cells: Vec<AgreementRow>,
    /// Who does not sign the acta de calificación.
    pub refusals: Vec<RefusalView>,
    /// Those who sit.
    pub seats: Vec<SeatedView>,
    /// Why nothing that the acta states changes any more, in Spanish, once it is signed.
    pub sealed: Option<String>,
}

/// Names one who sits in the commission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SeatedView {
    /// The member.
    pub member: String,
    /// The name.
    pub name: String,
    /// In what capacity, in Spanish.
    pub capacity: String,
    /// Whether it is the person at this machine.
    pub me: bool,
    /// Whether the member has a vote and takes part.
    pub votes: bool,
}

/// Shows a cell on which members differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AgreementRow {
    /// The cell.
    pub cell: CellAddress,
    /// The cell in words.
    pub name: String,
    /// How many say each thing, the most first: `2–1`.
    pub count: String,
    /// What was agreed and holds.
    pub agreed: Option<Verdict>,
    /// True where the president's vote broke a tie.
    pub casting_vote: bool,
    /// What the votes come to now.
    pub would_be: Option<Verdict>,
    /// True where a verdict changed after the agreement.
    pub outdated: bool,
    /// Why the commission cannot agree yet.
    pub impediment: Option<String>,
    /// Who says what.
    pub votes: Vec<MemberVerdictView>,
}

/// Shows a member's verdict on a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberVerdictView {
    /// The member.
    pub member: String,
    /// The name.
    pub name: String,
    /// Whether the member presides.
    pub presides: bool,
    /// Whether it is the person at this machine.
    pub me: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// When it was given, in UTC, ISO 8601.
    pub at: String,
    /// What the member found: the *hecho* of the motivation, else its conclusion.
    pub why: String,
    /// Whether it departs from what was agreed.
    pub dissents: bool,
    /// The reasons of the *voto salvado*; empty where none are recorded.
    pub reasons: String,
}

/// Shows that a member does not sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RefusalView {
    /// The member.
    pub member: String,
    /// The name.
    pub name: String,
    /// The reasons.
    pub reasons: String,
    /// The day, ISO 8601.
    pub on: String,
    /// Who attests it.
    pub attested_by: String,
}

/// Holds that a member does not sign, as it is recorded; empty reasons take it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RefusalDraft {
    /// The member.
    pub member: String,
    /// The reasons.
    pub reasons: String,
    /// The day, ISO 8601.
    pub on: String,
    /// Who attests it.
    pub attested_by: String,
}

/// Names what is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationKindView {
    /// Conflicts of interest.
    ConflictOfInterest,
    /// Confidentiality.
    Confidentiality,
}

/// Tells how a declaration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationStateView {
    /// None was made.
    Missing,
    /// Made over the list as it is; nothing is made known.
    Clear,
    /// Made over the list as it is; a conflict is made known.
    Novelty,
    /// Made over another list.
    ToRenew,
}

/// Holds a declaration as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct DeclarationDraft {
    /// The member; `None` for the person at this machine.
    #[serde(default)]
    pub member: Option<String>,
    /// What is declared.
    pub kind: DeclarationKindView,
    /// The conflict that is made known; empty declares that there is none.
    #[serde(default)]
    pub novelty: String,
    /// The day written on it, ISO 8601.
    pub made_on: String,
    /// Path of the signed paper, where there is one.
    #[serde(default)]
    pub document: Option<String>,
    /// True to take the declaration back.
    #[serde(default)]
    pub withdrawn: bool,
}

/// Shows a declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DeclarationView {
    /// How it stands.
    pub state: DeclarationStateView,
    /// The day written on it.
    pub made_on: Option<String>,
    /// SHA-256 of the signed paper.
    pub document: Option<String>,
    /// The conflict that is made known.
    pub novelty: String,
    /// Who came into the list since.
    pub new: Vec<String>,
    /// Who left it since.
    pub gone: Vec<String>,
}

/// Shows the declarations of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberDeclarationsView {
    /// The member.
    pub member: String,
    /// The name.
    pub name: String,
    /// In what capacity.
    pub capacity: String,
    /// Whether it is the person at this machine.
    pub me: bool,
    /// On conflicts of interest.
    pub conflict: DeclarationView,
    /// On confidentiality.
    pub confidentiality: DeclarationView,
}

/// Shows a person in the list that declarations are made over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ListedPersonView {
    /// Number of the bid.
    pub bid: u32,
    /// The bidder.
    pub bidder: String,
    /// The name.
    pub name: String,
    /// Cédula or RUC, where one was read.
    pub identifier: Option<String>,
    /// In what part.
    pub part: String,
}

/// Tells what is said of a kinship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KinshipView {
    /// None.
    None,
    /// Within the degrees of the law.
    WithinDegrees,
    /// Beyond them.
    Beyond,
}

/// Asks a member about a coincidence of surnames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CoincidenceView {
    /// Names it.
    pub id: String,
    /// The member.
    pub member: String,
    /// The member's name.
    pub member_name: String,
    /// The person.
    pub person: String,
    /// In what part.
    pub part: String,
    /// Number of the bid.
    pub bid: u32,
    /// The bidder.
    pub bidder: String,
    /// The surnames that are the same.
    pub shared: Vec<String>,
    /// Whether it may be the same person.
    pub maybe_same_person: bool,
    /// What was answered.
    pub answer: Option<KinshipView>,
    /// In the member's words.
    pub answer_text: String,
    /// True where the answer bars the member from evaluating.
    pub bars: bool,
}

/// Holds the answer to a coincidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct KinshipDraft {
    /// Names the coincidence.
    pub coincidence: String,
    /// What is said; `None` takes the answer back.
    pub kinship: Option<KinshipView>,
    /// In the member's words.
    #[serde(default)]
    pub text: String,
    /// Path of the signed paper, where another person records it.
    #[serde(default)]
    pub document: Option<String>,
}

/// Tells who raises an impediment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ImpedimentKindView {
    /// The member.
    Excusa,
    /// Somebody else.
    Recusacion,
}

/// Holds an impediment as it is raised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ImpedimentDraft {
    /// Who raises it.
    pub kind: ImpedimentKindView,
    /// The member it is about.
    pub member: String,
    /// Name of who raises it.
    pub raised_by: String,
    /// The day, ISO 8601.
    pub raised_on: String,
    /// The ground.
    pub ground: String,
}

/// Holds how an impediment is resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ResolutionDraft {
    /// The impediment.
    pub impediment: String,
    /// True when the member leaves.
    pub accepted: bool,
    /// The resolution.
    pub instrument: InstrumentView,
    /// Its reasons.
    pub reason: String,
}

/// Shows an impediment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ImpedimentView {
    /// Its identifier.
    pub id: String,
    /// Who raised it.
    pub kind: ImpedimentKindView,
    /// The member.
    pub member: String,
    /// The member's name.
    pub name: String,
    /// Name of who raised it.
    pub raised_by: String,
    /// The day.
    pub raised_on: String,
    /// The ground.
    pub ground: String,
    /// Whether it was accepted; `None` while it is pending.
    pub accepted: Option<bool>,
    /// The resolution in words; empty while it is pending.
    pub resolution: String,
}

/// Shows declarations, coincidences and impediments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DeclarationsView {
    /// SHA-256 of the list as it is now.
    pub list_hash: String,
    /// Who stands in it.
    pub persons: Vec<ListedPersonView>,
    /// Those who declare.
    pub members: Vec<MemberDeclarationsView>,
    /// What is asked of them.
    pub coincidences: Vec<CoincidenceView>,
    /// Excusas and recusaciones.
    pub impediments: Vec<ImpedimentView>,
    /// What follows from them, each a sentence.
    pub remarks: Vec<String>,
}

/// Shows which evidence of a cell the person at this machine opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OpenedEvidence {
    /// The pieces, in the order of the cell.
    pub pieces: Vec<OpenedPieceView>,
    /// Whether a verdict against the bid may be recorded.
    pub suffices: bool,
}

/// Shows a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OpenedPieceView {
    /// Where it stands.
    pub place: CommissionPlace,
    /// When it was first opened; `None` while it was not.
    pub opened_at: Option<String>,
    /// True where the person only states it.
    pub stated: bool,
}

/// Lists the cells with a verdict against a bid, decided or proposed, with what of their evidence was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EvidenceDueView {
    /// What was decided: nothing opened first, then opened in part, then all of it.
    pub decided: Vec<EvidenceDueRow>,
    /// What is proposed and nobody decided, as the person at this machine opened it.
    pub proposed: Vec<EvidenceDueRow>,
}

/// Shows what of the evidence of a cell was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EvidenceDueRow {
    /// The cell.
    pub cell: CellAddress,
    /// The cell in words.
    pub name: String,
    /// What is held against the bid.
    pub verdict: Verdict,
    /// Who decided; `None` where nobody has.
    pub by: Option<String>,
    /// Whether it falls to the person at this machine.
    pub mine: bool,
    /// Pieces, each once.
    pub pieces: u32,
    /// Of them opened.
    pub opened: u32,
    /// Of them only stated to have been seen.
    pub stated: u32,
    /// The places not opened yet.
    pub unopened: Vec<CommissionPlace>,
}

/// Shows samples and what became of the proposals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SamplesView {
    /// The draws, in order.
    pub samples: Vec<SampleView>,
    /// What became of the proposals.
    pub proposals: AcceptanceView,
    /// The part that the pack wants drawn, in percent; `None` where it does not say.
    pub percent_of_pack: Option<String>,
    /// Where the pack has it from; empty where it does not say.
    pub pack_source: String,
    /// Accepted proposals that no draw had before it.
    pub drawable: u32,
}

/// Counts what became of the proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AcceptanceView {
    /// As proposed.
    pub accepted: u32,
    /// The verdict as proposed, with other evidence or another fact.
    pub modified: u32,
    /// Another verdict.
    pub rejected: u32,
    /// Decided without a proposal.
    pub not_proposed: u32,
}

/// Shows a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SampleView {
    /// Its number.
    pub number: u32,
    /// The seed: who has it draws the same.
    pub seed: String,
    /// How many proposals had been accepted.
    pub population: u32,
    /// Part of them that was to be drawn, in percent.
    pub percent: String,
    /// Where the percent comes from.
    pub percent_source: String,
    /// Who drew.
    pub drawn_by: String,
    /// When.
    pub drawn_at: String,
    /// Cells that a second member checked.
    pub checked: u32,
    /// Of them alike.
    pub alike: u32,
    /// Percent alike; `None` while nothing was checked.
    pub agreement: Option<String>,
    /// Cohen's kappa; `None` where it is not defined.
    pub kappa: Option<String>,
    /// The cells.
    pub cells: Vec<SampleCellView>,
}

/// Shows a cell of a sample. What the first member said shows once a second has checked it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SampleCellView {
    /// The cell.
    pub cell: CellAddress,
    /// The cell in words.
    pub name: String,
    /// What is asked.
    pub asked: String,
    /// Where to look: neither verdict nor motivation shows there.
    pub places: Vec<CommissionPlace>,
    /// Who accepted the proposal.
    pub accepted_by: String,
    /// True where that is the person at this machine, who then cannot check it.
    pub mine: bool,
    /// Who checked it.
    pub checked_by: Option<String>,
    /// What the second says.
    pub second: Option<Verdict>,
    /// What the first said.
    pub first: Option<Verdict>,
    /// Why.
    pub reason: String,
}

/// Tells what the commission makes of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PointHandlingView {
    /// It is endorsed.
    Endorsed,
    /// It is corrected.
    Corrected,
}

/// Holds a point of a report as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ReportPointDraft {
    /// Its number in the report.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// The requirement it speaks of.
    #[serde(default)]
    pub requirement: Option<String>,
    /// Number of the bid it speaks of.
    #[serde(default)]
    pub bid: Option<u32>,
}

/// Holds a report as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ReportDraft {
    /// The report whose place it takes; `None` for a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// Its number.
    pub number: String,
    /// Its date, ISO 8601.
    pub date: String,
    /// Who signed it.
    #[serde(default)]
    pub signed_by: Vec<String>,
    /// Path of the signed paper.
    #[serde(default)]
    pub document: Option<String>,
    /// Its points.
    pub points: Vec<ReportPointDraft>,
}

/// Shows the reports of subcommissions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReportsView {
    /// Each of them.
    pub reports: Vec<ReportView>,
}

/// Shows a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReportView {
    /// Its identifier.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: String,
    /// Who signed it.
    pub signed_by: Vec<String>,
    /// SHA-256 of the signed paper.
    pub document: Option<String>,
    /// Points that are neither endorsed nor corrected.
    pub open: u32,
    /// Its points.
    pub points: Vec<ReportPointView>,
}

/// Shows a point of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReportPointView {
    /// Its number.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// The requirement it speaks of.
    pub requirement: Option<String>,
    /// Number of the bid it speaks of.
    pub bid: Option<u32>,
    /// What is made of it; `None` while it is open.
    pub handling: Option<PointHandlingView>,
    /// The reasons, or the corrected text.
    pub reasons: String,
}

/// Names the kind of a finding about equal treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TreatmentKindView {
    /// The same error and ground, different outcomes.
    SameError,
    /// The same page, different outcomes.
    SameEvidence,
    /// A criterion that the pliego does not have.
    ForeignCriterion,
}

/// Shows what was found about equal treatment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TreatmentsView {
    /// The findings.
    pub findings: Vec<TreatmentRow>,
    /// Cells that were looked at.
    pub cells: u32,
}

/// Shows a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TreatmentRow {
    /// Names it: another one once a verdict changes.
    pub id: String,
    /// What kind.
    pub kind: TreatmentKindView,
    /// The requirement.
    pub title: String,
    /// What was found.
    pub text: String,
    /// The cells with their pages.
    pub sides: Vec<TreatmentSide>,
    /// The reason that was given; `None` while nobody answered.
    pub answer: Option<String>,
    /// By whom.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<String>,
}

/// Shows one side of a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct TreatmentSide {
    /// The cell.
    pub cell: CellAddress,
    /// Number of the bid.
    pub number: u32,
    /// The bidder.
    pub bidder: String,
    /// What holds.
    pub verdict: Verdict,
    /// Who decided it.
    pub by: String,
    /// Why: the conclusion of the motivation.
    pub conclusion: String,
    /// Where to look.
    pub evidence: Vec<EvidenceView>,
}

/// Shows what a claim would say of each *no cumple*. It blocks nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RehearsalView {
    /// The *no cumple*, the weakest of the file first.
    pub charges: Vec<RehearsalRow>,
}

/// Shows one *no cumple*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RehearsalRow {
    /// The cell.
    pub cell: CellAddress,
    /// The cell in words.
    pub name: String,
    /// Objections that the file does not answer.
    pub open: u32,
    /// What a claim would say, the strongest first.
    pub objections: Vec<ObjectionView>,
}

/// Tells how far an objection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StrengthView {
    /// The file has no answer.
    Open,
    /// The file answers in part.
    Weak,
    /// The file answers.
    Answered,
}

/// Shows an objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ObjectionView {
    /// Its code.
    pub code: String,
    /// How far it carries.
    pub strength: StrengthView,
    /// What the claim would say.
    pub objection: String,
    /// What the file answers.
    pub answer: String,
}
