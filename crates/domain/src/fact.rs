//! Facts: typed values read from documents, with their evidence.

use crate::{Cedula, Confidence, DocumentId, Evidence, Money, Percent, Plazo, ProcessCode, Ruc, Termino};
use serde::{Deserialize, Serialize};

/// Holds a normalised value of a known type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum FactValue {
    /// A taxpayer's number.
    Ruc(Ruc),
    /// A person's number.
    Cedula(Cedula),
    /// A process code.
    ProcessCode(ProcessCode),
    /// An amount of money.
    Money(Money),
    /// A percentage.
    Percent(Percent),
    /// A calendar date.
    Date(jiff::civil::Date),
    /// Calendar days.
    Plazo(Plazo),
    /// Working days.
    Termino(Termino),
    /// A plain decimal.
    Decimal(#[serde(with = "rust_decimal::serde::str")] rust_decimal::Decimal),
    /// An e-mail address.
    Email(String),
    /// Yes or no.
    Boolean(bool),
    /// Free text: a name, an object, a role.
    Text(String),
}

impl FactValue {
    /// Returns the contract's text form: money and percentages with a dot, dates in ISO 8601, durations as a number of days.
    #[must_use]
    pub fn canonical(&self) -> String {
        match self {
            Self::Ruc(value) => value.to_string(),
            Self::Cedula(value) => value.to_string(),
            Self::ProcessCode(value) => value.to_string(),
            Self::Money(value) => value.to_string(),
            Self::Percent(value) => value.0.to_string(),
            Self::Date(value) => value.to_string(),
            Self::Plazo(value) => value.0.to_string(),
            Self::Termino(value) => value.0.to_string(),
            Self::Decimal(value) => value.to_string(),
            Self::Email(value) | Self::Text(value) => value.clone(),
            Self::Boolean(value) => value.to_string(),
        }
    }
}

/// Holds one value of one field, as read and as normalised. Both are kept: a repair is never silent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The document it was read from, if the pages were cut into documents already.
    pub document: Option<DocumentId>,
    /// Field name, from `doctypes.json` where it names one: `ruc`, `total_numeros`, `firmante`.
    pub field: String,
    /// The normalised value.
    pub value: FactValue,
    /// The characters that were read.
    pub raw: String,
    /// Where it stands.
    pub evidence: Evidence,
    /// How sure the value *and* its role are.
    pub confidence: Confidence,
}
