//! Documents as a person cuts them: split, merged, typed, put in order. Each act is an event; it takes the place of the machine's cut. Fields
//! and tables are read again where extent or type changed; the machine's own recognition stays beside it, so that undo finds it.

use super::judgement;
use super::open_case::OpenCase;
use super::pages::state_of;
use super::{Desk, documents, import, readings};
use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::arrangement::{Fault, Listed, carried_out, changed, listed};
use crate::view::{ArrangeOrder, Cancellation, DocumentsView};
use cotejo_catalogue::{message, remedy};
use cotejo_domain::{
    ArrangeAct, ArrangedDocument, Arrangement, Code, Confidence, Document, DocumentId, DocumentType,
    FileHash, Finding, PageReading, RecordId, Severity,
};
use cotejo_lector_client::in_frames;
use cotejo_lector_protocol::{DocumentExtent, Recognition};
use cotejo_store::EventPayload;
use std::collections::BTreeSet;

/// Findings that rest on one document: they are made again with it.
const OF_DOCUMENTS: [&str; 6] = [
    "recognition.blank_form",
    "recognition.ambiguous_amount",
    "recognition.table_unreadable",
    "recognition.template_altered",
    "recognition.template_struck",
    "recognition.template_wording",
];

/// Says under which key the catalogue names an act.
pub(crate) fn name_of(act: ArrangeAct) -> &'static str {
    match act {
        ArrangeAct::Split => "casework.act.split",
        ArrangeAct::Merged => "casework.act.merged",
        ArrangeAct::Typed => "casework.act.typed",
        ArrangeAct::Moved => "casework.act.moved",
        ArrangeAct::PageMoved => "casework.act.page_moved",
        ArrangeAct::Withdrawn => "casework.act.cut_withdrawn",
    }
}

fn refusal(fault: Fault, detail: &str) -> CaseworkError {
    let (code, key) = match fault {
        Fault::NoSuchDocument => (Code::NotFound, "casework.no_such_document"),
        Fault::NoSuchPage => (Code::NotFound, "casework.no_such_page"),
        Fault::FirstPage => (Code::Precondition, "casework.arrange.first_page"),
        Fault::SameDocument => (Code::Precondition, "casework.arrange.same"),
        Fault::UnknownType => (Code::Precondition, "casework.arrange.unknown_type"),
        Fault::NothingChanges => (Code::Precondition, "casework.arrange.nothing"),
    };
    CaseworkError::refused(code, key, detail)
}

