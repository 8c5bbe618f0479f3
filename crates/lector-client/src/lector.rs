//! The one surface of this crate: files in, values out.

use crate::cancel::Cancel;
use crate::feed::FileFeed;
use crate::file::{Following, Job};
use crate::pool::{Bounds, Pool, Role};
use crate::reading::FileReading;
use crate::worker::{End, Supplies, Wall, Worker};
use crate::{LectorError, Resources, Settings};
use cotejo_domain::{Finding, PageReading, Pliego, Read, Severity, SignatureReading};
use cotejo_lector_protocol::{
    ContainerEntry, JailReport, Password, ReadOptions, Recognition, RecognitionInput, Reply, Request,
};
use std::collections::HashSet;

/// Holds the files of a package.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unpacked {
    /// The files with their bytes, nested packages opened.
    pub entries: Vec<(ContainerEntry, Vec<u8>)>,
    /// What could not be taken out.
    pub findings: Vec<Finding>,
}

/// Hands on a file that is taken out of a package, piece by piece.
#[derive(Debug)]
pub enum EntryPiece<'p> {
    /// A file begins. What began before and did not end is not to be kept.
    Begin(&'p ContainerEntry),
    /// Its next bytes.
    Bytes(&'p [u8]),
    /// It is whole.
    End,
}

/// Gives pages as recognition asks for them: a few at a time, so that no frame grows with the file.
pub fn in_frames(pages: &[PageReading]) -> impl FnMut(u32) -> Vec<PageReading> + '_ {
    move |after| {
        let from = usize::try_from(after).unwrap_or(usize::MAX);
        pages.iter().skip(from).take(PAGES_IN_FRAME).cloned().collect()
    }
}

/// Pages that travel in one frame.
const PAGES_IN_FRAME: usize = 16;

/// Holds the image of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageImage {
    /// The PNG.
    pub png: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Recognition stands back behind everything a person waits for.
const RECOGNITION_NICENESS: u8 = 15;

/// Reads through workers. Share it between threads: each call takes one worker of the pool, and waits while all are busy.
pub struct Lector {
    resources: Resources,
    settings: Settings,
    readers: Pool,
    recognisers: Pool,
}

impl Lector {
    /// Prepares the pools; workers start with the first call.
    #[must_use]
    pub fn new(resources: Resources, settings: Settings) -> Self {
        let readers = Pool::new(
            Role::Leer,
            Bounds {
                most: settings.readers,
                address_megabytes: settings.reader_megabytes,
                resident_megabytes: settings.reader_resident_megabytes,
                niceness: settings.niceness,
            },
        );
        let recognisers = Pool::new(
            Role::Reconocer,
            Bounds {
                most: 1,
                address_megabytes: settings.recogniser_megabytes,
                resident_megabytes: 0,
                niceness: settings.niceness.max(RECOGNITION_NICENESS),
            },
        );
        Self { resources, settings, readers, recognisers }
    }

    /// Returns where things are.
    #[must_use]
    pub fn resources(&self) -> &Resources {
        &self.resources
    }

    /// Returns the settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Lists the processes of workers that wait for work.
    #[must_use]
    pub fn idle_processes(&self) -> Vec<u32> {
        let mut processes = self.readers.idle_processes();
        processes.extend(self.recognisers.idle_processes());
        processes
    }

