//! *Constataciones*: that the official application was asked of a signature before it hurts a bid; what still wants one.

use super::outcomes::{cells, course};
use super::{Standing, accept, moment};
use crate::CaseworkError;
use crate::desk::{Desk, labels};
use crate::view::{
    ConstatationDraft, ConstatationPending, ConstatationView, ConstatationsView, CureErrorName, CurePlace,
};
use cotejo_catalogue::message;
use cotejo_domain::course::{Constatation, CourseAct, KeptFile, SignatureResult};
use cotejo_domain::{BidId, Code, FileHash, Verdict};
use cotejo_procedure::curing::signature::faults_of_constatation;
use cotejo_store::FileOwner;
use std::collections::BTreeMap;
use std::path::Path;

/// The official application.
const OFFICIAL: &str = "FirmaEC";

impl Desk {
    /// Lists the validations of signatures that were recorded, and what wants one before it may hurt a bid.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack.
    pub async fn constatations(&self, case: &str) -> Result<ConstatationsView, CaseworkError> {
        let (mut done, mut waiting) = (Vec::new(), Vec::new());
        for standing in self.standings(case).await? {
            let own = |said: &&Constatation| !said.withdrawn && said.lot == standing.lot;
            let said = standing.constatations.iter().filter(own);
            done.extend(said.map(|said| ((said.when, said.id.clone()), view(&standing, said))));
            waiting.extend(pending(&standing)?);
        }
        done.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(ConstatationsView {
            done: done.into_iter().map(|(_, view)| view).collect(),
            pending: waiting,
            results: SignatureResult::ALL
                .into_iter()
                .map(|result| CureErrorName { key: result.key().to_owned(), name: name(result) })
                .collect(),
            legal_basis: vec![message("curing.constatacion.norma", &[])],
        })
    }

    /// Records that the signatures of a file were validated with the official application, changes one, or takes it back.
    ///
    /// # Errors
    /// [`Code::Precondition`] with every reason: in the future, without a person, an application or its result as a file;
    /// [`Code::NotFound`] for a bid, a file of it or a validation that is not there.
    pub async fn record_constatation(
        &self,
        case: &str,
        draft: &ConstatationDraft,
    ) -> Result<ConstatationsView, CaseworkError> {
        let standing = self.standing_with(case, &draft.bid).await?;
        let before = match draft.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
            Some(id) => {
                let found = standing.constatations.iter().find(|said| said.id == id);
                let missing = || CaseworkError::refused(Code::NotFound, "curing.desk.no_constatation", id);
                Some(found.cloned().ok_or_else(missing)?)
            }
            None => None,
        };
        if draft.withdrawn {
            let missing = || CaseworkError::refused(Code::NotFound, "curing.desk.no_constatation", "");
            let said = before.ok_or_else(missing)?;
            let taken = Constatation { withdrawn: true, author: self.actor.id, at: self.now(), ..said };
            self.record_cure(&standing.open, CourseAct::SignatureConstated(taken), Vec::new()).await?;
            return self.constatations(&standing.address()).await;
        }
        let bid = standing.bid(&draft.bid)?.bid.id;
        let (file, file_name) = self.file_of(&standing, bid, &draft.file).await?;
        let result = SignatureResult::by_key(draft.result.trim()).ok_or_else(|| {
            CaseworkError::refused(Code::WrongUse, "curing.desk.bad_signature_result", draft.result.clone())
        })?;
        let attached = draft.attach.as_deref().map(str::trim).filter(|path| !path.is_empty());
        let proof = match attached {
            Some(path) => {
                let (name, sha256) = self.keep_capture(&standing.open, Path::new(path)).await?;
                KeptFile { name, sha256 }
            }
            // A validation that is changed keeps its result unless another comes.
            None => before.as_ref().map_or_else(
                || KeptFile { name: String::new(), sha256: FileHash([0; 32]) },
                |said| said.proof.clone(),
            ),
        };
        let given = |text: &str, otherwise: &str| {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if text.is_empty() { otherwise.to_owned() } else { text }
        };
        let when = match draft.when.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => moment(text)?,
            None => standing.now,
        };
        let said = Constatation {
            id: before.map_or_else(|| self.new_uuid().to_string(), |said| said.id),
            lot: standing.lot,
            bid,
            file,
            file_name,
            application: given(&draft.application, OFFICIAL),
            when,
            by: given(&draft.by, &self.actor.name),
            result,
            detail: draft.detail.trim().to_owned(),
            proof,
            withdrawn: false,
            author: self.actor.id,
            at: self.now(),
        };
        accept(faults_of_constatation(&said, standing.now))?;
        self.record_cure(&standing.open, CourseAct::SignatureConstated(said), Vec::new()).await?;
        self.constatations(&standing.address()).await
    }

    /// Finds a file of a bid, or of what its bidder answered, by its hash.
    async fn file_of(
        &self,
        standing: &Standing,
        bid: BidId,
        hash: &str,
    ) -> Result<(FileHash, String), CaseworkError> {
        let missing = || CaseworkError::refused(Code::NotFound, "curing.desk.no_file_of_bid", hash);
        let file: FileHash = hash.trim().parse().map_err(|_| missing())?;
        let owners = standing.open.case.owners_of(file).await?;
        let own = owners
            .into_iter()
            .find(|(owner, _)| matches!(owner, FileOwner::Bid(of) | FileOwner::Answer(of) if *of == bid));
        own.map(|(_, file)| (file.hash, file.path)).ok_or_else(missing)
    }
}

