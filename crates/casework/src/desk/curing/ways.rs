//! What may be done next, and why not. Each act is tried with everything a person could write in it, so that only the course itself can refuse it:
//! a window shows beforehand what recording would say.

use super::Standing;
use super::outcomes::offered;
use super::show::verdict_name;
use crate::CaseworkError;
use crate::view::{CureChoice, CureSaid, OutcomeMissing};
use cotejo_catalogue::message;
use cotejo_domain::course::{
    AnswerFile, CureAnswer, CureNature, CureNotification, CureRequest, CureResult, CureVerdict,
    Recommendation, Recommended,
};
use cotejo_domain::{ActorId, BidId, Confidence, Evidence, FileHash, Location, Money, Motivation, Reason};
use cotejo_procedure::curing::chain::{
    ResultContext, faults_of_answer, faults_of_notification, faults_of_requests, faults_of_result,
};
use cotejo_procedure::curing::outcome::CellCourse;
use cotejo_procedure::curing::recommendation::{LotCourse, RecommendationProposal, faults_of_recommendation};
use std::collections::{BTreeMap, BTreeSet};

/// Stands for whatever a person would write.
const WRITTEN: &str = "…";

fn texts(reasons: Vec<Reason>) -> Vec<String> {
    reasons.into_iter().map(|reason| reason.text).collect()
}

fn written() -> Motivation {
    let text = || WRITTEN.to_owned();
    Motivation { fact: text(), evidence: text(), norm: text(), conclusion: text() }
}

fn some_page() -> Evidence {
    Evidence {
        file: FileHash([0; 32]),
        file_name: WRITTEN.into(),
        location: Location::WholeFile,
        quote: String::new(),
        extractor: "persona@1".into(),
        confidence: Confidence::CERTAIN,
    }
}

impl Standing {
    /// Says who recorded an act, and when.
    pub(super) fn said(&self, author: ActorId, at: jiff::Timestamp) -> CureSaid {
        CureSaid { by: self.decided.person(author).to_owned(), at: at.to_string() }
    }

    /// Says why the requests cannot be written any more.
    pub(super) fn requests_blocked(&self) -> Result<Vec<String>, CaseworkError> {
        let Some(requests) = &self.chain.requests else { return Ok(Vec::new()) };
        let bids: BTreeSet<BidId> = self.judgement.bids.iter().map(|bid| bid.bid.id).collect();
        let mut faults = faults_of_requests(self.pack()?, &self.chain, requests, &bids, &BTreeMap::new());
        // What the requests themselves lack is mended by writing them.
        faults.retain(|fault| fault.code == "curing.falta.ya_notificado");
        Ok(texts(faults))
    }

