//! Tables of the packs: patrimonio by budget, ceilings of experience by coefficient, the state's initial budget by year.

use super::form::{ValueForm, Verified};
use super::{Answer, Origin, RulePack, Value};
use cotejo_domain::{Money, Percent};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The yearly data: the state's initial budget.
pub(super) const YEARLY: &str = include_str!("../../packs/ec-anuales.json");

/// Holds the state's initial budget by year.
#[derive(Debug, Default)]
pub(super) struct StateBudgets {
    years: BTreeMap<String, (Money, ValueForm)>,
    json: serde_json::Value,
}

static BUILT_IN: LazyLock<Arc<StateBudgets>> = LazyLock::new(|| {
    // The file is compiled in and a test reads it; without it every year is asked.
    let json = serde_json::from_str::<serde_json::Value>(YEARLY).ok();
    let budgets = json.and_then(|json| StateBudgets::from_json(json.get("pie")?));
    budgets.unwrap_or_default().into()
});

impl StateBudgets {
    pub(super) fn built_in() -> Arc<Self> {
        Arc::clone(&BUILT_IN)
    }

    pub(super) fn from_json(json: &serde_json::Value) -> Option<Self> {
        let forms: BTreeMap<String, ValueForm> = serde_json::from_value(json.clone()).ok()?;
        let amount = |(year, form): (String, ValueForm)| {
            let amount: Decimal = form.value.as_str()?.parse().ok()?;
            Some((year, (Money(amount), form)))
        };
        let years = forms.into_iter().map(amount).collect::<Option<_>>()?;
        Some(Self { years, json: json.clone() })
    }

    pub(super) fn json(&self) -> &serde_json::Value {
        &self.json
    }

    fn of(&self, year: i16) -> Answer<Money> {
        let Some((amount, form)) = self.years.get(&year.to_string()) else {
            return Answer::Ask { parameter: format!("pie.{year}") };
        };
        Answer::Known(Value {
            value: *amount,
            unit: form.unit.clone(),
            source: form.source.cite(),
            citation: form.source.clone(),
            verified: form.verified == Verified::Read(true),
            confirmed: None,
            suspicious: form.suspicious,
            note: form.note.clone(),
            origin: Origin::Pack { id: "ec-anuales".into(), version: 1 },
        })
    }
}

/// Returns the *presupuesto inicial del Estado* (PIE) of a year as this program knows it, the base of the coefficients; a pack has its own
/// ([`RulePack::state_budget`]).
#[must_use]
pub fn state_budget(year: i16) -> Answer<Money> {
    BUILT_IN.of(year)
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

/// Says from which *presupuesto referencial* on a comisión técnica evaluates, and not a single official.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommissionThreshold {
    /// The amount.
    pub amount: Money,
    /// Whether the amount itself needs one.
    pub inclusive: bool,
}

impl CommissionThreshold {
    /// Tells whether a budget needs a commission.
    #[must_use]
    pub fn reached(self, budget: Money) -> bool {
        budget > self.amount || (self.inclusive && budget == self.amount)
    }
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
    /// Returns the *presupuesto inicial del Estado* of a year as it was frozen with this pack.
    #[must_use]
    pub fn state_budget(&self, year: i16) -> Answer<Money> {
        self.budgets.of(year)
    }

    /// Returns the threshold of the comisión técnica: an amount since October 2025 (RGL 88), a coefficient of the state's budget of the year
    /// before.
    #[must_use]
    pub fn commission_threshold(&self, started: jiff::civil::Date) -> Answer<CommissionThreshold> {
        let amount = self.settle::<Decimal>("comision_tecnica_min", None, Some(started));
        if let Answer::Known(amount) = amount {
            let inclusive = self.operator("comision_tecnica_min") == Some(">=");
            let threshold = CommissionThreshold { amount: Money(amount.value), inclusive };
            return Answer::Known(amount.map(threshold));
        }
        let coefficient = match self.settle::<Decimal>("comision_tecnica_coef", None, Some(started)) {
            Answer::Known(coefficient) => coefficient,
            Answer::Ask { parameter } => return Answer::Ask { parameter },
        };
        let state = match self.state_budget(started.year()) {
            Answer::Known(state) => state,
            Answer::Ask { parameter } => return Answer::Ask { parameter },
        };
        let inclusive = self.operator("comision_tecnica_coef") == Some(">=");
        let amount = Money(coefficient.value * state.value.0).rounded();
        let verified = coefficient.verified && state.verified;
        let mut value = coefficient.map(CommissionThreshold { amount, inclusive });
        value.verified = verified;
        Answer::Known(value)
    }

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
        let state = match self.state_budget(year) {
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
    fn the_threshold_of_the_commission_is_the_regime_s() {
        let needs = |start: &str, budget: &str| {
            let started: jiff::civil::Date = start.parse().expect("a day");
            let pack = RulePack::for_start(started).expect("a pack");
            let threshold = pack.commission_threshold(started).known().expect("known");
            threshold.value.reached(Money(decimal(budget)))
        };
        assert!(needs("2026-01-15", "100000.00") && !needs("2026-01-15", "99999.99"), "RGL 88");
        assert!(
            needs("2024-05-02", "66587.82") && !needs("2024-05-02", "66587.81"),
            "0.000002 × PIE of 2024"
        );
        let ley = RulePack::by_id("ec-2025-ley").expect("exists");
        let started = jiff::civil::date(2025, 10, 8);
        let before = ley.commission_threshold(started).known().expect("inherited");
        assert!(
            before.value.amount == Money(decimal("72126.03")) && !before.verified,
            "RGL 88 came 20 days later"
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
