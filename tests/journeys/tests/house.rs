//! The invariants of ARCHITECTURE.md that a test can enforce.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise, and says what it skips")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("..")
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if !["target", "node_modules", "dist", ".git", "gen"].iter().any(|skipped| name == *skipped) {
                files(&path, extension, found);
            }
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
}

fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(&root().join(folder), "rs", &mut found);
    found.into_iter().map(|path| (path.clone(), std::fs::read_to_string(&path).expect("is text"))).collect()
}

fn dependencies(package: &str) -> BTreeSet<String> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "tree",
            "--offline",
            "--locked",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--package",
            package,
        ])
        .current_dir(root())
        .output()
        .expect("cargo tree runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn no_crate_of_the_core_depends_on_tauri() {
    for entry in std::fs::read_dir(root().join("crates")).expect("the crates").flatten() {
        let manifest = std::fs::read_to_string(entry.path().join("Cargo.toml")).expect("a manifest");
        assert!(!manifest.contains("tauri"), "{} must not know the shell", entry.path().display());
    }
    let casework = dependencies("cotejo-casework");
    assert!(!casework.iter().any(|name| name.starts_with("tauri")), "casework is the API of every shell");
}

#[test]
fn the_worker_cannot_reach_the_network_the_store_or_a_key() {
    let tree = dependencies("cotejo-lector");
    for forbidden in [
        "tauri",
        "sqlx",
        "reqwest",
        "keyring",
        "cotejo-signing",
        "cotejo-store",
        "cotejo-net",
        "tokio",
        "hyper",
    ] {
        assert!(!tree.contains(forbidden), "the worker parses hostile bytes and must not have {forbidden}");
    }
}

#[test]
fn only_net_opens_sockets() {
    for (path, text) in rust_files("crates") {
        let shown = path.display().to_string();
        if shown.contains("/crates/net/") || shown.contains("/tests/") {
            continue;
        }
        for word in ["TcpStream", "TcpListener", "UdpSocket", "reqwest::"] {
            let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
            let used = code.lines().any(|line| line.contains(word) && !line.trim_start().starts_with("//"));
            assert!(!used, "{shown} uses {word}: only crates/net opens sockets");
        }
    }
}

#[test]
fn every_module_says_what_it_is_for_and_none_is_too_long() {
    let mut lengths = Vec::new();
    for folder in ["crates", "src-tauri", "xtask", "tests"] {
        for (path, text) in rust_files(folder) {
            assert!(
                text.trim_start().starts_with("//!"),
                "{} does not open with its purpose",
                path.display()
            );
            lengths.push((text.lines().count(), path));
        }
    }
    lengths.sort();
    let (longest, path) = lengths.last().expect("there are files");
    assert!(*longest <= 800, "{} has {longest} lines: cut it into rooms", path.display());
}

#[test]
fn every_sentence_that_code_names_is_in_the_catalogue() {
    let call = regex::Regex::new(
        r#"(?:message|remedy|finding|refused)\(\s*(?:Code::\w+,\s*)?"([a-z][a-z0-9_]*(?:\.[a-z0-9_\-]+)+)""#,
    )
    .expect("a pattern");
    let mut missing = BTreeSet::new();
    for (path, text) in rust_files("crates") {
        for found in call.captures_iter(&text) {
            if !cotejo_catalogue::exists(&found[1]) && !found[1].starts_with("no.such") {
                missing.insert(format!(
                    "{} ({})",
                    &found[1],
                    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
                ));
            }
        }
    }
    assert!(missing.is_empty(), "sentences that nobody wrote: {missing:?}");
}

#[test]
fn the_packages_the_user_named_are_direct_dependencies() {
    let mut manifests = String::new();
    for folder in ["crates", "src-tauri", "xtask"] {
        let mut found = Vec::new();
        files(&root().join(folder), "toml", &mut found);
        manifests.extend(found.into_iter().filter_map(|path| std::fs::read_to_string(path).ok()));
    }
    for package in [
        "tauri",
        "tokio",
        "sqlx",
        "reqwest",
        "rustls",
        "lopdf",
        "tesseract-rs",
        "candle-core",
        "candle-transformers",
        "serde",
        "keyring",
    ] {
        assert!(
            manifests.contains(&format!("\n{package}.workspace = true")),
            "{package} is no direct dependency of a product crate"
        );
    }
}

#[test]
fn no_lock_file_names_a_private_host() {
    let mut locks = vec![root().join("Cargo.lock")];
    for folder in ["ui", "tests/window"] {
        locks.push(root().join(folder).join("package-lock.json"));
    }
    for lock in locks.into_iter().filter(|lock| lock.exists()) {
        let text = std::fs::read_to_string(&lock).expect("is text");
        let hosts = text.lines().filter(|line| line.contains("\"resolved\"")).count();
        assert_eq!(hosts, 0, "{} carries download addresses", lock.display());
    }
}
