//! The body that decides, and what keeps its decisions even.
//!
//! - [`body`]: which body the regime wants, how it meets and decides.
//! - [`declarations`], [`surnames`], [`impediments`]: who may sit in it.
//! - [`agreement`]: from the verdicts of members to what the commission says.
//! - [`opening`], [`recheck`], [`acceptance`]: against one's own bias.
//! - [`treatment`], [`criteria`]: like things treated alike, by the criteria of the pliego and no others.
//! - [`rehearsal`]: what a claim would say of each *no cumple*, and what the file answers.
//! - [`subcommission`]: a report that is endorsed or corrected point by point.

pub mod acceptance;
pub mod agreement;
pub mod body;
pub mod criteria;
pub mod declarations;
pub mod impediments;
pub mod opening;
pub mod recheck;
pub mod rehearsal;
pub mod subcommission;
pub mod surnames;
pub mod treatment;
