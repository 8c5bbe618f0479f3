//! `cotejo-sample`: writes one fictional process.
//!
//! `cotejo-sample --semilla N --proceso sie|lico|consultoria|lotes --salida DIR`
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program speaks to the terminal")]

use cotejo_sample::{SampleProcedure, generate};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut seed = 1;
    let mut procedure = SampleProcedure::Sie;
    let mut out = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next();
        let understood = match (name.as_str(), value) {
            ("--semilla", Some(value)) => value.parse().map(|number| seed = number).is_ok(),
            ("--proceso", Some(value)) => {
                SampleProcedure::parse(&value).map(|kind| procedure = kind).is_some()
            }
            ("--salida", Some(value)) => {
                out = Some(PathBuf::from(value));
                true
            }
            _ => false,
        };
        if !understood {
            eprintln!(
                "No se entiende «{name}». Uso: cotejo-sample --semilla N --proceso sie|lico|consultoria|lotes --salida CARPETA"
            );
            return ExitCode::from(2);
        }
    }
    let Some(out) = out else {
        eprintln!("Falta --salida CARPETA.");
        return ExitCode::from(2);
    };
    match generate(procedure, seed, &out) {
        Ok(truth) => {
            let files: usize = truth.bids.iter().map(|bid| bid.files.len()).sum();
            println!(
                "{}: {} ofertas, {files} archivos, en {}",
                truth.process.code,
                truth.bids.len(),
                out.display()
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("No se pudo escribir la muestra: {error}");
            ExitCode::FAILURE
        }
    }
}
