//! What the page typer looks at: grams of the head and of the whole page, phrases that speak for a type, and the layout.

use crate::ngrams;
use cotejo_domain::{DocumentTypeEntry, PageReading, Word, document_types};
use std::sync::LazyLock;

/// Numbers that describe the layout.
pub const LAYOUT: usize = 12;
/// Lines at the top of a page that count as its head.
const HEAD_LINES: usize = 10;
/// A shorter phrase is only looked for letter by letter.
const TOLERANT_FROM: usize = 12;
/// Share of a phrase's trigrams that must be there when it is not found letter by letter.
const TOLERANCE: f32 = 0.75;

/// Holds the features of one page.
#[derive(Clone, Debug)]
pub struct PageFeatures {
    /// Frequencies of the grams of the page's head.
    pub head: Vec<(u32, f32)>,
    /// Frequencies of the grams of the whole page.
    pub body: Vec<(u32, f32)>,
    /// For each type of the catalogue: how well a phrase of it stands in the head, and what share of its phrases stands on the page.
    pub cues: Vec<f32>,
    /// The layout.
    pub layout: [f32; LAYOUT],
    /// The text for the encoder: the head of the page first.
    pub text: String,
}

impl PageFeatures {
    /// Reads the features of a page.
    #[must_use]
    pub fn of(page: &PageReading) -> Self {
        let lines: Vec<&[Word]> = page.lines().collect();
        let folded: Vec<String> = lines.iter().map(|line| ngrams::fold(&joined(line))).collect();
        let large = 1.2 * median_size(page);
        let is_head = |index: usize| {
            index < HEAD_LINES || (large > 0.0 && lines[index].iter().all(|word| word.size >= large))
        };
        let head: String = folded
            .iter()
            .enumerate()
            .filter(|(index, _)| is_head(*index))
            .map(|(_, line)| line.as_str())
            .collect();
        let body: String = folded.concat();
        let (head, body) = (collapse(&head), collapse(&body));
        Self {
            cues: cues(&head, &body, &folded),
            head: ngrams::frequencies(&head),
            body: ngrams::frequencies(&body),
            layout: layout(page, &lines, large),
            text: page.text(),
        }
    }

    /// Tells whether the page bears the type out by itself: a phrase of it in the head, or most of them on the page.
    #[must_use]
    pub fn corroborates(&self, catalogue_index: usize) -> bool {
        let head = self.cues.get(2 * catalogue_index).copied().unwrap_or(0.0);
        let body = self.cues.get(2 * catalogue_index + 1).copied().unwrap_or(0.0);
        head > 0.0 || body >= 0.8
    }
}

/// Returns how many cue features there are: two for each type of the catalogue.
#[must_use]
pub fn cue_count() -> usize {
    2 * document_types().len()
}

struct Phrase {
    /// Parts that must all be there; an ellipsis divides them.
    parts: Vec<(String, Vec<u64>)>,
}

impl Phrase {
    fn new(text: &str) -> Option<Self> {
        let parts: Vec<_> = text
            .split(['…', '('])
            .flat_map(|part| part.split("..."))
            .map(ngrams::fold)
            .filter(|part| part.trim().len() >= 3)
            .map(|part| {
                let trigrams = ngrams::trigrams(&part);
                (part, trigrams)
            })
            .collect();
        (!parts.is_empty()).then_some(Self { parts })
    }

    fn score(&self, text: &str, all: &[u64], windows: &[Vec<u64>]) -> f32 {
        self.parts
            .iter()
            .map(|(part, trigrams)| {
                if text.contains(part.as_str()) {
                    return 1.0;
                }
                if part.len() < TOLERANT_FROM || ngrams::containment(trigrams, all) < TOLERANCE {
                    return 0.0;
                }
                let best =
                    windows.iter().map(|window| ngrams::containment(trigrams, window)).fold(0.0, f32::max);
                if best < TOLERANCE { 0.0 } else { best }
            })
            .fold(1.0, f32::min)
    }

    fn length(&self) -> usize {
        self.parts.iter().map(|(part, _)| part.trim().len()).sum()
    }
}

struct Phrases {
    titles: Vec<Phrase>,
    cues: Vec<Phrase>,
}

static PHRASES: LazyLock<Vec<Phrases>> = LazyLock::new(|| document_types().iter().map(phrases).collect());

fn phrases(entry: &DocumentTypeEntry) -> Phrases {
    let split = |texts: &[String]| -> Vec<Phrase> {
        texts.iter().flat_map(|text| text.split('|')).filter_map(Phrase::new).collect()
    };
    let mut titles = split(&entry.aliases);
    titles.extend(split(&entry.cues));
    titles.extend(Phrase::new(&entry.name));
    // A heading says what it is; a word that stands on every second page does not.
    titles.retain(|phrase| phrase.length() >= 9);
    Phrases { titles, cues: split(&entry.cues) }
}

