//! What is held back of a subasta inversa until its puja is over (RGL 262): publication copies, price views, exports for outsiders.
//!
//! It never holds back the commission's own work: the acta de calificación is signed before the puja.

use super::machine::{LotCourse, StageStatus};
use cotejo_catalogue::message;
use cotejo_domain::course::{LotEnd, StageKind};
use cotejo_domain::{ProcedureType, Process};
use cotejo_rules::{Answer, RulePack};
use serde::{Deserialize, Serialize};

/// Says whether something may be shown to those outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Confidentiality {
    /// Nothing is held back.
    Open,
    /// Held back.
    Held {
        /// The stage whose end frees it.
        until: StageKind,
        /// The articles.
        legal_basis: Vec<String>,
        /// Why, in Spanish.
        reason: String,
    },
    /// The regime does not say: held back until a person answers.
    Ask {
        /// The value that the pack lacks.
        parameter: String,
        /// Why, in Spanish.
        reason: String,
    },
}

impl Confidentiality {
    /// Tells whether it is held back.
    #[must_use]
    pub fn held(&self) -> bool {
        !matches!(self, Self::Open)
    }
}

/// Says whether bids, qualification and prices of a lot are held back from those outside.
#[must_use]
pub fn confidentiality(pack: &RulePack, process: &Process, course: Option<&LotCourse>) -> Confidentiality {
    #[derive(Deserialize)]
    struct Sie {
        confidential_until: String,
    }
    if process.procedure != ProcedureType::Sie {
        return Confidentiality::Open;
    }
    let passed = |stage: StageKind| course.and_then(|course| course.state(stage)).map(|state| state.status);
    // Without a puja (nobody, or one alone, qualified) what replaces it frees it: the negotiation, or the end of the lot.
    let free = match (passed(StageKind::Puja), passed(StageKind::Negociacion)) {
        (Some(StageStatus::Closed), _) => true,
        (Some(StageStatus::Omitted), negotiation) => {
            matches!(negotiation, None | Some(StageStatus::Closed | StageStatus::Omitted))
        }
        _ => false,
    };
    let ended = course.and_then(|course| course.end);
    if free || matches!(ended, Some(LotEnd::Adjudicado | LotEnd::Desierto | LotEnd::Cancelado)) {
        return Confidentiality::Open;
    }
    match pack.settle::<Sie>("sie", None, process.started) {
        Answer::Known(value) if value.value.confidential_until == "fin_puja" => Confidentiality::Held {
            until: StageKind::Puja,
            legal_basis: pack.legal_basis("confidencialidad"),
            reason: message("stages.confidential.held", &[]),
        },
        Answer::Known(_) => {
            Confidentiality::Ask { parameter: "sie".into(), reason: message("stages.confidential.ask", &[]) }
        }
        Answer::Ask { parameter } => {
            Confidentiality::Ask { parameter, reason: message("stages.confidential.ask", &[]) }
        }
    }
}
