//! The whole of recognition for one file: types, documents, facts, tables, findings.

use crate::documents::blank::{self, Filling, Slots};
use crate::documents::cut::{self, Cut, Guess};
use crate::documents::headings;
use crate::facts::{self, Candidate};
use crate::layout::PageLayout;
use crate::learning;
use crate::tables;
use cotejo_domain::{
    Confidence, Document, DocumentId, DocumentType, Evidence, Fact, FileHash, Finding, Location, PageReading,
    PageStatus, ProcessCode, Severity, Table,
};
use sha2::{Digest, Sha256};

/// Version of the cutting into documents; part of every document's identifier.
const CUTTER: &str = "documentos@1";

/// Gives recognition one file's pages.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// Path within the package.
    pub file_name: &'a str,
    /// Its pages.
    pub pages: &'a [PageReading],
    /// Code of the process, as context for ambiguous codes.
    pub process_code: Option<&'a str>,
    /// What is known beside the pages.
    pub beside: crate::Beside<'a>,
}

/// Holds the type of one page.
#[derive(Clone, Debug, PartialEq)]
pub struct RecognisedPage {
    /// Page from 1.
    pub number: u32,
    /// Type identifier.
    pub kind: String,
    /// Confidence, 0 to 1.
    pub confidence: f64,
}

/// Holds what recognition found in one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// Types, page by page.
    pub pages: Vec<RecognisedPage>,
    /// Documents.
    pub documents: Vec<Document>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Tables with typed heads, for the arithmetic checks.
    pub tables: Vec<Table>,
    /// Forms against the models that the process gave.
    pub templates: Vec<cotejo_domain::TemplateReading>,
    /// Codes and stamps that say something else than what stands beside them.
    pub print_differences: Vec<cotejo_domain::PrintDifference>,
    /// What pages are recognised by, each with its page.
    pub signatures: Vec<(u32, cotejo_domain::PageSignature)>,
    /// Pages that were typed by an example.
    pub examples: Vec<cotejo_domain::ExampleUse>,
    /// Fields that were read by an example.
    pub field_uses: Vec<cotejo_domain::field_learning::FieldUse>,
    /// Where each document lies.
    pub extents: Vec<crate::Extent>,
    /// Leaf numbers: each page on which one was read, and what it says.
    pub leaves: Vec<(u32, u32)>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Producer and version of the models.
    pub model: String,
}

/// Types pages by headings and cues alone: what answers where no model does.
#[must_use]
pub(crate) fn guess_by_headings(layouts: &[PageLayout]) -> Vec<Guess> {
    layouts
        .iter()
        .map(|layout| match headings::decide(layout) {
            Some(score) => Guess { confidence: Confidence::new(score.score.min(0.95)), kind: score.kind },
            None => Guess { kind: DocumentType::other(), confidence: Confidence::NONE },
        })
        .collect()
}

/// Puts together what the learnt heads and the headings say of one page. Where one abstains the other answers; where they
/// contradict each other the surer one does, less sure than before.
#[must_use]
pub(crate) fn combine(learnt: Guess, heading: Guess) -> Guess {
    let other = DocumentType::other();
    if heading.kind == other || learnt.kind == DocumentType::blank_sheet() {
        return learnt;
    }
    if learnt.kind == other {
        return heading;
    }
    if learnt.kind == heading.kind {
        let confidence = learnt.confidence.value().max(heading.confidence.value());
        return Guess { kind: learnt.kind, confidence: Confidence::new(confidence) };
    }
    let (stronger, weaker) = if heading.confidence.value() > learnt.confidence.value() {
        (heading, learnt)
    } else {
        (learnt, heading)
    };
    let confidence = stronger.confidence.value() * (1.0 - 0.4 * weaker.confidence.value());
    Guess { kind: stronger.kind, confidence: Confidence::new(confidence) }
}

/// Recognises a file whose pages are already typed.
#[must_use]
pub(crate) fn recognise(
    input: &Input<'_>,
    layouts: &[PageLayout],
    guesses: &[Guess],
    sayings: &learning::Sayings<'_>,
    model: String,
) -> Recognised {
    let statuses: Vec<PageStatus> = input.pages.iter().map(|page| page.status).collect();
    let expected = input.process_code.map(ProcessCode::new);
    let cuts = learning::recut(cut::split_analyses(cut::cut(layouts, &statuses, guesses), layouts), sayings);
    let mut recognised =
        Recognised { pages: page_types(layouts, &statuses, guesses, &cuts), ..Recognised::of_model(model) };
    for (index, cut) in cuts.iter().enumerate() {
        let id = document_id(input.file, layouts, cut, index);
        recognise_document(&mut recognised, input, layouts, cut, id, expected.as_ref());
        let parts = crate::given::parts(cut, layouts);
        recognised.extents.push(crate::Extent { document: id, parts });
    }
    crate::codes::check(&mut recognised, input, layouts);
    recognised
}

