//! D-08: another bidder's RUC or name inside this bid.

use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::reading::{folded, has_words, name_core};
use cotejo_domain::{Bidder, Evidence, FactValue, Location, PageReading, Quad, Ruc, Severity};

pub(crate) const CODE: &str = "D-08";

/// A name with fewer letters is too likely to be an ordinary word.
const LETTERS: usize = 8;

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let bids = &lot.bids;
    let mut flags = Vec::new();
    for papers in bids {
        for other in bids.iter().filter(|other| other.bid != papers.bid) {
            flags.extend(inside(papers, other));
        }
    }
    flags
}

fn inside(papers: &BidPapers<'_>, other: &BidPapers<'_>) -> Option<Flag> {
    // A partner of this bid's own consortium belongs here.
    let own = &papers.bidder;
    let is_own_ruc = |ruc: &Ruc| {
        own.ruc.as_ref() == Some(ruc) || own.members.iter().any(|member| member.ruc.as_ref() == Some(ruc))
    };
    let ruc = other.bidder.ruc.as_ref().filter(|ruc| !is_own_ruc(ruc));
    let name = name_core(&other.bidder.name);
    let own_names: Vec<String> = own
        .members
        .iter()
        .map(|member| &member.name)
        .chain([&own.name])
        .map(|name| name_core(name))
        .collect();
    // Without a RUC the name may be that of the folder: "oferta económica" stands in every bid.
    let telling = other.bidder.ruc.is_some()
        && name.chars().filter(|character| character.is_alphabetic()).count() >= LETTERS
        && name.contains(' ')
        && !own_names.iter().any(|own| has_words(own, &name) || has_words(&name, own));
    let mut evidence: Vec<Evidence> = Vec::new();
    for fact in papers.facts {
        if matches!(&fact.value, FactValue::Ruc(found) if Some(found) == ruc) {
            evidence.push(fact.evidence.clone());
        }
    }
    for (file, _, page) in papers.pages {
        let lines = ruc.iter().flat_map(|ruc| lines_with(page, |line| has_number(line, ruc.as_str())));
        let named = telling.then(|| lines_with(page, |line| has_words(&folded(line), &name)));
        for (quad, line) in lines.chain(named.into_iter().flatten()) {
            let seen =
                evidence.iter().any(|seen| seen.file == *file && seen.location.page() == Some(page.number));
            if !seen {
                let location = Location::Page { page: page.number, quads: quad.into_iter().collect() };
                evidence.push(papers.evidence(CODE, *file, location, &line));
            }
        }
    }
    if evidence.is_empty() {
        return None;
    }
    evidence.truncate(10);
    let values = [("a", own.name.as_str()), ("b", other.bidder.name.as_str())];
    Some(Flag::new(CODE, "dentro", Severity::Warning, vec![papers.bid, other.bid], &values, evidence))
}

/// Leaves of a page only the lines that may tell of one of `bidders`: what this flag needs of it, so that not every word of every bid is
/// held at once.
pub(crate) fn only_telling(page: PageReading, bidders: &[&Bidder]) -> PageReading {
    let names: Vec<String> = bidders.iter().map(|bidder| name_core(&bidder.name)).collect();
    let mut words = Vec::new();
    for line in page.lines() {
        let text = line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let numbered = || {
            bidders.iter().filter_map(|bidder| bidder.ruc.as_ref()).any(|ruc| has_number(&text, ruc.as_str()))
        };
        let named = || {
            let folded = folded(&text);
            names.iter().any(|name| !name.is_empty() && has_words(&folded, name))
        };
        if numbered() || named() {
            words.extend_from_slice(line);
        }
    }
    PageReading { words, ..page }
}

/// Returns the lines of a page that satisfy `wanted`, with the box around each.
fn lines_with(page: &PageReading, wanted: impl Fn(&str) -> bool) -> Vec<(Option<Quad>, String)> {
    page.lines()
        .filter_map(|words| {
            let line = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            let quad = words.iter().map(|word| word.quad).reduce(|a, b| a.union(&b));
            wanted(&line).then_some((quad.filter(|_| !page.reading_view), line))
        })
        .collect()
}

/// Tells whether a line has the number, not as part of a longer one.
fn has_number(line: &str, number: &str) -> bool {
    line.match_indices(number).any(|(start, found)| {
        let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
        !digit(line[..start].chars().next_back()) && !digit(line[start + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};

    const A: &str = "1790012344001";
    const B: &str = "0990054321001";

    fn codes(a: Sample, b: Sample) -> Vec<(String, usize)> {
        detect_in(&[a, b]).into_iter().map(|flag| (flag.code, flag.evidence.len())).collect()
    }

    #[test]
    fn another_bidder_s_ruc_or_name_is_found_with_its_line() {
        let b = || Sample::new(B, "Tornillos Inventados Cía. Ltda.");
        let with_ruc = Sample::new(A, "Maderas Ficticias S.A.").page(&["RUC: 0990054321001"]);
        assert_eq!(codes(with_ruc, b()), [("D-08".into(), 1)]);
        let with_name =
            Sample::new(A, "Maderas Ficticias S.A.").page(&["A nombre de", "TORNILLOS INVENTADOS C. LTDA."]);
        assert_eq!(codes(with_name, b()), [("D-08".into(), 1)]);
        let longer = Sample::new(A, "Maderas Ficticias S.A.").page(&["clave 0109900543210012"]);
        assert!(codes(longer, b()).is_empty(), "digits within a longer number are not the RUC");
    }

    #[test]
    fn what_is_left_of_a_page_are_the_lines_that_may_tell() {
        use cotejo_domain::{Bidder, BidderKind, Confidence, PageReading, PageStatus, Quad, Ruc, Word};
        let lines =
            ["texto sin nombre", "RUC: 0990054321001", "de TORNILLOS INVENTADOS C. LTDA.", "otro texto"];
        let word = |(line, text): (usize, &str)| {
            let line = u32::try_from(line).expect("few");
            let quad = Quad::upright(0.0, f64::from(line), 9.0, f64::from(line) + 1.0);
            text.split(' ')
                .map(|text| Word {
                    text: text.into(),
                    quad,
                    line,
                    size: 9.0,
                    confidence: Confidence::CERTAIN,
                })
                .collect::<Vec<_>>()
        };
        let page = PageReading {
            number: 4,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: lines.into_iter().enumerate().flat_map(word).collect(),
            reading_view: false,
        };
        let bidder = Bidder {
            name: "Tornillos Inventados Cía. Ltda.".into(),
            ruc: Some(Ruc::parse(B).expect("a RUC")),
            kind: BidderKind::Juridica,
            members: Vec::new(),
        };
        let left = super::only_telling(page.clone(), &[&bidder]);
        assert_eq!((left.number, left.text()), (4, format!("{}\n{}", lines[1], lines[2])));
        assert!(super::only_telling(page, &[]).words.is_empty(), "alone in its lot nobody else can be named");
    }

    #[test]
    fn ordinary_words_and_partners_are_no_flag() {
        let short = Sample::new(B, "Sol S.A.");
        assert!(codes(Sample::new(A, "Uno S.A.").page(&["protege del sol"]), short).is_empty());
        let partner = Sample::new(A, "Consorcio Ejemplo")
            .partner(B, "Tornillos Inventados")
            .page(&["RUC 0990054321001"]);
        assert!(codes(partner, Sample::new(B, "Tornillos Inventados Cía. Ltda.")).is_empty());
    }
}
