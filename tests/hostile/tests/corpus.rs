//! Every target over its corpus and over seeded mutations of it, without a fuzzer.
#![expect(clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

use cotejo_hostile::mutate::{Dice, mutated};
use cotejo_hostile::{TARGETS, Target, foreign_panics_pass};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Once;

/// Mutations of each target; `COTEJO_MUTATIONS` asks for more.
const MUTATIONS: usize = 1_500;

fn corpus(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target.name);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .flatten()
        .map(|entry| (entry.path(), std::fs::read(entry.path()).expect("reads")))
        .collect();
    files.sort();
    files
}

/// Gives the bytes to the target; those that break a promise are kept, and named.
fn holds(target: &Target, bytes: &[u8], what: &str) {
    if catch_unwind(AssertUnwindSafe(|| (target.check)(bytes))).is_err() {
        let path = std::env::temp_dir().join(format!("cotejo-{}-{}", target.name, bytes.len()));
        std::fs::write(&path, bytes).expect("writes");
        panic!("{} breaks its promise on {what}: the bytes are in {}", target.name, path.display());
    }
}

fn corpus_and_mutations(name: &str) {
    static QUIET: Once = Once::new();
    QUIET.call_once(foreign_panics_pass);
    let target = TARGETS.iter().find(|target| target.name == name).expect("a target");
    let files = corpus(target);
    assert!(files.iter().any(|(path, _)| path.to_string_lossy().contains("seed-")), "{name} has no seed");
    for (path, bytes) in &files {
        holds(target, bytes, &path.display().to_string());
    }
    let all: Vec<Vec<u8>> = files.into_iter().map(|(_, bytes)| bytes).collect();
    let count =
        std::env::var("COTEJO_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(MUTATIONS);
    let mut dice = Dice::new(2026);
    for number in 0..count {
        let bytes = mutated(&all[number % all.len()], &all, &mut dice);
        holds(target, &bytes, &format!("mutation {number}"));
    }
}

macro_rules! targets {
    ($($name:ident),*) => {
        $(#[test] fn $name() { corpus_and_mutations(stringify!($name)); })*

        #[test]
        fn every_target_has_a_test_a_fuzzer_and_a_corpus() {
            let tested = [$(stringify!($name)),*];
            let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
            for target in TARGETS {
                assert!(tested.contains(&target.name), "{} has no test here", target.name);
                assert!(fuzz.join("fuzz_targets").join(format!("{}.rs", target.name)).is_file());
                assert!(fuzz.join("corpus").join(target.name).is_dir());
            }
        }
    };
}

targets!(
    ushay,
    proceso_xml,
    zip_info,
    package,
    frames,
    der,
    pdf_extents,
    signed_pdf,
    pliego_text,
    flowing,
    doc,
    rtf,
    mail,
    p7m
);
