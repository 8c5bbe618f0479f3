//! Subasta inversa: the first price, the steps of the puja, and the price that ends it.
//!
//! RGL 258 to 260 from October 2025: the price that ends the puja must be at least 5 % below the budget, else it is negotiated; with one bidder there is
//! one negotiation, of at least 5 % of the budget, or the process is *desierto*. Manual §4.8 and vector §10.3.

use super::exact::Exact;
use super::model::reason;
use crate::{Answer, RulePack};
use cotejo_domain::{Money, Percent, Reason};
use rust_decimal::Decimal;

/// Says what the price that ended a puja or a negotiation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinalPrice {
    /// It is low enough.
    LowEnough {
        /// Highest price that would have been.
        highest: Money,
    },
    /// It is too high: after a puja it is negotiated, after a negotiation the process is *desierto*.
    TooHigh {
        /// Highest price that would have been low enough.
        highest: Money,
        /// What follows.
        reason: Reason,
    },
    /// The regime does not say how far below the budget it must be.
    Ask {
        /// What is asked.
        question: Reason,
    },
}

/// Says how a price came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndedBy {
    /// By the puja.
    Puja,
    /// By the negotiation with the winner of the puja, or with the only bidder.
    Negotiation,
}

/// Judges the price that ended a puja or a negotiation.
#[must_use]
pub fn final_price(price: Money, budget: Money, ended: EndedBy, pack: &RulePack) -> FinalPrice {
    let Answer::Known(reduction) = pack.reverse_auction_reduction() else {
        return FinalPrice::Ask { question: reason("rules.sie.pregunta_rebaja", &[]) };
    };
    let rest = Exact::of_percent(Decimal::ONE_HUNDRED).minus(&Exact::of_percent(reduction.value));
    let limit = Exact::of(budget.0).times(&rest);
    // The limit is compared exactly. It is shown cut to cents, since a price of a cent more would be too high.
    let Some(nearest) = limit.rounded(2) else {
        return FinalPrice::Ask { question: reason("rules.sie.pregunta_rebaja", &[]) };
    };
    let above = Exact::of(nearest) > limit;
    let shown = Money(if above { nearest - Decimal::new(1, 2) } else { nearest });
    if Exact::of(price.0) <= limit {
        return FinalPrice::LowEnough { highest: shown };
    }
    let key = match ended {
        EndedBy::Puja => "rules.sie.negociar",
        EndedBy::Negotiation => "rules.sie.desierto",
    };
    let values = [
        ("precio", price.spanish()),
        ("maximo", shown.spanish()),
        ("tasa", Percent(reduction.value).spanish()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    FinalPrice::TooHigh { highest: shown, reason: reason(key, &values) }
}

/// Tells whether a first price (*oferta económica inicial*) is not above the budget.
#[must_use]
pub fn initial_price_fits(price: Money, budget: Money) -> bool {
    price <= budget
}

/// Tells whether a *lance* is lower than the one before by at least `least` percent of `base`. What the percentage is of, the budget or the price
/// before, the pliego says.
#[must_use]
pub fn step_is_enough(before: Money, lance: Money, least: Percent, base: Money) -> bool {
    let step = Exact::of(before.0).minus(&Exact::of(lance.0));
    !step.is_zero() && !step.is_negative() && step >= Exact::of(base.0).times(&Exact::of_percent(least.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money(text.parse().expect("USD"))
    }

    fn ends(price: &str, budget: &str, ended: EndedBy) -> FinalPrice {
        let pack = RulePack::by_id("ec-2025-de193").expect("exists");
        final_price(money(price), money(budget), ended, pack)
    }

    #[test]
    fn vector_10_3_budget_10000_ends_at_9600_or_at_9500() {
        let FinalPrice::TooHigh { highest, reason } = ends("9600", "10000", EndedBy::Puja) else {
            panic!("9,600 must be negotiated")
        };
        assert_eq!((highest, reason.code.as_str()), (money("9500"), "rules.sie.negociar"));
        assert_eq!(
            ends("9500.00", "10000", EndedBy::Puja),
            FinalPrice::LowEnough { highest: money("9500") },
            "the boundary passes"
        );
        assert!(
            matches!(ends("9500.01", "10000", EndedBy::Puja), FinalPrice::TooHigh { .. }),
            "a cent above does not"
        );
    }

    #[test]
    fn a_negotiation_that_does_not_reach_it_ends_in_desierto() {
        let FinalPrice::TooHigh { reason, .. } = ends("9501", "10000", EndedBy::Negotiation) else {
            panic!("not low enough")
        };
        assert_eq!(reason.code, "rules.sie.desierto");
    }

    #[test]
    fn the_limit_of_an_odd_budget_is_compared_exactly() {
        // 95 % of 333.33 is 316.6635: 316.66 is below, 316.67 above; rounding the limit half up would let 316.67 pass nowhere and 316.66 always.
        assert!(matches!(ends("316.66", "333.33", EndedBy::Puja), FinalPrice::LowEnough { .. }));
        let FinalPrice::TooHigh { highest, .. } = ends("316.67", "333.33", EndedBy::Puja) else {
            panic!("too high")
        };
        assert_eq!(highest, money("316.66"), "the highest that passes is shown, not 316.6635 half up");
        // 95 % of 33.31 is 31.6445, which half up would be 31.64 as well; of 33.37 it is 31.7015.
        assert!(matches!(ends("31.6446", "33.31", EndedBy::Puja), FinalPrice::TooHigh { .. }));
    }

    #[test]
    fn an_older_regime_without_the_rule_is_asked() {
        let pack = RulePack::by_id("ec-2023").expect("exists");
        let found = final_price(money("9600"), money("10000"), EndedBy::Puja, pack);
        assert!(matches!(found, FinalPrice::Ask { .. }), "not known to the regime: {found:?}");
    }

    #[test]
    fn the_first_price_and_the_steps() {
        assert!(initial_price_fits(money("10000"), money("10000")), "equal is not above");
        assert!(!initial_price_fits(money("10000.01"), money("10000")), "a cent above");
        let one = Percent("1".parse().expect("%"));
        assert!(
            step_is_enough(money("9800"), money("9700"), one, money("10000")),
            "100 is 1 % of the budget"
        );
        assert!(!step_is_enough(money("9800"), money("9700.01"), one, money("10000")), "99.99 is not");
        assert!(
            !step_is_enough(money("9800"), money("9800"), Percent(Decimal::ZERO), money("10000")),
            "no step at all"
        );
    }
}
