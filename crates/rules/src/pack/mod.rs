//! Rule packs: the norms as dated data (`packs/*.json`, their form in `packs/schema.json`; docs/packs.md).
//!
//! Each value stands with its unit, its source, and whether somebody has read it in that source. A conclusion that rests on an
//! unverified value carries a mark. A pack says of every key of its parent whether it inherits or removes it.

mod bundle;
mod compare;
mod entity;
mod flags;
mod form;
mod load;
mod problem;
mod schema;
mod set;
mod tables;
#[cfg(test)]
mod tests;
mod value;

pub use compare::{Change, Difference, Side, compare};
pub use entity::{EntityRules, EntityValue, FlagSwitch, Verification, Withdrawal};
pub use flags::Flag;
pub use problem::Problem;
pub use schema::SCHEMA;
pub use set::PackSet;
pub use tables::{CommissionThreshold, ExperienceCeiling, PatrimonioMinimum, state_budget};
pub use value::{Answer, Confirmation, Origin, Source, Value, precedence};

use form::{FlagForm, PackForm, ValueForm, Verified};
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};
use tables::StateBudgets;

/// Begins the key of a legal basis.
pub(crate) const BASE_PREFIX: &str = "base.";
/// Begins the key of a flag.
pub(crate) const FLAG_PREFIX: &str = "bandera.";

const FILES: [(&str, &str); 7] = [
    ("ec-2022.json", include_str!("../../packs/ec-2022.json")),
    ("ec-2023.json", include_str!("../../packs/ec-2023.json")),
    ("ec-2025-integridad.json", include_str!("../../packs/ec-2025-integridad.json")),
    ("ec-2025-gap.json", include_str!("../../packs/ec-2025-gap.json")),
    ("ec-2025-ley.json", include_str!("../../packs/ec-2025-ley.json")),
    ("ec-2025-de193.json", include_str!("../../packs/ec-2025-de193.json")),
    ("ec-2026-de461.json", include_str!("../../packs/ec-2026-de461.json")),
];

static PACKS: LazyLock<Vec<RulePack>> = LazyLock::new(|| {
    let mut packs: Vec<RulePack> = Vec::new();
    for (file, text) in FILES {
        // The files are compiled in and a test reads every one; one that did not load would be missing, and its dates unanswered.
        if let Ok(pack) = RulePack::load(file, text, &packs) {
            packs.push(pack);
        }
    }
    packs
});

/// Tells that no pack covers a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rules.no_pack: no rule pack covers processes started on {0}")]
pub struct NoPack(pub Date);

impl NoPack {
    /// Returns the sentence for the person who is asked.
    #[must_use]
    pub fn message(&self) -> String {
        let first = PACKS.first().map(|pack| pack.valid_from.to_string()).unwrap_or_default();
        cotejo_catalogue::message("rules.no_pack", &[("fecha", &self.0.to_string()), ("primero", &first)])
    }

    /// Returns what to do about it.
    #[must_use]
    pub fn remedy(&self) -> String {
        cotejo_catalogue::remedy("rules.no_pack", &[])
    }
}

/// Holds the norms of one regime.
#[derive(Clone, Debug)]
pub struct RulePack {
    /// Identifier: `ec-2023`.
    pub id: String,
    /// Version; a changed pack is a new version.
    pub version: u32,
    /// First day whose processes it governs.
    pub valid_from: Date,
    /// Last day, or `None` while it is in force.
    pub valid_to: Option<Date>,
    /// The norms it was made from.
    pub norms: Vec<String>,
    /// What a person should know before relying on it.
    pub warning: Option<String>,
    /// SHA-256 of what judging by it rests on ([`RulePack::frozen`]), in hexadecimal.
    pub sha256: String,
    inherits: BTreeSet<String>,
    removed: BTreeSet<String>,
    inherited_is_unverified: bool,
    legal_basis: BTreeMap<String, ValueForm>,
    parameters: BTreeMap<String, ValueForm>,
    flags: BTreeMap<String, FlagForm>,
    json: serde_json::Value,
    parent: Option<Box<RulePack>>,
    entity: EntityRules,
    budgets: Arc<StateBudgets>,
}

