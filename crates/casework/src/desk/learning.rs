//! Learning on this device: each type that a person names is kept as an example and used for what is recognised from then on; nothing that a
//! case already knows changes by itself, only when somebody asks to recognise it again.

use super::judgement;
use super::open_case::OpenCase;
use super::{Desk, documents, import, readings, recognising};
use crate::CaseworkError;
use crate::analysis::{FileAnalysis, Trace};
use crate::view::{Cancellation, DocumentsView, DriftView, ExampleView, LearningImportView, LearningView};
use cotejo_catalogue::message;
use cotejo_domain::{
    ArrangedDocument, Code, DocumentType, FileHash, PageExample, PageReading, PageStatus, RecordId,
};
use cotejo_lector_client::Lector;
use cotejo_lector_protocol::Recognition;
use cotejo_store::{Drift, KeptExample, LARGEST_LEARNING_FILE};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Examples that travel to the worker with each file: the newest, a person's own first.
const MOST_USED: usize = 4_000;
/// Pages of one document that are kept as examples: the first ones tell it.
const MOST_PAGES: usize = 24;

impl Desk {
    /// Returns the examples that have a say: of the same page corrected twice, the later correction.
    pub(crate) async fn examples(&self) -> Result<Vec<PageExample>, CaseworkError> {
        let mut kept = self.profile.examples().await?;
        kept.retain(|kept| kept.active);
        // A person's own word before a colleague's; the newest come first.
        kept.sort_by_key(|kept| kept.origin.is_some());
        let mut examples: Vec<PageExample> = Vec::new();
        for KeptExample { example, .. } in kept {
            if examples.len() == MOST_USED {
                break;
            }
            if !examples.iter().any(|known| known.signature == example.signature) {
                examples.push(example);
            }
        }
        Ok(examples)
    }

    /// Keeps the pages of a document whose type a person named, under the act that named it.
    pub(crate) async fn learn_from(
        &self,
        record: RecordId,
        base: &FileAnalysis,
        document: &ArrangedDocument,
    ) -> Result<(), CaseworkError> {
        let on = jiff::tz::TimeZone::system().to_datetime(self.now()).date();
        let whole = document.parts.iter().filter(|part| part.top.is_none() && part.bottom.is_none());
        let first = document.parts.first().map(|part| part.page);
        let mut examples = Vec::new();
        for part in whole.take(MOST_PAGES) {
            let signature = base.trace.page_signatures.iter().find(|(page, _)| *page == part.page);
            let Some((_, signature)) = signature else { continue };
            let was = base.pages.iter().find(|note| note.number == part.page);
            examples.push(KeptExample {
                example: PageExample {
                    id: self.new_uuid(),
                    kind: document.kind.clone(),
                    begins: first == Some(part.page),
                    on,
                    own: true,
                    signature: signature.clone(),
                },
                origin: None,
                was: was.map_or_else(String::new, |note| note.kind.clone()),
                batch: record.to_string(),
                active: true,
            });
        }
        self.profile.learn(&examples).await?;
        Ok(())
    }

    /// Withdraws the examples of an act that was undone, or takes them up again.
    pub(crate) async fn relearn(&self, record: RecordId, active: bool) -> Result<(), CaseworkError> {
        Ok(self.profile.set_batch_active(&record.to_string(), active).await?)
    }

    /// Counts what the machine made of a file, once.
    pub(crate) async fn count_recognised(
        &self,
        open: &OpenCase,
        analysis: &FileAnalysis,
    ) -> Result<(), CaseworkError> {
        let other = DocumentType::other();
        let typed = analysis.pages.iter().filter(|page| {
            !matches!(page.status, PageStatus::Blank | PageStatus::Failed) && !page.kind.is_empty()
        });
        let typed: Vec<_> = typed.filter(|page| page.kind != DocumentType::blank_sheet().0).collect();
        let counted = Drift {
            month: jiff::tz::TimeZone::system().to_datetime(self.now()).date().strftime("%Y-%m").to_string(),
            pages: typed.len() as u64,
            abstained: typed.iter().filter(|page| page.kind == other.0).count() as u64,
            by_example: analysis.trace.examples.len() as u64,
            corrected: 0,
        };
        // Names the reading without saying which file of which case it was.
        let input = FileHash::of(format!("{} {}", open.case.id(), analysis.hash).as_bytes());
        Ok(self.profile.note_recognised(&input.to_string(), &counted).await?)
    }

