//! P-01: the same total, or many of the same unit prices, in two bids.

use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::offers::Offer;
use crate::parameters::{P_01_ROWS, P_01_SHARE};
use cotejo_domain::Severity;
use rust_decimal::Decimal;

pub(crate) const CODE: &str = "P-01";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    let papers: Vec<_> = lot.bids.iter().zip(&lot.offers).collect();
    for (index, first) in papers.iter().enumerate() {
        for second in papers.iter().skip(index + 1) {
            flags.extend(totals(first, second));
            flags.extend(unit_prices(first, second));
        }
    }
    flags
}

/// The papers of a bid with what they price.
type Priced<'l, 'a> = (&'l BidPapers<'a>, &'l Offer<'a>);

fn totals((first, own): &Priced<'_, '_>, (second, others): &Priced<'_, '_>) -> Option<Flag> {
    for (fact, money) in &own.totals {
        if let Some((other, _)) = others.totals.iter().find(|(_, other)| other == money) {
            let values = [
                ("a", first.bidder.name.as_str()),
                ("b", second.bidder.name.as_str()),
                ("valor", &money.spanish()),
            ];
            let evidence = vec![fact.evidence.clone(), other.evidence.clone()];
            let bids = vec![first.bid, second.bid];
            return Some(Flag::new(CODE, "total", Severity::Warning, bids, &values, evidence));
        }
    }
    None
}

fn unit_prices((first, own): &Priced<'_, '_>, (second, others): &Priced<'_, '_>) -> Option<Flag> {
    let common = own.common(others);
    let equal: Vec<_> = common.iter().filter(|(_, a, b)| a.value == b.value).collect();
    let least = Decimal::from(common.len()).checked_mul(P_01_SHARE.value)?;
    if common.len() < P_01_ROWS.count() || Decimal::from(equal.len()) <= least {
        return None;
    }
    let evidence = equal
        .iter()
        .take(5)
        .flat_map(|(_, a, b)| [a.evidence(CODE, first), b.evidence(CODE, second)])
        .collect();
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
