//! Words that several views share: verdicts, weights, errors.

use cotejo_domain as domain;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Answers a requirement for a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Meets it.
    Cumple,
    /// Does not meet it.
    NoCumple,
    /// A formal error that the bidder is asked to cure.
    AConvalidar,
    /// Is not due from this bidder, or not evaluable.
    NoAplica,
    /// A person must look.
    Pendiente,
}

impl From<domain::Verdict> for Verdict {
    fn from(verdict: domain::Verdict) -> Self {
        match verdict {
            domain::Verdict::Cumple => Self::Cumple,
            domain::Verdict::NoCumple => Self::NoCumple,
            domain::Verdict::AConvalidar => Self::AConvalidar,
            domain::Verdict::NoAplica => Self::NoAplica,
            domain::Verdict::Pendiente => Self::Pendiente,
        }
    }
}

impl From<Verdict> for domain::Verdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Cumple => Self::Cumple,
            Verdict::NoCumple => Self::NoCumple,
            Verdict::AConvalidar => Self::AConvalidar,
            Verdict::NoAplica => Self::NoAplica,
            Verdict::Pendiente => Self::Pendiente,
        }
    }
}

/// Tells what failing a requirement means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RequirementKindView {
    /// Cured by convalidación, never by itself a ground of rejection.
    Integridad,
    /// A minimum: cumple or no cumple.
    Minimo,
    /// Gives points.
    Puntaje,
    /// Shown, not judged.
    Informativo,
}

impl From<domain::RequirementKind> for RequirementKindView {
    fn from(kind: domain::RequirementKind) -> Self {
        match kind {
            domain::RequirementKind::Integridad => Self::Integridad,
            domain::RequirementKind::Minimo => Self::Minimo,
            domain::RequirementKind::Puntaje => Self::Puntaje,
            domain::RequirementKind::Informativo => Self::Informativo,
        }
    }
}

impl From<RequirementKindView> for domain::RequirementKind {
    fn from(kind: RequirementKindView) -> Self {
        match kind {
            RequirementKindView::Integridad => Self::Integridad,
            RequirementKindView::Minimo => Self::Minimo,
            RequirementKindView::Puntaje => Self::Puntaje,
            RequirementKindView::Informativo => Self::Informativo,
        }
    }
}

/// Weighs a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SeverityView {
    /// Good to know.
    Info,
    /// A person should look.
    Warning,
    /// Something could not be read, or is not what it claims.
    Error,
}

impl From<domain::Severity> for SeverityView {
    fn from(severity: domain::Severity) -> Self {
        match severity {
            domain::Severity::Info => Self::Info,
            domain::Severity::Warning => Self::Warning,
            domain::Severity::Error => Self::Error,
        }
    }
}

/// Says what was found and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FindingView {
    /// Stable code.
    pub code: String,
    /// Its weight.
    pub severity: SeverityView,
    /// The page it is about, from 1.
    pub page: Option<u32>,
    /// What happened and why, in Spanish.
    pub message: String,
    /// What to do, in Spanish; empty when there is nothing to do.
    pub remedy: String,
}

impl From<&domain::Finding> for FindingView {
    fn from(finding: &domain::Finding) -> Self {
        Self {
            code: finding.code.clone(),
            severity: finding.severity.into(),
            page: finding.page,
            message: finding.message.clone(),
            remedy: finding.remedy.clone(),
        }
    }
}

/// Tells how the reading of a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PageStatusView {
    /// From the file's own text layer.
    Text,
    /// From the image of the page.
    Ocr,
    /// Nothing on the page.
    Blank,
    /// Could not be read; a finding says why.
    Failed,
}

impl From<domain::PageStatus> for PageStatusView {
    fn from(status: domain::PageStatus) -> Self {
        match status {
            domain::PageStatus::Text => Self::Text,
            domain::PageStatus::Ocr => Self::Ocr,
            domain::PageStatus::Blank => Self::Blank,
            domain::PageStatus::Failed => Self::Failed,
        }
    }
}

/// Names a room of the window, so that what blocks can lead to what resolves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Room {
    /// The list of cases.
    Inicio,
    /// The matrix.
    Matriz,
    /// The reading desk of one cell.
    Mesa,
    /// Files, documents, findings.
    Documentos,
    /// The acta.
    Acta,
    /// Where and when the session is held, and who sits in it.
    Sesion,
    /// Stages, terms, claims and constancias.
    Etapas,
    /// What the pliego asks, as persons left it.
    Requisitos,
    /// Convalidación, outcomes, negotiation, recommendation.
    Convalidacion,
    /// Points.
    Puntaje,
    /// Indicios.
    Indicios,
    /// Agreements, declarations, sample, equal treatment, rehearsal.
    Comision,
    /// The documents other than the acta de calificación.
    Papeles,
}

/// Classifies an error: the only thing the window branches on. The variants are those of `cotejo_domain::Code`.
#[allow(missing_docs)] // documented where they come from
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    WrongUse,
    UnreadableInput,
    MissingHere,
    CaseLocked,
    Sealed,
    WrongKey,
    Cancelled,
    NotFound,
    Precondition,
    BrokenLog,
    Internal,
}

impl From<domain::Code> for ErrorCode {
    fn from(code: domain::Code) -> Self {
        match code {
            domain::Code::WrongUse => Self::WrongUse,
            domain::Code::UnreadableInput => Self::UnreadableInput,
            domain::Code::MissingHere => Self::MissingHere,
            domain::Code::CaseLocked => Self::CaseLocked,
            domain::Code::Sealed => Self::Sealed,
            domain::Code::WrongKey => Self::WrongKey,
            domain::Code::Cancelled => Self::Cancelled,
            domain::Code::NotFound => Self::NotFound,
            domain::Code::Precondition => Self::Precondition,
            domain::Code::BrokenLog => Self::BrokenLog,
            domain::Code::Internal => Self::Internal,
        }
    }
}

/// Tells a person what happened, why, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ErrorView {
    /// The class.
    pub code: ErrorCode,
    /// What happened, one sentence in Spanish.
    pub message: String,
    /// Why, in Spanish; empty when the message says it.
    pub cause: String,
    /// What to do next, in Spanish.
    pub remedy: String,
    /// For support: codes, names, sizes; never a password, never the content of a bid.
    pub details: String,
}
