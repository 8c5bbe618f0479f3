//! Of the report on compliance: returns with their causes, a cancellation and its time, and what was recorded and does not fit.

use super::compliance::{
    ComplianceInput, ComplianceLine, ComplianceStatus, Rest, RestKind, basis, rests, shown,
};
use super::machine::LotCourse;
use super::plan::name;
use cotejo_catalogue::message;
use cotejo_domain::course::{StageKind, StageMove, StageMovement};
use cotejo_rules::Answer;
use jiff::ToSpan;

/// What was recorded and does not fit, and every return with its cause.
pub(super) fn lines(from: &ComplianceInput<'_>, course: &LotCourse, all: &mut Vec<ComplianceLine>) {
    for applied in &course.history {
        let movement = &applied.movement;
        if let StageMovement::Returned { reason, .. } = &movement.movement {
            let label = message("stages.report.act", &[("etapa", &name(movement.stage))]);
            let proof = !movement.support.is_bare();
            all.push(ComplianceLine {
                topic: "curso".into(),
                lot: Some(course.lot),
                stage: movement.stage,
                what: message("stages.report.returned", &[("etapa", &name(movement.stage))]),
                status: if proof { ComplianceStatus::Kept } else { ComplianceStatus::NotRecorded },
                detail: reason.clone(),
                rests: rests(Some((&movement.id, movement.when, label)), &movement.support, from.papers),
                legal_basis: Vec::new(),
                unverified: Vec::new(),
            });
        }
    }
    for applied in &course.history {
        if let StageMovement::Cancelled { reason } = &applied.movement.movement {
            all.push(cancelled(from, course, &applied.movement, reason));
        }
    }
    for fault in &course.faults {
        let applied = course.history.iter().find(|applied| applied.movement.id == fault.movement);
        all.push(ComplianceLine {
            topic: "curso".into(),
            lot: Some(course.lot),
            stage: fault.stage,
            what: message("stages.report.fault", &[]),
            status: ComplianceStatus::NotKept,
            detail: fault.text.clone(),
            rests: vec![Rest {
                kind: RestKind::Act,
                id: fault.movement.clone(),
                label: String::new(),
                at: applied.map(|applied| applied.movement.when),
            }],
            legal_basis: Vec::new(),
            unverified: Vec::new(),
        });
    }
}

/// A process is cancelled between its convocatoria and some hours before bids are due (LEY 32).
fn cancelled(
    from: &ComplianceInput<'_>,
    course: &LotCourse,
    movement: &StageMove,
    reason: &str,
) -> ComplianceLine {
    let started = from.input.process.started;
    let hours = from.input.pack.settle::<u32>("cancelacion_hasta_horas_antes", None, started);
    let entrega = from.deadlines.iter().find(|deadline| deadline.stage == StageKind::Entrega);
    let due = entrega.and_then(|deadline| deadline.due);
    let last = match (&hours, due) {
        (Answer::Known(hours), Some(due)) => due.checked_sub(i64::from(hours.value).hours()).ok(),
        _ => None,
    };
    let (status, detail) = match (last, &hours) {
        (Some(last), _) => {
            let kept = movement.when <= last;
            let status = if kept { ComplianceStatus::Kept } else { ComplianceStatus::NotKept };
            (status, message("stages.report.due", &[("fecha", &shown(last))]))
        }
        (None, Answer::Ask { parameter }) => {
            (ComplianceStatus::Undecided, message("stages.term.ask", &[("clave", parameter)]))
        }
        (None, Answer::Known(_)) => (ComplianceStatus::Undecided, message("stages.report.no_bids_due", &[])),
    };
    let (legal_basis, unverified) = basis(from, "cancelacion");
    let label = message("stages.report.act", &[("etapa", &name(movement.stage))]);
    ComplianceLine {
        topic: "curso".into(),
        lot: Some(course.lot),
        stage: movement.stage,
        what: message("stages.report.cancelled", &[]),
        status,
        detail: format!("{} {detail} {reason}", shown(movement.when)),
        rests: rests(Some((&movement.id, movement.when, label)), &movement.support, from.papers),
        legal_basis,
        unverified,
    }
}
