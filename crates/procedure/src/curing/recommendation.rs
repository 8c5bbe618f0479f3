//! What is recommended to the máxima autoridad: derived from how the bids ended and their order, recorded by a person, refused while something
//! is open (RGL 88, 112; LOSNCP 31 and 32).

use super::errors::{Ground, reason};
use super::negotiation::{AfterNegotiation, NegotiationKind, after_negotiation};
use cotejo_catalogue::message;
use cotejo_domain::course::{Negotiation, Recommendation, Recommended};
use cotejo_domain::{BidId, Money, Outcome, Reason};
use cotejo_rules::scoring::{EndedBy, FinalPrice, final_price};
use cotejo_rules::{Answer, RulePack};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why no letter is proposed: what happened stands in none of those that were read.
const ASKED_LETTER: &str = "curing.recomendar.causal_que_corresponde";

/// Qualified bids for which the puja's report states no price.
const NO_PRICE: &str = "curing.recomendar.sin_postura";

/// Holds what a recommendation is derived from.
#[derive(Clone, Debug)]
pub struct LotCourse<'a> {
    /// The regime.
    pub pack: &'a RulePack,
    /// What kind of negotiation the procedure has; `None` where it has none.
    pub negotiation: Option<NegotiationKind>,
    /// How each bid ended; `None` or *pendiente* while it did not.
    pub outcomes: &'a BTreeMap<BidId, Option<Outcome>>,
    /// Places of the order by points or price, first to last; several in one place are a tie.
    pub order: &'a [Vec<BidId>],
    /// Why the order is not final; empty when it is.
    pub provisional: &'a [Reason],
    /// The *presupuesto referencial*, which measures the price that ends a puja.
    pub budget: Option<Money>,
    /// The price of each bid: as offered, as corrected on request, or as the puja left it.
    pub prices: &'a BTreeMap<BidId, Money>,
    /// The sessions that were held.
    pub negotiations: &'a [&'a Negotiation],
    /// Other things that stand open: claims, acts that wait.
    pub open: &'a [Reason],
}

/// Proposes what to recommend.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RecommendationProposal {
    /// What to recommend; `None` while something is open or nothing follows by itself.
    pub recommended: Option<Recommended>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// What is open: nothing can be recorded before it is closed.
    pub open: Vec<Reason>,
    /// The bids that qualified, in their order.
    pub order: Vec<BidId>,
    /// Bids that share the first place.
    pub tied: Vec<BidId>,
    /// The norm.
    pub ground: Ground,
    /// Grounds of *desierto* in the closed list of the regime, each with its words; empty where no list was seen.
    pub desierto_grounds: Vec<(String, String)>,
}

/// Lists the grounds of *desierto* of a regime, each with its words.
#[must_use]
pub fn desierto_grounds(pack: &RulePack) -> Vec<(String, String)> {
    let known = pack.settle::<Vec<String>>("desierto_causas", None, None).known();
    let keys = known.map(|value| value.value).unwrap_or_default();
    keys.into_iter()
        .map(|key| {
            let text = message(&format!("curing.desierto.{key}"), &[]);
            (key, text)
        })
        .collect()
}

fn desierto_norm(pack: &RulePack) -> Ground {
    match pack.settle::<Vec<String>>("desierto_causas", None, None) {
        Answer::Known(value) => Ground::of("desierto_causas", &value, None),
        Answer::Ask { .. } => Ground::default(),
    }
}

fn award_norm(pack: &RulePack) -> Ground {
    match pack.settle::<serde_json::Value>("adjudicacion_precio_unico_parametro", None, None) {
        Answer::Known(value) => Ground::of("adjudicacion_precio_unico_parametro", &value, None),
        Answer::Ask { .. } => Ground::default(),
    }
}

