//! One worker process.

use crate::LectorError;
use crate::cancel::Cancel;
use cotejo_confinement::{Job, JobLimits, resident_bytes};
use cotejo_lector_protocol::{FrameError, Reply, Request, read_frame, write_frame};
use std::io::{BufReader, BufWriter, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Replies that may wait between worker and core; beyond it the worker waits. Few: each may carry a whole file of a package.
const WAITING_REPLIES: usize = 2;
/// Bytes of the standard error that are kept.
const KEPT_WORDS: usize = 4096;
/// How soon a cancellation or a deadline is noticed.
const HEARTBEAT: Duration = Duration::from_millis(50);
/// Exit status of a worker that misses something on this machine.
const EXIT_MISSING: i32 = 3;

/// Wall-clock limits of one request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wall {
    /// For the whole request.
    pub(crate) whole: Duration,
    /// Between two replies.
    pub(crate) step: Duration,
}

/// Tells how a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// With its last reply.
    Done,
    /// The worker died; why, as far as the system tells.
    Died(String),
    /// It took too long and was killed.
    TimedOut,
    /// It held more than so many megabytes of memory and was killed.
    OverMemory(u64),
    /// The person cancelled and it was killed.
    Cancelled,
}

type Frame = Result<Option<(Reply, Vec<u8>)>, FrameError>;

/// Holds a running worker. Dropping it kills and reaps the process.
pub(crate) struct Worker {
    child: Child,
    // Ends the process when it is dropped, where the platform has jobs.
    _job: Option<Job>,
    ceiling_bytes: u64,
    input: Option<BufWriter<ChildStdin>>,
    replies: Option<Receiver<Frame>>,
    words: Arc<Mutex<String>>,
    threads: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Starts the program with a clean environment, held by a job where the platform has them. `ceiling_bytes` is what it may hold beside
    /// the file it was given; 0 for no ceiling.
    pub(crate) fn start(
        mut command: Command,
        ceiling_bytes: u64,
        job: JobLimits,
    ) -> Result<Self, LectorError> {
        let not_started = |error: std::io::Error| LectorError::NotStarted { detail: error.to_string() };
        // libgomp reads this in its constructor: it must be there before the process starts.
        command.env_clear().env("OMP_THREAD_LIMIT", "1");
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(not_started)?;
        let job = match Job::around(&child, job) {
            Ok(job) => job,
            Err(error) => {
                // Without its limits it must not read: nothing was sent to it yet.
                kill(&mut child);
                return Err(not_started(error));
            }
        };
        let (sender, replies) = sync_channel(WAITING_REPLIES);
        let words = Arc::new(Mutex::new(String::new()));
        let mut threads = Vec::new();
        if let Some(output) = child.stdout.take() {
            threads.push(std::thread::spawn(move || {
                let mut output = BufReader::new(output);
                loop {
                    let frame = read_frame::<Reply>(&mut output);
                    let last = !matches!(frame, Ok(Some(_)));
                    if sender.send(frame).is_err() || last {
                        break;
                    }
                }
            }));
        }
        if let Some(errors) = child.stderr.take() {
            let words = Arc::clone(&words);
            threads.push(std::thread::spawn(move || keep_last_words(errors, &words)));
        }
        let input = child.stdin.take().map(BufWriter::new);
        Ok(Self { child, _job: job, ceiling_bytes, input, replies: Some(replies), words, threads })
    }

