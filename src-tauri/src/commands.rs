//! The commands of the window. Each delegates to the desk; what they mean is written there.

use crate::launch::LaunchView;
use crate::shell::Shell;
use cotejo_casework::Desk;
use cotejo_casework::view::{
    AboutView, ActaView, CaseSummary, CaseView, CellAddress, CellView, CommissionDraft, CommissionView,
    DecisionDraft, DocumentTypeView, DocumentsView, ErrorView, ImportOutcome, ImportProgress, MatrixView,
    NoteDraft, PageView, RequirementForm, RequirementView, SearchHit, SessionDraft, SessionView,
    SigningRequest, Undone, Verdict,
};
use std::path::{Path, PathBuf};
use tauri::State;
use tauri::ipc::Channel;

/// What a command gives: a view, or what to tell the person.
type Answer<T> = Result<T, ErrorView>;

/// Returns what the person asked for on the command line.
#[tauri::command]
#[specta::specta]
pub(crate) fn launch(shell: State<'_, Shell>) -> LaunchView {
    LaunchView { case: shell.launch.case.clone() }
}

/// Tells what this installation is and has.
#[tauri::command]
#[specta::specta]
pub(crate) async fn about(shell: State<'_, Shell>) -> Answer<AboutView> {
    Ok(shell.desk()?.about().await)
}

/// Lists the cases.
#[tauri::command]
#[specta::specta]
pub(crate) async fn list_cases(shell: State<'_, Shell>) -> Answer<Vec<CaseSummary>> {
    Ok(shell.desk()?.list_cases().await?)
}

/// Makes a case from a pliego.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_case(
    shell: State<'_, Shell>,
    pliego: String,
    progress: Channel<ImportProgress>,
) -> Answer<CaseView> {
    let running = shell.start()?;
    let tell = move |step| drop(progress.send(step));
    Ok(shell.desk()?.create_case(Path::new(&pliego), &tell, &running.switch).await?)
}

/// Opens a case.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_case(shell: State<'_, Shell>, case_id: String) -> Answer<CaseView> {
    Ok(shell.desk()?.open_case(&case_id).await?)
}

/// Brings bids into a case.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_bids(
    shell: State<'_, Shell>,
    case_id: String,
    paths: Vec<String>,
    progress: Channel<ImportProgress>,
) -> Answer<ImportOutcome> {
    let running = shell.start()?;
    let paths: Vec<PathBuf> = paths.into_iter().map(PathBuf::from).collect();
    let tell = move |step| drop(progress.send(step));
    Ok(shell.desk()?.import_bids(&case_id, &paths, &tell, &running.switch).await?)
}

/// Stops the import at hand; what was read is kept.
#[tauri::command]
#[specta::specta]
pub(crate) fn cancel_import(shell: State<'_, Shell>) {
    shell.cancel();
}

/// Shows the matrix.
#[tauri::command]
#[specta::specta]
pub(crate) async fn matrix(shell: State<'_, Shell>, case_id: String) -> Answer<MatrixView> {
    Ok(shell.desk()?.matrix(&case_id).await?)
}

/// Shows a cell.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cell(shell: State<'_, Shell>, case_id: String, cell: CellAddress) -> Answer<CellView> {
    Ok(shell.desk()?.cell(&case_id, &cell.requirement, &cell.bid).await?)
}

/// Shows files, documents and findings.
#[tauri::command]
#[specta::specta]
pub(crate) async fn documents(shell: State<'_, Shell>, case_id: String) -> Answer<DocumentsView> {
    Ok(shell.desk()?.documents(&case_id).await?)
}

/// Lists the types of document that a requirement can ask for.
#[tauri::command]
#[specta::specta]
pub(crate) fn document_types() -> Vec<DocumentTypeView> {
    Desk::document_types()
}

/// Adds a requirement that a person typed in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_requirement(
    shell: State<'_, Shell>,
    case_id: String,
    form: RequirementForm,
) -> Answer<RequirementView> {
    Ok(shell.desk()?.add_requirement(&case_id, form.into()).await?)
}

