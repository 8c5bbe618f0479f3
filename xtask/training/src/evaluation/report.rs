//! Writes `models/EVALUATION.md` and the short form for the terminal.

use super::ablation::Line;
use super::pages::Counts;
use super::worker::code_hash;
use super::{Measured, Recognised};
use crate::TrainingError;
use crate::ablation::Cell;
use crate::corpus::Plan;
use crate::measure::share;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Confidence from which the rules rely on a value.
const FIRM: f64 = 0.7;
/// Crates whose source decides what recognition answers.
const RECOGNITION: [&str; 4] =
    ["crates/recognition/src", "crates/reader/src", "crates/intake/src", "crates/domain/data"];
/// What decides what is rendered.
const CORPUS: [&str; 4] =
    ["xtask/training/templates", "xtask/training/src/corpus", "tests/sample/src", "tests/sample/templates"];

/// Returns the few figures that matter.
pub(crate) fn summary(measured: &[Measured; 3]) -> String {
    let mut text = String::new();
    for (name, of) in ["digital", "scanned", "docx"].into_iter().zip(measured) {
        if of.files == 0 {
            continue;
        }
        let (fields, cells) = (of.fields.sum(), of.cells.sum());
        let (accuracy, coverage) = of.pages.answered();
        let _ = writeln!(
            text,
            "{name}: {} pages, {} documents; types macro-F1 {:.3} (answers right {accuracy:.3}, answered {coverage:.3}); limits F1 {:.3}; \
             fields F1 {:.3} of {}; cells {:.3} of {}",
            of.pages.pages,
            of.documents,
            of.pages.macro_f1(),
            of.pages.limits.f1(),
            fields.f1(),
            fields.hit + fields.missed,
            cells.recall(),
            cells.hit + cells.missed
        );
    }
    text
}

/// What opens the report on the reserved set.
pub(crate) const HEADING: &str = "# Evaluation of recognition, end to end\n\n\
    Written by `cargo xtask evaluate-models`; do not edit by hand. How it is measured: `docs/models.md`.\n\n";

/// Returns the text of the report under this heading.
pub(crate) fn write(
    plan: &Plan,
    measured: &[Measured; 3],
    heading: &str,
    ablation: &[Line],
    files: &[Recognised],
) -> Result<String, TrainingError> {
    let models: BTreeSet<&str> = files.iter().map(|file| file.recognition.model.as_str()).collect();
    let templates = plan.set.templates().len();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{heading}\
         Every figure is of files that were rendered from {templates} templates which neither heads nor thresholds ever saw, read by the\n\
         real worker (text layer, or OCR of images) and recognised by it. No figure is of real bids. Recogniser: {}.\n\n\
         | | |\n|---|---|\n\
         | seed | {} |\n| papers of each template | {} digital, {} scanned, {} as office documents |\n\
         | weights of the heads | `{}` |\n| code of reading and recognition | `{}` |\n| templates and generator | `{}` |\n",
        models.into_iter().map(|model| format!("`{model}`")).collect::<Vec<_>>().join(", "),
        plan.seed,
        plan.digital,
        plan.scanned,
        plan.docx,
        weights(),
        &code_hash(&RECOGNITION)?[..16],
        &code_hash(&CORPUS)?[..16],
    );
    totals(&mut text, measured);
    profiles(&mut text, files);
    types(&mut text, measured);
    by_type(
        &mut text,
        "Fields",
        "Exact value on the right page, by type of document; printed values in brackets.",
        measured,
        |of| of.fields.by_type(),
    );
    worst_fields(&mut text, measured);
    by_type(
        &mut text,
        "Cells of tables",
        "Exact text in the right row and column, on the right page; F1, printed cells in brackets.",
        measured,
        |of| of.cells.by_type(),
    );
    if !ablation.is_empty() {
        let _ = writeln!(
            text,
            "## What each part is worth\n\n\
             First pages, by the page types' head alone: headings, order and the rules of documents are left out. A head fitted for each\n\
             combination (`cotejo-training ablacion`), on the templates of training that are not held out; macro-F1 of the likeliest class,\n\
             thresholds left out; coverage and precision above the combination's own threshold.\n\n\
             | parts | digital: macro-F1, coverage, precision | scanned: macro-F1, coverage, precision |\n|---|---|---|"
        );
        let cell = |cell: Cell| {
            format!("{:.3}, {:.3}, {:.3} of {}", cell.macro_f1, cell.coverage, cell.precision, cell.pages)
        };
        for line in ablation {
            let _ = writeln!(text, "| {} | {} | {} |", line.parts, cell(line.cells[0]), cell(line.cells[1]));
        }
    }
    Ok(text)
}

pub(crate) fn weights() -> String {
    cotejo_recognition::page_type::Heads::compiled_in()
        .map_or_else(|| "none".into(), |heads| heads.manifest.weights_sha256)
}

