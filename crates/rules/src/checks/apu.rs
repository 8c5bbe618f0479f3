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

/// Returns the unit prices of the bid's APU, one a document.
pub(super) fn unit_prices(context: Context<'_>) -> Vec<UnitPrice<'_>> {
    let items = context.facts(&fields::APU_ITEM, &["FUO_1_6_APU"]);
    let prices = context.facts(&fields::APU_PRICE, &["FUO_1_6_APU"]);
    let mut found = Vec::new();
    for document in context.documents_of("FUO_1_6_APU").filter(|document| is_firm(document.confidence)) {
        let on_it = |fact: &&&Fact| context.document(fact).is_some_and(|other| other.id == document.id) && is_firm(fact.confidence);
        // One rubro a page: an APU document that holds several pairs each with the price that follows it.
        let items: Vec<&Fact> = items.iter().filter(on_it).copied().collect();
        let prices: Vec<&Fact> = prices.iter().filter(on_it).copied().collect();
        for item in &items {
            let page = item.evidence.location.page();
            let same_page: Vec<&Fact> = prices.iter().copied().filter(|price| price.evidence.location.page() == page).collect();
            let items_here = items.iter().filter(|other| other.evidence.location.page() == page).count();
            if let ([price], 1) = (same_page.as_slice(), items_here)
                && let Some(amount) = money_of(price)
            {
                found.push(UnitPrice { item, price, amount });
            }
        }
    }
    found
}

/// Returns the unit price that belongs to a line, when the descriptions leave no choice.
pub(super) fn unit_price_of<'a, 'b>(line: &Line, prices: &'b [UnitPrice<'a>]) -> Option<&'b UnitPrice<'a>> {
    only(prices.iter().filter(|price| same_thing(&text_of(price.item), &line.description)))
}

/// Returns the pliego's item that a line answers, when the descriptions leave no choice.
pub(super) fn item_of<'a>(line: &Line, items: &'a [PliegoItem]) -> Option<&'a PliegoItem> {
    only(items.iter().filter(|item| folded(&item.description) == folded(&line.description)))
        .or_else(|| only(items.iter().filter(|item| same_thing(&item.description, &line.description))))
}

/// Tells whether a price agrees with the one printed, to its decimals.
pub(super) fn price_agrees(apu: Money, printed: Decimal, decimals: u32) -> bool {
    half_up(apu.0, decimals) == printed
}

fn same_thing(one: &str, other: &str) -> bool {
    let (plain_one, plain_other) = (folded(one), folded(other));
    !plain_one.is_empty() && (plain_one == plain_other || (overlap(one, other) >= 90 && similar_length(&plain_one, &plain_other)))
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
