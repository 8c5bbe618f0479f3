//! Documents that a person cut: the machine reads fields and tables of what it is given, and types nothing.

use crate::Recogniser;
use crate::documents::cut::{self, Cut, Span};
use crate::layout::PageLayout;
use crate::recognise::{self, Input, Recognised, RecognisedPage};
use cotejo_domain::{ArrangedDocument, Document, DocumentId, PagePart, ProcessCode};
use std::ops::Range;

/// Says where one recognised document lies, strips of pages included.
#[derive(Clone, Debug, PartialEq)]
pub struct Extent {
    /// The document.
    pub document: DocumentId,
    /// Where it lies.
    pub parts: Vec<PagePart>,
}

impl Recogniser {
    /// Reads the fields and tables of documents that a person cut and typed; `input` holds their pages, others are not looked at. A document
    /// of which no page is there has no facts.
    #[must_use]
    pub fn recognise_given(&self, input: &Input<'_>, documents: &[ArrangedDocument]) -> Recognised {
        let layouts: Vec<PageLayout> = input.pages.iter().map(PageLayout::new).collect();
        let expected = input.process_code.map(ProcessCode::new);
        let mut recognised = Recognised::of_model(self.model());
        for given in documents {
            let id = given.identifier(input.file);
            let whole = Cut {
                kind: given.kind.clone(),
                confidence: given.confidence,
                spans: spans(&given.parts, &layouts),
            };
            recognised.extents.push(Extent { document: id, parts: given.parts.clone() });
            recognised.pages.extend(given.pages().into_iter().map(|number| RecognisedPage {
                number,
                kind: given.kind.0.clone(),
                confidence: given.confidence.value(),
            }));
            let before = recognised.documents.len();
            // A run of unit price analyses is one document of the person's; each analysis is read by itself.
            let cuts =
                if whole.spans.is_empty() { Vec::new() } else { cut::split_analyses(vec![whole], &layouts) };
            for cut in cuts {
                recognise::recognise_document(&mut recognised, input, &layouts, &cut, id, expected.as_ref());
            }
            let pieces = recognised.documents.split_off(before);
            recognised.documents.push(Document {
                id,
                file: input.file,
                kind: given.kind.clone(),
                confidence: given.confidence,
                pages: given.pages(),
                blank_form: !pieces.is_empty() && pieces.iter().all(|piece| piece.blank_form),
            });
        }
        self.read_names(&mut recognised, input, &layouts);
        // Typed by a person, the pages were not looked at by the encoder: their letters tell them.
        let seen = input.pages.iter().filter(|_| !input.beside.field_examples.is_empty());
        let seen: Vec<_> =
            seen.filter_map(|page| Some((page.number, crate::learning::signature(page, None)?))).collect();
        crate::field_examples::apply(&mut recognised, input, &seen, self.typer.mean());
        recognised
    }
}

/// Says where the documents of a cut lie, in the measure of [`PagePart`].
pub(crate) fn parts(cut: &Cut, layouts: &[PageLayout]) -> Vec<PagePart> {
    let parts = cut.spans.iter().filter_map(|span| {
        let layout = layouts.get(span.page)?;
        if span.rows.is_empty() {
            return Some(PagePart::whole(layout.number));
        }
        let top = (span.rows.start > 0).then(|| border(layout, span.rows.start));
        let bottom = (span.rows.end < layout.rows.len()).then(|| border(layout, span.rows.end));
        Some(PagePart { page: layout.number, top, bottom })
    });
    parts.collect()
}

// Where a row begins, away from both its neighbours; in flowing text its number, for boxes mean nothing there.
fn border(layout: &PageLayout, row: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "rows of one page")]
    if layout.reading_view {
        return row as f64;
    }
    let middle = |row: usize| layout.rows.get(row).map(|row| f64::midpoint(row.bounds[1], row.bounds[3]));
    let here = middle(row).unwrap_or(layout.extent[1]);
    let above = row.checked_sub(1).and_then(middle).unwrap_or(0.0);
    (f64::midpoint(above, here) * 100.0).round() / 100.0
}

pub(crate) fn spans(parts: &[PagePart], layouts: &[PageLayout]) -> Vec<Span> {
    let spans = parts.iter().filter_map(|part| {
        let page = layouts.iter().position(|layout| layout.number == part.page)?;
        Some(Span { page, rows: rows(part, layouts.get(page)?) })
    });
    spans.collect()
}

