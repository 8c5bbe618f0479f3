//! Consultoría: the technical and the economic score in one, and its own ties.
//!
//! `Pe_i = 100 × POE_m / POE_i` and `PTO_i = c1 × Pt_i + c2 × Pe_i` (RGL 169 to 171; old Normativa Secundaria 203). Who has less than the technical
//! minimum is out (RGL 104): its envelope stays closed and its price is not the lowest. A tie goes to the higher technical score, then to the order of
//! the regime (RGL 170), at last to a draw of the Portal, which nobody computes here. Manual §4.9.

use super::exact::{Exact, decimal_spanish};
use super::model::{Given, Measure, Origin, Sourced, reason};
use super::technical_minimum::{NO_MINIMUM, WrittenMinimum};
use crate::{Answer, RulePack};
use cotejo_domain::{BidId, Money, Reason, TraceStep};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Holds the weights of both scores, as the pliego states them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// Of the technical score.
    pub technical: Decimal,
    /// Of the economic score.
    pub economic: Decimal,
}

/// Holds what a consultoría bid brings.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsultancyBid {
    /// The bid.
    pub bid: BidId,
    /// Its bidder.
    pub name: String,
    /// The exact technical score of 100; an error says what of it is asked.
    pub technical: Result<Exact, Reason>,
    /// The exact points by what they measure, for ties.
    pub parts: BTreeMap<Measure, Exact>,
    /// The price, once its envelope is open.
    pub price: Option<Given>,
}

/// Says what became of a bid.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ConsultancyOutcome {
    /// It has both scores.
    Scored {
        /// `100 × POE_m / POE_i`.
        economic: Exact,
        /// `c1 × Pt + c2 × Pe`.
        total: Exact,
        /// The total, rounded half up.
        rounded: Decimal,
        /// The computation, step by step.
        steps: Vec<TraceStep>,
        /// What is still open.
        provisional: Vec<Reason>,
    },
    /// Below the technical minimum: out.
    BelowMinimum {
        /// With which score and minimum.
        reason: Reason,
    },
    /// A person is asked.
    Ask {
        /// What.
        question: Reason,
    },
}

/// Holds the result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConsultancyScoring {
    /// One outcome for each bid, in their order.
    pub outcomes: Vec<(BidId, ConsultancyOutcome)>,
    /// The order; several bids in one place are a tie that only the draw of the Portal ends.
    pub places: Vec<Vec<BidId>>,
    /// Margins that the weights leave, ties and how they ended.
    pub notes: Vec<Reason>,
    /// True when a value of the pack that it rests on has not been verified.
    pub rests_on_unverified: bool,
}

