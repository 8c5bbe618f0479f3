//! The report of a subcommission, and what the commission says of each of its points: it endorses or corrects all of it.

use crate::{ActorId, BidId, FileHash, RequirementId};
use serde::{Deserialize, Serialize};

/// Holds one point of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubcommissionPoint {
    /// Its number in the report, from 1.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// The requirement it speaks of, where it is one.
    pub requirement: Option<RequirementId>,
    /// The bid it speaks of, where it is one.
    pub bid: Option<BidId>,
}

/// Holds a report as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubcommissionReport {
    /// Its identifier, the same for every version.
    pub id: String,
    /// Its number, as it is written on it.
    pub number: String,
    /// Its date.
    pub date: jiff::civil::Date,
    /// Who signed it.
    pub signed_by: Vec<String>,
    /// SHA-256 of the signed paper, where it is kept.
    pub document: Option<FileHash>,
    /// Its points; none once it was taken back.
    pub points: Vec<SubcommissionPoint>,
    /// Who recorded it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Tells what the commission makes of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointHandling {
    /// It is endorsed.
    Endorsed,
    /// It is corrected.
    Corrected,
}

/// Says what the commission makes of one point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubcommissionAnswer {
    /// The report.
    pub report: String,
    /// The point.
    pub number: u32,
    /// What is made of it; `None` once the answer was taken back.
    pub handling: Option<PointHandling>,
    /// What the point was when it was answered: hash of its text. A point that changed is unanswered.
    pub over: FileHash,
    /// The reasons, or the corrected text.
    pub reasons: String,
    /// Who recorded it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
