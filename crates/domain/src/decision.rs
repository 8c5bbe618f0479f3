//! What a named person decided, and why.

use crate::{BidId, DecisionId, Evidence, LotId, MemberId, RequirementId, Verdict};
use serde::{Deserialize, Serialize};

/// Gives the reasons of a decision in the four parts the norm asks of a motivation (Constitution 76.7.l, COA 100).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motivation {
    /// *Hecho*: what the bid shows.
    pub fact: String,
    /// *Evidencia*: where it shows it, in words for the acta.
    pub evidence: String,
    /// *Norma*: the article or the numeral of the pliego.
    pub norm: String,
    /// *Conclusión*: why the norm leads from the fact to the verdict.
    pub conclusion: String,
}

impl Motivation {
    /// Tells whether all four parts are written, as a *no cumple* demands.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        [&self.fact, &self.evidence, &self.norm, &self.conclusion].iter().all(|part| !part.trim().is_empty())
    }
}

/// Records a person's verdict. It belongs to its member: verdicts are keyed by lot, requirement, bid and member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Its identifier.
    pub id: DecisionId,
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The bid.
    pub bid: BidId,
    /// Who decided.
    pub member: MemberId,
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub motivation: Motivation,
    /// What the person had before their eyes.
    pub evidence: Vec<Evidence>,
    /// What the machine had proposed then, if anything.
    pub proposed: Option<Verdict>,
    /// When, in UTC.
    pub decided_at: jiff::Timestamp,
}

/// Ends the evaluation of one bid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Qualified.
    Calificada,
    /// Not qualified: fails a minimum.
    NoCalificada,
    /// Its technical score is below the least of a consultoría: its economic envelope stays closed.
    BajoMinimoTecnico,
    /// Rejected, for one of the causes of RGL 104.
    Rechazada {
        /// The cause.
        cause: String,
    },
    /// Disabled: the bidder may not take part.
    Inhabilitada {
        /// The cause.
        cause: String,
    },
    /// Withdrawn.
    Retirada,
    /// Something is still open.
    Pendiente,
}