/// Computes both scores and the order. The least technical score is the pliego's, as a person or its text says it; else the entity's or the
/// regime's; else it is asked, and nobody is scored or out.
#[must_use]
pub fn consultancy(
    bids: &[ConsultancyBid],
    weights: Option<&Sourced<Weights>>,
    written: Option<&WrittenMinimum>,
    pack: &RulePack,
) -> ConsultancyScoring {
    let rules = pack.consultancy();
    // Who is below the technical minimum is out whatever the weights are.
    let least = match (written, &rules) {
        (Some(Ok(written)), _) => {
            Ok((Exact::of(written.value), written.origins.iter().any(Origin::unverified)))
        }
        (Some(Err(doubt)), _) => Err(doubt.clone()),
        (None, Answer::Known(rules)) => Ok((Exact::of(rules.value.tecnica_min), rules.marked())),
        (None, Answer::Ask { .. }) => Err(reason(NO_MINIMUM, &[])),
    };
    let asked = |question: Reason| ConsultancyScoring {
        outcomes: bids
            .iter()
            .map(|bid| {
                let least = least.as_ref().ok().map(|(least, _)| least);
                let below =
                    bid.technical.as_ref().ok().zip(least).and_then(|(score, least)| below(score, least));
                let asked = || ConsultancyOutcome::Ask { question: question.clone() };
                (bid.bid, below.unwrap_or_else(asked))
            })
            .collect(),
        places: Vec::new(),
        notes: Vec::new(),
        rests_on_unverified: least.as_ref().is_ok_and(|(_, marked)| *marked),
    };
    let ask = |code: &str| asked(reason(code, &[]));
    let (minimum, minimum_marked) = match &least {
        Ok((minimum, marked)) => (minimum.clone(), *marked),
        Err(question) => return asked(question.clone()),
    };
    let Answer::Known(rules) = &rules else {
        return ask("rules.puntaje.consultoria.pregunta_reglas");
    };
    let Answer::Known(decimals) = pack.score_decimals() else {
        return ask("rules.puntaje.pregunta.decimales");
    };
    let Some(weights) = weights else { return ask("rules.puntaje.consultoria.pregunta_pesos") };
    let (c1, c2) = (weights.value.technical, weights.value.economic);
    if c1.checked_add(c2) != Some(Decimal::ONE) || c1.is_sign_negative() || c2.is_sign_negative() {
        return ask("rules.puntaje.consultoria.pesos_no_suman");
    }
    let mut notes = Vec::new();
    let within = |value: Decimal, (least, most): (Decimal, Decimal)| least <= value && value <= most;
    if !within(c1, rules.value.c1) || !within(c2, rules.value.c2) {
        // The pliego binds; the commission is told.
        notes.push(reason(
            "rules.puntaje.consultoria.fuera_de_margen",
            &[("c1", &decimal_spanish(c1)), ("c2", &decimal_spanish(c2))],
        ));
    }
    let passes = |bid: &&ConsultancyBid| bid.technical.as_ref().is_ok_and(|score| *score >= minimum);
    let lowest = bids.iter().filter(passes).filter_map(|bid| Some((bid, bid.price.as_ref()?))).min_by(
        |(one, price), (other, other_price)| {
            price.value.cmp(&other_price.value).then(one.bid.cmp(&other.bid))
        },
    );
    // A sealed price may be lower than the lowest known one.
    let unknown: Vec<&str> = bids
        .iter()
        .filter(|bid| match &bid.technical {
            Ok(score) => *score >= minimum && bid.price.is_none(),
            Err(_) => true,
        })
        .map(|bid| bid.name.as_str())
        .collect();
    let doubts: Vec<Reason> = bids
        .iter()
        .filter(passes)
        .filter_map(|bid| bid.price.as_ref())
        .flat_map(|price| price.doubts.iter().cloned())
        .collect();
    let scorer = Scorer {
        c1,
        c2,
        minimum: &minimum,
        lowest,
        unknown: &unknown,
        doubts: &doubts,
        decimals: decimals.value,
    };
    let outcomes: Vec<(BidId, ConsultancyOutcome)> =
        bids.iter().map(|bid| (bid.bid, scorer.outcome(bid))).collect();
    let places = places(bids, &outcomes, &rules.value.tie_break, &mut notes);
    let origins_open = weights.origins.iter().any(Origin::unverified);
    let rests_on_unverified = rules.marked() || minimum_marked || decimals.marked() || origins_open;
    ConsultancyScoring { outcomes, places, notes, rests_on_unverified }
}

fn below(technical: &Exact, minimum: &Exact) -> Option<ConsultancyOutcome> {
    if technical >= minimum {
        return None;
    }
    let values = [("puntaje", technical.spanish()), ("minimo", minimum.spanish())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(ConsultancyOutcome::BelowMinimum {
        reason: reason("rules.puntaje.consultoria.bajo_minimo", &values),
    })
}

struct Scorer<'a> {
    c1: Decimal,
    c2: Decimal,
    minimum: &'a Exact,
    lowest: Option<(&'a ConsultancyBid, &'a Given)>,
    unknown: &'a [&'a str],
    /// What is open about any price: it may still become the lowest.
    doubts: &'a [Reason],
    decimals: u32,
}

impl Scorer<'_> {
    fn outcome(&self, bid: &ConsultancyBid) -> ConsultancyOutcome {
        let technical = match &bid.technical {
            Ok(technical) => technical,
            Err(question) => return ConsultancyOutcome::Ask { question: question.clone() },
        };
        let values = [("oferente", bid.name.as_str())];
        if let Some(below) = below(technical, self.minimum) {
            return below;
        }
        let ask = |code: &str| ConsultancyOutcome::Ask { question: reason(code, &values) };
        let (Some(price), Some((reference, least))) = (&bid.price, self.lowest) else {
            return ask("rules.puntaje.consultoria.sin_precio");
        };
        let hundred = Exact::of(Decimal::ONE_HUNDRED);
        if least.value <= Decimal::ZERO {
            return ConsultancyOutcome::Ask {
                question: reason("rules.puntaje.precio_cero", &[("oferente", &reference.name)]),
            };
        }
        let economic = super::formulas::inverse(&hundred, &Exact::of(least.value), &Exact::of(price.value));
        let Some(economic) = economic else { return ask("rules.puntaje.precio_cero") };
        let (c1, c2) = (Exact::of(self.c1), Exact::of(self.c2));
        let total = c1.times(technical).plus(&c2.times(&economic));
        let Some(rounded) = total.rounded(self.decimals) else { return ask("rules.puntaje.fuera_de_rango") };
        let (own, lowest) = (Money(price.value).spanish(), Money(least.value).spanish());
        let step = |key: &str, inputs: String, result: &Exact| TraceStep {
            step: cotejo_catalogue::message(key, &[("oferente", &reference.name)]),
            inputs,
            result: result.spanish(),
        };
        let steps = vec![
            step("rules.puntaje.consultoria.paso_economico", format!("100 × {lowest} / {own}"), &economic),
            step(
                "rules.puntaje.consultoria.paso_total",
                format!(
                    "{} × {} + {} × {}",
                    decimal_spanish(self.c1),
                    technical.spanish(),
                    decimal_spanish(self.c2),
                    economic.spanish()
                ),
                &total,
            ),
        ];
        let mut provisional = price.doubts.clone();
        provisional.extend(self.doubts.iter().cloned());
        for name in self.unknown {
            provisional.push(reason("rules.puntaje.provisional.falta", &[("oferente", name)]));
        }
        let provisional = super::score::once_each(provisional);
        ConsultancyOutcome::Scored { economic, total, rounded, steps, provisional }
    }
}

