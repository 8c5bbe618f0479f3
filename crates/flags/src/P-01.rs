//! P-01: the same total, or many of the same unit prices, in two bids.

use crate::input::{BidPapers, Flag};
use crate::reading::{amount, folded};
use cotejo_domain::{Evidence, Fact, FactValue, FileHash, Location, Money, Severity};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

pub(crate) const CODE: &str = "P-01";

/// Share of equal unit prices above which it is a flag, in hundredths.
const SHARE: usize = 30;
/// Rows that two bids must have in common before a share says anything.
const ROWS: usize = 3;
/// Fields that hold the total of an economic offer.
const TOTALS: &[&str] = &["total_numeros", "total", "valor_ofertado", "oferta"];

struct Price<'a> {
    file: FileHash,
    page: u32,
    row: usize,
    text: &'a str,
    value: Decimal,
}

pub(crate) fn detect(bids: &[BidPapers<'_>]) -> Vec<Flag> {
    let mut flags = Vec::new();
    for (index, first) in bids.iter().enumerate() {
        for second in &bids[index + 1..] {
            flags.extend(totals(first, second));
            flags.extend(unit_prices(first, second));
        }
    }
    flags
}

/// Tells whether a page belongs to an economic form: schedules and proformas repeat its prices, annexes carry those of others.
fn is_offer_page(papers: &BidPapers<'_>, file: FileHash, page: u32) -> bool {
    papers.documents.iter().any(|document| {
        document.file == file && document.pages.contains(&page) && document.kind.0.starts_with("FUO_1_5")
    })
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

fn totals(first: &BidPapers<'_>, second: &BidPapers<'_>) -> Option<Flag> {
    let others = stated_totals(second);
    for (fact, money) in stated_totals(first) {
        if let Some((other, _)) = others.iter().find(|(_, other)| *other == money) {
            let values = [
                ("a", first.bidder.name.as_str()),
                ("b", second.bidder.name.as_str()),
                ("valor", &money.spanish()),
            ];
            let evidence = vec![fact.evidence.clone(), other.evidence.clone()];
            return Some(Flag::new(
                CODE,
                "total",
                Severity::Warning,
                vec![first.bid, second.bid],
                &values,
                evidence,
            ));
        }
    }
    None
}

/// Returns the unit prices of the economic forms by what they are the price of. What has two prices in a bid is left out.
fn prices<'a>(papers: &BidPapers<'a>) -> BTreeMap<String, Price<'a>> {
    let mut found: BTreeMap<String, Option<Price<'a>>> = BTreeMap::new();
    for (file, table) in papers.tables.iter().filter(|(file, table)| is_offer_page(papers, *file, table.page))
    {
        let column =
            |wanted: &dyn Fn(&str) -> bool| table.columns.iter().position(|head| wanted(&folded(head)));
        let price = column(&|head| {
            matches!(head, "pu" | "p u" | "precio unitario" | "valor unitario" | "p unitario" | "v unitario")
        });
        let description = column(&|head| head.starts_with("descripcion") || head == "rubro");
        let (Some(price), Some(description)) = (price, description) else { continue };
        for (row, cells) in table.rows.iter().enumerate() {
            let (Some(price), Some(what)) = (cells.get(price), cells.get(description)) else { continue };
            let what = folded(&what.text);
            let Some(value) = amount(&price.text).filter(|value| !value.is_zero()) else { continue };
            if what.is_empty() {
                continue;
            }
            let new = Price { file: *file, page: table.page, row, text: &price.text, value };
            let entry = found.entry(what).or_insert(Some(new));
            if entry.as_ref().is_some_and(|seen| seen.value != value) {
                *entry = None;
            }
        }
    }
    found.into_iter().filter_map(|(what, price)| Some((what, price?))).collect()
}

