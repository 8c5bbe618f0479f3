//! What a person says of a field of a document, and what is kept of it to read the same field on a page that looks alike.
//!
//! Of the words around the value only short hashes are kept, sixteen bits a word with figures as 0, and where on the page it began; of the value nothing.

use crate::{
    ActorId, DocumentType, FactValue, FileHash, Location, PageSignature, Quad, Word, document_type_entry,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

/// Words before a value that are kept.
const BEFORE: usize = 3;
/// Words after it.
const AFTER: usize = 2;
/// Words of the longest value that is looked for by what follows it.
const LONGEST: usize = 40;
/// Thousandths of the page's height that a value may have moved.
const MOVED: u32 = 250;
/// A second place as near as this leaves both without a say.
const AS_NEAR: u32 = 40;

/// Says what a person says of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum FieldAct {
    /// Its value is this, and stands there.
    Value {
        /// The value.
        value: FactValue,
        /// The characters that stand there, or that the person wrote.
        raw: String,
        /// The place, on a page of the document.
        location: Location,
        /// The words there.
        quote: String,
    },
    /// The document does not state it.
    Absent,
    /// The machine's reading holds again.
    Withdrawn,
}

/// Holds what a person says of a field of a document. A later one of the same field takes its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldCorrection {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// First page of the document, from 1: with its type the document's name, whatever becomes of its limits.
    pub first_page: u32,
    /// Type of the document.
    pub kind: DocumentType,
    /// The field, as in the catalogue of types.
    pub field: String,
    /// What is said.
    pub act: FieldAct,
    /// Who says it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

impl FieldCorrection {
    /// Returns the pages that it is about: what rests on them is to be looked at again.
    #[must_use]
    pub fn pages(&self) -> Vec<u32> {
        let mut pages = vec![self.first_page];
        if let FieldAct::Value { location, .. } = &self.act {
            pages.extend(location.page().filter(|page| *page != self.first_page));
        }
        pages
    }

    /// Tells whether the type has the field outside of tables, and page and place make sense.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let place = match &self.act {
            FieldAct::Value { location, .. } => !matches!(location, Location::Registry { .. }),
            FieldAct::Absent | FieldAct::Withdrawn => true,
        };
        self.first_page > 0 && place && is_field(&self.kind, &self.field)
    }
}

/// Tells whether a type has a field outside of tables.
#[must_use]
pub fn is_field(kind: &DocumentType, field: &str) -> bool {
    let entry = document_type_entry(&kind.0);
    !field.contains("[]")
        && entry
            .is_some_and(|entry| entry.fields.iter().any(|known| known.name == field && known.kind != "rows"))
}

/// Holds what stands around a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldContext {
    /// Hashes of the words before it in reading order, the nearest last.
    pub before: Vec<u16>,
    /// Hashes of the words after it.
    pub after: Vec<u16>,
    /// True when it took the rest of its line.
    pub ends_line: bool,
    /// Where it began, in thousandths of the page's width.
    pub left: u16,
    /// Where it stood, in thousandths of the page's height.
    pub top: u16,
}

/// Holds one field that a person corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldExample {
    /// Its identifier.
    pub id: uuid::Uuid,
    /// Type of the document.
    pub kind: DocumentType,
    /// The field.
    pub field: String,
    /// The day of the correction.
    pub on: jiff::civil::Date,
    /// True when the person at this machine made it.
    pub own: bool,
    /// What the page is recognised by.
    pub signature: PageSignature,
    /// What stands around the value.
    pub context: FieldContext,
}

impl FieldExample {
    /// Tells whether it makes sense: what comes from outside is looked at before it is used.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.signature.is_sound() && self.context.is_sound() && is_field(&self.kind, &self.field)
    }
}

/// Says that a field was read by an example.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldUse {
    /// The page, from 1.
    pub page: u32,
    /// The field.
    pub field: String,
    /// The example.
    pub example: uuid::Uuid,
}

// Letters and figures without case and accents, each figure as 0; `None` for what has neither.
fn hash(word: &str) -> Option<u16> {
    let mut value = 0xcbf2_9ce4_8422_2325_u64;
    let mut any = false;
    for letter in word.nfd().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()) {
        let letter = if letter.is_numeric() { '0' } else { letter };
        value = (value ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3);
        any = true;
    }
    let folded = (value ^ (value >> 32) ^ (value >> 16)) & 0xffff;
    any.then(|| u16::try_from(folded).unwrap_or_default())
}

