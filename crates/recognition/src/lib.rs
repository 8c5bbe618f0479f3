//! Page types, documents and facts: from words with boxes to what a bidder states, with evidence.
//!
//! The way through: [`layout`] arranges words in rows and segments; [`documents`] finds headings and cuts the file into
//! documents; [`facts`] reads fields by label, phrase and position with the readers of [`grammar`]; [`tables`] rebuilds price
//! tables and their like. [`encoder`] and the page-type heads say what a page is where headings do not.
//!
//! Nothing here decides anything. What is not sure is not a fact, what has two readings is a finding, and a page that nothing
//! recognises is `OTRO`.

pub mod documents;
pub mod encoder;
pub mod facts;
pub mod grammar;
pub mod layout;
pub mod ngrams;
pub mod page_type;
mod recognise;
pub mod tables;

pub use recognise::{Input, Recognised, RecognisedPage};

use layout::PageLayout;

/// Recognises files. Made once and used for many: the models it holds are large.
#[derive(Debug, Default)]
pub struct Recogniser {}

impl Recogniser {
    /// Makes a recogniser that types pages by headings and cues alone.
    #[must_use]
    pub fn by_headings() -> Self {
        Self {}
    }

    /// Recognises one file: types its pages, cuts it into documents, reads facts and tables.
    #[must_use]
    pub fn recognise(&self, input: &Input<'_>) -> Recognised {
        let layouts: Vec<PageLayout> = input.pages.iter().map(PageLayout::new).collect();
        let guesses = recognise::guess_by_headings(&layouts);
        recognise::recognise(input, &layouts, &guesses, "titulos@1 sin modelo: encabezados".into())
    }
}
