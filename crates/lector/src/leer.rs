//! The reading role.

use crate::answer::{Answer, FileAtHand, serve};
use crate::arguments::Arguments;
use crate::{Failure, jail};
use cotejo_domain::{FileProperties, Finding, PageReading, Severity, Table};
use cotejo_intake::package::{self, Opener, PdfAttachments, Piece};
use cotejo_intake::reading_view::ReadingView;
use cotejo_intake::{flowing, media, p7m, properties, unlock};
use cotejo_lector_protocol::{MAX_PIECE, Password, ReadOptions, Reply, Request};
use cotejo_reader::{Event, ImageMemory, Options, ReadImage, Reader};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Loads the engines, closes the jail, answers.
///
/// # Errors
/// Fails when an engine is missing or the pipe breaks.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let library = arguments.pdfium.as_deref().ok_or_else(|| Failure::WrongUse("falta --pdfium".into()))?;
    // Both ends for as long as the process lives: nothing else of it reads or writes there.
    let answer =
        Answer::new(std::io::BufReader::new(std::io::stdin()), std::io::BufWriter::new(std::io::stdout()));
    let memory = Arc::new(AtomicBool::new(false));
    let reader = Reader::start(library, arguments.tessdata.as_deref())
        .map_err(|error| Failure::Missing(error.to_string()))?;
    jail::close(jail::Strictness::Reading, arguments.memory_megabytes, jail::Layers::ALL)?;
    let reader =
        reader.remembering(Box::new(CoreMemory { answer: Arc::clone(&answer), open: Arc::clone(&memory) }));
    serve(&answer, &mut |request, file, answer| {
        // Somebody keeps what is read only while a reading says so.
        let wanted = matches!(&request, Request::Read { options, .. } if options.memory);
        memory.store(wanted, Ordering::Relaxed);
        respond(&reader, request, file, answer);
    })
}

/// Asks the core for what it keeps of images, and hands over what is new.
struct CoreMemory {
    answer: Arc<Answer>,
    open: Arc<AtomicBool>,
}

impl ImageMemory for CoreMemory {
    fn recall(&self, key: &str) -> Option<ReadImage> {
        let value = self.open.load(Ordering::Relaxed).then(|| self.answer.recall(key))??;
        serde_json::from_slice(&value).ok()
    }

    fn keep(&self, key: &str, read: &ReadImage) {
        if let (true, Ok(value)) = (self.open.load(Ordering::Relaxed), serde_json::to_vec(read)) {
            self.answer.keep(key, &value);
        }
    }
}

fn respond(reader: &Reader, request: Request, file: &FileAtHand, answer: &Answer) {
    // Files that are not given end the request: the core knows why it does not give them.
    match request {
        Request::Unpack { name, limits, parts, password, leave_pdfs } => {
            let engine = Engine(reader);
            let password = password.as_ref().map(Password::reveal);
            let pdf: Option<&dyn PdfAttachments> = if leave_pdfs { None } else { Some(&engine) };
            let opener = Opener { limits, password, pdf };
            let _ = unpack(&name, file, &parts, &opener, answer);
        }
        Request::Read { name, options } => {
            if let Ok(bytes) = file.whole(answer) {
                read(reader, &name, bytes, &options, answer);
            }
        }
        Request::Render { page, scale, password, turn } => {
            let password = password.as_ref().map(Password::reveal);
            let Ok(bytes) = file.whole(answer) else { return };
            match reader.render_turned(bytes, page, scale, turn, password) {
                Ok(image) => {
                    answer.send_with(&Reply::Image { width: image.width, height: image.height }, &image.png);
                }
                Err(finding) => answer.send(&Reply::Finding(*finding)),
            }
        }
        Request::DecodePliego { name } => {
            let Ok(bytes) = file.whole(answer) else { return };
            let decoded = crate::pliego::decode(reader, &name, bytes);
            answer.send(&Reply::Pliego(Box::new(decoded)));
        }
        Request::Verify { anchors, at } => {
            if let Ok(bytes) = file.whole(answer) {
                verify(bytes, &anchors, at, answer);
            }
        }
        Request::Jail => answer.send(&Reply::Jail(jail::report())),
        Request::Recognise(input) | Request::RecogniseAs { input, .. } | Request::TakeModel(input) => {
            let values = [("archivo", input.file_name.as_str())];
            answer.send(&Reply::Finding(cotejo_intake::finding(
                "lector.wrong_role",
                Severity::Error,
                &values,
            )));
        }
        // Announcements are the loop's; answers to what nobody asked are nobody's.
        Request::File { .. } | Request::Piece | Request::Pages { .. } | Request::Recalled { .. } => {}
    }
}

