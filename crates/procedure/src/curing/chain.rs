//! The acts of a *convalidación* in their order: requests, notification to all, answers, results. Each act is checked against those before it.

use super::errors::{Curability, limits, reason, total_may_change};
use cotejo_domain::course::{
    CourseAct, CureAnswer, CureNature, CureNotification, CureRequest, CureRequests, CureResult, CureVerdict,
    ExistedBefore,
};
use cotejo_domain::{BidId, LotId, Money, Motivation, Reason};
use cotejo_rules::RulePack;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Holds the acts of one *convalidación* of a lot that hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CureChain {
    /// The requests.
    pub requests: Option<CureRequests>,
    /// The notification.
    pub notification: Option<CureNotification>,
    /// What came, by bid.
    pub answers: BTreeMap<BidId, CureAnswer>,
    /// What came of each request.
    pub results: BTreeMap<u32, CureResult>,
    /// Until when answers are due, counted from the notification; `None` while it was not notified.
    pub due: Option<DateTime>,
}

/// Says how far one request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CureState {
    /// Written and not notified.
    Requested,
    /// Notified; the term runs and nothing came.
    Running,
    /// An answer came in time.
    Answered,
    /// An answer came after the term.
    AnsweredLate,
    /// The term ended and nothing came.
    Silent,
    /// A person said what came of it.
    Resolved,
}

impl CureChain {
    /// Takes the acts of the newest *convalidación* of a lot.
    #[must_use]
    pub fn of<'a>(acts: impl IntoIterator<Item = &'a CourseAct> + Clone, lot: LotId) -> Self {
        let mut chain = Self::default();
        for act in acts.clone() {
            if let CourseAct::CureRequested(said) = act
                && said.lot == lot
                && chain.requests.as_ref().is_none_or(|kept| kept.number <= said.number)
            {
                chain.requests = Some(said.clone());
            }
        }
        let Some(number) = chain.requests.as_ref().map(|requests| requests.number) else { return chain };
        for act in acts {
            match act {
                CourseAct::CureNotified(said) if (said.lot, said.number) == (lot, number) => {
                    chain.notification = Some(said.clone());
                }
                CourseAct::CureAnswered(said) if (said.lot, said.number) == (lot, number) => {
                    chain.answers.insert(said.bid, said.clone());
                }
                CourseAct::CureResolved(said) if (said.lot, said.number) == (lot, number) => {
                    chain.results.insert(said.request, said.clone());
                }
                _ => {}
            }
        }
        chain.due = chain.notification.as_ref().and(chain.requests.as_ref()).map(|requests| requests.due);
        chain
    }

    /// Says until when answers are due as counted from the real notification; of two moments the later one holds: nobody loses days by what an
    /// act had printed.
    #[must_use]
    pub fn counted(mut self, from_notification: Option<DateTime>) -> Self {
        self.due = self.due.max(from_notification.filter(|_| self.due.is_some()));
        self
    }

    /// Lists the requests to one bid.
    pub fn of_bid(&self, bid: BidId) -> impl Iterator<Item = &CureRequest> {
        self.requests.iter().flat_map(|act| &act.requests).filter(move |request| request.bid == bid)
    }

    /// Returns a request by its number.
    #[must_use]
    pub fn request(&self, number: u32) -> Option<&CureRequest> {
        self.requests.iter().flat_map(|act| &act.requests).find(|request| request.number == number)
    }

    /// Tells whether the requests were notified to every bid that takes part.
    #[must_use]
    pub fn notified_to_all(&self) -> bool {
        let (Some(requests), Some(notification)) = (&self.requests, &self.notification) else { return false };
        !requests.bids.is_empty() && requests.bids.iter().all(|bid| notification.bids.contains(bid))
    }

    /// Tells whether the term is over.
    #[must_use]
    pub fn expired(&self, now: DateTime) -> bool {
        self.due.is_some_and(|due| now > due)
    }

    /// Tells whether what a bid handed in came within the term; `None` where nothing came.
    #[must_use]
    pub fn in_time(&self, bid: BidId) -> Option<bool> {
        let received = self.answers.get(&bid)?.received?;
        Some(self.due.is_some_and(|due| received <= due))
    }

    /// Says how far a request has come.
    #[must_use]
    pub fn state(&self, request: &CureRequest, now: DateTime) -> CureState {
        if self.results.contains_key(&request.number) {
            return CureState::Resolved;
        }
        if self.notification.is_none() {
            return CureState::Requested;
        }
        match self.in_time(request.bid) {
            Some(true) => CureState::Answered,
            Some(false) => CureState::AnsweredLate,
            None if self.expired(now) => CureState::Silent,
            None => CureState::Running,
        }
    }

    /// Returns the total that a bidder corrected on request, where an error of arithmetic was cured: the one price to score then.
    #[must_use]
    pub fn corrected_total(&self, bid: BidId) -> Option<Money> {
        self.of_bid(bid)
            .filter(|request| request.nature == CureNature::Aritmetico)
            .filter_map(|request| self.results.get(&request.number))
            .filter(|result| result.result == CureVerdict::Convalidado)
            .find_map(|result| result.corrected_total)
    }

    /// Tells whether a bid has an error of arithmetic that was asked and is not cured.
    #[must_use]
    pub fn arithmetic_open(&self, bid: BidId) -> bool {
        self.of_bid(bid).filter(|request| request.nature == CureNature::Aritmetico).any(|request| {
            self.results.get(&request.number).is_none_or(|result| result.result != CureVerdict::Convalidado)
        })
    }
}