impl RulePack {
    fn assemble(form: PackForm, json: serde_json::Value, parent: Option<Box<Self>>) -> Self {
        let mut pack = Self {
            id: form.id,
            version: form.version,
            valid_from: form.valid_from,
            valid_to: form.valid_to,
            norms: form.norms.iter().map(form::NormForm::cite).collect(),
            warning: form.warning,
            sha256: String::new(),
            inherits: form.inherits.into_iter().collect(),
            removed: form.removed.into_iter().collect(),
            inherited_is_unverified: form.inherited_is_unverified,
            legal_basis: form.legal_basis,
            parameters: form.parameters,
            flags: form.feature_flags,
            json,
            parent,
            entity: EntityRules::default(),
            budgets: StateBudgets::built_in(),
        };
        pack.hash();
        pack
    }

    fn hash(&mut self) {
        self.sha256 = hex::encode(Sha256::digest(self.frozen()));
    }

    /// Returns the pack with what the entity recorded for it; its hash is another when there is anything.
    #[must_use]
    pub fn with_entity(&self, rules: &EntityRules) -> Self {
        let mut pack = Self { entity: rules.for_pack(&self.id), ..self.clone() };
        pack.hash();
        pack
    }

    /// Returns what the entity recorded for the pack and is in force.
    #[must_use]
    pub fn entity(&self) -> &EntityRules {
        &self.entity
    }

