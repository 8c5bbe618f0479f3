//! Measures recognition end to end: real files from templates that nothing was trained on, read and recognised by the real worker, compared
//! with what was printed.

mod ablation;
mod fields;
mod once;
pub(crate) mod pages;
mod report;
pub(crate) mod same;
mod tables;
mod worker;

use crate::corpus::{self, DocumentTruth, Format, Heap, Plan};
use crate::templates::Set;
use crate::{TrainingError, file_error, say};
use cotejo_domain::PageReading;
use cotejo_lector_protocol::Recognition;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Holds one file with its truth and what the worker made of it.
pub(crate) struct Recognised {
    pub(crate) name: String,
    pub(crate) format: Format,
    pub(crate) documents: Vec<DocumentTruth>,
    /// Blank backs.
    pub(crate) blank: Vec<u32>,
    pub(crate) pages: Vec<PageReading>,
    pub(crate) recognition: Recognition,
}

impl Recognised {
    /// Returns the document that a page belongs to.
    pub(crate) fn document_at(&self, page: u32) -> Option<&DocumentTruth> {
        self.documents.iter().find(|document| document.pages.contains(&page))
    }

    /// Tells whether a document on this page was judged an empty form.
    fn taken_for_empty(&self, page: u32) -> bool {
        self.recognition
            .documents
            .iter()
            .any(|document| document.blank_form && document.pages.contains(&page))
    }
}

/// Notes one error, for the person who looks for causes.
pub(crate) struct Miss {
    pub(crate) what: &'static str,
    pub(crate) file: String,
    pub(crate) page: u32,
    pub(crate) kind: String,
    pub(crate) habit: String,
    pub(crate) detail: String,
}

/// Holds everything that was measured.
#[derive(Default)]
pub(crate) struct Measured {
    pub(crate) pages: pages::Pages,
    pub(crate) fields: fields::Fields,
    pub(crate) cells: tables::Cells,
    pub(crate) misses: Vec<Miss>,
    /// Empty forms that were found to be empty, and all; filled forms that were taken for empty, and all.
    pub(crate) empty: [usize; 2],
    pub(crate) filled: [usize; 2],
    pub(crate) files: usize,
    pub(crate) documents: usize,
}

impl Measured {
    /// Compares one file with its truth.
    pub(crate) fn add(&mut self, file: &Recognised) {
        self.files += 1;
        self.documents += file.documents.len();
        for document in &file.documents {
            let form = cotejo_domain::document_type_entry(document.kind)
                .is_some_and(|entry| entry.group == "formulario");
            let taken = document.pages.clone().any(|page| file.taken_for_empty(page));
            let tally = if document.empty { &mut self.empty } else { &mut self.filled };
            tally[0] += usize::from(form && taken);
            tally[1] += usize::from(form);
        }
        self.pages.add(file, &mut self.misses);
        self.fields.add(file, &mut self.misses);
        self.cells.add(file, &mut self.misses);
    }
}

/// Reads the options, runs, writes the report into `models`.
pub(crate) fn run(arguments: &[String], models: &Path) -> Result<(), TrainingError> {
    let plan = plan(arguments)?;
    let commit = if plan.set == Set::Final { once::permit(&plan, models)? } else { String::new() };
    let folder = folder();
    let start = Instant::now();
    let files = recognise_all(&plan, &folder)?;
    let mut by_format = [Measured::default(), Measured::default(), Measured::default()];
    for file in &files {
        by_format[format_index(file.format)].add(file);
    }
    say(report::summary(&by_format).trim_end());
    if plan.set == Set::Final {
        let text = report::write(&plan, &by_format, &once::heading(&commit)?, &[], &files)?;
        return once::keep(models, &text);
    }
    note(&folder, &by_format)?;
    let ablation = if plan.set == Set::Used || arguments.iter().any(|word| word == "--sin-ablacion") {
        Vec::new()
    } else {
        ablation::measure(&files)?
    };
    let text = report::write(&plan, &by_format, report::HEADING, &ablation, &files)?;
    // A quick look is no card.
    if plan.set == Set::Used || plan.every > 1 || plan.digital == 0 || plan.scanned == 0 {
        let path = folder.join("EVALUATION.md");
        std::fs::write(&path, text).map_err(file_error(&path))?;
        say(&format!("no card: {} ({:.0?})", path.display(), start.elapsed()));
        return Ok(());
    }
    let path = models.join("EVALUATION.md");
    std::fs::write(&path, text).map_err(file_error(&path))?;
    say(&format!("models/EVALUATION.md written ({:.0?})", start.elapsed()));
    Ok(())
}

