//! When a type or a field has earned the word *seguro*: enough documents that people labelled, and a measured accuracy that bears it.
//!
//! The measure is one-sided: of what the machine says surely, the share that is right is at least [`NEEDED`] with 95 % confidence (Wilson's
//! interval). Without a mistake that takes 52 answers, with one 87.

use crate::analysis::FileAnalysis;
use cotejo_domain::{Document, Fact};
use cotejo_store::MeasuredDocument;
use std::collections::{BTreeMap, BTreeSet};

/// Confidence from which an answer counts as sure: it is measured from there on, and shown as *seguro* from there on.
pub(crate) const SURE: f64 = 0.85;
/// Labelled documents that a type or a field needs at least.
pub(crate) const FEWEST: u32 = 20;
/// Share of sure answers that must be right.
pub(crate) const NEEDED: f64 = 0.95;
/// Quantile of the normal distribution for 95 % on one side.
const QUANTILE: f64 = 1.644_853_627;

/// Returns the lower end of Wilson's interval for `right` of `all`; 0 when nothing was counted.
#[must_use]
pub(crate) fn lower_bound(right: u32, all: u32) -> f64 {
    if all == 0 {
        return 0.0;
    }
    let (count, square) = (f64::from(all), QUANTILE * QUANTILE);
    let share = f64::from(right.min(all)) / count;
    let middle = share + square / (2.0 * count);
    let half = QUANTILE * (share * (1.0 - share) / count + square / (4.0 * count * count)).sqrt();
    ((middle - half) / (1.0 + square / count)).clamp(0.0, 1.0)
}

/// Counts what is known of one type or field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// Labelled documents that have it.
    pub(crate) documents: u32,
    /// Sure answers that were right.
    pub(crate) right: u32,
    /// Sure answers that were not.
    pub(crate) wrong: u32,
}

impl Record {
    /// Returns the lower bound of the accuracy of sure answers.
    #[must_use]
    pub(crate) fn bound(self) -> f64 {
        lower_bound(self.right, self.right.saturating_add(self.wrong))
    }

    /// Tells whether it may be shown as *seguro*.
    #[must_use]
    pub(crate) fn is_earned(self) -> bool {
        self.documents >= FEWEST && self.bound() >= NEEDED
    }
}

/// Names what was measured: other models, other weights or another version of the readers are measured anew.
#[must_use]
pub(crate) fn measured_with(model: &str, weights: &str) -> String {
    format!("{model} | {weights} | cotejo {}", env!("CARGO_PKG_VERSION"))
}

/// Holds what was earned with one set of models.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Earned {
    /// By type: how often the machine names it rightly when it names it.
    pub(crate) types: BTreeMap<String, Record>,
    /// By type and field.
    pub(crate) fields: BTreeMap<(String, String), Record>,
}

impl Earned {
    /// Counts what was measured.
    pub(crate) fn of(measured: &[MeasuredDocument]) -> Self {
        let mut earned = Self::default();
        for document in measured {
            earned.types.entry(document.kind.clone()).or_default().documents += 1;
            if document.sure {
                // What it named wrongly speaks against the type that it named.
                let said = earned.types.entry(document.said.clone()).or_default();
                if document.said == document.kind { said.right += 1 } else { said.wrong += 1 }
            }
            for field in &document.fields {
                let record = earned.fields.entry((document.kind.clone(), field.field.clone())).or_default();
                record.documents += u32::from(field.stated > 0);
                record.right = record.right.saturating_add(field.sure_right);
                record.wrong = record.wrong.saturating_add(field.sure_wrong);
            }
        }
        earned
    }
}

/// Says what may be shown as *seguro*, by the models that a file was recognised with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Levels {
    types: BTreeSet<(String, String)>,
    fields: BTreeSet<(String, String, String)>,
}

impl Levels {
    /// Adds what was earned with one set of models.
    pub(crate) fn add(&mut self, models: &str, earned: &Earned) {
        let types = earned.types.iter().filter(|(_, record)| record.is_earned());
        self.types.extend(types.map(|(kind, _)| (models.to_owned(), kind.clone())));
        let fields = earned.fields.iter().filter(|(_, record)| record.is_earned());
        self.fields.extend(fields.map(|((kind, field), _)| (models.to_owned(), kind.clone(), field.clone())));
    }

