//! The steps behind each command.

mod bench;
mod deny;
mod environment;
mod fuzz;
mod python;
mod report;
mod system;
mod test;
mod ui;
mod windows;

pub(crate) use bench::{bench, evaluate_models, train};
pub(crate) use fuzz::fuzz;
pub(crate) use test::test;
pub(crate) use windows::windows;

use crate::process::{StepError, run as run_program, say};
use crate::{paths, setup};
use environment::cargo;

/// Sets up what the product needs: system packages, pdfium, the encoder, the interface.
pub(crate) fn set_up() -> Result<(), StepError> {
    say("system packages");
    system::ensure_packages(system::FOR_USE)?;
    let (cache, resources) = (paths::cache().join("wheels"), paths::resources());
    say("pdfium");
    setup::ensure_pdfium(&cache, &resources)?;
    say("encoder");
    // The product runs without it and says so: not a reason to stop.
    if let Err(error) = setup::ensure_encoder(&cache, &resources) {
        say(&format!("sin codificador: n-gramas\n{error}"));
    }
    ui::ensure_built()
}

/// Sets everything up and opens Cotejo on the sample process; without a display it does the main job in the terminal.
pub(crate) fn run() -> Result<(), StepError> {
    set_up()?;
    let root = paths::repository();
    let mut build = cargo();
    // The whole workspace: what `cargo xtask test` builds on afterwards is then compiled with the same features, once.
    build.args(["build", "--workspace", "--bins", "--locked"]);
    run_program(
        &root,
        &mut build,
        "read the compiler's message above; `cargo xtask setup` installs what it may miss",
    )?;
    let display = cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty()));
    let demo = paths::cache().join("demo");
    let (data, output) = (demo.join("datos"), demo.join("salida"));
    if !display || !output.join("evaluacion.json").exists() {
        let mut command = environment::product(&binary("cotejo"));
        command.arg("--datos").arg(&data).args(["demo", "--salida"]).arg(&output);
        run_program(&root, &mut command, "`cotejo diagnostico` says what is missing on this machine")?;
    }
    if !display {
        say("no display: the main job was done in the terminal; with one this command opens the window");
        return Ok(());
    }
    let mut window = environment::product(&binary("cotejo-app"));
    window.arg("--datos").arg(&data);
    run_program(&root, &mut window, "without a display (unset DISPLAY) this command works in the terminal")
}

fn binary(name: &str) -> std::path::PathBuf {
    paths::target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
