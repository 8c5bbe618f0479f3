//! Leaf numbers: the series that a stamp or a pen leaves in one corner of every page, and where it breaks.
//!
//! A number in a corner counts only as part of a series: it goes up (or down) with the pages, in the same corner. Numbers that were
//! misread fall out of the series and break nothing; a break is reported when at least two pages on each side agree about it.

use cotejo_domain::{Finding, PageReading, Severity, Word};
use std::collections::BTreeMap;

/// Part of the page's height, from above and from below, in which leaf numbers stand.
pub(crate) const BAND: f64 = 0.13;
/// Pages that must agree before there is a series at all.
const LEAST_PAGES: usize = 3;
/// Pages on each side that must agree about a break.
const LEAST_BESIDE: usize = 2;
/// Breaks that are reported of one file.
const MOST_BREAKS: usize = 20;

/// Holds the leaf numbers of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foliation {
    /// Page and its number, in the order of the pages; pages whose number was not read are absent.
    pub numbers: Vec<(u32, u32)>,
    /// Where the series breaks.
    pub breaks: Vec<FoliationBreak>,
}

/// Holds one break: two pages that follow each other in the series and whose numbers do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoliationBreak {
    /// The last page before.
    pub before: (u32, u32),
    /// The first page after.
    pub after: (u32, u32),
}

/// One corner number: the page it stands on, its value, and what it says less what its page says.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    page: u32,
    value: u32,
    offset: i64,
}

/// Reads the leaf numbers of a file, or `None` where there is no series.
#[must_use]
pub fn read(pages: &[PageReading]) -> Option<Foliation> {
    let mut best: Option<(usize, Foliation)> = None;
    for zone in 0..6 {
        for step in [1, -1] {
            let candidates: Vec<Candidate> =
                pages.iter().flat_map(|page| candidates(page, zone, step)).collect();
            let Some((score, foliation)) = series(&candidates, step) else { continue };
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, foliation));
            }
        }
    }
    best.map(|(_, foliation)| foliation)
}

/// Returns a file's leaf numbers, page by page, with the findings about them.
#[must_use]
pub fn told(pages: &[PageReading]) -> (Vec<(u32, u32)>, Vec<Finding>) {
    let Some(foliation) = read(pages) else { return (Vec::new(), Vec::new()) };
    let gap = |gap: &FoliationBreak| {
        let values = [
            ("pagina", gap.before.0.to_string()),
            ("folio", gap.before.1.to_string()),
            ("siguiente", gap.after.0.to_string()),
            ("encontrado", gap.after.1.to_string()),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let code = "recognition.foliation_break";
        Finding {
            code: code.into(),
            severity: Severity::Warning,
            page: Some(gap.after.0),
            message: cotejo_catalogue::message(code, &values),
            remedy: cotejo_catalogue::remedy(code, &values),
        }
    };
    let findings = foliation.breaks.iter().take(MOST_BREAKS).map(gap).collect();
    (foliation.numbers, findings)
}

// Numbers in one of six zones: above and below, left, middle and right.
fn candidates(page: &PageReading, zone: usize, step: i64) -> impl Iterator<Item = Candidate> + '_ {
    let inside = move |word: &Word| {
        let [left, top, right, bottom] = word.quad.bounds();
        let (x, y) = (
            f64::midpoint(left, right) / page.width.max(1.0),
            f64::midpoint(top, bottom) / page.height.max(1.0),
        );
        let row = if y < BAND {
            0
        } else if y > 1.0 - BAND {
            1
        } else {
            return false;
        };
        let column = if x < 0.33 {
            0
        } else if x < 0.67 {
            1
        } else {
            2
        };
        row * 3 + column == zone
    };
    let words = page.words.iter().filter(move |word| !page.reading_view && inside(word));
    words.filter_map(|word| number(&word.text)).map(move |value| Candidate {
        page: page.number,
        value,
        offset: i64::from(value) - step * i64::from(page.number),
    })
}

// A number by itself, as stamps and pens write it: `0012`, `-12-`, `12.`
fn number(text: &str) -> Option<u32> {
    let bare = text.trim_matches(['-', '–', '.', ',', '(', ')', '°', 'º', '#']);
    let digits = (1..=6).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| bare.parse().ok()).flatten().filter(|value| *value > 0)
}

