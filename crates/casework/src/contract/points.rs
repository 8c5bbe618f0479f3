//! `cotejo caso puntaje`: points with their working, and what a person answers.

use super::EvidenceLine;
use cotejo_domain::{Reason, TraceStep};
use cotejo_rules::scoring::{Answered, Formula, Origin, Sheet, Weights};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a person answers to what scoring asks: the file of `--respuestas`. Requirements by identifier, bids by number.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the keys are documented in docs/rules.md
pub struct PointAnswers {
    pub points: BTreeMap<String, Answered<Decimal>>,
    pub formulas: BTreeMap<String, Answered<Formula>>,
    pub values: BTreeMap<String, BTreeMap<u32, Answered<Decimal>>>,
    pub counts: BTreeMap<String, Answered<bool>>,
    pub weights: Option<Answered<Weights>>,
    /// The least technical score of a consultoría, as the pliego has it.
    pub minimum: Option<Answered<Decimal>>,
}

/// The points of a case.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)] // the keys are documented in docs/cli.md
pub struct PointsFile {
    pub bids: Vec<PointsBid>,
    /// What the Portal's tool computes.
    pub portal: ScoringLine,
    /// What the commission motivates.
    pub motivated: ScoringLine,
    /// Why they differ.
    pub reconciliation: ReconciliationLine,
    /// Both scores of a consultoría in one.
    pub consultancy: Option<ConsultancyLine>,
    /// Prices that draw attention; without effect.
    pub low_offers: Vec<LowOfferLine>,
    /// The answers that are recorded.
    pub answers: Vec<AnswerLine>,
}

/// An answer that is recorded.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct AnswerLine {
    /// Names the question; `--retirar` takes it.
    pub key: String,
    pub requirement: Option<String>,
    pub bid: Option<u32>,
    pub answer: serde_json::Value,
    pub who: String,
    pub reason: String,
    pub recorded_by: String,
    pub recorded_at: String,
}

/// A bid that is scored.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PointsBid {
    pub number: u32,
    pub id: String,
    pub name: String,
    /// `qualified`, `open` or `not_qualified`.
    pub standing: cotejo_rules::scoring::Standing,
}

/// One scoring.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ScoringLine {
    /// What all parameters that count add up to; `null` while the points of one are asked.
    pub out_of: Option<String>,
    pub parameters: Vec<ParameterLine>,
    pub totals: Vec<TotalLine>,
    pub order: Vec<PlaceLine>,
    /// True when something is still open.
    pub provisional: bool,
    pub notes: Vec<Reason>,
    /// The fields of the Portal, in its order.
    pub sheet: Sheet,
}

/// One parameter.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ParameterLine {
    pub requirement: String,
    pub name: String,
    pub measure: cotejo_rules::scoring::Measure,
    pub points: Option<String>,
    /// The formula, where it is known.
    pub formula: Option<Formula>,
    /// What is asked of the parameter itself.
    pub questions: Vec<Reason>,
    /// What the sources offer for a formula that is asked.
    pub offered: Vec<OfferedLine>,
    /// Why it does not count.
    pub set_aside: Option<Reason>,
    pub notes: Vec<Reason>,
    pub bids: Vec<PointsLine>,
}

/// A formula that a source offers.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct OfferedLine {
    pub formula: Formula,
    pub sources: Vec<OriginLine>,
}

/// The points of a bid in a parameter.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PointsLine {
    pub number: u32,
    /// `scored`, `ask`, `not_qualified` or `set_aside`.
    pub outcome: &'static str,
    /// Rounded half up.
    pub points: Option<String>,
    /// The exact fraction.
    pub exact: Option<String>,
    pub question: Option<Reason>,
    pub provisional: Vec<Reason>,
    pub working: Option<WorkingLine>,
}

/// How points came about.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct WorkingLine {
    pub formula: String,
    pub formula_sources: Vec<OriginLine>,
    pub inputs: Vec<InputLine>,
    pub steps: Vec<TraceStep>,
    pub unrounded: String,
    pub legal_basis: Vec<String>,
    pub norm_unverified: bool,
}

/// A value that was put in.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct InputLine {
    pub number: Option<u32>,
    pub name: String,
    pub value: String,
    pub sources: Vec<OriginLine>,
}

/// Where a value comes from.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OriginLine {
    Pliego { requirement: String },
    Pack { pack: String, parameter: String, source: String, verified: bool },
    Entity { parameter: String, by: String, reason: String },
    Evidence { field: String, evidence: EvidenceLine },
    Person { who: String, reason: String },
}

/// The total of a bid.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct TotalLine {
    pub number: u32,
    pub points: Option<String>,
    pub exact: Option<String>,
    /// Requirements that are asked.
    pub missing: Vec<String>,
    pub provisional: bool,
    pub notes: Vec<Reason>,
}

/// One place of the order.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PlaceLine {
    pub place: u32,
    /// Several are a tie.
    pub bids: Vec<u32>,
}

/// Why both scorings differ.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ReconciliationLine {
    pub differences: Vec<DifferenceLine>,
    pub notes: Vec<Reason>,
}

/// One parameter that differs.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct DifferenceLine {
    pub requirement: String,
    pub name: String,
    pub reason: Reason,
    pub sources: Vec<OriginLine>,
    pub bids: Vec<TwoPointsLine>,
}

/// The two points of a bid.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct TwoPointsLine {
    pub number: u32,
    pub portal: Option<String>,
    pub motivated: Option<String>,
}

/// A consultoría.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ConsultancyLine {
    pub bids: Vec<ConsultancyBidLine>,
    pub order: Vec<PlaceLine>,
    pub notes: Vec<Reason>,
    pub norm_unverified: bool,
}

/// A bid of a consultoría.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ConsultancyBidLine {
    pub number: u32,
    /// `scored`, `below_minimum` or `ask`.
    pub outcome: &'static str,
    pub points: Option<String>,
    pub exact: Option<String>,
    pub reason: Option<Reason>,
    pub provisional: Vec<Reason>,
    pub steps: Vec<TraceStep>,
}

/// Prices of a bid that draw attention.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct LowOfferLine {
    pub number: u32,
    pub reasons: Vec<Reason>,
}

impl From<&Origin> for OriginLine {
    fn from(origin: &Origin) -> Self {
        match origin.clone() {
            Origin::Pliego { requirement, .. } => Self::Pliego { requirement: requirement.0 },
            Origin::Pack { pack, parameter, source, verified } => {
                Self::Pack { pack, parameter, source, verified }
            }
            Origin::Entity { parameter, by, reason } => Self::Entity { parameter, by, reason },
            Origin::Evidence { evidence, field } => {
                Self::Evidence { field, evidence: EvidenceLine::from(evidence.as_ref()) }
            }
            Origin::Person { who, reason } => Self::Person { who, reason },
        }
    }
}
