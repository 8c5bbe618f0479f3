//! What a person does to a page so that it can be read: turns it, or writes its text. Each is an event; what follows from it (the page
//! read again, documents, facts, proposals) is derived data kept beside the machine's own reading, which stays as it was.

use super::judgement;
use super::open_case::OpenCase;
use super::recognising::{known, leaf_of, recognise};
use super::{Desk, documents, import};
use crate::CaseworkError;
use crate::analysis::{FileAnalysis, PageNote, Trace};
use crate::view::{Cancellation, PageView};
use cotejo_catalogue::message;
use cotejo_domain::{
    Code, Confidence, FileHash, Finding, Location, PageAct, PageReading, PageRemedy, PageStatus, Quad,
    RecordId, Severity, Word,
};
use cotejo_lector_client::{FileFeed, Lector};
use cotejo_lector_protocol::{Password, ReadOptions, Recognition};
use cotejo_store::{Case, EventPayload};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Stands in the extractor of a fact that was read from what a person wrote.
pub(crate) const BY_PERSON: &str = " · texto de persona";
/// Longest text of one page, in letters: several times a full page of small print.
const LONGEST: usize = 60_000;

/// Names the state of a file's pages: empty when they are as the machine read them, else a digest of what persons did to them. Derived
/// data carry it in their key, so that undoing an act finds again what held before.
pub(crate) fn state_of(remedies: &[PageRemedy]) -> Result<String, CaseworkError> {
    if remedies.is_empty() {
        return Ok(String::new());
    }
    let acts: Vec<_> = remedies.iter().map(|remedy| (remedy.page, &remedy.act)).collect();
    Ok(FileHash::of(&serde_json::to_vec(&acts)?).to_string())
}

/// A page as it reads after it was turned.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct TurnedPage {
    page: PageReading,
    findings: Vec<Finding>,
}

/// The pages of a file with what persons did to them.
struct Remedied {
    pages: Vec<PageReading>,
    /// Findings of the pages that were read again.
    findings: Vec<Finding>,
    changed: BTreeSet<u32>,
    written: BTreeSet<u32>,
}

impl Desk {
    /// Turns a page clockwise, counted from how the file has it, and reads it again.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown page; [`Code::Precondition`] for flowing text, which has no page to turn; [`Code::Sealed`] once a
    /// signed acta states the bid.
    pub async fn turn_page(
        &self,
        case: &str,
        file: &str,
        page: u32,
        degrees: u32,
    ) -> Result<PageView, CaseworkError> {
        let degrees = u16::try_from(degrees % 360).unwrap_or(0);
        self.remedy(case, file, page, PageAct::Turned(degrees)).await
    }

    /// Keeps what a person wrote as the text of a page, in place of the machine's reading; empty takes it back.
    ///
    /// # Errors
    /// As [`Desk::turn_page`].
    pub async fn write_page(
        &self,
        case: &str,
        file: &str,
        page: u32,
        text: &str,
    ) -> Result<PageView, CaseworkError> {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let text = lines.join("\n").trim_matches('\n').to_owned();
        if text.chars().count() > LONGEST {
            let detail = LONGEST.to_string();
            return Err(CaseworkError::refused(Code::Precondition, "casework.page.text_too_long", detail));
        }
        let text = if text.trim().is_empty() { String::new() } else { text };
        self.remedy(case, file, page, PageAct::Written(text)).await
    }