fn read(reader: &Reader, name: &str, bytes: &[u8], options: &ReadOptions, answer: &Answer) {
    let kind = media::detect(bytes);
    if kind == media::OFFICE_ENCRYPTED {
        let password = options.password.as_ref().map(Password::reveal);
        match unlock::office(name, bytes, password) {
            Ok(opened) => {
                opened.findings.into_iter().for_each(|finding| answer.send(&Reply::Finding(finding)));
                let kind = media::detect(&opened.document);
                read_flowing(name, kind, &opened.document, options, answer);
            }
            Err(finding) => {
                answer.send(&Reply::MediaType { media_type: kind.into(), pages: 0 });
                answer.send(&Reply::Finding(finding));
            }
        }
        return;
    }
    let reading = reading_options(options);
    match kind {
        media::PDF => {
            reader.read_pdf(bytes, &reading, &mut |event| forward(kind, event, answer));
            // Signatures belong to the file: they come with its first page, not with every page that is asked for again.
            if options.pages.is_empty() || options.pages.contains(&1) {
                verify(bytes, &[], None, answer);
            }
        }
        kind if media::is_picture(kind) => {
            reader.read_image(bytes, &reading, &mut |event| forward(kind, event, answer));
        }
        media::PKCS7 => read_envelope(name, bytes, answer),
        kind => read_flowing(name, kind, bytes, options, answer),
    }
}

fn read_flowing(name: &str, kind: &str, bytes: &[u8], options: &ReadOptions, answer: &Answer) {
    match flowing::read(kind, bytes, &options.limits) {
        Some(read) => {
            let said = properties::of(kind, bytes, options.limits.part_bytes);
            send_view(kind, said, read.value, read.findings, options, answer);
        }
        None if package::is_lone_part(bytes) => {
            answer.send(&Reply::MediaType { media_type: media::ZIP.into(), pages: 0 });
            answer.send(&Reply::Finding(cotejo_intake::finding(
                "intake.split_package",
                Severity::Error,
                &[("archivo", name)],
            )));
        }
        None => {
            answer.send(&Reply::MediaType { media_type: kind.into(), pages: 0 });
            let locked = media::is_container(kind) && package::is_locked(bytes);
            answer.send(&Reply::Finding(not_read(name, kind, locked)));
        }
    }
}

/// Gives the reader the limits that this request came with.
pub(crate) fn reading_options(options: &ReadOptions) -> Options {
    Options {
        ocr: options.ocr,
        pages: options.pages.clone(),
        password: options.password.as_ref().map(|password| password.reveal().to_string()),
        most_pages: options.limits.pages,
        most_pixels: u64::from(options.limits.megapixels) * 1_000_000,
        turn: options.turn,
    }
}

/// Takes attachments out of PDFs for the opening of packages.
struct Engine<'r>(&'r Reader);

impl PdfAttachments for Engine<'_> {
    fn attachments(
        &self,
        bytes: &[u8],
        password: Option<&str>,
        take: &mut dyn FnMut(String, Vec<u8>),
    ) -> Vec<Finding> {
        self.0.attachments(bytes, password, take)
    }
}

fn unpack(
    name: &str,
    file: &FileAtHand,
    parts: &[u64],
    opener: &Opener<'_>,
    answer: &Answer,
) -> std::io::Result<()> {
    let mut sink = |piece: Piece<'_>| match piece {
        Piece::Entry(entry, content) => {
            let mut pieces = content.chunks(MAX_PIECE as usize);
            answer.send_with(&Reply::Entry(entry), pieces.next().unwrap_or_default());
            pieces.for_each(|piece| answer.send_with(&Reply::EntryPiece, piece));
        }
        Piece::Finding(finding) => answer.send(&Reply::Finding(finding)),
    };
    let apart = |sink: &mut dyn FnMut(Piece<'_>)| {
        let values = [("archivo", name)];
        sink(Piece::Finding(cotejo_intake::finding("intake.split_package", Severity::Error, &values)));
    };
    let split = parts.len() > 1;
    if file.size() > opener.limits.file_bytes {
        let windows = file.windows(answer);
        if !split {
            return package::unpack_large(name, &windows, opener, &mut sink);
        }
        return match package::join_large(&windows, parts) {
            Some(whole) => package::unpack_large(name, &whole, opener, &mut sink),
            None => {
                apart(&mut sink);
                Ok(())
            }
        };
    }
    let bytes = file.whole(answer)?;
    match (split, cut(bytes, parts).and_then(|parts| package::join(&parts))) {
        (false, _) => package::unpack_with(name, bytes, opener, &mut sink),
        (true, Some(whole)) => package::unpack_with(name, &whole, opener, &mut sink),
        (true, None) => apart(&mut sink),
    }
    Ok(())
}

// The parts as they stand one after the other in the file.
fn cut<'b>(bytes: &'b [u8], lengths: &[u64]) -> Option<Vec<&'b [u8]>> {
    let (mut parts, mut rest) = (Vec::new(), bytes);
    for length in lengths.iter().filter(|_| lengths.len() > 1) {
        let (part, after) = rest.split_at_checked(usize::try_from(*length).ok()?)?;
        parts.push(part);
        rest = after;
    }
    Some(parts)
}