    /// Sends a request and hands its replies to `on_reply` until it ends. After anything but [`End::Done`] the worker is dead.
    pub(crate) fn ask(
        &mut self,
        request: &Request,
        blob: &[u8],
        wall: Wall,
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> End {
        let (Some(mut input), Some(replies)) = (self.input.take(), self.replies.take()) else {
            return End::Died(String::new());
        };
        // The file itself and what is taken out of it are our doing, not the file's.
        let allowed = self.ceiling_bytes.saturating_add(2 * blob.len() as u64);
        let watchdog = (self.ceiling_bytes > 0).then(|| Watchdog::on(self.child.id(), allowed));
        let end = std::thread::scope(|scope| {
            // A worker that does not read must not hold the core: its kill breaks this pipe.
            let writing = scope.spawn(move || write_frame(&mut input, request, blob).map(|()| input));
            let end = listen(&mut self.child, &replies, wall, cancel, watchdog, on_reply);
            if end != End::Done {
                kill(&mut self.child);
            }
            match writing.join() {
                Ok(Ok(input)) => self.input = Some(input),
                Ok(Err(_)) | Err(_) => kill(&mut self.child),
            }
            end
        });
        match end {
            End::Done if self.input.is_some() => self.replies = Some(replies),
            End::Died(_) => {
                drop(replies);
                return End::Died(self.epitaph());
            }
            _ => {}
        }
        end
    }

    /// Tells whether it can take another request.
    pub(crate) fn is_alive(&mut self) -> bool {
        self.input.is_some() && self.replies.is_some() && matches!(self.child.try_wait(), Ok(None))
    }

    /// Tells whether it holds so much memory while it waits that a fresh one is better.
    pub(crate) fn is_bloated(&self) -> bool {
        self.ceiling_bytes > 0
            && resident_bytes(self.child.id()).is_some_and(|bytes| bytes > self.ceiling_bytes / 2)
    }

    /// Returns the process's number.
    pub(crate) fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// Returns what is missing, when the worker ended because of that.
    pub(crate) fn missing(&mut self) -> Option<LectorError> {
        let status = self.child.wait().ok()?;
        if status.code() != Some(EXIT_MISSING) {
            return None;
        }
        let words = self.last_words();
        let line = words.lines().last().unwrap_or_default();
        let (code, detail) = line.split_once(": ").unwrap_or(("lector.no_program", line));
        Some(LectorError::Missing { code: code.into(), detail: detail.into() })
    }

    /// Returns what the worker last said on its standard error.
    pub(crate) fn last_words(&mut self) -> String {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn epitaph(&mut self) -> String {
        self.child.wait().map_or_else(|error| error.to_string(), |status| describe(&status))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.input = None;
        self.replies = None;
        kill(&mut self.child);
        for thread in self.threads.drain(..) {
            // A thread that panicked has nothing left to tell.
            let _ = thread.join();
        }
    }
}

fn listen(
    child: &mut Child,
    replies: &Receiver<Frame>,
    wall: Wall,
    cancel: &Cancel,
    mut watchdog: Option<Watchdog>,
    on_reply: &mut dyn FnMut(Reply, Vec<u8>),
) -> End {
    let started = Instant::now();
    let mut last = started;
    loop {
        match replies.recv_timeout(HEARTBEAT) {
            Ok(Ok(Some((Reply::Done, _)))) => return End::Done,
            Ok(Ok(Some((reply, blob)))) => {
                on_reply(reply, blob);
                last = Instant::now();
            }
            // The pipe ended or holds something else: either way this worker is done for.
            Ok(Ok(None) | Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                kill_if_running(child);
                return End::Died(String::new());
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancel.is_cancelled() {
            return End::Cancelled;
        }
        if let Some(megabytes) = watchdog.as_mut().and_then(Watchdog::bites) {
            return End::OverMemory(megabytes);
        }
        if last.elapsed() > wall.step || started.elapsed() > wall.whole {
            return End::TimedOut;
        }
    }
}

/// Looks at the memory that a process really holds: rlimits bound addresses only, and on macOS nothing at all.
struct Watchdog {
    process: u32,
    allowed: u64,
    looked: Instant,
}

impl Watchdog {
    fn on(process: u32, allowed: u64) -> Self {
        Self { process, allowed, looked: Instant::now() }
    }

    // Returns the ceiling in megabytes when the process is beyond it. Looks once in a heartbeat.
    fn bites(&mut self) -> Option<u64> {
        if self.looked.elapsed() < HEARTBEAT {
            return None;
        }
        self.looked = Instant::now();
        let held = resident_bytes(self.process)?;
        (held > self.allowed).then_some(self.allowed / (1024 * 1024))
    }
}

// Gives a worker that is just dying the moment to leave its own exit status.
fn kill_if_running(child: &mut Child) {
    for _ in 0..20 {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    kill(child);
}

fn kill(child: &mut Child) {
    // Fails when it has ended already; the wait reaps it in either case.
    let _ = child.kill();
    let _ = child.wait();
}

fn keep_last_words(mut errors: impl Read, words: &Mutex<String>) {
    let mut chunk = [0; 1024];
    while let Ok(count @ 1..) = errors.read(&mut chunk) {
        let mut kept = words.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_str(&String::from_utf8_lossy(&chunk[..count]));
        if kept.len() > KEPT_WORDS {
            let cut =
                (kept.len() - KEPT_WORDS..kept.len()).find(|at| kept.is_char_boundary(*at)).unwrap_or(0);
            kept.drain(..cut);
        }
    }
}

fn describe(status: &ExitStatus) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            return format!("señal {signal}");
        }
    }
    status.code().map_or_else(String::new, |code| format!("estado {code}"))
}
