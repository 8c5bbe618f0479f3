//! Preferences: a bidder benefits from one only, the most advantageous (LEY 35 from October 2025).
//!
//! SERCOP has not set the margins (RGL 258.9, in transition): what is unknown is asked. The same holds of the margin of points for the *licitación
//! preferente* of works (RGL 268). Where a pliego gives points for several categories, a bidder keeps the best one if the regime knows that rule;
//! if it does not, a person says whether they add up. Manual §4.11.

use super::model::{BidToScore, Choice, Formula, Measure, Parameter, reason};
use crate::{Answer, RulePack};
use cotejo_domain::Reason;
use rust_decimal::Decimal;

/// Says which preference a bidder benefits from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Benefit {
    /// None is claimed.
    None,
    /// This one, with its margin in percent.
    Best {
        /// The category, as the pack names it.
        category: String,
        /// The margin.
        margin: Decimal,
    },
    /// A person is asked.
    Ask {
        /// What.
        question: Reason,
    },
}

/// Returns the most advantageous of the preferences that a bidder has shown.
#[must_use]
pub fn best_preference(categories: &[String], pack: &RulePack) -> Benefit {
    if categories.is_empty() {
        return Benefit::None;
    }
    let ask = || Benefit::Ask {
        question: reason("rules.puntaje.preferencia.margen", &[("categorias", &categories.join("; "))]),
    };
    let Answer::Known(margins) = pack.preference_margins() else { return ask() };
    let mut best: Option<(&String, Decimal)> = None;
    for category in categories {
        // An unknown margin may be the greater one.
        let Some(margin) = margins.value.get(category) else { return ask() };
        if best.is_none_or(|(_, known)| *margin > known) {
            best = Some((category, *margin));
        }
    }
    best.map_or_else(ask, |(category, margin)| Benefit::Best { category: category.clone(), margin })
}

/// Keeps one preference that gives points for each bid, the one with most points. Where the regime has no such rule and a bid has shown several, all of
/// them are asked.
pub fn keep_one(parameters: &[Parameter], bids: &mut [BidToScore], pack: &RulePack) {
    let preferences: Vec<&Parameter> = parameters
        .iter()
        .filter(|parameter| parameter.measure == Measure::Preference && parameter.set_aside.is_none())
        .collect();
    if preferences.len() < 2 {
        return;
    }
    for bid in bids {
        let shown: Vec<&Parameter> = preferences
            .iter()
            .copied()
            .filter(|parameter| {
                matches!(bid.values.get(&parameter.requirement), Some(Ok(given)) if !given.value.is_zero())
            })
            .collect();
        if shown.len() < 2 {
            continue;
        }
        let one_only = match pack.one_preference_only() {
            Answer::Known(rule) => rule.value,
            Answer::Ask { .. } => {
                for parameter in shown {
                    let question = reason("rules.puntaje.preferencia.acumula", &[("oferente", &bid.name)]);
                    bid.values.insert(parameter.requirement.clone(), Err(question));
                }
                continue;
            }
        };
        if !one_only {
            continue;
        }
        // What it would get: the points typed for it, or all points of the parameter.
        let given = |parameter: &Parameter| match bid.values.get(&parameter.requirement) {
            Some(Ok(given)) => Some(given.value),
            _ => None,
        };
        let points = |parameter: &&Parameter| match &parameter.choice {
            Choice::Chosen(formula) if formula.value == Formula::ByHand => given(parameter),
            _ => parameter.points.as_ref().ok().map(|points| points.value),
        };
        if shown.iter().any(|parameter| points(parameter).is_none()) {
            continue; // asked already, since its points are not known
        }
        let Some(best) = shown.iter().copied().max_by_key(points) else { continue };
        for parameter in shown.iter().filter(|parameter| parameter.requirement != best.requirement) {
            if let Some(Ok(given)) = bid.values.get_mut(&parameter.requirement) {
                given.value = Decimal::ZERO;
                given
                    .explained
                    .push(reason("rules.puntaje.preferencia.una_sola", &[("parametro", &best.name)]));
            }
        }
    }
}
