//! The course as people see it.

use super::Gathered;
use super::support::{shown, view};
use crate::view::{CourseStageView, CourseView, LotCourseView, StageMoveView};
use cotejo_catalogue::message;
use cotejo_domain::course::StageMovement;
use cotejo_procedure::stages::{
    Applied, Confidentiality, LotCourse, Plan, Scope, StagePlan, StageStatus, stage_name,
};

/// Shows the course of a process.
pub(super) fn course(gathered: &Gathered, warnings: Vec<String>) -> CourseView {
    let pack = format!("{}@{}", gathered.pack.id, gathered.pack.version);
    let canton = gathered.canton().map(str::to_owned);
    let variant = gathered.frame.as_ref().and_then(|frame| frame.variant.clone());
    match &gathered.plan {
        Plan::Ask { reason, .. } => CourseView {
            pack,
            ask: Some(reason.clone()),
            source: String::new(),
            verified: false,
            remarks: Vec::new(),
            canton,
            variant,
            lots: Vec::new(),
            warnings,
        },
        Plan::Known(plan) => CourseView {
            pack,
            ask: None,
            source: plan.source.clone(),
            verified: plan.verified,
            remarks: plan.remarks.clone(),
            canton,
            variant,
            lots: gathered.courses(plan).iter().map(|course| lot(gathered, plan, course)).collect(),
            warnings,
        },
    }
}

fn lot(gathered: &Gathered, plan: &StagePlan, course: &LotCourse) -> LotCourseView {
    let stages = plan
        .stages
        .iter()
        .filter_map(|planned| {
            let state = course.state(planned.stage)?;
            let status = status_key(state.status);
            let ground = |key: &str| message(&format!("stages.ground.{key}"), &[]);
            Some(CourseStageView {
                stage: planned.stage.key().into(),
                name: stage_name(planned.stage),
                of_process: planned.scope == Scope::Process,
                status: status.into(),
                status_text: message(&format!("stages.status.{status}"), &[]),
                opened: state.opened.map(shown),
                closed: state.closed.map(shown),
                ground_text: state.ground.map(|found| ground(found.key())),
                may_omit: planned.omit.iter().map(|ground| ground.key().to_owned()).collect(),
                legal_basis: gathered.pack.legal_basis(&planned.base),
            })
        })
        .collect();
    let held = match gathered.confidentiality(course.lot) {
        Confidentiality::Open => None,
        Confidentiality::Held { reason, .. } | Confidentiality::Ask { reason, .. } => Some(reason),
    };
    let facts = gathered.facts().iter().find(|(lot, _)| *lot == course.lot).map(|(_, facts)| facts);
    let open = facts.and_then(|facts| course.open_claim(gathered.guard(facts), gathered.now));
    LotCourseView {
        lot: course.lot.to_string(),
        name: gathered.lot_name(course.lot),
        current: course.current().map(|stage| stage.key().to_owned()),
        current_name: course.current().map(stage_name),
        round: course.round.0,
        end: course.end.map(|end| end.key().to_owned()),
        end_text: course.end.map(|end| message(&format!("stages.end.{}", end.key()), &[])),
        stages,
        history: course.history.iter().map(|applied| movement(gathered, applied)).collect(),
        faults: course.faults.iter().map(|fault| fault.text.clone()).collect(),
        confidential: held,
        held_up_by: open.map(|claim| message("stages.report.claim_by", &[("nombre", &claim.claimant)])),
    }
}

fn status_key(status: StageStatus) -> &'static str {
    match status {
        StageStatus::Pending => "pending",
        StageStatus::Open => "open",
        StageStatus::Closed => "closed",
        StageStatus::Omitted => "omitted",
    }
}

fn movement(gathered: &Gathered, applied: &Applied) -> StageMoveView {
    let said = &applied.movement;
    let name = stage_name(said.stage);
    let values = |key: &str, detail: &str, reason: &str| {
        message(key, &[("etapa", name.as_str()), ("detalle", detail), ("motivo", reason)])
    };
    let text = match &said.movement {
        StageMovement::Opened => values("stages.move.opened", "", ""),
        StageMovement::Closed { end: None } => values("stages.move.closed", "", ""),
        StageMovement::Closed { end: Some(end) } => {
            values("stages.move.ended", &message(&format!("stages.end.{}", end.key()), &[]), "")
        }
        StageMovement::Omitted { ground, reason } => {
            values("stages.move.omitted", &message(&format!("stages.ground.{}", ground.key()), &[]), reason)
        }
        StageMovement::Returned { cause, reason, .. } => {
            values("stages.move.returned", &message(&format!("stages.cause.{}", cause.key()), &[]), reason)
        }
        StageMovement::Rectified { reason, .. } => values("stages.move.rectified", "", reason),
        StageMovement::Cancelled { reason } => values("stages.move.cancelled", "", reason),
    };
    StageMoveView {
        id: said.id.clone(),
        stage: said.stage.key().into(),
        name,
        text: text.trim().to_owned(),
        round: applied.round.0,
        when: shown(said.when),
        by: gathered.decided.person(said.author).to_owned(),
        at: said.at.to_string(),
        support: view(&said.support, &gathered.papers),
    }
}
