//! Papers with the truth of every word: what it is part of, and which field that prints.

use super::vocabulary::Vocabulary;
use crate::noise;
use crate::random::Random;
use crate::render;
use crate::slots;
use crate::templates::{Fill, Filled, Slot, Template};
use cotejo_domain::PageReading;
use cotejo_recognition::layout::PageLayout;
use cotejo_recognition::spans::Class;
use cotejo_recognition::spans::fields::{self, ROLES};
use cotejo_recognition::spans::words::{self, SpanWord};
use std::collections::BTreeMap;

/// What is not to be learnt of a word.
pub(crate) const UNKNOWN: i8 = -1;
/// First of the characters that mark a word while it is laid out; nothing prints them.
const MARKS: u32 = 0xF_0000;

/// Holds what is true of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// Tag, or [`UNKNOWN`].
    pub(crate) tag: i8,
    /// Index of its role, or [`UNKNOWN`].
    pub(crate) role: i8,
    /// Which of the paper's names it belongs to.
    pub(crate) name: Option<u16>,
}

/// Holds one paper.
pub(crate) struct Paper {
    pub(crate) kind: &'static str,
    pub(crate) habit: &'static str,
    pub(crate) held_out: bool,
    pub(crate) noisy: bool,
    pub(crate) pages: Vec<PageReading>,
    pub(crate) layouts: Vec<PageLayout>,
    /// Words of each page, with their labels.
    pub(crate) words: Vec<Vec<SpanWord>>,
    pub(crate) labels: Vec<Vec<Label>>,
    /// Names that are printed, by number.
    pub(crate) names: Vec<Name>,
}

/// Holds one printed name.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) class: Class,
    /// Field that it prints, where the template says so.
    pub(crate) field: Option<String>,
}

struct Marker<'a> {
    kind: &'static str,
    /// Whether what is not marked as a field is known to be none.
    annotated: bool,
    vocabulary: Vocabulary,
    empty: bool,
    names: &'a mut Vec<Name>,
    known: &'a mut BTreeMap<String, (String, Class)>,
}

impl Marker<'_> {
    fn mark(&mut self, text: &str, class: Class, field: Option<String>) -> String {
        let number = u32::try_from(self.names.len()).unwrap_or(0);
        self.names.push(Name { text: text.to_owned(), class, field });
        let mark = char::from_u32(MARKS + number.min(0x7FFF)).unwrap_or(' ');
        let words: Vec<String> = text.split(' ').map(|word| format!("{mark}{word}")).collect();
        words.join(" ")
    }
}

impl Fill for Marker<'_> {
    fn place(&mut self, slot: &Slot<'_>, random: &mut Random) -> Filled {
        let plain = |text: String| Filled { text, mark: None };
        if self.empty {
            return plain(slots::blank(slot.name, random));
        }
        let implied =
            || slot.implied.iter().find(|name| fields::of_type(self.kind).any(|field| field.field == **name));
        let field = slot.field.or_else(|| implied().copied()).map(str::to_owned);
        if let Some((text, class)) = field.as_ref().and_then(|field| self.known.get(field)).cloned() {
            return plain(self.mark(&text, class, field));
        }
        let Some((text, class)) = self.vocabulary.fill(slot.name, random) else {
            return plain(slots::fill(slot.name, random));
        };
        if let Some(field) = field.clone().filter(|field| !field.contains('.')) {
            self.known.insert(field, (text.clone(), class));
        }
        plain(self.mark(&text, class, field))
    }

    fn literal(&mut self, _: &str, text: &str, _: &str) -> Filled {
        Filled { text: text.into(), mark: None }
    }
}

/// Makes one paper of a template.
pub(crate) fn paper(
    template: &Template,
    annotated: bool,
    held_out: bool,
    seed: u64,
    variant: usize,
) -> Paper {
    let mut random =
        Random::for_name(seed, &format!("tramos {} {} {variant}", template.kind, template.habit));
    let rate = match variant % 4 {
        1 => 0.01 + 0.02 * random.unit(),
        3 => 0.03 + 0.04 * random.unit(),
        _ => 0.0,
    };
    let (mut names, mut known) = (Vec::new(), BTreeMap::new());
    let mut marker = Marker {
        kind: template.kind,
        annotated,
        vocabulary: Vocabulary { held_out },
        empty: random.chance(0.03),
        names: &mut names,
        known: &mut known,
    };
    let head = random.chance(0.2).then(|| {
        let name = random.pick(&["empresa", "entidad"]);
        let filled = marker.vocabulary.fill(name, &mut random);
        filled.map_or_else(String::new, |(text, class)| marker.mark(&text, class, None))
    });
    let annotated = marker.annotated;
    let drawn = render::pages_filled(template, head, &mut random, &mut |line, random| {
        line.pieces(random, &mut marker).into_iter().map(|piece| piece.text).collect()
    });
    let mut paper = Paper {
        kind: template.kind,
        habit: template.habit,
        held_out,
        noisy: rate > 0.0,
        pages: Vec::new(),
        layouts: Vec::new(),
        words: Vec::new(),
        labels: Vec::new(),
        names,
    };
    let flowing = variant % 8 == 6;
    for mut page in drawn {
        let marks: Vec<Option<u16>> = page.words.iter_mut().map(|word| unmark(&mut word.text)).collect();
        let (mut page, origins) = if rate > 0.0 {
            noise::scanned_with_origins(&page, rate, &mut random)
        } else {
            let count = page.words.len();
            (page, (0..count).collect())
        };
        page.reading_view = flowing;
        let layout = PageLayout::new(&page);
        let words = words::words(&layout, &(0..layout.rows.len()));
        let mut last = None;
        let labels = words
            .iter()
            .map(|word| {
                let index = layout.words.get(word.position).map_or(0, |span| span.index);
                let name = origins.get(index).and_then(|origin| marks.get(*origin)).copied().flatten();
                let label = label(&paper, annotated, name, last);
                last = name;
                label
            })
            .collect();
        paper.pages.push(page);
        paper.layouts.push(layout);
        paper.words.push(words);
        paper.labels.push(labels);
    }
    paper
}

fn label(paper: &Paper, annotated: bool, number: Option<u16>, last: Option<u16>) -> Label {
    let Some(name) = number.and_then(|number| paper.names.get(usize::from(number))) else {
        return Label { tag: 0, role: UNKNOWN, name: None };
    };
    let class = Class::ALL.iter().position(|class| *class == name.class).unwrap_or(0);
    let inside = i8::from(number == last);
    let tag = i8::try_from(1 + 2 * class).unwrap_or(0) + inside;
    let role = match &name.field {
        Some(field) => fields::of_type(paper.kind)
            .find(|known| known.field == field)
            .and_then(|known| ROLES.iter().position(|role| *role == known.role))
            // A column of a list is no single field.
            .map_or(0, |role| i8::try_from(role).unwrap_or(0)),
        None if annotated || fields::of_type(paper.kind).next().is_none() => 0,
        None => UNKNOWN,
    };
    Label { tag, role, name: number }
}

/// Takes the mark off a word.
fn unmark(text: &mut String) -> Option<u16> {
    let is_mark = |character: &char| (MARKS..MARKS + 0x8000).contains(&u32::from(*character));
    let number = text.chars().find(is_mark).and_then(|mark| u16::try_from(u32::from(mark) - MARKS).ok());
    text.retain(|character| !is_mark(&character));
    number
}