fn name(result: SignatureResult) -> String {
    message(&format!("curing.constatacion.{}", result.key()), &[])
}

fn view(standing: &Standing, said: &Constatation) -> ConstatationView {
    ConstatationView {
        id: said.id.clone(),
        bid: said.bid.to_string(),
        bid_number: standing.number_of(said.bid),
        file: said.file.to_string(),
        file_name: said.file_name.clone(),
        application: said.application.clone(),
        when: said.when.strftime("%Y-%m-%dT%H:%M").to_string(),
        by: said.by.clone(),
        result: said.result.key().to_owned(),
        result_name: name(said.result),
        detail: said.detail.clone(),
        proof: said.proof.sha256.to_string(),
        proof_name: said.proof.name.clone(),
    }
}

/// Lists what speaks of a signature, is not settled in favour of the bid, and wants a validation.
fn pending(standing: &Standing) -> Result<Vec<ConstatationPending>, CaseworkError> {
    let mut pending = Vec::new();
    for judged in &standing.judgement.bids {
        let bid = judged.bid.id;
        let cells = cells(standing, judged);
        let course = course(standing, bid, &cells, None)?;
        let names: BTreeMap<FileHash, &str> =
            judged.files.iter().map(|file| (file.hash, file.path.as_str())).collect();
        for cell in &cells {
            let (held, _) = standing.verdict(&cell.requirement, bid);
            if matches!(held, Some(Verdict::Cumple | Verdict::NoAplica)) {
                continue;
            }
            let Some(fault) = course.against_not_cured(cell).into_iter().next() else { continue };
            let title = standing
                .judgement
                .requirement(&cell.requirement)
                .map_or_else(String::new, |(_, found)| labels::short_title(&found.text));
            pending.push(ConstatationPending {
                requirement: cell.requirement.to_string(),
                requirement_number: cell.number,
                title,
                bid: bid.to_string(),
                bid_number: judged.number,
                bid_name: judged.bid.bidder.name.clone(),
                files: cell
                    .files
                    .iter()
                    .map(|file| CurePlace {
                        file: file.to_string(),
                        file_name: names.get(file).map_or_else(String::new, |name| (*name).to_owned()),
                        ..CurePlace::default()
                    })
                    .collect(),
                text: fault.text,
            });
        }
    }
    Ok(pending)
}