fn thousandths(value: f64, of: f64) -> u16 {
    if of <= 0.0 || !value.is_finite() {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    let part = (value / of * 1000.0).clamp(0.0, 1000.0) as u16;
    part
}

impl FieldContext {
    /// Takes what stands around some words of a page; `None` where nothing stands before them: there is nothing to find them by.
    #[must_use]
    pub fn of(words: &[Word], value: Range<usize>, extent: [f64; 2]) -> Option<Self> {
        let first = words.get(value.start)?;
        let last = words.get(value.end.checked_sub(1)?)?;
        let mut before: Vec<u16> =
            words.get(..value.start)?.iter().rev().filter_map(|word| hash(&word.text)).take(BEFORE).collect();
        before.reverse();
        let rest = words.get(value.end..)?;
        let after = rest.iter().filter_map(|word| hash(&word.text)).take(AFTER).collect();
        let [left, top, _, bottom] = first.quad.bounds();
        (!before.is_empty()).then(|| Self {
            before,
            after,
            ends_line: first.line == last.line && rest.first().is_none_or(|next| next.line != last.line),
            left: thousandths(left, extent[0]),
            top: thousandths(f64::midpoint(top, bottom), extent[1]),
        })
    }

    /// Tells whether its numbers make sense.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        (1..=BEFORE).contains(&self.before.len())
            && self.after.len() <= AFTER
            && self.left <= 1000
            && self.top <= 1000
            && (self.ends_line || !self.after.is_empty())
    }

    /// Finds the words of another page that stand as these did; `None` where no place or more than one is as near.
    #[must_use]
    pub fn find(&self, words: &[Word], extent: [f64; 2]) -> Option<Range<usize>> {
        let hashes: Vec<Option<u16>> = words.iter().map(|word| hash(&word.text)).collect();
        let mut places: Vec<(u32, u32, usize)> = Vec::new();
        for (start, word) in words.iter().enumerate() {
            // A colon that stands by itself belongs to the label.
            if !hashes.get(start).is_some_and(Option::is_some) {
                continue;
            }
            let Some(missed) = self.missed(hashes.get(..start)?) else { continue };
            let [_, top, _, bottom] = word.quad.bounds();
            let here = thousandths(f64::midpoint(top, bottom), extent[1]);
            let moved = u32::from(here.abs_diff(self.top));
            if moved <= MOVED {
                places.push((missed, moved, start));
            }
        }
        places.sort_unstable();
        let (missed, moved, start) = *places.first()?;
        let rival = places.get(1).is_some_and(|(other, away, _)| *other == missed && *away < moved + AS_NEAR);
        if rival {
            return None;
        }
        let end = self.end(words, &hashes, start)?;
        (end > start).then_some(start..end)
    }

    // How many of the words before are others; `None` where it is not the place. The nearest word must be the same: it is the label's end.
    fn missed(&self, before: &[Option<u16>]) -> Option<u32> {
        let mut found = before.iter().rev().flatten();
        let mut missed = 0;
        for (number, wanted) in self.before.iter().rev().enumerate() {
            match found.next() {
                Some(hash) if hash == wanted => {}
                _ if number == 0 => return None,
                _ => missed += 1,
            }
        }
        (missed <= u32::from(self.before.len() == BEFORE)).then_some(missed)
    }

    fn end(&self, words: &[Word], hashes: &[Option<u16>], start: usize) -> Option<usize> {
        let line = words.get(start)?.line;
        if self.ends_line {
            return Some(start + words.get(start..)?.iter().take_while(|word| word.line == line).count());
        }
        (start + 1..words.len().min(start + LONGEST)).find(|end| {
            let mut rest = hashes.get(*end..).unwrap_or_default().iter().flatten();
            hashes.get(*end).is_some_and(Option::is_some)
                && self.after.iter().all(|wanted| rest.next() == Some(wanted))
        })
    }
}

/// Finds the words of a page that a person wrote out or copied, whatever their case, accents and punctuation; `None` where they do not stand there, or
/// more than once.
#[must_use]
pub fn words_that_say(words: &[Word], text: &str) -> Option<Range<usize>> {
    let squeezed = |text: &str| -> String {
        text.nfd().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
    };
    let wanted = squeezed(text);
    if wanted.is_empty() {
        return None;
    }
    let parts: Vec<String> = words.iter().map(|word| squeezed(&word.text)).collect();
    let mut found = None;
    for start in 0..parts.len() {
        if parts.get(start).is_none_or(String::is_empty) {
            continue;
        }
        let mut said = String::new();
        for (end, part) in parts.iter().enumerate().skip(start) {
            said.push_str(part);
            if said == wanted {
                if found.is_some() {
                    return None;
                }
                found = Some(start..end + 1);
                break;
            }
            if !wanted.starts_with(&said) {
                break;
            }
        }
    }
    found
}

