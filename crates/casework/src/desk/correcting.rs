//! What a person says of a field: it takes the place of the machine's reading, can be undone, and is kept as an example for other documents.

use super::open_case::OpenCase;
use super::{Desk, cell, documents, judgement, labels, pages, readings};
use crate::CaseworkError;
use crate::analysis::FileAnalysis;
use crate::field_value::value_of;
use crate::view::{FieldOrder, FieldValueView, FieldView, FieldsView};
use cotejo_catalogue::message;
use cotejo_domain::field_learning::{
    FieldAct, FieldContext, FieldCorrection, FieldExample, is_field, quads_of, words_that_say,
};
use cotejo_domain::{
    Code, Confidence, Document, Evidence, Fact, FileHash, Location, PageReading, RecordId,
    document_type_entry, reading_view_location,
};
use cotejo_store::{Case, EventPayload, KeptFieldExample};

/// Examples that travel to the worker with each file.
const MOST_USED: usize = 2_000;

fn refused(code: Code, key: &'static str, detail: &str) -> CaseworkError {
    CaseworkError::refused(code, key, detail)
}

/// Puts what persons said of fields in place of what the machine read.
pub(crate) async fn corrected(
    case: &Case,
    mut analysis: FileAnalysis,
) -> Result<FileAnalysis, CaseworkError> {
    for said in case.field_corrections(analysis.hash).await? {
        // A document that is of another type now, or begins elsewhere, has not the field that was meant.
        let Some(document) = document_of(&analysis, &said) else { continue };
        let id = document.id;
        analysis.facts.retain(|fact| fact.document != Some(id) || fact.field != said.field);
        analysis
            .trace
            .field_uses
            .retain(|used| used.field != said.field || !document_has(&analysis.documents, id, used.page));
        if let FieldAct::Value { value, raw, location, quote } = said.act {
            analysis.facts.push(Fact {
                document: Some(id),
                field: said.field,
                value,
                raw,
                evidence: Evidence {
                    file: analysis.hash,
                    file_name: analysis.path.clone(),
                    location,
                    quote,
                    extractor: format!("dato{}", pages::BY_PERSON),
                    confidence: Confidence::CERTAIN,
                },
                confidence: Confidence::CERTAIN,
            });
        }
    }
    Ok(analysis)
}

fn document_has(documents: &[Document], id: cotejo_domain::DocumentId, page: u32) -> bool {
    documents.iter().any(|document| document.id == id && document.pages.contains(&page))
}

fn document_of<'a>(analysis: &'a FileAnalysis, said: &FieldCorrection) -> Option<&'a Document> {
    analysis
        .documents
        .iter()
        .find(|document| document.kind == said.kind && document.pages.first() == Some(&said.first_page))
}

impl Desk {
    /// Returns the examples of fields that have a say: a person's own before a colleague's, the newest first.
    pub(crate) async fn field_examples(&self) -> Result<Vec<FieldExample>, CaseworkError> {
        let mut kept = self.profile.field_examples().await?;
        kept.retain(|kept| kept.active);
        kept.sort_by_key(|kept| kept.origin.is_some());
        let mut examples: Vec<FieldExample> = Vec::new();
        for KeptFieldExample { example, .. } in kept {
            let again = |known: &FieldExample| {
                known.kind == example.kind
                    && known.field == example.field
                    && known.signature == example.signature
            };
            if examples.len() < MOST_USED && !examples.iter().any(again) {
                examples.push(example);
            }
        }
        Ok(examples)
    }

