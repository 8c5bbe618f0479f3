//! The verifier on signed files that are not ours: what DSS and pyHanko expect of them, and what pyHanko says now.
#![expect(clippy::expect_used, reason = "helpers of tests")]

#[path = "../../signing/tests/support/mod.rs"]
mod support;

use cotejo_domain::{ChangesAfter, Integrity, SignatureReading, SignatureVerdict};
use cotejo_signature_verify::{Options, verify_pdf};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use support::{files, shared};

/// pyHanko cannot re-encode an attribute of this file; OpenSSL and NSS verify it, as the test's name in DSS (a false alarm) says.
const PYHANKO_ERRS: &str = "Signature-P-DE_CRY-2 (HASH_FAILURE).pdf";

fn read(path: &Path) -> Vec<SignatureReading> {
    verify_pdf(&std::fs::read(path).expect("reads"), &Options::default()).value
}

fn corpus() -> Option<Vec<PathBuf>> {
    let shared = shared()?;
    let signed = shared.join("signed");
    Some(
        [signed.join("dss"), signed.join("pyhanko"), shared.join("documents")]
            .iter()
            .flat_map(|f| files(f, "pdf"))
            .collect(),
    )
}

#[test]
fn what_dss_and_pyhanko_expect_to_fail_is_never_called_valid() {
    let (Some(shared), Some(corpus)) = (shared(), corpus()) else { return };
    let (mut agree, mut open) = (0, Vec::new());
    for (list, word) in [
        ("dss_pades_expected.csv", "integrity-negative"),
        ("pyhanko_expected_hints.csv", "expects-not-valid"),
    ] {
        let text = std::fs::read_to_string(shared.join("conformance").join(list)).expect("reads");
        for line in text.lines().filter(|line| line.contains(word)) {
            for name in line.split(',').next().unwrap_or_default().split(" ; ") {
                let base = name.rsplit('/').next().unwrap_or_default().trim();
                let found = corpus.iter().filter(|path| path.file_name().is_some_and(|name| name == base));
                for path in found {
                    let readings = read(path);
                    assert!(
                        readings.iter().all(|reading| reading.verdict != SignatureVerdict::Valid),
                        "{base} is called valid"
                    );
                    if readings.iter().all(|reading| reading.integrity == Integrity::Ok) {
                        open.push(base.to_owned());
                    } else {
                        agree += 1;
                    }
                }
            }
        }
    }
    open.dedup();
    println!("not intact, as expected: {agree}; intact, but expected to fail for some reason: {open:?}");
}

#[test]
fn no_signature_is_called_intact_that_pyhanko_calls_broken() {
    let Some(corpus) = corpus() else { return };
    let Some(python) = std::env::var_os("COTEJO_PYTHON") else {
        println!("skipped: COTEJO_PYTHON does not name a Python with pyHanko");
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge_many.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut input = child.stdin.take().expect("piped");
    let paths: String = corpus.iter().map(|path| format!("{}\n", path.display())).collect();
    let writer = std::thread::spawn(move || input.write_all(paths.as_bytes()));
    let output = child.wait_with_output().expect("ends");
    writer.join().expect("no panic").expect("writes");

    let mut table: BTreeMap<(String, String, String, String), usize> = BTreeMap::new();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for (path, line) in corpus.iter().zip(text.lines()) {
        let ours = read(path);
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let theirs: Vec<&str> =
            value["signatures"].as_array().into_iter().flatten().filter_map(|one| one.as_str()).collect();
        if theirs.len() != ours.len() {
            continue; // one of the two has no opinion on some signature
        }
        let mut theirs: Vec<Vec<&str>> = theirs.iter().map(|one| one.split(':').collect()).collect();
        theirs.sort_by_key(|one| one[0].parse::<usize>().unwrap_or(usize::MAX));
        for (theirs, ours) in theirs.iter().zip(&ours) {
            let key = (
                theirs[1].to_owned(),
                theirs[2].to_owned(),
                format!("{:?}", ours.integrity),
                format!("{:?}", ours.changes_after),
            );
            *table.entry(key).or_default() += 1;
            let excused = path.file_name().is_some_and(|name| name == PYHANKO_ERRS);
            assert!(
                theirs[1] == "intact" || ours.integrity != Integrity::Ok || excused,
                "{}: pyHanko calls it broken",
                path.display()
            );
            if ours.changes_after == ChangesAfter::None {
                assert_eq!(theirs[2], "NONE", "{}: something came after", path.display());
            }
        }
    }
    println!("signatures | pyHanko: value, changes | ours: integrity, changes");
    for ((value, level, integrity, changes), count) in &table {
        println!("{count:>10} | {value}, {level} | {integrity}, {changes}");
    }
    assert!(table.values().sum::<usize>() > 150, "most files were compared");
}

#[test]
fn hostile_files_are_read_without_panic_and_in_time() {
    let Some(shared) = shared() else { return };
    let mut slowest = (std::time::Duration::ZERO, PathBuf::new());
    let mut count = 0;
    for path in files(&shared.join("hostile"), "pdf") {
        let start = std::time::Instant::now();
        for reading in read(&path) {
            assert_ne!(reading.verdict, SignatureVerdict::Valid, "{}: without anchors", path.display());
        }
        count += 1;
        slowest = slowest.max((start.elapsed(), path));
    }
    println!("{count} files, the slowest took {:?}", slowest.0);
    assert!(slowest.0.as_secs() < 20, "{}", slowest.1.display());
}