impl Recognised {
    /// Holds nothing yet.
    pub(crate) fn of_model(model: String) -> Self {
        Self {
            pages: Vec::new(),
            documents: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
            templates: Vec::new(),
            print_differences: Vec::new(),
            signatures: Vec::new(),
            examples: Vec::new(),
            field_uses: Vec::new(),
            extents: Vec::new(),
            leaves: Vec::new(),
            findings: Vec::new(),
            model,
        }
    }
}

/// Reads one document: its fields, its tables, whether it was handed in empty.
pub(crate) fn recognise_document(
    recognised: &mut Recognised,
    input: &Input<'_>,
    layouts: &[PageLayout],
    cut: &Cut,
    id: DocumentId,
    expected: Option<&ProcessCode>,
) {
    let mut pages: Vec<u32> = cut.spans.iter().map(|span| layouts[span.page].number).collect();
    pages.dedup();
    let mut found = facts::read(layouts, cut, expected);
    let read = tables::read(layouts, cut);
    facts::listed::read(&mut found, &read, layouts, cut);
    facts::partners::read(&mut found, layouts, cut);
    facts::listed::confirm_totals(&mut found, &read);
    facts::listed::under_their_names(&mut found, cut);
    let mut labelled = Slots::default();
    for (_, filled) in &found.slots {
        labelled.add(*filled);
    }
    let entries = blank::entries(layouts, cut);
    labelled.filled += entries;
    let mut rows = read.slots;
    if blank::is_scanned_model(layouts, cut, entries) {
        labelled = labelled.emptied();
        rows = rows.emptied();
    }
    let left = blank::placeholders(layouts, cut) + blank::bare_labels(layouts, cut);
    let filling = blank::judge(&cut.kind.0, labelled, rows, left);
    let blank_form = filling == Filling::Blank;
    let first_page = pages.first().copied();
    if let Filling::Blank = filling {
        recognised.findings.push(finding(
            "recognition.blank_form",
            Severity::Warning,
            first_page,
            &[("tipo", name_of(&cut.kind))],
        ));
    }
    if let Some(compared) = crate::template::compare(input.beside.templates, layouts, cut, id, blank_form) {
        recognised.findings.extend(crate::template::findings(&compared, name_of(&cut.kind)));
        recognised.templates.push(compared);
    }
    for problem in &read.problems {
        let page = problem.page.to_string();
        recognised.findings.push(finding(
            problem.code,
            Severity::Warning,
            Some(problem.page),
            &[("tipo", name_of(&cut.kind)), ("pagina", &page), ("leido", &problem.read)],
        ));
    }
    for undecided in &found.undecided {
        recognised.findings.push(finding(
            "recognition.ambiguous_amount",
            Severity::Warning,
            Some(layouts[undecided.candidate.page].number),
            &[("monto", undecided.candidate.raw.as_str()), ("tipo", name_of(&cut.kind))],
        ));
    }
    if !blank_form {
        for candidate in facts::settle::settle(found.list) {
            recognised.facts.push(fact(input, layouts, cut, id, candidate));
        }
        recognised.tables.extend(read.tables);
    }
    recognised.documents.push(Document {
        id,
        file: input.file,
        kind: cut.kind.clone(),
        confidence: cut.confidence,
        pages,
        blank_form,
    });
}

pub(crate) fn fact(
    input: &Input<'_>,
    layouts: &[PageLayout],
    cut: &Cut,
    id: DocumentId,
    candidate: Candidate,
) -> Fact {
    let layout = &layouts[candidate.page];
    let read = candidate
        .places
        .iter()
        .map(|place| layout.confidence(place))
        .fold(Confidence::CERTAIN, Confidence::weakest);
    let confidence = Confidence::new(candidate.confidence).weakest(read).weakest(cut.confidence);
    let location = if layout.reading_view {
        let words = &input.pages[candidate.page].words;
        let first = candidate.places.first().and_then(|place| layout.words_in(place).first());
        first.and_then(|span| words.get(span.index)).map_or(Location::WholeFile, |word| {
            cotejo_domain::reading_view_location(input.pages, layout.number, word)
        })
    } else {
        Location::Page {
            page: layout.number,
            quads: candidate.places.iter().flat_map(|place| layout.quads(place)).collect(),
        }
    };
    let quote = facts::join(layout, &candidate.places);
    Fact {
        document: Some(id),
        field: candidate.field,
        value: candidate.value,
        raw: candidate.raw,
        evidence: Evidence {
            file: input.file,
            file_name: input.file_name.into(),
            location,
            quote: quote.raw(0..quote.len()).into(),
            extractor: candidate.extractor.into(),
            confidence,
        },
        confidence,
    }
}

