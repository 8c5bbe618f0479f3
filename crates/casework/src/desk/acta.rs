//! The acta: typeset from what is decided, signed, sealed, rectified.

use super::judgement::Layout;
use super::matrix::Decided;
use super::open_case::OpenCase;
use super::{Desk, labels};
use crate::view::{
    ActaSection, ActaState as ActaStateView, ActaView, CaseView, CellAddress, MissingInActa, PageSize, Room,
    SignatureSlot, SignatureState, SigningBlock, SigningRequest,
};
use crate::{CaseworkError, quick};
use cotejo_catalogue::message;
use cotejo_domain::{ActaId, ActorId, Code, FileHash};
use cotejo_reports::{ActaError, SignaturePlace};
use cotejo_signing::{Keystore, VisibleStamp};
use cotejo_store::{ActaRecord, ActaRow, ActaSignature, ActaState, Case, EventPayload};
use std::path::PathBuf;
use zeroize::Zeroizing;

const A4: PageSize = PageSize { width: 595.28, height: 841.89 };
pub(crate) const KIND: &str = "calificacion";

/// Says why nothing can be changed once an acta is signed.
pub(crate) async fn sealed_notice(case: &Case) -> Result<Option<String>, CaseworkError> {
    let of_kind = |acta: &ActaRow| acta.acta.kind == KIND && acta.state == ActaState::Signed;
    let signed = case.actas().await?.into_iter().rfind(of_kind);
    Ok(signed.map(|acta| {
        message("casework.sealed_notice", &[("numero", acta.acta.number.as_deref().unwrap_or(""))])
    }))
}

