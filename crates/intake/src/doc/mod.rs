//! Word 97-2003 documents (MS-DOC) as a *vista de lectura*, in Rust of ours: an evaluator has no Word at hand.
//!
//! A compound file whose stream `WordDocument` holds the text in pieces; the stream `0Table` or `1Table` says in which order they stand.
//! Paragraph properties tell cells, rows and headings; character properties tell struck and hidden text, which is not shown and
//! of which a finding says how much there is. Word 6 and 95 are read where their text stands in one piece.

mod pieces;
mod properties;

use crate::cfb::{CompoundFile, u16_at, u32_at};
use crate::compose::Composer;
use crate::finding::finding;
use crate::reading_view::ReadingView;
use cotejo_domain::{Finding, Read, Severity};
use pieces::{Letter, Pieces};
use properties::Properties;
use std::collections::HashSet;

/// First version of the format whose text is in pieces (Word 97).
const WORD_97: u16 = 0x00c1;
/// Fields inside of fields that are told apart.
const DEEPEST_FIELD: usize = 64;

/// Reads the document `bytes`.
#[must_use]
pub fn read(bytes: &[u8]) -> Read<ReadingView> {
    let mut findings = Vec::new();
    let mut story = Story::default();
    if let Err(problem) = read_into(bytes, &mut story) {
        findings.push(problem);
    }
    let mut say = |code: &str, severity, count: usize| {
        if count > 0 {
            findings.push(finding(code, severity, &[("cantidad", &count.to_string())]));
        }
    };
    say("intake.images_in_text", Severity::Warning, story.pictures);
    say("intake.struck_text", Severity::Info, story.struck);
    say("intake.hidden_text", Severity::Warning, story.hidden);
    let value = story.composer.finish(&mut findings);
    Read { value, findings }
}

fn damaged(part: &str) -> Finding {
    finding("intake.damaged_word", Severity::Error, &[("parte", part)])
}

fn read_into(bytes: &[u8], story: &mut Story) -> Result<(), Finding> {
    let file = CompoundFile::open(bytes).ok_or_else(|| damaged("contenedor"))?;
    let main = file.stream("WordDocument").ok_or_else(|| damaged("WordDocument"))?;
    let field = |at: usize| u32_at(&main, at).map(|value| value as usize);
    let (version, flags) = (u16_at(&main, 2).unwrap_or(0), u16_at(&main, 10).unwrap_or(0));
    if flags & 0x0100 != 0 {
        return Err(finding("intake.document_password", Severity::Error, &[]));
    }
    if version < WORD_97 {
        return old_text(&main, version, flags, story);
    }
    let name = if flags & 0x0200 == 0 { "0Table" } else { "1Table" };
    let table = file.stream(name).ok_or_else(|| damaged(name))?;
    let part = |at: usize| -> Option<&[u8]> {
        let (start, length) = (field(at)?, field(at + 4)?);
        table.get(start..start.checked_add(length)?.min(table.len()))
    };
    let pieces = part(0x1a2)
        .and_then(Pieces::read)
        .or_else(|| Pieces::whole(field(0x18)?, field(0x4c)?))
        .ok_or_else(|| damaged("tabla de piezas"))?;
    let properties = Properties {
        paragraphs: properties::paragraphs(&main, part(0x102).unwrap_or_default()),
        characters: properties::characters(&main, part(0xfa).unwrap_or_default()),
    };
    // Lengths of the stories, one after the other: text, footnotes, headers, macros, comments, endnotes, text boxes, those of headers.
    let lengths = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64, 0x68].map(|at| field(at).unwrap_or(0));
    let mut left = main.len();
    let mut start = 0usize;
    for (index, length) in lengths.into_iter().enumerate() {
        let end = start.saturating_add(length);
        // Headers repeat from section to section: each wording stands once.
        story.only_new = index == 2 || index == 7;
        for letter in pieces.letters(&main, start, end, &mut left) {
            story.take(&letter, &properties);
        }
        story.end_story();
        start = end;
    }
    if left == 0 {
        return Err(damaged("tabla de piezas"));
    }
    Ok(())
}

