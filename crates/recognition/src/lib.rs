//! Page types, documents and facts: from words with boxes to what a bidder states, with evidence.
//!
//! The way through: [`page_type`] says what each page is; [`layout`] arranges words in rows and segments; [`documents`] finds
//! headings and cuts the file into documents; [`facts`] reads fields by label, phrase and position with the readers of
//! [`grammar`]; [`tables`] rebuilds price tables and their like.
//!
//! Nothing here decides anything. What is not sure is not a fact, what has two readings is a finding, and a page that nothing
//! recognises is `OTRO`.

mod beside;
mod codes;
pub mod documents;
pub mod encoder;
pub mod facts;
mod field_examples;
mod given;
pub mod grammar;
mod installed;
pub mod layout;
pub mod learning;
mod long;
pub mod ngrams;
pub mod page_type;
mod recognise;
pub mod spans;
pub mod tables;
pub mod template;

pub use beside::Beside;
pub use given::Extent;
pub use installed::InstalledHeads;
pub use long::About;
pub use recognise::{Input, Recognised, RecognisedPage};

use documents::cut::Guess;
use encoder::Encoder;
use layout::PageLayout;
use page_type::PageTyper;

/// Recognises files. Made once and used for many: the models it holds are large.
#[derive(Debug)]
pub struct Recogniser {
    typer: PageTyper,
    names: Option<spans::SpanHead>,
}

impl Recogniser {
    /// Makes a recogniser with the compiled-in heads and, where it is set up, the encoder.
    #[must_use]
    pub fn new(encoder: Option<Encoder>) -> Self {
        Self::with_typer(PageTyper::new(encoder))
    }

    /// Makes a recogniser over a given typer.
    #[must_use]
    pub fn with_typer(typer: PageTyper) -> Self {
        Self { typer, names: spans::SpanHead::compiled_in() }
    }

    /// Takes another tagger of names in prose than the compiled-in one; `None` leaves fields to grammars, labels and phrases alone.
    #[must_use]
    pub fn with_names(self, names: Option<spans::SpanHead>) -> Self {
        Self { names, ..self }
    }

    // Proposes names for fields that nothing else read. Without encoder, or should it fail, what was recognised stays as it is.
    fn read_names(&self, recognised: &mut Recognised, input: &Input<'_>, layouts: &[PageLayout]) {
        if let (Some(encoder), Some(head)) = (self.typer.encoder(), &self.names)
            && let Err(error) = spans::complete(recognised, input, layouts, encoder, head)
        {
            recognised.findings.push(spans::failed(&error));
        }
    }

    /// Returns the identifier of the models, kept with every result.
    #[must_use]
    pub fn model(&self) -> String {
        self.typer.model()
    }

    /// Returns the SHA-256 of the heads' weights, kept with every result.
    #[must_use]
    pub fn weights(&self) -> &str {
        self.typer.weights()
    }

    /// Recognises one file: types its pages, cuts it into documents, reads facts and tables.
    #[must_use]
    pub fn recognise(&self, input: &Input<'_>) -> Recognised {
        let mut recognised = self.recognise_stretch(input);
        let (leaves, findings) = documents::foliation::told(input.pages);
        recognised.leaves = leaves;
        recognised.findings.extend(findings);
        recognised
    }

    // What is said of some pages of a file; what is said of the file as a whole is left to the caller.
    fn recognise_stretch(&self, input: &Input<'_>) -> Recognised {
        let layouts: Vec<PageLayout> = input.pages.iter().map(PageLayout::new).collect();
        let by_headings = recognise::guess_by_headings(&layouts);
        let seen = self.typer.look_at(input.pages);
        let mut guesses: Vec<Guess> = seen
            .guesses
            .into_iter()
            .zip(by_headings)
            .map(|(learnt, heading)| {
                recognise::combine(Guess { kind: learnt.kind, confidence: learnt.confidence }, heading)
            })
            .collect();
        let signatures = seen.signatures.into_iter().enumerate();
        let signatures: Vec<_> = signatures.filter_map(|(page, found)| Some((page, found?))).collect();
        let examples = input.beside.examples;
        let sayings: learning::Sayings<'_> = signatures
            .iter()
            .filter_map(|(page, found)| Some((*page, learning::nearest(found, examples, self.typer.mean())?)))
            .collect();
        learning::told(&mut guesses, &sayings);
        let mut recognised = recognise::recognise(input, &layouts, &guesses, &sayings, self.typer.model());
        self.read_names(&mut recognised, input, &layouts);
        let (uses, findings) = learning::reasons(&sayings, &layouts);
        recognised.examples = uses;
        recognised.findings.extend(findings);
        let number = |page: usize| layouts.get(page).map(|layout| layout.number);
        recognised.signatures =
            signatures.into_iter().filter_map(|(page, found)| Some((number(page)?, found))).collect();
        let seen = std::mem::take(&mut recognised.signatures);
        field_examples::apply(&mut recognised, input, &seen, self.typer.mean());
        recognised.signatures = seen;
        recognised
    }
}
