//! The documents of a case as a person works on them: how far each is, what it waits for, what is to be written, its pages, copies of it.

use super::{Composed, kind_of, newest_of, path_of, recorded, signing, view_of};
use crate::CaseworkError;
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, judgement};
use crate::view::{
    ActaSection, PageSize, PaperFormat, PaperRow, PaperSheet, PaperState, PaperSubject, PaperWait, Room,
};
use cotejo_catalogue::message;
use cotejo_domain::course::CourseAct;
use cotejo_domain::{Code, FileHash};
use cotejo_reports::Kind;
use cotejo_store::{ActaRow, ActaState};
use std::collections::BTreeSet;
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
        // Of a process with several lots each has its own.
        kind if super::gather::of_one_lot(kind) => {
            let lots = open.judgement().await?.state.lots.clone();
            let several = lots.iter().filter(|_| lots.len() > 1);
            several
                .map(|lot| {
                    let name = crate::desk::lots::label(&lots, lot.id).unwrap_or_else(|| lot.name.clone());
                    subject(lot.id.to_string(), name)
                })
                .collect()
        }
        _ => Vec::new(),
    };
    let mut seen = BTreeSet::new();
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

/// True when a document rests on the very acts that one composed now would rest on.
fn rests_alike(row: &ActaRow, composed: &Composed) -> bool {
    let set = |states: &[cotejo_store::Stated]| -> BTreeSet<cotejo_store::Stated> {
        states.iter().cloned().collect()
    };
    set(&row.states) == set(&composed.states)
}

/// Returns the document of a kind that a person is shown: the newest. Where there can be several of a kind, only one that is surely about what
/// was chosen, for what is shown is what will be signed; an older draft was overtaken.
async fn kept_of(
    open: &OpenCase,
    kind: Kind,
    subjects: usize,
    composed: Option<&Composed>,
) -> Result<Option<ActaRow>, CaseworkError> {
    let actas = open.case.actas().await?;
    let mut rows = actas.into_iter().rev().filter(|row| row.acta.kind == kind.name()).enumerate();
    let found = rows.find(|(index, row)| {
        subjects < 2
            || ((*index == 0 || !row.signatures.is_empty())
                && composed.is_some_and(|composed| rests_alike(row, composed)))
    });
    Ok(found.map(|(_, row)| row))
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
        let lacking = lacks(&open, kind, &acts).await?;
        let subjects = subjects(&open, kind, &acts).await?;
        let about = match about.trim() {
            "" => subjects.first().map_or_else(String::new, |first| first.about.clone()),
            about => about.to_owned(),
        };
        let (composed, refused) = if lacking.is_some() {
            (None, None)
        } else {
            match self.composed(&open, kind, &about, true).await {
                Ok(composed) => (Some(composed), None),
                Err(error) => (None, Some(error.view().message)),
            }
        };
        let row = kept_of(&open, kind, subjects.len(), composed.as_ref()).await?;
        let state = state_of(row.as_ref(), lacking.is_some());
        let mut sheet = PaperSheet {
            row: PaperRow { paper: view_of(&open, kind, row.as_ref()), state, waits: lacking },
            subjects,
            about,
            refused,
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
            sheet.signatures =
                signing::seats(kept.signers).slots(&row.signatures, |seat| seat.name == self.actor.name);
            sheet.project = kept.project;
            if state == PaperState::Draft {
                sheet.stale = !open.case.acta_holds(row.acta.id).await?
                    || composed.as_ref().is_some_and(|composed| !rests_alike(&row, composed));
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

    /// The document of a kind that a person is shown who chose what it is about.
    async fn shown(&self, open: &OpenCase, kind: Kind, about: &str) -> Result<ActaRow, CaseworkError> {
        let acts = crate::desk::asked::acts(&open.case).await?;
        let several = subjects(open, kind, &acts).await?.len();
        if several < 2 {
            return newest_of(open, kind).await;
        }
        let composed = self.composed(open, kind, about, true).await?;
        kept_of(open, kind, several, Some(&composed))
            .await?
            .ok_or_else(|| CaseworkError::refused(Code::Precondition, "casework.no_paper", kind.title()))
    }

    /// Returns the path of a document, written anew: somebody may have changed the copy outside.
    ///
    /// # Errors
    /// [`Code::Precondition`] when there is none.
    pub async fn paper_path(&self, case: &str, kind: &str, about: &str) -> Result<PathBuf, CaseworkError> {
        let open = self.opened(case).await?;
        let row = self.shown(&open, kind_of(kind)?, about).await?;
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
                let row = self.shown(&open, kind_of(kind)?, about).await?;
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