/// Shows a page: its measures and words. Its image comes over the `cotejo` protocol.
#[tauri::command]
#[specta::specta]
pub(crate) async fn page(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    page: u32,
) -> Answer<PageView> {
    Ok(shell.desk()?.page(&case_id, &file, page).await?)
}

/// Records a decision.
#[tauri::command]
#[specta::specta]
pub(crate) async fn decide(
    shell: State<'_, Shell>,
    case_id: String,
    draft: DecisionDraft,
) -> Answer<CellView> {
    Ok(shell.desk()?.decide(&case_id, &draft).await?)
}

/// Records one verdict, *cumple* or *no aplica*, for several cells, each with its own evidence.
#[tauri::command]
#[specta::specta]
pub(crate) async fn decide_many(
    shell: State<'_, Shell>,
    case_id: String,
    cells: Vec<CellAddress>,
    verdict: Verdict,
    conclusion: String,
) -> Answer<u32> {
    Ok(shell.desk()?.decide_many(&case_id, &cells, verdict, &conclusion).await?)
}

/// Writes, changes or takes back a note on a cell.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note(shell: State<'_, Shell>, case_id: String, note: NoteDraft) -> Answer<CellView> {
    Ok(shell.desk()?.note(&case_id, &note).await?)
}

/// Shows what is recorded of the session.
#[tauri::command]
#[specta::specta]
pub(crate) async fn session(shell: State<'_, Shell>, case_id: String) -> Answer<SessionView> {
    Ok(shell.desk()?.session(&case_id).await?)
}

/// Records where, when and how the session is held.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_session(
    shell: State<'_, Shell>,
    case_id: String,
    draft: SessionDraft,
) -> Answer<SessionView> {
    Ok(shell.desk()?.record_session(&case_id, &draft).await?)
}

/// Shows who evaluates.
#[tauri::command]
#[specta::specta]
pub(crate) async fn commission(shell: State<'_, Shell>, case_id: String) -> Answer<CommissionView> {
    Ok(shell.desk()?.commission(&case_id).await?)
}

/// Records who evaluates, and by which designation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_commission(
    shell: State<'_, Shell>,
    case_id: String,
    draft: CommissionDraft,
) -> Answer<CommissionView> {
    Ok(shell.desk()?.record_commission(&case_id, &draft).await?)
}

/// Opens a sealed document once its moment has come.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_sealed(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    cause: String,
) -> Answer<DocumentsView> {
    Ok(shell.desk()?.open_sealed(&case_id, &file, &cause).await?)
}

/// Undoes the last human act.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo(shell: State<'_, Shell>, case_id: String) -> Answer<Undone> {
    Ok(shell.desk()?.undo(&case_id).await?)
}

/// Does again what was undone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn redo(shell: State<'_, Shell>, case_id: String) -> Answer<Undone> {
    Ok(shell.desk()?.redo(&case_id).await?)
}

/// Searches the text of the case.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(shell: State<'_, Shell>, case_id: String, text: String) -> Answer<Vec<SearchHit>> {
    Ok(shell.desk()?.search(&case_id, &text).await?)
}

/// Shows the acta as it is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn acta(shell: State<'_, Shell>, case_id: String) -> Answer<ActaView> {
    Ok(shell.desk()?.acta(&case_id).await?)
}

/// Typesets the acta from what is decided now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn generate_acta(shell: State<'_, Shell>, case_id: String) -> Answer<ActaView> {
    Ok(shell.desk()?.generate_acta(&case_id).await?)
}

/// Signs the acta that the person read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_acta(
    shell: State<'_, Shell>,
    case_id: String,
    request: SigningRequest,
) -> Answer<ActaView> {
    Ok(shell.desk()?.sign_acta(&case_id, &request).await?)
}

/// Opens the acta with the program the person reads PDF files with, and returns its path.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_acta(shell: State<'_, Shell>, case_id: String) -> Answer<String> {
    let path = shell.desk()?.acta_path(&case_id).await?;
    crate::window::open_with_system(&path)?;
    Ok(path.display().to_string())
}

/// Opens a rectification after signing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rectify(shell: State<'_, Shell>, case_id: String, cause: String) -> Answer<CaseView> {
    Ok(shell.desk()?.rectify(&case_id, &cause).await?)
}
