//! Whether the norm still keeps bids and results from those outside (SIE: until the puja ends). What the course of the case says, and nothing beside it.

use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::course::Gathered;
use crate::desk::open_case::OpenCase;
use cotejo_domain::{Code, LotId, ProcedureType};

/// Tells it of a lot, or of all of them; in doubt it is kept.
pub(crate) async fn of(desk: &Desk, open: &OpenCase, lot: Option<LotId>) -> Result<bool, CaseworkError> {
    let judgement = open.judgement().await?;
    if judgement.state.process.procedure != ProcedureType::Sie {
        return Ok(false);
    }
    let gathered = match Gathered::of(desk, open).await {
        Ok(gathered) => gathered,
        // Without a pack no norm frees anything.
        Err(error) if error.code() == Code::Precondition => return Ok(true),
        Err(error) => return Err(error),
    };
    let lots = judgement.state.lots.iter().map(|lot| lot.id);
    Ok(lots.filter(|of| lot.is_none_or(|lot| lot == *of)).any(|lot| gathered.confidentiality(lot).held()))
}
