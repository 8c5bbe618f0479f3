//! The recognition role, at low priority.

use crate::answer::{Answer, serve};
use crate::arguments::Arguments;
use crate::{Failure, jail};
use cotejo_domain::Severity;
use cotejo_lector_protocol::{RecognisedPage, Recognition, RecognitionInput, Reply, Request};
use cotejo_recognition::{Input, Recogniser};

/// Loads the models, closes the jail, answers.
///
/// # Errors
/// Fails when the pipe breaks.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    jail::lower_priority();
    let recogniser = load(arguments);
    jail::close(jail::Strictness::Recognition, arguments.memory_megabytes);
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout().lock()));
    serve(&mut input, &mut output, &mut |request, _, answer| match request {
        Request::Recognise(input) => recognise(&recogniser, &input, answer),
        Request::Unpack { name, .. } | Request::Read { name, .. } | Request::DecodePliego { name } => {
            refuse(&name, answer);
        }
        Request::Render { .. } | Request::Verify { .. } => refuse("", answer),
    })
}

fn load(_arguments: &Arguments) -> Recogniser {
    Recogniser::by_headings()
}

fn recognise(recogniser: &Recogniser, input: &RecognitionInput, answer: &mut Answer<'_>) {
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
        findings: recognised.findings,
        model: recognised.model,
    })));
}

// The other role reads bytes; here nothing that parses them is loaded.
fn refuse(name: &str, answer: &mut Answer<'_>) {
    let finding = cotejo_intake::finding("lector.wrong_role", Severity::Error, &[("archivo", name)]);
    answer.send(&Reply::Finding(finding));
}
