//! Packages that were opened before, once more: with the password that a person gave, or under other limits. What comes out of them becomes
//! files of the bid as in an import, and is sealed by the same rules. No event for the password: it is never written.

use super::Desk;
use super::import::{Arrival, Listener, blocking};
use super::judgement;
use super::open_case::OpenCase;
use super::rereading::is_about_password;
use super::taking::{Taken, feed_of_original, unpack};
use crate::CaseworkError;
use crate::view::{Cancellation, ImportOutcome, SealingOrder};
use cotejo_domain::{BidFile, BidId, Code, FileHash, Finding};
use cotejo_lector_protocol::Password;
use cotejo_store::{EventPayload, FileOwner};
use std::sync::Arc;

/// Tells whether a media type is that of a package, which is not read itself: its files are.
pub(crate) fn is_package(media_type: &str) -> bool {
    matches!(
        media_type,
        judgement::CONTAINER
            | "application/zip"
            | "application/x-7z-compressed"
            | "application/x-tar"
            | "application/gzip"
    )
}

impl Desk {
    /// Opens a package, or what a document carries, once more for each bid that has it.
    ///
    /// # Errors
    /// [`Code::WrongKey`] when the password opens nothing: nothing changes then; [`Code::Cancelled`] when the person stopped it.
    pub(super) async fn open_again(
        &self,
        open: &Arc<OpenCase>,
        hash: FileHash,
        password: Option<&Password>,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<(), CaseworkError> {
        for (owner, file) in open.case.owners_of(hash).await? {
            if let FileOwner::Bid(bid) = owner {
                self.open_again_in(open, bid, &file, password, progress, cancellation).await?;
            }
        }
        Ok(())
    }

    async fn open_again_in(
        &self,
        open: &Arc<OpenCase>,
        bid: BidId,
        file: &BidFile,
        password: Option<&Password>,
        progress: Listener<'_>,
        cancellation: &Cancellation,
    ) -> Result<(), CaseworkError> {
        let known = open.case.files(FileOwner::Bid(bid)).await?;
        let (taken, findings) = self.taken_out(open, file, password, cancellation).await?;
        let is_new = |taken: &Taken| !known.iter().any(|known| known.path == taken.path);
        let (wrong, all_known) = (findings.iter().any(is_about_password), !taken.iter().any(is_new));
        if is_package(&file.media_type) && wrong && all_known && password.is_some() {
            let key = "casework.wrong_file_password";
            return Err(CaseworkError::refused(Code::WrongKey, key, file.path.clone()));
        }
        let owner = FileOwner::Bid(bid);
        let arrival = Arrival { bid, owner, known: known.clone(), origin: None, taken };
        let mut outcome = ImportOutcome::default();
        self.take_in(open, arrival, &SealingOrder::default(), progress, cancellation, &mut outcome).await?;
        self.restate(open, bid, file, &known, findings, cancellation).await?;
        // A package is sealed with what it holds: its bytes are the same bytes.
        let within = format!("{}/", file.path);
        let held = open.case.files(FileOwner::Bid(bid)).await?;
        if held.iter().any(|held| held.sealed && held.path.starts_with(&within)) {
            let media_type = judgement::CONTAINER.to_owned();
            let sealed = BidFile { sealed: true, media_type, ..file.clone() };
            let owner = FileOwner::Bid(bid);
            open.case.record(self.actor.id, EventPayload::FileImported { owner, file: sealed }).await?;
            open.forget().await;
        }
        Ok(())
    }

    // Puts what opening it says now in the place of what it said before.
    async fn restate(
        &self,
        open: &Arc<OpenCase>,
        bid: BidId,
        file: &BidFile,
        known: &[BidFile],
        findings: Vec<Finding>,
        cancellation: &Cancellation,
    ) -> Result<(), CaseworkError> {
        let case = &open.case;
        let mut before = judgement::opening_findings(case, file.hash, &file.path).await?.unwrap_or_default();
        let around = known.iter().filter(|outer| {
            outer.media_type == judgement::CONTAINER && file.path.starts_with(&format!("{}/", outer.path))
        });
        if let (Some(outer), true) = (around.max_by_key(|outer| outer.path.len()), before.is_empty()) {
            // The package around it told of it under its name in there.
            let name = file.path.get(outer.path.len() + 1..).unwrap_or_default();
            let there = BidFile { path: name.to_owned(), ..file.clone() };
            before = self.taken_out(open, &there, None, cancellation).await?.1;
            let told = judgement::opening_findings(case, outer.hash, &outer.path).await?;
            let mut told = told.unwrap_or_default();
            told.retain(|finding| !before.contains(finding));
            judgement::put_opening_findings(case, outer.hash, &outer.path, &told).await?;
        }
        let mut of_bid = judgement::package_findings(case, bid).await?;
        of_bid.retain(|finding| !before.contains(finding));
        let unsaid: Vec<Finding> =
            findings.iter().filter(|finding| !of_bid.contains(finding)).cloned().collect();
        of_bid.extend(unsaid);
        judgement::put_package_findings(case, bid, &of_bid).await?;
        if is_package(&file.media_type) {
            judgement::put_opening_findings(case, file.hash, &file.path, &findings).await?;
        }
        if is_package(&file.media_type) && file.media_type != judgement::CONTAINER {
            // From now on its files stand for it, as those of any package.
            let media_types = vec![(file.hash, judgement::CONTAINER.to_owned())];
            let described = EventPayload::FilesDescribed { bid, media_types };
            case.record(self.actor.id, described).await?;
        }
        open.forget().await;
        Ok(())
    }

    async fn taken_out(
        &self,
        open: &Arc<OpenCase>,
        file: &BidFile,
        password: Option<&Password>,
        cancellation: &Cancellation,
    ) -> Result<(Vec<Taken>, Vec<Finding>), CaseworkError> {
        let feed = feed_of_original(&open.case, file.hash).await?;
        let (lector, shelf, cancel) = (self.lector(), open.case.shelf(), cancellation.clone());
        let (path, password) = (file.path.clone(), password.cloned());
        blocking(move || {
            let mut taken = Vec::new();
            let findings = unpack(&lector, &path, &feed, password.as_ref(), &cancel, &shelf, &mut taken)?;
            Ok((taken, findings))
        })
        .await?
    }
}
