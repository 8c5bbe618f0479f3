//! What each part of the page types is worth: a head fitted and calibrated for each combination of parts, on the templates held out.
//!
//! The combinations are fitted as the shipped heads are: grams, phrases and layout together, the encoder by itself, and the weight of the one
//! beside the other chosen on unseen templates. What a combination does without was never there to lean on. Its heads stay in the target
//! folder, where the evaluation finds them; `models/` gets a table.

use crate::card;
use crate::dataset::{self, Sample};
use crate::evaluation::pages::{Counts, mean};
use crate::fit::Fitted;
use crate::measure::{Scored, share};
use crate::store::{self, Parts};
use crate::train::{self, Encoded};
use crate::{TrainingError, file_error, repository, say};
use cotejo_recognition::page_type::{Decision, Heads, decide};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What the card's section begins with.
const TITLE: &str = "## What each part is worth";

/// Names one combination of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Combination {
    /// In the tables.
    pub(crate) name: &'static str,
    /// Of its files in the target folder.
    file: &'static str,
    grams: bool,
    /// Phrases and layout, with the grams.
    dense: bool,
    pub(crate) encoder: bool,
}

/// Every combination, in the order of the tables.
pub(crate) const COMBINATIONS: [Combination; 5] = [
    Combination { name: "n-grams", file: "n-grams", grams: true, dense: false, encoder: false },
    Combination { name: "e5", file: "e5", grams: false, dense: false, encoder: true },
    Combination { name: "n-grams and e5", file: "n-grams-e5", grams: true, dense: false, encoder: true },
    Combination {
        name: "n-grams, phrases and layout",
        file: "n-grams-dense",
        grams: true,
        dense: true,
        encoder: false,
    },
    Combination {
        name: "n-grams, phrases, layout and e5",
        file: "all",
        grams: true,
        dense: true,
        encoder: true,
    },
];

/// Holds what one combination answers on pages of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cell {
    /// Of the likeliest class, thresholds left out: mean over the types.
    pub(crate) macro_f1: f64,
    /// Share of pages of a type that got the right answer above the threshold.
    pub(crate) coverage: f64,
    /// Share of the answers above the threshold that are right, those on `OTRO` pages counted as wrong.
    pub(crate) precision: f64,
    pub(crate) pages: usize,
}

/// Holds one line of the table.
pub(crate) struct Line {
    combination: Combination,
    decision: Decision,
    /// By what the grams' scores are multiplied, where there is an encoder beside them.
    scale: Option<f32>,
    /// Text layer, OCR noise.
    cells: [Cell; 2],
}

/// Gathers the answers on pages of one kind.
#[derive(Default)]
pub(crate) struct Tally<'a> {
    types: BTreeMap<&'a str, Counts>,
    known: usize,
    answers: usize,
    right: usize,
    pages: usize,
}

impl<'a> Tally<'a> {
    /// Counts a page: its type, the likeliest class and the answer above the threshold.
    pub(crate) fn add(&mut self, truth: &'a str, likeliest: &'a str, answer: &str) {
        self.pages += 1;
        self.known += usize::from(truth != "OTRO");
        if answer != "OTRO" {
            self.answers += 1;
            self.right += usize::from(answer == truth);
        }
        if likeliest == truth {
            self.types.entry(truth).or_default().hit += 1;
        } else {
            self.types.entry(truth).or_default().missed += 1;
            self.types.entry(likeliest).or_default().extra += 1;
        }
    }

    /// Returns the figures.
    pub(crate) fn cell(&self) -> Cell {
        let occurring = self.types.values().filter(|counts| counts.hit + counts.missed > 0);
        let f1: Vec<f64> = occurring.map(|counts| counts.f1()).collect();
        Cell {
            macro_f1: mean(&f1),
            coverage: share(self.right, self.known),
            precision: share(self.right, self.answers),
            pages: self.pages,
        }
    }
}

/// Returns the likeliest class.
pub(crate) fn likeliest<'a>(classes: &'a [String], scores: &[f32]) -> &'a str {
    let best = (0..scores.len()).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0);
    classes.get(best).map_or("OTRO", String::as_str)
}

