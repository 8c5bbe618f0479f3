//! P-03: the same errors of arithmetic in the price tables of two bids, or the same yields in their unit price analyses.

use crate::input::{BidPapers, Flag};
use crate::lot::{Lot, put_once};
use crate::offers::Price;
use crate::parameters::{P_03_DISTINCT, P_03_SHARE, P_03_YIELDS};
use crate::reading::{amount, folded};
use cotejo_domain::{DocumentId, Evidence, FileHash, Location, Quad, Severity};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(crate) const CODE: &str = "P-03";

/// Places that a flag shows of each bid.
const PLACES: usize = 5;
/// Fields that name the rubro of an analysis.
const RUBRO: [&str; 2] = ["rubro", "descripcion"];

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let mut flags = errors(lot);
    flags.extend(yields(lot));
    flags
}

/// Returns how far the printed total of a row lies from quantity times price, where that is more than unprinted decimals explain: half a
/// unit of the price's last decimal times the quantity, and half a unit of the total's.
fn error_of(price: &Price<'_>) -> Option<Decimal> {
    let (quantity, (total, _, _)) = (price.quantity?, price.total?);
    let apart = total.checked_sub(quantity.checked_mul(price.value)?)?;
    let half = |scale: u32| Decimal::new(5, scale.max(2) + 1);
    let room = half(price.value.scale()).checked_mul(quantity)?.checked_add(half(total.scale()))?;
    (apart.abs() > room).then(|| apart.normalize())
}

fn errors(lot: &Lot<'_>) -> Vec<Flag> {
    let wrong: Vec<BTreeMap<usize, (Decimal, &Price<'_>)>> = lot
        .offers
        .iter()
        .map(|offer| {
            let prices = offer.prices.iter();
            prices.filter_map(|(rubro, price)| Some((*rubro, (error_of(price)?, price)))).collect()
        })
        .collect();
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(own), Some(others)) = (wrong.get(first), wrong.get(second)) else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let same: Vec<(&Price<'_>, &Price<'_>, Decimal)> = own
            .iter()
            .filter_map(|(rubro, (apart, price))| {
                let (other_apart, other_price) = others.get(rubro)?;
                (apart == other_apart).then_some((*price, *other_price, *apart))
            })
            .collect();
        let Some((price, _, apart)) = same.first().copied() else { continue };
        let (count, apart) = (same.len().to_string(), apart.to_string().replace('.', ","));
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("rubros", count.as_str()),
            ("rubro", price.description.trim()),
            ("diferencia", apart.as_str()),
        ];
        let total = |papers: &BidPapers<'_>, price: &Price<'_>| {
            let (quad, text) = price.total.map_or((None, ""), |(_, quad, text)| (quad, text));
            let location = Location::Page { page: price.page, quads: quad.into_iter().collect() };
            papers.evidence(CODE, price.file, location, text)
        };
        let shown = same.iter().take(PLACES);
        let evidence = shown.flat_map(|(a, b, _)| [total(one, a), total(other, b)]).collect();
        flags.push(Flag::new(CODE, "error", Severity::Warning, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

/// What a yield is of: rubro, section, resource.
type Resource = (String, String, String);

/// One printed yield.
#[derive(Clone, Copy)]
struct Yield<'a> {
    file: FileHash,
    page: u32,
    quad: Option<Quad>,
    text: &'a str,
    value: Decimal,
}

fn yields(lot: &Lot<'_>) -> Vec<Flag> {
    let mut resources: HashMap<Resource, usize> = HashMap::new();
    let mut read: Vec<BTreeMap<usize, Yield<'_>>> =
        lot.bids.iter().map(|papers| yields_of(papers, &mut resources)).collect();
    // What more than half of three or more bids say of a resource they took from one published table.
    let mut said: HashMap<(usize, Decimal), usize> = HashMap::new();
    for (resource, read) in read.iter().flatten() {
        *said.entry((*resource, read.value)).or_default() += 1;
    }
    let many = (lot.bids.len() / 2).max(2);
    for of_bid in &mut read {
        of_bid.retain(|resource, read| said.get(&(*resource, read.value)).is_none_or(|bids| *bids <= many));
    }
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(own), Some(others)) = (read.get(first), read.get(second)) else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let (mut common, mut same) = (0_usize, Vec::new());
        let mut theirs = others.iter().peekable();
        for (resource, read) in own {
            while theirs.next_if(|(number, _)| *number < resource).is_some() {}
            let Some((_, beside)) = theirs.next_if(|(number, _)| *number == resource) else { continue };
            common += 1;
            if read.value == beside.value {
                same.push((read, beside));
            }
        }
        let distinct: BTreeSet<Decimal> = same.iter().map(|(read, _)| read.value).collect();
        let least = Decimal::from(common).checked_mul(P_03_SHARE.value).unwrap_or(Decimal::MAX);
        if common < P_03_YIELDS.count()
            || distinct.len() < P_03_DISTINCT.count()
            || Decimal::from(same.len()) < least
        {
            continue;
        }
        let place = |papers: &BidPapers<'_>, read: &Yield<'_>| {
            let location = Location::Page { page: read.page, quads: read.quad.into_iter().collect() };
            papers.evidence(CODE, read.file, location, read.text)
        };
        let mut evidence: Vec<Evidence> = Vec::new();
        for (read, beside) in same.iter().take(PLACES) {
            put_once(&mut evidence, place(one, read));
            put_once(&mut evidence, place(other, beside));
        }
        let (equal, common) = (same.len().to_string(), common.to_string());
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("iguales", equal.as_str()),
            ("comunes", common.as_str()),
        ];
        let bids = vec![one.bid, other.bid];
        flags.push(Flag::new(CODE, "rendimientos", Severity::Warning, bids, &values, evidence));
    }
    flags
}