// Splits the candidates into runs that agree and finds what lies between the runs; the score is how many pages agree.
fn series(candidates: &[Candidate], step: i64) -> Option<(usize, Foliation)> {
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    candidates.iter().for_each(|candidate| *votes.entry(candidate.offset).or_default() += 1);
    // Of several numbers on a page the one that most others agree with.
    let mut chosen: BTreeMap<u32, Candidate> = BTreeMap::new();
    for candidate in candidates {
        let support = |other: &Candidate| votes.get(&other.offset).copied().unwrap_or_default();
        let place = chosen.entry(candidate.page).or_insert(*candidate);
        if support(candidate) > support(place) {
            *place = *candidate;
        }
    }
    let all: Vec<Candidate> = chosen
        .into_values()
        .filter(|one| votes.get(&one.offset).is_some_and(|count| *count >= LEAST_BESIDE))
        .collect();
    let runs: Vec<&[Candidate]> =
        all.chunk_by(|a, b| a.offset == b.offset).filter(|run| run.len() >= LEAST_BESIDE).collect();
    let score: usize = runs.iter().map(|run| run.len()).sum();
    let longest = runs.iter().map(|run| run.len()).max().unwrap_or_default();
    if longest < LEAST_PAGES {
        return None;
    }
    let mut breaks = Vec::new();
    for pair in runs.windows(2) {
        let [before, after] = pair else { continue };
        let (Some(last), Some(first)) = (before.last(), after.first()) else { continue };
        // A series that starts again at one is the pages of the next document.
        if last.offset != first.offset && first.value > 1 && !(step > 0 && restarts(after)) {
            breaks.push(FoliationBreak { before: (last.page, last.value), after: (first.page, first.value) });
        }
    }
    // Page numbers of many short documents are no leaf numbers: most of their runs start again.
    let starts = runs.iter().skip(1).filter(|run| restarts(run)).count();
    if starts * 2 > runs.len() {
        breaks.clear();
    }
    let numbers = runs.iter().flat_map(|run| run.iter().map(|one| (one.page, one.value))).collect();
    Some((score, Foliation { numbers, breaks }))
}

// A run whose first number is small beside where it stands: the first page or two may not be numbered.
fn restarts(run: &[Candidate]) -> bool {
    run.first().is_some_and(|first| first.value <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Confidence, PageStatus, Quad};

    fn page(number: u32, words: &[(&str, f64, f64)]) -> PageReading {
        let word = |(text, x, y): &(&str, f64, f64)| Word {
            text: (*text).into(),
            quad: Quad([*x, *y, x + 30.0, *y, x + 30.0, y + 12.0, *x, y + 12.0]),
            line: 0,
            size: 11.0,
            confidence: Confidence::CERTAIN,
        };
        PageReading {
            number,
            status: PageStatus::Ocr,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: words.iter().map(word).collect(),
            reading_view: false,
        }
    }

    fn stamped(numbers: &[&str]) -> Vec<PageReading> {
        let pages = (1..).zip(numbers);
        pages
            .map(|(number, stamp)| {
                page(number, &[(stamp, 540.0, 20.0), ("2026", 280.0, 20.0), ("7", 300.0, 400.0)])
            })
            .collect()
    }

    #[test]
    fn a_series_is_read_and_its_break_reported() {
        let pages = stamped(&["0101", "102", "-103-", "106", "107", "108"]);
        let foliation = read(&pages).expect("a series");
        assert_eq!(foliation.numbers.len(), 6);
        assert_eq!(foliation.breaks, [FoliationBreak { before: (3, 103), after: (4, 106) }]);
        let (numbers, findings) = told(&pages);
        assert_eq!(numbers, foliation.numbers);
        assert_eq!((findings.len(), findings[0].page), (1, Some(4)));
        assert!(findings[0].message.contains("106"), "{}", findings[0].message);
    }

    #[test]
    fn a_misread_or_missing_number_breaks_nothing() {
        let foliation = read(&stamped(&["11", "12", "73", "14", "", "16", "17"])).expect("a series");
        assert!(foliation.breaks.is_empty());
        assert_eq!(foliation.numbers.first(), Some(&(1, 11)));
        assert!(!foliation.numbers.contains(&(3, 73)));
        let downwards = read(&stamped(&["40", "39", "38", "35", "34"])).expect("numbered from the end");
        assert_eq!(downwards.breaks.len(), 1);
    }

    #[test]
    fn page_numbers_of_documents_and_loose_numbers_are_no_leaves() {
        let documents = stamped(&["1", "2", "3", "1", "2", "3", "1", "2"]);
        assert!(read(&documents).is_none_or(|foliation| foliation.breaks.is_empty()));
        assert_eq!(read(&stamped(&["5", "900", "17"])), None);
        assert_eq!(read(&[]), None);
    }
}
