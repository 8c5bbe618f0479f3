//! The validity of the offer against the pliego's.
//!
//! Legal basis: RGL 100.3: what is wrongly filled in on a form can be cured, and in doubt the norm has it cured.

use crate::context::{Context, Draft, firm_ones, is_firm};
use crate::fields;
use cotejo_domain::{Fact, FactValue, Plazo, Verdict};

/// Identifier of this check.
pub(super) const ID: &str = "vigencia@1";

pub(super) fn propose(context: Context<'_>, minimum: Option<Plazo>) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente).basis(context.pack(), "error_formal");
    let Some(minimum) = minimum.or(context.input.pliego.process.validity) else {
        draft.add_reason("rules.vigencia.pliego_sin_vigencia", &[]);
        return draft;
    };
    let stated: Vec<(&Fact, Plazo)> = context
        .facts(&fields::VALIDITY, &fields::OFFER_FORMS)
        .into_iter()
        .filter_map(|fact| match fact.value {
            FactValue::Plazo(days) => Some((fact, days)),
            _ => None,
        })
        .collect();
    let stated = firm_ones(stated);
    let asked = minimum.0.to_string();
    if stated.is_empty() {
        draft.add_reason("rules.vigencia.sin_dato", &[("dias", &asked)]);
        return draft;
    }
    for (fact, _) in &stated {
        draft.rest_on_fact(fact);
    }
    let shorter = stated.iter().any(|(_, days)| *days < minimum);
    let mut list: Vec<String> = stated.iter().map(|(_, days)| days.0.to_string()).collect();
    list.dedup();
    let list = list.join("; ");
    let values = [("dias", asked.as_str()), ("ofertado", list.as_str())];
    draft.step(
        cotejo_catalogue::message("rules.vigencia.paso", &[]),
        format!("{list} ≥ {asked}"),
        cotejo_catalogue::message(if shorter { "rules.paso.no" } else { "rules.paso.si" }, &[]),
    );
    if !shorter {
        draft.verdict = Verdict::Cumple;
        draft.add_reason("rules.vigencia.cumple", &values);
    } else {
        draft.add_reason("rules.vigencia.menor", &values);
        if is_firm(draft.confidence) {
            draft.verdict = Verdict::AConvalidar;
        } else {
            draft.add_reason("rules.lectura_dudosa", &[]);
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::Fixture;
    use cotejo_domain::Subject;

    fn with(days: u32, confidence: f64) -> Verdict {
        let fixture = Fixture::new("2026-01-15").document("FUO_1_1", 1);
        let fixture =
            fixture.fact("vigencia_oferta", FactValue::Plazo(Plazo(days)), 1).fact_confidence(confidence);
        fixture.propose(Subject::Validity { minimum: Some(Plazo(60)) }).verdict
    }

    #[test]
    fn the_offer_must_stand_as_long_as_asked() {
        assert_eq!(with(60, 0.95), Verdict::Cumple, "exactly");
        assert_eq!(with(30, 0.95), Verdict::AConvalidar, "in doubt it is cured");
        assert_eq!(with(30, 0.5), Verdict::Pendiente, "a doubtful reading accuses nobody");
    }
}
