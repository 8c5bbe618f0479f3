//! The *convalidación* as a window or a terminal shows it.

use super::requests::nature;
use super::{Standing, place, rows};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::view::{
    CureBidView, CureErrorName, CureNoticeView, CurePlace, CureRequestView, CureSaid, CureTermView,
    CuringView, MotivationView,
};
use cotejo_catalogue::message;
use cotejo_domain::Motivation;
use cotejo_domain::course::{CureRequest, CureVerdict, ExistedBefore};
use cotejo_procedure::curing::chain::CureState;
use cotejo_procedure::curing::errors::{limits, nameable_errors};
use cotejo_procedure::curing::term::days_allowed;
use std::collections::BTreeMap;

impl Desk {
    pub(super) async fn show_curing(&self, standing: &Standing) -> Result<CuringView, CaseworkError> {
        let pack = standing.pack()?;
        let chain = &standing.chain;
        let mut bids = Vec::new();
        let mut found = BTreeMap::new();
        for judged in &standing.judgement.bids {
            let bid = judged.bid.id;
            let answer = chain.answers.get(&bid);
            let compared = self.difference(standing, bid).await?;
            found.insert(bid, compared.as_ref().map(|found| found.unasked().count()));
            bids.push(CureBidView {
                bid: bid.to_string(),
                number: judged.number,
                name: judged.bid.bidder.name.clone(),
                requests: u32::try_from(chain.of_bid(bid).count()).unwrap_or(u32::MAX),
                notified: chain.notification.as_ref().is_some_and(|told| told.bids.contains(&bid)),
                received: answer.and_then(|answer| answer.received).map(|at| at.to_string()),
                in_time: chain.in_time(bid),
                files: answer.map_or_else(Vec::new, |answer| {
                    let files = answer.files.iter();
                    files
                        .map(|file| CurePlace {
                            file: file.hash.to_string(),
                            file_name: file.path.clone(),
                            ..CurePlace::default()
                        })
                        .collect()
                }),
                unasked: compared.map(|found| u32::try_from(found.unasked().count()).unwrap_or(u32::MAX)),
                answered: answer.is_some(),
                channel: answer.map_or_else(String::new, |answer| answer.channel.clone()),
                answer_blocked: standing.answer_blocked(bid, true),
                silence_blocked: standing.answer_blocked(bid, false),
            });
        }
        let mut requests = Vec::new();
        for request in chain.requests.iter().flat_map(|act| &act.requests) {
            let unasked = found.get(&request.bid).copied().flatten();
            requests.push(self.request_view(standing, request, unasked).await?);
        }
        let term = chain.requests.as_ref().map(|act| CureTermView {
            days: act.term.0,
            notified_on: act.notified_on.to_string(),
            due: chain.due.unwrap_or(act.due).to_string(),
            over: chain.expired(standing.now),
            working: rows(&act.working),
            legal_basis: act.legal_basis.clone(),
            unverified: act.unverified.clone(),
        });
        Ok(CuringView {
            regime: pack.id.clone(),
            number: chain.requests.as_ref().map(|act| act.number),
            days_allowed: days_allowed(pack).map(|(least, most, _)| (least.0, most.0)),
            limits: limits(pack).into_iter().map(|limit| limit.text).collect(),
            errors: nameable_errors().into_iter().map(|(key, name)| CureErrorName { key, name }).collect(),
            candidates: standing.candidates().iter().map(|found| standing.candidate_view(found)).collect(),
            defects: standing.defects()?,
            requests,
            bids,
            term,
            notice: chain.notification.as_ref().map(|told| CureNoticeView {
                at: told.notified.to_string(),
                channel: told.channel.clone(),
                proof: told.proof.clone(),
                to_all: chain.notified_to_all(),
                said: standing.said(told.author, told.at),
            }),
            request_blocked: standing.requests_blocked()?,
            notice_blocked: standing.notice_blocked(),
            requested: chain
                .requests
                .as_ref()
                .map_or_else(CureSaid::default, |act| standing.said(act.author, act.at)),
        })
    }

    async fn request_view(
        &self,
        standing: &Standing,
        request: &CureRequest,
        unasked: Option<usize>,
    ) -> Result<CureRequestView, CaseworkError> {
        let state = standing.chain.state(request, standing.now);
        let result = standing.chain.results.get(&request.number);
        let document = if request.section.is_empty() {
            request.document.clone()
        } else {
            format!("{}, {}", request.document, request.section)
        };
        Ok(CureRequestView {
            number: request.number,
            bid: request.bid.to_string(),
            bid_number: standing.number_of(request.bid),
            bid_name: standing.name_of(request.bid),
            requirement: request.requirement.to_string(),
            requirement_number: standing
                .judgement
                .requirement(&request.requirement)
                .map_or(0, |(number, _)| number),
            nature: nature(request.nature).into(),
            error: request.error.clone(),
            error_name: error_name(&request.error),
            reason: request.reason.clone(),
            legal_basis: request.legal_basis.clone(),
            unverified: request.unverified_norms.clone(),
            document,
            defect: request.defect.clone(),
            to_cure: request.to_cure.clone(),
            existed_before: match request.existed_before {
                ExistedBefore::NotRequired => "not_required",
                ExistedBefore::Shown => "shown",
                ExistedBefore::ToBeShown => "to_be_shown",
            }
            .into(),
            recalculation: rows(&request.recalculation),
            evidence: request.evidence.iter().map(place).collect(),
            state: state_name(state).into(),
            state_text: message(&format!("curing.desk.state.{}", state_name(state)), &[]),
            checked: self.checked(standing, request).await?,
            result: result.map(|result| verdict_name(result.result).into()),
            motivation: result.map(|result| motivation_view(&result.motivation)),
            corrected_total: result.and_then(|result| result.corrected_total).map(|total| total.to_string()),
            unasked: result.map_or_else(String::new, |result| result.unasked.clone()),
            resolved: result.map_or_else(CureSaid::default, |result| standing.said(result.author, result.at)),
            choices: standing.result_choices(request, unasked)?,
        })
    }
}

/// Names an error for people; a key that no form has is shown as it is.
fn error_name(key: &str) -> String {
    let known = nameable_errors().into_iter().find(|(own, _)| own == key);
    known.map_or_else(|| key.to_owned(), |(_, name)| name)
}

fn state_name(state: CureState) -> &'static str {
    match state {
        CureState::Requested => "requested",
        CureState::Running => "running",
        CureState::Answered => "answered",
        CureState::AnsweredLate => "answered_late",
        CureState::Silent => "silent",
        CureState::Resolved => "resolved",
    }
}

pub(super) fn verdict_name(verdict: CureVerdict) -> &'static str {
    match verdict {
        CureVerdict::Convalidado => "convalidado",
        CureVerdict::Parcial => "parcial",
        CureVerdict::NoConvalidado => "no_convalidado",
    }
}

pub(super) fn motivation_view(motivation: &Motivation) -> MotivationView {
    MotivationView {
        fact: motivation.fact.clone(),
        evidence: motivation.evidence.clone(),
        norm: motivation.norm.clone(),
        conclusion: motivation.conclusion.clone(),
    }
}
