//! *Convalidación*, and how a bid ends: requests, notification, answers, results; outcomes, negotiation, recommendation. The rules stand in
//! `cotejo_procedure::curing`; here acts are read, checked and recorded.

mod answer_files;
mod answers;
mod constatations;
mod defects;
mod lot;
mod outcomes;
mod papers;
mod requests;
mod show;
#[cfg(test)]
mod tests;
mod ways;

pub(crate) use answer_files::{answer_files, answer_was_read};
pub(crate) use outcomes::{against_no_cumple, follow_outcome, price_as_corrected};
pub use papers::CuringPapers;

use super::Desk;
use super::acta_content::ECUADOR;
use super::judgement::{JudgedBid, Judgement};
use super::lots;
use super::matrix::Decided;
use super::open_case::OpenCase;
use crate::CaseworkError;
use crate::view::{CurePlace, MotivationOrder, TraceRow};
use cotejo_domain::course::{Constatation, CourseAct};
use cotejo_domain::{
    BidId, Code, Confidence, Evidence, Location, LotId, Money, Motivation, Reason, RecordId, Requirement,
    RequirementId, TraceStep, Verdict,
};
use cotejo_procedure::curing::chain::CureChain;
use cotejo_procedure::curing::errors::{Curability, Defect, curability};
use cotejo_procedure::curing::term::cure_term;
use cotejo_rules::RulePack;
use cotejo_rules::calendar::Calendar;
use cotejo_store::EventPayload;
use jiff::civil::DateTime;
use std::sync::Arc;

/// What every use case here starts from.
pub(crate) struct Standing {
    pub(crate) open: Arc<OpenCase>,
    pub(crate) judgement: Arc<Judgement>,
    pub(crate) decided: Decided,
    pub(crate) acts: Vec<CourseAct>,
    pub(crate) chain: CureChain,
    pub(crate) constatations: Vec<Constatation>,
    pub(crate) lot: LotId,
    pub(crate) now: DateTime,
    pub(crate) calendar: Calendar,
}

impl Desk {
    /// Stands in the lot that the case is named with, or in the only one.
    pub(crate) async fn standing(&self, case: &str) -> Result<Standing, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = self.judged_lot(&open, lots::address(case).1).await?;
        self.standing_in(open, judgement).await
    }

    /// Stands in the lot of a bid, by its number or identifier.
    pub(crate) async fn standing_with(&self, case: &str, bid: &str) -> Result<Standing, CaseworkError> {
        let open = self.opened(case).await?;
        let whole = open.judgement().await?;
        let bid = bid.trim();
        let found = whole
            .bids
            .iter()
            .find(|known| known.number.to_string() == bid || known.bid.id.to_string() == bid);
        match found.filter(|_| whole.state.lots.len() > 1) {
            Some(found) => {
                let judgement = self.judged_lot_of(&open, found.bid.id).await?;
                self.standing_in(open, judgement).await
            }
            None => self.standing(case).await,
        }
    }

    /// Stands in each lot, in their order; in one alone where the case is named with it.
    pub(crate) async fn standings(&self, case: &str) -> Result<Vec<Standing>, CaseworkError> {
        if lots::address(case).1.is_some() {
            return Ok(vec![self.standing(case).await?]);
        }
        let open = self.opened(case).await?;
        let whole = open.judgement().await?;
        let mut found = Vec::new();
        for lot in &whole.state.lots {
            let judgement = Judgement::of_lot(&whole, lot.id);
            found.push(self.standing_in(Arc::clone(&open), judgement).await?);
        }
        Ok(found)
    }

    async fn standing_in(
        &self,
        open: Arc<OpenCase>,
        judgement: Arc<Judgement>,
    ) -> Result<Standing, CaseworkError> {
        let decided = Decided::of(&open.case).await?;
        let acts: Vec<CourseAct> = open.case.course_acts().await?.into_iter().map(|(_, act)| act).collect();
        let lot = judgement
            .state
            .lots
            .first()
            .map(|lot| lot.id)
            .ok_or_else(|| CaseworkError::refused(Code::BrokenLog, "casework.no_lot", ""))?;
        let now = ECUADOR.to_datetime(self.now());
        let calendar = self.calendar().await?;
        let chain = CureChain::of(&acts, lot);
        let canton = canton_of(&acts);
        let counted =
            judgement.pack.as_ref().and_then(|pack| counted(pack, &chain, &calendar, canton.as_deref()));
        let constatations = constatations_of(&acts);
        let chain = chain.counted(counted);
        Ok(Standing { open, judgement, decided, acts, chain, constatations, lot, now, calendar })
    }

    /// Records acts as one: all of them or none.
    async fn record_cure(
        &self,
        open: &OpenCase,
        act: CourseAct,
        more: Vec<EventPayload>,
    ) -> Result<(), CaseworkError> {
        let mut payloads = vec![EventPayload::CourseRecorded { record: RecordId(self.new_uuid()), act }];
        payloads.extend(more);
        open.case.record_all(self.actor.id, payloads).await?;
        Ok(())
    }
}

