//! For which lots a bid says that it is: by the names of its folder and files, and by the words of its forms. A proposal with its places, never a decision.

use crate::analysis::FileAnalysis;
use cotejo_domain::{Confidence, Evidence, Location, Lot, PageReading};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// `lote 2`, `lotes 1 y 3`, `lote n.º ii`, folded.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\blotes?(?: (?:n ?[°º.]?o?|nro|no|num|numero)\.?)? ?:? ?((?:\d{1,2}|[ivx]{1,4})\b(?: ?(?:,|y|e|&|a|al) ?(?:(?:el )?lote )?(?:\d{1,2}|[ivx]{1,4})\b)*)",
    )
    .ok()
});
static PART: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\d{1,2}|[ivx]{1,4}\b|\ba\b|\bal\b").ok());

/// Types of papers by which a bidder says what it bids for.
fn says_what_for(kind: &str) -> bool {
    kind.starts_with("FUO_") || matches!(kind, "CARATULA" | "OFERTA_ECONOMICA_CONSULTORIA" | "PROFORMA")
}

/// What a text names: numbers of lots from 1, and whether it names one that the process does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) lots: BTreeSet<usize>,
    pub(super) unknown: bool,
}

impl Named {
    fn add(&mut self, other: Self) {
        self.lots.extend(other.lots);
        self.unknown |= other.unknown;
    }

    fn is_empty(&self) -> bool {
        self.lots.is_empty() && !self.unknown
    }
}

/// Folds a name or a line: lower case, no accents, single blanks.
fn folded(text: &str) -> String {
    let plain: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            other => other,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn value(text: &str) -> Option<usize> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |letter| match letter {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let digits: Vec<i32> = text.chars().map(digit).collect::<Option<_>>()?;
    // A smaller one before a greater is taken off it.
    let smaller =
        |index: usize| digits.get(index + 1).zip(digits.get(index)).is_some_and(|(next, own)| next > own);
    let sum: i32 =
        digits.iter().enumerate().map(|(index, value)| if smaller(index) { -value } else { *value }).sum();
    usize::try_from(sum).ok().filter(|sum| *sum > 0)
}

/// Reads which lots a text names; what stands in `common` as well (the object of the process) says nothing of a bid.
pub(super) fn named(text: &str, count: usize, common: &str) -> Named {
    let mut found = Named::default();
    let (Some(pattern), Some(part)) = (NAMED.as_ref(), PART.as_ref()) else { return found };
    for hit in pattern.captures_iter(text) {
        let (Some(whole), Some(list)) = (hit.get(0), hit.get(1)) else { continue };
        if !common.is_empty() && common.contains(whole.as_str()) {
            continue;
        }
        let (mut last, mut through) = (None, false);
        for token in part.find_iter(list.as_str()) {
            if matches!(token.as_str(), "a" | "al") {
                through = true;
                continue;
            }
            let Some(number) = value(token.as_str()) else { continue };
            let from = if through { last.map_or(number, |last: usize| last + 1) } else { number };
            for one in from..=number {
                if (1..=count).contains(&one) {
                    found.lots.insert(one);
                } else {
                    found.unknown = true;
                }
            }
            (last, through) = (Some(number), false);
        }
    }
    found
}

/// Reads which lots a path names.
pub(super) fn in_path(path: &str, lots: &[Lot]) -> Named {
    let plain: String = folded(path)
        .chars()
        .map(|letter| if matches!(letter, '_' | '-' | '.' | '/' | '(' | ')') { ' ' } else { letter })
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    named(&plain, lots.len(), "")
}

/// Tells whether a file of a package lies under the name of another lot: it is not of this lot's bid.
pub(crate) fn names_another(path: &str, lots: &[Lot], number: usize) -> bool {
    let named = in_path(path, lots).lots;
    lots.len() > 1 && !named.is_empty() && !named.contains(&number)
}

/// What a bid says of its lots.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// The lots, by number.
    pub(super) lots: BTreeSet<usize>,
    /// True where it says so in one way alone and nothing speaks against it.
    pub(super) plain: bool,
    /// The words by which it says so.
    pub(super) words: Vec<String>,
    /// Where its forms say it.
    pub(super) evidence: Vec<Evidence>,
}

/// What the names of a package say.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(Named, Vec<String>);

impl Names {
    pub(super) fn of<'a>(source: &'a str, paths: impl IntoIterator<Item = &'a str>, lots: &[Lot]) -> Self {
        let mut names = Self::default();
        for name in std::iter::once(source).chain(paths) {
            let found = in_path(name, lots);
            if !found.is_empty() {
                names.0.add(found);
                names.1.push(name.to_owned());
            }
        }
        names
    }
}

