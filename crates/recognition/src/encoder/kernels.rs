//! The elementwise steps of the network over contiguous slices: GELU, softmax, layer norm.
//!
//! They are plain loops over `f32` without branches: the compiler turns them into vector instructions, and `pulp` chooses at run time between
//! those for the processors there are. All run on the thread that calls them.

use pulp::Arch;

/// Coefficients of erf(x)/x in t = 2(x/[`ERF_RANGE`])² − 1, from a Chebyshev fit of degree 14.
const ERF: [f32; 15] = [
    0.372_107_6,
    -0.185_641_38,
    0.137_740_98,
    -0.111_179_67,
    0.090_806_24,
    -0.072_568_61,
    0.055_233_09,
    -0.038_737_316,
    0.026_138_05,
    -0.018_704_24,
    0.010_837_706,
    -0.002_975_705,
    0.001_667_344_5,
    -0.002_803_684,
    0.001_237_490_2,
];

/// Beyond this the error function is 1 to within 8e-8.
const ERF_RANGE: f32 = 3.8;

/// Coefficients of 2^f for f in −½..½, from a Chebyshev fit of degree 6.
const EXP2: [f32; 7] = [
    1.0,
    std::f32::consts::LN_2,
    0.240_226_5,
    0.055_503_27,
    0.009_618_025,
    0.001_340_043_3,
    0.000_154_697_32,
];

/// Adding it to a small number leaves that number, rounded, in the low bits of the sum.
const ROUNDING: f32 = 12_582_912.0;

/// Returns the error function; off by less than 5e-7 everywhere.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = x.clamp(-ERF_RANGE, ERF_RANGE);
    let t = x * x * (2.0 / (ERF_RANGE * ERF_RANGE)) - 1.0;
    let mut sum = ERF[14];
    let mut index = 14;
    while index > 0 {
        index -= 1;
        sum = sum * t + ERF[index];
    }
    (sum * x).clamp(-1.0, 1.0)
}

/// Returns e^x for x ≤ 0; off by less than one part in a million, and 0 below −87.
#[inline(always)]
fn exp_of_negative(x: f32) -> f32 {
    let y = x.max(-87.0) * std::f32::consts::LOG2_E;
    let shifted = y + ROUNDING;
    let f = y - (shifted - ROUNDING);
    let mut sum = EXP2[6];
    let mut index = 6;
    while index > 0 {
        index -= 1;
        sum = sum * f + EXP2[index];
    }
    let exponent = shifted.to_bits().wrapping_sub(ROUNDING.to_bits()).wrapping_add(127) << 23;
    sum * f32::from_bits(exponent)
}

/// Adds `bias` to every row and applies GELU, x·½(1 + erf(x/√2)), in place.
pub(crate) fn bias_gelu(values: &mut [f32], bias: &[f32]) {
    Arch::new().dispatch(|| {
        for row in values.chunks_exact_mut(bias.len().max(1)) {
            for (value, bias) in row.iter_mut().zip(bias) {
                let x = *value + bias;
                *value = 0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2));
            }
        }
    });
}

/// Adds `bias` to every row, in place.
pub(crate) fn add_bias(values: &mut [f32], bias: &[f32]) {
    Arch::new().dispatch(|| {
        for row in values.chunks_exact_mut(bias.len().max(1)) {
            row.iter_mut().zip(bias).for_each(|(value, bias)| *value += bias);
        }
    });
}

/// Turns every row of `width` numbers into weights that sum to 1, in place. To be called where the processor's vectors are in use already.
#[inline(always)]
pub(crate) fn softmax(values: &mut [f32], width: usize) {
    for row in values.chunks_exact_mut(width.max(1)) {
        let greatest = fold_lanes(row, f32::NEG_INFINITY, f32::max);
        for value in row.iter_mut() {
            *value = exp_of_negative(*value - greatest);
        }
        let scale = 1.0 / fold_lanes(row, 0.0, |a, b| a + b);
        for value in row.iter_mut() {
            *value *= scale;
        }
    }
}

/// Replaces each row of `residual` by norm(row + bias + residual)·weight + shift.
pub(crate) fn bias_residual_norm(values: &[f32], residual: &mut [f32], bias: &[f32], norm: &Norm) {
    let width = bias.len().max(1);
    Arch::new().dispatch(|| {
        for (row, residual) in values.chunks_exact(width).zip(residual.chunks_exact_mut(width)) {
            for ((value, residual), bias) in row.iter().zip(residual.iter_mut()).zip(bias) {
                *residual += value + bias;
            }
            norm.apply(residual);
        }
    });
}

