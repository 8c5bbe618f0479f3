//! What the actas of this part state, gathered from the acts: for the room that typesets them.

use super::outcomes::recorded;
use super::{Standing, lot};
use crate::CaseworkError;
use crate::desk::{Desk, labels};
use cotejo_catalogue::message;
use cotejo_domain::course::{CureRequest, Recommended};
use cotejo_domain::{BidId, Outcome};
use cotejo_procedure::curing::errors::limits;
use cotejo_procedure::curing::outcome::cause_name;
use cotejo_procedure::curing::papers::{
    BidName, NegotiationPaper, OutcomeRow, RecommendationPaper, RequestPaper, RequestRow, ResultRow,
    ResultsPaper,
};
use std::collections::BTreeSet;

/// Holds the papers of this part as far as they were recorded, with the slots of the acts that each states: an acta that states them seals them.
#[derive(Clone, Debug, Default)]
pub struct CuringPapers {
    /// The acta of verification and requests.
    pub requests: Option<RequestPaper>,
    /// The acta of results.
    pub results: Option<ResultsPaper>,
    /// How bids ended.
    pub outcomes: Vec<OutcomeRow>,
    /// The negotiations.
    pub negotiations: Vec<NegotiationPaper>,
    /// The recommendation.
    pub recommendation: Option<RecommendationPaper>,
    /// Slots of the acts behind all this, by what they begin with: `acto:cure_requested:…`.
    pub slots: Vec<String>,
}

impl Desk {
    /// Gathers what the actas of *convalidación*, results, negotiation and the informe state.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::Precondition`] without a rule pack.
    pub async fn curing_papers(&self, case: &str) -> Result<CuringPapers, CaseworkError> {
        let standing = self.standing(case).await?;
        let pack = standing.pack()?;
        let chain = &standing.chain;
        let mut papers = CuringPapers {
            slots: standing
                .acts
                .iter()
                .map(cotejo_domain::course::CourseAct::slot)
                .filter(|slot| OWN.iter().any(|own| slot.starts_with(own)))
                .collect(),
            ..CuringPapers::default()
        };
        if let Some(act) = &chain.requests {
            let asked: BTreeSet<BidId> = act.requests.iter().map(|request| request.bid).collect();
            let mut unverified = act.unverified.clone();
            for text in act.requests.iter().flat_map(|request| &request.unverified_norms) {
                if !unverified.contains(text) {
                    unverified.push(text.clone());
                }
            }
            papers.requests = Some(RequestPaper {
                number: act.number,
                requests: act.requests.iter().map(|request| row(&standing, request)).collect(),
                without: act
                    .bids
                    .iter()
                    .filter(|bid| !asked.contains(bid))
                    .map(|bid| name(&standing, *bid))
                    .collect(),
                days: act.term.0,
                due: act.due,
                working: act.working.clone(),
                legal_basis: act.legal_basis.clone(),
                unverified,
                notified: chain
                    .notification
                    .as_ref()
                    .map(|told| (told.notified, told.channel.clone(), told.proof.clone())),
                limits: limits(pack).into_iter().map(|limit| limit.text).collect(),
            });
            papers.results = (!chain.results.is_empty()).then(|| ResultsPaper {
                number: act.number,
                due: chain.due,
                rows: act.requests.iter().map(|request| result_row(&standing, request)).collect(),
            });
        }
        papers.outcomes = outcome_rows(&standing);
        papers.negotiations = lot::sessions(&standing)
            .map(|held| NegotiationPaper {
                bid: name(&standing, held.bid),
                held: held.held,
                place: held.place.clone(),
                attendants: held.attendants.clone(),
                budget: held.budget,
                initial: held.initial,
                agreed: held.agreed,
                working: held.working.clone(),
                terms: held.terms.clone(),
                legal_basis: held.legal_basis.clone(),
            })
            .collect();
        papers.recommendation = lot::recommended(&standing).map(|said| RecommendationPaper {
            recommended: said.recommended.clone(),
            bid: match said.recommended {
                Recommended::Adjudicar { bid, .. } => Some(name(&standing, bid)),
                _ => None,
            },
            text: lot::sentence(&standing, &said.recommended),
            order: said.order.iter().map(|bid| name(&standing, *bid)).collect(),
            outcomes: outcome_rows(&standing),
            legal_basis: said.legal_basis.clone(),
            motivation: said.motivation.clone(),
            departure: said.departure.clone(),
        });
        Ok(papers)
    }
}

/// What the slots of the acts of this part begin with.
const OWN: [&str; 9] = [
    "acto:defect_said:",
    "acto:signature_constated:",
    "acto:cure_requested:",
    "acto:cure_notified:",
    "acto:cure_answered:",
    "acto:cure_resolved:",
    "acto:bid_ended:",
    "acto:negotiation_held:",
    "acto:recommended:",
];

fn name(standing: &Standing, bid: BidId) -> BidName {
    let judged = standing.judgement.bid(bid);
    BidName {
        bid,
        number: standing.number_of(bid),
        name: standing.name_of(bid),
        ruc: judged.and_then(|judged| judged.bid.bidder.ruc.as_ref()).map(ToString::to_string),
    }
}

fn row(standing: &Standing, request: &CureRequest) -> RequestRow {
    let requirement = standing.judgement.requirement(&request.requirement).map_or_else(
        || request.requirement.to_string(),
        |(number, found)| format!("{number}. {}", labels::short_title(&found.text)),
    );
    let parts = [request.document.as_str(), request.section.as_str()];
    let place: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    RequestRow {
        number: request.number,
        bid: name(standing, request.bid),
        requirement,
        place: place.join(", "),
        defect: request.defect.clone(),
        nature: message(&format!("curing.desk.nature.{}", super::requests::nature(request.nature)), &[]),
        legal_basis: request.legal_basis.clone(),
        to_cure: request.to_cure.clone(),
        existed_before: request.existed_before,
        recalculation: request.recalculation.clone(),
        evidence: request.evidence.clone(),
    }
}

fn result_row(standing: &Standing, request: &CureRequest) -> ResultRow {
    let answer = standing.chain.answers.get(&request.bid);
    let result = standing.chain.results.get(&request.number);
    ResultRow {
        request: row(standing, request),
        received: answer.and_then(|answer| answer.received),
        files: answer.map_or_else(Vec::new, |answer| {
            answer.files.iter().map(|file| (file.path.clone(), file.hash.to_string())).collect()
        }),
        in_time: standing.chain.in_time(request.bid),
        result: result.map(|result| result.result),
        motivation: result.map(|result| result.motivation.clone()).unwrap_or_default(),
        unasked: result.map_or_else(String::new, |result| result.unasked.clone()),
        corrected_total: result.and_then(|result| result.corrected_total),
    }
}

fn outcome_rows(standing: &Standing) -> Vec<OutcomeRow> {
    let bids = standing.judgement.bids.iter().map(|bid| bid.bid.id);
    let ended =
        bids.filter_map(|bid| recorded(standing, bid)).filter(|said| said.outcome != Outcome::Pendiente);
    ended
        .map(|said| OutcomeRow {
            bid: name(standing, said.bid),
            outcome: said.outcome.clone(),
            word: said.word.clone(),
            cause: match &said.outcome {
                Outcome::Rechazada { cause } | Outcome::Inhabilitada { cause } => cause_name(cause),
                _ => String::new(),
            },
            legal_basis: said.legal_basis.clone(),
            motivation: said.motivation.clone(),
        })
        .collect()
}
