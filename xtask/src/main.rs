//! Set-up, run, test and bench.

mod setup;

use std::path::PathBuf;
use std::process::ExitCode;

#[expect(clippy::print_stderr, reason = "a program for the terminal")]
fn main() -> ExitCode {
    let folder = |variable: &str, otherwise: &str| {
        std::env::var_os(variable).map_or_else(
            || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(otherwise),
            PathBuf::from,
        )
    };
    let cache = folder("COTEJO_CACHE", ".cache/cotejo/wheels");
    let resources = folder("COTEJO_RECURSOS", ".local/share/cotejo/recursos");
    let mut status = ExitCode::SUCCESS;
    for step in [setup::ensure_pdfium, setup::ensure_encoder] {
        if let Err(error) = step(&cache, &resources) {
            eprintln!("error: {error}");
            status = ExitCode::FAILURE;
        }
    }
    status
}
