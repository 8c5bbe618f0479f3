//! The program `cotejo-lector`; what it does stands in the library of the same name.

use std::process::ExitCode;

fn main() -> ExitCode {
    cotejo_lector::run(std::env::args_os().skip(1))
}