impl Desk {
    /// Cuts a file into documents otherwise than before, names a type or changes their order; what follows from it is read again.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown file, document or page; [`Code::Precondition`] when the order makes no sense or changes nothing;
    /// [`Code::Sealed`] once a signed acta states the bid.
    pub async fn arrange(
        &self,
        case: &str,
        file: &str,
        order: &ArrangeOrder,
    ) -> Result<DocumentsView, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = documents::hash(file)?;
        let base = self.machine_cut(&open, hash).await?;
        let base =
            base.ok_or_else(|| CaseworkError::refused(Code::NotFound, "casework.no_such_file", file))?;
        let now = open.case.arrangement(hash).await?;
        if now.is_none() && *order == ArrangeOrder::Withdraw {
            return Err(refusal(Fault::NothingChanges, file));
        }
        let before = listed(&base, now.as_ref());
        let page_kind = |number: u32| {
            let note = base.pages.iter().find(|note| note.number == number)?;
            let kind = DocumentType(note.kind.clone());
            let known = cotejo_domain::document_type_entry(&note.kind).is_some();
            let says = known && kind != DocumentType::other() && kind != DocumentType::blank_sheet();
            says.then(|| (kind, Confidence::new(note.confidence)))
        };
        let (after, act) = carried_out(&before, order, &page_kind).map_err(|fault| refusal(fault, file))?;
        let ids: Vec<DocumentId> = before.iter().map(|listed| listed.id).collect();
        let was: Vec<ArrangedDocument> = before.into_iter().map(|listed| listed.document).collect();
        let machine: Vec<ArrangedDocument> =
            listed(&base, None).into_iter().map(|listed| listed.document).collect();
        let holds = if after.is_empty() { &machine } else { &after };
        let arrangement = Arrangement {
            file: hash,
            act,
            changed: changed(&was, holds).into_iter().collect(),
            documents: after,
            author: self.actor.id,
            at: self.now(),
        };
        let named = match order {
            ArrangeOrder::Name { document, .. } => {
                let at = ids.iter().position(|id| id.to_string() == *document);
                at.and_then(|at| arrangement.documents.get(at)).cloned()
            }
            _ => None,
        };
        let record = RecordId(self.new_uuid());
        open.case.record(self.actor.id, EventPayload::DocumentsArranged { record, arrangement }).await?;
        if let Some(named) = named {
            self.learn_from(record, &base, &named).await?;
        }
        self.settle_documents(&open, hash).await?;
        self.documents(case).await
    }

    /// Returns what the machine made of a file whose pages read as they do now.
    async fn machine_cut(
        &self,
        open: &OpenCase,
        hash: FileHash,
    ) -> Result<Option<FileAnalysis>, CaseworkError> {
        let case = &open.case;
        let code = case.state().await?.process.code.as_ref().map(ToString::to_string);
        let state = state_of(&case.page_remedies(hash).await?)?;
        for (_, file) in case.owners_of(hash).await? {
            let kept = judgement::analysis_at(case, hash, &file.path, code.as_deref(), &state).await?;
            if kept.is_some() {
                return Ok(kept);
            }
        }
        Ok(None)
    }

    /// Brings what is derived from a file up to how a person arranged its documents.
    pub(crate) async fn settle_documents(
        &self,
        open: &OpenCase,
        hash: FileHash,
    ) -> Result<(), CaseworkError> {
        let case = &open.case;
        if let Some(arrangement) = case.arrangement(hash).await? {
            let code = case.state().await?.process.code.as_ref().map(ToString::to_string);
            let state = state_of(&case.page_remedies(hash).await?)?;
            let owners = case.owners_of(hash).await?;
            let paths: BTreeSet<&str> = owners.iter().map(|(_, file)| file.path.as_str()).collect();
            for path in paths {
                let code = code.as_deref();
                let Some(base) = judgement::analysis_at(case, hash, path, code, &state).await? else {
                    continue;
                };
                if judgement::arranged(case, hash, path, code, &state, &arrangement).await?.is_some() {
                    continue;
                }
                let cut = Recut::of(&base, &arrangement);
                let pages = pages_of(case, hash, &state, &cut.pages()).await?;
                let lector = self.lector_of(case).await?.lector;
                let models = super::models::of_process(case).await?;
                let mut input =
                    super::recognising::known(path, hash, code.map(str::to_owned), models, Some(&base));
                input.field_examples = self.field_examples().await?;
                let wanted = cut.to_read();
                let recognition = import::blocking(move || {
                    let stop = Cancellation::default();
                    lector.recognise_as(input, wanted, &mut in_frames(&pages), stop.switch())
                })
                .await??;
                let read = !recognition.model.is_empty();
                let analysis = cut.concluded(base, recognition);
                // A reading that broke off is tried again the next time.
                if read {
                    judgement::put_arranged(case, &analysis, code, &state, &arrangement).await?;
                }
            }
        }
        open.forget().await;
        Ok(())
    }
}

async fn pages_of(
    case: &cotejo_store::Case,
    hash: FileHash,
    state: &str,
    numbers: &BTreeSet<u32>,
) -> Result<Vec<PageReading>, CaseworkError> {
    let wanted: Vec<u32> = numbers.iter().copied().collect();
    let whole = !state.is_empty() || readings::numbers(case, hash).await?.is_empty();
    let mut pages =
        if whole { judgement::pages(case, hash).await? } else { readings::some(case, hash, &wanted).await? };
    pages.retain(|page| numbers.contains(&page.number));
    Ok(pages)
}

/// What a person's cut leaves of the machine's, and what is to be read again.
struct Recut {
    documents: Vec<Listed>,
    /// Pages on which something changed.
    affected: BTreeSet<u32>,
}

impl Recut {
    fn of(base: &FileAnalysis, arrangement: &Arrangement) -> Self {
        let documents = listed(base, Some(arrangement));
        let machine: Vec<ArrangedDocument> =
            listed(base, None).into_iter().map(|listed| listed.document).collect();
        Self { affected: changed(&machine, &arrangement.documents), documents }
    }

    // The person's documents, and the machine's that share a page with one: tables know their page only.
    fn read_again(&self) -> impl Iterator<Item = &Listed> {
        self.documents.iter().filter(|listed| {
            !listed.of_machine || listed.document.parts.iter().any(|part| self.affected.contains(&part.page))
        })
    }

