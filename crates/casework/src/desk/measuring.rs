//! Measuring the models on a labelled folder, and what may be shown as *seguro* because of it.

use super::{Desk, import, labels};
use crate::CaseworkError;
use crate::measure::level::{Earned, FEWEST, Levels, NEEDED, Record, SURE, measured_with};
use crate::measure::{Measured, measure};
use crate::view::{Cancellation, Level, MeasuredFieldView, MeasuredTypeView, MeasurementView};
use cotejo_domain::DocumentType;
use cotejo_store::MeasuredDocument;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// Hears how many files are done, of how many, and which is the last.
pub type FileListener = Arc<dyn Fn(u32, u32, &str) + Send + Sync>;

impl Desk {
    /// Reads and recognises a labelled folder with the real worker, keeps the counts in the profile, and tells what came of it. With `anew`
    /// what was measured before is forgotten. `on_file` hears how many files are done, of how many, and which.
    ///
    /// # Errors
    /// [`cotejo_domain::Code::WrongUse`] when the folder has not the form of docs/models.md; when the worker cannot run here.
    pub async fn evaluate_model(
        &self,
        folder: &Path,
        anew: bool,
        on_file: FileListener,
        cancellation: &Cancellation,
    ) -> Result<MeasurementView, CaseworkError> {
        let (lector, folder, stop) = (self.lector(), folder.to_owned(), cancellation.clone());
        let measured = import::blocking(move || measure(&lector, &folder, &stop, on_file.as_ref())).await??;
        if anew {
            self.profile.forget_measured().await?;
        }
        let models = measured_with(&measured.model, &measured.weights);
        // A run in which nothing could be read names no models.
        if !measured.model.is_empty() {
            let read = measured.documents.iter().filter(|document| !document.said.is_empty());
            self.profile.keep_measured(&models, &read.cloned().collect::<Vec<_>>()).await?;
        }
        let kept = Earned::of(&self.profile.measured(&models).await?);
        Ok(view(measured, &kept))
    }

    /// Returns what may be shown as *seguro*.
    pub(crate) async fn levels(&self) -> Result<Levels, CaseworkError> {
        let mut levels = Levels::default();
        for models in self.profile.measured_models().await? {
            levels.add(&models, &Earned::of(&self.profile.measured(&models).await?));
        }
        Ok(levels)
    }
}

fn count<'m>(
    documents: impl Iterator<Item = &'m MeasuredDocument>,
    which: impl Fn(&MeasuredDocument) -> bool,
) -> u32 {
    u32::try_from(documents.filter(|document| which(document)).count()).unwrap_or(u32::MAX)
}

fn level(record: Record) -> Level {
    if record.is_earned() { Level::Seguro } else { Level::Probable }
}

fn rounded(bound: f64) -> f64 {
    (bound * 1000.0).floor() / 1000.0
}

fn view(measured: Measured, kept: &Earned) -> MeasurementView {
    let all = &measured.documents;
    let other = DocumentType::other();
    let mut kinds: BTreeSet<&str> = all.iter().map(|document| document.kind.as_str()).collect();
    kinds.extend(all.iter().map(|document| document.said.as_str()).filter(|said| !said.is_empty()));
    let types = kinds.into_iter().map(|kind| {
        let ours = || all.iter().filter(move |document| document.kind == kind);
        // Of «otro» nothing is asserted: it is never shown as *seguro*.
        let record = Some(kind).filter(|kind| *kind != other.0).and_then(|kind| kept.types.get(kind));
        let record = record.copied().unwrap_or_default();
        MeasuredTypeView {
            kind: kind.to_owned(),
            name: labels::document_type(kind),
            documents: count(ours(), |_| true),
            right: count(ours(), |document| document.said == kind),
            other: count(ours(), |document| document.said == other.0 && kind != other.0),
            wrong: count(ours(), |document| ![kind, other.0.as_str(), ""].contains(&document.said.as_str())),
            unread: count(ours(), |document| document.said.is_empty()),
            limits_right: count(ours(), |document| document.limits == Some(true)),
            taken_for_it: count(all.iter(), |document| document.said == kind && document.kind != kind),
            kept_documents: record.documents,
            lower_bound: rounded(record.bound()),
            level: level(record),
            fields: fields(ours(), kind, kept),
        }
    });
    MeasurementView {
        documents: count(all.iter(), |_| true),
        types: types.collect(),
        model: measured.model,
        weights: measured.weights,
        program: env!("CARGO_PKG_VERSION").into(),
        repeated: measured.repeated,
        unread: measured.unread,
        unlabelled: measured.unlabelled,
        sure_from: SURE,
        needed: NEEDED,
        fewest: FEWEST,
    }
}

fn fields<'m>(
    documents: impl Iterator<Item = &'m MeasuredDocument>,
    kind: &str,
    kept: &Earned,
) -> Vec<MeasuredFieldView> {
    let mut fields: BTreeMap<&str, MeasuredFieldView> = BTreeMap::new();
    for counted in documents.flat_map(|document| &document.fields) {
        let record = kept.fields.get(&(kind.to_owned(), counted.field.clone())).copied().unwrap_or_default();
        let view = fields.entry(&counted.field).or_insert_with(|| MeasuredFieldView {
            field: counted.field.clone(),
            documents: 0,
            right: 0,
            wrong: 0,
            missing: 0,
            kept_documents: record.documents,
            lower_bound: rounded(record.bound()),
            level: level(record),
        });
        view.documents += u32::from(counted.stated > 0);
        view.right += counted.right;
        view.wrong += counted.wrong;
        view.missing += counted.missing;
    }
    fields.into_values().collect()
}
