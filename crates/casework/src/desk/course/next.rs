//! What may be recorded of the stage a lot is in, and what stands in the way of what may not: the machine is asked, nothing is recorded.

use super::Gathered;
use crate::view::{Room, StageActView, StageOrder};
use cotejo_domain::ActorId;
use cotejo_domain::course::{ActSupport, LotEnd, OmissionGround, StageKind, StageMove, StageMovement};
use cotejo_procedure::stages::{LotCourse, Refusal, Scope, StagePlan, StageStatus, check};

/// Asks the machine for every way out of the stage that a lot is in.
pub(super) fn acts(
    gathered: &Gathered,
    plan: &StagePlan,
    courses: &[LotCourse],
    course: &LotCourse,
) -> Vec<StageActView> {
    let Some(planned) = course.current().and_then(|stage| plan.stage(stage)) else { return Vec::new() };
    let lot = (planned.scope == Scope::Lot).then_some(course.lot);
    let facts = gathered.facts().iter().find(|(of, _)| lot.is_none_or(|lot| lot == *of));
    let facts = facts.map(|(_, facts)| facts.clone()).unwrap_or_default();
    let ask = |order, movement: StageMovement| {
        let (end, ground) = match &movement {
            StageMovement::Closed { end } => (*end, None),
            StageMovement::Omitted { ground, .. } => (None, Some(*ground)),
            _ => (None, None),
        };
        let made = StageMove {
            // After everything that was recorded.
            id: "~".into(),
            lot,
            stage: planned.stage,
            movement,
            when: gathered.now,
            support: ActSupport::default(),
            author: ActorId(uuid::Uuid::nil()),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let refusal = check(plan, courses, &made, gathered.guard(&facts), gathered.now).err();
        StageActView {
            order,
            end: end.map(|end| end.key().to_owned()),
            ground: ground.map(|ground| ground.key().to_owned()),
            room: refusal.as_ref().and_then(room),
            blocked: refusal.map(|refusal| refusal.message()),
        }
    };
    let mut acts = Vec::new();
    if course.state(planned.stage).is_some_and(|state| state.status == StageStatus::Pending) {
        acts.push(ask(StageOrder::Open, StageMovement::Opened));
    }
    if planned.stage == StageKind::Adjudicacion {
        for end in [LotEnd::Adjudicado, LotEnd::Desierto] {
            acts.push(ask(StageOrder::Close, StageMovement::Closed { end: Some(end) }));
        }
    } else {
        acts.push(ask(StageOrder::Close, StageMovement::Closed { end: None }));
    }
    for ground in &planned.omit {
        // The words that one of them wants are written when it is recorded.
        let movement = StageMovement::Omitted { ground: *ground, reason: "…".into() };
        acts.push(ask(StageOrder::Omit, movement));
    }
    acts
}

/// Names the room where a person resolves what stands in the way.
fn room(refusal: &Refusal) -> Option<Room> {
    match refusal {
        Refusal::ClaimOpen(_) => Some(Room::Etapas),
        Refusal::NotSigned => Some(Room::Acta),
        Refusal::Contradicted { ground, .. } => Some(match ground {
            OmissionGround::SinOfertas => Room::Documentos,
            OmissionGround::SinCalificadas | OmissionGround::UnSoloCalificado => Room::Matriz,
            OmissionGround::SinErrores => Room::Convalidacion,
            _ => Room::Etapas,
        }),
        _ => None,
    }
}
