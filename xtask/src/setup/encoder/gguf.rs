//! Writes the weights as GGUF 3: an open container that candle and others read, its tensors under their customary names.

use super::source::{BLOCK, BLOCK_BYTES, Malformed, Model, Storage, Tensor};

const ALIGNMENT: usize = 32;
const TYPE_UINT32: u32 = 4;
const TYPE_FLOAT32: u32 = 6;
const TYPE_STRING: u32 = 8;

struct Entry<'a> {
    name: String,
    /// Rows and columns; a vector has no rows.
    dimensions: Vec<usize>,
    storage: Storage,
    bytes: std::borrow::Cow<'a, [u8]>,
}

/// Writes the model with only the `kept` rows of the word embeddings.
pub(super) fn write(model: &Model<'_>, kept: &[usize]) -> Result<Vec<u8>, Malformed> {
    let entries = entries(model, kept)?;
    let mut header = Vec::new();
    header.extend(b"GGUF");
    header.extend(3_u32.to_le_bytes());
    header.extend((entries.len() as u64).to_le_bytes());
    let metadata = metadata(model);
    header.extend((metadata.len() as u64).to_le_bytes());
    for (key, value) in &metadata {
        push_text(&mut header, key);
        header.extend(value);
    }
    let mut offset = 0;
    for entry in &entries {
        push_text(&mut header, &entry.name);
        header.extend((u32::try_from(entry.dimensions.len()).unwrap_or(0)).to_le_bytes());
        for dimension in entry.dimensions.iter().rev() {
            header.extend((*dimension as u64).to_le_bytes());
        }
        let kind: u32 = match entry.storage {
            Storage::F32 => 0,
            Storage::Q4 => 2,
        };
        header.extend(kind.to_le_bytes());
        header.extend((offset as u64).to_le_bytes());
        offset += entry.bytes.len().next_multiple_of(ALIGNMENT);
    }
    let mut file = header;
    for entry in &entries {
        file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
        file.extend(entry.bytes.iter());
    }
    Ok(file)
}

fn metadata(model: &Model<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let shape = &model.shape;
    let text = |value: &str| {
        let mut bytes = TYPE_STRING.to_le_bytes().to_vec();
        push_text(&mut bytes, value);
        bytes
    };
    let number = |value: usize| {
        let mut bytes = TYPE_UINT32.to_le_bytes().to_vec();
        bytes.extend(u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
        bytes
    };
    let mut epsilon = TYPE_FLOAT32.to_le_bytes().to_vec();
    epsilon.extend(shape.norm_epsilon.to_le_bytes());
    vec![
        ("general.architecture", text("bert")),
        ("general.name", text("multilingual-e5-small, pieces of Spanish only")),
        ("general.license", text("MIT")),
        ("bert.embedding_length", number(shape.hidden)),
        ("bert.block_count", number(shape.layers)),
        ("bert.attention.head_count", number(shape.heads)),
        ("bert.feed_forward_length", number(shape.feed_forward)),
        ("bert.context_length", number(shape.positions)),
        ("bert.attention.layer_norm_epsilon", epsilon),
    ]
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

fn entries<'a>(model: &'a Model<'a>, kept: &[usize]) -> Result<Vec<Entry<'a>>, Malformed> {
    let shape = &model.shape;
    let (hidden, wide) = (shape.hidden, shape.feed_forward);
    let mut entries = vec![Entry {
        name: "token_embd.weight".into(),
        dimensions: vec![kept.len(), hidden],
        storage: Storage::Q4,
        bytes: rows(tensor(model, "emb.word", shape.vocabulary * hidden)?, hidden, kept)?.into(),
    }];
    let mut add = |target: String, source: String, dimensions: Vec<usize>| -> Result<(), Malformed> {
        let tensor = tensor(model, &source, dimensions.iter().product())?;
        entries.push(Entry { name: target, dimensions, storage: tensor.storage, bytes: tensor.bytes.into() });
        Ok(())
    };
    add("position_embd.weight".into(), "emb.pos".into(), vec![shape.positions, hidden])?;
    add("token_types.weight".into(), "emb.type".into(), vec![shape.token_types, hidden])?;
    add("token_embd_norm.weight".into(), "emb.ln.w".into(), vec![hidden])?;
    add("token_embd_norm.bias".into(), "emb.ln.b".into(), vec![hidden])?;
    for layer in 0..shape.layers {
        for (target, source, outputs, inputs) in [
            ("attn_q", "q", hidden, hidden),
            ("attn_k", "k", hidden, hidden),
            ("attn_v", "v", hidden, hidden),
            ("attn_output", "ao", hidden, hidden),
            ("ffn_up", "fi", wide, hidden),
            ("ffn_down", "fo", hidden, wide),
        ] {
            add(
                format!("blk.{layer}.{target}.weight"),
                format!("l{layer}.{source}.w"),
                vec![outputs, inputs],
            )?;
            add(format!("blk.{layer}.{target}.bias"), format!("l{layer}.{source}.b"), vec![outputs])?;
        }
        for (target, source) in [("attn_output_norm", "aln"), ("layer_output_norm", "oln")] {
            add(format!("blk.{layer}.{target}.weight"), format!("l{layer}.{source}.w"), vec![hidden])?;
            add(format!("blk.{layer}.{target}.bias"), format!("l{layer}.{source}.b"), vec![hidden])?;
        }
    }
    Ok(entries)
}

fn tensor<'a>(model: &'a Model<'a>, name: &str, elements: usize) -> Result<Tensor<'a>, Malformed> {
    match model.tensors.get(name) {
        Some(tensor) if tensor.elements == elements => Ok(*tensor),
        Some(tensor) => Err(Malformed(format!("{name} holds {} numbers, not {elements}", tensor.elements))),
        None => Err(Malformed(format!("{name} is missing"))),
    }
}

fn rows(tensor: Tensor<'_>, columns: usize, kept: &[usize]) -> Result<Vec<u8>, Malformed> {
    if tensor.storage != Storage::Q4 || !columns.is_multiple_of(BLOCK) {
        return Err(Malformed("the word embeddings are not stored in whole blocks".into()));
    }
    let row_bytes = columns / BLOCK * BLOCK_BYTES;
    let mut bytes = Vec::with_capacity(kept.len() * row_bytes);
    for row in kept {
        let row = tensor.bytes.get(row * row_bytes..(row + 1) * row_bytes);
        bytes.extend(row.ok_or_else(|| Malformed("a piece has no embedding".into()))?);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pruned_rows_keep_their_own_bytes() {
        let bytes: Vec<u8> = (0..4_u8).flat_map(|row| vec![row; BLOCK_BYTES]).collect();
        let tensor = Tensor { storage: Storage::Q4, elements: 4 * BLOCK, bytes: &bytes };
        let rows = rows(tensor, BLOCK, &[0, 3]).unwrap();
        assert_eq!(rows, [vec![0; BLOCK_BYTES], vec![3; BLOCK_BYTES]].concat());
    }
}
