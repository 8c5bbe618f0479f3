//! The other side: programs that measure themselves and print one number.

use std::error::Error;
use std::path::Path;
use std::process::Command;

/// Runs a peer's script and returns the number it prints; `None` when the peer is not installed, or fails, which is said.
pub(crate) fn number(python: &Path, script: &str, arguments: &[&Path]) -> Option<f64> {
    object(python, script, arguments)?.as_f64()
}

/// Runs a peer's script and returns the JSON it prints, as [`number`] does.
pub(crate) fn object(python: &Path, script: &str, arguments: &[&Path]) -> Option<serde_json::Value> {
    let path = crate::repository().join("xtask/bench/peers").join(script);
    // The limit that OCR needs would tie the hands of an engine with threads of its own.
    let output =
        Command::new(python).arg(path).args(arguments).env_remove("OMP_THREAD_LIMIT").output().ok()?;
    let value = serde_json::from_slice(&output.stdout).ok();
    if value.is_none() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        eprintln!("{script} gave no figure: {}", complaint.lines().last().unwrap_or("it said nothing"));
    }
    value
}

/// Takes the best of several runs, in seconds.
pub(crate) fn best<T>(
    runs: usize,
    mut work: impl FnMut() -> Result<T, Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    let mut best = f64::INFINITY;
    for _ in 0..runs {
        let start = std::time::Instant::now();
        work()?;
        best = best.min(start.elapsed().as_secs_f64());
    }
    Ok(best)
}

/// Describes the machine: processor, cores, system, and whether it is busy.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let processor = std::fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        text.lines()
            .find(|line| line.starts_with("model name"))
            .and_then(|line| line.split(": ").nth(1))
            .map(str::to_owned)
    });
    // What kept the machine busy during the last minute.
    let load = std::fs::read_to_string("/proc/loadavg").ok();
    let load = load.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    let busy = load.filter(|load| *load >= 1.0).map_or_else(String::new, |load| {
        format!("; other work ran beside this run (load {load:.1}): measure again on an idle machine before quoting")
    });
    format!(
        "{}, {cores} cores, {}{busy}",
        processor.unwrap_or_else(|| "unknown processor".into()),
        std::env::consts::OS
    )
}
