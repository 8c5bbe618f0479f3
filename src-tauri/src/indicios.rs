//! Commands of the indicios: what draws attention, and what a person says of it.

use crate::shell::Shell;
use cotejo_casework::view::{ErrorView, IndiciosView};
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Lists the indicios of a case with all they rest on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn indicios(shell: State<'_, Shell>, case_id: String) -> Answer<IndiciosView> {
    Ok(shell.desk()?.indicios(&case_id).await?)
}

/// Dismisses an indicio for a reason.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dismiss_indicio(
    shell: State<'_, Shell>,
    case_id: String,
    indicio: String,
    reason: String,
) -> Answer<IndiciosView> {
    Ok(shell.desk()?.dismiss_indicio(&case_id, &indicio, &reason).await?)
}

/// Takes an indicio up again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn take_up_indicio(
    shell: State<'_, Shell>,
    case_id: String,
    indicio: String,
) -> Answer<IndiciosView> {
    Ok(shell.desk()?.take_up_indicio(&case_id, &indicio).await?)
}
