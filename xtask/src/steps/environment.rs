//! The environment that every program started here gets.

use crate::paths;
use std::path::Path;
use std::process::Command;

/// Makes a cargo command that builds into the persistent target folder.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TARGET_DIR", paths::target());
    with_resources(&mut command);
    command
}

/// Makes a command for a program of ours.
pub(crate) fn product(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    with_resources(&mut command);
    command
}

fn with_resources(command: &mut Command) {
    let lector = format!("cotejo-lector{}", std::env::consts::EXE_SUFFIX);
    command
        .env("COTEJO_RECURSOS", paths::resources())
        .env("COTEJO_LECTOR", paths::target().join("debug").join(lector))
        .env("COTEJO_PYTHON", paths::python());
    let shared = paths::repository().join("..").join("shared").join("data");
    if std::env::var_os("COTEJO_SHARED").is_none() && shared.is_dir() {
        command.env("COTEJO_SHARED", shared);
    }
}
