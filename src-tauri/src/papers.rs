//! Commands of the documents of a case besides the acta, of its evidence and its expediente, and of the entity's dress of documents.

use crate::shell::Shell;
use cotejo_casework::Desk;
use cotejo_casework::view::{
    AdaptationView, ErrorView, ExpedienteView, PaperDraft, PaperFormat, PaperRow, PaperSheet, Password,
    SigningRequest,
};
use std::path::Path;
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Lists the documents of a case.
#[tauri::command]
#[specta::specta]
pub(crate) async fn papers(shell: State<'_, Shell>, case_id: String) -> Answer<Vec<PaperRow>> {
    Ok(shell.desk()?.paper_rows(&case_id).await?)
}

/// Shows one document whole.
#[tauri::command]
#[specta::specta]
pub(crate) async fn paper_sheet(
    shell: State<'_, Shell>,
    case_id: String,
    kind: String,
    about: String,
) -> Answer<PaperSheet> {
    Ok(shell.desk()?.paper_sheet(&case_id, &kind, &about).await?)
}

/// Records what a person writes for a document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn write_paper(
    shell: State<'_, Shell>,
    case_id: String,
    kind: String,
    about: String,
    draft: PaperDraft,
) -> Answer<PaperSheet> {
    let desk = shell.desk()?;
    desk.write_paper(&case_id, &kind, &about, &draft).await?;
    Ok(desk.paper_sheet(&case_id, &kind, &about).await?)
}

/// Composes a document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn generate_paper(
    shell: State<'_, Shell>,
    case_id: String,
    kind: String,
    about: String,
) -> Answer<PaperSheet> {
    let desk = shell.desk()?;
    desk.generate_paper(&case_id, &kind, &about).await?;
    Ok(desk.paper_sheet(&case_id, &kind, &about).await?)
}

/// Signs the document that the person read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_paper(
    shell: State<'_, Shell>,
    case_id: String,
    kind: String,
    about: String,
    request: SigningRequest,
) -> Answer<PaperSheet> {
    let desk = shell.desk()?;
    desk.sign_paper(&case_id, &kind, &request).await?;
    Ok(desk.paper_sheet(&case_id, &kind, &about).await?)
}

/// Opens a document with the program the person reads PDF files with, and returns its path.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_paper(
    shell: State<'_, Shell>,
    case_id: String,
    kind: String,
    about: String,
) -> Answer<String> {
    let path = shell.desk()?.paper_path(&case_id, &kind, &about).await?;
    crate::window::open_with_system(&path)?;
    Ok(path.display().to_string())
}

/// Saves a document in one form.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_paper(
    shell: State<'_, Shell>,
    case_id: String,
    kind: String,
    about: String,
    format: PaperFormat,
    path: String,
) -> Answer<()> {
    Ok(shell.desk()?.save_paper(&case_id, &kind, &about, format, Path::new(&path)).await?)
}

/// Writes the annex and the viewer of evidence to a folder; tells how many pieces it has.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_evidence(shell: State<'_, Shell>, case_id: String, folder: String) -> Answer<u32> {
    let _running = shell.start()?;
    let (pieces, _) = shell.desk()?.export_evidence(&case_id, Path::new(&folder)).await?;
    Ok(u32::try_from(pieces).unwrap_or(u32::MAX))
}

/// Forms the expediente in an empty folder, its index signed where a certificate is given; returns the path of the index.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_expediente(
    shell: State<'_, Shell>,
    case_id: String,
    folder: String,
    certificate: Option<String>,
    password: Password,
) -> Answer<String> {
    let _running = shell.start()?;
    let given = certificate.as_deref().map(Path::new);
    let path = shell.desk()?.form_expediente(&case_id, Path::new(&folder), given, &password).await?;
    Ok(path.display().to_string())
}

/// Proves the folder of an expediente.
#[tauri::command]
#[specta::specta]
pub(crate) async fn prove_expediente(
    shell: State<'_, Shell>,
    folder: String,
    anchors: Option<String>,
) -> Answer<ExpedienteView> {
    Ok(shell.desk()?.prove_expediente(Path::new(&folder), anchors.as_deref().map(Path::new)).await?)
}

/// Shows the entity's dress of its documents.
#[tauri::command]
#[specta::specta]
pub(crate) fn adaptation(shell: State<'_, Shell>) -> Answer<AdaptationView> {
    Ok(shell.desk()?.adaptation_view()?)
}

/// Checks an adaptation; returns its faults.
#[tauri::command]
#[specta::specta]
pub(crate) fn check_adaptation(path: String) -> Answer<Vec<String>> {
    Ok(Desk::check_adaptation(Path::new(&path))?)
}

/// Installs an adaptation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn install_adaptation(shell: State<'_, Shell>, path: String) -> Answer<AdaptationView> {
    let desk = shell.desk()?;
    desk.install_adaptation(Path::new(&path)).await?;
    Ok(desk.adaptation_view()?)
}

/// Takes the adaptation away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_adaptation(shell: State<'_, Shell>) -> Answer<AdaptationView> {
    let desk = shell.desk()?;
    desk.remove_adaptation().await?;
    Ok(desk.adaptation_view()?)
}
