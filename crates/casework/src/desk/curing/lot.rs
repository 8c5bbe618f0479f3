//! What follows for the lot: negotiation and recommendation.

use super::outcomes::{price, recorded};
use super::show::motivation_view;
use super::{Standing, accept, moment, money, motivation, refuse, rows};
use crate::CaseworkError;
use crate::contract::PointAnswers;
use crate::desk::Desk;
use crate::view::{
    CureErrorName, CureSaid, NegotiableBid, NegotiationOrder, NegotiationView, NegotiationsView,
    RecommendationOrder, RecommendationView,
};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, Negotiation, Recommendation, Recommended};
use cotejo_domain::{BidId, Code, Money, Outcome, ProcedureType, Reason};
use cotejo_procedure::curing::chain::CureState;
use cotejo_procedure::curing::negotiation::{
    AfterNegotiation, NegotiationKind, after_negotiation, faults_of_negotiation, negotiation_kind,
    negotiation_rule, rebate,
};
use cotejo_procedure::curing::recommendation::{
    LotCourse, RecommendationProposal, faults_of_recommendation, propose_recommendation,
};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::BTreeMap;

/// What a recommendation is derived from, gathered.
struct Gathered {
    outcomes: BTreeMap<BidId, Option<Outcome>>,
    order: Vec<Vec<BidId>>,
    provisional: Vec<Reason>,
    prices: BTreeMap<BidId, Money>,
    open: Vec<Reason>,
}

impl Desk {
    /// Shows the negotiations of a case and what they must come to.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack.
    pub async fn negotiations(&self, case: &str) -> Result<NegotiationsView, CaseworkError> {
        let standing = self.standing(case).await?;
        let gathered = self.gathered(&standing, &RecommendationOrder::default()).await?;
        let process = &standing.judgement.state.process;
        let kind = negotiation_kind(process.procedure);
        let mut view = NegotiationsView {
            possible: kind.is_some(),
            minimum: None,
            highest: None,
            remarks: Vec::new(),
            legal_basis: Vec::new(),
            unverified: Vec::new(),
            sessions: sessions(&standing).map(|held| session_view(&standing, held)).collect(),
            follows: String::new(),
            next: None,
            bids: Vec::new(),
        };
        match negotiation_rule(standing.pack()?, process.procedure, None, single(&gathered.outcomes)) {
            Ok(rule) => {
                view.minimum = rule.minimum.map(|minimum| minimum.normalize().to_string());
                let highest = rule.minimum.zip(lot_budget(&standing)).and_then(|(minimum, budget)| {
                    let rest = Decimal::ONE_HUNDRED.checked_sub(minimum)?;
                    budget.0.checked_mul(rest)?.checked_div(Decimal::ONE_HUNDRED)
                });
                // The most that may be agreed in whole cents: rounded up it would not reach the least rebate.
                view.highest = highest
                    .map(|highest| highest.round_dp_with_strategy(2, RoundingStrategy::ToZero).to_string());
                view.legal_basis = rule.ground.legal_basis;
                view.unverified = rule.ground.unverified;
            }
            Err(reason) => view.remarks.push(reason.text),
        }
        view.bids = negotiable(&standing, &gathered, kind.is_some());
        if let Some(kind) = kind {
            let order = qualified(&gathered);
            let held: Vec<&Negotiation> = sessions(&standing).collect();
            view.follows = match after_negotiation(kind, &order, &held) {
                AfterNegotiation::Agreed { bid, amount } => message(
                    "curing.desk.agreed",
                    &[("oferente", &standing.name_of(bid)), ("monto", &amount.spanish())],
                ),
                AfterNegotiation::Next { bid } => {
                    view.next = Some(bid.to_string());
                    message("curing.desk.next", &[("oferente", &standing.name_of(bid))])
                }
                // Nobody qualified yet: there is nothing to follow.
                AfterNegotiation::NobodyLeft if held.is_empty() => String::new(),
                AfterNegotiation::NobodyLeft => message("curing.desk.nobody_left", &[]),
            };
        }
        Ok(view)
    }