/// Lists why requests cannot be recorded as they are; empty when they can.
#[must_use]
pub fn faults_of_requests(
    pack: &RulePack,
    chain: &CureChain,
    draft: &CureRequests,
    bids: &BTreeSet<BidId>,
    answers: &BTreeMap<u32, Curability>,
) -> Vec<Reason> {
    let mut faults = Vec::new();
    let last = chain.requests.as_ref().map_or(0, |requests| requests.number);
    if chain.notification.is_some() && draft.number == last {
        faults.push(reason("curing.falta.ya_notificado", &[]));
    }
    if draft.requests.is_empty() {
        faults.push(reason("curing.falta.sin_pedidos", &[]));
    }
    if draft.bids.iter().copied().collect::<BTreeSet<_>>() != *bids {
        faults.push(reason("curing.falta.no_todas_las_ofertas", &[]));
    }
    let mut numbers = BTreeSet::new();
    for request in &draft.requests {
        let number = request.number.to_string();
        let at = [("numero", number.as_str())];
        if !numbers.insert(request.number) {
            faults.push(reason("curing.falta.numero_repetido", &at));
        }
        if !bids.contains(&request.bid) {
            faults.push(reason("curing.falta.oferta_ajena", &at));
        }
        if [&request.defect, &request.to_cure, &request.document].iter().any(|text| text.trim().is_empty()) {
            faults.push(reason("curing.falta.pedido_incompleto", &at));
        }
        match answers.get(&request.number) {
            Some(Curability::Curable(_)) => {}
            Some(Curability::NotCurable { reason: why, .. }) => {
                let values = [("numero", number.as_str()), ("motivo", why.text.as_str())];
                faults.push(reason("curing.falta.no_convalidable", &values));
            }
            Some(Curability::Ask { question, .. }) if request.reason.trim().is_empty() => {
                let values = [("numero", number.as_str()), ("pregunta", question.text.as_str())];
                faults.push(reason("curing.falta.pregunta", &values));
            }
            Some(Curability::Ask { .. }) => {}
            None => faults.push(reason("curing.falta.sin_naturaleza", &at)),
        }
        if let Some(limit) = asks_too_much(pack, &request.to_cure) {
            let values = [("numero", number.as_str()), ("limite", limit.as_str())];
            faults.push(reason("curing.falta.limite", &values));
        }
    }
    faults
}

/// Finds in the words of a request what the norm says may not be asked: notarised or apostilled copies.
fn asks_too_much(pack: &RulePack, text: &str) -> Option<String> {
    let folded = text.to_lowercase();
    let asks = ["notariad", "notarizad", "apostill"].iter().any(|word| folded.contains(word));
    let limit = limits(pack).into_iter().find(|limit| limit.key == "copias_notariadas_o_apostilladas")?;
    asks.then_some(limit.text)
}

/// Lists why a notification cannot be recorded as it is.
#[must_use]
pub fn faults_of_notification(chain: &CureChain, draft: &CureNotification, now: DateTime) -> Vec<Reason> {
    let mut faults = Vec::new();
    let Some(requests) = &chain.requests else { return vec![reason("curing.falta.nada_pedido", &[])] };
    if draft.number != requests.number {
        faults.push(reason("curing.falta.nada_pedido", &[]));
    }
    let missing = requests.bids.iter().filter(|bid| !draft.bids.contains(bid)).count();
    if missing > 0 {
        faults.push(reason("curing.falta.no_a_todos", &[("numero", &missing.to_string())]));
    }
    if draft.notified > now {
        faults.push(reason("curing.falta.en_el_futuro", &[]));
    }
    if draft.channel.trim().is_empty() {
        faults.push(reason("curing.falta.sin_medio", &[]));
    }
    if !chain.answers.is_empty() || !chain.results.is_empty() {
        faults.push(reason("curing.falta.ya_respondido", &[]));
    }
    faults
}

/// Lists why an answer, or that nothing came, cannot be recorded as it is.
#[must_use]
pub fn faults_of_answer(chain: &CureChain, draft: &CureAnswer, now: DateTime) -> Vec<Reason> {
    let mut faults = Vec::new();
    let Some(notification) = &chain.notification else {
        return vec![reason("curing.falta.no_notificado", &[])];
    };
    if chain.of_bid(draft.bid).next().is_none() {
        faults.push(reason("curing.falta.nada_a_esta_oferta", &[]));
    }
    match draft.received {
        Some(received) => {
            if received > now {
                faults.push(reason("curing.falta.en_el_futuro", &[]));
            }
            if received < notification.notified {
                faults.push(reason("curing.falta.antes_de_notificar", &[]));
            }
            if draft.files.is_empty() {
                faults.push(reason("curing.falta.sin_archivos", &[]));
            }
        }
        None if !chain.expired(now) => faults.push(reason("curing.falta.corre_el_termino", &[])),
        None if !draft.files.is_empty() => faults.push(reason("curing.falta.sin_fecha", &[])),
        None => {}
    }
    if chain.of_bid(draft.bid).any(|request| chain.results.contains_key(&request.number)) {
        faults.push(reason("curing.falta.ya_resuelto", &[]));
    }
    faults
}

