//! D-04: the same scanned page in two bids.

use crate::appearance::PageAppearance;
use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::parameters::{D_04_HAMMING, D_04_WORDS};
use cotejo_domain::{Evidence, Likeness, Location, Severity, document_type_entry};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(crate) const CODE: &str = "D-04";

/// Pairs of pages that a flag shows.
const PLACES: usize = 5;
/// Papers of whoever makes or sells the goods: the bidders of one maker hand in the same.
const OF_MAKERS: &[&str] = &["FICHA_TECNICA", "DISTRIBUIDOR", "GARANTIA_TEC", "PROFORMA"];

/// One scanned page among those that are compared.
#[derive(Clone, Copy)]
struct Sheet<'l> {
    bid: usize,
    page: &'l PageAppearance,
    image: u64,
}

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let sheets = sheets(lot);
    let pairs = pairs(&sheets);
    // A page that most bidders hand in is nobody's own.
    let many = (lot.bids.len() / 2).max(2);
    let mut with: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (one, other) in &pairs {
        with.entry(*one).or_default().insert(sheets[*other].bid);
        with.entry(*other).or_default().insert(sheets[*one].bid);
    }
    let common = |at: &usize| with.get(at).is_some_and(|bids| bids.len() >= many);
    let mut of_bids: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (one, other) in pairs.into_iter().filter(|(one, other)| !common(one) && !common(other)) {
        of_bids.entry((sheets[one].bid, sheets[other].bid)).or_default().push((one, other));
    }
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let Some(found) = of_bids.get(&(first, second)) else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let own = |(a, b): &&(usize, usize)| {
            let of_maker = |at: usize| OF_MAKERS.contains(&sheets[at].page.kind.as_str());
            !of_maker(*a) && !of_maker(*b)
        };
        let weighing: Vec<&(usize, usize)> = found.iter().filter(own).collect();
        let (variant, severity, shown) = if weighing.is_empty() {
            ("de_fabricante", Severity::Info, found.iter().collect())
        } else {
            ("pagina", Severity::Warning, weighing)
        };
        let mut kinds: BTreeSet<String> = BTreeSet::new();
        for (a, _) in &shown {
            let kind = &sheets[*a].page.kind;
            kinds.insert(document_type_entry(kind).map_or_else(|| kind.clone(), |entry| entry.name.clone()));
        }
        let pages: BTreeSet<usize> = shown.iter().map(|(a, _)| *a).collect();
        let (count, kinds) = (pages.len().to_string(), kinds.into_iter().collect::<Vec<_>>().join("; "));
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("paginas", count.as_str()),
            ("documentos", kinds.as_str()),
        ];
        let places = shown.iter().take(PLACES);
        let evidence =
            places.flat_map(|(a, b)| [place(one, sheets[*a].page), place(other, sheets[*b].page)]).collect();
        flags.push(Flag::new(CODE, variant, severity, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

fn place(papers: &BidPapers<'_>, page: &PageAppearance) -> Evidence {
    let location = Location::Page { page: page.page, quads: Vec::new() };
    let evidence = papers.evidence(CODE, page.file, location, "");
    Evidence { file_name: page.file_name.clone(), ..evidence }
}

fn sheets<'l>(lot: &'l Lot<'_>) -> Vec<Sheet<'l>> {
    // Pages of the pliego that a bidder hands back.
    let of_process = |page: &PageAppearance| {
        let group = document_type_entry(&page.kind).map(|entry| entry.group.as_str());
        group == Some("proceso") && !OF_MAKERS.contains(&page.kind.as_str())
    };
    let tells = |page: &&PageAppearance| {
        page.scanned && usize::try_from(page.words).unwrap_or(0) >= D_04_WORDS.count() && !of_process(page)
    };
    let mut sheets = Vec::new();
    for (bid, papers) in lot.bids.iter().enumerate() {
        for page in papers.looks.iter().filter(tells) {
            sheets.extend(page.look.image_hash.map(|image| Sheet { bid, page, image }));
        }
    }
    sheets
}

/// Returns the pairs of pages of different bids whose images and words are alike. Of two hashes of 64 bits that differ in six or fewer at
/// least one byte of eight agrees, so that only pages with such a byte are compared.
fn pairs(sheets: &[Sheet<'_>]) -> Vec<(usize, usize)> {
    let mut with: HashMap<(usize, u8), Vec<usize>> = HashMap::new();
    let mut found = Vec::new();
    for (at, sheet) in sheets.iter().enumerate() {
        let mut near: BTreeSet<usize> = BTreeSet::new();
        for (position, byte) in sheet.image.to_le_bytes().into_iter().enumerate() {
            let seen = with.entry((position, byte)).or_default();
            near.extend(seen.iter().filter(|other| alike(&sheets[**other], sheet)));
            seen.push(at);
        }
        found.extend(near.into_iter().map(|other| (other, at)));
    }
    found
}

/// The same form with other words looks the same: the words must be alike too, where both are known.
fn alike(one: &Sheet<'_>, other: &Sheet<'_>) -> bool {
    let apart = usize::try_from((one.image ^ other.image).count_ones()).unwrap_or(usize::MAX);
    let likeness = || one.page.look.likeness(&other.page.look);
    one.bid != other.bid
        && apart <= D_04_HAMMING.count()
        && matches!(likeness(), Some(Likeness::Exact | Likeness::Near))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::PageAppearance;
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::{FileHash, PageLook, Severity};

    fn page(file: &str, kind: &str, image: u64, text: u64) -> PageAppearance {
        PageAppearance {
            file: FileHash::of(file.as_bytes()),
            file_name: file.into(),
            page: 2,
            kind: kind.into(),
            scanned: true,
            words: 80,
            look: PageLook {
                exact: Some(format!("{text:x}")),
                image_hash: Some(image),
                text_hash: Some(text),
                ..PageLook::default()
            },
        }
    }

    fn found(pages: Vec<PageAppearance>) -> Vec<(Severity, usize)> {
        const RUCS: [&str; 3] = ["1790012344001", "0990054321001", "0190012343001"];
        let named = |at: usize| ["Empresa Uno", "Empresa Dos", "Empresa Tres"][at];
        let bids: Vec<Sample> = pages
            .into_iter()
            .enumerate()
            .map(|(at, page)| Sample::new(RUCS[at], named(at)).look(page))
            .collect();
        let flags = detect_in(&bids).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| (flag.severity, flag.evidence.len())).collect()
    }

    const IMAGE: u64 = 0x0f1e_2d3c_4b5a_6978;

    #[test]
    fn one_scan_in_two_bids_is_found_though_read_and_levelled_apart() {
        let pages = vec![
            page("a.pdf", "CERT_EXP", IMAGE, 0xffff),
            page("b.pdf", "CERT_EXP", IMAGE ^ 0b11_0000_0001, 0xfffe),
        ];
        assert_eq!(found(pages), [(Severity::Warning, 2)]);
    }

    #[test]
    fn one_form_with_other_words_a_born_digital_page_and_a_page_of_the_process_are_not() {
        let pair = || [page("a.pdf", "CERT_EXP", IMAGE, 0xffff), page("b.pdf", "CERT_EXP", IMAGE, 0xffff)];
        let mut words = pair().to_vec();
        words[1].look.text_hash = Some(0x00ff_00ff_00ff_00ff);
        words[1].look.exact = Some("other".into());
        assert!(found(words).is_empty());
        let mut digital = pair().to_vec();
        digital[0].scanned = false;
        assert!(found(digital).is_empty());
        let mut pliego = pair().to_vec();
        pliego.iter_mut().for_each(|page| page.kind = "PLIEGO".into());
        assert!(found(pliego).is_empty());
        let mut far = pair().to_vec();
        far[1].look.image_hash = Some(IMAGE ^ 0b111_1111);
        assert!(found(far).is_empty(), "seven bits are more than six");
    }

    #[test]
    fn the_makers_sheet_is_only_for_information_and_what_all_hand_in_is_nobodys_own() {
        let of = |kind: &str, file: &str| page(file, kind, IMAGE, 0xffff);
        let pages = vec![of("FICHA_TECNICA", "a.pdf"), of("FICHA_TECNICA", "b.pdf")];
        assert_eq!(found(pages), [(Severity::Info, 2)]);
        let all = vec![of("OTRO", "a.pdf"), of("OTRO", "b.pdf"), of("OTRO", "c.pdf")];
        assert!(found(all).is_empty());
    }
}
