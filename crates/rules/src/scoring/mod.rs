//! Scoring: points by parameter, totals and order, from facts and what persons answer. Pure functions: no file, no clock, nothing stored.
//!
//! - [`parameters`] says which parameters give points under the Portal's rules or under those of the signed report, and by which [`Formula`].
//! - [`inputs`](mod@inputs) takes from a bid's facts what the formulas want, with its evidence.
//! - [`score`] computes, [`reconcile`] compares the two scorings, [`sheet`] lays one out as the Portal asks for it.
//! - [`consultancy`], [`final_price`], [`low_offers`] and [`best_preference`] are for what is not a sum of parameters.
//!
//! Numbers are exact fractions ([`Exact`]) until they are shown, and are rounded half up once. What is not known is asked and never zero. Each
//! formula stands in a file of its own under `formulas/`; docs/rules.md lists them with their sources.

mod consultancy;
mod exact;
mod formulas;
pub mod inputs;
mod low_offer;
mod model;
mod order;
mod pack_values;
mod parameters;
mod preferences;
mod recognise;
mod reconcile;
mod reverse_auction;
mod score;
mod sheet;
mod subcontracting;
mod technical_minimum;
mod whole;

#[cfg(test)]
mod tests;

pub use consultancy::{ConsultancyBid, ConsultancyOutcome, ConsultancyScoring, Weights, consultancy};
pub use exact::Exact;
pub use low_offer::{PriceMakeup, low_offers};
pub use model::{
    Answered, Answers, BidToScore, Choice, Formula, Given, Measure, Origin, Parameter, Rules, Sourced,
    Standing, Step,
};
pub use order::{Order, Place};
pub use pack_values::{Consultancy, LowOffer, Participation, Subcontracting, WorksPoints};
pub use parameters::{Terms, parameters};
pub use preferences::{Benefit, best_preference, keep_one};
pub use recognise::measure;
pub use reconcile::{Difference, Reconciliation, TwoPoints, reconcile};
pub use reverse_auction::{EndedBy, FinalPrice, final_price, initial_price_fits, step_is_enough};
pub use score::{Input, Outcome, Points, ScoredParameter, Scoring, Total, Working, score};
pub use sheet::{Row, Sheet, sheet};
pub use subcontracting::sources as subcontracting_sources;
pub use technical_minimum::{WrittenMinimum, asks_the_minimum, written_minimum};
pub use whole::{BidInPlay, ProcessPoints, process_points};
