//! Our own pass through the network.
//!
//! The texts of a batch lie end to end in one matrix, without padding: every product but the attention runs over all their tokens at
//! once. Products are candle's; what lies between them works in place ([`super::kernels`]).

use super::EncoderError;
use super::kernels::{self, Norm};
use super::weights::{Layer, Linear, Weights};
use candle_core::{CpuStorage, InplaceOp1, InplaceOp2, Layout, Tensor};

/// Returns the output of the first `layers` layers: one row for each token, texts end to end.
pub(crate) fn forward(weights: &Weights, texts: &[&[u32]], layers: usize) -> Result<Tensor, EncoderError> {
    let mut hidden = embed(weights, texts)?;
    for layer in weights.layers.iter().take(layers) {
        hidden = pass(weights, layer, &hidden, texts)?;
    }
    Ok(hidden)
}

fn embed(weights: &Weights, texts: &[&[u32]]) -> Result<Tensor, EncoderError> {
    let tokens: Vec<u32> = texts.concat();
    let count = tokens.len();
    let rows = weights.words.embedding(&Tensor::from_vec(tokens, count, &candle_core::Device::Cpu)?)?;
    let places: Vec<f32> = texts
        .iter()
        .filter_map(|text| weights.places.get(..text.len() * weights.hidden))
        .flatten()
        .copied()
        .collect();
    let places = Tensor::from_vec(places, (count, weights.hidden), &candle_core::Device::Cpu)?;
    let sum = (rows + places)?;
    sum.inplace_op1(&InPlace(|values: &mut [f32]| kernels::layer_norm(values, &weights.embedding_norm)))?;
    Ok(sum)
}

fn pass(weights: &Weights, layer: &Layer, hidden: &Tensor, texts: &[&[u32]]) -> Result<Tensor, EncoderError> {
    let query = linear(hidden, &layer.query)?;
    let key = linear(hidden, &layer.key)?;
    let value = linear(hidden, &layer.value)?;
    let (heads, width) = (weights.heads, weights.hidden / weights.heads);
    let mut contexts = Vec::with_capacity(texts.len());
    let mut start = 0;
    for text in texts {
        let length = text.len();
        let split = |tensor: &Tensor| -> candle_core::Result<Tensor> {
            tensor.narrow(0, start, length)?.reshape((length, heads, width))?.transpose(0, 1)
        };
        let scores = split(&query)?.matmul(&split(&key)?.transpose(1, 2)?)?;
        scores.inplace_op1(&InPlace(|values: &mut [f32]| kernels::softmax(values, length)))?;
        let context = scores.matmul(&split(&value)?)?;
        contexts.push(context.transpose(0, 1)?.reshape((length, weights.hidden))?);
        start += length;
    }
    let context = if let [one] = contexts.as_slice() { one.clone() } else { Tensor::cat(&contexts, 0)? };
    let attended = finish(&context, &layer.output, hidden, &layer.output_norm)?;
    let wide = attended.matmul(&layer.up.weight)?;
    wide.inplace_op1(&InPlace(|values: &mut [f32]| kernels::bias_gelu(values, &layer.up.bias)))?;
    finish(&wide, &layer.down, &attended, &layer.down_norm)
}

fn linear(input: &Tensor, linear: &Linear) -> Result<Tensor, EncoderError> {
    let product = input.matmul(&linear.weight)?;
    product.inplace_op1(&InPlace(|values: &mut [f32]| kernels::add_bias(values, &linear.bias)))?;
    Ok(product)
}

fn finish(input: &Tensor, linear: &Linear, residual: &Tensor, norm: &Norm) -> Result<Tensor, EncoderError> {
    let product = input.matmul(&linear.weight)?;
    product.inplace_op2(residual, &ResidualNorm { bias: &linear.bias, norm })?;
    Ok(product)
}

/// Runs a kernel over the numbers of a contiguous tensor.
struct InPlace<F: Fn(&mut [f32])>(F);

impl<F: Fn(&mut [f32])> InplaceOp1 for InPlace<F> {
    fn name(&self) -> &'static str {
        "kernel"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> candle_core::Result<()> {
        (self.0)(numbers_mut(storage, layout)?);
        Ok(())
    }
}

struct ResidualNorm<'a> {
    bias: &'a [f32],
    norm: &'a Norm,
}

impl InplaceOp2 for ResidualNorm<'_> {
    fn name(&self) -> &'static str {
        "residual-norm"
    }

    fn cpu_fwd(
        &self,
        storage: &mut CpuStorage,
        layout: &Layout,
        residual: &CpuStorage,
        residual_layout: &Layout,
    ) -> candle_core::Result<()> {
        let residual = match (residual, residual_layout.contiguous_offsets()) {
            (CpuStorage::F32(values), Some((start, end))) => &values[start..end],
            _ => candle_core::bail!("the residual is not a contiguous f32 tensor"),
        };
        kernels::bias_residual_norm(numbers_mut(storage, layout)?, residual, self.bias, self.norm);
        Ok(())
    }
}

fn numbers_mut<'a>(storage: &'a mut CpuStorage, layout: &Layout) -> candle_core::Result<&'a mut [f32]> {
    match (storage, layout.contiguous_offsets()) {
        (CpuStorage::F32(values), Some((start, end))) => Ok(&mut values[start..end]),
        _ => candle_core::bail!("the kernel needs a contiguous f32 tensor"),
    }
}
