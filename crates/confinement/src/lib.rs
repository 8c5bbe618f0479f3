//! What Windows and macOS offer to hold a worker in, and how much memory a process has.
//!
//! - [`confine_this_process`]: the worker gives up what it no longer needs, after it loaded its engines.
//! - [`Job`]: the core holds a worker by a job object (Windows; elsewhere there is none and [`Job::around`] says so).
//! - [`leave`]: the end of a process that threads still work in.
//! - [`resident_bytes`]: the memory a process really has, for the core's watchdog.
//!
//! Linux needs nothing of this but the last: its jail stands in `cotejo-lector`. docs/platforms.md says what was run and what was not.

#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

/// Names what a process gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Its privileges, and its integrity level: the lowest now (Windows).
    Integrity,
    /// Child processes and generated code (Windows).
    Mitigations,
    /// Every resource of the system (macOS, profile `pure-computation`).
    Sandbox,
}

/// Limits of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobLimits {
    /// Memory of the process in bytes; 0 for no ceiling.
    pub memory_bytes: u64,
    /// True when the process steps back behind what a person waits for.
    pub low_priority: bool,
}

/// Gives up what a worker no longer needs once its engines are loaded, and tells what is really given up. Cannot be undone.
#[must_use]
pub fn confine_this_process() -> Vec<Kept> {
    #[cfg(windows)]
    return windows::confine_this_process();
    #[cfg(target_os = "macos")]
    return macos::confine_this_process();
    #[cfg(not(any(windows, target_os = "macos")))]
    Vec::new()
}

/// Ends this process with a status at once, without the cleaning up that libraries register for the end (`atexit`): a thread that is still
/// closing an encrypted database would meet a cryptographic library that was already taken down, and crash after the work was done.
/// Whatever must rest has been written and synced before; what stands in the buffers of the outputs is written here.
#[expect(unsafe_code, reason = "`_exit` has no safe wrapper in the standard library")]
pub fn leave(status: u8) -> ! {
    use std::io::Write as _;
    // Where nobody listens any more there is nobody to tell.
    let _ = std::io::stdout().flush();
    let _ = std::io::stderr().flush();
    // SAFETY: `_exit` takes a number, touches no memory of ours and does not return.
    unsafe { libc::_exit(i32::from(status)) }
}

/// Returns how many bytes of memory a process has, or `None` where it is gone or this system does not tell.
#[must_use]
pub fn resident_bytes(process: u32) -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        kilobytes.checked_mul(1024)
    }
    #[cfg(target_os = "macos")]
    return macos::resident_bytes(process);
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        // On Windows the job holds the ceiling.
        let _ = process;
        None
    }
}

/// Returns how many bytes of memory this machine has, or `None` where the system does not tell.
#[must_use]
pub fn machine_bytes() -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let information = std::fs::read_to_string("/proc/meminfo").ok()?;
        let line = information.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        kilobytes.checked_mul(1024)
    }
    #[cfg(windows)]
    return windows::machine_bytes();
    #[cfg(target_os = "macos")]
    return macos::machine_bytes();
    #[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
    None
}

/// Holds a process by a job object; dropping it ends the process (Windows).
#[derive(Debug)]
pub struct Job {
    #[cfg(windows)]
    _handle: std::os::windows::io::OwnedHandle,
}

impl Job {
    /// Puts a child that was just started under limits. `None` where the platform has no jobs.
    ///
    /// # Errors
    /// When the system refuses; the child runs on without limits then.
    pub fn around(child: &std::process::Child, limits: JobLimits) -> std::io::Result<Option<Self>> {
        #[cfg(windows)]
        return windows::job(child, limits).map(|handle| Some(Self { _handle: handle }));
        #[cfg(not(windows))]
        {
            let _ = (child, limits);
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn the_memory_of_a_process_is_told() {
        let before = resident_bytes(std::process::id()).expect("this process is there");
        let ballast = std::hint::black_box(vec![1_u8; 64 * 1024 * 1024]);
        let after = resident_bytes(std::process::id()).expect("this process is there");
        assert!(after > before + 60 * 1024 * 1024, "{before} → {after} with {} bytes", ballast.len());
        assert!(machine_bytes().is_some_and(|machine| machine > after));
        assert_eq!(resident_bytes(u32::MAX), None, "nobody has that number");
    }
}
