//! P-04: totals that lie closer together than prices made apart do, or whole percentages above the lowest.

use crate::input::Flag;
use crate::lot::{Lot, put_once};
use crate::parameters::{
    P_04_BIDS, P_04_COMMON, P_04_MOST_PERCENT, P_04_NEAR_BUDGET, P_04_SPREAD, P_04_VARIATION,
};
use crate::spread::{percent, variation_squared, varies_less};
use cotejo_domain::{BidId, Evidence, Fact, Money, Severity};
use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) const CODE: &str = "P-04";

/// The total of one bid.
#[derive(Clone, Copy)]
struct Total<'a> {
    bid: BidId,
    name: &'a str,
    fact: &'a Fact,
    value: Decimal,
}

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let mut totals: Vec<Total<'_>> = lot
        .bids
        .iter()
        .zip(&lot.offers)
        .filter_map(|(papers, offer)| {
            let (fact, Money(value)) = offer.total()?;
            Some(Total { bid: papers.bid, name: &papers.bidder.name, fact, value })
        })
        .filter(|total| total.value > Decimal::ZERO)
        .collect();
    totals.sort_by_key(|total| (total.value, total.bid));
    let mut flags: Vec<Flag> = close(lot, &totals).into_iter().collect();
    flags.extend(steps(&totals));
    flags.extend(at_the_budget(lot, &totals));
    flags
}

fn flag(variant: &str, severity: Severity, totals: &[Total<'_>], values: &[(&str, &str)]) -> Flag {
    let mut bids: Vec<BidId> = totals.iter().map(|total| total.bid).collect();
    bids.sort();
    let mut evidence: Vec<Evidence> = Vec::new();
    for total in totals {
        put_once(&mut evidence, total.fact.evidence.clone());
    }
    Flag::new(CODE, variant, severity, bids, values, evidence)
}

fn close(lot: &Lot<'_>, totals: &[Total<'_>]) -> Option<Flag> {
    let values: Vec<Decimal> = totals.iter().map(|total| total.value).collect();
    if totals.len() < P_04_BIDS.count() || !varies_less(&values, P_04_VARIATION.value) {
        return None;
    }
    let (low, high) = (values.first()?, values.last()?);
    let apart = high.checked_sub(*low)?.checked_div(*low)?;
    if apart.is_zero() {
        // The same total in all is P-01's.
        return None;
    }
    // A published budget is a reference that all have in common: totals near it lie near each other.
    let near = |budget: Decimal| values.iter().all(|value| is_near(*value, budget, P_04_COMMON.value));
    let by_budget = lot.terms.budget.is_some_and(|Money(budget)| near(budget));
    let variant = if by_budget { "dispersion_presupuesto" } else { "dispersion" };
    let weighs = !by_budget && apart < P_04_SPREAD.value;
    let severity = if weighs { Severity::Warning } else { Severity::Info };
    let (count, apart) = (totals.len().to_string(), percent(apart));
    let variation = variation_squared(&values)?;
    let limit = percent(P_04_VARIATION.value);
    let exact = root_percent(variation);
    let told = [
        ("ofertas", count.as_str()),
        ("distancia", apart.as_str()),
        ("coeficiente", exact.as_str()),
        ("limite", limit.as_str()),
    ];
    Some(flag(variant, severity, totals, &told))
}

fn is_near(value: Decimal, of: Decimal, share: Decimal) -> bool {
    of.checked_mul(share).is_some_and(|room| (value - of).abs() <= room)
}

/// Writes the root of a share as a percentage with two decimals, rounded up: for people, nothing is compared with it.
fn root_percent(square: Decimal) -> String {
    let mut hundredths = 0_u32;
    while hundredths < 10_000 {
        let share = Decimal::new(i64::from(hundredths), 4);
        if share * share >= square {
            break;
        }
        hundredths += 1;
    }
    percent(Decimal::new(i64::from(hundredths), 4))
}