/// Makes the pages, fits every combination without the held-out templates, and puts the table into the card of `models`.
pub(crate) fn run(models: &Path, seed: u64) -> Result<(), TrainingError> {
    let start = Instant::now();
    let samples = train::samples(seed);
    let classes = dataset::classes(&samples);
    let known: Vec<&Sample> = samples.iter().filter(|sample| !sample.held_out).collect();
    let encoded = Encoded::of(&samples, train::ENCODER_TOKENS)?;
    say(&format!(
        "{} pages, {} through the encoder ({:.0?})",
        samples.len(),
        encoded.samples.len(),
        start.elapsed()
    ));
    let parts = train::fit_parts(&known, &encoded, &encoded.known(), &classes, seed)?;
    say(&format!("fitted ({:.0?})", start.elapsed()));
    let lines = measure(&parts, &known, &encoded, &classes, seed)?;
    say(&format!("every combination fitted ({:.0?})", start.elapsed()));
    let table = table(&lines);
    say(&table);
    let path = models.join("CARD.md");
    let known = std::fs::read_to_string(&path).map_err(file_error(&path))?;
    std::fs::write(&path, into(&known, &table)).map_err(file_error(&path))?;
    say(&format!("models/CARD.md: the section is written, nothing else ({:.0?})", start.elapsed()));
    Ok(())
}

/// Measures every combination on the encoded pages of held-out templates; `parts` were fitted on the known ones with everything.
pub(crate) fn measure(
    parts: &Parts,
    known: &[&Sample],
    encoded: &Encoded<'_>,
    classes: &[String],
    seed: u64,
) -> Result<Vec<Line>, TrainingError> {
    let bare = Parts { base: train::fit_base(known, classes, false, seed)?.1, ..parts.clone() };
    let folder = folder();
    std::fs::create_dir_all(&folder).map_err(file_error(&folder))?;
    let mut lines = Vec::new();
    for combination in COMBINATIONS {
        let chosen = match combination {
            Combination { grams: false, .. } => without_base(parts),
            Combination { dense: false, .. } => bare.clone(),
            _ => parts.clone(),
        };
        lines.push(line(combination, chosen, encoded, classes, &folder)?);
    }
    Ok(lines)
}

/// Calibrates and measures one combination and keeps its heads.
fn line(
    combination: Combination,
    mut parts: Parts,
    encoded: &Encoded<'_>,
    classes: &[String],
    folder: &Path,
) -> Result<Line, TrainingError> {
    let unseen = encoded.unseen();
    let mut manifest = train::uncalibrated(classes);
    parts.encoder_scale = 1.0;
    let mut scale = None;
    if combination.encoder && combination.grams {
        parts.encoder_scale = train::best_scale(&parts, &manifest, encoded, &unseen)?;
        scale = Some(parts.encoder_scale);
    }
    let heads = train::heads(&parts, &manifest)?;
    let scored: Vec<Scored<'_>> = unseen
        .iter()
        .map(|index| {
            let sample = encoded.samples[*index];
            let scores = if combination.encoder {
                heads.scores_with(&sample.features, &encoded.vectors[*index])
            } else {
                heads.scores(&sample.features)
            };
            Scored { sample, scores }
        })
        .collect();
    let decision = train::calibrate(&heads, &scored);
    let mut tallies = [Tally::default(), Tally::default()];
    for page in &scored {
        let answer = decide(&heads, &decision, &page.sample.features, &page.scores);
        tallies[usize::from(page.sample.noise > 0.0)].add(
            &page.sample.kind,
            likeliest(classes, &page.scores),
            &answer.kind.0,
        );
    }
    manifest.ngrams = decision;
    manifest.encoder = decision;
    let (weights, text) = store::bytes(&parts, manifest)?;
    for (ending, bytes) in [("safetensors", weights.as_slice()), ("json", text.as_bytes())] {
        let path = folder.join(format!("{}.{ending}", combination.file));
        std::fs::write(&path, bytes).map_err(file_error(&path))?;
    }
    Ok(Line { combination, decision, scale, cells: tallies.map(|tally| tally.cell()) })
}