    /// Tells whether the type of a document may be shown as *seguro*.
    pub(crate) fn document(&self, analysis: &FileAnalysis, document: &Document) -> bool {
        if analysis.trace.typed.contains(&document.id) {
            return true; // a person named it
        }
        // What an example says was not measured.
        let by_example = analysis.trace.examples.iter().any(|used| document.pages.contains(&used.page));
        !by_example
            && document.confidence.value() >= SURE
            && self.types.contains(&(models_of(analysis), document.kind.0.clone()))
    }

    /// Tells whether a value may be shown as *seguro*: its document's type and the field both earned it.
    pub(crate) fn fact(&self, analysis: &FileAnalysis, fact: &Fact) -> bool {
        let document =
            fact.document.and_then(|id| analysis.documents.iter().find(|document| document.id == id));
        document.is_some_and(|document| {
            fact.confidence.value() >= SURE
                && self.document(analysis, document)
                && self.fields.contains(&(models_of(analysis), document.kind.0.clone(), fact.field.clone()))
        })
    }
}

fn models_of(analysis: &FileAnalysis) -> String {
    measured_with(&analysis.model, &analysis.trace.weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_store::MeasuredField;

    fn documents(kind: &str, said: &str, sure: bool, count: usize) -> Vec<MeasuredDocument> {
        let one = |number: usize| MeasuredDocument {
            document: format!("{kind}{said}{number}"),
            kind: kind.into(),
            said: said.into(),
            sure,
            limits: Some(true),
            fields: Vec::new(),
        };
        (0..count).map(one).collect()
    }

    fn earned(all: &[Vec<MeasuredDocument>]) -> bool {
        let counted = Earned::of(&all.concat());
        counted.types.get("POLIZA").is_some_and(|record| record.is_earned())
    }

    #[test]
    fn the_bound_is_wilsons() {
        assert!((lower_bound(20, 20) - 0.8808).abs() < 1e-3, "{}", lower_bound(20, 20));
        assert!(lower_bound(51, 51) < NEEDED && lower_bound(52, 52) >= NEEDED);
        assert!(lower_bound(85, 86) < NEEDED && lower_bound(86, 87) >= NEEDED, "{}", lower_bound(86, 87));
        assert!(lower_bound(0, 0) == 0.0 && lower_bound(0, 9) < 1e-9 && lower_bound(9, 3) < 1.0);
    }

    #[test]
    fn seguro_takes_documents_accuracy_and_sureness_together() {
        let right = |count| documents("POLIZA", "POLIZA", true, count);
        assert!(!earned(&[right(20)]), "twenty without a mistake do not bear it");
        assert!(earned(&[right(52)]));
        assert!(!earned(&[documents("POLIZA", "POLIZA", false, 200)]), "unsure answers prove nothing");
        let mistaken = documents("FUO_1_1", "POLIZA", true, 3);
        assert!(!earned(&[right(60), mistaken.clone()]), "what is taken for a policy speaks against it");
        assert!(earned(&[right(150), mistaken]));
        let abstained = documents("POLIZA", "OTRO", false, 30);
        assert!(earned(&[right(60), abstained]), "not knowing is no mistake");
        let few_labelled = documents("FUO_1_1", "FUO_1_1", true, 100);
        assert!(!earned(&[few_labelled]));
    }

    #[test]
    fn a_field_is_counted_by_the_documents_that_state_it() {
        let mut all = documents("POLIZA", "POLIZA", true, 60);
        for document in &mut all {
            document.fields = vec![MeasuredField {
                field: "monto".into(),
                stated: 1,
                right: 1,
                sure_right: 1,
                ..MeasuredField::default()
            }];
        }
        let key = ("POLIZA".to_owned(), "monto".to_owned());
        assert!(Earned::of(&all).fields[&key].is_earned());
        for document in all.iter_mut().take(41) {
            document.fields[0].stated = 0;
        }
        assert!(!Earned::of(&all).fields[&key].is_earned(), "nineteen documents state it");
    }
}
