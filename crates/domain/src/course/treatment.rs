//! What a person answers where the program found that like things were treated differently.

use crate::ActorId;
use serde::{Deserialize, Serialize};

/// Answers one finding about equal treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatmentAnswer {
    /// Names the finding: the same as long as what it rests on is.
    pub finding: String,
    /// The reason of the difference; empty once it was taken back.
    pub reason: String,
    /// Who answers.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
