//! The documents of a case as a person works on them: how far each is, what it waits for, what is to be written, its pages, copies of it.

use super::{Composed, kind_of, newest_of, path_of, recorded, signing, view_of};
use crate::CaseworkError;
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, judgement};
use crate::view::{
    ActaSection, PageSize, PaperFormat, PaperRow, PaperSheet, PaperState, PaperSubject, PaperWait, Room,
    SignatureSlot, SignatureState,
};
use cotejo_catalogue::message;
use cotejo_domain::course::CourseAct;
use cotejo_domain::{Code, FileHash};
use cotejo_reports::{Firmante, Kind};
use cotejo_store::{ActaRow, ActaState};
use std::path::{Path, PathBuf};

const A4: PageSize = PageSize { width: 595.28, height: 841.89 };

/// What the case lacks before a document has anything to be about.
async fn lacks(open: &OpenCase, kind: Kind, acts: &[CourseAct]) -> Result<Option<PaperWait>, CaseworkError> {
    let any = |test: fn(&CourseAct) -> bool| acts.iter().any(test);
    let (there, room) = match kind {
        Kind::Declaracion => {
            (open.case.commission().await?.is_some_and(|body| !body.seats.is_empty()), Room::Sesion)
        }
        Kind::NoSuscripcion => (
            any(|act| matches!(act, CourseAct::SigningRefused(said) if !said.reasons.trim().is_empty())),
            Room::Comision,
        ),
        Kind::Reclamo => {
            (any(|act| matches!(act, CourseAct::ClaimRaised(said) if !said.withdrawn)), Room::Etapas)
        }
        Kind::Negociacion => (any(|act| matches!(act, CourseAct::NegotiationHeld(_))), Room::Convalidacion),
        Kind::Subcomision => (
            any(|act| matches!(act, CourseAct::SubcommissionReported(said) if !said.points.is_empty())),
            Room::Comision,
        ),
        Kind::Rectificatoria => {
            (open.case.actas().await?.iter().any(|row| row.state == ActaState::InRectification), Room::Acta)
        }
        _ => return Ok(None),
    };
    let text = || message(&format!("papeles.falta.{}", kind.name()), &[]);
    Ok((!there).then(|| PaperWait { text: text(), room }))
}

/// What keeps a document a *proyecto*, by where it is resolved.
fn open_still(kind: Kind) -> PaperWait {
    let room = match kind {
        Kind::Apertura | Kind::Preguntas | Kind::Reclamo => Room::Etapas,
        Kind::Integridad | Kind::Vae => Room::Matriz,
        Kind::Convalidacion | Kind::Negociacion | Kind::Informe | Kind::Resolucion => Room::Convalidacion,
        Kind::Indicios => Room::Indicios,
        Kind::Calificacion | Kind::Rectificatoria => Room::Acta,
        _ => Room::Comision,
    };
    let key = if kind == Kind::Resolucion { "papeles.proyecto.resolucion" } else { "papeles.proyecto.falta" };
    PaperWait { text: message(key, &[]), room }
}

/// What a document can be about, the first being what is shown when nothing is chosen.
async fn subjects(
    open: &OpenCase,
    kind: Kind,
    acts: &[CourseAct],
) -> Result<Vec<PaperSubject>, CaseworkError> {
    let subject = |about: String, name: String| PaperSubject { about, name };
    let seats = open.case.commission().await?.map(|body| body.seats).unwrap_or_default();
    let name_of = |member| {
        seats
            .iter()
            .find(|seat| seat.member.id == member)
            .map_or_else(String::new, |seat| seat.actor.name.clone())
    };
    let mut found: Vec<PaperSubject> = match kind {
        Kind::Declaracion => {
            seats.iter().map(|seat| subject(seat.member.id.to_string(), seat.actor.name.clone())).collect()
        }
        Kind::NoSuscripcion => acts
            .iter()
            .filter_map(|act| match act {
                CourseAct::SigningRefused(said) if !said.reasons.trim().is_empty() => {
                    Some(subject(said.member.to_string(), name_of(said.member)))
                }
                _ => None,
            })
            .collect(),
        Kind::Reclamo => acts
            .iter()
            .filter_map(|act| match act {
                CourseAct::ClaimRaised(said) if !said.withdrawn => {
                    Some(subject(said.id.clone(), format!("{} · {}", said.claimant, said.against)))
                }
                _ => None,
            })
            .collect(),
        Kind::Subcomision => acts
            .iter()
            .filter_map(|act| match act {
                CourseAct::SubcommissionReported(said) if !said.points.is_empty() => {
                    Some(subject(said.id.clone(), said.number.clone()))
                }
                _ => None,
            })
            .collect(),
        Kind::Negociacion => {
            let judgement = open.judgement().await?;
            let held = acts.iter().filter_map(|act| match act {
                CourseAct::NegotiationHeld(said) => judgement.bid(said.bid),
                _ => None,
            });
            held.map(|bid| subject(bid.number.to_string(), super::gather::Gathered::numbered(bid))).collect()
        }
        Kind::Vae => {
            let judgement = open.judgement().await?;
            judgement
                .bids
                .iter()
                .map(|bid| subject(bid.number.to_string(), super::gather::Gathered::numbered(bid)))
                .collect()
        }
        _ => Vec::new(),
    };
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|one| seen.insert(one.about.clone()));
    Ok(found)
}

