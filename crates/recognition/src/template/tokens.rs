//! The words of a model and of a paper, each with what the comparison needs to know of it.

use crate::documents::cut::Cut;
use crate::grammar::{pattern, placeholder, ranges};
use crate::layout::{Folded, PageLayout};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Confidence from which a word of OCR is taken at its word.
const SURE: f64 = 0.85;
/// Words of a line that is a label rather than a sentence: what follows it is the bidder's.
const LABEL: usize = 6;

/// Holds one word.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// Folded.
    pub(super) text: String,
    /// Its place in the flowing text of the model, or of the page.
    pub(super) range: Range<usize>,
    /// Index of the page; 0 in a model.
    pub(super) page: usize,
    /// Row of the page; 0 in a model.
    pub(super) row: usize,
    /// Counts the sentences.
    pub(super) sentence: usize,
    /// Whether the model leaves room for the bidder between the word before and this one.
    pub(super) slot: bool,
    /// Whether it may be left out: numbers of items, instructions and alternatives in brackets.
    pub(super) optional: bool,
    /// Whether its reading is sure; always where it was not read by OCR.
    pub(super) sure: bool,
}

pattern!(BRACKETS, r"\([^()]{1,600}\)|\[[^\[\]]{1,600}\]|<[^<>]{1,300}>");
pattern!(CHOICE, r"\bsi ?/ ?no\b|\b(?:si|no) ?[(_\[]");

/// Lists the words of a text as ranges: letters and digits, figures with their marks.
fn words(ascii: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let bytes = ascii.as_bytes();
    let is = |at: usize, test: fn(&u8) -> bool| at < within.end && bytes.get(at).is_some_and(test);
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        if !is(at, u8::is_ascii_alphanumeric) {
            at += 1;
            continue;
        }
        let start = at;
        while is(at, u8::is_ascii_alphanumeric)
            || at > start
                && is(at - 1, u8::is_ascii_digit)
                && is(at, |byte| matches!(byte, b'.' | b',' | b'/' | b'-'))
                && is(at + 1, u8::is_ascii_digit)
        {
            at += 1;
        }
        if is(at - 1, u8::is_ascii_digit) && is(at, |byte| *byte == b'%') {
            at += 1;
        }
        found.push(start..at);
    }
    found
}

/// Tells whether a word that begins a line or a sentence numbers it: `1.`, `1.1`, `iv)`, followed by `after`.
fn enumerates(word: &str, after: &str) -> bool {
    let marked = after.starts_with(['.', ')', '-']);
    let figures = word
        .split('.')
        .all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let roman = word.len() <= 4 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x')) && marked;
    figures && (marked || word.contains('.')) || roman
}

/// Returns the folded word; the abbreviation of *número* is no negation.
fn written(word: &str, after: &str) -> String {
    if word == "no" && after.starts_with('.') { "nro".into() } else { word.to_owned() }
}

fn ends_sentence(between: &str) -> bool {
    let mut characters = between.chars().peekable();
    while let Some(character) = characters.next() {
        if matches!(character, '.' | ';' | ':') && characters.peek().is_none_or(|next| *next == ' ') {
            return true;
        }
    }
    false
}

/// Lists the words of a model.
pub(super) fn of_model(text: &Folded) -> Vec<Token> {
    let ascii = text.ascii();
    let left: Vec<Range<usize>> = placeholder::find(ascii);
    let mut bracketed = ranges(&BRACKETS, ascii);
    bracketed.retain(|range| words(ascii, range.clone()).len() > 1);
    let choices = ranges(&CHOICE, ascii);
    let within = |ranges: &[Range<usize>], at: usize| {
        let next = ranges.partition_point(|range| range.end <= at);
        ranges.get(next).is_some_and(|range| range.start <= at)
    };
    let mut tokens: Vec<Token> = Vec::new();
    let (mut last, mut sentence, mut in_line, mut slot, mut begins) = (0, 0, 0, false, true);
    for range in words(ascii, 0..ascii.len()) {
        let between = text.slice(last..range.start);
        let ended = text.raw(last..range.start).contains('\n');
        let dotted =
            within(&left, last) || left.iter().any(|place| last <= place.start && place.end <= range.start);
        slot |= dotted;
        if ended || !dotted && ends_sentence(between) {
            sentence += 1;
            begins = true;
        }
        if ended {
            slot |= in_line <= LABEL || between.contains(':');
            in_line = 0;
        }
        in_line += 1;
        last = range.end;
        let after = text.slice(range.end..range.end + 2);
        let word = text.slice(range.clone());
        if within(&left, range.start) || within(&choices, range.start) {
            slot = true;
            continue;
        }
        let number = begins && enumerates(word, after);
        if word.len() < 2 && !word.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let optional = within(&bracketed, range.start);
        tokens.push(Token {
            text: written(word, after),
            page: 0,
            row: 0,
            sentence,
            // Whoever drops an instruction may put his own words in its place.
            slot: slot || optional || tokens.last().is_some_and(|before| before.optional && !number),
            optional: optional || number,
            sure: true,
            range,
        });
        begins = number;
        slot = false;
    }
    tokens
}