    /// Says why a notification to all cannot be recorded now.
    pub(super) fn notice_blocked(&self) -> Vec<String> {
        let requests = self.chain.requests.as_ref();
        let draft = CureNotification {
            lot: self.lot,
            number: requests.map_or(0, |requests| requests.number),
            notified: self.now,
            channel: WRITTEN.into(),
            bids: requests.map_or_else(Vec::new, |requests| requests.bids.clone()),
            proof: WRITTEN.into(),
            author: requests.map_or(ActorId(uuid::Uuid::nil()), |requests| requests.author),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        texts(faults_of_notification(&self.chain, &draft, self.now))
    }

    /// Says why it cannot be recorded now that something came of a bid, or that nothing did.
    pub(super) fn answer_blocked(&self, bid: BidId, came: bool) -> Vec<String> {
        let files = [AnswerFile { hash: FileHash([0; 32]), path: WRITTEN.into() }];
        let draft = CureAnswer {
            lot: self.lot,
            number: self.chain.requests.as_ref().map_or(0, |requests| requests.number),
            bid,
            received: came.then_some(self.now),
            channel: WRITTEN.into(),
            files: files.into_iter().filter(|_| came).collect(),
            author: ActorId(uuid::Uuid::nil()),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        texts(faults_of_answer(&self.chain, &draft, self.now))
    }

    /// Says which results of a request may be recorded now, and why the others may not.
    pub(super) fn result_choices(
        &self,
        request: &CureRequest,
        unasked: Option<usize>,
    ) -> Result<Vec<CureChoice>, CaseworkError> {
        let pack = self.pack()?;
        let offered = offered(self, request.bid);
        let verdicts = [CureVerdict::Convalidado, CureVerdict::Parcial, CureVerdict::NoConvalidado];
        let choices = verdicts.into_iter().map(|result| {
            let total = offered
                .filter(|_| request.nature == CureNature::Aritmetico && result == CureVerdict::Convalidado);
            let draft = CureResult {
                lot: self.lot,
                number: self.chain.requests.as_ref().map_or(0, |requests| requests.number),
                request: request.number,
                bid: request.bid,
                requirement: request.requirement.clone(),
                result,
                motivation: written(),
                evidence: vec![some_page()],
                corrected_total: total,
                unasked: WRITTEN.into(),
                author: ActorId(uuid::Uuid::nil()),
                at: jiff::Timestamp::UNIX_EPOCH,
            };
            let context = ResultContext { unasked, offered };
            let mut faults = faults_of_result(pack, &self.chain, &draft, context, self.now);
            // The total is what the person brings.
            faults.retain(|fault| fault.code != "curing.falta.sin_total");
            CureChoice { result: verdict_name(result).into(), blocked: texts(faults) }
        });
        Ok(choices.collect())
    }

    /// Says what may be recommended now: what stands open blocks all that does not itself settle it.
    pub(super) fn advice_choices(
        &self,
        course: &LotCourse<'_>,
        proposal: &RecommendationProposal,
    ) -> Vec<CureChoice> {
        let first = proposal.tied.first().or_else(|| proposal.order.first()).copied();
        let bid = first.unwrap_or(BidId(uuid::Uuid::nil()));
        let ground = proposal.desierto_grounds.first().map_or_else(|| WRITTEN.into(), |(key, _)| key.clone());
        let amount = course.prices.get(&bid).copied().unwrap_or(Money(rust_decimal::Decimal::ONE));
        let kinds = [
            ("adjudicar", Recommended::Adjudicar { bid, amount }),
            ("desierto", Recommended::Desierto { ground }),
            ("cancelar", Recommended::Cancelar { ground: WRITTEN.into() }),
        ];
        let choices = kinds.into_iter().map(|(kind, recommended)| {
            let draft = Recommendation {
                lot: self.lot,
                recommended,
                order: proposal.order.clone(),
                legal_basis: Vec::new(),
                unverified_norms: Vec::new(),
                motivation: written(),
                departure: WRITTEN.into(),
                evidence: Vec::new(),
                author: ActorId(uuid::Uuid::nil()),
                at: jiff::Timestamp::UNIX_EPOCH,
            };
            let mut faults = faults_of_recommendation(course, proposal, &draft);
            // Which bid, amount or ground is named is what the person brings.
            faults.retain(|fault| proposal.open.contains(fault));
            CureChoice { result: kind.into(), blocked: texts(faults) }
        });
        choices.collect()
    }

    /// Says where what is missing is to be done: the sentence that names a cell or a request is the one that is written for it.
    pub(super) fn missing(&self, bid: BidId, cells: &[CellCourse], reason: Reason) -> OutcomeMissing {
        let plain = message(&reason.code, &[]) == reason.text;
        let names = |place: &str, number: u32| {
            !plain && message(&reason.code, &[(place, &number.to_string())]) == reason.text
        };
        let cell = cells.iter().find(|cell| names("fila", cell.number));
        let request = self.chain.of_bid(bid).find(|request| names("numero", request.number));
        OutcomeMissing {
            requirement: cell.map(|cell| cell.requirement.to_string()),
            request: request.filter(|_| cell.is_none()).map(|request| request.number),
            code: reason.code,
            text: reason.text,
        }
    }
}
