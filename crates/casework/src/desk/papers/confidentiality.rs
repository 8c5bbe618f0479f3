//! Whether the norm still keeps bids and results from those outside (SIE: until the puja ends).

use crate::desk::judgement::Judgement;
use cotejo_domain::ProcedureType;
use cotejo_domain::course::{CourseAct, LotEnd, StageKind, StageMovement};

/// Tells it from what is recorded of the stages; in doubt it is kept.
pub(crate) fn of(acts: &[CourseAct], judgement: &Judgement) -> bool {
    if judgement.state.process.procedure != ProcedureType::Sie {
        return false;
    }
    let moved = |wanted: StageKind, over: bool| {
        acts.iter().any(|act| match act {
            CourseAct::StageMoved(moved) if moved.stage == wanted => match &moved.movement {
                StageMovement::Closed { .. } => true,
                StageMovement::Omitted { .. } => over,
                _ => false,
            },
            _ => false,
        })
    };
    let ended = acts.iter().any(|act| match act {
        CourseAct::StageMoved(moved) => matches!(
            moved.movement,
            StageMovement::Closed { end: Some(LotEnd::Adjudicado | LotEnd::Desierto | LotEnd::Cancelado) }
        ),
        _ => false,
    });
    // Where the puja did not take place, the negotiation in its stead frees what was kept.
    !(moved(StageKind::Puja, false)
        || (moved(StageKind::Puja, true) && moved(StageKind::Negociacion, true))
        || ended)
}
