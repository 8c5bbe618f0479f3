//! Our own pass through the network, of one thread.
//!
//! The texts of a batch lie end to end in one matrix, without padding: every product but the attention runs over all their tokens. After the
//! attention a few rows at a time go through the rest of a layer, so that what lies between two products stays in the processor's cache.

use super::EncoderError;
use super::attention::{self, Room};
use super::kernels;
use super::product::{ROWS, Sixes};
use super::weights::{Layer, Weights};
use candle_core::{Device, Tensor};

/// Rows that go through the rest of a layer together.
const BLOCK: usize = 32 * ROWS;

/// Returns the outputs after each of these numbers of layers side by side: one row for each token, texts end to end.
pub(crate) fn forward_tapped(
    weights: &Weights,
    texts: &[&[u32]],
    taps: &[usize],
) -> Result<Vec<f32>, EncoderError> {
    let mut hidden = embed(weights, texts)?;
    let mut buffers = Buffers::default();
    let width = weights.hidden * taps.len();
    let mut rows = vec![0.0; hidden.len() * taps.len()];
    let deepest = taps.iter().copied().max().unwrap_or(0);
    let mut keep = |layers: usize, hidden: &[f32]| {
        for place in (0..taps.len()).filter(|place| taps.get(*place) == Some(&layers)) {
            let tapped = rows.chunks_exact_mut(width).zip(hidden.chunks_exact(weights.hidden));
            for slice in tapped.filter_map(|(row, hidden)| {
                Some((row.get_mut(place * hidden.len()..(place + 1) * hidden.len())?, hidden))
            }) {
                slice.0.copy_from_slice(slice.1);
            }
        }
    };
    keep(0, &hidden);
    for (layer, index) in weights.layers.iter().zip(1..=deepest) {
        pass(weights, layer, texts, &mut hidden, &mut buffers);
        keep(index, &hidden);
    }
    Ok(rows)
}

/// Returns the output of the first `layers` layers: one row for each token, texts end to end.
pub(crate) fn forward(weights: &Weights, texts: &[&[u32]], layers: usize) -> Result<Vec<f32>, EncoderError> {
    let mut hidden = embed(weights, texts)?;
    let mut buffers = Buffers::default();
    for layer in weights.layers.iter().take(layers) {
        pass(weights, layer, texts, &mut hidden, &mut buffers);
    }
    Ok(hidden)
}

fn embed(weights: &Weights, texts: &[&[u32]]) -> Result<Vec<f32>, EncoderError> {
    let tokens: Vec<u32> = texts.concat();
    let count = tokens.len();
    let rows = weights.words.embedding(&Tensor::from_vec(tokens, count, &Device::Cpu)?)?;
    let mut hidden: Vec<f32> = rows.flatten_all()?.to_vec1()?;
    let places = texts.iter().flat_map(|text| weights.places.iter().take(text.len() * weights.hidden));
    hidden.iter_mut().zip(places).for_each(|(value, place)| *value += place);
    kernels::layer_norm(&mut hidden, &weights.embedding_norm);
    Ok(hidden)
}

/// Holds what the layers work with, one after the other.
#[derive(Default)]
struct Buffers {
    sixes: Sixes,
    /// Queries, keys and values of each token.
    mixed: Vec<f32>,
    context: Vec<f32>,
    narrow: Vec<f32>,
    wide: Vec<f32>,
    room: Room,
}

fn pass(weights: &Weights, layer: &Layer, texts: &[&[u32]], hidden: &mut [f32], buffers: &mut Buffers) {
    let Buffers { sixes, mixed, context, narrow, wide, room } = buffers;
    let width = weights.hidden;
    mixed.resize(hidden.len() * 3, 0.0);
    for (rows, mixed) in hidden.chunks(BLOCK * width).zip(mixed.chunks_mut(BLOCK * width * 3)) {
        layer.mixed.weight.multiply(rows, sixes, mixed);
        kernels::add_bias(mixed, &layer.mixed.bias);
    }
    context.resize(hidden.len(), 0.0);
    let (mut mixed, mut contexts) = (mixed.as_slice(), context.as_mut_slice());
    for text in texts {
        let (own, others) = mixed.split_at((text.len() * width * 3).min(mixed.len()));
        let (context, rest) = contexts.split_at_mut((text.len() * width).min(contexts.len()));
        attention::attend(own, width, weights.heads, room, context);
        (mixed, contexts) = (others, rest);
    }
    for (rows, context) in hidden.chunks_mut(BLOCK * width).zip(context.chunks(BLOCK * width)) {
        narrow.resize(rows.len(), 0.0);
        layer.output.weight.multiply(context, sixes, narrow);
        kernels::bias_residual_norm(narrow, rows, &layer.output.bias, &layer.output_norm);
        wide.resize(rows.len() / width * layer.up.bias.len(), 0.0);
        layer.up.weight.multiply(rows, sixes, wide);
        kernels::bias_gelu(wide, &layer.up.bias);
        layer.down.weight.multiply(wide, sixes, narrow);
        kernels::bias_residual_norm(narrow, rows, &layer.down.bias, &layer.down_norm);
    }
}
