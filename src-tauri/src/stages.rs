//! Commands of stages, deadlines, claims, constancias and the report on compliance. Each delegates to the desk; what they mean is
//! written there.

use crate::shell::Shell;
use cotejo_casework::quick::write_whole;
use cotejo_casework::view::{
    ClaimAnswerDraft, ClaimDraft, ClaimView, ComplianceView, ConstanciaDraft, ConstanciaView, CourseView,
    DeadlinesView, ErrorView, FrameDraft, StageDateDraft, StageDraft,
};
use std::path::Path;
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Shows the stages of a process, lot by lot.
#[tauri::command]
#[specta::specta]
pub(crate) async fn course(shell: State<'_, Shell>, case_id: String) -> Answer<CourseView> {
    Ok(shell.desk()?.course(&case_id).await?)
}

/// Records that a stage opened, closed, was omitted, returned to, rectified, or the process cancelled in it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn move_stage(
    shell: State<'_, Shell>,
    case_id: String,
    draft: StageDraft,
) -> Answer<CourseView> {
    Ok(shell.desk()?.move_stage(&case_id, &draft).await?)
}

/// States canton, variant or stages of the process, as the pliego has them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn frame_course(
    shell: State<'_, Shell>,
    case_id: String,
    draft: FrameDraft,
) -> Answer<CourseView> {
    Ok(shell.desk()?.frame_course(&case_id, &draft).await?)
}

/// Shows until when each stage lasts, and what is due within a number of days.
#[tauri::command]
#[specta::specta]
pub(crate) async fn deadlines(shell: State<'_, Shell>, case_id: String, days: u32) -> Answer<DeadlinesView> {
    Ok(shell.desk()?.deadlines(&case_id, days).await?)
}

/// Writes what is due within a number of days as a calendar file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_calendar(
    shell: State<'_, Shell>,
    case_id: String,
    days: u32,
    path: String,
) -> Answer<()> {
    let text = shell.desk()?.deadlines_calendar(&case_id, days).await?;
    Ok(write_whole(Path::new(&path), text.as_bytes())?)
}

/// States until when a stage lasts, or takes that back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_stage_date(
    shell: State<'_, Shell>,
    case_id: String,
    draft: StageDateDraft,
) -> Answer<DeadlinesView> {
    Ok(shell.desk()?.set_stage_date(&case_id, &draft).await?)
}

/// Lists the claims.
#[tauri::command]
#[specta::specta]
pub(crate) async fn claims(shell: State<'_, Shell>, case_id: String) -> Answer<Vec<ClaimView>> {
    Ok(shell.desk()?.claims(&case_id).await?)
}

/// Records a claim, changes one or takes it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn raise_claim(
    shell: State<'_, Shell>,
    case_id: String,
    draft: ClaimDraft,
) -> Answer<Vec<ClaimView>> {
    Ok(shell.desk()?.raise_claim(&case_id, &draft).await?)
}

/// Records how a claim ended.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_claim(
    shell: State<'_, Shell>,
    case_id: String,
    draft: ClaimAnswerDraft,
) -> Answer<Vec<ClaimView>> {
    Ok(shell.desk()?.answer_claim(&case_id, &draft).await?)
}

/// Lists the constancias.
#[tauri::command]
#[specta::specta]
pub(crate) async fn constancias(shell: State<'_, Shell>, case_id: String) -> Answer<Vec<ConstanciaView>> {
    Ok(shell.desk()?.constancias(&case_id).await?)
}

/// Records a constancia, or takes one back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_constancia(
    shell: State<'_, Shell>,
    case_id: String,
    draft: ConstanciaDraft,
) -> Answer<Vec<ConstanciaView>> {
    Ok(shell.desk()?.record_constancia(&case_id, &draft).await?)
}

/// Reports whether the process kept to its terms, notifications, publications, consultations and signatures.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compliance(shell: State<'_, Shell>, case_id: String) -> Answer<ComplianceView> {
    Ok(shell.desk()?.compliance(&case_id).await?)
}

/// Writes a copy of a file that an act of the course rests on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_kept_file(
    shell: State<'_, Shell>,
    case_id: String,
    sha256: String,
    path: String,
) -> Answer<()> {
    Ok(shell.desk()?.copy_kept_file(&case_id, &sha256, Path::new(&path)).await?)
}
