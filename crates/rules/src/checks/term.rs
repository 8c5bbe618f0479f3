//! The offered term of execution against the pliego's.
//!
//! Legal basis: RGL 102 and 104: the term is a minimum of the pliego, not a formality. Working days against calendar days are not compared.

use crate::context::{Context, Draft, firm_ones, is_firm};
use crate::fields;
use cotejo_domain::{Fact, FactValue, Plazo, Verdict};

/// Identifier of this check.
pub(super) const ID: &str = "plazo@1";

pub(super) fn propose(context: Context<'_>, maximum: Option<Plazo>) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente).basis(context.pack(), "incumplimiento_tecnico");
    let Some(maximum) = maximum.or(context.input.pliego.process.term) else {
        draft.add_reason("rules.plazo.pliego_sin_plazo", &[]);
        return draft;
    };
    let found = context.facts(&fields::TERM, &fields::OFFER_FORMS);
    let stated: Vec<(&Fact, Plazo)> = found
        .iter()
        .filter_map(|fact| match fact.value {
            FactValue::Plazo(days) => Some((*fact, days)),
            _ => None,
        })
        .collect();
    let stated = firm_ones(stated);
    let asked = maximum.0.to_string();
    if stated.is_empty() {
        draft.add_reason("rules.plazo.sin_dato", &[("dias", &asked)]);
        for fact in found {
            draft.rest_on_fact(fact);
        }
        return draft;
    }
    for (fact, _) in &stated {
        draft.rest_on_fact(fact);
    }
    let longer: Vec<String> =
        stated.iter().filter(|(_, days)| *days > maximum).map(|(_, days)| days.0.to_string()).collect();
    let mut list: Vec<String> = stated.iter().map(|(_, days)| days.0.to_string()).collect();
    list.dedup();
    let list = list.join("; ");
    let values = [("dias", asked.as_str()), ("ofertado", list.as_str())];
    draft.step(
        cotejo_catalogue::message("rules.plazo.paso", &[]),
        format!("{list} ≤ {asked}"),
        cotejo_catalogue::message(if longer.is_empty() { "rules.paso.si" } else { "rules.paso.no" }, &[]),
    );
    if longer.is_empty() {
        draft.verdict = Verdict::Cumple;
        draft.add_reason("rules.plazo.cumple", &values);
    } else if !is_firm(draft.confidence) {
        draft.add_reason("rules.plazo.mayor", &values);
        draft.add_reason("rules.lectura_dudosa", &[]);
    } else if longer.len() < stated.len() {
        draft.verdict = Verdict::AConvalidar;
        draft.legal_basis.clear();
        draft.add_basis(context.pack(), "contradiccion");
        draft.add_reason("rules.plazo.contradiccion", &values);
    } else {
        draft.verdict = Verdict::NoCumple;
        draft.add_reason("rules.plazo.mayor", &values);
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{Subject, Termino};

    fn with(values: &[FactValue]) -> Verdict {
        let mut fixture = Fixture::new("2026-01-15");
        for (page, value) in (1..).zip(values) {
            fixture = fixture.document("FUO_1_1", page).fact("plazo", value.clone(), page);
        }
        fixture.propose(Subject::Term { maximum: Some(Plazo(90)) }).verdict
    }

    #[test]
    fn the_term_may_be_shorter_and_not_longer() {
        assert_eq!(with(&[FactValue::Plazo(Plazo(90))]), Verdict::Cumple, "exactly");
        assert_eq!(with(&[FactValue::Plazo(Plazo(91))]), Verdict::NoCumple, "a day more");
        assert_eq!(
            with(&[FactValue::Plazo(Plazo(91)), FactValue::Plazo(Plazo(90))]),
            Verdict::AConvalidar,
            "two answers"
        );
    }

    #[test]
    fn a_doubtful_reading_does_not_weaken_two_sure_ones() {
        let fixture = Fixture::new("2026-01-15")
            .document("FUO_1_1", 1)
            .fact("plazo", FactValue::Plazo(Plazo(120)), 1)
            .document("FUO_1_6_COMP", 2)
            .fact("plazo_entrega", FactValue::Plazo(Plazo(120)), 2)
            .fact_confidence(0.65);
        assert_eq!(
            fixture.propose(Subject::Term { maximum: Some(Plazo(90)) }).verdict,
            Verdict::NoCumple,
            "the letter is sure"
        );
    }

    #[test]
    fn working_days_are_not_compared_with_calendar_days() {
        assert_eq!(with(&[FactValue::Termino(Termino(30))]), Verdict::Pendiente, "a person looks");
        assert_eq!(with(&[]), Verdict::Pendiente, "nothing stated");
    }
}
