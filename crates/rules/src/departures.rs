//! Departures of the pliego from the norm, each with a name that an answer can hold on to.

use crate::{Answer, RulePack, Value};
use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Finding, Pliego, RequirementId, Severity};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Says where a pliego departs from the norm. The pliego binds the commission until it is changed; a person answers, and neither is applied in
/// silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Departure {
    /// Names it: its code, the requirement, and the values that differ. Another value is another departure, to be answered anew.
    pub key: String,
    /// Its code.
    pub code: String,
    /// The requirement it concerns, where it is one.
    pub requirement: Option<RequirementId>,
    /// What it is, in Spanish.
    pub message: String,
    /// What a person may do about it.
    pub remedy: String,
    /// Articles of the case's pack that it departs from; empty where the pack names none.
    pub legal_basis: Vec<String>,
    /// True when nobody verified the value of the norm that it rests on.
    pub unverified: bool,
}

impl Departure {
    /// Describes a departure; `topic` names its legal basis in the pack.
    pub(crate) fn of(
        code: &str,
        requirement: Option<&RequirementId>,
        values: &[(&str, &str)],
        pack: &RulePack,
        topic: &str,
    ) -> Self {
        let mut parts = vec![code, requirement.map_or("", |id| id.0.as_str())];
        // What the norm is called changes with its verification; what differs does not.
        parts.extend(values.iter().filter(|(name, _)| *name != "fuente").map(|(_, value)| *value));
        let digest = hex::encode(Sha256::digest(parts.join("\u{1f}")));
        let (basis, unverified) = match pack.basis(topic) {
            Answer::Known(basis) => {
                let unverified = basis.marked();
                (basis.value, unverified)
            }
            Answer::Ask { .. } => (Vec::new(), false),
        };
        Self {
            key: format!("{code}:{}", digest.get(..12).unwrap_or_default()),
            code: code.to_owned(),
            requirement: requirement.cloned(),
            message: message(code, values),
            remedy: remedy(code, values),
            legal_basis: basis,
            unverified,
        }
    }

    /// Says when the value of the norm that it rests on was verified by nobody.
    pub(crate) fn by<T>(mut self, norm: &Value<T>) -> Self {
        if norm.marked() {
            self.unverified = true;
            // A sentence that names the source already does not want it twice.
            let named = self.message.contains(&norm.source);
            let mark = if named {
                message("rules.pliego.norma_sin_verificar", &[])
            } else {
                message("rules.pliego.sin_verificar", &[("fuente", &norm.source)])
            };
            self.message = format!("{} {mark}", self.message);
        }
        self
    }

    /// Returns it as a finding of the pliego.
    #[must_use]
    pub fn finding(&self) -> Finding {
        Finding {
            code: self.code.clone(),
            severity: Severity::Warning,
            page: None,
            message: self.message.clone(),
            remedy: self.remedy.clone(),
        }
    }
}

/// Compares a pliego with the pack of its day and says where it departs from it.
#[must_use]
pub fn pliego_departures(pliego: &Pliego, pack: &RulePack) -> Vec<Departure> {
    crate::warnings::departures(pliego, pack)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::{Requirement, RequirementKind, RequirementSource, Subject};

    #[test]
    fn a_departure_keeps_its_name_while_its_values_do() {
        let of = |minimum: &str, id: &str| {
            let mut pliego = Fixture::new("2024-01-10").works().budget("495930.26").pliego;
            pliego.requirements = vec![Requirement {
                id: RequirementId(id.into()),
                lot: None,
                kind: RequirementKind::Minimo,
                text: String::new(),
                points: None,
                subject: Subject::Patrimonio { minimum: Some(money(minimum)) },
                source: RequirementSource::ByHand,
            }];
            let pack = RulePack::for_start("2024-01-10".parse().expect("a day")).expect("a pack");
            pliego_departures(&pliego, pack)
        };
        let first = of("20000", "PATR");
        assert_eq!((first.len(), first[0].requirement.as_ref().map(|id| id.0.as_str())), (1, Some("PATR")));
        assert_eq!(first[0].key, of("20000", "PATR")[0].key, "the same, however often it is asked");
        assert_ne!(first[0].key, of("21000", "PATR")[0].key, "another amount is another departure");
        assert_ne!(first[0].key, of("20000", "PATR-2")[0].key, "of another requirement too");
        assert!(of("17796.51", "PATR").is_empty(), "the table's own amount");
    }
}
