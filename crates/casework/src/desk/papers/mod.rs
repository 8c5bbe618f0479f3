//! The documents of a case besides the acta de calificación: composed from what the case holds and what a person wrote for them, previewed,
//! generated, signed in the places of those who sign, exported.
//!
//! Each kind has its numbering, its signatures and its sealing of its own: what a signed document states of the course cannot be changed any
//! more, and nothing else is sealed by it.

mod adaptation;
mod articles;
mod comparison;
mod confidentiality;
mod course;
mod evidence;
mod expediente;
mod gather;
mod outcome;
mod people;
mod room;
mod signing;
#[cfg(test)]
mod tests;
mod writing;

pub(crate) use articles::{cited, of_topics};
pub(crate) use confidentiality::of as confidential;
pub use expediente::{ExpedienteReport, verify_expediente};
pub(crate) use gather::figures;
pub(crate) use signing::put_paper;

use super::open_case::OpenCase;
use super::{Desk, judgement};
use crate::CaseworkError;
use crate::view::{PaperDraft, PaperFiles, PaperView, PapersView};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, PaperData};
use cotejo_domain::{ActaId, Code, FileHash, RecordId};
use cotejo_reports::{
    ActaError, Calificacion, Content, Frame, Kind, Paper, PersonalData, compose, docx, masked, typeset_paper,
    typeset_unsigned,
};
use cotejo_store::{ActaRecord, ActaRow, ActaState, EventPayload, Stated};
use gather::Gathered;
use serde_json::Value;

/// Holds a document that was composed.
pub(crate) struct Composed {
    pub(crate) paper: Paper,
    /// The content it was composed from: the machine-readable form.
    pub(crate) content: Value,
    pub(crate) states: Vec<Stated>,
    /// True while something of it is not decided or not recorded.
    pub(crate) project: bool,
    pub(crate) comun: cotejo_reports::Comun,
}

/// Finds a kind by its name.
pub(crate) fn kind_of(name: &str) -> Result<Kind, CaseworkError> {
    Kind::named(name).ok_or_else(|| CaseworkError::refused(Code::WrongUse, "casework.no_such_paper", name))
}

/// Kinds that an event can be recorded of: annex and index belong to an export.
fn recorded(kind: Kind) -> bool {
    !matches!(kind, Kind::Evidencias | Kind::Indice)
}

fn finished<C: Content>(
    case: Gathered,
    content: &C,
    adaptation: Option<&cotejo_reports::Adaptation>,
    preview: bool,
) -> Result<Composed, CaseworkError> {
    let mut value = serde_json::to_value(content)?;
    if let Some(data) = &case.data {
        gather::overlay(&mut value, data);
    }
    gather::complete(&mut value, &C::KIND.example());
    let unverified = case.unverified();
    if let Some(Value::Array(list)) = value.pointer_mut("/constancia/sin_verificar") {
        list.extend(unverified.into_iter().map(Value::String));
    }
    let content: C = serde_json::from_value(value.clone())?;
    let frame = Frame { adaptation, preview, ..Frame::default() };
    let paper = compose(&content, frame).map_err(ActaError::from)?;
    let comun = content.common().clone();
    Ok(Composed { paper, content: value, states: case.states, project: comun.cabecera.proyecto, comun })
}

