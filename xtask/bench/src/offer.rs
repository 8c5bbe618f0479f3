//! A scanned offer of three hundred pages, from its import to the proposals of every requirement: read by OCR, recognised with the encoder,
//! judged. The peer is the product's own goal for four cores; the machine's cores stand in the table's head.

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

pub(crate) fn measure(place: &Place) -> Result<Vec<Row>, Box<dyn Error>> {
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
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(import(place, folder.path(), bid))
}

async fn import(place: &Place, folder: &Path, bid: PathBuf) -> Result<Vec<Row>, Box<dyn Error>> {
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
    let row = |what, unit, ours, theirs| Row {
        what,
        unit,
        ours,
        peer: "goal",
        theirs: Some(theirs),
        larger: false,
        input: format!(
            "one scanned offer of {} pages, on this machine's cores",
            pages.load(Ordering::Relaxed)
        ),
    };
    Ok(vec![
        row("from import to proposals", "s", time, 300.0),
        row("the same again, from what is kept", "s", reopened.elapsed().as_secs_f64(), 1.0),
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        row("memory of a worker", "MB", worker as f64, 600.0),
    ])
}
