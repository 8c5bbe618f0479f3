//! Every test: formatting, lints, licences, the crates, the interface, the window. `--full` adds the long runs.

use super::environment::cargo;
use super::report::Report;
use super::{deny, fuzz, python, system, ui, windows};
use crate::paths;
use crate::process::{StepError, on_path, run, run_reading, say};
use std::process::Command;

const REMEDY: &str = "the output above names what failed";

/// Sets everything up and runs every step, also after one that failed; what failed is named last.
pub(crate) fn test(full: bool) -> Result<(), StepError> {
    super::set_up()?;
    say("packages for the tests");
    system::ensure_packages(system::FOR_TESTS)?;
    python::ensure_python()?;
    let root = paths::repository();
    let mut report = Report::default();
    report.step(|_| run(&root, cargo().args(["fmt", "--all", "--check"]), "run `cargo fmt --all`"));
    deny::deny(&mut report);
    report.step(|_| {
        let mut clippy = cargo();
        // A folder of its own: checking and building would wait for each other's lock.
        clippy.env("CARGO_TARGET_DIR", paths::target().join("clippy"));
        clippy.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]);
        run(&root, &mut clippy, REMEDY)
    });
    let interface = root.join("ui");
    for script in ["check", "lint"] {
        report.step(|_| run(&interface, &mut ui::npm(&["run", script]), REMEDY));
    }
    if full {
        windows::step(&mut report);
        fuzz::step(&mut report);
    }
    let built = report.step(|_| {
        let mut build = cargo();
        build.args(["build", "--workspace", "--all-targets", "--locked"]);
        run(&root, &mut build, "the compiler's message above names the place")
    });
    if built {
        crates(&mut report, full);
    } else {
        report.skip("the tests of the crates and of the window", "they do not build");
    }
    report.step(|tally| {
        run_reading(&interface, &mut ui::npm(&["run", "test"]), REMEDY, |line| tally.vitest(line))
    });
    if built {
        window(&mut report, full);
        if full {
            screenshots(&mut report);
        }
    }
    report.close()
}

fn with_scale(command: &mut Command, full: bool) {
    if full {
        command.env("COTEJO_FULL", "1");
    }
}

fn crates(report: &mut Report, full: bool) {
    report.step(|tally| {
        let mut tests = cargo();
        // With the output of tests that passed too: what one could not try, it says there.
        tests.args(["test", "--workspace", "--locked", "--no-fail-fast", "--", "--show-output"]);
        with_scale(&mut tests, full);
        if !full {
            // What is tried at random is the same on every machine; the full run looks further.
            tests.env("PROPTEST_RNG_SEED", "20261028");
        }
        run_reading(&paths::repository(), &mut tests, "the failed tests are named at the end", |line| {
            tally.cargo(line);
        })
    });
}

/// The journey through the real window, where a virtual display can be had.
fn window(report: &mut Report, full: bool) {
    if let Some(missing) = missing_display() {
        return report.skip("the window's journey", &missing);
    }
    let folder = paths::repository().join("tests").join("window");
    report.step(|tally| {
        ui::ensure_packages(&folder)?;
        let mut journey = ui::npm(&["test"]);
        with_window(&mut journey);
        with_scale(&mut journey, full);
        run_reading(&folder, &mut journey, REMEDY, |line| tally.node(line))
    });
}

/// Pictures of every view, in both sizes and both lights, and what the page itself finds wrong with them.
fn screenshots(report: &mut Report) {
    if let Some(missing) = missing_display() {
        return report.skip("screenshots", &missing);
    }
    let (folder, pictures) = (paths::repository().join("tests").join("window"), paths::cache().join("fotos"));
    report.step(|_| {
        ui::ensure_packages(&folder)?;
        let mut command = Command::new("node");
        command.arg("screenshots.js").arg(&pictures);
        with_window(&mut command);
        run(
            &folder,
            &mut command,
            &format!("the complaints are above; the pictures are in {}", pictures.display()),
        )
    });
}

fn missing_display() -> Option<String> {
    let missing: Vec<&str> =
        ["WebKitWebDriver", "Xvfb"].into_iter().filter(|program| !on_path(program)).collect();
    (!missing.is_empty()).then(|| format!("{} missing", missing.join(" and ")))
}

/// Names our programs for what drives the window.
fn with_window(command: &mut Command) {
    let binary = |name: &str| paths::target().join("debug").join(name);
    command
        .env("COTEJO_APP", binary("cotejo-app"))
        .env("COTEJO_CLI", binary("cotejo"))
        .env("COTEJO_LECTOR", binary("cotejo-lector"))
        .env("COTEJO_RECURSOS", paths::resources())
        .env("COTEJO_PYTHON", paths::python());
}
