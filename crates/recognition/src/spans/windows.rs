//! Words to vectors: the pieces of words in windows that the network can hold, and one vector for each word.

use super::words::SpanWord;
use crate::encoder::{Encoder, EncoderError};
use std::ops::Range;

/// Words that two windows share, so that each word is seen with some of its neighbours.
const SHARED: usize = 40;
/// Pieces and characters of one word that are looked at: what is longer is no word but a run of dots or figures.
const PIECES: usize = 12;
const CHARACTERS: usize = 60;

/// Holds one window: its tokens, and for each of its words where its pieces lie among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) tokens: Vec<u32>,
    /// Index of the first word.
    pub(crate) first: usize,
    pub(crate) pieces: Vec<Range<usize>>,
}

/// Returns one vector for each word: the mean over its pieces of what the network gives after each of the layers `taps`.
///
/// # Errors
/// [`EncoderError`] when the encoder fails.
pub fn vectors(
    encoder: &Encoder,
    stretches: &[&[SpanWord]],
    taps: &[usize],
) -> Result<Vec<Vec<Vec<f32>>>, EncoderError> {
    let marks = encoder.tokens("", 16)?;
    let Some((end, opening)) = marks.split_last() else { return Ok(vec![Vec::new(); stretches.len()]) };
    let mut windows: Vec<(usize, Window)> = Vec::new();
    for (index, words) in stretches.iter().enumerate() {
        let pieces = words
            .iter()
            .map(|word| {
                let start: String = word.text.chars().take(CHARACTERS).collect();
                let mut pieces = encoder.pieces(&start)?;
                pieces.truncate(PIECES);
                Ok(pieces)
            })
            .collect::<Result<Vec<_>, EncoderError>>()?;
        windows.extend(
            cut(&pieces, opening, *end, encoder.positions()).into_iter().map(|window| (index, window)),
        );
    }
    let tokens: Vec<Vec<u32>> = windows.iter().map(|(_, window)| window.tokens.clone()).collect();
    let rows = encoder.token_vectors(&tokens, taps)?;
    let width = encoder.width() * taps.len();
    let mut vectors: Vec<Vec<Vec<f32>>> =
        stretches.iter().map(|words| vec![Vec::new(); words.len()]).collect();
    for ((stretch, window), rows) in windows.iter().zip(&rows) {
        let Some(own) = vectors.get_mut(*stretch) else { continue };
        let count = own.len();
        for (offset, range) in window.pieces.iter().enumerate() {
            let word = window.first + offset;
            // Of the words that two windows share, each takes the half that it sees more of.
            let half = SHARED / 2;
            let edge = (offset < half && window.first > 0)
                || (offset + half >= window.pieces.len() && window.first + window.pieces.len() < count);
            if let Some(slot) = own.get_mut(word).filter(|slot| slot.is_empty() || !edge) {
                *slot = mean(rows, range, width);
            }
        }
    }
    Ok(vectors)
}

/// Cuts words into windows of no more than `limit` tokens that share some words with each other.
pub(crate) fn cut(pieces: &[Vec<u32>], opening: &[u32], end: u32, limit: usize) -> Vec<Window> {
    let room = limit.saturating_sub(opening.len() + 1).max(PIECES);
    let mut windows = Vec::new();
    let mut first = 0;
    while first < pieces.len() {
        let mut window = Window { tokens: opening.to_vec(), first, pieces: Vec::new() };
        let mut used = 0;
        for word in pieces.get(first..).unwrap_or_default() {
            used += word.len();
            if used > room && !window.pieces.is_empty() {
                break;
            }
            let start = window.tokens.len();
            window.tokens.extend(word);
            window.pieces.push(start..window.tokens.len());
        }
        window.tokens.push(end);
        let count = window.pieces.len();
        let next = first + count;
        windows.push(window);
        if next >= pieces.len() {
            break;
        }
        // Of long words a window holds few: they share fewer, so that each window makes headway.
        first = next.saturating_sub(SHARED.min(count / 4)).max(first + 1);
    }
    windows
}

#[expect(clippy::cast_precision_loss, reason = "a dozen pieces")]
fn mean(rows: &[f32], range: &Range<usize>, width: usize) -> Vec<f32> {
    let mut sum = vec![0.0_f32; width];
    let own = rows.get(range.start * width..range.end * width).unwrap_or_default();
    for row in own.chunks_exact(width.max(1)) {
        sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    let count = range.len().max(1) as f32;
    sum.iter_mut().for_each(|value| *value /= count);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_a_window_and_no_window_is_too_long() {
        for (words, length, limit) in [(0, 3, 64), (1, 400, 64), (500, 3, 512), (333, 12, 64), (90, 0, 16)] {
            let pieces = vec![vec![7_u32; length.min(PIECES)]; words];
            let windows = cut(&pieces, &[0, 41], 2, limit);
            let mut seen = vec![false; words];
            for window in &windows {
                assert!(window.tokens.len() <= limit.max(PIECES + 3), "{words} {length} {limit}");
                assert_eq!((window.tokens[0], *window.tokens.last().unwrap()), (0, 2));
                seen[window.first..window.first + window.pieces.len()].fill(true);
            }
            assert!(seen.iter().all(|seen| *seen));
        }
    }

    #[test]
    fn attack_a_page_of_endless_words_costs_a_bounded_number_of_windows() {
        // Each word as long as the reader lets through: only its first pieces count, and every window makes headway.
        let pieces = vec![vec![9_u32; PIECES]; 20_000];
        let windows = cut(&pieces, &[0], 2, 512);
        let tokens: usize = windows.iter().map(|window| window.tokens.len()).sum();
        assert!(tokens < 20_000 * PIECES * 2, "{tokens}");
        assert!(windows.windows(2).all(|pair| pair[1].first > pair[0].first));
    }
}
