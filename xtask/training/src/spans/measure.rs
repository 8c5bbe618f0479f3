//! Measures the tagger on templates it never saw, and calibrates what it proposes.

use super::pages::{Name, Paper, UNKNOWN};
use super::vocabulary;
use crate::TrainingError;
use crate::evaluation::same;
use candle_core::{DType, Tensor};
use cotejo_domain::{ArrangedDocument, Confidence, DocumentType, FileHash, PagePart};
use cotejo_recognition::spans::{self, Class, Span, SpanHead, SpanManifest, Stretch, fields};
use cotejo_recognition::{Beside, Input, Recogniser};
use std::collections::BTreeMap;

/// The strictest threshold that is tried.
const MOST: f64 = 0.99;

/// Counts spans.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) printed: usize,
}

impl Tally {
    pub(crate) fn figures(self) -> [f64; 3] {
        let share = |of: usize| crate::measure::share(self.right, of);
        let (precision, recall) = (share(self.found), share(self.printed));
        let sum = precision + recall;
        [precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }]
    }
}

/// Holds the spans of a paper, page by page.
pub(crate) struct Tagged {
    pub(crate) paper: usize,
    pub(crate) pages: Vec<Vec<Span>>,
}

/// Holds one proposal with what is true.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) kind: &'static str,
    pub(crate) field: &'static str,
    pub(crate) habit: &'static str,
    pub(crate) noisy: bool,
    /// Whether grammars, labels and phrases read the field already, so that nobody asks the tagger.
    pub(crate) read_before: bool,
    pub(crate) score: f64,
    /// `None` where nothing was proposed.
    pub(crate) right: Option<bool>,
    /// Whether the paper prints the field at all.
    pub(crate) printed: bool,
    pub(crate) detail: String,
}

/// Tags the pages of the chosen papers.
pub(crate) fn tag(
    head: &SpanHead,
    papers: &[Paper],
    vectors: &[Vec<Tensor>],
    chosen: &[usize],
) -> Result<Vec<Tagged>, TrainingError> {
    let mut tagged = Vec::new();
    for paper in chosen {
        let pages = papers[*paper].words.iter().zip(&vectors[*paper]);
        let pages = pages.map(|(words, vectors)| spans::spans(head, words, &rows(vectors)?));
        tagged.push(Tagged { paper: *paper, pages: pages.collect::<candle_core::Result<_>>()? });
    }
    Ok(tagged)
}

fn rows(vectors: &Tensor) -> candle_core::Result<Vec<Vec<f32>>> {
    vectors.to_dtype(DType::F32)?.to_vec2()
}

/// Chooses what divides the scores of tags and roles: by the loss on words of unseen templates.
pub(crate) fn temperatures(
    head: &SpanHead,
    papers: &[Paper],
    vectors: &[Vec<Tensor>],
    chosen: &[usize],
) -> Result<[f32; 2], TrainingError> {
    let (mut tags, mut roles): (Vec<Scored>, Vec<Scored>) = (Vec::new(), Vec::new());
    for index in chosen {
        let paper = &papers[*index];
        for ((words, labels), vectors) in paper.words.iter().zip(&paper.labels).zip(&vectors[*index]) {
            let scores = head.scores(words, &rows(vectors)?)?;
            for ((label, tag), role) in labels.iter().zip(scores.tags).zip(scores.roles) {
                tags.push((tag, label.tag));
                if label.role != UNKNOWN {
                    roles.push((role, label.role));
                }
            }
        }
    }
    Ok([best_temperature(&tags), best_temperature(&roles)])
}

/// Scores of a word, and the class that it is.
type Scored = (Vec<f32>, i8);

fn best_temperature(scored: &[Scored]) -> f32 {
    let loss = |temperature: f32| -> f64 {
        let of = |(scores, target): &Scored| {
            let probabilities = cotejo_recognition::page_type::probabilities(scores, temperature);
            let probability = probabilities.get(usize::from(target.unsigned_abs())).copied().unwrap_or(0.0);
            -f64::from(probability.max(1e-9)).ln()
        };
        scored.iter().map(of).sum()
    };
    let candidates = [0.7_f32, 0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.4, 2.8, 3.4];
    candidates.into_iter().min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(1.0)
}

