//! The steps behind each command.

mod bench;
mod environment;
mod system;
mod test;
mod ui;

pub(crate) use bench::{bench, train};
pub(crate) use test::test;

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
    let remedy = "read the compiler's message above; `cargo xtask setup` says what is missing";
    let mut build = cargo();
    build.args(["build", "--package", "cotejo-cli", "--package", "cotejo-lector"]);
    run_program(&root, &mut build, remedy)?;
    let display = cfg!(not(target_os = "linux"))
        || std::env::var_os("DISPLAY").is_some()
        || std::env::var_os("WAYLAND_DISPLAY").is_some();
    let binary =
        |name: &str| paths::target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let demo = paths::cache().join("demo");
    if !display {
        let mut command = environment::product(&binary("cotejo"));
        command.args(["--datos"]).arg(demo.join("datos")).args(["demo", "--salida"]).arg(demo.join("salida"));
        return run_program(&root, &mut command, "`cotejo diagnostico` says what is missing on this machine");
    }
    let mut build = cargo();
    build.args(["build", "--package", "cotejo-app"]);
    run_program(&root, &mut build, remedy)?;
    if !demo.join("salida").join("evaluacion.json").exists() {
        let mut command = environment::product(&binary("cotejo"));
        command.args(["--datos"]).arg(demo.join("datos")).args(["demo", "--salida"]).arg(demo.join("salida"));
        run_program(&root, &mut command, "`cotejo diagnostico` says what is missing on this machine")?;
    }
    let mut window = environment::product(&binary("cotejo-app"));
    window.args(["--datos"]).arg(demo.join("datos"));
    run_program(
        &root,
        &mut window,
        "on Linux a display server is needed; without one `cargo xtask run` works in the terminal",
    )
}