    /// Returns every compiled-in pack, oldest first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &PACKS
    }

    /// Returns the compiled-in pack that governs processes started on `date`: the day the convocatoria was published.
    ///
    /// # Errors
    /// [`NoPack`] when none covers the day; a person then says which norms apply.
    pub fn for_start(date: Date) -> Result<&'static Self, NoPack> {
        PACKS.iter().find(|pack| pack.covers(date)).ok_or(NoPack(date))
    }

    /// Tells whether it governs processes started on `date`.
    #[must_use]
    pub fn covers(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_to.is_none_or(|last| date <= last)
    }

    /// Returns the compiled-in pack with this identifier.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static Self> {
        PACKS.iter().find(|pack| pack.id == id)
    }

    /// Returns the pack itself and then its parents, nearest first.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |pack| pack.parent.as_deref())
    }

    /// Lists the keys of everything it states, its own and what it inherits, in order: parameters, `base.TEMA`, `bandera.ARTÍCULO`.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let own = self.own_keys();
        let entity = self.entity.values.iter().map(|value| value.key.clone());
        own.chain(self.inherits.iter().cloned()).chain(entity).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn own_keys(&self) -> impl Iterator<Item = String> {
        let parameters = self.parameters.keys().cloned();
        let bases = self.legal_basis.keys().map(|topic| format!("{BASE_PREFIX}{topic}"));
        parameters.chain(bases).chain(self.flags.keys().map(|flag| format!("{FLAG_PREFIX}{flag}")))
    }

    /// Lists the keys of its parent that it does not take over.
    pub fn removed(&self) -> impl Iterator<Item = &str> {
        self.removed.iter().map(String::as_str)
    }

    /// Finds the pack of the chain that states a key, going up only where the key is inherited expressly; `false` when a regime on the way
    /// takes over what nobody has read in its own text.
    fn holder(&self, key: &str) -> Option<(&Self, bool)> {
        let mut trusted = true;
        let mut link = self;
        loop {
            let states = match (key.strip_prefix(BASE_PREFIX), key.strip_prefix(FLAG_PREFIX)) {
                (Some(topic), _) => link.legal_basis.contains_key(topic),
                (_, Some(flag)) => link.flags.contains_key(flag),
                _ => link.parameters.contains_key(key),
            };
            if states {
                return Some((link, trusted));
            }
            if !link.inherits.contains(key) {
                return None;
            }
            trusted &= !link.inherited_is_unverified;
            link = link.parent.as_deref()?;
        }
    }

    fn form(&self, key: &str) -> Option<(&Self, &ValueForm, bool)> {
        let (link, trusted) = self.holder(key)?;
        let form = match key.strip_prefix(BASE_PREFIX) {
            Some(topic) => link.legal_basis.get(topic),
            None => link.parameters.get(key),
        };
        Some((link, form?, trusted))
    }

    /// Counts the values in force, its own and inherited, that nobody has verified in their primary source.
    #[must_use]
    pub fn unverified_count(&self) -> usize {
        let values = self.keys().into_iter().filter_map(|key| self.raw(&key));
        values.filter(|value| !value.verified && !value.value.is_null()).count()
    }

    /// Returns the articles that `topic` rests on, such as `integridad.ausente`; none when the pack names none.
    #[must_use]
    pub fn legal_basis(&self, topic: &str) -> Vec<String> {
        self.basis(topic).known().map(|value| value.value).unwrap_or_default()
    }

    /// Returns the articles that `topic` rests on with where they come from.
    #[must_use]
    pub fn basis(&self, topic: &str) -> Answer<Vec<String>> {
        self.typed(&format!("{BASE_PREFIX}{topic}"))
    }

    /// Returns a value as entity or pack state it, whatever the flags say; [`RulePack::settle`] is for judging.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Answer<serde_json::Value> {
        match self.raw(name) {
            Some(value) if !value.value.is_null() => Answer::Known(value),
            _ => Answer::Ask { parameter: name.to_owned() },
        }
    }

    /// Returns what stands at a key, `null` (it is asked) included: the entity's value, else the pack's with its verification.
    #[must_use]
    pub fn raw(&self, key: &str) -> Option<Value<serde_json::Value>> {
        if let Some(own) = self.entity.values.iter().find(|value| value.key == key) {
            return Some(Value {
                value: own.value.clone(),
                unit: own.unit.clone(),
                source: own.source.cite(),
                citation: own.source.clone(),
                verified: true,
                confirmed: Some(Confirmation { by: own.by.clone(), at: own.at, document: own.source.cite() }),
                suspicious: false,
                note: Some(own.reason.clone()),
                origin: Origin::Entity { by: own.by.clone(), at: own.at, reason: own.reason.clone() },
            });
        }
        let (link, form, trusted) = self.form(key)?;
        let of_the_pack = match (&form.verified, &form.by, form.at, &form.document) {
            (Verified::By(_), Some(by), Some(at), Some(document)) if trusted => {
                Some(Confirmation { by: by.clone(), at, document: document.clone() })
            }
            _ => None,
        };
        // A digest costs more than all the rest: only where somebody verified this key.
        let of_key = || self.entity.verifications.iter().filter(|verification| verification.key == key);
        let digest = of_key().next().map(|_| digest(form));
        let recorded = of_key().find(|verification| Some(&verification.of) == digest.as_ref());
        let confirmed = recorded
            .map(|recorded| Confirmation {
                by: recorded.by.clone(),
                at: recorded.at,
                document: recorded.document.clone(),
            })
            .or(of_the_pack);
        let read = trusted && form.verified == Verified::Read(true);
        let (id, version) = (link.id.clone(), link.version);
        Some(Value {
            value: form.value.clone(),
            unit: form.unit.clone(),
            source: form.source.cite(),
            citation: form.source.clone(),
            verified: read || confirmed.is_some(),
            confirmed,
            suspicious: form.suspicious,
            note: form.note.clone(),
            origin: if link.id == self.id {
                Origin::Pack { id, version }
            } else {
                Origin::Inherited { id, version }
            },
        })
    }

    /// Returns the digest of what a verification of this key would verify: value, unit and source. `None` for a key that is not there.
    #[must_use]
    pub fn digest(&self, key: &str) -> Option<String> {
        self.form(key).map(|(_, form, _)| digest(form))
    }

    /// Returns the comparison sign that stands with a limit: `>=`.
    #[must_use]
    pub fn operator(&self, key: &str) -> Option<&str> {
        self.form(key)?.1.op.as_deref()
    }

    /// Decides a value for a process that started on `on`: the pliego's if it has one, else the entity's, else the pack's as far as its
    /// flag holds on that day, else a person is asked.
    #[must_use]
    pub fn settle<T: serde::de::DeserializeOwned>(
        &self,
        key: &str,
        pliego: Option<T>,
        on: Option<Date>,
    ) -> Answer<T> {
        precedence(pliego, || self.of_the_norms(key, on, true))
    }

    fn of_the_norms<T: serde::de::DeserializeOwned>(
        &self,
        key: &str,
        on: Option<Date>,
        may_go_back: bool,
    ) -> Answer<T> {
        let ask = || Answer::Ask { parameter: key.to_owned() };
        let by_entity = self.entity.values.iter().any(|value| value.key == key);
        if !by_entity && let Some((_, form, _)) = self.form(key) {
            if form.since.is_some_and(|first| on.is_none_or(|on| on < first)) {
                return ask();
            }
            if let Some(flag) = &form.flag
                && !self.flag_active(flag, on)
            {
                return match &form.before {
                    Some(before) if may_go_back => self.of_the_norms(before, on, false),
                    _ => ask(),
                };
            }
        }
        let Answer::Known(value) = self.parameter(key) else { return ask() };
        match serde_json::from_value(value.value.clone()) {
            Ok(typed) => Answer::Known(value.map(typed)),
            Err(_) => ask(),
        }
    }

    pub(crate) fn typed<T: serde::de::DeserializeOwned>(&self, name: &str) -> Answer<T> {
        self.settle(name, None, None)
    }

    /// Tells whether a form without any electronic signature can be cured by convalidación.
    #[must_use]
    pub fn unsigned_form_curable(&self) -> Answer<bool> {
        self.typed("formulario_sin_firma_subsanable")
    }

    /// Lists what is not evaluated in works: a duty of the contract (RGL 108).
    #[must_use]
    pub fn works_not_evaluated(&self) -> Answer<Vec<String>> {
        self.typed("obras_no_evaluables")
    }

    /// Tells whether articles of this regime conflict over requirements about the bidder in a subasta inversa (RGL 93 and 258.6).
    #[must_use]
    pub fn subject_requirements_conflict_in_sie(&self) -> bool {
        self.typed::<String>("sie_requisitos_del_sujeto").known().is_some()
    }

    /// Tells whether experience may by rule be asked in a licitación only.
    #[must_use]
    pub fn experience_only_in_licitacion(&self) -> Answer<bool> {
        self.typed("lico_experiencia_solo_licitacion")
    }

    /// Returns the least and the most working days that may be given for a convalidación.
    #[must_use]
    pub fn cure_days(&self) -> Answer<(cotejo_domain::Termino, cotejo_domain::Termino)> {
        #[derive(Deserialize)]
        struct Days {
            min: u32,
            max: u32,
        }
        match self.typed::<Days>("convalidacion_dias") {
            Answer::Known(value) => {
                let days = (cotejo_domain::Termino(value.value.min), cotejo_domain::Termino(value.value.max));
                Answer::Known(value.map(days))
            }
            Answer::Ask { parameter } => Answer::Ask { parameter },
        }
    }
}

/// Compares the calendar with its part of the schema.
#[cfg(test)]
pub(crate) fn check_calendar(text: &str) -> Vec<Problem> {
    schema::check_as("calendar", "ec-calendario.json", text)
}

/// Returns the SHA-256 of what a verification speaks for.
fn digest(form: &ValueForm) -> String {
    let content = serde_json::json!({ "value": form.value, "unit": form.unit, "source": form.source });
    hex::encode(Sha256::digest(serde_json_canonicalizer::to_vec(&content).unwrap_or_default()))
}