fn cues(head: &str, body: &str, lines: &[String]) -> Vec<f32> {
    let windows: Vec<Vec<u64>> = (0..lines.len())
        .map(|index| {
            let pair = lines[index..lines.len().min(index + 2)].concat();
            ngrams::trigrams(&collapse(&pair))
        })
        .collect();
    let head_windows = &windows[..windows.len().min(HEAD_LINES)];
    let (head_all, body_all) = (ngrams::trigrams(head), ngrams::trigrams(body));
    let mut features = Vec::with_capacity(cue_count());
    for phrases in PHRASES.iter() {
        let title = phrases
            .titles
            .iter()
            .map(|phrase| phrase.score(head, &head_all, head_windows))
            .fold(0.0, f32::max);
        let found: f32 = phrases.cues.iter().map(|phrase| phrase.score(body, &body_all, &windows)).sum();
        #[expect(clippy::cast_precision_loss, reason = "a type has a dozen phrases")]
        let share = found / (phrases.cues.len().clamp(2, 5)) as f32;
        features.push(title);
        features.push(share.min(1.0));
    }
    features
}

fn joined(line: &[Word]) -> String {
    line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for c in text.chars() {
        if c != ' ' || !collapsed.ends_with(' ') {
            collapsed.push(c);
        }
    }
    collapsed
}

fn median_size(page: &PageReading) -> f32 {
    let mut sizes: Vec<f32> = page.words.iter().map(|word| word.size).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and lines on a page")]
fn layout(page: &PageReading, lines: &[&[Word]], large: f32) -> [f32; LAYOUT] {
    let words = page.words.len().max(1) as f32;
    let share =
        |wanted: &dyn Fn(&Word) -> bool| page.words.iter().filter(|word| wanted(word)).count() as f32 / words;
    let digits = |word: &Word| word.text.chars().filter(char::is_ascii_digit).count();
    let line_count = lines.len().max(1) as f32;
    let line_share = |wanted: &dyn Fn(&[Word]) -> bool| {
        lines.iter().filter(|line| wanted(line)).count() as f32 / line_count
    };
    let gaps = |line: &[Word]| {
        line.windows(2).filter(|pair| pair[1].quad.bounds()[0] - pair[0].quad.bounds()[2] > 12.0).count()
    };
    [
        (words.ln() / 7.0).min(1.2),
        (line_count.ln() / 5.0).min(1.2),
        (words / line_count / 15.0).min(1.5),
        share(&|word| digits(word) * 2 > word.text.chars().count()),
        share(&|word| word.text.len() > 2 && word.text.chars().all(|c| !c.is_lowercase())),
        share(&|word| word.text.ends_with(':')),
        line_share(&|line| gaps(line) >= 2),
        line_share(&|line| gaps(line) == 1),
        line_share(&|line| line.len() <= 3),
        line_share(&|line| large > 0.0 && line.iter().all(|word| word.size >= large)),
        f32::from(u8::from(page.width > page.height)),
        line_share(&|line| line.iter().filter(|word| digits(word) > 0).count() >= 3),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Confidence, PageStatus, Quad};

    fn page(text: &str) -> PageReading {
        let words = text
            .lines()
            .zip(0_u32..)
            .flat_map(|(line, number)| {
                line.split_whitespace().map(move |word| Word {
                    text: word.into(),
                    quad: Quad::upright(0.0, 0.0, 1.0, 1.0),
                    line: number,
                    size: 10.0,
                    confidence: Confidence::CERTAIN,
                })
            })
            .collect();
        PageReading {
            number: 1,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words,
            reading_view: false,
        }
    }

    fn index(id: &str) -> usize {
        document_types().iter().position(|entry| entry.id == id).unwrap()
    }

    #[test]
    fn a_garbled_heading_still_speaks_for_its_type() {
        let features = PageFeatures::of(&page(
            "ANÁL1SIS DE PRECIOS UNlTARIOS\nRubro: excavación\nUnidad: m3\nSUBTOTAL M 1,20",
        ));
        assert!(features.corroborates(index("FUO_1_6_APU")), "two letters misread by OCR");
        assert!(!features.corroborates(index("POLIZA")), "nothing speaks for a policy");
    }

    #[test]
    fn a_phrase_broken_over_two_lines_is_found() {
        let features = PageFeatures::of(&page("1.8 CRONOGRAMA VALORADO\nDE TRABAJOS\nPlazo 90 días"));
        assert!(features.corroborates(index("FUO_1_8_CRON")));
    }

    #[test]
    fn an_empty_page_has_features_too() {
        let features = PageFeatures::of(&page(""));
        assert_eq!(features.cues.len(), cue_count());
        assert!(features.layout.iter().all(|value| value.is_finite()));
    }
}
