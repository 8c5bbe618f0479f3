//! What may be asked, asking it, and recording that it was notified.

use super::{Standing, accept, moment, place, refuse, rows};
use crate::CaseworkError;
use crate::desk::{Desk, labels};
use crate::view::{CureCandidate, CureItemOrder, CureNoticeOrder, CureRequestOrder, CuringView};
use cotejo_catalogue::message;
use cotejo_domain::course::{
    CourseAct, CureNature, CureNotification, CureRequest, CureRequests, ExistedBefore,
};
use cotejo_domain::{BidId, Code, Evidence, Requirement, RequirementId, Termino, Verdict};
use cotejo_procedure::curing::chain::{faults_of_notification, faults_of_requests};
use cotejo_procedure::curing::difference::document_name;
use cotejo_procedure::curing::errors::{Curability, Curable};
use cotejo_procedure::curing::term::cure_term;
use std::collections::{BTreeMap, BTreeSet};

/// Reasons that speak to the evaluator and not of the bid.
const ADVICE: [&str; 8] = [
    ".sin_firma_por_verificar",
    ".nunca_rechazo",
    ".constatacion",
    ".revise_sin_clasificar",
    ".norma_no_consta",
    ".lectura_dudosa",
    ".sin_ninguna_firma",
    ".regla_2023",
];

/// A defect with everything its request would say.
pub(super) struct Candidate<'a> {
    pub(super) number: u32,
    pub(super) requirement: &'a Requirement,
    pub(super) bid: BidId,
    pub(super) decided: bool,
    pub(super) curability: Curability,
}

impl Desk {
    /// Shows the *convalidación* of a case: what may be asked, what was, and what came of it.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack.
    pub async fn curing(&self, case: &str) -> Result<CuringView, CaseworkError> {
        let standing = self.standing(case).await?;
        self.show_curing(&standing).await
    }

    /// Records the requests, all in one act. Until it is notified a later act takes its place.
    ///
    /// # Errors
    /// [`Code::Precondition`] with every reason: not curable, a question nobody answered, a term outside of the limits.
    pub async fn request_cures(
        &self,
        case: &str,
        order: &CureRequestOrder,
    ) -> Result<CuringView, CaseworkError> {
        // What is asked of one bid is asked in its lot.
        let first = order.items.first().map_or("", |item| item.bid.as_str());
        let standing = self.standing_with(case, first).await?;
        let pack = standing.pack()?;
        let date = |text: &str| {
            text.trim()
                .parse()
                .map_err(|_| CaseworkError::refused(Code::WrongUse, "curing.desk.bad_moment", text))
        };
        let notified_on: jiff::civil::Date =
            if order.notified_on.trim().is_empty() { standing.now.date() } else { date(&order.notified_on)? };
        let until = if order.until.trim().is_empty() { "17:00" } else { order.until.trim() };
        let until: jiff::civil::Time = until
            .parse()
            .map_err(|_| CaseworkError::refused(Code::WrongUse, "curing.desk.bad_moment", until))?;
        let days = Termino(order.days);
        let canton = order.canton.clone().or_else(|| super::canton_of(&standing.acts));
        let calendar = &standing.calendar;
        let term = cure_term(pack, days, notified_on, until, calendar, canton.as_deref(), &order.reason);
        let term = term.map_err(|reason| refuse(&[reason]))?;
        let mut requests = Vec::new();
        let mut answers = BTreeMap::new();
        for (index, item) in standing.items(order)?.into_iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let (request, answer) = standing.drafted(number, &item)?;
            answers.insert(number, answer);
            requests.push(request);
        }
        let bids: Vec<BidId> = standing.judgement.bids.iter().map(|bid| bid.bid.id).collect();
        let last = standing.chain.requests.as_ref().map_or(1, |requests| requests.number);
        let draft = CureRequests {
            lot: standing.lot,
            number: last,
            requests,
            bids: bids.clone(),
            term: days,
            notified_on,
            due: term.due,
            working: term.working,
            legal_basis: term.ground.legal_basis,
            unverified: term.ground.unverified,
            reason: order.reason.clone(),
            author: self.actor.id,
            at: self.now(),
        };
        let all: BTreeSet<BidId> = bids.into_iter().collect();
        accept(faults_of_requests(pack, &standing.chain, &draft, &all, &answers))?;
        self.record_cure(&standing.open, CourseAct::CureRequested(draft), Vec::new()).await?;
        self.curing(&standing.address()).await
    }

    /// Records that the requests were notified to all bidders.
    ///
    /// # Errors
    /// [`Code::Precondition`] when a bidder is missing, nothing was asked, or an answer is there already.
    pub async fn notify_cures(
        &self,
        case: &str,
        order: &CureNoticeOrder,
    ) -> Result<CuringView, CaseworkError> {
        let first = order.bids.first().map_or("", String::as_str);
        let standing = self.standing_with(case, first).await?;
        let bids = match order.bids.as_slice() {
            [] => standing.chain.requests.as_ref().map_or_else(Vec::new, |requests| requests.bids.clone()),
            some => {
                some.iter().map(|bid| Ok(standing.bid(bid)?.bid.id)).collect::<Result<_, CaseworkError>>()?
            }
        };
        let draft = CureNotification {
            lot: standing.lot,
            number: standing.chain.requests.as_ref().map_or(0, |requests| requests.number),
            notified: moment(&order.at)?,
            channel: order.channel.clone(),
            bids,
            proof: order.proof.clone(),
            author: self.actor.id,
            at: self.now(),
        };
        accept(faults_of_notification(&standing.chain, &draft, standing.now))?;
        self.record_cure(&standing.open, CourseAct::CureNotified(draft), Vec::new()).await?;
        self.curing(&standing.address()).await
    }
}

