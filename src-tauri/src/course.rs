//! Commands of the course of an evaluation: what the pliego departs from, and what is answered.

use crate::shell::Shell;
use cotejo_casework::view::{ClarificationView, DepartureOrder, DepartureView, ErrorView};
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Lists the departures of the case's pliego from the norm, each with its answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn departures(shell: State<'_, Shell>, case_id: String) -> Answer<Vec<DepartureView>> {
    Ok(shell.desk()?.departures(&case_id).await?)
}

/// Answers a departure, or takes the answer back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_departure(
    shell: State<'_, Shell>,
    case_id: String,
    departure: String,
    order: DepartureOrder,
) -> Answer<Vec<DepartureView>> {
    Ok(shell.desk()?.answer_departure(&case_id, &departure, &order).await?)
}

/// Lists the aclaraciones of a case: one that holds may have corrected a departure.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clarifications(
    shell: State<'_, Shell>,
    case_id: String,
) -> Answer<Vec<ClarificationView>> {
    Ok(shell.desk()?.clarifications(&case_id).await?)
}