/// The actas de calificación; other documents have numbers, signatures and views of their own.
async fn of_kind(case: &Case) -> Result<Vec<ActaRow>, CaseworkError> {
    let mut actas = case.actas().await?;
    actas.retain(|row| row.acta.kind == KIND);
    Ok(actas)
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
            of_kind(&open.case).await?.iter().filter(|acta| acta.state != ActaState::Generated).count() + 1;
        let content = self.acta_content(&open, u32::try_from(number).unwrap_or(u32::MAX)).await?;
        let id = ActaId(self.new_uuid());
        let adaptation = self.adaptation().await?;
        let frame =
            cotejo_reports::Frame { adaptation: adaptation.as_ref(), ..cotejo_reports::Frame::default() };
        let calificacion = cotejo_reports::Calificacion::from(&content.acta);
        let paper = cotejo_reports::compose(&calificacion, frame).map_err(ActaError::from)?;
        let typeset =
            cotejo_reports::typeset_paper(&paper, &id.to_string(), self.now()).map_err(ActaError::from)?;
        let content_sha256 = FileHash::of(&serde_json::to_vec(&content.acta)?);
        let sha256 = open.case.store_original(typeset.pdf.clone()).await?;
        let layout = Layout { pages: typeset.pages, sections: typeset.sections, places: typeset.places };
        super::judgement::put_layout(&open.case, sha256, &layout).await?;
        super::papers::put_paper(&open.case, sha256, &paper).await?;
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
        let row = of_kind(&open.case).await?.pop().ok_or_else(missing)?;
        let draft = open.case.read_original(newest(&row)).await?;
        let at = self.now();
        let layout = super::judgement::layout(&open.case, row.acta.sha256).await?;
        let holder = keystore.identity().holder();
        let seats = Seats::of(&open.case).await?;
        let taken = seats.taken(&row.signatures);
        let place = seats.place(holder.cedula.as_deref(), holder.name.as_deref(), &taken)?;
        let stamp = place.and_then(|place| layout.places.get(place)).map(|place| stamp(place, &row));
        let signed = quick::sign_bytes(&draft, keystore, at, stamp)?;
        let sha256 = open.case.store_original(signed.clone()).await?;
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
        let row = of_kind(&open.case).await?.pop().ok_or_else(missing)?;
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
        let row = of_kind(&open.case).await?.pop().ok_or_else(missing)?;
        self.render(&open.case, newest(&row), page, scale).await
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
        let signed = of_kind(&open.case).await?.into_iter().rfind(|acta| acta.state == ActaState::Signed);
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
            .filter(|(requirement, bid)| super::judgement::stands(requirement, bid))
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
        if judgement.bids.iter().any(|bid| !judgement.has_lot(bid.bid.lot)) {
            blocks.push(block("casework.block.unplaced_bids", Room::Documentos));
        }
        blocks.extend(super::departures::block(open).await?);
        let votes = super::commission::Votes::of(case, &judgement).await?;
        blocks.extend(super::commission::agreement_block(&votes, &judgement));
        blocks.extend(super::commission::treatment_block(case, &judgement).await?);
        blocks.extend(super::commission::body_blocks(case, &judgement).await?);
        blocks.extend(super::exchange::block(self, open).await?);
        let session = case.session().await?.unwrap_or_default();
        let commission = case.commission().await?;
        let of_room = |room| move |text| MissingInActa { text, room };
        let mut missing: Vec<MissingInActa> =
            super::session::missing_of_session(&session).into_iter().map(of_room(Room::Sesion)).collect();
        let of_body = super::session::missing_of_commission(commission.as_ref());
        missing.extend(of_body.into_iter().map(of_room(Room::Sesion)));
        let declared = super::commission::missing_declarations(case, &judgement).await?;
        missing.extend(declared.into_iter().map(of_room(Room::Comision)));
        if commission.as_ref().is_some_and(|commission| !commission.has_quorum()) {
            blocks.push(block("casework.block.no_quorum", Room::Sesion));
        }
        let row = of_kind(case).await?.pop();
        let Some(row) = row else {
            blocks.push(block("casework.block.no_draft", Room::Acta));
            return Ok(ActaView {
                state: ActaStateView::Ninguna,
                title: message("casework.acta.title", &[]),
                revision: 0,
                stale: false,
                path: String::new(),
                sha256: String::new(),
                format: "PDF/A-2a".into(),
                pages: Vec::new(),
                sections: Vec::new(),
                blocks,
                missing,
                ready: Vec::new(),
                signatures: Vec::new(),
                sealed_notice: None,
            });
        };
        let layout = super::judgement::layout(case, row.acta.sha256).await?;
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
            revision: u32::try_from(of_kind(case).await?.len()).unwrap_or(u32::MAX),
            stale,
            path: path_of(case, &number).display().to_string(),
            sha256: newest(&row).to_string(),
            format: "PDF/A-2a".into(),
            pages: vec![A4; layout.pages],
            sections: sections(layout.sections),
            blocks,
            missing,
            ready: Vec::new(),
            signatures: self.slots(case, &row).await?,
            sealed_notice: sealed_notice(case).await?,
        })
    }

    /// The draft is stale when what it would state now differs, or something it states changed; its own log heads always differ and do
    /// not count.
    async fn is_stale(&self, open: &OpenCase, row: &ActaRow) -> Result<bool, CaseworkError> {
        let number: u32 = row.acta.number.as_deref().and_then(|number| number.parse().ok()).unwrap_or(1);
        let now: std::collections::BTreeSet<_> =
            self.acta_content(open, number).await?.states.into_iter().collect();
        let then: std::collections::BTreeSet<_> = row.states.iter().cloned().collect();
        Ok(now != then || !open.case.acta_holds(row.acta.id).await?)
    }

    async fn slots(&self, case: &Case, row: &ActaRow) -> Result<Vec<SignatureSlot>, CaseworkError> {
        let mine = |seat: &SigningSeat| seat.actor == Some(self.actor.id);
        Ok(Seats::of(case).await?.slots(&row.signatures, mine))
    }
}

/// One who signs, as far as a certificate can be compared with it.
#[derive(Default)]
pub(crate) struct SigningSeat {
    /// `None` for one who signs and is no member.
    pub(crate) actor: Option<ActorId>,
    pub(crate) name: String,
    pub(crate) capacity: String,
    pub(crate) cedula: Option<String>,
}

/// Those who sign, in the order of their places in the acta.
pub(crate) struct Seats(pub(crate) Vec<SigningSeat>);

impl Seats {
    pub(crate) fn new(seats: impl IntoIterator<Item = SigningSeat>) -> Self {
        Self(seats.into_iter().collect())
    }

    pub(crate) async fn of(case: &Case) -> Result<Self, CaseworkError> {
        if let Some(commission) = case.commission().await? {
            let seats = super::acta_session::signing_seats(&commission);
            return Ok(Self(
                seats
                    .into_iter()
                    .map(|seat| SigningSeat {
                        actor: Some(seat.actor.id),
                        name: seat.actor.name.clone(),
                        capacity: labels::capacity(seat.member.capacity, seat.gender),
                        cedula: seat.actor.cedula.as_ref().map(|cedula| cedula.as_str().to_owned()),
                    })
                    .collect(),
            ));
        }
        let actors = case.actors().await?;
        let seats = case.members().await?.into_iter().filter_map(|member| {
            let actor = actors.iter().find(|actor| actor.id == member.actor)?;
            Some(SigningSeat {
                actor: Some(actor.id),
                name: actor.name.clone(),
                capacity: labels::capacity(member.capacity, None),
                cedula: actor.cedula.as_ref().map(|cedula| cedula.as_str().to_owned()),
            })
        });
        Ok(Self(seats.collect()))
    }

