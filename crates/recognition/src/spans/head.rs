//! The trained head: small, over the vectors of words and their places; its weights are compiled in.

use super::words::{FEATURES, SpanWord};
use candle_core::{DType, Device, Tensor};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Words on each side of a word that the second layer sees one by one.
pub const REACH: usize = 3;
/// Words beyond those, on each side, of which it sees the mean.
pub const FAR: usize = 12;
/// Times that the second layer sees what the first makes of a word.
pub const SEEN: usize = 2 * REACH + 1 + 2;

/// Returns two square matrices over the words of stretches that lie end to end: multiplied by the words they give the mean of those well
/// before each word, and of those well after it, within its stretch.
///
/// # Errors
/// Candle's error when there is no memory for them.
pub fn far_means(lengths: &[usize]) -> candle_core::Result<[Tensor; 2]> {
    let count: usize = lengths.iter().sum();
    let (mut before, mut after) = (vec![0.0_f32; count * count], vec![0.0_f32; count * count]);
    let mut start = 0;
    for length in lengths {
        let end = start + length;
        for word in start..end {
            let earlier = word.saturating_sub(REACH + FAR).max(start)..word.saturating_sub(REACH).max(start);
            let later = (word + REACH + 1).min(end)..(word + REACH + FAR + 1).min(end);
            for (rows, range) in [(&mut before, earlier), (&mut after, later)] {
                #[expect(clippy::cast_precision_loss, reason = "a dozen words")]
                let share = 1.0 / range.len().max(1) as f32;
                if let Some(row) =
                    rows.get_mut(word * count..(word + 1) * count).and_then(|row| row.get_mut(range))
                {
                    row.fill(share);
                }
            }
        }
        start = end;
    }
    let square = |numbers: Vec<f32>| Tensor::from_vec(numbers, (count, count), &Device::Cpu);
    Ok([square(before)?, square(after)?])
}

/// Describes a stored head: `models/spans.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpanManifest {
    /// Name and version: `tramos@1`.
    pub model: String,
    /// Classes of spans, in the order of their tags.
    pub classes: Vec<String>,
    /// Parts that a span can have in a paper; the first is none.
    pub roles: Vec<String>,
    /// After how many layers of the encoder the vectors are taken.
    pub layers: Vec<usize>,
    /// Numbers of the first and of the second hidden layer.
    pub hidden: [usize; 2],
    /// SHA-256 of the weights.
    pub weights_sha256: String,
    /// SHA-256 of the templates and vocabularies it was trained on, and of the code that trained it.
    pub data_sha256: String,
    /// SHA-256 of the code that made the pages and fitted the head.
    pub code_sha256: String,
    /// Divides the scores of tags.
    pub temperature: f32,
    /// Divides the scores of roles.
    pub role_temperature: f32,
    /// How the score of a proposed value becomes a confidence: slope and shift over its logit.
    pub calibration: [f64; 2],
    /// The least probability of a proposal that is shown.
    pub threshold: f64,
    /// The highest confidence that is ever shown.
    pub ceiling: f64,
}

/// Holds the head, unpacked.
#[derive(Clone, Debug)]
pub struct SpanHead {
    /// The manifest it came with.
    pub manifest: SpanManifest,
    first: Linear,
    second: Linear,
    tags: Linear,
    roles: Linear,
}

#[derive(Clone, Debug)]
struct Linear {
    weight: Tensor,
    bias: Tensor,
}

impl Linear {
    fn forward(&self, rows: &Tensor) -> candle_core::Result<Tensor> {
        rows.matmul(&self.weight)?.broadcast_add(&self.bias)
    }
}

/// Holds what the head says of the words of a stretch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordScores {
    /// Logarithms of the probabilities of the tags, for each word.
    pub tags: Vec<Vec<f32>>,
    /// Scores of the roles, for each word, divided by their temperature.
    pub roles: Vec<Vec<f32>>,
}

impl SpanHead {
    /// Returns the head that is compiled in; `None` should it not parse, which a test rules out.
    #[must_use]
    pub fn compiled_in() -> Option<Self> {
        let manifest = serde_json::from_str(include_str!("../../../../models/spans.json")).ok()?;
        Self::from_bytes(include_bytes!("../../../../models/spans.safetensors"), &manifest).ok()
    }