    /// Reads one file. `on_page` sees each page as soon as it is there, failed ones included; a long PDF is shared out among the free workers,
    /// so pages may come out of order (the reading itself has them in order). Whatever the file does to the worker is a
    /// finding of the reading; every page the file says it has is in it.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn read<'f>(
        &self,
        name: &str,
        file: impl Into<FileFeed<'f>>,
        options: &ReadOptions,
        cancel: &Cancel,
        on_page: &mut dyn FnMut(&PageReading),
    ) -> Result<FileReading, LectorError> {
        let following =
            Following { known: Vec::new(), on_page, on_part: &mut |_| {}, let_go: false, memory: None };
        self.read_on(name, file, options, following, cancel)
    }

    /// Reads one file, going on from what an interrupted reading of the same bytes had got: as [`Lector::read`] otherwise.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn read_on<'f>(
        &self,
        name: &str,
        file: impl Into<FileFeed<'f>>,
        options: &ReadOptions,
        following: Following<'_>,
        cancel: &Cancel,
    ) -> Result<FileReading, LectorError> {
        let file = file.into();
        if file.size() > self.settings.limits.file_bytes {
            let limit = (self.settings.limits.file_bytes / (1024 * 1024)).to_string();
            let finding = remark("lector.file_too_large", None, &[("archivo", name), ("limite", &limit)]);
            return Ok(FileReading { findings: vec![finding], ..FileReading::default() });
        }
        let memory = following.memory;
        Job::new(self, name, file, options, memory, cancel).read(&options.pages, following)
    }

    /// Opens a package completely, nested ones included, and holds all that is in it in memory.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn unpack<'f>(
        &self,
        name: &str,
        file: impl Into<FileFeed<'f>>,
        cancel: &Cancel,
    ) -> Result<Unpacked, LectorError> {
        let mut entries = Vec::new();
        let mut open: Option<(ContainerEntry, Vec<u8>)> = None;
        let findings = self.unpack_each(name, file, None, cancel, &mut |piece| {
            match piece {
                EntryPiece::Begin(entry) => open = Some((entry.clone(), Vec::new())),
                EntryPiece::Bytes(bytes) => {
                    open.iter_mut().for_each(|(_, content)| content.extend_from_slice(bytes))
                }
                EntryPiece::End => entries.extend(open.take()),
            }
            Ok(())
        })?;
        Ok(Unpacked { entries, findings })
    }

    /// Opens a package completely, nested ones included, and hands each file on piece by piece as it comes out; the worker waits
    /// meanwhile. A package that came split (`.z01`, `.z02`, …, `.zip`) is a feed of its parts in order. Returns what could not be
    /// taken out. What `on_piece` says goes wrong ends it.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, when the person cancelled, or when `on_piece` does.
    pub fn unpack_each<'f>(
        &self,
        name: &str,
        file: impl Into<FileFeed<'f>>,
        password: Option<&Password>,
        cancel: &Cancel,
        on_piece: &mut dyn FnMut(EntryPiece<'_>) -> std::io::Result<()>,
    ) -> Result<Vec<Finding>, LectorError> {
        let file = file.into();
        let mut findings: Vec<Finding> = Vec::new();
        let mut taken = Taking::default();
        let mut refusal = None;
        // The PDF engine is the likeliest to die on a bidder's bytes: then once more without it, so that it costs no file.
        for leave_pdfs in [false, true] {
            let request = Request::Unpack {
                name: name.into(),
                limits: self.settings.limits,
                parts: file.lengths(),
                password: password.cloned(),
                leave_pdfs,
            };
            taken.open = None;
            // Nobody wants what comes after it could not be kept.
            let stop = Cancel::new();
            let watched = cancel.with(&stop);
            let end = self.ask(&self.readers, &request, Some(&file), &watched, &mut |reply, blob| {
                let outcome = match reply {
                    _ if refusal.is_some() => Ok(()),
                    Reply::Entry(entry) => taken.begin(entry, &blob, on_piece),
                    Reply::EntryPiece => taken.go_on(&blob, on_piece),
                    Reply::Finding(finding) if !findings.contains(&finding) => {
                        findings.push(finding);
                        Ok(())
                    }
                    _ => Ok(()),
                };
                if let Err(error) = outcome {
                    refusal = Some(error.to_string());
                    stop.cancel();
                }
            })?;
            if let Some(detail) = refusal {
                return Err(LectorError::Unfed { detail });
            }
            match finding_of(&end, name)? {
                Some(problem) if leave_pdfs => findings.push(problem),
                Some(_) => {}
                None if leave_pdfs => {
                    findings.push(remark("lector.attachments_left", None, &[("archivo", name)]));
                }
                None => break,
            }
        }
        Ok(findings)
    }

    /// Renders one page (from 1) of a PDF or picture at `scale` pixels a point; 1.0 is 72 dpi.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn render<'f>(
        &self,
        bytes: impl Into<FileFeed<'f>>,
        page: u32,
        scale: f32,
        cancel: &Cancel,
    ) -> Result<Read<Option<PageImage>>, LectorError> {
        self.render_with(bytes, page, scale, None, cancel)
    }

    /// Renders one page as [`Lector::render`] does, of a file under a password.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn render_with<'f>(
        &self,
        bytes: impl Into<FileFeed<'f>>,
        page: u32,
        scale: f32,
        password: Option<&Password>,
        cancel: &Cancel,
    ) -> Result<Read<Option<PageImage>>, LectorError> {
        self.render_turned(bytes, page, scale, 0, password, cancel)
    }

    /// Renders one page as [`Lector::render_with`] does, turned clockwise by 0, 90, 180 or 270 degrees beside its own /Rotate.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn render_turned<'f>(
        &self,
        bytes: impl Into<FileFeed<'f>>,
        page: u32,
        scale: f32,
        turn: u16,
        password: Option<&Password>,
        cancel: &Cancel,
    ) -> Result<Read<Option<PageImage>>, LectorError> {
        let mut rendered = Read::clean(None);
        let end = self.ask(
            &self.readers,
            &Request::Render { page, scale, password: password.cloned(), turn },
            Some(&bytes.into()),
            cancel,
            &mut |reply, png| match reply {
                Reply::Image { width, height } => rendered.value = Some(PageImage { png, width, height }),
                Reply::Finding(finding) => rendered.findings.push(finding),
                _ => {}
            },
        )?;
        rendered.findings.extend(finding_of(&end, "")?);
        Ok(rendered)
    }

    /// Decodes a pliego from a `.ushay` or a bare `proceso.xml`. `None` when the worker died on it.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn decode_pliego<'f>(
        &self,
        name: &str,
        bytes: impl Into<FileFeed<'f>>,
        cancel: &Cancel,
    ) -> Result<Read<Option<Pliego>>, LectorError> {
        let mut decoded = Read::clean(None);
        let request = Request::DecodePliego { name: name.into() };
        let end =
            self.ask(&self.readers, &request, Some(&bytes.into()), cancel, &mut |reply, _| match reply {
                Reply::Pliego(pliego) => {
                    let Read { value, findings } = *pliego;
                    decoded.value = Some(value);
                    decoded.findings.extend(findings);
                }
                Reply::Finding(finding) => decoded.findings.push(finding),
                _ => {}
            })?;
        decoded.findings.extend(finding_of(&end, name)?);
        Ok(decoded)
    }

    /// Verifies the signatures of a PDF against `anchors` (certificates in DER), as of `at` or of the moment of signing.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn verify<'f>(
        &self,
        name: &str,
        bytes: impl Into<FileFeed<'f>>,
        anchors: &[Vec<u8>],
        at: Option<jiff::Timestamp>,
        cancel: &Cancel,
    ) -> Result<Read<Vec<SignatureReading>>, LectorError> {
        let mut verified = Read::clean(Vec::new());
        let request = Request::Verify { anchors: anchors.iter().map(hex::encode).collect(), at };
        let end =
            self.ask(&self.readers, &request, Some(&bytes.into()), cancel, &mut |reply, _| match reply {
                Reply::Signature(signature) => verified.value.push(*signature),
                Reply::Finding(finding) => verified.findings.push(finding),
                _ => {}
            })?;
        verified.findings.extend(finding_of(&end, name)?);
        Ok(verified)
    }

    /// Types the pages of a file, cuts them into documents and reads facts. `pages` gives a few of the pages that come after so many, in
    /// order, and none at the end ([`in_frames`] where they are at hand). When the worker dies the recognition says so.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn recognise(
        &self,
        input: RecognitionInput,
        pages: &mut dyn FnMut(u32) -> Vec<PageReading>,
        cancel: &Cancel,
    ) -> Result<Recognition, LectorError> {
        let name = input.file_name.clone();
        self.recognised(&name, &Request::Recognise(input), pages, cancel)
    }

    /// Reads the fields and tables of documents that a person cut and typed; `pages` gives their pages alone.
    ///
    /// # Errors
    /// As [`Lector::recognise`].
    pub fn recognise_as(
        &self,
        input: RecognitionInput,
        documents: Vec<cotejo_domain::ArrangedDocument>,
        pages: &mut dyn FnMut(u32) -> Vec<PageReading>,
        cancel: &Cancel,
    ) -> Result<Recognition, LectorError> {
        let name = input.file_name.clone();
        self.recognised(&name, &Request::RecogniseAs { input, documents }, pages, cancel)
    }

    /// Takes the text that bidders' forms are compared with from a file of the process; `None` where it carries no forms.
    ///
    /// # Errors
    /// As [`Lector::recognise`].
    pub fn take_model(
        &self,
        input: RecognitionInput,
        pages: &mut dyn FnMut(u32) -> Vec<PageReading>,
        cancel: &Cancel,
    ) -> Result<Option<cotejo_domain::ModelText>, LectorError> {
        let name = input.file_name.clone();
        Ok(self.recognised(&name, &Request::TakeModel(input), pages, cancel)?.model_text)
    }

    fn recognised(
        &self,
        name: &str,
        request: &Request,
        pages: &mut dyn FnMut(u32) -> Vec<PageReading>,
        cancel: &Cancel,
    ) -> Result<Recognition, LectorError> {
        let mut recognised = Recognition::default();
        let wall = Wall { whole: self.settings.file_time, step: self.settings.file_time };
        let mut supplies = Supplies { pages: Some(pages), ..Supplies::default() };
        let end =
            self.ask_within(&self.recognisers, request, &mut supplies, wall, cancel, &mut |reply, _| {
                if let Reply::Recognised(part) = reply {
                    let Recognition {
                        pages,
                        documents,
                        facts,
                        tables,
                        leaves,
                        templates,
                        print_differences,
                        model_text,
                        page_signatures,
                        examples,
                        field_uses,
                        weights,
                        extents,
                        findings,
                        model,
                    } = *part;
                    recognised.pages.extend(pages);
                    recognised.documents.extend(documents);
                    recognised.facts.extend(facts);
                    recognised.tables.extend(tables);
                    recognised.leaves.extend(leaves);
                    recognised.templates.extend(templates);
                    recognised.print_differences.extend(print_differences);
                    recognised.model_text = model_text.or(recognised.model_text.take());
                    recognised.page_signatures.extend(page_signatures);
                    recognised.examples.extend(examples);
                    recognised.field_uses.extend(field_uses);
                    recognised.weights = weights;
                    recognised.extents.extend(extents);
                    recognised.findings.extend(findings);
                    recognised.model = model;
                }
            })?;
        if let Some(finding) = finding_of(&end, name)? {
            recognised.findings.push(finding);
            // A recognition that did not come to its end has looked at nothing, as far as anybody may rely on it.
            recognised.model = String::new();
        }
        Ok(recognised)
    }

    /// Asks a reading worker what holds it in on this machine, and what it could still do.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the worker died of the question.
    pub fn jail(&self) -> Result<JailReport, LectorError> {
        let mut report = None;
        let end = self.ask(&self.readers, &Request::Jail, None, &Cancel::new(), &mut |reply, _| {
            if let Reply::Jail(answer) = reply {
                report = Some(answer);
            }
        })?;
        report.ok_or_else(|| LectorError::NotStarted { detail: format!("{end:?}") })
    }

    fn ask(
        &self,
        pool: &Pool,
        request: &Request,
        file: Option<&FileFeed<'_>>,
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> Result<End, LectorError> {
        // This one answers once, when the whole file is done; the others answer page by page.
        let at_once = matches!(request, Request::DecodePliego { .. });
        let step = if at_once { self.settings.file_time } else { self.settings.page_time };
        let wall = Wall { whole: self.settings.file_time, step };
        let mut supplies = Supplies { file, ..Supplies::default() };
        self.ask_within(pool, request, &mut supplies, wall, cancel, on_reply)
    }

    /// Asks a reading worker, under the wall clock given.
    pub(crate) fn ask_reader(
        &self,
        request: &Request,
        supplies: &mut Supplies<'_, '_>,
        wall: Wall,
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> Result<End, LectorError> {
        self.ask_within(&self.readers, request, supplies, wall, cancel, on_reply)
    }

    fn ask_within(
        &self,
        pool: &Pool,
        request: &Request,
        supplies: &mut Supplies<'_, '_>,
        wall: Wall,
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> Result<End, LectorError> {
        if cancel.is_cancelled() {
            return Err(LectorError::Cancelled);
        }
        let ask = |worker: &mut Worker| {
            let mut replies = 0usize;
            let end = worker.ask(request, supplies, wall, cancel, &mut |reply, blob| {
                replies += 1;
                on_reply(reply, blob);
            });
            // Only a worker that never said anything can have missed its engines.
            let missing = if matches!(end, End::Died(_)) && replies == 0 { worker.missing() } else { None };
            missing.map_or(Ok(end), Err)
        };
        pool.with_worker(&self.resources, cancel, ask)?
    }
}

/// Puts the files of a package together from what the worker sends of them.
#[derive(Default)]
struct Taking {
    // Those that are whole. The package gives each a path of its own.
    taken: HashSet<String>,
    // The one that goes on: its path, and how much of it is still to come.
    open: Option<(String, u64)>,
}

impl Taking {
    fn begin(
        &mut self,
        entry: ContainerEntry,
        blob: &[u8],
        on_piece: &mut dyn FnMut(EntryPiece<'_>) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        self.open = None;
        if self.taken.contains(&entry.path) {
            return Ok(());
        }
        on_piece(EntryPiece::Begin(&entry))?;
        self.open = Some((entry.path, entry.size));
        self.go_on(blob, on_piece)
    }

    fn go_on(
        &mut self,
        blob: &[u8],
        on_piece: &mut dyn FnMut(EntryPiece<'_>) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let Some((path, left)) = self.open.take() else { return Ok(()) };
        // A worker that sends more than it said sends something else.
        let Some(left) = left.checked_sub(blob.len() as u64) else { return Ok(()) };
        on_piece(EntryPiece::Bytes(blob))?;
        if left > 0 {
            self.open = Some((path, left));
            return Ok(());
        }
        self.taken.insert(path);
        on_piece(EntryPiece::End)
    }
}

// The finding of a request that did not end well; a cancellation is an error of the call.
fn finding_of(end: &End, name: &str) -> Result<Option<Finding>, LectorError> {
    match end {
        End::Done => Ok(None),
        End::Cancelled => Err(LectorError::Cancelled),
        End::Unfed(detail) => Err(LectorError::Unfed { detail: detail.clone() }),
        End::Died(_) | End::TimedOut | End::OverMemory(_) => Ok(Some(death(end, name, None))),
    }
}

pub(crate) fn death(end: &End, name: &str, page: Option<u32>) -> Finding {
    match end {
        End::TimedOut => remark("lector.timeout", page, &[("archivo", name)]),
        End::OverMemory(megabytes) => {
            let limit = megabytes.to_string();
            remark("lector.memory", page, &[("archivo", name), ("limite", &limit)])
        }
        End::Died(detail) => remark("lector.killed", page, &[("archivo", name), ("detalle", detail)]),
        End::Done | End::Cancelled | End::Unfed(_) => {
            remark("lector.killed", page, &[("archivo", name), ("detalle", "")])
        }
    }
}

pub(crate) fn remark(code: &str, page: Option<u32>, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity: Severity::Error,
        page,
        message: cotejo_catalogue::message(code, values),
        remedy: cotejo_catalogue::remedy(code, values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(taking: &mut Taking, begun: Option<(&str, u64)>, blob: &[u8]) -> String {
        let mut told = String::new();
        let mut note = |piece: EntryPiece<'_>| {
            told.push_str(&match piece {
                EntryPiece::Begin(entry) => format!("<{}", entry.path),
                EntryPiece::Bytes(bytes) => format!(" {}", bytes.len()),
                EntryPiece::End => ">".into(),
            });
            Ok(())
        };
        match begun {
            Some((path, size)) => {
                let entry = ContainerEntry { path: path.into(), size, md5_ok: None };
                taking.begin(entry, blob, &mut note).expect("taken");
            }
            None => taking.go_on(blob, &mut note).expect("taken"),
        }
        told
    }

    #[test]
    fn a_file_of_a_package_ends_when_all_of_it_came_and_comes_once() {
        let mut taking = Taking::default();
        assert_eq!(told(&mut taking, Some(("a", 5)), b"abc"), "<a 3");
        assert_eq!(told(&mut taking, None, b"de"), " 2>");
        assert_eq!(told(&mut taking, Some(("vacio", 0)), b""), "<vacio 0>");
        assert_eq!(told(&mut taking, Some(("a", 5)), b"abcde"), "", "it was taken before");
        assert_eq!(told(&mut taking, Some(("b", 9)), b"abc"), "<b 3");
        assert_eq!(told(&mut taking, Some(("c", 1)), b"c"), "<c 1>", "what did not end is left");
        assert_eq!(told(&mut taking, Some(("b", 3)), b"abc"), "<b 3>", "and may come again");
    }

    #[test]
    fn attack_a_worker_sends_more_than_it_announced() {
        let mut taking = Taking::default();
        assert_eq!(told(&mut taking, Some(("a", 4)), b"abc"), "<a 3");
        assert_eq!(told(&mut taking, None, b"defg"), "", "the file never ends, and is not kept");
        assert_eq!(told(&mut taking, None, b"d"), "", "whatever follows");
    }
}