/// Lists the words of a document, without what the pages of its file carry at their edges.
pub(super) fn of_document(layouts: &[PageLayout], cut: &Cut, furniture: &BTreeSet<String>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut sentence = 0;
    for span in &cut.spans {
        let Some(layout) = layouts.get(span.page) else { continue };
        for row in span.rows.clone() {
            let Some(place) = layout.rows.get(row) else { break };
            if is_furniture(layout, row, furniture) {
                continue;
            }
            let mut last = place.range.start;
            let mut begins = true;
            for range in words(layout.text.ascii(), place.range.clone()) {
                if ends_sentence(layout.text.slice(last..range.start)) {
                    sentence += 1;
                    begins = true;
                }
                last = range.end;
                let after = layout.text.slice(range.end..range.end + 2);
                let word = layout.text.slice(range.clone());
                let number = begins && enumerates(word, after);
                if word.len() < 2 && !word.bytes().all(|byte| byte.is_ascii_digit()) {
                    continue;
                }
                tokens.push(Token {
                    text: written(word, after),
                    page: span.page,
                    row,
                    sentence,
                    slot: false,
                    optional: number,
                    sure: !layout.ocr || layout.confidence(&range).value() >= SURE,
                    range,
                });
                begins = number;
            }
            if ends_sentence(layout.text.slice(last..place.range.end)) {
                sentence += 1;
            }
        }
    }
    tokens
}

fn key(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphabetic).collect()
}

/// Finds the rows at the heads and feet of pages that come back on three pages or more.
pub(super) fn furniture(layouts: &[PageLayout]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for layout in layouts.iter().filter(|layout| !layout.reading_view) {
        let length = layout.rows.len();
        let edge: BTreeSet<String> = layout
            .rows
            .iter()
            .enumerate()
            .filter(|(row, _)| *row < 5 || row + 4 > length)
            .map(|(_, row)| key(layout.row_text(row)))
            .collect();
        for key in edge {
            *counts.entry(key).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(key, count)| !key.is_empty() && *count >= 3).map(|(key, _)| key).collect()
}

pattern!(PAGE_NUMBER, r"^(?:pag(?:ina)?s?\.? ?)?[-| ]*\d{1,4}(?: ?(?:de|/) ?\d{1,4})?[-| ]*$");

/// Tells whether a row is a running head, a page number or a leaf number.
pub(super) fn is_furniture(layout: &PageLayout, row: usize, furniture: &BTreeSet<String>) -> bool {
    let Some(place) = layout.rows.get(row) else { return false };
    let text = layout.row_text(place);
    let edge = row < 5 || row + 4 > layout.rows.len();
    edge && (!ranges(&PAGE_NUMBER, text).is_empty() || furniture.contains(&key(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{page, prose};
    use cotejo_domain::{Confidence, DocumentType};

    fn of(text: &str) -> Vec<(String, bool, bool)> {
        let tokens = of_model(&Folded::new(text));
        tokens.into_iter().map(|token| (token.text, token.slot, token.optional)).collect()
    }

    fn texts(tokens: &[(String, bool, bool)], wanted: impl Fn(&(String, bool, bool)) -> bool) -> String {
        let wanted = tokens.iter().filter(|token| wanted(token));
        wanted.map(|token| token.0.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_a_model_leaves_to_the_bidder_is_a_slot_and_no_word() {
        let tokens = of(
            "efectuada por (nombre de la entidad contratante) para la ejecución de ………… en noventa (90) días (si es persona natural)",
        );
        assert_eq!(
            texts(&tokens, |_| true),
            "efectuada por para la ejecucion de en noventa 90 dias si es persona natural"
        );
        assert_eq!(texts(&tokens, |token| token.1), "para en si es persona natural");
        assert_eq!(texts(&tokens, |token| token.2), "si es persona natural", "a figure in brackets counts");
    }

    #[test]
    fn labels_leave_room_and_numbers_of_items_may_go() {
        let tokens = of(
            "1.2 DATOS GENERALES\nNombre del oferente:\nOrigen:\n1.- Declaro que el plazo es de 90 días.\nOficio No. 12",
        );
        assert_eq!(texts(&tokens, |token| token.2), "1.2 1");
        assert!(texts(&tokens, |token| token.1).contains("origen"), "after a label");
        assert!(texts(&tokens, |_| true).contains("nro 12"), "no negation");
        assert!(texts(&tokens, |token| !token.2).contains("90 dias"));
        let choice = of("La compañía (SI/NO) cotiza en bolsa");
        assert_eq!(texts(&choice, |token| token.1), "cotiza", "{choice:?}");
    }

    #[test]
    fn running_heads_and_page_numbers_are_left_out() {
        let sheets: Vec<_> = (1..=3)
            .map(|number| {
                let foot = format!("Página {number} de 3");
                page(
                    number,
                    &[
                        (60.0, 30.0, "CONSTRUCTORA EJEMPLO"),
                        (60.0, 100.0, "declara que"),
                        (60.0, 120.0, "cumple"),
                        (60.0, 140.0, "la ley"),
                        (60.0, 160.0, "y acepta"),
                        (60.0, 180.0, "todo"),
                        (60.0, 800.0, foot.as_str()),
                    ],
                )
            })
            .collect();
        let layouts: Vec<_> = sheets.iter().map(PageLayout::new).collect();
        let cut = Cut {
            kind: DocumentType::from("FUO_1_1"),
            confidence: Confidence::CERTAIN,
            spans: vec![crate::documents::cut::Span { page: 0, rows: 0..7 }],
        };
        let mut seen = furniture(&layouts);
        assert!(seen.remove("constructoraejemplo"), "{seen:?}");
        let one = vec![PageLayout::new(&prose(1, &["7", "declara que 12/05/2024", "en 1.250,40 o 70%"]))];
        let cut = Cut { spans: vec![crate::documents::cut::Span { page: 0, rows: 0..3 }], ..cut };
        let tokens = of_document(&one, &cut, &BTreeSet::new());
        let texts: Vec<_> = tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(texts, ["declara", "que", "12/05/2024", "en", "1.250,40", "70%"]);
    }
}
