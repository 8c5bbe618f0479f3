//! The recognition role, at low priority.

use crate::answer::{Answer, serve};
use crate::arguments::Arguments;
use crate::{Failure, jail};
use cotejo_domain::{Finding, Severity};
use cotejo_lector_protocol::{RecognisedPage, Recognition, RecognitionInput, Reply, Request};
use cotejo_recognition::encoder::Encoder;
use cotejo_recognition::{About, Recogniser};

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

fn recognise(recogniser: &Recogniser, remark: Option<&Finding>, input: &RecognitionInput, answer: &Answer) {
    let mut given = 0;
    let mut next = || {
        let pages = answer.pages(given);
        given += u32::try_from(pages.len()).unwrap_or(u32::MAX);
        pages
    };
    let about =
        About { file: input.file, file_name: &input.file_name, process_code: input.process_code.as_deref() };
    let mut remark = remark.cloned();
    recogniser.recognise_long(&about, &mut next, &mut |recognised| {
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
            leaves: recognised.leaves,
            findings: recognised.findings.into_iter().chain(remark.take()).collect(),
            model: recognised.model,
        })));
    });
}

// The other role reads bytes; here nothing that parses them is loaded.
fn refuse(name: &str, answer: &Answer) {
    let finding = cotejo_intake::finding("lector.wrong_role", Severity::Error, &[("archivo", name)]);
    answer.send(&Reply::Finding(finding));
}
