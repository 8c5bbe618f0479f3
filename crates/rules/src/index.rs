//! Finding the facts of a bid by field and page without going through all of them, and noting what a check looked at.

use crate::{BidFacts, EvaluationInput};
use cotejo_domain::{Document, DocumentId, Fact, FileHash};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

/// A part of a bid beside its facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Bidder,
    Documents,
    Tables,
    Files,
    Pages,
    Registries,
}

impl Part {
    pub(crate) const ALL: [Self; 6] =
        [Self::Bidder, Self::Documents, Self::Tables, Self::Files, Self::Pages, Self::Registries];

    fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Tells whether two states of a bid have the same in it.
    pub(crate) fn same(self, one: &BidFacts, other: &BidFacts) -> bool {
        match self {
            Self::Bidder => one.bidder == other.bidder,
            Self::Documents => one.documents == other.documents,
            Self::Tables => one.tables == other.tables,
            Self::Files => one.files == other.files,
            Self::Pages => one.pages == other.pages && one.unread_files == other.unread_files,
            Self::Registries => one.registries == other.registries,
        }
    }
}

/// Notes what a check looked at: what else changes does not change its answer.
#[derive(Debug, Default)]
pub(crate) struct Reads {
    fields: RefCell<BTreeSet<String>>,
    pages: RefCell<BTreeSet<(FileHash, u32)>>,
    parts: Cell<u8>,
}

impl Reads {
    pub(crate) fn part(&self, part: Part) {
        self.parts.set(self.parts.get() | part.bit());
    }

    pub(crate) fn fields(&self, names: &[&str]) {
        let mut fields = self.fields.borrow_mut();
        for name in names {
            if !fields.contains(*name) {
                fields.insert((*name).to_owned());
            }
        }
    }

    pub(crate) fn page(&self, file: FileHash, page: u32) {
        self.pages.borrow_mut().insert((file, page));
    }

    /// Tells whether something of what was looked at is among what changed.
    pub(crate) fn touches(&self, changed: &Changed) -> bool {
        self.parts.get() & changed.parts != 0
            || changed.fields.iter().any(|field| self.fields.borrow().contains(field))
            || changed.pages.iter().any(|page| self.pages.borrow().contains(page))
    }
}

/// What differs between two states of a bid.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    fields: BTreeSet<String>,
    pages: BTreeSet<(FileHash, u32)>,
    parts: u8,
}

impl Changed {
    /// Compares two states of a bid.
    pub(crate) fn between(before: &BidFacts, now: &BidFacts) -> Self {
        let mut changed = Self::default();
        for part in Part::ALL {
            if !part.same(before, now) {
                changed.parts |= part.bit();
            }
        }
        // Where the facts keep their places only those that differ changed; else all from the first difference to the last.
        let start = before.facts.iter().zip(&now.facts).take_while(|(one, other)| one == other).count();
        let rest = before.facts.len().min(now.facts.len()) - start;
        let end = before
            .facts
            .iter()
            .rev()
            .zip(now.facts.iter().rev())
            .take(rest)
            .take_while(|(one, other)| one == other)
            .count();
        let differing = |facts: &[Fact]| facts.len() - end;
        let (old, new) =
            (before.facts.get(start..differing(&before.facts)), now.facts.get(start..differing(&now.facts)));
        for fact in old.into_iter().chain(new).flatten() {
            changed.fields.insert(fact.field.clone());
            if let Some(page) = fact.evidence.location.page() {
                changed.pages.insert((fact.evidence.file, page));
            }
        }
        changed
    }

    /// Tells whether nothing differs.
    pub(crate) fn is_nothing(&self) -> bool {
        self.parts == 0 && self.fields.is_empty()
    }
}

/// Finds facts and documents of one bid.
#[derive(Debug)]
pub(crate) struct Index<'a> {
    facts: &'a [Fact],
    by_field: HashMap<&'a str, Vec<usize>>,
    by_page: HashMap<(FileHash, u32), &'a Fact>,
    documents: HashMap<DocumentId, &'a Document>,
    documents_by_page: HashMap<(FileHash, u32), &'a Document>,
    /// The first fact of a field on a document.
    on_document: HashMap<(DocumentId, &'a str), &'a Fact>,
}

impl<'a> Index<'a> {
    pub(crate) fn of(input: &EvaluationInput<'a>) -> Self {
        let bid = input.bid;
        let mut index = Self {
            facts: &bid.facts,
            by_field: HashMap::new(),
            by_page: HashMap::new(),
            documents: HashMap::new(),
            documents_by_page: HashMap::new(),
            on_document: HashMap::new(),
        };
        for (place, fact) in bid.facts.iter().enumerate() {
            index.by_field.entry(fact.field.as_str()).or_default().push(place);
            if let Some(page) = fact.evidence.location.page() {
                index.by_page.entry((fact.evidence.file, page)).or_insert(fact);
            }
        }
        for document in &bid.documents {
            index.documents.entry(document.id).or_insert(document);
            for page in &document.pages {
                index.documents_by_page.entry((document.file, *page)).or_insert(document);
            }
        }
        for fact in &bid.facts {
            if let Some(document) = index.document(fact) {
                index.on_document.entry((document.id, fact.field.as_str())).or_insert(fact);
            }
        }
        index
    }

    pub(crate) fn on_document(&self, document: DocumentId, field: &str) -> Option<&'a Fact> {
        self.on_document.get(&(document, field)).copied()
    }

    /// Returns the facts of these fields, in the order of the bid.
    pub(crate) fn facts(&self, fields: &[&str]) -> Vec<&'a Fact> {
        let mut places: Vec<usize> = Vec::new();
        for (position, field) in fields.iter().enumerate() {
            // A field that is named twice gives its facts once.
            if fields.iter().take(position).all(|other| other != field) {
                places.extend(self.by_field.get(field).into_iter().flatten());
            }
        }
        places.sort_unstable();
        places.into_iter().filter_map(|place| self.facts.get(place)).collect()
    }

    pub(crate) fn document(&self, fact: &Fact) -> Option<&'a Document> {
        if let Some(id) = fact.document {
            return self.documents.get(&id).copied();
        }
        let page = fact.evidence.location.page()?;
        self.documents_by_page.get(&(fact.evidence.file, page)).copied()
    }

    pub(crate) fn first_on(&self, file: FileHash, page: u32) -> Option<&'a Fact> {
        self.by_page.get(&(file, page)).copied()
    }
}
