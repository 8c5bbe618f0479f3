//! Writes the model card.

use crate::measure::{self, Point, Scored, Tally, share};
use crate::{ablation, say};
use cotejo_recognition::page_type::{Decision, Heads, Manifest};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The first section of figures: the ablation stands before it.
pub(crate) const FIRST_SECTION: &str = "## With encoder (`+e5`)";

/// Holds what was measured of one head.
pub(crate) struct Section {
    decision: Decision,
    curve: Vec<Point>,
    tallies: BTreeMap<(String, bool), Tally>,
    confusions: Vec<(String, usize)>,
}

impl Section {
    pub(crate) fn new(heads: &Heads, decision: Decision, scored: &[Scored<'_>]) -> Self {
        Self {
            decision,
            curve: measure::curve(heads, decision, scored, None),
            tallies: measure::tallies(heads, decision, scored),
            confusions: measure::confusions(heads, decision, scored),
        }
    }

    fn sum(&self, noisy: bool, other: bool) -> Tally {
        let mut sum = Tally::default();
        for ((kind, is_noisy), tally) in &self.tallies {
            if *is_noisy == noisy && (kind == "OTRO") == other {
                sum.right += tally.right;
                sum.other += tally.other;
                sum.wrong += tally.wrong;
            }
        }
        sum
    }
}

/// Holds what was measured in one run.
pub(crate) struct Measured {
    pub(crate) ngrams: Section,
    pub(crate) encoder: Section,
    pub(crate) pages: usize,
    pub(crate) templates: usize,
    pub(crate) encoder_scale: f32,
    pub(crate) ablation: Vec<ablation::Line>,
}

impl Measured {
    /// Prints the short form.
    pub(crate) fn say(&self) {
        for (name, section) in [("n-grams", &self.ngrams), ("with encoder", &self.encoder)] {
            say(&format!("{name}: {:?}", section.decision));
            for (what, noisy, other) in [
                ("types, clean", false, false),
                ("types, noisy", true, false),
                ("OTRO, clean", false, true),
                ("OTRO, noisy", true, true),
            ] {
                say(&format!("  {what}: {}", summary(section.sum(noisy, other))));
            }
            for (pair, count) in
                section.confusions.iter().filter(|(pair, _)| !pair.ends_with("-> OTRO")).take(12)
            {
                say(&format!("    {count} {pair}"));
            }
            let abstained: Vec<String> = section
                .confusions
                .iter()
                .filter(|(pair, _)| pair.ends_with("-> OTRO"))
                .take(14)
                .map(|(pair, count)| format!("{} {count}", pair.trim_end_matches(" -> OTRO")))
                .collect();
            say(&format!("    abstained: {}", abstained.join(", ")));
        }
    }
}

fn summary(tally: Tally) -> String {
    format!(
        "right {:.1} %, OTRO {:.1} %, wrong {:.1} % of {}",
        100.0 * share(tally.right, tally.total()),
        100.0 * share(tally.other, tally.total()),
        100.0 * share(tally.wrong, tally.total()),
        tally.total()
    )
}

/// Returns the text of `models/CARD.md`.
pub(crate) fn write(measured: &Measured, manifest: &Manifest, bytes: usize) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "# Model card: page types, `{}`\n\n\
         Written by `cargo xtask train`; do not edit by hand. How it is built: `docs/models.md`.\n\n\
         ## What it does\n\n\
         Names the type of one page out of {} types, or answers `OTRO`. Two linear heads share one set of weights over hashed character\n\
         3- to 5-grams, phrases of the type catalogue and layout figures; the second adds multilingual-e5-small over the first {} tokens (TOKENS.md: what other lengths are worth).\n\
         Weights: {:.2} MB, SHA-256 `{}`.\n\n\
         ## What it was trained on\n\n\
         {} synthetic pages from {} templates that this project wrote (several authors' habits for each type), half of them with\n\
         synthetic OCR noise of 1 to 10 % of the letters. **No real document was used.** Figures below are for templates the head never\n\
         saw (every fourth template of a type is held out as a whole); the shipped head is then fitted on all templates.\n\n\
         ## Limits\n\n\
         - Synthetic pages only: no answer is ever shown surer than {:.2} (*probable* at most).\n\
         - The templates of one project are more alike than the papers of hundreds of bidders: expect less coverage on real bids.\n\
         - Pages that only continue a document (signatures, the rest of a table) often answer `OTRO`; headings and order decide there.\n\
         - A form is only named where a phrase of it stands on the page: its title in the head, or most of its phrases.\n\
         - Handwriting, photographs and drawings answer `OTRO`.\n\
         - `HOJA_EN_BLANCO` is a rule, not learnt.\n",
        manifest.model,
        manifest.classes.len() - 1,
        manifest.encoder_tokens,
        share(bytes, 1_000_000),
        manifest.weights_sha256,
        measured.pages,
        measured.templates,
        manifest.ceiling,
    );
    text.push_str(&ablation::table(&measured.ablation));
    section(&mut text, FIRST_SECTION, &measured.encoder);
    section(&mut text, "## Without encoder (`sin codificador: n-gramas`)", &measured.ngrams);
    let _ = writeln!(
        text,
        "The grams' scores are multiplied by {} before the encoder's are added.",
        measured.encoder_scale
    );
    text
}

fn section(text: &mut String, title: &str, section: &Section) {
    let Decision { temperature, threshold, threshold_alone } = section.decision;
    let _ = writeln!(
        text,
        "{title}\n\n\
         Temperature {temperature:.1}; threshold {threshold:.2} where a phrase of the type stands on the page, {threshold_alone:.2} elsewhere.\n\n\
         | held-out pages | right | OTRO | wrong | pages |\n|---|---|---|---|---|"
    );
    for (name, noisy, other) in [
        ("types, text layer", false, false),
        ("types, OCR noise", true, false),
        ("OTRO, text layer", false, true),
        ("OTRO, OCR noise", true, true),
    ] {
        let tally = section.sum(noisy, other);
        let _ = writeln!(
            text,
            "| {name} | {:.3} | {:.3} | {:.3} | {} |",
            share(tally.right, tally.total()),
            share(tally.other, tally.total()),
            share(tally.wrong, tally.total()),
            tally.total()
        );
    }
    let _ = writeln!(
        text,
        "\nThreshold, coverage (pages of a type answered rightly) and precision (answers that are right, pages of `OTRO` included):\n\n\
         | threshold | coverage | precision | answers |\n|---|---|---|---|"
    );
    for point in &section.curve {
        let _ = writeln!(
            text,
            "| {:.2} | {:.3} | {:.3} | {} |",
            point.threshold, point.coverage, point.precision, point.answers
        );
    }
    let _ = writeln!(
        text,
        "\nBy type (right / OTRO / wrong):\n\n| type | text layer | OCR noise |\n|---|---|---|"
    );
    let kinds: std::collections::BTreeSet<&String> = section.tallies.keys().map(|(kind, _)| kind).collect();
    for kind in kinds {
        let cell = |noisy: bool| {
            let tally = section.tallies.get(&(kind.clone(), noisy)).copied().unwrap_or_default();
            format!("{} / {} / {}", tally.right, tally.other, tally.wrong)
        };
        let _ = writeln!(text, "| {kind} | {} | {} |", cell(false), cell(true));
    }
    text.push('\n');
}
