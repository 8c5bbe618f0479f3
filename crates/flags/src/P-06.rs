//! P-06: a bid whose total is like the others' while some of its prices are far above theirs and others far below.

use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::offers::{Offer, Price};
use crate::parameters::{P_06_BIDS, P_06_HIGH, P_06_TOTAL, P_06_WEIGHT};
use crate::spread::{median, percent};
use cotejo_domain::Severity;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

pub(crate) const CODE: &str = "P-06";

/// Rubros that a flag shows on each side.
const PLACES: usize = 4;

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let mut of_rubro: BTreeMap<usize, Vec<Decimal>> = BTreeMap::new();
    for (rubro, price) in lot.offers.iter().flat_map(|offer| &offer.prices) {
        of_rubro.entry(*rubro).or_default().push(price.value);
    }
    // Rubros that too few price have no usual price.
    let usual: BTreeMap<usize, Decimal> = of_rubro
        .into_iter()
        .filter(|(_, prices)| prices.len() >= P_06_BIDS.count())
        .filter_map(|(rubro, prices)| Some((rubro, median(&prices)?)))
        .filter(|(_, usual)| *usual > Decimal::ZERO)
        .collect();
    lot.bids.iter().zip(&lot.offers).filter_map(|(papers, offer)| unbalanced(papers, offer, &usual)).collect()
}

/// A rubro whose price lies far from the usual one, with what the difference is worth.
struct Far<'l, 'a> {
    price: &'l Price<'a>,
    worth: Decimal,
}

fn unbalanced(papers: &BidPapers<'_>, offer: &Offer<'_>, usual: &BTreeMap<usize, Decimal>) -> Option<Flag> {
    let (mut total, mut usual_total) = (Decimal::ZERO, Decimal::ZERO);
    let (mut above, mut below): (Vec<Far<'_, '_>>, Vec<Far<'_, '_>>) = (Vec::new(), Vec::new());
    for (rubro, price) in &offer.prices {
        let (Some(middle), Some(quantity)) = (usual.get(rubro), price.quantity) else { continue };
        let (own, others) = (price.value.checked_mul(quantity)?, middle.checked_mul(quantity)?);
        total = total.checked_add(own)?;
        usual_total = usual_total.checked_add(others)?;
        let far = Far { price, worth: own.checked_sub(others)?.abs() };
        if price.value >= middle.checked_mul(P_06_HIGH.value)? {
            above.push(far);
        } else if *middle >= price.value.checked_mul(P_06_HIGH.value)? {
            below.push(far);
        }
    }
    let apart = total.checked_sub(usual_total)?.abs();
    let weight = usual_total.checked_mul(P_06_WEIGHT.value)?;
    let worth = |far: &[Far<'_, '_>]| -> Decimal { far.iter().map(|far| far.worth).sum() };
    let (more, less) = (worth(&above), worth(&below));
    // A dear bid is dear and a cheap one cheap: unbalanced is what is both and comes out even.
    if usual_total.is_zero()
        || apart > usual_total.checked_mul(P_06_TOTAL.value)?
        || more < weight
        || less < weight
    {
        return None;
    }
    let first = |far: &[Far<'_, '_>]| -> Option<Decimal> {
        let places: Vec<Decimal> = far.iter().map(|far| Decimal::from(far.price.place)).collect();
        median(&places)
    };
    // Tables of works stand in the order of execution: dear rubros before the cheap ones are paid first.
    let early = first(&above)? < first(&below)?;
    let (variant, severity) =
        if early { ("adelantada", Severity::Warning) } else { ("desbalanceada", Severity::Info) };
    for side in [&mut above, &mut below] {
        side.sort_by(|one, other| (other.worth, one.price.place).cmp(&(one.worth, other.price.place)));
    }
    let (high, low) = (above.len().to_string(), below.len().to_string());
    let times = P_06_HIGH.value.normalize().to_string().replace('.', ",");
    let (more, less) = (percent(more.checked_div(usual_total)?), percent(less.checked_div(usual_total)?));
    let values = [
        ("a", papers.bidder.name.as_str()),
        ("altos", high.as_str()),
        ("bajos", low.as_str()),
        ("veces", times.as_str()),
        ("sobre", more.as_str()),
        ("bajo", less.as_str()),
    ];
    let shown = above.iter().take(PLACES).chain(below.iter().take(PLACES));
    let evidence = shown.map(|far| far.price.evidence(CODE, papers)).collect();
    Some(Flag::new(CODE, variant, severity, vec![papers.bid], &values, evidence))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    const RUCS: [&str; 3] = ["1790012344001", "0990054321001", "0190012343001"];

    fn found(last: [&str; 4]) -> Vec<(Severity, usize)> {
        let prices = [["10.00", "20.00", "30.00", "40.00"], ["10.40", "19.10", "31.20", "41.30"], last];
        let bids: Vec<Sample> = prices
            .iter()
            .zip(RUCS)
            .map(|(prices, ruc)| {
                let names = ["Excavación", "Hormigón", "Mampostería", "Pintura"];
                let rows: Vec<[&str; 3]> =
                    names.into_iter().zip(*prices).map(|(name, price)| [name, "100", price]).collect();
                let columns = ["descripcion", "cantidad", "precio_unitario"];
                Sample::new(ruc, "Uno S.A.").grid("FUO_1_5_RUBROS", &columns, &rows)
            })
            .collect();
        let flags = detect_in(&bids).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| (flag.severity, flag.evidence.len())).collect()
    }

    #[test]
    fn what_is_dear_first_and_cheap_last_for_the_same_total_is_told() {
        assert_eq!(found(["21.00", "20.00", "30.00", "26.00"]), [(Severity::Warning, 2)]);
        assert_eq!(found(["6.00", "10.00", "30.00", "62.00"]), [(Severity::Info, 3)], "cheap first");
    }

    #[test]
    fn a_bid_that_is_dear_or_cheap_throughout_is_not_unbalanced() {
        assert!(found(["20.00", "40.00", "60.00", "80.00"]).is_empty());
        assert!(found(["5.00", "10.00", "15.00", "20.00"]).is_empty());
        assert!(found(["10.90", "18.00", "33.00", "39.00"]).is_empty());
    }
}
