//! Measuring the models on documents that a person labelled, on this machine: what may be shown as *seguro* here rests on it.

mod folder;
pub(crate) mod level;
pub(crate) mod notation;
mod same;
mod score;
mod table;

use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::read_path::read_files;
use crate::view::Cancellation;
use cotejo_lector_client::Lector;
use cotejo_store::MeasuredDocument;
use std::collections::BTreeMap;
use std::path::Path;

/// Holds what one run over a labelled folder gave.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// The models that recognised the files.
    pub(crate) model: String,
    /// SHA-256 of their weights.
    pub(crate) weights: String,
    /// Each labelled document; one that lies there twice stands once.
    pub(crate) documents: Vec<MeasuredDocument>,
    /// Files of which something could not be read.
    pub(crate) unread: Vec<String>,
    /// Files of which nobody says what they are.
    pub(crate) unlabelled: Vec<String>,
    /// Labelled documents that lie there more than once.
    pub(crate) repeated: u32,
}

/// Reads and recognises every file of a labelled folder and compares it with its labels. `on_file` hears of each file.
///
/// # Errors
/// When the folder has not the form, or the worker cannot run here.
pub(crate) fn measure(
    lector: &Lector,
    folder: &Path,
    cancellation: &Cancellation,
    on_file: &(dyn Fn(u32, u32, &str) + Send + Sync),
) -> Result<Measured, CaseworkError> {
    let labelled = folder::LabelledFolder::open(folder)?;
    let all = u32::try_from(labelled.files.len()).unwrap_or(u32::MAX);
    let files: Vec<_> = labelled.files.iter().map(|file| file.file.clone()).collect();
    let by_path: BTreeMap<String, &folder::LabelledFile> =
        labelled.files.iter().map(|file| (file.file.path.display().to_string(), file)).collect();
    let mut measured = Measured { unlabelled: labelled.unlabelled.clone(), ..Measured::default() };
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut done = 0;
    read_files(lector, &files, None, cancellation, &mut |shown, read| {
        // What a labelled file carries inside is not what was labelled.
        let Some(file) = by_path.get(&shown) else { return Ok(()) };
        let analysis: FileAnalysis = read.analysis;
        done += 1;
        on_file(done, all, &file.file.name);
        if !analysis.model.is_empty() {
            measured.model.clone_from(&analysis.model);
            measured.weights.clone_from(&analysis.trace.weights);
        }
        let scored = score::score(&analysis, &file.labels);
        if scored.iter().any(|document| document.said.is_empty()) {
            measured.unread.push(file.file.name.clone());
        }
        for document in scored {
            if let Some(place) = known.get(&document.document).copied() {
                measured.repeated += 1;
                // Two labels of one paper contradict each other: neither is believed.
                if let Some(before) = measured.documents.get(place)
                    && before.kind != document.kind
                {
                    return Err(CaseworkError::refused(
                        cotejo_domain::Code::WrongUse,
                        "casework.measure.two_types",
                        file.file.name.clone(),
                    ));
                }
                continue;
            }
            known.insert(document.document.clone(), measured.documents.len());
            measured.documents.push(document);
        }
        Ok(())
    })?;
    Ok(measured)
}
