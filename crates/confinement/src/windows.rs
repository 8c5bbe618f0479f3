//! Windows: job objects for the core, token and mitigation policies for the worker itself.
#![expect(unsafe_code, reason = "calls of the system that have no kept safe wrapper")]

use crate::{JobLimits, Kept};
use std::ffi::c_void;
use std::io::{Error, Result};
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::process::Child;
use std::ptr::{from_mut, from_ref, null, null_mut};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Security::{
    AdjustTokenPrivileges, CreateWellKnownSid, GetTokenInformation, LUID_AND_ATTRIBUTES, PSID,
    SE_PRIVILEGE_REMOVED, SID_AND_ATTRIBUTES, SetTokenInformation, TOKEN_ADJUST_DEFAULT,
    TOKEN_ADJUST_PRIVILEGES, TOKEN_MANDATORY_LABEL, TOKEN_PRIVILEGES, TOKEN_QUERY, TokenIntegrityLevel,
    TokenPrivileges, WinUntrustedLabelSid,
};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
    JOB_OBJECT_LIMIT_PRIORITY_CLASS, JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_UILIMIT_DESKTOP,
    JOB_OBJECT_UILIMIT_DISPLAYSETTINGS, JOB_OBJECT_UILIMIT_EXITWINDOWS, JOB_OBJECT_UILIMIT_GLOBALATOMS,
    JOB_OBJECT_UILIMIT_HANDLES, JOB_OBJECT_UILIMIT_READCLIPBOARD, JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS,
    JOB_OBJECT_UILIMIT_WRITECLIPBOARD, JOBOBJECT_BASIC_UI_RESTRICTIONS, JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
    JOBOBJECTINFOCLASS, JobObjectBasicUIRestrictions, JobObjectExtendedLimitInformation,
    SetInformationJobObject,
};
use windows_sys::Win32::System::SystemInformation::{GlobalMemoryStatusEx, MEMORYSTATUSEX};
use windows_sys::Win32::System::Threading::{
    BELOW_NORMAL_PRIORITY_CLASS, GetCurrentProcess, NORMAL_PRIORITY_CLASS, OpenProcessToken,
    PROCESS_MITIGATION_POLICY, ProcessChildProcessPolicy, ProcessDynamicCodePolicy,
    ProcessExtensionPointDisablePolicy, ProcessImageLoadPolicy, SetProcessMitigationPolicy,
};

/// `SE_GROUP_INTEGRITY`: the SID is a mandatory label.
const GROUP_INTEGRITY: u32 = 0x20;
/// Largest SID (`SECURITY_MAX_SID_SIZE`).
const LARGEST_SID: usize = 68;

fn checked(outcome: i32) -> Result<()> {
    if outcome == 0 { Err(Error::last_os_error()) } else { Ok(()) }
}

fn size<T>() -> u32 {
    u32::try_from(size_of::<T>()).unwrap_or(u32::MAX)
}

/// Puts a child under limits: memory, one process, no dialog when it crashes, nothing of the desktop; it ends with the job.
pub(crate) fn job(child: &Child, limits: JobLimits) -> Result<OwnedHandle> {
    // SAFETY: no attributes and no name are allowed; the handle is checked before it is owned.
    let raw = unsafe { CreateJobObjectW(null(), null()) };
    if raw.is_null() {
        return Err(Error::last_os_error());
    }
    // SAFETY: just made, owned by nobody else.
    let handle = unsafe { OwnedHandle::from_raw_handle(raw) };
    let mut extended = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    let basic = &mut extended.BasicLimitInformation;
    basic.LimitFlags = JOB_OBJECT_LIMIT_ACTIVE_PROCESS
        | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
        | JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        | JOB_OBJECT_LIMIT_PRIORITY_CLASS;
    basic.ActiveProcessLimit = 1;
    basic.PriorityClass =
        if limits.low_priority { BELOW_NORMAL_PRIORITY_CLASS } else { NORMAL_PRIORITY_CLASS };
    if limits.memory_bytes > 0 {
        basic.LimitFlags |= JOB_OBJECT_LIMIT_PROCESS_MEMORY;
        extended.ProcessMemoryLimit = usize::try_from(limits.memory_bytes).unwrap_or(usize::MAX);
    }
    set(&handle, JobObjectExtendedLimitInformation, &extended)?;
    let desktop = JOBOBJECT_BASIC_UI_RESTRICTIONS {
        UIRestrictionsClass: JOB_OBJECT_UILIMIT_DESKTOP
            | JOB_OBJECT_UILIMIT_DISPLAYSETTINGS
            | JOB_OBJECT_UILIMIT_EXITWINDOWS
            | JOB_OBJECT_UILIMIT_GLOBALATOMS
            | JOB_OBJECT_UILIMIT_HANDLES
            | JOB_OBJECT_UILIMIT_READCLIPBOARD
            | JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS
            | JOB_OBJECT_UILIMIT_WRITECLIPBOARD,
    };
    set(&handle, JobObjectBasicUIRestrictions, &desktop)?;
    // SAFETY: both handles are open for as long as this call lasts.
    checked(unsafe { AssignProcessToJobObject(handle.as_raw_handle(), child.as_raw_handle()) })?;
    Ok(handle)
}