/// Leaves the encoder alone.
pub(crate) fn without_base(parts: &Parts) -> Parts {
    let zeros = |numbers: &[f32]| vec![0.0; numbers.len()];
    let base = Fitted { weight: zeros(&parts.base.weight), bias: zeros(&parts.base.bias) };
    Parts { base, ..parts.clone() }
}

/// Returns the heads of a combination as they were fitted last, with the decision in their manifest.
pub(crate) fn fitted(combination: Combination) -> Option<Heads> {
    let read = |ending: &str| std::fs::read(folder().join(format!("{}.{ending}", combination.file))).ok();
    let text = String::from_utf8(read("json")?).ok()?;
    Heads::parse(&read("safetensors")?, &text).ok()
}

fn folder() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
    target.join("training/ablation")
}

/// Returns the section of the card.
pub(crate) fn table(lines: &[Line]) -> String {
    let mut text = format!(
        "{TITLE}\n\n\
         A head fitted for each combination of parts on the templates that are not held out, with the same schedule, and calibrated alike, on\n\
         the same pages of the held-out templates that are measured here (`cotejo-training ablacion`). Macro-F1 is of the likeliest class,\n\
         thresholds left out; coverage are the pages of a type that are answered rightly above the combination's own threshold, precision the\n\
         answers that are right. A form is only named where a phrase of it stands on the page, whatever the parts.\n\n\
         | parts | text layer: macro-F1, coverage, precision | OCR noise: macro-F1, coverage, precision | thresholds | grams' weight |\n\
         |---|---|---|---|---|\n"
    );
    for line in lines {
        let cell = |cell: Cell| {
            format!("{:.3}, {:.3}, {:.3} of {}", cell.macro_f1, cell.coverage, cell.precision, cell.pages)
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.2} / {:.2} | {} |",
            line.combination.name,
            cell(line.cells[0]),
            cell(line.cells[1]),
            line.decision.threshold,
            line.decision.threshold_alone,
            line.scale.map_or_else(|| "–".into(), |scale| scale.to_string())
        );
    }
    text.push('\n');
    text
}

/// Puts the section into a card, in its old place or at the end of the page types' part.
fn into(known: &str, table: &str) -> String {
    let (own, rest) = match known.find(crate::spans::CARD_TITLE) {
        Some(place) => known.split_at(place),
        None => (known, ""),
    };
    let (before, after) = match own.find(TITLE) {
        Some(place) => {
            let (before, section) = own.split_at(place);
            let next = section[TITLE.len()..].find("\n## ").map(|end| TITLE.len() + end + 1);
            (before, next.map_or("", |end| &section[end..]))
        }
        None => own.find(card::FIRST_SECTION).map_or((own, ""), |place| own.split_at(place)),
    };
    format!("{before}{table}{after}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_is_replaced_and_nothing_else_is_lost() {
        let first =
            format!("# Card\n\n{}\n\nfigures\n\n{}\n\nmore\n", card::FIRST_SECTION, crate::spans::CARD_TITLE);
        let once = into(&first, &format!("{TITLE}\n\nold\n\n"));
        let twice = into(&once, &format!("{TITLE}\n\nnew\n\n"));
        assert!(once.contains("old") && !twice.contains("old") && twice.contains("new"), "{twice}");
        assert_eq!(twice.replace(&format!("{TITLE}\n\nnew\n\n"), ""), first);
        assert!(twice.find(TITLE) < twice.find(card::FIRST_SECTION), "{twice}");
    }

    #[test]
    fn an_answer_on_a_page_of_no_type_costs_precision_and_abstaining_costs_coverage() {
        let mut tally = Tally::default();
        tally.add("CV", "CV", "CV");
        tally.add("RUP", "RUP", "OTRO");
        tally.add("OTRO", "CV", "CV");
        let cell = tally.cell();
        assert!((cell.coverage - 0.5).abs() < 1e-9 && (cell.precision - 0.5).abs() < 1e-9, "{cell:?}");
        assert!(cell.macro_f1 < 1.0 && cell.pages == 3, "{cell:?}");
    }
}
