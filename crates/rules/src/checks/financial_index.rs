//! Financial indices.
//!
//! Legal basis: RGL 94: referential, never a ground of rejection. The check computes what the balance allows and never proposes *no cumple*.
//! Pliegos define *endeudamiento* in more than one way: it is computed only where the form or the balance states the index itself.

use crate::context::{Context, Draft, is_firm, money_of};
use crate::text::folded;
use cotejo_domain::{Fact, FactValue, Verdict};
use rust_decimal::Decimal;

/// Identifier of this check.
pub(super) const ID: &str = "indice.financiero@1";

pub(super) fn propose(context: Context<'_>, name: &str, threshold: Option<Decimal>) -> Draft {
    let mut draft = Draft::new(ID, Verdict::Pendiente)
        .basis(context.pack(), "indices")
        .reason("rules.indice.referencial", &[]);
    let plain = folded(name);
    let (field, at_least) = if plain.contains("solvencia") {
        ("solvencia", true)
    } else if plain.contains("endeudamiento") {
        ("endeudamiento", false)
    } else {
        return draft;
    };
    let Some((value, facts)) = stated(context, field).or_else(|| computed(context, field)) else {
        draft.add_reason("rules.indice.sin_dato", &[("indice", name)]);
        return draft;
    };
    for fact in facts {
        draft.rest_on_fact(fact);
    }
    let shown = crate::amount::half_up(value, 2).to_string().replace('.', ",");
    let Some(threshold) = threshold else {
        draft.add_reason("rules.indice.leido", &[("indice", name), ("valor", &shown)]);
        return draft;
    };
    let met = if at_least { value >= threshold } else { value < threshold };
    let sign = if at_least { "≥" } else { "<" };
    let asked = threshold.normalize().to_string().replace('.', ",");
    draft.step(
        name.to_owned(),
        format!("{shown} {sign} {asked}"),
        cotejo_catalogue::message(if met { "rules.paso.si" } else { "rules.paso.no" }, &[]),
    );
    if met && is_firm(draft.confidence) {
        draft.verdict = Verdict::Cumple;
    } else {
        draft
            .add_reason("rules.indice.fuera", &[("indice", name), ("valor", &shown), ("referencia", &asked)]);
    }
    draft
}

fn stated<'a>(context: Context<'a>, field: &str) -> Option<(Decimal, Vec<&'a Fact>)> {
    let fact = context.facts(&[field], &["FUO_1_4", "EEFF"]).into_iter().next()?;
    match fact.value {
        FactValue::Decimal(value) => Some((value, vec![fact])),
        _ => None,
    }
}

fn computed<'a>(context: Context<'a>, field: &str) -> Option<(Decimal, Vec<&'a Fact>)> {
    if field != "solvencia" {
        return None;
    }
    let pick = |name: &str| context.facts(&[name], &["EEFF"]).into_iter().next();
    let (assets, debts) = (pick("activo_corriente")?, pick("pasivo_corriente")?);
    let value = money_of(assets)?.0.checked_div(money_of(debts)?.0)?;
    Some((value, vec![assets, debts]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::Subject;

    fn verdict(fixture: &Fixture, name: &str, threshold: &str) -> Verdict {
        fixture
            .propose(Subject::FinancialIndex { name: name.into(), threshold: threshold.parse().ok() })
            .verdict
    }

    #[test]
    fn an_index_outside_is_never_a_rejection() {
        let fixture = Fixture::new("2026-01-15")
            .document("EEFF", 2)
            .fact("activo_corriente", FactValue::Money(money("100")), 2)
            .fact("pasivo_corriente", FactValue::Money(money("80")), 2);
        assert_eq!(verdict(&fixture, "Índice de Solvencia", "1"), Verdict::Cumple, "1.25");
        assert_eq!(
            verdict(&fixture, "Índice de Solvencia", "1.5"),
            Verdict::Pendiente,
            "outside, but referential"
        );
        assert_eq!(verdict(&fixture, "Índice de Endeudamiento", "1.5"), Verdict::Pendiente, "not stated");
    }

    #[test]
    fn debts_of_zero_divide_nothing() {
        let fixture = Fixture::new("2026-01-15")
            .document("EEFF", 2)
            .fact("activo_corriente", FactValue::Money(money("100")), 2)
            .fact("pasivo_corriente", FactValue::Money(money("0")), 2);
        assert_eq!(verdict(&fixture, "Solvencia", "1"), Verdict::Pendiente, "no index without debts");
    }
}