fn rows(part: &PagePart, layout: &PageLayout) -> Range<usize> {
    let count = layout.rows.len();
    let first_from = |edge: f64| {
        #[expect(clippy::cast_precision_loss, reason = "rows of one page")]
        let place = |(number, row): (usize, &crate::layout::Row)| {
            if layout.reading_view { number as f64 } else { f64::midpoint(row.bounds[1], row.bounds[3]) }
        };
        layout.rows.iter().enumerate().position(|row| place(row) >= edge).unwrap_or(count)
    };
    let start = part.top.map_or(0, first_from);
    let end = part.bottom.map_or(count, first_from);
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Beside;
    use crate::layout::tests::page;
    use cotejo_domain::{Confidence, Fact, PageReading};

    fn pages() -> Vec<PageReading> {
        vec![
            page(
                1,
                &[
                    (60.0, 60.0, "1.2 DATOS GENERALES DEL OFERENTE"),
                    (60.0, 116.0, "R.U.C."),
                    (260.0, 116.0, "1790000001001"),
                    (60.0, 400.0, "1.4 SITUACIÓN FINANCIERA"),
                    (60.0, 440.0, "Índice de solvencia"),
                    (300.0, 440.0, "1,20"),
                ],
            ),
            page(
                2,
                &[(60.0, 60.0, "El texto que sigue no tiene título"), (60.0, 90.0, "R.U.C. 0990000001001")],
            ),
        ]
    }

    fn input(pages: &[PageReading]) -> Input<'_> {
        let file = cotejo_domain::FileHash::of(b"x");
        Input { file, file_name: "oferta.pdf", pages, process_code: None, beside: Beside::default() }
    }

    fn told(facts: &[Fact]) -> Vec<(String, String, Option<u32>)> {
        let told = |fact: &Fact| (fact.field.clone(), fact.raw.clone(), fact.evidence.location.page());
        let mut all: Vec<_> = facts.iter().map(told).collect();
        all.sort();
        all
    }

    fn given(kind: &str, parts: Vec<PagePart>) -> ArrangedDocument {
        ArrangedDocument { kind: kind.into(), typed: true, confidence: Confidence::CERTAIN, parts }
    }

    #[test]
    fn the_machines_own_cut_given_back_reads_the_same_strips_of_pages_included() {
        let pages = pages();
        let recogniser = Recogniser::new(None);
        let machine = recogniser.recognise(&input(&pages));
        let shared = machine.extents.iter().flat_map(|extent| &extent.parts);
        assert!(shared.clone().any(|part| part.top.is_some()), "two forms share the first page: {machine:?}");
        assert_eq!(machine.extents.len(), machine.documents.len());
        let documents: Vec<ArrangedDocument> = machine
            .documents
            .iter()
            .zip(&machine.extents)
            .map(|(document, extent)| ArrangedDocument {
                kind: document.kind.clone(),
                typed: false,
                confidence: document.confidence,
                parts: extent.parts.clone(),
            })
            .collect();
        let again = recogniser.recognise_given(&input(&pages), &documents);
        assert!(!machine.facts.is_empty());
        assert_eq!(told(&again.facts), told(&machine.facts));
        assert_eq!(again.tables, machine.tables);
        let kinds = |of: &Recognised| of.documents.iter().map(|one| one.kind.0.clone()).collect::<Vec<_>>();
        assert_eq!(kinds(&again), kinds(&machine));
    }

    #[test]
    fn a_strip_is_read_as_what_a_person_says_and_no_further() {
        let pages = pages();
        let upper = PagePart { page: 1, top: None, bottom: Some(390.0) };
        let documents = [given("FUO_1_2", vec![upper]), given("RUC_SRI", vec![PagePart::whole(2)])];
        let read = Recogniser::new(None).recognise_given(&input(&pages), &documents);
        let facts = told(&read.facts);
        assert!(
            facts.iter().any(|(field, raw, _)| field == "ruc" && raw.contains("1790000001001")),
            "{facts:?}"
        );
        assert!(facts.iter().all(|(_, raw, _)| raw != "1,20"), "below the strip: {facts:?}");
        assert_eq!(read.documents[1].id, documents[1].identifier(cotejo_domain::FileHash::of(b"x")));
        assert_eq!(read.documents[1].confidence, Confidence::CERTAIN);
    }

    #[test]
    fn pages_are_read_in_the_order_given_and_missing_ones_harm_nobody() {
        let pages = pages();
        let turned = given("CONTRATO_EXP", vec![PagePart::whole(2), PagePart::whole(1)]);
        let absent = given("POLIZA", vec![PagePart::whole(9)]);
        let read = Recogniser::new(None).recognise_given(&input(&pages), &[turned, absent]);
        assert_eq!(read.documents[0].pages, [2, 1]);
        assert_eq!(read.documents[1].pages, [9], "it stands there without facts");
        assert!(read.facts.iter().all(|fact| fact.document == Some(read.documents[0].id)));
        let beyond = PagePart { page: 1, top: Some(5_000.0), bottom: Some(6_000.0) };
        let empty = Recogniser::new(None).recognise_given(&input(&pages), &[given("POLIZA", vec![beyond])]);
        assert!(empty.facts.is_empty() && empty.documents.len() == 1);
    }
}