    /// Parses the weights that a manifest describes.
    ///
    /// # Errors
    /// Candle's error when the weights are damaged, are not those of the manifest, or do not fit it.
    pub fn from_bytes(weights: &[u8], manifest: &SpanManifest) -> candle_core::Result<Self> {
        if hex::encode(Sha256::digest(weights)) != manifest.weights_sha256 {
            candle_core::bail!("the weights are not those that the manifest names");
        }
        let numbers = [manifest.temperature, manifest.role_temperature];
        let confidences = [manifest.threshold, manifest.ceiling];
        if manifest.classes.is_empty()
            || manifest.classes.iter().any(|name| super::Class::of(name).is_none())
            || manifest.roles.is_empty()
            || manifest.layers.is_empty()
            || manifest.layers.len() > 4
            || manifest.hidden.iter().any(|width| *width == 0 || *width > 4096)
            || numbers.iter().any(|number| !number.is_finite() || *number <= 0.0)
            || manifest.calibration.iter().any(|number| !number.is_finite())
            || confidences.iter().any(|number| !(0.0..=1.0).contains(number))
        {
            candle_core::bail!("the manifest of the head is not sound");
        }
        let tensors = candle_core::safetensors::load_buffer(weights, &Device::Cpu)?;
        let [narrow, wide] = manifest.hidden;
        let input = WIDTH * manifest.layers.len() + FEATURES;
        let linear = |name: &str, input: usize, output: usize| linear(&tensors, name, input, output);
        Ok(Self {
            first: linear("first", input, narrow)?,
            second: linear("second", narrow * SEEN, wide)?,
            tags: linear("tags", wide, super::decode::tags(manifest.classes.len()))?,
            roles: linear("roles", wide, manifest.roles.len())?,
            manifest: manifest.clone(),
        })
    }

    /// Says what each word of a stretch is; `vectors` are the encoder's, one for each word.
    ///
    /// # Errors
    /// Candle's error when the vectors do not fit the head.
    pub fn scores(&self, words: &[SpanWord], vectors: &[Vec<f32>]) -> candle_core::Result<WordScores> {
        if words.is_empty() {
            return Ok(WordScores::default());
        }
        let device = Device::Cpu;
        let input = WIDTH * self.manifest.layers.len() + FEATURES;
        let mut rows = Vec::with_capacity(words.len() * input);
        for (word, vector) in words.iter().zip(vectors) {
            rows.extend(vector);
            rows.extend(word.features);
        }
        let rows = Tensor::from_vec(rows, (words.len(), input), &device)?;
        let hidden = self.first.forward(&rows)?.relu()?;
        let padded = hidden.pad_with_zeros(0, REACH, REACH)?;
        let mut around: Vec<Tensor> =
            (0..=2 * REACH).map(|shift| padded.narrow(0, shift, words.len())).collect::<Result<_, _>>()?;
        for far in far_means(&[words.len()])? {
            around.push(far.matmul(&hidden)?);
        }
        let hidden = self.second.forward(&Tensor::cat(&around, 1)?)?.relu()?;
        let tags = (self.tags.forward(&hidden)? / f64::from(self.manifest.temperature))?;
        let tags = candle_nn::ops::log_softmax(&tags, 1)?;
        let roles = (self.roles.forward(&hidden)? / f64::from(self.manifest.role_temperature))?;
        Ok(WordScores { tags: tags.to_vec2()?, roles: roles.to_vec2()? })
    }
}

/// Numbers of the encoder's vectors.
const WIDTH: usize = 384;

fn linear(
    tensors: &HashMap<String, Tensor>,
    name: &str,
    input: usize,
    output: usize,
) -> candle_core::Result<Linear> {
    let get = |part: &str, shape: &[usize]| -> candle_core::Result<Tensor> {
        let name = format!("{name}.{part}");
        let Some(tensor) = tensors.get(&name) else { candle_core::bail!("{name} is missing") };
        if tensor.dims() != shape {
            candle_core::bail!("{name} has the shape {:?}, not {shape:?}", tensor.dims());
        }
        let tensor = tensor.to_dtype(DType::F32)?;
        if !tensor.abs()?.sum_all()?.to_scalar::<f32>()?.is_finite() {
            candle_core::bail!("{name} holds what is no number");
        }
        Ok(tensor)
    };
    Ok(Linear { weight: get("weight", &[input, output])?, bias: get("bias", &[output])? })
}
