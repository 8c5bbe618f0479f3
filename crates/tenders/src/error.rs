//! Why a process could not be had.

use cotejo_catalogue::{message, remedy};
use cotejo_domain::Code;
use cotejo_net::NetError;

/// Tells why there is no process.
#[derive(Debug, thiserror::Error)]
pub enum TenderError {
    /// The network gave no answer.
    #[error("no answer")]
    Net(#[from] NetError),
    /// The service answers something else than data: a page for blocked callers, an error status.
    #[error("refused with status {status}")]
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// The service or the file does not know the process.
    #[error("not found: {what}")]
    NotFound {
        /// What was asked for.
        what: String,
    },
    /// This is no OCDS data.
    #[error("no OCDS data: {detail}")]
    Shape {
        /// What was expected.
        detail: String,
    },
    /// The file is packed: its content must be taken out first.
    #[error("packed: {what}")]
    Packed {
        /// The file.
        what: String,
    },
    /// `mercado.db` cannot be used.
    #[error("market database: {detail}")]
    Database {
        /// What the database says.
        detail: String,
    },
    /// A newer program wrote `mercado.db`.
    #[error("market database of version {found}")]
    NewerDatabase {
        /// Its version.
        found: i64,
    },
}

impl From<sqlx::Error> for TenderError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database { detail: error.to_string() }
    }
}

impl TenderError {
    /// Returns what shells branch on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Net(error) => error.code(),
            Self::NotFound { .. } => Code::NotFound,
            Self::Refused { .. } | Self::Shape { .. } | Self::Packed { .. } => Code::UnreadableInput,
            Self::Database { .. } => Code::Internal,
            Self::NewerDatabase { .. } => Code::Precondition,
        }
    }

    /// Returns the stable key of the sentence in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Net(error) => error.key(),
            Self::Refused { .. } => "tenders.refused",
            Self::NotFound { .. } => "tenders.not_found",
            Self::Shape { .. } => "tenders.shape",
            Self::Packed { .. } => "tenders.packed",
            Self::Database { .. } => "tenders.database",
            Self::NewerDatabase { .. } => "tenders.newer_database",
        }
    }

    /// Returns what happened and why, in Spanish.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Net(error) => error.message(),
            Self::Refused { status } => message(self.key(), &[("estado", &status.to_string())]),
            Self::NotFound { what } => message(self.key(), &[("codigo", what)]),
            Self::Shape { detail } | Self::Database { detail } => message(self.key(), &[("detalle", detail)]),
            Self::Packed { what } => message(self.key(), &[("archivo", what)]),
            Self::NewerDatabase { .. } => message(self.key(), &[]),
        }
    }

    /// Returns what to do about it, in Spanish.
    #[must_use]
    pub fn remedy(&self) -> String {
        remedy(self.key(), &[])
    }
}
