//! Flags of the transition (R.E-SERCOP-2025-0154): articles that are in force but not applied until SERCOP announces the tool or model.

use super::problem::Problem;
use super::{BASE_PREFIX, FLAG_PREFIX, RulePack};
use cotejo_catalogue::message;
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

    /// Lists where a flag and a value do not name each other: a flag that says it switches a value which does not wait for it switches nothing, and
    /// a value that waits for a flag which does not tell so is switched by surprise. Asked of what is compiled in, written or signed; a frozen pack
    /// stays as it was.
    #[must_use]
    pub fn flag_disagreements(&self, file: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |pointer: String, expected: &str, values: &[(&str, &str)], found: &str| {
            let expected = message(expected, values);
            problems.push(Problem::new("rules.pack.flag_disagrees", file, &pointer, &expected, found));
        };
        for (flag, form) in &self.flags {
            for (index, key) in form.switches.iter().enumerate() {
                let waits = self.form(key).and_then(|(_, value, _)| value.flag.as_deref());
                if waits != Some(flag.as_str()) {
                    let place = format!("/feature_flags/{flag}/switches/{index}");
                    say(place, "rules.pack.expected.waits", &[("bandera", flag)], key);
                }
            }
        }
        for key in self.keys().iter().filter(|key| !key.starts_with(FLAG_PREFIX)) {
            let Some((link, value, _)) = self.form(key) else { continue };
            let Some(flag) = &value.flag else { continue };
            let switches = self
                .holder(&format!("{FLAG_PREFIX}{flag}"))
                .and_then(|(holder, _)| holder.flags.get(flag))
                .map(|form| form.switches.as_slice());
            // Where an inherited value and its flag stand in the parent, the parent was asked.
            let own = link.id == self.id || self.flags.contains_key(flag);
            if switches.is_none_or(|keys| own && !keys.contains(key)) {
                let place = match key.strip_prefix(BASE_PREFIX) {
                    _ if link.id != self.id => "/inherits".to_owned(),
                    Some(topic) => format!("/legal_basis/{topic}/flag"),
                    None => format!("/parameters/{key}/flag"),
                };
                say(place, "rules.pack.expected.switches", &[("clave", key)], flag);
            }
        }
        problems
    }
}
