//! Commands of the *convalidación*, of how bids end, of negotiation and recommendation. Each delegates to the desk; what they mean is written
//! there.

use crate::shell::Shell;
use cotejo_casework::view::{
    BidOutcomeView, ConstatationDraft, ConstatationsView, CureAnswerOrder, CureDifferenceView,
    CureNoticeOrder, CureRequestOrder, CureResultOrder, CuringView, DefectOrder, ErrorView, ImportOutcome,
    ImportProgress, NegotiationOrder, NegotiationsView, OutcomeOrder, RecommendationOrder,
    RecommendationView,
};
use tauri::State;
use tauri::ipc::Channel;

type Answer<T> = Result<T, ErrorView>;

/// Shows what may be asked, what was, and what came of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn curing(shell: State<'_, Shell>, case_id: String) -> Answer<CuringView> {
    Ok(shell.desk()?.curing(&case_id).await?)
}

/// Records the requests, all in one act.
#[tauri::command]
#[specta::specta]
pub(crate) async fn request_cures(
    shell: State<'_, Shell>,
    case_id: String,
    order: CureRequestOrder,
) -> Answer<CuringView> {
    Ok(shell.desk()?.request_cures(&case_id, &order).await?)
}

/// Records that the requests were notified to all bidders.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notify_cures(
    shell: State<'_, Shell>,
    case_id: String,
    order: CureNoticeOrder,
) -> Answer<CuringView> {
    Ok(shell.desk()?.notify_cures(&case_id, &order).await?)
}

/// Takes in what a bidder answered, or records that nothing came.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_cures(
    shell: State<'_, Shell>,
    case_id: String,
    order: CureAnswerOrder,
    progress: Channel<ImportProgress>,
) -> Answer<ImportOutcome> {
    let running = shell.start()?;
    let tell = move |step| drop(progress.send(step));
    Ok(shell.desk()?.answer_cures(&case_id, &order, &tell, &running.switch).await?.1)
}

/// Shows the answer of a bid against the bid.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cure_difference(
    shell: State<'_, Shell>,
    case_id: String,
    bid: String,
) -> Answer<CureDifferenceView> {
    Ok(shell.desk()?.cure_difference(&case_id, &bid).await?)
}

/// Records what came of a request.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resolve_cure(
    shell: State<'_, Shell>,
    case_id: String,
    order: CureResultOrder,
) -> Answer<CuringView> {
    Ok(shell.desk()?.resolve_cure(&case_id, &order).await?)
}

/// Shows how each bid ended and how it may end.
#[tauri::command]
#[specta::specta]
pub(crate) async fn outcomes(shell: State<'_, Shell>, case_id: String) -> Answer<Vec<BidOutcomeView>> {
    Ok(shell.desk()?.outcomes(&case_id).await?)
}

/// Records how a bid ended.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_outcome(
    shell: State<'_, Shell>,
    case_id: String,
    order: OutcomeOrder,
) -> Answer<BidOutcomeView> {
    Ok(shell.desk()?.record_outcome(&case_id, &order).await?)
}

/// Shows the negotiations and what they must come to.
#[tauri::command]
#[specta::specta]
pub(crate) async fn negotiations(shell: State<'_, Shell>, case_id: String) -> Answer<NegotiationsView> {
    Ok(shell.desk()?.negotiations(&case_id).await?)
}

/// Records a session of negotiation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn negotiate(
    shell: State<'_, Shell>,
    case_id: String,
    order: NegotiationOrder,
) -> Answer<NegotiationsView> {
    Ok(shell.desk()?.negotiate(&case_id, &order).await?)
}

/// Shows what follows from outcomes and order, and what was recommended.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recommendation(shell: State<'_, Shell>, case_id: String) -> Answer<RecommendationView> {
    Ok(shell.desk()?.recommendation(&case_id).await?)
}

/// Records what is recommended.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recommend(
    shell: State<'_, Shell>,
    case_id: String,
    order: RecommendationOrder,
) -> Answer<RecommendationView> {
    Ok(shell.desk()?.recommend(&case_id, &order).await?)
}

/// Shows the signatures that were validated with the official application, and what waits for it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn constatations(shell: State<'_, Shell>, case_id: String) -> Answer<ConstatationsView> {
    Ok(shell.desk()?.constatations(&case_id).await?)
}

/// Records what the official application said of a signature, or takes it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_constatation(
    shell: State<'_, Shell>,
    case_id: String,
    draft: ConstatationDraft,
) -> Answer<ConstatationsView> {
    Ok(shell.desk()?.record_constatation(&case_id, &draft).await?)
}

/// Records what a defect is, or takes that back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn say_defect(
    shell: State<'_, Shell>,
    case_id: String,
    order: DefectOrder,
) -> Answer<CuringView> {
    Ok(shell.desk()?.say_defect(&case_id, &order).await?)
}
