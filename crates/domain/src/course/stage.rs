//! Stages of a procedure and what moves a lot through them: opened, closed, omitted, moved back, ended before its time.

use super::ActSupport;
use crate::{ActaId, ActorId, LotId};
use serde::{Deserialize, Serialize};

/// Names a stage. Which ones a procedure has, and in what order, the pack of its regime says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StageKind {
    /// Public notice of what is needed, of an ínfima cuantía.
    Aviso,
    /// Invitation of one bidder or of a short list.
    Invitacion,
    /// Questions of the bidders.
    Preguntas,
    /// Answers, and *aclaraciones* that may change the pliego.
    Respuestas,
    /// Bids are handed in.
    Entrega,
    /// *Proformas* are handed in.
    Proformas,
    /// *Aclaraciones* on proformas.
    Aclaraciones,
    /// Bids are opened; in a consultoría the technical ones.
    Apertura,
    /// Whether everything asked for is there.
    Integridad,
    /// Formal errors are cured on request.
    Convalidacion,
    /// *Cumple / no cumple*, then points; in a consultoría of the technical bid.
    Calificacion,
    /// The economic envelopes of a consultoría are opened.
    AperturaEconomica,
    /// Initial economic bid of a subasta inversa.
    OfertaInicial,
    /// *Puja*.
    Puja,
    /// Negotiation.
    Negociacion,
    /// Proformas are compared.
    Comparacion,
    /// *Informe* with an express recommendation.
    Recomendacion,
    /// Award, or the act that declares it *desierto*, by the *máxima autoridad*.
    Adjudicacion,
    /// Order of purchase.
    OrdenCompra,
    /// Report on an ínfima cuantía.
    Informe,
    /// Signing of the contract.
    Suscripcion,
}

impl StageKind {
    /// Every stage there is.
    pub const ALL: [Self; 21] = [
        Self::Aviso,
        Self::Invitacion,
        Self::Preguntas,
        Self::Respuestas,
        Self::Entrega,
        Self::Proformas,
        Self::Aclaraciones,
        Self::Apertura,
        Self::Integridad,
        Self::Convalidacion,
        Self::Calificacion,
        Self::AperturaEconomica,
        Self::OfertaInicial,
        Self::Puja,
        Self::Negociacion,
        Self::Comparacion,
        Self::Recomendacion,
        Self::Adjudicacion,
        Self::OrdenCompra,
        Self::Informe,
        Self::Suscripcion,
    ];

    /// Returns its key, as in packs, on the command line and in the log.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Aviso => "aviso",
            Self::Invitacion => "invitacion",
            Self::Preguntas => "preguntas",
            Self::Respuestas => "respuestas",
            Self::Entrega => "entrega",
            Self::Proformas => "proformas",
            Self::Aclaraciones => "aclaraciones",
            Self::Apertura => "apertura",
            Self::Integridad => "integridad",
            Self::Convalidacion => "convalidacion",
            Self::Calificacion => "calificacion",
            Self::AperturaEconomica => "apertura_economica",
            Self::OfertaInicial => "oferta_inicial",
            Self::Puja => "puja",
            Self::Negociacion => "negociacion",
            Self::Comparacion => "comparacion",
            Self::Recomendacion => "recomendacion",
            Self::Adjudicacion => "adjudicacion",
            Self::OrdenCompra => "orden_compra",
            Self::Informe => "informe",
            Self::Suscripcion => "suscripcion",
        }
    }

    /// Finds a stage by its key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }
}

/// Says why a stage does not take place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OmissionGround {
    /// Nobody handed in a bid.
    SinOfertas,
    /// No bid qualified.
    SinCalificadas,
    /// No bid has an error to be cured.
    SinErrores,
    /// A single bid qualified.
    UnSoloCalificado,
    /// The puja took place and reached what the norm asks.
    RebajaAlcanzada,
    /// The puja took place.
    HuboPuja,
    /// The pliego, or the kind of procedure, does not have it.
    NoPrevista,
}

impl OmissionGround {
    /// Every ground there is.
    pub const ALL: [Self; 7] = [
        Self::SinOfertas,
        Self::SinCalificadas,
        Self::SinErrores,
        Self::UnSoloCalificado,
        Self::RebajaAlcanzada,
        Self::HuboPuja,
        Self::NoPrevista,
    ];

    /// Returns its key, as in packs and on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SinOfertas => "sin_ofertas",
            Self::SinCalificadas => "sin_calificadas",
            Self::SinErrores => "sin_errores",
            Self::UnSoloCalificado => "un_solo_calificado",
            Self::RebajaAlcanzada => "rebaja_alcanzada",
            Self::HuboPuja => "hubo_puja",
            Self::NoPrevista => "no_prevista",
        }
    }

    /// Finds a ground by its key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.key() == key)
    }

    /// Tells whether nothing is left to evaluate: every later stage that allows the ground is omitted with the first.
    #[must_use]
    pub fn ends_evaluation(self) -> bool {
        matches!(self, Self::SinOfertas | Self::SinCalificadas)
    }
}

