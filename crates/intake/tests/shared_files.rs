//! Every file of the shared material, through detection, opening and the flowing readers: nothing panics, nothing hangs, nothing ends
//! without pages, files or a finding that says why. Prints a table of outcomes by kind.

use cotejo_intake::package::{Piece, unpack};
use cotejo_intake::{flowing, media};
use cotejo_lector_protocol::{IntakeLimits, ReadingLimits};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// More than the slowest file needs in a build without optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(90);

fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("COTEJO_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    named.into_iter().chain([beside]).find(|folder| folder.is_dir())
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    let Ok(children) = std::fs::read_dir(folder) else { return };
    for child in children.flatten() {
        let path = child.path();
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}

#[derive(Default)]
struct Outcome {
    files: usize,
    with_text: usize,
    words: usize,
    taken_out: usize,
    codes: BTreeMap<String, usize>,
    slowest: Duration,
}

#[test]
fn every_shared_file_ends_in_pages_files_or_a_finding() {
    let Some(shared) = shared() else {
        println!("skipped: no shared data");
        return;
    };
    let mut all = Vec::new();
    ["hostile", "documents", "signed"].iter().for_each(|folder| files(&shared.join(folder), &mut all));
    let mut outcomes: BTreeMap<String, Outcome> = BTreeMap::new();
    for path in all {
        let bytes = std::fs::read(&path).expect("reads");
        let kind = media::detect(&bytes);
        let start = Instant::now();
        let outcome = outcomes.entry(kind.into()).or_default();
        outcome.files += 1;
        if let Some(read) = flowing::read(kind, &bytes, &ReadingLimits::default()) {
            let words: usize = read.value.pages.iter().map(|page| page.words.len()).sum();
            outcome.with_text += usize::from(words > 0);
            outcome.words += words;
            if words == 0 && read.findings.is_empty() && std::env::var_os("COTEJO_NOMBRES").is_some() {
                println!("no words, no finding: {kind} {}", path.display());
            }
            for finding in read.findings {
                assert!(!finding.message.contains('{'), "{}: a place holder was left", finding.code);
                *outcome.codes.entry(finding.code).or_default() += 1;
            }
        }
        if media::is_container(kind) || media::may_hold_files(kind) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            unpack(&name, &bytes, IntakeLimits::default(), &mut |piece| match piece {
                Piece::Entry(entry, _) => {
                    outcome.taken_out += 1;
                    assert!(!entry.path.starts_with('/') && !entry.path.contains(".."), "{}", entry.path);
                }
                Piece::Finding(finding) => {
                    assert!(!finding.message.contains('{'), "{}: a place holder was left", finding.code);
                    *outcome.codes.entry(finding.code).or_default() += 1;
                }
            });
        }
        let took = start.elapsed();
        outcome.slowest = outcome.slowest.max(took);
        assert!(took < LONGEST, "{} took {took:?}", path.display());
    }
    println!("kind | files | with text | words | taken out | slowest | findings");
    for (kind, outcome) in outcomes {
        let codes: Vec<String> =
            outcome.codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
        println!(
            "{kind} | {} | {} | {} | {} | {:.1} s | {}",
            outcome.files,
            outcome.with_text,
            outcome.words,
            outcome.taken_out,
            outcome.slowest.as_secs_f64(),
            codes.join(", ")
        );
    }
}

#[test]
fn mutated_and_truncated_shared_files_never_panic() {
    let Some(shared) = shared() else {
        println!("skipped: no shared data");
        return;
    };
    let mut all = Vec::new();
    ["hostile/office", "hostile/zip", "documents", "signed"]
        .iter()
        .for_each(|folder| files(&shared.join(folder), &mut all));
    let mut state = 0x5eed_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("fits")
    };
    let mut tried = 0;
    for path in all {
        let bytes = std::fs::read(&path).expect("reads");
        let kind = media::detect(&bytes);
        let readable = media::is_container(kind)
            || (media::may_hold_files(kind) && kind != media::PDF)
            || flowing::read(kind, b"", &ReadingLimits::default()).is_some();
        if !readable || bytes.len() > 60_000 || kind == media::TEXT {
            continue;
        }
        for round in 0..12 {
            let mut copy = bytes.clone();
            if round < 3 {
                copy.truncate(next() % copy.len());
            } else {
                for _ in 0..round {
                    let at = next() % copy.len();
                    copy[at] = next().to_le_bytes()[0];
                }
            }
            let limits = ReadingLimits { cells: 5_000, part_bytes: 4 << 20, ..ReadingLimits::default() };
            let start = Instant::now();
            let _ = flowing::read(kind, &copy, &limits);
            let most =
                IntakeLimits { file_bytes: 4 << 20, package_bytes: 32 << 20, ..IntakeLimits::default() };
            unpack("x", &copy, most, &mut |_| {});
            assert!(start.elapsed() < LONGEST, "{} round {round}", path.display());
            tried += 1;
        }
    }
    println!("{tried} variants");
}
