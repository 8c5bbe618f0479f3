//! What the operating system's packages give.

use crate::process::{StepError, answers, run, say};
use std::process::Command;

/// What the product needs to be built and run.
pub(crate) const FOR_USE: &[&str] = &[
    "build-essential",
    "pkg-config",
    "file",
    "libssl-dev",
    // The bindings of SQLite are made during the build.
    "libclang-dev",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "libxdo-dev",
    "libtesseract-dev",
    "libleptonica-dev",
    "tesseract-ocr",
    "tesseract-ocr-spa",
    "tesseract-ocr-osd",
    "python3-venv",
    "python3-pip",
];
/// What its tests need besides.
pub(crate) const FOR_TESTS: &[&str] =
    &["xvfb", "webkit2gtk-driver", "poppler-utils", "qpdf", "fonts-liberation", "default-jdk-headless"];

/// Installs the packages that are not there yet. Off Debian it says what has to be installed by hand.
pub(crate) fn ensure_packages(packages: &[&str]) -> Result<(), StepError> {
    if cfg!(not(target_os = "linux")) || !answers("dpkg", "--version") {
        say(&format!(
            "not Debian: install by hand, by this system's means, what these Debian packages give: {}",
            packages.join(" ")
        ));
        if cfg!(target_os = "macos") {
            say("macOS: xcode-select --install; brew install llvm tesseract tesseract-lang pkg-config");
        }
        if cfg!(windows) {
            say(
                "Windows: Visual Studio Build Tools with C++ and Clang, WebView2, and Tesseract with spa.traineddata (set TESSDATA_PREFIX)",
            );
        }
        return Ok(());
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        say("all there");
        return Ok(());
    }
    let remedy = format!("as root: apt-get install --no-install-recommends {}", missing.join(" "));
    let temporary = std::env::temp_dir().join(format!("cotejo-apt-{}", std::process::id()));
    std::fs::create_dir_all(&temporary)
        .map_err(|error| StepError::new(error.to_string(), remedy.as_str()))?;
    let apt = |arguments: &[&str]| {
        let mut command = if is_root() { Command::new("apt-get") } else { sudo() };
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").env("TMPDIR", &temporary);
        // What each package says while it is unpacked helps nobody; complaints come another way.
        command.stdout(std::process::Stdio::null());
        command
    };
    let here = std::path::Path::new(".");
    run(here, &mut apt(&["update", "-qq"]), &remedy)?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(&missing);
    let result = run(here, &mut apt(&arguments), &remedy);
    // A left-over folder in the temporary place does no harm.
    let _ = std::fs::remove_dir_all(&temporary);
    result
}

fn installed(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat=${Status}", package])
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("install ok installed"))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0"))
}

fn sudo() -> Command {
    let mut command = Command::new("sudo");
    command.arg("--preserve-env=DEBIAN_FRONTEND,TMPDIR").arg("apt-get");
    command
}
