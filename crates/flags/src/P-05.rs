//! P-05: totals that are all round.

use crate::input::Flag;
use crate::lot::{Lot, put_once};
use crate::parameters::{P_05_BIDS, P_05_FIGURES, P_05_LEAST};
use cotejo_domain::{Evidence, Money, Severity};
use rust_decimal::Decimal;

pub(crate) const CODE: &str = "P-05";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut bids = Vec::new();
    for (papers, offer) in lot.bids.iter().zip(&lot.offers) {
        let Some((fact, Money(total))) = offer.total() else { continue };
        // One that is not round says that no bidder was told to round.
        if total < P_05_LEAST.value || !is_round(total) {
            return Vec::new();
        }
        bids.push(papers.bid);
        put_once(&mut evidence, fact.evidence.clone());
    }
    // One rubro of one piece has a round price as often as not.
    let several = lot.offers.iter().any(|offer| offer.prices.len() > 1);
    if bids.len() < P_05_BIDS.count() || !several {
        return Vec::new();
    }
    let count = bids.len().to_string();
    vec![Flag::new(CODE, "redondos", Severity::Info, bids, &[("ofertas", count.as_str())], evidence)]
}

/// Tells whether only the first figures of an amount are not zero.
fn is_round(amount: Decimal) -> bool {
    let normal = amount.normalize();
    if normal.scale() > 0 {
        return false;
    }
    let digits = normal.to_string();
    digits.trim_end_matches('0').len() <= P_05_FIGURES.count()
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::sample::{Sample, detect_in};

    const RUCS: [&str; 3] = ["1790012344001", "0990054321001", "0190012343001"];

    fn told(totals: [&str; 3], rubros: &[&str]) -> usize {
        let bids: Vec<Sample> = totals
            .iter()
            .enumerate()
            .map(|(at, total)| {
                let rows = rubros.iter().map(|name| (*name, ["1.17", "2.31", "9.73"][at]));
                Sample::new(RUCS[at], "Uno S.A.").total("FUO_1_5_CANT", total).table(
                    "FUO_1_5_CANT",
                    "pu",
                    rows,
                )
            })
            .collect();
        detect_in(&bids).iter().filter(|flag| flag.code == CODE).count()
    }

    #[test]
    fn only_totals_that_are_round_in_every_bid_of_several_rubros_are_told() {
        let rubros = ["Silla", "Mesa"];
        assert_eq!(told(["98000.00", "120000", "110000.0"], &rubros), 1);
        assert_eq!(told(["98000.00", "120000", "110350"], &rubros), 0, "one of them is not");
        assert_eq!(told(["98000.00", "120000.50", "110000"], &rubros), 0);
        assert_eq!(told(["98000.00", "120000", "110000"], &rubros[..1]), 0, "one rubro");
        assert_eq!(told(["50", "60", "70"], &rubros), 0, "small change");
    }
}