    /// Shows what was learnt on this machine, and how often the machine had no answer or a person corrected it.
    ///
    /// # Errors
    /// When the profile cannot be read.
    pub async fn learning(&self) -> Result<LearningView, CaseworkError> {
        let examples = self.profile.examples().await?;
        let fields = self.profile.field_examples().await?;
        let drift = self.profile.drift().await?;
        Ok(LearningView {
            examples: fields
                .into_iter()
                .map(field_view)
                .chain(examples.into_iter().map(example_view))
                .collect(),
            drift: drift.into_iter().map(drift_view).collect(),
        })
    }

    /// Takes an example its say, or gives it back.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown example.
    pub async fn set_example(&self, id: &str, active: bool) -> Result<LearningView, CaseworkError> {
        let unknown = || CaseworkError::refused(Code::NotFound, "casework.no_such_example", id);
        let example = id.parse().map_err(|_| unknown())?;
        if !self.profile.set_example_active(example, active).await? {
            return Err(unknown());
        }
        self.learning().await
    }

    /// Writes this person's examples to a file that this device signs.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn export_learning(&self, path: &Path) -> Result<(), CaseworkError> {
        let bytes = self.profile.export_learning().await?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Written beside and named at the end: never half a file.
        let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(CaseworkError::file(path))?;
        std::io::Write::write_all(&mut beside, &bytes).map_err(CaseworkError::file(path))?;
        beside.persist(path).map_err(|error| CaseworkError::file(path)(error.error))?;
        Ok(())
    }

    /// Takes in a colleague's file.
    ///
    /// # Errors
    /// [`Code::Precondition`] for a file that does not pass the checks: nothing of it is kept.
    pub async fn import_learning(&self, path: &Path) -> Result<LearningImportView, CaseworkError> {
        let size = std::fs::metadata(path).map_err(CaseworkError::file(path))?.len();
        if size > LARGEST_LEARNING_FILE as u64 {
            return Err(CaseworkError::refused(Code::Precondition, "store.learning_too_large", ""));
        }
        let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
        let import = self.profile.import_learning(&bytes).await?;
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(LearningImportView {
            signer: import.signer,
            added: number(import.added),
            known: number(import.known),
        })
    }

    /// Recognises the files of the bids again, or one of them, from the pages as they were read, with the examples that there are now. What
    /// persons cut, typed or wrote stays.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown file; when the worker cannot run here.
    pub async fn recognise_again(
        &self,
        case: &str,
        file: Option<&str>,
        cancellation: &Cancellation,
    ) -> Result<DocumentsView, CaseworkError> {
        self.recognise_again_with(case, file, false, cancellation).await
    }

    /// As [`Desk::recognise_again`]; with `other_heads` the heads that are used now take the place of those of the case.
    ///
    /// # Errors
    /// As [`Desk::recognise_again`]; [`Code::Precondition`] when the heads of the case are no longer there and `other_heads` is false.
    pub async fn recognise_again_with(
        &self,
        case: &str,
        file: Option<&str>,
        other_heads: bool,
        cancellation: &Cancellation,
    ) -> Result<DocumentsView, CaseworkError> {
        let open = self.opened(case).await?;
        let lector = if other_heads {
            self.lector()
        } else {
            let of_case = self.lector_of(&open.case).await?;
            if of_case.other {
                return Err(CaseworkError::refused(Code::Precondition, "casework.heads_gone", ""));
            }
            of_case.lector
        };
        let wanted = file.map(documents::hash).transpose()?;
        let code = open.case.state().await?.process.code.as_ref().map(ToString::to_string);
        let mut files: BTreeSet<(FileHash, String)> = BTreeSet::new();
        for bid in open.case.bids().await? {
            let unsealed = bid.files.into_iter().filter(|file| !file.sealed);
            files.extend(unsealed.map(|file| (file.hash, file.path)));
        }
        files.retain(|(hash, _)| wanted.is_none_or(|wanted| wanted == *hash));
        if files.is_empty() && wanted.is_some() {
            let detail = file.unwrap_or_default();
            return Err(CaseworkError::refused(Code::NotFound, "casework.no_such_file", detail));
        }
        for (hash, path) in files {
            let base = judgement::analysis_at(&open.case, hash, &path, code.as_deref(), "").await?;
            let Some(base) = base.filter(|base| !base.pages.is_empty()) else { continue };
            let recognition = self.recognised_anew(&open, &base, &lector, code.clone(), cancellation).await?;
            if recognition.model.is_empty() {
                continue; // it broke off: what was known stays
            }
            let analysis = anew(base, recognition);
            judgement::put_analysis_at(&open.case, &analysis, code.as_deref(), "").await?;
            judgement::drop_remedied(&open.case, hash).await?;
            self.settle(&open, hash).await?;
        }
        open.forget().await;
        self.documents(case).await
    }

    async fn recognised_anew(
        &self,
        open: &Arc<OpenCase>,
        base: &FileAnalysis,
        lector: &Arc<Lector>,
        code: Option<String>,
        cancellation: &Cancellation,
    ) -> Result<Recognition, CaseworkError> {
        let models = super::models::of_process(&open.case).await?;
        let mut input = recognising::known(&base.path, base.hash, code, models, Some(base));
        input.examples = self.examples().await?;
        input.field_examples = self.field_examples().await?;
        let numbers = readings::numbers(&open.case, base.hash).await?;
        let all = if numbers.is_empty() { readings::all(&open.case, base.hash).await? } else { Vec::new() };
        let (lector, kept, hash) = (Arc::clone(lector), Arc::clone(open), base.hash);
        let (runtime, stop) = (tokio::runtime::Handle::current(), cancellation.clone());
        import::blocking(move || {
            let mut next = |after: u32| -> Vec<PageReading> {
                let after = usize::try_from(after).unwrap_or(usize::MAX);
                if numbers.is_empty() {
                    return all.iter().skip(after).take(readings::AT_ONCE).cloned().collect();
                }
                let some: Vec<u32> = numbers.iter().skip(after).take(readings::AT_ONCE).copied().collect();
                runtime.block_on(readings::some(&kept.case, hash, &some)).unwrap_or_default()
            };
            Ok(lector.recognise(input, &mut next, stop.switch())?)
        })
        .await?
    }
}