/// Tells whether something may be said against a bidder: fact, evidence, norm and conclusion are written, and a page, or the words for what is
/// absent, shows the fact.
#[must_use]
pub fn is_motivated(motivation: &Motivation) -> bool {
    motivation.is_complete()
}

/// Holds what a result is checked against besides the acts.
#[derive(Clone, Copy, Debug, Default)]
pub struct ResultContext {
    /// How many changes the answer brings that nobody had asked for; `None` where it was not compared.
    pub unasked: Option<usize>,
    /// The total as the bid offers it, where it was read.
    pub offered: Option<Money>,
}

/// Lists why a result cannot be recorded as it is.
#[must_use]
pub fn faults_of_result(
    pack: &RulePack,
    chain: &CureChain,
    draft: &CureResult,
    context: ResultContext,
    now: DateTime,
) -> Vec<Reason> {
    let mut faults = Vec::new();
    let Some(request) = chain.request(draft.request) else {
        return vec![reason("curing.falta.no_hay_pedido", &[("numero", &draft.request.to_string())])];
    };
    if request.bid != draft.bid || request.requirement != draft.requirement {
        faults.push(reason("curing.falta.oferta_ajena", &[("numero", &draft.request.to_string())]));
    }
    if !chain.notified_to_all() {
        faults.push(reason("curing.falta.no_notificado", &[]));
        return faults;
    }
    let in_time = chain.in_time(draft.bid);
    match draft.result {
        CureVerdict::Convalidado | CureVerdict::Parcial => {
            match in_time {
                None => faults.push(reason("curing.falta.nada_llego", &[])),
                Some(false) => faults.push(reason("curing.falta.fuera_de_termino", &[])),
                Some(true) => {}
            }
            if draft.evidence.is_empty() {
                faults.push(reason("curing.falta.sin_pagina", &[]));
            }
            // A paper made after bids were due cures nothing: of when the fact is, the person says with the result (RGL 100.4).
            if request.existed_before == ExistedBefore::ToBeShown && draft.motivation.fact.trim().is_empty() {
                faults.push(reason("curing.falta.existia_antes", &[]));
            }
        }
        CureVerdict::NoConvalidado => {}
    }
    match draft.result {
        CureVerdict::Convalidado => {
            if draft.motivation.conclusion.trim().is_empty() {
                faults.push(reason("curing.falta.sin_conclusion", &[]));
            }
        }
        CureVerdict::Parcial | CureVerdict::NoConvalidado => {
            if !is_motivated(&draft.motivation) {
                faults.push(reason("curing.falta.motivacion", &[]));
            }
            // While the term runs the bidder may still cure it.
            if !chain.expired(now) {
                faults.push(reason("curing.falta.corre_el_termino", &[]));
            }
        }
    }
    if in_time.is_some() && context.unasked.is_none_or(|number| number > 0) && draft.unasked.trim().is_empty()
    {
        let number = context.unasked.map_or_else(|| "?".to_owned(), |number| number.to_string());
        faults.push(reason("curing.falta.no_pedido_sin_atender", &[("numero", &number)]));
    }
    arithmetic_faults(pack, request, draft, context, &mut faults);
    faults
}

/// The corrected price is the bidder's word: it is recorded with the answer that states it, and only as the regime lets it change.
fn arithmetic_faults(
    pack: &RulePack,
    request: &CureRequest,
    draft: &CureResult,
    context: ResultContext,
    faults: &mut Vec<Reason>,
) {
    let cured = draft.result == CureVerdict::Convalidado;
    match (request.nature, draft.corrected_total) {
        (CureNature::Aritmetico, None) if cured => faults.push(reason("curing.falta.sin_total", &[])),
        (CureNature::Aritmetico, Some(_)) if !cured => {
            faults.push(reason("curing.falta.total_sin_curar", &[]))
        }
        (CureNature::Aritmetico, Some(total)) => match (total_may_change(pack), context.offered) {
            (Some(false), Some(offered)) if offered.rounded() != total.rounded() => {
                let values = [("ofertado", offered.spanish()), ("corregido", total.spanish())];
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                faults.push(reason("curing.falta.total_cambia", &values));
            }
            (Some(false), None) => faults.push(reason("curing.falta.total_no_leido", &[])),
            _ => {}
        },
        (_, Some(_)) => faults.push(reason("curing.falta.total_de_otro", &[])),
        _ => {}
    }
}
