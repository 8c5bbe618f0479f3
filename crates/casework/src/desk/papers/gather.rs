//! What documents are made from: the case as it stands, and what a person wrote for the document.

use super::articles;
use crate::CaseworkError;
use crate::desk::acta_content::{ECUADOR, SAMPLE, hour, long_date, named};
use crate::desk::acta_session::{Meeting, meeting_for};
use crate::desk::judgement::{JudgedBid, Judgement};
use crate::desk::lots;
use crate::desk::matrix::Decided;
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, labels};
use cotejo_catalogue::message;
use cotejo_domain::course::{CourseAct, PaperData, StageKind, StageMovement};
use cotejo_domain::spanish::amount_in_words;
use cotejo_domain::{BidId, Commission, LotId, Modality, Money, RequirementId, Session};
use cotejo_reports::{Cabecera, Cabeza, Comun, Constancia, Firmante, Kind, Miembro, Sesion};
use cotejo_rules::{Answer, RulePack};
use cotejo_store::{ActaRow, Stated};
use serde_json::Value;
use std::sync::Arc;

/// Holds the case for one document.
pub(crate) struct Gathered {
    pub(crate) kind: Kind,
    pub(crate) about: String,
    pub(crate) judgement: Arc<Judgement>,
    /// The lot it is about; `None` for what is of the whole process.
    lot: Option<LotId>,
    /// Its name, where the process has several.
    lot_name: String,
    pub(crate) decided: Decided,
    pub(crate) commission: Option<Commission>,
    pub(crate) acts: Vec<CourseAct>,
    pub(crate) actas: Vec<ActaRow>,
    /// What a person wrote for this document.
    pub(crate) data: Option<PaperData>,
    pub(crate) comun: Comun,
    /// What signing the document seals.
    pub(crate) states: Vec<Stated>,
    /// What the document rests on and no lawyer has verified.
    unverified: std::sync::Mutex<Vec<String>>,
}

/// Writes `18 de noviembre de 2026, 08h00`.
pub(crate) fn moment(moment: jiff::civil::DateTime) -> String {
    format!("{}, {}", long_date(moment.date()), hour(moment))
}

/// Writes an amount in figures and words: `USD 9.500,00 (nueve mil … América), sin IVA`.
pub(crate) fn amount(amount: Money) -> String {
    match amount_in_words(amount) {
        Some(words) => message("casework.acta.budget", &[("valor", &amount.spanish()), ("letras", &words)]),
        None => figures(amount),
    }
}

/// Writes `USD 9.500,00`.
pub(crate) fn figures(amount: Money) -> String {
    message("casework.paper.figures", &[("valor", &amount.spanish())])
}

/// True for documents that a session makes.
pub(crate) fn has_session(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Preguntas
            | Kind::Apertura
            | Kind::Integridad
            | Kind::Convalidacion
            | Kind::Negociacion
            | Kind::Rectificatoria
    )
}

/// True for documents that are of one lot: what was asked, found, agreed and proposed there.
pub(crate) fn of_one_lot(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Integridad
            | Kind::Convalidacion
            | Kind::Negociacion
            | Kind::Informe
            | Kind::Resolucion
            | Kind::Vae
    )
}

/// Returns the lot a document is about: the one its `about` names by number, name or identifier; that of the bid it names; else the first.
fn lot_of(judgement: &Judgement, kind: Kind, about: &str) -> Result<Option<LotId>, CaseworkError> {
    let lots = &judgement.state.lots;
    if !of_one_lot(kind) {
        return Ok(None);
    }
    let about = about.trim();
    if lots.len() > 1 && matches!(kind, Kind::Negociacion | Kind::Vae) {
        let bid = judgement.bids.iter().find(|bid| bid.number.to_string() == about);
        return Ok(bid.map(|bid| bid.bid.lot).or(lots.first().map(|lot| lot.id)));
    }
    match lots.as_slice() {
        [_, _, ..] if !about.is_empty() => Ok(Some(lots::find(lots, about)?.1.id)),
        _ => Ok(lots.first().map(|lot| lot.id)),
    }
}

