//! The course of a process: stages, deadlines, claims, constancias, and whether the process kept to them (docs/stages.md).
//!
//! What is recorded is an act ([`cotejo_domain::course`]); what follows from it `cotejo_procedure::stages` derives anew each time.

mod claims;
mod compliance;
mod constancias;
mod deadlines;
mod gather;
mod moves;
mod show;
mod support;
#[cfg(test)]
mod tests;

pub(crate) use gather::Gathered;