/// Reads the yields of a bid's analyses. What has two in the bid, and what has no rubro above it, is left out.
fn yields_of<'a>(
    papers: &BidPapers<'a>,
    resources: &mut HashMap<Resource, usize>,
) -> BTreeMap<usize, Yield<'a>> {
    let mut found: BTreeMap<usize, Option<Yield<'a>>> = BTreeMap::new();
    let mut rubros: BTreeMap<(FileHash, u32), Vec<(f64, String)>> = BTreeMap::new();
    let analyses: BTreeSet<DocumentId> = papers
        .documents
        .iter()
        .filter(|document| document.kind.0 == "FUO_1_6_APU")
        .map(|document| document.id)
        .collect();
    for fact in papers.facts.iter().filter(|fact| RUBRO.contains(&fact.field.as_str())) {
        let of_analysis = fact.document.is_some_and(|document| analyses.contains(&document));
        if let (true, Some(page)) = (of_analysis, fact.evidence.location.page()) {
            let top = fact.evidence.location.quad().map_or(0.0, |quad| quad.bounds()[1]);
            let name = folded(&fact.value.canonical());
            rubros.entry((fact.evidence.file, page)).or_default().push((top, name));
        }
    }
    for (file, table) in papers.tables {
        let Some(named) = rubros.get(&(*file, table.page)) else { continue };
        let column = |wanted: &str| table.columns.iter().position(|head| folded(head) == wanted);
        let (Some(what), Some(rate)) = (column("descripcion"), column("rendimiento")) else { continue };
        let section = column("seccion");
        for cells in &table.rows {
            let (Some(what), Some(rate)) = (cells.get(what), cells.get(rate)) else { continue };
            let Some(value) = amount(&rate.text).filter(|value| !value.is_zero()) else { continue };
            let value = value.normalize();
            let top = rate.quad.or(what.quad).map_or(f64::INFINITY, |quad| quad.bounds()[1]);
            let above = named.iter().filter(|(height, _)| *height <= top);
            let Some((_, rubro)) = above.max_by(|(a, _), (b, _)| a.total_cmp(b)) else { continue };
            let section =
                section.and_then(|section| cells.get(section)).map_or("", |cell| cell.text.as_str());
            let number = resources.len();
            let resource = (rubro.clone(), folded(section), folded(&what.text));
            let resource = *resources.entry(resource).or_insert(number);
            let new = Yield { file: *file, page: table.page, quad: rate.quad, text: &rate.text, value };
            let entry = found.entry(resource).or_insert(Some(new));
            if entry.is_some_and(|seen| seen.value != value) {
                *entry = None;
            }
        }
    }
    found.into_iter().filter_map(|(resource, read)| Some((resource, read?))).collect()
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::sample::{Sample, detect_in};

    const RUCS: [&str; 3] = ["1790012344001", "0990054321001", "0190012343001"];

    fn priced(at: usize, rows: &[[&str; 4]]) -> Sample {
        let columns = ["descripcion", "cantidad", "precio_unitario", "precio_total"];
        Sample::new(RUCS[at], "Uno S.A.").grid("FUO_1_5_RUBROS", &columns, rows)
    }

    fn texts(bids: &[Sample]) -> Vec<String> {
        detect_in(bids).into_iter().filter(|flag| flag.code == CODE).map(|flag| flag.text).collect()
    }

    #[test]
    fn the_same_wrong_product_in_two_bids_is_found_with_its_rubro() {
        let a = priced(0, &[["Excavación", "120", "4.35", "540.00"], ["Relleno", "10", "3.10", "31.00"]]);
        let b = priced(1, &[["Excavación", "120", "4.10", "510,00"], ["Relleno", "10", "3.00", "30.00"]]);
        let told = texts(&[a, b]);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("Excavación") && told[0].contains("18"), "{}", told[0]);
    }

    #[test]
    fn decimals_that_are_not_printed_and_errors_of_their_own_are_no_indicio() {
        // 4.3465 printed as 4.35: the total is off by the same 0.42 in both, as the spreadsheet of either makes it.
        let rounded = || priced(0, &[["Excavación", "120", "4.35", "521.58"]]);
        let other = || priced(1, &[["Excavación", "120", "4.35", "521.58"]]);
        assert!(texts(&[rounded(), other()]).is_empty());
        let a = priced(0, &[["Excavación", "120", "4.35", "540.00"]]);
        let b = priced(1, &[["Excavación", "120", "4.10", "500.00"]]);
        assert!(texts(&[a, b]).is_empty(), "18.00 and 8.00 are two errors");
    }

    fn analysed(at: usize, yields: [&str; 10]) -> Sample {
        let names: Vec<String> = (0..10).map(|number| format!("Peón {number}")).collect();
        let rows: Vec<[&str; 3]> =
            names.iter().zip(yields).map(|(name, rate)| ["mano_obra", name.as_str(), rate]).collect();
        Sample::new(RUCS[at], "Uno S.A.").analysis(
            "Excavación a máquina",
            &["seccion", "descripcion", "rendimiento"],
            &rows,
        )
    }

    const RATES: [&str; 10] =
        ["0.1234", "0.0871", "0.455", "0.0612", "0.333", "0.1234", "0.75", "0.512", "0.0199", "0.2"];

    #[test]
    fn the_same_ten_yields_in_two_bids_are_found_and_those_of_a_published_table_are_not() {
        let told = texts(&[analysed(0, RATES), analysed(1, RATES)]);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("10 de 10"), "{}", told[0]);
        let all = texts(&[analysed(0, RATES), analysed(1, RATES), analysed(2, RATES)]);
        assert!(all.is_empty(), "three of three took them from one table: {all:?}");
    }

    #[test]
    fn yields_of_ones_own_and_one_round_yield_for_everything_are_no_indicio() {
        let own = ["0.11", "0.09", "0.45", "0.06", "0.3", "0.12", "0.8", "0.5", "0.02", "0.2"];
        assert!(texts(&[analysed(0, RATES), analysed(1, own)]).is_empty());
        assert!(texts(&[analysed(0, ["1.00"; 10]), analysed(1, ["1.00"; 10])]).is_empty());
    }
}