/// Derives what to recommend. The order in which bids are handed in changes nothing.
#[must_use]
pub fn propose_recommendation(course: &LotCourse<'_>) -> RecommendationProposal {
    let mut proposal = RecommendationProposal {
        desierto_grounds: desierto_grounds(course.pack),
        open: course.open.to_vec(),
        ..RecommendationProposal::default()
    };
    let pending =
        course.outcomes.values().filter(|outcome| matches!(outcome, None | Some(Outcome::Pendiente))).count();
    if pending > 0 {
        proposal.open.push(reason("curing.recomendar.ofertas_abiertas", &[("numero", &pending.to_string())]));
    }
    let qualified = |bid: &BidId| matches!(course.outcomes.get(bid), Some(Some(Outcome::Calificada)));
    let number = course.outcomes.keys().filter(|bid| qualified(bid)).count();
    proposal.order = course.order.iter().flatten().copied().filter(qualified).collect();
    if number == 0 {
        return nobody(course, proposal, pending);
    }
    if proposal.order.len() < number {
        let without = (number - proposal.order.len()).to_string();
        // Who put no price in the Portal took no part in the puja; that nobody was forgotten, a person says.
        let took_no_part =
            course.negotiation == Some(NegotiationKind::SubastaInversa) && !proposal.order.is_empty();
        proposal.open.push(if took_no_part {
            reason(NO_PRICE, &[("numero", &without)])
        } else {
            reason("curing.recomendar.sin_orden", &[])
        });
        if took_no_part {
            no_price_in_the_portal(course.pack, &mut proposal);
        }
    }
    // One that qualified needs no order to be first.
    if number > 1 {
        proposal.open.extend(course.provisional.iter().cloned());
    }
    if number == 1 && proposal.order.is_empty() {
        proposal.order = course.outcomes.keys().copied().filter(qualified).collect();
        proposal.open.retain(|open| open.code != "curing.recomendar.sin_orden");
    }
    let first: Vec<BidId> = course
        .order
        .iter()
        .map(|place| place.iter().copied().filter(qualified).collect::<Vec<_>>())
        .find(|place| !place.is_empty())
        .unwrap_or_default();
    let negotiated = negotiate(course, &mut proposal);
    if negotiated.is_none() && first.len() > 1 {
        proposal.tied = first;
        proposal.tied.sort_unstable();
        proposal
            .open
            .push(reason("curing.recomendar.empate", &[("numero", &proposal.tied.len().to_string())]));
    }
    if !proposal.open.is_empty() {
        return proposal;
    }
    proposal.ground.join(award_norm(course.pack));
    match negotiated {
        Some(recommended) => proposal.recommended = Some(recommended),
        None => award(course, &mut proposal),
    }
    proposal
}

fn award(course: &LotCourse<'_>, proposal: &mut RecommendationProposal) {
    let Some(bid) = proposal.order.first().copied() else { return };
    match course.prices.get(&bid) {
        Some(amount) => {
            let key = if proposal.order.len() == 1 {
                "curing.recomendar.unica"
            } else {
                "curing.recomendar.primera"
            };
            proposal.reasons.push(reason(key, &[]));
            proposal.recommended = Some(Recommended::Adjudicar { bid, amount: *amount });
        }
        None => proposal.open.push(reason("curing.recomendar.sin_precio", &[])),
    }
}

/// Says what the negotiation leads to. `None` where the procedure goes on without one.
fn negotiate(course: &LotCourse<'_>, proposal: &mut RecommendationProposal) -> Option<Recommended> {
    let kind = course.negotiation?;
    let single = proposal.order.len() == 1;
    let held = !course.negotiations.is_empty();
    // In a subasta inversa with several bidders the puja comes first; a negotiation follows only where its price is not low enough.
    if kind == NegotiationKind::SubastaInversa && !single && !held {
        after_puja(course, proposal);
        return None;
    }
    if kind == NegotiationKind::Invitacion && !held {
        return None;
    }
    match after_negotiation(kind, &proposal.order, course.negotiations) {
        AfterNegotiation::Agreed { bid, amount } => {
            proposal.reasons.push(reason("curing.recomendar.negociada", &[("monto", &amount.spanish())]));
            Some(Recommended::Adjudicar { bid, amount })
        }
        AfterNegotiation::Next { .. } => {
            proposal.open.push(reason("curing.recomendar.negocie", &[]));
            None
        }
        AfterNegotiation::NobodyLeft => {
            // Which letter a failed negotiation falls under was not read: the person names it.
            proposal.open.push(reason("curing.recomendar.sin_acuerdo", &[]));
            None
        }
    }
}

