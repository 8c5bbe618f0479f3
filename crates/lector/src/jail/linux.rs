//! The Linux jail: no new privileges, landlock, seccomp.

use super::Strictness;
use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetStatus, Scope};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

/// Closes what the kernel can close; each step that holds is named in `holds`.
pub(super) fn close(strictness: Strictness, holds: &mut Vec<&str>) {
    if rustix::thread::set_no_new_privs(true).is_ok() {
        holds.push("privilegios");
    }
    if restrict_files().is_some_and(|status| status != RulesetStatus::NotEnforced) {
        holds.push("landlock");
    }
    if let Some(program) = filter(strictness)
        && seccompiler::apply_filter_all_threads(&program).is_ok()
    {
        holds.push("seccomp");
    }
}

// No rule is added: everything that is handled is denied. Descriptors that are open stay usable.
fn restrict_files() -> Option<RulesetStatus> {
    let abi = ABI::V6;
    let ruleset = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))
        .ok()?
        .handle_access(AccessNet::from_all(abi))
        .ok()?
        .scope(Scope::from_all(abi))
        .ok()?
        .create()
        .ok()?;
    Some(ruleset.restrict_self().ok()?.ruleset)
}

// What is not listed fails with EPERM: engines treat that as a missing file, not as the end.
fn filter(strictness: Strictness) -> Option<BpfProgram> {
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = BASE.iter().map(|number| (*number, vec![])).collect();
    let reading = SeccompCondition::new(
        2,
        SeccompCmpArgLen::Dword,
        SeccompCmpOp::MaskedEq(u64::from((libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC).unsigned_abs())),
        u64::from(libc::O_RDONLY.unsigned_abs()),
    )
    .ok()?;
    rules.insert(libc::SYS_openat, vec![SeccompRule::new(vec![reading]).ok()?]);
    if strictness == Strictness::Recognition {
        rules.extend(THREADS.iter().map(|number| (*number, vec![])));
    }
    let architecture = std::env::consts::ARCH.try_into().ok()?;
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(rules, denied, SeccompAction::Allow, architecture).ok()?.try_into().ok()
}

const BASE: &[i64] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_fcntl,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_prlimit64,
    libc::SYS_getrusage,
    libc::SYS_sysinfo,
    libc::SYS_restart_syscall,
];

const THREADS: &[i64] = &[
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_prctl,
    libc::SYS_membarrier,
];
