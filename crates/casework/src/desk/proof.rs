//! Proof: the log verifies, the projections are what the events say.

use super::Desk;
use crate::CaseworkError;
use cotejo_store::{ChainHead, Event, LogReport, RebuildReport};
use serde::Serialize;

/// Sums up a rebuild.
#[derive(Clone, Debug, Serialize)]
pub struct RebuildSummary {
    /// True when every projection was what its events say.
    pub identical: bool,
    /// Every projection with its hashes.
    pub report: RebuildReport,
}

impl Desk {
    /// Verifies the log of a case; `printed` are heads that a signed acta states.
    ///
    /// # Errors
    /// When the case cannot be opened; what does not agree is in the report.
    pub async fn verify_log(&self, case: &str, printed: &[ChainHead]) -> Result<LogReport, CaseworkError> {
        Ok(self.opened(case).await?.case.verify_log(printed).await?)
    }

    /// Returns every event of a case.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn events(&self, case: &str) -> Result<Vec<Event>, CaseworkError> {
        Ok(self.opened(case).await?.case.events().await?)
    }

    /// Recomputes the projections of a case from its events.
    ///
    /// # Errors
    /// When the log does not verify.
    pub async fn rebuild(&self, case: &str) -> Result<RebuildSummary, CaseworkError> {
        let open = self.opened(case).await?;
        let report = open.case.rebuild().await?;
        open.forget().await;
        Ok(RebuildSummary { identical: report.identical(), report })
    }
}