    /// Shows the fields of a document.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown file or document.
    pub async fn fields(&self, case: &str, file: &str, document: &str) -> Result<FieldsView, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = documents::hash(file)?;
        let analysis = analysis_of(&open, hash).await?;
        let document = find(&analysis, document)?;
        let levels = self.levels().await?;
        let decided = super::matrix::Decided::of(&open.case).await?;
        let corrections = open.case.field_corrections(hash).await?;
        let flowing = if analysis.pages.iter().any(|page| page.reading_view) {
            judgement::pages(&open.case, hash).await?
        } else {
            Vec::new()
        };
        let entry = document_type_entry(&document.kind.0);
        let fields = entry.iter().flat_map(|entry| &entry.fields);
        let fields = fields.filter(|entry| is_field(&document.kind, &entry.name)).map(|entry| {
            let of_field = |said: &&FieldCorrection| {
                said.field == entry.name
                    && said.kind == document.kind
                    && document.pages.first() == Some(&said.first_page)
            };
            let said = corrections.iter().find(of_field);
            let values = analysis
                .facts
                .iter()
                .filter(|fact| fact.document == Some(document.id) && fact.field == entry.name)
                .map(|fact| FieldValueView {
                    value: cell::spanish_value(&fact.value),
                    quote: fact.evidence.quote.clone(),
                    place: cell::place_of(&analysis, &fact.evidence.location, &flowing),
                    place_text: labels::place(&fact.evidence.location),
                    confidence: fact.confidence.value(),
                    certain: said.is_some() || levels.fact(&analysis, fact),
                })
                .collect();
            let used = analysis.trace.field_uses.iter().find(|used| {
                said.is_none() && used.field == entry.name && document.pages.contains(&used.page)
            });
            FieldView {
                label: cell::field_label(&entry.name),
                values,
                by: said.map(|said| decided.person(said.author).to_owned()),
                absent: said.is_some_and(|said| said.act == FieldAct::Absent),
                example: used.map(|used| used.example.to_string()),
                reason: used.and_then(|used| reason(&analysis, used.page, &entry.name)),
                field: entry.name.clone(),
            }
        });
        Ok(FieldsView {
            fields: fields.collect(),
            document: document.id.to_string(),
            kind: document.kind.to_string(),
            name: labels::document_type(&document.kind.0),
            pages: document.pages.clone(),
        })
    }

    /// Records what a person says of a field of a document, and keeps it as an example.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown file, document or page; [`Code::Precondition`] when the words do not stand there once, or are no value of
    /// the field; [`Code::Sealed`] once a signed acta states the bid.
    pub async fn correct_field(
        &self,
        case: &str,
        file: &str,
        document: &str,
        field: &str,
        order: &FieldOrder,
    ) -> Result<FieldsView, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = documents::hash(file)?;
        let analysis = analysis_of(&open, hash).await?;
        let document = find(&analysis, document)?.clone();
        if !is_field(&document.kind, field) {
            return Err(refused(Code::Precondition, "casework.field.unknown", field));
        }
        let first_page = document.pages.first().copied().unwrap_or(1);
        let mut example = None;
        let act = match order {
            FieldOrder::Withdraw => {
                let same = |said: &FieldCorrection| {
                    said.field == field && said.kind == document.kind && said.first_page == first_page
                };
                if !open.case.field_corrections(hash).await?.iter().any(same) {
                    return Err(refused(Code::Precondition, "casework.field.nothing", field));
                }
                FieldAct::Withdrawn
            }
            FieldOrder::Absent => FieldAct::Absent,
            FieldOrder::Value { page, quote, value } => {
                if !document.pages.contains(page) {
                    return Err(refused(Code::NotFound, "casework.no_such_page", &page.to_string()));
                }
                let (act, found) = said(&open, &analysis, &document, field, *page, quote, value).await?;
                example = found;
                act
            }
        };
        let correction = FieldCorrection {
            file: hash,
            first_page,
            kind: document.kind.clone(),
            field: field.to_owned(),
            act,
            author: self.actor.id,
            at: self.now(),
        };
        let record = RecordId(self.new_uuid());
        open.case.record(self.actor.id, EventPayload::FieldCorrected { record, correction }).await?;
        if let Some((page, context)) = example
            && let Some((_, signature)) =
                analysis.trace.page_signatures.iter().find(|(number, _)| *number == page)
        {
            let kept = KeptFieldExample {
                example: FieldExample {
                    id: self.new_uuid(),
                    kind: document.kind.clone(),
                    field: field.to_owned(),
                    on: jiff::tz::TimeZone::system().to_datetime(self.now()).date(),
                    own: true,
                    signature: signature.clone(),
                    context,
                },
                origin: None,
                batch: record.to_string(),
                active: true,
            };
            self.profile.learn_fields(&[kept]).await?;
        }
        open.forget().await;
        self.fields(case, file, &document.id.to_string()).await
    }
}

