//! The web interface: its packages and its build.

use crate::paths;
use crate::process::{StepError, run, say};
use std::path::Path;
use std::process::Command;

const REMEDY: &str = "Node 20 or later with npm is needed; delete node_modules and run this again";

pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments);
    command
}

/// Installs the packages of `folder` when its lock file changed since.
pub(crate) fn ensure_packages(folder: &Path) -> Result<(), StepError> {
    let (lock, mark) = (folder.join("package-lock.json"), folder.join("node_modules").join(".cotejo-lock"));
    let wanted = std::fs::read(&lock)
        .map_err(|error| StepError::new(format!("{}: {error}", lock.display()), REMEDY))?;
    if std::fs::read(&mark).is_ok_and(|present| present == wanted) {
        say("npm packages are there");
        return Ok(());
    }
    run(folder, &mut npm(&["ci", "--no-audit", "--no-fund"]), REMEDY)?;
    std::fs::write(&mark, wanted).map_err(|error| StepError::new(error.to_string(), REMEDY))
}

/// Builds the interface into `ui/dist`, which the window carries inside.
pub(crate) fn ensure_built() -> Result<(), StepError> {
    say("interface");
    let folder = paths::repository().join("ui");
    ensure_packages(&folder)?;
    run(&folder, &mut npm(&["run", "build"]), REMEDY)
}
