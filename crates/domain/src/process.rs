//! The process under evaluation, as its pliego states it.

use crate::{Finding, LotId, Money, Plazo, ProcessCode, Requirement, RequirementId, RequirementSource, Ruc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Names a kind of procedure (manual §1.3). Those closed since October 2025 stay: open files and experience still show them.
#[allow(missing_docs)] // the variants are the legal abbreviations themselves; docs/glossary.md explains each
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProcedureType {
    Sie,
    Licbs,
    Lico,
    Consultoria,
    Infima,
    Feria,
    RegimenEspecial,
    Emergencia,
    Catalogo,
    Mcbs,
    Mco,
    Cotbs,
    Coto,
    Cdc,
    Lcc,
    /// Not known: a person says which.
    Otro,
}

impl ProcedureType {
    /// Tells whether the object is a work, for which patrimonio, experience and evaluation follow rules of their own.
    #[must_use]
    pub fn is_works(self) -> bool {
        matches!(self, Self::Lico | Self::Mco | Self::Coto)
    }

    /// Returns the abbreviation used on the command line and in file formats.
    #[must_use]
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::Sie => "SIE",
            Self::Licbs => "LICBS",
            Self::Lico => "LICO",
            Self::Consultoria => "CPC",
            Self::Infima => "IC",
            Self::Feria => "FI",
            Self::RegimenEspecial => "RE",
            Self::Emergencia => "EMERG",
            Self::Catalogo => "CATE",
            Self::Mcbs => "MCBS",
            Self::Mco => "MCO",
            Self::Cotbs => "COTBS",
            Self::Coto => "COTO",
            Self::Cdc => "CDC",
            Self::Lcc => "LCC",
            Self::Otro => "OTRO",
        }
    }
}

/// Names the buying public body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Name as the pliego writes it.
    pub name: String,
    /// Taxpayer's number.
    pub ruc: Option<Ruc>,
}

/// Describes a lot; a process has one unless its pliego says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Its identifier.
    pub id: LotId,
    /// Its name: `Lote único` by default.
    pub name: String,
    /// Its own presupuesto referencial without IVA, where the process has several lots and it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// Its CPC code, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpc: Option<String>,
    /// Which items of the pliego it holds, counted from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<u32>,
    /// Which requirements the pliego asks in it alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementId>,
}

impl Lot {
    /// A lot of which no more than the name is known.
    #[must_use]
    pub fn named(id: LotId, name: impl Into<String>) -> Self {
        Self { id, name: name.into(), budget: None, cpc: None, items: Vec::new(), requirements: Vec::new() }
    }
}

/// Describes a lot as the pliego states it. A person says whether the process has these lots.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PliegoLot {
    /// Its name as the pliego writes it.
    pub name: String,
    /// Its presupuesto referencial without IVA, where it is stated and not encrypted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// Its CPC code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpc: Option<String>,
    /// Its items, counted from 1 among those of the pliego.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<u32>,
    /// The requirements that stand in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementId>,
    /// Where it stands.
    pub source: RequirementSource,
}

/// Describes one process. What the pliego does not state is `None`, never invented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Its code.
    pub code: Option<ProcessCode>,
    /// The buying body.
    pub entity: Option<Entity>,
    /// What is bought.
    pub object: Option<String>,
    /// Kind of procedure.
    pub procedure: ProcedureType,
    /// Presupuesto referencial without IVA.
    pub budget: Option<Money>,
    /// True when the pliego carries the budget encrypted (newer MFC).
    pub budget_encrypted: bool,
    /// Term of execution.
    pub term: Option<Plazo>,
    /// Validity of the bids.
    pub validity: Option<Plazo>,
    /// Date of the start: publication of the convocatoria. Chooses the regime.
    pub started: Option<jiff::civil::Date>,
    /// Deadline for bids, local time of Ecuador.
    pub bids_due: Option<jiff::civil::DateTime>,
}

/// Describes one stage of the schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleStage {
    /// Code as in the source: `SUBINV05`.
    pub code: Option<String>,
    /// Name as in the source.
    pub stage: String,
    /// Date and hour, local time of Ecuador.
    pub at: Option<jiff::civil::DateTime>,
}

/// Describes one thing to be bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PliegoItem {
    /// CPC code as in the source.
    pub cpc: Option<String>,
    /// Description.
    pub description: String,
    /// Quantity.
    #[serde(with = "crate::decimal_option")]
    pub quantity: Option<Decimal>,
    /// Unit.
    pub unit: Option<String>,
    /// Referential unit price without IVA, where it is stated and not encrypted.
    pub unit_price: Option<Money>,
}

/// Describes a file inside the pliego.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PliegoAttachment {
    /// Name within the container.
    pub name: String,
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Whether the container's MD5 list agrees; `None` where it has none for this entry.
    pub md5_ok: Option<bool>,
}

/// Holds everything that was read from a pliego.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pliego {
    /// The header.
    pub process: Process,
    /// The schedule.
    pub schedule: Vec<ScheduleStage>,
    /// What is to be bought.
    pub items: Vec<PliegoItem>,
    /// What is asked.
    pub requirements: Vec<Requirement>,
    /// The lots it states; empty where it states none, or one alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lots: Vec<PliegoLot>,
    /// Files inside.
    pub attachments: Vec<PliegoAttachment>,
    /// What could not be read, or contradicts itself.
    pub findings: Vec<Finding>,
}

impl Pliego {
    /// Returns a pliego in which nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self {
            process: Process {
                code: None,
                entity: None,
                object: None,
                procedure: ProcedureType::Otro,
                budget: None,
                budget_encrypted: false,
                term: None,
                validity: None,
                started: None,
                bids_due: None,
            },
            schedule: Vec::new(),
            items: Vec::new(),
            requirements: Vec::new(),
            lots: Vec::new(),
            attachments: Vec::new(),
            findings: Vec::new(),
        }
    }
}
