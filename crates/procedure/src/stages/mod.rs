//! Stages, deadlines, claims, and whether the process kept to them (docs/stages.md).
//!
//! What others want of it:
//!
//! - [`plan`]: the stages of a process, from its pliego, its entity or its pack; else [`Plan::Ask`].
//! - [`LotCourse::derive`]: which stage a lot is in and in which round, from the acts that were recorded; [`LotCourse::current`],
//!   [`LotCourse::state`]. [`check`] says whether a movement may be recorded now.
//! - The término of a *convalidación* is counted in [`crate::curing::term`], and nowhere else.
//! - [`deadlines`], [`reminders`], [`calendar_file`]: what is due until when, and as `.ics`.
//! - [`confidentiality`]: whether prices, exports and publication copies of a subasta inversa are held back.
//! - [`compliance`]: terms, notifications, publications, RUP, signed actas, as plain lines for a report.
//!
//! All of it is pure: acts, pack, calendar and the moment go in.

mod claims;
mod compliance;
mod compliance_course;
mod confidential;
mod deadline;
mod ics;
mod limits;
mod machine;
mod plan;
mod reminders;
mod schedule;
#[cfg(test)]
mod tests;

pub use claims::{ClaimState, claim_window, claims};
pub use compliance::{
    ComplianceInput, ComplianceLine, ComplianceReport, ComplianceStatus, PaperState, Rest, RestKind,
    compliance,
};
pub use confidential::{Confidentiality, confidentiality};
pub use deadline::{CourseInput, DeadlineState, StageDeadline, StageTerm, TermKind, deadlines};
pub use ics::calendar_file;
pub use limits::{Limit, NormLimit, Unit};
pub use machine::{
    Applied, CourseFault, Facts, Guard, LotCourse, Refusal, StageState, StageStatus, Warning, check,
};
pub use plan::{
    LimitForm, LimitKind, Need, Plan, PlanStage, Scope, StagePlan, key_of, name as stage_name, plan,
};
pub use reminders::{Reminder, reminders};
pub use schedule::{ScheduledMoment, ScheduledStage, scheduled};