    async fn remedy(
        &self,
        case: &str,
        file: &str,
        page: u32,
        act: PageAct,
    ) -> Result<PageView, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = documents::hash(file)?;
        let pages = judgement::machine_pages(&open.case, hash).await?;
        let no_such =
            || CaseworkError::refused(Code::NotFound, "casework.no_such_page", format!("{file}, {page}"));
        let reading = pages.iter().find(|reading| reading.number == page).ok_or_else(no_such)?;
        if reading.reading_view {
            return Err(CaseworkError::refused(Code::Precondition, "casework.page.flowing", ""));
        }
        // Read before it is recorded: a turn that cannot be read would leave the file without a reading.
        if let PageAct::Turned(degrees @ 1..) = act {
            let owners = open.case.owners_of(hash).await?;
            let name = owners.first().map_or_else(String::new, |(_, file)| file.path.clone());
            self.turned(&open, hash, &name, page, degrees).await?;
        }
        let remedy = PageRemedy { file: hash, page, act, author: self.actor.id, at: self.now() };
        let payload = EventPayload::PageRemedied { record: RecordId(self.new_uuid()), remedy };
        open.case.record(self.actor.id, payload).await?;
        self.settle(&open, hash).await?;
        self.page(case, file, page).await
    }

    /// Brings what is derived from a file up to what persons did to its pages: search, documents, facts.
    pub(crate) async fn settle(&self, open: &OpenCase, hash: FileHash) -> Result<(), CaseworkError> {
        let case = &open.case;
        let base = judgement::machine_pages(case, hash).await?;
        if base.is_empty() {
            open.forget().await;
            return Ok(());
        }
        let remedies = case.page_remedies(hash).await?;
        let state = state_of(&remedies)?;
        let owners = case.owners_of(hash).await?;
        let name = owners.first().map_or_else(String::new, |(_, file)| file.path.clone());
        let remedied = self.remedied(open, hash, &name, base, &remedies).await?;
        let texts: Vec<(u32, String)> =
            remedied.pages.iter().map(|page| (page.number, page.text())).collect();
        case.index_text(hash, &texts).await?;
        if !state.is_empty() {
            judgement::put_pages(case, hash, &state, &remedied.pages).await?;
            let code = case.state().await?.process.code.as_ref().map(ToString::to_string);
            let paths: BTreeSet<&str> = owners.iter().map(|(_, file)| file.path.as_str()).collect();
            for path in paths {
                self.conclude(case, hash, path, code.as_deref(), &state, &remedied).await?;
            }
        }
        self.settle_documents(open, hash).await
    }

    /// Recognises a file from its remedied pages, unless that was done before for the same state.
    async fn conclude(
        &self,
        case: &Case,
        hash: FileHash,
        path: &str,
        code: Option<&str>,
        state: &str,
        remedied: &Remedied,
    ) -> Result<(), CaseworkError> {
        let Some(base) = judgement::analysis_at(case, hash, path, code, "").await? else { return Ok(()) };
        if judgement::analysis_at(case, hash, path, code, state).await?.is_some() {
            return Ok(());
        }
        let models = super::models::of_process(case).await?;
        let mut input = known(path, hash, code.map(str::to_owned), models, Some(&base));
        input.examples = self.examples().await?;
        input.field_examples = self.field_examples().await?;
        let (lector, pages) = (self.lector_of(case).await?.lector, remedied.pages.clone());
        let recognition = import::blocking(move || recognise(&lector, input, &pages)).await??;
        let analysis = concluded(base, recognition, remedied);
        judgement::put_analysis_at(case, &analysis, code, state).await
    }

    async fn remedied(
        &self,
        open: &OpenCase,
        hash: FileHash,
        name: &str,
        mut pages: Vec<PageReading>,
        remedies: &[PageRemedy],
    ) -> Result<Remedied, CaseworkError> {
        let mut findings = Vec::new();
        let (mut changed, mut written) = (BTreeSet::new(), BTreeSet::new());
        for remedy in remedies {
            let Some(place) = pages.iter_mut().find(|page| page.number == remedy.page) else { continue };
            changed.insert(remedy.page);
            match &remedy.act {
                PageAct::Turned(degrees) => {
                    let turned = self.turned(open, hash, name, remedy.page, *degrees).await?;
                    *place = turned.page;
                    findings.extend(turned.findings);
                }
                PageAct::Written(text) => {
                    *place = laid_out(place, text);
                    written.insert(remedy.page);
                }
            }
        }
        findings.retain(|finding: &Finding| !finding.page.is_some_and(|page| written.contains(&page)));
        findings.extend(written.iter().map(|page| Finding {
            code: "casework.page.written".into(),
            severity: Severity::Info,
            page: Some(*page),
            message: message("casework.page.written", &[]),
            remedy: String::new(),
        }));
        Ok(Remedied { pages, findings, changed, written })
    }

    async fn turned(
        &self,
        open: &OpenCase,
        hash: FileHash,
        name: &str,
        page: u32,
        degrees: u16,
    ) -> Result<TurnedPage, CaseworkError> {
        let key = judgement::key(hash, "lectura-girada", &format!("{page}:{degrees}"));
        if let Some(kept) = open.case.derived(&key).await? {
            return Ok(kept);
        }
        let feed = super::taking::feed_of_original(&open.case, hash).await?;
        let options = ReadOptions { turn: degrees, pages: vec![page], ..self.options(open, hash).await };
        let (lector, name) = (self.lector(), name.to_owned());
        let reading = import::blocking(move || read(&lector, &name, &feed, &options)).await??;
        if reading.findings.iter().any(super::rereading::wants_password) {
            return Err(CaseworkError::refused(Code::WrongKey, "casework.page.wants_password", ""));
        }
        let failed = || CaseworkError::refused(Code::UnreadableInput, "casework.page.not_turned", "");
        let turned = TurnedPage {
            page: reading.pages.into_iter().find(|read| read.number == page).ok_or_else(failed)?,
            findings: reading.findings.into_iter().filter(|found| found.page == Some(page)).collect(),
        };
        open.case.put_derived(&key, &turned).await?;
        Ok(turned)
    }

    /// Says how a file of a case is read: with OCR, under the limits in force, with the password that was given for it.
    pub(crate) async fn options(&self, open: &OpenCase, hash: FileHash) -> ReadOptions {
        ReadOptions {
            ocr: true,
            password: self.password_of(open, hash).await,
            limits: self.lector().settings().reading,
            ..ReadOptions::default()
        }
    }

    /// Returns the password that a person gave for a file while this desk is open.
    pub(crate) async fn password_of(&self, open: &OpenCase, hash: FileHash) -> Option<Password> {
        self.passwords.lock().await.get(&(open.case.id(), hash)).cloned()
    }
}

