//! An open case and what was concluded from it, kept until something changes.

use super::judgement::Judgement;
use crate::CaseworkError;
use cotejo_store::{Case, Profile};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Holds an open case with its present judgement.
pub(crate) struct OpenCase {
    pub(crate) case: Case,
    judgement: Mutex<Option<Arc<Judgement>>>,
    /// What the requirements were judged by; kept when the judgement is forgotten.
    memory: Mutex<cotejo_rules::EvaluationMemory>,
    /// Holds what is remembered of other cases.
    profile: Arc<Profile>,
}

impl OpenCase {
    pub(crate) fn new(case: Case, profile: Arc<Profile>) -> Self {
        Self {
            case,
            profile,
            judgement: Mutex::new(None),
            memory: Mutex::new(cotejo_rules::EvaluationMemory::default()),
        }
    }

    /// Returns the judgement, computing it when something changed since.
    pub(crate) async fn judgement(&self) -> Result<Arc<Judgement>, CaseworkError> {
        let mut kept = self.judgement.lock().await;
        if let Some(judgement) = &*kept {
            return Ok(Arc::clone(judgement));
        }
        let mut fresh = Judgement::with(&self.case, &mut *self.memory.lock().await).await?;
        super::remembering::recall(&self.profile, &self.case, &mut fresh).await?;
        let fresh = Arc::new(fresh);
        *kept = Some(Arc::clone(&fresh));
        Ok(fresh)
    }

    /// Forgets the judgement: requirements, bids or readings changed.
    pub(crate) async fn forget(&self) {
        *self.judgement.lock().await = None;
    }
}
