//! How much of the machine the reading may take: kept in the profile.

use super::Desk;
use crate::CaseworkError;
use crate::view::{PaceOption, PaceView, ReadingPaceView};
use cotejo_catalogue::message;
use cotejo_lector_client::{Lector, Pace, Settings};
use cotejo_store::Profile;
use std::sync::{Arc, PoisonError};

/// Key of the profile setting.
const PACE_SETTING: &str = "ritmo-de-lectura";

/// Returns the pace that the profile keeps. What an older or newer version wrote otherwise counts as not set.
pub(super) async fn kept(profile: &Profile) -> Result<Pace, CaseworkError> {
    let text = profile.setting(PACE_SETTING).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

impl Desk {
    /// Tells how much of the machine the reading may take.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn reading_pace(&self) -> Result<ReadingPaceView, CaseworkError> {
        let pace = kept(&self.profile).await?;
        let options = [Pace::WhileWorking, Pace::FullSpeed].map(option);
        Ok(ReadingPaceView { pace: pace.into(), options: options.to_vec() })
    }

    /// Sets how much of the machine the reading may take, from the next act on, and keeps it in the profile.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub async fn set_reading_pace(&self, pace: PaceView) -> Result<ReadingPaceView, CaseworkError> {
        self.profile.set_setting(PACE_SETTING, &serde_json::to_string(&Pace::from(pace))?).await?;
        self.use_reading_pace(pace);
        self.reading_pace().await
    }

    /// Uses a pace while this desk is open, without keeping it.
    pub fn use_reading_pace(&self, pace: PaceView) {
        let mut lector = self.lector.write().unwrap_or_else(PoisonError::into_inner);
        // What runs keeps its workers until it ends.
        let set = self.limits.read().unwrap_or_else(PoisonError::into_inner).clone();
        let settings = self.policy.limited(Settings::at(pace.into()), &set);
        *lector = Arc::new(Lector::new(lector.resources().clone(), settings));
    }
}

fn option(pace: Pace) -> PaceOption {
    let settings = Settings::at(pace);
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let workers = number(settings.readers as u64);
    let worker_megabytes = number(settings.reader_resident_megabytes);
    let key = match pace {
        Pace::WhileWorking => "casework.pace.while_working",
        Pace::FullSpeed => "casework.pace.full_speed",
    };
    let (count, memory) = (workers.to_string(), worker_megabytes.to_string());
    PaceOption {
        pace: pace.into(),
        label: message(key, &[]),
        explanation: message(&format!("{key}.explanation"), &[("lectores", &count), ("memoria", &memory)]),
        workers,
        worker_megabytes,
    }
}
