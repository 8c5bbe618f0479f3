//! Looking things up in the facts of a bid, and building a proposal.

use crate::fields;
use crate::index::{Index, Part, Reads};
use crate::{Answer, EvaluationInput, RegistryAnswer, RulePack, Value};
use cotejo_domain::{
    Bidder, Confidence, Document, Evidence, Fact, FactValue, FileHash, Location, Money, PageStatus,
    PliegoItem, ProcedureType, Process, Proposal, ProposalId, Reason, Requirement, SignatureReading, Table,
    TraceStep, Verdict,
};
use sha2::{Digest, Sha256};

/// A fact below this is no ground for an accusation: a person looks.
pub(crate) const LEAST_CONFIDENCE: f64 = 0.7;

/// Looks things up, and remembers what was looked at.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) input: &'a EvaluationInput<'a>,
    index: Option<&'a Index<'a>>,
    reads: Option<&'a Reads>,
}

/// What unread pages do to an absence.
pub(crate) struct Unread {
    /// Pages that failed, and files that were not read.
    pub(crate) count: usize,
    /// Where, for people.
    pub(crate) list: String,
}

impl<'a> Context<'a> {
    /// Looks into a bid without an index.
    pub(crate) fn of(input: &'a EvaluationInput<'a>) -> Self {
        Self { input, index: None, reads: None }
    }

    /// Looks into a bid through its index; what is looked at is kept in `reads`.
    pub(crate) fn indexed(input: &'a EvaluationInput<'a>, index: &'a Index<'a>, reads: &'a Reads) -> Self {
        Self { input, index: Some(index), reads: Some(reads) }
    }

    fn read(self, part: Part) {
        if let Some(reads) = self.reads {
            reads.part(part);
        }
    }

