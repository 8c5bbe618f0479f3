//! The course of an evaluation: which stages it goes through and until when, what may be cured and how, who may decide, how a bid ends.
//!
//! Pure: states and acts go in, what follows from them comes out, each with its working and its legal basis. It reads rule packs for every
//! value that differs between regimes; a missing value is a question, never one of another regime.
//!
//! - [`stages`]: stages of each procedure by lot and round, deadlines with their working, claims, going back, the report on compliance.
//! - [`curing`]: what may be cured, requests and answers of a *convalidación*, the closed lists of rejection, negotiation, recommendation.
//! - [`commission`]: declarations, quorum and agreement, samples against one's own bias, equal treatment, the rehearsal of a claim.

pub mod commission;
pub mod curing;
pub mod stages;