    /// Records a session of negotiation.
    ///
    /// # Errors
    /// [`Code::Precondition`] when the bid did not qualify, the rebate is below the least one, or a session stands against it.
    pub async fn negotiate(
        &self,
        case: &str,
        order: &NegotiationOrder,
    ) -> Result<NegotiationsView, CaseworkError> {
        let standing = self.standing_with(case, &order.bid).await?;
        let bid = standing.bid(&order.bid)?.bid.id;
        let process = &standing.judgement.state.process;
        let stated: Option<Decimal> = match &order.minimum {
            Some(text) => Some(money(text)?.0),
            None => None,
        };
        // The pliego prevails over the pack, and where it stands is said.
        if stated.is_some() && order.terms.trim().is_empty() {
            return Err(CaseworkError::refused(Code::Precondition, "curing.desk.where_minimum", ""));
        }
        let alone = standing
            .judgement
            .bids
            .iter()
            .filter(|judged| {
                recorded(&standing, judged.bid.id).is_some_and(|said| said.outcome == Outcome::Calificada)
            })
            .count()
            == 1;
        let rule = negotiation_rule(standing.pack()?, process.procedure, stated, alone)
            .map_err(|reason| refuse(&[reason]))?;
        let initial = match &order.initial {
            Some(text) => money(text)?,
            None => price(&standing, bid)
                .ok_or_else(|| CaseworkError::refused(Code::Precondition, "curing.desk.no_price", ""))?,
        };
        let agreed = match &order.agreed {
            Some(text) => Some(money(text)?),
            None => None,
        };
        let held: Vec<&Negotiation> = sessions(&standing).collect();
        let mut draft = Negotiation {
            lot: standing.lot,
            bid,
            session: 1,
            held: moment(&order.held)?,
            modality: None,
            place: order.place.clone(),
            attendants: order.attendants.clone(),
            budget: lot_budget(&standing),
            initial,
            agreed,
            terms: order.terms.clone(),
            legal_basis: rule.ground.legal_basis.clone(),
            unverified_norms: rule.ground.unverified.clone(),
            working: Vec::new(),
            author: self.actor.id,
            at: self.now(),
        };
        let qualified = recorded(&standing, bid).is_some_and(|said| said.outcome == Outcome::Calificada);
        accept(faults_of_negotiation(&rule, &draft, qualified, &held, standing.now))?;
        if let Some(agreed) = agreed {
            draft.working = rebate(&rule, lot_budget(&standing), initial, agreed)
                .map_err(|faults| refuse(&faults))?
                .working;
        }
        self.record_cure(&standing.open, CourseAct::NegotiationHeld(draft), Vec::new()).await?;
        self.negotiations(&standing.address()).await
    }

    /// Shows what follows from outcomes and order, and what was recommended.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack.
    pub async fn recommendation(&self, case: &str) -> Result<RecommendationView, CaseworkError> {
        let standing = self.standing(case).await?;
        let gathered = self.gathered(&standing, &RecommendationOrder::default()).await?;
        let held: Vec<&Negotiation> = sessions(&standing).collect();
        let proposal = propose_recommendation(&lot_course(&standing, &gathered, &held)?);
        let mut view = recommendation_view(&standing, &proposal);
        view.bids = negotiable(&standing, &gathered, true);
        view.bids.retain(|bid| bid.blocked.is_empty());
        view.choices = standing.advice_choices(&lot_course(&standing, &gathered, &held)?, &proposal);
        Ok(view)
    }

