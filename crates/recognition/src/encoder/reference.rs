//! The same network through `candle_transformers::models::bert::BertModel`: what our own pass is compared with, and the way to run
//! should a machine show that the own pass errs.

use super::EncoderError;
use super::weights::Source;
use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config, HiddenAct};
use std::collections::HashMap;

/// Builds the model with its first `layers` layers (all when `None`): its output is then that of the last of them.
pub(crate) fn load(source: &mut Source, layers: Option<usize>) -> Result<BertModel, EncoderError> {
    let layers = match layers {
        Some(layers) => layers,
        None => source.size("bert.block_count")?,
    };
    let tensors = tensors(source, layers)?;
    let rows = |name: &str| tensors.get(name).map_or(0, |tensor| tensor.dims()[0]);
    let config = Config {
        vocab_size: rows("embeddings.word_embeddings.weight"),
        hidden_size: source.size("bert.embedding_length")?,
        num_hidden_layers: layers,
        num_attention_heads: source.size("bert.attention.head_count")?,
        intermediate_size: source.size("bert.feed_forward_length")?,
        hidden_act: HiddenAct::Gelu,
        max_position_embeddings: source.size("bert.context_length")?,
        type_vocab_size: rows("embeddings.token_type_embeddings.weight"),
        layer_norm_eps: f64::from(source.epsilon()),
        ..Config::default()
    };
    let builder = VarBuilder::from_tensors(tensors, DType::F32, &Device::Cpu);
    Ok(BertModel::load(builder, &config)?)
}

/// Runs the model over one text.
pub(crate) fn forward(model: &BertModel, text: &[u32]) -> Result<Tensor, EncoderError> {
    let tokens = Tensor::new(text, &Device::Cpu)?.unsqueeze(0)?;
    let kinds = tokens.zeros_like()?;
    Ok(model.forward(&tokens, &kinds, None)?.squeeze(0)?)
}

fn tensors(source: &mut Source, layers: usize) -> Result<HashMap<String, Tensor>, EncoderError> {
    let mut tensors = HashMap::new();
    let mut add = |target: &str, origin: &str| -> Result<(), EncoderError> {
        tensors.insert(target.to_owned(), source.tensor(origin)?);
        Ok(())
    };
    add("embeddings.word_embeddings.weight", "token_embd.weight")?;
    add("embeddings.position_embeddings.weight", "position_embd.weight")?;
    add("embeddings.token_type_embeddings.weight", "token_types.weight")?;
    for kind in ["weight", "bias"] {
        add(&format!("embeddings.LayerNorm.{kind}"), &format!("token_embd_norm.{kind}"))?;
        for layer in 0..layers {
            for (target, origin) in [
                ("attention.self.query", "attn_q"),
                ("attention.self.key", "attn_k"),
                ("attention.self.value", "attn_v"),
                ("attention.output.dense", "attn_output"),
                ("attention.output.LayerNorm", "attn_output_norm"),
                ("intermediate.dense", "ffn_up"),
                ("output.dense", "ffn_down"),
                ("output.LayerNorm", "layer_output_norm"),
            ] {
                add(
                    &format!("encoder.layer.{layer}.{target}.{kind}"),
                    &format!("blk.{layer}.{origin}.{kind}"),
                )?;
            }
        }
    }
    Ok(tensors)
}
