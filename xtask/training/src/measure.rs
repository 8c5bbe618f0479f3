//! Calibrates the heads and measures them.

use crate::dataset::Sample;
use cotejo_recognition::page_type::{Decision, Heads, PageGuess, decide, probabilities};
use std::collections::BTreeMap;

/// Holds one measured page: its truth and the scores it got.
pub(crate) struct Scored<'a> {
    pub(crate) sample: &'a Sample,
    pub(crate) scores: Vec<f32>,
}

/// Returns the temperature with the least loss on pages of unseen templates.
pub(crate) fn temperature(scored: &[Scored<'_>], classes: &[String]) -> f32 {
    let candidates = (1..=60_u8).map(|step| 0.1 * f32::from(step));
    candidates.min_by(|a, b| loss(scored, classes, *a).total_cmp(&loss(scored, classes, *b))).unwrap_or(1.0)
}

/// Returns the loss: the sum of −ln of the probability given to the truth.
pub(crate) fn loss(scored: &[Scored<'_>], classes: &[String], temperature: f32) -> f64 {
    scored
        .iter()
        .map(|page| {
            let target = classes.iter().position(|class| *class == page.sample.kind).unwrap_or(0);
            -f64::from(probabilities(&page.scores, temperature)[target].max(1e-9)).ln()
        })
        .sum()
}

/// Holds how the answers stand at one threshold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) threshold: f32,
    /// Share of pages of a known type that got an answer.
    pub(crate) coverage: f64,
    /// Share of the answers that are right, those on `OTRO` pages counted as wrong.
    pub(crate) precision: f64,
    pub(crate) answers: usize,
}

/// Returns the curve of coverage and precision over thresholds.
pub(crate) fn curve(
    heads: &Heads,
    decision: Decision,
    scored: &[Scored<'_>],
    borne_out: Option<bool>,
) -> Vec<Point> {
    (6..=19_u8)
        .map(|step| f32::from(step) * 0.05)
        .chain([0.97, 0.98, 0.99])
        .map(|threshold| {
            let (mut answers, mut right, mut known) = (0, 0, 0);
            for page in scored {
                let guess = at(heads, decision, threshold, page);
                if borne_out.is_some_and(|wanted| wanted != is_borne_out(heads, decision, page)) {
                    continue;
                }
                known += usize::from(page.sample.kind != "OTRO");
                if guess.kind.0 != "OTRO" {
                    answers += 1;
                    right += usize::from(guess.kind.0 == page.sample.kind);
                }
            }
            Point { threshold, coverage: share(right, known), precision: share(right, answers), answers }
        })
        .collect()
}

fn at(heads: &Heads, decision: Decision, threshold: f32, page: &Scored<'_>) -> PageGuess {
    let decision = Decision { threshold, threshold_alone: threshold, ..decision };
    decide(heads, &decision, &page.sample.features, &page.scores)
}

fn is_borne_out(heads: &Heads, decision: Decision, page: &Scored<'_>) -> bool {
    let open = Decision { threshold: 0.0, threshold_alone: 2.0, ..decision };
    decide(heads, &open, &page.sample.features, &page.scores).kind.0 != "OTRO"
}

/// What one wrong answer costs, in right ones: a reader who is misled once looks everything up again.
const COST: f64 = 15.0;

/// Returns the threshold of `least` or more that is worth most: right answers less the cost of the wrong ones.
#[expect(clippy::cast_precision_loss, reason = "counts of pages")]
pub(crate) fn threshold(curve: &[Point], least: f32) -> f32 {
    let worth = |point: &Point| {
        let right = point.precision * point.answers as f64;
        right - COST * (point.answers as f64 - right)
    };
    curve
        .iter()
        .filter(|point| point.threshold >= least)
        .max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.threshold.total_cmp(&a.threshold)))
        .map_or(0.99, |point| point.threshold)
}

/// Counts the answers on the pages of one type.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) other: usize,
    pub(crate) wrong: usize,
}

impl Tally {
    pub(crate) fn total(self) -> usize {
        self.right + self.other + self.wrong
    }
}

/// Counts the answers by type, for clean (`false`) and noisy (`true`) pages.
pub(crate) fn tallies(
    heads: &Heads,
    decision: Decision,
    scored: &[Scored<'_>],
) -> BTreeMap<(String, bool), Tally> {
    let mut tallies: BTreeMap<(String, bool), Tally> = BTreeMap::new();
    for page in scored {
        let guess = decide(heads, &decision, &page.sample.features, &page.scores);
        let tally = tallies.entry((page.sample.kind.clone(), page.sample.noise > 0.0)).or_default();
        if guess.kind.0 == page.sample.kind {
            tally.right += 1;
        } else if guess.kind.0 == "OTRO" {
            tally.other += 1;
        } else {
            tally.wrong += 1;
        }
    }
    tallies
}

/// Lists the wrong answers, most frequent first, for the person who writes templates.
pub(crate) fn confusions(heads: &Heads, decision: Decision, scored: &[Scored<'_>]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in scored {
        let guess = decide(heads, &decision, &page.sample.features, &page.scores);
        if guess.kind.0 != page.sample.kind {
            *counts.entry(format!("{} -> {}", page.sample.kind, guess.kind)).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[expect(clippy::cast_precision_loss, reason = "counts of pages")]
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
