//! The attention of one text: every token looks at every other, head by head.

use super::kernels;
use super::product::{Panels, ROWS, Sixes, has_32_registers, multiply};
use pulp::{Arch, Simd, WithSimd};

/// Registers that the values of a head are summed in at once: a head is narrow.
const FEW: usize = 2;

/// Holds what the attention of a text works with, kept for the next one.
#[derive(Debug, Default)]
pub(crate) struct Room {
    queries: Sixes,
    keys: Panels,
    values: Panels,
    scores: Vec<f32>,
    weights: Sixes,
    heard: Vec<f32>,
}

/// Writes to `context` (tokens × `hidden`) what each token hears; `mixed` holds queries, keys and values of each token side by side.
pub(crate) fn attend(mixed: &[f32], hidden: usize, heads: usize, room: &mut Room, context: &mut [f32]) {
    Arch::new().dispatch(Attention { mixed, hidden, heads, room, context });
}

struct Attention<'a> {
    mixed: &'a [f32],
    hidden: usize,
    heads: usize,
    room: &'a mut Room,
    context: &'a mut [f32],
}

impl WithSimd for Attention<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        if has_32_registers::<S>() { self.run::<S, 4>(simd) } else { self.run::<S, FEW>(simd) }
    }
}

impl Attention<'_> {
    #[inline(always)]
    fn run<S: Simd, const MANY: usize>(self, simd: S) {
        let Self { mixed, hidden, heads, room, context } = self;
        let Room { queries, keys, values, scores, weights, heard } = room;
        let (length, width) = (context.len() / hidden.max(1), hidden / heads.max(1));
        scores.clear();
        scores.resize(ROWS * length, 0.0);
        heard.clear();
        heard.resize(ROWS * width, 0.0);
        for head in 0..heads {
            keys.lay_out(width, length, MANY * S::F32_LANES);
            values.lay_out(length, width, FEW * S::F32_LANES);
            for (token, row) in mixed.chunks_exact((3 * hidden).max(1)).enumerate() {
                let part = |which: usize| {
                    let start = which * hidden + head * width;
                    row.get(start..start + width).unwrap_or_default()
                };
                keys.put_column(token, part(1));
                values.put_row(token, part(2));
            }
            queries.interleave(mixed.get(head * width..).unwrap_or_default(), 3 * hidden, width);
            for (six, rows) in queries.iter().zip(context.chunks_mut((ROWS * hidden).max(1))) {
                multiply::<S, MANY>(simd, keys, std::iter::once(six), scores);
                kernels::softmax(scores, length);
                weights.interleave(scores, length, length);
                multiply::<S, FEW>(simd, values, weights.iter(), heard);
                for (row, heard) in rows.chunks_mut(hidden).zip(heard.chunks_exact(width)) {
                    if let Some(place) = row.get_mut(head * width..(head + 1) * width) {
                        place.copy_from_slice(heard);
                    }
                }
            }
        }
    }
}