// Word 6 and 95: one piece of Windows-1252, unless it was saved fast.
fn old_text(main: &[u8], version: u16, flags: u16, story: &mut Story) -> Result<(), Finding> {
    let (start, length) = (u32_at(main, 0x18), u32_at(main, 0x34));
    let (Some(start), Some(length)) = (start, length) else { return Err(damaged("WordDocument")) };
    let start = start as usize;
    let text = main.get(start..start.saturating_add(length as usize).min(main.len()));
    if version < 100 || flags & 0x0004 != 0 {
        return Err(finding("intake.old_word", Severity::Error, &[]));
    }
    let text = text.ok_or_else(|| damaged("WordDocument"))?;
    let none = Properties::default();
    for (index, byte) in text.iter().enumerate() {
        let mut buffer = [0; 1];
        buffer[0] = *byte;
        let unit = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&buffer).0.chars().next();
        let unit = unit.and_then(|letter| u16::try_from(u32::from(letter)).ok()).unwrap_or(0xfffd);
        story.take(&Letter { unit, offset: start + index }, &none);
    }
    story.end_story();
    Ok(())
}

#[derive(Default)]
struct Story {
    composer: Composer,
    text: Vec<u16>,
    /// For each open field, whether its instruction is being read.
    fields: Vec<bool>,
    said: HashSet<Vec<u16>>,
    only_new: bool,
    pictures: usize,
    struck: usize,
    hidden: usize,
}

impl Story {
    fn take(&mut self, letter: &Letter, properties: &Properties) {
        let unit = letter.unit;
        match unit {
            0x13 if self.fields.len() < DEEPEST_FIELD => self.fields.push(true),
            0x14 => {
                if let Some(field) = self.fields.last_mut() {
                    *field = false;
                }
            }
            0x15 => {
                self.fields.pop();
            }
            0x07 => self.end_cell(letter, properties),
            0x0d => self.end_paragraph(letter, properties),
            0x0c => {
                self.end_paragraph(letter, properties);
                self.composer.page_break();
            }
            _ if self.fields.contains(&true) => {}
            0x01 | 0x08 => self.pictures += 1,
            0x09 | 0x0b | 0x0e | 0xa0 => self.text.push(0x20),
            0x1e => self.text.push(u16::from(b'-')),
            0x1f | 0x00..=0x06 | 0x0a | 0x0f..=0x12 | 0x16..=0x1d => {}
            unit => {
                let marks = properties.of_character(letter.offset);
                if marks.struck {
                    self.struck += 1;
                } else if marks.hidden {
                    self.hidden += 1;
                } else {
                    // Signs of symbol fonts are mapped to F000: a bullet or a box.
                    self.text.push(if (0xf000..=0xf0ff).contains(&unit) { 0x2022 } else { unit });
                }
            }
        }
    }

    fn flush(&mut self) {
        let units = std::mem::take(&mut self.text);
        if self.only_new && !units.is_empty() && !self.said.insert(units.clone()) {
            return;
        }
        self.composer.push(&String::from_utf16_lossy(&units));
    }

    fn end_paragraph(&mut self, letter: &Letter, properties: &Properties) {
        // A field's instruction does not reach beyond its paragraph, whatever the file says.
        self.fields.clear();
        let paragraph = properties.of_paragraph(letter.offset);
        self.flush();
        if paragraph.in_table {
            self.composer.enter_table();
        } else if self.composer.in_table() {
            self.composer.leave_table();
        }
        if paragraph.heading {
            self.composer.mark_heading();
        }
        if paragraph.break_before {
            self.composer.break_before();
        }
        self.composer.paragraph();
    }

    fn end_cell(&mut self, letter: &Letter, properties: &Properties) {
        self.fields.clear();
        self.flush();
        self.composer.enter_table();
        if properties.of_paragraph(letter.offset).row_end {
            self.composer.end_row();
        } else {
            self.composer.end_first_cell();
        }
    }

    fn end_story(&mut self) {
        self.fields.clear();
        self.flush();
        if self.composer.in_table() {
            self.composer.leave_table();
        }
        self.composer.paragraph();
    }
}

#[cfg(test)]
mod tests;
