//! What kind of document a page belongs to, or that it is not known.
//!
//! A linear head over character grams, phrases and layout, and, where the encoder is set up, over the page's meaning. It abstains:
//! an answer below the threshold is `OTRO`, and so is a type that the heads were not trained on.

mod features;
mod head;

use crate::encoder::{Encoder, EncoderError};
use crate::learning;
use cotejo_domain::{Confidence, DocumentType, PageReading, PageSignature, PageStatus, document_type_entry};

pub use features::{LAYOUT, PageFeatures, cue_count};
pub use head::{Decision, Heads, Manifest, centred, dense, weighted};

/// Holds what is thought of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageGuess {
    /// The type; `OTRO` when it is not known.
    pub kind: DocumentType,
    /// How sure; for `OTRO`, how sure that no other type can be named.
    pub confidence: Confidence,
    /// The likeliest type other than `OTRO`, even where it stays below the threshold; for people who look at the page.
    pub candidate: Option<(DocumentType, Confidence)>,
}

/// Holds what was seen of pages.
#[derive(Debug)]
pub struct Seen {
    /// What each page is thought to be.
    pub guesses: Vec<PageGuess>,
    /// What each page is recognised by; `None` for one with hardly any text.
    pub signatures: Vec<Option<PageSignature>>,
    /// The encoder's error should it have failed.
    pub error: Option<EncoderError>,
}

/// Names the types of pages.
#[derive(Debug)]
pub struct PageTyper {
    heads: Option<Heads>,
    encoder: Option<Encoder>,
}

impl PageTyper {
    /// Builds a typer over the compiled-in heads, with the encoder where there is one.
    #[must_use]
    pub fn new(encoder: Option<Encoder>) -> Self {
        Self { heads: Heads::compiled_in(), encoder }
    }

    /// Builds a typer over other heads: for training and its tests.
    #[must_use]
    pub fn with_heads(heads: Heads, encoder: Option<Encoder>) -> Self {
        Self { heads: Some(heads), encoder }
    }

    /// Returns the identifier of what answers, kept with every result: `tipos@1+e5` or `tipos@1 sin codificador: n-gramas`.
    #[must_use]
    pub fn model(&self) -> String {
        let name = self.heads.as_ref().map_or("tipos@0", |heads| heads.manifest.model.as_str());
        match &self.encoder {
            Some(encoder) => format!("{name}+{}", encoder.name()),
            None => format!("{name} sin codificador: n-gramas"),
        }
    }

    /// Tells whether the encoder takes part.
    #[must_use]
    pub fn has_encoder(&self) -> bool {
        self.encoder.is_some()
    }

    /// Returns the encoder, where there is one.
    #[must_use]
    pub fn encoder(&self) -> Option<&Encoder> {
        self.encoder.as_ref()
    }

    /// Names the type of each page, in order. Should the encoder fail on these pages, the grams answer alone.
    #[must_use]
    pub fn classify(&self, pages: &[PageReading]) -> Vec<PageGuess> {
        self.classify_with_report(pages).0
    }

    /// As [`PageTyper::classify`], and the encoder's error should it have failed: the answers then rest on the grams alone.
    #[must_use]
    pub fn classify_with_report(&self, pages: &[PageReading]) -> (Vec<PageGuess>, Option<EncoderError>) {
        let seen = self.look_at(pages);
        (seen.guesses, seen.error)
    }

    /// Returns the SHA-256 of the heads' weights; empty without heads.
    #[must_use]
    pub fn weights(&self) -> &str {
        self.heads.as_ref().map_or("", |heads| heads.manifest.weights_sha256.as_str())
    }

    /// Returns what the encoder's vectors have in common; empty without heads.
    #[must_use]
    pub fn mean(&self) -> &[f32] {
        self.heads.as_ref().map_or(&[], Heads::encoder_mean)
    }

