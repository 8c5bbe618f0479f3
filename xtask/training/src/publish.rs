//! Writes the trained heads as one file that their publisher signs (docs/models.md). The key comes from a file outside the repository.

use crate::{TrainingError, file_error, say};
use cotejo_domain::heads_file::{HeadsContents, HeadsFile, HeadsSeal, PAGE_TYPES_HEAD, SPANS_HEAD};
use ed25519_dalek::{Signer, SigningKey};
use std::path::{Path, PathBuf};

/// Names what is written.
struct Order {
    key: PathBuf,
    series: u32,
    made_on: jiff::civil::Date,
    output: PathBuf,
}

fn order(options: &[String]) -> Result<Order, TrainingError> {
    let wrong = || {
        TrainingError::Missing(
            "use: firmar-cabezas --clave FILE --serie N --fecha AAAA-MM-DD --salida FILE".into(),
        )
    };
    let value = |name: &str| {
        let place = options.iter().position(|word| word == name);
        place.and_then(|place| options.get(place + 1)).ok_or_else(wrong)
    };
    Ok(Order {
        key: value("--clave")?.into(),
        series: value("--serie")?.parse().map_err(|_| wrong())?,
        made_on: value("--fecha")?.parse().map_err(|_| wrong())?,
        output: value("--salida")?.into(),
    })
}

/// Signs the heads in `models` with the key in a file: 32 random bytes in hexadecimal.
pub(crate) fn run(options: &[String], models: &Path) -> Result<(), TrainingError> {
    let order = order(options)?;
    let text = std::fs::read_to_string(&order.key).map_err(file_error(&order.key))?;
    let seed: [u8; 32] = hex::decode(text.trim())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| TrainingError::Missing("the key is not 32 bytes in hexadecimal".into()))?;
    let key = SigningKey::from_bytes(&seed);
    let mut heads: Vec<(&str, String, Vec<u8>)> = Vec::new();
    for (name, manifest) in [(PAGE_TYPES_HEAD, "manifest.json"), (SPANS_HEAD, "spans.json")] {
        let (manifest, weights) = (models.join(manifest), models.join(format!("{name}.safetensors")));
        if !manifest.is_file() || !weights.is_file() {
            say(&format!("without {name}: it is not trained"));
            continue;
        }
        let described = std::fs::read_to_string(&manifest).map_err(file_error(&manifest))?;
        heads.push((name, described, std::fs::read(&weights).map_err(file_error(&weights))?));
    }
    let described: Vec<(&str, &str, &[u8])> = heads
        .iter()
        .map(|(name, manifest, weights)| (*name, manifest.as_str(), weights.as_slice()))
        .collect();
    let contents = HeadsContents::new(order.series, order.made_on, &described);
    let failed = |error: serde_json::Error| TrainingError::Missing(error.to_string());
    let (line, to_sign) = contents.to_sign().map_err(failed)?;
    let public = hex::encode(key.verifying_key().to_bytes());
    let seal =
        HeadsSeal { public_key: public.clone(), signature: hex::encode(key.sign(&to_sign).to_bytes()) };
    let weights: Vec<&[u8]> = described.iter().map(|(_, _, weights)| *weights).collect();
    let bytes = HeadsFile::written(&line, &seal, &weights).map_err(failed)?;
    std::fs::write(&order.output, &bytes).map_err(file_error(&order.output))?;
    say(&format!("{}: {} bytes, signed by {public}", order.output.display(), bytes.len()));
    Ok(())
}
