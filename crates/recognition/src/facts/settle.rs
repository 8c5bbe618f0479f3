//! Settles several readings of one field: the best stays, agreement strengthens, contradiction weakens and keeps both.

use super::Candidate;
use crate::layout::{Folded, squeeze};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

type Patterns = BTreeMap<&'static str, Option<Arc<Regex>>>;

static PATTERNS: LazyLock<Mutex<Patterns>> = LazyLock::new(Mutex::default);

/// Compiles a pattern of the rules once.
pub(crate) fn compiled(pattern: &'static str) -> Option<Arc<Regex>> {
    let mut patterns = PATTERNS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    patterns.entry(pattern).or_insert_with(|| Regex::new(pattern).ok().map(Arc::new)).clone()
}

/// Fields of a list bear their row in the name and are settled each for itself.
#[must_use]
pub fn settle(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut fields: Vec<(String, Vec<Candidate>)> = Vec::new();
    let says = |candidate: &Candidate| {
        !super::implausible::is_no_value(&candidate.field, Folded::new(&candidate.raw).ascii())
    };
    for candidate in candidates.into_iter().filter(says) {
        match fields.iter_mut().find(|(field, _)| *field == candidate.field) {
            Some((_, list)) => list.push(candidate),
            None => fields.push((candidate.field.clone(), vec![candidate])),
        }
    }
    fields.into_iter().flat_map(|(_, list)| settle_one(list)).collect()
}

/// Fields that a paper repeats for each good it offers: their values do not contradict each other.
const REPEATED: [&str; 7] = ["marca", "modelo", "origen", "placa", "equipo", "detalle", "texto"];

fn settle_one(list: Vec<Candidate>) -> Vec<Candidate> {
    if list.first().is_some_and(|candidate| {
        REPEATED.contains(&candidate.field.as_str()) || candidate.field.contains("[]")
    }) {
        return list;
    }
    let mut distinct: Vec<(String, usize, Candidate)> = Vec::new();
    for candidate in list {
        let key = key(&candidate);
        match distinct.iter_mut().find(|(other, _, _)| *other == key) {
            Some((_, count, best)) => {
                *count += 1;
                if candidate.confidence > best.confidence {
                    *best = candidate;
                }
            }
            None => distinct.push((key, 1, candidate)),
        }
    }
    distinct.sort_by(|a, b| b.2.confidence.total_cmp(&a.2.confidence).then(b.1.cmp(&a.1)));
    let alone = distinct.len() == 1;
    let best = distinct.first().map_or(0.0, |(_, _, candidate)| candidate.confidence);
    distinct
        .into_iter()
        .take(3)
        // A far weaker reading is noise, not a contradiction.
        .filter(|(_, _, candidate)| candidate.confidence >= best * 0.75)
        .map(|(_, count, mut candidate)| {
            if !alone {
                candidate.confidence *= 0.65;
            } else if count > 1 {
                candidate.confidence = (candidate.confidence * 1.02).min(0.99);
            }
            candidate
        })
        .collect()
}

fn key(candidate: &Candidate) -> String {
    let canonical = candidate.value.canonical();
    match &candidate.value {
        cotejo_domain::FactValue::Text(_) => squeeze(Folded::new(&canonical).ascii()),
        cotejo_domain::FactValue::Money(money) => money.0.normalize().to_string(),
        _ => canonical,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::FactValue;

    fn candidate(text: &str, confidence: f64) -> Candidate {
        Candidate {
            field: "nombre".into(),
            value: FactValue::Text(text.into()),
            raw: text.into(),
            page: 0,
            places: Vec::new(),
            confidence,
            extractor: "texto@1",
        }
    }

    #[test]
    fn agreement_strengthens_and_contradiction_keeps_both() {
        let agreed = settle(vec![candidate("Uno S.A.", 0.9), candidate("UNO SA", 0.8)]);
        assert_eq!(agreed.len(), 1);
        assert!(agreed[0].confidence > 0.9);
        let contradicted = settle(vec![candidate("Uno S.A.", 0.9), candidate("Dos S.A.", 0.9)]);
        assert_eq!(contradicted.len(), 2, "a person must see both");
        assert!(contradicted.iter().all(|candidate| candidate.confidence < 0.7));
    }
}