/// Reads the lines of one form that name lots.
pub(super) fn in_pages(
    file: &FileAnalysis,
    pages: &[PageReading],
    lots: &[Lot],
    object: &str,
) -> Vec<(Named, Evidence)> {
    let mut found = Vec::new();
    let common = folded(object);
    let forms =
        file.documents.iter().filter(|document| says_what_for(&document.kind.0) && !document.blank_form);
    let numbers: BTreeSet<u32> = forms.flat_map(|document| document.pages.iter().copied()).collect();
    for page in pages.iter().filter(|page| numbers.contains(&page.number)) {
        for words in page.lines() {
            let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            let text = text.join(" ");
            let named = named(&folded(&text), lots.len(), &common);
            if named.is_empty() {
                continue;
            }
            let quad = words.iter().map(|word| word.quad).reduce(|one, other| one.union(&other));
            let evidence = Evidence {
                file: file.hash,
                file_name: file.path.clone(),
                location: Location::Page {
                    page: page.number,
                    quads: quad.filter(|_| !page.reading_view).into_iter().collect(),
                },
                quote: text,
                extractor: "lotes@1".into(),
                confidence: words
                    .iter()
                    .map(|word| word.confidence)
                    .min_by(|one, other| one.value().total_cmp(&other.value()))
                    .unwrap_or(Confidence::CERTAIN),
            };
            found.push((named, evidence));
        }
    }
    found
}

/// Draws together what names and forms say.
pub(super) fn told(names: &Names, forms: Vec<(Named, Evidence)>) -> Told {
    let mut in_forms = Named::default();
    let mut words = names.1.clone();
    let mut evidence: Vec<Evidence> = Vec::new();
    for (named, piece) in forms {
        in_forms.add(named);
        if !words.contains(&piece.quote) {
            words.push(piece.quote.clone());
            evidence.push(piece);
        }
    }
    let by_name = &names.0.lots;
    let unknown = names.0.unknown || in_forms.unknown;
    let plain = !unknown
        && if by_name.is_empty() { in_forms.lots.len() == 1 } else { in_forms.lots.is_subset(by_name) };
    let lots = by_name.union(&in_forms.lots).copied().collect();
    Told { lots, plain, words, evidence }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::LotId;

    fn three() -> Vec<Lot> {
        (1..=3).map(|n| Lot::named(LotId(uuid::Uuid::from_u128(n)), format!("L{n}"))).collect()
    }

    fn lots(text: &str) -> Vec<usize> {
        in_path(text, &three()).lots.into_iter().collect()
    }

    #[test]
    fn names_of_lots_are_read_as_people_write_them() {
        assert_eq!(lots("02_alfa/Lote_2/FUO.pdf"), [2]);
        assert_eq!(lots("Lotes 1 y 3"), [1, 3]);
        assert_eq!(lots("LOTE N.º 3"), [3]);
        assert_eq!(lots("Lote II"), [2]);
        assert_eq!(lots("lotes 1 al 3"), [1, 2, 3]);
        assert_eq!(
            lots("Lotería 2/Pilotes 3.pdf"),
            Vec::<usize>::new(),
            "a word that holds the letters is none"
        );
        assert_eq!(lots("lote vial.pdf"), Vec::<usize>::new(), "letters of a word are no number");
        assert!(in_path("Lote 7", &three()).unknown, "the process has no such lot");
        assert_eq!(value("iv"), Some(4));
    }

    #[test]
    fn a_file_under_another_lot_is_not_of_this_one() {
        assert!(names_another("x/Lote 2/oferta.pdf", &three(), 1));
        assert!(!names_another("x/Lote 2/oferta.pdf", &three(), 2));
        assert!(!names_another("x/Anexos/RUC.pdf", &three(), 1), "what names none is of all");
        assert!(!names_another("x/Lote 2/oferta.pdf", &three()[..1], 1), "of one lot nothing is cut");
    }

    fn piece(quote: &str) -> Evidence {
        Evidence {
            file: cotejo_domain::FileHash([1; 32]),
            file_name: "FUO.pdf".into(),
            location: Location::Page { page: 1, quads: Vec::new() },
            quote: quote.into(),
            extractor: "lotes@1".into(),
            confidence: Confidence::CERTAIN,
        }
    }

    fn said(source: &str, quotes: &[&str], object: &str) -> Told {
        let forms = quotes
            .iter()
            .map(|quote| (named(&folded(quote), 3, &folded(object)), piece(quote)))
            .filter(|(named, _)| !named.is_empty())
            .collect();
        told(&Names::of(source, [], &three()), forms)
    }

    #[test]
    fn only_what_is_said_in_one_way_is_plain() {
        let plain = |told: &Told| (told.lots.iter().copied().collect::<Vec<_>>(), told.plain);
        assert_eq!(plain(&said("01 Alfa Lote 1", &[], "")), (vec![1], true), "the folder says it");
        assert_eq!(
            plain(&said("01 Alfa", &["Oferta para el LOTE 2"], "")),
            (vec![2], true),
            "a form says it"
        );
        assert_eq!(
            plain(&said("01 Alfa", &["Lote 2", "Lote 3"], "")),
            (vec![2, 3], false),
            "two lots in forms: ask"
        );
        assert_eq!(
            plain(&said("01 Alfa Lote 1", &["Lote 2"], "")),
            (vec![1, 2], false),
            "they contradict each other"
        );
        assert_eq!(plain(&said("01 Alfa", &["Lote 9"], "")), (vec![], false), "a lot that there is not");
        assert_eq!(plain(&said("01 Alfa", &[], "")), (vec![], false), "nothing said");
        let object = "Adquisición de bienes: lote 1 y lote 2";
        assert_eq!(
            plain(&said("01 Alfa", &["OBJETO: ADQUISICIÓN DE BIENES: LOTE 1 Y LOTE 2"], object)),
            (vec![], false),
            "the object of the process is no choice"
        );
    }
}
