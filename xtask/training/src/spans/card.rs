//! The tagger's section of the model card.

use super::measure::{Answer, Tally};
use crate::say;
use cotejo_recognition::spans::{Class, SpanManifest};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What the section begins with; all after it is rewritten.
pub(crate) const TITLE: &str = "# Model card: names in prose";

/// Holds what was measured in one run.
pub(crate) struct Measured {
    pub(crate) spans: BTreeMap<(&'static str, bool), Tally>,
    pub(crate) proposals: Vec<Answer>,
    pub(crate) papers: usize,
    pub(crate) words: usize,
    pub(crate) held_out: usize,
}

/// Counts the proposals of one field, or of all.
#[derive(Clone, Copy, Debug, Default)]
struct Proposed {
    right: usize,
    wrong: usize,
    printed: usize,
}

impl Measured {
    fn count(&self, manifest: &SpanManifest, chosen: &dyn Fn(&Answer) -> bool) -> Proposed {
        let mut sum = Proposed::default();
        for answer in self.proposals.iter().filter(|answer| chosen(answer)) {
            let shown = manifest.confidence(answer.score).is_some();
            sum.printed += usize::from(answer.printed);
            match answer.right.filter(|_| shown) {
                Some(true) => sum.right += 1,
                Some(false) => sum.wrong += 1,
                None => {}
            }
        }
        sum
    }

