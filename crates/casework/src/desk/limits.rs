//! The limits of reading that a person sets, within the entity's policy: kept in the profile.

use super::Desk;
use crate::CaseworkError;
use crate::policy::{Limit, SetLimits};
use crate::view::{LimitChange, LimitRow, LimitsView};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use cotejo_store::Profile;
use std::sync::PoisonError;

/// Key of the profile setting.
const LIMITS_SETTING: &str = "limites-de-lectura";

/// Returns the limits that the profile keeps. What an older or newer version wrote otherwise counts as not set.
pub(super) async fn kept(profile: &Profile) -> Result<SetLimits, CaseworkError> {
    let text = profile.setting(LIMITS_SETTING).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

impl Desk {
    /// Shows the limits in force, and what the entity allows.
    #[must_use]
    pub fn limits(&self) -> LimitsView {
        let set = self.limits.read().unwrap_or_else(PoisonError::into_inner).clone();
        let rows = Limit::ALL.map(|limit| {
            let (least, usual, _) = limit.bounds();
            let (most, by_policy) = self.policy.ceiling(limit);
            LimitRow {
                key: limit.name().into(),
                label: message(&format!("casework.limit.{}", limit.name()), &[]),
                unit: message(&format!("casework.limit.{}.unidad", limit.name()), &[]),
                explanation: message(&format!("casework.limit.{}.explicacion", limit.name()), &[]),
                value: self.policy.in_force(limit, &set),
                usual: usual.min(most),
                least: least.min(most),
                most,
                by_policy,
            }
        });
        LimitsView {
            rows: rows.to_vec(),
            entity: self.policy.entity.clone(),
            policy: self.policy.path.as_ref().map(|path| path.display().to_string()),
            problem: self
                .policy
                .problem
                .as_ref()
                .map(|detail| message("casework.policy_unreadable", &[("detalle", detail)])),
            offline_by_policy: self.policy.offline,
        }
    }

    /// Sets limits, from the next reading on, and keeps them in the profile; a value of `None` goes back to the usual one.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for a limit there is not; [`Code::Precondition`] for a value outside of what is allowed, and none is set then.
    pub async fn set_limits(&self, changes: &[LimitChange]) -> Result<LimitsView, CaseworkError> {
        let mut set = self.limits.read().unwrap_or_else(PoisonError::into_inner).clone();
        for change in changes {
            let limit = Limit::named(&change.key).ok_or_else(|| {
                CaseworkError::refused(Code::WrongUse, "casework.limit.unknown", change.key.clone())
            })?;
            let Some(value) = change.value else {
                set.remove(limit.name());
                continue;
            };
            let (least, ..) = limit.bounds();
            let (most, by_policy) = self.policy.ceiling(limit);
            let label = message(&format!("casework.limit.{}", limit.name()), &[]);
            if value > most {
                let key =
                    if by_policy { "casework.limit.above_policy" } else { "casework.limit.above_program" };
                return Err(CaseworkError::refused(Code::Precondition, key, format!("{label}: {most}")));
            }
            if value < least.min(most) {
                let detail = format!("{label}: {least}");
                return Err(CaseworkError::refused(Code::Precondition, "casework.limit.below", detail));
            }
            set.insert(limit.name().into(), value);
        }
        self.profile.set_setting(LIMITS_SETTING, &serde_json::to_string(&set)?).await?;
        *self.limits.write().unwrap_or_else(PoisonError::into_inner) = set;
        let pace = super::pace::kept(&self.profile).await?;
        self.use_reading_pace(pace.into());
        Ok(self.limits())
    }
}