// A signed envelope has no pages of its own: what it holds is a file beside it.
fn read_envelope(name: &str, bytes: &[u8], answer: &Answer) {
    answer.send(&Reply::MediaType { media_type: media::PKCS7.into(), pages: 0 });
    let (code, severity) = match (p7m::content(bytes), p7m::encoding(bytes)) {
        (Some(_), _) => ("intake.signed_envelope", Severity::Info),
        (None, Some(_)) => ("intake.detached_signature", Severity::Warning),
        (None, None) => ("intake.damaged_envelope", Severity::Error),
    };
    answer.send(&Reply::Finding(cotejo_intake::finding(code, severity, &[("archivo", name)])));
    if p7m::encoding(bytes).is_some() {
        verify(bytes, &[], None, answer);
    }
}

// What is not read by itself, with what to do about it.
fn not_read(name: &str, kind: &str, locked: bool) -> Finding {
    let (code, severity) = match kind {
        media::EMPTY => ("intake.empty_file", Severity::Error),
        // Its files were taken out as far as they are not locked.
        kind if media::is_container(kind) && locked => ("intake.encrypted_archive", Severity::Error),
        kind if media::is_container(kind) => ("lector.is_package", Severity::Info),
        media::RAR => ("intake.rar", Severity::Error),
        media::PROGRAM | media::ELF => ("intake.program", Severity::Error),
        _ => ("intake.unsupported_format", Severity::Error),
    };
    cotejo_intake::finding(code, severity, &[("archivo", name), ("tipo", kind)])
}

fn forward(kind: &str, event: Event, answer: &Answer) {
    answer.send(&match event {
        Event::Pages(pages) => Reply::MediaType { media_type: kind.into(), pages },
        Event::Page(page) => Reply::Page(page),
        Event::Properties(properties) => Reply::Properties(properties),
        Event::Look(look) => Reply::Look(look),
        Event::Finding(finding) => Reply::Finding(finding),
    });
}

fn send_view(
    kind: &str,
    said: Option<FileProperties>,
    view: ReadingView,
    mut findings: Vec<Finding>,
    options: &ReadOptions,
    answer: &Answer,
) {
    if view.pages.is_empty() && findings.is_empty() {
        findings.push(cotejo_intake::finding("intake.no_content", Severity::Warning, &[]));
    }
    let pages = u32::try_from(view.pages.len()).unwrap_or(u32::MAX);
    if pages > options.limits.pages {
        let values = [("paginas", pages.to_string()), ("limite", options.limits.pages.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        findings.push(cotejo_intake::finding("intake.too_many_pages", Severity::Error, &values));
    }
    let pages = pages.min(options.limits.pages);
    answer.send(&Reply::MediaType { media_type: kind.into(), pages });
    let wanted =
        |number: u32| number <= pages && (options.pages.is_empty() || options.pages.contains(&number));
    let ReadingView { pages: all, tables } = view;
    let shown: Vec<PageReading> = all.into_iter().filter(|page| wanted(page.number)).collect();
    let tables: Vec<Table> = tables.into_iter().filter(|table| wanted(table.page)).collect();
    shown.into_iter().for_each(|page| answer.send(&Reply::Page(Box::new(page))));
    tables.into_iter().for_each(|table| answer.send(&Reply::Table(table)));
    if let Some(said) = said.filter(|_| options.pages.is_empty() || options.pages.contains(&1)) {
        answer.send(&Reply::Properties(Box::new(said)));
    }
    findings.into_iter().for_each(|finding| answer.send(&Reply::Finding(finding)));
}

fn verify(bytes: &[u8], anchors: &[String], at: Option<jiff::Timestamp>, answer: &Answer) {
    let (good, bad): (Vec<_>, Vec<_>) = anchors.iter().map(hex::decode).partition(Result::is_ok);
    if !bad.is_empty() {
        let count = bad.len().to_string();
        let finding = cotejo_intake::finding("lector.bad_anchor", Severity::Error, &[("cantidad", &count)]);
        answer.send(&Reply::Finding(finding));
    }
    let options = cotejo_signature_verify::Options {
        anchors: good.into_iter().flatten().collect(),
        at,
        ..Default::default()
    };
    let read = match media::detect(bytes) {
        media::PKCS7 => cotejo_signature_verify::verify_envelope(
            p7m::encoding(bytes).as_deref().unwrap_or_default(),
            &options,
        ),
        _ => cotejo_signature_verify::verify_pdf(bytes, &options),
    };
    read.value.into_iter().for_each(|signature| answer.send(&Reply::Signature(Box::new(signature))));
    read.findings.into_iter().for_each(|finding| answer.send(&Reply::Finding(finding)));
}