type Learnt = Option<(u32, FieldContext)>;

/// Finds what a person said on its page, and what stands around it.
async fn said(
    open: &OpenCase,
    analysis: &FileAnalysis,
    document: &Document,
    field: &str,
    page: u32,
    quote: &str,
    value: &str,
) -> Result<(FieldAct, Learnt), CaseworkError> {
    let all = as_they_read(open, analysis.hash, page).await?;
    let reading = all.iter().find(|reading| reading.number == page);
    let reading =
        reading.ok_or_else(|| refused(Code::NotFound, "casework.no_such_page", &page.to_string()))?;
    let written = if value.trim().is_empty() { quote } else { value };
    let no_value = || refused(Code::Precondition, "casework.field.no_value", written);
    let read = value_of(&document.kind.0, field, written).ok_or_else(no_value)?;
    if quote.trim().is_empty() {
        // Only to be seen, such as handwriting: the page is the place.
        let location = Location::Page { page, quads: Vec::new() };
        let act = FieldAct::Value { value: read, raw: written.trim().into(), location, quote: String::new() };
        return Ok((act, None));
    }
    let range = words_that_say(&reading.words, quote)
        .ok_or_else(|| refused(Code::Precondition, "casework.field.not_there", quote))?;
    let words = reading.words.get(range.clone()).unwrap_or_default();
    let location = match words.first() {
        Some(first) if reading.reading_view => reading_view_location(&all, page, first),
        _ => Location::Page { page, quads: quads_of(words) },
    };
    let there = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
    let context = FieldContext::of(&reading.words, range, [reading.width, reading.height])
        .filter(FieldContext::is_sound)
        .map(|context| (page, context));
    Ok((FieldAct::Value { value: read, raw: written.trim().into(), location, quote: there }, context))
}

async fn as_they_read(open: &OpenCase, hash: FileHash, page: u32) -> Result<Vec<PageReading>, CaseworkError> {
    let turned = !pages::state_of(&open.case.page_remedies(hash).await?)?.is_empty();
    if turned {
        return judgement::pages(&open.case, hash).await;
    }
    Ok(readings::to_show(&open.case, hash, page).await?.0)
}

async fn analysis_of(open: &OpenCase, hash: FileHash) -> Result<FileAnalysis, CaseworkError> {
    let judgement = open.judgement().await?;
    let found = judgement.bids.iter().find_map(|bid| bid.file(hash)).cloned();
    found.ok_or_else(|| refused(Code::NotFound, "casework.no_such_file", &hash.to_string()))
}

fn find<'a>(analysis: &'a FileAnalysis, id: &str) -> Result<&'a Document, CaseworkError> {
    let mut documents = analysis.documents.iter();
    documents
        .find(|document| document.id.to_string() == id)
        .ok_or_else(|| refused(Code::NotFound, "casework.no_such_document", id))
}

fn reason(analysis: &FileAnalysis, page: u32, field: &str) -> Option<String> {
    let name = field.replace('_', " ");
    let mut told = analysis.findings.iter().filter(|found| found.page == Some(page));
    told.find(|found| {
        found.code.starts_with("recognition.field_by_") && found.message.contains(&format!("«{name}»"))
    })
    .map(|found| found.message.clone())
}

/// Names an act in the log of what can be undone.
pub(crate) fn described(said: &FieldCorrection, path: &str) -> String {
    message("casework.act.field", &[("campo", &cell::field_label(&said.field)), ("archivo", path)])
}
