//! What can go wrong with this machine, as against with a file.

use cotejo_domain::Code;

/// Tells why the worker could not do its work at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LectorError {
    /// Something is missing on this machine. `code` is the key of its sentence.
    #[error("{}", cotejo_catalogue::message(code, &[("detalle", detail)]))]
    Missing {
        /// Key of the sentence: `lector.no_program`, `reader.no_pdfium`, ….
        code: String,
        /// Path or the system's own words.
        detail: String,
    },
    /// The person cancelled.
    #[error("{}", cotejo_catalogue::message("lector.cancelled", &[]))]
    Cancelled,
    /// The bytes of a file could not be read while a worker needed them.
    #[error("{}", cotejo_catalogue::message("lector.unfed", &[("detalle", detail)]))]
    Unfed {
        /// The system's own words.
        detail: String,
    },
    /// The worker cannot be started.
    #[error("{}", cotejo_catalogue::message("lector.not_started", &[("detalle", detail)]))]
    NotStarted {
        /// The system's own words.
        detail: String,
    },
}

impl LectorError {
    /// Classifies the error for the shells.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Missing { .. } => Code::MissingHere,
            Self::Cancelled => Code::Cancelled,
            Self::Unfed { .. } => Code::UnreadableInput,
            Self::NotStarted { .. } => Code::Internal,
        }
    }

    /// Returns the key of the sentence.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Missing { code, .. } => code,
            Self::Cancelled => "lector.cancelled",
            Self::Unfed { .. } => "lector.unfed",
            Self::NotStarted { .. } => "lector.not_started",
        }
    }

    /// Returns what to do about it, in Spanish; empty when there is nothing to do.
    #[must_use]
    pub fn remedy(&self) -> String {
        cotejo_catalogue::remedy(self.key(), &[])
    }
}
