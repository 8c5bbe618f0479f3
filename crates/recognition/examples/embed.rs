//! Embeds the lines of standard input: prints one JSON array a line, and on standard error tokens, seconds and tokens a second.
//!
//! `cargo run -p cotejo-recognition --example embed -- FOLDER [own|reference] [tokens] < texts`; the benchmark and `docs/models.md`
//! rest on it.

use cotejo_recognition::encoder::{Encoder, Engine};
use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.first().ok_or("the folder of the encoder is needed")?;
    let engine = match arguments.get(1).map(String::as_str) {
        Some("reference") => Engine::Reference,
        _ => Engine::Own,
    };
    let limit = arguments.get(2).and_then(|limit| limit.parse().ok()).unwrap_or(512);
    let encoder = Encoder::open_with(Path::new(folder), engine)?;
    let texts: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut tokens = 0;
    for text in &texts {
        tokens += encoder.tokens(text, limit)?.len();
    }
    let start = Instant::now();
    let vectors = encoder.embed(&texts, limit)?;
    let seconds = start.elapsed().as_secs_f64();
    let mut output = std::io::stdout().lock();
    for vector in vectors {
        writeln!(output, "{}", serde_json::to_string(&vector)?)?;
    }
    #[expect(clippy::cast_precision_loss, reason = "thousands of tokens")]
    let speed = tokens as f64 / seconds;
    writeln!(std::io::stderr(), "{tokens} tokens, {seconds:.3} s, {speed:.0} tokens/s")?;
    Ok(())
}
