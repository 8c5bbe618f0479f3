//! What the worker tries from inside its jail when it is asked what holds: each attempt is harmless where it succeeds.

use cotejo_lector_protocol::{Attempt, ForbiddenAct};

/// Tries every forbidden act once.
pub(super) fn all() -> Vec<Attempt> {
    let mut attempts = Vec::new();
    let mut note = |act, outcome: std::io::Result<()>| {
        attempts.push(Attempt {
            act,
            refused: outcome.is_err(),
            detail: outcome.map_or_else(|error| error.to_string(), |()| String::new()),
        });
    };
    #[cfg(unix)]
    note(ForbiddenAct::OpenSocket, std::os::unix::net::UnixDatagram::unbound().map(drop));
    #[cfg(unix)]
    note(ForbiddenAct::ReadFile, std::fs::File::open("/").map(drop));
    #[cfg(unix)]
    note(ForbiddenAct::WriteFile, std::fs::OpenOptions::new().write(true).open("/dev/null").map(drop));
    #[cfg(windows)]
    note(ForbiddenAct::ReadFile, std::env::current_exe().and_then(std::fs::File::open).map(drop));
    note(ForbiddenAct::StartProcess, start_itself());
    attempts
}

// The program itself without its words: where it may start it ends at once, with the status for wrong use.
fn start_itself() -> std::io::Result<()> {
    use std::process::{Command, Stdio};
    let program = std::env::args_os().next().unwrap_or_default();
    let mut command = Command::new(program);
    // What it inherits needs no opening: only the start itself can be refused.
    command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
    command.status().map(drop)
}
