//! The Linux jail: no new privileges, landlock, seccomp.
//!
//! Either of the last two denies every opening of a file, so that a kernel without landlock is no open door: landlock answers with
//! `EACCES`, the filter with `EPERM`, and the filter is asked first.

use super::{Layers, NotClosed, Strictness, whole};
use cotejo_lector_protocol::{HeldLayer, JailLayer};
use landlock::{
    ABI, Access, AccessFs, AccessNet, LandlockStatus, RestrictSelfAttr, RestrictionStatus, Ruleset,
    RulesetAttr, RulesetError, RulesetStatus, Scope,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};
use std::collections::BTreeMap;

type Rules = BTreeMap<i64, Vec<SeccompRule>>;
type Built<T> = Result<T, seccompiler::BackendError>;

/// Closes what the kernel can close; each layer that holds is noted in `held`.
pub(super) fn close(
    strictness: Strictness,
    layers: Layers,
    held: &mut Vec<HeldLayer>,
) -> Result<(), NotClosed> {
    if rustix::thread::set_no_new_privs(true).is_ok() {
        held.push(whole(JailLayer::Privileges, ""));
    }
    if layers.files
        && let Ok(status) = restrict_files()
        && status.ruleset != RulesetStatus::NotEnforced
    {
        let detail = match status.landlock {
            LandlockStatus::Available { effective_abi, .. } => format!("landlock {effective_abi:?}"),
            LandlockStatus::NotEnabled | LandlockStatus::NotImplemented => String::new(),
        };
        let whole = status.ruleset == RulesetStatus::FullyEnforced;
        held.push(HeldLayer { layer: JailLayer::FileSystem, whole, detail });
    }
    if layers.calls {
        let not_closed = |detail: String| NotClosed { layer: JailLayer::SystemCalls, detail };
        let (answers, calls) = filters(strictness).map_err(|error| not_closed(error.to_string()))?;
        for program in [answers, calls] {
            seccompiler::apply_filter_all_threads(&program).map_err(|error| not_closed(error.to_string()))?;
        }
        let count =
            BASE.len() + CONDITIONAL + if strictness == Strictness::Recognition { THREADS.len() } else { 0 };
        held.push(whole(JailLayer::SystemCalls, format!("seccomp {count}")));
    }
    Ok(())
}

// No rule is added: everything that is handled is denied. Descriptors that are open stay usable.
fn restrict_files() -> Result<RestrictionStatus, RulesetError> {
    let abi = ABI::V6;
    Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?
        .all_threads(true)?
        .restrict_self()
}

// The first filter only answers `clone3` with ENOSYS, because its flags stand in memory where no filter can look: the C library then uses
// `clone`, whose flags are judged. In the second what is not listed fails with EPERM: engines treat that as a missing file, not as the end.
fn filters(strictness: Strictness) -> Built<(BpfProgram, BpfProgram)> {
    let architecture = std::env::consts::ARCH.try_into()?;
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let answers = BTreeMap::from([(libc::SYS_clone3, vec![])]);
    let answers = SeccompFilter::new(answers, SeccompAction::Allow, unknown, architecture)?;
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let calls = SeccompFilter::new(rules(strictness)?, denied, SeccompAction::Allow, architecture)?;
    Ok((answers.try_into()?, calls.try_into()?))
}

/// Calls that are allowed with some arguments only, in both roles.
const CONDITIONAL: usize = 5;

