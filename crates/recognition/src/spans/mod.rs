//! Names in running prose: which words of a page are a person, a company, an entity, a role or an object, and what part they have in it.
//!
//! Grammars, labels and phrases ([`crate::facts`]) read what is written as they know it; this reads the rest by its meaning. [`words`] gives
//! the words of a stretch with their places, [`windows`] the encoder's vector of each, [`head`] the trained scores of tags and roles,
//! [`decode`] the spans. [`fields`] says which fields a span can be, and [`propose`] proposes one where nothing else read the field: never
//! surer than *probable*, and nothing where two values are as likely. Without the encoder nothing of this happens.

mod apply;
pub mod decode;
pub mod fields;
pub mod head;
mod propose;
pub mod windows;
pub mod words;

pub(crate) use apply::{complete, failed};
pub use head::{SpanHead, SpanManifest};
pub use propose::{Proposal, Stretch, propose};

use crate::encoder::{Encoder, EncoderError};
use words::SpanWord;

/// Tells what a span names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A person.
    Persona,
    /// A company, bank, insurer, association or consortium.
    Empresa,
    /// A public body or a university.
    Entidad,
    /// A post that a person holds.
    Cargo,
    /// What a contract is about.
    Objeto,
}

impl Class {
    /// All classes, in the order that training gives them.
    pub const ALL: [Self; 5] = [Self::Persona, Self::Empresa, Self::Entidad, Self::Cargo, Self::Objeto];

    /// Returns its name in a manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Persona => "PERSONA",
            Self::Empresa => "EMPRESA",
            Self::Entidad => "ENTIDAD",
            Self::Cargo => "CARGO",
            Self::Objeto => "OBJETO",
        }
    }

    /// Returns the class of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// Holds one span of a stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Words, in the order of the stretch.
    pub words: std::ops::Range<usize>,
    /// What it names.
    pub class: Class,
    /// Probability of class and limits.
    pub probability: f32,
    /// Scores of its roles, in the order of the manifest.
    pub roles: Vec<f32>,
}

/// Tags the words of several stretches; all of them go through the encoder together.
///
/// # Errors
/// [`EncoderError`] when the encoder or the head fails.
pub fn tag(
    encoder: &Encoder,
    head: &SpanHead,
    stretches: &[&[SpanWord]],
) -> Result<Vec<Vec<Span>>, EncoderError> {
    let vectors = windows::vectors(encoder, stretches, &head.manifest.layers)?;
    let tagged = stretches.iter().zip(&vectors).map(|(words, vectors)| spans(head, words, vectors));
    Ok(tagged.collect::<candle_core::Result<_>>()?)
}

/// Finds the spans of one stretch whose words have their vectors.
///
/// # Errors
/// Candle's error when the vectors do not fit the head.
pub fn spans(head: &SpanHead, words: &[SpanWord], vectors: &[Vec<f32>]) -> candle_core::Result<Vec<Span>> {
    let scores = head.scores(words, vectors)?;
    let decoded = decode::spans(&scores.tags).into_iter();
    Ok(decoded
        .filter_map(|decoded| {
            let class = head.manifest.classes.get(decoded.class).and_then(|name| Class::of(name))?;
            let roles = mean_roles(scores.roles.get(decoded.words.clone()).unwrap_or_default());
            Some(Span { words: decoded.words, class, probability: decoded.probability, roles })
        })
        .collect())
}

#[expect(clippy::cast_precision_loss, reason = "words of one span")]
fn mean_roles(rows: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = rows.first().map_or_else(Vec::new, |row| vec![0.0_f32; row.len()]);
    for row in rows {
        sum.iter_mut().zip(row).for_each(|(sum, score)| *sum += score);
    }
    sum.iter_mut().for_each(|score| *score /= rows.len().max(1) as f32);
    sum
}

#[cfg(test)]
mod tests;
