//! Loads the converted weights: stored as Q4_0, multiplied as f32.

use super::EncoderError;
use super::kernels::Norm;
use super::original::Original;
use super::product::Panels;
use candle_core::quantized::{QTensor, gguf_file};
use candle_core::{Device, Tensor};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Holds a matrix as the network multiplies by it (inputs × outputs), and what is added afterwards.
#[derive(Debug)]
pub(crate) struct Linear {
    pub(crate) weight: Panels,
    pub(crate) bias: Vec<f32>,
}

/// Holds one of the equal layers.
#[derive(Debug)]
pub(crate) struct Layer {
    /// Queries, keys and values in one product.
    pub(crate) mixed: Linear,
    pub(crate) output: Linear,
    pub(crate) output_norm: Norm,
    pub(crate) up: Linear,
    pub(crate) down: Linear,
    pub(crate) down_norm: Norm,
}

/// Holds the whole network.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) hidden: usize,
    pub(crate) heads: usize,
    /// Rows stay quantised; the few that a text needs are unpacked each time.
    pub(crate) words: QTensor,
    /// Position rows with the row of token type 0 added in.
    pub(crate) places: Vec<f32>,
    pub(crate) embedding_norm: Norm,
    pub(crate) layers: Vec<Layer>,
}

/// Gives tensors by name out of an open file.
pub(crate) struct Source {
    store: Store,
    epsilon: f32,
}

enum Store {
    /// The converted encoder.
    Converted { content: gguf_file::Content, reader: BufReader<File> },
    /// The original that a person supplied.
    Original(Original),
}

impl Source {
    /// Opens the file and reads its table of contents.
    pub(crate) fn open(path: &Path) -> Result<Self, EncoderError> {
        let file = File::open(path)
            .map_err(|source| EncoderError::Missing { path: path.display().to_string(), source })?;
        let mut reader = BufReader::new(file);
        let content = gguf_file::Content::read(&mut reader)?;
        let epsilon = match content.metadata.get("bert.attention.layer_norm_epsilon") {
            Some(value) => value.to_f32()?,
            None => return Err(EncoderError::invalid("no layer-norm epsilon")),
        };
        Ok(Self { store: Store::Converted { content, reader }, epsilon })
    }

    /// Opens the original that a person laid down in a folder.
    pub(crate) fn original(folder: &Path) -> Result<Self, EncoderError> {
        Ok(Self { store: Store::Original(Original::open(folder)?), epsilon: Original::epsilon() })
    }

    /// Returns a size from the metadata.
    pub(crate) fn size(&self, key: &str) -> Result<usize, EncoderError> {
        let Store::Converted { content, .. } = &self.store else { return Original::size(key) };
        let value = content.metadata.get(key).ok_or_else(|| EncoderError::invalid(key))?;
        Ok(value.to_u32()? as usize)
    }

    /// Returns the epsilon of the layer norms.
    pub(crate) fn epsilon(&self) -> f32 {
        self.epsilon
    }

    /// Returns a tensor as it is stored.
    pub(crate) fn quantised(&mut self, name: &str) -> Result<QTensor, EncoderError> {
        match &mut self.store {
            Store::Converted { content, reader } => Ok(content.tensor(reader, name, &Device::Cpu)?),
            Store::Original(original) => original.rows(name),
        }
    }

    /// Returns a tensor as f32.
    pub(crate) fn tensor(&mut self, name: &str) -> Result<Tensor, EncoderError> {
        if let Store::Original(original) = &self.store {
            return original.tensor(name);
        }
        Ok(self.quantised(name)?.dequantize(&Device::Cpu)?)
    }

    fn numbers(&mut self, name: &str) -> Result<Vec<f32>, EncoderError> {
        Ok(self.tensor(name)?.flatten_all()?.to_vec1()?)
    }

    fn norm(&mut self, name: &str) -> Result<Norm, EncoderError> {
        Ok(Norm {
            weight: self.numbers(&format!("{name}.weight"))?,
            shift: self.numbers(&format!("{name}.bias"))?,
            epsilon: self.epsilon,
        })
    }

    // Stored outputs × inputs.
    fn linear(&mut self, name: &str) -> Result<Linear, EncoderError> {
        self.linears(&[(name, 1.0)])
    }

    // Several products of the same rows as one, their outputs side by side, each scaled.
    fn linears(&mut self, names: &[(&str, f64)]) -> Result<Linear, EncoderError> {
        let (mut weights, mut bias) = (Vec::new(), Vec::new());
        for (name, scale) in names {
            weights.push((self.tensor(&format!("{name}.weight"))? * *scale)?);
            #[expect(clippy::cast_possible_truncation, reason = "the network works in single precision")]
            let scale = *scale as f32;
            bias.extend(self.numbers(&format!("{name}.bias"))?.into_iter().map(|number| number * scale));
        }
        let weight = Tensor::cat(&weights, 0)?.t()?.contiguous()?;
        let columns = weight.dim(1)?;
        Ok(Linear { weight: Panels::of(&weight.flatten_all()?.to_vec1()?, columns), bias })
    }
}

impl Weights {
    /// Loads the network.
    pub(crate) fn load(source: &mut Source) -> Result<Self, EncoderError> {
        let hidden = source.size("bert.embedding_length")?;
        let heads = source.size("bert.attention.head_count")?;
        if heads == 0 || !hidden.is_multiple_of(heads) {
            return Err(EncoderError::invalid("heads do not divide the width"));
        }
        let mut places = source.numbers("position_embd.weight")?;
        let kinds = source.numbers("token_types.weight")?;
        for row in places.chunks_exact_mut(hidden) {
            for (value, kind) in row.iter_mut().zip(&kinds) {
                *value += kind;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "the width of a head is 32")]
        let scale = 1.0 / ((hidden / heads) as f64).sqrt();
        let layers = (0..source.size("bert.block_count")?)
            .map(|layer| {
                let name = |part: &str| format!("blk.{layer}.{part}");
                // The scale of the attention is worked into the queries once, here.
                let (query, key, value) = (name("attn_q"), name("attn_k"), name("attn_v"));
                Ok(Layer {
                    mixed: source.linears(&[(&query, scale), (&key, 1.0), (&value, 1.0)])?,
                    output: source.linear(&name("attn_output"))?,
                    output_norm: source.norm(&name("attn_output_norm"))?,
                    up: source.linear(&name("ffn_up"))?,
                    down: source.linear(&name("ffn_down"))?,
                    down_norm: source.norm(&name("layer_output_norm"))?,
                })
            })
            .collect::<Result<Vec<_>, EncoderError>>()?;
        Ok(Self {
            hidden,
            heads,
            words: source.quantised("token_embd.weight")?,
            places,
            embedding_norm: source.norm("token_embd_norm")?,
            layers,
        })
    }
}
