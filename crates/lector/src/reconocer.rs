//! The recognition role, at low priority.

use crate::answer::{Answer, serve};
use crate::arguments::Arguments;
use crate::{Failure, jail};
use cotejo_domain::{ArrangedDocument, Finding, ModelText, PageReading, Severity};
use cotejo_lector_protocol::{DocumentExtent, RecognisedPage, Recognition, RecognitionInput, Reply, Request};
use cotejo_recognition::encoder::Encoder;
use cotejo_recognition::layout::PageLayout;
use cotejo_recognition::template::{self, Template};
use cotejo_recognition::{About, Beside, Extent, Input, Recognised, RecognisedPage as Page, Recogniser};

/// Loads the models, closes the jail, answers.
///
/// # Errors
/// Fails when the pipe breaks.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (recogniser, remark) = load(arguments);
    jail::close(jail::Strictness::Recognition, arguments.memory_megabytes, jail::Layers::ALL)?;
    let answer =
        Answer::new(std::io::BufReader::new(std::io::stdin()), std::io::BufWriter::new(std::io::stdout()));
    serve(&answer, &mut |request, _, answer| match request {
        Request::Recognise(input) => recognise(&recogniser, remark.as_ref(), &input, answer),
        Request::RecogniseAs { input, documents } => recognise_as(&recogniser, &input, &documents, answer),
        Request::TakeModel(input) => take_model(&input, answer),
        Request::Unpack { name, .. } | Request::Read { name, .. } | Request::DecodePliego { name } => {
            refuse(&name, answer);
        }
        Request::Jail => answer.send(&Reply::Jail(jail::report())),
        Request::Render { .. } | Request::Verify { .. } => refuse("", answer),
        Request::File { .. } | Request::Piece | Request::Pages { .. } | Request::Recalled { .. } => {}
    })
}

// Without an encoder the n-grams answer, and the name of the model says so. One that is there but broken deserves a word.
fn load(arguments: &Arguments) -> (Recogniser, Option<Finding>) {
    let warning =
        |key: &str, detail: &str| cotejo_intake::finding(key, Severity::Warning, &[("detalle", detail)]);
    let (encoder, remark) = match arguments.encoder.as_deref().map(Encoder::open) {
        None => (None, None),
        Some(Ok(encoder)) => (Some(encoder), None),
        Some(Err(error)) => (None, Some(warning("lector.encoder_broken", error.code()))),
    };
    match crate::heads::load(arguments) {
        Ok(None) => (Recogniser::new(encoder), remark),
        Ok(Some(heads)) => (Recogniser::with_heads(encoder, heads), remark),
        Err(detail) => (Recogniser::new(encoder), remark.or(Some(warning("lector.heads_broken", &detail)))),
    }
}

fn recognise(recogniser: &Recogniser, remark: Option<&Finding>, input: &RecognitionInput, answer: &Answer) {
    let mut given = 0;
    let mut next = || {
        let pages = answer.pages(given);
        given += u32::try_from(pages.len()).unwrap_or(u32::MAX);
        pages
    };
    let templates: Vec<Template<'_>> = input.models.iter().map(Template::new).collect();
    let about = About {
        file: input.file,
        file_name: &input.file_name,
        process_code: input.process_code.as_deref(),
        beside: beside(input, &templates),
    };
    let mut remark = remark.cloned();
    recogniser.recognise_long(&about, &mut next, &mut |recognised| {
        answer.send(&Reply::Recognised(Box::new(told(recognised, recogniser.weights(), remark.take()))));
    });
}

fn beside<'a>(input: &'a RecognitionInput, templates: &'a [Template<'a>]) -> Beside<'a> {
    Beside {
        templates,
        codes: &input.codes,
        examples: &input.examples,
        field_examples: &input.field_examples,
        signatures: input.signatures.as_deref(),
    }
}

// A file of the process is bounded by the limits of reading.
fn take_model(input: &RecognitionInput, answer: &Answer) {
    let layouts: Vec<PageLayout> = all_pages(answer).iter().map(PageLayout::new).collect();
    let text = template::carries_forms(&layouts).then(|| ModelText {
        file: input.file,
        name: input.file_name.clone(),
        text: template::model_text(&layouts),
    });
    let taken =
        Recognition { model_text: text.filter(|model| !model.text.is_empty()), ..Recognition::default() };
    answer.send(&Reply::Recognised(Box::new(taken)));
}

fn all_pages(answer: &Answer) -> Vec<PageReading> {
    let mut pages = Vec::new();
    loop {
        let more = answer.pages(u32::try_from(pages.len()).unwrap_or(u32::MAX));
        if more.is_empty() {
            return pages;
        }
        pages.extend(more);
    }
}

// The pages of documents that a person cut are few: they are held together.
fn recognise_as(
    recogniser: &Recogniser,
    input: &RecognitionInput,
    documents: &[ArrangedDocument],
    answer: &Answer,
) {
    let pages = all_pages(answer);
    let templates: Vec<Template<'_>> = input.models.iter().map(Template::new).collect();
    let recognised = recogniser.recognise_given(
        &Input {
            file: input.file,
            file_name: &input.file_name,
            pages: &pages,
            process_code: input.process_code.as_deref(),
            beside: beside(input, &templates),
        },
        documents,
    );
    answer.send(&Reply::Recognised(Box::new(told(recognised, recogniser.weights(), None))));
}

fn told(recognised: Recognised, weights: &str, remark: Option<Finding>) -> Recognition {
    let page =
        |page: Page| RecognisedPage { number: page.number, kind: page.kind, confidence: page.confidence };
    let extent = |extent: Extent| DocumentExtent { document: extent.document, parts: extent.parts };
    Recognition {
        pages: recognised.pages.into_iter().map(page).collect(),
        documents: recognised.documents,
        facts: recognised.facts,
        tables: recognised.tables,
        leaves: recognised.leaves,
        templates: recognised.templates,
        print_differences: recognised.print_differences,
        model_text: None,
        weights: weights.to_owned(),
        page_signatures: recognised.signatures,
        examples: recognised.examples,
        field_uses: recognised.field_uses,
        extents: recognised.extents.into_iter().map(extent).collect(),
        findings: recognised.findings.into_iter().chain(remark).collect(),
        model: recognised.model,
    }
}

// The other role reads bytes; here nothing that parses them is loaded.
fn refuse(name: &str, answer: &Answer) {
    let finding = cotejo_intake::finding("lector.wrong_role", Severity::Error, &[("archivo", name)]);
    answer.send(&Reply::Finding(finding));
}
