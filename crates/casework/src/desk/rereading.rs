//! Reading once more what a machine read before: a whole file or one page, with a password that a person gave, or under other limits. No
//! event: the reading is derived data. A package is opened once more instead, and its files are read.

use super::import::{Listener, blocking};
use super::open_case::OpenCase;
use super::recognising::{leaf_of, recognise};
use super::{Desk, documents, judgement, readings, sealed, taking, unlocking};
use crate::CaseworkError;
use crate::analysis::{FileAnalysis, PageNote, ReadFile, Trace, codes_of, signatures_of};
use crate::view::{
    Cancellation, DocumentsView, ImportPhase, ImportProgress, Password as PasswordView, SealingOrder,
};
use cotejo_catalogue::message;
use cotejo_domain::field_learning::FieldExample;
use cotejo_domain::{Code, FileHash, Finding, ModelText, PageExample, PageReading, Severity};
use cotejo_lector_client::{FileFeed, FileReading, Lector, LectorError};
use cotejo_lector_protocol::{Password, ReadOptions, RecognitionInput};
use cotejo_store::FileOwner;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is known of a case beside the file: the code of its process, the models of its forms, and what persons taught.
type Known = (Option<String>, Vec<ModelText>, Vec<PageExample>, Vec<FieldExample>);

/// Code of the remark that a file was read with a password.
pub(crate) const WITH_PASSWORD: &str = "casework.read_with_password";

/// Tells whether a finding says that a file cannot be read without a password, or with the one that was given.
pub(crate) fn wants_password(finding: &Finding) -> bool {
    matches!(
        finding.code.as_str(),
        "pdf.encrypted" | "pdf.wrong_password" | "intake.locked_document" | "intake.wrong_password"
    )
}

/// Tells whether a finding says that a file, or something in a package, stays under its password.
pub(crate) fn is_about_password(finding: &Finding) -> bool {
    wants_password(finding)
        || matches!(
            finding.code.as_str(),
            "intake.encrypted_archive"
                | "intake.encrypted_entry"
                | "intake.wrong_archive_password"
                | "intake.wrong_entry_password"
        )
}

