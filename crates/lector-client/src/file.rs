//! The reading of one file, by one worker or by several, and what is done when one of them dies.

use crate::feed::{FileFeed, PageMemory};
use crate::lector::{death, remark};
use crate::reading::{FileReading, Gathering, ReadPart};
use crate::worker::{End, Supplies, Wall};
use crate::{Cancel, Lector, LectorError};
use cotejo_domain::{Finding, PageReading};
use cotejo_lector_protocol::{ReadOptions, Request};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Instant;

/// Deaths on one file after which the rest of its pages is given up.
const MOST_DEATHS: usize = 12;
/// Pages of a long file that are read first, by one worker, for whoever waits to see them; the rest is shared out.
const FIRST_PAGES: u32 = 1;
/// Most pages that a worker takes at once when a file is shared out.
const LARGEST_SHARE: usize = 32;

/// Pages and parts that wait for whoever takes them.
const WAITING_PARTS: usize = 2;

/// Says what is known of a file from an interrupted reading, and who hears how the reading goes on.
pub struct Following<'f> {
    /// Parts that were read before; their pages are not read again and not shown again.
    pub known: Vec<ReadPart>,
    /// Sees each page as soon as it is there.
    pub on_page: &'f mut dyn FnMut(&PageReading),
    /// Sees each part as soon as it is whole. A file that is not read in parts is one.
    pub on_part: &'f mut dyn FnMut(&ReadPart),
    /// Whether the words of a part are let go once `on_part` saw it: then the reading holds no more of a long file than a few parts, and
    /// its pages come without words.
    pub let_go: bool,
    /// Who keeps what was read of the images of pages.
    pub memory: Option<&'f dyn PageMemory>,
}

impl Following<'_> {
    // Hands a part on and takes it in, with its words or without.
    fn hand_on(&mut self, mut part: ReadPart, gathering: &mut Gathering) {
        (self.on_part)(&part);
        if self.let_go {
            part.let_words_go();
        }
        gathering.take_part(part);
    }
}

enum Seen {
    Page(Box<PageReading>),
    Part(Box<ReadPart>),
}

/// Holds what all workers on one file have in common.
pub(crate) struct Job<'j, 'f> {
    pub(crate) lector: &'j Lector,
    pub(crate) name: &'j str,
    pub(crate) file: FileFeed<'f>,
    pub(crate) options: &'j ReadOptions,
    pub(crate) cancel: &'j Cancel,
    memory: Option<&'j dyn PageMemory>,
    deadline: Instant,
    deaths: AtomicUsize,
}

impl<'j, 'f> Job<'j, 'f> {
    pub(crate) fn new(
        lector: &'j Lector,
        name: &'j str,
        file: FileFeed<'f>,
        options: &'j ReadOptions,
        memory: Option<&'j dyn PageMemory>,
        cancel: &'j Cancel,
    ) -> Self {
        let deadline = Instant::now() + lector.settings().file_time;
        Self { lector, name, file, options, cancel, memory, deadline, deaths: AtomicUsize::new(0) }
    }

    /// Reads the asked pages, or all when `asked` is empty. A long PDF or TIFF is read part by part, shared out among the free workers; what
    /// is known of it already is not read again.
    pub(crate) fn read(
        &self,
        asked: &[u32],
        mut following: Following<'_>,
    ) -> Result<FileReading, LectorError> {
        let mut gathering = Gathering::default();
        let head = self.file.piece(0, 5).map_err(|error| LectorError::Unfed { detail: error.to_string() })?;
        let marks: [&[u8]; 3] = [b"%PDF-", b"II*\0", b"MM\0*"];
        let in_parts = asked.is_empty() && marks.iter().any(|mark| head.starts_with(mark));
        if !in_parts {
            // Such a file is one part: known, it is known whole.
            if asked.is_empty() && !following.known.is_empty() {
                following.known.drain(..).for_each(|part| gathering.take_part(part));
                return Ok(gathering.finish());
            }
            self.pages(asked, &mut gathering, following.on_page)?;
            if asked.is_empty() && gathering.has_begun() {
                let part = std::mem::take(&mut gathering).into_part();
                following.hand_on(part, &mut gathering);
            }
            return Ok(gathering.finish());
        }
        following.known.drain(..).for_each(|part| gathering.take_part(part));
        if !gathering.has_begun() {
            let first: Vec<u32> = (1..=FIRST_PAGES).collect();
            let mut part = Gathering::default();
            self.pages(&first, &mut part, following.on_page)?;
            if part.has_begun() {
                following.hand_on(part.into_part(), &mut gathering);
            } else {
                gathering = part;
            }
        }
        let rest = gathering.missing(&[]);
        if !rest.is_empty() {
            self.share_out(&rest, &mut gathering, &mut following)?;
        }
        Ok(gathering.finish())
    }