/// Under the model of 2023 who puts no price in the Portal is disqualified: said beside the recommendation, with its mark.
fn no_price_in_the_portal(pack: &RulePack, proposal: &mut RecommendationProposal) {
    let key = "sie_sin_precio_en_portal_descalifica";
    if let Answer::Known(value) = pack.settle::<bool>(key, None, None)
        && value.value
    {
        proposal
            .reasons
            .push(reason("curing.recomendar.sin_precio_descalifica", &[("fuente", &value.source)]));
        proposal.ground.join(Ground::of(key, &value, None));
    }
}

/// The price that ended a puja must be far enough below the budget; else it is negotiated with the winner before anything is awarded (RGL 258.11, 260).
fn after_puja(course: &LotCourse<'_>, proposal: &mut RecommendationProposal) {
    let winner = proposal.order.first().and_then(|bid| course.prices.get(bid));
    let Some(price) = winner.copied() else { return };
    let Some(budget) = course.budget else {
        let missing = reason("curing.recomendar.sin_presupuesto", &[]);
        match course.pack.reverse_auction_reduction() {
            Answer::Known(_) => proposal.open.push(missing),
            Answer::Ask { .. } => proposal.reasons.push(missing),
        }
        return;
    };
    match final_price(price, budget, EndedBy::Puja, course.pack) {
        FinalPrice::LowEnough { highest } => {
            let values = [("precio", price.spanish()), ("maximo", highest.spanish())];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            proposal.reasons.push(reason("curing.recomendar.rebaja_alcanzada", &values));
        }
        FinalPrice::TooHigh { reason, .. } => proposal.open.push(reason),
        // The regime's rebate was not seen: the award stands with the question beside it.
        FinalPrice::Ask { question } => proposal.reasons.push(question),
    }
}

fn nobody(
    course: &LotCourse<'_>,
    mut proposal: RecommendationProposal,
    pending: usize,
) -> RecommendationProposal {
    if pending > 0 || !course.open.is_empty() {
        return proposal;
    }
    let disabled = |outcome: &Option<Outcome>| matches!(outcome, Some(Outcome::Inhabilitada { .. }));
    let (key, why) = if course.outcomes.is_empty() {
        ("a", "curing.recomendar.sin_ofertas")
    } else if course.outcomes.values().all(disabled) {
        ("b", "curing.recomendar.todas_inhabilitadas")
    } else {
        // Letter b speaks of bids that were disabled; of rejected and unqualified ones no letter was read: the person names it and says why.
        proposal.reasons.push(reason("curing.recomendar.ninguna_califica", &[]));
        proposal.reasons.push(reason(ASKED_LETTER, &[]));
        return proposal;
    };
    proposal.reasons.push(reason(why, &[]));
    if proposal.desierto_grounds.iter().any(|(known, _)| known == key) {
        proposal.ground = desierto_norm(course.pack);
        proposal.recommended = Some(Recommended::Desierto { ground: key.to_owned() });
    } else {
        proposal.reasons.push(reason("curing.recomendar.causal_pregunta", &[("regimen", &course.pack.id)]));
    }
    proposal
}