fn unit_prices(first: &BidPapers<'_>, second: &BidPapers<'_>) -> Option<Flag> {
    let (a, b) = (prices(first), prices(second));
    let common: Vec<(&Price<'_>, &Price<'_>)> =
        a.iter().filter_map(|(what, price)| Some((price, b.get(what)?))).collect();
    let equal: Vec<_> = common.iter().filter(|(a, b)| a.value == b.value).collect();
    if common.len() < ROWS || equal.len() * 100 <= common.len() * SHARE {
        return None;
    }
    let place = |papers: &BidPapers<'_>, price: &Price<'_>| -> Evidence {
        let quads = papers
            .tables
            .iter()
            .find(|(file, table)| *file == price.file && table.page == price.page)
            .and_then(|(_, table)| table.rows.get(price.row))
            .and_then(|cells| cells.iter().find(|cell| cell.text == price.text)?.quad);
        let location = Location::Page { page: price.page, quads: quads.into_iter().collect() };
        papers.evidence(CODE, price.file, location, price.text)
    };
    let evidence = equal.iter().take(5).flat_map(|(a, b)| [place(first, a), place(second, b)]).collect();
    let values = [
        ("a", first.bidder.name.as_str()),
        ("b", second.bidder.name.as_str()),
        ("iguales", &equal.len().to_string()),
        ("comunes", &common.len().to_string()),
    ];
    Some(Flag::new(CODE, "unitarios", Severity::Warning, vec![first.bid, second.bid], &values, evidence))
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};

    fn priced(prices: [&str; 4]) -> Sample {
        let rows = ["Silla", "Mesa", "Estante", "Archivador"].into_iter().zip(prices);
        Sample::new("1790012344001", "Uno S.A.").table("FUO_1_5_CANT", "precio_unitario", rows)
    }

    fn codes(prices: [[&str; 4]; 2]) -> Vec<String> {
        let [a, b] = prices.map(priced);
        detect_in(&[a, b]).into_iter().map(|flag| flag.code).collect()
    }

    #[test]
    fn more_than_three_in_ten_equal_unit_prices_are_a_flag_whatever_the_notation() {
        let equal = [["10,50", "20.00", "30", "40"], ["10.50", "20,00", "31", "41"]];
        assert_eq!(codes(equal), ["P-01"]);
        assert!(
            codes([["10.50", "20", "30", "40"], ["10.50", "21", "31", "41"]]).is_empty(),
            "one in four is not"
        );
        assert!(
            codes([["1.250", "1.300", "1.400", "1.500"]; 2]).is_empty(),
            "what can be read in two ways is not compared"
        );
    }

    #[test]
    fn what_has_two_prices_and_what_is_no_offer_is_not_compared() {
        let prices = ["10.50", "20", "31", "41"];
        let repeated = || priced(prices).table("FUO_1_5_CANT", "pu", [("Silla", "10,50")].into_iter());
        assert_eq!(
            detect_in(&[repeated(), priced(["10.50", "20", "30", "40"])]).len(),
            1,
            "the same price twice is one price"
        );
        let two_prices = || priced(prices).table("FUO_1_5_CANT", "pu", [("Silla", "99")].into_iter());
        let one_of_three = detect_in(&[two_prices(), priced(["10.50", "21", "30", "41"])]);
        assert_eq!(one_of_three.len(), 1, "the chair is out: one in three is more than three in ten");
        assert!(one_of_three[0].text.contains("1 de 3"), "{}", one_of_three[0].text);
        let rows = || ["Silla", "Mesa", "Estante"].into_iter().zip(["1", "2", "3"]);
        let annex = || Sample::new("1790012344001", "Uno S.A.").table("PROFORMA", "pu", rows());
        assert!(detect_in(&[annex(), annex()]).is_empty(), "a supplier's price list is no offer");
    }

    #[test]
    fn equal_totals_are_a_flag_with_both_places() {
        let a = Sample::new("1790012344001", "Uno S.A.").total("FUO_1_5_CANT", "12650.20");
        let b = Sample::new("0990054321001", "Dos S.A.").total("FUO_1_5_CANT", "12650.2");
        let flags = detect_in(&[a, b]);
        assert_eq!(flags.len(), 1);
        assert!(flags[0].text.contains("12.650,20") && flags[0].evidence.len() == 2, "{}", flags[0].text);
        let invoice = Sample::new("0990054321001", "Dos S.A.").total("FACTURA", "12650.20");
        let offer = Sample::new("1790012344001", "Uno S.A.").total("FUO_1_5_CANT", "12650.20");
        assert!(detect_in(&[offer, invoice]).is_empty(), "the total of an invoice is not an offer");
    }
}
