//! Whether the crates compile for Windows, asked from Linux: a check, nothing is linked or run.
//!
//! Where the compiler has Windows' standard library, that is enough. Elsewhere Debian's security archive has a compiler with the source
//! of its standard library: both are fetched by package name (apt proves them), laid down in the cache without installing them, and
//! the library is checked along with the crates.

use super::report::Report;
use super::{environment, system};
use crate::paths;
use crate::process::{StepError, answers, quietly, run, say};
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "x86_64-pc-windows-gnu";
/// C compilers for Windows, and the headers of OpenSSL, which are the same for every system.
const PACKAGES: &[&str] = &["gcc-mingw-w64-x86-64", "g++-mingw-w64-x86-64", "libssl-dev"];
/// The crates that everything under `crates/` stands behind.
const CHECKED: &[&str] = &["--package", "cotejo-cli", "--package", "cotejo-lector"];

/// Says why the check cannot be made here.
enum Unavailable {
    Skipped(String),
    Failed(StepError),
}

/// Checks the crates for Windows, or says what is missing.
pub(crate) fn windows() -> Result<(), StepError> {
    match check() {
        Ok(()) => Ok(()),
        Err(Unavailable::Failed(error)) => Err(error),
        Err(Unavailable::Skipped(reason)) => Err(StepError::new(
            format!("the Windows check cannot be made here: {reason}"),
            "docs/platforms.md",
        )),
    }
}

/// The same as a step of the long run: what is missing is said, and is no failure.
pub(super) fn step(report: &mut Report) {
    match check() {
        Err(Unavailable::Skipped(reason)) => report.skip("the Windows check", &reason),
        Err(Unavailable::Failed(error)) => {
            report.step(|_| Err(error));
        }
        Ok(()) => {}
    }
}

fn check() -> Result<(), Unavailable> {
    let mut command = environment::cargo();
    command.args(["check", "--locked"]);
    if !cfg!(windows) {
        if !answers("apt-get", "--version") {
            return Err(Unavailable::Skipped("it needs Debian's compilers for Windows".into()));
        }
        system::ensure_packages(PACKAGES).map_err(Unavailable::Failed)?;
        for_windows(&mut command)?;
    }
    command.args(CHECKED);
    run(
        &paths::repository(),
        &mut command,
        "the compiler's message above names the place; cfg(windows) is what counts",
    )
    .map_err(Unavailable::Failed)
}