    /// Records what is recommended.
    ///
    /// # Errors
    /// [`Code::Precondition`] while something is open, for a bid that is not first, a ground outside of the closed list, or a motivation that
    /// lacks a part.
    pub async fn recommend(
        &self,
        case: &str,
        order: &RecommendationOrder,
    ) -> Result<RecommendationView, CaseworkError> {
        let standing = self.standing_with(case, order.bid.as_deref().unwrap_or_default()).await?;
        let gathered = self.gathered(&standing, order).await?;
        let held: Vec<&Negotiation> = sessions(&standing).collect();
        let course = lot_course(&standing, &gathered, &held)?;
        let proposal = propose_recommendation(&course);
        let recommended = match order.kind.as_str() {
            "" => match &proposal.recommended {
                Some(found) => found.clone(),
                None => return Err(refuse(&open_or(&proposal))),
            },
            "adjudicar" => {
                let bid = standing.bid(order.bid.as_deref().unwrap_or_default())?.bid.id;
                let known = match &proposal.recommended {
                    Some(Recommended::Adjudicar { bid: first, amount }) if *first == bid => Some(*amount),
                    _ => gathered.prices.get(&bid).copied(),
                };
                let amount = match &order.amount {
                    Some(text) => Some(money(text)?),
                    None => known,
                };
                let no_price = || CaseworkError::refused(Code::Precondition, "curing.desk.no_price", "");
                Recommended::Adjudicar { bid, amount: amount.ok_or_else(no_price)? }
            }
            "desierto" => Recommended::Desierto { ground: order.ground.clone() },
            "cancelar" => Recommended::Cancelar { ground: order.ground.clone() },
            other => {
                return Err(CaseworkError::refused(Code::WrongUse, "curing.desk.bad_recommendation", other));
            }
        };
        let mut reasons = motivation(&order.motivation);
        if reasons.norm.trim().is_empty() {
            reasons.norm = crate::desk::papers::cited(&proposal.ground.legal_basis);
        }
        let mut departure = order.departure.clone();
        if !order.prices.is_empty() {
            let said = message("curing.desk.order_stated", &[("fuente", &order.prices_source)]);
            departure = if departure.trim().is_empty() { said } else { format!("{departure} {said}") };
        }
        let draft = Recommendation {
            lot: standing.lot,
            recommended,
            order: proposal.order.clone(),
            legal_basis: proposal.ground.legal_basis.clone(),
            unverified_norms: proposal.ground.unverified.clone(),
            motivation: reasons,
            departure,
            evidence: Vec::new(),
            author: self.actor.id,
            at: self.now(),
        };
        accept(faults_of_recommendation(&course, &proposal, &draft))?;
        self.record_cure(&standing.open, CourseAct::Recommended(draft), Vec::new()).await?;
        self.recommendation(&standing.address()).await
    }

    /// Gathers outcomes, order, prices, and what stands open.
    async fn gathered(
        &self,
        standing: &Standing,
        order: &RecommendationOrder,
    ) -> Result<Gathered, CaseworkError> {
        let bids: Vec<BidId> = standing.judgement.bids.iter().map(|bid| bid.bid.id).collect();
        let mut gathered = Gathered {
            outcomes: bids
                .iter()
                .map(|bid| (*bid, recorded(standing, *bid).map(|said| said.outcome.clone())))
                .collect(),
            order: Vec::new(),
            provisional: Vec::new(),
            prices: bids.iter().filter_map(|bid| Some((*bid, price(standing, *bid)?))).collect(),
            open: Vec::new(),
        };
        let waits = standing.chain.requests.iter().flat_map(|act| &act.requests);
        if waits.into_iter().any(|request| standing.chain.state(request, standing.now) != CureState::Resolved)
        {
            gathered.open.push(reason("curing.recomendar.convalidacion_abierta"));
        }
        if !order.prices.is_empty() {
            if order.prices_source.trim().is_empty() {
                return Err(CaseworkError::refused(Code::Precondition, "curing.desk.where_prices", ""));
            }
            let mut places: BTreeMap<Money, Vec<BidId>> = BTreeMap::new();
            for stated in &order.prices {
                let bid = standing.bid(&stated.bid)?.bid.id;
                let amount = money(&stated.amount)?;
                gathered.prices.insert(bid, amount);
                places.entry(amount).or_default().push(bid);
            }
            gathered.order = places.into_values().collect();
            return Ok(gathered);
        }
        match standing.judgement.state.process.procedure {
            // The order of a subasta inversa comes from its puja, which the Portal holds.
            ProcedureType::Sie => {
                let qualified = gathered
                    .outcomes
                    .values()
                    .filter(|outcome| **outcome == Some(Outcome::Calificada))
                    .count();
                if qualified > 1 {
                    gathered.provisional.push(reason("curing.desk.puja"));
                }
            }
            // Nothing gives points in an ínfima cuantía: the proformas stand by price, and a person who takes another says why.
            ProcedureType::Infima => {
                let mut places: BTreeMap<Money, Vec<BidId>> = BTreeMap::new();
                for (bid, price) in &gathered.prices {
                    places.entry(price.rounded()).or_default().push(*bid);
                }
                gathered.order = places.into_values().collect();
            }
            _ => self.order_by_points(standing, &mut gathered).await?,
        }
        Ok(gathered)
    }

