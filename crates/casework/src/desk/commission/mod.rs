//! The body that decides: what is recorded of it, what keeps its decisions even, what of it the acta states.

mod acts;
mod agreements;
mod body;
mod declarations;
mod dismissals;
#[cfg(test)]
mod exchange_tests;
mod openings;
mod points;
mod rehearsals;
#[cfg(test)]
mod room_tests;
mod samples;
mod subcommission;
#[cfg(test)]
mod tests;
mod treatments;

pub(crate) use acts::CommissionActs;
pub(crate) use agreements::Votes;
pub(crate) use agreements::{block as agreement_block, said_of, stated as stated_of_cells};
pub(crate) use body::{blocks as body_blocks, of_impediments};
pub(crate) use declarations::missing as missing_declarations;
pub(crate) use dismissals::{Live, identities, lines as dismissal_lines};
pub(crate) use openings::Looking;
pub(crate) use points::{
    about_whole as answer_about_whole, in_words as answer_in_words, recorded as recorded_answers,
    section as points_section,
};
pub(crate) use treatments::block as treatment_block;

use super::Desk;
use super::open_case::OpenCase;
use crate::CaseworkError;
use crate::view::CommissionPlace;
use cotejo_domain::course::CourseAct;
use cotejo_domain::{BidId, Code, Evidence, LotId, RecordId, RequirementId};
use cotejo_store::EventPayload;

impl Desk {
    /// Records an act of the course in the name of the person at this machine.
    pub(crate) async fn record_act(&self, open: &OpenCase, act: CourseAct) -> Result<(), CaseworkError> {
        self.record_acts(open, vec![act]).await
    }

    /// Records several acts of the course at once: all or none.
    pub(crate) async fn record_acts(
        &self,
        open: &OpenCase,
        acts: Vec<CourseAct>,
    ) -> Result<(), CaseworkError> {
        let recorded = |act| EventPayload::CourseRecorded { record: RecordId(self.new_uuid()), act };
        let acts: Vec<EventPayload> = acts.into_iter().map(recorded).collect();
        if !acts.is_empty() {
            open.case.record_all(self.actor.id, acts).await?;
        }
        Ok(())
    }
}

/// Refuses something before it is recorded.
pub(crate) fn refuse(key: &'static str, detail: impl Into<String>) -> CaseworkError {
    CaseworkError::refused(Code::Precondition, key, detail)
}

/// Refuses what the case does not have.
pub(crate) fn unknown(key: &'static str, detail: impl Into<String>) -> CaseworkError {
    CaseworkError::refused(Code::NotFound, key, detail)
}

/// Returns the lot of a bid.
pub(crate) fn lot_of(judgement: &super::judgement::Judgement, bid: BidId) -> Result<LotId, CaseworkError> {
    judgement.bid(bid).map(|bid| bid.bid.lot).ok_or_else(|| unknown("casework.no_such_cell", bid.to_string()))
}

/// Shows where a piece of evidence stands.
pub(crate) fn place(piece: &Evidence) -> CommissionPlace {
    CommissionPlace {
        file: piece.file.to_string(),
        path: piece.file_name.clone(),
        page: piece.location.page(),
        place: super::labels::place(&piece.location),
        quote: piece.quote.clone(),
    }
}

/// Names a cell for people: `Experiencia general, oferta 2 (Maderas Ficticias S.A.)`.
pub(crate) fn cell_name(
    judgement: &super::judgement::Judgement,
    requirement: &RequirementId,
    bid: BidId,
) -> String {
    let title = judgement
        .requirement(requirement)
        .map_or_else(|| requirement.to_string(), |(_, asked)| super::labels::short_title(&asked.text));
    let number = judgement.bid(bid).map_or(0, |bid| bid.number).to_string();
    let name = judgement.bid(bid).map_or("", |bid| bid.bid.bidder.name.as_str());
    let values = [("requisito", title.as_str()), ("numero", &number), ("oferente", name)];
    cotejo_catalogue::message("commission.cell", &values)
}
