//! Points by steps: a table of the pliego that a person types (personnel, other parameters of the entity).

use super::{Computed, Entry, step};
use crate::scoring::exact::{Exact, decimal_spanish};
use crate::scoring::model::{Step, reason};
use cotejo_domain::Reason;

pub(super) fn points(most: &Exact, steps: &[Step], entry: Entry<'_>) -> Result<Computed, Reason> {
    if steps.is_empty() {
        return Err(reason("rules.puntaje.sin_escalones", &[]));
    }
    let out_of_bounds =
        steps.iter().any(|step| Exact::of(step.points) > *most || Exact::of(step.points).is_negative());
    let mut sorted: Vec<Step> = steps.to_vec();
    sorted.sort_by_key(|step| step.from);
    let twice = sorted.windows(2).any(|pair| matches!(pair, [one, other] if one.from == other.from));
    if out_of_bounds || twice {
        return Err(reason("rules.puntaje.escalones_incoherentes", &[("maximo", &most.spanish())]));
    }
    let value = entry.given.value;
    let reached = sorted.iter().rev().find(|step| step.from <= value);
    let exact = reached.map_or_else(Exact::zero, |step| Exact::of(step.points));
    let from = reached.map_or_else(|| "—".to_owned(), |step| decimal_spanish(step.from));
    let trace =
        step("rules.puntaje.paso.escalon", &[("desde", &from)], decimal_spanish(value), exact.spanish());
    let table: Vec<String> = sorted
        .iter()
        .map(|step| format!("{}: {}", decimal_spanish(step.from), decimal_spanish(step.points)))
        .collect();
    Ok(Computed {
        exact,
        sentence: reason("rules.puntaje.formula.escalones", &[("escalones", &table.join("; "))]),
        steps: vec![trace],
        rests_on: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::rounded;
    use crate::scoring::model::{Formula, Step};

    fn formula(steps: &[(&str, &str)]) -> Formula {
        let decimal = |text: &str| text.parse().expect("a decimal");
        let steps = steps.iter().map(|(from, points)| Step { from: decimal(from), points: decimal(points) });
        Formula::Steps { steps: steps.collect() }
    }

    #[test]
    fn the_highest_step_that_is_reached_gives_the_points() {
        let formula = formula(&[("5", "3"), ("1", "1"), ("3", "2")]);
        assert_eq!(
            rounded(&formula, "3", &["0", "1", "4", "9"]),
            ["0.00", "1.00", "2.00", "3.00"],
            "in any order"
        );
    }

    #[test]
    fn a_table_that_contradicts_itself_or_its_maximum_is_asked() {
        assert_eq!(
            rounded(&formula(&[("1", "4")]), "3", &["2"]),
            ["rules.puntaje.escalones_incoherentes"],
            "over the maximum"
        );
        assert_eq!(
            rounded(&formula(&[("1", "1"), ("1", "2")]), "3", &["2"]),
            ["rules.puntaje.escalones_incoherentes"]
        );
        assert_eq!(rounded(&formula(&[]), "3", &["2"]), ["rules.puntaje.sin_escalones"]);
    }
}
