//! Commands of a case among colleagues: it is sent, received, a seat is taken, and what each recorded is joined.

use crate::shell::Shell;
use cotejo_casework::view::{
    ErrorView, ExchangeView, JoinedView, PackageView, Password, ReceivedView, SendOrder, SentView,
};
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Shows who sits where, what went and came, and what differs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn exchange(shell: State<'_, Shell>, case_id: String) -> Answer<ExchangeView> {
    Ok(shell.desk()?.exchange(&case_id).await?)
}

/// Writes the case, or what came since it went, into one file.
#[tauri::command]
#[specta::specta]
pub(crate) async fn send_case(
    shell: State<'_, Shell>,
    case_id: String,
    order: SendOrder,
) -> Answer<SentView> {
    Ok(shell.desk()?.send_case(&case_id, &order).await?)
}

/// Opens a file that came and says what it is; takes nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn look_at_package(
    shell: State<'_, Shell>,
    path: String,
    password: Password,
) -> Answer<PackageView> {
    Ok(shell.desk()?.look_at_package(&path, &password).await?)
}

/// Makes a case that a colleague sent.
#[tauri::command]
#[specta::specta]
pub(crate) async fn receive_case(
    shell: State<'_, Shell>,
    path: String,
    password: Password,
) -> Answer<ReceivedView> {
    Ok(shell.desk()?.receive_case(&path, &password).await?)
}

/// Says which seat is of the person at this machine.
#[tauri::command]
#[specta::specta]
pub(crate) async fn take_seat(
    shell: State<'_, Shell>,
    case_id: String,
    member: String,
) -> Answer<ExchangeView> {
    Ok(shell.desk()?.take_seat(&case_id, &member).await?)
}

/// Joins what a colleague recorded; `admit` are fingerprints that colleagues read out.
#[tauri::command]
#[specta::specta]
pub(crate) async fn join_package(
    shell: State<'_, Shell>,
    path: String,
    password: Password,
    admit: Vec<String>,
) -> Answer<JoinedView> {
    Ok(shell.desk()?.join_package(&path, &password, &admit).await?)
}