/// A page as the machine reads it in the direction a person gave it.
pub(crate) async fn as_turned(
    case: &Case,
    hash: FileHash,
    remedies: &[PageRemedy],
    page: u32,
) -> Result<Option<PageReading>, CaseworkError> {
    let Some(degrees) = turn_of(remedies, page) else { return Ok(None) };
    let key = judgement::key(hash, "lectura-girada", &format!("{page}:{degrees}"));
    Ok(case.derived::<TurnedPage>(&key).await?.map(|turned| turned.page))
}

/// Degrees by which a person turned a page, where somebody did.
pub(crate) fn turn_of(remedies: &[PageRemedy], page: u32) -> Option<u16> {
    remedies.iter().find_map(|remedy| match remedy.act {
        PageAct::Turned(degrees) if remedy.page == page => Some(degrees),
        _ => None,
    })
}

/// What a person wrote as the text of a page, where somebody did.
pub(crate) fn text_of(remedies: &[PageRemedy], page: u32) -> Option<(&PageRemedy, &str)> {
    remedies.iter().find_map(|remedy| match &remedy.act {
        PageAct::Written(text) if remedy.page == page => Some((remedy, text.as_str())),
        _ => None,
    })
}

fn read(
    lector: &Arc<Lector>,
    name: &str,
    feed: &FileFeed<'_>,
    options: &ReadOptions,
) -> Result<cotejo_lector_client::FileReading, CaseworkError> {
    Ok(lector.read(name, feed, options, Cancellation::default().switch(), &mut |_| {})?)
}

/// Lays out what a person wrote as lines of equal letters, so that recognition sees columns where they were typed. Its boxes are nobody's:
/// evidence taken from it names the page as a whole.
fn laid_out(page: &PageReading, text: &str) -> PageReading {
    const MARGIN: f64 = 36.0;
    let (width, height) = (page.width.max(200.0), page.height.max(200.0));
    let lines: Vec<&str> = text.lines().collect();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(1).max(40);
    #[expect(clippy::cast_precision_loss, reason = "letters and lines of one page")]
    let (letter, leading) =
        ((width - 2.0 * MARGIN) / longest as f64, (height - 2.0 * MARGIN) / lines.len().max(40) as f64);
    let mut words = Vec::new();
    let mut number = 0;
    for (row, line) in lines.iter().enumerate() {
        let mut any = false;
        let mut column = 0_usize;
        for piece in line.split_inclusive(char::is_whitespace) {
            let word = piece.trim();
            let letters = piece.chars().count();
            if !word.is_empty() {
                #[expect(clippy::cast_precision_loss, reason = "letters and lines of one page")]
                let (left, top) = (MARGIN + column as f64 * letter, MARGIN + row as f64 * leading);
                #[expect(clippy::cast_precision_loss, reason = "letters of one word")]
                let right = left + word.chars().count() as f64 * letter;
                #[expect(clippy::cast_possible_truncation, reason = "points of a line")]
                let size = (leading * 0.8) as f32;
                words.push(Word {
                    text: word.to_owned(),
                    quad: Quad::upright(left, top, right, top + leading * 0.8),
                    line: number,
                    size,
                    confidence: Confidence::CERTAIN,
                });
                any = true;
            }
            column += letters;
        }
        number += u32::from(any);
    }
    PageReading { status: PageStatus::Text, words, width, height, ..page.clone() }
}

