//! The reading role.

use crate::answer::{Answer, serve};
use crate::arguments::Arguments;
use crate::{Failure, jail};
use cotejo_domain::{Finding, PageReading, Severity, Table};
use cotejo_intake::package::Piece;
use cotejo_intake::reading_view::ReadingView;
use cotejo_intake::{docx, media, package, plain, xlsx};
use cotejo_lector_protocol::{IntakeLimits, ReadOptions, Reply, Request};
use cotejo_reader::{Event, Options, Reader};

/// Loads the engines, closes the jail, answers.
///
/// # Errors
/// Fails when an engine is missing or the pipe breaks.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let library = arguments.pdfium.as_deref().ok_or_else(|| Failure::WrongUse("falta --pdfium".into()))?;
    let reader = Reader::start(library, arguments.tessdata.as_deref())
        .map_err(|error| Failure::Missing(error.to_string()))?;
    jail::close(jail::Strictness::Reading, arguments.memory_megabytes);
    let (mut input, mut output) =
        (std::io::stdin().lock(), std::io::BufWriter::new(std::io::stdout().lock()));
    serve(&mut input, &mut output, &mut |request, blob, answer| respond(&reader, request, blob, answer))
}

fn respond(reader: &Reader, request: Request, blob: &[u8], answer: &mut Answer<'_>) {
    match request {
        Request::Unpack { name, limits } => package::unpack(&name, blob, limits, &mut |piece| match piece {
            Piece::Entry(entry, content) => answer.send_with(&Reply::Entry(entry), content),
            Piece::Finding(finding) => answer.send(&Reply::Finding(finding)),
        }),
        Request::Read { name, options } => read(reader, &name, blob, &options, answer),
        Request::Render { page, scale } => match reader.render(blob, page, scale) {
            Ok(image) => {
                answer.send_with(&Reply::Image { width: image.width, height: image.height }, &image.png);
            }
            Err(finding) => answer.send(&Reply::Finding(*finding)),
        },
        Request::DecodePliego { name } => {
            let decoded = crate::pliego::decode(reader, &name, blob);
            answer.send(&Reply::Pliego(Box::new(decoded)));
        }
        Request::Verify { anchors, at } => verify(blob, &anchors, at, answer),
        Request::Recognise(input) => {
            let values = [("archivo", input.file_name.as_str())];
            answer.send(&Reply::Finding(cotejo_intake::finding(
                "lector.wrong_role",
                Severity::Error,
                &values,
            )));
        }
    }
}

fn read(reader: &Reader, name: &str, bytes: &[u8], options: &ReadOptions, answer: &mut Answer<'_>) {
    let kind = media::detect(bytes);
    let reading = Options { ocr: options.ocr, pages: options.pages.clone() };
    match kind {
        media::PDF => {
            reader.read_pdf(bytes, &reading, &mut |event| forward(kind, event, answer));
            // Signatures belong to the file: they come with its first page, not with every page that is asked for again.
            if options.pages.is_empty() || options.pages.contains(&1) {
                verify(bytes, &[], None, answer);
            }
        }
        media::JPEG | media::PNG | media::TIFF => {
            reader.read_image(bytes, &reading, &mut |event| forward(kind, event, answer));
        }
        media::DOCX => {
            let read = docx::read(bytes, IntakeLimits::default().file_bytes);
            send_view(kind, read.value, read.findings, options, answer);
        }
        media::XLSX => {
            let read = xlsx::read(bytes);
            send_view(kind, read.value, read.findings, options, answer);
        }
        media::XML => {
            let read = plain::read_xml(bytes);
            send_view(kind, read.value, read.findings, options, answer);
        }
        media::TEXT => send_view(kind, plain::read_text(bytes), Vec::new(), options, answer),
        other => {
            answer.send(&Reply::MediaType { media_type: other.into(), pages: 0 });
            answer.send(&Reply::Finding(not_read(name, other)));
        }
    }
}

// What is not read by itself, with what to do about it.
fn not_read(name: &str, kind: &str) -> Finding {
    let (code, severity) = match kind {
        media::EMPTY => ("intake.empty_file", Severity::Error),
        kind if media::is_container(kind) => ("lector.is_package", Severity::Info),
        _ => ("intake.unsupported_format", Severity::Error),
    };
    cotejo_intake::finding(code, severity, &[("archivo", name), ("tipo", kind)])
}

fn forward(kind: &str, event: Event, answer: &mut Answer<'_>) {
    answer.send(&match event {
        Event::Pages(pages) => Reply::MediaType { media_type: kind.into(), pages },
        Event::Page(page) => Reply::Page(page),
        Event::Finding(finding) => Reply::Finding(finding),
    });
}

fn send_view(
    kind: &str,
    view: ReadingView,
    mut findings: Vec<Finding>,
    options: &ReadOptions,
    answer: &mut Answer<'_>,
) {
    if view.pages.is_empty() && findings.is_empty() {
        findings.push(cotejo_intake::finding("intake.no_content", Severity::Warning, &[]));
    }
    let pages = u32::try_from(view.pages.len()).unwrap_or(u32::MAX);
    answer.send(&Reply::MediaType { media_type: kind.into(), pages });
    let wanted = |number: u32| options.pages.is_empty() || options.pages.contains(&number);
    let ReadingView { pages, tables } = view;
    let pages: Vec<PageReading> = pages.into_iter().filter(|page| wanted(page.number)).collect();
    let tables: Vec<Table> = tables.into_iter().filter(|table| wanted(table.page)).collect();
    pages.into_iter().for_each(|page| answer.send(&Reply::Page(Box::new(page))));
    tables.into_iter().for_each(|table| answer.send(&Reply::Table(table)));
    findings.into_iter().for_each(|finding| answer.send(&Reply::Finding(finding)));
}

fn verify(bytes: &[u8], anchors: &[String], at: Option<jiff::Timestamp>, answer: &mut Answer<'_>) {
    let (good, bad): (Vec<_>, Vec<_>) = anchors.iter().map(hex::decode).partition(Result::is_ok);
    if !bad.is_empty() {
        let count = bad.len().to_string();
        let finding = cotejo_intake::finding("lector.bad_anchor", Severity::Error, &[("cantidad", &count)]);
        answer.send(&Reply::Finding(finding));
    }
    let options = cotejo_signature_verify::Options { anchors: good.into_iter().flatten().collect(), at };
    let read = cotejo_signature_verify::verify_pdf(bytes, &options);
    read.value.into_iter().for_each(|signature| answer.send(&Reply::Signature(Box::new(signature))));
    read.findings.into_iter().for_each(|finding| answer.send(&Reply::Finding(finding)));
}
