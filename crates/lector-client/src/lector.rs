//! The one surface of this crate: files in, values out.

use crate::cancel::Cancel;
use crate::file::Job;
use crate::pool::{Pool, Role};
use crate::reading::FileReading;
use crate::worker::{End, Wall, Worker};
use crate::{LectorError, Resources};
use cotejo_domain::{Finding, PageReading, Pliego, Read, Severity, SignatureReading};
use cotejo_lector_protocol::{
    ContainerEntry, IntakeLimits, ReadOptions, Recognition, RecognitionInput, Reply, Request,
};
use std::time::Duration;

/// Says how many workers run and how long they may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Reading workers at once; as many as the machine has cores.
    pub readers: usize,
    /// Ceiling of a reading worker's memory in megabytes; 0 for none.
    pub reader_megabytes: u64,
    /// Ceiling of the recognition worker's memory in megabytes; 0 for none.
    pub recogniser_megabytes: u64,
    /// Wall clock for one page; also for opening a file and for whatever is not a page.
    pub page_time: Duration,
    /// Wall clock for one file.
    pub file_time: Duration,
    /// Limits of a package and of a single file.
    pub limits: IntakeLimits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            readers: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            reader_megabytes: 3072,
            recogniser_megabytes: 4096,
            page_time: Duration::from_secs(90),
            file_time: Duration::from_secs(3600),
            limits: IntakeLimits::default(),
        }
    }
}

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
        let readers = Pool::new(Role::Leer, settings.readers, settings.reader_megabytes);
        let recognisers = Pool::new(Role::Reconocer, 1, settings.recogniser_megabytes);
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
        if bytes.len() as u64 > self.settings.limits.file_bytes {
            let limit = (self.settings.limits.file_bytes / (1024 * 1024)).to_string();
            let finding = remark("lector.file_too_large", None, &[("archivo", name), ("limite", &limit)]);
            return Ok(FileReading { findings: vec![finding], ..FileReading::default() });
        }
        Job::new(self, name, bytes, options.ocr, cancel).read(&options.pages, on_page)
    }

    /// Opens a package completely, nested ones included.
    ///
    /// # Errors
    /// Fails when something is missing on this machine, or when the person cancelled.
    pub fn unpack(&self, name: &str, bytes: &[u8], cancel: &Cancel) -> Result<Unpacked, LectorError> {
        let mut unpacked = Unpacked::default();
        let request = Request::Unpack { name: name.into(), limits: self.settings.limits };
        let end = self.ask(&self.readers, &request, bytes, cancel, &mut |reply, blob| match reply {
            Reply::Entry(entry) => unpacked.entries.push((entry, blob)),
            Reply::Finding(finding) => unpacked.findings.push(finding),
            _ => {}
        })?;
        unpacked.findings.extend(finding_of(&end, name)?);
        Ok(unpacked)
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
        let mut rendered = Read::clean(None);
        let end =
            self.ask(&self.readers, &Request::Render { page, scale }, bytes, cancel, &mut |reply, png| {
                match reply {
                    Reply::Image { width, height } => rendered.value = Some(PageImage { png, width, height }),
                    Reply::Finding(finding) => rendered.findings.push(finding),
                    _ => {}
                }
            })?;
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
        let name = input.file_name.clone();
        let mut recognised = None;
        let end = self.ask(&self.recognisers, &Request::Recognise(input), &[], cancel, &mut |reply, _| {
            if let Reply::Recognised(recognition) = reply {
                recognised = Some(*recognition);
            }
        })?;
        let finding = finding_of(&end, &name)?;
        let mut recognition = recognised.unwrap_or_else(|| Recognition {
            pages: Vec::new(),
            documents: Vec::new(),
            facts: Vec::new(),
            tables: Vec::new(),
            findings: Vec::new(),
            model: String::new(),
        });
        recognition.findings.extend(finding);
        Ok(recognition)
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
        pool.with_worker(&self.resources, ask)?
    }
}

// The finding of a request that did not end well; a cancellation is an error of the call.
fn finding_of(end: &End, name: &str) -> Result<Option<Finding>, LectorError> {
    match end {
        End::Done => Ok(None),
        End::Cancelled => Err(LectorError::Cancelled),
        End::Died(_) | End::TimedOut => Ok(Some(death(end, name, None))),
    }
}

pub(crate) fn death(end: &End, name: &str, page: Option<u32>) -> Finding {
    match end {
        End::TimedOut => remark("lector.timeout", page, &[("archivo", name)]),
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