impl Gathered {
    pub(crate) async fn of(
        desk: &Desk,
        open: &OpenCase,
        kind: Kind,
        about: &str,
    ) -> Result<Self, CaseworkError> {
        let case = &open.case;
        let whole = open.judgement().await?;
        let lot = lot_of(&whole, kind, about)?;
        // Of several lots a document is about one: nothing of the others is before it.
        let several = whole.state.lots.len() > 1;
        let lot_name = lot.and_then(|lot| lots::label(&whole.state.lots, lot)).unwrap_or_default();
        let judgement = match lot.filter(|_| several) {
            Some(lot) => Judgement::of_lot(&whole, lot),
            None => whole,
        };
        let decided = Decided::of(case).await?;
        let commission = case.commission().await?;
        let acts: Vec<CourseAct> = case.course_acts().await?.into_iter().map(|(_, act)| act).collect();
        let actas = case.actas().await?;
        let data = acts.iter().rev().find_map(|act| match act {
            CourseAct::PaperWritten(data) if data.paper == kind.name() && data.about == about => {
                Some(data.clone())
            }
            _ => None,
        });
        let mut states = vec![Stated::Process];
        states.extend(
            data.iter().map(|data| Stated::Act { slot: CourseAct::PaperWritten(data.clone()).slot() }),
        );
        let mut gathered = Self {
            kind,
            about: about.to_owned(),
            judgement,
            lot,
            lot_name,
            decided,
            commission,
            acts,
            actas,
            data,
            comun: Comun::default(),
            states,
            unverified: std::sync::Mutex::default(),
        };
        gathered.comun = gathered.common(desk, open).await?;
        Ok(gathered)
    }

    /// What a person wrote in a field; empty where nothing is.
    pub(crate) fn written(&self, field: &str) -> String {
        self.data.as_ref().and_then(|data| data.fields.get(field)).cloned().unwrap_or_default()
    }

    pub(crate) fn pack(&self) -> Option<&RulePack> {
        self.judgement.pack.as_ref()
    }

    /// Notes that the document rests on something that no lawyer has verified; its foot says so.
    pub(crate) fn rests_on(&self, norms: &[String]) {
        let mut kept = self.unverified.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        for norm in norms {
            if !kept.contains(norm) {
                kept.push(norm.clone());
            }
        }
    }