impl Desk {
    /// Reads a file once more, or one page of it (from 1), with the password that is given, or that was given before while this desk is
    /// open. The password stays in memory until the desk is closed, for the images of the pages; it is never written.
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown file; [`Code::WrongKey`] when the password does not open it: nothing changes then;
    /// [`Code::Cancelled`] when the person stopped it.
    pub async fn read_again(
        &self,
        case: &str,
        file: &str,
        page: Option<u32>,
        password: Option<&PasswordView>,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<DocumentsView, CaseworkError> {
        let open = self.opened(case).await?;
        let hash = documents::hash(file)?;
        let owners = open.case.owners_of(hash).await?;
        let name = owners
            .first()
            .map(|(_, file)| file.path.clone())
            .ok_or_else(|| CaseworkError::refused(Code::NotFound, "casework.no_such_file", file))?;
        let given = password.map(|password| Password::new(password.expose().to_owned()));
        let in_bid = owners.iter().find(|(owner, _)| matches!(owner, FileOwner::Bid(_)));
        if in_bid.is_some_and(|(_, file)| unlocking::is_package(&file.media_type)) {
            let remembered = self.password_of(&open, hash).await;
            let password = given.or(remembered);
            self.open_again(&open, hash, password.as_ref(), progress, cancellation).await?;
            if let Some(password) = password {
                self.passwords.lock().await.insert((open.case.id(), hash), password);
            }
            return self.documents(case).await;
        }
        let feed = taking::feed_of_original(&open.case, hash).await?;
        let kept = judgement::machine_pages(&open.case, hash).await?;
        // One page of a file that was never read is all of it.
        let page = page.filter(|number| kept.iter().any(|page| page.number == *number));
        let mut options = self.options(&open, hash).await;
        if given.is_some() {
            options.password.clone_from(&given);
        }
        options.pages = page.into_iter().collect();
        let unlocked = options.password.is_some();
        let reading = self.followed(&name, feed, options, progress, cancellation).await?;
        // A file that was read before is not given up because nobody gave its password today.
        if reading.findings.iter().any(wants_password) && (unlocked || !kept.is_empty()) {
            let key = if unlocked { "casework.wrong_file_password" } else { "casework.page.wants_password" };
            return Err(CaseworkError::refused(Code::WrongKey, key, name));
        }
        let first_read = kept.is_empty();
        if let Some(password) = &given {
            self.passwords.lock().await.insert((open.case.id(), hash), password.clone());
        }
        let reading = merged(kept, page, reading);
        let code = open.case.state().await?.process.code.as_ref().map(ToString::to_string);
        let of_bids: BTreeSet<&str> = owners
            .iter()
            .filter(|(owner, _)| matches!(owner, FileOwner::Bid(_)))
            .map(|(_, file)| file.path.as_str())
            .collect();
        if of_bids.is_empty() {
            judgement::put_pages(&open.case, hash, "", &reading.pages).await?;
        }
        let mut was_locked = false;
        let models = super::models::of_process(&open.case).await?;
        let examples = self.examples().await?;
        let field_examples = self.field_examples().await?;
        for path in of_bids {
            let before = judgement::analysis_at(&open.case, hash, path, code.as_deref(), "").await?;
            let findings = before.iter().flat_map(|before| &before.findings);
            was_locked |= findings.into_iter().any(wants_password);
            let read = self
                .recognised(
                    self.lector_of(&open.case).await?.lector,
                    path,
                    hash,
                    (code.clone(), models.clone(), examples.clone(), field_examples.clone()),
                    &reading,
                    before.filter(|_| page.is_some()),
                    page,
                )
                .await?;
            // A lock may have hidden what is to be sealed.
            if first_read && self.sealed_by_reading(&open, hash, &read.analysis).await? {
                return self.documents(case).await;
            }
            judgement::put_analysis(&open.case, &marked(read, unlocked), code.as_deref()).await?;
        }
        if given.is_some() && was_locked {
            // What it carries could not be taken out before.
            self.open_again(&open, hash, given.as_ref(), progress, cancellation).await?;
        }
        // What persons did to its pages is read again too.
        open.case.drop_derived(hash, "lectura-girada").await?;
        judgement::drop_remedied(&open.case, hash).await?;
        self.settle(&open, hash).await?;
        self.documents(case).await
    }

    // Seals a file that only its reading shows to be an economic envelope, in every bid that has it.
    async fn sealed_by_reading(
        &self,
        open: &OpenCase,
        hash: FileHash,
        analysis: &FileAnalysis,
    ) -> Result<bool, CaseworkError> {
        let procedure = open.case.state().await?.process.procedure;
        if !sealed::shown_by_reading(procedure, analysis, &SealingOrder::default()) {
            return Ok(false);
        }
        readings::drop_all(&open.case, hash).await?;
        for (owner, _) in open.case.owners_of(hash).await? {
            if let FileOwner::Bid(bid) = owner {
                self.seal_read(open, bid, analysis).await?;
            }
        }
        open.forget().await;
        Ok(true)
    }

    async fn followed(
        &self,
        name: &str,
        feed: FileFeed<'static>,
        options: ReadOptions,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<FileReading, CaseworkError> {
        let (sender, mut pages) = tokio::sync::mpsc::unbounded_channel();
        let (lector, cancel, file) = (self.lector(), cancellation.clone(), name.to_owned());
        let anchors = self.anchors.lock().await.clone();
        let work = tokio::task::spawn_blocking(move || {
            let switch = cancel.switch();
            let mut reading = lector.read(&file, &feed, &options, switch, &mut |_| {
                // Nobody listens any more once the window is closed.
                let _ = sender.send(());
            })?;
            if !reading.signatures.is_empty() && !anchors.is_empty() {
                let verified = lector.verify(&file, &feed, &anchors, None, switch)?;
                if !verified.value.is_empty() {
                    reading.signatures = verified.value;
                }
            }
            Ok(reading)
        });
        let mut done = 0;
        let tell = |phase, pages_done| {
            progress(ImportProgress {
                phase,
                files_done: 0,
                files_total: 1,
                pages_done,
                pages_total: 0,
                current: Some(name.to_owned()),
                errors: 0,
            });
        };
        tell(ImportPhase::Reading, 0);
        while pages.recv().await.is_some() {
            done += 1;
            tell(ImportPhase::Reading, done);
        }
        tell(ImportPhase::Recognising, done);
        let ended: Result<Result<FileReading, LectorError>, _> = work.await;
        let reading = ended.map_err(|error| {
            CaseworkError::refused(Code::Internal, "casework.internal", error.to_string())
        })?;
        Ok(reading?)
    }

    #[expect(clippy::too_many_arguments, reason = "what is known of one file")]
    async fn recognised(
        &self,
        lector: Arc<Lector>,
        path: &str,
        hash: FileHash,
        process: Known,
        reading: &FileReading,
        before: Option<FileAnalysis>,
        page: Option<u32>,
    ) -> Result<ReadFile, CaseworkError> {
        let (reading, path) = (reading.clone(), path.to_owned());
        blocking(move || whole(&lector, &path, hash, process, reading, before, page)).await?
    }

    /// Reads a file of the process itself, so that its pages open: the pliego and its annexes. A file without pages is left as it is.
    pub(crate) async fn read_process_file(
        &self,
        open: &OpenCase,
        hash: FileHash,
        name: &str,
    ) -> Result<Vec<PageReading>, CaseworkError> {
        let kept = judgement::pages(&open.case, hash).await?;
        if !kept.is_empty() {
            return Ok(kept);
        }
        let feed = taking::feed_of_original(&open.case, hash).await?;
        let options = self.options(open, hash).await;
        let (lector, name) = (self.lector(), name.to_owned());
        let reading = blocking(move || {
            lector.read(&name, &feed, &options, Cancellation::default().switch(), &mut |_| {})
        })
        .await??;
        if !reading.pages.is_empty() {
            judgement::put_pages(&open.case, hash, "", &reading.pages).await?;
            self.settle(open, hash).await?;
        }
        judgement::pages(&open.case, hash).await
    }
}

/// Puts one page that was read again among those that were kept.
fn merged(kept: Vec<PageReading>, page: Option<u32>, reading: FileReading) -> FileReading {
    let Some(number) = page else { return reading };
    let mut pages = kept;
    for fresh in &reading.pages {
        match pages.iter_mut().find(|page| page.number == fresh.number) {
            Some(place) if fresh.number == number => place.clone_from(fresh),
            _ => {}
        }
    }
    FileReading { pages, ..reading }
}

fn marked(mut read: ReadFile, unlocked: bool) -> ReadFile {
    marked_findings(&mut read.analysis.findings, unlocked);
    read
}

/// Says among the findings of a file whether it was opened with a password.
fn marked_findings(findings: &mut Vec<Finding>, unlocked: bool) {
    findings.retain(|finding| finding.code != WITH_PASSWORD);
    if unlocked {
        findings.push(Finding {
            code: WITH_PASSWORD.into(),
            severity: Severity::Info,
            page: None,
            message: message(WITH_PASSWORD, &[]),
            remedy: String::new(),
        });
    }
}

fn whole(
    lector: &Lector,
    path: &str,
    hash: FileHash,
    (process_code, models, examples, field_examples): Known,
    reading: FileReading,
    before: Option<FileAnalysis>,
    page: Option<u32>,
) -> Result<ReadFile, CaseworkError> {
    let pages = reading.pages;
    let signatures = before.as_ref().map_or(&reading.signatures, |before| &before.signatures);
    let input = RecognitionInput {
        codes: reading.looks.iter().flat_map(codes_of).collect(),
        signatures: signatures_of(path, signatures, &reading.findings),
        models,
        examples,
        field_examples,
        ..RecognitionInput::new(hash, path, process_code)
    };
    let recognition = recognise(lector, input, &pages)?;
    // What was said of other pages, and of the file, still holds after one page was read again.
    let mut findings: Vec<Finding> = before.as_ref().map_or_else(Vec::new, |before| {
        before.findings.iter().filter(|finding| finding.page != page).cloned().collect()
    });
    let about = |finding: &Finding| before.is_none() || finding.page == page;
    let trace = Trace { format_tables: reading.tables.len(), ..Trace::of(&recognition) };
    for finding in reading.findings.into_iter().filter(about).chain(recognition.findings) {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    let look_of = |number: u32| {
        let fresh = reading.looks.iter().find(|look| look.number == number).cloned();
        let old = || {
            let note = before.as_ref()?.pages.iter().find(|note| note.number == number)?;
            note.look.clone()
        };
        fresh.or_else(old)
    };
    let notes = pages
        .iter()
        .map(|page| {
            let guess = recognition.pages.iter().find(|guess| guess.number == page.number);
            PageNote::of(page, guess, look_of(page.number), leaf_of(&recognition.leaves, page.number))
        })
        .collect();
    let mut tables = reading.tables;
    tables.extend(recognition.tables);
    // They come with the first page: read again, they stand for a file of before they were kept.
    let (media_type, signatures, properties) = match before {
        Some(before) => (before.media_type, before.signatures, reading.properties.or(before.properties)),
        None => (reading.media_type, reading.signatures, reading.properties),
    };
    let analysis = FileAnalysis {
        hash,
        path: path.to_owned(),
        media_type,
        pages: notes,
        documents: recognition.documents,
        facts: recognition.facts,
        tables,
        signatures,
        properties,
        findings,
        model: recognition.model,
        trace,
    };
    Ok(ReadFile { analysis, pages })
}
