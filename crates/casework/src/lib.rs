//! The use cases: the one API that every shell calls.
//!
//! [`Desk`] is the facade: cases, imports, the matrix, decisions, the acta and its signature. [`quick`] holds what needs no case:
//! reading files, decoding a pliego, verifying and signing a file. [`contract`] holds the JSON of the command line, [`view`] what
//! crosses to the window. No shell has logic of its own.

mod alike;
pub mod analysis;
mod arrangement;
pub mod contract;
mod desk;
mod error;
mod field_value;
mod lint;
pub mod market;
mod measure;
mod policy;
#[cfg(test)]
mod properties_tests;
pub mod quick;
mod read_path;
mod services;
mod sources;
mod split;
pub mod supplier;
mod twins;
pub mod view;

pub use cotejo_rules::{DeclaredCheck, declared_checks};
pub use desk::{
    CuringPapers, Desk, DeskSettings, Diagnosis, EntityDayOrder, EntityValueOrder, EvaluationOrder,
    EvaluationResult, ExpedienteReport, FileListener, RebuildSummary, RequirementDraft, sample_president,
    verify_expediente,
};
pub use error::CaseworkError;
pub use lint::lint_pliego;
pub use services::SimulatorAt;
