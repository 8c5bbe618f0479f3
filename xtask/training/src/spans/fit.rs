//! Fits the tagger: two layers over the vectors of words, one set of scores for tags and one for roles; seeded in every step.

use super::pages::{Label, UNKNOWN};
use crate::random::Random;
use candle_core::{D, DType, Device, Result, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use cotejo_recognition::spans::Class;
use cotejo_recognition::spans::decode;
use cotejo_recognition::spans::fields::ROLES;
use cotejo_recognition::spans::head::{REACH, SEEN, far_means};
use cotejo_recognition::spans::words::{FEATURES, SpanWord};

/// Holds what is learnt of one page.
pub(crate) struct Sheet<'a> {
    pub(crate) words: &'a [SpanWord],
    pub(crate) labels: &'a [Label],
    /// Vectors of the words in half precision: words × numbers.
    pub(crate) vectors: &'a Tensor,
}

/// Chooses how the head is fitted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schedule {
    pub(crate) epochs: usize,
    pub(crate) rate: f64,
    pub(crate) decay: f64,
    /// Share of numbers left out: of the input, of the second layer's.
    pub(crate) dropout: [f64; 2],
    pub(crate) hidden: [usize; 2],
}

/// Holds the fitted weights, by name, as inputs × outputs.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    pub(crate) tensors: Vec<(&'static str, Tensor)>,
}

/// Words of a batch.
const BATCH: usize = 1500;
/// How much the roles weigh beside the tags.
const ROLE_SHARE: f64 = 0.5;

struct Layer {
    weight: Var,
    bias: Var,
}

impl Layer {
    fn new(input: usize, output: usize, random: &mut Random) -> Result<Self> {
        #[expect(clippy::cast_precision_loss, reason = "some hundred numbers")]
        let scale = (6.0 / (input + output) as f64).sqrt();
        #[expect(clippy::cast_possible_truncation, reason = "single precision is enough")]
        let weight: Vec<f32> =
            (0..input * output).map(|_| ((2.0 * random.unit() - 1.0) * scale) as f32).collect();
        Ok(Self {
            weight: Var::from_tensor(&Tensor::from_vec(weight, (input, output), &Device::Cpu)?)?,
            bias: Var::zeros(output, DType::F32, &Device::Cpu)?,
        })
    }

    fn forward(&self, rows: &Tensor) -> Result<Tensor> {
        rows.matmul(&self.weight)?.broadcast_add(&self.bias)
    }
}

