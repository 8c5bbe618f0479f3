//! Points that a person types bid by bid, because the pliego describes them in words.

use super::{Computed, Entry, step};
use crate::scoring::exact::{Exact, decimal_spanish};
use crate::scoring::model::reason;
use cotejo_domain::Reason;

pub(super) fn points(most: &Exact, entry: Entry<'_>) -> Result<Computed, Reason> {
    let exact = Exact::of(entry.given.value);
    if exact > *most {
        let value = decimal_spanish(entry.given.value);
        let values = [("oferente", entry.name), ("valor", value.as_str()), ("maximo", &most.spanish())];
        return Err(reason("rules.puntaje.sobre_puntos", &values));
    }
    let steps = vec![step("rules.puntaje.paso.a_mano", &[], String::new(), exact.spanish())];
    Ok(Computed { exact, sentence: reason("rules.puntaje.formula.a_mano", &[]), steps, rests_on: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::super::tests::rounded;
    use crate::scoring::model::Formula;

    #[test]
    fn typed_points_never_exceed_the_maximum() {
        assert_eq!(rounded(&Formula::ByHand, "3", &["2.5", "3.01"]), ["2.50", "rules.puntaje.sobre_puntos"]);
    }
}
