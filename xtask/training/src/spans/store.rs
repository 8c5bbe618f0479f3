//! Writes the tagger: its weights in half precision, and the manifest with the hashes of weights, data and code.

use super::fit::{Fitted, Schedule};
use crate::TrainingError;
use candle_core::DType;
use cotejo_recognition::spans::fields::ROLES;
use cotejo_recognition::spans::{Class, SpanManifest};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Returns a manifest that nothing is calibrated in yet.
pub(crate) fn manifest(schedule: &Schedule, layers: &[usize]) -> SpanManifest {
    SpanManifest {
        model: "tramos@1".into(),
        classes: Class::ALL.iter().map(|class| class.name().to_owned()).collect(),
        roles: ROLES.iter().map(|role| (*role).to_owned()).collect(),
        layers: layers.to_vec(),
        hidden: schedule.hidden,
        weights_sha256: String::new(),
        data_sha256: sha256(DATA),
        code_sha256: sha256(CODE),
        temperature: 1.0,
        role_temperature: 1.0,
        calibration: [1.0, 0.0],
        threshold: 0.5,
        ceiling: 0.85,
    }
}

/// Returns the bytes of the weights and the manifest that names their hash.
pub(crate) fn bytes(
    fitted: &Fitted,
    mut manifest: SpanManifest,
) -> Result<(Vec<u8>, SpanManifest), TrainingError> {
    let tensors: HashMap<&str, _> = fitted
        .tensors
        .iter()
        .map(|(name, tensor)| Ok((*name, tensor.to_dtype(DType::F16)?)))
        .collect::<candle_core::Result<_>>()?;
    let name = format!("cotejo-tramos-{}-{:?}.safetensors", std::process::id(), std::thread::current().id());
    let path = std::env::temp_dir().join(name);
    candle_core::safetensors::save(&tensors, &path)?;
    let weights = std::fs::read(&path).map_err(crate::file_error(&path))?;
    std::fs::remove_file(&path).map_err(crate::file_error(&path))?;
    manifest.weights_sha256 = hex::encode(Sha256::digest(&weights));
    Ok((weights, manifest))
}

/// What is learnt from: templates and vocabularies.
const DATA: &[&str] = &[
    include_str!("vocabulary.rs"),
    include_str!("../slots.rs"),
    include_str!("../../templates/tramos_contratos.txt"),
    include_str!("../../templates/tramos_formularios.txt"),
    include_str!("../../templates/tramos_personas.txt"),
    include_str!("../../templates/formularios_a.txt"),
    include_str!("../../templates/formularios_b.txt"),
    include_str!("../../templates/soportes_a.txt"),
    include_str!("../../templates/soportes_b.txt"),
    include_str!("../../templates/soportes_c.txt"),
    include_str!("../../templates/proceso.txt"),
    include_str!("../../templates/otros.txt"),
];

/// What makes the pages and fits the head.
const CODE: &[&str] = &[
    include_str!("mod.rs"),
    include_str!("pages.rs"),
    include_str!("fit.rs"),
    include_str!("../render.rs"),
    include_str!("../noise.rs"),
    include_str!("../random.rs"),
    include_str!("../../../../crates/recognition/src/spans/words.rs"),
    include_str!("../../../../crates/recognition/src/spans/windows.rs"),
    include_str!("../../../../crates/recognition/src/spans/fields.rs"),
];

// Line ends are a matter of the platform's checkout.
fn sha256(texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update(text.replace("\r\n", "\n").as_bytes());
        digest.update([0]);
    }
    hex::encode(digest.finalize())
}