    async fn order_by_points(
        &self,
        standing: &Standing,
        gathered: &mut Gathered,
    ) -> Result<(), CaseworkError> {
        let points = match self.points(&standing.address(), PointAnswers::default()).await {
            Ok(points) => points,
            // Without pliego there are no points; one bid alone needs none.
            Err(error) if error.code() == Code::Precondition => return Ok(()),
            Err(error) => return Err(error),
        };
        let id = |number: u32| {
            standing.judgement.bids.iter().find(|bid| bid.number == number).map(|bid| bid.bid.id)
        };
        gathered.order = points
            .motivated
            .order
            .iter()
            .map(|place| place.bids.iter().filter_map(|number| id(*number)).collect())
            .collect();
        if points.motivated.provisional {
            let notes: Vec<String> = points.motivated.notes.iter().map(|note| note.text.clone()).collect();
            let text = message("curing.recomendar.orden_provisional", &[("motivo", &notes.join(" "))]);
            gathered.provisional.push(Reason { code: "curing.recomendar.orden_provisional".into(), text });
        }
        Ok(())
    }
}

fn reason(code: &str) -> Reason {
    Reason { code: code.to_owned(), text: message(code, &[]) }
}

fn open_or(proposal: &RecommendationProposal) -> Vec<Reason> {
    if proposal.open.is_empty() { proposal.reasons.clone() } else { proposal.open.clone() }
}

/// Returns the budget that measures the prices of the lot: its own, where the process has several; that of the whole is not taken for it.
fn lot_budget(standing: &Standing) -> Option<Money> {
    let state = &standing.judgement.state;
    match state.lots.as_slice() {
        [] | [_] => state.process.budget,
        lots => lots.iter().find(|lot| lot.id == standing.lot).and_then(|lot| lot.budget),
    }
}

/// Tells whether one bid alone qualified.
fn single(outcomes: &BTreeMap<BidId, Option<Outcome>>) -> bool {
    outcomes.values().filter(|outcome| **outcome == Some(Outcome::Calificada)).count() == 1
}

fn qualified(gathered: &Gathered) -> Vec<BidId> {
    let is = |bid: &BidId| gathered.outcomes.get(bid) == Some(&Some(Outcome::Calificada));
    let ordered: Vec<BidId> = gathered.order.iter().flatten().copied().filter(is).collect();
    if ordered.is_empty() { gathered.outcomes.keys().copied().filter(is).collect() } else { ordered }
}

/// Lists the sessions that hold, the oldest first.
pub(super) fn sessions(standing: &Standing) -> impl Iterator<Item = &Negotiation> {
    standing.acts.iter().filter_map(|act| match act {
        CourseAct::NegotiationHeld(held) if held.lot == standing.lot => Some(held),
        _ => None,
    })
}

fn session_view(standing: &Standing, held: &Negotiation) -> NegotiationView {
    NegotiationView {
        bid: held.bid.to_string(),
        number: standing.number_of(held.bid),
        name: standing.name_of(held.bid),
        session: held.session,
        held: held.held.to_string(),
        place: held.place.clone(),
        attendants: held.attendants.clone(),
        initial: held.initial.to_string(),
        agreed: held.agreed.map(|agreed| agreed.to_string()),
        working: rows(&held.working),
        legal_basis: held.legal_basis.clone(),
        terms: held.terms.clone(),
        said: standing.said(held.author, held.at),
    }
}

