//! Commands of the commission: declarations, agreements, opened evidence, sample, equal treatment, rehearsal, reports of subcommissions.

use crate::shell::Shell;
use cotejo_casework::view::{
    AgreementsView, CellAddress, DeclarationDraft, DeclarationsView, ErrorView, EvidenceDueView,
    ImpedimentDraft, KinshipDraft, OpenedEvidence, PointHandlingView, RefusalDraft, RehearsalView,
    ReportDraft, ReportsView, ResolutionDraft, SamplesView, TreatmentsView, Verdict,
};
use tauri::State;

type Answer<T> = Result<T, ErrorView>;

/// Shows where members differ, with what was agreed and who does not sign.
#[tauri::command]
#[specta::specta]
pub(crate) async fn agreements(shell: State<'_, Shell>, case_id: String) -> Answer<AgreementsView> {
    Ok(shell.desk()?.agreements(&case_id).await?)
}

/// Records what the votes on a cell come to.
#[tauri::command]
#[specta::specta]
pub(crate) async fn agree(
    shell: State<'_, Shell>,
    case_id: String,
    cell: CellAddress,
) -> Answer<AgreementsView> {
    Ok(shell.desk()?.agree(&case_id, &cell).await?)
}

/// Records the reasons of the *voto salvado* of the person at this machine; empty ones take them back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dissent(
    shell: State<'_, Shell>,
    case_id: String,
    cell: CellAddress,
    reasons: String,
) -> Answer<AgreementsView> {
    Ok(shell.desk()?.dissent(&case_id, &cell, &reasons).await?)
}

/// Records that a member does not sign; empty reasons take it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn refuse_to_sign(
    shell: State<'_, Shell>,
    case_id: String,
    draft: RefusalDraft,
) -> Answer<AgreementsView> {
    Ok(shell.desk()?.refuse_to_sign(&case_id, &draft).await?)
}

/// Shows declarations, coincidences of surnames and impediments.
#[tauri::command]
#[specta::specta]
pub(crate) async fn declarations(shell: State<'_, Shell>, case_id: String) -> Answer<DeclarationsView> {
    Ok(shell.desk()?.declarations(&case_id).await?)
}

/// Records a declaration over the list as it is now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn declare(
    shell: State<'_, Shell>,
    case_id: String,
    draft: DeclarationDraft,
) -> Answer<DeclarationsView> {
    Ok(shell.desk()?.declare(&case_id, &draft).await?)
}

/// Answers a coincidence of surnames.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_kinship(
    shell: State<'_, Shell>,
    case_id: String,
    draft: KinshipDraft,
) -> Answer<DeclarationsView> {
    Ok(shell.desk()?.answer_kinship(&case_id, &draft).await?)
}

/// Records an *excusa* or a *recusación*.
#[tauri::command]
#[specta::specta]
pub(crate) async fn raise_impediment(
    shell: State<'_, Shell>,
    case_id: String,
    draft: ImpedimentDraft,
) -> Answer<DeclarationsView> {
    Ok(shell.desk()?.raise_impediment(&case_id, &draft).await?)
}

/// Records how an impediment was resolved.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resolve_impediment(
    shell: State<'_, Shell>,
    case_id: String,
    draft: ResolutionDraft,
) -> Answer<DeclarationsView> {
    Ok(shell.desk()?.resolve_impediment(&case_id, &draft).await?)
}

/// Lists the verdicts against a bid with what of their evidence was opened.
#[tauri::command]
#[specta::specta]
pub(crate) async fn evidence_due(shell: State<'_, Shell>, case_id: String) -> Answer<EvidenceDueView> {
    Ok(shell.desk()?.evidence_due(&case_id).await?)
}

/// States that the person at this machine saw the evidence of a cell.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_evidence(
    shell: State<'_, Shell>,
    case_id: String,
    cell: CellAddress,
    pieces: Vec<u32>,
) -> Answer<OpenedEvidence> {
    Ok(shell.desk()?.open_evidence(&case_id, &cell, &pieces).await?)
}

/// Shows the samples with the measured agreement, and what became of the proposals.
#[tauri::command]
#[specta::specta]
pub(crate) async fn samples(shell: State<'_, Shell>, case_id: String) -> Answer<SamplesView> {
    Ok(shell.desk()?.samples(&case_id).await?)
}

/// Draws a sample of the accepted proposals.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draw_sample(
    shell: State<'_, Shell>,
    case_id: String,
    percent: Option<String>,
    source: String,
) -> Answer<SamplesView> {
    Ok(shell.desk()?.draw_sample(&case_id, percent.as_deref(), &source).await?)
}

/// Records what the person at this machine, as the second member, says of a drawn cell.
#[tauri::command]
#[specta::specta]
pub(crate) async fn check_sample(
    shell: State<'_, Shell>,
    case_id: String,
    cell: CellAddress,
    verdict: Verdict,
    reason: String,
) -> Answer<SamplesView> {
    Ok(shell.desk()?.check_sample(&case_id, &cell, verdict, &reason).await?)
}

/// Shows what was found about equal treatment.
#[tauri::command]
#[specta::specta]
pub(crate) async fn treatments(shell: State<'_, Shell>, case_id: String) -> Answer<TreatmentsView> {
    Ok(shell.desk()?.treatments(&case_id).await?)
}

/// Answers a finding about equal treatment; an empty reason takes the answer back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_treatment(
    shell: State<'_, Shell>,
    case_id: String,
    finding: String,
    reason: String,
) -> Answer<TreatmentsView> {
    Ok(shell.desk()?.answer_treatment(&case_id, &finding, &reason).await?)
}

/// Rehearses a claim against each *no cumple*.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rehearse(shell: State<'_, Shell>, case_id: String) -> Answer<RehearsalView> {
    Ok(shell.desk()?.rehearse(&case_id).await?)
}

/// Shows the reports of subcommissions.
#[tauri::command]
#[specta::specta]
pub(crate) async fn subcommission_reports(shell: State<'_, Shell>, case_id: String) -> Answer<ReportsView> {
    Ok(shell.desk()?.subcommission_reports(&case_id).await?)
}

/// Records a report of a subcommission.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_report(
    shell: State<'_, Shell>,
    case_id: String,
    draft: ReportDraft,
) -> Answer<ReportsView> {
    Ok(shell.desk()?.record_report(&case_id, &draft).await?)
}

/// Endorses or corrects a point of a report; no handling opens it again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_report(
    shell: State<'_, Shell>,
    case_id: String,
    report: String,
    number: u32,
    handling: Option<PointHandlingView>,
    reasons: String,
) -> Answer<ReportsView> {
    Ok(shell.desk()?.answer_report(&case_id, &report, number, handling, &reasons).await?)
}
