//! Prices that draw attention by being low: an alert, never a verdict.
//!
//! No rule on abnormally low offers was found in the law or its regulation (manual §4.12). From where on a price is looked at stands in the pack, as a
//! value of the programme and not of the norm; it may be changed and has no effect on any score.

use super::exact::{Exact, decimal_spanish};
use super::model::reason;
use crate::{Answer, RulePack};
use cotejo_domain::{BidId, Money, Percent, Reason};
use rust_decimal::Decimal;

/// Bids from which quartiles say anything at all.
const LEAST_BIDS: usize = 4;

/// Holds what of a works bid may explain a low price.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceMakeup {
    /// Indirect costs in percent of each APU that states them.
    pub indirect: Vec<Decimal>,
    /// Profit in percent of each APU that states it.
    pub profit: Vec<Decimal>,
    /// Rubros of the pliego that no line of the bid answers.
    pub missing_lines: Vec<String>,
}

/// Returns the alerts of every bid that has one. `prices` are those of all bids that take part, as offered.
#[must_use]
pub fn low_offers(
    prices: &[(BidId, Money)],
    budget: Option<Money>,
    makeup: impl Fn(BidId) -> PriceMakeup,
    pack: &RulePack,
) -> Vec<(BidId, Vec<Reason>)> {
    let Answer::Known(thresholds) = pack.low_offer() else { return Vec::new() };
    let sorted: Vec<Exact> = {
        let mut amounts: Vec<Exact> = prices.iter().map(|(_, price)| Exact::of(price.0)).collect();
        amounts.sort();
        amounts
    };
    let fence = fence(&sorted, thresholds.value.rango_intercuartilico_factor);
    let floor =
        budget.map(|budget| Exact::of(budget.0).times(&Exact::of(thresholds.value.presupuesto_factor)));
    let mut found = Vec::new();
    for (bid, price) in prices {
        let mut reasons = Vec::new();
        let exact = Exact::of(price.0);
        if let (Some(floor), Some(budget)) = (&floor, budget)
            && exact < *floor
        {
            let factor =
                thresholds.value.presupuesto_factor.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
            let values = [
                ("precio", price.spanish()),
                ("tasa", Percent(factor).spanish()),
                ("presupuesto", budget.spanish()),
            ];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            reasons.push(reason("rules.oferta_baja.presupuesto", &values));
        }
        if let Some(fence) = &fence
            && exact < *fence
        {
            let factor = decimal_spanish(thresholds.value.rango_intercuartilico_factor);
            let values = [("precio", price.spanish()), ("limite", fence.spanish()), ("factor", factor)];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            reasons.push(reason("rules.oferta_baja.cuartiles", &values));
        }
        let makeup = makeup(*bid);
        if makeup.indirect.iter().any(|percent| *percent <= Decimal::ZERO) {
            reasons.push(reason("rules.oferta_baja.indirectos", &[]));
        }
        if makeup.profit.iter().any(|percent| *percent <= Decimal::ZERO) {
            reasons.push(reason("rules.oferta_baja.utilidad", &[]));
        }
        if !makeup.missing_lines.is_empty() {
            let number = makeup.missing_lines.len().to_string();
            reasons.push(reason("rules.oferta_baja.rubros", &[("numero", &number)]));
        }
        if !reasons.is_empty() {
            found.push((*bid, reasons));
        }
    }
    found
}

/// Returns `Q1 − factor × (Q3 − Q1)`, or nothing for fewer than four prices. Quartiles by linear interpolation between the sorted prices.
fn fence(sorted: &[Exact], factor: Decimal) -> Option<Exact> {
    if sorted.len() < LEAST_BIDS {
        return None;
    }
    let (first, third) = (quartile(sorted, 1)?, quartile(sorted, 3)?);
    Some(first.minus(&Exact::of(factor).times(&third.minus(&first))))
}

/// Returns the `number`-th quartile: the value at `number × (n − 1) / 4`, between its neighbours in proportion.
fn quartile(sorted: &[Exact], number: usize) -> Option<Exact> {
    let last = sorted.len().checked_sub(1)?;
    let position = number.checked_mul(last)?;
    let (below, rest) = (position / 4, position % 4);
    let lower = sorted.get(below)?;
    let upper = sorted.get(below + 1).unwrap_or(lower);
    let share = Exact::of(Decimal::from(rest)).over(&Exact::of(Decimal::from(4)))?;
    Some(lower.plus(&share.times(&upper.minus(lower))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn alerts(prices: &[&str], budget: Option<&str>, makeup: &PriceMakeup) -> Vec<Vec<String>> {
        let pack = RulePack::by_id("ec-2025-de193").expect("exists");
        let money = |text: &str| Money(text.parse().expect("USD"));
        let prices: Vec<(BidId, Money)> =
            (1..).zip(prices).map(|(number, price)| (BidId(Uuid::from_u128(number)), money(price))).collect();
        let found = low_offers(&prices, budget.map(money), |_| makeup.clone(), pack);
        let of = |bid: &BidId| {
            found
                .iter()
                .find(|(other, _)| other == bid)
                .map_or(Vec::new(), |(_, reasons)| reasons.iter().map(|reason| reason.code.clone()).collect())
        };
        prices.iter().map(|(bid, _)| of(bid)).collect()
    }

    #[test]
    fn a_price_below_seven_tenths_of_the_budget_draws_attention_and_at_it_does_not() {
        let found = alerts(&["69999.99", "70000"], Some("100000"), &PriceMakeup::default());
        assert_eq!(
            found,
            [vec!["rules.oferta_baja.presupuesto".to_owned()], vec![]],
            "0.70 is the limit, not below it"
        );
        assert!(alerts(&["1"], None, &PriceMakeup::default())[0].is_empty(), "no budget, no comparison");
    }

    #[test]
    fn an_outlier_below_the_other_prices_draws_attention_from_four_bids_on() {
        let found = alerts(&["95000", "96000", "97000", "98000", "60000"], None, &PriceMakeup::default());
        assert_eq!(found[4], ["rules.oferta_baja.cuartiles"], "Q1 95,000 − 1.5 × 2,000 = 92,000");
        assert!(found[0].is_empty(), "95,000 is not below 92,000");
        assert!(
            alerts(&["95000", "96000", "60000"], None, &PriceMakeup::default()).iter().all(Vec::is_empty),
            "three say nothing"
        );
    }

    #[test]
    fn a_works_price_without_profit_or_lines_is_told() {
        let makeup = PriceMakeup {
            indirect: vec![Decimal::from(15)],
            profit: vec![Decimal::from(5), Decimal::ZERO],
            missing_lines: vec!["Excavación".into()],
        };
        assert_eq!(
            alerts(&["99000"], Some("100000"), &makeup)[0],
            ["rules.oferta_baja.utilidad", "rules.oferta_baja.rubros"]
        );
    }
}
