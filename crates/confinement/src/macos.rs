//! macOS: the sandbox for the worker itself, and the resident memory of a process for the core.
#![expect(unsafe_code, reason = "calls of the system that have no kept safe wrapper")]

use crate::Kept;
use std::ffi::{c_char, c_int, c_void};

unsafe extern "C" {
    // In libSystem. Marked as deprecated since 10.8 and yet what the browsers on this platform use: there is no successor for a process
    // that is no application of its own.
    fn sandbox_init(profile: *const c_char, flags: u64, error: *mut *mut c_char) -> c_int;
    fn sandbox_free_error(error: *mut c_char);
}

/// `SANDBOX_NAMED`: the profile is one that the system knows by name.
const NAMED: u64 = 1;

/// Closes the system's own profile for programs that only compute.
pub(crate) fn confine_this_process() -> Vec<Kept> {
    let mut error: *mut c_char = std::ptr::null_mut();
    // SAFETY: the profile is a C string; the system fills `error` where it refuses.
    let outcome = unsafe { sandbox_init(c"pure-computation".as_ptr(), NAMED, &mut error) };
    if !error.is_null() {
        // SAFETY: it came from `sandbox_init` and is freed once.
        unsafe { sandbox_free_error(error) };
    }
    if outcome == 0 { vec![Kept::Sandbox] } else { Vec::new() }
}

/// Returns how many bytes of memory a process has.
pub(crate) fn resident_bytes(process: u32) -> Option<u64> {
    let process = c_int::try_from(process).ok()?;
    let size = c_int::try_from(size_of::<libc::proc_taskinfo>()).ok()?;
    let mut information = std::mem::MaybeUninit::<libc::proc_taskinfo>::zeroed();
    let place: *mut c_void = information.as_mut_ptr().cast();
    // SAFETY: the buffer is as long as the structure that is asked for.
    let filled = unsafe { libc::proc_pidinfo(process, libc::PROC_PIDTASKINFO, 0, place, size) };
    // SAFETY: the system filled all of it, and zeros would be valid too.
    (filled == size).then(|| unsafe { information.assume_init() }.pti_resident_size)
}

/// Returns the memory of this machine.
pub(crate) fn machine_bytes() -> Option<u64> {
    let mut bytes = 0_u64;
    let mut length = size_of::<u64>();
    let place: *mut c_void = std::ptr::from_mut(&mut bytes).cast();
    // SAFETY: `hw.memsize` is a 64-bit number, and the buffer is one.
    let outcome =
        unsafe { libc::sysctlbyname(c"hw.memsize".as_ptr(), place, &mut length, std::ptr::null_mut(), 0) };
    (outcome == 0).then_some(bytes)
}
