//! A question to a registry with its answer, its age and its evidence.

use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Confidence, Evidence, Finding, Location, Severity};
use cotejo_net::{Exchange, NetError};
use serde::{Deserialize, Serialize};

/// Tells what a registry answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", content = "value", rename_all = "snake_case")]
pub enum Answer<T> {
    /// This.
    Known(T),
    /// It has nothing under that number.
    Absent,
    /// It is not known; the finding says why and what to do.
    Unknown(Finding),
}

/// Holds one consultation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation<T> {
    /// The service, as people know it: `SRI`.
    pub service: String,
    /// What was asked about: the number.
    pub question: String,
    /// What it answered.
    pub answer: Answer<T>,
    /// When, in UTC.
    pub at: jiff::Timestamp,
    /// The raw answer, where there was one.
    pub exchange: Option<Exchange>,
}

impl<T> Consultation<T> {
    /// Returns the age in whole days.
    #[must_use]
    pub fn age_days(&self, now: jiff::Timestamp) -> i64 {
        now.duration_since(self.at).as_hours().div_euclid(24)
    }

    /// Returns what is known.
    #[must_use]
    pub fn known(&self) -> Option<&T> {
        match &self.answer {
            Answer::Known(value) => Some(value),
            Answer::Absent | Answer::Unknown(_) => None,
        }
    }

    /// Points to a field of the raw answer, where there was one.
    #[must_use]
    pub fn evidence(&self, field: &str, quote: &str) -> Option<Evidence> {
        let exchange = self.exchange.as_ref()?;
        Some(Evidence {
            file: exchange.sha256,
            file_name: exchange.url.clone(),
            location: Location::Registry { service: self.service.clone(), field: field.into() },
            quote: quote.into(),
            extractor: concat!("registries@", env!("CARGO_PKG_VERSION")).into(),
            confidence: Confidence::CERTAIN,
        })
    }
}

/// Makes a finding in the words of the catalogue.
pub(crate) fn finding(code: &str, severity: Severity, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity,
        page: None,
        message: message(code, values),
        remedy: remedy(code, values),
    }
}

/// Says as a finding why the network gave no answer.
pub(crate) fn unreached(error: &NetError) -> Finding {
    Finding {
        code: error.key().into(),
        severity: Severity::Warning,
        page: None,
        message: error.message(),
        remedy: error.remedy(),
    }
}