/// Fits the head to pages.
pub(crate) fn fit(sheets: &[Sheet<'_>], schedule: Schedule, seed: u64) -> Result<Fitted> {
    let mut random = Random::for_name(seed, "tramos: pesos");
    let (mean, deviation) = moments(sheets)?;
    let input = mean.dim(1)? + FEATURES;
    let [narrow, wide] = schedule.hidden;
    let first = Layer::new(input, narrow, &mut random)?;
    let second = Layer::new(narrow * SEEN, wide, &mut random)?;
    let tags = Layer::new(wide, decode::tags(Class::ALL.len()), &mut random)?;
    let roles = Layer::new(wide, ROLES.len(), &mut random)?;
    let layers = [&first, &second, &tags, &roles];
    let variables = layers.iter().flat_map(|layer| [layer.weight.clone(), layer.bias.clone()]).collect();
    let parameters =
        ParamsAdamW { lr: schedule.rate, weight_decay: schedule.decay, ..ParamsAdamW::default() };
    let mut optimizer = AdamW::new(variables, parameters)?;
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    for epoch in 0..schedule.epochs {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen epochs")]
        let passed = epoch as f64 / schedule.epochs as f64;
        optimizer.set_learning_rate(schedule.rate * (1.0 - 0.95 * passed));
        random.shuffle(&mut order);
        let (mut sum, mut steps) = (0.0_f32, 0.0_f32);
        for batch in batches(sheets, &order) {
            let batch: Vec<&Sheet<'_>> = batch.iter().map(|index| &sheets[*index]).collect();
            let rows = input_rows(&batch, &mean, &deviation)?;
            let rows = thinned(&rows, schedule.dropout[0], &mut random)?;
            let hidden = first.forward(&rows)?.relu()?;
            let around = neighbours(&hidden, &batch)?;
            let hidden = second.forward(&thinned(&around, schedule.dropout[1], &mut random)?)?.relu()?;
            let labels: Vec<Label> = batch.iter().flat_map(|sheet| sheet.labels.iter().copied()).collect();
            let tag_loss = loss(&tags.forward(&hidden)?, labels.iter().map(|label| label.tag))?;
            let role_loss = loss(&roles.forward(&hidden)?, labels.iter().map(|label| label.role))?;
            let loss = (tag_loss + (role_loss * ROLE_SHARE)?)?;
            optimizer.backward_step(&loss)?;
            sum += loss.to_scalar::<f32>()?;
            steps += 1.0;
        }
        if epoch % 4 == 3 || epoch + 1 == schedule.epochs {
            crate::say(&format!("    epoch {}: loss {:.4}", epoch + 1, sum / steps));
        }
        if let Some(bad) = layers.iter().position(|layer| !is_finite(&layer.weight)) {
            candle_core::bail!("layer {bad} holds what is no number after epoch {epoch}");
        }
    }
    let (weight, bias) = folded(&first, &mean, &deviation)?;
    let of = |layer: &Layer| (layer.weight.as_tensor().clone(), layer.bias.as_tensor().clone());
    let (second, tags, roles) = (of(&second), of(&tags), of(&roles));
    Ok(Fitted {
        tensors: vec![
            ("first.weight", weight),
            ("first.bias", bias),
            ("second.weight", second.0),
            ("second.bias", second.1),
            ("tags.weight", tags.0),
            ("tags.bias", tags.1),
            ("roles.weight", roles.0),
            ("roles.bias", roles.1),
        ],
    })
}

fn is_finite(weight: &Var) -> bool {
    weight
        .abs()
        .and_then(|abs| abs.sum_all())
        .and_then(|sum| sum.to_scalar::<f32>())
        .is_ok_and(f32::is_finite)
}

/// Returns mean and spread of each number of the vectors.
fn moments(sheets: &[Sheet<'_>]) -> Result<(Tensor, Tensor)> {
    let some: Vec<Tensor> = sheets
        .iter()
        .filter(|sheet| !sheet.words.is_empty())
        .step_by(sheets.len().div_ceil(400).max(1))
        .map(|sheet| sheet.vectors.to_dtype(DType::F32))
        .collect::<Result<_>>()?;
    let all = Tensor::cat(&some, 0)?;
    let mean = all.mean_keepdim(0)?;
    let spread = all.broadcast_sub(&mean)?.sqr()?.mean_keepdim(0)?.sqrt()?;
    Ok((mean, (spread + 1e-3)?))
}

fn batches(sheets: &[Sheet<'_>], order: &[usize]) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut words = usize::MAX;
    for index in order.iter().copied().filter(|index| !sheets[*index].words.is_empty()) {
        let count = sheets[index].words.len();
        match batches.last_mut() {
            Some(batch) if words + count <= BATCH => {
                batch.push(index);
                words += count;
            }
            _ => {
                batches.push(vec![index]);
                words = count;
            }
        }
    }
    batches
}

fn input_rows(batch: &[&Sheet<'_>], mean: &Tensor, deviation: &Tensor) -> Result<Tensor> {
    let vectors: Vec<Tensor> =
        batch.iter().map(|sheet| sheet.vectors.to_dtype(DType::F32)).collect::<Result<_>>()?;
    let vectors = Tensor::cat(&vectors, 0)?.broadcast_sub(mean)?.broadcast_div(deviation)?;
    let places: Vec<f32> =
        batch.iter().flat_map(|sheet| sheet.words).flat_map(|word| word.features).collect();
    let places = Tensor::from_vec(places, (vectors.dim(0)?, FEATURES), &Device::Cpu)?;
    Tensor::cat(&[vectors, places], 1)
}

/// Sets each word beside those around it on its page; outside the page there is nothing.
fn neighbours(hidden: &Tensor, batch: &[&Sheet<'_>]) -> Result<Tensor> {
    let (count, width) = hidden.dims2()?;
    let nothing = Tensor::zeros((1, width), DType::F32, &Device::Cpu)?;
    let rows = Tensor::cat(&[hidden, &nothing], 0)?;
    let mut shifted = Vec::new();
    for shift in 0..=2 * REACH {
        let mut index = Vec::with_capacity(count);
        let mut start = 0;
        for sheet in batch {
            let end = start + sheet.words.len();
            index.extend((start..end).map(|word| {
                let place = (word + shift).checked_sub(REACH).filter(|place| (start..end).contains(place));
                u32::try_from(place.unwrap_or(count)).unwrap_or(0)
            }));
            start = end;
        }
        shifted.push(rows.index_select(&Tensor::from_vec(index, count, &Device::Cpu)?, 0)?);
    }
    let lengths: Vec<usize> = batch.iter().map(|sheet| sheet.words.len()).collect();
    for far in far_means(&lengths)? {
        shifted.push(far.matmul(hidden)?);
    }
    Tensor::cat(&shifted, 1)
}

/// Leaves out a share of numbers and makes the others larger by as much.
fn thinned(rows: &Tensor, share: f64, random: &mut Random) -> Result<Tensor> {
    if share <= 0.0 {
        return Ok(rows.clone());
    }
    #[expect(clippy::cast_possible_truncation, reason = "single precision is enough")]
    let kept = (1.0 / (1.0 - share)) as f32;
    let mask: Vec<f32> =
        (0..rows.elem_count()).map(|_| if random.chance(share) { 0.0 } else { kept }).collect();
    rows * Tensor::from_vec(mask, rows.shape(), &Device::Cpu)?
}

/// Cross-entropy over what is known. `log_softmax` is made of plain tensor steps, so its gradient is real.
fn loss(scores: &Tensor, targets: impl Iterator<Item = i8>) -> Result<Tensor> {
    let (count, classes) = scores.dims2()?;
    let mut wanted = vec![0.0_f32; count * classes];
    let mut known = 0.0_f64;
    for (word, target) in targets.enumerate().filter(|(_, target)| *target != UNKNOWN) {
        wanted[word * classes + usize::from(target.unsigned_abs())] = 1.0;
        known += 1.0;
    }
    let wanted = Tensor::from_vec(wanted, (count, classes), scores.device())?;
    (wanted * candle_nn::ops::log_softmax(scores, D::Minus1)?)?.sum_all()?.neg()? / known.max(1.0)
}

/// Works mean and spread of the vectors into the first layer, so that it takes them as the encoder gives them.
fn folded(first: &Layer, mean: &Tensor, deviation: &Tensor) -> Result<(Tensor, Tensor)> {
    let width = mean.dim(1)?;
    let weight = first.weight.as_tensor();
    let places = weight.narrow(0, width, FEATURES)?;
    let vectors = weight.narrow(0, 0, width)?.broadcast_div(&deviation.t()?)?;
    let bias = (first.bias.as_tensor() - mean.matmul(&vectors)?.squeeze(0)?)?;
    Ok((Tensor::cat(&[vectors, places], 0)?, bias))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_agrees_with_finite_differences_and_unknown_words_have_none() {
        let start = vec![0.3_f32, -0.2, 0.1, 0.5, -0.4, 0.2, 0.9, 0.1, -0.3];
        let targets = [2_i8, UNKNOWN, 0];
        let value = |numbers: &[f32]| -> f32 {
            let scores = Tensor::from_vec(numbers.to_vec(), (3, 3), &Device::Cpu).unwrap();
            loss(&scores, targets.into_iter()).unwrap().to_scalar().unwrap()
        };
        let variable = Var::from_vec(start.clone(), (3, 3), &Device::Cpu).unwrap();
        let total = loss(&variable, targets.into_iter()).unwrap();
        let gradient: Vec<f32> =
            total.backward().unwrap().get(&variable).unwrap().flatten_all().unwrap().to_vec1().unwrap();
        for place in 0..9 {
            let (mut above, mut below) = (start.clone(), start.clone());
            above[place] += 1e-2;
            below[place] -= 1e-2;
            let slope = (value(&above) - value(&below)) / 2e-2;
            assert!((slope - gradient[place]).abs() < 1e-3, "{place}: {slope} against {}", gradient[place]);
        }
        assert!(gradient[3..6].iter().all(|slope| *slope == 0.0));
    }

    fn sheet_of(words: usize) -> (Vec<SpanWord>, Vec<Label>, Tensor) {
        // A word is a person where its first number says so.
        let person = |word: usize| word % 3 == 1;
        let text = |word: usize| SpanWord { position: word, text: "x".into(), features: [0.0; FEATURES] };
        let label = |word: usize| Label { tag: i8::from(person(word)), role: UNKNOWN, name: None };
        let numbers: Vec<f32> = (0..words)
            .flat_map(|word| (0..384).map(move |place| f32::from(u8::from(place == 0 && person(word)))))
            .collect();
        let vectors = Tensor::from_vec(numbers, (words, 384), &Device::Cpu).unwrap();
        ((0..words).map(text).collect(), (0..words).map(label).collect(), vectors)
    }

    #[test]
    fn what_the_vectors_tell_is_learnt_and_the_same_seed_gives_the_same_weights() {
        let (words, labels, vectors) = sheet_of(60);
        let sheets = [Sheet { words: &words, labels: &labels, vectors: &vectors }];
        let schedule = Schedule { epochs: 60, rate: 0.01, decay: 0.0, dropout: [0.1, 0.1], hidden: [6, 6] };
        let numbers = |fitted: &Fitted| -> Vec<f32> {
            fitted
                .tensors
                .iter()
                .flat_map(|(_, tensor)| tensor.flatten_all().unwrap().to_vec1::<f32>().unwrap())
                .collect()
        };
        let fitted = fit(&sheets, schedule, 1).unwrap();
        assert_eq!(numbers(&fitted), numbers(&fit(&sheets, schedule, 1).unwrap()));
        assert_ne!(numbers(&fitted), numbers(&fit(&sheets, schedule, 2).unwrap()));
        let (weights, manifest) =
            super::super::store::bytes(&fitted, super::super::store::manifest(&schedule, &[12])).unwrap();
        let head = cotejo_recognition::spans::SpanHead::from_bytes(&weights, &manifest).unwrap();
        let rows: Vec<Vec<f32>> = vectors.to_vec2().unwrap();
        let found = cotejo_recognition::spans::spans(&head, &words, &rows).unwrap();
        assert_eq!(found.len(), 20);
        assert!(found.iter().all(|span| span.class == Class::Persona && span.words.start % 3 == 1));
    }
}