/// Lists the validations of signatures.
pub(crate) fn constatations_of(acts: &[CourseAct]) -> Vec<Constatation> {
    let said = acts.iter().filter_map(|act| match act {
        CourseAct::SignatureConstated(said) => Some(said.clone()),
        _ => None,
    });
    said.collect()
}

/// Returns the canton of the entity, where somebody stated it.
pub(crate) fn canton_of(acts: &[CourseAct]) -> Option<String> {
    acts.iter().rev().find_map(|act| match act {
        CourseAct::CourseFramed(frame) => frame.canton.clone(),
        _ => None,
    })
}

/// Counts the term from the moment that was really notified.
fn counted(
    pack: &RulePack,
    chain: &CureChain,
    calendar: &Calendar,
    canton: Option<&str>,
) -> Option<DateTime> {
    let (requests, notification) = (chain.requests.as_ref()?, chain.notification.as_ref()?);
    let day = notification.notified.date();
    let term = cure_term(pack, requests.term, day, requests.due.time(), calendar, canton, "recuento").ok()?;
    Some(term.due)
}

impl Standing {
    /// Names the case with this lot, so that what is shown after an act is shown of the same lot.
    pub(crate) fn address(&self) -> String {
        format!("{}/{}", self.open.case.id(), self.lot)
    }

    pub(crate) fn pack(&self) -> Result<&RulePack, CaseworkError> {
        self.judgement
            .pack
            .as_ref()
            .ok_or_else(|| CaseworkError::refused(Code::Precondition, "casework.points.no_pack", ""))
    }

    pub(crate) fn bid(&self, text: &str) -> Result<&JudgedBid, CaseworkError> {
        let by_number = |bid: &&JudgedBid| bid.number.to_string() == text || bid.bid.id.to_string() == text;
        self.judgement
            .bids
            .iter()
            .map(Arc::as_ref)
            .find(by_number)
            .ok_or_else(|| CaseworkError::refused(Code::NotFound, "curing.desk.no_bid", text))
    }

    pub(crate) fn requirement(&self, text: &str) -> Result<(u32, &Requirement), CaseworkError> {
        let direct = self.judgement.requirement(&RequirementId(text.to_owned()));
        let by_number = || {
            let index = text.parse::<usize>().ok()?.checked_sub(1)?;
            let found = self.judgement.requirements.get(index)?;
            Some((u32::try_from(index + 1).ok()?, found))
        };
        direct
            .or_else(by_number)
            .ok_or_else(|| CaseworkError::refused(Code::NotFound, "casework.points.no_requirement", text))
    }

    /// Says whether the defect of a cell can be cured, as its proposal and the regime tell, or under the error a person names.
    pub(crate) fn curability(
        &self,
        requirement: &Requirement,
        bid: BidId,
        named: Option<&str>,
    ) -> Option<Curability> {
        curability_of(&self.judgement, &self.decided, &self.acts, requirement, bid, named)
    }

    /// The verdict of a cell that holds, decided or proposed.
    pub(crate) fn verdict(&self, requirement: &RequirementId, bid: BidId) -> (Option<Verdict>, bool) {
        let decided = self.decided.at(requirement, bid).map(|decision| decision.verdict);
        let proposed = self.judgement.proposal(requirement, bid).map(|proposal| proposal.verdict);
        (decided.or(proposed), decided.is_some())
    }

    pub(crate) fn number_of(&self, bid: BidId) -> u32 {
        self.judgement.bid(bid).map_or(0, |bid| bid.number)
    }

