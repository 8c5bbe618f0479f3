//! What of the evaluating body departs from what the regime wants, and what of it impedes signing.

use super::super::judgement::Judgement;
use super::CommissionActs;
use crate::CaseworkError;
use crate::view::{Room, SigningBlock};
use cotejo_catalogue::message;
use cotejo_domain::{Commission, MemberId};
use cotejo_procedure::commission::{body, impediments};
use cotejo_store::Case;

/// Says what impedes signing by the body as it is recorded.
pub(crate) async fn blocks(case: &Case, judgement: &Judgement) -> Result<Vec<SigningBlock>, CaseworkError> {
    let Some(commission) = case.commission().await? else { return Ok(Vec::new()) };
    let acts = CommissionActs::of(case).await?;
    let mut blocks = Vec::new();
    let process = &judgement.state.process;
    let remarks = body::remarks(&commission, process, judgement.pack.as_ref());
    for remark in remarks.into_iter().filter(|remark| remark.blocks) {
        // Without quorum the acta says so by itself.
        if remark.code != "commission.no_quorum" {
            blocks.push(block("commission.block.body", remark.text));
        }
    }
    for text in
        of_impediments(&commission, &acts).into_iter().filter(|(_, blocks)| *blocks).map(|(text, _)| text)
    {
        blocks.push(block("commission.block.impediment", text));
    }
    Ok(blocks)
}

fn block(code: &str, detail: String) -> SigningBlock {
    SigningBlock { code: code.into(), title: message(code, &[]), detail, room: Room::Sesion, cell: None }
}

fn name_of(commission: &Commission, member: MemberId) -> String {
    let seat = commission.seats.iter().find(|seat| seat.member.id == member);
    seat.map_or_else(String::new, |seat| seat.actor.name.clone())
}

/// Says what follows from excusas and recusaciones, each with whether it impedes signing.
pub(crate) fn of_impediments(commission: &Commission, acts: &CommissionActs) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for one in &acts.impediments {
        let kind = message(impediments::kind_key(one.kind), &[]);
        let name = name_of(commission, one.member);
        let values = [("tipo", kind.as_str()), ("nombre", name.as_str())];
        match impediments::state(one) {
            impediments::ImpedimentState::Denied => {}
            impediments::ImpedimentState::Pending => {
                found.push((message("commission.impediment.pending", &values), false));
            }
            impediments::ImpedimentState::Removed => {
                let seat = commission.seats.iter().find(|seat| seat.member.id == one.member);
                if seat.is_some_and(|seat| seat.present) {
                    found.push((message("commission.impediment.unseated", &values), true));
                } else if seat.is_some_and(|seat| seat.member.capacity.votes())
                    && !commission.seats.iter().any(|seat| {
                        seat.present && seat.substitutes.as_ref().is_some_and(|of| of.principal == one.member)
                    })
                {
                    found.push((message("commission.impediment.no_replacement", &values), false));
                }
            }
        }
    }
    found
}
