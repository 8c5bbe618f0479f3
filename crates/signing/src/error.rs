//! What can go wrong with a keystore or a signature, with its sentence for the person.

use cotejo_catalogue::{message, remedy};
use cotejo_domain::Code;

/// Tells why a PKCS#12 file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeystoreError {
    /// The password does not open it, or the file is damaged in a way that looks the same.
    #[error("the password does not open the keystore")]
    WrongPassword,
    /// It holds no private key with its certificate.
    #[error("the keystore holds no private key with its certificate")]
    NoKey,
    /// It is not a PKCS#12 file, or it is damaged.
    #[error("the keystore cannot be read: {detail}")]
    Unreadable {
        /// What the parser says.
        detail: String,
    },
    /// It uses an algorithm that this program does not sign or decrypt with.
    #[error("unsupported algorithm in the keystore: {detail}")]
    Unsupported {
        /// Which one.
        detail: String,
    },
}

/// Tells why a document could not be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// The certificate is no longer valid at the time of signing.
    #[error("the certificate expired on {not_after}")]
    Expired {
        /// End of its validity.
        not_after: jiff::Timestamp,
    },
    /// The certificate is not valid yet at the time of signing.
    #[error("the certificate is valid from {not_before} on")]
    NotYetValid {
        /// Start of its validity.
        not_before: jiff::Timestamp,
    },
    /// The certificate is not meant for signing documents.
    #[error("the key usage of the certificate does not allow signing")]
    UsageNotAllowed,
    /// The bytes are no PDF: signing other files is not supported yet.
    #[error("only PDF files can be signed")]
    NotPdf,
    /// The PDF is encrypted, or was: what is appended to it would have to be encrypted too.
    #[error("the PDF is encrypted")]
    Encrypted,
    /// The PDF is damaged; appending to it could change what it shows.
    #[error("the PDF is damaged: {detail}")]
    Damaged {
        /// What is wrong.
        detail: String,
    },
    /// An earlier signature forbids any change, further signatures included.
    #[error("an earlier signature forbids further changes")]
    Locked,
    /// The page of the visible stamp does not exist.
    #[error("there is no page {page}")]
    NoSuchPage {
        /// Number of the page, from 1.
        page: u32,
    },
    /// The visible stamp cannot be drawn.
    #[error("the stamp cannot be drawn: {detail}")]
    Stamp {
        /// What is wrong.
        detail: String,
    },
    /// The authority gave no timestamp for this signature.
    #[error("no timestamp: {detail}")]
    Timestamp {
        /// What went wrong.
        detail: String,
    },
    /// The key refused to sign.
    #[error("the key refused to sign: {detail}")]
    Key {
        /// What it says.
        detail: String,
    },
}

impl KeystoreError {
    /// Returns the classifier that a shell branches on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::WrongPassword => Code::WrongKey,
            Self::NoKey | Self::Unreadable { .. } | Self::Unsupported { .. } => Code::UnreadableInput,
        }
    }

    /// Returns the key of the sentence in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::WrongPassword => "signing.keystore.wrong_password",
            Self::NoKey => "signing.keystore.no_key",
            Self::Unreadable { .. } => "signing.keystore.unreadable",
            Self::Unsupported { .. } => "signing.keystore.unsupported",
        }
    }

    /// Says in Spanish what happened and what to do.
    #[must_use]
    pub fn spanish(&self) -> String {
        let detail = match self {
            Self::Unreadable { detail } | Self::Unsupported { detail } => detail.as_str(),
            Self::WrongPassword | Self::NoKey => "",
        };
        sentence(self.key(), &[("detalle", detail)])
    }
}

impl SigningError {
    /// Returns the classifier that a shell branches on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Expired { .. } | Self::NotYetValid { .. } | Self::UsageNotAllowed => Code::Precondition,
            Self::NotPdf | Self::Encrypted | Self::Damaged { .. } => Code::UnreadableInput,
            Self::Locked => Code::Sealed,
            Self::NoSuchPage { .. } => Code::WrongUse,
            Self::Timestamp { .. } => Code::MissingHere,
            Self::Stamp { .. } | Self::Key { .. } => Code::Internal,
        }
    }

    /// Returns the key of the sentence in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Expired { .. } => "signing.expired",
            Self::NotYetValid { .. } => "signing.not_yet_valid",
            Self::UsageNotAllowed => "signing.usage_not_allowed",
            Self::NotPdf => "signing.not_pdf",
            Self::Encrypted => "signing.encrypted",
            Self::Damaged { .. } => "signing.damaged",
            Self::Locked => "signing.locked",
            Self::NoSuchPage { .. } => "signing.no_such_page",
            Self::Stamp { .. } => "signing.stamp_failed",
            Self::Key { .. } => "signing.key",
            Self::Timestamp { .. } => "signing.timestamp",
        }
    }

    /// Says in Spanish what happened and what to do.
    #[must_use]
    pub fn spanish(&self) -> String {
        let value = match self {
            Self::Expired { not_after: moment } | Self::NotYetValid { not_before: moment } => date(*moment),
            Self::NoSuchPage { page } => page.to_string(),
            Self::Damaged { detail }
            | Self::Stamp { detail }
            | Self::Key { detail }
            | Self::Timestamp { detail } => detail.clone(),
            Self::UsageNotAllowed | Self::NotPdf | Self::Encrypted | Self::Locked => String::new(),
        };
        sentence(self.key(), &[("fecha", &value), ("pagina", &value), ("detalle", &value)])
    }
}

fn sentence(key: &str, values: &[(&str, &str)]) -> String {
    let what = message(key, values);
    match remedy(key, values) {
        remedy if remedy.is_empty() => what,
        remedy => format!("{what} {remedy}"),
    }
}

/// Writes the date in mainland Ecuador, which keeps UTC−5 all year.
pub(crate) fn date(moment: jiff::Timestamp) -> String {
    ecuador(moment).strftime("%d/%m/%Y").to_string()
}

/// Returns the civil time in mainland Ecuador.
pub(crate) fn ecuador(moment: jiff::Timestamp) -> jiff::civil::DateTime {
    jiff::tz::Offset::constant(-5).to_datetime(moment)
}
