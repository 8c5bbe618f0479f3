//! The checks: one file for each subject of requirement. A check reads facts and proposes; what no check understands stays pending.
//!
//! Each file names its identifier with version, its legal basis (by topic, the articles stand in the packs), and what it never does.

mod apu;
pub(crate) mod economic_arithmetic;
mod equipment;
pub(crate) mod experience;
mod financial_index;
mod integridad_formulario;
pub(crate) mod offered_price;
mod other;
mod patrimonio;
mod personnel;
mod price_table;
mod process_code;
mod ruc_registry;
mod ruc_structure;
mod score;
mod term;
pub(crate) mod vae;
mod validity;

#[cfg(test)]
pub(crate) mod fixture;

use crate::context::{Context, Draft};
use cotejo_domain::{Requirement, Subject};

/// Lists the identifiers of the checks, for the record of a case.
pub const CHECKS: [&str; 14] = [
    integridad_formulario::ID,
    patrimonio::ID,
    economic_arithmetic::ID,
    ruc_structure::ID,
    process_code::ID,
    term::ID,
    validity::ID,
    experience::ID,
    personnel::ID,
    equipment::ID,
    financial_index::ID,
    score::ID,
    vae::ID,
    other::ID,
];

/// Hands a requirement to its check.
pub(crate) fn propose(context: Context<'_>, requirement: &Requirement) -> Draft {
    match &requirement.subject {
        Subject::Form { document, alternatives, signed, condition } => {
            integridad_formulario::propose(context, document, alternatives, *signed, *condition)
        }
        Subject::Patrimonio { minimum } => patrimonio::propose(context, *minimum),
        Subject::Experience { specific, minimum, minimum_per_contract, years } => {
            experience::propose(context, *specific, *minimum, *minimum_per_contract, *years)
        }
        Subject::Personnel { role, .. } => personnel::propose(context, role),
        Subject::Equipment { description, .. } => equipment::propose(context, description),
        Subject::EconomicOffer => economic_arithmetic::propose(context),
        Subject::Term { maximum } => term::propose(context, *maximum),
        Subject::Validity { minimum } => validity::propose(context, *minimum),
        Subject::ProcessCode => process_code::propose(context),
        Subject::RucStructure => ruc_structure::propose(context),
        Subject::FinancialIndex { name, threshold } => financial_index::propose(context, name, *threshold),
        Subject::Score { parameter } => score::propose(context, parameter, requirement.points),
        Subject::Vae { threshold } => vae::propose(context, *threshold),
        Subject::Other => other::propose(context, requirement),
    }
}
