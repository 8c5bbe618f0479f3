//! Rules: what the norm says at the date a process started, and what it makes of the facts of a bid.
//!
//! Rules read facts, never documents, and they propose: a named person decides. Terms:
//!
//! - [`RulePack`]: the dated data of one regime. Immutable; a case freezes its id and hash. A value it lacks is asked for ([`Answer::Ask`]),
//!   never taken from a later regime.
//! - [`BidFacts`]: everything that was read from one bid. [`evaluate`] turns it and the requirements into proposals.
//! - A *check* ([`checks`]) answers one subject of requirement; one file each, with its legal basis and its identifier.
//! - [`scoring`] gives points to bids that qualify: exact fractions with their working, for the Portal and for the signed report.
//! - Precedence ([`precedence`], [`RulePack::settle`]): the pliego, then the entity, then the pack, then the person. Where the pliego departs
//!   from the norm, [`pliego_warnings`] says so; neither is applied in silence.
//!
//! To add a check: write its file in `checks/`, name it in `checks::propose`, put its sentences into the catalogue under
//! `rules.<check>.`, and its articles into the packs under `legal_basis`.

pub mod amount;
mod bidder;
pub mod calendar;
pub mod checks;
mod context;
mod evaluate;
mod fields;
mod input;
mod model;
mod pack;
pub mod scoring;
mod text;
#[cfg(test)]
mod vectors;
mod warnings;

pub use bidder::identify_bidder;
pub use checks::experience::{ExperienceRow, experience_rows};
pub use evaluate::evaluate;
pub use input::{
    BidFacts, EvaluationInput, PageOutcome, RegistryAnswer, RegistryOutcome, SignedFile, registry_fields,
};
pub use model::{requirements_for, requirements_from_model};
pub use pack::{
    Answer, Change, CommissionThreshold, Confirmation, Difference, EntityRules, EntityValue,
    ExperienceCeiling, Flag, FlagSwitch, NoPack, Origin, PackSet, PatrimonioMinimum, Problem, RulePack,
    SCHEMA, Side, Source, Value, Verification, Withdrawal, compare, precedence, state_budget,
};
pub use warnings::pliego_warnings;
