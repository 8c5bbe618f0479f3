//! Prints what is said of the signatures of PDFs, one JSON line a file: `verify [--anchors DIR] FILE…`.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use cotejo_signature_verify::{Options, verify_pdf};

fn main() -> std::io::Result<()> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--anchors" {
            for entry in std::fs::read_dir(arguments.next().unwrap_or_default())? {
                options.anchors.push(std::fs::read(entry?.path())?);
            }
            continue;
        }
        let bytes = std::fs::read(&argument)?;
        let start = std::time::Instant::now();
        let read = verify_pdf(&bytes, &options);
        let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        println!(
            "{}",
            serde_json::json!({"file": argument, "ms": milliseconds, "signatures": read.value, "findings": read.findings})
        );
    }
    Ok(())
}
