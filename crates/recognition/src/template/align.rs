//! Lays the words of a paper beside those of a model.
//!
//! Runs of four words that stand once in each (Broder's shingles, 1997) are sure landmarks; the longest series of them that keeps the order
//! is the frame, as in a patience comparison. Between two landmarks the words are aligned by dynamic programming with affine gaps
//! (Gotoh 1982), which rather leaves out a run of words than scatters matches of *de* and *la* over a filled blank.

use super::tokens::Token;
use super::words::{Alike, alike};
use std::collections::HashMap;
use std::ops::Range;

/// Words of a shingle.
const SHINGLE: usize = 4;
/// Largest table that is filled between two landmarks.
const LARGEST: usize = 360_000;
/// Words beyond the outermost landmarks that are aligned too.
const MARGIN: usize = 80;
/// Words that the model may go on between two landmarks, beyond thrice what the paper does.
const JUMP: usize = 160;

/// Pairs of words, model first, both rising; a word that is written in two stands in two pairs.
pub(super) type Pairs = Vec<(usize, usize)>;

/// Places every shingle that stands once; those that stand more often are no landmarks.
pub(super) struct Shingles(HashMap<u64, Option<usize>>);

impl Shingles {
    pub(super) fn of(tokens: &[Token]) -> Self {
        let mut places = HashMap::new();
        for (at, shingle) in tokens.windows(SHINGLE).enumerate() {
            // Over a blank the words of a model do not follow each other in a paper.
            if shingle.iter().skip(1).any(|token| token.slot) {
                continue;
            }
            places.entry(hash(shingle)).and_modify(|place| *place = None).or_insert(Some(at));
        }
        Self(places)
    }
}

