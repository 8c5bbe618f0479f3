//! The recognition role, at low priority.

use crate::answer::{Answer, serve};
use crate::arguments::Arguments;
use crate::{Failure, jail};
use cotejo_domain::{Finding, Severity};
use cotejo_lector_protocol::{RecognisedPage, Recognition, RecognitionInput, Reply, Request};
use cotejo_recognition::encoder::Encoder;
use cotejo_recognition::{Input, Recogniser};

/// Loads the models, closes the jail, answers.
///
/// # Errors
/// Fails when the pipe breaks.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (recogniser, remark) = load(arguments);
    jail::close(jail::Strictness::Recognition, arguments.memory_megabytes, jail::Layers::ALL)?;
    let (mut input, mut output) =
        (std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout().lock()));
    serve(&mut input, &mut output, &mut |request, _, answer| match request {
        Request::Recognise(input) => recognise(&recogniser, remark.as_ref(), &input, answer),
        Request::Unpack { name, .. } | Request::Read { name, .. } | Request::DecodePliego { name } => {
            refuse(&name, answer);
        }
        Request::Jail => answer.send(&Reply::Jail(jail::report())),
        Request::Render { .. } | Request::Verify { .. } => refuse("", answer),
    })
}

// Without an encoder the n-grams answer, and the name of the model says so. One that is there but broken deserves a word.
fn load(arguments: &Arguments) -> (Recogniser, Option<Finding>) {
    let Some(folder) = &arguments.encoder else { return (Recogniser::new(None), None) };
    match Encoder::open(folder) {
        Ok(encoder) => (Recogniser::new(Some(encoder)), None),
        Err(error) => {
            let values = [("detalle", error.code())];
            let finding = cotejo_intake::finding("lector.encoder_broken", Severity::Warning, &values);
            (Recogniser::new(None), Some(finding))
        }
    }
}

fn recognise(
    recogniser: &Recogniser,
    remark: Option<&Finding>,
    input: &RecognitionInput,
    answer: &mut Answer<'_>,
) {
    let recognised = recogniser.recognise(&Input {
        file: input.file,
        file_name: &input.file_name,
        pages: &input.pages,
        process_code: input.process_code.as_deref(),
    });
    let pages = recognised
        .pages
        .into_iter()
        .map(|page| RecognisedPage { number: page.number, kind: page.kind, confidence: page.confidence })
        .collect();
    answer.send(&Reply::Recognised(Box::new(Recognition {
        pages,
        documents: recognised.documents,
        facts: recognised.facts,
        tables: recognised.tables,
        findings: recognised.findings.into_iter().chain(remark.cloned()).collect(),
        model: recognised.model,
    })));
}

// The other role reads bytes; here nothing that parses them is loaded.
fn refuse(name: &str, answer: &mut Answer<'_>) {
    let finding = cotejo_intake::finding("lector.wrong_role", Severity::Error, &[("archivo", name)]);
    answer.send(&Reply::Finding(finding));
}
