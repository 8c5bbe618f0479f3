//! What a person answers to what the scoring asks.

use crate::{ActorId, BidId, RequirementId};
use serde::{Deserialize, Serialize};

/// Names what is asked of the points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum PointQuestion {
    /// Most points of a parameter.
    Points {
        /// The parameter.
        requirement: RequirementId,
    },
    /// The formula of a parameter.
    Formula {
        /// The parameter.
        requirement: RequirementId,
    },
    /// What a bid offers under a parameter.
    Value {
        /// The parameter.
        requirement: RequirementId,
        /// The bid.
        bid: BidId,
    },
    /// Whether a parameter counts in the signed report.
    Counts {
        /// The parameter.
        requirement: RequirementId,
    },
    /// The weights of a consultoría.
    Weights,
    /// The least technical score of a consultoría, as its pliego has it.
    Minimum,
}

impl PointQuestion {
    /// Names the question in one word of text, the same for the same question.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Points { requirement } => format!("puntos:{requirement}"),
            Self::Formula { requirement } => format!("formula:{requirement}"),
            Self::Value { requirement, bid } => format!("valor:{bid}:{requirement}"),
            Self::Counts { requirement } => format!("cuenta:{requirement}"),
            Self::Weights => "pesos".into(),
            Self::Minimum => "minimo_tecnico".into(),
        }
    }
}

/// Holds one answer about the points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointAnswer {
    /// What is answered.
    pub question: PointQuestion,
    /// The answer in the JSON form of docs/rules.md; `None` once it was withdrawn.
    pub answer: Option<String>,
    /// Who answers, as the acta names them.
    pub who: String,
    /// Why: the page of the pliego, the resolution of the commission.
    pub reason: String,
    /// Who recorded it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
