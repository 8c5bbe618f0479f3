//! The text encoder: multilingual-e5-small, pruned to Spanish, turning a text into 384 numbers that stand for its meaning.
//!
//! Set-up lays its files down (`docs/models.md`); where they are absent the page types rest on n-grams alone.

mod attention;
mod forward;
mod kernels;
mod original;
mod product;
mod reference;
mod weights;

use candle_transformers::models::bert::BertModel;
use rayon::prelude::*;
use std::path::Path;
use tokenizers::Tokenizer;
use weights::{Source, Weights};

/// Name of the weights within the encoder's folder.
const WEIGHTS: &str = "e5-small-es-q4.gguf";
/// Name of the tokenizer within the encoder's folder.
const TOKENIZER: &str = "tokenizer.json";
/// What the model was trained to see before a text.
const PREFIX: &str = "query: ";
/// Most tokens of one batch, which one thread works on: its rows stay in the processor's cache.
const BATCH_TOKENS: usize = 512;

/// Says why the encoder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// A file of the encoder is not there.
    #[error("{path}: {source}")]
    Missing {
        /// The file.
        path: String,
        /// The system's answer.
        source: std::io::Error,
    },
    /// A file of the encoder is damaged or of another kind.
    #[error("the encoder's files are not usable: {0}")]
    Invalid(String),
    /// A product failed.
    #[error("the encoder failed: {0}")]
    Failed(#[from] candle_core::Error),
}

impl EncoderError {
    fn invalid(reason: &str) -> Self {
        Self::Invalid(reason.to_owned())
    }

    /// Returns the stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "encoder.missing",
            Self::Invalid(_) => "encoder.invalid",
            Self::Failed(_) => "encoder.failed",
        }
    }
}

/// Chooses who computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Engine {
    /// Our own pass.
    #[default]
    Own,
    /// `candle_transformers`' model: slower, and the measure of the own pass.
    Reference,
}

enum Network {
    Own(Box<Weights>),
    Reference(Box<BertModel>),
}

/// Turns texts into vectors.
pub struct Encoder {
    tokenizer: Tokenizer,
    network: Network,
    width: usize,
    positions: usize,
    layers: usize,
    original: bool,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Encoder").field("width", &self.width).field("layers", &self.layers).finish()
    }
}

impl Encoder {
    /// Opens the encoder in `folder`.
    ///
    /// # Errors
    /// [`EncoderError::Missing`] when a file is absent, [`EncoderError::Invalid`] or [`EncoderError::Failed`] when it is damaged.
    pub fn open(folder: &Path) -> Result<Self, EncoderError> {
        Self::open_with(folder, Engine::Own)
    }

    /// Opens the encoder in `folder` with a chosen engine.
    ///
    /// # Errors
    /// As [`Encoder::open`].
    pub fn open_with(folder: &Path, engine: Engine) -> Result<Self, EncoderError> {
        let path = folder.join(TOKENIZER);
        let json = std::fs::read(&path)
            .map_err(|source| EncoderError::Missing { path: path.display().to_string(), source })?;
        let tokenizer =
            Tokenizer::from_bytes(json).map_err(|error| EncoderError::Invalid(error.to_string()))?;
        // The original is only there where a person laid it down and named its folder.
        let original = folder.join(original::WEIGHTS).is_file();
        let mut source =
            if original { Source::original(folder)? } else { Source::open(&folder.join(WEIGHTS))? };
        let (width, positions) = (source.size("bert.embedding_length")?, source.size("bert.context_length")?);
        let layers = source.size("bert.block_count")?;
        let network = match engine {
            Engine::Own => Network::Own(Box::new(Weights::load(&mut source)?)),
            Engine::Reference => Network::Reference(Box::new(reference::load(&mut source, None)?)),
        };
        Ok(Self { tokenizer, network, width, positions, layers, original })
    }

