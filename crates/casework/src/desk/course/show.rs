//! The course as people see it.

use super::Gathered;
use super::support::{shown, view};
use crate::view::{CoursePaperView, CourseStageView, CourseView, LotCourseView, StageMoveView};
use cotejo_catalogue::message;
use cotejo_domain::course::StageMovement;
use cotejo_procedure::stages::{
    Applied, Confidentiality, LotCourse, PaperState, Plan, Scope, StagePlan, StageStatus, key_of, stage_name,
};

/// Shows the course of a process.
pub(super) fn course(gathered: &Gathered, warnings: Vec<String>) -> CourseView {
    let pack = format!("{}@{}", gathered.pack.id, gathered.pack.version);
    let frame = gathered.frame.as_ref();
    let stated = frame.map(|frame| frame.stages.as_slice()).unwrap_or_default();
    let view = CourseView {
        pack,
        ask: None,
        source: String::new(),
        verified: false,
        remarks: Vec::new(),
        canton: gathered.canton().map(str::to_owned),
        variant: frame.and_then(|frame| frame.variant.clone()),
        variants: variants(gathered),
        cantons: gathered.calendar.cantons(),
        stated: stated.iter().map(|stage| stage.key().to_owned()).collect(),
        stated_source: frame.map(|frame| frame.stages_source.clone()).unwrap_or_default(),
        papers: gathered.papers.iter().map(paper).collect(),
        lots: Vec::new(),
        warnings,
    };
    match &gathered.plan {
        Plan::Ask { reason, .. } => CourseView { ask: Some(reason.clone()), ..view },
        Plan::Known(plan) => {
            let courses = gathered.courses(plan);
            CourseView {
                source: plan.source.clone(),
                verified: plan.verified,
                remarks: plan.remarks.clone(),
                lots: courses.iter().map(|course| lot(gathered, plan, &courses, course)).collect(),
                ..view
            }
        }
    }
}

fn paper(paper: &PaperState) -> CoursePaperView {
    CoursePaperView {
        id: paper.id.to_string(),
        label: paper.label.trim().to_owned(),
        signed: !paper.signers.is_empty(),
    }
}

/// Lists the variants of the procedure that the pack has stages for.
fn variants(gathered: &Gathered) -> Vec<String> {
    let usual = format!("{}_", key_of(gathered.judgement.state.process.procedure, None));
    let keys = gathered.pack.keys().into_iter();
    keys.filter_map(|key| key.strip_prefix(&usual).map(str::to_owned)).collect()
}

fn lot(gathered: &Gathered, plan: &StagePlan, courses: &[LotCourse], course: &LotCourse) -> LotCourseView {
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
                document: planned.document.clone(),
                legal_basis: gathered.pack.legal_basis(&planned.base),
            })
        })
        .collect();
    let (held, until, basis) = match gathered.confidentiality(course.lot) {
        Confidentiality::Open => (None, None, Vec::new()),
        Confidentiality::Held { reason, until, legal_basis } => {
            (Some(reason), Some(stage_name(until)), legal_basis)
        }
        Confidentiality::Ask { reason, .. } => (Some(reason), None, Vec::new()),
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
        confidential_until: until,
        confidential_basis: basis,
        held_up_by: open.map(|claim| message("stages.report.claim_by", &[("nombre", &claim.claimant)])),
        acts: super::next::acts(gathered, plan, courses, course),
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
