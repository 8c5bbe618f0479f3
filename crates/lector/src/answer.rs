//! The loop: one request in, a stream of replies out. While it answers, the worker may ask for what it needs: pieces of the file, pages,
//! what was kept.

use crate::{Failure, jail};
use cotejo_domain::PageReading;
use cotejo_intake::ByteSource;
use cotejo_lector_protocol::{FrameError, MAX_PIECE, Reply, Request, read_frame, write_frame};
use std::cell::{Cell, OnceCell, RefCell};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes of a window on a large file.
const WINDOW: u64 = 256 * 1024;
/// Windows that are held at once: the directory of a package lies far from its entries.
const WINDOWS: usize = 4;

/// Holds the pipe to the core.
pub(crate) struct Answer {
    input: Mutex<Box<dyn Read + Send>>,
    output: Mutex<Box<dyn Write + Send>>,
    broken: Mutex<Option<FrameError>>,
}

impl Answer {
    pub(crate) fn new(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            input: Mutex::new(Box::new(input)),
            output: Mutex::new(Box::new(output)),
            broken: Mutex::new(None),
        })
    }

    /// Sends a reply without a blob.
    pub(crate) fn send(&self, reply: &Reply) {
        self.send_with(reply, &[]);
    }

    /// Sends a reply with its blob. After the pipe broke nothing more is sent, and the worker ends after this request.
    pub(crate) fn send_with(&self, reply: &Reply, blob: &[u8]) {
        let mut broken = lock(&self.broken);
        if broken.is_none() {
            *broken = write_frame(&mut *lock(&self.output), reply, blob).err();
        }
    }

    // Asks the core for something; `None` when it does not answer any more.
    fn ask(&self, reply: &Reply) -> Option<(Request, Vec<u8>)> {
        self.send(reply);
        if lock(&self.broken).is_some() {
            return None;
        }
        let read = read_frame::<Request>(&mut *lock(&self.input));
        match read {
            Ok(Some(answer)) => return Some(answer),
            Ok(None) => *lock(&self.broken) = Some(ended()),
            Err(error) => *lock(&self.broken) = Some(error),
        }
        None
    }

    fn piece(&self, place: u64, length: u64) -> std::io::Result<Vec<u8>> {
        let wanted = u32::try_from(length).unwrap_or(MAX_PIECE).min(MAX_PIECE);
        match self.ask(&Reply::Want { place, length: wanted }) {
            Some((Request::Piece, bytes)) if bytes.len() as u64 == u64::from(wanted) => Ok(bytes),
            _ => Err(std::io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// Asks for the pages that come after so many; none at the end.
    pub(crate) fn pages(&self, after: u32) -> Vec<PageReading> {
        match self.ask(&Reply::WantPages { after }) {
            Some((Request::Pages { pages }, _)) => pages,
            _ => Vec::new(),
        }
    }

    /// Asks for what was kept under a key.
    pub(crate) fn recall(&self, key: &str) -> Option<Vec<u8>> {
        match self.ask(&Reply::Recall { key: key.into() }) {
            Some((Request::Recalled { found: true }, value)) => Some(value),
            _ => None,
        }
    }

    /// Hands over what is worth keeping under a key.
    pub(crate) fn keep(&self, key: &str, value: &[u8]) {
        self.send_with(&Reply::Keep { key: key.into() }, value);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn ended() -> FrameError {
    FrameError::Pipe(std::io::ErrorKind::UnexpectedEof.into())
}

/// Holds the file that requests are about: its bytes come when they are needed, and stay for the next request about the same file.
#[derive(Default)]
pub(crate) struct FileAtHand {
    id: String,
    size: u64,
    whole: OnceCell<Vec<u8>>,
}

impl FileAtHand {
    /// Returns the length in bytes.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Returns all of it.
    ///
    /// # Errors
    /// When the core does not give it.
    pub(crate) fn whole(&self, answer: &Answer) -> std::io::Result<&[u8]> {
        if let Some(bytes) = self.whole.get() {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < self.size {
            let place = bytes.len() as u64;
            bytes.extend(answer.piece(place, self.size - place)?);
        }
        Ok(self.whole.get_or_init(|| bytes))
    }

    /// Returns it as something to be read where it stands.
    pub(crate) fn windows<'a>(&self, answer: &'a Answer) -> Windows<'a> {
        Windows { answer, size: self.size, held: RefCell::new(Vec::new()), turn: Cell::new(0) }
    }
}

/// A file of which a few windows are held.
pub(crate) struct Windows<'a> {
    answer: &'a Answer,
    size: u64,
    held: RefCell<Vec<Window>>,
    turn: Cell<u64>,
}

struct Window {
    index: u64,
    bytes: Vec<u8>,
    used: u64,
}

impl ByteSource for Windows<'_> {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, place: u64, buffer: &mut [u8]) -> std::io::Result<usize> {
        if place >= self.size || buffer.is_empty() {
            return Ok(0);
        }
        let index = place / WINDOW;
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        let mut held = self.held.borrow_mut();
        let at = match held.iter().position(|window| window.index == index) {
            Some(at) => at,
            None => {
                let start = index * WINDOW;
                let bytes = self.answer.piece(start, WINDOW.min(self.size - start))?;
                if held.len() >= WINDOWS
                    && let Some(oldest) =
                        (0..held.len()).min_by_key(|at| held.get(*at).map(|window| window.used))
                {
                    held.swap_remove(oldest);
                }
                held.push(Window { index, bytes, used: turn });
                held.len() - 1
            }
        };
        let Some(window) = held.get_mut(at) else { return Ok(0) };
        window.used = turn;
        let from = usize::try_from(place - index * WINDOW).unwrap_or(usize::MAX);
        let there = window.bytes.get(from..).unwrap_or_default();
        there.read_at(0, buffer)
    }
}

