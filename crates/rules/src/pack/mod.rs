//! Rule packs: the norms as dated data (`packs/*.json`).
//!
//! Each value stands with its unit, its source, and whether somebody has read it in that source. A conclusion that rests on an
//! unverified value carries a mark.

mod tables;

pub use tables::{ExperienceCeiling, PatrimonioMinimum, state_budget};

use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;

const FILES: [&str; 7] = [
    include_str!("../../packs/ec-2022.json"),
    include_str!("../../packs/ec-2023.json"),
    include_str!("../../packs/ec-2025-integridad.json"),
    include_str!("../../packs/ec-2025-gap.json"),
    include_str!("../../packs/ec-2025-ley.json"),
    include_str!("../../packs/ec-2025-de193.json"),
    include_str!("../../packs/ec-2026-de461.json"),
];

static PACKS: LazyLock<Vec<RulePack>> = LazyLock::new(|| {
    let mut packs: Vec<RulePack> = Vec::new();
    for text in FILES {
        // The files are compiled in and a test reads every one; one that did not parse would be missing, and its dates unanswered.
        let (Ok(file), Ok(json)) = (serde_json::from_str::<File>(text), serde_json::from_str(text)) else {
            continue;
        };
        let parent = match &file.parent {
            None => None,
            Some(id) => match packs.iter().find(|pack| pack.id == *id) {
                Some(parent) => Some(Box::new(parent.clone())),
                None => continue,
            },
        };
        packs.push(RulePack::assemble(file, json, parent));
    }
    packs
});

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    version: u32,
    #[serde(rename = "jurisdiction")]
    _jurisdiction: String,
    #[serde(rename = "applies_by")]
    _applies_by: String,
    valid_from: Date,
    valid_to: Option<Date>,
    parent: Option<String>,
    inherited_is_unverified: bool,
    norms: Vec<String>,
    warning: Option<String>,
    legal_basis: BTreeMap<String, Vec<String>>,
    parameters: BTreeMap<String, Parameter>,
    #[serde(default)]
    #[serde(rename = "feature_flags")]
    _feature_flags: serde_json::Value,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parameter {
    value: serde_json::Value,
    unit: Option<String>,
    source: String,
    verified: bool,
    #[serde(default)]
    suspicious: bool,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    #[serde(rename = "op")]
    _operator: Option<String>,
}

/// Holds a value of the norm with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// Where it was read.
    pub source: String,
    /// Whether it was read in the primary source. Conclusions that rest on an unverified value are marked.
    pub verified: bool,
    /// True when the value looks wrong in its source and was kept as read.
    pub suspicious: bool,
    /// What a person should know about it.
    pub note: Option<String>,
}

impl<T> Value<T> {
    fn map<U>(self, value: U) -> Value<U> {
        Value {
            value,
            unit: self.unit,
            source: self.source,
            verified: self.verified,
            suspicious: self.suspicious,
            note: self.note,
        }
    }
}

/// Answers a question put to a pack: a value, or that a person must be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// The pack says it.
    Known(Value<T>),
    /// Neither the pack nor its parents say it.
    Ask {
        /// Name of the parameter.
        parameter: String,
    },
}

impl<T> Answer<T> {
    /// Returns the value, if there is one.
    #[must_use]
    pub fn known(self) -> Option<Value<T>> {
        match self {
            Self::Known(value) => Some(value),
            Self::Ask { .. } => None,
        }
    }
}

/// Tells that no pack covers a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("rules.no_pack: no rule pack covers processes started on {0}")]
pub struct NoPack(pub Date);

impl NoPack {
    /// Returns the sentence for the person who is asked.
    #[must_use]
    pub fn message(&self) -> String {
        cotejo_catalogue::message("rules.no_pack", &[("fecha", &self.0.to_string())])
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
    /// SHA-256 of the canonical JSON (RFC 8785) of the pack and its parents, in hexadecimal.
    pub sha256: String,
    inherited_is_unverified: bool,
    legal_basis: BTreeMap<String, Vec<String>>,
    parameters: BTreeMap<String, Parameter>,
    json: serde_json::Value,
    parent: Option<Box<RulePack>>,
}

impl RulePack {
    fn assemble(file: File, json: serde_json::Value, parent: Option<Box<Self>>) -> Self {
        let mut pack = Self {
            id: file.id,
            version: file.version,
            valid_from: file.valid_from,
            valid_to: file.valid_to,
            norms: file.norms,
            warning: file.warning,
            sha256: String::new(),
            inherited_is_unverified: file.inherited_is_unverified,
            legal_basis: file.legal_basis,
            parameters: file.parameters,
            json,
            parent,
        };
        let chain: Vec<&serde_json::Value> = pack.chain().map(|link| &link.json).collect();
        let canonical = serde_json_canonicalizer::to_vec(&chain).unwrap_or_default();
        pack.sha256 = hex::encode(Sha256::digest(canonical));
        pack
    }

    /// Returns every pack, oldest first.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &PACKS
    }

