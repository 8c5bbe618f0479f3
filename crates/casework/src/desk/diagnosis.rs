//! What this installation has: versions, models, packs, the health of the store.

use super::{Desk, confinement};
use crate::CaseworkError;
use cotejo_catalogue::message;
use cotejo_rules::RulePack;
use serde::Serialize;

/// Describes this installation.
#[derive(Clone, Debug, Serialize)]
pub struct Diagnosis {
    /// Name and value, in Spanish, in order.
    pub lines: Vec<(String, String)>,
    /// What works with less.
    pub notices: Vec<String>,
    /// False when something is missing without which the main job cannot be done.
    pub complete: bool,
}

impl Desk {
    /// Describes this installation.
    ///
    /// # Errors
    /// When the data folder cannot be read.
    pub async fn diagnosis(&self) -> Result<Diagnosis, CaseworkError> {
        let about = self.about().await;
        let lector = self.lector();
        let resources = lector.resources();
        let asked = self.lector();
        let jail = super::import::blocking(move || confinement::of(&asked)).await?;
        let pace = self.reading_pace().await?;
        let pace = pace.options.into_iter().find(|option| option.pace == pace.pace);
        let pace =
            pace.map_or_else(String::new, |option| format!("{}. {}", option.label, option.explanation));
        let packs: Vec<String> =
            RulePack::all().iter().map(|pack| format!("{}@{}", pack.id, pack.version)).collect();
        let shown = |path: &std::path::Path| path.display().to_string();
        let encoder = resources.encoder.as_deref().map_or_else(|| message("casework.no", &[]), shown);
        let line = |key: &str, value: String| (message(key, &[]), value);
        Ok(Diagnosis {
            lines: vec![
                line("cli.diagnosis.version", about.version),
                line("cli.diagnosis.data", about.data_folder),
                line("cli.diagnosis.cases", self.profile.list_cases().await?.len().to_string()),
                line("cli.diagnosis.packs", packs.join(", ")),
                line("cli.diagnosis.keyring", format!("{:?}", self.profile.keyring_kind())),
                line("cli.diagnosis.lector", shown(&resources.program)),
                line("cli.diagnosis.pdfium", shown(&resources.pdfium)),
                line("cli.diagnosis.tessdata", shown(&resources.tessdata)),
                line("cli.diagnosis.models", encoder),
                line("cli.diagnosis.pace", pace),
                line("cli.diagnosis.jail", jail.layers),
                line("cli.diagnosis.jail_tried", jail.attempts),
            ],
            notices: about.notices.into_iter().chain(jail.notices).collect(),
            complete: true,
        })
    }
}
