//! Experience: what exceeds the minimum gives points, up to 1.25 times the budget; the highest gets all, the others in proportion.
//!
//! Source: pliego model 2023-001, pp. 26 to 29 (manual §4.9). The minimum gives no points, since it is compulsory.

use super::{Computed, Entry, greatest, step};
use crate::scoring::exact::Exact;
use crate::scoring::model::reason;
use cotejo_domain::{Money, Reason};
use rust_decimal::Decimal;

/// Returns what counts of an experience: the part above `minimum`, at most `cap`.
pub(crate) fn counted(total: Decimal, minimum: Decimal, cap: Decimal) -> Exact {
    let above = Exact::of(total).minus(&Exact::of(minimum));
    let above = if above.is_negative() { Exact::zero() } else { above };
    above.min(Exact::of(cap))
}

pub(super) fn points(
    most: &Exact,
    minimum: Decimal,
    cap: Decimal,
    field: &[Entry<'_>],
    entry: Entry<'_>,
) -> Result<Computed, Reason> {
    let all: Vec<_> = field.iter().map(|other| (*other, counted(other.given.value, minimum, cap))).collect();
    let own = counted(entry.given.value, minimum, cap);
    let (highest, reference) = greatest(&all).unwrap_or((entry, own.clone()));
    let (total, least, limit) =
        (Money(entry.given.value).spanish(), Money(minimum).spanish(), Money(cap).spanish());
    let mut steps = vec![step(
        "rules.puntaje.paso.adicional",
        &[("tope", &limit)],
        format!("{total} − {least}"),
        own.spanish(),
    )];
    let exact = if reference.is_zero() {
        // Nobody exceeds the minimum: there is nothing to be proportional to, and the minimum gives no points.
        steps.push(step("rules.puntaje.paso.nadie_excede", &[], String::new(), "0".to_owned()));
        Exact::zero()
    } else {
        let exact = most.times(&own).over(&reference).unwrap_or_else(Exact::zero);
        steps.push(step(
            "rules.puntaje.paso.adicional_mayor",
            &[("oferente", highest.name)],
            String::new(),
            reference.spanish(),
        ));
        steps.push(step(
            "rules.puntaje.paso.proporcional",
            &[],
            format!("{} × {} / {}", most.spanish(), own.spanish(), reference.spanish()),
            exact.spanish(),
        ));
        exact
    };
    Ok(Computed {
        exact,
        sentence: reason("rules.puntaje.formula.adicional", &[("minimo", &least), ("tope", &limit)]),
        steps,
        rests_on: vec![highest.bid],
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{all, rounded};
    use crate::scoring::model::Formula;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn formula(minimum: &str, cap: &str) -> Formula {
        Formula::AboveMinimum { minimum: minimum.parse().expect("USD"), cap: cap.parse().expect("USD") }
    }

    #[test]
    fn only_what_exceeds_the_minimum_counts_and_no_more_than_the_cap() {
        let formula = formula("1265.02", "15812.75");
        assert_eq!(
            rounded(&formula, "10", &["1265.02", "5000", "60000", "1000"]),
            ["0.00", "2.36", "10.00", "0.00"],
            "the minimum itself gives nothing; 3,734.98 of 15,812.75; above the cap all points and no more"
        );
        assert_eq!(
            rounded(&formula, "10", &["20000", "60000"]),
            ["10.00", "10.00"],
            "both are over the cap of 1.25 × the budget: both have the maximum"
        );
    }

    #[test]
    fn when_nobody_exceeds_the_minimum_nobody_has_points() {
        assert_eq!(rounded(&formula("1000", "5000"), "10", &["1000", "1000"]), ["0.00", "0.00"]);
    }

    proptest! {
        #[test]
        fn experience_is_bounded_and_more_never_loses(
            totals in prop::collection::vec(0_i64..100_000_000, 1..7), more in 1_i64..50_000_000,
            minimum in 0_i64..10_000_000, cap in 1_i64..30_000_000,
        ) {
            let formula = Formula::AboveMinimum { minimum: Decimal::new(minimum, 2), cap: Decimal::new(cap, 2) };
            let points = |totals: &[i64]| {
                let texts: Vec<String> = totals.iter().map(|cents| Decimal::new(*cents, 2).to_string()).collect();
                all(&formula, "15", &texts.iter().map(String::as_str).collect::<Vec<_>>())
            };
            let before = points(&totals);
            let most = crate::scoring::Exact::of("15".parse().expect("points"));
            for score in before.iter().flatten() {
                prop_assert!(*score <= most && !score.is_negative(), "{score}");
            }
            let mut raised = totals.clone();
            raised[0] += more;
            prop_assert!(points(&raised)[0] >= before[0], "more experience never loses points");
        }
    }
}