/// Puts the scored bids in order; ties by technical score and by the regime's list, as far as it goes.
fn places(
    bids: &[ConsultancyBid],
    outcomes: &[(BidId, ConsultancyOutcome)],
    tie_break: &[String],
    notes: &mut Vec<Reason>,
) -> Vec<Vec<BidId>> {
    let total = |bid: &ConsultancyBid| {
        outcomes.iter().find(|(other, _)| *other == bid.bid).and_then(|(_, outcome)| match outcome {
            ConsultancyOutcome::Scored { total, .. } => Some(total.clone()),
            _ => None,
        })
    };
    let mut scored: Vec<(&ConsultancyBid, Exact)> =
        bids.iter().filter_map(|bid| Some((bid, total(bid)?))).collect();
    let compare = |(one, one_total): &(&ConsultancyBid, Exact),
                   (other, other_total): &(&ConsultancyBid, Exact)| {
        other_total.cmp(one_total).then_with(|| broken(one, other, tie_break).0)
    };
    scored.sort_by(|one, other| compare(one, other).then(one.0.bid.cmp(&other.0.bid)));
    let mut places: Vec<Vec<BidId>> = Vec::new();
    let mut last: Option<&(&ConsultancyBid, Exact)> = None;
    for entry in &scored {
        let tied = last.is_some_and(|last| last.1 == entry.1);
        let same_place = last.is_some_and(|last| compare(last, entry) == Ordering::Equal);
        match places.last_mut() {
            Some(place) if same_place => place.push(entry.0.bid),
            _ => places.push(vec![entry.0.bid]),
        }
        if let (Some(last), true) = (last, tied) {
            let by = broken(last.0, entry.0, tie_break).1;
            let by = by.map(|criterion| {
                cotejo_catalogue::message(&format!("rules.puntaje.desempate.{criterion}"), &[])
            });
            let values = [("uno", last.0.name.as_str()), ("otro", entry.0.name.as_str())];
            notes.push(match by {
                Some(by) => {
                    reason("rules.puntaje.consultoria.desempate", &[values[0], values[1], ("criterio", &by)])
                }
                None => reason("rules.puntaje.consultoria.empate", &values),
            });
        }
        last = Some(entry);
    }
    places
}

/// Compares two tied bids by the regime's list; says which criterion told them apart.
fn broken<'a>(
    one: &ConsultancyBid,
    other: &ConsultancyBid,
    tie_break: &'a [String],
) -> (Ordering, Option<&'a str>) {
    for criterion in tie_break {
        let (left, right) = match criterion.as_str() {
            "puntaje_tecnico" => (one.technical.as_ref().ok(), other.technical.as_ref().ok()),
            name => match measure_of(name) {
                Some(measure) => (one.parts.get(&measure), other.parts.get(&measure)),
                // The draw, or a criterion nobody knows: here it ends.
                None => return (Ordering::Equal, None),
            },
        };
        match (left, right) {
            (Some(left), Some(right)) if left != right => return (right.cmp(left), Some(criterion)),
            // A criterion the pliego does not score tells nobody apart; one known of a single bid cannot be skipped in silence.
            (Some(_), Some(_)) | (None, None) => {}
            _ => return (Ordering::Equal, None),
        }
    }
    (Ordering::Equal, None)
}

fn measure_of(criterion: &str) -> Option<Measure> {
    Some(match criterion {
        "experiencia_especifica" => Measure::SpecificExperience,
        "experiencia_personal" => Measure::Personnel,
        "experiencia_general" => Measure::GeneralExperience,
        "plan_trabajo" => Measure::WorkPlan,
        "instrumentos_equipos" => Measure::Equipment,
        _ => return None,
    })
}