/// Answers requests until the input ends. `respond` answers one of them; [`Reply::Done`] is sent after it.
///
/// # Errors
/// Fails when the pipe breaks or a frame is beyond the limits.
pub(crate) fn serve(
    answer: &Answer,
    respond: &mut dyn FnMut(Request, &FileAtHand, &Answer),
) -> Result<(), Failure> {
    let mut file = FileAtHand::default();
    loop {
        let read = read_frame::<Request>(&mut *lock(&answer.input))?;
        let Some((request, blob)) = read else { return Ok(()) };
        if let Request::File { id, size } = request {
            let same = id == file.id && size == file.size && file.whole.get().is_some();
            if !same {
                file = FileAtHand { id, size, whole: OnceCell::new() };
                if blob.len() as u64 == size {
                    let _ = file.whole.set(blob);
                }
            }
            continue;
        }
        jail::grant_processor_time();
        respond(request, &file, answer);
        answer.send(&Reply::Done);
        let broken = lock(&answer.broken).take();
        if let Some(error) = broken {
            return Err(error.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            lock(&self.0).extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn frames(requests: &[(Request, &[u8])]) -> std::io::Cursor<Vec<u8>> {
        let mut input = Vec::new();
        for (request, blob) in requests {
            write_frame(&mut input, request, blob).expect("writes");
        }
        std::io::Cursor::new(input)
    }

    fn replies(output: &Shared) -> Vec<Reply> {
        let bytes = lock(&output.0).clone();
        let mut output = bytes.as_slice();
        std::iter::from_fn(|| read_frame::<Reply>(&mut output).expect("reads"))
            .map(|(reply, _)| reply)
            .collect()
    }

    fn render(page: u32) -> Request {
        Request::Render { page, scale: 1.0, password: None, turn: 0 }
    }

    #[test]
    fn each_request_is_answered_until_its_end() {
        let announced = Request::File { id: "a".into(), size: 4 };
        let input = frames(&[(announced, b"blob"), (render(1), b""), (render(2), b"")]);
        let output = Shared::default();
        let answer = Answer::new(input, output.clone());
        serve(&answer, &mut |request, file, answer| {
            assert_eq!(file.whole(answer).expect("there"), b"blob", "it stays for the second request");
            if request == render(2) {
                answer.send(&Reply::Image { width: 1, height: 1 });
            }
        })
        .expect("serves");
        assert_eq!(replies(&output), [Reply::Done, Reply::Image { width: 1, height: 1 }, Reply::Done]);
    }

    #[test]
    fn a_large_file_is_asked_for_piece_by_piece() {
        let size = WINDOW + 10;
        let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
        let (first, second) = bytes.split_at(WINDOW as usize);
        let input = frames(&[
            (Request::File { id: "a".into(), size }, b""),
            (render(1), b""),
            (Request::Piece, first),
            (Request::Piece, second),
        ]);
        let output = Shared::default();
        let answer = Answer::new(input, output.clone());
        serve(&answer, &mut |_, file, answer| {
            let windows = file.windows(answer);
            let mut four = [0; 4];
            for place in [7, WINDOW + 1, 9] {
                assert_eq!(windows.read_at(place, &mut four).expect("reads"), 4);
                assert_eq!(four, bytes[place as usize..place as usize + 4], "at {place}");
            }
            assert_eq!(windows.read_at(size - 1, &mut four).expect("reads"), 1, "there is no more");
            assert_eq!(windows.read_at(size, &mut four).expect("reads"), 0);
        })
        .expect("serves");
        let wants: Vec<u64> = replies(&output)
            .iter()
            .filter_map(|reply| if let Reply::Want { place, .. } = reply { Some(*place) } else { None })
            .collect();
        assert_eq!(wants, [0, WINDOW], "each window once");
    }

    #[test]
    fn a_core_that_gives_less_than_asked_for_ends_the_request() {
        let input = frames(&[
            (Request::File { id: "a".into(), size: 9 }, b""),
            (render(1), b""),
            (Request::Piece, b"four"),
        ]);
        let answer = Answer::new(input, Shared::default());
        serve(&answer, &mut |_, file, answer| assert!(file.whole(answer).is_err())).expect("and goes on");
    }
}
