//! Whole journeys over every room; see `tests/`.

pub mod comparison;
pub mod memory;
pub mod room;

use cotejo_casework::view::{Cancellation, SealingOrder};
use cotejo_casework::{Desk, DeskSettings, EvaluationOrder, EvaluationResult};
use std::path::{Path, PathBuf};

/// Finds the worker that cargo built beside these tests, so that the desk can start it.
///
/// # Panics
/// Never; returns `None` where the worker or its resources are missing.
#[must_use]
pub fn worker() -> Option<PathBuf> {
    let beside = std::env::current_exe()
        .ok()?
        .parent()?
        .parent()?
        .join(format!("cotejo-lector{}", std::env::consts::EXE_SUFFIX));
    std::env::var_os("COTEJO_LECTOR")
        .map(PathBuf::from)
        .filter(|path| path.exists())
        .or_else(|| beside.exists().then_some(beside))
}

/// Finds the command that cargo built beside these tests.
///
/// # Panics
/// Never; returns `None` where it is missing.
#[must_use]
pub fn program() -> Option<PathBuf> {
    let beside = std::env::current_exe()
        .ok()?
        .parent()?
        .parent()?
        .join(format!("cotejo{}", std::env::consts::EXE_SUFFIX));
    beside.exists().then_some(beside)
}

/// Opens a desk in `folder`, with the keys in a file there.
///
/// # Errors
/// The reason, when something is missing on this machine.
pub async fn desk(folder: &Path) -> Result<Desk, String> {
    Desk::open(DeskSettings { data: Some(folder.to_owned()), offline: true })
        .await
        .map_err(|error| error.view().message)
}

/// Evaluates a generated sample.
///
/// # Errors
/// What the desk answered.
pub async fn evaluate(desk: &Desk, sample: &Path, output: &Path) -> Result<EvaluationResult, String> {
    let order = EvaluationOrder {
        pliego: sample.join("pliego.ushay"),
        bids: sample.join("ofertas"),
        output: output.to_owned(),
        started: None,
        anchors: Vec::new(),
        sealing: SealingOrder::default(),
        decide_sample: false,
    };
    desk.evaluate(&order, None, &|_| {}, &Cancellation::default()).await.map_err(|error| error.view().message)
}
