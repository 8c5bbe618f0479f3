//! Every test: formatting, lints, the crates, the interface, the window. `--full` adds the long runs.

use super::environment::cargo;
use super::{system, ui};
use crate::paths;
use crate::process::{StepError, answers, on_path, run, say};
use std::process::Command;

const REMEDY: &str = "the output above names what failed";

pub(crate) fn test(full: bool) -> Result<(), StepError> {
    super::set_up()?;
    say("packages for the tests");
    system::ensure_packages(system::FOR_TESTS)?;
    ensure_python()?;
    let root = paths::repository();
    let scale = |command: &mut Command| {
        if full {
            command.env("COTEJO_FULL", "1");
        }
    };
    run(&root, cargo().args(["fmt", "--all", "--check"]), "run `cargo fmt --all`")?;
    let mut build = cargo();
    build.args(["build", "--workspace", "--all-targets", "--locked"]);
    run(&root, &mut build, REMEDY)?;
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    scale(&mut tests);
    run(&root, &mut tests, REMEDY)?;
    let mut clippy = cargo();
    // A folder of its own: checking and building would wait for each other's lock.
    clippy.env("CARGO_TARGET_DIR", paths::target().join("clippy"));
    clippy.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]);
    run(&root, &mut clippy, REMEDY)?;
    deny(full)?;
    let interface = root.join("ui");
    for script in ["check", "lint", "test"] {
        run(&interface, &mut ui::npm(&["run", script]), REMEDY)?;
    }
    window(full)
}

/// Licences and advisories, where cargo-deny is installed; the long run insists on it.
fn deny(full: bool) -> Result<(), StepError> {
    if !answers("cargo-deny", "--version") {
        if !full {
            say("skipped: cargo-deny is not installed (the long run installs it)");
            return Ok(());
        }
        run(&paths::repository(), Command::new("cargo").args(["install", "--locked", "cargo-deny"]), REMEDY)?;
    }
    let mut command = cargo();
    command.args(["deny", "--offline", "check", "bans", "licenses", "sources"]);
    run(
        &paths::repository(),
        &mut command,
        "deny.toml says what is allowed; an exception needs its reason there",
    )
}

/// The independent judges of signatures and text, in an environment of their own.
pub(super) fn ensure_python() -> Result<(), StepError> {
    const PACKAGES: [&str; 3] = ["pyhanko==0.38.0", "pyhanko-cli==0.6.0", "pypdfium2==5.15.2"];
    let python = paths::python();
    let mark = paths::cache().join("python").join(".cotejo-packages");
    let wanted = PACKAGES.join("\n");
    if python.exists() && std::fs::read_to_string(&mark).is_ok_and(|present| present == wanted) {
        say("the tests' Python is there");
        return Ok(());
    }
    let remedy = "python3 with venv and pip is needed (Debian: python3-venv python3-pip)";
    let root = paths::repository();
    run(&root, Command::new("python3").args(["-m", "venv"]).arg(paths::cache().join("python")), remedy)?;
    run(&root, Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES), remedy)?;
    std::fs::write(&mark, wanted).map_err(|error| StepError::new(error.to_string(), remedy))
}

/// The journey through the real window, where a virtual display can be had.
fn window(full: bool) -> Result<(), StepError> {
    let folder = paths::repository().join("tests").join("window");
    if !cfg!(target_os = "linux") || !on_path("WebKitWebDriver") || !on_path("Xvfb") {
        say("skipped: the window's journey needs Xvfb and WebKitWebDriver");
        return Ok(());
    }
    ui::ensure_packages(&folder)?;
    let mut journey = ui::npm(&["test"]);
    let binary = |name: &str| paths::target().join("debug").join(name);
    journey
        .env("COTEJO_APP", binary("cotejo-app"))
        .env("COTEJO_CLI", binary("cotejo"))
        .env("COTEJO_LECTOR", binary("cotejo-lector"))
        .env("COTEJO_RECURSOS", paths::resources())
        .env("COTEJO_PYTHON", paths::python());
    if full {
        journey.env("COTEJO_FULL", "1");
    }
    run(&folder, &mut journey, REMEDY)
}