    /// Returns its name, as it stands in the name of the models: `e5`, or `e5-f32` for the original.
    #[must_use]
    pub fn name(&self) -> &'static str {
        if self.original { "e5-f32" } else { "e5" }
    }

    /// Returns how many numbers a vector has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Returns the identifiers of a text's tokens, cut to `limit` with the marks of start and end kept.
    ///
    /// # Errors
    /// [`EncoderError::Invalid`] when the tokenizer refuses the text.
    pub fn tokens(&self, text: &str, limit: usize) -> Result<Vec<u32>, EncoderError> {
        // A token is seldom longer than eight bytes: what lies far behind the limit need not be cut up at all.
        let mut end = text.len().min(limit.saturating_mul(12));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let encoding = self
            .tokenizer
            .encode_fast(format!("{PREFIX}{}", &text[..end]), true)
            .map_err(|error| EncoderError::Invalid(error.to_string()))?;
        let mut tokens = encoding.get_ids().to_vec();
        let limit = limit.clamp(2, self.positions);
        if tokens.len() > limit
            && let Some(last) = tokens.last().copied()
        {
            tokens.truncate(limit - 1);
            tokens.push(last);
        }
        Ok(tokens)
    }

    /// Returns one vector of length 1 for each text, from its first `limit` tokens (512 at most).
    ///
    /// # Errors
    /// [`EncoderError`] when a text cannot be tokenised or a product fails.
    pub fn embed(&self, texts: &[&str], limit: usize) -> Result<Vec<Vec<f32>>, EncoderError> {
        let tokens = texts.iter().map(|text| self.tokens(text, limit)).collect::<Result<Vec<_>, _>>()?;
        // Texts of like length go together, so that a batch is full and its attention even.
        let mut order: Vec<usize> = (0..tokens.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(tokens[*index].len()));
        let texts: Vec<&[u32]> =
            order.iter().filter_map(|index| tokens.get(*index)).map(Vec::as_slice).collect();
        let batches = batches(&texts, rayon::current_num_threads());
        let pooled: Vec<Vec<Vec<f32>>> =
            batches.into_par_iter().map(|batch| self.pooled(batch)).collect::<Result<_, _>>()?;
        let mut vectors: Vec<Vec<f32>> = vec![Vec::new(); tokens.len()];
        for (index, vector) in order.into_iter().zip(pooled.into_iter().flatten()) {
            vectors[index] = vector;
        }
        Ok(vectors)
    }

    /// Returns the identifiers of a word's pieces alone, without prefix and marks: the pieces of a text are those of its words in a row.
    ///
    /// # Errors
    /// [`EncoderError::Invalid`] when the tokenizer refuses the word.
    pub fn pieces(&self, word: &str) -> Result<Vec<u32>, EncoderError> {
        let encoding = self
            .tokenizer
            .encode_fast(word, false)
            .map_err(|error| EncoderError::Invalid(error.to_string()))?;
        Ok(encoding.get_ids().to_vec())
    }

    /// Returns the most tokens that one text may have.
    #[must_use]
    pub fn positions(&self) -> usize {
        self.positions
    }

    /// Returns, for each text of tokens, one row for each token: the outputs after each of these numbers of layers side by side.
    ///
    /// # Errors
    /// [`EncoderError::Invalid`] for a text that is too long or empty, for a layer that the network has not, and with [`Engine::Reference`],
    /// which hides its layers.
    pub fn token_vectors(&self, texts: &[Vec<u32>], taps: &[usize]) -> Result<Vec<Vec<f32>>, EncoderError> {
        let Network::Own(weights) = &self.network else {
            return Err(EncoderError::invalid("the reference engine gives no vectors of tokens"));
        };
        if texts.iter().any(|text| text.is_empty() || text.len() > self.positions) {
            return Err(EncoderError::invalid("a text has no tokens, or more than the network has places"));
        }
        if taps.iter().any(|tap| *tap > self.layers) {
            return Err(EncoderError::invalid("the network has fewer layers"));
        }
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(texts.get(*index).map_or(0, Vec::len)));
        let sorted: Vec<&[u32]> =
            order.iter().filter_map(|index| texts.get(*index)).map(Vec::as_slice).collect();
        let row = self.width * taps.len();
        let batches = batches(&sorted, rayon::current_num_threads());
        let rows: Vec<Vec<Vec<f32>>> = batches
            .into_par_iter()
            .map(|batch| {
                let all = forward::forward_tapped(weights, batch, taps)?;
                let mut rest = all.as_slice();
                Ok(batch
                    .iter()
                    .map(|text| {
                        let (own, later) = rest.split_at((text.len() * row).min(rest.len()));
                        rest = later;
                        own.to_vec()
                    })
                    .collect())
            })
            .collect::<Result<_, EncoderError>>()?;
        let mut vectors: Vec<Vec<f32>> = vec![Vec::new(); texts.len()];
        for (index, vector) in order.into_iter().zip(rows.into_iter().flatten()) {
            if let Some(slot) = vectors.get_mut(index) {
                *slot = vector;
            }
        }
        Ok(vectors)
    }

    fn pooled(&self, texts: &[&[u32]]) -> Result<Vec<Vec<f32>>, EncoderError> {
        match &self.network {
            Network::Own(weights) => {
                let hidden = forward::forward(weights, texts, self.layers)?;
                let mut rows = hidden.chunks_exact(self.width);
                Ok(texts
                    .iter()
                    .map(|text| mean_of_length_one(rows.by_ref().take(text.len()), self.width))
                    .collect())
            }
            Network::Reference(model) => {
                let of_text = |text: &&[u32]| -> Result<Vec<f32>, EncoderError> {
                    let mut vector: Vec<f32> = reference::forward(model, text)?.mean(0)?.to_vec1()?;
                    normalise(&mut vector);
                    Ok(vector)
                };
                texts.iter().map(of_text).collect()
            }
        }
    }
}

// Cuts texts into batches, in their order: as many as there are threads, or more where these would be too large.
fn batches<'t, 'x>(texts: &'t [&'x [u32]], threads: usize) -> Vec<&'t [&'x [u32]]> {
    let all: usize = texts.iter().map(|text| text.len()).sum();
    let most = all.div_ceil(threads.max(1)).min(BATCH_TOKENS);
    let (mut batches, mut rest) = (Vec::new(), texts);
    while !rest.is_empty() {
        let mut total = 0;
        let fitting = rest.iter().take_while(|text| {
            total += text.len();
            total <= most
        });
        let (batch, later) = rest.split_at(fitting.count().max(1));
        batches.push(batch);
        rest = later;
    }
    batches
}

fn mean_of_length_one<'r>(rows: impl Iterator<Item = &'r [f32]>, width: usize) -> Vec<f32> {
    let mut sum = vec![0.0_f32; width];
    for row in rows {
        sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    normalise(&mut sum);
    sum
}

/// Scales a vector to length 1; a vector of zeros stays.
pub(crate) fn normalise(vector: &mut [f32]) {
    let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        for value in vector {
            *value /= length;
        }
    }
}

/// Finds the encoder's folder as the programs do: `COTEJO_RECURSOS`, else the platform's data folder. For tests and tools.
#[must_use]
pub fn usual_folder() -> Option<std::path::PathBuf> {
    let resources = std::env::var_os("COTEJO_RECURSOS").map(std::path::PathBuf::from).or_else(|| {
        let home = std::path::PathBuf::from(std::env::var_os("HOME")?);
        Some(home.join(".local/share/cotejo/recursos"))
    })?;
    let folder = resources.join("encoder");
    folder.join(WEIGHTS).is_file().then_some(folder)
}

#[cfg(test)]
mod tests;
