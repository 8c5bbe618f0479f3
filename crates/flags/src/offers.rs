//! What the economic forms of the bids of a lot price: totals, and unit prices by rubro. Every rubro has one number in the whole lot, so that
//! bids are compared by number and not by words.

use crate::input::BidPapers;
use crate::reading::{amount, folded};
use cotejo_domain::{Evidence, Fact, FactValue, FileHash, Location, Money, PliegoItem, Quad};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fields that hold the total of an economic offer.
const TOTALS: &[&str] = &["total_numeros", "total", "valor_ofertado", "oferta"];

/// Holds the price of one rubro as a bid prints it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Price<'a> {
    pub(crate) file: FileHash,
    pub(crate) page: u32,
    /// Place in the bid's tables, from above to below.
    pub(crate) place: usize,
    pub(crate) quad: Option<Quad>,
    pub(crate) text: &'a str,
    pub(crate) value: Decimal,
    pub(crate) description: &'a str,
    /// Printed quantity and total; `None` where they can be read in two ways or not at all.
    pub(crate) quantity: Option<Decimal>,
    pub(crate) total: Option<(Decimal, Option<Quad>, &'a str)>,
}

/// Holds what one bid offers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer<'a> {
    /// Unit prices by the number of their rubro. What has two prices in the bid is left out.
    pub(crate) prices: BTreeMap<usize, Price<'a>>,
    /// Totals that its economic forms state.
    pub(crate) totals: Vec<(&'a Fact, Money)>,
    /// What the pliego estimates for a rubro, by its number; the same in every offer of a lot.
    pub(crate) referential: BTreeMap<usize, Decimal>,
}

impl<'a> Offer<'a> {
    /// Returns the one total of the bid; `None` where its forms state several.
    pub(crate) fn total(&self) -> Option<(&'a Fact, Money)> {
        let first = *self.totals.first()?;
        self.totals.iter().all(|(_, money)| *money == first.1).then_some(first)
    }

    /// Returns the rubros that both bids price.
    pub(crate) fn common<'s>(&'s self, other: &'s Self) -> Vec<(usize, &'s Price<'a>, &'s Price<'a>)> {
        let mut found = Vec::new();
        let mut theirs = other.prices.iter().peekable();
        for (rubro, price) in &self.prices {
            while theirs.next_if(|(number, _)| *number < rubro).is_some() {}
            if let Some((_, other)) = theirs.next_if(|(number, _)| *number == rubro) {
                found.push((*rubro, price, other));
            }
        }
        found
    }
}

impl Price<'_> {
    /// Points to the printed unit price.
    pub(crate) fn evidence(&self, code: &str, papers: &BidPapers<'_>) -> Evidence {
        let location = Location::Page { page: self.page, quads: self.quad.into_iter().collect() };
        papers.evidence(code, self.file, location, self.text)
    }
}

/// Reads the offers of the bids, in their order.
pub(crate) fn offers<'a>(bids: &[BidPapers<'a>], items: &[PliegoItem]) -> Vec<Offer<'a>> {
    let mut rubros: HashMap<String, usize> = HashMap::new();
    let mut offers: Vec<Offer<'a>> = bids
        .iter()
        .map(|papers| Offer {
            prices: prices(papers, &mut rubros),
            totals: stated_totals(papers),
            referential: BTreeMap::new(),
        })
        .collect();
    let mut referential: BTreeMap<usize, Option<Decimal>> = BTreeMap::new();
    for item in items {
        if let (Some(rubro), Some(Money(price))) = (rubros.get(&folded(&item.description)), item.unit_price) {
            let known = referential.entry(*rubro).or_insert(Some(price));
            if *known != Some(price) {
                *known = None;
            }
        }
    }
    let referential: BTreeMap<usize, Decimal> =
        referential.into_iter().filter_map(|(rubro, price)| Some((rubro, price?))).collect();
    for offer in &mut offers {
        offer.referential.clone_from(&referential);
    }
    offers
}

