//! All points to every one within a range: subcontratación preferente by RGL 266 (15 to 20 %), and as the training has it (15 to 30 %).
//!
//! RGL 266 is in transition (R.E-SERCOP-2025-0154) until SERCOP's tool applies it; manual §1.1 and §4.9.

use super::{Computed, Entry, step};
use crate::scoring::exact::{Exact, decimal_spanish};
use crate::scoring::model::reason;
use cotejo_domain::Reason;
use rust_decimal::Decimal;

pub(super) fn points(
    most: &Exact,
    least: Decimal,
    upper: Decimal,
    entry: Entry<'_>,
) -> Result<Computed, Reason> {
    let value = entry.given.value;
    let inside = least <= value && value <= upper;
    let exact = if inside { most.clone() } else { Exact::zero() };
    let (least, upper, value) = (decimal_spanish(least), decimal_spanish(upper), decimal_spanish(value));
    let key = if inside { "rules.puntaje.paso.dentro" } else { "rules.puntaje.paso.fuera" };
    let steps = vec![step(key, &[], format!("{least} ≤ {value} ≤ {upper}"), exact.spanish())];
    let sentence = reason("rules.puntaje.formula.rango", &[("minimo", &least), ("maximo", &upper)]);
    Ok(Computed { exact, sentence, steps, rests_on: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::rounded;
    use crate::scoring::model::Formula;

    #[test]
    fn every_commitment_within_the_range_has_all_points() {
        let rgl_266 = Formula::Range { least: "15".parse().expect("%"), most: "20".parse().expect("%") };
        assert_eq!(
            rounded(&rgl_266, "5", &["14.99", "15", "18", "20", "20.01"]),
            ["0.00", "5.00", "5.00", "5.00", "0.00"],
            "both ends count"
        );
    }
}
