//! From aligned words to what a paper made of its model.

use super::change;
use super::tokens::Token;
use crate::grammar::{pattern, ranges};
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{Quad, TemplateChange, TemplateDifference, TemplateState};
use std::ops::Range;

/// Words that must be aligned before anything is said.
const LEAST: usize = 30;
/// Share of the model's words, between the first and the last that are found, below which the paper follows another model.
const ANOTHER_MODEL: f64 = 0.6;
/// Share above which a paper without differences has the model's text.
const SAME_TEXT: f64 = 0.9;
/// Share of the sentences that may differ before the paper follows another model.
const MOST_SENTENCES: f64 = 0.35;
/// Longest run of words of the bidder's that is looked at: longer ones are tables and texts of his own.
const LONGEST: usize = 40;
/// Words of the model that may be missing at one place before pages are missing rather than sentences.
const MOST_MISSING: usize = 130;
/// Words of a sentence whose absence says something.
const SENTENCE: usize = 6;
/// Aligned words in a row that hold what stands beside them.
const HOLD: usize = 3;
/// Words of a gap over which further words may hold.
const SMALL: usize = 5;
/// Characters of a quote.
const QUOTE: usize = 320;

// Sentences that the models themselves ask to be left out, put in or completed as the case may be.
pattern!(
    AS_THE_CASE_MAY_BE,
    r"segun (?:el caso|corresponda|sea)|de ser (?:el caso|procedente)|se (?:debera|deberan) (?:agregar|anadir|incluir|detallar|llenar)|se (?:anadira|agregara|incluira)|\bnotas?\b|en caso de|en el caso|si el (?:oferente|lugar|proveedor)|si (?:es|se trata)|persona(?:s)? (?:natural|juridica)|adjunt|detall|consorcio|asociacion|numeral|formulario|seccion|firma|lugar fecha|lugar y fecha|anexo|cuando"
);

/// What is compared.
pub(super) struct Compared<'a> {
    pub(super) model_text: &'a Folded,
    pub(super) model: &'a [Token],
    pub(super) paper: &'a [Token],
    pub(super) pairs: &'a [(usize, usize)],
    pub(super) layouts: &'a [PageLayout],
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) state: TemplateState,
    pub(super) kept: (u32, u32),
    pub(super) differences: Vec<TemplateDifference>,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Judges; `None` where the paper does not follow this model closely enough for anything to be said.
pub(super) fn judge(compared: &Compared<'_>) -> Option<Judged> {
    let (first, last) = (compared.pairs.first()?, compared.pairs.last()?);
    let region = compared.model.get(first.0..=last.0)?;
    let wanted = region.iter().filter(|token| !token.optional).count();
    let mut kept: Vec<usize> =
        compared.pairs.iter().map(|pair| pair.0).filter(|at| !compared.model[*at].optional).collect();
    kept.dedup();
    let share = kept.len() as f64 / wanted.max(1) as f64;
    if kept.len() < LEAST || share < ANOTHER_MODEL {
        return None;
    }
    let mut differences: Vec<TemplateDifference> = Vec::new();
    let mut missing = 0;
    for (at, two) in compared.pairs.windows(2).enumerate() {
        let [before, after] = two else { continue };
        if compared.follows(*before, *after) || !compared.is_held(at) {
            continue;
        }
        let found = compared.between(*before, *after);
        missing += found.iter().filter(|difference| difference.stated.is_empty()).count();
        differences.extend(found);
    }
    let mut sentences: Vec<usize> = region.iter().map(|token| token.sentence).collect();
    sentences.dedup();
    if differences.len() as f64 > (sentences.len() as f64 * MOST_SENTENCES).max(2.0) {
        return None;
    }
    let state = match differences.len() {
        0 if share < SAME_TEXT => return None,
        0 => TemplateState::Unchanged,
        all if all == missing => TemplateState::StruckOut,
        _ => TemplateState::Altered,
    };
    Some(Judged { state, kept: (count(kept.len()), count(wanted)), differences })
}

