//! All points to those who meet a condition of the pliego, none to the others: commitments of works, MIPYMES where the pliego says so.

use super::{Computed, Entry, step};
use crate::scoring::exact::Exact;
use crate::scoring::model::reason;
use cotejo_domain::Reason;
use rust_decimal::Decimal;

pub(super) fn points(most: &Exact, entry: Entry<'_>) -> Result<Computed, Reason> {
    let (exact, key) = match entry.given.value {
        value if value == Decimal::ONE => (most.clone(), "rules.puntaje.paso.cumple"),
        value if value.is_zero() => (Exact::zero(), "rules.puntaje.paso.no_cumple"),
        _ => return Err(reason("rules.puntaje.si_o_no", &[("oferente", entry.name)])),
    };
    let steps = vec![step(key, &[], String::new(), exact.spanish())];
    Ok(Computed {
        exact,
        sentence: reason("rules.puntaje.formula.todo_o_nada", &[]),
        steps,
        rests_on: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::rounded;
    use crate::scoring::model::Formula;

    #[test]
    fn yes_has_all_points_and_anything_else_is_asked() {
        assert_eq!(
            rounded(&Formula::AllOrNothing, "5", &["1", "0", "0.5"]),
            ["5.00", "0.00", "rules.puntaje.si_o_no"]
        );
    }
}
