//! `cargo xtask …`: set-up, run, test, bench and train. Every step prints what it does; a failed one names the remedy.

mod paths;
mod process;
mod setup;
mod steps;

use std::process::ExitCode;

const HELP: &str = "cargo xtask COMMAND
  run            sets everything up and opens Cotejo on the sample process (in the terminal where there is no display)
  test [--full]  sets everything up and passes every test; --full is the long run: fuzzing, Windows check, longer journeys
  setup          sets everything up
  fuzz [NAME…]   runs the fuzzers, or those named; COTEJO_FUZZ_SECONDS is the time of each (600)
  windows        checks that the crates compile for Windows
  bench          measures against the named peers and writes docs/benchmarks.md
  train          trains the page-type heads anew
  evaluate-models [OPTION…]  renders files from the templates kept from training, reads and recognises them and writes models/EVALUATION.md;
                 --digitales N, --escaneados N, --docx N: papers of each template; --cada N: every N-th template; --semilla N; --sin-ablacion;
                 --final: the final set instead, which can be used once, into models/FINAL-3.md";

#[expect(clippy::print_stderr, reason = "a program for the terminal")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let full = words.iter().any(|word| word == "--full");
    let result = match words.first().map(String::as_str) {
        Some("run") => steps::run(),
        Some("test") => steps::test(full),
        Some("setup") => steps::set_up().map(drop),
        Some("bench") => steps::bench(),
        Some("train") => steps::train(),
        Some("evaluate-models") => steps::evaluate_models(words.get(1..).unwrap_or_default()),
        Some("fuzz") => steps::fuzz(words.get(1..).unwrap_or_default()),
        Some("windows") => steps::windows(),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
