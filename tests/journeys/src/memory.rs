//! How much memory a program and its workers hold at most, as Linux counts it.

use std::fmt;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A program that ran to its end under watch.
pub struct Watched {
    /// How it ended.
    pub status: ExitStatus,
    /// What it wrote to its standard output.
    pub output: Vec<u8>,
    /// Largest resident memory of the program, in megabytes; 0 where the system does not tell.
    pub program: u64,
    /// Largest resident memory of any of its reading workers, in megabytes.
    pub reader: u64,
    /// Largest resident memory of its recognition worker, in megabytes: the encoder's weights are in it.
    pub recogniser: u64,
    /// How long it took.
    pub time: Duration,
}

impl Watched {
    /// Runs a program to its end. What it says on its standard error goes where this test's goes.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(command: &mut Command) -> std::io::Result<Self> {
        let start = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let mut pipe = child.stdout.take();
        let collector = std::thread::spawn(move || {
            let mut output = Vec::new();
            let read = pipe.as_mut().map_or(Ok(0), |pipe| pipe.read_to_end(&mut output));
            read.map(|_| output)
        });
        let (mut program, mut reader, mut recogniser) = (0, 0, 0);
        let status = loop {
            for (role, peak) in peaks(child.id()) {
                match role {
                    Role::Program => program = peak.max(program),
                    Role::Reader => reader = peak.max(reader),
                    Role::Recogniser => recogniser = peak.max(recogniser),
                }
            }
            if let Some(status) = child.try_wait()? {
                break status;
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        let output =
            collector.join().map_err(|_| std::io::Error::other("the reader of the output died"))??;
        Ok(Self { status, output, program, reader, recogniser, time: start.elapsed() })
    }

    /// Fails when the program, a reading worker or the recognition worker held more than so many megabytes.
    ///
    /// # Panics
    /// When one did.
    pub fn held_under(&self, program: u64, reader: u64, recogniser: u64) {
        for (what, held, most) in [
            ("the program", self.program, program),
            ("a reading worker", self.reader, reader),
            ("the recognition worker", self.recogniser, recogniser),
        ] {
            assert!(held < most, "{what} held {held} MB, less than {most} are allowed");
        }
    }
}

impl fmt::Display for Watched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} s, at most: program {} MB, reading worker {} MB, recognition worker {} MB",
            self.time.as_secs(),
            self.program,
            self.reader,
            self.recogniser
        )
    }
}

enum Role {
    Program,
    Reader,
    Recogniser,
}

/// Returns the largest resident memory so far of a process and of its children, in megabytes, with the role of each.
fn peaks(parent: u32) -> Vec<(Role, u64)> {
    let mut peaks = Vec::new();
    let Ok(processes) = std::fs::read_dir("/proc") else { return peaks };
    for entry in processes.flatten() {
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // Processes end while the list is read.
        let Ok(status) = std::fs::read_to_string(entry.path().join("status")) else { continue };
        let figure = |key: &str| -> Option<u64> {
            status.lines().find_map(|line| line.strip_prefix(key)?.split_whitespace().next()?.parse().ok())
        };
        let role = if process == parent {
            Role::Program
        } else if figure("PPid:") != Some(u64::from(parent)) {
            continue;
        } else {
            let words = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            let recognises = words.split(|byte| *byte == 0).any(|word| word == b"reconocer");
            if recognises { Role::Recogniser } else { Role::Reader }
        };
        peaks.push((role, figure("VmHWM:").unwrap_or(0) / 1024));
    }
    peaks
}