/// Says why a lot goes back to an earlier stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnCause {
    /// A *reclamo* was accepted.
    Reclamo,
    /// SERCOP ordered or recommended it.
    ControlSercop,
    /// The entity noticed an error of its own.
    ErrorAdvertido,
    /// A court ordered it.
    OrdenJudicial,
    /// The process is opened again after it was declared *desierto*.
    Reapertura,
    /// Another cause, in words.
    Otra,
}

impl ReturnCause {
    /// Every cause there is.
    pub const ALL: [Self; 6] = [
        Self::Reclamo,
        Self::ControlSercop,
        Self::ErrorAdvertido,
        Self::OrdenJudicial,
        Self::Reapertura,
        Self::Otra,
    ];

    /// Returns its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Reclamo => "reclamo",
            Self::ControlSercop => "control_sercop",
            Self::ErrorAdvertido => "error_advertido",
            Self::OrdenJudicial => "orden_judicial",
            Self::Reapertura => "reapertura",
            Self::Otra => "otra",
        }
    }

    /// Finds a cause by its key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.key() == key)
    }
}

/// Says how a lot ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LotEnd {
    /// Awarded.
    Adjudicado,
    /// Declared *desierto*.
    Desierto,
    /// Cancelled.
    Cancelado,
}

impl LotEnd {
    /// Returns its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Adjudicado => "adjudicado",
            Self::Desierto => "desierto",
            Self::Cancelado => "cancelado",
        }
    }

    /// Finds an end by its key.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        [Self::Adjudicado, Self::Desierto, Self::Cancelado].into_iter().find(|end| end.key() == key)
    }
}

/// Says what happened to a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StageMovement {
    /// It began.
    Opened,
    /// It ended.
    Closed {
        /// How the lot ended, where the stage decides that.
        end: Option<LotEnd>,
    },
    /// It does not take place.
    Omitted {
        /// Why, as the pack allows it.
        ground: OmissionGround,
        /// Why, in words.
        reason: String,
    },
    /// The lot goes back to it; a new round begins there.
    Returned {
        /// Why.
        cause: ReturnCause,
        /// Why, in words.
        reason: String,
        /// The claim that was accepted, by its identifier.
        claim: Option<String>,
    },
    /// An acta of it was rectified. The stage keeps its place.
    Rectified {
        /// The acta that was rectified.
        acta: Option<ActaId>,
        /// The acta that rectifies it, where it was made here.
        by: Option<ActaId>,
        /// What was rectified.
        reason: String,
    },
    /// The process was cancelled while the lot was in it.
    Cancelled {
        /// Why.
        reason: String,
    },
}

/// Records one movement, with the moment, the act or document that does it, and who recorded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageMove {
    /// A UUIDv7, the same for every version: movements are applied in the order of their identifiers.
    pub id: String,
    /// The lot; `None` for all lots.
    pub lot: Option<LotId>,
    /// The stage.
    pub stage: StageKind,
    /// What happened to it.
    pub movement: StageMovement,
    /// When it happened, local time of Ecuador.
    pub when: jiff::civil::DateTime,
    /// What does it.
    pub support: ActSupport,
    /// Whose word it is.
    pub author: ActorId,
    /// When it was recorded, in UTC.
    pub at: jiff::Timestamp,
}

/// States the moment that the schedule has for a stage, where the pliego was not read so or the schedule was changed (RGL 97).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageDate {
    /// The lot; `None` for all lots.
    pub lot: Option<LotId>,
    /// The stage.
    pub stage: StageKind,
    /// Until when, local time of Ecuador; `None` takes back what was stated.
    pub due: Option<jiff::civil::DateTime>,
    /// Why it is this moment.
    pub reason: String,
    /// What says so.
    pub support: ActSupport,
    /// Whose word it is.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// States what deadlines and stages of a process depend on and no paper was read for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseFrame {
    /// Canton of the entity, whose holidays do not count.
    pub canton: Option<String>,
    /// Variant of the procedure, as packs name it: `preferente`.
    pub variant: Option<String>,
    /// The stages in their order, as the pliego has them, where no pack has them or the pliego departs from it; empty otherwise.
    #[serde(default)]
    pub stages: Vec<StageKind>,
    /// Numeral of the pliego, or instrument, that has these stages.
    pub stages_source: String,
    /// Whose word it is.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