impl Standing {
    /// Lists the cells that a person decided, or the machine proposes, *a convalidar*.
    pub(super) fn candidates(&self) -> Vec<Candidate<'_>> {
        let mut found = Vec::new();
        for bid in &self.judgement.bids {
            for (index, requirement) in self.judgement.requirements.iter().enumerate() {
                let (verdict, decided) = self.verdict(&requirement.id, bid.bid.id);
                if verdict != Some(Verdict::AConvalidar) {
                    continue;
                }
                let Some(curability) = self.curability(requirement, bid.bid.id, None) else { continue };
                found.push(Candidate {
                    number: u32::try_from(index + 1).unwrap_or(u32::MAX),
                    requirement,
                    bid: bid.bid.id,
                    decided,
                    curability,
                });
            }
        }
        found
    }

    /// What is asked: what the person listed, else every candidate that can be cured.
    fn items(&self, order: &CureRequestOrder) -> Result<Vec<CureItemOrder>, CaseworkError> {
        if !order.items.is_empty() {
            return Ok(order.items.clone());
        }
        let curable =
            self.candidates().into_iter().filter(|found| matches!(found.curability, Curability::Curable(_)));
        Ok(curable
            .map(|found| CureItemOrder {
                requirement: found.requirement.id.to_string(),
                bid: found.bid.to_string(),
                ..CureItemOrder::default()
            })
            .collect())
    }

    fn drafted(&self, number: u32, item: &CureItemOrder) -> Result<(CureRequest, Curability), CaseworkError> {
        let (_, requirement) = self.requirement(&item.requirement)?;
        let bid = self.bid(&item.bid)?.bid.id;
        let named = (!item.error.trim().is_empty()).then_some(item.error.trim());
        let answer = self
            .curability(requirement, bid, named)
            .ok_or_else(|| CaseworkError::refused(Code::Precondition, "casework.points.no_pack", ""))?;
        let draft = match &answer {
            Curability::Curable(draft) => Some(draft),
            Curability::Ask { draft, .. } => draft.as_ref(),
            Curability::NotCurable { .. } => None,
        };
        let text = |given: &str, otherwise: String| {
            if given.trim().is_empty() { otherwise } else { given.to_owned() }
        };
        let evidence = self.evidence_of(&requirement.id, bid);
        let request = CureRequest {
            number,
            bid,
            requirement: requirement.id.clone(),
            nature: draft.map_or(CureNature::Convalidable, |draft| draft.nature),
            error: draft.map_or_else(|| item.error.clone(), |draft| draft.error.clone()),
            legal_basis: draft.map_or_else(Vec::new, |draft| draft.ground.legal_basis.clone()),
            unverified_norms: draft.map_or_else(Vec::new, |draft| draft.ground.unverified.clone()),
            reason: item.reason.clone(),
            document: text(&item.document, self.document_of(requirement, bid, &evidence)),
            section: item.section.clone(),
            defect: text(&item.defect, self.defect_of(&requirement.id, bid)),
            to_cure: text(&item.to_cure, draft.map_or_else(String::new, |draft| draft.to_cure.clone())),
            existed_before: draft.map_or(ExistedBefore::NotRequired, |draft| draft.existed_before),
            recalculation: self.recalculation_of(&requirement.id, bid, draft),
            evidence,
        };
        Ok((request, answer))
    }

    pub(super) fn evidence_of(&self, requirement: &RequirementId, bid: BidId) -> Vec<Evidence> {
        let decided = self.decided.at(requirement, bid).map(|decision| decision.evidence.clone());
        let proposed = || self.judgement.proposal(requirement, bid).map(|proposal| proposal.evidence.clone());
        decided.filter(|list| !list.is_empty()).or_else(proposed).unwrap_or_default()
    }

    /// What is wrong, in the words of whoever decided it, else of the checks.
    fn defect_of(&self, requirement: &RequirementId, bid: BidId) -> String {
        let decided = self.decided.at(requirement, bid).map(|decision| decision.motivation.fact.clone());
        let proposed = || {
            let proposal = self.judgement.proposal(requirement, bid)?;
            let texts: Vec<&str> = proposal
                .reasons
                .iter()
                .filter(|reason| !ADVICE.iter().any(|end| reason.code.ends_with(end)))
                .map(|reason| reason.text.as_str())
                .collect();
            Some(texts.join(" "))
        };
        decided.filter(|text| !text.trim().is_empty()).or_else(proposed).unwrap_or_default()
    }

    /// Names the document and its page, as an acta does; the form itself where the bid does not have it.
    fn document_of(&self, requirement: &Requirement, bid: BidId, evidence: &[Evidence]) -> String {
        let Some(judged) = self.judgement.bid(bid) else { return String::new() };
        let at = evidence.iter().find_map(|piece| {
            let (_, kind) = judged.document_at(piece.file, &piece.location)?;
            Some(message(
                "curing.desk.document_at",
                &[
                    ("documento", &labels::document_type(kind)),
                    ("lugar", &labels::citations(std::slice::from_ref(piece))),
                ],
            ))
        });
        at.unwrap_or_else(|| match &requirement.subject {
            cotejo_domain::Subject::Form { document, .. } => document_name(document),
            _ => labels::short_title(&requirement.text),
        })
    }

    fn recalculation_of(
        &self,
        requirement: &RequirementId,
        bid: BidId,
        draft: Option<&Curable>,
    ) -> Vec<cotejo_domain::TraceStep> {
        let arithmetic = draft.is_some_and(|draft| draft.nature == CureNature::Aritmetico);
        let proposal = self.judgement.proposal(requirement, bid).filter(|_| arithmetic);
        proposal.map_or_else(Vec::new, |proposal| proposal.trace.clone())
    }

    pub(super) fn candidate_view(&self, found: &Candidate<'_>) -> CureCandidate {
        let (answer, answer_text, draft) = match &found.curability {
            Curability::Curable(draft) => ("curable", String::new(), Some(draft)),
            Curability::NotCurable { reason, ground, .. } => {
                let norm = crate::desk::papers::cited(&ground.legal_basis);
                let text =
                    if norm.is_empty() { reason.text.clone() } else { format!("{} ({norm})", reason.text) };
                ("not_curable", text, None)
            }
            Curability::Ask { question, draft } => ("ask", question.text.clone(), draft.as_ref()),
        };
        let evidence = self.evidence_of(&found.requirement.id, found.bid);
        let request = self
            .chain
            .of_bid(found.bid)
            .find(|request| request.requirement == found.requirement.id)
            .map(|request| request.number);
        CureCandidate {
            requirement: found.requirement.id.to_string(),
            requirement_number: found.number,
            title: labels::short_title(&found.requirement.text),
            bid: found.bid.to_string(),
            bid_number: self.number_of(found.bid),
            decided: found.decided,
            answer: answer.into(),
            answer_text,
            error: draft.map_or_else(String::new, |draft| draft.error.clone()),
            error_name: draft.map_or_else(String::new, |draft| draft.name.clone()),
            nature: draft.map_or_else(String::new, |draft| nature(draft.nature).into()),
            legal_basis: draft.map_or_else(Vec::new, |draft| draft.ground.legal_basis.clone()),
            unverified: draft.map_or_else(Vec::new, |draft| draft.ground.unverified.clone()),
            existed_before: draft.is_some_and(|draft| draft.existed_before != ExistedBefore::NotRequired),
            document: self.document_of(found.requirement, found.bid, &evidence),
            defect: self.defect_of(&found.requirement.id, found.bid),
            to_cure: draft.map_or_else(String::new, |draft| draft.to_cure.clone()),
            remarks: draft.map_or_else(Vec::new, |draft| {
                draft.remarks.iter().map(|remark| remark.text.clone()).collect()
            }),
            recalculation: rows(&self.recalculation_of(&found.requirement.id, found.bid, draft)),
            evidence: evidence.iter().map(place).collect(),
            request,
        }
    }
}

pub(super) fn nature(nature: CureNature) -> &'static str {
    match nature {
        CureNature::Convalidable => "convalidable",
        CureNature::Aritmetico => "aritmetico",
        CureNature::Dudoso => "dudoso",
    }
}