    /// Names the type of each page, in order, and says what each is recognised by.
    #[must_use]
    pub fn look_at(&self, pages: &[PageReading]) -> Seen {
        let Some(heads) = &self.heads else {
            let guesses = pages.iter().map(|page| without_words(page).unwrap_or_else(unknown)).collect();
            let signatures = pages.iter().map(|page| learning::signature(page, None)).collect();
            return Seen { guesses, signatures, error: None };
        };
        let features: Vec<Option<PageFeatures>> =
            pages.iter().map(|page| without_words(page).is_none().then(|| PageFeatures::of(page))).collect();
        let (vectors, error) = match self.vectors(heads, &features) {
            Ok(vectors) => (vectors, None),
            Err(error) => (None, Some(error)),
        };
        let mut vectors = vectors.map(Vec::into_iter);
        let mut signatures = Vec::with_capacity(pages.len());
        let guesses = pages
            .iter()
            .zip(&features)
            .map(|(page, features)| {
                let Some(features) = features else {
                    signatures.push(None);
                    return without_words(page).unwrap_or_else(unknown);
                };
                let vector = vectors.as_mut().and_then(Iterator::next);
                signatures.push(learning::signature(page, vector.as_deref()));
                match vector {
                    Some(vector) => decide(
                        heads,
                        &heads.manifest.encoder,
                        features,
                        &heads.scores_with(features, &vector),
                    ),
                    None => decide(heads, &heads.manifest.ngrams, features, &heads.scores(features)),
                }
            })
            .collect();
        Seen { guesses, signatures, error }
    }

    fn vectors(
        &self,
        heads: &Heads,
        features: &[Option<PageFeatures>],
    ) -> Result<Option<Vec<Vec<f32>>>, EncoderError> {
        let Some(encoder) = &self.encoder else { return Ok(None) };
        let texts: Vec<&str> = features.iter().flatten().map(|features| features.text.as_str()).collect();
        encoder.embed(&texts, heads.manifest.encoder_tokens).map(Some)
    }
}

/// Turns scores into probabilities that sum to 1.
#[must_use]
pub fn probabilities(scores: &[f32], temperature: f32) -> Vec<f32> {
    let greatest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exponentials: Vec<f32> =
        scores.iter().map(|score| ((score - greatest) / temperature).exp()).collect();
    let sum: f32 = exponentials.iter().sum();
    exponentials.into_iter().map(|value| value / sum).collect()
}

/// Decides from the scores: the likeliest class if it reaches its threshold, else `OTRO`. A form that no phrase on the page bears out is
/// always `OTRO`.
#[must_use]
pub fn decide(heads: &Heads, decision: &Decision, features: &PageFeatures, scores: &[f32]) -> PageGuess {
    let probabilities = probabilities(scores, decision.temperature);
    let classes = &heads.manifest.classes;
    let best = (0..classes.len())
        .filter(|class| classes[*class] != "OTRO")
        .max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    let Some(best) = best else { return unknown() };
    let probability = probabilities[best];
    let borne_out = heads.catalogue_index(best).is_some_and(|index| features.corroborates(index));
    // A form without its title is a page that goes on, or a text about the form: neither is told by its words alone.
    let form = document_type_entry(&classes[best]).is_some_and(|entry| entry.group == "formulario");
    let needed = match (borne_out, form) {
        (true, _) => decision.threshold,
        (false, false) => decision.threshold_alone,
        (false, true) => f32::INFINITY,
    };
    let confidence = |probability: f32| Confidence::new(f64::from(probability).min(heads.manifest.ceiling));
    let kind = DocumentType(classes[best].clone());
    if probability >= needed {
        PageGuess { kind, confidence: confidence(probability), candidate: None }
    } else {
        PageGuess {
            kind: DocumentType::other(),
            confidence: confidence(1.0 - probability),
            candidate: Some((kind, confidence(probability))),
        }
    }
}

fn unknown() -> PageGuess {
    PageGuess { kind: DocumentType::other(), confidence: Confidence::NONE, candidate: None }
}

/// Answers for a page that has nothing to type: blank by status, without words, or with the note that it is blank.
fn without_words(page: &PageReading) -> Option<PageGuess> {
    const NOTES: [&str; 4] =
        ["pagina en blanco", "hoja en blanco", "espacio en blanco", "intencionalmente en blanco"];
    let blank = |confidence: f64| PageGuess {
        kind: DocumentType::blank_sheet(),
        confidence: Confidence::new(confidence),
        candidate: None,
    };
    match page.status {
        PageStatus::Failed => Some(unknown()),
        PageStatus::Blank => Some(blank(1.0)),
        PageStatus::Text | PageStatus::Ocr if page.words.is_empty() => Some(blank(0.9)),
        PageStatus::Text | PageStatus::Ocr if page.words.len() <= 12 => {
            let text = crate::ngrams::fold(&page.text());
            NOTES.iter().any(|note| text.contains(note)).then(|| blank(0.9))
        }
        PageStatus::Text | PageStatus::Ocr => None,
    }
}

#[cfg(test)]
mod tests;
