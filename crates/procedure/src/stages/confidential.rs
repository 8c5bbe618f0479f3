//! What is held back of a subasta inversa until its puja is over (RGL 262): publication copies, price views, exports for outsiders.
//!
//! It never holds back the commission's own work: the acta de calificación is signed before the puja.

use super::machine::{LotCourse, StageStatus};
use cotejo_catalogue::message;
use cotejo_domain::course::{LotEnd, StageKind};
use cotejo_domain::{ProcedureType, Process};
use cotejo_rules::{Answer, RulePack};
use jiff::civil::DateTime;
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
    if course.is_some_and(is_freed) {
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

fn is_freed(course: &LotCourse) -> bool {
    let passed = |stage: StageKind| course.state(stage).map(|state| state.status);
    // Without a puja (nobody, or one alone, qualified) what replaces it frees it: the negotiation, or the end of the lot.
    let free = match (passed(StageKind::Puja), passed(StageKind::Negociacion)) {
        (Some(StageStatus::Closed), _) => true,
        (Some(StageStatus::Omitted), negotiation) => {
            matches!(negotiation, None | Some(StageStatus::Closed | StageStatus::Omitted))
        }
        _ => false,
    };
    free || matches!(course.end, Some(LotEnd::Adjudicado | LotEnd::Desierto | LotEnd::Cancelado))
}

/// Returns the moment from which nothing was held back any more; `None` while it is.
pub(super) fn freed_on(course: &LotCourse) -> Option<DateTime> {
    if !is_freed(course) {
        return None;
    }
    let when = |stage: StageKind| course.state(stage).and_then(|state| state.closed);
    let of_stages = match course.state(StageKind::Puja).map(|state| state.status) {
        Some(StageStatus::Closed) => when(StageKind::Puja),
        _ => when(StageKind::Negociacion).max(when(StageKind::Puja)),
    };
    of_stages.or_else(|| course.history.last().map(|applied| applied.movement.when))
}
