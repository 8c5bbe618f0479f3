//! The lines of a text with their pages, as written and folded for comparison.

use cotejo_domain::{PageReading, Quad, RequirementSource};

/// Most lines that a requirement points to; the rest stands below them.
const MOST_LINES: usize = 40;
/// Most characters of a quote.
const MOST_QUOTED: usize = 400;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Page from 1.
    pub(super) page: u32,
    /// Where it stands; `None` in a *vista de lectura*.
    pub(super) quad: Option<Quad>,
    /// As written, with single blanks.
    pub(super) text: String,
    /// In lower case without accents, character for character as long as `text` in characters.
    pub(super) folded: String,
}

/// All lines of a document in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lines(Vec<Line>);

/// Folds one character: lower case, no accent. Always one character for one.
fn folded(character: char) -> char {
    let lower = character.to_lowercase().next().unwrap_or(character);
    match lower {
        'á' | 'à' | 'ä' => 'a',
        'é' | 'è' | 'ë' => 'e',
        'í' | 'ì' | 'ï' => 'i',
        'ó' | 'ò' | 'ö' => 'o',
        'ú' | 'ù' | 'ü' => 'u',
        'ñ' => 'n',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

/// Folds a text for comparison.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(folded).collect()
}

impl Lines {
    /// Takes the lines of every page.
    pub(super) fn of(pages: &[PageReading]) -> Self {
        let mut lines = Vec::new();
        for page in pages {
            for words in page.lines() {
                let text = words.iter().flat_map(|word| word.text.split_whitespace());
                let text = text.collect::<Vec<_>>().join(" ");
                if !text.is_empty() {
                    let quads = words.iter().map(|word| word.quad);
                    let quad = quads.reduce(|one, other| one.union(&other)).filter(|_| !page.reading_view);
                    lines.push(Line { page: page.number, quad, folded: fold(&text), text });
                }
            }
        }
        Self(lines)
    }

    /// Returns the lines in order.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Line> {
        self.0.iter()
    }

    /// Returns the lines as a slice.
    pub(super) fn all(&self) -> &[Line] {
        &self.0
    }

    /// Joins up to `count` lines from `index` on, folded, so that a sentence broken by the margin is whole.
    pub(super) fn folded_from(&self, index: usize, count: usize) -> String {
        let end = (index + count).min(self.0.len());
        self.0[index..end].iter().map(|line| line.folded.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Points to lines: the page of the first, with the lines that stand on it.
pub(super) fn place(lines: &[Line]) -> RequirementSource {
    let Some(first) = lines.first() else { return RequirementSource::page(1) };
    let on_page = || lines.iter().take_while(|line| line.page == first.page).take(MOST_LINES);
    let quote = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    RequirementSource::Page {
        page: first.page,
        quads: on_page().filter_map(|line| line.quad).collect(),
        quote: quote.chars().take(MOST_QUOTED).collect(),
        file: None,
    }
}
