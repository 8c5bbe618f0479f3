//! One worker process.

use crate::LectorError;
use crate::cancel::Cancel;
use crate::feed::{FileFeed, PageMemory};
use cotejo_confinement::{Job, JobLimits, resident_bytes};
use cotejo_domain::PageReading;
use cotejo_lector_protocol::{FrameError, MAX_PIECE, Reply, Request, read_frame, write_frame};
use std::io::{BufReader, BufWriter, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Replies that may wait between worker and core; beyond it the worker waits.
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
    /// The file could not be read for it; why, in the system's own words.
    Unfed(String),
}

/// Holds what a worker may ask for while it answers.
#[derive(Default)]
pub(crate) struct Supplies<'s, 'f> {
    /// The file that the request is about.
    pub(crate) file: Option<&'s FileFeed<'f>>,
    /// Gives the pages that come after so many.
    pub(crate) pages: Option<&'s mut dyn FnMut(u32) -> Vec<PageReading>>,
    /// What is known of images of pages.
    pub(crate) memory: Option<&'s dyn PageMemory>,
}

impl Supplies<'_, '_> {
    // Answers what a worker asks for; `None` when the reply asks for nothing.
    fn answer(&mut self, reply: &Reply, blob: &[u8]) -> Option<Result<(Request, Vec<u8>), String>> {
        Some(match reply {
            Reply::Want { place, length } => {
                let piece = self.file.map(|file| file.piece(*place, u64::from(*length)));
                let piece = piece.unwrap_or_else(|| Ok(Vec::new()));
                piece.map(|bytes| (Request::Piece, bytes)).map_err(|error| error.to_string())
            }
            Reply::WantPages { after } => {
                let pages = self.pages.as_mut().map_or_else(Vec::new, |pages| pages(*after));
                Ok((Request::Pages { pages }, Vec::new()))
            }
            Reply::Recall { key } => {
                let kept = self.memory.and_then(|memory| memory.recall(key));
                Ok((Request::Recalled { found: kept.is_some() }, kept.unwrap_or_default()))
            }
            Reply::Keep { key } => {
                if let Some(memory) = self.memory {
                    memory.keep(key, blob);
                }
                return None;
            }
            _ => return None,
        })
    }
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

    /// Sends a request, supplies what the worker asks for and hands its other replies to `on_reply` until it ends. After anything but
    /// [`End::Done`] the worker is dead.
    pub(crate) fn ask(
        &mut self,
        request: &Request,
        supplies: &mut Supplies<'_, '_>,
        wall: Wall,
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> End {
        let (Some(mut input), Some(replies)) = (self.input.take(), self.replies.take()) else {
            return End::Died(String::new());
        };
        let size = supplies.file.map_or(0, FileFeed::size);
        // What fits in one piece needs no asking.
        let announced = supplies.file.map(|file| {
            let small = size <= u64::from(MAX_PIECE);
            let blob =
                if small { file.piece(0, size).map_err(|error| error.to_string()) } else { Ok(Vec::new()) };
            blob.map(|blob| (Request::File { id: file.id().into(), size }, blob))
        });
        let announced = match announced.transpose() {
            Ok(announced) => announced,
            Err(detail) => {
                (self.input, self.replies) = (Some(input), Some(replies));
                return End::Unfed(detail);
            }
        };
        // The file itself is our doing, not the file's.
        let allowed = self.ceiling_bytes.saturating_add(size);
        let watchdog = (self.ceiling_bytes > 0).then(|| Watchdog::on(self.child.id(), allowed));
        let end = std::thread::scope(|scope| {
            // A worker that does not read must not hold the core: its kill breaks this pipe.
            let (supply, supplied) = sync_channel::<(Request, Vec<u8>)>(WAITING_REPLIES);
            let writing = scope.spawn(move || {
                if let Some((file, blob)) = announced {
                    write_frame(&mut input, &file, &blob)?;
                }
                write_frame(&mut input, request, &[])?;
                for (answer, blob) in supplied {
                    write_frame(&mut input, &answer, &blob)?;
                }
                Ok::<_, FrameError>(input)
            });
            let end = listen(&mut self.child, &replies, supply, supplies, wall, cancel, watchdog, on_reply);
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

#[expect(clippy::too_many_arguments, reason = "the state of one request, passed on once")]
fn listen(
    child: &mut Child,
    replies: &Receiver<Frame>,
    supply: SyncSender<(Request, Vec<u8>)>,
    supplies: &mut Supplies<'_, '_>,
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
                match supplies.answer(&reply, &blob) {
                    Some(Err(detail)) => return End::Unfed(detail),
                    // A worker that asks and does not take the answers is not ours any more.
                    Some(Ok(answer)) => {
                        if supply.try_send(answer).is_err() {
                            kill_if_running(child);
                            return End::Died(String::new());
                        }
                    }
                    None => on_reply(reply, blob),
                }
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
