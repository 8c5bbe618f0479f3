//! Why nothing came back.

use cotejo_catalogue::{message, remedy};
use cotejo_domain::Code;

/// Tells why there is no answer. An answer with an error status is an [`crate::Exchange`], not an error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// The person works without a network.
    #[error("working offline")]
    Offline,
    /// The address is none, or not `https`.
    #[error("not an https address: {0}")]
    Address(String),
    /// The certificates or the identity in the settings cannot be used.
    #[error("TLS settings: {0}")]
    Settings(String),
    /// The host cannot be reached, or its certificate is not trusted.
    #[error("{host} cannot be reached: {detail}")]
    Unreachable {
        /// The host.
        host: String,
        /// The innermost cause.
        detail: String,
    },
    /// The host did not answer in time.
    #[error("{host} did not answer in time")]
    Timeout {
        /// The host.
        host: String,
    },
    /// The host asks to wait longer than the settings allow.
    #[error("{host} asks to wait {seconds} s")]
    Busy {
        /// The host.
        host: String,
        /// What it asks for.
        seconds: u64,
    },
    /// The host failed several times and is left alone for a while.
    #[error("{host} is left alone for {seconds} s")]
    Resting {
        /// The host.
        host: String,
        /// How much longer.
        seconds: u64,
    },
    /// The answer is larger than the settings allow.
    #[error("{host} sends more than {limit} bytes")]
    TooLarge {
        /// The host.
        host: String,
        /// The limit.
        limit: u64,
    },
}

impl NetError {
    /// Returns what shells branch on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Offline => Code::Precondition,
            Self::Address(_) => Code::WrongUse,
            Self::Settings(_) => Code::MissingHere,
            Self::Unreachable { .. }
            | Self::Timeout { .. }
            | Self::Busy { .. }
            | Self::Resting { .. }
            | Self::TooLarge { .. } => Code::UnreadableInput,
        }
    }

    /// Returns the stable key of the sentence in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Offline => "net.offline",
            Self::Address(_) => "net.address",
            Self::Settings(_) => "net.settings",
            Self::Unreachable { .. } => "net.unreachable",
            Self::Timeout { .. } => "net.timeout",
            Self::Busy { .. } => "net.busy",
            Self::Resting { .. } => "net.resting",
            Self::TooLarge { .. } => "net.too_large",
        }
    }

    /// Returns what happened and why, in Spanish.
    #[must_use]
    pub fn message(&self) -> String {
        let (host, detail) = match self {
            Self::Offline => (String::new(), String::new()),
            Self::Address(text) | Self::Settings(text) => (String::new(), text.clone()),
            Self::Unreachable { host, detail } => (host.clone(), detail.clone()),
            Self::Timeout { host } => (host.clone(), String::new()),
            Self::Busy { host, seconds } | Self::Resting { host, seconds } => {
                (host.clone(), seconds.to_string())
            }
            Self::TooLarge { host, limit } => (host.clone(), limit.to_string()),
        };
        message(self.key(), &[("servidor", &host), ("detalle", &detail)])
    }

    /// Returns what to do about it, in Spanish.
    #[must_use]
    pub fn remedy(&self) -> String {
        remedy(self.key(), &[])
    }
}