fn set<T>(job: &OwnedHandle, class: JOBOBJECTINFOCLASS, value: &T) -> Result<()> {
    let value: *const c_void = from_ref(value).cast();
    // SAFETY: `value` points to a structure of the class asked for, of the size given.
    checked(unsafe { SetInformationJobObject(job.as_raw_handle(), class, value, size::<T>()) })
}

/// Gives up privileges, integrity, child processes and generated code.
pub(crate) fn confine_this_process() -> Vec<Kept> {
    let mut kept = Vec::new();
    if own_token().and_then(|token| remove_privileges(&token).and_then(|()| lower_integrity(&token))).is_ok()
    {
        kept.push(Kept::Integrity);
    }
    // Each policy is one word of flags. Libraries from shares or from places of low integrity are refused beside.
    let policies = [
        (ProcessChildProcessPolicy, 1),
        (ProcessDynamicCodePolicy, 1),
        (ProcessExtensionPointDisablePolicy, 1),
        (ProcessImageLoadPolicy, 3),
    ];
    let outcomes = policies.map(|(policy, flags)| mitigate(policy, flags));
    if outcomes.iter().all(Result::is_ok) {
        kept.push(Kept::Mitigations);
    }
    kept
}

fn mitigate(policy: PROCESS_MITIGATION_POLICY, flags: u32) -> Result<()> {
    let value: *const c_void = from_ref(&flags).cast();
    // SAFETY: every policy used here is a structure of one 32-bit word.
    checked(unsafe { SetProcessMitigationPolicy(policy, value, size_of::<u32>()) })
}

fn own_token() -> Result<OwnedHandle> {
    let mut token: HANDLE = null_mut();
    let access = TOKEN_ADJUST_DEFAULT | TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY;
    // SAFETY: the pseudo handle of this process is always valid; the token is owned at once.
    checked(unsafe { OpenProcessToken(GetCurrentProcess(), access, &mut token) })?;
    // SAFETY: just opened, owned by nobody else.
    Ok(unsafe { OwnedHandle::from_raw_handle(token) })
}

// Removes every privilege of the token for good.
fn remove_privileges(token: &OwnedHandle) -> Result<()> {
    let mut length = 0;
    // SAFETY: asks for the length only; it fails by design and is not checked.
    unsafe { GetTokenInformation(token.as_raw_handle(), TokenPrivileges, null_mut(), 0, &mut length) };
    // Words of eight bytes: aligned for the structure.
    let mut buffer = vec![0_u64; usize::try_from(length).unwrap_or(0).div_ceil(8).max(2)];
    let start: *mut c_void = buffer.as_mut_ptr().cast();
    // SAFETY: the buffer is at least as long as the system asked for.
    checked(unsafe {
        GetTokenInformation(token.as_raw_handle(), TokenPrivileges, start, length, &mut length)
    })?;
    let privileges: *mut TOKEN_PRIVILEGES = start.cast();
    // SAFETY: the system filled the structure, with `PrivilegeCount` entries that all lie in the buffer.
    unsafe {
        let count = (*privileges).PrivilegeCount;
        let first: *mut LUID_AND_ATTRIBUTES = (&raw mut (*privileges).Privileges).cast();
        for index in 0..usize::try_from(count).unwrap_or(0) {
            (*first.add(index)).Attributes = SE_PRIVILEGE_REMOVED;
        }
        checked(AdjustTokenPrivileges(token.as_raw_handle(), 0, privileges, 0, null_mut(), null_mut()))
    }
}

// The lowest level: what is labelled higher, and that is everything by default, cannot be written any more.
fn lower_integrity(token: &OwnedHandle) -> Result<()> {
    let mut sid = [0_u64; LARGEST_SID.div_ceil(8)];
    let mut length = size::<[u64; LARGEST_SID.div_ceil(8)]>();
    let place: PSID = sid.as_mut_ptr().cast();
    // SAFETY: the buffer is as long as the largest SID.
    checked(unsafe { CreateWellKnownSid(WinUntrustedLabelSid, null_mut(), place, from_mut(&mut length)) })?;
    let label =
        TOKEN_MANDATORY_LABEL { Label: SID_AND_ATTRIBUTES { Sid: place, Attributes: GROUP_INTEGRITY } };
    let value: *const c_void = from_ref(&label).cast();
    let whole = size::<TOKEN_MANDATORY_LABEL>() + length;
    // SAFETY: the label points to the SID above, which lives until the call returns.
    checked(unsafe { SetTokenInformation(token.as_raw_handle(), TokenIntegrityLevel, value, whole) })
}

/// Returns the memory of this machine.
pub(crate) fn machine_bytes() -> Option<u64> {
    let mut status = MEMORYSTATUSEX { dwLength: size::<MEMORYSTATUSEX>(), ..MEMORYSTATUSEX::default() };
    // SAFETY: the structure says its own length, as the system asks.
    checked(unsafe { GlobalMemoryStatusEx(&mut status) }).ok()?;
    Some(status.ullTotalPhys)
}