/// Renders, reads and recognises every file of a plan.
pub(crate) fn recognise_all(plan: &Plan, folder: &Path) -> Result<Vec<Recognised>, TrainingError> {
    let worker = worker::Worker::start(folder)?;
    let start = Instant::now();
    // The next file is painted while this one is read.
    let (sender, receiver) = std::sync::mpsc::sync_channel::<Heap>(2);
    std::thread::scope(|scope| {
        let painter = scope.spawn(move || {
            corpus::heaps(plan, &mut |heap| {
                sender.send(heap).map_err(|_| TrainingError::Missing("the reading stopped".into()))
            })
        });
        let mut files = Vec::new();
        let mut pages = 0;
        let mut failed = None;
        for heap in receiver {
            match worker.recognise(heap) {
                Ok(file) => {
                    pages += file.pages.len();
                    files.push(file);
                }
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
            if files.len() % 20 == 0 {
                say(&format!("  {} files, {pages} pages ({:.0?})", files.len(), start.elapsed()));
            }
        }
        match (failed, painter.join()) {
            (Some(error), _) | (None, Ok(Err(error))) => Err(error),
            (None, Ok(Ok(()))) => Ok(files),
            (None, Err(_)) => Err(TrainingError::Missing("the renderer panicked".into())),
        }
    })
}

pub(crate) fn format_index(format: Format) -> usize {
    match format {
        Format::Digital => 0,
        Format::Scanned(_) => 1,
        Format::Docx => 2,
    }
}

fn plan(arguments: &[String]) -> Result<Plan, TrainingError> {
    let mut plan = Plan { seed: 1, digital: 2, scanned: 1, docx: 1, every: 1, set: Set::Reserved };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--sin-ablacion" {
            continue;
        }
        if word == "--final" || word == "--usado" {
            plan.set = if word == "--final" { Set::Final } else { Set::Used };
            continue;
        }
        let number = words
            .next()
            .and_then(|text| text.parse::<u64>().ok())
            .ok_or_else(|| TrainingError::Missing(format!("{word} wants a number")))?;
        let count = usize::try_from(number).unwrap_or(usize::MAX);
        match word.as_str() {
            "--semilla" => plan.seed = number,
            "--digitales" => plan.digital = count,
            "--escaneados" => plan.scanned = count,
            "--docx" => plan.docx = count,
            "--cada" => plan.every = count,
            _ => {
                return Err(TrainingError::Missing(format!(
                    "{word}: use --semilla N, --digitales N, --escaneados N, --docx N (papers of each template), --cada N (only every N-th \
                     template), --sin-ablacion, --final, --usado (final sets that were used)"
                )));
            }
        }
    }
    Ok(plan)
}

/// Returns the folder that readings and lists of errors are kept in.
fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    target.join("evaluation")
}

/// Writes every error as a line, for the person who looks for causes.
fn note(folder: &Path, measured: &[Measured; 3]) -> Result<(), TrainingError> {
    let path = folder.join("errors.tsv");
    let mut text = String::from("what\tfile\tpage\ttype\ttemplate\tdetail\n");
    for miss in measured.iter().flat_map(|measured| &measured.misses) {
        let detail = miss.detail.replace(['\t', '\n'], " ");
        text.push_str(&format!(
            "{}\t{}\t{}\t{}\t{}\t{detail}\n",
            miss.what, miss.file, miss.page, miss.kind, miss.habit
        ));
    }
    std::fs::write(&path, text).map_err(file_error(&path))?;
    say(&format!("every error stands in {}", path.display()));
    Ok(())
}

#[cfg(test)]
mod tests;
