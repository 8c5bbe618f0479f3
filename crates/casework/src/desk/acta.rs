//! The acta: typeset from what is decided, signed, sealed, rectified.

use super::matrix::Decided;
use super::open_case::OpenCase;
use super::{Desk, labels};
use crate::view::{
    ActaSection, ActaState as ActaStateView, ActaView, CaseView, CellAddress, PageSize, Room, SignatureSlot,
    SignatureState, SigningBlock, SigningRequest,
};
use crate::{CaseworkError, quick};
use cotejo_catalogue::message;
use cotejo_domain::{ActaId, Code, FileHash};
use cotejo_signing::{Keystore, VisibleStamp};
use cotejo_store::{ActaRecord, ActaRow, ActaSignature, ActaState, Case, EventPayload};
use std::path::PathBuf;
use zeroize::Zeroizing;

const A4: PageSize = PageSize { width: 595.28, height: 841.89 };
const KIND: &str = "calificacion";

/// Says why nothing can be changed once an acta is signed.
pub(crate) async fn sealed_notice(case: &Case) -> Result<Option<String>, CaseworkError> {
    let signed = case.actas().await?.into_iter().rfind(|acta| acta.state == ActaState::Signed);
    Ok(signed.map(|acta| {
        message("casework.sealed_notice", &[("numero", acta.acta.number.as_deref().unwrap_or(""))])
    }))
}

/// SHA-256 of the newest bytes of an acta: of its last signature, else of the draft.
fn newest(row: &ActaRow) -> FileHash {
    row.signatures.last().map_or(row.acta.sha256, |signature| signature.sha256)
}

