//! `cotejo-lector`: the worker that reads hostile bytes in a jail, and recognises at low priority.
//!
//! - `cotejo-lector leer --pdfium LIBRARY [--tessdata DIR] [--memoria MB] [--prioridad N]`
//! - `cotejo-lector reconocer [--codificador DIR] [--memoria MB] [--prioridad N]`
//!
//! Frames of [`cotejo_lector_protocol`] come in on the standard input and go out on the standard output, where nothing else is ever written.
//! The first line of the standard error says what the jail enforces. Exit status: 0 when the input ends, 2 for wrong use, 3 when something is
//! missing on this machine (said on the standard error as `code: detail`), 4 when the pipe breaks.
//!
//! It is a library so that the tests of the jail close the very same one around a process that then misbehaves; the program is `run`.

mod answer;
mod arguments;
mod heads;
pub mod jail;
mod leer;
mod pliego;
mod reconocer;

use arguments::{Arguments, Role};
use std::ffi::OsString;
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
    /// What must hold cannot be put in force here: nothing is read without it.
    #[error("lector.no_jail: {0}")]
    NoJail(#[from] jail::NotClosed),
    /// The pipe to the core broke.
    #[error("lector.pipe: {0}")]
    Pipe(#[from] cotejo_lector_protocol::FrameError),
}

/// Runs the worker until its input ends. `words` are those of the call, without the program's own name.
pub fn run(words: impl Iterator<Item = OsString>) -> ExitCode {
    let outcome = Arguments::parse(words).and_then(|arguments| {
        jail::lower_priority(arguments.niceness);
        match arguments.role {
            Role::Leer => leer::run(&arguments),
            Role::Reconocer => reconocer::run(&arguments),
        }
    });
    let Err(failure) = outcome else { return ExitCode::SUCCESS };
    // The core reads this line; when even that pipe is gone there is nobody left to tell.
    let _ = writeln!(std::io::stderr(), "{failure}");
    ExitCode::from(match failure {
        Failure::WrongUse(_) => 2,
        Failure::Missing(_) | Failure::NoJail(_) => 3,
        Failure::Pipe(_) => 4,
    })
}
