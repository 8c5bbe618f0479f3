//! What can go wrong in the store, with the code that shells branch on.

use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Code, FileHash};
use std::path::PathBuf;

/// Tells why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program has the case open.
    #[error("the case is open in another program: {}", .path.display())]
    Locked {
        /// Folder of the case.
        path: PathBuf,
    },
    /// A signed acta states what the event would change.
    #[error("a signed acta states this: {subject}")]
    Sealed {
        /// The sealed subject, as the seals write it: `veredicto:…`, `oferta:…`.
        subject: String,
    },
    /// A document is stored but its moment has not come (invariant 14).
    #[error("the document {hash} is sealed")]
    DocumentSealed {
        /// The document.
        hash: FileHash,
    },
    /// The key does not open the database or the original.
    #[error("the key does not open {what}")]
    WrongKey {
        /// What was to be opened.
        what: String,
    },
    /// What was asked for is not there.
    #[error("not found: {what}")]
    NotFound {
        /// What was asked for.
        what: String,
    },
    /// The event does not fit the present state of the case.
    #[error("precondition not met: {reason}")]
    Precondition {
        /// Key of the sentence in the catalogue.
        reason: &'static str,
    },
    /// A file that came from a colleague is not what it should be, or brings what may not enter.
    #[error("the package is refused: {reason} {detail}")]
    Package {
        /// What shells branch on.
        code: Code,
        /// Key of the sentence in the catalogue.
        reason: &'static str,
        /// What of it.
        detail: String,
    },
    /// A newer version of the program wrote this file.
    #[error("schema {found} is newer than {known}")]
    NewerSchema {
        /// Version in the file.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// The log or an original is damaged or was tampered with.
    #[error("the stored log does not verify: {detail}")]
    BrokenLog {
        /// What does not agree.
        detail: String,
    },
    /// The keyring that holds the profile's key does not answer, or does not have it.
    #[error("the keyring does not give the profile's key: {detail}")]
    Keyring {
        /// What the keyring said.
        detail: String,
    },
    /// A file could not be read or written.
    #[error("{doing} {}", .path.display())]
    File {
        /// What was being attempted.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The program is ending, or a thread of it ended badly.
    #[error("interrupted: {detail}")]
    Interrupted {
        /// What the runtime said.
        detail: String,
    },
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// Stored JSON does not have the shape this version expects.
    #[error("stored data has an unexpected shape")]
    Shape(#[from] serde_json::Error),
}

impl StoreError {
    /// Returns what shells branch on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Locked { .. } => Code::CaseLocked,
            Self::Sealed { .. } => Code::Sealed,
            Self::DocumentSealed { .. } | Self::Precondition { .. } => Code::Precondition,
            Self::WrongKey { .. } => Code::WrongKey,
            Self::NotFound { .. } => Code::NotFound,
            Self::NewerSchema { .. } | Self::Keyring { .. } => Code::MissingHere,
            Self::BrokenLog { .. } => Code::BrokenLog,
            Self::Package { code, .. } => *code,
            Self::File { .. } | Self::Interrupted { .. } | Self::Database(_) | Self::Shape(_) => {
                Code::Internal
            }
        }
    }

    /// Returns the stable key of the sentence in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Locked { .. } => "store.locked",
            Self::Sealed { .. } => "store.sealed",
            Self::DocumentSealed { .. } => "store.document_sealed",
            Self::WrongKey { .. } => "store.wrong_key",
            Self::NotFound { .. } => "store.not_found",
            Self::Precondition { reason } | Self::Package { reason, .. } => reason,
            Self::NewerSchema { .. } => "store.newer_schema",
            Self::BrokenLog { .. } => "store.broken_log",
            Self::Keyring { .. } => "store.keyring",
            Self::File { .. } => "store.file",
            Self::Interrupted { .. } => "store.interrupted",
            Self::Database(_) => "store.database",
            Self::Shape(_) => "store.shape",
        }
    }

    /// Returns what happened and why, in Spanish.
    #[must_use]
    pub fn message(&self) -> String {
        let detail = match self {
            Self::Locked { path } | Self::File { path, .. } => path.display().to_string(),
            Self::Sealed { subject } => subject.clone(),
            Self::DocumentSealed { hash } => hash.to_string(),
            Self::WrongKey { what } | Self::NotFound { what } => what.clone(),
            Self::NewerSchema { found, .. } => found.to_string(),
            Self::BrokenLog { detail }
            | Self::Package { detail, .. }
            | Self::Keyring { detail }
            | Self::Interrupted { detail } => detail.clone(),
            Self::Precondition { .. } => String::new(),
            Self::Database(source) => source.to_string(),
            Self::Shape(source) => source.to_string(),
        };
        let cause = match self {
            Self::File { source, .. } => source.to_string(),
            _ => String::new(),
        };
        message(self.key(), &[("detalle", &detail), ("causa", &cause)])
    }

    /// Returns what to do about it, in Spanish.
    #[must_use]
    pub fn remedy(&self) -> String {
        remedy(self.key(), &[])
    }

    pub(crate) fn not_found(what: impl std::fmt::Display) -> Self {
        Self::NotFound { what: what.to_string() }
    }

    pub(crate) fn file(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { doing, path, source }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        // SQLCipher answers a wrong key as SQLITE_NOTADB: the decrypted header is no header.
        let not_a_database =
            error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == "26");
        if not_a_database { Self::WrongKey { what: "caso.db".into() } } else { Self::Database(error) }
    }
}

#[cfg(test)]
mod tests {
    /// Keys are written where they are used; each must have its sentence and its remedy.
    #[test]
    fn every_reason_has_its_sentence_and_its_remedy() {
        let sources = [
            include_str!("admission.rs"),
            include_str!("error.rs"),
            include_str!("package.rs"),
            include_str!("contents.rs"),
            include_str!("sending.rs"),
            include_str!("receiving.rs"),
            include_str!("joining.rs"),
            include_str!("foreign.rs"),
        ];
        let mut seen = 0;
        for (index, source) in sources.into_iter().enumerate() {
            for part in source.split("\"store.").skip(1) {
                let name = part.split('"').next().unwrap_or_default();
                if name.is_empty()
                    || name.contains(|character: char| !character.is_alphanumeric() && character != '_')
                {
                    continue;
                }
                let key = format!("store.{name}");
                assert!(cotejo_catalogue::exists(&key), "{key} of file {index} has no sentence");
                assert!(!cotejo_catalogue::remedy(&key, &[]).is_empty(), "{key} has no remedy");
                seen += 1;
            }
        }
        assert!(seen > 20, "the sources were looked through");
    }
}