impl Desk {
    /// Shows the acta as it is.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn acta(&self, case: &str) -> Result<ActaView, CaseworkError> {
        let open = self.opened(case).await?;
        self.acta_view(&open).await
    }

    /// Typesets the acta from what is decided now. While something is undecided it is a *proyecto de acta*.
    ///
    /// # Errors
    /// [`Code::Sealed`] while a signed acta stands without rectification.
    pub async fn generate_acta(&self, case: &str) -> Result<ActaView, CaseworkError> {
        let open = self.opened(case).await?;
        if let Some(notice) = sealed_notice(&open.case).await? {
            return Err(CaseworkError::refused(Code::Sealed, "casework.acta_signed", notice));
        }
        let number =
            open.case.actas().await?.iter().filter(|acta| acta.state != ActaState::Generated).count() + 1;
        let content = self.acta_content(&open, u32::try_from(number).unwrap_or(u32::MAX)).await?;
        let id = ActaId(self.new_uuid());
        let typeset = cotejo_reports::typeset_acta_calificacion(&content.acta, &id.to_string(), self.now())?;
        let content_sha256 = FileHash::of(&serde_json::to_vec(&content.acta)?);
        let sha256 = open.case.store_original(typeset.pdf.clone()).await?;
        super::judgement::put_pages(&open.case, sha256, typeset.pages).await?;
        let acta = ActaRecord {
            id,
            kind: KIND.into(),
            number: Some(content.acta.number.clone()),
            sha256,
            content_sha256,
        };
        open.case.record(self.actor.id, EventPayload::ActaGenerated { acta, states: content.states }).await?;
        quick::write_whole(&path_of(&open.case, &content.acta.number), &typeset.pdf)?;
        self.acta_view(&open).await
    }

    /// Signs the acta that the person read. The first signature seals what it states.
    ///
    /// # Errors
    /// [`Code::Precondition`] while something impedes signing, or when the acta is not the one that was read; [`Code::WrongKey`] for a
    /// wrong password.
    pub async fn sign_acta(&self, case: &str, request: &SigningRequest) -> Result<ActaView, CaseworkError> {
        let certificate = PathBuf::from(&request.certificate);
        let bytes = Zeroizing::new(std::fs::read(&certificate).map_err(CaseworkError::file(&certificate))?);
        let password = Zeroizing::new(request.password.expose().to_owned());
        let open = self.opened(case).await?;
        let view = self.acta_view(&open).await?;
        if let Some(block) = view.blocks.first() {
            let detail = format!("{} {}", block.title, block.detail);
            return Err(CaseworkError::refused(Code::Precondition, "casework.signing_blocked", detail));
        }
        if view.sha256 != request.sha256 {
            return Err(CaseworkError::refused(Code::Precondition, "casework.acta_changed", ""));
        }
        let keystore = Keystore::open_pkcs12(&bytes, &password)?;
        self.sign_newest(&open, &keystore).await?;
        self.acta_view(&open).await
    }

    /// Adds a signature to the newest acta of a case and records it.
    pub(crate) async fn sign_newest(
        &self,
        open: &OpenCase,
        keystore: &Keystore,
    ) -> Result<PathBuf, CaseworkError> {
        let missing = || CaseworkError::refused(Code::Precondition, "casework.no_acta", "");
        let row = open.case.actas().await?.pop().ok_or_else(missing)?;
        let draft = open.case.read_original(newest(&row)).await?;
        let at = self.now();
        let pages = super::judgement::page_count(&open.case, row.acta.sha256).await?;
        let places = open.case.members().await?.len();
        let stamp = stamp(pages, row.signatures.len(), places, &row);
        let signed = quick::sign_bytes(&draft, keystore, at, Some(stamp))?;
        let sha256 = open.case.store_original(signed.clone()).await?;
        let holder = keystore.identity().holder();
        let signature = ActaSignature {
            signer: holder.name.clone().unwrap_or_default(),
            cedula: holder.cedula.clone(),
            certificate_serial: None,
            sha256,
            signed_at: at,
        };
        open.case.record(self.actor.id, EventPayload::ActaSigned { acta: row.acta.id, signature }).await?;
        let path = path_of(&open.case, row.acta.number.as_deref().unwrap_or("000"));
        quick::write_whole(&path, &signed)?;
        Ok(path)
    }

    /// Returns the path of the acta on disk.
    ///
    /// # Errors
    /// [`Code::Precondition`] when there is none.
    pub async fn acta_path(&self, case: &str) -> Result<PathBuf, CaseworkError> {
        let open = self.opened(case).await?;
        let missing = || CaseworkError::refused(Code::Precondition, "casework.no_acta", "");
        let row = open.case.actas().await?.pop().ok_or_else(missing)?;
        let path = path_of(&open.case, row.acta.number.as_deref().unwrap_or("000"));
        // Somebody may have removed or changed the copy outside; the original in the case is what counts.
        let bytes = open.case.read_original(newest(&row)).await?;
        quick::write_whole(&path, &bytes)?;
        Ok(path)
    }

    /// Renders a page of the acta to PNG.
    ///
    /// # Errors
    /// When there is no acta or the worker cannot render it.
    pub async fn acta_image(&self, case: &str, page: u32, scale: f64) -> Result<Vec<u8>, CaseworkError> {
        let open = self.opened(case).await?;
        let missing = || CaseworkError::refused(Code::Precondition, "casework.no_acta", "");
        let row = open.case.actas().await?.pop().ok_or_else(missing)?;
        let bytes = open.case.read_original(newest(&row)).await?;
        self.render(bytes.to_vec(), page, scale).await
    }

    /// Opens a rectification of the signed acta, for a recorded cause.
    ///
    /// # Errors
    /// [`Code::Precondition`] when no acta is signed or no cause is given.
    pub async fn rectify(&self, case: &str, cause: &str) -> Result<CaseView, CaseworkError> {
        if cause.trim().is_empty() {
            return Err(CaseworkError::refused(Code::Precondition, "casework.cause_missing", ""));
        }
        let open = self.opened(case).await?;
        let signed = open.case.actas().await?.into_iter().rfind(|acta| acta.state == ActaState::Signed);
        let missing = || CaseworkError::refused(Code::Precondition, "casework.no_signed_acta", "");
        let acta = signed.ok_or_else(missing)?.acta.id;
        let cause = cause.trim().to_owned();
        open.case.record(self.actor.id, EventPayload::RectificationOpened { acta, cause }).await?;
        self.case_view(&open).await
    }

    async fn acta_view(&self, open: &OpenCase) -> Result<ActaView, CaseworkError> {
        let case = &open.case;
        let judgement = open.judgement().await?;
        let decided = Decided::of(case).await?;
        let mut blocks = Vec::new();
        let pending: Vec<_> = judgement
            .requirements
            .iter()
            .filter(|requirement| super::acta_content::judged(requirement.kind))
            .flat_map(|requirement| judgement.bids.iter().map(move |bid| (requirement, bid)))
            .filter(|(requirement, bid)| decided.at(&requirement.id, bid.bid.id).is_none())
            .collect();
        if let Some((requirement, bid)) = pending.first() {
            blocks.push(SigningBlock {
                code: "casework.block.undecided".into(),
                title: message("casework.block.undecided", &[("numero", &pending.len().to_string())]),
                detail: labels::short_title(&requirement.text),
                room: Room::Mesa,
                cell: Some(CellAddress {
                    requirement: requirement.id.to_string(),
                    bid: bid.bid.id.to_string(),
                }),
            });
        }
        if judgement.bids.is_empty() {
            blocks.push(block("casework.block.no_bids", Room::Documentos));
        }
        let row = case.actas().await?.pop();
        let Some(row) = row else {
            blocks.push(block("casework.block.no_draft", Room::Acta));
            return Ok(ActaView {
                state: ActaStateView::Ninguna,
                title: message("casework.acta.title", &[]),
                revision: 0,
                stale: false,
                path: String::new(),
                sha256: String::new(),
                format: "PDF/A-2b".into(),
                pages: Vec::new(),
                sections: Vec::new(),
                blocks,
                ready: Vec::new(),
                signatures: Vec::new(),
                sealed_notice: None,
            });
        };
        let pages = super::judgement::page_count(case, row.acta.sha256).await?;
        let number = row.acta.number.clone().unwrap_or_default();
        let signed = row.state == ActaState::Signed;
        let stale = !signed && self.is_stale(open, &row).await?;
        if stale {
            blocks.push(block("casework.block.stale", Room::Acta));
        }
        if signed {
            blocks.clear();
        }
        Ok(ActaView {
            state: if row.signatures.is_empty() { ActaStateView::Borrador } else { ActaStateView::Firmada },
            title: message("casework.acta.title", &[]),
            revision: u32::try_from(case.actas().await?.len()).unwrap_or(u32::MAX),
            stale,
            path: path_of(case, &number).display().to_string(),
            sha256: newest(&row).to_string(),
            format: "PDF/A-2b".into(),
            pages: vec![A4; pages],
            sections: sections(pages),
            blocks,
            ready: Vec::new(),
            signatures: self.slots(case, &row).await?,
            sealed_notice: sealed_notice(case).await?,
        })
    }

    /// The draft is stale when what it would state now differs; its own date, hour and log heads always do and do not count.
    async fn is_stale(&self, open: &OpenCase, row: &ActaRow) -> Result<bool, CaseworkError> {
        let number: u32 = row.acta.number.as_deref().and_then(|number| number.parse().ok()).unwrap_or(1);
        let now: std::collections::BTreeSet<_> =
            self.acta_content(open, number).await?.states.into_iter().collect();
        let then: std::collections::BTreeSet<_> = row.states.iter().cloned().collect();
        Ok(now != then)
    }

    async fn slots(&self, case: &Case, row: &ActaRow) -> Result<Vec<SignatureSlot>, CaseworkError> {
        let mut slots: Vec<SignatureSlot> = row
            .signatures
            .iter()
            .map(|signature| SignatureSlot {
                name: signature.signer.clone(),
                capacity: String::new(),
                state: SignatureState::Signed,
                at: Some(signature.signed_at.to_string()),
                me: false,
            })
            .collect();
        let actors = case.actors().await?;
        for (index, member) in case.members().await?.into_iter().enumerate().skip(slots.len()) {
            let actor = actors.iter().find(|actor| actor.id == member.actor);
            slots.push(SignatureSlot {
                name: actor.map_or_else(String::new, |actor| actor.name.clone()),
                capacity: labels::capacity(member.capacity),
                state: if index == row.signatures.len() {
                    SignatureState::Now
                } else {
                    SignatureState::Later
                },
                at: None,
                me: member.actor == self.actor.id,
            });
        }
        Ok(slots)
    }
}