/// Puts a new recognition in place of the one before; what the reading told stays.
fn anew(base: FileAnalysis, recognition: Recognition) -> FileAnalysis {
    let mut pages = base.pages;
    for note in &mut pages {
        if let Some(guess) = recognition.pages.iter().find(|guess| guess.number == note.number) {
            note.kind.clone_from(&guess.kind);
            note.confidence = guess.confidence;
        }
        note.leaf = recognising::leaf_of(&recognition.leaves, note.number);
    }
    let mut findings = base.findings;
    findings.retain(|finding| !finding.code.starts_with("recognition."));
    for finding in &recognition.findings {
        if !findings.contains(finding) {
            findings.push(finding.clone());
        }
    }
    let format_tables = base.trace.format_tables;
    let mut tables = base.tables;
    tables.truncate(format_tables);
    let trace = Trace { format_tables, ..Trace::of(&recognition) };
    tables.extend(recognition.tables);
    FileAnalysis {
        pages,
        documents: recognition.documents,
        facts: recognition.facts,
        tables,
        findings,
        model: recognition.model,
        trace,
        ..base
    }
}

fn example_view(kept: KeptExample) -> ExampleView {
    let KeptExample { example, origin, was, active, .. } = kept;
    let name = |kind: &str| super::labels::document_type(kind);
    ExampleView {
        id: example.id.to_string(),
        kind: name(&example.kind.0),
        field: None,
        was: if was.is_empty() { String::new() } else { name(&was) },
        on: example.on.to_string(),
        origin: whose(origin.as_deref()),
        own: example.own,
        active,
    }
}

fn whose(origin: Option<&str>) -> String {
    match origin {
        None => message("casework.learning.own", &[]),
        Some(key) => {
            let short: String = key.chars().take(16).collect();
            message("casework.learning.colleague", &[("huella", &short)])
        }
    }
}

fn field_view(kept: cotejo_store::KeptFieldExample) -> ExampleView {
    let cotejo_store::KeptFieldExample { example, origin, active, .. } = kept;
    ExampleView {
        id: example.id.to_string(),
        kind: super::labels::document_type(&example.kind.0),
        field: Some(super::cell::field_label(&example.field)),
        was: String::new(),
        on: example.on.to_string(),
        origin: whose(origin.as_deref()),
        own: example.own,
        active,
    }
}

fn drift_view(drift: Drift) -> DriftView {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let share = |part: u64| {
        #[expect(clippy::cast_precision_loss, reason = "pages of a month")]
        let share = part as f64 * 100.0 / drift.pages.max(1) as f64;
        (drift.pages > 0).then(|| format!("{share:.1}"))
    };
    DriftView {
        pages: number(drift.pages),
        abstained: number(drift.abstained),
        abstained_percent: share(drift.abstained),
        by_example: number(drift.by_example),
        corrected: number(drift.corrected),
        corrected_percent: share(drift.corrected),
        month: drift.month,
    }
}
