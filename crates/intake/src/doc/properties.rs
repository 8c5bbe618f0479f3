//! Properties of paragraphs and characters, in pages of 512 bytes (MS-DOC 2.4.6).

use crate::cfb::{u16_at, u32_at};

const PAGE: usize = 512;
/// Pages of properties that are read of one document.
const MOST_PAGES: usize = 100_000;

/// What is known of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) in_table: bool,
    pub(super) row_end: bool,
    pub(super) heading: bool,
    pub(super) break_before: bool,
}

/// What is known of a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Character {
    pub(super) struck: bool,
    pub(super) hidden: bool,
}

/// Holds the properties by the bytes they are given for, sorted.
#[derive(Default)]
pub(super) struct Properties {
    pub(super) paragraphs: Vec<(usize, usize, Paragraph)>,
    pub(super) characters: Vec<(usize, usize, Character)>,
}

impl Properties {
    pub(super) fn of_paragraph(&self, offset: usize) -> Paragraph {
        find(&self.paragraphs, offset)
    }

    pub(super) fn of_character(&self, offset: usize) -> Character {
        find(&self.characters, offset)
    }
}

fn find<T: Copy + Default>(runs: &[(usize, usize, T)], offset: usize) -> T {
    let after = runs.partition_point(|(start, _, _)| *start <= offset);
    let run = after.checked_sub(1).and_then(|index| runs.get(index));
    run.filter(|(_, end, _)| offset < *end).map(|(_, _, value)| *value).unwrap_or_default()
}

/// Reads the paragraph properties that the table of pages `plc` leads to.
pub(super) fn paragraphs(stream: &[u8], plc: &[u8]) -> Vec<(usize, usize, Paragraph)> {
    runs(stream, plc, |page, count, index| {
        let at = usize::from(*page.get((count + 1) * 4 + index * 13)?) * 2;
        if at == 0 {
            return Some(Paragraph::default());
        }
        let (start, length) = match usize::from(*page.get(at)?) {
            0 => (at + 2, usize::from(*page.get(at + 1)?) * 2),
            half => (at + 1, half * 2 - 1),
        };
        let list = page.get(start..(start + length).min(PAGE - 1))?;
        let style = u16_at(list, 0)?;
        // Styles 1 to 9 are the nine levels of headings.
        let mut paragraph = Paragraph { heading: (1..=9).contains(&style), ..Paragraph::default() };
        each_property(list.get(2..)?, &mut |kind, operand| match kind {
            0x2416 => paragraph.in_table = operand.first() == Some(&1),
            0x2417 => paragraph.row_end = operand.first() == Some(&1),
            0x2407 => paragraph.break_before = operand.first() == Some(&1),
            _ => {}
        });
        Some(paragraph)
    })
}

/// Reads the character properties that the table of pages `plc` leads to.
pub(super) fn characters(stream: &[u8], plc: &[u8]) -> Vec<(usize, usize, Character)> {
    runs(stream, plc, |page, count, index| {
        let at = usize::from(*page.get((count + 1) * 4 + index)?) * 2;
        let mut character = Character::default();
        if at == 0 {
            return Some(character);
        }
        let length = usize::from(*page.get(at)?);
        let list = page.get(at + 1..(at + 1 + length).min(PAGE - 1))?;
        each_property(list, &mut |kind, operand| match kind {
            0x0800 => character.struck = operand.first() == Some(&1),
            0x083c => character.hidden = operand.first() == Some(&1),
            _ => {}
        });
        Some(character)
    })
}

// The table names pages; each holds runs of bytes and where the properties of each stand.
fn runs<T: Copy>(
    stream: &[u8],
    plc: &[u8],
    read: impl Fn(&[u8], usize, usize) -> Option<T>,
) -> Vec<(usize, usize, T)> {
    let count = plc.len().saturating_sub(4) / 8;
    let mut all = Vec::new();
    for index in 0..count.min(MOST_PAGES) {
        let Some(number) = u32_at(plc, (count + 1) * 4 + index * 4) else { break };
        let start = (number & 0x003f_ffff) as usize * PAGE;
        let Some(page) = stream.get(start..start + PAGE) else { continue };
        let runs = usize::from(page.get(PAGE - 1).copied().unwrap_or(0));
        for run in 0..runs {
            let (Some(from), Some(to)) = (u32_at(page, run * 4), u32_at(page, run * 4 + 4)) else { break };
            if let Some(value) = read(page, runs, run) {
                all.push((from as usize, to as usize, value));
            }
        }
    }
    all.sort_by_key(|(start, _, _)| *start);
    all
}

// Walks a list of single property modifiers (MS-DOC 2.6).
fn each_property(list: &[u8], tell: &mut dyn FnMut(u16, &[u8])) {
    let mut at = 0;
    while let Some(kind) = u16_at(list, at) {
        at += 2;
        let length = match kind >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            // The definition of a table counts itself in two bytes, less one.
            _ if kind == 0xd608 => usize::from(u16_at(list, at).unwrap_or(u16::MAX)).saturating_add(1),
            _ => usize::from(list.get(at).copied().unwrap_or(u8::MAX)) + 1,
        };
        let Some(operand) = list.get(at..at.saturating_add(length)) else { return };
        tell(kind, operand);
        at += length;
    }
}