    /// What was noted so.
    pub(crate) fn unverified(&self) -> Vec<String> {
        self.unverified.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Cites topics of the pack.
    pub(crate) fn norm(&self, topics: &[&str]) -> String {
        for topic in topics {
            let basis = self.pack().map(|pack| pack.basis(topic));
            if let Some(Answer::Known(known)) = basis
                && !known.verified
                && !known.value.is_empty()
            {
                self.rests_on(&[articles::cited(&known.value)]);
            }
        }
        let cited = articles::of_topics(self.pack(), topics);
        if !cited.is_empty() {
            return cited;
        }
        // Some norms stand in the pack as a value that was read in them, not as a topic.
        let values = topics.iter().filter_map(|topic| articles::of_value(self.pack()?, topic));
        let values: Vec<_> = values.collect();
        for (article, verified) in &values {
            if !verified {
                self.rests_on(std::slice::from_ref(article));
            }
        }
        articles::cited(&values.into_iter().map(|(article, _)| article).collect::<Vec<_>>())
    }

    /// The lot the document is about; `None` for a document of the whole process.
    pub(crate) fn lot(&self) -> Option<LotId> {
        self.lot
    }

    /// Name of that lot, where the process has several and one can be taken for another.
    fn lot_name(&self) -> String {
        self.lot_name.clone()
    }

    /// The bids the document is about: those of its lot.
    pub(crate) fn bids(&self) -> impl Iterator<Item = &JudgedBid> {
        let lot = self.lot();
        let bids = self.judgement.bids.iter().map(Arc::as_ref);
        bids.filter(move |bid| lot.is_none_or(|lot| bid.bid.lot == lot))
    }

    pub(crate) fn bid_name(&self, bid: BidId) -> String {
        self.judgement.bid(bid).map_or_else(String::new, |bid| named(&bid.bid.bidder))
    }

    /// `Oferta 2. Compañía Ficticia S.A.`
    pub(crate) fn numbered(bid: &JudgedBid) -> String {
        format!("{}. {}", bid.number, bid.bid.bidder.name)
    }

    pub(crate) fn requirement_title(&self, requirement: &RequirementId) -> String {
        self.judgement.requirement(requirement).map_or_else(
            || requirement.to_string(),
            |(_, requirement)| labels::short_title(&requirement.text),
        )
    }

    /// When the stage was opened, where that is recorded.
    pub(crate) fn stage_opened(&self, stage: StageKind) -> Option<jiff::civil::DateTime> {
        self.acts.iter().rev().find_map(|act| match act {
            CourseAct::StageMoved(moved)
                if moved.stage == stage && moved.movement == StageMovement::Opened =>
            {
                Some(moved.when)
            }
            _ => None,
        })
    }

    /// When the schedule has a stage.
    pub(crate) fn stage_due(&self, stage: StageKind) -> Option<jiff::civil::DateTime> {
        self.acts.iter().rev().find_map(|act| match act {
            CourseAct::StageDated(said) if said.stage == stage => said.due,
            _ => None,
        })
    }

    /// The session of this document: what a person wrote for it. The session of the calificación is another one.
    fn session(&self) -> Session {
        let text = |field: &str| Some(self.written(field)).filter(|text| !text.is_empty());
        let time = |field: &str| text(field).and_then(|text| text.parse().ok());
        let stage = match self.kind {
            Kind::Apertura => Some(StageKind::Apertura),
            _ => None,
        };
        let agenda = self
            .data
            .as_ref()
            .and_then(|data| data.lists.get("orden_del_dia"))
            .map_or_else(Vec::new, |rows| rows.iter().filter_map(|row| row.get("texto").cloned()).collect());
        let held = self.acts.iter().rev().find_map(|act| match act {
            CourseAct::NegotiationHeld(said) if self.kind == Kind::Negociacion => Some(said.held),
            _ => None,
        });
        Session {
            city: text("sesion_ciudad"),
            place: text("sesion_lugar"),
            modality: text("sesion_modalidad").and_then(|text| match text.as_str() {
                "presencial" => Some(Modality::Presencial),
                "virtual" => Some(Modality::Virtual),
                _ => None,
            }),
            opened: time("sesion_apertura")
                .or_else(|| stage.and_then(|stage| self.stage_opened(stage)))
                .or(held),
            closed: time("sesion_cierre"),
            agenda,
            ..Session::default()
        }
    }

    async fn common(&self, desk: &Desk, open: &OpenCase) -> Result<Comun, CaseworkError> {
        let judgement = &self.judgement;
        let process = &judgement.state.process;
        let actors = open.case.actors().await?;
        let local = ECUADOR.to_datetime(desk.now());
        let purpose = message(&format!("casework.paper.purpose.{}", self.kind.name()), &[]);
        let procedure = labels::procedure(process.procedure);
        let session = self.session();
        let written = self
            .data
            .as_ref()
            .is_some_and(|data| data.fields.keys().any(|field| field.starts_with("sesion_")));
        let said = meeting_for(
            &purpose,
            &session,
            self.commission.as_ref(),
            Vec::new(),
            &procedure.to_lowercase(),
            self.pack().map(|pack| pack.id.as_str()),
        );
        let earlier = self
            .actas
            .iter()
            .filter(|row| row.acta.kind == self.kind.name() && !row.signatures.is_empty())
            .count();
        let number = u32::try_from(earlier + 1).unwrap_or(u32::MAX);
        let adaptation = desk.adaptation().await?;
        let numbered = match adaptation.as_ref() {
            // The authority numbers its resolutions; a declaration is one person's and has no number.
            _ if matches!(self.kind, Kind::Resolucion | Kind::Declaracion) => String::new(),
            Some(adaptation) => adaptation.number(number, local.year()),
            None => format!("{number:03}"),
        };
        let confidential = super::confidentiality::of(desk, open, self.lot()).await?;
        Ok(Comun {
            cabecera: Cabecera {
                numero: numbered,
                // The date of an acta is the one that stands in it: without its session it has none.
                proyecto: has_session(self.kind) && session.opened.is_none(),
                ejemplo: judgement.state.name.starts_with(SAMPLE),
                inscrito: !actors.is_empty() && actors.iter().all(|actor| actor.enrolled),
                confidencial: confidential,
                articulo_confidencial: self.norm(&["confidencialidad"]),
                copia_publica: false,
                publicable_desde: if confidential {
                    message("casework.paper.after_puja", &[])
                } else {
                    String::new()
                },
                codigo: process
                    .code
                    .as_ref()
                    .map_or_else(|| message("casework.acta.unknown", &[]), ToString::to_string),
                objeto: process.object.clone().unwrap_or_default(),
                entidad: process
                    .entity
                    .as_ref()
                    .map_or_else(|| message("casework.acta.unknown", &[]), |entity| entity.name.clone()),
                entidad_ruc: process
                    .entity
                    .as_ref()
                    .and_then(|entity| entity.ruc.as_ref())
                    .map_or_else(String::new, ToString::to_string),
                lote: self.lot_name(),
                procedimiento: procedure,
                presupuesto: crate::desk::acta_content::budget(process),
                generado: message(
                    "casework.acta.generated",
                    &[("fecha", &long_date(local.date())), ("hora", &hour(local))],
                ),
                articulo_fecha: self.norm(&["firma_actas"]),
            },
            // Who attended is known of a session that a person wrote down, not of one that only the schedule has.
            sesion: sesion(&said, session.agenda, written),
            firmantes: said
                .signers
                .into_iter()
                .map(|signer| Firmante {
                    nombre: signer.name,
                    calidad: signer.capacity,
                    cargo: signer.position,
                    cedula: signer.cedula,
                })
                .collect(),
            constancia: self.constancia(open).await?,
        })
    }

    async fn constancia(&self, open: &OpenCase) -> Result<Constancia, CaseworkError> {
        let pack = self.judgement.state.pack.as_ref();
        Ok(Constancia {
            regla: pack.map_or_else(|| message("casework.acta.unknown", &[]), |pack| pack.id.clone()),
            regla_huella: pack.map_or_else(String::new, |pack| pack.sha256.to_string()),
            normas: self.pack().map_or_else(String::new, |pack| pack.norms.join("; ")),
            sin_verificar: Vec::new(),
            modelos: Vec::new(),
            cabezas: open
                .case
                .log_heads()
                .await?
                .into_iter()
                .map(|head| Cabeza {
                    equipo: head.device.to_string(),
                    actos: head.count.to_string(),
                    huella: head.head.to_string(),
                })
                .collect(),
        })
    }
}

fn sesion(said: &Meeting, agenda: Vec<String>, attended: bool) -> Sesion {
    Sesion {
        apertura: said.session.opening.clone(),
        asistencia: if attended { said.session.attendance.clone() } else { Vec::new() },
        quorum: if !attended {
            message("casework.paper.no_attendance", &[])
        } else if agenda.is_empty() {
            message("casework.paper.no_agenda", &[])
        } else {
            said.session.quorum.clone()
        },
        orden_del_dia: agenda,
        cierre: said.session.closing.clone(),
        miembros: said
            .members
            .iter()
            .map(|member| Miembro {
                nombre: member.name.clone(),
                cargo: member.position.clone(),
                calidad: member.capacity.clone(),
                voto: member.votes,
            })
            .collect(),
    }
}

/// Lists of sentences to which a person adds what the case does not hold, after what it holds: the resolution that began the process, the
/// certificate of its budget.
pub(crate) const ADDED_TO: [&str; 3] = ["antecedentes", "alertas", "hechos"];

/// Lays what a person wrote over what the case holds: only where the case holds nothing. Rows are found by their number.
pub(crate) fn overlay(content: &mut Value, data: &PaperData) {
    let Value::Object(content) = content else { return };
    for (name, text) in &data.fields {
        match content.get_mut(name) {
            Some(Value::String(held)) if held.trim().is_empty() => held.clone_from(text),
            Some(Value::Bool(held)) if !*held => *held = is_yes(text),
            _ => {}
        }
    }
    for (name, rows) in &data.lists {
        let Some(Value::Array(held)) = content.get_mut(name) else { continue };
        if held.is_empty() {
            *held = rows.iter().map(row).collect();
            continue;
        }
        if ADDED_TO.contains(&name.as_str()) && held.iter().all(Value::is_string) {
            held.extend(rows.iter().map(row).filter(Value::is_string));
            continue;
        }
        for row in rows {
            let Some(number) = row.get("numero") else { continue };
            let same = |value: &&mut Value| value.get("numero").and_then(Value::as_str) == Some(number);
            let Some(Value::Object(fields)) = held.iter_mut().find(same) else { continue };
            for (name, text) in row {
                if let Some(Value::String(held)) = fields.get_mut(name)
                    && held.trim().is_empty()
                {
                    held.clone_from(text);
                }
            }
        }
    }
}

fn is_yes(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "sí" | "si")
}

fn row(fields: &std::collections::BTreeMap<String, String>) -> Value {
    match fields.get("texto") {
        Some(text) if fields.len() == 1 => Value::String(text.clone()),
        _ => fields
            .iter()
            .map(|(name, text)| (name.clone(), Value::String(text.clone())))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// Fills what rows of a list lack of the fields that their kind has, so that a person need not write all of them.
pub(crate) fn complete(content: &mut Value, example: &Value) {
    match (content, example) {
        (Value::Object(fields), Value::Object(expected)) => {
            for (name, shape) in expected {
                match fields.get_mut(name) {
                    Some(value) => complete(value, shape),
                    None => {
                        let empty = match shape {
                            Value::Bool(_) => Value::Bool(false),
                            Value::Array(_) => Value::Array(Vec::new()),
                            Value::String(_) => Value::String(String::new()),
                            _ => Value::Null,
                        };
                        fields.insert(name.clone(), empty);
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(shapes)) => {
            if let Some(shape) = shapes.first() {
                items.iter_mut().for_each(|item| complete(item, shape));
            }
        }
        _ => {}
    }
}