    fn pages(&self) -> BTreeSet<u32> {
        self.read_again().flat_map(|listed| listed.document.parts.iter().map(|part| part.page)).collect()
    }

    fn to_read(&self) -> Vec<ArrangedDocument> {
        self.read_again().map(|listed| listed.document.clone()).collect()
    }

    fn is_affected(&self, page: Option<u32>) -> bool {
        page.is_some_and(|page| self.affected.contains(&page))
    }

    /// Puts together what stays of the machine's recognition and what was read again.
    fn concluded(&self, base: FileAnalysis, recognition: Recognition) -> FileAnalysis {
        let ours: BTreeSet<DocumentId> =
            self.documents.iter().filter(|listed| !listed.of_machine).map(|listed| listed.id).collect();
        let theirs: BTreeSet<DocumentId> =
            self.documents.iter().filter(|listed| listed.of_machine).map(|listed| listed.id).collect();
        let blank = |id: DocumentId| {
            let of = |documents: &[Document]| {
                documents.iter().find(|document| document.id == id).is_some_and(|found| found.blank_form)
            };
            of(&base.documents) || of(&recognition.documents)
        };
        let documents: Vec<Document> = self
            .documents
            .iter()
            .map(|listed| Document {
                id: listed.id,
                file: base.hash,
                kind: listed.document.kind.clone(),
                confidence: listed.document.confidence,
                pages: listed.document.pages(),
                blank_form: blank(listed.id),
            })
            .collect();
        let mut facts = base.facts;
        facts.retain(|fact| fact.document.is_none_or(|document| theirs.contains(&document)));
        let read = recognition.facts.into_iter();
        facts.extend(read.filter(|fact| fact.document.is_some_and(|document| ours.contains(&document))));
        let mut tables = base.tables;
        let recognised = tables.split_off(base.trace.format_tables.min(tables.len()));
        tables.extend(recognised.into_iter().filter(|table| !self.is_affected(Some(table.page))));
        tables.extend(recognition.tables.into_iter().filter(|table| self.is_affected(Some(table.page))));
        let stale = |finding: &Finding| {
            OF_DOCUMENTS.contains(&finding.code.as_str()) && self.is_affected(finding.page)
        };
        let mut findings = base.findings;
        findings.retain(|finding| !stale(finding));
        for finding in recognition.findings {
            let new = finding.page.is_none() || stale(&finding) || finding.severity == Severity::Error;
            if new && !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        let mut pages = base.pages;
        for note in pages.iter_mut().filter(|note| self.affected.contains(&note.number)) {
            let owner = self.documents.iter().find(|listed| {
                !listed.of_machine && listed.document.parts.iter().any(|part| part.page == note.number)
            });
            if let Some(owner) = owner {
                note.kind = owner.document.kind.0.clone();
                note.confidence = owner.document.confidence.value();
            }
        }
        let mut trace = base.trace;
        trace.arranged = true;
        trace.templates.retain(|compared| theirs.contains(&compared.document));
        let compared = recognition.templates.into_iter();
        let kept = trace.field_uses.iter().filter(|used| !self.is_affected(Some(used.page)));
        trace.field_uses = kept.cloned().chain(recognition.field_uses).collect();
        trace.templates.extend(compared.filter(|compared| ours.contains(&compared.document)));
        trace.typed =
            self.documents.iter().filter(|listed| listed.document.typed).map(|listed| listed.id).collect();
        trace.extents = self
            .documents
            .iter()
            .map(|listed| DocumentExtent { document: listed.id, parts: listed.document.parts.clone() })
            .collect();
        // A recognition that broke off has looked at nothing.
        let model = if recognition.model.is_empty() { String::new() } else { base.model };
        FileAnalysis { pages, documents, facts, tables, findings, model, trace, ..base }
    }
}

/// Shows a file as a person cut it, of which the changed documents were not read yet: nothing is shown of them that rests on another cut.
pub(crate) fn unread(base: FileAnalysis, arrangement: &Arrangement) -> FileAnalysis {
    let code = "casework.arranged_unread";
    let finding = Finding {
        code: code.into(),
        severity: Severity::Warning,
        page: None,
        message: message(code, &[]),
        remedy: remedy(code, &[]),
    };
    let recognition = Recognition { findings: vec![finding], ..Recognition::default() };
    Recut::of(&base, arrangement).concluded(base, recognition)
}