fn state_of(row: Option<&ActaRow>, lacking: bool) -> PaperState {
    match row {
        Some(row) if !row.signatures.is_empty() && row.state != ActaState::InRectification => {
            PaperState::Signed
        }
        Some(_) if !lacking => PaperState::Draft,
        None if !lacking => PaperState::Composable,
        _ => PaperState::Impossible,
    }
}

fn slots(row: &ActaRow, signers: Vec<Firmante>, me: &str) -> Vec<SignatureSlot> {
    let seats = signing::seats(signers);
    let taken = seats.taken(&row.signatures);
    let mut slots: Vec<SignatureSlot> = row
        .signatures
        .iter()
        .zip(&taken)
        .map(|(signature, place)| SignatureSlot {
            name: signature.signer.clone(),
            capacity: place
                .and_then(|place| seats.0.get(place))
                .map_or_else(String::new, |seat| seat.capacity.clone()),
            state: SignatureState::Signed,
            at: Some(signature.signed_at.to_string()),
            me: false,
        })
        .collect();
    let mut first = true;
    for (index, seat) in seats.0.iter().enumerate() {
        if taken.contains(&Some(index)) {
            continue;
        }
        slots.push(SignatureSlot {
            name: seat.name.clone(),
            capacity: seat.capacity.clone(),
            state: if first { SignatureState::Now } else { SignatureState::Later },
            at: None,
            me: seat.name == me,
        });
        first = false;
    }
    slots
}