fn rules(strictness: Strictness) -> Built<Rules> {
    let mut rules: Rules = BASE.iter().map(|number| (*number, vec![])).collect();
    // What became data never becomes code.
    let executable = u64::from(libc::PROT_EXEC.unsigned_abs());
    rules.insert(libc::SYS_mmap, vec![SeccompRule::new(vec![masked(2, executable, 0)?])?]);
    rules.insert(libc::SYS_mprotect, vec![SeccompRule::new(vec![masked(2, executable, 0)?])?]);
    // Only what is open already: the C library asks so for `fstat`.
    let open = u64::from(libc::AT_EMPTY_PATH.unsigned_abs());
    rules.insert(libc::SYS_newfstatat, vec![SeccompRule::new(vec![masked(3, open, open)?])?]);
    // `abort` of this process, and no signal to another.
    let process = u64::from(std::process::id());
    rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![equal(0, process)?])?]);
    // Its own limits: reading all, and setting the processor time, which each request counts anew.
    let reading = SeccompRule::new(vec![equal(0, 0)?, whole_equal(2, 0)?])?;
    let processor = SeccompRule::new(vec![equal(0, 0)?, equal(1, u64::from(libc::RLIMIT_CPU))?])?;
    rules.insert(libc::SYS_prlimit64, vec![reading, processor]);
    if strictness == Strictness::Recognition {
        rules.extend(THREADS.iter().map(|number| (*number, vec![])));
        let thread = u64::from(libc::CLONE_THREAD.unsigned_abs());
        rules.insert(libc::SYS_clone, vec![SeccompRule::new(vec![masked(0, thread, thread)?])?]);
        let naming = u64::from(libc::PR_SET_NAME.unsigned_abs());
        rules.insert(libc::SYS_prctl, vec![SeccompRule::new(vec![equal(0, naming)?])?]);
    }
    Ok(rules)
}

fn masked(argument: u8, mask: u64, value: u64) -> Built<SeccompCondition> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(mask), value)
}

fn equal(argument: u8, value: u64) -> Built<SeccompCondition> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, value)
}

fn whole_equal(argument: u8, value: u64) -> Built<SeccompCondition> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, value)
}

const BASE: &[i64] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_lseek,
    libc::SYS_fstat,
    libc::SYS_fcntl,
    libc::SYS_munmap,
    libc::SYS_mremap,
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
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getrusage,
    libc::SYS_sysinfo,
    libc::SYS_restart_syscall,
];

/// What threads need besides `clone` and `prctl`, which have their conditions.
const THREADS: &[i64] = &[libc::SYS_clone3, libc::SYS_set_robust_list, libc::SYS_rseq, libc::SYS_membarrier];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_reaches_out_is_on_the_list() {
        let never = [
            libc::SYS_socket,
            libc::SYS_socketpair,
            libc::SYS_connect,
            libc::SYS_bind,
            libc::SYS_sendto,
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_openat,
            libc::SYS_openat2,
            libc::SYS_unlinkat,
            libc::SYS_renameat2,
            libc::SYS_mkdirat,
            libc::SYS_truncate,
            libc::SYS_ftruncate,
            libc::SYS_ioctl,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_pidfd_open,
            libc::SYS_pidfd_getfd,
            libc::SYS_kill,
            libc::SYS_mount,
            libc::SYS_umount2,
            libc::SYS_unshare,
            libc::SYS_setns,
            libc::SYS_keyctl,
            libc::SYS_add_key,
            libc::SYS_request_key,
            libc::SYS_io_uring_setup,
            libc::SYS_io_uring_enter,
            libc::SYS_io_uring_register,
            libc::SYS_bpf,
            libc::SYS_perf_event_open,
            libc::SYS_userfaultfd,
            libc::SYS_memfd_create,
            libc::SYS_shmget,
            libc::SYS_init_module,
            libc::SYS_kexec_load,
        ];
        #[cfg(target_arch = "x86_64")]
        let older = [
            libc::SYS_fork,
            libc::SYS_vfork,
            libc::SYS_open,
            libc::SYS_creat,
            libc::SYS_unlink,
            libc::SYS_rename,
            libc::SYS_mkdir,
        ];
        #[cfg(not(target_arch = "x86_64"))]
        let older: [i64; 0] = [];
        for strictness in [Strictness::Reading, Strictness::Recognition] {
            let rules = rules(strictness).expect("builds");
            for number in never.into_iter().chain(older) {
                assert!(!rules.contains_key(&number), "{number} in {strictness:?}");
            }
        }
        let reading = rules(Strictness::Reading).expect("builds");
        assert!(!reading.contains_key(&libc::SYS_clone), "a reading worker starts not even a thread");
        assert_eq!(reading.len(), BASE.len() + CONDITIONAL, "each call once");
    }

    #[test]
    fn the_filters_compile_for_this_machine() {
        for strictness in [Strictness::Reading, Strictness::Recognition] {
            let (answers, calls) = filters(strictness).expect("compiles");
            assert!(!answers.is_empty() && calls.len() > BASE.len(), "{strictness:?}");
        }
    }
}
