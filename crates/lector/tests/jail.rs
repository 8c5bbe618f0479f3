//! The jail, proved from inside: a worker of this test closes the very jail of the shipped one, with the engines loaded as there, and then
//! tries what a taken-over reader would try. Each layer is closed alone too, so that the test can say which one stops what.
//!
//! This program is both: started with `probar` it is that worker; started by the test runner it is the tests. Nothing of it ships.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "test code: a failure is the test's answer")]

fn main() {
    #[cfg(target_os = "linux")]
    linux::main();
    #[cfg(not(target_os = "linux"))]
    println!("skipped: the jail is proved on Linux");
}

#[cfg(target_os = "linux")]
mod linux {
    use cotejo_lector::jail::{Layers, Strictness, close};
    use cotejo_lector_protocol::{
        ForbiddenAct, JailLayer, JailReport, Reply, Request, read_frame, write_frame,
    };
    use std::collections::BTreeMap;
    use std::io::{Error, Read, Result, Write};
    use std::path::Path;
    use std::process::{Command, Stdio};

    const ALL: &str = "todo";
    const EPERM: i32 = 1;
    const EACCES: i32 = 13;
    const SIGXFSZ: i32 = 25;
    const ENOMEM: i32 = 12;

    pub(crate) fn main() {
        let words: Vec<String> = std::env::args().collect();
        if let [_, role, strictness, layers, folder] = &words[..]
            && role == "probar"
        {
            misbehave(strictness, layers, Path::new(folder));
            return;
        }
        let tests: &[(&str, fn())] = &[
            ("the_system_call_filter_stops_everything_by_itself", filter_alone),
            ("landlock_stops_files_programs_and_connections_by_itself", landlock_alone),
            ("limits_stop_growing_files_and_memory_by_themselves", limits_alone),
            ("attack_a_taken_over_reader_gets_nothing", everything),
            ("attack_a_taken_over_recogniser_gets_nothing", recognition),
            ("without_a_jail_the_same_acts_succeed", nothing),
            ("the_shipped_worker_says_what_holds", shipped),
            ("the_shipped_worker_has_no_role_for_tests", no_hidden_role),
        ];
        let mut failed = 0;
        for (name, test) in tests {
            let holds = std::panic::catch_unwind(test).is_ok();
            failed += usize::from(!holds);
            println!("test {name} ... {}", if holds { "ok" } else { "FAILED" });
        }
        let (word, passed) = (if failed == 0 { "ok" } else { "FAILED" }, tests.len() - failed);
        println!("test result: {word}. {passed} passed; {failed} failed; 0 ignored");
        if failed > 0 {
            std::process::exit(1);
        }
    }

    // ---- the worker ----

