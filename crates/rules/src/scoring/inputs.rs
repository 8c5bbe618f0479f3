//! What a bid's facts give to the formulas, with evidence. Nothing is guessed: what was not read, or was read in two ways, is asked.

use super::low_offer::PriceMakeup;
use super::model::{Answers, BidToScore, Given, Measure, Origin, Parameter, Standing, reason};
use crate::EvaluationInput;
use crate::checks::{economic_arithmetic, experience, offered_price, vae};
use crate::context::{Context, is_firm};
use cotejo_domain::{Fact, FactValue, Money, Reason, RequirementId, Subject, Verdict};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Takes from a bid what the parameters want. `settled` names the requirements that the commission decided as *cumple* for this bid: what they
/// cover is no doubt any more.
#[must_use]
pub fn bid_to_score(
    input: &EvaluationInput<'_>,
    parameters: &[Parameter],
    answers: &Answers,
    standing: Standing,
    settled: &BTreeSet<RequirementId>,
) -> BidToScore {
    let context = Context::of(input);
    let name = input.bid.bidder.name.clone();
    let values = parameters
        .iter()
        .map(|parameter| {
            let typed = answers.values.get(&parameter.requirement).and_then(|bids| bids.get(&input.bid.bid));
            let value = match typed {
                Some(answered) => Ok(Given {
                    value: answered.value,
                    origins: vec![answered.origin()],
                    doubts: Vec::new(),
                    explained: Vec::new(),
                }),
                None => read(context, parameter, settled),
            };
            (parameter.requirement.clone(), value)
        })
        .collect();
    BidToScore { bid: input.bid.bid, name, standing, values }
}

fn read(
    context: Context<'_>,
    parameter: &Parameter,
    settled: &BTreeSet<RequirementId>,
) -> Result<Given, Reason> {
    match parameter.measure {
        Measure::EconomicOffer => price(context, settled),
        Measure::GeneralExperience => contracts(context, false),
        Measure::SpecificExperience => contracts(context, true),
        Measure::Subcontracting => percentage(context, "porcentaje", "FORM_SUBCON"),
        Measure::EcuadorianParticipation => percentage(context, "porcentaje", "FUO_1_12_PE"),
        Measure::Vae => added_value(context),
        _ => Err(ask(context, "rules.puntaje.pregunta.valor", &parameter.name)),
    }
}

fn ask(context: Context<'_>, code: &str, parameter: &str) -> Reason {
    reason(code, &[("parametro", parameter), ("oferente", &context.bidder().name)])
}

fn evidence(fact: &Fact) -> Origin {
    Origin::Evidence { evidence: Box::new(fact.evidence.clone()), field: fact.field.clone() }
}

/// The price as offered. While an arithmetic error is open, the bidder may still change it on request: the score waits for the answer.
fn price(context: Context<'_>, settled: &BTreeSet<RequirementId>) -> Result<Given, Reason> {
    let name = &context.bidder().name;
    let (price, facts) =
        offered_price::offered(context).map_err(|code| reason(code, &[("oferente", name)]))?;
    let requirement = context
        .input
        .requirements
        .iter()
        .find(|requirement| requirement.subject == Subject::EconomicOffer)
        .map(|requirement| &requirement.id);
    let mut doubts = Vec::new();
    if !requirement.is_some_and(|requirement| settled.contains(requirement)) {
        let code = match economic_arithmetic::propose(context).verdict {
            Verdict::AConvalidar => "rules.puntaje.duda.aritmetica",
            _ => "rules.puntaje.duda.economica",
        };
        doubts.push(reason(code, &[("oferente", name)]));
    }
    Ok(Given {
        value: price.0,
        origins: facts.into_iter().map(evidence).collect(),
        doubts,
        explained: Vec::new(),
    })
}

