//! The commands of the window about reading and asking: pages, limits, pace, registries, copies, watched folders. Each delegates to
//! the desk; what they mean is written there.

use crate::shell::Shell;
use cotejo_casework::view::{
    ArrangeOrder, CopiesView, DocumentsView, ErrorView, FieldOrder, FieldsView, ImportProgress,
    LearningImportView, LearningView, LimitChange, LimitsView, PaceView, PageView, Password, ReadingPaceView,
    SourceNoteDraft, ValidationView, WatchAnswer, WatchView,
};
use serde::Serialize;
use specta::Type;
use std::path::Path;
use tauri::State;
use tauri::ipc::Channel;

/// What a command gives: a view, or what to tell the person.
type Answer<T> = Result<T, ErrorView>;

/// Tells how far a round of questions is.
#[derive(Clone, Copy, Debug, Serialize, Type)]
pub(crate) struct AskingProgress {
    /// Which number is being asked about, from 1.
    pub(crate) asked: u32,
    /// How many there are.
    pub(crate) all: u32,
}

/// Turns a page clockwise, counted from how the file has it, and reads it again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn turn_page(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    page: u32,
    degrees: u32,
) -> Answer<PageView> {
    Ok(shell.desk()?.turn_page(&case_id, &file, page, degrees).await?)
}

/// Keeps what a person wrote as the text of a page; empty takes it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn write_page(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    page: u32,
    text: String,
) -> Answer<PageView> {
    Ok(shell.desk()?.write_page(&case_id, &file, page, &text).await?)
}

/// Cuts a file into documents otherwise than before, names a type or changes their order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn arrange_documents(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    order: ArrangeOrder,
) -> Answer<DocumentsView> {
    Ok(shell.desk()?.arrange(&case_id, &file, &order).await?)
}

/// Shows the fields of a document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn fields(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    document: String,
) -> Answer<FieldsView> {
    Ok(shell.desk()?.fields(&case_id, &file, &document).await?)
}

/// Records what a person says of a field of a document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn correct_field(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    document: String,
    field: String,
    order: FieldOrder,
) -> Answer<FieldsView> {
    Ok(shell.desk()?.correct_field(&case_id, &file, &document, &field, &order).await?)
}

/// Recognises the files of the bids again, or one of them, with the examples that there are now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recognise_again(
    shell: State<'_, Shell>,
    case_id: String,
    file: Option<String>,
) -> Answer<DocumentsView> {
    let running = shell.start()?;
    Ok(shell.desk()?.recognise_again(&case_id, file.as_deref(), &running.switch).await?)
}

/// Shows what was learnt on this machine, and how the machine does over time.
#[tauri::command]
#[specta::specta]
pub(crate) async fn learning(shell: State<'_, Shell>) -> Answer<LearningView> {
    Ok(shell.desk()?.learning().await?)
}

/// Takes an example its say, or gives it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_example(
    shell: State<'_, Shell>,
    example: String,
    active: bool,
) -> Answer<LearningView> {
    Ok(shell.desk()?.set_example(&example, active).await?)
}

/// Writes this person's examples to a file that this device signs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_learning(shell: State<'_, Shell>, path: String) -> Answer<()> {
    Ok(shell.desk()?.export_learning(Path::new(&path)).await?)
}

/// Takes in the signed file of a colleague.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_learning(shell: State<'_, Shell>, path: String) -> Answer<LearningImportView> {
    Ok(shell.desk()?.import_learning(Path::new(&path)).await?)
}

/// Reads a file once more, or one page of it, with a password if one is given.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_again(
    shell: State<'_, Shell>,
    case_id: String,
    file: String,
    page: Option<u32>,
    password: Option<Password>,
    progress: Channel<ImportProgress>,
) -> Answer<DocumentsView> {
    let running = shell.start()?;
    let tell = move |step| drop(progress.send(step));
    let desk = shell.desk()?;
    Ok(desk.read_again(&case_id, &file, page, password.as_ref(), &tell, &running.switch).await?)
}

/// Shows the limits of reading, and what the entity allows.
#[tauri::command]
#[specta::specta]
pub(crate) fn limits(shell: State<'_, Shell>) -> Answer<LimitsView> {
    Ok(shell.desk()?.limits())
}

/// Sets limits of reading.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_limits(shell: State<'_, Shell>, changes: Vec<LimitChange>) -> Answer<LimitsView> {
    Ok(shell.desk()?.set_limits(&changes).await?)
}

/// Tells how much of the machine the reading may take.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reading_pace(shell: State<'_, Shell>) -> Answer<ReadingPaceView> {
    Ok(shell.desk()?.reading_pace().await?)
}

/// Sets how much of the machine the reading may take.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_reading_pace(shell: State<'_, Shell>, pace: PaceView) -> Answer<ReadingPaceView> {
    Ok(shell.desk()?.set_reading_pace(pace).await?)
}

/// Shows what registries said of the bidders, without asking anybody.
#[tauri::command]
#[specta::specta]
pub(crate) async fn validation(shell: State<'_, Shell>, case_id: String) -> Answer<ValidationView> {
    Ok(shell.desk()?.validation(&case_id).await?)
}

/// Asks the registries about every bidder.
#[tauri::command]
#[specta::specta]
pub(crate) async fn validate_bidders(
    shell: State<'_, Shell>,
    case_id: String,
    progress: Channel<AskingProgress>,
) -> Answer<ValidationView> {
    let running = shell.start()?;
    let tell = move |asked, all| drop(progress.send(AskingProgress { asked, all }));
    Ok(shell.desk()?.validate_bidders(&case_id, None, &tell, &running.switch).await?)
}

/// Notes what a person read at a source that only a person can ask.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_source(
    shell: State<'_, Shell>,
    case_id: String,
    draft: SourceNoteDraft,
) -> Answer<ValidationView> {
    Ok(shell.desk()?.note_source(&case_id, &draft).await?)
}

/// Returns the raw answer of a registry that is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn registry_answer(
    shell: State<'_, Shell>,
    case_id: String,
    sha256: String,
) -> Answer<String> {
    Ok(shell.desk()?.registry_answer(&case_id, &sha256).await?)
}

/// Opens the page of a source in the browser of the person. Only pages of the program's own list are opened.
#[tauri::command]
#[specta::specta]
pub(crate) fn open_source(source: String) -> Answer<String> {
    let address = cotejo_casework::supplier::page_of_source(&source)?;
    crate::window::open_with_system(Path::new(address))?;
    Ok(address.to_owned())
}

/// Lists pages that look like pages of another bid.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copies(shell: State<'_, Shell>, case_id: String) -> Answer<CopiesView> {
    Ok(shell.desk()?.copies(&case_id).await?)
}

/// Shows the watched folder of a case, and what is new in it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watched(shell: State<'_, Shell>, case_id: String) -> Answer<WatchView> {
    Ok(shell.desk()?.watched(&case_id).await?)
}

/// Watches a folder for a case, or none any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch(
    shell: State<'_, Shell>,
    case_id: String,
    folder: Option<String>,
) -> Answer<WatchView> {
    Ok(shell.desk()?.watch(&case_id, folder.as_deref().map(Path::new)).await?)
}

/// Answers the offer of a new package: not now, or never.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_offer(
    shell: State<'_, Shell>,
    case_id: String,
    offer: String,
    answer: WatchAnswer,
) -> Answer<WatchView> {
    Ok(shell.desk()?.answer_offer(&case_id, &offer, answer).await?)
}
