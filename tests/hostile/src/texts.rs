//! Flowing text: a pliego read from printed lines; text, XML, Word and RTF as a reading view.

use crate::findings::are_sentences;
use cotejo_domain::{PageReading, Read};
use cotejo_intake::{flowing, media, plain, pliego_text, properties, rtf};
use cotejo_lector_protocol::ReadingLimits;

/// Reads text as a pliego, a form feed between pages. What it states stands in the text.
pub fn pliego_text(bytes: &[u8]) {
    let Read { value: view, findings } = plain::read_text(bytes);
    are_sentences(&findings);
    numbered(&view.pages);
    let read = pliego_text::read(&view.pages);
    are_sentences(&read.findings);
    assert_eq!(read.value.findings, read.findings, "the pliego carries its findings");
    if let Some(code) = &read.value.process.code {
        let text: String = view.pages.iter().map(PageReading::text).collect();
        let letters = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
        };
        assert!(letters(&text).contains(&letters(code.as_str())), "{} is nowhere in the text", code.as_str());
    }
    for requirement in &read.value.requirements {
        assert!(!requirement.id.0.is_empty() && !requirement.text.is_empty(), "{requirement:?}");
    }
    let xml = plain::read_xml(bytes);
    are_sentences(&xml.findings);
    numbered(&xml.value.pages);
}

/// Reads a document of any kind that its bytes are taken for, under limits.
pub fn flowing(bytes: &[u8]) {
    let limits = ReadingLimits { cells: 5_000, part_bytes: 1 << 20, ..ReadingLimits::default() };
    if let Some(read) = flowing::read(media::detect(bytes), bytes, &limits) {
        are_sentences(&read.findings);
        numbered(&read.value.pages);
    }
    says_little(media::detect(bytes), bytes, limits.part_bytes);
}

/// What a file says of itself is bounded, and each word of it is one that can be shown.
fn says_little(media_type: &str, bytes: &[u8], limit: u64) {
    let Some(said) = properties::of(media_type, bytes, limit) else { return };
    assert!(said.properties.len() <= 60 && said.fonts.len() <= 60, "more than is kept");
    for property in &said.properties {
        assert!(!property.value.is_empty() && property.value.chars().count() <= 200, "{property:?}");
        assert!(!property.value.chars().any(char::is_control), "{property:?}");
    }
}

/// Reads a compound file as a Word document, whatever it is.
pub fn doc(bytes: &[u8]) {
    let Some(read) = flowing::read(media::DOC, bytes, &ReadingLimits::default()) else {
        panic!("Word documents flow");
    };
    are_sentences(&read.findings);
    numbered(&read.value.pages);
    says_little(media::DOC, bytes, 1 << 20);
    let words = read.value.pages.iter().any(|page| !page.words.is_empty());
    assert!(words || !read.findings.is_empty(), "what holds no word ends in a finding");
}

/// Reads any bytes as RTF. Text comes from the bytes: there is never more of it than they can write (a control word writes at most one letter).
pub fn rtf(bytes: &[u8]) {
    let read = rtf::read(bytes);
    are_sentences(&read.findings);
    numbered(&read.value.pages);
    let letters: usize =
        read.value.pages.iter().flat_map(|page| &page.words).map(|word| word.text.chars().count()).sum();
    assert!(letters <= bytes.len(), "{letters} letters out of {} bytes", bytes.len());
}

fn numbered(pages: &[PageReading]) {
    for (page, number) in pages.iter().zip(1_u32..) {
        assert_eq!(page.number, number, "pages are counted from 1");
        assert!(page.words.iter().all(|word| !word.text.is_empty()), "a word has letters");
    }
}
