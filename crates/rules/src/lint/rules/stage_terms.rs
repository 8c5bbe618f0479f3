//! Terms of questions, answers and delivery that are shorter than the regime's, counted over the calendar.

use super::super::{Draft, LintFinding};
use crate::calendar::{Calendar, add_termino};
use crate::text::folded;
use crate::{Answer, Value};
use cotejo_domain::{Severity, Termino};
use jiff::civil::Date;
use serde::Deserialize;

/// Code of the rule.
pub(super) const CODE: &str = "lint.termino_etapa";

/// Returns the day of the only stage whose name has one of the words and none of the others.
pub(super) fn moment(draft: &Draft<'_>, words: &[&str], but: &[&str]) -> Option<Date> {
    let named = |name: &str| {
        let plain = folded(name);
        words.iter().any(|word| plain.contains(word)) && !but.iter().any(|word| plain.contains(word))
    };
    let mut found =
        draft.pliego.schedule.iter().filter(|stage| named(&stage.stage)).filter_map(|stage| stage.at);
    let first = found.next()?.date();
    found.all(|other| other.date() == first).then_some(first)
}

/// Counts the working days from one day to another; the first does not count.
pub(super) fn between(from: Date, to: Date) -> u32 {
    // No schedule is longer than the longest count.
    let count = add_termino(from, Termino(400), Calendar::built_in(), None);
    count.days.iter().take_while(|day| day.day <= to).filter_map(|day| day.number).last().unwrap_or(0)
}

#[derive(Deserialize)]
struct Bracket {
    #[serde(default)]
    gt: Option<rust_decimal::Decimal>,
    #[serde(default)]
    gte: Option<rust_decimal::Decimal>,
    #[serde(default)]
    lt: Option<rust_decimal::Decimal>,
    #[serde(default)]
    lte: Option<rust_decimal::Decimal>,
    days: u32,
}

/// Returns the fewest days that the regime gives at the draft's budget; without a budget the fewest of all brackets, below which nothing is
/// lawful whatever the budget.
fn least(draft: &Draft<'_>, keys: [&str; 2]) -> Option<Value<u32>> {
    let started = draft.pliego.process.started;
    if let Answer::Known(table) = draft.pack.settle::<Vec<Bracket>>(keys[0], None, started) {
        let fits = |row: &&Bracket| {
            draft.pliego.process.budget.is_none_or(|budget| {
                row.gt.is_none_or(|limit| budget.0 > limit)
                    && row.gte.is_none_or(|limit| budget.0 >= limit)
                    && row.lt.is_none_or(|limit| budget.0 < limit)
                    && row.lte.is_none_or(|limit| budget.0 <= limit)
            })
        };
        let days = table.value.iter().filter(fits).map(|row| row.days).min()?;
        return Some(table.map(days));
    }
    // Brackets of a coefficient whose limits are not stated: the fewest days of any of them.
    let Answer::Known(list) = draft.pack.settle::<Vec<serde_json::Value>>(keys[1], None, started) else {
        return None;
    };
    let of = |row: &serde_json::Value| row.as_u64().or_else(|| row.get("min")?.as_u64());
    let days = list.value.iter().filter_map(of).min().and_then(|days| u32::try_from(days).ok())?;
    Some(list.map(days))
}

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let start = moment(draft, &["publicacion"], &["adjudicacion"]).or(draft.pliego.process.started);
    let questions = moment(draft, &["efectuar preguntas", "limite de preguntas", "realizar preguntas"], &[]);
    let answers = moment(draft, &["respuestas", "aclaraciones"], &["preguntas"]);
    let delivery = moment(
        draft,
        &[
            "entrega de oferta",
            "entrega de las oferta",
            "recepcion de las oferta",
            "recepcion de oferta",
            "entrega de ofertas",
        ],
        &[],
    );
    let mut found = Vec::new();
    let mut compare = |stage: &str, from: Option<Date>, to: Option<Date>, keys: [&str; 2], topic: &str| {
        let (Some(from), Some(to), Some(least)) = (from, to, least(draft, keys)) else { return };
        let given = between(from, to);
        if given >= least.value {
            return;
        }
        let values = [
            ("etapa", stage.to_owned()),
            ("dias", given.to_string()),
            ("minimo", least.value.to_string()),
            ("fuente", least.source.clone()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut finding = LintFinding::of(draft, CODE, Severity::Error, topic, &values);
        finding.unverified |= least.marked();
        found.push(finding);
    };
    compare(
        "preguntas",
        start,
        questions,
        ["preguntas_min_dias", "preguntas_dias_por_coeficiente"],
        "etapa.preguntas",
    );
    compare(
        "entrega de ofertas",
        answers,
        delivery,
        ["ofertas_min_dias", "ofertas_min_dias_por_coeficiente"],
        "etapa.entrega",
    );
    found
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::ProcedureType;

    fn found(questions: &str, delivery: &str, budget: &str) -> usize {
        DraftFixture::new("2026-01-15", ProcedureType::Licbs)
            .budget(budget)
            .stage("Fecha de publicación del procedimiento", "2026-01-15")
            .stage("Fecha límite para efectuar preguntas", questions)
            .stage("Fecha límite para emitir respuestas y aclaraciones", "2026-01-23")
            .stage("Fecha límite de entrega de ofertas", delivery)
            .found(CODE)
            .len()
    }

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        // Thursday 15 January: two working days later it is Monday 19; from Friday 23, two later it is Tuesday 27.
        assert_eq!(found("2026-01-19", "2026-01-27", "50000"), 0);
        assert_eq!(found("2026-01-16", "2026-01-26", "50000"), 2, "one day each");
        assert_eq!(found("2026-01-19", "2026-01-27", "200000"), 2, "above 100,000 four days each");
    }
}