    /// Returns the pack that governs processes started on `date`: the day the convocatoria was published.
    ///
    /// # Errors
    /// [`NoPack`] when none covers the day; a person then says which norms apply.
    pub fn for_start(date: Date) -> Result<&'static Self, NoPack> {
        let covers = |pack: &&Self| pack.valid_from <= date && pack.valid_to.is_none_or(|last| date <= last);
        PACKS.iter().find(covers).ok_or(NoPack(date))
    }

    /// Returns the pack with this identifier.
    #[must_use]
    pub fn by_id(id: &str) -> Option<&'static Self> {
        PACKS.iter().find(|pack| pack.id == id)
    }

    /// Returns the pack itself and then its parents, nearest first.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |pack| pack.parent.as_deref())
    }

    /// Counts the values in force, its own and inherited, that nobody has verified in their primary source.
    #[must_use]
    pub fn unverified_count(&self) -> usize {
        let mut seen = std::collections::BTreeSet::new();
        let names =
            self.chain().flat_map(|pack| pack.parameters.keys()).filter(|name| seen.insert(name.as_str()));
        names.filter(|name| self.parameter(name).known().is_some_and(|value| !value.verified)).count()
    }

    /// Returns the articles that `topic` rests on, such as `integridad.ausente`; none when the pack names none.
    #[must_use]
    pub fn legal_basis(&self, topic: &str) -> Vec<String> {
        self.chain().find_map(|pack| pack.legal_basis.get(topic)).cloned().unwrap_or_default()
    }

    /// Returns a parameter as it stands in the pack or the nearest parent that has it.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Answer<serde_json::Value> {
        let mut trusted = true;
        for pack in self.chain() {
            if let Some(parameter) = pack.parameters.get(name) {
                return Answer::Known(Value {
                    value: parameter.value.clone(),
                    unit: parameter.unit.clone(),
                    source: parameter.source.clone(),
                    verified: parameter.verified && trusted,
                    suspicious: parameter.suspicious,
                    note: parameter.note.clone(),
                });
            }
            trusted &= !pack.inherited_is_unverified;
        }
        Answer::Ask { parameter: name.to_owned() }
    }

    fn typed<T: serde::de::DeserializeOwned>(&self, name: &str) -> Answer<T> {
        let ask = || Answer::Ask { parameter: name.to_owned() };
        let Answer::Known(value) = self.parameter(name) else { return ask() };
        match serde_json::from_value(value.value.clone()) {
            Ok(typed) => Answer::Known(value.map(typed)),
            Err(_) => ask(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_pack_parses_and_its_parent_is_older() {
        assert_eq!(
            RulePack::all().len(),
            FILES.len(),
            "a pack that does not parse would leave its dates unanswered"
        );
        for pack in RulePack::all() {
            assert_eq!(pack.sha256.len(), 64, "{} has its hash", pack.id);
            for parent in pack.chain().skip(1) {
                assert!(parent.valid_from < pack.valid_from, "{} inherits from a later regime", pack.id);
            }
        }
    }

    #[test]
    fn the_regimes_follow_each_other_without_a_gap_or_an_overlap() {
        for pair in RulePack::all().windows(2) {
            let last = pair[0].valid_to.expect("only the newest is open");
            assert_eq!(
                last.tomorrow().expect("a day"),
                pair[1].valid_from,
                "{} → {}",
                pair[0].id,
                pair[1].id
            );
        }
    }

    #[test]
    fn the_day_of_the_start_chooses_the_regime() {
        for (day, id) in [
            (date(2023, 7, 3), "ec-2022"),
            (date(2024, 8, 23), "ec-2023"),
            (date(2025, 6, 26), "ec-2025-integridad"),
            (date(2025, 10, 4), "ec-2025-gap"),
            (date(2025, 10, 27), "ec-2025-ley"),
            (date(2025, 10, 28), "ec-2025-de193"),
            (date(2026, 7, 29), "ec-2025-de193"),
            (date(2026, 11, 22), "ec-2026-de461"),
        ] {
            assert_eq!(RulePack::for_start(day).map(|pack| pack.id.as_str()), Ok(id), "{day}");
        }
        assert_eq!(
            RulePack::for_start(date(2015, 1, 1)).err(),
            Some(NoPack(date(2015, 1, 1))),
            "no pack is invented"
        );
        assert!(
            RulePack::by_id("ec-2025-gap").is_some_and(|pack| pack.warning.is_some()),
            "the grey zone warns"
        );
    }

    #[test]
    fn a_missing_value_is_asked_for_and_never_taken_from_a_later_regime() {
        let old = RulePack::by_id("ec-2022").expect("exists");
        assert!(matches!(old.unsigned_form_curable(), Answer::Ask { .. }), "only ec-2023 says it");
        assert!(matches!(old.works_not_evaluated(), Answer::Ask { .. }), "RGL 108 is of 2025");
        let ley = RulePack::by_id("ec-2025-ley").expect("exists");
        assert!(matches!(ley.works_not_evaluated(), Answer::Ask { .. }), "not yet");
    }

    #[test]
    fn what_is_inherited_into_an_unseen_text_is_unverified() {
        let de193 =
            RulePack::by_id("ec-2025-de193").expect("exists").works_not_evaluated().known().expect("known");
        let de461 = RulePack::by_id("ec-2026-de461")
            .expect("exists")
            .works_not_evaluated()
            .known()
            .expect("inherited");
        assert!(de193.verified && !de461.verified, "the text of DE 461 was not seen");
        let patrimonio =
            RulePack::by_id("ec-2025-de193").expect("exists").parameter("patrimonio_obras").known();
        assert!(
            patrimonio.is_some_and(|value| !value.verified && value.suspicious),
            "a default from ec-2023"
        );
        assert!(
            RulePack::by_id("ec-2023")
                .is_some_and(|p| p.parameter("patrimonio_obras").known().is_some_and(|v| v.verified))
        );
    }

    #[test]
    fn percentages_and_rates_are_never_floats() {
        fn no_float(value: &serde_json::Value) -> bool {
            match value {
                serde_json::Value::Number(number) => !number.is_f64(),
                serde_json::Value::Array(items) => items.iter().all(no_float),
                serde_json::Value::Object(fields) => fields.values().all(no_float),
                _ => true,
            }
        }
        for text in FILES {
            let json: serde_json::Value = serde_json::from_str(text).expect("parses");
            assert!(no_float(&json), "a rate as a float loses its decimals");
        }
    }
}
