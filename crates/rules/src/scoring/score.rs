//! Scoring: every parameter for every bid, with its working, and the totals.
//!
//! What is missing is asked and never zero. A bid that does not qualify has no score, and its values are not among those that others are
//! compared with. While a bid, a value or a minimum is still open, what depends on it is provisional and says so.

use super::exact::{Exact, decimal_spanish};
use super::formulas::{self, Computed, Entry};
use super::model::{BidToScore, Choice, Formula, Given, Measure, Origin, Parameter, Rules, Standing, reason};
use super::order::{Order, order};
use crate::{Answer, RulePack};
use cotejo_domain::{BidId, Money, Reason, RequirementId, TraceStep};
use rust_decimal::Decimal;
use serde::Serialize;

/// Names one value that was put into a formula.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// Whose value, where it is a bid's.
    pub bid: Option<BidId>,
    /// What it is, for people.
    pub name: String,
    /// The value as people read it.
    pub value: String,
    /// Where it comes from.
    pub origins: Vec<Origin>,
}

/// Shows how points came about. The window and the acta print the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Working {
    /// The formula in words.
    pub formula: Reason,
    /// Where the formula comes from.
    pub formula_origins: Vec<Origin>,
    /// The values put in.
    pub inputs: Vec<Input>,
    /// Intermediate values.
    pub steps: Vec<TraceStep>,
    /// The points before rounding, as people read them.
    pub unrounded: String,
    /// Articles.
    pub legal_basis: Vec<String>,
    /// True when something it rests on has not been verified.
    pub rests_on_unverified: bool,
}

/// Holds the points of a bid in a parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Points {
    /// The points, exactly.
    pub exact: Exact,
    /// Rounded half up to the decimals of the pack.
    pub rounded: Decimal,
    /// How they came about.
    pub working: Working,
    /// What is still open; empty when they are final.
    pub provisional: Vec<Reason>,
}

/// Says what became of a parameter for a bid.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It has points.
    Scored(Box<Points>),
    /// Something is missing, and a person is asked.
    Ask {
        /// What.
        question: Reason,
    },
    /// The bid does not qualify: it has no score.
    NotQualified,
    /// The parameter does not count under these rules.
    SetAside,
}

/// Holds a parameter with the outcome of every bid, in the order of the bids.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoredParameter {
    /// The parameter.
    pub parameter: Parameter,
    /// One outcome for each bid.
    pub outcomes: Vec<(BidId, Outcome)>,
}

/// Adds up one bid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Total {
    /// The bid.
    pub bid: BidId,
    /// Its bidder.
    pub name: String,
    /// How far its evaluation has come.
    pub standing: Standing,
    /// The exact sum, when no parameter is asked.
    pub exact: Option<Exact>,
    /// The sum rounded once, from the exact one.
    pub rounded: Option<Decimal>,
    /// Sum of what is known, exactly; the total when nothing is missing.
    pub known: Exact,
    /// Parameters that are asked.
    pub missing: Vec<RequirementId>,
    /// True when something of it is still open.
    pub provisional: bool,
    /// What a person should know: that the rounded parts do not add up to the rounded total.
    pub notes: Vec<Reason>,
}

/// Holds a whole scoring under one set of rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scoring {
    /// The rules.
    pub rules: Rules,
    /// The parameters, in the order of the pliego.
    pub parameters: Vec<ScoredParameter>,
    /// The totals, in the order of the bids.
    pub totals: Vec<Total>,
    /// What the parameters that count add up to; `None` while the points of one are asked.
    pub out_of: Option<Decimal>,
    /// The order of priority.
    pub order: Order,
    /// What a person should know about the whole.
    pub notes: Vec<Reason>,
}

/// Scores the bids. The same parameters and bids give the same result; the order of the bids changes only the order of the lines.
#[must_use]
pub fn score(parameters: &[Parameter], bids: &[BidToScore], pack: &RulePack, rules: Rules) -> Scoring {
    let decimals = pack.score_decimals();
    let context = Scorer { bids, pack, decimals: &decimals };
    let scored: Vec<ScoredParameter> = parameters
        .iter()
        .map(|parameter| ScoredParameter {
            parameter: parameter.clone(),
            outcomes: bids.iter().map(|bid| (bid.bid, context.outcome(parameter, bid))).collect(),
        })
        .collect();
    let totals: Vec<Total> = bids.iter().map(|bid| context.total(&scored, bid)).collect();
    let counting = || parameters.iter().filter(|parameter| parameter.set_aside.is_none());
    let out_of = counting()
        .map(|parameter| parameter.points.as_ref().ok().map(|points| points.value))
        .try_fold(Decimal::ZERO, |sum, points| sum.checked_add(points?));
    let mut notes = Vec::new();
    if matches!(decimals, Answer::Ask { .. }) {
        notes.push(reason("rules.puntaje.pregunta.decimales", &[]));
    }
    if let Some(sum) = out_of
        && sum != Decimal::ONE_HUNDRED
        && !parameters.is_empty()
    {
        let sum = decimal_spanish(sum);
        let key = if rules == Rules::Motivated && counting().count() < parameters.len() {
            "rules.puntaje.nota.sobre"
        } else {
            "rules.puntaje.nota.no_suman_cien"
        };
        notes.push(reason(key, &[("suma", &sum)]));
    }
    let order = order(&totals);
    Scoring { rules, parameters: scored, totals, out_of, order, notes }
}

