//! The checks that are algorithms: one file for each subject of requirement; those that compare are declared in `checks/*.json`. A check reads facts and proposes; what no check understands stays pending.
//!
//! Each file names its identifier with version, its legal basis (by topic, the articles stand in the packs), and what it never does.

mod apu;
pub(crate) mod economic_arithmetic;
mod equipment;
pub(crate) mod experience;
mod integridad_formulario;
pub(crate) mod offered_price;
mod other;
mod patrimonio;
mod personnel;
pub(crate) mod price_table;
mod ruc_registry;
mod ruc_structure;
mod score;
pub(crate) mod vae;

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
    "proceso.codigo@1",
    "plazo@1",
    "vigencia@1",
    experience::ID,
    personnel::ID,
    equipment::ID,
    "indice.financiero@1",
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
        Subject::Term { .. } => declared(context, "plazo", requirement),
        Subject::Validity { .. } => declared(context, "vigencia", requirement),
        Subject::ProcessCode => declared(context, "proceso.codigo", requirement),
        Subject::RucStructure => ruc_structure::propose(context),
        Subject::FinancialIndex { .. } => declared(context, "indice.financiero", requirement),
        Subject::Score { parameter } => score::propose(context, parameter, requirement.points),
        Subject::Vae { threshold } => vae::propose(context, *threshold),
        Subject::Declared { check, .. } => declared(context, check, requirement),
        Subject::Other => other::propose(context, requirement),
    }
}

/// Asks a declared check; a person where no check has that name.
fn declared(context: Context<'_>, check: &str, requirement: &Requirement) -> Draft {
    crate::declared::propose(context, check, requirement)
        .unwrap_or_else(|| other::propose(context, requirement))
}
