//! Where the parameters of declared checks come from: the requirement, the process, the bidder, the norms of the case.

use super::eval::Scalar;
use super::quantity::Quantity;
use super::types::Kind;
use crate::context::{Context, Draft};
use crate::{Answer, Value};
use cotejo_domain::{BidderKind, Fact, FactValue, Money, ProcessCode, Requirement, Subject};
use rust_decimal::Decimal;
use serde::Deserialize;

/// Sources that need no name of a value.
const PLAIN: [&str; 10] = [
    "requisito.máximo",
    "requisito.mínimo",
    "requisito.nombre",
    "requisito.umbral",
    "proceso.plazo",
    "proceso.vigencia",
    "proceso.código",
    "proceso.presupuesto",
    "proceso.fecha_límite",
    "oferente.tipo",
];

/// Tells whether a source exists.
pub(super) fn is_known(source: &str) -> bool {
    PLAIN.contains(&source)
        || source.strip_prefix("requisito.valores.").is_some_and(|name| !name.is_empty())
        || source.strip_prefix("norma.").is_some_and(|key| !key.is_empty())
}

fn number(decimal: Decimal, kind: Kind) -> Scalar {
    Scalar::Number(Quantity::Plain(decimal), kind)
}

/// Returns the value of a parameter from one source; a value of the norms that nobody verified marks the draft.
pub(super) fn take(
    context: Context<'_>,
    requirement: &Requirement,
    source: &str,
    kind: Kind,
    draft: &mut Draft,
) -> Option<Scalar> {
    let process = context.process();
    match (source, &requirement.subject) {
        ("requisito.máximo", Subject::Term { maximum }) => maximum.map(|days| number(days.0.into(), kind)),
        ("requisito.mínimo", Subject::Validity { minimum }) => {
            minimum.map(|days| number(days.0.into(), kind))
        }
        ("requisito.nombre", Subject::FinancialIndex { name, .. }) => Some(Scalar::Text(name.clone())),
        ("requisito.umbral", Subject::FinancialIndex { threshold, .. }) => {
            threshold.map(|value| number(value, kind))
        }
        ("requisito.umbral", Subject::Vae { threshold }) => threshold.map(|value| number(value.0, kind)),
        ("proceso.plazo", _) => process.term.map(|days| number(days.0.into(), kind)),
        ("proceso.vigencia", _) => process.validity.map(|days| number(days.0.into(), kind)),
        ("proceso.código", _) => process.code.clone().map(Scalar::Code),
        ("proceso.presupuesto", _) => process.budget.map(|Money(amount)| number(amount, kind)),
        ("proceso.fecha_límite", _) => process.bids_due.map(|moment| Scalar::Date(moment.date())),
        ("oferente.tipo", _) => Some(Scalar::Text(
            match context.bidder().kind {
                BidderKind::Natural => "natural",
                BidderKind::Juridica => "juridica",
                BidderKind::Consorcio => "consorcio",
                _ => return None,
            }
            .to_owned(),
        )),
        (source, Subject::Declared { values, .. }) if source.starts_with("requisito.valores.") => {
            typed(values.get(source.strip_prefix("requisito.valores.")?)?, kind)
        }
        (source, _) => of_the_norms(context, source.strip_prefix("norma.")?, kind, draft),
    }
}

/// Reads a value as the pliego's requirement holds it.
fn typed(text: &str, kind: Kind) -> Option<Scalar> {
    match kind {
        Kind::Text => Some(Scalar::Text(text.to_owned())),
        Kind::Code => Some(Scalar::Code(ProcessCode::new(text))),
        Kind::Date => text.parse().ok().map(Scalar::Date),
        Kind::Truth => text.parse().ok().map(Scalar::Truth),
        _ => text.parse().ok().map(|value| number(value, kind)),
    }
}

#[derive(Deserialize)]
struct ExistenceRow {
    #[serde(default)]
    budget_lte: Option<Decimal>,
    #[serde(default)]
    budget_gt: Option<Decimal>,
    years: Decimal,
}

fn of_the_norms(context: Context<'_>, key: &str, kind: Kind, draft: &mut Draft) -> Option<Scalar> {
    let started = context.process().started;
    // Years of existence depend on the budget (RGL 93.1).
    if key == "existencia_legal" {
        let budget = context.process().budget?;
        let Answer::Known(table) = context.pack().settle::<Vec<ExistenceRow>>(key, None, started) else {
            return None;
        };
        let row = table.value.iter().find(|row| {
            row.budget_lte.is_none_or(|most| budget.0 <= most)
                && row.budget_gt.is_none_or(|least| budget.0 > least)
        })?;
        let years = row.years;
        draft.rest_on_norm(key, &table);
        return Some(number(years, kind));
    }
    let (key, member) = key.split_once('.').map_or((key, None), |(key, member)| (key, Some(member)));
    let Answer::Known(held) = context.pack().settle::<serde_json::Value>(key, None, started) else {
        return None;
    };
    let held: Value<serde_json::Value> = held;
    let value = match member {
        Some(member) => held.value.get(member)?.clone(),
        None => held.value.clone(),
    };
    let text = match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    draft.rest_on_norm(key, &held);
    typed(&text, kind)
}

/// Returns the value of a fact as an input's type wants it.
pub(super) fn of_fact(fact: &Fact, kind: Kind) -> Option<Scalar> {
    match (kind, &fact.value) {
        (Kind::Money, FactValue::Money(Money(amount)) | FactValue::Decimal(amount))
        | (Kind::Number, FactValue::Decimal(amount)) => Some(number(*amount, kind)),
        (Kind::Percent, FactValue::Percent(rate)) => Some(number(rate.0, kind)),
        (Kind::Days, FactValue::Plazo(days)) => Some(number(days.0.into(), kind)),
        (Kind::WorkingDays, FactValue::Termino(days)) => Some(number(days.0.into(), kind)),
        (Kind::Date, FactValue::Date(date)) => Some(Scalar::Date(*date)),
        (Kind::Text, FactValue::Text(text)) => Some(Scalar::Text(text.clone())),
        (Kind::Code, FactValue::ProcessCode(code)) => Some(Scalar::Code(code.clone())),
        (Kind::Truth, FactValue::Boolean(truth)) => Some(Scalar::Truth(*truth)),
        _ => None,
    }
}
