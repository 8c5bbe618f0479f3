//! Unit price analyses: computed as the forms compute them, row by row, rounded half up to cents at each step.

use crate::numbers::cents;
use crate::scenario::wage;
use crate::themes::Rubro;
use rust_decimal::Decimal;

/// How one bidder's costs differ from the reference.
#[derive(Clone, Debug)]
pub(crate) struct Costs {
    /// Factor on materials, in thousandths.
    pub materials: i64,
    /// Factor on yields, in thousandths.
    pub hours: i64,
    /// Indirect costs in percent.
    pub indirect: i64,
    /// Profit in percent.
    pub profit: i64,
}

impl Costs {
    /// The costs behind the reference budget.
    #[must_use]
    pub(crate) fn reference() -> Self {
        Self { materials: 1000, hours: 1000, indirect: 15, profit: 7 }
    }
}

/// A row of equipment, labour or material.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Description.
    pub name: String,
    /// Unit (materials).
    pub unit: String,
    /// Quantity.
    pub quantity: Decimal,
    /// Tariff, wage or price.
    pub price: Decimal,
    /// Hourly cost (equipment and labour).
    pub hourly: Decimal,
    /// Yield in hours for a unit (equipment and labour).
    pub hours: Decimal,
    /// Cost.
    pub cost: Decimal,
}

/// A computed analysis.
#[derive(Clone, Debug)]
pub(crate) struct Analysis {
    /// Equipment.
    pub equipment: Vec<Row>,
    /// Labour.
    pub labour: Vec<Row>,
    /// Materials.
    pub materials: Vec<Row>,
    /// Subtotals M, N and O.
    pub subtotals: [Decimal; 3],
    /// Direct cost.
    pub direct: Decimal,
    /// Indirect costs.
    pub indirect: Decimal,
    /// Profit.
    pub profit: Decimal,
    /// Total and offered value.
    pub offered: Decimal,
}

impl Analysis {
    /// Computes the analysis of a rubro with a bidder's costs.
    #[must_use]
    pub(crate) fn of(rubro: &Rubro, costs: &Costs) -> Self {
        let hours = (Decimal::new(rubro.hours * costs.hours, 7)).round_dp(4);
        let timed = |name: &str, quantity: i64, price: i64| {
            let (quantity, price) = (Decimal::from(quantity), Decimal::new(price, 2));
            let hourly = cents(quantity * price);
            Row {
                name: name.into(),
                unit: String::new(),
                quantity,
                price,
                hourly,
                hours,
                cost: cents(hourly * hours),
            }
        };
        let equipment: Vec<Row> =
            rubro.equipment.iter().map(|(name, tariff)| timed(name, 1, *tariff)).collect();
        let labour: Vec<Row> = rubro
            .crew
            .iter()
            .map(|(trade, category, count)| timed(&format!("{trade} ({category})"), *count, wage(category)))
            .collect();
        let materials: Vec<Row> = rubro
            .materials
            .iter()
            .map(|material| {
                let quantity = Decimal::new(material.2, 3);
                let price = cents(Decimal::new(material.3 * costs.materials, 5)).max(Decimal::new(1, 2));
                let cost = cents(quantity * price);
                Row {
                    name: material.0.into(),
                    unit: material.1.into(),
                    quantity,
                    price,
                    hourly: Decimal::ZERO,
                    hours: Decimal::ZERO,
                    cost,
                }
            })
            .collect();
        let sum = |rows: &[Row]| rows.iter().map(|row| row.cost).sum::<Decimal>();
        let subtotals = [sum(&equipment), sum(&labour), sum(&materials)];
        let direct: Decimal = subtotals.iter().copied().sum();
        let share = |percent: i64| cents(direct * Decimal::new(percent, 2));
        let (indirect, profit) = (share(costs.indirect), share(costs.profit));
        Self {
            offered: direct + indirect + profit,
            equipment,
            labour,
            materials,
            subtotals,
            direct,
            indirect,
            profit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::WORKS;

    #[test]
    fn every_rubro_has_a_price_above_zero_and_its_parts_add_up() {
        for rubro in WORKS.iter().flat_map(|theme| theme.rubros) {
            let analysis =
                Analysis::of(rubro, &Costs { materials: 930, hours: 1040, indirect: 12, profit: 6 });
            assert!(analysis.direct > Decimal::ZERO, "{}", rubro.description);
            assert_eq!(
                analysis.offered,
                analysis.direct + analysis.indirect + analysis.profit,
                "{}",
                rubro.description
            );
        }
    }
}
