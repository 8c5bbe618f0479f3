//! Unit prices of the APU against the table, and quantities of the pliego against the bid's (RGL 101).

use super::price_table::Line;
use crate::amount::half_up;
use crate::context::{Context, is_firm, money_of, text_of};
use crate::fields;
use crate::text::{folded, overlap};
use cotejo_domain::{Fact, Money, PliegoItem};
use rust_decimal::Decimal;

/// The unit price that an APU arrives at.
#[derive(Clone, Copy)]
pub(super) struct UnitPrice<'a> {
    pub(super) item: &'a Fact,
    pub(super) price: &'a Fact,
    pub(super) amount: Money,
}

/// Returns the unit prices of the bid's APU. Within a document, the price that follows a rubro and precedes the next is its price.
pub(super) fn unit_prices(context: Context<'_>) -> Vec<UnitPrice<'_>> {
    let mut found = Vec::new();
    for document in context.documents_of("FUO_1_6_APU").filter(|document| is_firm(document.confidence)) {
        let of_document = |names: &[&str]| -> Vec<&Fact> {
            // The first name that was read at all: an APU states its cost and its offered price, and the offered one counts.
            let read = names.iter().map(|name| context.facts(&[name], &["FUO_1_6_APU"])).map(|facts| {
                let on_it =
                    |fact: &&Fact| context.document(fact).is_some_and(|other| other.id == document.id);
                facts.into_iter().filter(|fact| on_it(fact) && is_firm(fact.confidence)).collect::<Vec<_>>()
            });
            let mut facts = read.into_iter().find(|facts| !facts.is_empty()).unwrap_or_default();
            facts.sort_by(|one, other| place(one).total_cmp(&place(other)));
            facts
        };
        let items = of_document(&fields::APU_ITEM);
        let prices = of_document(&fields::APU_PRICE);
        for (index, item) in items.iter().enumerate() {
            let from = place(item);
            let to = items.get(index + 1).map_or(f64::INFINITY, |next| place(next));
            let after: Vec<&Fact> =
                prices.iter().copied().filter(|price| (from..to).contains(&place(price))).collect();
            let amounts: Vec<Money> = after.iter().filter_map(|price| money_of(price)).collect();
            if let (Some(price), Some(amount)) = (after.first(), amounts.first())
                && amounts.iter().all(|other| other == amount)
            {
                found.push(UnitPrice { item, price, amount: *amount });
            }
        }
    }
    found
}

/// Orders facts of one document as they stand on its pages: page, then height.
fn place(fact: &Fact) -> f64 {
    let page = fact.evidence.location.page().unwrap_or(0);
    f64::from(page) * 100_000.0 + fact.evidence.location.quad().map_or(0.0, |quad| quad.bounds()[1])
}

/// Returns the unit price that belongs to a line, when the descriptions leave no choice.
pub(super) fn unit_price_of<'a, 'b>(line: &Line, prices: &'b [UnitPrice<'a>]) -> Option<&'b UnitPrice<'a>> {
    only(prices.iter().filter(|price| folded(&text_of(price.item)) == folded(&line.description)))
        .or_else(|| only(prices.iter().filter(|price| same_thing(&text_of(price.item), &line.description))))
}

/// Returns the pliego's item that a line answers, when the descriptions leave no choice.
pub(super) fn item_of<'a>(line: &Line, items: &'a [PliegoItem]) -> Option<&'a PliegoItem> {
    only(items.iter().filter(|item| folded(&item.description) == folded(&line.description)))
        .or_else(|| only(items.iter().filter(|item| same_thing(&item.description, &line.description))))
}

/// Tells whether a line may answer an item of the pliego: by its description, or by a product code that no other item has.
pub(super) fn may_answer(line: &Line, item: &PliegoItem, items: &[PliegoItem]) -> bool {
    if same_thing(&item.description, &line.description) {
        return true;
    }
    let code = digits(item);
    let alone = items.iter().filter(|other| digits(other) == code).count() == 1;
    alone && code.len() >= 5 && code == line.cpc
}

/// Tells whether a printed product code contradicts the pliego's. A shorter one, a level above, does not.
pub(super) fn code_contradicts(line: &Line, item: &PliegoItem) -> bool {
    let code = digits(item);
    let comparable = line.cpc.len() >= 5 && code.len() >= 5;
    comparable && !code.starts_with(&line.cpc) && !line.cpc.starts_with(&code)
}

/// Returns the digits of the pliego's product code: papers print it with and without dots.
pub(super) fn digits(item: &PliegoItem) -> String {
    item.cpc.as_deref().unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}

/// Tells whether a price agrees with the one printed, to its decimals.
pub(super) fn price_agrees(apu: Money, printed: Decimal, decimals: u32) -> bool {
    half_up(apu.0, decimals) == printed
}

fn same_thing(one: &str, other: &str) -> bool {
    let (plain_one, plain_other) = (folded(one), folded(other));
    !plain_one.is_empty()
        && (plain_one == plain_other
            || (overlap(one, other) >= 90 && similar_length(&plain_one, &plain_other)))
}

/// A short name is contained in many a longer one: only texts of about one length are taken for the same.
fn similar_length(one: &str, other: &str) -> bool {
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    short * 10 >= long * 7
}

fn only<T>(mut candidates: impl Iterator<Item = T>) -> Option<T> {
    let first = candidates.next()?;
    if candidates.next().is_some() { None } else { Some(first) }
}