    pub(crate) fn pack(self) -> &'a RulePack {
        self.input.pack
    }

    pub(crate) fn process(self) -> &'a Process {
        &self.input.pliego.process
    }

    fn is_infima(self) -> bool {
        self.process().procedure == ProcedureType::Infima
    }

    /// Returns the papers that carry the economic offer in this procedure.
    pub(crate) fn economic_forms(self) -> &'static [&'static str] {
        if self.is_infima() { &fields::PROFORMAS } else { &fields::ECONOMIC_FORMS }
    }

    /// Returns the papers of the bidder's own offer in this procedure.
    pub(crate) fn offer_forms(self) -> Vec<&'static str> {
        let own = self.is_infima().then_some("PROFORMA");
        fields::OFFER_FORMS.into_iter().chain(own).collect()
    }

    /// Returns the papers on which the RUC is the bidder's own in this procedure.
    pub(crate) fn ruc_papers(self) -> &'static [&'static str] {
        if self.is_infima() { &fields::RUC_PAPERS_OF_INFIMA } else { &fields::RUC_PAPERS }
    }

    pub(crate) fn items(self) -> &'a [PliegoItem] {
        &self.input.pliego.items
    }

    pub(crate) fn bidder(self) -> &'a Bidder {
        self.read(Part::Bidder);
        &self.input.bid.bidder
    }

    pub(crate) fn documents(self) -> &'a [Document] {
        self.read(Part::Documents);
        &self.input.bid.documents
    }

    pub(crate) fn tables(self) -> &'a [(FileHash, Table)] {
        self.read(Part::Tables);
        &self.input.bid.tables
    }

    pub(crate) fn registries(self) -> &'a [RegistryAnswer] {
        self.read(Part::Registries);
        &self.input.bid.registries
    }

    pub(crate) fn documents_of(self, kind: &str) -> impl Iterator<Item = &'a Document> {
        self.documents().iter().filter(move |document| document.kind.0 == kind)
    }

    pub(crate) fn document(self, fact: &Fact) -> Option<&'a Document> {
        self.read(Part::Documents);
        if let Some(index) = self.index {
            return index.document(fact);
        }
        if let Some(id) = fact.document {
            return self.input.bid.documents.iter().find(|document| document.id == id);
        }
        let page = fact.evidence.location.page()?;
        self.input
            .bid
            .documents
            .iter()
            .find(|document| document.file == fact.evidence.file && document.pages.contains(&page))
    }

    /// Returns the first fact of the first of these fields that a document has.
    pub(crate) fn first_on_document(self, document: &Document, fields: &[&str]) -> Option<&'a Fact> {
        if let Some(reads) = self.reads {
            reads.fields(fields);
        }
        self.read(Part::Documents);
        if let Some(index) = self.index {
            return fields.iter().find_map(|field| index.on_document(document.id, field));
        }
        let kind = document.kind.0.as_str();
        fields.iter().find_map(|field| {
            let facts = self.facts(&[field], &[kind]);
            facts.into_iter().find(|fact| self.document(fact).is_some_and(|other| other.id == document.id))
        })
    }

    /// Returns the facts of these fields on documents of these types; on any document when no type is named.
    pub(crate) fn facts(self, fields: &[&str], kinds: &[&str]) -> Vec<&'a Fact> {
        if let Some(reads) = self.reads {
            reads.fields(fields);
        }
        let fits = |fact: &Fact| {
            kinds.is_empty()
                || self.document(fact).is_some_and(|document| kinds.contains(&document.kind.0.as_str()))
        };
        if let Some(index) = self.index {
            return index.facts(fields).into_iter().filter(|fact| fits(fact)).collect();
        }
        let mut found: Vec<&Fact> = Vec::new();
        for fact in &self.input.bid.facts {
            if !fields.contains(&fact.field.as_str()) {
                continue;
            }
            if fits(fact) {
                found.push(fact);
            }
        }
        found
    }

    pub(crate) fn file_name(self, file: FileHash) -> String {
        self.read(Part::Files);
        let known = self.input.bid.files.iter().find(|candidate| candidate.file == file);
        known.map(|candidate| candidate.file_name.clone()).unwrap_or_default()
    }

    /// Returns the signatures of a file, or `None` when nobody could look.
    pub(crate) fn signatures(self, file: FileHash) -> Option<&'a [SignatureReading]> {
        self.read(Part::Files);
        self.input.bid.files.iter().find(|candidate| candidate.file == file)?.signatures.as_deref()
    }

    pub(crate) fn is_ocr(self, file: FileHash, page: u32) -> bool {
        self.read(Part::Pages);
        let outcomes = &self.input.bid.pages;
        outcomes
            .iter()
            .any(|outcome| outcome.file == file && outcome.page == page && outcome.status == PageStatus::Ocr)
    }

    /// Says which pages and files could not be read.
    pub(crate) fn unread(self) -> Unread {
        self.read(Part::Pages);
        let failed = self.input.bid.pages.iter().filter(|outcome| outcome.status == PageStatus::Failed);
        let mut places: Vec<String> = failed
            .map(|outcome| format!("{}, pág. {}", self.file_name(outcome.file), outcome.page))
            .collect();
        places.extend(self.input.bid.unread_files.iter().cloned());
        let count = places.len();
        places.truncate(10);
        Unread { count, list: places.join("; ") }
    }

    /// Says which files were searched, for people.
    pub(crate) fn searched(self) -> String {
        self.read(Part::Files);
        let mut names: Vec<&str> = self.input.bid.files.iter().map(|file| file.file_name.as_str()).collect();
        let more = names.len().saturating_sub(8);
        names.truncate(8);
        let list = names.join("; ");
        if more == 0 { list } else { format!("{list} … (+{more})") }
    }

    /// Returns evidence for a document as a whole: its first page.
    pub(crate) fn document_evidence(self, document: &Document) -> Evidence {
        let page = document.pages.first().copied().unwrap_or(1);
        let entry = cotejo_domain::document_type_entry(&document.kind.0);
        if let Some(reads) = self.reads {
            reads.page(document.file, page);
        }
        let first = match self.index {
            Some(index) => index.first_on(document.file, page),
            None => self.input.bid.facts.iter().find(|fact| {
                fact.evidence.file == document.file && fact.evidence.location.page() == Some(page)
            }),
        };
        Evidence {
            file: document.file,
            file_name: self.file_name(document.file),
            location: Location::Page { page, quads: Vec::new() },
            quote: first.map_or_else(String::new, |fact| fact.evidence.quote.clone()),
            extractor: entry
                .map_or_else(|| "documento@1".to_owned(), |entry| format!("documento:{}@1", entry.id)),
            confidence: document.confidence,
        }
    }
}

/// Returns the amount of a fact.
pub(crate) fn money_of(fact: &Fact) -> Option<Money> {
    match fact.value {
        FactValue::Money(amount) => Some(amount),
        FactValue::Decimal(number) => Some(Money(number)),
        _ => None,
    }
}

/// Returns the text of a fact.
pub(crate) fn text_of(fact: &Fact) -> String {
    match &fact.value {
        FactValue::Text(text) => text.clone(),
        other => other.canonical(),
    }
}

/// Tells whether a fact may speak against a bidder.
pub(crate) fn is_firm(confidence: Confidence) -> bool {
    confidence.value() >= LEAST_CONFIDENCE
}