struct Scorer<'a> {
    bids: &'a [BidToScore],
    pack: &'a RulePack,
    decimals: &'a Answer<u32>,
}

impl Scorer<'_> {
    fn outcome(&self, parameter: &Parameter, bid: &BidToScore) -> Outcome {
        if parameter.set_aside.is_some() {
            return Outcome::SetAside;
        }
        if bid.standing == Standing::NotQualified {
            return Outcome::NotQualified;
        }
        match self.points(parameter, bid) {
            Ok(points) => Outcome::Scored(Box::new(points)),
            Err(question) => Outcome::Ask { question },
        }
    }

    fn points(&self, parameter: &Parameter, bid: &BidToScore) -> Result<Points, Reason> {
        let most = parameter.points.as_ref().map_err(Clone::clone)?;
        let formula = match &parameter.choice {
            Choice::Chosen(formula) => formula,
            Choice::Ask { question, .. } => return Err(question.clone()),
        };
        let decimals = match self.decimals {
            Answer::Known(value) => value,
            Answer::Ask { .. } => return Err(reason("rules.puntaje.pregunta.decimales", &[])),
        };
        let (field, absent) = self.field(parameter);
        let values = [("parametro", parameter.name.as_str()), ("oferente", bid.name.as_str())];
        let given = value(parameter, bid)?;
        let entry = Entry { bid: bid.bid, name: &bid.name, given };
        let maximum = Exact::of(most.value);
        let computed = formulas::points(&formula.value, parameter.measure, &maximum, &field, entry)?;
        let rounded = computed
            .exact
            .rounded(decimals.value)
            .ok_or_else(|| reason("rules.puntaje.fuera_de_rango", &values))?;
        let compared = self.compared(&field, &computed, bid.bid);
        let mut provisional: Vec<Reason> = Vec::new();
        if bid.standing == Standing::Open {
            provisional.push(reason("rules.puntaje.provisional.oferta", &[("oferente", &bid.name)]));
        }
        provisional.extend(given.doubts.iter().cloned());
        for other in &compared {
            if self.standing(other.bid) == Standing::Open {
                provisional.push(reason("rules.puntaje.provisional.referencia", &[("oferente", other.name)]));
            }
        }
        if is_relative(&formula.value) {
            // A value that may still change may become the lowest or the highest, whichever it is now.
            provisional.extend(field.iter().flat_map(|other| other.given.doubts.iter().cloned()));
        }
        if is_relative(&formula.value) {
            for name in absent {
                provisional.push(reason("rules.puntaje.provisional.falta", &[("oferente", name)]));
            }
        }
        let provisional = once_each(provisional);
        let working = self.working(parameter, formula, most, &compared, entry, computed.clone());
        Ok(Points { exact: computed.exact, rounded, working, provisional })
    }

    fn working(
        &self,
        parameter: &Parameter,
        formula: &super::model::Sourced<Formula>,
        most: &super::model::Sourced<Decimal>,
        compared: &[Entry<'_>],
        entry: Entry<'_>,
        computed: Computed,
    ) -> Working {
        let mut inputs = vec![Input {
            bid: None,
            name: cotejo_catalogue::message("rules.puntaje.entrada.maximo", &[]),
            value: decimal_spanish(most.value),
            origins: most.origins.clone(),
        }];
        for other in std::iter::once(&entry).chain(compared) {
            inputs.push(Input {
                bid: Some(other.bid),
                name: other.name.to_owned(),
                value: shown(parameter.measure, &formula.value, other.given.value),
                origins: other.given.origins.clone(),
            });
        }
        let explained = entry.given.explained.iter().map(|reason| TraceStep {
            step: reason.text.clone(),
            inputs: String::new(),
            result: String::new(),
        });
        let unverified_rounding = matches!(self.decimals, Answer::Known(value) if value.marked());
        Working {
            formula: computed.sentence,
            formula_origins: formula.origins.clone(),
            steps: computed.steps.into_iter().chain(explained).collect(),
            unrounded: computed.exact.spanish(),
            legal_basis: self.pack.legal_basis("puntaje"),
            rests_on_unverified: unverified_rounding
                || formula.unverified()
                || most.unverified()
                || inputs.iter().flat_map(|input| &input.origins).any(Origin::unverified),
            inputs,
        }
    }

    /// Returns the bids that take part and whose value is known, and the names of those whose value is not.
    fn field(&self, parameter: &Parameter) -> (Vec<Entry<'_>>, Vec<&str>) {
        let (mut field, mut absent) = (Vec::new(), Vec::new());
        for bid in self.bids.iter().filter(|bid| bid.standing != Standing::NotQualified) {
            match value(parameter, bid) {
                Ok(given) => field.push(Entry { bid: bid.bid, name: &bid.name, given }),
                Err(_) => absent.push(bid.name.as_str()),
            }
        }
        (field, absent)
    }

    fn compared<'b>(&self, field: &[Entry<'b>], computed: &Computed, own: BidId) -> Vec<Entry<'b>> {
        field
            .iter()
            .filter(|entry| entry.bid != own && computed.rests_on.contains(&entry.bid))
            .copied()
            .collect()
    }

    fn standing(&self, bid: BidId) -> Standing {
        self.bids.iter().find(|other| other.bid == bid).map_or(Standing::Open, |other| other.standing)
    }

    fn total(&self, parameters: &[ScoredParameter], bid: &BidToScore) -> Total {
        let mut known = Exact::zero();
        let mut parts = Some(Decimal::ZERO);
        let mut missing = Vec::new();
        let mut provisional = bid.standing == Standing::Open;
        for scored in parameters {
            let own = scored.outcomes.iter().find(|(other, _)| *other == bid.bid);
            match own.map(|(_, outcome)| outcome) {
                Some(Outcome::Scored(points)) => {
                    known = known.plus(&points.exact);
                    parts = parts.and_then(|parts| parts.checked_add(points.rounded));
                    provisional |= !points.provisional.is_empty();
                }
                Some(Outcome::Ask { .. }) | None => missing.push(scored.parameter.requirement.clone()),
                Some(Outcome::NotQualified | Outcome::SetAside) => {}
            }
        }
        let complete = missing.is_empty() && bid.standing != Standing::NotQualified && !parameters.is_empty();
        let exact = complete.then(|| known.clone());
        let rounded = match self.decimals {
            Answer::Known(decimals) => exact.as_ref().and_then(|exact| exact.rounded(decimals.value)),
            Answer::Ask { .. } => None,
        };
        let mut notes = Vec::new();
        if let (Some(rounded), Some(parts)) = (rounded, parts)
            && rounded != parts
        {
            // With all their decimals, as the sheet shows them.
            let text = |points: Decimal| points.to_string().replace('.', ",");
            let values = [("suma", text(parts)), ("total", text(rounded))];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            notes.push(reason("rules.puntaje.nota.redondeo", &values));
        }
        Total {
            bid: bid.bid,
            name: bid.name.clone(),
            standing: bid.standing,
            exact,
            rounded,
            known,
            missing,
            provisional,
            notes,
        }
    }
}

