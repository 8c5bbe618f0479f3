//! The reading of one file, with what to do when a worker dies on it.

use cotejo_domain::{
    FileProperties, Finding, PageLook, PageReading, PageStatus, Severity, SignatureReading, Table,
};
use cotejo_lector_protocol::Reply;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Sums up how the reading of a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// All of it was read.
    Read,
    /// Some pages could not be read, or something beside the pages.
    Partly,
    /// Nothing could be read.
    Failed,
}

/// Holds what was read from one file. Every page it says it has is here, once, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileReading {
    /// Media type by content; empty when the worker died before it could tell.
    pub media_type: String,
    /// The pages.
    pub pages: Vec<PageReading>,
    /// How the pages look, in order: ink, hashes, codes. Pages that were not read have none.
    pub looks: Vec<PageLook>,
    /// Tables that the format itself marks.
    pub tables: Vec<Table>,
    /// Signatures of a PDF, judged without anchors.
    pub signatures: Vec<SignatureReading>,
    /// What the file says of itself; `None` for kinds of files that say nothing that is read.
    pub properties: Option<FileProperties>,
    /// What could not be read, or deserves a look.
    pub findings: Vec<Finding>,
}

impl FileReading {
    /// Returns how the reading ended.
    #[must_use]
    pub fn status(&self) -> FileStatus {
        let failed = self.pages.iter().filter(|page| page.status == PageStatus::Failed).count();
        let broken = self.findings.iter().any(|finding| finding.severity == Severity::Error);
        if failed == self.pages.len() && (broken || failed > 0) {
            FileStatus::Failed
        } else if failed > 0 || broken {
            FileStatus::Partly
        } else {
            FileStatus::Read
        }
    }
}

/// Holds a finished part of a reading: some pages with everything that was said of them. Who keeps the parts as they come can take an
/// interrupted reading up again at the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ReadPart {
    /// Media type by content.
    pub media_type: String,
    /// Pages of the whole file.
    pub count: u32,
    /// The pages of this part.
    pub pages: Vec<PageReading>,
    /// How they look.
    #[serde(default)]
    pub looks: Vec<PageLook>,
    /// Tables on them.
    pub tables: Vec<Table>,
    /// Signatures of the file; they come with its first page.
    pub signatures: Vec<SignatureReading>,
    /// What the file says of itself; it comes with its first page. `None` for what was read before this was kept.
    #[serde(default)]
    pub properties: Option<FileProperties>,
    /// What was found on them, or of the file.
    pub findings: Vec<Finding>,
}

impl ReadPart {
    /// Lets the words of its pages go: what stays says which pages there are and how each ended.
    pub fn let_words_go(&mut self) {
        self.pages.iter_mut().for_each(|page| page.words = Vec::new());
    }
}

/// Gathers the replies of one or more workers about one file.
#[derive(Default)]
pub(crate) struct Gathering {
    media_type: Option<String>,
    count: u32,
    pages: BTreeMap<u32, PageReading>,
    looks: BTreeMap<u32, PageLook>,
    tables: Vec<Table>,
    signatures: Vec<SignatureReading>,
    properties: Option<FileProperties>,
    findings: Vec<Finding>,
}

impl Gathering {
    /// Takes one reply in. Returns the page, when it is one that was not there yet.
    pub(crate) fn take(&mut self, reply: Reply) -> Option<&PageReading> {
        match reply {
            Reply::MediaType { media_type, pages } => {
                self.media_type = Some(media_type);
                self.count = self.count.max(pages);
            }
            Reply::Page(page) => {
                if let Entry::Vacant(place) = self.pages.entry(page.number) {
                    return Some(place.insert(*page));
                }
            }
            Reply::Look(look) => {
                self.looks.entry(look.number).or_insert(*look);
            }
            Reply::Table(table) => push_once(&mut self.tables, table),
            Reply::Properties(properties) => {
                self.properties.get_or_insert(*properties);
            }
            Reply::Signature(signature) => push_once(&mut self.signatures, *signature),
            Reply::Finding(finding) => push_once(&mut self.findings, finding),
            Reply::Entry(_)
            | Reply::EntryPiece
            | Reply::Want { .. }
            | Reply::WantPages { .. }
            | Reply::Recall { .. }
            | Reply::Keep { .. }
            | Reply::Image { .. }
            | Reply::Pliego(_)
            | Reply::Recognised(_)
            | Reply::Jail(_)
            | Reply::Done => {}
        }
        None
    }

    /// Lists the asked pages that did not come, in order. `asked` is empty when all were asked for.
    pub(crate) fn missing(&self, asked: &[u32]) -> Vec<u32> {
        (1..=self.count)
            .filter(|n| (asked.is_empty() || asked.contains(n)) && !self.pages.contains_key(n))
            .collect()
    }