impl Desk {
    /// Composes a document from the case as it stands.
    pub(crate) async fn composed(
        &self,
        open: &OpenCase,
        kind: Kind,
        about: &str,
        preview: bool,
    ) -> Result<Composed, CaseworkError> {
        let adaptation = self.adaptation().await?;
        let adaptation = adaptation.as_ref();
        if kind == Kind::Calificacion {
            let number = self.next_number(open, kind).await?;
            let content = self.acta_content(open, number).await?;
            let calificacion = Calificacion::from(&content.acta);
            let frame = Frame { adaptation, preview, ..Frame::default() };
            return Ok(Composed {
                paper: compose(&calificacion, frame).map_err(ActaError::from)?,
                content: serde_json::to_value(&calificacion)?,
                states: content.states,
                project: content.acta.project,
                comun: calificacion.comun,
            });
        }
        let mut case = Gathered::of(self, open, kind, about).await?;
        match kind {
            Kind::Preguntas => {
                let content = course::preguntas(&case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Apertura => {
                let content = course::apertura(&mut case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Integridad => {
                let content = course::integridad(&mut case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Convalidacion => {
                let content = course::convalidacion(&mut case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Negociacion => {
                let content = course::negociacion(&mut case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Reclamo => {
                let content = course::reclamo(&mut case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Informe => {
                let compared = comparison::Comparison::of(open, &case).await?;
                let content = outcome::informe(&mut case, self, &compared);
                finished(case, &content, adaptation, preview)
            }
            Kind::Resolucion => {
                let content = outcome::resolucion(&mut case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Vae => {
                let content = outcome::vae(&case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Indicios => {
                let content = outcome::indicios(&mut case, open, self).await?;
                finished(case, &content, adaptation, preview)
            }
            Kind::Declaracion => {
                let content = people::declaracion(&mut case)?;
                finished(case, &content, adaptation, preview)
            }
            Kind::Subcomision => {
                let content = people::subcomision(&mut case);
                finished(case, &content, adaptation, preview)
            }
            Kind::Rectificatoria => {
                let content = people::rectificatoria(&case, open).await?;
                finished(case, &content, adaptation, preview)
            }
            Kind::NoSuscripcion => {
                let content = people::no_suscripcion(&mut case)?;
                finished(case, &content, adaptation, preview)
            }
            Kind::Evidencias | Kind::Indice => {
                Err(CaseworkError::refused(Code::WrongUse, "casework.paper_of_export", kind.name()))
            }
            Kind::Calificacion => {
                Err(CaseworkError::refused(Code::Internal, "casework.no_such_paper", kind.name()))
            }
        }
    }

    async fn next_number(&self, open: &OpenCase, kind: Kind) -> Result<u32, CaseworkError> {
        let actas = open.case.actas().await?;
        let earlier = actas
            .iter()
            .filter(|row| row.acta.kind == kind.name() && row.state != ActaState::Generated)
            .count();
        Ok(u32::try_from(earlier + 1).unwrap_or(u32::MAX))
    }

    /// Lists the documents of a case: every kind, with the last one that was generated of it.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn papers(&self, case: &str) -> Result<PapersView, CaseworkError> {
        let open = self.opened(case).await?;
        let actas = open.case.actas().await?;
        let mut papers = Vec::new();
        for kind in Kind::ALL.iter().copied().filter(|kind| recorded(*kind)) {
            let row = actas.iter().rev().find(|row| row.acta.kind == kind.name());
            papers.push(view_of(&open, kind, row));
        }
        Ok(PapersView { papers })
    }

    /// Records what a person writes for a document. Fields and lists are those that the document has and the case does not fill.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for a field or list that the document has not; [`Code::Sealed`] once a signed document states it.
    pub async fn write_paper(
        &self,
        case: &str,
        kind: &str,
        about: &str,
        draft: &PaperDraft,
    ) -> Result<PapersView, CaseworkError> {
        let kind = kind_of(kind)?;
        check_names(kind, draft)?;
        let open = self.opened(case).await?;
        let act = CourseAct::PaperWritten(PaperData {
            paper: kind.name().into(),
            about: about.trim().into(),
            fields: draft.fields.clone(),
            lists: draft.lists.clone(),
            author: self.actor.id,
            at: self.now(),
        });
        let record = RecordId(self.new_uuid());
        open.case.record(self.actor.id, EventPayload::CourseRecorded { record, act }).await?;
        self.papers(case).await
    }

    /// Generates a document to be signed. While something of it is open it is a *proyecto* and says so on every page.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for kinds that an export makes, or that are not about what is named.
    pub async fn generate_paper(
        &self,
        case: &str,
        kind: &str,
        about: &str,
    ) -> Result<PaperView, CaseworkError> {
        let kind = kind_of(kind)?;
        let open = self.opened(case).await?;
        if kind == Kind::Calificacion {
            self.generate_acta(case).await?;
        } else {
            let composed = self.composed(&open, kind, about, false).await?;
            let id = ActaId(self.new_uuid());
            let typeset =
                typeset_paper(&composed.paper, &id.to_string(), self.now()).map_err(ActaError::from)?;
            let content_sha256 = FileHash::of(&serde_json::to_vec(&composed.content)?);
            let sha256 = open.case.store_original(typeset.pdf.clone()).await?;
            let layout = judgement::Layout {
                pages: typeset.pages,
                sections: typeset.sections,
                places: typeset.places,
            };
            judgement::put_layout(&open.case, sha256, &layout).await?;
            signing::put_seats(&open.case, sha256, composed.project, &composed.comun.firmantes).await?;
            signing::put_paper(&open.case, sha256, &composed.paper).await?;
            let number = Some(composed.paper.number.clone()).filter(|number| !number.is_empty());
            let acta = ActaRecord { id, kind: kind.name().into(), number, sha256, content_sha256 };
            let payload = EventPayload::ActaGenerated { acta, states: composed.states };
            open.case.record(self.actor.id, payload).await?;
            let row = newest_of(&open, kind).await?;
            crate::quick::write_whole(&path_of(&open, &row), &typeset.pdf)?;
        }
        let row = newest_of(&open, kind).await?;
        Ok(view_of(&open, kind, Some(&row)))
    }

    /// Exports a document as it would be now: as a preview unless it is final; masked for publication when asked.
    ///
    /// # Errors
    /// [`Code::Precondition`] for a copy for publication while the norm keeps the process confidential.
    pub async fn export_paper(
        &self,
        case: &str,
        kind: &str,
        about: &str,
        public: bool,
    ) -> Result<PaperFiles, CaseworkError> {
        let kind = kind_of(kind)?;
        let open = self.opened(case).await?;
        // A copy for publication is of what was signed, word for word; before that it is of what would be generated now.
        let mut composed = self.composed(&open, kind, about, !public).await?;
        if public {
            if let Some(mut signed) = signing::signed_paper(&open, kind).await? {
                // Signed while it was confidential, it says so on every page: once it is not any more, its copy does not.
                let held = |mark: &String| mark.starts_with(&confidential_mark());
                signed.marks.retain(|mark| !held(mark));
                composed.paper = signed;
            } else if let Some(row) = open
                .case
                .actas()
                .await?
                .iter()
                .rev()
                .find(|row| row.acta.kind == kind.name() && !row.signatures.is_empty())
            {
                // Signed by a program that did not keep its words: the number at least is the signed one's.
                composed.paper.number = row.acta.number.clone().unwrap_or_default();
            }
            if composed.comun.cabecera.confidencial {
                let until = message("casework.paper.after_puja", &[]);
                return Err(CaseworkError::refused(Code::Precondition, "casework.paper_confidential", until));
            }
            let personal = personal(&open).await?;
            composed.paper = masked(&composed.paper, &personal);
            composed.content = serde_json::to_value(&composed.paper)?;
        }
        let moment = self.now();
        let typeset = typeset_unsigned(&composed.paper, kind.name(), moment).map_err(ActaError::from)?;
        Ok(PaperFiles {
            pdf: typeset.pdf,
            docx: docx(&composed.paper, moment).map_err(ActaError::from)?,
            json: serde_json::to_vec_pretty(&serde_json::json!({
                "documento": kind.name(),
                "titulo": composed.paper.title,
                "numero": composed.paper.number,
                "proyecto": composed.project,
                "copia_publica": public,
                "contenido": composed.content,
            }))?,
            pages: u32::try_from(typeset.pages).unwrap_or(u32::MAX),
        })
    }
}

/// How the mark of a confidential document begins.
fn confidential_mark() -> String {
    message("reports.mark.confidential", &[("norma", "")])
}

/// What the papers of the bids tell of persons: it is masked in copies for publication wherever it stands.
pub(crate) async fn personal(open: &OpenCase) -> Result<PersonalData, CaseworkError> {
    const FIELDS: [&str; 9] =
        ["direccion", "domicilio", "calle", "correo", "email", "telefono", "celular", "cuenta", "pasaporte"];
    const PLACES: [&str; 4] = ["canton", "provincia", "ciudad", "parroquia"];
    let judgement = open.judgement().await?;
    let process = &judgement.state.process;
    // What the process itself says of its entity and object is public: a canton's name is nobody's address.
    let public = [
        process.entity.as_ref().map(|entity| entity.name.to_lowercase()),
        process.object.as_ref().map(|object| object.to_lowercase()),
    ];
    let is_public = |raw: &str| public.iter().flatten().any(|text| text.contains(&raw.to_lowercase()));
    let tells_a_place = |raw: &str| {
        raw.contains(|sign: char| sign.is_ascii_digit() || sign == '@') || raw.split_whitespace().count() >= 3
    };
    let of_a_person = |field: &str| {
        FIELDS.iter().any(|name| field.contains(name)) && !PLACES.iter().any(|name| field.contains(name))
    };
    let mut values: Vec<String> = judgement
        .bids
        .iter()
        .flat_map(|bid| &bid.files)
        .flat_map(|file| &file.facts)
        .filter(|fact| of_a_person(&fact.field))
        .map(|fact| fact.raw.trim().to_owned())
        .filter(|raw| raw.chars().count() >= 5 && tells_a_place(raw) && !is_public(raw))
        .collect();
    values.sort();
    values.dedup();
    Ok(PersonalData { values })
}

pub(crate) async fn newest_of(open: &OpenCase, kind: Kind) -> Result<ActaRow, CaseworkError> {
    let missing = || CaseworkError::refused(Code::Precondition, "casework.no_paper", kind.title());
    open.case.actas().await?.into_iter().rev().find(|row| row.acta.kind == kind.name()).ok_or_else(missing)
}

/// File names keep letters, digits and hyphens: an entity's numbering may hold slashes.
pub(crate) fn path_of(open: &OpenCase, row: &ActaRow) -> std::path::PathBuf {
    let number: String = row
        .acta
        .number
        .as_deref()
        .unwrap_or("000")
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() || sign == '-' { sign } else { '-' })
        .collect();
    open.case.folder().join("actas").join(format!("{}-{number}.pdf", row.acta.kind))
}

fn view_of(open: &OpenCase, kind: Kind, row: Option<&ActaRow>) -> PaperView {
    PaperView {
        kind: kind.name().into(),
        title: kind.title(),
        number: row.and_then(|row| row.acta.number.clone()),
        sha256: row.map_or_else(String::new, |row| {
            row.signatures.last().map_or(row.acta.sha256, |signature| signature.sha256).to_string()
        }),
        path: row.map_or_else(String::new, |row| path_of(open, row).display().to_string()),
        signers: row.map_or_else(Vec::new, |row| {
            row.signatures.iter().map(|signature| signature.signer.clone()).collect()
        }),
        in_rectification: row.is_some_and(|row| row.state == ActaState::InRectification),
    }
}

/// Refuses names that the document has not, and values that are not read as what they are for.
fn check_names(kind: Kind, draft: &PaperDraft) -> Result<(), CaseworkError> {
    const SESSION: [&str; 5] =
        ["sesion_ciudad", "sesion_lugar", "sesion_modalidad", "sesion_apertura", "sesion_cierre"];
    let wrong = |name: &str| Err(CaseworkError::refused(Code::WrongUse, "casework.paper_field", name));
    let example = kind.example();
    for (name, text) in &draft.fields {
        if gather::has_session(kind) && SESSION.contains(&name.as_str()) {
            let fits = match name.as_str() {
                "sesion_modalidad" => matches!(text.as_str(), "presencial" | "virtual"),
                "sesion_apertura" | "sesion_cierre" => text.parse::<jiff::civil::DateTime>().is_ok(),
                _ => true,
            };
            if fits {
                continue;
            }
            return wrong(&format!("{name}: {text}"));
        }
        if !matches!(example.get(name), Some(Value::String(_) | Value::Bool(_))) {
            return wrong(name);
        }
    }
    for (name, rows) in &draft.lists {
        if name == "orden_del_dia" && gather::has_session(kind) {
            continue;
        }
        let Some(shape) = example.get(name).and_then(Value::as_array).and_then(|items| items.first()) else {
            return wrong(name);
        };
        for (field, _) in rows.iter().flatten() {
            let known = match shape {
                Value::Object(fields) => matches!(fields.get(field), Some(Value::String(_))),
                _ => field == "texto",
            };
            if !known || name == "firmantes" {
                return wrong(&format!("{name}.{field}"));
            }
        }
    }
    Ok(())
}
