//! The reading of a file as a case keeps it: page by page, and in parts that say how far it is. A part is on the disk before the next one is
//! read, so that its pages can be looked at, an interrupted reading goes on at the page, and no long file is ever in memory as a whole.

use super::judgement::{VERSION, key};
use super::open_case::OpenCase;
use crate::CaseworkError;
use cotejo_domain::{FileHash, PageReading};
use cotejo_lector_client::{PageMemory, ReadPart};
use cotejo_store::{Case, StoreError};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::runtime::Handle;

/// Pages: their words, under their number.
const READING: &str = "lectura";
/// Parts: what is known beside the words.
const PART: &str = "lectura-tramo";
/// What was read of images, under the hash of the image.
const MEMORY: &str = "ocr";
/// Pages that are written or fetched at once.
pub(crate) const AT_ONCE: usize = 16;

/// A part of a reading as it is kept: its pages without their words, and how many words each has.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct KeptPart {
    pub(crate) part: ReadPart,
    pub(crate) words: Vec<u32>,
}

impl KeptPart {
    pub(crate) fn of(part: &ReadPart) -> Self {
        let count = |page: &PageReading| u32::try_from(page.words.len()).unwrap_or(u32::MAX);
        let words = part.pages.iter().map(count).collect();
        let pages = part.pages.iter().map(without_words).collect();
        let part = ReadPart {
            media_type: part.media_type.clone(),
            count: part.count,
            pages,
            looks: part.looks.clone(),
            tables: part.tables.clone(),
            signatures: part.signatures.clone(),
            properties: part.properties.clone(),
            findings: part.findings.clone(),
        };
        Self { part, words }
    }
}

fn without_words(page: &PageReading) -> PageReading {
    PageReading {
        words: Vec::new(),
        number: page.number,
        status: page.status,
        width: page.width,
        height: page.height,
        rotation: page.rotation,
        reading_view: page.reading_view,
    }
}

/// Keeps the part `number` (from 0) of a reading: its pages, and their text in the index when they may be found already.
pub(crate) async fn put_part(
    case: &Case,
    hash: FileHash,
    number: usize,
    part: &ReadPart,
    findable: bool,
) -> Result<(), CaseworkError> {
    let mut pieces = Vec::with_capacity(part.pages.len() + 1);
    for page in &part.pages {
        pieces.push((key(hash, READING, &page.number.to_string()), serde_json::to_vec(page)?));
    }
    pieces.push((key(hash, PART, &number.to_string()), serde_json::to_vec(&KeptPart::of(part))?));
    let texts: Vec<(u32, String)> =
        part.pages.iter().filter(|_| findable).map(|page| (page.number, page.text())).collect();
    Ok(case.put_derived_parts(hash, pieces, &texts).await?)
}

/// Returns the parts that are kept of a reading, in order.
pub(crate) async fn parts(case: &Case, hash: FileHash) -> Result<Vec<KeptPart>, CaseworkError> {
    let mut parts = Vec::new();
    while let Some(part) = case.derived(&key(hash, PART, &parts.len().to_string())).await? {
        parts.push(part);
    }
    Ok(parts)
}

/// Drops everything that is kept of a reading.
pub(crate) async fn drop_all(case: &Case, hash: FileHash) -> Result<(), CaseworkError> {
    case.drop_derived(hash, PART).await?;
    case.drop_derived(hash, READING).await?;
    Ok(case.unindex(hash).await?)
}

/// Keeps a reading whose pages are at hand, in place of the one before, and their text in the index.
pub(crate) async fn put_all(case: &Case, hash: FileHash, pages: &[PageReading]) -> Result<(), CaseworkError> {
    drop_all(case, hash).await?;
    for some in pages.chunks(AT_ONCE) {
        let mut pieces = Vec::with_capacity(some.len());
        for page in some {
            pieces.push((key(hash, READING, &page.number.to_string()), serde_json::to_vec(page)?));
        }
        let texts: Vec<(u32, String)> = some.iter().map(|page| (page.number, page.text())).collect();
        case.put_derived_parts(hash, pieces, &texts).await?;
    }
    Ok(())
}