    /// Prints the short form.
    pub(crate) fn say(&self, manifest: &SpanManifest) {
        for ((class, noisy), tally) in &self.spans {
            let [precision, recall, f1] = tally.figures();
            let kind = if *noisy { "noisy" } else { "clean" };
            say(&format!(
                "  {class:8} {kind}: P {precision:.3} R {recall:.3} F1 {f1:.3} of {}",
                tally.printed
            ));
        }
        say(&format!(
            "  temperatures {} {}, calibration {:?}, threshold {}",
            manifest.temperature, manifest.role_temperature, manifest.calibration, manifest.threshold
        ));
        for (name, before) in [("fields that nothing else read", false), ("fields that were read", true)] {
            for noisy in [false, true] {
                let sum =
                    self.count(manifest, &|answer| answer.read_before == before && answer.noisy == noisy);
                say(&format!(
                    "  {name}, {}: {} right, {} wrong of {} printed (precision {:.3})",
                    if noisy { "noisy" } else { "clean" },
                    sum.right,
                    sum.wrong,
                    sum.printed,
                    crate::measure::share(sum.right, sum.right + sum.wrong)
                ));
            }
        }
        let mut by_field: BTreeMap<(&str, &str), Proposed> = BTreeMap::new();
        for answer in &self.proposals {
            by_field.entry((answer.kind, answer.field)).or_insert_with(|| {
                self.count(manifest, &|other| {
                    !other.read_before && (other.kind, other.field) == (answer.kind, answer.field)
                })
            });
        }
        for ((kind, field), sum) in by_field {
            say(&format!("    {kind} {field}: {} right, {} wrong of {}", sum.right, sum.wrong, sum.printed));
        }
        let shown = |answer: &&Answer| manifest.confidence(answer.score).is_some();
        let wrong = self.proposals.iter().filter(|answer| answer.right == Some(false) && !answer.read_before);
        for answer in wrong.filter(shown).take(40) {
            let confidence = manifest.probability(answer.score);
            say(&format!(
                "    wrong {confidence:.2} {} {} ({}): {}",
                answer.kind, answer.field, answer.habit, answer.detail
            ));
        }
        if std::env::var_os("COTEJO_TRAMOS_PRUEBA").is_some() {
            let missed = self.proposals.iter().filter(|answer| {
                answer.printed
                    && !answer.noisy
                    && !answer.read_before
                    && (answer.right.is_none() || !shown(answer))
            });
            for answer in missed.take(120) {
                let confidence = manifest.probability(answer.score);
                say(&format!(
                    "    missed {confidence:.2} {:?} {} {} ({}): {}",
                    answer.right, answer.kind, answer.field, answer.habit, answer.detail
                ));
            }
        }
    }
}

/// Returns the card with the section put in the place of the one it had.
pub(crate) fn into(card: &str, measured: &Measured, manifest: &SpanManifest, bytes: usize) -> String {
    let before = card.find(TITLE).map_or(card, |start| &card[..start]).trim_end();
    format!("{before}\n\n{}", section(measured, manifest, bytes))
}

fn section(measured: &Measured, manifest: &SpanManifest, bytes: usize) -> String {
    let mut text = format!(
        "{TITLE}, `{}`\n\n\
         Written by `cargo xtask train`; do not edit by hand. How it is built: `docs/models.md`.\n\n\
         Tags the words of running text as {} and says which part a span has in its paper; proposes a value where nothing else read a field.\n\
         Two small layers over the encoder's vectors after {:?} layers and over the place of each word. Weights: {:.0} kB, SHA-256 `{}`.\n\
         Data `{}`, code `{}`.\n\n\
         Trained on {} synthetic papers ({} words), half of them with synthetic OCR noise of 1 to 7 % of the letters. **No real document was\n\
         used.** Figures are of {} papers of templates that were held out, filled from vocabularies that were held out too; the shipped head is\n\
         then fitted on all of them. The templates of `models/EVALUATION.md` take part in nothing of this.\n\n\
         ## Spans: class and both limits exact\n\n\
         | class | text: precision, recall, F1 (printed) | OCR noise |\n|---|---|---|\n",
        manifest.model,
        manifest.classes.iter().map(|class| class.to_lowercase()).collect::<Vec<_>>().join(", "),
        manifest.layers,
        crate::measure::share(bytes, 1000),
        manifest.weights_sha256,
        manifest.data_sha256.get(..16).unwrap_or_default(),
        manifest.code_sha256.get(..16).unwrap_or_default(),
        measured.papers,
        measured.words,
        measured.held_out,
    );
    for class in Class::ALL {
        let cell = |noisy: bool| {
            let tally = measured.spans.get(&(class.name(), noisy)).copied().unwrap_or_default();
            let [precision, recall, f1] = tally.figures();
            format!("{precision:.3}, {recall:.3}, **{f1:.3}** ({})", tally.printed)
        };
        let _ = writeln!(text, "| {} | {} | {} |", class.name(), cell(false), cell(true));
    }
    let _ = writeln!(
        text,
        "\n## Values proposed for fields that nothing else read\n\n\
         Shown from a probability of {:.2} on, with a confidence of {:.2} at most. Right is the exact value.\n\n\
         | | right | wrong | printed | precision |\n|---|---|---|---|---|",
        manifest.threshold, manifest.ceiling
    );
    for (name, noisy) in [("text", false), ("OCR noise", true)] {
        let sum = measured.count(manifest, &|answer| !answer.read_before && answer.noisy == noisy);
        let precision = crate::measure::share(sum.right, sum.right + sum.wrong);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} | **{precision:.3}** |",
            sum.right, sum.wrong, sum.printed
        );
    }
    let _ = writeln!(text, "\n| type and field | right | wrong | printed |\n|---|---|---|---|");
    let mut fields: Vec<(&str, &str)> =
        measured.proposals.iter().map(|answer| (answer.kind, answer.field)).collect();
    fields.sort_unstable();
    fields.dedup();
    for (kind, field) in fields {
        let sum = measured
            .count(manifest, &|answer| !answer.read_before && (answer.kind, answer.field) == (kind, field));
        if sum.printed + sum.right + sum.wrong > 0 {
            let _ = writeln!(text, "| {kind} `{field}` | {} | {} | {} |", sum.right, sum.wrong, sum.printed);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_takes_the_place_of_the_one_before() {
        let measured =
            Measured { spans: BTreeMap::new(), proposals: Vec::new(), papers: 1, words: 2, held_out: 0 };
        let schedule = super::super::fit::Schedule {
            epochs: 1,
            rate: 0.1,
            decay: 0.0,
            dropout: [0.0; 2],
            hidden: [1, 1],
        };
        let manifest = super::super::store::manifest(&schedule, &[6]);
        let once = into("# Model card: page types\n\nrest\n", &measured, &manifest, 10);
        assert_eq!(once, into(&once, &measured, &manifest, 10));
        assert!(once.starts_with("# Model card: page types\n\nrest\n\n# Model card: names in prose"));
    }
}