fn page_types(
    layouts: &[PageLayout],
    statuses: &[PageStatus],
    guesses: &[Guess],
    cuts: &[Cut],
) -> Vec<RecognisedPage> {
    layouts
        .iter()
        .enumerate()
        .map(|(index, layout)| {
            let status = statuses.get(index).copied().unwrap_or(PageStatus::Text);
            if status == PageStatus::Blank || status != PageStatus::Failed && layout.rows.is_empty() {
                return RecognisedPage {
                    number: layout.number,
                    kind: DocumentType::blank_sheet().0,
                    confidence: 1.0,
                };
            }
            // The document that fills most of the page names it.
            let owner = cuts
                .iter()
                .flat_map(|cut| {
                    cut.spans.iter().filter(|span| span.page == index).map(move |span| (span.rows.len(), cut))
                })
                .max_by_key(|(rows, _)| *rows)
                .map(|(_, cut)| cut);
            let guess = guesses.get(index);
            let (kind, confidence) = match (owner, guess) {
                (Some(owner), Some(guess)) if owner.kind == guess.kind => {
                    (owner.kind.0.clone(), owner.confidence.value().max(guess.confidence.value()))
                }
                (Some(owner), _) => (owner.kind.0.clone(), owner.confidence.value() * 0.9),
                (None, _) => (DocumentType::other().0, 0.0),
            };
            RecognisedPage { number: layout.number, kind, confidence: Confidence::new(confidence).value() }
        })
        .collect()
}

