//! The original multilingual-e5-small in f32, as its publisher gives it: `model.safetensors` and `tokenizer.json`, laid down by a person who wants
//! it in place of the converted encoder. Off unless the person names its folder.
//!
//! The person pins it: `sha256.txt` beside it holds the SHA-256 of `model.safetensors` as its publisher states it. Other bytes are refused, and so
//! are other shapes: the heads read 384 numbers of this very network.

use super::EncoderError;
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{DType, Device, Tensor};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

/// Name of the weights.
pub(crate) const WEIGHTS: &str = "model.safetensors";
/// Name of the file with the hash that they must have.
pub(crate) const PIN: &str = "sha256.txt";
/// Numbers of a vector, layers, heads, numbers between two products, and places of a text.
const SHAPE: [usize; 5] = [384, 12, 12, 1536, 512];
/// As its publisher trained it.
const EPSILON: f32 = 1e-12;
/// Bytes of the largest file that is looked at; the original has 471 million.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// Holds the tensors under the names of their publisher.
pub(crate) struct Original {
    tensors: HashMap<String, Tensor>,
}

impl Original {
    /// Opens and checks the file in a folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, EncoderError> {
        let missing = |path: &Path| {
            let path = path.display().to_string();
            move |source| EncoderError::Missing { path, source }
        };
        let (path, pin) = (folder.join(WEIGHTS), folder.join(PIN));
        let pinned = std::fs::read_to_string(&pin).map_err(missing(&pin))?;
        if std::fs::metadata(&path).map_err(missing(&path))?.len() > LARGEST {
            return Err(EncoderError::invalid("the original is too large"));
        }
        let bytes = std::fs::read(&path).map_err(missing(&path))?;
        // As `sha256sum` writes it: the hash, and perhaps the name of the file.
        let pinned = pinned.split_whitespace().next().unwrap_or_default().to_lowercase();
        if hex::encode(Sha256::digest(&bytes)) != pinned {
            return Err(EncoderError::invalid("the original is not the one that is pinned"));
        }
        let tensors = candle_core::safetensors::load_buffer(&bytes, &Device::Cpu)?;
        drop(bytes);
        // Some libraries write the name of the network before each.
        let bare = |name: String| name.strip_prefix("bert.").map_or_else(|| name.clone(), str::to_owned);
        let original =
            Self { tensors: tensors.into_iter().map(|(name, tensor)| (bare(name), tensor)).collect() };
        original.check()?;
        Ok(original)
    }

    fn check(&self) -> Result<(), EncoderError> {
        let [width, layers, _, wide, places] = SHAPE;
        let has = |name: &str, shape: &[usize]| {
            let found = self.tensors.get(name).map(Tensor::dims);
            if found == Some(shape) { Ok(()) } else { Err(EncoderError::invalid(name)) }
        };
        has("embeddings.position_embeddings.weight", &[places, width])?;
        let words = self.tensors.get("embeddings.word_embeddings.weight").map(Tensor::dims);
        if !matches!(words, Some([_, found]) if *found == width) {
            return Err(EncoderError::invalid("embeddings.word_embeddings.weight"));
        }
        has(&format!("encoder.layer.{}.intermediate.dense.weight", layers - 1), &[wide, width])?;
        if self.tensors.contains_key(&format!("encoder.layer.{layers}.intermediate.dense.weight")) {
            return Err(EncoderError::invalid("more layers"));
        }
        Ok(())
    }

    /// Returns the epsilon of the layer norms.
    pub(crate) fn epsilon() -> f32 {
        EPSILON
    }

    /// Returns a size, under the name that the converted encoder gives it.
    pub(crate) fn size(key: &str) -> Result<usize, EncoderError> {
        const KEYS: [&str; 5] = [
            "bert.embedding_length",
            "bert.block_count",
            "bert.attention.head_count",
            "bert.feed_forward_length",
            "bert.context_length",
        ];
        let place = KEYS.iter().position(|known| *known == key);
        place.and_then(|place| SHAPE.get(place).copied()).ok_or_else(|| EncoderError::invalid(key))
    }

    /// Returns a tensor by the name that the converted encoder gives it.
    pub(crate) fn tensor(&self, name: &str) -> Result<Tensor, EncoderError> {
        let original = translated(name).ok_or_else(|| EncoderError::invalid(name))?;
        let tensor = self.tensors.get(&original).ok_or_else(|| EncoderError::invalid(&original))?;
        Ok(tensor.to_dtype(DType::F32)?)
    }

    /// Returns a tensor whose rows are taken one by one.
    pub(crate) fn rows(&self, name: &str) -> Result<QTensor, EncoderError> {
        Ok(QTensor::quantize(&self.tensor(name)?, GgmlDType::F32)?)
    }
}

// Converted encoders name tensors as GGUF does.
fn translated(name: &str) -> Option<String> {
    let (stem, kind) = name.rsplit_once('.')?;
    let of_layer = |part: &str| {
        Some(match part {
            "attn_q" => "attention.self.query",
            "attn_k" => "attention.self.key",
            "attn_v" => "attention.self.value",
            "attn_output" => "attention.output.dense",
            "attn_output_norm" => "attention.output.LayerNorm",
            "ffn_up" => "intermediate.dense",
            "ffn_down" => "output.dense",
            "layer_output_norm" => "output.LayerNorm",
            _ => return None,
        })
    };
    let stem = match stem {
        "token_embd" => "embeddings.word_embeddings".to_owned(),
        "position_embd" => "embeddings.position_embeddings".to_owned(),
        "token_types" => "embeddings.token_type_embeddings".to_owned(),
        "token_embd_norm" => "embeddings.LayerNorm".to_owned(),
        _ => {
            let (layer, part) = stem.strip_prefix("blk.")?.split_once('.')?;
            format!("encoder.layer.{layer}.{}", of_layer(part)?)
        }
    };
    Some(format!("{stem}.{kind}"))
}

