//! The economic offer: the lowest price gets all points, the others `max × precio_min / precio_i`.
//!
//! Source: pliego model 2023-001, pp. 26 to 29 (manual §4.9). Prices are without IVA and as the bidder offered them: a corrected price counts once
//! the bidder has answered (corrections 6).

use super::{Computed, Entry, step};
use crate::scoring::exact::Exact;
use crate::scoring::model::reason;
use cotejo_domain::{Money, Reason};

/// Computes `max × lowest / price`; `None` when the price is zero.
pub(crate) fn inverse(most: &Exact, lowest: &Exact, price: &Exact) -> Option<Exact> {
    most.times(lowest).over(price)
}

pub(super) fn points(most: &Exact, field: &[Entry<'_>], entry: Entry<'_>) -> Result<Computed, Reason> {
    // A price of nothing would take every point of the others; a person looks first.
    if let Some(free) = field.iter().find(|other| other.given.value.is_zero()) {
        return Err(reason("rules.puntaje.precio_cero", &[("oferente", free.name)]));
    }
    let by_price = |one: &&Entry<'_>, other: &&Entry<'_>| {
        one.given.value.cmp(&other.given.value).then(one.bid.cmp(&other.bid))
    };
    let lowest = field.iter().min_by(by_price).copied().unwrap_or(entry);
    let exact = inverse(most, &Exact::of(lowest.given.value), &Exact::of(entry.given.value))
        .ok_or_else(|| reason("rules.puntaje.precio_cero", &[("oferente", entry.name)]))?;
    let (price, least) = (Money(entry.given.value).spanish(), Money(lowest.given.value).spanish());
    Ok(Computed {
        steps: vec![
            step(
                "rules.puntaje.paso.precio_menor",
                &[("oferente", lowest.name)],
                String::new(),
                least.clone(),
            ),
            step(
                "rules.puntaje.paso.inversa",
                &[],
                format!("{} × {least} / {price}", most.spanish()),
                exact.spanish(),
            ),
        ],
        exact,
        sentence: reason("rules.puntaje.formula.inversa", &[]),
        rests_on: vec![lowest.bid],
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{all, rounded};
    use crate::scoring::model::Formula;
    use proptest::prelude::*;

    #[test]
    fn vector_10_4_prices_100_110_125_of_50_points() {
        let prices = ["100", "110", "125"];
        assert_eq!(rounded(&Formula::Inverse, "50", &prices), ["50.00", "45.45", "40.00"], "manual §10.4");
        let exact = all(&Formula::Inverse, "50", &prices);
        assert_eq!(
            exact[1].as_ref().map(ToString::to_string),
            Ok("500/11".into()),
            "and 45.45 is not what is kept"
        );
    }

    #[test]
    fn a_price_of_zero_gives_nobody_points_until_a_person_looked() {
        let asked = all(&Formula::Inverse, "50", &["0", "100"]);
        assert!(asked.iter().all(|points| points == &Err("rules.puntaje.precio_cero".into())), "{asked:?}");
    }

    proptest! {
        #[test]
        fn prices_are_bounded_and_a_lower_price_never_loses(cents in prop::collection::vec(1_i64..1_000_000_000, 2..8), off in 1_i64..1_000) {
            let text = |cents: &[i64]| -> Vec<String> {
                cents.iter().map(|cents| rust_decimal::Decimal::new(*cents, 2).to_string()).collect()
            };
            let points = |cents: &[i64]| {
                let texts = text(cents);
                let slices: Vec<&str> = texts.iter().map(String::as_str).collect();
                all(&Formula::Inverse, "55", &slices)
            };
            let before = points(&cents);
            let most = crate::scoring::Exact::of("55".parse().expect("points"));
            for score in before.iter().flatten() {
                prop_assert!(*score <= most && !score.is_negative(), "{score}");
            }
            prop_assert!(before.iter().flatten().any(|score| *score == most), "the lowest has them all");
            let mut lowered = cents.clone();
            lowered[0] = (lowered[0] - off).max(1);
            prop_assert!(points(&lowered)[0] >= before[0], "a lower price never loses points");
        }
    }
}
