//! Puts what the tagger proposes into what was recognised: values for fields that nothing else read.

use super::fields::{self, SpanField};
use super::propose::{Stretch, propose};
use super::{SpanHead, tag, words};
use crate::documents::cut::{Cut, Span as Rows};
use crate::encoder::{Encoder, EncoderError};
use crate::facts::Candidate;
use crate::layout::PageLayout;
use crate::recognise::{self, Input, Recognised};
use cotejo_domain::{DocumentId, Fact, Finding, Severity};

/// Name of the reader, with its version.
const EXTRACTOR: &str = "tramos@1";
/// Pages of a paper that are looked at from its beginning, besides its last one: who and what stands there, or where it is signed.
const FIRST_PAGES: usize = 2;
/// Words of a page that are looked at: a page of dense prose has six hundred.
const WORDS: usize = 1200;
/// Papers that go through the encoder together.
const TOGETHER: usize = 8;

/// Holds one paper that lacks a field.
struct Lacking {
    document: usize,
    cut: Cut,
}

/// Completes what was recognised of some pages; `layouts` are theirs. Should the encoder fail, what was recognised stays as it is.
///
/// # Errors
/// [`EncoderError`] when the encoder or the head fails.
pub(crate) fn complete(
    recognised: &mut Recognised,
    input: &Input<'_>,
    layouts: &[PageLayout],
    encoder: &Encoder,
    head: &SpanHead,
) -> Result<(), EncoderError> {
    let lacking: Vec<Lacking> =
        (0..recognised.documents.len()).filter_map(|index| lacking(recognised, layouts, index)).collect();
    for some in lacking.chunks(TOGETHER) {
        let mut stretches: Vec<(usize, Stretch<'_>)> = Vec::new();
        for (index, paper) in some.iter().enumerate() {
            stretches.extend(looked_at(&paper.cut).filter_map(|rows| {
                let layout = layouts.get(rows.page)?;
                let mut words = words::words(layout, &rows.rows);
                words.truncate(WORDS);
                Some((index, Stretch { layout, page: rows.page, words, spans: Vec::new() }))
            }));
        }
        let words: Vec<&[words::SpanWord]> =
            stretches.iter().map(|(_, stretch)| stretch.words.as_slice()).collect();
        let tagged = tag(encoder, head, &words)?;
        for ((_, stretch), spans) in stretches.iter_mut().zip(tagged) {
            stretch.spans = spans;
        }
        let mut stretches = stretches.into_iter().peekable();
        for (index, paper) in some.iter().enumerate() {
            let mut own = Vec::new();
            while let Some((_, stretch)) = stretches.next_if(|(owner, _)| *owner == index) {
                own.push(stretch);
            }
            add(recognised, input, layouts, paper, head, &own);
        }
    }
    Ok(())
}

fn lacking(recognised: &Recognised, layouts: &[PageLayout], index: usize) -> Option<Lacking> {
    let document = recognised.documents.get(index).filter(|document| !document.blank_form)?;
    let read = |field: &SpanField| fact_of(recognised, document.id, field.field).is_some();
    if fields::of_type(&document.kind.0).all(read) {
        return None;
    }
    let extent = recognised.extents.iter().find(|extent| extent.document == document.id)?;
    let spans = crate::given::spans(&extent.parts, layouts);
    let cut = Cut { kind: document.kind.clone(), confidence: document.confidence, spans };
    (!cut.spans.is_empty()).then_some(Lacking { document: index, cut })
}

fn fact_of<'r>(recognised: &'r Recognised, document: DocumentId, field: &str) -> Option<&'r Fact> {
    recognised.facts.iter().find(|fact| fact.document == Some(document) && fact.field == field)
}

fn looked_at(cut: &Cut) -> impl Iterator<Item = &Rows> {
    let last = cut.spans.len().saturating_sub(1);
    cut.spans
        .iter()
        .enumerate()
        .filter(move |(index, _)| *index < FIRST_PAGES || *index == last)
        .map(|(_, rows)| rows)
}

fn add(
    recognised: &mut Recognised,
    input: &Input<'_>,
    layouts: &[PageLayout],
    paper: &Lacking,
    head: &SpanHead,
    stretches: &[Stretch<'_>],
) {
    let Some(id) = recognised.documents.get(paper.document).map(|document| document.id) else { return };
    let kind = paper.cut.kind.0.as_str();
    let known: Vec<(&'static str, String)> = fields::of_type(kind)
        .filter_map(|field| Some((field.field, fact_of(recognised, id, field.field)?.value.canonical())))
        .collect();
    let missing = |field: &str| !known.iter().any(|(known, _)| *known == field);
    let proposals = propose(&head.manifest, kind, &missing, &known, stretches);
    for proposal in proposals {
        let Some(confidence) = head.manifest.confidence(proposal.score) else { continue };
        let folded = crate::layout::Folded::new(&proposal.raw);
        if crate::facts::is_no_value(proposal.field.field, folded.ascii()) {
            continue;
        }
        let candidate = Candidate {
            field: proposal.field.field.into(),
            value: proposal.value,
            raw: proposal.raw,
            page: proposal.page,
            places: crate::facts::single(proposal.place),
            confidence,
            extractor: EXTRACTOR,
        };
        recognised.facts.push(recognise::fact(input, layouts, &paper.cut, id, candidate));
    }
}

/// Says that the tagger failed.
pub(crate) fn failed(error: &EncoderError) -> Finding {
    let detail = error.to_string();
    recognise::finding("recognition.names_failed", Severity::Warning, None, &[("detalle", &detail)])
}