#[cfg(test)]
mod tests {
    use super::super::{Encoder, Engine, TOKENIZER};
    use super::*;

    const TOKENS: &str = r#"{"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
        "pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":null,"decoder":null,
        "model":{"type":"WordLevel","vocab":{"<s>":0,"query:":1,"</s>":2,"<unk>":3,"oferta":4,"poliza":5,"contrato":6},"unk_token":"<unk>"}}"#;

    /// A network of the right shapes with made-up numbers and seven words.
    fn made_up(folder: &Path, change: impl Fn(&str, Vec<usize>) -> Option<Vec<usize>>) {
        let [width, layers, _, wide, places] = SHAPE;
        let mut shapes: Vec<(String, Vec<usize>)> = vec![
            ("embeddings.word_embeddings.weight".into(), vec![7, width]),
            ("embeddings.position_embeddings.weight".into(), vec![places, width]),
            ("embeddings.token_type_embeddings.weight".into(), vec![2, width]),
            ("embeddings.LayerNorm.weight".into(), vec![width]),
            ("embeddings.LayerNorm.bias".into(), vec![width]),
        ];
        for layer in 0..layers {
            for (part, rows, columns) in [
                ("attention.self.query", width, width),
                ("attention.self.key", width, width),
                ("attention.self.value", width, width),
                ("attention.output.dense", width, width),
                ("intermediate.dense", wide, width),
                ("output.dense", width, wide),
            ] {
                shapes.push((format!("encoder.layer.{layer}.{part}.weight"), vec![rows, columns]));
                shapes.push((format!("encoder.layer.{layer}.{part}.bias"), vec![rows]));
            }
            for part in ["attention.output.LayerNorm", "output.LayerNorm"] {
                shapes.push((format!("encoder.layer.{layer}.{part}.weight"), vec![width]));
                shapes.push((format!("encoder.layer.{layer}.{part}.bias"), vec![width]));
            }
        }
        let mut tensors = HashMap::new();
        for (number, (name, shape)) in shapes.into_iter().enumerate() {
            let Some(shape) = change(&name, shape) else { continue };
            let count: usize = shape.iter().product();
            // Cheap and even enough: the weights of the norms lie about 1, all else about 0.
            let base = if name.ends_with("LayerNorm.weight") { 1.0 } else { 0.0 };
            let mut state = number as u32 + 1;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                base + ((state >> 16) as f32 / 65_536.0 - 0.5) * 0.12
            };
            let numbers: Vec<f32> = (0..count).map(|_| next()).collect();
            tensors.insert(name, Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap());
        }
        candle_core::safetensors::save(&tensors, folder.join(WEIGHTS)).unwrap();
        std::fs::write(folder.join(TOKENIZER), TOKENS).unwrap();
        let hash = hex::encode(Sha256::digest(std::fs::read(folder.join(WEIGHTS)).unwrap()));
        std::fs::write(folder.join(PIN), format!("{hash}  {WEIGHTS}\n")).unwrap();
    }

    #[test]
    fn the_original_is_loaded_as_it_is_and_agrees_with_the_reference() {
        let folder = tempfile::tempdir().unwrap();
        made_up(folder.path(), |_, shape| Some(shape));
        let own = Encoder::open(folder.path()).unwrap();
        assert_eq!((own.width(), own.name()), (384, "e5-f32"));
        let reference = Encoder::open_with(folder.path(), Engine::Reference).unwrap();
        let texts = ["oferta contrato", "poliza"];
        let (own, reference) = (own.embed(&texts, 64).unwrap(), reference.embed(&texts, 64).unwrap());
        for (own, reference) in own.iter().zip(&reference) {
            let worst = own.iter().zip(reference).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(worst < 1e-4, "{worst}");
        }
        assert_ne!(own[0], own[1]);

        // Another hash than the pinned one, or none, and it is not used.
        std::fs::write(folder.path().join(PIN), "00").unwrap();
        assert_eq!(Encoder::open(folder.path()).unwrap_err().code(), "encoder.invalid");
        std::fs::remove_file(folder.path().join(PIN)).unwrap();
        assert_eq!(Encoder::open(folder.path()).unwrap_err().code(), "encoder.missing");
    }

    #[test]
    fn a_network_of_other_shapes_is_refused() {
        for (which, shape) in [
            ("embeddings.position_embeddings.weight", Some(vec![512, 96])),
            ("encoder.layer.11.intermediate.dense.weight", None),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let small = |name: &str, own: Vec<usize>| {
                if name == which {
                    shape.clone()
                } else if name.starts_with("encoder.layer") && !name.contains(".11.") {
                    None
                } else {
                    Some(own)
                }
            };
            made_up(folder.path(), small);
            assert_eq!(Encoder::open(folder.path()).unwrap_err().code(), "encoder.invalid", "{which}");
        }
    }
}