/// Returns what a bid offers in a parameter, or what is asked: it is missing, or it cannot be. What cannot be sets no highest or lowest either.
fn value<'b>(parameter: &Parameter, bid: &'b BidToScore) -> Result<&'b Given, Reason> {
    let given = match bid.values.get(&parameter.requirement) {
        Some(Ok(given)) => given,
        Some(Err(question)) => return Err(question.clone()),
        None => {
            let values = [("parametro", parameter.name.as_str()), ("oferente", bid.name.as_str())];
            return Err(reason("rules.puntaje.pregunta.valor", &values));
        }
    };
    let shown = decimal_spanish(given.value);
    let values = [("oferente", bid.name.as_str()), ("valor", shown.as_str())];
    let percentage = matches!(
        parameter.measure,
        Measure::Subcontracting | Measure::EcuadorianParticipation | Measure::Vae
    );
    let by_value = matches!(
        &parameter.choice,
        Choice::Chosen(formula) if matches!(formula.value, Formula::Proportional { .. } | Formula::Range { .. })
    );
    if given.value.is_sign_negative() && !given.value.is_zero() {
        return Err(reason("rules.puntaje.valor_negativo", &values));
    }
    if percentage && by_value && given.value > Decimal::ONE_HUNDRED {
        return Err(reason("rules.puntaje.porcentaje_imposible", &values));
    }
    Ok(given)
}

/// Keeps the first of equal reasons.
pub(super) fn once_each(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut kept: Vec<Reason> = Vec::new();
    for reason in reasons {
        if !kept.contains(&reason) {
            kept.push(reason);
        }
    }
    kept
}

/// Tells whether the points of one bid depend on the values of others.
fn is_relative(formula: &Formula) -> bool {
    matches!(formula, Formula::Inverse | Formula::AboveMinimum { .. } | Formula::Proportional { .. })
}

/// Writes a value in the unit of what it measures.
fn shown(measure: Measure, formula: &Formula, value: Decimal) -> String {
    match (measure, formula) {
        (_, Formula::AllOrNothing) => {
            let key = if value == Decimal::ONE { "rules.paso.si" } else { "rules.paso.no" };
            cotejo_catalogue::message(key, &[])
        }
        (_, Formula::ByHand | Formula::Steps { .. }) => decimal_spanish(value),
        (_, Formula::Inverse | Formula::AboveMinimum { .. }) => format!("USD {}", Money(value).spanish()),
        (Measure::Subcontracting | Measure::EcuadorianParticipation | Measure::Vae, _) => {
            cotejo_domain::Percent(value).spanish()
        }
        _ => decimal_spanish(value),
    }
}
