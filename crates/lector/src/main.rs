//! `cotejo-lector`: the worker that reads hostile bytes in a jail, and recognises at low priority.
//!
//! - `cotejo-lector leer --pdfium LIBRARY [--tessdata DIR] [--memoria MB]`
//! - `cotejo-lector reconocer [--codificador DIR] [--memoria MB]`
//!
//! Frames of [`cotejo_lector_protocol`] come in on the standard input and go out on the standard output, where nothing else is ever written.
//! The first line of the standard error says what the jail enforces. Exit status: 0 when the input ends, 2 for wrong use, 3 when something is
//! missing on this machine (said on the standard error as `code: detail`), 4 when the pipe breaks.

mod answer;
mod arguments;
mod jail;
mod leer;
mod pliego;
mod reconocer;

use arguments::{Arguments, Role};
use std::io::Write;
use std::process::ExitCode;

/// Tells why the worker ends before its input does.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// The words of the call are wrong.
    #[error("lector.wrong_use: {0}")]
    WrongUse(String),
    /// Something is missing on this machine.
    #[error("{0}")]
    Missing(String),
    /// The pipe to the core broke.
    #[error("lector.pipe: {0}")]
    Pipe(#[from] cotejo_lector_protocol::FrameError),
}

fn main() -> ExitCode {
    let outcome = Arguments::parse(std::env::args_os().skip(1)).and_then(|arguments| match arguments.role {
        Role::Leer => leer::run(&arguments),
        Role::Reconocer => reconocer::run(&arguments),
    });
    let Err(failure) = outcome else { return ExitCode::SUCCESS };
    // The core reads this line; when even that pipe is gone there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "{failure}");
    ExitCode::from(match failure {
        Failure::WrongUse(_) => 2,
        Failure::Missing(_) => 3,
        Failure::Pipe(_) => 4,
    })
}
