//! Hands a file of ours to the program the person reads it with.

use cotejo_casework::view::{ErrorCode, ErrorView};
use cotejo_catalogue::message;
use std::path::Path;
use std::process::{Command, Stdio};

/// Opens `path` with the program the system has for it. The path is an argument of its own, never part of a command line.
pub(crate) fn open_with_system(path: &Path) -> Result<(), ErrorView> {
    let mut command = if cfg!(target_os = "windows") {
        Command::new("explorer")
    } else if cfg!(target_os = "macos") {
        Command::new("open")
    } else {
        Command::new("xdg-open")
    };
    command.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| ErrorView {
        code: ErrorCode::MissingHere,
        message: message("app.error.abrir", &[]),
        cause: message("app.error.abrir.causa", &[]),
        remedy: message("app.error.abrir.remedio", &[("ruta", &path.display().to_string())]),
        details: error.to_string(),
    })?;
    // Waits elsewhere, so that the child does not stay behind as a zombie.
    std::thread::spawn(move || child.wait());
    Ok(())
}