/// Puts an analysis together from the machine's own and from what was recognised in the remedied pages.
fn concluded(base: FileAnalysis, recognition: Recognition, remedied: &Remedied) -> FileAnalysis {
    let notes = remedied
        .pages
        .iter()
        .map(|page| {
            let guess = recognition.pages.iter().find(|guess| guess.number == page.number);
            let before = base.pages.iter().find(|note| note.number == page.number);
            let look = before.and_then(|before| before.look.clone());
            PageNote::of(page, guess, look, leaf_of(&recognition.leaves, page.number))
        })
        .collect();
    let mut findings: Vec<Finding> = base
        .findings
        .iter()
        .filter(|finding| !finding.page.is_some_and(|page| remedied.changed.contains(&page)))
        .cloned()
        .collect();
    for finding in remedied.findings.iter().chain(&recognition.findings) {
        if !findings.contains(finding) {
            findings.push(finding.clone());
        }
    }
    let mut facts = recognition.facts;
    for fact in &mut facts {
        let page = fact.evidence.location.page();
        if page.is_some_and(|page| remedied.written.contains(&page)) {
            fact.evidence.extractor.push_str(BY_PERSON);
            if let Location::Page { quads, .. } = &mut fact.evidence.location {
                quads.clear();
            }
        }
    }
    let trace = Trace {
        extents: recognition.extents,
        templates: recognition.templates,
        print_differences: recognition.print_differences,
        page_signatures: recognition.page_signatures,
        examples: recognition.examples,
        weights: recognition.weights,
        ..Trace::default()
    };
    let mut tables = recognition.tables;
    for table in tables.iter_mut().filter(|table| remedied.written.contains(&table.page)) {
        table.rows.iter_mut().flatten().for_each(|cell| cell.quad = None);
    }
    FileAnalysis {
        pages: notes,
        documents: recognition.documents,
        facts,
        tables,
        findings,
        model: recognition.model,
        trace,
        ..base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_keeps_its_lines_and_columns() {
        let page = PageReading {
            number: 3,
            status: PageStatus::Failed,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: Vec::new(),
            reading_view: false,
        };
        let text = "RUC:      1790000001001\n\nTotal     12.650,20";
        let laid = laid_out(&page, text);
        assert_eq!(laid.text(), "RUC: 1790000001001\nTotal 12.650,20", "empty lines are no lines");
        let left = |index: usize| laid.words[index].quad.bounds()[0];
        assert!((left(1) - left(3)).abs() < 0.01, "a column typed with blanks stands under itself");
        assert!(laid.words.iter().all(|word| word.quad.bounds()[2] <= 595.0), "on the page");
        assert_eq!((laid.status, laid.number), (PageStatus::Text, 3));
    }

    #[test]
    fn the_state_of_pages_is_that_of_their_acts_alone() {
        let remedy = |act| PageRemedy {
            file: FileHash::of(b"x"),
            page: 1,
            act,
            author: cotejo_domain::ActorId(uuid::Uuid::from_u128(7)),
            at: "2026-11-20T10:00:00Z".parse().expect("a moment"),
        };
        assert_eq!(state_of(&[]).expect("digests"), "");
        let turned = state_of(&[remedy(PageAct::Turned(90))]).expect("digests");
        let later = PageRemedy {
            at: "2026-11-21T10:00:00Z".parse().expect("a moment"),
            ..remedy(PageAct::Turned(90))
        };
        assert_eq!(turned, state_of(&[later]).expect("digests"), "who and when change no reading");
        assert_ne!(turned, state_of(&[remedy(PageAct::Turned(180))]).expect("digests"));
    }
}