    fn misbehave(strictness: &str, layers: &str, folder: &Path) {
        let engines = engines();
        let parent = rustix::process::getppid().expect("a parent");
        let mut grown = std::fs::File::create(folder.join("abierto")).expect("makes a file");
        let strictness =
            if strictness == "reconocer" { Strictness::Recognition } else { Strictness::Reading };
        let chosen = |name: &str| layers == ALL || layers.split(',').any(|layer| layer == name);
        let layers =
            Layers { limits: chosen("limites"), files: chosen("landlock"), calls: chosen("seccomp") };
        close(strictness, 2048, layers).expect("the jail closes");
        let mut outcomes: Vec<(&str, i32)> = Vec::new();
        let mut note = |act: &'static str, outcome: Result<()>| {
            outcomes.push((act, outcome.map_or_else(|error| error.raw_os_error().unwrap_or(-1), |()| 0)));
        };
        note("socket inet", std::net::UdpSocket::bind("127.0.0.1:0").map(drop));
        note("socket unix", std::os::unix::net::UnixDatagram::unbound().map(drop));
        note("socket pair", std::os::unix::net::UnixStream::pair().map(drop));
        note(
            "connect",
            std::net::TcpStream::connect("127.0.0.1:9").map(drop).or_else(only_refused_by_nobody),
        );
        note("read /etc/passwd", std::fs::read("/etc/passwd").map(drop));
        note("read /proc/self/environ", std::fs::read("/proc/self/environ").map(drop));
        note("list /", std::fs::read_dir("/").map(drop));
        note("create", std::fs::File::create(folder.join("nuevo")).map(drop));
        note("append", std::fs::OpenOptions::new().append(true).open(folder.join("presa")).map(drop));
        note("folder", std::fs::create_dir(folder.join("carpeta")));
        note("delete", std::fs::remove_file(folder.join("presa-borrar")));
        note(
            "rename",
            std::fs::rename(folder.join("presa"), folder.join("presa-2"))
                .and_then(|()| std::fs::rename(folder.join("presa-2"), folder.join("presa"))),
        );
        note("link", std::os::unix::fs::symlink("/etc/passwd", folder.join("enlace")));
        note("spawn", inheriting("/bin/true").status().map(drop));
        note("priority of others", rustix::process::setpriority_process(None, 5).map_err(Error::from));
        note("signal", rustix::process::test_kill_process(parent).map_err(Error::from));
        note("raise limits", raise_limits());
        note(
            "memory file",
            rustix::fs::memfd_create("x", rustix::fs::MemfdFlags::CLOEXEC).map(drop).map_err(Error::from),
        );
        note(
            "thread",
            std::thread::Builder::new().spawn(|| ()).map(|thread| {
                thread.join().expect("ends");
            }),
        );
        note("much memory", much_memory());
        let mut text = String::new();
        for (act, code) in outcomes {
            text.push_str(&format!("{act}\t{code}\n"));
        }
        std::io::stdout().write_all(text.as_bytes()).expect("the pipe is open");
        std::io::stdout().flush().expect("the pipe is open");
        drop(engines);
        // Last: the system ends a process that grows a file beyond its limit.
        grown.write_all(b"x").expect("written, or the end");
    }

    // The engines as the reading role loads them, where this machine has them: what they keep open stays open in the jail.
    fn engines() -> Option<cotejo_reader::Reader> {
        let folder = std::env::var_os("COTEJO_RECURSOS")?;
        let library = Path::new(&folder).join("pdfium/libpdfium.so");
        cotejo_reader::Reader::start(&library, None).ok()
    }

    // That nobody listens there is not the jail's doing.
    fn only_refused_by_nobody(error: Error) -> Result<()> {
        if error.kind() == std::io::ErrorKind::ConnectionRefused { Ok(()) } else { Err(error) }
    }

    fn inheriting(program: &str) -> Command {
        let mut command = Command::new(program);
        command.stdin(Stdio::inherit()).stdout(Stdio::inherit()).stderr(Stdio::inherit());
        command
    }

    fn raise_limits() -> Result<()> {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: None, maximum: None };
        setrlimit(Resource::Fsize, none).map_err(Error::from)
    }

    fn much_memory() -> Result<()> {
        let mut ballast: Vec<u8> = Vec::new();
        ballast.try_reserve_exact(4 << 30).map_err(|_| Error::from_raw_os_error(ENOMEM))
    }

    // ---- the tests ----

    type Outcomes = BTreeMap<String, i32>;

    fn probe(role: &str, layers: &str) -> Outcomes {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["presa", "presa-borrar"] {
            std::fs::write(folder.path().join(name), b"intacto").expect("writes");
        }
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args(["probar", role, layers])
            .arg(folder.path())
            .output()
            .expect("starts");
        let text = String::from_utf8_lossy(&output.stdout);
        let signal = std::os::unix::process::ExitStatusExt::signal(&output.status);
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() || signal == Some(SIGXFSZ), "{layers}: {:?} {words}", output.status);
        if layers == ALL {
            let mut left: Vec<_> = std::fs::read_dir(folder.path())
                .expect("lists")
                .flatten()
                .map(|entry| entry.file_name())
                .collect();
            left.sort();
            assert_eq!(left, ["abierto", "presa", "presa-borrar"], "nothing new, nothing gone");
            assert_eq!(std::fs::read(folder.path().join("abierto")).expect("reads"), b"", "nothing written");
            assert_eq!(std::fs::read(folder.path().join("presa")).expect("reads"), b"intacto");
        }
        let grown = ("grow an open file".to_string(), signal.unwrap_or(0));
        text.lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(act, code)| (act.to_string(), code.parse().expect("a number")))
            .chain([grown])
            .collect()
    }

    fn expect(outcomes: &Outcomes, acts: &[&str], code: i32, layer: &str) {
        for act in acts {
            assert_eq!(outcomes.get(*act), Some(&code), "{act} is stopped by {layer}: {outcomes:?}");
        }
    }

    const SOCKETS: &[&str] = &["socket inet", "socket unix", "socket pair", "connect"];
    const FILES: &[&str] = &["read /etc/passwd", "read /proc/self/environ", "list /", "create", "append"];
    const FOLDERS: &[&str] = &["folder", "delete", "rename", "link"];
    const PROCESS: &[&str] = &["spawn", "priority of others", "signal", "raise limits", "memory file"];

    fn filter_alone() {
        let outcomes = probe("leer", "seccomp");
        for acts in [SOCKETS, FILES, FOLDERS, PROCESS, &["thread"]] {
            expect(&outcomes, acts, EPERM, "seccomp");
        }
        expect(&outcomes, &["much memory", "grow an open file"], 0, "nothing: that is for the limits");
    }

    fn landlock_alone() {
        let outcomes = probe("leer", "landlock");
        if outcomes.get("read /etc/passwd") == Some(&0) {
            println!("skipped: this kernel has no landlock");
            return;
        }
        expect(&outcomes, FILES, EACCES, "landlock");
        expect(&outcomes, FOLDERS, EACCES, "landlock");
        expect(&outcomes, &["spawn", "connect"], EACCES, "landlock");
        expect(&outcomes, &["socket unix", "thread"], 0, "nothing: that is for seccomp");
    }

    fn limits_alone() {
        let outcomes = probe("leer", "limites");
        expect(&outcomes, &["much memory"], ENOMEM, "RLIMIT_AS");
        expect(&outcomes, &["grow an open file"], SIGXFSZ, "RLIMIT_FSIZE");
        expect(&outcomes, &["socket unix", "read /etc/passwd"], 0, "nothing: that is for the other layers");
    }

    fn everything() {
        let outcomes = probe("leer", ALL);
        for acts in [SOCKETS, FILES, FOLDERS, PROCESS, &["thread"]] {
            expect(&outcomes, acts, EPERM, "seccomp, which is asked first");
        }
        expect(&outcomes, &["much memory"], ENOMEM, "RLIMIT_AS");
        expect(&outcomes, &["grow an open file"], SIGXFSZ, "RLIMIT_FSIZE");
    }

    fn recognition() {
        let outcomes = probe("reconocer", ALL);
        for acts in [SOCKETS, FILES, FOLDERS, PROCESS] {
            expect(&outcomes, acts, EPERM, "seccomp");
        }
        expect(&outcomes, &["thread"], 0, "nothing: it shares its products among threads");
    }

    fn nothing() {
        let outcomes = probe("leer", "nada");
        for acts in [SOCKETS, FILES, FOLDERS, PROCESS, &["thread", "much memory", "grow an open file"]] {
            expect(&outcomes, acts, 0, "nothing: else these tests would prove nothing");
        }
    }

    fn shipped() {
        let Some((mut worker, report)) = ask_for_the_report() else {
            println!("skipped: no pdfium on this machine");
            return;
        };
        let _ = worker.kill();
        let _ = worker.wait();
        for layer in [JailLayer::Memory, JailLayer::FileSize, JailLayer::Privileges, JailLayer::SystemCalls] {
            assert!(report.holds(layer), "{layer:?}: {report:?}");
        }
        assert!(report.is_closed(), "{report:?}");
        let acts: Vec<ForbiddenAct> = report.attempts.iter().map(|attempt| attempt.act).collect();
        assert_eq!(
            acts,
            [
                ForbiddenAct::OpenSocket,
                ForbiddenAct::ReadFile,
                ForbiddenAct::WriteFile,
                ForbiddenAct::StartProcess
            ]
        );
    }

    fn ask_for_the_report() -> Option<(std::process::Child, JailReport)> {
        let folder = std::env::var_os("COTEJO_RECURSOS")?;
        let library = Path::new(&folder).join("pdfium/libpdfium.so");
        if !library.is_file() {
            return None;
        }
        let mut worker = Command::new(env!("CARGO_BIN_EXE_cotejo-lector"))
            .arg("leer")
            .arg("--pdfium")
            .arg(library)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut input = worker.stdin.take().expect("a pipe");
        write_frame(&mut input, &Request::Jail, &[]).expect("asks");
        let mut output = worker.stdout.take().expect("a pipe");
        let (reply, _) = read_frame::<Reply>(&mut output).expect("answers").expect("a frame");
        let Reply::Jail(report) = reply else { unreachable!("it answers what it was asked: {reply:?}") };
        Some((worker, report))
    }

    fn no_hidden_role() {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cotejo-lector"))
            .args(["probar", "leer", "nada", "."])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut said = String::new();
        child.stdout.take().expect("a pipe").read_to_string(&mut said).expect("reads");
        assert_eq!(
            (child.wait().expect("ends").code(), said.as_str()),
            (Some(2), ""),
            "wrong use, and nothing said"
        );
    }
}