/// Keeps the firm ones where there are any: a doubtful reading neither accuses nor weakens what others say for sure.
pub(crate) fn firm_ones<T>(stated: Vec<(&Fact, T)>) -> Vec<(&Fact, T)> {
    if stated.iter().any(|(fact, _)| is_firm(fact.confidence)) {
        stated.into_iter().filter(|(fact, _)| is_firm(fact.confidence)).collect()
    } else {
        stated
    }
}

/// A proposal under construction.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) check: &'static str,
    pub(crate) verdict: Verdict,
    pub(crate) confidence: Confidence,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) trace: Vec<TraceStep>,
    pub(crate) legal_basis: Vec<String>,
    pub(crate) unverified: bool,
    pub(crate) unverified_norms: Vec<String>,
    pub(crate) evidence: Vec<Evidence>,
}

impl Draft {
    pub(crate) fn new(check: &'static str, verdict: Verdict) -> Self {
        Self {
            check,
            verdict,
            confidence: Confidence::CERTAIN,
            reasons: Vec::new(),
            trace: Vec::new(),
            legal_basis: Vec::new(),
            unverified: false,
            unverified_norms: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// Adds a reason from the catalogue.
    pub(crate) fn reason(mut self, code: &str, values: &[(&str, &str)]) -> Self {
        self.add_reason(code, values);
        self
    }

    pub(crate) fn add_reason(&mut self, code: &str, values: &[(&str, &str)]) {
        let text = cotejo_catalogue::message(code, values);
        if !self.reasons.iter().any(|reason| reason.text == text) {
            self.reasons.push(Reason { code: code.to_owned(), text });
        }
    }

    pub(crate) fn step(&mut self, step: String, inputs: String, result: String) {
        self.trace.push(TraceStep { step, inputs, result });
    }

    /// Adds evidence; the proposal is never surer than it.
    pub(crate) fn rest_on(&mut self, evidence: Evidence, confidence: Confidence) {
        self.confidence = self.confidence.weakest(confidence);
        if !self.evidence.contains(&evidence) {
            self.evidence.push(evidence);
        }
    }

    pub(crate) fn rest_on_fact(&mut self, fact: &Fact) {
        self.rest_on(fact.evidence.clone(), fact.confidence);
    }

    pub(crate) fn basis(mut self, pack: &RulePack, topic: &str) -> Self {
        self.add_basis(pack, topic);
        self
    }

    pub(crate) fn add_basis(&mut self, pack: &RulePack, topic: &str) {
        let Answer::Known(basis) = pack.basis(topic) else { return };
        self.rest_on_norm(&basis.value.join(", "), &basis);
        for article in basis.value {
            if !self.legal_basis.contains(&article) {
                self.legal_basis.push(article);
            }
        }
    }

    /// Rests on a value of the norms, by its key or its articles; while nobody verified it the proposal carries the mark. The name that people
    /// know a key by stands in the catalogue under `rules.norm.`.
    pub(crate) fn rest_on_norm<T>(&mut self, name: &str, value: &Value<T>) {
        if !value.marked() {
            return;
        }
        self.unverified = true;
        let key = format!("rules.norm.{name}");
        let known = cotejo_catalogue::exists(&key).then(|| cotejo_catalogue::message(&key, &[]));
        let values = [("norma", known.as_deref().unwrap_or(name)), ("fuente", value.source.as_str())];
        let norm = cotejo_catalogue::message("rules.norma_sin_verificar", &values);
        if !self.unverified_norms.contains(&norm) {
            self.unverified_norms.push(norm);
        }
    }

    /// Finishes the proposal. Its identifier is a UUIDv8 made of everything it says.
    pub(crate) fn finish(self, input: &EvaluationInput<'_>, requirement: &Requirement) -> Proposal {
        let mut proposal = Proposal {
            id: ProposalId(uuid::Uuid::nil()),
            lot: input.lot,
            requirement: requirement.id.clone(),
            bid: input.bid.bid,
            check: self.check.to_owned(),
            verdict: self.verdict,
            confidence: self.confidence,
            reasons: self.reasons,
            trace: self.trace,
            legal_basis: self.legal_basis,
            rests_on_unverified: self.unverified,
            unverified_norms: self.unverified_norms,
            evidence: self.evidence,
        };
        // Fields are written in the order of their types: the same content, the same bytes.
        let content = serde_json::to_vec(&(&proposal, &input.pack.sha256)).unwrap_or_default();
        let digest = Sha256::digest(content);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        proposal.id = ProposalId(uuid::Builder::from_custom_bytes(bytes).into_uuid());
        proposal
    }
}