/// Returns one quad for each line of some words.
#[must_use]
pub fn quads_of(words: &[Word]) -> Vec<Quad> {
    words
        .chunk_by(|one, next| one.line == next.line)
        .filter_map(|line| line.iter().map(|word| word.quad).reduce(|one, next| one.union(&next)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Confidence;

    const EXTENT: [f64; 2] = [600.0, 800.0];

    fn page(lines: &[&str]) -> Vec<Word> {
        let mut words = Vec::new();
        for (line, text) in lines.iter().enumerate() {
            let top = 50.0 + 20.0 * f64::from(u32::try_from(line).unwrap());
            for (place, word) in text.split_whitespace().enumerate() {
                let left = 50.0 + 60.0 * f64::from(u32::try_from(place).unwrap());
                words.push(Word {
                    text: word.into(),
                    quad: Quad::upright(left, top, left + 50.0, top + 12.0),
                    line: u32::try_from(line).unwrap(),
                    size: 10.0,
                    confidence: Confidence::CERTAIN,
                });
            }
        }
        words
    }

    fn said(words: &[Word], range: Range<usize>) -> String {
        words[range].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn learnt(lines: &[&str], value: &str) -> FieldContext {
        let words = page(lines);
        let range = words_that_say(&words, value).expect("it stands there");
        FieldContext::of(&words, range, EXTENT).expect("something stands before it")
    }

    #[test]
    fn a_value_is_found_by_what_stands_around_it_and_where() {
        let context = learnt(&["Responsable de la obra: Ana Ejemplo Díaz", "Fecha: hoy"], "ana ejemplo diaz");
        let other = page(&["Responsable de la OBRA : Luis Inventado", "Fecha: mañana"]);
        assert_eq!(said(&other, context.find(&other, EXTENT).expect("found")), "Luis Inventado");
        let middle = learnt(&["El contrato por 12.500,00 dólares se firmó", "hoy"], "12.500,00");
        assert!(!middle.ends_line);
        let other = page(&["El contrato por 8.000,00 dólares se firmó", "ayer"]);
        assert_eq!(said(&other, middle.find(&other, EXTENT).expect("found")), "8.000,00");
        let strange = page(&["Nada de esto se parece", "a lo otro"]);
        assert_eq!(middle.find(&strange, EXTENT), None);
    }

    #[test]
    fn two_places_as_near_say_nothing_and_a_far_one_neither() {
        let context = learnt(&["z", "a", "Nombre completo: Ana", "Fecha: hoy"], "Ana");
        let twice = page(&["a", "Nombre completo: Luis", "a", "Nombre completo: Eva"]);
        assert_eq!(context.find(&twice, EXTENT), None);
        let mut far = vec!["x"; 30];
        far.push("Nombre completo: Luis");
        assert_eq!(
            context.find(&page(&far), EXTENT),
            None,
            "at the other end of the page it is something else"
        );
    }

    #[test]
    fn what_a_person_copies_is_found_once_or_not_at_all() {
        let words = page(&["R.U.C.: 1790000001001", "Ciudad: Quito Quito"]);
        assert_eq!(
            words_that_say(&words, "1790000001001").map(|range| said(&words, range)),
            Some("1790000001001".into())
        );
        assert_eq!(words_that_say(&words, "quito"), None, "it stands there twice");
        assert_eq!(words_that_say(&words, "Guayaquil"), None);
        assert_eq!(words_that_say(&words, "·"), None);
        assert_eq!(quads_of(&words).len(), 2);
    }

    #[test]
    fn of_a_value_nothing_is_kept_and_strange_numbers_are_not_sound() {
        let context = learnt(&["Nombre completo: Ana Ejemplo", "Fecha"], "Ana Ejemplo");
        let text = serde_json::to_string(&context).expect("writes");
        assert!(!text.to_lowercase().contains("ana") && !text.to_lowercase().contains("nombre"), "{text}");
        assert!(context.is_sound());
        for broken in [
            FieldContext { before: Vec::new(), ..context.clone() },
            FieldContext { before: vec![1; 9], ..context.clone() },
            FieldContext { top: 4000, ..context.clone() },
            FieldContext { ends_line: false, after: Vec::new(), ..context.clone() },
        ] {
            assert!(!broken.is_sound(), "{broken:?}");
        }
        assert!(!is_field(&"FUO_1_2".into(), "color") && is_field(&"FUO_1_2".into(), "ruc"));
        assert!(!is_field(&"NADA".into(), "ruc"));
    }
}
