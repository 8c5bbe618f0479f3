//! The official form against the model that the process itself gave: what is left when the model is subtracted.
//!
//! A [`Template`] is the text of a file of the process. A form of a bid is laid beside it ([`align`]); what the model leaves to the bidder is
//! no difference, nor is a sentence that he puts into his own person. What is told of the rest: the text is the model's, its blanks were left
//! open, sentences are missing, or sentences say something else, with the pair of sentences and the place ([`judge`]). Where the paper
//! follows another model, or a scan is not sure enough, nothing is told. A difference is something to read, never by itself a fault.

mod align;
mod change;
mod judge;
mod tokens;
mod words;

#[cfg(test)]
mod tests;

use crate::documents::blank;
use crate::documents::cut::Cut;
use crate::layout::{Folded, PageLayout};
use align::Shingles;
use cotejo_domain::{
    DocumentId, Finding, ModelText, Severity, TemplateChange, TemplateDifference, TemplateReading,
    TemplateState,
};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use tokens::Token;

/// Landmarks below which a paper has nothing to do with a model.
const FEWEST: usize = 6;
/// Differences of one document that are told one by one.
const MOST_TOLD: usize = 8;
/// Characters of a model beyond which the rest is left out: the models of forms are shorter.
const LONGEST: usize = 600_000;

/// Holds a model; it is taken to words when the first form wants it, since most files of a bid hold none.
pub struct Template<'a> {
    source: &'a ModelText,
    prepared: OnceLock<Prepared>,
}

struct Prepared {
    text: Folded,
    tokens: Vec<Token>,
    shingles: Shingles,
}

impl std::fmt::Debug for Template<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Template({})", self.source.name)
    }
}

impl<'a> Template<'a> {
    /// Holds the text of a file of the process.
    #[must_use]
    pub fn new(source: &'a ModelText) -> Self {
        Self { source, prepared: OnceLock::new() }
    }

    fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| {
            let text: String = self.source.text.chars().take(LONGEST).collect();
            let text = Folded::new(&text);
            let tokens = tokens::of_model(&text);
            let shingles = Shingles::of(&tokens);
            Prepared { text, tokens, shingles }
        })
    }
}

/// Returns the text of a file of the process for [`ModelText::text`]: running heads left out, paragraphs ended where the page shows it.
/// Pages read by OCR are left out: a model must be sure.
#[must_use]
pub fn model_text(layouts: &[PageLayout]) -> String {
    let furniture = tokens::furniture(layouts);
    let mut text = String::new();
    for layout in layouts.iter().filter(|layout| !layout.ocr) {
        let right = layout.rows.iter().map(|row| row.bounds[2]).fold(0.0, f64::max);
        for (index, row) in layout.rows.iter().enumerate() {
            if tokens::is_furniture(layout, index, &furniture) {
                continue;
            }
            text.push_str(layout.text.raw(row.range.clone()));
            // A line that ends well before the margin ends its paragraph.
            let short = layout.reading_view || row.bounds[2] < right * 0.8;
            text.push(if short { '\n' } else { ' ' });
        }
    }
    text
}

/// Tells whether a file of the process may carry models of forms.
#[must_use]
pub fn carries_forms(layouts: &[PageLayout]) -> bool {
    const MARKS: [&str; 5] = [
        "formulario",
        "nombre del oferente",
        "acuerdo de integridad",
        "compromiso de asociacion",
        "firma del oferente",
    ];
    layouts.iter().any(|layout| MARKS.iter().any(|mark| layout.text.ascii().contains(mark)))
}

/// Compares a document with the model that fits it best. `None` for what is no form, and where no model fits.
#[must_use]
pub fn compare(
    templates: &[Template<'_>],
    layouts: &[PageLayout],
    cut: &Cut,
    document: DocumentId,
    left_blank: bool,
) -> Option<TemplateReading> {
    if templates.is_empty() || !blank::is_form(&cut.kind.0) {
        return None;
    }
    let furniture: BTreeSet<String> = tokens::furniture(layouts);
    let paper = tokens::of_document(layouts, cut, &furniture);
    let landmarks = |template: &Template<'_>| {
        let prepared = template.prepared();
        align::landmarks(&prepared.tokens, &prepared.shingles, &paper)
    };
    let (template, landmarks) = templates
        .iter()
        .map(|template| (template, landmarks(template)))
        .max_by_key(|(_, landmarks)| landmarks.len())
        .filter(|(_, landmarks)| landmarks.len() >= FEWEST)?;
    let ocr = cut.spans.iter().any(|span| layouts.get(span.page).is_some_and(|layout| layout.ocr));
    let prepared = template.prepared();
    let pairs = align::align(&prepared.tokens, &paper, &landmarks, ocr);
    let mut compared = judge::Compared {
        model_text: &prepared.text,
        model: &prepared.tokens,
        paper: &paper,
        pairs: &pairs,
        layouts,
    };
    compared.pairs = pairs.get(compared.held_part()).unwrap_or_default();
    let judged = judge::judge(&compared)?;
    let state =
        if left_blank && judged.differences.is_empty() { TemplateState::LeftBlank } else { judged.state };
    Some(TemplateReading {
        document,
        model: template.source.file,
        model_name: template.source.name.clone(),
        state,
        kept: judged.kept,
        differences: judged.differences,
    })
}

fn told(code: &str, severity: Severity, page: u32, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity,
        page: Some(page),
        message: cotejo_catalogue::message(code, values),
        remedy: cotejo_catalogue::remedy(code, values),
    }
}

fn kind_of(change: TemplateChange) -> String {
    let key = match change {
        TemplateChange::Negation => "recognition.template.negation",
        TemplateChange::Condition => "recognition.template.condition",
        TemplateChange::Commitment => "recognition.template.commitment",
        TemplateChange::Figure => "recognition.template.figure",
        TemplateChange::Wording => "recognition.template.wording",
    };
    cotejo_catalogue::message(key, &[])
}

/// Puts a comparison into findings: each changed commitment and missing sentence with both texts, other wordings once.
#[must_use]
pub fn findings(reading: &TemplateReading, name: &str) -> Vec<Finding> {
    let weighs = |difference: &&TemplateDifference| difference.change > TemplateChange::Wording;
    let mut found: Vec<Finding> = Vec::new();
    let model = reading.model_name.as_str();
    for difference in reading.differences.iter().filter(weighs).take(MOST_TOLD) {
        let kind = kind_of(difference.change);
        let values = [
            ("tipo", name),
            ("modelo", model),
            ("frase_modelo", difference.model.as_str()),
            ("frase", difference.stated.as_str()),
            ("clase", kind.as_str()),
        ];
        let code = if difference.stated.is_empty() {
            "recognition.template_struck"
        } else {
            "recognition.template_altered"
        };
        found.push(told(code, Severity::Warning, difference.page, &values));
    }
    let others = reading.differences.len() - found.len();
    if let Some(first) =
        reading.differences.iter().find(|difference| !weighs(difference)).or(reading.differences.last())
        && others > 0
    {
        let values = [
            ("tipo", name),
            ("modelo", model),
            ("cuantas", &others.to_string()),
            ("frase_modelo", first.model.as_str()),
            ("frase", first.stated.as_str()),
        ];
        found.push(told("recognition.template_wording", Severity::Info, first.page, &values));
    }
    found
}