fn totals(text: &mut String, measured: &[Measured; 3]) {
    let _ = writeln!(text, "## Together\n\n| | digital | scanned | office document |\n|---|---|---|---|");
    let mut line = |name: &str, cell: &dyn Fn(&Measured) -> String| {
        let cells: Vec<String> =
            measured.iter().map(|of| if of.files == 0 { "–".into() } else { cell(of) }).collect();
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    };
    let three = |counts: [usize; 3]| {
        let all: usize = counts.iter().sum();
        format!(
            "{:.3} / {:.3} / {:.3} of {all}",
            share(counts[0], all),
            share(counts[1], all),
            share(counts[2], all)
        )
    };
    line("files, documents, pages", &|of| format!("{}, {}, {}", of.files, of.documents, of.pages.pages));
    line("page types, macro-F1", &|of| format!("**{:.3}**", of.pages.macro_f1()));
    line("first pages: right / OTRO / wrong", &|of| three(of.pages.first));
    line("pages that go on: right / OTRO / wrong", &|of| three(of.pages.further));
    line("answers above the threshold: right", &|of| {
        format!("**{:.3}** of {}", of.pages.answered().0, of.pages.answers.len())
    });
    line("pages of a type that got an answer", &|of| {
        format!("{:.3} of {}", of.pages.answered().1, of.pages.known)
    });
    line("limits between documents, F1", &|of| {
        let limits = of.pages.limits;
        if limits.hit + limits.missed == 0 {
            "–".into()
        } else {
            format!(
                "**{:.3}** (precision {:.3}, recall {:.3} of {})",
                limits.f1(),
                limits.precision(),
                limits.recall(),
                limits.hit + limits.missed
            )
        }
    });
    line("fields, micro-F1", &|of| {
        let fields = of.fields.sum();
        format!(
            "**{:.3}** (precision {:.3}, recall {:.3} of {})",
            fields.f1(),
            fields.precision(),
            fields.recall(),
            fields.hit + fields.missed
        )
    });
    line("fields of confidence 0.7 or more: right, of those printed", &|of| {
        let (right, covered) = of.fields.above(FIRM);
        format!("{right:.3}, {covered:.3}")
    });
    line("cells of tables, exact", &|of| {
        let cells = of.cells.sum();
        if cells.hit + cells.missed == 0 {
            "–".into()
        } else {
            format!(
                "**{:.3}** of {} (precision {:.3})",
                cells.recall(),
                cells.hit + cells.missed,
                cells.precision()
            )
        }
    });
    line("tables without any row found", &|of| format!("{} of {}", of.cells.tables[0], of.cells.tables[1]));
    line("empty forms found to be empty", &|of| format!("{} of {}", of.empty[0], of.empty[1]));
    line("filled forms taken for empty", &|of| format!("{} of {}", of.filled[0], of.filled[1]));
    text.push('\n');
}

/// Splits what is scanned by how it was scanned.
fn profiles(text: &mut String, files: &[Recognised]) {
    let mut by_profile: BTreeMap<&str, Measured> = BTreeMap::new();
    for file in files.iter().filter(|file| file.format.is_scanned()) {
        by_profile.entry(file.format.name()).or_default().add(file);
    }
    if by_profile.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "| scanned by | pages | types, macro-F1 | answers right | limits, F1 | fields, micro-F1 | cells |\n|---|---|---|---|---|---|---|"
    );
    for (name, of) in by_profile {
        let _ = writeln!(
            text,
            "| {name} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
            of.pages.pages,
            of.pages.macro_f1(),
            of.pages.answered().0,
            of.pages.limits.f1(),
            of.fields.sum().f1(),
            of.cells.sum().recall()
        );
    }
    text.push('\n');
}

fn types(text: &mut String, measured: &[Measured; 3]) {
    let _ = writeln!(
        text,
        "## Page types\n\nBy type over all its pages, those that go on included: F1 (precision, recall, pages).\n\n\
         | type | digital | scanned |\n|---|---|---|"
    );
    let kinds: BTreeSet<&String> = measured.iter().flat_map(|of| of.pages.types.keys()).collect();
    for kind in kinds {
        let cell = |of: &Measured| {
            let counts = of.pages.types.get(kind).copied().unwrap_or_default();
            if counts == Counts::default() {
                return "–".to_owned();
            }
            let there = counts.hit + counts.missed;
            format!("{:.3} ({:.2}, {:.2}, {there})", counts.f1(), counts.precision(), counts.recall())
        };
        let _ = writeln!(text, "| {kind} | {} | {} |", cell(&measured[0]), cell(&measured[1]));
    }
    text.push('\n');
}

fn by_type<'m>(
    text: &mut String,
    title: &str,
    what: &str,
    measured: &'m [Measured; 3],
    of: impl Fn(&'m Measured) -> BTreeMap<&'m str, Counts>,
) {
    let _ = writeln!(text, "## {title}\n\n{what}\n\n| type | digital | scanned |\n|---|---|---|");
    let (digital, scanned) = (of(&measured[0]), of(&measured[1]));
    let kinds: BTreeSet<&str> = digital.keys().chain(scanned.keys()).copied().collect();
    for kind in kinds {
        let cell = |counts: Option<&Counts>| {
            counts.map_or_else(
                || "–".into(),
                |counts| format!("{:.3} ({})", counts.f1(), counts.hit + counts.missed),
            )
        };
        let _ = writeln!(text, "| {kind} | {} | {} |", cell(digital.get(kind)), cell(scanned.get(kind)));
    }
    text.push('\n');
}

/// Lists every field, so that nobody takes the mean for each.
fn worst_fields(text: &mut String, measured: &[Measured; 3]) {
    let _ = writeln!(
        text,
        "Each field: F1 (printed, missed, read and not printed).\n\n| type and field | digital | scanned |\n|---|---|---|"
    );
    let keys: BTreeSet<&(String, String)> =
        measured[..2].iter().flat_map(|of| of.fields.counts.keys()).collect();
    for key in keys {
        let cell = |of: &Measured| {
            of.fields.counts.get(key).map_or_else(
                || "–".to_owned(),
                |counts| {
                    format!(
                        "{:.2} ({}, {}, {})",
                        counts.f1(),
                        counts.hit + counts.missed,
                        counts.missed,
                        counts.extra
                    )
                },
            )
        };
        let _ = writeln!(text, "| {} `{}` | {} | {} |", key.0, key.1, cell(&measured[0]), cell(&measured[1]));
    }
    text.push('\n');
}
