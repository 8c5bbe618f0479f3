//! The commands of the window about rule packs and términos. Each delegates to the desk; what they mean is written there.

use crate::shell::Shell;
use cotejo_casework::EntityValueOrder;
use cotejo_casework::quick::day;
use cotejo_casework::view::{
    CaseRulesView, ErrorView, RulePackContents, RulesCheckView, RulesComparisonView, RulesView, TermView,
};
use serde::Deserialize;
use specta::Type;
use std::path::Path;
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Says what the entity puts in the place of a pack's value.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct RuleValueOrder {
    /// Identifier of the pack.
    pub(crate) pack: String,
    /// Key of the value.
    pub(crate) key: String,
    /// The value as JSON.
    pub(crate) value: String,
    /// Where it stands.
    pub(crate) source: String,
    /// Why the entity departs from the pack.
    pub(crate) reason: String,
    /// Who answers for it; the person at this machine when empty.
    pub(crate) by: String,
}

/// Shows the rule packs that are there.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rules(shell: State<'_, Shell>) -> Answer<RulesView> {
    Ok(shell.desk()?.rules().await?)
}

/// Shows what a pack says.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rule_values(shell: State<'_, Shell>, name: String) -> Answer<RulePackContents> {
    Ok(shell.desk()?.rule_values(&name).await?)
}

/// Checks a file of rules.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_rules(shell: State<'_, Shell>, path: String) -> Answer<RulesCheckView> {
    Ok(shell.desk()?.check_rules(Path::new(&path)).await?)
}

/// Compares two packs or files.
#[tauri::command]
#[specta::specta]
pub(crate) async fn compare_rules(
    shell: State<'_, Shell>,
    before: String,
    after: String,
) -> Answer<RulesComparisonView> {
    Ok(shell.desk()?.compare_rules(&before, &after).await?)
}

/// Installs a signed file of rules.
#[tauri::command]
#[specta::specta]
pub(crate) async fn install_rules(shell: State<'_, Shell>, path: String) -> Answer<RulesView> {
    Ok(shell.desk()?.install_rules(Path::new(&path), false).await?)
}

/// Records that a person read a value in its source.
#[tauri::command]
#[specta::specta]
pub(crate) async fn verify_rule(
    shell: State<'_, Shell>,
    pack: String,
    key: String,
    by: String,
    document: String,
) -> Answer<RulePackContents> {
    Ok(shell.desk()?.verify_rule(&pack, &key, &by, &document).await?)
}

/// Puts a value of the entity in the place of a pack's.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_rule(shell: State<'_, Shell>, order: RuleValueOrder) -> Answer<RulePackContents> {
    let order = EntityValueOrder {
        pack: &order.pack,
        key: &order.key,
        value: &order.value,
        unit: None,
        source: &order.source,
        reason: &order.reason,
        by: Some(&order.by),
    };
    Ok(shell.desk()?.set_rule(order).await?)
}

/// Records since when an article in transition is applied.
#[tauri::command]
#[specta::specta]
pub(crate) async fn switch_flag(
    shell: State<'_, Shell>,
    pack: String,
    flag: String,
    valid_from: String,
    source: String,
) -> Answer<RulePackContents> {
    Ok(shell.desk()?.switch_flag(&pack, &flag, day(&valid_from)?, &source, None).await?)
}

/// Withdraws what the entity recorded for a value or a flag.
#[tauri::command]
#[specta::specta]
pub(crate) async fn withdraw_rule(
    shell: State<'_, Shell>,
    pack: String,
    key: String,
) -> Answer<RulePackContents> {
    Ok(shell.desk()?.withdraw_rule(&pack, &key, None).await?)
}

/// Tells by which pack a case is judged, and what would change with today's.
#[tauri::command]
#[specta::specta]
pub(crate) async fn case_rules(shell: State<'_, Shell>, case_id: String) -> Answer<CaseRulesView> {
    Ok(shell.desk()?.case_rules(&case_id).await?)
}

/// Counts a término with its working.
#[tauri::command]
#[specta::specta]
pub(crate) async fn term(
    shell: State<'_, Shell>,
    from: String,
    days: u32,
    canton: Option<String>,
) -> Answer<TermView> {
    Ok(shell.desk()?.term(day(&from)?, days, canton.as_deref()).await?)
}
