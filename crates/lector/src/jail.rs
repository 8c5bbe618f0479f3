//! What the worker forbids itself before it reads a bidder's first byte.
//!
//! | | Linux | macOS | Windows |
//! |---|---|---|---|
//! | memory | `RLIMIT_AS` | not bounded by rlimits: the core's watchdog looks | the core's job |
//! | processor time | `RLIMIT_CPU`, raised anew with each request | `RLIMIT_CPU` | the core's wall clock |
//! | writing files | `RLIMIT_FSIZE` 0, seccomp, landlock | `RLIMIT_FSIZE` 0 | not enforced yet |
//! | reading files | landlock: nothing; seccomp: no open for writing | not enforced yet | not enforced yet |
//! | sockets, new programs | seccomp | `RLIMIT_NPROC` 0 | not enforced yet |
//!
//! The engines are loaded before; afterwards the process lives on its memory and its pipe.

#[cfg(target_os = "linux")]
mod linux;

use std::io::Write;

/// Tells which role the jail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// No threads, no files.
    Reading,
    /// Threads for the matrix products, no files.
    Recognition,
}

/// Seconds of processor time for one request; the wall clock of the core is stricter, this one holds even if the core is gone.
#[cfg(unix)]
const PROCESSOR_SECONDS: u64 = 1_800;

/// Closes the jail as far as the platform can, and says on the standard error what holds.
pub(crate) fn close(strictness: Strictness, memory_megabytes: u64) {
    let mut holds: Vec<&str> = Vec::new();
    limits(strictness, memory_megabytes, &mut holds);
    #[cfg(target_os = "linux")]
    linux::close(strictness, &mut holds);
    let list = if holds.is_empty() { "nada".to_string() } else { holds.join(" ") };
    let _ = writeln!(std::io::stderr(), "lector.jail: {list}");
}

#[cfg(unix)]
fn limits(strictness: Strictness, memory_megabytes: u64, holds: &mut Vec<&str>) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let fixed = |value| Rlimit { current: Some(value), maximum: Some(value) };
    #[cfg(target_os = "linux")]
    if memory_megabytes > 0
        && setrlimit(Resource::As, fixed(memory_megabytes.saturating_mul(1024 * 1024))).is_ok()
    {
        holds.push("memoria");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = memory_megabytes;
    if setrlimit(Resource::Fsize, fixed(0)).is_ok() {
        holds.push("escritura");
    }
    if setrlimit(Resource::Core, fixed(0)).is_ok() {
        holds.push("volcado");
    }
    // Recognition shares its matrix products among threads, which count as processes here.
    if strictness == Strictness::Reading && setrlimit(Resource::Nproc, fixed(0)).is_ok() {
        holds.push("procesos");
    }
    if grant_processor_time() {
        holds.push("procesador");
    }
}

#[cfg(not(unix))]
fn limits(_strictness: Strictness, _memory_megabytes: u64, _holds: &mut Vec<&str>) {}

/// Gives the next request its share of processor time, counted from what was used so far.
#[cfg(unix)]
pub(crate) fn grant_processor_time() -> bool {
    use rustix::process::{Resource, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let mut limit = getrlimit(Resource::Cpu);
    let wanted = used.saturating_add(PROCESSOR_SECONDS);
    limit.current = Some(limit.maximum.map_or(wanted, |maximum| maximum.min(wanted)));
    setrlimit(Resource::Cpu, limit).is_ok()
}

#[cfg(not(unix))]
pub(crate) fn grant_processor_time() -> bool {
    false
}

/// Steps back behind everything a person waits for.
#[cfg(unix)]
pub(crate) fn lower_priority() {
    // A refusal leaves the usual priority: slower for the person, not wrong.
    let _ = rustix::process::nice(15);
}

#[cfg(not(unix))]
pub(crate) fn lower_priority() {}