    pub(crate) fn name_of(&self, bid: BidId) -> String {
        self.judgement.bid(bid).map_or_else(String::new, |bid| bid.bid.bidder.name.clone())
    }
}

pub(crate) fn curability_of(
    judgement: &Judgement,
    decided: &Decided,
    acts: &[CourseAct],
    requirement: &Requirement,
    bid: BidId,
    named: Option<&str>,
) -> Option<Curability> {
    let pack = judgement.pack.as_ref()?;
    let proposal = judgement.proposal(&requirement.id, bid);
    let codes: Vec<&str> = proposal.map_or_else(Vec::new, |proposal| {
        proposal.reasons.iter().map(|reason| reason.code.as_str()).collect()
    });
    let decision = decided.at(&requirement.id, bid);
    // A page that shows the thing mentions it. That none was read says nothing: a person says that no page does.
    let shown = proposal.is_some_and(|proposal| !proposal.evidence.is_empty())
        || decision.is_some_and(|decision| !decision.evidence.is_empty());
    let proposed = proposal.map(|proposal| proposal.verdict);
    let to_cure = Some(Verdict::AConvalidar);
    let defect = Defect {
        codes: &codes,
        legal_basis: proposal.map_or(&[][..], |proposal| proposal.legal_basis.as_slice()),
        kind: requirement.kind,
        named,
        mentioned: shown.then_some(true),
        proposed,
        to_cure: proposed == to_cure || decision.map(|decision| decision.verdict) == to_cure,
        said: defects::said_of(acts, &requirement.id, bid).and_then(|said| said.nature.as_ref()),
    };
    Some(curability(pack, defect))
}

/// Refuses with all reasons at once.
pub(crate) fn refuse(reasons: &[Reason]) -> CaseworkError {
    let texts: Vec<&str> = reasons.iter().map(|reason| reason.text.as_str()).collect();
    CaseworkError::refused(Code::Precondition, "curing.desk.refused", texts.join(" "))
}

fn accept(reasons: Vec<Reason>) -> Result<(), CaseworkError> {
    if reasons.is_empty() { Ok(()) } else { Err(refuse(&reasons)) }
}

pub(crate) fn moment(text: &str) -> Result<DateTime, CaseworkError> {
    text.trim().parse().map_err(|_| CaseworkError::refused(Code::WrongUse, "curing.desk.bad_moment", text))
}

pub(crate) fn money(text: &str) -> Result<Money, CaseworkError> {
    let amount = text.trim().parse().map(Money);
    amount.map_err(|_| CaseworkError::refused(Code::WrongUse, "curing.desk.bad_amount", text))
}

pub(crate) fn motivation(order: &MotivationOrder) -> Motivation {
    Motivation {
        fact: order.fact.clone(),
        evidence: order.evidence.clone(),
        norm: order.norm.clone(),
        conclusion: order.conclusion.clone(),
    }
}

pub(crate) fn rows(steps: &[TraceStep]) -> Vec<TraceRow> {
    steps
        .iter()
        .map(|step| TraceRow {
            step: step.step.clone(),
            inputs: step.inputs.clone(),
            result: step.result.clone(),
        })
        .collect()
}

pub(crate) fn place(evidence: &Evidence) -> CurePlace {
    CurePlace {
        file: evidence.file.to_string(),
        file_name: evidence.file_name.clone(),
        page: evidence.location.page(),
        quote: evidence.quote.clone(),
    }
}

/// Makes evidence of a page that a person points at; it must be a file of the case.
pub(crate) async fn pointed(open: &OpenCase, place: &CurePlace) -> Result<Evidence, CaseworkError> {
    let wrong = || CaseworkError::refused(Code::NotFound, "casework.bad_evidence", place.file.clone());
    let file = place.file.parse().map_err(|_| wrong())?;
    let owners = open.case.owners_of(file).await?;
    let (_, known) = owners.first().ok_or_else(wrong)?;
    let location = match place.page {
        Some(page) => Location::Page { page, quads: Vec::new() },
        None => Location::WholeFile,
    };
    Ok(Evidence {
        file,
        file_name: known.path.clone(),
        location,
        quote: place.quote.clone(),
        extractor: "persona@1".into(),
        confidence: Confidence::CERTAIN,
    })
}
