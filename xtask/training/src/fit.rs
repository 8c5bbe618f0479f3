//! Fits the linear heads with candle: multinomial logistic regression, AdamW, everything seeded.

use crate::dataset::Sample;
use crate::random::Random;
use candle_core::{D, DType, Device, Result, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use cotejo_recognition::ngrams::BUCKETS;
use cotejo_recognition::page_type::{LAYOUT, cue_count, dense, weighted};

/// Holds a fitted head: weights as features × classes, and the bias.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Chooses how a head is fitted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    pub(crate) epochs: usize,
    pub(crate) rate: f64,
    pub(crate) decay: f64,
    /// Share of the true answer given to all others, so that the head does not grow surer than it may be.
    pub(crate) smoothing: f64,
}

const BATCH: usize = 256;

/// Returns ln((1 + n) / (1 + n with the bucket)) + 1 for every bucket of both blocks.
#[expect(clippy::cast_precision_loss, reason = "thousands of pages")]
pub(crate) fn inverse_frequencies(samples: &[&Sample]) -> Vec<f32> {
    let mut counts = vec![0_u32; 2 * BUCKETS];
    for sample in samples {
        for (block, grams) in [&sample.features.head, &sample.features.body].into_iter().enumerate() {
            for (bucket, _) in grams {
                counts[block * BUCKETS + *bucket as usize] += 1;
            }
        }
    }
    counts.iter().map(|count| ((1.0 + samples.len() as f32) / (1.0 + *count as f32)).ln() + 1.0).collect()
}

/// Returns how many numbers a page has without the encoder.
pub(crate) fn width() -> usize {
    2 * BUCKETS + cue_count() + LAYOUT
}

/// Returns one row of features: grams, phrases, layout.
pub(crate) fn row(sample: &Sample, inverse_frequencies: &[f32]) -> Vec<f32> {
    let mut row = vec![0.0; width()];
    for (index, value) in weighted(&sample.features, inverse_frequencies) {
        row[index] = value;
    }
    for (slot, value) in row[2 * BUCKETS..].iter_mut().zip(dense(&sample.features)) {
        *slot = value;
    }
    row
}

/// Fits weights to rows; `targets` are class indices.
pub(crate) fn fit(
    rows: &[Vec<f32>],
    targets: &[u32],
    classes: usize,
    schedule: Schedule,
    seed: u64,
) -> Result<Fitted> {
    let device = Device::Cpu;
    let features = rows.first().map_or(0, Vec::len);
    let weight = Var::zeros((features, classes), DType::F32, &device)?;
    let bias = Var::zeros(classes, DType::F32, &device)?;
    let importance = importance(targets, classes);
    let parameters =
        ParamsAdamW { lr: schedule.rate, weight_decay: schedule.decay, ..ParamsAdamW::default() };
    let mut optimizer = AdamW::new(vec![weight.clone(), bias.clone()], parameters)?;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random = Random::new(seed);
    for epoch in 0..schedule.epochs {
        // The rate falls to a tenth over the run.
        #[expect(clippy::cast_precision_loss, reason = "a few dozen epochs")]
        optimizer.set_learning_rate(schedule.rate * (1.0 - 0.9 * epoch as f64 / schedule.epochs as f64));
        random.shuffle(&mut order);
        for batch in order.chunks(BATCH) {
            let values: Vec<f32> = batch.iter().flat_map(|index| rows[*index].iter().copied()).collect();
            let x = Tensor::from_vec(values, (batch.len(), features), &device)?;
            let scores = x.matmul(&weight)?.broadcast_add(&bias)?;
            let loss = loss(&scores, batch, targets, &importance, schedule.smoothing)?;
            optimizer.backward_step(&loss)?;
        }
    }
    Ok(Fitted { weight: weight.flatten_all()?.to_vec1()?, bias: bias.to_vec1()? })
}

/// Cross-entropy with smoothed targets. `candle_nn::ops::log_softmax` is made of plain tensor steps, so its gradient is real; the
/// fused `softmax_last_dim` would give none, and say nothing.
fn loss(
    scores: &Tensor,
    batch: &[usize],
    targets: &[u32],
    importance: &[f32],
    smoothing: f64,
) -> Result<Tensor> {
    let classes = scores.dim(1)?;
    let mut wanted = Vec::with_capacity(batch.len() * classes);
    for index in batch {
        let target = targets[*index] as usize;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "single precision is enough"
        )]
        let (right, other) = ((1.0 - smoothing) as f32, (smoothing / (classes - 1) as f64) as f32);
        wanted.extend(
            (0..classes).map(|class| importance[target] * if class == target { right } else { other }),
        );
    }
    let wanted = Tensor::from_vec(wanted, (batch.len(), classes), scores.device())?;
    let logarithms = candle_nn::ops::log_softmax(scores, D::Minus1)?;
    (wanted * logarithms)?.sum(1)?.mean(0)?.neg()
}

/// Weighs classes by the root of their rarity, so that the many pages of `OTRO` do not drown the rest.
#[expect(clippy::cast_precision_loss, reason = "thousands of pages")]
fn importance(targets: &[u32], classes: usize) -> Vec<f32> {
    let mut counts = vec![0_u32; classes];
    for target in targets {
        counts[*target as usize] += 1;
    }
    let mean = targets.len() as f32 / classes as f32;
    counts.iter().map(|count| (mean / (*count).max(1) as f32).sqrt()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_agrees_with_finite_differences() {
        let device = Device::Cpu;
        let start = vec![0.3_f32, -0.2, 0.1, 0.5, -0.4, 0.2];
        let value = |numbers: &[f32]| -> f32 {
            let scores = Tensor::from_vec(numbers.to_vec(), (2, 3), &device).unwrap();
            loss(&scores, &[0, 1], &[2, 0], &[1.0, 1.0, 1.0], 0.1).unwrap().to_scalar().unwrap()
        };
        let variable = Var::from_vec(start.clone(), (2, 3), &device).unwrap();
        let total = loss(&variable, &[0, 1], &[2, 0], &[1.0, 1.0, 1.0], 0.1).unwrap();
        let gradient: Vec<f32> =
            total.backward().unwrap().get(&variable).unwrap().flatten_all().unwrap().to_vec1().unwrap();
        for place in 0..6 {
            let mut above = start.clone();
            above[place] += 1e-2;
            let mut below = start.clone();
            below[place] -= 1e-2;
            let slope = (value(&above) - value(&below)) / 2e-2;
            assert!(
                (slope - gradient[place]).abs() < 1e-3,
                "place {place}: {slope} against {}",
                gradient[place]
            );
        }
    }

    #[test]
    fn two_classes_that_a_line_divides_are_learnt() {
        let rows: Vec<Vec<f32>> = (0_u8..40).map(|n| vec![f32::from(n % 2), f32::from(n) / 40.0]).collect();
        let targets: Vec<u32> = (0..40).map(|n| n % 2).collect();
        let schedule = Schedule { epochs: 200, rate: 0.1, decay: 0.0, smoothing: 0.0 };
        let fitted = fit(&rows, &targets, 2, schedule, 1).unwrap();
        let margin = fitted.weight[1] - fitted.weight[0];
        assert!(margin > 1.0, "the first feature tells the classes apart: {margin}");
    }
}