/// Lists the bids with their prices and, for those that did not qualify, why nothing is negotiated with them.
fn negotiable(standing: &Standing, gathered: &Gathered, possible: bool) -> Vec<NegotiableBid> {
    let bids = standing.judgement.bids.iter().filter(|_| possible);
    bids.map(|judged| {
        let bid = judged.bid.id;
        let qualified = gathered.outcomes.get(&bid) == Some(&Some(Outcome::Calificada));
        let why = (!qualified).then(|| message("curing.negociacion.no_calificada", &[]));
        NegotiableBid {
            bid: bid.to_string(),
            number: judged.number,
            name: judged.bid.bidder.name.clone(),
            price: gathered.prices.get(&bid).map(ToString::to_string),
            blocked: why.into_iter().collect(),
        }
    })
    .collect()
}

fn lot_course<'a>(
    standing: &'a Standing,
    gathered: &'a Gathered,
    negotiations: &'a [&'a Negotiation],
) -> Result<LotCourse<'a>, CaseworkError> {
    let kind = negotiation_kind(standing.judgement.state.process.procedure);
    Ok(LotCourse {
        pack: standing.pack()?,
        // An invitation is negotiated only where somebody did.
        negotiation: kind.filter(|kind| *kind != NegotiationKind::Invitacion || !negotiations.is_empty()),
        outcomes: &gathered.outcomes,
        order: &gathered.order,
        provisional: &gathered.provisional,
        budget: lot_budget(standing),
        prices: &gathered.prices,
        negotiations,
        open: &gathered.open,
    })
}

/// Returns what was recommended, as recorded.
pub(super) fn recommended(standing: &Standing) -> Option<&Recommendation> {
    standing.acts.iter().rev().find_map(|act| match act {
        CourseAct::Recommended(said) if said.lot == standing.lot => Some(said),
        _ => None,
    })
}

/// Says a recommendation in one sentence.
pub(super) fn sentence(standing: &Standing, recommended: &Recommended) -> String {
    match recommended {
        Recommended::Adjudicar { bid, amount } => message(
            "curing.recomendar.texto.adjudicar",
            &[("oferente", &standing.name_of(*bid)), ("monto", &amount.spanish())],
        ),
        Recommended::Desierto { ground } => {
            message("curing.recomendar.texto.desierto", &[("causal", ground)])
        }
        Recommended::Cancelar { ground } => {
            message("curing.recomendar.texto.cancelar", &[("causal", ground)])
        }
    }
}

fn recommendation_view(standing: &Standing, proposal: &RecommendationProposal) -> RecommendationView {
    let said = recommended(standing);
    let numbers = |bids: &[BidId]| bids.iter().map(|bid| standing.number_of(*bid)).collect();
    let texts = |reasons: &[Reason]| reasons.iter().map(|reason| reason.text.clone()).collect();
    // What a person ordered by stated prices, or departed from, cannot be derived again.
    let derived = said.filter(|said| said.departure.is_empty());
    RecommendationView {
        recorded: said.map_or_else(String::new, |said| sentence(standing, &said.recommended)),
        kind: said.map(|said| {
            match said.recommended {
                Recommended::Adjudicar { .. } => "adjudicar",
                Recommended::Desierto { .. } => "desierto",
                Recommended::Cancelar { .. } => "cancelar",
            }
            .to_owned()
        }),
        review: derived.is_some_and(|said| proposal.recommended.as_ref() != Some(&said.recommended)),
        proposed: proposal.recommended.as_ref().map_or_else(String::new, |found| sentence(standing, found)),
        reasons: texts(&proposal.reasons),
        open: texts(&proposal.open),
        order: numbers(&proposal.order),
        tied: numbers(&proposal.tied),
        legal_basis: proposal.ground.legal_basis.clone(),
        unverified: proposal.ground.unverified.clone(),
        grounds: proposal
            .desierto_grounds
            .iter()
            .map(|(key, name)| CureErrorName { key: key.clone(), name: name.clone() })
            .collect(),
        bids: Vec::new(),
        choices: Vec::new(),
        motivation: said.map(|said| motivation_view(&said.motivation)),
        departure: said.map_or_else(String::new, |said| said.departure.clone()),
        said: said.map_or_else(CureSaid::default, |said| standing.said(said.author, said.at)),
    }
}
