//! What a person says a defect is: an error of form, a paper that no page mentions, or that the minimum itself is not met.

use crate::{ActorId, BidId, Evidence, LotId, RequirementId};
use serde::{Deserialize, Serialize};

/// Names what a defect is. That the machine read nothing says none of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "nature", rename_all = "snake_case")]
pub enum DefectNature {
    /// An error of form, under its key in the list: it is asked first.
    Formal {
        /// The key.
        error: String,
    },
    /// A page of the bid mentions what is missing.
    Mentioned,
    /// No page of the bid mentions it: its paper may not be asked (RGL 102 and 103).
    Unmentioned,
    /// No error of form: what the pliego asks at least is not met (RGL 104).
    Substantive,
}

impl DefectNature {
    /// Returns its key.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Formal { .. } => "formal",
            Self::Mentioned => "mencionado",
            Self::Unmentioned => "sin_mencion",
            Self::Substantive => "de_fondo",
        }
    }
}

/// Records what a person says a defect is, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DefectSaid {
    /// The lot.
    pub lot: LotId,
    /// The bid.
    pub bid: BidId,
    /// The requirement.
    pub requirement: RequirementId,
    /// What it is; `None` once it was taken back.
    pub nature: Option<DefectNature>,
    /// The pliego's own clause it rests on, by its numeral; empty where none is named.
    pub clause: String,
    /// Why.
    pub reason: String,
    /// The pages that show it.
    pub evidence: Vec<Evidence>,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}