/// Lists why a recommendation cannot be recorded as it is.
#[must_use]
pub fn faults_of_recommendation(
    course: &LotCourse<'_>,
    proposal: &RecommendationProposal,
    draft: &Recommendation,
) -> Vec<Reason> {
    let settles = |open: &&Reason| {
        let code = open.code.as_str();
        match draft.recommended {
            // A tie is broken, and a failed negotiation ended, by what the person says.
            Recommended::Adjudicar { bid, amount } => {
                let known = course.prices.get(&bid) == Some(&amount);
                code == "curing.recomendar.empate" && proposal.tied.contains(&bid)
                    || code == NO_PRICE && proposal.order.first() == Some(&bid) && known
            }
            Recommended::Desierto { .. } => code == "curing.recomendar.sin_acuerdo",
            Recommended::Cancelar { .. } => false,
        }
    };
    let mut faults: Vec<Reason> = proposal.open.iter().filter(|open| !settles(open)).cloned().collect();
    if !draft.motivation.is_complete() {
        faults.push(reason("curing.falta.motivacion", &[]));
    }
    // A letter that is asked is no departure: its reasons are the motivation itself.
    let asked = matches!(draft.recommended, Recommended::Desierto { .. })
        && proposal.reasons.iter().any(|reason| reason.code == ASKED_LETTER);
    let departs = !asked && proposal.recommended.as_ref() != Some(&draft.recommended);
    if departs && draft.departure.trim().is_empty() {
        faults.push(reason("curing.recomendar.aparta", &[]));
    }
    match &draft.recommended {
        Recommended::Adjudicar { bid, amount } => {
            if !matches!(course.outcomes.get(bid), Some(Some(Outcome::Calificada))) {
                faults.push(reason("curing.recomendar.no_calificada", &[]));
            }
            // Whoever is not first is not awarded; a tie alone leaves a choice.
            let may = match &proposal.recommended {
                Some(Recommended::Adjudicar { bid: first, amount: price }) => {
                    if first == bid && price != amount {
                        faults.push(reason("curing.recomendar.otro_monto", &[("monto", &price.spanish())]));
                    }
                    first == bid
                }
                _ => proposal.tied.contains(bid) || !proposal.open.is_empty(),
            };
            if !may {
                faults.push(reason("curing.recomendar.no_es_primera", &[]));
            }
            if proposal.tied.contains(bid) && course.prices.get(bid).is_some_and(|price| price != amount) {
                let price = course.prices.get(bid).map_or_else(String::new, |price| price.spanish());
                faults.push(reason("curing.recomendar.otro_monto", &[("monto", &price)]));
            }
        }
        Recommended::Desierto { ground } => {
            ground_fault(&proposal.desierto_grounds, ground, draft, &mut faults);
            let closed = !proposal.desierto_grounds.is_empty();
            let disabled = |outcome: &Option<Outcome>| matches!(outcome, Some(Outcome::Inhabilitada { .. }));
            let fits = match ground.as_str() {
                "a" => course.outcomes.is_empty(),
                "b" => !course.outcomes.is_empty() && course.outcomes.values().all(disabled),
                _ => true,
            };
            if closed && !fits {
                faults.push(reason("curing.recomendar.causal_no_corresponde", &[("causal", ground)]));
            }
        }
        Recommended::Cancelar { ground } => {
            if ground.trim().is_empty() || draft.motivation.norm.trim().is_empty() {
                faults.push(reason("curing.recomendar.sin_causal", &[]));
            }
        }
    }
    faults
}

/// The ground must stand in the closed list; where no list was seen the person's citation is what it rests on.
fn ground_fault(list: &[(String, String)], ground: &str, draft: &Recommendation, faults: &mut Vec<Reason>) {
    if list.is_empty() {
        if ground.trim().is_empty() || draft.motivation.norm.trim().is_empty() {
            faults.push(reason("curing.recomendar.sin_causal", &[]));
        }
    } else if !list.iter().any(|(key, _)| key == ground) {
        let keys: Vec<&str> = list.iter().map(|(key, _)| key.as_str()).collect();
        faults.push(reason("curing.recomendar.causal_ajena", &[("causales", &keys.join(", "))]));
    }
}
