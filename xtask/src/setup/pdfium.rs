//! pdfium: the library that reads and renders PDF, taken out of the wheel `pypdfium2`.

use super::python::{self, Wheel};
use super::{Outcome, SetupError, installed, say};
use std::path::Path;

const MAKER: &str = "pdfium@1";

/// Pins, by operating system and processor, the wheel and the name of the library in it.
const WHEELS: [(&str, &str, &str, Wheel); 6] = [
    (
        "linux",
        "x86_64",
        "libpdfium.so",
        wheel(
            "manylinux_2_17_x86_64",
            "pypdfium2-5.15.2-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
            "dc31aea5b0fb9fefc9b537a65f4113980b2c40798445736a7e6565bc85161e37",
        ),
    ),
    (
        "linux",
        "aarch64",
        "libpdfium.so",
        wheel(
            "manylinux_2_17_aarch64",
            "pypdfium2-5.15.2-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.whl",
            "dd46e93c0c3a73f6cea8489baff6d77a5d0759dd53fbbce0aeb49c91830176fc",
        ),
    ),
    (
        "windows",
        "x86_64",
        "pdfium.dll",
        wheel(
            "win_amd64",
            "pypdfium2-5.15.2-py3-none-win_amd64.whl",
            "74d1bace34fb01c660d0b64344d5a4b7d276942b7c6623c88ab59ea21c5acfbd",
        ),
    ),
    (
        "windows",
        "aarch64",
        "pdfium.dll",
        wheel(
            "win_arm64",
            "pypdfium2-5.15.2-py3-none-win_arm64.whl",
            "a20398367f188eb817be156bfd00077dcb5f8ad06c093849f3fa70b8087b4a87",
        ),
    ),
    (
        "macos",
        "aarch64",
        "libpdfium.dylib",
        wheel(
            "macosx_13_0_arm64",
            "pypdfium2-5.15.2-py3-none-macosx_13_0_arm64.whl",
            "e71fe832e94421ac3c28d6a6ed4a9e61f22417089652d339f391c4ffc2a44c35",
        ),
    ),
    (
        "macos",
        "x86_64",
        "libpdfium.dylib",
        wheel(
            "macosx_13_0_x86_64",
            "pypdfium2-5.15.2-py3-none-macosx_13_0_x86_64.whl",
            "7f296a298074d76fb7c3d1ecb80d7097a96778bf0ad9c5c48a0170e56e2c6821",
        ),
    ),
];

const fn wheel(platform: &'static str, file: &'static str, sha256: &'static str) -> Wheel {
    Wheel { name: "pypdfium2", version: "5.15.2", platform, file, sha256 }
}

/// Lays the pdfium library for this system down in `resources/pdfium`, with the licences that come with it.
pub(crate) fn ensure_pdfium(cache: &Path, resources: &Path) -> Result<Outcome, SetupError> {
    let (system, processor) = (std::env::consts::OS, std::env::consts::ARCH);
    let (_, _, library, wheel) = WHEELS
        .iter()
        .find(|(os, arch, ..)| *os == system && *arch == processor)
        .ok_or_else(|| SetupError::NoPackage { system: format!("{system} {processor}") })?;
    let folder = resources.join("pdfium");
    if installed::is_complete(&folder, &wheel.requirement(), MAKER) {
        say(&format!("pdfium is in place: {}", folder.display()));
        return Ok(Outcome::AlreadyThere(folder));
    }
    let path = python::fetch(wheel, cache)?;
    say("taking the pdfium library and its licences out of the wheel");
    let inside = format!("pypdfium2_raw/{library}");
    let mut contents = python::entries(&path, |name| name == inside || name.contains("/licenses/"))?;
    for (name, _) in &mut contents {
        *name = if *name == inside { (*library).to_owned() } else { licence_name(name) };
    }
    if !contents.iter().any(|(name, _)| name == library) {
        return Err(SetupError::Layout { file: path.display().to_string(), reason: format!("no {inside}") });
    }
    let listed: Vec<(&str, &[u8])> =
        contents.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    installed::lay_down(&folder, &wheel.requirement(), MAKER, &listed)?;
    say(&format!("pdfium is in place: {}", folder.display()));
    Ok(Outcome::Installed(folder))
}

/// Flattens the path of a licence to one safe file name: what a wheel holds never chooses where it is written.
fn licence_name(path: &str) -> String {
    let tail = path.split_once("/licenses/").map_or(path, |(_, tail)| tail);
    let flat: String = tail
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '_' })
        .collect();
    format!("licences/{}", flat.trim_start_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wheel_slip_a_licence_named_with_dots_stays_in_its_folder() {
        assert_eq!(licence_name("x.dist-info/licenses/BUILD/agg23.txt"), "licences/BUILD_agg23.txt");
        assert_eq!(licence_name("x.dist-info/licenses/../../../x"), "licences/_.._.._x");
    }

    #[test]
    fn every_pin_is_a_whole_hash_and_names_its_version() {
        for (os, arch, _, wheel) in &WHEELS {
            assert_eq!(wheel.sha256.len(), 64, "{os} {arch}: the whole SHA-256 is pinned");
            assert!(wheel.file.contains(wheel.version), "{os} {arch}: file and version agree");
        }
    }
}