// FNV-1a: within one file collisions do not matter, since words are compared afterwards.
fn hash(shingle: &[Token]) -> u64 {
    let bytes = shingle.iter().flat_map(|token| token.text.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// Finds the landmarks of a paper in a model, in the order of both; of a series with jumps the longest part.
pub(super) fn landmarks(model: &[Token], shingles: &Shingles, paper: &[Token]) -> Pairs {
    let own = Shingles::of(paper);
    let mut pairs: Pairs = own
        .0
        .iter()
        .filter_map(|(hash, place)| Some(((*shingles.0.get(hash)?)?, (*place)?)))
        .filter(|(a, b)| (0..SHINGLE).all(|step| model[a + step].text == paper[b + step].text))
        .collect();
    pairs.sort_by_key(|(_, paper)| *paper);
    let series = longest_rising(&pairs);
    let breaks = |a: &(usize, usize), b: &(usize, usize)| b.0 - a.0 > 3 * (b.1 - a.1) + JUMP;
    let parts = series.chunk_by(|a, b| !breaks(a, b));
    parts.max_by_key(|part| part.len()).map(<[_]>::to_vec).unwrap_or_default()
}

// The longest series whose model places rise (Fredman 1975), of pairs in the order of the paper.
fn longest_rising(pairs: &[(usize, usize)]) -> Pairs {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (index, pair) in pairs.iter().enumerate() {
        let at = tails.partition_point(|tail| pairs[*tail].0 < pair.0);
        before[index] = at.checked_sub(1).map(|at| tails[at]);
        match tails.get_mut(at) {
            Some(tail) => *tail = index,
            None => tails.push(index),
        }
    }
    let mut series = Vec::new();
    let mut next = tails.last().copied();
    while let Some(index) = next {
        series.push(pairs[index]);
        next = before[index];
    }
    series.reverse();
    series
}

/// Aligns a paper with a model from landmark to landmark.
pub(super) fn align(model: &[Token], paper: &[Token], landmarks: &[(usize, usize)], ocr: bool) -> Pairs {
    let (Some(first), Some(last)) = (landmarks.first(), landmarks.last()) else { return Vec::new() };
    let mut pairs = Pairs::new();
    let start = (first.0.saturating_sub(MARGIN)..first.0, first.1.saturating_sub(MARGIN)..first.1);
    between(model, paper, start.0, start.1, ocr, &mut pairs);
    let mut at = *first;
    for landmark in landmarks {
        if landmark.0 < at.0 || landmark.1 < at.1 {
            // Overlaps the one before.
            let done = at.0.saturating_sub(landmark.0).max(at.1.saturating_sub(landmark.1));
            if landmark.0 + done != at.0 || landmark.1 + done != at.1 {
                continue;
            }
            pairs.extend((done..SHINGLE).map(|step| (landmark.0 + step, landmark.1 + step)));
        } else {
            between(model, paper, at.0..landmark.0, at.1..landmark.1, ocr, &mut pairs);
            pairs.extend((0..SHINGLE).map(|step| (landmark.0 + step, landmark.1 + step)));
        }
        at = (at.0.max(landmark.0 + SHINGLE), at.1.max(landmark.1 + SHINGLE));
    }
    debug_assert!(last.0 < at.0 && last.1 < at.1);
    let end = (at.0..(at.0 + MARGIN).min(model.len()), at.1..(at.1 + MARGIN).min(paper.len()));
    between(model, paper, end.0, end.1, ocr, &mut pairs);
    pairs
}

const OPEN: f32 = -1.2;
const EXTEND: f32 = -0.02;
/// Words of the bidder's where the model leaves room for them.
const FILL: f32 = -0.3;

/// How a cell of the table was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Pair,
    OneForTwo,
    TwoForOne,
    SkipModel,
    SkipPaper,
}

fn worth(model: &Token, paper: &Token, ocr: bool) -> Option<f32> {
    let short = model.text.len() <= 3;
    match alike(&model.text, &paper.text, ocr) {
        Alike::Same => Some(if short { 1.2 } else { 2.0 }),
        Alike::Near => Some(if short { 0.9 } else { 1.6 }),
        Alike::No => None,
    }
}

fn joined(parts: &[Token], whole: &Token) -> bool {
    let mut rest = whole.text.as_str();
    whole.text.len() >= 4
        && parts.iter().all(|part| {
            let fits = rest.strip_prefix(part.text.as_str());
            rest = fits.unwrap_or(rest);
            fits.is_some()
        })
        && rest.is_empty()
}

// Fills the table for the words between two landmarks and walks it back.
fn between(
    model: &[Token],
    paper: &[Token],
    models: Range<usize>,
    papers: Range<usize>,
    ocr: bool,
    pairs: &mut Pairs,
) {
    let (Some(a), Some(b)) = (model.get(models.clone()), paper.get(papers.clone())) else { return };
    if a.is_empty() || b.is_empty() || (a.len() + 1) * (b.len() + 1) > LARGEST {
        return;
    }
    let width = b.len() + 1;
    let mut best = vec![0.0_f32; (a.len() + 1) * width];
    let mut how = vec![Step::Begin; best.len()];
    // Best score of a cell that is reached by leaving words out, and how many.
    let mut skip_paper = vec![(f32::NEG_INFINITY, 0_usize); best.len()];
    let mut skip_model = skip_paper.clone();
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 && j == 0 {
                continue;
            }
            let cell = i * width + j;
            let (mut score, mut step) = (f32::NEG_INFINITY, Step::Begin);
            let mut offer = |value: f32, by: Step| {
                if value > score {
                    (score, step) = (value, by);
                }
            };
            if i > 0 && j > 0 {
                if let Some(worth) = worth(&a[i - 1], &b[j - 1], ocr) {
                    offer(best[cell - width - 1] + worth, Step::Pair);
                }
                if j > 1 && joined(&b[j - 2..j], &a[i - 1]) {
                    offer(best[cell - width - 2] + 2.0, Step::OneForTwo);
                }
                if i > 1 && joined(&a[i - 2..i], &b[j - 1]) {
                    offer(best[cell - 2 * width - 1] + 2.0, Step::TwoForOne);
                }
            }
            if i > 0 {
                let above = cell - width;
                let (open, extend) = (best[above] + OPEN, skip_model[above].0 + EXTEND);
                skip_model[cell] = if open >= extend { (open, 1) } else { (extend, skip_model[above].1 + 1) };
                offer(skip_model[cell].0, Step::SkipModel);
            }
            if j > 0 {
                let left = cell - 1;
                let filled = model.get(models.start + i).is_some_and(|next| next.slot);
                let (open, extend) =
                    (best[left] + if filled { FILL } else { OPEN }, skip_paper[left].0 + EXTEND);
                skip_paper[cell] = if open >= extend { (open, 1) } else { (extend, skip_paper[left].1 + 1) };
                offer(skip_paper[cell].0, Step::SkipPaper);
            }
            best[cell] = score;
            how[cell] = step;
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let from = pairs.len();
    while i > 0 || j > 0 {
        let cell = i * width + j;
        match how[cell] {
            Step::Pair => (i, j) = (i - 1, j - 1),
            Step::OneForTwo => {
                (i, j) = (i - 1, j - 2);
                pairs.push((models.start + i, papers.start + j + 1));
            }
            Step::TwoForOne => {
                // Both words of the model are there.
                (i, j) = (i - 2, j - 1);
                pairs.push((models.start + i + 1, papers.start + j));
            }
            Step::SkipModel => {
                i -= skip_model[cell].1;
                continue;
            }
            Step::SkipPaper => {
                j -= skip_paper[cell].1;
                continue;
            }
            Step::Begin => break,
        }
        pairs.push((models.start + i, papers.start + j));
    }
    pairs[from..].reverse();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Folded;
    use crate::template::tokens::of_model;

    fn aligned(model: &str, paper: &str, ocr: bool) -> Vec<(String, String)> {
        let (model, paper) = (of_model(&Folded::new(model)), of_model(&Folded::new(paper)));
        let landmarks = landmarks(&model, &Shingles::of(&model), &paper);
        let pairs = align(&model, &paper, &landmarks, ocr);
        assert!(
            pairs.windows(2).all(|two| two[0].0 <= two[1].0 && two[0].1 <= two[1].1 && two[0] != two[1]),
            "{pairs:?}"
        );
        pairs.into_iter().map(|(a, b)| (model[a].text.clone(), paper[b].text.clone())).collect()
    }

    #[test]
    fn a_filled_blank_attracts_no_words_of_the_model() {
        let pairs = aligned(
            "en atención a la convocatoria efectuada por ………… para la ejecución de la obra de la entidad declara que cumple",
            "en atención a la convocatoria efectuada por el Gobierno de la Parroquia de la Loma para la ejecución de la obra de la entidad declara que cumple",
            false,
        );
        let words: Vec<_> = pairs.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words.iter().filter(|word| **word == "la").count(), 4, "{words:?}");
        assert!(pairs.iter().all(|(a, b)| a == b), "{pairs:?}");
    }

    #[test]
    fn words_written_in_two_or_misread_are_found() {
        let pairs = aligned(
            "la oferta la hace en forma independiente y sin conexión abierta u oculta con otras personas",
            "la oferta la hace en forma indepen diente y sin conexlón abierta u oculta con otras personas",
            true,
        );
        assert!(pairs.contains(&("independiente".into(), "indepen".into())), "{pairs:?}");
        assert!(pairs.contains(&("conexion".into(), "conexlon".into())), "{pairs:?}");
    }

    #[test]
    fn a_blank_that_repeats_the_words_before_it_is_still_the_blank() {
        let model = "la compañía declara que cotiza en la bolsa de valores (nombre de la bolsa) y garantiza la veracidad de lo dicho aquí";
        let paper = "la compañía declara que cotiza en la bolsa de valores bolsa de valores y garantiza la veracidad de lo dicho aquí";
        let (model, paper) = (of_model(&Folded::new(model)), of_model(&Folded::new(paper)));
        let pairs = align(&model, &paper, &landmarks(&model, &Shingles::of(&model), &paper), false);
        let last = pairs.iter().rfind(|(at, _)| model[*at].text == "valores").expect("aligned");
        assert_eq!(last.1, last.0, "the words before the blank, not those in it: {pairs:?}");
    }

    #[test]
    fn texts_that_share_nothing_have_no_landmarks() {
        assert!(aligned("uno dos tres cuatro cinco", "seis siete ocho nueve diez", false).is_empty());
    }
}
