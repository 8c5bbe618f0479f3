//! D-03: pages of text that bidders write themselves, nearly the same in two bids once the process's own papers are taken out.

use crate::appearance::PageText;
use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::parameters::{D_03_JACCARD, D_03_LEAST};
use crate::spread::percent;
use cotejo_domain::{Evidence, Location, Severity};
use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};

pub(crate) const CODE: &str = "D-03";

/// Pairs of pages that a flag shows.
const PLACES: usize = 5;

/// One page with what is left of it.
struct Left<'l> {
    bid: usize,
    page: &'l PageText,
    sequences: Vec<u64>,
}

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let pages = left(lot);
    let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
    let mut with: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        for sequence in &page.sequences {
            let seen = with.entry(*sequence).or_default();
            for earlier in seen.iter().filter(|earlier| pages[**earlier].bid != page.bid) {
                *shared.entry((*earlier, at)).or_default() += 1;
            }
            seen.push(at);
        }
    }
    let alike: Vec<(usize, usize, Decimal)> = shared
        .into_iter()
        .filter_map(|((one, other), both)| {
            let all = pages[one].sequences.len() + pages[other].sequences.len() - both;
            let share = Decimal::from(both).checked_div(Decimal::from(all))?;
            (share >= D_03_JACCARD.value).then_some((one, other, share))
        })
        .collect();
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let mut of_pair: Vec<_> = alike
            .iter()
            .filter(|(one, other, _)| pages[*one].bid == first && pages[*other].bid == second)
            .collect();
        // A page counts once, with the page it is most like.
        of_pair.sort_by_key(|(one, other, share)| (std::cmp::Reverse(*share), *one, *other));
        let (mut ones, mut others) = (BTreeSet::new(), BTreeSet::new());
        of_pair.retain(|(one, other, _)| {
            let fresh = !ones.contains(one) && !others.contains(other);
            if fresh {
                ones.insert(*one);
                others.insert(*other);
            }
            fresh
        });
        let Some((_, _, most)) = of_pair.first() else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let (count, most) = (of_pair.len().to_string(), percent(*most));
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("paginas", count.as_str()),
            ("semejanza", most.as_str()),
        ];
        let shown = of_pair.iter().take(PLACES);
        let evidence =
            shown.flat_map(|(a, b, _)| [place(one, pages[*a].page), place(other, pages[*b].page)]).collect();
        flags.push(Flag::new(CODE, "texto", Severity::Warning, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

fn place(papers: &BidPapers<'_>, page: &PageText) -> Evidence {
    let location = Location::Page { page: page.page, quads: Vec::new() };
    let evidence = papers.evidence(CODE, page.file, location, "");
    Evidence { file_name: page.file_name.clone(), ..evidence }
}

/// Takes out what the process's papers say, and what more than half of three or more bids say: they have it from one source. Files that two
/// bids hold byte by byte count: whoever wrote one wrote it for both.
fn left<'l>(lot: &'l Lot<'_>) -> Vec<Left<'l>> {
    let mut bids_with: HashMap<u64, usize> = HashMap::new();
    for papers in &lot.bids {
        let of_bid: BTreeSet<u64> =
            papers.texts.iter().flat_map(|page| page.sequences.iter().copied()).collect();
        for sequence in of_bid {
            *bids_with.entry(sequence).or_default() += 1;
        }
    }
    let many = (lot.bids.len() / 2).max(2);
    let mut pages = Vec::new();
    for (bid, papers) in lot.bids.iter().enumerate() {
        for page in papers.texts {
            let own = |sequence: &&u64| {
                lot.terms.models.binary_search(sequence).is_err()
                    && bids_with.get(sequence).is_none_or(|bids| *bids <= many)
            };
            let sequences: Vec<u64> = page.sequences.iter().filter(own).copied().collect();
            if sequences.len() >= D_03_LEAST.count() {
                pages.push(Left { bid, page, sequences });
            }
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::LotTerms;
    use crate::sample::{Sample, detect_in_terms};

    /// Fictional running text: words that follow from a seed.
    fn text(seed: u32, words: usize) -> String {
        const STOCK: [&str; 16] = [
            "obra", "zanja", "equipo", "personal", "nivel", "tubo", "lote", "control", "acero", "curado",
            "avance", "turno", "plano", "riego", "talud", "ensayo",
        ];
        let mut state = seed;
        let mut said = Vec::new();
        for _ in 0..words {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            said.push(STOCK[(state >> 28) as usize]);
        }
        said.join(" ")
    }

    fn bids(texts: &[String]) -> Vec<Sample> {
        const RUCS: [&str; 3] = ["1790012344001", "0990054321001", "0190012343001"];
        let named = |at: usize| format!("Empresa {}", ["Uno", "Dos", "Tres"][at]);
        texts.iter().enumerate().map(|(at, text)| Sample::new(RUCS[at], &named(at)).says(1, text)).collect()
    }

    fn told(texts: &[String], models: &[u64]) -> Vec<String> {
        let terms = LotTerms { models, ..LotTerms::default() };
        let flags = detect_in_terms(&bids(texts), terms).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| flag.text).collect()
    }

    #[test]
    fn a_page_that_was_copied_and_touched_up_is_found() {
        let own = text(7, 200);
        let touched = format!("{} nuestra empresa {}", text(7, 200), text(9, 20));
        let found = told(&[own, touched], &[]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("Empresa Uno") && found[0].contains("1 "), "{}", found[0]);
    }

    #[test]
    fn what_the_pliego_says_and_what_three_of_three_say_is_nobodys_copy() {
        let model = text(7, 200);
        let filled = |seed| format!("{} {}", text(7, 200), text(seed, 90));
        let models = crate::sequences(&model);
        assert!(told(&[filled(1), filled(2)], &models).is_empty());
        assert!(told(&[filled(1), filled(2), filled(3)], &[]).is_empty());
        assert!(told(&[text(1, 200), text(2, 200)], &[]).is_empty());
        assert!(told(&[text(7, 30), text(7, 30)], &[]).is_empty(), "a few lines anybody writes");
    }
}
