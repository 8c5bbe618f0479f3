//! Whole offers, from their import to the proposals of every requirement: a scanned one of three hundred pages, read by OCR, recognised with
//! the encoder, judged; and a digital one of two hundred. The peer is the product's own goal (for the scanned one on four cores); the machine's
//! cores stand in the table's head.

use crate::large::{Memory, said};
use crate::{Place, Row};
use cotejo_casework::Desk;
use cotejo_casework::view::{Cancellation, ImportPhase, ImportProgress};
use cotejo_lector_client::Resources;
use cotejo_store::{MemoryKeyring, Ports};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// Scanned offers of fifteen pages and more, each of another process: no page is like another.
const OFFERS: u64 = 20;

/// Pages of the digital package, at least.
const DIGITAL_PAGES: usize = 200;

/// What one offer took.
struct Measured {
    pages: u32,
    seconds: f64,
    reopened: f64,
    worker: u64,
}

/// Measures the scanned offer.
pub(crate) fn scanned(place: &Place) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let bid = folder.path().join("oferta");
    std::fs::create_dir_all(&bid)?;
    for number in 0..OFFERS {
        let made = folder.path().join("hecha");
        let mut generate = Command::new(&place.generator);
        let seed = (31_000 + number).to_string();
        generate.args(["--semilla", &seed, "--proceso", "lico", "--salida"]).arg(&made);
        if !generate.output()?.status.success() {
            return Err("a sample was not generated".into());
        }
        let scan = crate::scanned::largest_scan(&made)?.ok_or("a sample has no scanned offer")?;
        std::fs::rename(scan, bid.join(format!("Oferta escaneada {number:02}.pdf")))?;
        std::fs::remove_dir_all(&made)?;
    }
    let measured = import(place, folder.path(), bid)?;
    Ok(rows(&measured, "scanned offer", 300.0))
}

/// Measures the digital package: the PDF files with words of their own of several bids, no two of them alike.
pub(crate) fn digital(place: &Place) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let bid = folder.path().join("oferta");
    std::fs::create_dir_all(&bid)?;
    let (mut pages, mut seed) = (0, 32_000);
    while pages < DIGITAL_PAGES {
        let made = folder.path().join("hecha");
        let mut generate = Command::new(&place.generator);
        generate.args(["--semilla", &seed.to_string(), "--proceso", "lico", "--salida"]).arg(&made);
        if !generate.output()?.status.success() {
            return Err("a sample was not generated".into());
        }
        for path in pdf_files(&made)? {
            let Ok(document) = lopdf::Document::load(&path) else { continue };
            let has_text = document.extract_text(&[1]).is_ok_and(|text| text.trim().len() > 40);
            if has_text && pages < DIGITAL_PAGES {
                pages += document.get_pages().len();
                std::fs::copy(&path, bid.join(format!("{pages:03} de {seed}.pdf")))?;
            }
        }
        std::fs::remove_dir_all(&made)?;
        seed += 1;
    }
    let measured = import(place, folder.path(), bid)?;
    Ok(rows(&measured, "digital package", 60.0))
}

fn pdf_files(folder: &Path) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pdf_files(&path)?);
        } else if path.extension().is_some_and(|kind| kind == "pdf") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn import(place: &Place, folder: &Path, bid: PathBuf) -> Result<Measured, Box<dyn Error>> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(taken(place, folder, bid))
}

async fn taken(place: &Place, folder: &Path, bid: PathBuf) -> Result<Measured, Box<dyn Error>> {
    let ports = Ports::system(Arc::new(MemoryKeyring::default()));
    let desk = Desk::open_with(&folder.join("datos"), ports, Resources::discover()?).await.map_err(said)?;
    let pliego = place.sample()?.join("pliego.ushay");
    let case = desk.create_case(&pliego, &|_| {}, &Cancellation::default()).await.map_err(said)?.id;
    let pages = AtomicU32::new(0);
    let listen = |progress: ImportProgress| {
        if progress.phase == ImportPhase::Reading {
            pages.fetch_max(progress.pages_done, Ordering::Relaxed);
        }
    };
    let (begun, memory) = (Instant::now(), Memory::watch());
    desk.import_bids(&case, &[bid], &listen, &Cancellation::default()).await.map_err(said)?;
    let matrix = desk.matrix(&case).await.map_err(said)?;
    let time = begun.elapsed().as_secs_f64();
    let (_, worker) = memory.peaks();
    if matrix.columns.len() != 1 {
        return Err("the offer was not taken as one bid".into());
    }
    // Opened once more, everything is there: nothing is read or recognised again.
    let reopened = Instant::now();
    desk.matrix(&case).await.map_err(said)?;
    Ok(Measured {
        pages: pages.load(Ordering::Relaxed),
        seconds: time,
        reopened: reopened.elapsed().as_secs_f64(),
        worker,
    })
}

fn rows(measured: &Measured, kind: &str, goal: f64) -> Vec<Row> {
    let row = |what, unit, ours, theirs| Row {
        what,
        unit,
        ours,
        peer: "goal",
        theirs: Some(theirs),
        larger: false,
        input: format!("one {kind} of {} pages, on this machine's cores", measured.pages),
    };
    vec![
        row("from import to proposals", "s", measured.seconds, goal),
        row("the same again, from what is kept", "s", measured.reopened, 1.0),
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        row("memory of a worker", "MB", measured.worker as f64, 600.0),
    ]
}
