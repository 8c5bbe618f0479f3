//! The fuzzers of `fuzz/`, built with coverage by the stable compiler: no nightly and no further tool is needed.
//!
//! Each searches for a set time; what it learnt is kept in the cache and goes on next time. The corpus in the repository stays small:
//! only seeds, and bytes that once broke a promise.

use super::environment;
use super::report::Report;
use crate::paths;
use crate::process::{StepError, quietly, run, say};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// Seconds of each fuzzer in the long run; `COTEJO_FUZZ_SECONDS` asks for others.
const SECONDS: u32 = 600;

/// Counts edges and comparisons in every crate, as libFuzzer wants it.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0 \
    -Ccodegen-units=1";

/// Runs the fuzzers named, or all of them, and tells where the input of a crash lies.
pub(crate) fn fuzz(names: &[String]) -> Result<(), StepError> {
    if cfg!(windows) {
        return Err(StepError::new("libFuzzer is built with a C++ compiler of Unix here", "run it on Linux"));
    }
    let seconds = match std::env::var("COTEJO_FUZZ_SECONDS") {
        Ok(text) => {
            text.parse().map_err(|_| StepError::new(text, "COTEJO_FUZZ_SECONDS is a number of seconds"))?
        }
        Err(_) => SECONDS,
    };
    let fuzzers = fuzzers(names)?;
    let host = host()?;
    let target = paths::cache().join("fuzz").join("target");
    build(&host, &target)?;
    let folder = target.join(host).join("debug");
    let left = Mutex::new(fuzzers);
    let crashed = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(name) = left.lock().ok().and_then(|mut names| names.pop()) {
                    if let Err(error) = search(&folder.join(&name), &name, seconds)
                        && let Ok(mut crashed) = crashed.lock()
                    {
                        crashed.push(error.to_string());
                    }
                }
            });
        }
    });
    let crashed = crashed.into_inner().unwrap_or_default();
    if crashed.is_empty() {
        return Ok(());
    }
    Err(StepError::new(
        crashed.join("\n"),
        "put the input into fuzz/corpus/<fuzzer>, write a test named after it in the crate, and mend the crate",
    ))
}

/// Runs all fuzzers as a step of the long run.
pub(super) fn step(report: &mut Report) {
    if cfg!(windows) {
        return report.skip("fuzzing", "libFuzzer is built with a C++ compiler of Unix here");
    }
    report.step(|_| fuzz(&[]));
}

fn fuzzers(names: &[String]) -> Result<Vec<String>, StepError> {
    let folder = paths::repository().join("fuzz").join("fuzz_targets");
    let remedy = "the names are those of the files in fuzz/fuzz_targets";
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| StepError::new(format!("{}: {error}", folder.display()), remedy))?;
    let mut known: Vec<String> = entries
        .flatten()
        .filter_map(|entry| Some(entry.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    known.sort();
    match names.iter().find(|name| !known.contains(name)) {
        Some(unknown) => Err(StepError::new(format!("no fuzzer is called {unknown}"), remedy)),
        None if names.is_empty() => Ok(known),
        None => Ok(names.to_vec()),
    }
}

/// Names the system that this compiler builds for. Given as the target, build scripts are built without the counters.
fn host() -> Result<String, StepError> {
    let remedy = "is rustc on the path?";
    let text = quietly(&paths::repository(), Command::new("rustc").arg("-vV"))
        .map_err(|reason| StepError::new(reason, remedy))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| StepError::new("rustc names no host", remedy))
}

fn build(host: &str, target: &Path) -> Result<(), StepError> {
    let mut command = environment::cargo();
    command
        // Not locked: its lock file follows the workspace, which changes more often.
        .args(["build", "--bins", "--target", host])
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", FLAGS);
    run(&paths::repository().join("fuzz"), &mut command, "a C++ compiler is needed (Debian: g++)")
}

fn search(program: &Path, name: &str, seconds: u32) -> Result<(), StepError> {
    let place = paths::cache().join("fuzz");
    let (learnt, crashes) = (place.join("corpus").join(name), place.join("crashes").join(name));
    let log = place.join(format!("{name}.log"));
    let remedy = "check the free space and the permissions of that folder";
    let file =
        |path: &Path, error: std::io::Error| StepError::new(format!("{}: {error}", path.display()), remedy);
    for folder in [&learnt, &crashes] {
        std::fs::create_dir_all(folder).map_err(|error| file(folder, error))?;
    }
    let output = std::fs::File::create(&log).map_err(|error| file(&log, error))?;
    let both = output.try_clone().map_err(|error| file(&log, error))?;
    say(&format!("fuzzing {name} for {seconds} s"));
    let status = Command::new(program)
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=20", "-rss_limit_mb=3072", "-max_len=65536", "-print_final_stats=1"])
        .arg(format!("-artifact_prefix={}/", crashes.display()))
        .arg(&learnt)
        .arg(paths::repository().join("fuzz").join("corpus").join(name))
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(both)
        .status();
    let text =
        std::fs::read(&log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    match status {
        Ok(status) if status.success() => {
            let figure = |key: &str| {
                text.lines().find_map(|line| line.strip_prefix(key)).map_or("?", str::trim).to_owned()
            };
            say(&format!(
                "{name}: {} inputs tried, {} kept, no promise broken",
                figure("stat::number_of_executed_units:"),
                figure("stat::new_units_added:")
            ));
            Ok(())
        }
        Ok(_) => Err(StepError::new(format!("{name} found a counterexample: {}", told(&text, &crashes)), "")),
        Err(error) => Err(file(program, error)),
    }
}

/// Says what broke and where the input lies, from the fuzzer's log.
fn told(log: &str, crashes: &Path) -> String {
    let what = log
        .lines()
        .skip_while(|line| !line.contains("panicked at") && !line.contains("ERROR: libFuzzer"))
        .take(2)
        .collect::<Vec<_>>()
        .join(" ");
    let input = log
        .lines()
        .find_map(|line| line.split_once("Test unit written to "))
        .map_or_else(|| crashes.to_path_buf(), |(_, path)| PathBuf::from(path.trim()));
    format!("{what} (input: {})", input.display())
}