/// Totals that are the lowest plus a whole percentage, to the cent.
fn steps(totals: &[Total<'_>]) -> Option<Flag> {
    let lowest = totals.first()?;
    // From a round amount every other round one is a whole percentage.
    if lowest.value.checked_rem(Decimal::ONE_HUNDRED)?.is_zero() {
        return None;
    }
    let mut found = vec![*lowest];
    let mut said: Vec<String> = Vec::new();
    for total in totals.iter().skip(1) {
        let Some(whole) = whole_percent(lowest.value, total.value) else { continue };
        found.push(*total);
        said.push(format!("{} (+{whole} %)", total.name));
    }
    let losers = said.join("; ");
    let values = [("ganador", lowest.name), ("otros", losers.as_str())];
    (found.len() > 1).then(|| flag("porcentaje", Severity::Warning, &found, &values))
}

/// Returns the whole percentage by which `value` is above `lowest`, where it is one to the cent.
fn whole_percent(lowest: Decimal, value: Decimal) -> Option<Decimal> {
    let above = value.checked_sub(lowest)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(lowest)?;
    let whole = above.round();
    if whole < Decimal::ONE || whole > P_04_MOST_PERCENT.value {
        return None;
    }
    let share = whole.checked_div(Decimal::ONE_HUNDRED)?.checked_add(Decimal::ONE)?;
    let expected = lowest.checked_mul(share)?;
    let rounded = expected.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    // The printed total may add rounded rows: one cent.
    ((rounded - value).abs() <= Decimal::new(1, 2)).then_some(whole.normalize())
}

/// One bid below, and all the others at the budget.
fn at_the_budget(lot: &Lot<'_>, totals: &[Total<'_>]) -> Option<Flag> {
    let Money(budget) = lot.terms.budget?;
    let near = |total: &&Total<'_>| is_near(total.value, budget, P_04_NEAR_BUDGET.value);
    let (lowest, others) = totals.split_first()?;
    if totals.len() < P_04_BIDS.count() || near(&lowest) || !others.iter().all(|total| near(&total)) {
        return None;
    }
    let (count, share) = (others.len().to_string(), percent(P_04_NEAR_BUDGET.value));
    let values = [
        ("ganador", lowest.name),
        ("otros", count.as_str()),
        ("cercania", share.as_str()),
        ("presupuesto", &Money(budget).spanish()),
    ];
    Some(flag("presupuesto", Severity::Info, totals, &values))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::LotTerms;
    use crate::sample::{Sample, detect_in_terms};
    use cotejo_domain::{Money, Severity};

    const RUCS: [&str; 4] = ["1790012344001", "0990054321001", "0190012343001", "1790098764001"];
    const NAMES: [&str; 4] = ["Uno S.A.", "Dos S.A.", "Tres S.A.", "Cuatro S.A."];

    fn found(totals: &[&str], budget: Option<&str>) -> Vec<(Severity, usize, String)> {
        let bids: Vec<Sample> = totals
            .iter()
            .enumerate()
            .map(|(at, total)| Sample::new(RUCS[at], NAMES[at]).total("FUO_1_5_CANT", total))
            .collect();
        let budget = budget.map(|budget| Money(budget.parse().expect("dollars")));
        let flags = detect_in_terms(&bids, LotTerms { budget, ..LotTerms::default() });
        let flags = flags.into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| (flag.severity, flag.bids.len(), flag.text)).collect()
    }

    #[test]
    fn three_totals_within_one_per_cent_are_told_and_those_near_the_budget_only_for_information() {
        let told = found(&["98412.37", "99105.88", "98877.10"], None);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((told[0].0, told[0].1), (Severity::Warning, 3));
        let told = found(&["98412.37", "99105.88", "98877.10"], Some("105000"));
        assert_eq!(told[0].0, Severity::Info, "all followed the published budget");
        let told = found(&["98412.37", "99105.88", "98877.10"], Some("140000"));
        assert_eq!(told[0].0, Severity::Warning, "the budget does not explain why all are so far below");
        let told = found(&["98412.37", "99905.88", "101877.10"], None);
        assert_eq!(told[0].0, Severity::Info, "three and a half per cent are a narrow market too");
        assert!(found(&["98412.37", "99105.88"], None).is_empty(), "two say nothing");
        assert!(found(&["98412.37", "112105.88", "87877.10"], None).is_empty());
    }

    #[test]
    fn losers_at_whole_percentages_above_the_lowest_are_told_by_name() {
        let told = found(&["87654.21", "92036.92", "97121.11", "94666.55"], None);
        let steps: Vec<_> = told.iter().filter(|(_, _, text)| text.contains("+5 %")).collect();
        assert_eq!(steps.len(), 1, "{told:?}");
        assert_eq!((steps[0].0, steps[0].1), (Severity::Warning, 3), "8 % of the fourth is; 10,8 % is not");
        assert!(
            steps[0].2.contains("Dos S.A.") && steps[0].2.contains("Cuatro S.A. (+8 %)"),
            "{}",
            steps[0].2
        );
    }

    #[test]
    fn round_totals_are_no_staircase() {
        assert!(found(&["80000", "84000"], None).is_empty(), "five per cent apart as round amounts are");
        assert!(found(&["87654.21", "87654.21"], None).is_empty());
    }

    #[test]
    fn one_below_and_the_others_at_the_budget_is_for_information() {
        let told = found(&["81234.56", "99811.27", "99950.03"], Some("100000"));
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, Severity::Info);
        assert!(found(&["81234.56", "99811.27", "91950.03"], Some("100000")).is_empty());
    }
}
