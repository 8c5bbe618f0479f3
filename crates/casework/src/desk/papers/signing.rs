//! Signing a document: each signature in the place of the one who makes it.

use super::{kind_of, newest_of, path_of};
use crate::CaseworkError;
use crate::desk::acta::{Seats, SigningSeat, stamp};
use crate::desk::judgement::{key, layout};
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, judgement};
use crate::quick;
use crate::view::{PaperView, SigningRequest};
use cotejo_domain::{Code, FileHash};
use cotejo_reports::{Firmante, Kind, Paper};
use cotejo_signing::Keystore;
use cotejo_store::{ActaSignature, Case, EventPayload};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Who signs a document, and whether it may be signed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct PaperSeats {
    pub(super) project: bool,
    pub(super) signers: Vec<Firmante>,
}

/// Returns who signs a document that was generated, and whether it is a *proyecto*.
pub(super) async fn seats_of(case: &Case, paper: FileHash) -> Result<PaperSeats, CaseworkError> {
    Ok(case.derived(&key(paper, "firmantes", "")).await?.unwrap_or_default())
}

/// The places of those who sign.
pub(super) fn seats(signers: Vec<Firmante>) -> Seats {
    Seats::new(signers.into_iter().map(|signer| SigningSeat {
        name: signer.nombre,
        capacity: signer.calidad,
        cedula: Some(signer.cedula).filter(|cedula| !cedula.is_empty()),
        ..SigningSeat::default()
    }))
}

/// Keeps who signs a document of ours.
pub(crate) async fn put_seats(
    case: &Case,
    paper: FileHash,
    project: bool,
    signers: &[Firmante],
) -> Result<(), CaseworkError> {
    let seats = PaperSeats { project, signers: signers.to_vec() };
    Ok(case.put_derived(&key(paper, "firmantes", ""), &seats).await?)
}

/// Keeps the words of a document of ours, for copies of what was signed.
pub(crate) async fn put_paper(case: &Case, sha256: FileHash, paper: &Paper) -> Result<(), CaseworkError> {
    Ok(case.put_derived(&key(sha256, "documento", ""), paper).await?)
}

/// Returns the words of the newest document of a kind that somebody signed.
pub(crate) async fn signed_paper(open: &OpenCase, kind: Kind) -> Result<Option<Paper>, CaseworkError> {
    let actas = open.case.actas().await?;
    let row = actas.iter().rev().find(|row| row.acta.kind == kind.name() && !row.signatures.is_empty());
    match row {
        Some(row) => Ok(open.case.derived(&key(row.acta.sha256, "documento", "")).await?),
        None => Ok(None),
    }
}

impl Desk {
    /// Signs the newest document of a kind, the one that the person read.
    ///
    /// # Errors
    /// [`Code::Precondition`] for a *proyecto*, for another document than the one that was read, and for a certificate of somebody who does not
    /// sign it; [`Code::WrongKey`] for a wrong password.
    pub async fn sign_paper(
        &self,
        case: &str,
        kind: &str,
        request: &SigningRequest,
    ) -> Result<PaperView, CaseworkError> {
        let kind = kind_of(kind)?;
        if kind == Kind::Calificacion {
            self.sign_acta(case, request).await?;
            let open = self.opened(case).await?;
            let row = newest_of(&open, kind).await?;
            return Ok(super::view_of(&open, kind, Some(&row)));
        }
        let open = self.opened(case).await?;
        let row = newest_of(&open, kind).await?;
        let newest = row.signatures.last().map_or(row.acta.sha256, |signature| signature.sha256);
        if newest.to_string() != request.sha256 {
            return Err(CaseworkError::refused(Code::Precondition, "casework.acta_changed", ""));
        }
        let kept = seats_of(&open.case, row.acta.sha256).await?;
        if kept.project {
            return Err(CaseworkError::refused(Code::Precondition, "casework.paper_project", kind.title()));
        }
        if row.signatures.is_empty() && !open.case.acta_holds(row.acta.id).await? {
            return Err(CaseworkError::refused(Code::Precondition, "casework.paper_stale", kind.title()));
        }
        let certificate = std::path::PathBuf::from(&request.certificate);
        let bytes = Zeroizing::new(std::fs::read(&certificate).map_err(CaseworkError::file(&certificate))?);
        let password = Zeroizing::new(request.password.expose().to_owned());
        let keystore = Keystore::open_pkcs12(&bytes, &password)?;
        let seats = seats(kept.signers);
        let at = self.now();
        let holder = keystore.identity().holder();
        let taken = seats.taken(&row.signatures);
        let place = seats.place(holder.cedula.as_deref(), holder.name.as_deref(), &taken)?;
        let laid: judgement::Layout = layout(&open.case, row.acta.sha256).await?;
        let stamp = place.and_then(|place| laid.places.get(place)).map(|place| stamp(place, &row));
        let draft = open.case.read_original(newest).await?;
        let signed = quick::sign_bytes(&draft, &keystore, at, stamp)?;
        let sha256 = open.case.store_original(signed.clone()).await?;
        let signature = ActaSignature {
            signer: holder.name.clone().unwrap_or_default(),
            cedula: holder.cedula.clone(),
            certificate_serial: None,
            sha256,
            signed_at: at,
        };
        open.case.record(self.actor.id, EventPayload::ActaSigned { acta: row.acta.id, signature }).await?;
        quick::write_whole(&path_of(&open, &row), &signed)?;
        let row = newest_of(&open, kind).await?;
        Ok(super::view_of(&open, kind, Some(&row)))
    }
}