impl Compared<'_> {
    /// Returns the pairs from the first run of aligned words that holds to the last: at the ends the words of a signature and those of the
    /// model's next form meet by chance.
    pub(super) fn held_part(&self) -> Range<usize> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, pair) in self.pairs.iter().enumerate() {
            match runs.last_mut() {
                Some(run) if self.follows(self.pairs[run.end - 1], *pair) => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        let holds = |run: &&Range<usize>| run.len() >= HOLD;
        let (first, last) = (runs.iter().find(holds), runs.iter().rfind(holds));
        first.zip(last).map_or(0..0, |(first, last)| first.start..last.end)
    }

    // Whether two aligned words follow each other in both texts.
    fn follows(&self, before: (usize, usize), after: (usize, usize)) -> bool {
        let between = self.model.get(before.0 + 1..after.0).unwrap_or_default();
        after.1 <= before.1 + 1 && between.iter().all(|token| token.optional && !token.slot)
    }

    // Whether the words on both sides of the gap after a pair are really those of the model: a few that follow each other, or some and, over
    // a small gap, a few more. Words that two unlike texts share by chance hold nothing.
    fn is_held(&self, at: usize) -> bool {
        let pair = |index: usize| self.pairs.get(index).copied();
        let run = |from: usize, step: fn(usize) -> Option<usize>| {
            let mut end = from;
            let mut length = 1;
            while let Some(next) = step(end) {
                let (Some(a), Some(b)) = (pair(end.min(next)), pair(end.max(next))) else { break };
                if !self.follows(a, b) {
                    break;
                }
                end = next;
                length += 1;
            }
            (end, length)
        };
        let held = |from: usize, step: fn(usize) -> Option<usize>| {
            let (end, length) = run(from, step);
            let beyond = || {
                let next = step(end)?;
                let (a, b) = (pair(end.min(next))?, pair(end.max(next))?);
                let small = b.0 - a.0 <= SMALL && b.1 - a.1 <= SMALL;
                Some(small && run(next, step).1 >= HOLD)
            };
            length >= HOLD || beyond().unwrap_or(false)
        };
        held(at, |index| index.checked_sub(1)) && held(at + 1, |index| index.checked_add(1))
    }

    // What stands between two aligned words, in the model and in the paper.
    fn between(&self, before: (usize, usize), after: (usize, usize)) -> Vec<TemplateDifference> {
        let (model, paper) = (self.model, self.paper);
        let gone_range = before.0 + 1..after.0.max(before.0 + 1);
        let mut came_range = before.1 + 1..after.1.max(before.1 + 1);
        while came_range.end > came_range.start && paper[came_range.end - 1].optional {
            came_range.end -= 1;
        }
        let gone: Vec<&Token> = model[gone_range.clone()].iter().filter(|token| !token.optional).collect();
        let came: Vec<&Token> = paper[came_range.clone()].iter().filter(|token| !token.optional).collect();
        if gone.is_empty() && came.is_empty() || came.len() > LONGEST {
            return Vec::new();
        }
        // Two words of the paper may stand for one of the model, its last one too.
        let near = model.get(gone_range.start..=after.0.max(gone_range.start)).unwrap_or_default();
        let slot = near.iter().any(|token| token.slot)
            || model[gone_range.clone()].iter().any(|token| token.optional);
        let whole = self.whole_sentences(&gone_range);
        if !whole.is_empty() {
            return self.missing(&whole, &gone, &came, slot, before, after);
        }
        if slot
            || change::same_written_otherwise(&gone, &came)
            || change::says_nothing(&gone) && change::says_nothing(&came)
        {
            return Vec::new();
        }
        let kind = change::of(&gone, &came);
        if self.ocr(before.1) || self.ocr(after.1) {
            if kind == TemplateChange::Wording || !self.surely(&gone, &came, before, after) {
                return Vec::new();
            }
        } else if gone.is_empty() && self.foreign_block(&came_range, before.1, after.1, kind) {
            return Vec::new();
        }
        vec![self.difference(&gone, &came_range, before, after, kind)]
    }

    fn ocr(&self, at: usize) -> bool {
        self.paper.get(at).and_then(|token| self.layouts.get(token.page)).is_some_and(|layout| layout.ocr)
    }

    // The sentences of the model that lie wholly within a range.
    fn whole_sentences(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut start = range.start;
        while start < range.end {
            let sentence = self.model[start].sentence;
            let length = self.model[start..].iter().take_while(|token| token.sentence == sentence).count();
            let begins = start == 0 || self.model[start - 1].sentence != sentence;
            let words = self.model[start..start + length].iter().filter(|token| !token.optional).count();
            if begins && start + length <= range.end && words >= SENTENCE {
                found.push(start..start + length);
            }
            start += length;
        }
        found
    }

    fn missing(
        &self,
        whole: &[Range<usize>],
        gone: &[&Token],
        came: &[&Token],
        slot: bool,
        before: (usize, usize),
        after: (usize, usize),
    ) -> Vec<TemplateDifference> {
        if gone.len() > MOST_MISSING || slot {
            return Vec::new();
        }
        let ocr = self.ocr(before.1) || self.ocr(after.1);
        let asked = |range: &Range<usize>| {
            let text = self
                .model_text
                .slice(self.model[range.start].range.start..self.model[range.end - 1].range.end);
            ranges(&AS_THE_CASE_MAY_BE, text).is_empty() && !self.is_title(range)
        };
        let whole: Vec<&Range<usize>> = whole.iter().filter(|range| asked(range)).collect();
        if came.len() > 3 {
            // Something else stands there: what it replaces is only told where the pair is plain.
            let ([one], false) = (whole.as_slice(), ocr) else { return Vec::new() };
            let plain =
                one.len() + 3 >= gone.len() && came.len() <= 2 * gone.len() && came.len() * 2 >= gone.len();
            let kind = change::of(gone, came);
            if !plain || kind == TemplateChange::Wording {
                return Vec::new();
            }
            let came_range = before.1 + 1..after.1;
            return vec![self.difference(gone, &came_range, before, after, kind)];
        }
        if ocr && !self.no_room(before.1, after.1) {
            return Vec::new();
        }
        whole
            .into_iter()
            .map(|range| {
                let words: Vec<&Token> = self.model[range.clone()].iter().collect();
                TemplateDifference {
                    model: self.model_quote(range.clone()),
                    stated: String::new(),
                    words: (self.model_words(&words), String::new()),
                    change: change::of(&words, &[]),
                    page: self.page(before.1),
                    quads: self.quads(&[before.1, after.1]),
                }
            })
            .collect()
    }

    // A title in capitals is no sentence.
    fn is_title(&self, range: &Range<usize>) -> bool {
        let (start, end) = (self.model[range.start].range.start, self.model[range.end - 1].range.end);
        let raw = self.model_text.raw(start..end);
        let letters = raw.chars().filter(|letter| letter.is_alphabetic()).count();
        raw.chars().filter(|letter| letter.is_uppercase()).count() * 10 > letters * 7
    }

    // Of a scan only what sure words say: those that came, those beside them, and no room for those that are gone.
    fn surely(
        &self,
        gone: &[&Token],
        came: &[&Token],
        before: (usize, usize),
        after: (usize, usize),
    ) -> bool {
        let beside = [before, after]
            .iter()
            .all(|(a, b)| self.paper[*b].sure && self.model[*a].text == self.paper[*b].text);
        let together = self.paper[after.1].row == self.paper[before.1].row
            && self.paper[after.1].page == self.paper[before.1].page;
        beside
            && gone.len() <= 4
            && came.len() <= 12
            && came.iter().all(|token| token.sure)
            && if came.is_empty() { together && self.no_room(before.1, after.1) } else { true }
            // A word that OCR broke or joined is no other word.
            && !came.iter().any(|token| token.text.len() == 1)
    }

    // Whether two words of the paper follow each other so closely that nothing was read over between them.
    fn no_room(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.paper[a], &self.paper[b]);
        let (Some(layout), true) = (self.layouts.get(a.page), a.page == b.page) else { return false };
        let bounds = |token: &Token| layout.words_in(&token.range).first().map(|word| word.bounds);
        let (Some(left), Some(right)) = (bounds(a), bounds(b)) else { return false };
        let height = (left[3] - left[1]).max(right[3] - right[1]).max(5.0);
        if a.row == b.row {
            right[0] - left[2] < 1.3 * height
        } else {
            b.row == a.row + 1 && right[1] - left[3] < 1.6 * height
        }
    }

    // Rows of their own that came between: a stamp, a head, a table. They count only where they bind or negate, within one page.
    fn foreign_block(&self, came: &Range<usize>, before: usize, after: usize, kind: TemplateChange) -> bool {
        let (a, b) = (&self.paper[before], &self.paper[after]);
        let Some(block) = self.paper.get(came.clone()) else { return true };
        let own_rows = block.iter().all(|token| {
            (token.page, token.row) != (a.page, a.row) && (token.page, token.row) != (b.page, b.row)
        });
        let binds = matches!(kind, TemplateChange::Negation | TemplateChange::Condition);
        own_rows && (a.page != b.page || !binds || a.sentence != b.sentence && self.model_ends(before))
    }

    // Whether a sentence of the model ends with the word that a word of the paper is aligned with.
    fn model_ends(&self, paper: usize) -> bool {
        let Some((at, _)) = self.pairs.iter().rev().find(|pair| pair.1 == paper) else { return false };
        self.model.get(at + 1).is_none_or(|next| next.sentence != self.model[*at].sentence)
    }

    fn difference(
        &self,
        gone: &[&Token],
        came: &Range<usize>,
        before: (usize, usize),
        after: (usize, usize),
        change: TemplateChange,
    ) -> TemplateDifference {
        let sentence = |at: usize| {
            let of = self.model[at].sentence;
            let start =
                self.model[..at].iter().rposition(|token| token.sentence != of).map_or(0, |at| at + 1);
            let end = self.model[at..]
                .iter()
                .position(|token| token.sentence != of)
                .map_or(self.model.len(), |end| at + end);
            start..end
        };
        // The sentence the difference stands in: that of the words that are gone, or that of the word before.
        let at = if gone.is_empty() { before.0 } else { before.0 + 1 };
        let range = sentence(at);
        let first = self
            .pairs
            .iter()
            .find(|pair| pair.0 >= range.start)
            .map_or(before.1, |pair| pair.1.min(before.1));
        // The word before belongs to the sentence before.
        let first = if before.0 < range.start { before.1 + 1 } else { first };
        let last = self
            .pairs
            .iter()
            .rev()
            .find(|pair| pair.0 < range.end)
            .map_or(after.1, |pair| pair.1.max(came.end.saturating_sub(1)));
        let last = if last < came.start { after.1 } else { last };
        let places: Vec<usize> =
            if came.is_empty() { vec![before.1, after.1] } else { came.clone().collect() };
        let came_words: Vec<&Token> = self.paper[came.clone()].iter().collect();
        TemplateDifference {
            model: self.model_quote(range),
            stated: self.paper_quote(first..=last, before.1),
            words: (self.model_words(gone), self.paper_words(&came_words)),
            change,
            page: self.page(places[0]),
            quads: self.quads(&places),
        }
    }

    fn page(&self, at: usize) -> u32 {
        self.layouts.get(self.paper[at].page).map_or(0, |layout| layout.number)
    }

    // The boxes of words, one for each row, on the page of the first.
    fn quads(&self, places: &[usize]) -> Vec<Quad> {
        let Some(first) = places.first().map(|at| &self.paper[*at]) else { return Vec::new() };
        let Some(layout) = self.layouts.get(first.page).filter(|layout| !layout.reading_view) else {
            return Vec::new();
        };
        let tokens: Vec<&Token> =
            places.iter().map(|at| &self.paper[*at]).filter(|token| token.page == first.page).collect();
        let rows = tokens.chunk_by(|a, b| a.row == b.row && a.range.end + 40 > b.range.start);
        rows.flat_map(|row| match row {
            [] => Vec::new(),
            [first, ..] => {
                layout.quads(&(first.range.start..row.last().map_or(first.range.end, |last| last.range.end)))
            }
        })
        .collect()
    }

    fn model_words(&self, tokens: &[&Token]) -> String {
        let words: Vec<&str> = tokens.iter().map(|token| self.model_text.raw(token.range.clone())).collect();
        cut_at(&words.join(" "), 0)
    }

    fn paper_words(&self, tokens: &[&Token]) -> String {
        let words: Vec<&str> = tokens
            .iter()
            .filter_map(|token| Some(self.layouts.get(token.page)?.text.raw(token.range.clone())))
            .collect();
        cut_at(&words.join(" "), 0)
    }

    fn model_quote(&self, range: Range<usize>) -> String {
        let (Some(first), Some(last)) =
            (self.model.get(range.start), self.model.get(range.end.saturating_sub(1)))
        else {
            return String::new();
        };
        let raw = self.model_text.raw(first.range.start..last.range.end);
        cut_at(&raw.split_whitespace().collect::<Vec<_>>().join(" "), 0)
    }

    // The words of the paper from one to another, with their marks; `around` stays within the quote.
    fn paper_quote(&self, range: std::ops::RangeInclusive<usize>, around: usize) -> String {
        let Some(tokens) = self.paper.get(range.clone()) else { return String::new() };
        let mut text = String::new();
        let mut middle = 0;
        for (at, row) in
            tokens.chunk_by(|a, b| (a.page, a.row) == (b.page, b.row)).scan(*range.start(), |at, row| {
                let start = *at;
                *at += row.len();
                Some((start, row))
            })
        {
            let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
            let Some(layout) = self.layouts.get(first.page) else { continue };
            if !text.is_empty() {
                text.push(' ');
            }
            if at <= around {
                middle = text.chars().count();
            }
            text.push_str(layout.text.raw(first.range.start..last.range.end).trim());
        }
        cut_at(&text, middle)
    }
}

// Shortens a quote to what stands around a place.
fn cut_at(text: &str, middle: usize) -> String {
    let length = text.chars().count();
    if length <= QUOTE {
        return text.to_owned();
    }
    let start = middle.saturating_sub(QUOTE / 2).min(length - QUOTE);
    let part: String = text.chars().skip(start).take(QUOTE).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if start + QUOTE < length { "…" } else { "" };
    format!("{before}{part}{after}")
}
