//! Which span is the value of a field: by its class, by its part in the paper, and only where no other is as likely.

use super::fields::{self, SpanField};
use super::head::SpanManifest;
use super::words::SpanWord;
use super::{Class, Span};
use crate::facts::FieldKind;
use crate::facts::reading::{self, Reading};
use crate::layout::{Folded, PageLayout, squeeze};
use cotejo_domain::FactValue;
use std::collections::BTreeMap;
use std::ops::Range;

/// Of two values for one field the second may be at most so likely, measured by the first.
const RIVAL: f64 = 0.6;
/// How much a rival counts that may yet be another field's.
const HALF: f64 = 0.5;
/// A span that its tags are less sure of is none.
const LEAST: f32 = 0.2;
/// Letters and digits of the shortest value.
const SHORTEST: usize = 4;
/// Words of the shortest object: a thing that is bought and what is done with it.
const SHORTEST_OBJECT: usize = 3;
/// What stands before the name of who signs.
const SIGNED: [&str; 6] = ["f.", "f)", "(f)", "f.)", "fdo.", "firma:"];

/// Holds the rows of a paper on one page with their spans.
#[derive(Debug)]
pub struct Stretch<'a> {
    /// The page.
    pub layout: &'a PageLayout,
    /// Its index within the file, from 0.
    pub page: usize,
    /// The words.
    pub words: Vec<SpanWord>,
    /// The spans among them.
    pub spans: Vec<Span>,
}

/// Holds a value for a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The field.
    pub field: &'static SpanField,
    /// The value.
    pub value: FactValue,
    /// The characters that were read.
    pub raw: String,
    /// Index of the page within the file.
    pub page: usize,
    /// Its place in the text of the page.
    pub place: Range<usize>,
    /// How likely, 0 to 1, before calibration.
    pub score: f64,
}

impl SpanManifest {
    /// Turns the score of a proposal into how often such a proposal is right.
    #[must_use]
    pub fn probability(&self, score: f64) -> f64 {
        if !score.is_finite() {
            return 0.0;
        }
        let score = score.clamp(1e-6, 1.0 - 1e-6);
        let [slope, shift] = self.calibration;
        let logit = slope * (score / (1.0 - score)).ln() + shift;
        1.0 / (1.0 + (-logit).exp())
    }

    /// Returns how sure a proposal of this score is shown, never above the ceiling; `None` for one that is not shown.
    #[must_use]
    pub fn confidence(&self, score: f64) -> Option<f64> {
        let probability = self.probability(score);
        (probability >= self.threshold).then(|| probability.min(self.ceiling))
    }
}

/// Holds one span as a value.
struct Value<'a> {
    span: &'a Span,
    page: usize,
    place: Range<usize>,
    raw: String,
    key: String,
    roles: BTreeMap<&'static str, f64>,
}

