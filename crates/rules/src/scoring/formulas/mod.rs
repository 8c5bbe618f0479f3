//! The formulas: one file each, pure functions from values to exact points, with the sentence and the numbers that a window and an acta print.
//!
//! A formula sees the bids that take part only. Who does not qualify is not among them, so its price is never the lowest.

mod above_minimum;
mod all_or_nothing;
mod by_hand;
mod inverse;
mod proportional;
mod range;
mod steps;

use super::exact::Exact;
use super::model::{Formula, Given, Measure};
use cotejo_domain::{BidId, Reason, TraceStep};
use rust_decimal::Decimal;

pub(super) use inverse::inverse;

/// Holds one bid that takes part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) bid: BidId,
    pub(super) name: &'a str,
    pub(super) given: &'a Given,
}

/// Holds the points of one bid, with how they came about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Computed {
    pub(super) exact: Exact,
    /// The formula in words.
    pub(super) sentence: Reason,
    /// The numbers, step by step.
    pub(super) steps: Vec<TraceStep>,
    /// The values of other bids that it rests on.
    pub(super) rests_on: Vec<BidId>,
}

/// Computes the points of one bid among those that take part.
///
/// # Errors
/// What a person must be asked, where the formula gives no answer.
pub(super) fn points(
    formula: &Formula,
    measure: Measure,
    most: &Exact,
    field: &[Entry<'_>],
    entry: Entry<'_>,
) -> Result<Computed, Reason> {
    refuse_incoherent(formula)?;
    match formula {
        Formula::Inverse => inverse::points(most, field, entry),
        Formula::AboveMinimum { minimum, cap } => above_minimum::points(most, *minimum, *cap, field, entry),
        Formula::Proportional { least, most: limit } => {
            proportional::points(most, *least, *limit, measure, field, entry)
        }
        Formula::Range { least, most: upper } => range::points(most, *least, *upper, entry),
        Formula::Steps { steps } => steps::points(most, steps, entry),
        Formula::AllOrNothing => all_or_nothing::points(most, entry),
        Formula::ByHand => by_hand::points(most, entry),
    }
}

/// Returns the bid whose number is the greatest; of equal ones, the first by identifier, so that the order of the bids changes nothing.
fn greatest<'a>(numbers: &[(Entry<'a>, Exact)]) -> Option<(Entry<'a>, Exact)> {
    let mut best: Option<&(Entry<'a>, Exact)> = None;
    for candidate in numbers {
        let better = best.is_none_or(|best| {
            candidate.1 > best.1 || (candidate.1 == best.1 && candidate.0.bid < best.0.bid)
        });
        if better {
            best = Some(candidate);
        }
    }
    best.cloned()
}

/// Says that a formula contradicts itself, as one typed by a person may.
fn refuse_incoherent(formula: &Formula) -> Result<(), Reason> {
    let negative = |value: &Decimal| value.is_sign_negative() && !value.is_zero();
    let coherent = match formula {
        Formula::AboveMinimum { minimum, cap } => !negative(minimum) && *cap > Decimal::ZERO,
        Formula::Proportional { least, most } => {
            !least.iter().chain(most).any(negative)
                && least.zip(*most).is_none_or(|(least, most)| least <= most)
        }
        Formula::Range { least, most } => !negative(least) && least <= most,
        Formula::Inverse | Formula::Steps { .. } | Formula::AllOrNothing | Formula::ByHand => true,
    };
    if coherent { Ok(()) } else { Err(super::model::reason("rules.puntaje.formula_incoherente", &[])) }
}

fn step(key: &str, values: &[(&str, &str)], inputs: String, result: String) -> TraceStep {
    TraceStep { step: cotejo_catalogue::message(key, values), inputs, result }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::scoring::model::Origin;
    use uuid::Uuid;

    fn given(value: &str) -> Given {
        Given {
            value: value.parse().expect("a decimal"),
            origins: vec![Origin::Person { who: "Ana".into(), reason: "prueba".into() }],
            doubts: Vec::new(),
            explained: Vec::new(),
        }
    }

    /// Computes the points of every bid in turn, with most points `most`; a question shows as its code.
    pub(in super::super) fn all(
        formula: &Formula,
        most: &str,
        values: &[&str],
    ) -> Vec<Result<Exact, String>> {
        let given: Vec<Given> = values.iter().map(|value| given(value)).collect();
        let field: Vec<Entry<'_>> = (1_u128..)
            .zip(&given)
            .map(|(number, given)| Entry { bid: BidId(Uuid::from_u128(number)), name: "Ejemplo", given })
            .collect();
        let most = Exact::of(most.parse().expect("points"));
        let of = |entry: &Entry<'_>| points(formula, Measure::Other, &most, &field, *entry);
        field.iter().map(|entry| of(entry).map(|done| done.exact).map_err(|asked| asked.code)).collect()
    }

    #[test]
    fn a_formula_that_contradicts_itself_is_asked() {
        let decimal = |text: &str| text.parse().expect("a decimal");
        for formula in [
            Formula::Range { least: decimal("20"), most: decimal("15") },
            Formula::Proportional { least: Some(decimal("30")), most: Some(decimal("10")) },
            Formula::AboveMinimum { minimum: decimal("1"), cap: decimal("0") },
            Formula::AboveMinimum { minimum: decimal("-1"), cap: decimal("5") },
        ] {
            let asked = all(&formula, "5", &["1"]);
            assert_eq!(asked, [Err("rules.puntaje.formula_incoherente".to_owned())], "{formula:?}");
        }
    }

    /// The same, rounded to hundredths.
    pub(in super::super) fn rounded(formula: &Formula, most: &str, values: &[&str]) -> Vec<String> {
        let text = |points: Result<Exact, String>| match points {
            Ok(exact) => exact.rounded(2).expect("fits").to_string(),
            Err(code) => code,
        };
        all(formula, most, values).into_iter().map(text).collect()
    }
}