/// Returns the pages of economic forms: schedules and proformas repeat their prices, annexes carry those of others.
fn offer_pages(papers: &BidPapers<'_>) -> BTreeSet<(FileHash, u32)> {
    let forms = papers.documents.iter().filter(|document| document.kind.0.starts_with("FUO_1_5"));
    forms.flat_map(|document| document.pages.iter().map(|page| (document.file, *page))).collect()
}

/// Returns the totals that the economic forms state; a `total` elsewhere may be that of any invoice.
fn stated_totals<'a>(papers: &BidPapers<'a>) -> Vec<(&'a Fact, Money)> {
    let is_offer = |fact: &Fact| {
        papers
            .documents
            .iter()
            .any(|document| Some(document.id) == fact.document && document.kind.0.starts_with("FUO_1_5"))
    };
    papers
        .facts
        .iter()
        .filter(|fact| TOTALS.contains(&fact.field.as_str()) && is_offer(fact))
        .filter_map(|fact| match fact.value {
            FactValue::Money(money) if !money.0.is_zero() => Some((fact, money)),
            _ => None,
        })
        .collect()
}

/// Which column of a table is what.
struct Columns {
    description: usize,
    price: usize,
    quantity: Option<usize>,
    total: Option<usize>,
}

impl Columns {
    fn of(heads: &[String]) -> Option<Self> {
        let heads: Vec<String> = heads.iter().map(|head| folded(head)).collect();
        let column = |wanted: &dyn Fn(&str) -> bool| heads.iter().position(|head| wanted(head));
        Some(Self {
            description: column(&|head| head.starts_with("descripcion") || head == "rubro")?,
            price: column(&|head| {
                matches!(
                    head,
                    "pu" | "p u" | "precio unitario" | "valor unitario" | "p unitario" | "v unitario"
                )
            })?,
            quantity: column(&|head| matches!(head, "cantidad" | "cant")),
            total: column(&|head| {
                matches!(
                    head,
                    "precio total"
                        | "precio global"
                        | "valor total"
                        | "total"
                        | "p total"
                        | "global"
                        | "subtotal"
                )
            }),
        })
    }
}

fn prices<'a>(papers: &BidPapers<'a>, rubros: &mut HashMap<String, usize>) -> BTreeMap<usize, Price<'a>> {
    let pages = offer_pages(papers);
    let mut found: BTreeMap<usize, Option<Price<'a>>> = BTreeMap::new();
    let mut place = 0;
    for (file, table) in papers.tables.iter().filter(|(file, table)| pages.contains(&(*file, table.page))) {
        let Some(columns) = Columns::of(&table.columns) else { continue };
        for cells in &table.rows {
            place += 1;
            let (Some(price), Some(what)) = (cells.get(columns.price), cells.get(columns.description)) else {
                continue;
            };
            let Some(value) = amount(&price.text).filter(|value| !value.is_zero()) else { continue };
            let name = folded(&what.text);
            if name.is_empty() {
                continue;
            }
            let number = rubros.len();
            let rubro = *rubros.entry(name).or_insert(number);
            let cell = |column: Option<usize>| column.and_then(|column| cells.get(column));
            let new = Price {
                file: *file,
                page: table.page,
                place,
                quad: price.quad,
                text: &price.text,
                value,
                description: &what.text,
                quantity: cell(columns.quantity).and_then(|cell| amount(&cell.text)),
                total: cell(columns.total)
                    .and_then(|cell| Some((amount(&cell.text)?, cell.quad, cell.text.as_str()))),
            };
            let entry = found.entry(rubro).or_insert(Some(new));
            if entry.as_ref().is_some_and(|seen| seen.value != value) {
                *entry = None;
            }
        }
    }
    found.into_iter().filter_map(|(rubro, price)| Some((rubro, price?))).collect()
}
