//! Tables of the packs: patrimonio by budget, ceilings of experience by coefficient, the state's initial budget by year.

use super::{Answer, RulePack, Value};
use cotejo_domain::{Money, Percent};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The yearly data: state budget and holidays.
pub(crate) const YEARLY: &str = include_str!("../../packs/ec-anuales.json");

#[derive(Deserialize)]
struct Yearly {
    pie: StateBudgets,
}

#[derive(Deserialize)]
struct StateBudgets {
    years: BTreeMap<String, Decimal>,
    verified: Vec<String>,
    source: String,
    unit: String,
}

static STATE_BUDGETS: LazyLock<Option<StateBudgets>> =
    LazyLock::new(|| serde_json::from_str::<Yearly>(YEARLY).ok().map(|yearly| yearly.pie));

/// Returns the *presupuesto inicial del Estado* (PIE) of a year, the base of the coefficients.
#[must_use]
pub fn state_budget(year: i16) -> Answer<Money> {
    let ask = Answer::Ask { parameter: format!("pie.{year}") };
    let Some(budgets) = STATE_BUDGETS.as_ref() else { return ask };
    let key = year.to_string();
    match budgets.years.get(&key) {
        Some(amount) => Answer::Known(Value {
            value: Money(*amount),
            unit: Some(budgets.unit.clone()),
            source: budgets.source.clone(),
            verified: budgets.verified.contains(&key),
            suspicious: false,
            note: None,
        }),
        None => ask,
    }
}

/// Says what patrimonio the table asks at a budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatrimonioMinimum {
    /// The amount; `None` where the table says *no aplica*.
    pub amount: Option<Money>,
    /// How it was computed, in numbers.
    pub computation: String,
}

/// Says how much experience may be asked at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExperienceCeiling {
    /// General experience, percent of the budget.
    pub general: Percent,
    /// Specific experience, percent of the budget.
    pub specific: Percent,
    /// For each contract, percent of the experience asked.
    pub per_contract: Percent,
}

#[derive(Deserialize)]
struct PatrimonioRow {
    from: Decimal,
    to: Option<Decimal>,
    base: Option<Decimal>,
    pct_excess: Option<Decimal>,
    excess_over: Option<Decimal>,
}

#[derive(Deserialize)]
struct CeilingRow {
    coef_from: Decimal,
    coef_to: Option<Decimal>,
    general_max_pct: Decimal,
    especifica_max_pct: Decimal,
    per_contract_pct_of_required: Decimal,
}

impl RulePack {
    /// Returns the minimum patrimonio of the regime's table. The table is kept as read, odd rows included; never below zero.
    #[must_use]
    pub fn patrimonio_minimum(&self, works: bool, budget: Money) -> Answer<PatrimonioMinimum> {
        let name = if works { "patrimonio_obras" } else { "patrimonio_bienes_servicios" };
        let ask = Answer::Ask { parameter: name.to_owned() };
        let Answer::Known(table) = self.typed::<Vec<PatrimonioRow>>(name) else { return ask };
        let row =
            table.value.iter().find(|row| budget.0 >= row.from && row.to.is_none_or(|to| budget.0 <= to));
        let Some(row) = row else { return ask };
        let minimum = match (row.base, row.pct_excess, row.excess_over) {
            (Some(base), Some(rate), Some(over)) => {
                let amount = (base + rate / Decimal::ONE_HUNDRED * (budget.0 - over)).max(Decimal::ZERO);
                let computation = format!(
                    "{} + {} × ({} − {})",
                    Money(base).spanish(),
                    Percent(rate).spanish(),
                    budget.spanish(),
                    Money(over).spanish()
                );
                PatrimonioMinimum { amount: Some(Money(amount)), computation }
            }
            _ => PatrimonioMinimum { amount: None, computation: format!("{}: no aplica", budget.spanish()) },
        };
        Answer::Known(table.map(minimum))
    }

    /// Returns the most experience that may be asked at a budget, in a year whose state budget is known.
    #[must_use]
    pub fn experience_ceiling(&self, budget: Money, year: i16) -> Answer<ExperienceCeiling> {
        let Answer::Known(table) = self.typed::<Vec<CeilingRow>>("experiencia_techos") else {
            return Answer::Ask { parameter: "experiencia_techos".to_owned() };
        };
        let state = match state_budget(year) {
            Answer::Known(state) => state,
            Answer::Ask { parameter } => return Answer::Ask { parameter },
        };
        let row = table.value.iter().find(|row| {
            budget.0 >= row.coef_from * state.value.0
                && row.coef_to.is_none_or(|to| budget.0 < to * state.value.0)
        });
        let Some(row) = row else { return Answer::Ask { parameter: "experiencia_techos".to_owned() } };
        let ceiling = ExperienceCeiling {
            general: Percent(row.general_max_pct),
            specific: Percent(row.especifica_max_pct),
            per_contract: Percent(row.per_contract_pct_of_required),
        };
        let verified = table.verified && state.verified;
        let mut value = table.map(ceiling);
        value.verified = verified;
        Answer::Known(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn minimum(pack: &str, works: bool, budget: &str) -> Option<PatrimonioMinimum> {
        let pack = RulePack::by_id(pack).expect("exists");
        pack.patrimonio_minimum(works, Money(decimal(budget))).known().map(|value| value.value)
    }

    #[test]
    fn a_real_works_pliego_of_2023_has_exactly_the_amount_of_the_table() {
        let found = minimum("ec-2022", true, "495930.26").and_then(|minimum| minimum.amount);
        assert_eq!(found, Some(Money(decimal("17796.512500"))), "what the MFC stored in a real pliego");
    }

    #[test]
    fn the_table_is_kept_as_read_with_its_drop_at_half_a_million() {
        let below = minimum("ec-2023", true, "500000").and_then(|minimum| minimum.amount);
        let above = minimum("ec-2023", true, "500000.01").and_then(|minimum| minimum.amount);
        assert_eq!(below.map(Money::rounded), Some(Money(decimal("18000.00"))), "upper end");
        assert_eq!(above, Some(Money(decimal("15000.00"))), "it drops: suspicious, but not smoothed");
    }

    #[test]
    fn small_goods_never_ask_a_negative_patrimonio() {
        let found = minimum("ec-2023", false, "11140").and_then(|minimum| minimum.amount);
        assert_eq!(found, Some(Money::ZERO), "5 % of a negative excess is clamped at zero");
        assert_eq!(
            minimum("ec-2023", true, "150000").map(|minimum| minimum.amount),
            Some(None),
            "small works: no aplica"
        );
    }

    #[test]
    fn the_first_bracket_of_experience_is_the_training_example() {
        let pack = RulePack::by_id("ec-2025-de193").expect("exists");
        let ceiling = pack.experience_ceiling(Money(decimal("12650.20")), 2025).known().expect("known");
        assert_eq!(
            (ceiling.value.general, ceiling.value.specific, ceiling.value.per_contract),
            (Percent(decimal("10")), Percent(decimal("5")), Percent(decimal("5"))),
            "1,265.02; 632.51; 63.25 and 31.63 follow from these"
        );
        assert!(!ceiling.verified, "the table of DE 193 was not seen");
        assert!(
            matches!(pack.experience_ceiling(Money(decimal("1")), 2031), Answer::Ask { .. }),
            "no state budget, no ceiling"
        );
    }
}