/// The experience that papers prove, minimum included. Which contracts count is a proposal: a person confirms the sum.
fn contracts(context: Context<'_>, specific: bool) -> Result<Given, Reason> {
    let name = &context.bidder().name;
    let lot = context.input.lot;
    let asked: Vec<(Option<Money>, Option<u32>)> = context
        .input
        .requirements
        .iter()
        .filter(|requirement| requirement.lot.is_none_or(|own| own == lot))
        .filter_map(|requirement| match requirement.subject {
            Subject::Experience { specific: of, minimum_per_contract, years, .. } if of == specific => {
                Some((minimum_per_contract, years))
            }
            _ => None,
        })
        .collect();
    let (per_contract, years) = match asked.as_slice() {
        [] => (None, None),
        [only] => *only,
        // Which contracts count depends on which of them is meant.
        _ => return Err(reason("rules.puntaje.pregunta.experiencia", &[("oferente", name)])),
    };
    let contracts = experience::judged(context, specific, per_contract, years);
    let mut sum = Decimal::ZERO;
    let mut origins = Vec::new();
    for contract in &contracts {
        if let Ok(amount) = contract.recognised {
            sum = sum
                .checked_add(amount.0)
                .ok_or_else(|| reason("rules.puntaje.pregunta.experiencia", &[("oferente", name)]))?;
            origins.push(evidence(contract.fact()));
        }
    }
    if origins.is_empty() {
        return Err(reason("rules.puntaje.pregunta.experiencia", &[("oferente", name)]));
    }
    let total = Money(sum).spanish();
    let counted = origins.len().to_string();
    let values = [("oferente", name.as_str()), ("suma", &total), ("contratos", &counted)];
    Ok(Given {
        value: sum,
        origins,
        doubts: vec![reason("rules.puntaje.duda.experiencia", &values)],
        explained: Vec::new(),
    })
}

/// A percentage that a form states once. Several different ones are asked.
fn percentage(context: Context<'_>, field: &str, form: &str) -> Result<Given, Reason> {
    let name = &context.bidder().name;
    let found: Vec<(&Fact, Decimal)> = context
        .facts(&[field], &[form])
        .into_iter()
        .filter(|fact| is_firm(fact.confidence))
        .filter_map(|fact| match fact.value {
            FactValue::Percent(percent) => Some((fact, percent.0)),
            _ => None,
        })
        .collect();
    let Some((_, value)) = found.first().copied() else {
        return Err(reason("rules.puntaje.pregunta.porcentaje", &[("oferente", name)]));
    };
    if found.iter().any(|(_, other)| other.normalize() != value.normalize()) {
        return Err(reason("rules.puntaje.pregunta.porcentajes_distintos", &[("oferente", name)]));
    }
    let doubts = vec![reason("rules.puntaje.duda.porcentaje", &[("oferente", name)])];
    Ok(Given {
        value,
        origins: found.iter().map(|(fact, _)| evidence(fact)).collect(),
        doubts,
        explained: Vec::new(),
    })
}

/// The Ecuadorian added value that the form declares, if its own amounts come to it; an intermediary has none.
fn added_value(context: Context<'_>) -> Result<Given, Reason> {
    let name = &context.bidder().name;
    let reading = vae::reading(context);
    let doubts = vec![reason("rules.puntaje.duda.vae", &[("oferente", name)])];
    if let Some((fact, true)) = reading.intermediary {
        return Ok(Given {
            value: Decimal::ZERO,
            origins: vec![evidence(fact)],
            doubts,
            explained: Vec::new(),
        });
    }
    // Both answers marked: whether it has any is asked.
    let declared = reading.declared.filter(|_| !reading.both);
    let Some((declared, percent)) = declared else {
        return Err(reason("rules.puntaje.pregunta.porcentaje", &[("oferente", name)]));
    };
    let mut origins = vec![evidence(declared)];
    if let Some((computed, facts)) = &reading.computed {
        if computed.rounded(percent.0.scale()) != Some(percent.0) {
            return Err(reason("rules.puntaje.pregunta.vae_no_coincide", &[("oferente", name)]));
        }
        origins.extend(facts.iter().map(|fact| evidence(fact)));
    }
    Ok(Given { value: percent.0, origins, doubts, explained: Vec::new() })
}

/// Returns the price that a bid offers, with its doubts.
///
/// # Errors
/// What is asked, when it was not read or contradicts itself.
pub(super) fn price_of(
    input: &EvaluationInput<'_>,
    settled: &BTreeSet<RequirementId>,
) -> Result<Given, Reason> {
    price(Context::of(input), settled)
}

/// Returns what may explain a low price of works: what each APU adds to its cost, and rubros that no line answers.
pub(super) fn price_makeup(input: &EvaluationInput<'_>) -> PriceMakeup {
    let context = Context::of(input);
    let stated = |field: &str| -> Vec<Decimal> {
        let facts = context.facts(&[field], &["FUO_1_6_APU"]).into_iter();
        let firm = facts.filter(|fact| is_firm(fact.confidence));
        firm.filter_map(|fact| match fact.value {
            FactValue::Percent(percent) => Some(percent.0),
            _ => None,
        })
        .collect()
    };
    PriceMakeup {
        indirect: stated("indirectos_pct"),
        profit: stated("utilidad_pct"),
        missing_lines: offered_price::missing_items(context),
    }
}
