//! The course of a process: stages, deadlines, claims, constancias, and whether the process kept to them (docs/stages.md).
//!
//! What is recorded is an act ([`cotejo_domain::course`]); what follows from it `cotejo_procedure::stages` derives anew each time.

mod claims;
mod compliance;
mod constancias;
mod deadlines;
mod gather;
mod kept;
mod line;
mod moves;
mod next;
mod show;
mod support;
#[cfg(test)]
mod tests;

pub(crate) use gather::Gathered;
pub(crate) use line::{CourseLine, course_line};
