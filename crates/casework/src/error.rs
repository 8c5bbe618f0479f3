//! What can go wrong in a use case, for every shell alike.

use crate::view::{ErrorCode, ErrorView};
use cotejo_catalogue::{message, remedy};
use cotejo_domain::Code;
use std::path::PathBuf;

/// Tells why a use case did not do what was asked. The sentences come from the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CaseworkError {
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] cotejo_store::StoreError),
    /// The worker cannot be used here, or the act was cancelled.
    #[error(transparent)]
    Lector(#[from] cotejo_lector_client::LectorError),
    /// A certificate file does not open.
    #[error(transparent)]
    Keystore(#[from] cotejo_signing::KeystoreError),
    /// A document was not signed.
    #[error(transparent)]
    Signing(#[from] cotejo_signing::SigningError),
    /// A template failed.
    #[error(transparent)]
    Acta(#[from] cotejo_reports::ActaError),
    /// The network cannot be used.
    #[error(transparent)]
    Net(#[from] cotejo_net::NetError),
    /// The open data, or their local copy, gave nothing.
    #[error(transparent)]
    Tender(#[from] cotejo_tenders::TenderError),
    /// A file of the person's could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Something does not fit; `key` names the sentence.
    #[error("{key} {detail}")]
    Refused {
        /// What a shell branches on.
        code: Code,
        /// Key of the sentence in the catalogue.
        key: &'static str,
        /// Fills `{detalle}`.
        detail: String,
    },
    /// Something of ours could not be serialised.
    #[error("serialising: {0}")]
    Shape(#[from] serde_json::Error),
}

impl CaseworkError {
    pub(crate) fn refused(code: Code, key: &'static str, detail: impl Into<String>) -> Self {
        Self::Refused { code, key, detail: detail.into() }
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// Returns what shells branch on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Store(error) => error.code(),
            Self::Lector(error) => error.code(),
            Self::Keystore(error) => error.code(),
            Self::Signing(error) => error.code(),
            Self::Net(error) => error.code(),
            Self::Tender(error) => error.code(),
            Self::File { source, .. } if source.kind() == std::io::ErrorKind::NotFound => Code::NotFound,
            Self::File { .. } => Code::UnreadableInput,
            Self::Refused { code, .. } => *code,
            Self::Acta(_) | Self::Shape(_) => Code::Internal,
        }
    }

    /// Returns what happened, why and what to do, in Spanish.
    #[must_use]
    pub fn view(&self) -> ErrorView {
        let (sentence, way_out, details) = match self {
            Self::Store(error) => (error.message(), error.remedy(), error.key().to_owned()),
            Self::Lector(error) => (error.to_string(), error.remedy(), error.key().to_owned()),
            Self::Keystore(error) => (error.spanish(), remedy(error.key(), &[]), error.key().to_owned()),
            Self::Signing(error) => (error.spanish(), remedy(error.key(), &[]), error.key().to_owned()),
            Self::Net(error) => (error.message(), error.remedy(), error.key().to_owned()),
            Self::Tender(error) => (error.message(), error.remedy(), error.key().to_owned()),
            Self::File { path, source } => {
                let detail = path.display().to_string();
                let cause = source.to_string();
                let values = [("detalle", detail.as_str()), ("causa", cause.as_str())];
                (message("casework.file", &values), remedy("casework.file", &[]), "casework.file".into())
            }
            Self::Refused { key, detail, .. } => {
                (message(key, &[("detalle", detail)]), remedy(key, &[]), (*key).to_owned())
            }
            Self::Acta(error) => {
                (message("casework.acta", &[]), remedy("casework.internal", &[]), error.to_string())
            }
            Self::Shape(error) => {
                (message("casework.internal", &[]), remedy("casework.internal", &[]), error.to_string())
            }
        };
        ErrorView {
            code: ErrorCode::from(self.code()),
            message: sentence,
            cause: String::new(),
            remedy: way_out,
            details,
        }
    }
}

impl From<CaseworkError> for ErrorView {
    fn from(error: CaseworkError) -> Self {
        error.view()
    }
}
