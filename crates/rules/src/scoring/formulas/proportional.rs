//! In direct proportion to the highest: participación ecuatoriana, VAE, subcontratación in the pliego model of 2023, personnel.
//!
//! Sources: pliego model 2023-001, p. 28 (10 to the highest that reaches the minimum; 5 to the highest percentage of up to 30 %, the others in
//! proportion from 10 %); old Normativa Secundaria 57 for VAE (points from the threshold on). Manual §4.9 and §4.10.

use super::{Computed, Entry, greatest, step};
use crate::scoring::exact::{Exact, decimal_spanish};
use crate::scoring::model::{Measure, reason};
use cotejo_domain::Reason;
use rust_decimal::Decimal;

pub(super) fn points(
    most: &Exact,
    least: Option<Decimal>,
    limit: Option<Decimal>,
    measure: Measure,
    field: &[Entry<'_>],
    entry: Entry<'_>,
) -> Result<Computed, Reason> {
    // No source says what becomes of who offers more than may be offered, nor whether it sets the highest.
    let too_much = |other: &&Entry<'_>| limit.is_some_and(|limit| other.given.value > limit);
    if let Some(other) = field.iter().find(too_much) {
        let values = [
            ("oferente", other.name.to_owned()),
            ("valor", decimal_spanish(other.given.value)),
            ("maximo", decimal_spanish(limit.unwrap_or_default())),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        return Err(reason("rules.puntaje.sobre_maximo", &values));
    }
    let counts = |other: &Entry<'_>| least.is_none_or(|least| other.given.value >= least);
    let counted = |other: &Entry<'_>| {
        if counts(other) { Exact::of(other.given.value) } else { Exact::zero() }
    };
    let all: Vec<_> = field.iter().map(|other| (*other, counted(other))).collect();
    let own = counted(&entry);
    let (highest, reference) = greatest(&all).unwrap_or((entry, own.clone()));
    let mut steps = Vec::new();
    let exact = if !counts(&entry) {
        let least = decimal_spanish(least.unwrap_or_default());
        let value = decimal_spanish(entry.given.value);
        steps.push(step("rules.puntaje.paso.no_alcanza", &[], format!("{value} < {least}"), "0".to_owned()));
        Exact::zero()
    } else if reference.is_zero() {
        steps.push(step("rules.puntaje.paso.nadie_ofrece", &[], String::new(), "0".to_owned()));
        Exact::zero()
    } else {
        let exact = most.times(&own).over(&reference).unwrap_or_else(Exact::zero);
        steps.push(step(
            "rules.puntaje.paso.mayor",
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
    let least = least.map_or_else(|| "—".to_owned(), decimal_spanish);
    let limit = limit.map_or_else(|| "—".to_owned(), decimal_spanish);
    let values = [("minimo", least.as_str()), ("maximo", limit.as_str())];
    let sentence = match measure {
        Measure::Subcontracting => "rules.puntaje.formula.subcontratacion_proporcional",
        Measure::EcuadorianParticipation => "rules.puntaje.formula.participacion",
        Measure::Vae => "rules.puntaje.formula.vae",
        _ if least == "—" => "rules.puntaje.formula.proporcional",
        _ => "rules.puntaje.formula.proporcional_desde",
    };
    Ok(Computed { exact, sentence: reason(sentence, &values), steps, rests_on: vec![highest.bid] })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{all, rounded};
    use crate::scoring::model::Formula;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn formula(least: Option<&str>, most: Option<&str>) -> Formula {
        let decimal = |text: &str| text.parse().expect("a decimal");
        Formula::Proportional { least: least.map(decimal), most: most.map(decimal) }
    }

    #[test]
    fn who_does_not_reach_the_least_gets_nothing_and_does_not_set_the_highest() {
        assert_eq!(
            rounded(&formula(Some("40"), None), "10", &["62.15", "57.82", "39.99", "40"]),
            ["10.00", "9.30", "0.00", "6.44"],
            "participación ecuatoriana: the minimum itself counts"
        );
        assert_eq!(
            rounded(&formula(Some("60"), None), "10", &["50", "55"]),
            ["0.00", "0.00"],
            "nobody reaches it"
        );
    }

    #[test]
    fn subcontracting_of_the_2023_model_is_proportional_from_ten_percent_on() {
        let formula = formula(Some("10"), Some("30"));
        assert_eq!(rounded(&formula, "5", &["30", "20", "10", "9.99"]), ["5.00", "3.33", "1.67", "0.00"]);
        assert_eq!(
            rounded(&formula, "5", &["35", "20"]),
            ["rules.puntaje.sobre_maximo"; 2],
            "above 30 % no source says what happens: asked, for all, since it could set the highest"
        );
    }

    proptest! {
        #[test]
        fn shares_are_bounded_and_more_never_loses(
            shares in prop::collection::vec(0_i64..10_000, 1..7), more in 1_i64..2_000, least in 0_i64..6_000,
        ) {
            let formula = Formula::Proportional { least: Some(Decimal::new(least, 2)), most: None };
            let points = |shares: &[i64]| {
                let texts: Vec<String> = shares.iter().map(|share| Decimal::new(*share, 2).to_string()).collect();
                all(&formula, "10", &texts.iter().map(String::as_str).collect::<Vec<_>>())
            };
            let before = points(&shares);
            let most = crate::scoring::Exact::of("10".parse().expect("points"));
            for score in before.iter().flatten() {
                prop_assert!(*score <= most && !score.is_negative(), "{score}");
            }
            let mut raised = shares.clone();
            raised[0] += more;
            prop_assert!(points(&raised)[0] >= before[0], "more never loses points");
        }
    }
}