fn for_windows(command: &mut Command) -> Result<(), Unavailable> {
    let place = paths::cache().join("windows");
    command.args(["--target", TARGET]).env("CARGO_TARGET_DIR", place.join("target"));
    // Nothing is linked, so that the headers alone do for OpenSSL, and this system's list of libraries for the rest.
    let include = headers(&place).map_err(Unavailable::Failed)?;
    command
        .env("X86_64_PC_WINDOWS_GNU_OPENSSL_INCLUDE_DIR", &include)
        .env("X86_64_PC_WINDOWS_GNU_OPENSSL_LIB_DIR", &place)
        .env("PKG_CONFIG_ALLOW_CROSS", "1");
    let library =
        quietly(&place, Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    if library.is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    let toolchain = toolchain(&place).map_err(Unavailable::Skipped)?;
    command
        .args(["-Z", "build-std=std,panic_abort"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", toolchain.join("bin").join("rustc"))
        .env("LD_LIBRARY_PATH", toolchain.join("lib").join("x86_64-linux-gnu"));
    Ok(())
}

/// Copies the headers of OpenSSL to a place where no other header of this system lies.
fn headers(place: &Path) -> Result<PathBuf, StepError> {
    let include = place.join("include");
    let to = include.join("openssl");
    for from in ["/usr/include/openssl", "/usr/include/x86_64-linux-gnu/openssl"].map(Path::new) {
        let copied = std::fs::create_dir_all(&to).and_then(|()| {
            std::fs::read_dir(from)?.try_for_each(|entry| {
                entry.and_then(|entry| std::fs::copy(entry.path(), to.join(entry.file_name()))).map(drop)
            })
        });
        copied.map_err(|error| {
            StepError::new(format!("{}: {error}", from.display()), "apt-get install libssl-dev")
        })?;
    }
    Ok(include)
}

/// Lays Debian's newest compiler and the source of its library down in the cache; `Err` says what is missing.
fn toolchain(place: &Path) -> Result<PathBuf, String> {
    if cfg!(not(target_arch = "x86_64")) {
        return Err(format!("no standard library for {TARGET} (rustup target add {TARGET})"));
    }
    let lacking = |reason: String| {
        format!(
            "no standard library for {TARGET} (rustup target add {TARGET}), and Debian's compiler: {reason}"
        )
    };
    let packages = packages(place).map_err(lacking)?;
    let folder = place.join("toolchain");
    let mark = folder.join(".cotejo-packages");
    let wanted = packages.join("\n");
    if std::fs::read_to_string(&mark).is_ok_and(|present| present == wanted) {
        return Ok(folder.join("usr"));
    }
    say(&format!("a compiler with the source of its library: {}", packages.join(" ")));
    let archives = place.join("archives");
    for stale in [&folder, &archives] {
        // Absent is as good as removed.
        let _ = std::fs::remove_dir_all(stale);
        std::fs::create_dir_all(stale).map_err(|error| lacking(format!("{}: {error}", stale.display())))?;
    }
    quietly(&archives, Command::new("apt-get").arg("download").args(&packages)).map_err(lacking)?;
    let entries = std::fs::read_dir(&archives).map_err(|error| lacking(error.to_string()))?;
    for archive in entries.flatten() {
        quietly(place, Command::new("dpkg-deb").arg("--extract").arg(archive.path()).arg(&folder))
            .map_err(lacking)?;
    }
    let _ = std::fs::remove_dir_all(&archives);
    std::fs::write(&mark, wanted).map_err(|error| lacking(error.to_string()))?;
    Ok(folder.join("usr"))
}

/// Names the packages with their versions, the two whose names carry a version found by what depends on them.
fn packages(place: &Path) -> Result<Vec<String>, String> {
    let minimum = minimum_version();
    let mut packages = Vec::new();
    for name in ["rustc-web", "rust-web-src", "libstd-rust-web-dev"] {
        packages.push(format!("{name}={}", field(place, name, "Version: ")?));
    }
    let version =
        packages.first().and_then(|package| package.split_once('=')).map_or("", |(_, version)| version);
    if numbers(version) < numbers(&minimum) {
        return Err(format!("it is {version}, and {minimum} is needed"));
    }
    let depended = |of: &str, prefix: &str| -> Result<String, String> {
        let depends = field(place, of, "Depends: ")?;
        let found = depends.split([',', '|']).map(str::trim).find(|name| name.starts_with(prefix));
        let name = found.and_then(|name| name.split(' ').next());
        name.map(str::to_owned).ok_or_else(|| format!("{of} depends on no {prefix}"))
    };
    let library = depended("libstd-rust-web-dev", "libstd-rust-web-")?;
    packages.push(depended(&library, "libllvm")?);
    packages.push(library);
    Ok(packages)
}

fn field(place: &Path, package: &str, key: &str) -> Result<String, String> {
    let shown = quietly(place, Command::new("apt-cache").args(["show", "--no-all-versions", package]))?;
    let value = shown.lines().find_map(|line| line.strip_prefix(key));
    value.map(str::to_owned).ok_or_else(|| format!("{package} is not in the package lists"))
}

/// Returns the version of Rust that the workspace asks for.
fn minimum_version() -> String {
    let manifest = std::fs::read_to_string(paths::repository().join("Cargo.toml")).unwrap_or_default();
    let version = manifest.lines().find_map(|line| line.strip_prefix("rust-version = "));
    version.map_or_else(|| "1.94".into(), |version| version.trim_matches('"').to_owned())
}

fn numbers(version: &str) -> (u32, u32) {
    let mut parts = version.split(['.', '+', '-']).map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(numbers("1.100.0+dfsg1-1") > numbers("1.94"), "not by letters");
        assert!(
            numbers("1.85.0+dfsg3-1~deb12u3") < numbers(&minimum_version()),
            "the plain archive's is too old"
        );
    }
}
