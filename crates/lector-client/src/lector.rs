//! The one surface of this crate: files in, values out.

use crate::cancel::Cancel;
use crate::file::{Following, Job};
use crate::pool::{Bounds, Pool, Role};
use crate::reading::FileReading;
use crate::worker::{End, Wall, Worker};
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
    pub fn read(
        &self,
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
        cancel: &Cancel,
        on_page: &mut dyn FnMut(&PageReading),
    ) -> Result<FileReading, LectorError> {
        let following = Following { known: Vec::new(), on_page, on_part: &mut |_| {} };
        self.read_on(name, bytes, options, following, cancel)
    }

    /// Reads one file, going on from what an interrupted reading of the same bytes had got: as [`Lector::read`] otherwise.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn read_on(
        &self,
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
        following: Following<'_>,
        cancel: &Cancel,
    ) -> Result<FileReading, LectorError> {
        if bytes.len() as u64 > self.settings.limits.file_bytes {
            let limit = (self.settings.limits.file_bytes / (1024 * 1024)).to_string();
            let finding = remark("lector.file_too_large", None, &[("archivo", name), ("limite", &limit)]);
            return Ok(FileReading { findings: vec![finding], ..FileReading::default() });
        }
        Job::new(self, name, bytes, options, cancel).read(&options.pages, following)
    }

    /// Opens a package completely, nested ones included, and holds all of it in memory.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn unpack(&self, name: &str, bytes: &[u8], cancel: &Cancel) -> Result<Unpacked, LectorError> {
        let mut entries = Vec::new();
        let findings = self.unpack_each(name, bytes, cancel, &mut |entry, content| {
            entries.push((entry, content));
        })?;
        Ok(Unpacked { entries, findings })
    }

    /// Opens a package completely, nested ones included, and hands each file on as soon as it is out; the worker waits meanwhile. Returns
    /// what could not be taken out.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn unpack_each(
        &self,
        name: &str,
        bytes: &[u8],
        cancel: &Cancel,
        on_entry: &mut dyn FnMut(ContainerEntry, Vec<u8>),
    ) -> Result<Vec<Finding>, LectorError> {
        self.unpack_parts(name, &[bytes], None, cancel, on_entry)
    }

    /// Opens a package as [`Lector::unpack_each`] does, from its parts in order when it came split (`.z01`, `.z02`, …, `.zip`), with
    /// the password that a person gave.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn unpack_parts(
        &self,
        name: &str,
        parts: &[&[u8]],
        password: Option<&Password>,
        cancel: &Cancel,
        on_entry: &mut dyn FnMut(ContainerEntry, Vec<u8>),
    ) -> Result<Vec<Finding>, LectorError> {
        let joined: Vec<u8> = if parts.len() > 1 { parts.concat() } else { Vec::new() };
        let bytes =
            if parts.len() > 1 { joined.as_slice() } else { parts.first().copied().unwrap_or_default() };
        let lengths: Vec<u64> = parts.iter().map(|part| part.len() as u64).collect();
        let mut findings: Vec<Finding> = Vec::new();
        let mut taken = HashSet::new();
        // The PDF engine is the likeliest to die on a bidder's bytes: then once more without it, so that it costs no file.
        for leave_pdfs in [false, true] {
            let request = Request::Unpack {
                name: name.into(),
                limits: self.settings.limits,
                parts: lengths.clone(),
                password: password.cloned(),
                leave_pdfs,
            };
            let end = self.ask(&self.readers, &request, bytes, cancel, &mut |reply, blob| match reply {
                // The package gives each entry a path of its own.
                Reply::Entry(entry) if taken.insert(entry.path.clone()) => on_entry(entry, blob),
                Reply::Finding(finding) if !findings.contains(&finding) => findings.push(finding),
                _ => {}
            })?;
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
    pub fn render(
        &self,
        bytes: &[u8],
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
    pub fn render_with(
        &self,
        bytes: &[u8],
        page: u32,
        scale: f32,
        password: Option<&Password>,
        cancel: &Cancel,
    ) -> Result<Read<Option<PageImage>>, LectorError> {
        let mut rendered = Read::clean(None);
        let end = self.ask(
            &self.readers,
            &Request::Render { page, scale, password: password.cloned() },
            bytes,
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
    pub fn decode_pliego(
        &self,
        name: &str,
        bytes: &[u8],
        cancel: &Cancel,
    ) -> Result<Read<Option<Pliego>>, LectorError> {
        let mut decoded = Read::clean(None);
        let request = Request::DecodePliego { name: name.into() };
        let end = self.ask(&self.readers, &request, bytes, cancel, &mut |reply, _| match reply {
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
    pub fn verify(
        &self,
        name: &str,
        bytes: &[u8],
        anchors: &[Vec<u8>],
        at: Option<jiff::Timestamp>,
        cancel: &Cancel,
    ) -> Result<Read<Vec<SignatureReading>>, LectorError> {
        let mut verified = Read::clean(Vec::new());
        let request = Request::Verify { anchors: anchors.iter().map(hex::encode).collect(), at };
        let end = self.ask(&self.readers, &request, bytes, cancel, &mut |reply, _| match reply {
            Reply::Signature(signature) => verified.value.push(*signature),
            Reply::Finding(finding) => verified.findings.push(finding),
            _ => {}
        })?;
        verified.findings.extend(finding_of(&end, name)?);
        Ok(verified)
    }

    /// Types the pages of a file, cuts them into documents and reads facts. When the worker dies the recognition is empty and says so.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn recognise(&self, input: RecognitionInput, cancel: &Cancel) -> Result<Recognition, LectorError> {
        Ok(self.recognise_pages(input, cancel)?.0)
    }

    /// Recognises as [`Lector::recognise`] does, and gives the pages back: a long file's are not to be in memory twice.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn recognise_pages(
        &self,
        input: RecognitionInput,
        cancel: &Cancel,
    ) -> Result<(Recognition, Vec<PageReading>), LectorError> {
        let name = input.file_name.clone();
        let mut recognised = None;
        let request = Request::Recognise(input);
        let end = self.ask(&self.recognisers, &request, &[], cancel, &mut |reply, _| {
            if let Reply::Recognised(recognition) = reply {
                recognised = Some(*recognition);
            }
        })?;
        let finding = finding_of(&end, &name)?;
        let mut recognition = recognised.unwrap_or_default();
        recognition.findings.extend(finding);
        let pages = if let Request::Recognise(input) = request { input.pages } else { Vec::new() };
        Ok((recognition, pages))
    }

    /// Asks a reading worker what holds it in on this machine, and what it could still do.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the worker died of the question.
    pub fn jail(&self) -> Result<JailReport, LectorError> {
        let mut report = None;
        let end = self.ask(&self.readers, &Request::Jail, &[], &Cancel::new(), &mut |reply, _| {
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
        blob: &[u8],
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> Result<End, LectorError> {
        // These answer once, when the whole file is done; the others answer page by page.
        let at_once = matches!(request, Request::Recognise(_) | Request::DecodePliego { .. });
        let step = if at_once { self.settings.file_time } else { self.settings.page_time };
        let wall = Wall { whole: self.settings.file_time, step };
        self.ask_within(pool, request, blob, wall, cancel, on_reply)
    }

    /// Asks a reading worker, under the wall clock given.
    pub(crate) fn ask_reader(
        &self,
        request: &Request,
        blob: &[u8],
        wall: Wall,
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> Result<End, LectorError> {
        self.ask_within(&self.readers, request, blob, wall, cancel, on_reply)
    }

    fn ask_within(
        &self,
        pool: &Pool,
        request: &Request,
        blob: &[u8],
        wall: Wall,
        cancel: &Cancel,
        on_reply: &mut dyn FnMut(Reply, Vec<u8>),
    ) -> Result<End, LectorError> {
        if cancel.is_cancelled() {
            return Err(LectorError::Cancelled);
        }
        let ask = |worker: &mut Worker| {
            let mut replies = 0usize;
            let end = worker.ask(request, blob, wall, cancel, &mut |reply, blob| {
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

// The finding of a request that did not end well; a cancellation is an error of the call.
fn finding_of(end: &End, name: &str) -> Result<Option<Finding>, LectorError> {
    match end {
        End::Done => Ok(None),
        End::Cancelled => Err(LectorError::Cancelled),
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
        End::Done | End::Cancelled => remark("lector.killed", page, &[("archivo", name), ("detalle", "")]),
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