    /// Shows the places: who signed, then who is next, then who follows. `mine` tells the place of the person at the machine.
    pub(crate) fn slots(
        &self,
        signatures: &[ActaSignature],
        mine: impl Fn(&SigningSeat) -> bool,
    ) -> Vec<SignatureSlot> {
        let taken = self.taken(signatures);
        let signed = signatures.iter().zip(&taken).map(|(signature, place)| SignatureSlot {
            name: signature.signer.clone(),
            capacity: place
                .and_then(|place| self.0.get(place))
                .map_or_else(String::new, |seat| seat.capacity.clone()),
            state: SignatureState::Signed,
            at: Some(signature.signed_at.to_string()),
            me: false,
        });
        let free = self.0.iter().enumerate().filter(|(index, _)| !taken.contains(&Some(*index)));
        let waiting = free.enumerate().map(|(order, (_, seat))| SignatureSlot {
            name: seat.name.clone(),
            capacity: seat.capacity.clone(),
            state: if order == 0 { SignatureState::Now } else { SignatureState::Later },
            at: None,
            me: mine(seat),
        });
        signed.chain(waiting).collect()
    }

    /// Whose place each signature took.
    pub(crate) fn taken(&self, signatures: &[ActaSignature]) -> Vec<Option<usize>> {
        let mut taken = Vec::new();
        for signature in signatures {
            // A signature that is there is there, whoever made it.
            let place = self.place(signature.cedula.as_deref(), Some(&signature.signer), &taken);
            taken.push(place.unwrap_or(None));
        }
        taken
    }

    /// Finds the place of whoever holds a certificate: by its cédula, else by its name, else the next one that is free. A certificate of
    /// somebody who does not sign this acta is refused as far as its cédula tells.
    pub(crate) fn place(
        &self,
        cedula: Option<&str>,
        name: Option<&str>,
        taken: &[Option<usize>],
    ) -> Result<Option<usize>, CaseworkError> {
        let refused = |key| Err(CaseworkError::refused(Code::Precondition, key, name.unwrap_or_default()));
        let free = |index: &usize| !taken.contains(&Some(*index));
        let by_number = |seat: &SigningSeat| cedula.is_some() && seat.cedula.as_deref() == cedula;
        if let Some(index) = self.0.iter().position(by_number) {
            return if free(&index) { Ok(Some(index)) } else { refused("casework.signed_already") };
        }
        if cedula.is_some() && !self.0.is_empty() && self.0.iter().all(|seat| seat.cedula.is_some()) {
            return refused("casework.signer_not_seated");
        }
        let words = |text: &str| {
            let mut words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        let by_name = |seat: &SigningSeat| name.is_some_and(|name| words(name) == words(&seat.name));
        let named = self.0.iter().position(by_name).filter(free);
        let next = || {
            // Without a number to compare, a place whose holder's number is known to differ is not taken.
            let open = |index: &usize| {
                free(index)
                    && (cedula.is_none() || self.0.get(*index).is_some_and(|seat| seat.cedula.is_none()))
            };
            (0..self.0.len()).find(open)
        };
        Ok(named.or_else(next))
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

fn sections(sections: Vec<cotejo_reports::Section>) -> Vec<ActaSection> {
    sections
        .into_iter()
        .map(|section| ActaSection { title: section.title, page: section.page, pending: section.pending })
        .collect()
}

/// Fills the place that the template reserved, a little inside its edges.
pub(crate) fn stamp(place: &SignaturePlace, row: &ActaRow) -> VisibleStamp {
    const MARGIN: f64 = 3.0;
    let [left, top, right, bottom] = place.bounds;
    VisibleStamp {
        page: place.page,
        bounds: [left, top + MARGIN, right, bottom - MARGIN],
        font: cotejo_reports::stamp_font().to_vec(),
        qr_text: Some(message("casework.acta.qr", &[("acta", &row.acta.id.to_string())])),
    }
}