    fn share_out(
        &self,
        pages: &[u32],
        gathering: &mut Gathering,
        following: &mut Following<'_>,
    ) -> Result<(), LectorError> {
        let readers = self.lector.settings().readers;
        let shares = shares(pages, readers);
        let workers = readers.min(shares.len());
        let queue: Mutex<VecDeque<&[u32]>> = Mutex::new(shares);
        let failure = Mutex::new(None);
        std::thread::scope(|scope| {
            // Whoever is slow to take the pages slows the workers down; nothing piles up here.
            let (sender, seen) = mpsc::sync_channel::<Seen>(WAITING_PARTS);
            for _ in 0..workers {
                let (sender, queue, failure) = (sender.clone(), &queue, &failure);
                scope.spawn(move || {
                    // In its own call: a lock taken in the loop's head would be held through its body, and one worker would wait for another.
                    let next = || lock(queue).pop_front();
                    while let Some(chunk) = next() {
                        let mut part = Gathering::default();
                        let outcome = self.pages(chunk, &mut part, &mut |page| {
                            // The other end waits for as long as there are senders.
                            let _ = sender.send(Seen::Page(Box::new(page.clone())));
                        });
                        match outcome {
                            Ok(()) => drop(sender.send(Seen::Part(Box::new(part.into_part())))),
                            Err(error) => {
                                lock(failure).get_or_insert(error);
                                lock(queue).clear();
                            }
                        }
                    }
                });
            }
            drop(sender);
            for seen in &seen {
                match seen {
                    Seen::Page(page) => (following.on_page)(&page),
                    Seen::Part(part) => following.hand_on(*part, gathering),
                }
            }
        });
        failure.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
    }

    // Reads the asked pages one worker after the other, until each is read or given up.
    fn pages(
        &self,
        asked: &[u32],
        gathering: &mut Gathering,
        on_page: &mut dyn FnMut(&PageReading),
    ) -> Result<(), LectorError> {
        let mut next = Some(asked.to_vec());
        // A page that a worker died on, while it is tried once more by itself.
        let mut suspect = None;
        while let Some(pages) = next.take() {
            let end = self.ask(pages, gathering, on_page)?;
            let missing = gathering.missing(asked);
            if end == End::Done {
                if suspect.take().is_some() && !missing.is_empty() {
                    next = Some(missing);
                } else if let [first, ..] = missing[..] {
                    // A worker that ends well and yet leaves pages out is as good as dead.
                    let finding = remark("lector.page_left_out", Some(first), &[("archivo", self.name)]);
                    give_up(gathering, &missing, &finding, on_page);
                }
                continue;
            }
            let deaths = self.deaths.fetch_add(1, Ordering::Relaxed) + 1;
            let finding = |page| death(&end, self.name, page);
            let Some(first) = missing.first().copied() else {
                if gathering.has_begun() || deaths > 1 {
                    gathering.remark(finding(None));
                } else {
                    // It died before it said anything: once more, from the start.
                    next = Some(asked.to_vec());
                }
                continue;
            };
            if deaths >= MOST_DEATHS || Instant::now() >= self.deadline {
                give_up(gathering, &missing, &finding(Some(first)), on_page);
            } else if suspect == Some(first) {
                suspect = None;
                give_up(gathering, &missing[..1], &finding(Some(first)), on_page);
                next = (missing.len() > 1).then(|| missing[1..].to_vec());
            } else {
                // Pages come in order: the first that did not come is the one it died on.
                suspect = Some(first);
                next = Some(vec![first]);
            }
        }
        Ok(())
    }

    fn ask(
        &self,
        pages: Vec<u32>,
        gathering: &mut Gathering,
        on_page: &mut dyn FnMut(&PageReading),
    ) -> Result<End, LectorError> {
        let wall = Wall {
            whole: self.deadline.saturating_duration_since(Instant::now()),
            step: self.lector.settings().page_time,
        };
        let options = ReadOptions { pages, memory: self.memory.is_some(), ..self.options.clone() };
        let request = Request::Read { name: self.name.into(), options };
        let mut supplies = Supplies { file: Some(&self.file), memory: self.memory, pages: None };
        let end = self.lector.ask_reader(&request, &mut supplies, wall, self.cancel, &mut |reply, _| {
            if let Some(page) = gathering.take(reply) {
                on_page(page);
            }
        })?;
        match end {
            End::Cancelled => Err(LectorError::Cancelled),
            End::Unfed(detail) => Err(LectorError::Unfed { detail }),
            end => Ok(end),
        }
    }
}

// Shares that grow smaller towards the end, so that no worker is left with many pages while the others have none (guided self-scheduling:
// C. Polychronopoulos, D. Kuck, IEEE Transactions on Computers C-36, 1987).
fn shares(pages: &[u32], readers: usize) -> VecDeque<&[u32]> {
    let mut shares = VecDeque::new();
    let mut rest = pages;
    while !rest.is_empty() {
        let share = (rest.len() / (2 * readers.max(1))).clamp(1, LARGEST_SHARE);
        let (taken, left) = rest.split_at(share);
        shares.push_back(taken);
        rest = left;
    }
    shares
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn give_up(
    gathering: &mut Gathering,
    pages: &[u32],
    finding: &Finding,
    on_page: &mut dyn FnMut(&PageReading),
) {
    for number in pages {
        if let Some(page) = gathering.give_up(*number, Finding { page: Some(*number), ..finding.clone() }) {
            on_page(page);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_grow_smaller_and_hold_each_page_once() {
        let pages: Vec<u32> = (2..=16).collect();
        let lengths = |readers| shares(&pages, readers).iter().map(|share| share.len()).collect::<Vec<_>>();
        assert_eq!(lengths(2), [3, 3, 2, 1, 1, 1, 1, 1, 1, 1]);
        assert_eq!(lengths(1)[0], 7);
        let long: Vec<u32> = (1..=1000).collect();
        let shared = shares(&long, 4);
        assert!(shared.iter().all(|share| (1..=LARGEST_SHARE).contains(&share.len())));
        assert_eq!(shared.iter().copied().flatten().copied().collect::<Vec<_>>(), long);
        assert!(shares(&[], 2).is_empty());
    }
}
