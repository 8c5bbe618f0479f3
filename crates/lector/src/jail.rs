//! What the worker forbids itself before it reads a bidder's first byte.
//!
//! | | Linux | macOS | Windows |
//! |---|---|---|---|
//! | memory | `RLIMIT_AS`, and the core's watchdog | the core's watchdog | the core's job |
//! | processor time | `RLIMIT_CPU`, raised anew with each request | `RLIMIT_CPU` | the core's wall clock |
//! | writing files | seccomp, landlock, `RLIMIT_FSIZE` 0 | sandbox, `RLIMIT_FSIZE` 0 | lowest integrity level |
//! | reading files | seccomp, landlock | sandbox | not enforced |
//! | sockets | seccomp | sandbox | not enforced |
//! | new programs | seccomp, landlock, `RLIMIT_NPROC` 0 | sandbox, `RLIMIT_NPROC` 0 | the core's job, mitigation policy |
//!
//! The engines and their data are loaded before; afterwards the process lives on its memory and its pipe and needs no file at all. On Linux
//! a worker whose system call filter is not in force reads nothing. What does hold is said on request ([`report`]), together with what the
//! worker tried from inside.

mod attempts;
#[cfg(target_os = "linux")]
mod linux;

use cotejo_lector_protocol::{HeldLayer, JailLayer, JailReport};
use std::io::Write;
use std::sync::OnceLock;

/// Tells which role the jail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// No threads, no files.
    Reading,
    /// Threads for the matrix products, no files.
    Recognition,
}

/// Chooses layers. The worker always closes all; the tests close one at a time, to see what each one stops by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    /// Limits of resources.
    pub limits: bool,
    /// What the platform can do about files: landlock.
    pub files: bool,
    /// What the platform can do about system calls: seccomp; on the others its sandbox.
    pub calls: bool,
}

impl Layers {
    /// All of them.
    pub const ALL: Self = Self { limits: true, files: true, calls: true };
}

/// Tells that a layer without which nothing is read could not be put in force.
#[derive(Debug, thiserror::Error)]
#[error("{layer:?}: {detail}")]
pub struct NotClosed {
    /// The layer.
    pub layer: JailLayer,
    /// The system's own words.
    pub detail: String,
}

/// Seconds of processor time for one request; the wall clock of the core is stricter, this one holds even if the core is gone.
#[cfg(unix)]
const PROCESSOR_SECONDS: u64 = 1_800;

static HELD: OnceLock<Vec<HeldLayer>> = OnceLock::new();

/// Closes the jail as far as the platform can, and says on the standard error what holds.
///
/// # Errors
/// [`NotClosed`] on Linux when the system call filter cannot be put in force.
pub fn close(strictness: Strictness, memory_megabytes: u64, layers: Layers) -> Result<(), NotClosed> {
    let mut held = Vec::new();
    if layers.limits {
        limits(strictness, memory_megabytes, &mut held);
    }
    platform(strictness, layers, &mut held)?;
    let names: Vec<String> = held.iter().map(|held: &HeldLayer| format!("{:?}", held.layer)).collect();
    let list = if names.is_empty() { "nada".to_string() } else { names.join(" ") };
    // Where nobody listens nothing is lost: the core asks for the report itself.
    let _ = writeln!(std::io::stderr(), "lector.jail: {list}");
    let _ = HELD.set(held);
    Ok(())
}

/// Says what holds, and tries from inside what must fail.
#[must_use]
pub fn report() -> JailReport {
    JailReport { layers: HELD.get().cloned().unwrap_or_default(), attempts: attempts::all() }
}

#[cfg(target_os = "linux")]
fn platform(strictness: Strictness, layers: Layers, held: &mut Vec<HeldLayer>) -> Result<(), NotClosed> {
    linux::close(strictness, layers, held)
}

#[cfg(not(target_os = "linux"))]
fn platform(_strictness: Strictness, layers: Layers, held: &mut Vec<HeldLayer>) -> Result<(), NotClosed> {
    if layers.calls {
        for kept in cotejo_confinement::confine_this_process() {
            let layer = match kept {
                cotejo_confinement::Kept::Integrity => JailLayer::Integrity,
                cotejo_confinement::Kept::Mitigations => JailLayer::Mitigations,
                cotejo_confinement::Kept::Sandbox => JailLayer::Sandbox,
            };
            held.push(whole(layer, ""));
        }
    }
    Ok(())
}

fn whole(layer: JailLayer, detail: impl Into<String>) -> HeldLayer {
    HeldLayer { layer, whole: true, detail: detail.into() }
}

#[cfg(unix)]
fn limits(strictness: Strictness, memory_megabytes: u64, held: &mut Vec<HeldLayer>) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let fixed = |value| Rlimit { current: Some(value), maximum: Some(value) };
    #[cfg(target_os = "linux")]
    if memory_megabytes > 0
        && setrlimit(Resource::As, fixed(memory_megabytes.saturating_mul(1024 * 1024))).is_ok()
    {
        held.push(whole(JailLayer::Memory, format!("{memory_megabytes} MB")));
    }
    #[cfg(not(target_os = "linux"))]
    let _ = memory_megabytes;
    if setrlimit(Resource::Fsize, fixed(0)).is_ok() {
        held.push(whole(JailLayer::FileSize, "0"));
    }
    if setrlimit(Resource::Core, fixed(0)).is_ok() {
        held.push(whole(JailLayer::CoreDump, "0"));
    }
    // Recognition shares its matrix products among threads, which count as processes here.
    if strictness == Strictness::Reading && setrlimit(Resource::Nproc, fixed(0)).is_ok() {
        // An administrator's processes are not counted by the system.
        let counted = !rustix::process::geteuid().is_root();
        held.push(HeldLayer { layer: JailLayer::Processes, whole: counted, detail: "0".into() });
    }
    if grant_processor_time() {
        held.push(whole(JailLayer::ProcessorTime, format!("{PROCESSOR_SECONDS} s")));
    }
}

#[cfg(not(unix))]
fn limits(_strictness: Strictness, _memory_megabytes: u64, _held: &mut Vec<HeldLayer>) {}

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

/// Steps back behind what a person waits for, by so many levels of Unix. On Windows the core's job sets the priority.
#[cfg(unix)]
pub(crate) fn lower_priority(levels: u8) {
    if levels > 0 {
        // A refusal leaves the usual priority: slower for the person, not wrong.
        let _ = rustix::process::nice(levels.min(19).into());
    }
}

#[cfg(not(unix))]
pub(crate) fn lower_priority(_levels: u8) {}