/// Lists the pages that are kept, in order.
pub(crate) async fn numbers(case: &Case, hash: FileHash) -> Result<Vec<u32>, CaseworkError> {
    let kept = case.derived_parameters(hash, READING, VERSION).await?;
    let mut numbers: Vec<u32> = kept.iter().filter_map(|parameters| parameters.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Returns a page with its words.
pub(crate) async fn page(
    case: &Case,
    hash: FileHash,
    number: u32,
) -> Result<Option<PageReading>, CaseworkError> {
    Ok(case.derived(&key(hash, READING, &number.to_string())).await?)
}

/// Returns those of the pages that are kept, in the order they are named.
pub(crate) async fn some(
    case: &Case,
    hash: FileHash,
    numbers: &[u32],
) -> Result<Vec<PageReading>, CaseworkError> {
    let mut pages = Vec::with_capacity(numbers.len());
    for number in numbers {
        pages.extend(page(case, hash, *number).await?);
    }
    Ok(pages)
}

/// Returns all pages: for files of which every page is needed at once.
pub(crate) async fn all(case: &Case, hash: FileHash) -> Result<Vec<PageReading>, CaseworkError> {
    let numbers = numbers(case, hash).await?;
    if numbers.is_empty() {
        // Before pages were kept one by one they were kept together.
        return Ok(case.derived(&key(hash, READING, "")).await?.unwrap_or_default());
    }
    some(case, hash, &numbers).await
}

/// Returns a page with whatever else is needed to show it, and how many pages the file has. A page of flowing text needs all of them: its
/// paragraphs are counted from the beginning.
pub(crate) async fn to_show(
    case: &Case,
    hash: FileHash,
    number: u32,
) -> Result<(Vec<PageReading>, usize), CaseworkError> {
    let count = numbers(case, hash).await?.len();
    if count > 0 {
        let wanted = page(case, hash, number).await?;
        if !wanted.as_ref().is_some_and(|page| page.reading_view) {
            return Ok((wanted.into_iter().collect(), count));
        }
    }
    let pages = all(case, hash).await?;
    let count = pages.len();
    Ok((pages, count))
}

/// Returns the pages that are kept of a file that is not read to its end yet, without their words.
pub(crate) async fn outline(case: &Case, hash: FileHash) -> Result<Vec<PageReading>, CaseworkError> {
    let parts = parts(case, hash).await?;
    let mut pages: Vec<PageReading> = parts.into_iter().flat_map(|kept| kept.part.pages).collect();
    pages.sort_by_key(|page| page.number);
    Ok(pages)
}

/// Puts the text of a reading into the index, once it may be found.
pub(crate) async fn index(case: &Case, hash: FileHash) -> Result<(), CaseworkError> {
    case.unindex(hash).await?;
    for wanted in numbers(case, hash).await?.chunks(AT_ONCE) {
        let pages = some(case, hash, wanted).await?;
        let texts: Vec<(u32, String)> = pages.iter().map(|page| (page.number, page.text())).collect();
        case.put_derived_parts(hash, Vec::new(), &texts).await?;
    }
    Ok(())
}

/// Keeps the parts of one reading as they come, from the threads that read.
pub(crate) struct Keeping {
    open: Arc<OpenCase>,
    runtime: Handle,
    hash: FileHash,
    findable: bool,
    number: usize,
    fresh: bool,
}

impl Keeping {
    /// Goes on after `known` parts.
    pub(crate) fn new(
        open: Arc<OpenCase>,
        runtime: Handle,
        hash: FileHash,
        known: usize,
        findable: bool,
    ) -> Self {
        Self { open, runtime, hash, findable, number: known, fresh: known > 0 }
    }

    /// Keeps one part.
    pub(crate) fn keep(&mut self, part: &ReadPart) -> Result<(), CaseworkError> {
        let case = &self.open.case;
        self.runtime.block_on(async {
            if !self.fresh {
                // What is left of a reading that is made again must not be found beside the new one.
                if !case.derived_parameters(self.hash, READING, VERSION).await?.is_empty() {
                    drop_all(case, self.hash).await?;
                }
                self.fresh = true;
            }
            put_part(case, self.hash, self.number, part, self.findable).await
        })?;
        self.number += 1;
        Ok(())
    }

    /// Lists the pages that are kept.
    pub(crate) fn numbers(&self) -> Result<Vec<u32>, CaseworkError> {
        self.runtime.block_on(numbers(&self.open.case, self.hash))
    }

    /// Returns pages with their words.
    pub(crate) fn pages(&self, numbers: &[u32]) -> Result<Vec<PageReading>, CaseworkError> {
        self.runtime.block_on(some(&self.open.case, self.hash, numbers))
    }
}

/// Keeps what was read of images of pages in the case itself: a page that comes again, in another bid or another file, is not read again.
/// The reading of a page never leaves its case.
pub(crate) struct CaseMemory {
    open: Arc<OpenCase>,
    runtime: Handle,
    /// Where a file may turn out to be sealed, what was read of it waits here until it is known not to be.
    waiting: Option<Mutex<Vec<(String, String)>>>,
}

impl CaseMemory {
    pub(crate) fn new(open: Arc<OpenCase>, runtime: Handle, at_once: bool) -> Self {
        Self { open, runtime, waiting: (!at_once).then(Mutex::default) }
    }

    fn put(&self, key: &str, value: &String) -> Result<(), StoreError> {
        let Some(key) = memory_key(key) else { return Ok(()) };
        self.runtime.block_on(self.open.case.put_derived(&key, value))
    }

    /// Returns what waited, to be kept once the file is known not to be sealed.
    pub(crate) fn into_waiting(self) -> Vec<(String, String)> {
        self.waiting
            .map_or_else(Vec::new, |waiting| waiting.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Keeps what waited.
pub(crate) async fn put_memory(case: &Case, waited: &[(String, String)]) -> Result<(), CaseworkError> {
    for (text, value) in waited {
        if let Some(key) = memory_key(text) {
            case.put_derived(&key, value).await?;
        }
    }
    Ok(())
}

// The key names the image, the engine and its settings; what the worker calls a key is a hash or is not used.
fn memory_key(text: &str) -> Option<cotejo_store::DerivedKey> {
    text.parse::<FileHash>().ok().map(|hash| key(hash, MEMORY, ""))
}

impl PageMemory for CaseMemory {
    fn recall(&self, text: &str) -> Option<Vec<u8>> {
        let key = memory_key(text)?;
        // A memory that fails is one that does not remember: the page is read then.
        self.runtime.block_on(self.open.case.derived::<String>(&key)).ok().flatten().map(String::into_bytes)
    }

    fn keep(&self, key: &str, value: &[u8]) {
        let Ok(value) = String::from_utf8(value.to_vec()) else { return };
        match &self.waiting {
            Some(waiting) => {
                waiting.lock().unwrap_or_else(PoisonError::into_inner).push((key.to_owned(), value));
            }
            None => drop(self.put(key, &value)),
        }
    }
}
