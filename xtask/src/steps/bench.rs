//! Measurements, training and the evaluation of the models, in release builds.

use super::environment::{cargo, product};
use crate::paths;
use crate::process::{StepError, run, say};

const REMEDY: &str = "the output above names what failed";

/// Measures against the named peers and writes docs/benchmarks.md.
pub(crate) fn bench() -> Result<(), StepError> {
    super::set_up()?;
    let root = paths::repository();
    super::python::ensure_python()?;
    // Without its peers a measurement stands alone, and says so.
    if let Err(error) = super::python::ensure_peers() {
        say(&format!("some peers are not measured: {error}"));
    }
    let build = ["build", "--release", "--package", "cotejo-lector", "--package", "cotejo-bench"];
    run(&root, cargo().args(build), REMEDY)?;
    run(&root, cargo().args(["build", "--package", "cotejo-sample"]), REMEDY)?;
    let program = |profile: &str, name: &str| {
        paths::target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    };
    let mut command = product(&program("release", "cotejo-bench"));
    command
        .env("COTEJO_LECTOR", program("release", "cotejo-lector"))
        .env("COTEJO_MUESTRA", program("debug", "cotejo-sample"))
        .env("COTEJO_WHEELS", paths::cache().join("wheels"))
        .env("OMP_THREAD_LIMIT", "1");
    run(&root, &mut command, REMEDY)
}

/// Trains the page-type heads on generated pages and writes `models/`.
pub(crate) fn train() -> Result<(), StepError> {
    super::set_up()?;
    let words = ["run", "--release", "--package", "cotejo-training", "--", "entrenar"];
    run(&paths::repository(), cargo().args(words), REMEDY)
}

/// Measures recognition end to end on rendered files and writes models/EVALUATION.md; `options` go to `cotejo-training medir`.
pub(crate) fn evaluate_models(options: &[String]) -> Result<(), StepError> {
    super::set_up()?;
    let root = paths::repository();
    let build = ["build", "--release", "--package", "cotejo-lector", "--package", "cotejo-training"];
    run(&root, cargo().args(build), REMEDY)?;
    let program =
        |name: &str| paths::target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let mut command = product(&program("cotejo-training"));
    command
        .arg("medir")
        .args(options)
        .env("COTEJO_LECTOR", program("cotejo-lector"))
        .env("CARGO_TARGET_DIR", paths::target())
        .env("OMP_THREAD_LIMIT", "1");
    run(&root, &mut command, REMEDY)
}