/// Counts spans whose class and limits are exact, by class and noise.
pub(crate) fn spans(papers: &[Paper], tagged: &[Tagged]) -> BTreeMap<(&'static str, bool), Tally> {
    let mut tallies: BTreeMap<(&'static str, bool), Tally> = BTreeMap::new();
    for tagged in tagged {
        let paper = &papers[tagged.paper];
        for (page, found) in tagged.pages.iter().enumerate() {
            let printed = printed(paper, page);
            for (class, range, _) in &printed {
                let tally = tallies.entry((class.name(), paper.noisy)).or_default();
                tally.printed += 1;
                tally.right +=
                    usize::from(found.iter().any(|span| span.class == *class && span.words == *range));
            }
            for span in found {
                tallies.entry((span.class.name(), paper.noisy)).or_default().found += 1;
            }
        }
    }
    tallies
}

/// Returns the names that a page prints: class, words, number.
fn printed(paper: &Paper, page: usize) -> Vec<(Class, std::ops::Range<usize>, usize)> {
    let mut printed: Vec<(Class, std::ops::Range<usize>, usize)> = Vec::new();
    let mut last = None;
    for (word, label) in paper.labels[page].iter().enumerate() {
        match (label.name, printed.last_mut()) {
            (Some(number), Some(open)) if last == Some(number) => open.1.end = word + 1,
            (Some(number), _) => {
                let name = &paper.names[usize::from(number)];
                printed.push((name.class, word..word + 1, usize::from(number)));
            }
            _ => {}
        }
        last = label.name;
    }
    printed
}

/// Asks for every field of every paper of a template that was written for the tagger, and compares.
pub(crate) fn proposals(manifest: &SpanManifest, papers: &[Paper], tagged: &[Tagged]) -> Vec<Answer> {
    let recogniser = Recogniser::new(None);
    let mut answers = Vec::new();
    for tagged in tagged {
        let paper = &papers[tagged.paper];
        if !paper.names.iter().any(|name| name.field.is_some()) {
            continue;
        }
        let read = read_before(&recogniser, paper);
        let stretches: Vec<Stretch<'_>> = paper
            .layouts
            .iter()
            .zip(&paper.words)
            .zip(&tagged.pages)
            .enumerate()
            .map(|(page, ((layout, words), spans))| Stretch {
                layout,
                page,
                words: words.clone(),
                spans: spans.clone(),
            })
            .collect();
        let known: Vec<(&str, String)> =
            read.iter().map(|(field, value)| (field.as_str(), value.clone())).collect();
        let proposed = spans::propose(manifest, paper.kind, &|_| true, &[], &stretches);
        let missing = |field: &str| !read.iter().any(|(known, _)| known == field);
        let asked = spans::propose(manifest, paper.kind, &missing, &known, &stretches);
        for field in fields::of_type(paper.kind) {
            let names: Vec<&Name> =
                paper.names.iter().filter(|name| name.field.as_deref() == Some(field.field)).collect();
            let read_before = !missing(field.field);
            let source = if read_before { &proposed } else { &asked };
            let proposal = source.iter().find(|proposal| proposal.field.field == field.field);
            let right = proposal.map(|proposal| {
                names.iter().any(|name| {
                    let value = proposal.value.canonical();
                    same::squeezed(bare(&name.text)) == same::squeezed(bare(&value))
                        || paper.noisy && covers(paper, proposal, name)
                })
            });
            answers.push(Answer {
                kind: paper.kind,
                field: field.field,
                habit: paper.habit,
                noisy: paper.noisy,
                read_before,
                score: proposal.map_or(0.0, |proposal| proposal.score),
                right,
                printed: !names.is_empty(),
                detail: format!(
                    "«{}», printed «{}»",
                    proposal.map_or("nothing", |proposal| proposal.raw.as_str()),
                    names.first().map_or("nothing", |name| name.text.as_str())
                ),
            });
        }
    }
    answers
}

/// Leaves out what stands before a name: readers take it off persons, and leave it where it is part of a text.
fn bare(name: &str) -> &str {
    match name.split_once(' ') {
        Some((first, rest)) if vocabulary::is_honour(first) => rest,
        _ => name,
    }
}

/// Tells whether a proposal on a noisy page stands exactly where the name is printed; a title before a person may be left out.
fn covers(paper: &Paper, proposal: &spans::Proposal, name: &Name) -> bool {
    let layout = &paper.layouts[proposal.page];
    let touched = layout.words_in(&proposal.place);
    let (Some(first), Some(last)) = (touched.first(), touched.last()) else { return false };
    printed(paper, proposal.page).iter().any(|(class, range, number)| {
        let words = &paper.words[proposal.page];
        let of = |word: usize| words.get(word).and_then(|word| layout.words.get(word.position));
        let (Some(start), Some(end)) = (of(range.start), of(range.end - 1)) else { return false };
        let title = *class == Class::Persona && of(range.start + 1) == Some(first);
        paper.names[*number].text == name.text && (start == first || title) && end == last
    })
}

/// Returns what the paper's grammars, labels and phrases read of the fields that the tagger could propose.
fn read_before(recogniser: &Recogniser, paper: &Paper) -> Vec<(String, String)> {
    let file = FileHash::of(paper.habit.as_bytes());
    let input =
        Input { file, file_name: paper.habit, pages: &paper.pages, process_code: None, beside: Beside::NONE };
    let given = ArrangedDocument {
        kind: DocumentType(paper.kind.into()),
        typed: true,
        confidence: Confidence::CERTAIN,
        parts: paper.pages.iter().map(|page| PagePart::whole(page.number)).collect(),
    };
    let recognised = recogniser.recognise_given(&input, &[given]);
    recognised
        .facts
        .into_iter()
        .filter(|fact| fields::of_type(paper.kind).any(|field| field.field == fact.field))
        .map(|fact| (fact.field.to_string(), fact.value.canonical()))
        .collect()
}

/// Fits how scores become confidences, and sets the threshold: on fields that nothing else read.
pub(crate) fn calibrate(manifest: &mut SpanManifest, answers: &[Answer], precision: f64, least: f64) {
    let asked: Vec<(f64, bool)> = answers
        .iter()
        .filter(|answer| !answer.read_before)
        .filter_map(|answer| Some((answer.score, answer.right?)))
        .collect();
    let logit = |score: f64| {
        let score = score.clamp(1e-6, 1.0 - 1e-6);
        (score / (1.0 - score)).ln()
    };
    let [mut slope, mut shift] = [1.0_f64, 0.0_f64];
    #[expect(clippy::cast_precision_loss, reason = "some thousand answers")]
    let count = asked.len().max(1) as f64;
    for _ in 0..20_000 {
        let (mut by_slope, mut by_shift) = (0.0, 0.0);
        for (score, right) in &asked {
            let x = logit(*score);
            let error = 1.0 / (1.0 + (-(slope * x + shift)).exp()) - f64::from(u8::from(*right));
            by_slope += error * x;
            by_shift += error;
        }
        slope -= 0.05 * by_slope / count;
        shift -= 0.05 * by_shift / count;
    }
    let rounded = |value: f64| (value * 1e4).round() / 1e4;
    manifest.calibration = [rounded(slope), rounded(shift)];
    let mut steps = (0..).map(|step| least + 0.01 * f64::from(step)).take_while(|step| *step < MOST);
    // On text and on OCR alike: what is read badly is to be no worse.
    let enough = |threshold: f64| {
        [false, true].into_iter().all(|noisy| {
            let sure: Vec<bool> = answers
                .iter()
                .filter(|answer| !answer.read_before && answer.noisy == noisy)
                .filter(|answer| manifest.probability(answer.score) >= threshold)
                .filter_map(|answer| answer.right)
                .collect();
            let right = sure.iter().filter(|right| **right).count();
            crate::measure::share(right, sure.len()) >= precision
        })
    };
    manifest.threshold = rounded(steps.find(|threshold| enough(*threshold)).unwrap_or(MOST));
}
