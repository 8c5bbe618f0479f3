//! Validating the bidders of a case: the registries are asked about each bidder's number and its partners', and what they say is kept.

use super::Desk;
use super::open_case::OpenCase;
use super::registry;
use crate::CaseworkError;
use crate::services::{Services, SimulatorAt, is_silent};
use crate::supplier::{
    KeptConsultation, by_hand, never_asked_finding, offline_finding, silent_finding, sri_not_asked,
    sri_source, view_of,
};
use crate::view::{BidSupplier, BidValidation, Cancellation, SourceView, ValidationView};
use cotejo_catalogue::message;
use cotejo_domain::{BidderKind, Ruc};
use cotejo_registries::{Answer, structure};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What one round of questions came to.
#[derive(Default)]
struct Round {
    asked: u32,
    unanswered: u32,
    /// Numbers that were not asked about because the service had stopped answering.
    left: BTreeSet<Ruc>,
}

impl Desk {
    /// Asks the registries about every bidder of a case and its partners, keeps the answers, and shows them. `tell` hears which number
    /// is being asked about, and how many there are. Offline nothing is sent.
    ///
    /// # Errors
    /// When the case cannot be opened or written, or the network cannot be set up. That a registry does not answer is no error.
    pub async fn validate_bidders(
        &self,
        case: &str,
        simulator: Option<&SimulatorAt>,
        tell: &(dyn Fn(u32, u32) + Send + Sync),
        cancellation: &Cancellation,
    ) -> Result<ValidationView, CaseworkError> {
        let open = self.opened(case).await?;
        let mut round = Round::default();
        if !self.offline {
            let services = self.services(simulator).await?;
            let judgement = open.judgement().await?;
            let mut numbers: Vec<Ruc> = Vec::new();
            for ruc in judgement.bids.iter().flat_map(|bid| registry::numbers(bid)) {
                if !numbers.contains(&ruc) {
                    numbers.push(ruc);
                }
            }
            let done = ask(&open, &services, numbers, tell, cancellation, &mut round).await;
            // Whatever was kept counts, also when the round broke off.
            open.forget().await;
            done?;
        }
        self.show(&open, &round).await
    }

    /// Shows what registries said of the bidders of a case, without asking anybody.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn validation(&self, case: &str) -> Result<ValidationView, CaseworkError> {
        let open = self.opened(case).await?;
        self.show(&open, &Round::default()).await
    }

    async fn services(&self, simulator: Option<&SimulatorAt>) -> Result<Services, CaseworkError> {
        let clock = Arc::clone(&self.profile.ports().clock);
        match simulator {
            Some(_) => Services::new(self.offline, simulator, clock),
            // One client for the desk: its pace holds from one round to the next.
            None => self
                .services
                .get_or_try_init(|| async { Services::new(self.offline, None, clock) })
                .await
                .cloned(),
        }
    }

    async fn show(&self, open: &OpenCase, round: &Round) -> Result<ValidationView, CaseworkError> {
        let judgement = open.judgement().await?;
        let mut simulated = false;
        let mut bids = Vec::new();
        let notes = open.case.source_notes().await?;
        let decided = super::matrix::Decided::of(&open.case).await?;
        for judged in &judgement.bids {
            let bidder = &judged.bid.bidder;
            let mut suppliers = Vec::new();
            for ruc in registry::numbers(judged) {
                let history = registry::history(&open.case, &ruc).await?;
                let of_simulator = history.iter().any(|kept| kept.simulated);
                simulated |= of_simulator;
                let mut sources = self.sri_sources(&history, round.left.contains(&ruc));
                sources.extend(by_hand(&ruc).map(|source| {
                    let noted = notes.iter().find(|note| {
                        note.ruc == ruc.as_str() && source.key.as_deref() == Some(note.source.as_str())
                    });
                    let note = noted.map(|note| super::source_notes::view_of(note, &decided));
                    crate::view::SourceView { note, ..source }
                }));
                let partner = bidder.members.iter().find(|member| member.ruc.as_ref() == Some(&ruc));
                let own = bidder.ruc.as_ref() == Some(&ruc);
                let name = match partner {
                    Some(partner) => Some(&partner.name).filter(|name| name.as_str() != ruc.as_str()),
                    None => Some(&bidder.name).filter(|name| own && **name != judged.source),
                };
                suppliers.push(BidSupplier {
                    name: name.cloned(),
                    partner: bidder.kind == BidderKind::Consorcio && !own,
                    supplier: view_of(
                        ruc.as_str(),
                        &structure(ruc.as_str()),
                        self.offline,
                        of_simulator,
                        sources,
                    ),
                });
            }
            let notice =
                if suppliers.is_empty() { message("registries.no_number", &[]) } else { String::new() };
            bids.push(BidValidation {
                bid: judged.bid.id.to_string(),
                number: judged.number,
                bidder: bidder.name.clone(),
                notice,
                suppliers,
            });
        }
        Ok(ValidationView {
            offline: self.offline,
            simulated,
            asked: round.asked,
            unanswered: round.unanswered,
            bids,
        })
    }

    /// The answer that counts, and beside it the last attempt where that failed.
    fn sri_sources(&self, history: &[KeptConsultation], left: bool) -> Vec<SourceView> {
        let Some(standing) = registry::standing(history) else {
            let why = match (self.offline, left) {
                (true, _) => offline_finding(),
                (false, true) => silent_finding("SRI"),
                (false, false) => never_asked_finding(),
            };
            return vec![sri_not_asked(why)];
        };
        let mut sources = vec![sri_source(standing)];
        sources.extend(history.last().filter(|last| *last != standing).map(sri_source));
        sources
    }
}

async fn ask(
    open: &OpenCase,
    services: &Services,
    numbers: Vec<Ruc>,
    tell: &(dyn Fn(u32, u32) + Send + Sync),
    cancellation: &Cancellation,
    round: &mut Round,
) -> Result<(), CaseworkError> {
    let sri = services.sri();
    let all = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let mut silent = false;
    for ruc in numbers {
        if silent || cancellation.is_cancelled() {
            round.left.insert(ruc);
            continue;
        }
        tell(round.asked + 1, all);
        let consultation = sri.taxpayer(&ruc).await;
        round.asked += 1;
        // First the raw answer, then what points to it.
        if let Some(exchange) = &consultation.exchange {
            open.case.store_original(exchange.body.clone()).await?;
        }
        if let Answer::Unknown(finding) = &consultation.answer {
            round.unanswered += 1;
            silent = is_silent(finding);
        }
        registry::keep(&open.case, &ruc, KeptConsultation::of(&consultation, services)).await?;
    }
    round.unanswered += u32::try_from(round.left.len()).unwrap_or(u32::MAX);
    Ok(())
}