impl Desk {
    /// Lists the documents of a case with how far each is and what it waits for.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn paper_rows(&self, case: &str) -> Result<Vec<PaperRow>, CaseworkError> {
        let open = self.opened(case).await?;
        let acts = crate::desk::asked::acts(&open.case).await?;
        let actas = open.case.actas().await?;
        let mut rows = Vec::new();
        for kind in Kind::ALL.iter().copied().filter(|kind| recorded(*kind)) {
            let row = actas.iter().rev().find(|row| row.acta.kind == kind.name());
            let lacking = lacks(&open, kind, &acts).await?;
            rows.push(PaperRow {
                paper: view_of(&open, kind, row),
                state: state_of(row, lacking.is_some()),
                waits: lacking,
            });
        }
        Ok(rows)
    }

    /// Shows one document whole. Nothing said of what it is about means the first there is.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for a document that there is not.
    pub async fn paper_sheet(
        &self,
        case: &str,
        kind: &str,
        about: &str,
    ) -> Result<PaperSheet, CaseworkError> {
        let kind = kind_of(kind)?;
        let open = self.opened(case).await?;
        let acts = crate::desk::asked::acts(&open.case).await?;
        let row = newest_of(&open, kind).await.ok();
        let lacking = lacks(&open, kind, &acts).await?;
        let subjects = subjects(&open, kind, &acts).await?;
        let about = match about.trim() {
            "" => subjects.first().map_or_else(String::new, |first| first.about.clone()),
            about => about.to_owned(),
        };
        let state = state_of(row.as_ref(), lacking.is_some());
        let mut sheet = PaperSheet {
            row: PaperRow { paper: view_of(&open, kind, row.as_ref()), state, waits: lacking },
            subjects,
            about,
            refused: None,
            project: false,
            stale: false,
            fields: Vec::new(),
            lists: Vec::new(),
            pages: Vec::new(),
            sections: Vec::new(),
            signatures: Vec::new(),
            publishable_from: None,
            confidential_by: String::new(),
        };
        let composed = if state == PaperState::Impossible {
            None
        } else {
            match self.composed(&open, kind, &sheet.about, true).await {
                Ok(composed) => Some(composed),
                Err(error) => {
                    sheet.refused = Some(error.view().message);
                    None
                }
            }
        };
        if let Some(composed) = &composed {
            self.fill(&mut sheet, kind, composed, &acts);
        }
        if let Some(row) = row {
            let kept = signing::seats_of(&open.case, row.acta.sha256).await?;
            let layout = judgement::layout(&open.case, row.acta.sha256).await?;
            sheet.pages = vec![A4; layout.pages];
            sheet.sections = layout
                .sections
                .into_iter()
                .map(|section| ActaSection {
                    title: section.title,
                    page: section.page,
                    pending: section.pending,
                })
                .collect();
            sheet.signatures = slots(&row, kept.signers, &self.actor.name);
            sheet.project = kept.project;
            if state == PaperState::Draft {
                sheet.stale = !open.case.acta_holds(row.acta.id).await?
                    || self.states_differ(&open, kind, &row, &sheet, composed.as_ref()).await?;
            }
        } else {
            sheet.project = composed.as_ref().is_some_and(|composed| composed.project);
        }
        if sheet.project && sheet.row.waits.is_none() {
            sheet.row.waits = Some(open_still(kind));
        }
        Ok(sheet)
    }

    fn fill(&self, sheet: &mut PaperSheet, kind: Kind, composed: &Composed, acts: &[CourseAct]) {
        let head = &composed.comun.cabecera;
        if head.confidencial {
            sheet.publishable_from = Some(head.publicable_desde.clone());
            sheet.confidential_by.clone_from(&head.articulo_confidencial);
        }
        let data = acts.iter().rev().find_map(|act| match act {
            CourseAct::PaperWritten(data) if data.paper == kind.name() && data.about == sheet.about => {
                Some(data)
            }
            _ => None,
        });
        (sheet.fields, sheet.lists) = super::writing::of(kind, &composed.content, data);
    }

    /// A draft says nothing of what was recorded after it: what it would rest on now is another set.
    async fn states_differ(
        &self,
        open: &OpenCase,
        kind: Kind,
        row: &ActaRow,
        sheet: &PaperSheet,
        composed: Option<&Composed>,
    ) -> Result<bool, CaseworkError> {
        let set = |states: &[cotejo_store::Stated]| -> std::collections::BTreeSet<cotejo_store::Stated> {
            states.iter().cloned().collect()
        };
        let then = set(&row.states);
        if composed.is_some_and(|composed| set(&composed.states) == then) {
            return Ok(false);
        }
        // It may be about another of them: then it is the newest of that one.
        for other in sheet.subjects.iter().filter(|other| other.about != sheet.about) {
            if let Ok(composed) = self.composed(open, kind, &other.about, true).await
                && set(&composed.states) == then
            {
                return Ok(false);
            }
        }
        Ok(composed.is_some())
    }

    /// Renders a page of a document of ours, named by the hash of its bytes.
    ///
    /// # Errors
    /// [`Code::NotFound`] for bytes that are no document of the case.
    pub async fn paper_image(
        &self,
        case: &str,
        sha256: &str,
        page: u32,
        scale: f64,
    ) -> Result<Vec<u8>, CaseworkError> {
        let open = self.opened(case).await?;
        let actas = open.case.actas().await?;
        let hashes = actas.iter().flat_map(|row| {
            std::iter::once(row.acta.sha256).chain(row.signatures.iter().map(|signature| signature.sha256))
        });
        let found: Option<FileHash> = hashes.into_iter().find(|hash| hash.to_string() == sha256);
        let hash = found.ok_or_else(|| {
            CaseworkError::refused(Code::NotFound, "casework.no_such_paper", sha256.to_owned())
        })?;
        self.render(&open.case, hash, page, scale).await
    }

    /// Returns the path of the newest document of a kind, written anew: somebody may have changed the copy outside.
    ///
    /// # Errors
    /// [`Code::Precondition`] when there is none.
    pub async fn paper_path(&self, case: &str, kind: &str) -> Result<PathBuf, CaseworkError> {
        let kind = kind_of(kind)?;
        let open = self.opened(case).await?;
        let row = newest_of(&open, kind).await?;
        let path = path_of(&open, &row);
        crate::quick::write_whole(&path, &bytes_of(&open, &row).await?)?;
        Ok(path)
    }

    /// Saves a document in one form.
    ///
    /// # Errors
    /// [`Code::Precondition`] for a copy for publication before its moment, or a PDF/A of what was never composed.
    pub async fn save_paper(
        &self,
        case: &str,
        kind: &str,
        about: &str,
        format: PaperFormat,
        path: &Path,
    ) -> Result<(), CaseworkError> {
        let bytes = match format {
            PaperFormat::Pdf => {
                let open = self.opened(case).await?;
                let row = newest_of(&open, kind_of(kind)?).await?;
                bytes_of(&open, &row).await?
            }
            PaperFormat::Docx => self.export_paper(case, kind, about, false).await?.docx,
            PaperFormat::Json => self.export_paper(case, kind, about, false).await?.json,
            PaperFormat::PublicPdf => self.export_paper(case, kind, about, true).await?.pdf,
            PaperFormat::PublicDocx => self.export_paper(case, kind, about, true).await?.docx,
        };
        crate::quick::write_whole(path, &bytes)
    }

    /// Forms the expediente; its index is signed where a certificate is given.
    ///
    /// # Errors
    /// [`Code::Precondition`] when the folder is not empty; [`Code::WrongKey`] for a wrong password.
    pub async fn form_expediente(
        &self,
        case: &str,
        folder: &Path,
        certificate: Option<&Path>,
        password: &crate::view::Password,
    ) -> Result<PathBuf, CaseworkError> {
        let password = zeroize::Zeroizing::new(password.expose().to_owned());
        let keystore = certificate.map(|path| crate::quick::open_keystore(path, &password)).transpose()?;
        self.export_expediente(case, folder, keystore.as_ref()).await
    }
}

async fn bytes_of(open: &OpenCase, row: &ActaRow) -> Result<Vec<u8>, CaseworkError> {
    let newest = row.signatures.last().map_or(row.acta.sha256, |signature| signature.sha256);
    Ok(open.case.read_original(newest).await?.to_vec())
}
