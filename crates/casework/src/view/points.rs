//! Points as the window shows them: what is computed, from which page each number comes, what is asked, and what persons answered. Numbers
//! are Spanish (`49,71`), ready to be read; those of an answer that is given are text with a dot.

use super::{CellAddress, CommissionPlace, Room, TraceRow};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Holds the points of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsView {
    /// Why nothing can be computed, in Spanish; the scorings are empty then.
    pub unavailable: Option<String>,
    /// Why no answer is taken any more, in Spanish, once the acta is signed.
    pub sealed: Option<String>,
    /// What lacks before the points are final.
    pub lacking: Vec<PointsLack>,
    /// The bids, in order.
    pub bids: Vec<PointsBidView>,
    /// What the Portal's tool computes, and what the commission motivates: two, or none.
    pub scorings: Vec<ScoringView>,
    /// The parameters in which both differ.
    pub differences: Vec<PointsDifferenceView>,
    /// The note of reconciliation, sentence by sentence.
    pub reconciliation: Vec<String>,
    /// Both scores of a consultoría in one.
    pub consultancy: Option<PointsConsultancyView>,
    /// Prices that draw attention, each a sentence; without effect.
    pub low_offers: Vec<String>,
    /// The answers that hold.
    pub answers: Vec<PointAnswerView>,
    /// The values that nobody verified and on which points rest, each named once.
    pub unverified: Vec<String>,
}

/// Says what lacks, and where that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsLack {
    /// What, in Spanish.
    pub text: String,
    /// Where.
    pub room: Room,
    /// The first cell that is meant.
    pub cell: Option<CellAddress>,
}

/// Tells how far a bid has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PointsStanding {
    /// Every *cumple/no cumple* is decided in its favour.
    Qualified,
    /// Something is open.
    Open,
    /// It does not meet a minimum: it has no points.
    NotQualified,
}

/// Shows a bid that is scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsBidView {
    /// Counts from 1.
    pub number: u32,
    /// Its identifier.
    pub id: String,
    /// The bidder.
    pub name: String,
    /// How far it has come.
    pub standing: PointsStanding,
}

/// Shows one scoring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ScoringView {
    /// `Puntaje Portal` or `Puntaje motivado`.
    pub title: String,
    /// What the parameters that count add up to; `None` while the points of one are asked.
    pub out_of: Option<String>,
    /// The parameters, in the order of the pliego.
    pub parameters: Vec<ParameterView>,
    /// The totals, in the order of the bids.
    pub totals: Vec<PointsTotalView>,
    /// The order of the bids that have a total.
    pub order: Vec<PointsPlaceView>,
    /// True when something is still open.
    pub provisional: bool,
    /// What a person should know.
    pub notes: Vec<String>,
    /// Head, rows and total with the fields of the Portal, in its order.
    pub sheet: Vec<Vec<String>>,
}

/// Shows one parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ParameterView {
    /// The requirement.
    pub requirement: String,
    /// Its name, as the pliego writes it.
    pub name: String,
    /// Where it stands.
    pub source: PointsOrigin,
    /// Most points; `None` while they are asked.
    pub points: Option<String>,
    /// The formula in words; `None` while it is asked.
    pub formula: Option<String>,
    /// Which formula it is; `None` while it is asked.
    pub kind: Option<FormulaKindView>,
    /// What is asked of the parameter itself.
    pub questions: Vec<String>,
    /// What the sources offer for a formula that is asked.
    pub offered: Vec<OfferedFormulaView>,
    /// Why it does not count.
    pub set_aside: Option<String>,
    /// What a person should know.
    pub notes: Vec<String>,
    /// True when it rests on a value nobody has verified.
    pub norm_unverified: bool,
    /// The points of each bid, in order.
    pub cells: Vec<PointsCellView>,
}

/// A formula that a source offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OfferedFormulaView {
    /// The formula, ready to be given as an answer.
    pub formula: FormulaView,
    /// The same in words.
    pub text: String,
    /// Who says so.
    pub sources: Vec<PointsOrigin>,
}

/// Tells what became of a bid in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PointsOutcome {
    /// It has points.
    Scored,
    /// Something is asked.
    Ask,
    /// The bid does not qualify.
    NotQualified,
    /// The parameter does not count.
    SetAside,
}

