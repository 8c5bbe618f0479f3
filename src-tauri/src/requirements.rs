//! Commands of the requirements as persons leave them, of the aclaraciones, and of the lint of a draft.

use crate::shell::Shell;
use cotejo_casework::view::{
    AskedView, ClarificationOrder, ClarificationView, ErrorView, LintView, RequirementOrder,
};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Tells how many requirements an act added, with all of them.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub(crate) struct Added {
    /// How many.
    pub(crate) count: u32,
    /// All requirements.
    pub(crate) view: AskedView,
}

/// Names a check that a requirement can ask for.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
pub(crate) struct CheckName {
    /// Its identifier.
    pub(crate) id: String,
    /// What it answers, in Spanish.
    pub(crate) title: String,
}

/// Lists the requirements with place, standing and history.
#[tauri::command]
#[specta::specta]
pub(crate) async fn asked(shell: State<'_, Shell>, case_id: String) -> Answer<AskedView> {
    Ok(shell.desk()?.asked(&case_id).await?)
}

/// Records what a person says of some requirements.
#[tauri::command]
#[specta::specta]
pub(crate) async fn say_of_requirements(
    shell: State<'_, Shell>,
    case_id: String,
    requirements: Vec<String>,
    order: RequirementOrder,
) -> Answer<AskedView> {
    Ok(shell.desk()?.say_of_requirements(&case_id, &requirements, &order).await?)
}

/// Reads requirements from a further paper of the entity.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_requirements(
    shell: State<'_, Shell>,
    case_id: String,
    path: String,
) -> Answer<Added> {
    let running = shell.start()?;
    let (count, view) = shell.desk()?.read_requirements(&case_id, Path::new(&path), &running.switch).await?;
    Ok(Added { count, view })
}

/// Adds what the model of the procedure asks, or the checks that are named.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_from_template(
    shell: State<'_, Shell>,
    case_id: String,
    checks: Vec<String>,
) -> Answer<Added> {
    let (count, view) = shell.desk()?.add_from_template(&case_id, &checks).await?;
    Ok(Added { count, view })
}

/// Lists the checks that a requirement can ask for.
#[tauri::command]
#[specta::specta]
pub(crate) fn declared_checks() -> Vec<CheckName> {
    let name = |check: &cotejo_casework::DeclaredCheck| CheckName {
        id: check.id.clone(),
        title: check.title.clone(),
    };
    cotejo_casework::declared_checks().iter().map(name).collect()
}

/// Applies an aclaración.
#[tauri::command]
#[specta::specta]
pub(crate) async fn apply_clarification(
    shell: State<'_, Shell>,
    case_id: String,
    order: ClarificationOrder,
) -> Answer<ClarificationView> {
    Ok(shell.desk()?.apply_clarification(&case_id, &order).await?)
}

/// Withdraws an aclaración.
#[tauri::command]
#[specta::specta]
pub(crate) async fn withdraw_clarification(
    shell: State<'_, Shell>,
    case_id: String,
    clarification: String,
    reason: String,
) -> Answer<ClarificationView> {
    Ok(shell.desk()?.withdraw_clarification(&case_id, &clarification, &reason).await?)
}

/// Looks the entity's own draft through; `start` is the day of its publication, empty for what the draft says.
#[tauri::command]
#[specta::specta]
pub(crate) async fn lint_draft(shell: State<'_, Shell>, path: String, start: String) -> Answer<LintView> {
    let running = shell.start()?;
    Ok(shell.desk()?.lint_draft(Path::new(&path), &start, &running.switch).await?)
}
