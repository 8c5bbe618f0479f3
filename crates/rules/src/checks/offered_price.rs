//! What a bid offers in all, as it stands there, and which rubros of the pliego it leaves out.
//!
//! A price is never corrected here (corrections 6 of the domain manual): two prices, or words that differ from figures, are a question.

use super::apu::may_answer;
use super::price_table::{Line, PriceTable};
use crate::amount::half_up;
use crate::context::{Context, is_firm, money_of};
use crate::fields;
use cotejo_domain::{Fact, Money, PliegoItem};
use rust_decimal::Decimal;

/// Says what the bid offers in all: figures, or words where there are no figures. A corrected price never comes from here.
///
/// # Errors
/// Key of the question, when no total was read, when there are several, or when words and figures differ.
pub(crate) fn offered(context: Context<'_>) -> Result<(Money, Vec<&Fact>), &'static str> {
    let firm = |names: &[&str]| -> Vec<(&Fact, Money)> {
        let facts = context.facts(names, context.economic_forms()).into_iter();
        facts
            .filter(|fact| is_firm(fact.confidence))
            .filter_map(|fact| Some((fact, money_of(fact)?)))
            .collect()
    };
    let (figures, words) = (firm(&fields::TOTAL), firm(&fields::TOTAL_IN_WORDS));
    // A total with IVA beside the one without is no second price.
    let with_tax = |amount: Money| {
        figures.iter().any(|(_, other)| *other < amount && explained_by_tax(other.0, amount.0))
    };
    let without_tax: Vec<(&Fact, Money)> =
        figures.iter().copied().filter(|(_, amount)| !with_tax(*amount)).collect();
    let stated = if without_tax.is_empty() { &words } else { &without_tax };
    let Some((_, price)) = stated.first().copied() else { return Err("rules.puntaje.pregunta.precio") };
    if stated.iter().any(|(_, other)| other.rounded() != price.rounded()) {
        return Err("rules.puntaje.pregunta.precios_distintos");
    }
    if words.iter().any(|(_, other)| other.rounded() != price.rounded()) {
        return Err("rules.puntaje.pregunta.letras");
    }
    Ok((price, stated.iter().map(|(fact, _)| *fact).collect()))
}

/// Tells whether a total is the sum with one of the rates of IVA that processes of these years show.
pub(super) fn explained_by_tax(sum: Decimal, total: Decimal) -> bool {
    [5_i64, 8, 12, 13, 14, 15].into_iter().any(|rate| {
        let with_tax = sum.checked_mul(Decimal::new(100 + rate, 2)).unwrap_or_default();
        (half_up(with_tax, 2) - total).abs() <= Decimal::new(1, 2)
    })
}

/// Names the items that no line answers. None where the offer has no fewer lines than the pliego has items: descriptions differ in words.
pub(super) fn unanswered(items: &[PliegoItem], lines: &[Line]) -> Vec<String> {
    if lines.len() >= items.len() {
        return Vec::new();
    }
    let answered = |item: &&PliegoItem| lines.iter().any(|line| may_answer(line, item, items));
    items.iter().filter(|item| !answered(item)).map(|item| item.description.trim().to_owned()).collect()
}

/// Returns the lines of the bid's price tables, in their order.
pub(crate) fn lines(context: Context<'_>) -> Vec<Line> {
    let documents = context.economic_forms().iter().flat_map(|kind| context.documents_of(kind));
    documents
        .filter(|document| !document.blank_form)
        .flat_map(|document| {
            let tables = context.tables().iter();
            PriceTable::assemble(
                tables.filter(|(file, table)| *file == document.file && document.pages.contains(&table.page)),
            )
            .lines
        })
        .collect()
}

/// Names the rubros of the pliego that no line of the bid's tables answers; none where no table was read.
pub(crate) fn missing_items(context: Context<'_>) -> Vec<String> {
    let lines = lines(context);
    if lines.is_empty() { Vec::new() } else { unanswered(context.items(), &lines) }
}