/// Makes the identifier of a document from what it is made of: the same file gives the same identifiers.
fn document_id(file: FileHash, layouts: &[PageLayout], cut: &Cut, index: usize) -> DocumentId {
    let mut hash = Sha256::new();
    hash.update(CUTTER);
    hash.update(file.0);
    hash.update(cut.kind.0.as_bytes());
    hash.update((index as u64).to_le_bytes());
    for span in &cut.spans {
        // From 0, as the file counts its pages: the stretches of a long file must not give one identifier twice.
        let page = layouts
            .get(span.page)
            .map_or(span.page as u64, |layout| u64::from(layout.number).saturating_sub(1));
        hash.update(page.to_le_bytes());
        hash.update((span.rows.start as u64).to_le_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    DocumentId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn name_of(kind: &DocumentType) -> &str {
    cotejo_domain::document_type_entry(&kind.0).map_or(kind.0.as_str(), |entry| entry.name.as_str())
}

pub(crate) fn finding(code: &str, severity: Severity, page: Option<u32>, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity,
        page,
        message: cotejo_catalogue::message(code, values),
        remedy: cotejo_catalogue::remedy(code, values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{page, prose};

    fn run(pages: &[PageReading]) -> Recognised {
        let layouts: Vec<_> = pages.iter().map(PageLayout::new).collect();
        let guesses = guess_by_headings(&layouts);
        let input = Input {
            file: FileHash::of(b"x"),
            file_name: "oferta.pdf",
            pages,
            process_code: None,
            beside: crate::Beside::default(),
        };
        recognise(&input, &layouts, &guesses, &learning::Sayings::new(), "prueba".into())
    }

    fn value<'a>(recognised: &'a Recognised, field: &str) -> Option<&'a Fact> {
        recognised.facts.iter().find(|fact| fact.field == field)
    }

    #[test]
    fn a_title_over_two_lines_is_no_empty_slot_of_a_filled_form() {
        let sheet = |share: &str| {
            run(&[page(
                1,
                &[
                    (60.0, 60.0, "1.12 PARTICIPACIÓN ECUATORIANA PARA EL PROYECTO"),
                    (60.0, 74.0, "PROPUESTA POR EL OFERENTE"),
                    (60.0, 110.0, "Agregado ecuatoriano de la"),
                    (260.0, 117.0, share),
                    (60.0, 124.0, "oferta:"),
                ],
            )])
        };
        let kinds = |recognised: &Recognised| recognised.documents[0].kind.0.clone();
        let (filled, empty) = (sheet("57.82 %"), sheet("..................... %"));
        assert_eq!((kinds(&filled), kinds(&empty)), ("FUO_1_12_PE".into(), "FUO_1_12_PE".into()));
        assert!(!filled.documents[0].blank_form, "{:?}", filled.findings);
        assert!(empty.documents[0].blank_form, "an empty one still is");
    }

    #[test]
    fn a_form_of_a_few_lines_that_says_something_is_not_blank() {
        let sheet = |sentence: &str| {
            run(&[page(
                1,
                &[
                    (60.0, 60.0, "1.2 DATOS GENERALES DEL OFERENTE"),
                    (60.0, 100.0, sentence),
                    (60.0, 116.0, "Teléfono:"),
                    (60.0, 132.0, "Correo electrónico:"),
                ],
            )])
        };
        let filled = sheet("Comparece Persona Ficticia, con RUC 1790011674001, por sus derechos.");
        assert!(!filled.documents[0].blank_form, "{:?}", filled.findings);
        assert!(sheet("Comparece el oferente por sus derechos.").documents[0].blank_form);
    }

    #[test]
    fn a_filled_form_gives_facts_with_evidence() {
        let recognised = run(&[page(
            1,
            &[
                (60.0, 60.0, "1.2 DATOS GENERALES DEL OFERENTE"),
                (60.0, 100.0, "Participación:"),
                (260.0, 100.0, "Individual"),
                (60.0, 116.0, "R.U.C."),
                (260.0, 116.0, "1790011674001"),
                (60.0, 132.0, "Correo electrónico:"),
                (260.0, 132.0, "ventas@ejemplo.com.ec"),
            ],
        )]);
        assert_eq!(recognised.documents.len(), 1);
        assert!(!recognised.documents[0].blank_form);
        let ruc = value(&recognised, "ruc").expect("a RUC");
        assert_eq!(ruc.value.canonical(), "1790011674001");
        assert_eq!(
            ruc.evidence.location.quad().map(|quad| quad.bounds()[0]),
            Some(260.0),
            "the value, not its label"
        );
        assert_eq!(ruc.document, Some(recognised.documents[0].id));
    }

    #[test]
    fn the_official_model_is_blank_and_gives_no_fact() {
        let recognised = run(&[prose(
            1,
            &[
                "SECCIÓN I",
                "FORMULARIO ÚNICO DE LA OFERTA",
                "NOMBRE DEL OFERENTE:",
                "…………………………………….",
                "1.1. PRESENTACIÓN Y COMPROMISO",
                "El que suscribe, en atención a la convocatoria efectuada por (nombre de la",
                "entidad contratante) para la ejecución de (nombre de la obra o proyecto), luego",
                "de examinar el pliego del presente procedimiento de ejecución de obras, al",
                "presentar esta oferta por (sus propios derechos, si es persona natural) /",
                "(representante legal o apoderado de si es persona jurídica), declara que:",
                "1.2. DATOS GENERALES DEL OFERENTE.",
                "Participación:",
                "Nombre del oferente:",
                "R.U.C.",
                "Naturaleza:",
            ],
        )]);
        assert_eq!(recognised.documents.len(), 2, "{:?}", recognised.documents);
        assert!(
            recognised.documents.iter().all(|document| document.blank_form),
            "{:?}",
            recognised.documents
        );
        assert!(recognised.facts.is_empty(), "{:?}", recognised.facts);
        assert!(
            recognised.findings.iter().all(|finding| !finding.message.starts_with('«')),
            "sentences exist"
        );
    }

    #[test]
    fn dotted_lines_that_a_scan_turned_into_letters_fill_nothing() {
        let mut scanned = page(
            1,
            &[
                (60.0, 60.0, "3. NÓMINA DE SOCIOS, ACCIONISTAS O PARTÍCIPES MAYORITARIOS"),
                (60.0, 100.0, "Nombre del beneficiario final:"),
                (260.0, 100.0, "(nombre del oferente)"),
                (60.0, 116.0, "Nacionalidad:"),
                (260.0, 116.0, "AREA"),
            ],
        );
        scanned.status = PageStatus::Ocr;
        for word in scanned.words.iter_mut().filter(|word| word.text == "AREA") {
            word.confidence = Confidence::new(0.12);
        }
        let recognised = run(&[scanned]);
        assert!(recognised.documents[0].blank_form, "{:?}", recognised.facts);
        assert!(value(&recognised, "beneficiario.nacionalidad").is_none(), "scraps state nothing");
    }

    #[test]
    fn identifiers_are_the_same_on_every_run() {
        let pages = [prose(1, &["1.4 SITUACIÓN FINANCIERA", "texto"])];
        assert_eq!(run(&pages).documents[0].id, run(&pages).documents[0].id);
    }
}
