//! Long digital files through the whole desk: how soon there is something to look at, when all is found by its words, what memory it takes.
//!
//! The peer of these rows is the product's own goal. Page types are told without the encoder, whose time has rows of its own.

use crate::{Place, Row, input};
use cotejo_casework::Desk;
use cotejo_casework::view::{Cancellation, ImportPhase, ImportProgress};
use cotejo_lector_client::Resources;
use cotejo_store::{MemoryKeyring, Ports};
use std::error::Error;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(crate) fn measure(place: &Place) -> Result<Vec<Row>, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut rows = Vec::new();
    let thousand = runtime.block_on(import(place, 1_000))?;
    let row = |what, unit, ours, theirs, pages: u32| Row {
        what,
        unit,
        ours,
        peer: "goal",
        theirs: Some(theirs),
        larger: false,
        input: format!("one digital file of {pages} pages"),
    };
    rows.push(row("first page to look at", "s", thousand.first.as_secs_f64(), 2.0, 1_000));
    rows.push(row("read and found by its words", "s", thousand.indexed.as_secs_f64(), 10.0, 1_000));
    let three = runtime.block_on(import(place, 3_000))?;
    for (pages, measured) in [(1_000, &thousand), (3_000, &three)] {
        rows.push(row("memory of the program", "MB", measured.program as f64, 300.0, pages));
        rows.push(row("memory of the reading worker", "MB", measured.worker as f64, 400.0, pages));
    }
    Ok(rows)
}

/// What one import took.
struct Measured {
    first: Duration,
    indexed: Duration,
    /// Largest resident memory of this process, in megabytes.
    program: u64,
    /// Largest resident memory of one worker, in megabytes.
    worker: u64,
}

#[derive(Default)]
struct Told {
    first: Option<Duration>,
    last: Duration,
    pages: u32,
}

async fn import(place: &Place, pages: u32) -> Result<Measured, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let resources = Resources { encoder: None, ..Resources::discover()? };
    let ports = Ports::system(Arc::new(MemoryKeyring::default()));
    let desk = Desk::open_with(&folder.path().join("datos"), ports, resources).await.map_err(said)?;
    let pliego = place.sample()?.join("pliego.ushay");
    let case = desk.create_case(&pliego, &|_| {}, &Cancellation::default()).await.map_err(said)?.id;
    let path = folder.path().join("larga.pdf");
    std::fs::write(&path, input::pdf(pages as usize)?)?;

    let (begun, told) = (Instant::now(), Mutex::new(Told::default()));
    let listen = |progress: ImportProgress| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if progress.phase == ImportPhase::Reading && progress.pages_done > told.pages {
            told.pages = progress.pages_done;
            told.last = begun.elapsed();
            told.first.get_or_insert(begun.elapsed());
        }
    };
    let memory = Memory::watch();
    desk.import_bids(&case, &[path], &listen, &Cancellation::default()).await.map_err(said)?;
    let (program, worker) = memory.peaks();
    let told = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    if told.pages != pages || desk.search(&case, "convalidacion").await.map_err(said)?.is_empty() {
        return Err(format!("{} of {pages} pages were read, or their words are not found", told.pages).into());
    }
    Ok(Measured { first: told.first.unwrap_or_default(), indexed: told.last, program, worker })
}

pub(crate) fn said(error: cotejo_casework::CaseworkError) -> Box<dyn Error> {
    error.view().message.into()
}

/// Watches the memory of this process and of its workers, as Linux counts it.
pub(crate) struct Memory {
    stop: Arc<AtomicBool>,
    own: Arc<AtomicU64>,
    worker: Arc<AtomicU64>,
    thread: std::thread::JoinHandle<()>,
}

impl Memory {
    pub(crate) fn watch() -> Self {
        let stop: Arc<AtomicBool> = Arc::default();
        let (own, worker): (Arc<AtomicU64>, Arc<AtomicU64>) = (Arc::default(), Arc::default());
        let (ended, ours, theirs) = (Arc::clone(&stop), Arc::clone(&own), Arc::clone(&worker));
        let thread = std::thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                let me = std::process::id();
                ours.fetch_max(resident(me).unwrap_or(0), Ordering::Relaxed);
                for child in children(me) {
                    theirs.fetch_max(resident(child).unwrap_or(0), Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        Self { stop, own, worker, thread }
    }

    pub(crate) fn peaks(self) -> (u64, u64) {
        self.stop.store(true, Ordering::Relaxed);
        // A thread that died watched nothing: the figures are then zero, and show it.
        let _watched = self.thread.join();
        (self.own.load(Ordering::Relaxed), self.worker.load(Ordering::Relaxed))
    }
}

fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}

fn children(process: u32) -> Vec<u32> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    threads
        .filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect()
}
