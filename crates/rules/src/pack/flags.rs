//! Flags of the transition (R.E-SERCOP-2025-0154): articles that are in force but not applied until SERCOP announces the tool or model.

use super::RulePack;
use jiff::civil::Date;

/// Says how a flag stands for a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The article: `266`.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The article with its norm.
    pub article: String,
    /// Norm that put it in transition.
    pub in_transition_by: String,
    /// What holds until then.
    pub before: String,
    /// Keys of the values it switches, `base.TEMA` for a legal basis.
    pub switches: Vec<String>,
    /// First day of the processes it holds for; `None` while nothing was announced.
    pub valid_from: Option<Date>,
    /// The announcement.
    pub source: Option<String>,
    /// Who recorded it and when, where the entity did.
    pub recorded: Option<(String, Date)>,
    /// Whether it holds for a process that started on the day that was asked about.
    pub active: bool,
    /// What a person should know about it.
    pub note: Option<String>,
}

impl RulePack {
    /// Returns a flag as it stands for a process that started on `on`; `None` when the regime has no such flag.
    #[must_use]
    pub fn flag(&self, id: &str, on: Option<Date>) -> Option<Flag> {
        let key = format!("{}{id}", super::FLAG_PREFIX);
        let link = self.holder(&key)?.0;
        let form = link.flags.get(id)?;
        let recorded = self.entity.switches.iter().find(|switch| switch.flag == id);
        let valid_from = recorded.map(|switch| switch.valid_from).or(form.valid_from);
        Some(Flag {
            id: id.to_owned(),
            title: form.title.clone(),
            article: format!("{}, Art. {}", form.norm, form.art),
            in_transition_by: form.in_transition_by.clone(),
            before: form.before.clone(),
            switches: form.switches.clone(),
            valid_from,
            source: recorded.map(|switch| switch.source.clone()).or_else(|| form.source.clone()),
            recorded: recorded.map(|switch| (switch.by.clone(), switch.at)),
            active: valid_from.zip(on).is_some_and(|(first, started)| first <= started),
            note: form.note.clone(),
        })
    }

    /// Tells whether a flag holds for a process that started on `on`. What the regime does not have does not hold.
    #[must_use]
    pub fn flag_active(&self, id: &str, on: Option<Date>) -> bool {
        self.flag(id, on).is_some_and(|flag| flag.active)
    }

    /// Lists the flags of the regime as they stand for a process that started on `on`.
    #[must_use]
    pub fn flags(&self, on: Option<Date>) -> Vec<Flag> {
        let keys = self.keys();
        let ids = keys.iter().filter_map(|key| key.strip_prefix(super::FLAG_PREFIX));
        ids.filter_map(|id| self.flag(id, on)).collect()
    }
}