    /// Tells whether the worker got as far as to name the media type.
    pub(crate) fn has_begun(&self) -> bool {
        self.media_type.is_some()
    }

    /// Gives a page up, with the finding that says why.
    pub(crate) fn give_up(&mut self, number: u32, finding: Finding) -> Option<&PageReading> {
        self.findings.push(finding);
        let page = PageReading {
            number,
            status: PageStatus::Failed,
            width: 0.0,
            height: 0.0,
            rotation: 0,
            words: Vec::new(),
            reading_view: false,
        };
        self.take(Reply::Page(Box::new(page)))
    }

    /// Takes in what another worker gathered from other pages of the same file.
    pub(crate) fn merge(&mut self, other: Self) {
        self.count = self.count.max(other.count);
        self.media_type = self.media_type.take().or(other.media_type);
        self.properties = self.properties.take().or(other.properties);
        for (number, page) in other.pages {
            self.pages.entry(number).or_insert(page);
        }
        for (number, look) in other.looks {
            self.looks.entry(number).or_insert(look);
        }
        other.tables.into_iter().for_each(|table| push_once(&mut self.tables, table));
        other.signatures.into_iter().for_each(|signature| push_once(&mut self.signatures, signature));
        other.findings.into_iter().for_each(|finding| push_once(&mut self.findings, finding));
    }

    /// Turns what was gathered so far into a part.
    pub(crate) fn into_part(self) -> ReadPart {
        ReadPart {
            media_type: self.media_type.unwrap_or_default(),
            count: self.count,
            pages: self.pages.into_values().collect(),
            looks: self.looks.into_values().collect(),
            tables: self.tables,
            signatures: self.signatures,
            properties: self.properties,
            findings: self.findings,
        }
    }

    /// Takes in a part of an earlier reading of the same file.
    pub(crate) fn take_part(&mut self, part: ReadPart) {
        self.merge(Self {
            media_type: (!part.media_type.is_empty()).then_some(part.media_type),
            count: part.count,
            pages: part.pages.into_iter().map(|page| (page.number, page)).collect(),
            looks: part.looks.into_iter().map(|look| (look.number, look)).collect(),
            tables: part.tables,
            signatures: part.signatures,
            properties: part.properties,
            findings: part.findings,
        });
    }

    /// Adds a finding about the file.
    pub(crate) fn remark(&mut self, finding: Finding) {
        push_once(&mut self.findings, finding);
    }

    /// Returns what was gathered, the findings about the file first and then page by page.
    pub(crate) fn finish(mut self) -> FileReading {
        self.findings.sort_by_key(|finding| finding.page);
        self.tables.sort_by_key(|table| table.page);
        FileReading {
            media_type: self.media_type.unwrap_or_default(),
            pages: self.pages.into_values().collect(),
            looks: self.looks.into_values().collect(),
            tables: self.tables,
            signatures: self.signatures,
            properties: self.properties,
            findings: self.findings,
        }
    }
}

// A second worker may say again what the first had said already.
fn push_once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(severity: Severity) -> Finding {
        Finding { code: "x".into(), severity, page: None, message: String::new(), remedy: String::new() }
    }

    #[test]
    fn what_a_second_worker_repeats_stands_once() {
        let mut gathering = Gathering::default();
        assert!(!gathering.has_begun());
        for _ in 0..2 {
            gathering.take(Reply::MediaType { media_type: "application/pdf".into(), pages: 3 });
            gathering.take(Reply::Finding(finding(Severity::Warning)));
            gathering.give_up(2, finding(Severity::Warning));
        }
        assert_eq!(gathering.missing(&[]), [1, 3]);
        assert_eq!(gathering.missing(&[2, 3]), [3], "only what was asked for");
        let reading = gathering.finish();
        assert_eq!(reading.pages.len(), 1, "the page stands once");
    }

    #[test]
    fn the_status_follows_pages_and_errors() {
        let mut reading = FileReading::default();
        assert_eq!(reading.status(), FileStatus::Read, "nothing wrong with it");
        reading.findings.push(finding(Severity::Error));
        assert_eq!(reading.status(), FileStatus::Failed, "no page and an error");
        let page = |status| PageReading {
            number: 1,
            status,
            width: 1.0,
            height: 1.0,
            rotation: 0,
            words: Vec::new(),
            reading_view: false,
        };
        reading.pages = vec![page(PageStatus::Text), page(PageStatus::Failed)];
        assert_eq!(reading.status(), FileStatus::Partly);
    }
}
