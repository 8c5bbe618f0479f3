//! The pack a case is judged by: frozen once, word for word, and shown against what this profile would freeze today.

use super::Desk;
use super::judgement::Judgement;
use super::rules::comparison;
use crate::CaseworkError;
use crate::quick::finding;
use crate::view::CaseRulesView;
use cotejo_catalogue::message;
use cotejo_domain::{Code, Finding, Severity};
use cotejo_rules::RulePack;
use cotejo_store::{Case, CaseState, EventPayload, PackReference};
use std::sync::{Mutex, PoisonError};

/// Names a pack in a case, by the hash of everything that judging by it rests on.
pub(crate) fn reference(pack: &RulePack) -> Result<PackReference, CaseworkError> {
    let sha256 = pack
        .sha256
        .parse()
        .map_err(|_| CaseworkError::refused(Code::Internal, "casework.internal", "sha256 of the pack"))?;
    Ok(PackReference { id: pack.id.clone(), sha256 })
}

/// Makes the event that keeps a pack whole in a case.
pub(crate) fn freezing(pack: &RulePack) -> Result<EventPayload, CaseworkError> {
    Ok(EventPayload::PackFrozen { pack: reference(pack)?, content: Some(pack.frozen()) })
}

/// Returns the pack that a case names: the compiled-in one if it is the very same by its hash, else from the text kept with the case. Another
/// version never takes its place: then there is none, and a finding says so.
pub(crate) async fn frozen(case: &Case) -> Result<(Option<RulePack>, Vec<Finding>), CaseworkError> {
    let Some(reference) = case.state().await?.pack else { return Ok((None, Vec::new())) };
    let wanted = reference.sha256.to_string();
    if let Some(same) = RulePack::by_id(&reference.id).filter(|pack| pack.sha256 == wanted) {
        return Ok((Some(same.clone()), Vec::new()));
    }
    if let Some(read) =
        READ.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|pack| pack.sha256 == wanted)
    {
        return Ok((Some(read.clone()), Vec::new()));
    }
    if let Some(text) = case.frozen_pack().await?
        && let Ok(pack) = RulePack::thaw(&reference.id, &text)
        && pack.sha256 == wanted
    {
        let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
        read.truncate(MOST_READ - 1);
        read.insert(0, pack.clone());
        return Ok((Some(pack), Vec::new()));
    }
    let gone = finding("casework.pack_gone", Severity::Error, &format!("{} {wanted}", reference.id));
    Ok((None, vec![gone]))
}

/// Packs that were read from cases lately: what a hash names does not change, and a case is judged again at every act.
static READ: Mutex<Vec<RulePack>> = Mutex::new(Vec::new());
const MOST_READ: usize = 8;

impl Desk {
    /// Tells by which pack a case is judged, and what would change with the one that this profile uses today. Nothing is applied.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn case_rules(&self, case: &str) -> Result<CaseRulesView, CaseworkError> {
        let open = self.opened(case).await?;
        let state = open.case.state().await?;
        let Some(reference) = &state.pack else {
            return Ok(CaseRulesView {
                id: String::new(),
                version: None,
                sha256: String::new(),
                whole: false,
                note: message("casework.rules.none", &[]),
                later: false,
                comparison: None,
            });
        };
        let (pack, _) = frozen(&open.case).await?;
        let today = self.later_pack(&state).await?;
        let later = today.as_ref();
        let wanted = reference.sha256.to_string();
        let note = match (&pack, later) {
            (None, _) => message("casework.pack_gone", &[("detalle", &reference.id)]),
            (Some(_), None) => message("casework.rules.same", &[]),
            (Some(pack), Some(today)) => message(
                "casework.rules.later",
                &[
                    ("congelado", &format!("{}@{}", pack.id, pack.version)),
                    ("actual", &format!("{}@{}", today.id, today.version)),
                ],
            ),
        };
        Ok(CaseRulesView {
            id: reference.id.clone(),
            version: pack.as_ref().map(|pack| pack.version),
            sha256: wanted,
            whole: pack.is_some(),
            note,
            later: later.is_some(),
            comparison: pack.as_ref().zip(later).map(|(pack, today)| comparison(pack, today)),
        })
    }

    /// Returns the pack that this profile would freeze today for the day the case's process started, where it is another than the case's.
    async fn later_pack(&self, state: &CaseState) -> Result<Option<RulePack>, CaseworkError> {
        let Some(reference) = &state.pack else { return Ok(None) };
        let set = self.packs().await?;
        let today = match state.process.started {
            Some(started) => set.for_start(started).ok(),
            None => set.by_id(&reference.id),
        };
        Ok(today.filter(|today| today.sha256 != reference.sha256.to_string()).cloned())
    }

    /// Says of a case that there is another version of its pack, where there is; nothing is applied.
    pub(crate) async fn later_finding(
        &self,
        judgement: &Judgement,
    ) -> Result<Option<Finding>, CaseworkError> {
        let Some(frozen) = &judgement.pack else { return Ok(None) };
        let Some(today) = self.later_pack(&judgement.state).await? else { return Ok(None) };
        let frozen = format!("{}@{}", frozen.id, frozen.version);
        let today = format!("{}@{}", today.id, today.version);
        let values = [("congelado", frozen.as_str()), ("actual", today.as_str())];
        let code = "casework.rules.later";
        Ok(Some(Finding {
            code: code.into(),
            severity: Severity::Info,
            page: None,
            message: message(code, &values),
            remedy: cotejo_catalogue::remedy(code, &values),
        }))
    }
}
