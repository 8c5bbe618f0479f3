//! Commands of the points: what is computed, what is answered, the sheet for the Portal.

use crate::shell::Shell;
use cotejo_casework::quick::write_whole;
use cotejo_casework::view::{ErrorView, PointAnswerDraft, PointsView};
use std::path::Path;
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Shows the points with their working, what lacks, and what was answered.
#[tauri::command]
#[specta::specta]
pub(crate) async fn points(shell: State<'_, Shell>, case_id: String) -> Answer<PointsView> {
    Ok(shell.desk()?.points_view(&case_id).await?)
}

/// Records an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_point(
    shell: State<'_, Shell>,
    case_id: String,
    draft: PointAnswerDraft,
    reason: String,
) -> Answer<PointsView> {
    Ok(shell.desk()?.answer_point(&case_id, &draft, &reason).await?)
}

/// Takes an answer back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn withdraw_point(
    shell: State<'_, Shell>,
    case_id: String,
    key: String,
) -> Answer<PointsView> {
    Ok(shell.desk()?.withdraw_point(&case_id, &key).await?)
}

/// Writes the sheet with the fields of the Portal.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_points_sheet(
    shell: State<'_, Shell>,
    case_id: String,
    motivated: bool,
    path: String,
) -> Answer<()> {
    let text = shell.desk()?.points_sheet(&case_id, motivated).await?;
    Ok(write_whole(Path::new(&path), text.as_bytes())?)
}
