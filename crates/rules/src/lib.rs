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
//! - Requirements stand as persons left them ([`in_force`]): confirmed, edited, rejected, changed by an aclaración. Departures of the pliego from the
//!   norm ([`pliego_departures`]) are answered before anything is signed; a draft is looked through before it is published ([`lint`]).
//!
//! To add a check that compares: write its file in `checks/*.json` (docs/checks.md). To add an algorithm: write its file in `src/checks/`, name it in `checks::propose`, put its sentences into the catalogue under
//! `rules.<check>.`, and its articles into the packs under `legal_basis`.

pub mod amount;
mod bidder;
pub mod calendar;
pub mod checks;
mod context;
mod declared;
mod departures;
mod evaluate;
mod fields;
mod index;
mod input;
pub mod lint;
mod model;
mod pack;
mod procedures;
mod proformas;
pub mod scoring;
mod standing;
mod text;
#[cfg(test)]
mod vectors;
mod warnings;

pub use bidder::identify_bidder;
pub use checks::experience::{ExperienceRow, experience_rows};
pub use declared::{DeclaredCheck, declared_checks};
pub use departures::{Departure, pliego_departures};
pub use evaluate::{EvaluationMemory, evaluate, offered_price, offered_price_at};
pub use input::{
    BidFacts, EvaluationInput, PageOutcome, RegistryAnswer, RegistryOutcome, SignedFile, registry_fields,
};
pub use model::{requirements_for, requirements_from_model};
pub use pack::{
    Answer, Change, CommissionThreshold, Confirmation, Difference, EntityRules, EntityValue,
    ExperienceCeiling, Flag, FlagSwitch, NoPack, Origin, PackSet, PatrimonioMinimum, Problem, RulePack,
    SCHEMA, Side, Source, Value, Verification, Withdrawal, compare, precedence, state_budget,
};
pub use proformas::{ComparedItem, ItemPrice, Proforma, ProformaComparison, compare_proformas};
pub use standing::{InForce, Standing, asked_of, in_force};
pub use warnings::pliego_warnings;
