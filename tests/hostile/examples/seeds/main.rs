//! Writes the seeds of `fuzz/corpus`: small valid inputs of every kind, made here. `cargo run -p cotejo-hostile --example seeds`.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

mod flowing;
mod seeds;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (target, name, bytes) in seeds::all()? {
        let folder = corpus.join(target);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("seed-{name}")), &bytes)?;
        println!("{target}/seed-{name}: {} bytes", bytes.len());
    }
    Ok(())
}