fn block(code: &str, room: Room) -> SigningBlock {
    SigningBlock {
        code: code.into(),
        title: message(code, &[]),
        detail: message(&format!("{code}.detail"), &[]),
        room,
        cell: None,
    }
}

fn path_of(case: &Case, number: &str) -> PathBuf {
    case.folder().join("actas").join(format!("acta-calificacion-{number}.pdf"))
}

fn sections(pages: usize) -> Vec<ActaSection> {
    if pages == 0 {
        return Vec::new();
    }
    vec![ActaSection { title: message("casework.acta.title", &[]), page: 1, pending: false }]
}

/// Places the visible stamp where the template reserves it: two columns at the foot of the last page, 34 mm a place, the name below.
fn stamp(pages: usize, index: usize, places: usize, row: &ActaRow) -> VisibleStamp {
    const LEFT: f64 = 62.4;
    const COLUMN: f64 = 252.2;
    const FOOT: f64 = 768.2;
    const LINE: f64 = 104.4;
    let page = u32::try_from(pages).unwrap_or(1).max(1);
    let lines = places.max(index + 1).div_ceil(2);
    #[expect(clippy::cast_precision_loss, reason = "a handful of signatures")]
    let (column, below) = ((index % 2) as f64, (lines - 1 - index / 2) as f64);
    let left = LEFT + column * COLUMN;
    let foot = FOOT - below * LINE;
    VisibleStamp {
        page,
        bounds: [left, foot - 94.0, left + 220.0, foot - 30.0],
        font: cotejo_reports::stamp_font().to_vec(),
        qr_text: Some(message("casework.acta.qr", &[("acta", &row.acta.id.to_string())])),
    }
}