/// Shows the points of a bid in a parameter, with how they came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsCellView {
    /// The bid.
    pub number: u32,
    /// What became of it.
    pub outcome: PointsOutcome,
    /// Rounded half up.
    pub points: Option<String>,
    /// Before rounding.
    pub unrounded: Option<String>,
    /// What is asked.
    pub question: Option<String>,
    /// Why they may still change.
    pub provisional: Vec<String>,
    /// The formula in words.
    pub formula: String,
    /// Where the formula comes from.
    pub formula_sources: Vec<PointsOrigin>,
    /// What was put in.
    pub inputs: Vec<PointsInputView>,
    /// The steps; the last one gives the points.
    pub steps: Vec<TraceRow>,
    /// Articles.
    pub legal_basis: Vec<String>,
    /// True when it rests on a value nobody has verified.
    pub norm_unverified: bool,
}

/// A value that was put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsInputView {
    /// Of which bid; `None` for what is the same for all.
    pub number: Option<u32>,
    /// What it is.
    pub name: String,
    /// The value.
    pub value: String,
    /// Where it comes from.
    pub sources: Vec<PointsOrigin>,
}

/// Says where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsOrigin {
    /// In words.
    pub text: String,
    /// The page, where it is one.
    pub place: Option<CommissionPlace>,
    /// False for a value of the pack that nobody has verified.
    pub verified: bool,
    /// True for the word of a person.
    pub by_person: bool,
}

/// The total of a bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsTotalView {
    /// The bid.
    pub number: u32,
    /// Rounded half up, once.
    pub points: Option<String>,
    /// The exact fraction.
    pub exact: Option<String>,
    /// True when something is still open.
    pub provisional: bool,
    /// Names of the parameters that are asked.
    pub missing: Vec<String>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// One place of the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsPlaceView {
    /// From 1.
    pub place: u32,
    /// Several are a tie.
    pub bids: Vec<u32>,
}

/// One parameter in which the scorings differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsDifferenceView {
    /// The requirement.
    pub requirement: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub sources: Vec<PointsOrigin>,
}

/// Both scores of a consultoría in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointsConsultancyView {
    /// The bids, in order.
    pub cells: Vec<PointsCellView>,
    /// The order of those that have both scores.
    pub order: Vec<PointsPlaceView>,
    /// True while the weights are asked.
    pub asks_weights: bool,
    /// What a person should know.
    pub notes: Vec<String>,
    /// True when it rests on a value nobody has verified.
    pub norm_unverified: bool,
}

/// An answer that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PointAnswerView {
    /// Names the question, to take the answer back.
    pub key: String,
    /// About what, in words.
    pub about: String,
    /// The requirement.
    pub requirement: Option<String>,
    /// The bid.
    pub bid: Option<u32>,
    /// The answer, in words.
    pub value: String,
    /// Who says it.
    pub who: String,
    /// Why.
    pub reason: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// When, ISO 8601.
    pub recorded_at: String,
}

/// Names a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FormulaKindView {
    /// The lowest has all points.
    Inverse,
    /// What exceeds a minimum, up to a cap, in proportion.
    AboveMinimum,
    /// In proportion to the highest.
    Proportional,
    /// All points within a range.
    Range,
    /// By steps.
    Steps,
    /// All or nothing.
    AllOrNothing,
    /// The commission gives the points.
    ByHand,
}

/// A formula with its values; decimals are text with a dot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FormulaView {
    /// Which.
    pub kind: FormulaKindView,
    /// The least that gives points, the minimum, or the lower end.
    #[serde(default)]
    pub least: Option<String>,
    /// The most, the cap, or the upper end.
    #[serde(default)]
    pub most: Option<String>,
    /// The steps: from which value on, and the points.
    #[serde(default)]
    pub steps: Vec<StepView>,
}

/// One step of a formula.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StepView {
    /// Least value, included.
    pub from: String,
    /// Points from there on.
    pub points: String,
}

/// What a person answers; decimals are text with a dot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "about", rename_all = "snake_case", deny_unknown_fields)]
pub enum PointAnswerDraft {
    /// Most points of a parameter.
    Points {
        /// The parameter.
        requirement: String,
        /// How many.
        value: String,
    },
    /// The formula of a parameter.
    Formula {
        /// The parameter.
        requirement: String,
        /// The formula.
        formula: FormulaView,
    },
    /// The value of a bid.
    Value {
        /// The parameter.
        requirement: String,
        /// The bid, by number.
        bid: u32,
        /// The value.
        value: String,
    },
    /// Whether a parameter counts in the signed report.
    Counts {
        /// The parameter.
        requirement: String,
        /// It does.
        counts: bool,
    },
    /// The weights of a consultoría.
    Weights {
        /// Of the technical score.
        technical: String,
        /// Of the economic score.
        economic: String,
    },
}
