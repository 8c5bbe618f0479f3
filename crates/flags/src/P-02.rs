//! P-02: the unit prices of one bid are those of another times one number.

use crate::input::Flag;
use crate::lot::Lot;
use crate::offers::{Offer, Price};
use crate::parameters::{P_02_EXACT, P_02_ROWS, P_02_SHARE, P_02_TIMES, P_02_VARIATION};
use crate::spread::variation_squared;
use cotejo_domain::Severity;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

pub(crate) const CODE: &str = "P-02";

/// Rubros that a flag shows.
const PLACES: usize = 5;

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    // What printing alone moves: half a unit of the last decimal, over the price. Where that is half of the limit or more nothing is told.
    let limit = P_02_VARIATION.value.checked_div(Decimal::TWO).unwrap_or_default();
    let fine: Vec<Vec<bool>> = lot
        .offers
        .iter()
        .map(|offer| offer.prices.values().map(|price| is_fine(price.value, limit)).collect())
        .collect();
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(own), Some(others)) = (lot.offers.get(first), lot.offers.get(second)) else { continue };
        let Some(found) = constant(own, others, fine.get(first), fine.get(second)) else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        // The same rubros on all sides: one that only one of them prices oddly tells nothing of the pair.
        let follows = |price_of: fn(&Shared<'_, '_>) -> Decimal| {
            variation_from_budget(own, &found.rubros, price_of)
                .is_some_and(|apart| explains(apart, found.variation))
        };
        let referential = follows(|(_, price, _)| price.value) && follows(|(_, _, price)| price.value);
        let (variant, severity) =
            if referential { ("presupuesto", Severity::Info) } else { ("razon", Severity::Warning) };
        let count = found.rubros.len().to_string();
        let ratio = found.ratio.round_dp(4).normalize().to_string().replace('.', ",");
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("rubros", count.as_str()),
            ("razon", ratio.as_str()),
        ];
        let shown = found.rubros.iter().take(PLACES);
        let evidence = shown.flat_map(|(_, a, b)| [a.evidence(CODE, one), b.evidence(CODE, other)]).collect();
        flags.push(Flag::new(CODE, variant, severity, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

/// A rubro with its price in both bids.
type Shared<'l, 'a> = (usize, &'l Price<'a>, &'l Price<'a>);

/// Rubros whose prices stand in one ratio, and the ratio.
struct Constant<'l, 'a> {
    rubros: Vec<Shared<'l, 'a>>,
    ratio: Decimal,
    /// Square of their coefficient of variation.
    variation: Decimal,
}

fn is_fine(price: Decimal, limit: Decimal) -> bool {
    // Prices are printed with two decimals at least, whatever follows the last figure.
    let half = Decimal::new(5, price.scale().max(2) + 1);
    price.checked_mul(limit).is_some_and(|room| half < room)
}

fn constant<'l, 'a>(
    own: &'l Offer<'a>,
    others: &'l Offer<'a>,
    own_fine: Option<&Vec<bool>>,
    others_fine: Option<&Vec<bool>>,
) -> Option<Constant<'l, 'a>> {
    let mut common = 0_usize;
    let mut rubros: Vec<Shared<'l, 'a>> = Vec::new();
    let mut ratios: Vec<Decimal> = Vec::new();
    let mut others_prices = others.prices.iter().zip(others_fine?).peekable();
    let (mut low, mut high) = (Decimal::MAX, Decimal::ZERO);
    for ((rubro, price), fine) in own.prices.iter().zip(own_fine?) {
        while others_prices.next_if(|((number, _), _)| *number < rubro).is_some() {}
        let Some(((_, other), other_fine)) = others_prices.next_if(|((number, _), _)| *number == rubro)
        else {
            continue;
        };
        common += 1;
        if !fine || !other_fine {
            continue;
        }
        let ratio = other.value.checked_div(price.value)?;
        (low, high) = (low.min(ratio), high.max(ratio));
        // A ratio that lies as far from another as this cannot vary little among so many: no more of this pair is computed.
        if too_far(low, high, own.prices.len()) {
            return None;
        }
        ratios.push(ratio);
        rubros.push((*rubro, price, other));
    }
    let enough = Decimal::from(common).checked_mul(P_02_SHARE.value)?;
    let distinct: BTreeSet<Decimal> = rubros.iter().map(|(_, price, _)| price.value).collect();
    let variation = variation_squared(&ratios)?;
    if distinct.len() < P_02_ROWS.count()
        || Decimal::from(rubros.len()) < enough
        || variation >= P_02_VARIATION.value.checked_mul(P_02_VARIATION.value)?
    {
        return None;
    }
    let sum = ratios.iter().try_fold(Decimal::ZERO, |sum, ratio| sum.checked_add(*ratio))?;
    let ratio = sum.checked_div(Decimal::from(ratios.len()))?;
    // The same prices are P-01's.
    let apart = ratio.checked_sub(Decimal::ONE)?.abs();
    (apart >= P_02_VARIATION.value).then_some(Constant { rubros, ratio, variation })
}

/// With n numbers of mean m and a coefficient below c none lies further than c·m·√n from m. `n` is taken for its root's square above it.
fn too_far(low: Decimal, high: Decimal, count: usize) -> bool {
    let root = Decimal::from(count.isqrt() + 1);
    let reach = P_02_VARIATION.value.checked_mul(root).unwrap_or(Decimal::ONE);
    if reach >= Decimal::ONE {
        return false;
    }
    let most = low.checked_mul(Decimal::ONE + reach);
    let least = high.checked_mul(Decimal::ONE - reach);
    least.zip(most).is_some_and(|(least, most)| least > most)
}

/// Returns how far unit prices lie from those of the pliego times one number: the square of the coefficient of variation.
fn variation_from_budget(
    offer: &Offer<'_>,
    rubros: &[Shared<'_, '_>],
    price_of: fn(&Shared<'_, '_>) -> Decimal,
) -> Option<Decimal> {
    let ratios: Vec<Decimal> = rubros
        .iter()
        .filter_map(|shared| price_of(shared).checked_div(*offer.referential.get(&shared.0)?))
        .collect();
    // What the pliego prices for fewer is not explained by it.
    let all = Decimal::from(rubros.len()).checked_mul(P_02_SHARE.value)?;
    (ratios.len() >= P_02_ROWS.count() && Decimal::from(ratios.len()) >= all)
        .then(|| variation_squared(&ratios))
        .flatten()
}

/// Tells whether following the pliego explains why two bids lie near each other: each lies about as near to the pliego, or it is the pliego.
fn explains(from_budget: Decimal, between: Decimal) -> bool {
    let square = |number: Decimal| number.checked_mul(number);
    let times = square(P_02_TIMES.value).and_then(|times| times.checked_mul(between));
    let exact = square(P_02_EXACT.value);
    times.is_some_and(|times| from_budget <= times) || exact.is_some_and(|exact| from_budget < exact)
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::LotTerms;
    use crate::sample::{Sample, detect_in_terms};
    use cotejo_domain::{Money, PliegoItem, Severity};
    use rust_decimal::Decimal;

    const RUBROS: [&str; 7] = ["Silla", "Mesa", "Estante", "Archivador", "Pupitre", "Pizarra", "Clavo"];

    fn bid(ruc: &str, name: &str, prices: &[&str]) -> Sample {
        Sample::new(ruc, name).table(
            "FUO_1_5_CANT",
            "precio_unitario",
            RUBROS.into_iter().zip(prices.iter().copied()),
        )
    }

    fn found(a: &[&str], b: &[&str], items: &[PliegoItem]) -> Vec<(Severity, String)> {
        let bids = [bid("1790012344001", "Uno S.A.", a), bid("0990054321001", "Dos S.A.", b)];
        let terms = LotTerms { items, ..LotTerms::default() };
        let flags = detect_in_terms(&bids, terms).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| (flag.severity, flag.text)).collect()
    }

    const A: [&str; 7] = ["45.10", "120.35", "88.20", "310.00", "64.75", "150.90", "0.03"];
    /// Seven per cent more, rounded to cents.
    const B: [&str; 7] = ["48,26", "128,77", "94,37", "331,70", "69,28", "161,46", "0,03"];

    #[test]
    fn prices_that_are_anothers_plus_seven_per_cent_are_found_though_rounded() {
        let told = found(&A, &B, &[]);
        assert_eq!((told.len(), told[0].0), (1, Severity::Warning));
        assert!(told[0].1.contains("6 rubros") && told[0].1.contains("1,07"), "{}", told[0].1);
    }

    #[test]
    fn prices_made_apart_equal_prices_and_a_single_rubro_are_not_told() {
        let apart = ["51.00", "115.00", "97.40", "305.00", "61.00", "171.30", "0.05"];
        assert!(found(&A, &apart, &[]).is_empty());
        assert!(found(&A, &A, &[]).is_empty(), "the same prices are P-01's");
        assert!(found(&A[..1], &B[..1], &[]).is_empty(), "one rubro has one ratio");
        assert!(found(&A[..4], &B[..4], &[]).is_empty());
        let same = ["10.00"; 7];
        assert!(found(&same, &["9.00"; 7], &[]).is_empty(), "one price for everything says nothing");
    }

    #[test]
    fn who_takes_so_much_off_the_published_prices_is_only_told() {
        let item = |(name, price): (&str, &str)| PliegoItem {
            cpc: None,
            description: name.into(),
            quantity: None,
            unit: None,
            unit_price: price.parse::<Decimal>().ok().map(Money),
        };
        let items: Vec<PliegoItem> = RUBROS.into_iter().zip(A).map(item).collect();
        let less = ["42.85", "114.33", "83.79", "294.50", "61.51", "143.36", "0.03"];
        let told = found(&less, &B, &items);
        assert_eq!((told.len(), told[0].0), (1, Severity::Info), "{told:?}");
    }

    #[test]
    fn what_lies_nearer_to_the_other_bid_than_to_the_pliego_is_no_following_of_it() {
        let item = |(name, price): (&str, &str)| PliegoItem {
            cpc: None,
            description: name.into(),
            quantity: None,
            unit: None,
            unit_price: price.parse::<Decimal>().ok().map(Money),
        };
        // The bids are each other's to the cent; from the pliego both differ by some tenths of a per cent, in the same places.
        let pliego = ["45.40", "119.70", "88.90", "307.80", "65.30", "149.70", "0.03"];
        let items: Vec<PliegoItem> = RUBROS.into_iter().zip(pliego).map(item).collect();
        let told = found(&A, &B, &items);
        assert_eq!((told.len(), told[0].0), (1, Severity::Warning), "{told:?}");
        // Both follow the pliego loosely, each in its own way.
        let one = ["45.20", "120.60", "88.00", "310.90", "64.90", "150.20", "0.03"];
        let other = ["46.90", "124.60", "92.30", "321.00", "67.30", "156.90", "0.03"];
        let items: Vec<PliegoItem> = RUBROS.into_iter().zip(A).map(item).collect();
        let told = found(&one, &other, &items);
        assert_eq!((told.len(), told[0].0), (1, Severity::Info), "{told:?}");
    }
}