/// Proposes a value for each field of a type that `wanted` names; `known` are the fields that have one, with what it is.
///
/// The likeliest pair of value and field is taken first, and the value is then no other field's: of two parties each has a part of its own.
#[must_use]
pub fn propose(
    manifest: &SpanManifest,
    kind: &str,
    wanted: &dyn Fn(&str) -> bool,
    known: &[(&str, String)],
    stretches: &[Stretch<'_>],
) -> Vec<Proposal> {
    let mut taken: Vec<(&str, String)> =
        known.iter().map(|(field, value)| (*field, squeeze(Folded::new(value).ascii()))).collect();
    let values: Vec<Value<'_>> = stretches
        .iter()
        .flat_map(|stretch| stretch.spans.iter().filter_map(|span| value(manifest, kind, stretch, span)))
        .collect();
    let mut open: Vec<&'static SpanField> =
        fields::of_type(kind).filter(|field| wanted(field.field)).collect();
    let mut proposals = Vec::new();
    loop {
        let ranked = open.iter().map(|field| (*field, ranked(field, &values, &taken)));
        let Some((field, ranked)) = ranked
            .filter(|(_, ranked)| !ranked.is_empty())
            .max_by(|a, b| score(&a.1).total_cmp(&score(&b.1)))
        else {
            return proposals;
        };
        open.retain(|other| other.field != field.field);
        let Some((key, first, chosen)) = ranked.first() else { continue };
        taken.push((field.field, (*key).to_owned()));
        // A value whose letters hold the other's is the same said shorter: no rival.
        let rival = ranked.iter().skip(1).find(|(other, _, _)| !other.contains(key) && !key.contains(other));
        let rival = rival.map_or(0.0, |(_, score, _)| *score);
        // What another field would rather have is left to it, should that one still be open.
        let rival =
            if open.iter().any(|other| other.classes == field.classes) { rival * HALF } else { rival };
        if rival <= first * RIVAL {
            proposals.extend(made(field, chosen, first * first / (first + rival)));
        }
    }
}

/// Holds the values of one key for one field: key, score of the best, the best.
type Ranked<'a, 'v> = (&'a str, f64, &'a Value<'v>);

fn score(ranked: &[Ranked<'_, '_>]) -> f64 {
    ranked.first().map_or(0.0, |(_, score, _)| *score)
}

fn ranked<'a, 'v>(
    field: &SpanField,
    values: &'a [Value<'v>],
    taken: &[(&str, String)],
) -> Vec<Ranked<'a, 'v>> {
    let mut groups: BTreeMap<&str, (f64, &Value<'_>)> = BTreeMap::new();
    for value in values.iter().filter(|value| field.classes.contains(&value.span.class)) {
        let elsewhere = taken.iter().any(|(other, key)| *key == value.key && excludes(other, field.field));
        let role = value.roles.get(field.role).copied().unwrap_or(0.0);
        let score = role * f64::from(value.span.probability);
        if !elsewhere && groups.get(value.key.as_str()).is_none_or(|(best, _)| *best < score) {
            groups.insert(&value.key, (score, value));
        }
    }
    let mut ranked: Vec<Ranked<'_, '_>> =
        groups.into_iter().map(|(key, (score, value))| (key, score, value)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
}

/// Who signs may be any of the persons of a paper; of the others each has a part of its own.
fn excludes(one: &str, other: &str) -> bool {
    one != other && one != "firmante" && other != "firmante"
}

fn made(field: &'static SpanField, chosen: &Value<'_>, score: f64) -> Option<Proposal> {
    let kind = if is_person_field(field) { FieldKind::Person } else { FieldKind::Text };
    let text = Folded::new(&chosen.raw);
    let Reading::Value { value, range, .. } = reading::read(kind, &text, None) else { return None };
    let place = chosen.place.start + range.start..chosen.place.start + range.end;
    let raw = text.raw(range).to_owned();
    Some(Proposal { field, value, raw, page: chosen.page, place, score })
}

fn is_person_field(field: &SpanField) -> bool {
    cotejo_domain::document_type_entry(field.kind)
        .and_then(|entry| entry.fields.iter().find(|known| known.name == field.field))
        .is_some_and(|known| known.kind == "person")
        || matches!(field.role, "titular_documento")
}

fn value<'a>(
    manifest: &SpanManifest,
    kind: &str,
    stretch: &Stretch<'_>,
    span: &'a Span,
) -> Option<Value<'a>> {
    if span.probability < LEAST {
        return None;
    }
    let first = stretch.layout.words.get(stretch.words.get(span.words.start)?.position)?;
    let last = stretch.layout.words.get(stretch.words.get(span.words.end.checked_sub(1)?)?.position)?;
    let place = unwrapped(stretch.layout, span.class, first.range.start..last.range.end);
    let raw = stretch.layout.text.raw(place.clone()).to_owned();
    let text = Folded::new(&raw);
    let reader = if span.class == Class::Persona { FieldKind::Person } else { FieldKind::Text };
    let Reading::Value { value, .. } = reading::read(reader, &text, None) else { return None };
    let key = squeeze(Folded::new(&value.canonical()).ascii());
    if span.class == Class::Objeto && span.words.len() < SHORTEST_OBJECT {
        return None;
    }
    if key.len() < SHORTEST || !key.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let roles = roles(manifest, kind, span);
    Some(Value { span, page: stretch.page, place, raw, key, roles })
}

/// Leaves out brackets that open or close outside the value, and what stands before a signature.
fn unwrapped(layout: &PageLayout, class: Class, mut place: Range<usize>) -> Range<usize> {
    loop {
        let text = layout.text.slice(place.clone());
        let first = text.split(' ').next().unwrap_or_default();
        if class == Class::Persona && SIGNED.contains(&first) && first.len() < text.len() {
            place.start += first.len() + 1;
            continue;
        }
        let (opened, closed) = (text.matches('(').count(), text.matches(')').count());
        let closes = text.trim_end_matches(['.', ',', ';']).ends_with(')');
        let wrapped = text.starts_with('(') && (opened > closed || opened == 1 && closes);
        if wrapped || text.starts_with(['"', '\'']) {
            place.start += 1;
        } else if closed > opened && closes {
            place.end = place.start + text.trim_end_matches(['.', ',', ';']).len() - 1;
        } else {
            return place;
        }
    }
}

/// Returns how likely the span has each of the parts that its class can have in such a paper.
fn roles(manifest: &SpanManifest, kind: &str, span: &Span) -> BTreeMap<&'static str, f64> {
    let score = |role: &str| {
        let index = manifest.roles.iter().position(|known| known == role)?;
        span.roles.get(index).copied().filter(|score| score.is_finite()).map(f64::from)
    };
    let mut scores: Vec<(&'static str, f64)> = fields::of_type(kind)
        .filter(|field| field.classes.contains(&span.class))
        .filter_map(|field| Some((field.role, score(field.role)?)))
        .collect();
    scores.extend(score(fields::ROLES[0]).map(|score| (fields::ROLES[0], score)));
    let greatest = scores.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|(_, score)| (score - greatest).exp()).sum();
    scores.into_iter().map(|(role, score)| (role, (score - greatest).exp() / sum)).collect()
}
