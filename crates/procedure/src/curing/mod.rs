//! *Convalidación*, and the lawful ways in which the evaluation of a bid ends.
//!
//! - [`errors`]: which errors a regime lets a bidder cure, under which numeral; what may not be asked.
//! - [`term`]: how many days are given and until when answers are due, with the working.
//! - [`chain`]: requests, notification to all, answers, results; each act checked against those before it.
//! - [`difference`]: an answer against the bid, with what nobody had asked for told apart.
//! - [`merged`]: the bid as it would be with the answer, for the checks to look at again.
//! - [`outcome`]: the lawful ends of a bid, what is refused and what is missing.
//! - [`signature`]: that the official application was asked before a signature hurts a bid.
//! - [`negotiation`], [`recommendation`]: what follows for the lot.
//! - [`papers`]: what the actas state, as plain data.
//!
//! Nothing here reads a document or keeps anything: states and acts come in. docs/curing.md lists every rule with its article, regimes and test.

pub mod chain;
pub mod difference;
#[cfg(test)]
mod difference_tests;
pub mod errors;
pub mod merged;
pub mod negotiation;
pub mod outcome;
#[cfg(test)]
mod outcome_tests;
pub mod papers;
#[cfg(test)]
mod property_tests;
pub mod recommendation;
#[cfg(test)]
mod recommendation_tests;
#[cfg(test)]
mod regime_tests;
pub mod signature;
pub mod term;
#[cfg(test)]
mod tests;
