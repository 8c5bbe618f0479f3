//! Types of pages and limits between documents.

use super::{Miss, Recognised};
use crate::measure::share;
use std::collections::{BTreeMap, BTreeSet};

const OTHER: &str = "OTRO";
const BLANK: &str = "HOJA_EN_BLANCO";

/// Counts one class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Found and there.
    pub(crate) hit: usize,
    /// Found and not there.
    pub(crate) extra: usize,
    /// There and not found.
    pub(crate) missed: usize,
}

impl Counts {
    pub(crate) fn precision(self) -> f64 {
        share(self.hit, self.hit + self.extra)
    }

    pub(crate) fn recall(self) -> f64 {
        share(self.hit, self.hit + self.missed)
    }

    pub(crate) fn f1(self) -> f64 {
        share(2 * self.hit, 2 * self.hit + self.extra + self.missed)
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.extra += other.extra;
        self.missed += other.missed;
    }
}

/// Counts pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pages {
    /// By type of the truth or of the answer.
    pub(crate) types: BTreeMap<String, Counts>,
    /// Right, unanswered and wrong, on first pages and on those that go on.
    pub(crate) first: [usize; 3],
    pub(crate) further: [usize; 3],
    /// Answers with their confidence and whether they are right: pages of `OTRO` answered with a type included.
    pub(crate) answers: Vec<(f64, bool)>,
    /// Pages of a known type.
    pub(crate) known: usize,
    /// Those of them that got an answer.
    known_answered: usize,
    /// Limits between documents within a file.
    pub(crate) limits: Counts,
    pub(crate) pages: usize,
}

impl Pages {
    pub(crate) fn add(&mut self, file: &Recognised, misses: &mut Vec<Miss>) {
        for page in &file.recognition.pages {
            let (truth, habit, first) = match file.document_at(page.number) {
                Some(document) => (document.kind, document.habit, *document.pages.start() == page.number),
                None if file.blank.contains(&page.number) => (BLANK, "reverso", false),
                // The reading view of an office file may have more pages than one; they are its only paper's.
                None => match file.documents.first() {
                    Some(document) => (document.kind, document.habit, false),
                    None => continue,
                },
            };
            self.pages += 1;
            self.count(truth, &page.kind, page.confidence, first);
            if truth != page.kind {
                misses.push(Miss {
                    what: "page",
                    file: file.name.clone(),
                    page: page.number,
                    kind: truth.into(),
                    habit: habit.into(),
                    detail: format!(
                        "{} {:.2}{}",
                        page.kind,
                        page.confidence,
                        if first { "" } else { " (goes on)" }
                    ),
                });
            }
        }
        if file.format != crate::corpus::Format::Docx {
            self.limits(file, misses);
        }
    }

    fn count(&mut self, truth: &str, answer: &str, confidence: f64, first: bool) {
        let right = truth == answer;
        let place = if right { 0 } else { 1 + usize::from(answer != OTHER) };
        if first {
            self.first[place] += 1
        } else {
            self.further[place] += 1
        }
        if truth != OTHER {
            self.known += 1;
            self.known_answered += usize::from(answer != OTHER);
        }
        if answer != OTHER {
            self.answers.push((confidence, right));
        }
        if right {
            self.types.entry(truth.into()).or_default().hit += 1;
        } else {
            self.types.entry(truth.into()).or_default().missed += 1;
            self.types.entry(answer.into()).or_default().extra += 1;
        }
    }

    fn limits(&mut self, file: &Recognised, misses: &mut Vec<Miss>) {
        let truth: BTreeSet<u32> =
            file.documents.iter().map(|document| *document.pages.start()).filter(|page| *page > 1).collect();
        // Two documents that begin on one page count twice: none of ours do.
        let mut found: BTreeMap<u32, usize> = BTreeMap::new();
        for document in file.recognition.documents.iter().filter(|document| document.kind.0 != BLANK) {
            if let Some(first) = document.pages.first() {
                *found.entry(*first).or_default() += 1;
            }
        }
        let mut note = |page: u32, detail: &str| {
            let document = file.document_at(page);
            misses.push(Miss {
                what: "limit",
                file: file.name.clone(),
                page,
                kind: document.map_or(BLANK, |document| document.kind).into(),
                habit: document.map_or("reverso", |document| document.habit).into(),
                detail: detail.into(),
            });
        };
        // The first page of a file opens a document without anybody's doing.
        if let Some(count) = found.get_mut(&1) {
            *count = count.saturating_sub(1);
        }
        for page in &truth {
            match found.get_mut(page).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    self.limits.hit += 1;
                }
                None => {
                    self.limits.missed += 1;
                    note(*page, "not found");
                }
            }
        }
        for (page, count) in found.into_iter().filter(|(_, count)| *count > 0) {
            self.limits.extra += count;
            note(page, "not there");
        }
    }

    /// Returns the mean of the F1 of every type that occurs in the truth.
    pub(crate) fn macro_f1(&self) -> f64 {
        let occurring: Vec<f64> = self
            .types
            .values()
            .filter(|counts| counts.hit + counts.missed > 0)
            .map(|counts| counts.f1())
            .collect();
        mean(&occurring)
    }

    /// Returns the share of answers that are right, and the share of pages of a known type that got one.
    pub(crate) fn answered(&self) -> (f64, f64) {
        let right = self.answers.iter().filter(|(_, right)| *right).count();
        (share(right, self.answers.len()), share(self.known_answered, self.known))
    }
}

/// Returns the mean of numbers; 0 of none.
#[expect(clippy::cast_precision_loss, reason = "a few dozen types")]
pub(crate) fn mean(numbers: &[f64]) -> f64 {
    if numbers.is_empty() { 0.0 } else { numbers.iter().sum::<f64>() / numbers.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_that_is_never_found_weighs_as_much_as_any_other() {
        let mut pages = Pages::default();
        for _ in 0..9 {
            pages.count("CV", "CV", 0.9, true);
        }
        pages.count("RUP", OTHER, 0.5, true);
        assert!((pages.macro_f1() - 0.5).abs() < 1e-9);
        assert_eq!(pages.answered(), (1.0, 0.9));
        pages.count(OTHER, "CV", 0.8, true);
        assert!(pages.answered().0 < 1.0, "an answer where there is no type is wrong");
        assert_eq!(pages.types["CV"], Counts { hit: 9, extra: 1, missed: 0 });
    }
}
