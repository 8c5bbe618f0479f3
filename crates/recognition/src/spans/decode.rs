//! From scores of words to spans: the best sequence of tags that is one, and how sure it is.

use std::ops::Range;

/// Holds one span of words of one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// Words, in the order of the stretch.
    pub words: Range<usize>,
    /// Index of its class.
    pub class: usize,
    /// Probability that it begins and ends there and is of this class.
    pub probability: f32,
}

/// Returns how many tags so many classes have: outside, and for each class its first and its further words.
#[must_use]
pub fn tags(classes: usize) -> usize {
    1 + 2 * classes
}

/// Tells whether a tag may follow another: a further word of a class only after a word of it.
#[must_use]
pub fn may_follow(before: Option<usize>, tag: usize) -> bool {
    let inside = tag > 0 && tag.is_multiple_of(2);
    !inside || before == Some(tag) || before == Some(tag - 1)
}

/// Finds the likeliest legal sequence of tags; `scores` holds one row of [`tags`] logarithms of probabilities for each word.
#[must_use]
pub fn viterbi(scores: &[Vec<f32>]) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let count = first.len();
    let mut best: Vec<f32> = (0..count)
        .map(|tag| if may_follow(None, tag) { finite(first.get(tag)) } else { f32::NEG_INFINITY })
        .collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    for row in scores.iter().skip(1) {
        let mut next = vec![f32::NEG_INFINITY; count];
        let mut from = vec![0; count];
        for tag in 0..count {
            for (before, sum) in best.iter().enumerate() {
                let sum = sum + finite(row.get(tag));
                if may_follow(Some(before), tag) && sum > next[tag] {
                    (next[tag], from[tag]) = (sum, before);
                }
            }
        }
        best = next;
        back.push(from);
    }
    let mut tag = (0..count).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
    let mut path = vec![tag];
    for from in back.iter().rev() {
        tag = from.get(tag).copied().unwrap_or(0);
        path.push(tag);
    }
    path.reverse();
    path
}

// What is no number scores as good as nothing.
fn finite(score: Option<&f32>) -> f32 {
    score.copied().filter(|score| score.is_finite()).unwrap_or(-1e4)
}

/// Returns the spans of the likeliest sequence, each with its probability; `scores` as for [`viterbi`].
#[must_use]
pub fn spans(scores: &[Vec<f32>]) -> Vec<Decoded> {
    let path = viterbi(scores);
    let probability =
        |word: usize, tag: usize| finite(scores.get(word).and_then(|row| row.get(tag))).exp().min(1.0);
    let mut spans = Vec::new();
    let mut word = 0;
    while let Some(tag) = path.get(word).copied() {
        if tag == 0 {
            word += 1;
            continue;
        }
        let start = word;
        let (begins, inside) =
            (tag - usize::from(tag.is_multiple_of(2)), tag + usize::from(!tag.is_multiple_of(2)));
        let mut least = probability(start, begins);
        word += 1;
        while path.get(word) == Some(&inside) {
            least = least.min(probability(word, inside));
            word += 1;
        }
        let ends = if word < path.len() { 1.0 - probability(word, inside) } else { 1.0 };
        spans.push(Decoded { words: start..word, class: (begins - 1) / 2, probability: least * ends });
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(probabilities: &[f32]) -> Vec<f32> {
        probabilities.iter().map(|probability| probability.ln()).collect()
    }

    #[test]
    fn a_span_never_begins_in_its_middle() {
        // The second word alone would be the inside of class 1 after a word of class 0.
        let scores = [row(&[0.1, 0.8, 0.04, 0.03, 0.03]), row(&[0.05, 0.05, 0.3, 0.1, 0.5])];
        assert_eq!(viterbi(&scores), [1, 2]);
        let found = spans(&scores);
        assert_eq!((found[0].words.clone(), found[0].class), (0..2, 0));
        assert!((found[0].probability - 0.3).abs() < 1e-6, "as sure as its weakest word");
    }

    #[test]
    fn two_spans_of_one_class_may_touch() {
        let scores = [row(&[0.1, 0.9, 0.0]), row(&[0.1, 0.9, 0.0]), row(&[0.1, 0.1, 0.8])];
        let found: Vec<_> = spans(&scores).into_iter().map(|span| span.words).collect();
        assert_eq!(found, [0..1, 1..3]);
    }

    proptest! {
        #[test]
        fn whatever_the_scores_the_path_is_legal(
            scores in proptest::collection::vec(proptest::collection::vec(proptest::num::f32::ANY, 11), 0..40)
        ) {
            let path = viterbi(&scores);
            prop_assert_eq!(path.len(), scores.len());
            let mut before = None;
            for tag in path {
                prop_assert!(may_follow(before, tag));
                before = Some(tag);
            }
            let mut end = 0;
            for span in spans(&scores) {
                prop_assert!(span.words.start >= end && span.words.end > span.words.start);
                prop_assert!((0.0..=1.0).contains(&span.probability));
                end = span.words.end;
            }
            prop_assert!(end <= scores.len());
        }
    }
}
