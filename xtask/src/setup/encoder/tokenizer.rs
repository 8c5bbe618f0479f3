//! Writes `tokenizer.json` for crate `tokenizers`: Unigram, NFKC, white space folded, a space mark before every word.

use super::source::{Model, Piece};
use serde_json::json;

/// Writes the tokenizer over the `kept` pieces, whose position is their new identifier.
pub(super) fn write(model: &Model<'_>, kept: &[usize]) -> Vec<u8> {
    let vocabulary: Vec<(&str, f64)> = kept
        .iter()
        .filter_map(|index| model.pieces.get(*index))
        .map(|Piece { text, score }| (text.as_str(), f64::from(*score)))
        .collect();
    let special = |id: u32, content: &str| {
        json!({ "id": id, "content": content, "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true })
    };
    // Control and zero-width characters separate or vanish as in the original's rules; runs of white space become one space.
    let replace = |pattern: &str, content: &str| json!({ "type": "Replace", "pattern": { "Regex": pattern }, "content": content });
    let tokenizer = json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": [special(0, "<s>"), special(1, "<pad>"), special(2, "</s>"), special(3, "<unk>")],
        "normalizer": { "type": "Sequence", "normalizers": [
            replace("[\\x01-\\x08\\x0b\\x0e-\\x1f\\x7f\\x{8f}\\x{9f}]", ""),
            { "type": "NFKC" },
            replace("[\\s\\x{200b}-\\x{200f}\\x{2028}\\x{2029}\\x{2581}\\x{feff}\\x{fffd}]+", " "),
            { "type": "Strip", "strip_left": true, "strip_right": true },
        ] },
        "pre_tokenizer": { "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true },
        "post_processor": { "type": "TemplateProcessing",
            "single": [ { "SpecialToken": { "id": "<s>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } },
                        { "SpecialToken": { "id": "</s>", "type_id": 0 } } ],
            "pair": [ { "SpecialToken": { "id": "<s>", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } },
                      { "SpecialToken": { "id": "</s>", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 0 } },
                      { "SpecialToken": { "id": "</s>", "type_id": 0 } } ],
            "special_tokens": {
                "<s>": { "id": "<s>", "ids": [0], "tokens": ["<s>"] },
                "</s>": { "id": "</s>", "ids": [2], "tokens": ["</s>"] } } },
        "decoder": { "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true },
        "model": { "type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": false },
    });
    tokenizer.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setup::encoder::source::Shape;
    use std::collections::BTreeMap;

    #[test]
    fn kept_pieces_are_renumbered_with_their_scores() {
        let pieces = ["<s>", "<pad>", "</s>", "<unk>", "я", "▁de"]
            .into_iter()
            .zip([0.0, 0.0, 0.0, 0.0, -1.0, -5.5])
            .map(|(text, score)| Piece { text: text.into(), score })
            .collect();
        let shape = Shape {
            hidden: 32,
            layers: 0,
            heads: 1,
            feed_forward: 32,
            vocabulary: 6,
            positions: 1,
            token_types: 1,
            norm_epsilon: 1e-12,
        };
        let model = Model { shape, pieces, tensors: BTreeMap::new() };
        let json: serde_json::Value = serde_json::from_slice(&write(&model, &[0, 1, 2, 3, 5])).unwrap();
        assert_eq!(json["model"]["vocab"][4], serde_json::json!(["▁de", -5.5]));
        assert_eq!(json["model"]["vocab"].as_array().unwrap().len(), 5);
    }
}