/// Normalises every row, in place.
pub(crate) fn layer_norm(values: &mut [f32], norm: &Norm) {
    Arch::new()
        .dispatch(|| values.chunks_exact_mut(norm.weight.len().max(1)).for_each(|row| norm.apply(row)));
}

/// Holds the parameters of a layer norm.
#[derive(Clone, Debug)]
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) shift: Vec<f32>,
    pub(crate) epsilon: f32,
}

impl Norm {
    #[expect(clippy::cast_precision_loss, reason = "a row has a few hundred numbers")]
    #[inline(always)]
    fn apply(&self, row: &mut [f32]) {
        let count = row.len() as f32;
        let mean = fold_lanes(row, 0.0, |a, b| a + b) / count;
        for value in row.iter_mut() {
            *value -= mean;
        }
        let mut lanes = [0.0_f32; LANES];
        let (whole, rest) = row.as_chunks::<LANES>();
        for chunk in whole {
            for (lane, value) in lanes.iter_mut().zip(chunk) {
                *lane += value * value;
            }
        }
        let squares = lanes.iter().sum::<f32>() + rest.iter().map(|value| value * value).sum::<f32>();
        let scale = 1.0 / (squares / count + self.epsilon).sqrt();
        for ((value, weight), shift) in row.iter_mut().zip(&self.weight).zip(&self.shift) {
            *value = *value * scale * weight + shift;
        }
    }
}

/// Sums and maxima run in this many lanes: the order of additions is fixed, so results are the same on every machine.
const LANES: usize = 16;

#[inline(always)]
fn fold_lanes(row: &[f32], start: f32, step: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; LANES];
    let (whole, rest) = row.as_chunks::<LANES>();
    for chunk in whole {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = step(*lane, *value);
        }
    }
    rest.iter().chain(&lanes).copied().fold(start, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error function by its Maclaurin series (near 0) and continued fraction (far from 0), in double precision.
    fn exact_erf(x: f64) -> f64 {
        if x.abs() < 3.0 {
            let (mut term, mut sum, mut n) = (x, x, 0.0);
            while term.abs() > 1e-18 {
                n += 1.0;
                term *= -x * x / n;
                sum += term / (2.0 * n + 1.0);
            }
            return 2.0 / std::f64::consts::PI.sqrt() * sum;
        }
        let a = x.abs();
        let fraction = (1..60).rev().fold(0.0, |tail, k| f64::from(k) / 2.0 / (a + tail));
        let complement = (-a * a).exp() / std::f64::consts::PI.sqrt() / (a + fraction);
        x.signum() * (1.0 - complement)
    }

    #[test]
    fn the_error_function_stays_within_its_bound() {
        let mut worst = 0.0_f64;
        for step in -60_000..=60_000 {
            let x = f64::from(step) / 10_000.0;
            #[expect(clippy::cast_possible_truncation, reason = "the function works in single precision")]
            let found = f64::from(erf(x as f32));
            worst = worst.max((found - exact_erf(x)).abs());
        }
        assert!(worst < 5e-7, "worst error of erf over −6..6: {worst:e}");
    }

    #[test]
    fn the_exponential_stays_within_its_bound() {
        let mut worst = 0.0_f64;
        for step in 0..=86_000 {
            let x = -f64::from(step) / 1000.0;
            #[expect(clippy::cast_possible_truncation, reason = "the function works in single precision")]
            let x = x as f32;
            worst = worst.max((f64::from(exp_of_negative(x)) / f64::from(x).exp() - 1.0).abs());
        }
        assert!(worst < 8e-6, "worst relative error of exp over −86..0: {worst:e}");
        assert!(exp_of_negative(f32::NEG_INFINITY) < 1e-37, "what is masked has no weight");
    }

    #[test]
    fn softmax_sums_to_one_for_every_width() {
        for width in [1, 3, 8, 13, 400] {
            let mut row: Vec<f32> = (0_u16..).take(width).map(|n| f32::from(n % 17) - 8.0).collect();
            softmax(&mut row, width);
            let sum: f32 = row.iter().sum();
            assert!((sum - 1.0).abs() < 1e-5, "width {width}: {sum}");
        }
    }

    #[test]
    fn layer_norm_gives_mean_zero_and_variance_one() {
        let norm = Norm { weight: vec![1.0; 19], shift: vec![0.0; 19], epsilon: 1e-12 };
        let mut row: Vec<f32> = (0_u8..19).map(|n| f32::from(n) * 3.0 + 100.0).collect();
        layer_norm(&mut row, &norm);
        let mean = row.iter().sum::<f32>() / 19.0;
        let variance = row.iter().map(|v| v * v).sum::<f32>() / 19.0;
        assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4, "mean {mean}, variance {variance}");
    }
}
