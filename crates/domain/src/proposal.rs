//! What the machine proposes. It never decides.

use crate::{BidId, Confidence, Evidence, LotId, ProposalId, RequirementId};
use serde::{Deserialize, Serialize};

/// Answers a requirement for a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Meets it.
    Cumple,
    /// Does not meet it.
    NoCumple,
    /// A formal error that the bidder is asked to cure.
    AConvalidar,
    /// Is not due from this bidder, or not evaluable.
    NoAplica,
    /// A person must look: the machine does not know.
    Pendiente,
}

/// Gives one reason in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Key of the sentence in the catalogue.
    pub code: String,
    /// The sentence, in Spanish.
    pub text: String,
}

/// Shows one step of a computation: what was compared or computed, with its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceStep {
    /// What was computed, in Spanish: `cantidad × precio unitario, fila 3`.
    pub step: String,
    /// With which values: `12,00 × 4,35`.
    pub inputs: String,
    /// What came out: `52,20; la oferta dice 52,02`.
    pub result: String,
}

/// Proposes a verdict on one requirement for one bid, with everything a person needs to disagree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its identifier.
    pub id: ProposalId,
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The bid.
    pub bid: BidId,
    /// The check that made it, with version: `integridad.formulario@1`.
    pub check: String,
    /// The proposed verdict.
    pub verdict: Verdict,
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub reasons: Vec<Reason>,
    /// How it was computed.
    pub trace: Vec<TraceStep>,
    /// Articles it rests on, from the rule pack: `RGL 100.3`.
    pub legal_basis: Vec<String>,
    /// True when a value of the pack it rests on has not been verified by a lawyer.
    pub rests_on_unverified: bool,
    /// Those values, each with its source, for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unverified_norms: Vec<String>,
    /// The pages it rests on.
    pub evidence: Vec<Evidence>,
}
